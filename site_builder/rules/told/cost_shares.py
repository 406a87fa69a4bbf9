"""“三公”经费各项占比不合: the share of “三公”经费 that one of its parts is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.place import Place
from site_builder.rules import told_quotients
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.three_public import LINES_BACK, NAME, NO_LEVEL, WHOLE, last_clause
from site_builder.rules.told_quotients import RULE, fits
from site_builder.segment import Amount, Segment, segments

# “三公”经费预算为18万元，支出决算为6.28万元
SAME = re.compile(
    "^[，,](?:其中)?(?:全年|本年|实际)?(?:支出)?(?:预算|决算|支出|执行)数?(?:为|是)?$"
)
PART = re.compile("(?:出国|接待|购置|运[行维]|用车)[^，,。；;：:]{0,24}$")
SHARE = re.compile("^[，,（(]?占(?P<of>[^，,。；;0-9]*?)的?(?:比例|比重|比)?(?:为|达|是)?$")
OF_ALL = re.compile(f'[“"‘]?(?:{NAME})?(?:总|全部|支出|决算|预算|经费|总额|合计|数)*')
OF_MONEY = re.compile("(?:公共|基金|经营|部门|单位)预算")


class _Whole(NamedTuple):
    """What “三公”经费 is, in the line of that number."""

    number: int
    amount: Amount
    at: Place
    planned: bool


def check(subject: Subject) -> Iterator[Outcome]:
    """Every share of a part, of the whole in the same paragraph or in those right above."""
    wholes: list[_Whole] = []
    lines = subject.told.lines if "三公" in subject.told.text else ()  # quick
    for number, line in enumerate(lines):
        if "三公" not in line.text:
            continue
        for segment in segments(line):
            last = None
            for amount, before in zip(segment.amounts, (None, *segment.amounts), strict=False):
                if amount.figure.unit == "%":
                    if before is not None:
                        near = [w for w in wholes if number - w.number <= LINES_BACK]
                        yield from _share(segment, before, amount, near)
                    continue
                of_it = _is_whole(amount) or (last is before and SAME.match(amount.words))
                if of_it and amount.exact:
                    last = amount
                    at = line.place(amount.said.start)
                    wholes.append(_Whole(number, amount, at, _planned(amount.words)))


def _planned(words: str) -> bool:
    """Is a budget the last that some words tell of, and no 公共预算 of which money is?"""
    said = OF_MONEY.sub("", words)
    return said.rfind("预算") > said.rfind("决算")


def _is_whole(amount: Amount) -> bool:
    clause = last_clause(amount)
    if amount.figure.kind != "money" or NO_LEVEL.search(clause):
        return False
    return WHOLE.search(amount.words) is not None and PART.search(clause) is None


def _share(
    segment: Segment, part: Amount, percent: Amount, wholes: Sequence[_Whole]
) -> Iterator[Outcome]:
    said = SHARE.match(percent.words)
    named = last_clause(part)
    if said is None or not (part.exact and percent.exact):
        return
    if PART.search(named) is None or NO_LEVEL.search(named):
        return
    if OF_ALL.fullmatch(said["of"]) is None:
        return
    planned = _planned(segment.text[: part.said.start - segment.start])
    like = [w for w in wholes if w.planned is planned]
    if any(fits(percent.figure, part.figure, w.amount.figure) for w in like):
        yield Outcome(RULE)
        return
    if like:
        whole = like[-1]
        outcome = told_quotients.judged(
            segment, percent, part, whole.amount.figure, "三公经费", (whole.at,)
        )
        if outcome is not None:
            yield outcome
