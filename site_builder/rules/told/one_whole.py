"""同一个总数，占比却对不上: shares of a whole told by name in several sentences, that make several wholes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import Interval, percent_of, shown
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.shares_of_one import RULE, found
from site_builder.rules.year_words import YEAR, YEAR_BEFORE
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage

MAYBE = re.compile("占[一-鿿]{3,20}[0-9.]+[%％]")
# 项目支出46.95万元，占一般公共预算支出的19.62%
OF_NAMED = re.compile(
    "^[，,（(]?占(?P<whole>[一-鿿“”]{1,14}(?:支出|收入|预算|总额|经费|资金|拨款|合计|总计))"
    "的?(?:比例|比重)?(?:为|达)?$"
)
# Each has a budget of its own.
OWN = re.compile(
    "(?:年初|调整后?|全年|年度|本年|当年|总|财政|其|下达|到位)*(?:预算|资金|经费|支出|收入)"
)
HUNDRED = Decimal(100)
LINES_APART = 12  # of one list
# By how much two wholes must differ, in per cent of the larger: other than by what was rounded before.
APART = Decimal(2)


class Share(NamedTuple):
    """An amount with its share of a whole that goes by a name, and what the two make of it."""

    line: int
    passage: Passage
    part: Amount
    percent: Amount
    year: str

    @property
    def whole(self) -> Decimal:
        return percent_of(self.part.figure.amount, self.percent.figure.amount)

    @property
    def span(self) -> Interval:
        return self.part.figure.interval().over(self.percent.figure.interval()).times(HUNDRED)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every two shares of a whole of one name, under one heading, near each other."""
    told: dict[tuple[str, str, str], list[Share]] = {}
    lines = {id(line): number for number, line in enumerate(subject.told.lines)}
    for passage in subject.told.holding(MAYBE):
        if id(passage) in lines:
            for name, share in _shares(passage, lines[id(passage)]):
                key = (passage.section, name, share.part.figure.unit)
                told.setdefault(key, []).append(share)
    compared = False
    for (_, name, _), shares in told.items():
        for one, other in pairwise(shares):
            if one.year == other.year and other.line - one.line <= LINES_APART:
                compared = True
                yield _judged(name, one, other)
    if not compared:
        yield Outcome(RULE)


def _shares(passage: Passage, line: int) -> Iterator[tuple[str, Share]]:
    for segment in segments(passage, "占"):
        if YEAR_BEFORE.search(segment.text):
            continue
        for part, percent in pairwise(segment.amounts):
            of = OF_NAMED.match(percent.words)
            if (
                of is None
                or OWN.fullmatch(of["whole"])
                or percent.figure.unit != "%"
                or part.figure.kind != "money"
            ):
                continue
            if part.exact and percent.exact and percent.figure.interval().low > 0:
                year = YEAR.findall(passage.text, 0, part.said.start)
                yield of["whole"], Share(line, passage, part, percent, (year or [""])[-1])


def _judged(name: str, one: Share, other: Share) -> Outcome:
    most = max(one.whole, other.whole)
    if one.span.meets(other.span) or abs(one.whole - other.whole) * HUNDRED <= APART * most:
        return Outcome(RULE)
    unit = other.part.figure.unit
    decimals = other.part.figure.decimals
    right = f"{shown(percent_of(other.part.figure.amount, one.whole), 2)}%"
    wholes = [f"{shown(s.whole, decimals)}{unit}" for s in (one, other)]
    words = (
        f"是占“{name}”的比例，照此“{name}”有{wholes[1]}；照前面的{one.percent.said.text}却是{wholes[0]}",
        f"of “{name}” makes it {wholes[1]}; {one.percent.said.text} before makes it {wholes[0]}",
    )
    said = other.percent.said
    return found(other.passage, said.start, said.text, words, right)
