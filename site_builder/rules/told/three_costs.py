"""“三公”经费与三项不合: the three costs in sentences, that are all of “三公”经费, and what they changed by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import percent_of
from site_builder.patterns import led_by
from site_builder.rules import changes
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import RULE, differing
from site_builder.rules.three_public import KINDS, LINES_BACK, NO_LEVEL, WHOLE, last_clause, of_cars
from site_builder.segment import Amount, Segment, added, segments
from site_builder.sentences import Passage

# What every list of the three holds; a quick no.
MAYBE = led_by("接", "接待费?[^，,。；;]{0,12}[0-9]")
BASES = (re.compile("预算"), re.compile("决算|实际|支出(?!预算)"))
# “三公”经费较上年减少15.29万元，下降49.88%；较年初预算减少…
CHANGED = re.compile(
    rf"(?:^|[，,：:])(?:20[0-9]{{2}}年度?)?(?P<of>[^，,。；;：:0-9]{{0,36}}?)(?:(?:较|比|与)(?:20[0-9]{{2}}年)?[^，,。；;0-9]{{0,14}}?)?(?P<way>{UP}|{DOWN})了?$"
)
# “三公”经费支出决算数比2021年减少…
OF_YEAR = re.compile("(?:支出)?决算数?$")
THEN = re.compile(rf"^[，,、]?(?:同比)?(?P<way>{UP}|{DOWN})(?:了|率|幅度|幅)?(?:为|达到?)?$")


class Costs(NamedTuple):
    """What a passage tells of the three: `wholes` they may be of, `parts` by kind, `again` those of a kind
    told before, and `others` listed with them."""

    wholes: list[Amount]
    parts: dict[str, Amount]
    others: list[Amount]
    again: list[Amount]


def check(subject: Subject) -> Iterator[Outcome]:
    """Every list of the three costs, and every change of their whole told apart from it."""
    found = False
    wholes: list[tuple[int, Amount]] = []
    levels: dict[str, list[Amount]] = {"whole": []}
    lines = subject.told.lines if "三公" in subject.wording.text else ()  # quick
    for number, passage in enumerate(lines):
        if not ("三公" in passage.text or MAYBE.search(passage.text)):
            continue
        near = [a for line, a in wholes if number - line <= LINES_BACK]
        for costs in _lists(passage, near):
            new = [a for a in costs.wholes if a not in near]
            wholes += [(number, a) for a in new]
            levels["whole"] += new
            for kind, amount in costs.parts.items():
                levels.setdefault(kind, []).append(amount)
            for outcome in _judged(passage, costs):
                found = True
                yield outcome
        for outcome in _changed(passage, levels):
            found = True
            yield outcome
    if not found:
        yield Outcome(RULE)


def _lists(passage: Passage, near: list[Amount]) -> Iterator[Costs]:
    """The lists of a passage; a new whole, or a cost told again, begins another."""
    costs = Costs(list(near), {}, [], [])
    for segment in segments(passage):
        for amount in segment.amounts:
            clause = last_clause(amount)
            if amount.figure.kind != "money":
                continue
            # …、公车运行费（“三公”经费）总额2771万元: what stands behind 三公 alone
            named = clause.rpartition("三公")[2]
            kind = next((name for name, words in KINDS.items() if words.search(named)), "")
            if NO_LEVEL.search(clause):
                continue
            if WHOLE.search(amount.words) and not kind:
                if costs.parts:
                    yield costs
                    costs = Costs([], {}, [], [])
                costs.wholes.append(amount)
            elif not kind and costs.wholes and not costs.parts:
                costs.wholes.append(amount)  # “三公”经费预算为30.8万元，支出决算为25.7万元
            elif not kind:
                costs.others.append(amount)
            elif kind not in costs.parts:
                costs.parts[kind] = amount
            else:
                costs.again.append(amount)
    yield costs


def _judged(passage: Passage, costs: Costs) -> Iterator[Outcome]:
    """All three against what they may be of: the budget or the outturn, as they are called."""
    told = costs.parts
    if "cars" in told and "bought" in told and "run" in told:
        two = [told["bought"], told["run"]]
        # 购置费255万元，运行维护费7922万元，其他交通工具购置144万元: what stands behind in one sentence
        last = max(a.said.end for a in two)
        end = passage.sentence(last)[1]
        more = [a for a in (*costs.again, *costs.others) if last < a.said.start < end]
        yield _cars(passage, told["cars"], two, sorted(more, key=_start))
    cars = of_cars(told, "bought" in told)
    if not all(kind in told for kind in ("abroad", "reception", *cars)):
        return
    parts = [told[kind] for kind in ("abroad", "reception", *cars)]
    words = "".join(a.words for a in parts)
    said = [base for base in BASES if base.search(words)]
    wholes = [
        a for a in costs.wholes if len(said) != 1 or said[0].search(a.words) or _bare(a.words)
    ]
    if not wholes:
        return
    unit = wholes[-1].figure.unit
    sums = [added(parts, unit), added([*parts, *costs.others], unit)]
    if any(span.meets(a.figure.interval()) for _, span in sums for a in wholes):
        yield Outcome(RULE)
    elif all(a.figure.unit == unit for a in (*parts, *wholes)):
        whole, listed = wholes[-1], [a.said for a in sorted(parts, key=_start)]
        yield differing(passage, whole.said.text, listed, whole.figure.amount, sums[0][0], unit)


def _cars(passage: Passage, whole: Amount, parts: list[Amount], more: list[Amount]) -> Outcome:
    """公务用车购置及运行维护费32万元，其中购置费20万元，运行维护费12万元."""
    unit = whole.figure.unit
    total, span = added(parts, unit)
    spans = [span, *(added([*parts, *more[:n]], unit)[1] for n in range(1, len(more) + 1))]
    if any(one.meets(whole.figure.interval()) for one in spans):
        return Outcome(RULE)
    told = [part.said for part in parts]
    return differing(passage, whole.said.text, told, whole.figure.amount, total, unit)


def _start(amount: Amount) -> int:
    return amount.said.start


def _bare(words: str) -> bool:
    """“三公”经费41万元: of which, nobody says."""
    return not any(base.search(words) for base in BASES)


def _changed(passage: Passage, levels: dict[str, list[Amount]]) -> Iterator[Outcome]:
    """“三公”经费较上年减少15.29万元，下降49.88%, where the amount stands further up."""
    kind = ""
    for segment in segments(passage):
        for gap, share in pairwise(segment.amounts):
            way = CHANGED.search(gap.words)
            if way is None or THEN.match(share.words) is None or share.figure.unit != "%":
                continue
            kind = _kind(OF_YEAR.sub("", way["of"])) if way["of"] else kind
            if not share.exact:
                continue
            told = [_by(segment, now, gap, share, way["way"]) for now in levels.get(kind, ())]
            yield from changes.of_either([one] for one in told if one is not None)


def _kind(words: str) -> str:
    """Which of the three costs, or the whole of them, some words end on."""
    if words.endswith(("三公”经费", "三公经费", '三公"经费')):
        return "whole"
    named = next((name for name, pattern in KINDS.items() if pattern.search(words)), "")
    return named if words.endswith(("费", "费用", "经费", "支出")) else ""


def _by(segment: Segment, now: Amount, gap: Amount, share: Amount, way: str) -> Outcome | None:
    if now.figure.unit != gap.figure.unit:
        return None
    sign = -1 if re.fullmatch(DOWN, way) else 1
    past = now.figure.amount - sign * gap.figure.amount
    then = now.figure.interval()
    then = then - gap.figure.interval() if sign > 0 else then + gap.figure.interval()
    if then.low <= 0:
        return None
    amount = percent_of(gap.figure.amount, past)
    span = gap.figure.interval().over(then).times(Decimal(100))
    formula = f"{gap.said.text} ÷ （{now.said.text} {'+−'[sign > 0]} {gap.said.text}）"
    return changes.settled(segment, share, amount, span, formula, (gap, gap))
