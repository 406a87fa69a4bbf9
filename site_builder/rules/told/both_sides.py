"""收支同额、增减不同额: income and spending of one amount, of which each is said to have changed by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.patterns import led_by
from site_builder.rules import changes
from site_builder.rules.changes import DOWN, RULE, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

MAYBE = led_by(
    "较比",
    f"[较比](?:上年|去年|20[0-9]{{2}}年)[^，,。；;0-9]{{0,8}}?(?:{UP}|{DOWN})了?[0-9]",
)
# What a budget brings in and what it spends are of one amount in every year; so are both 总计.
TOTAL = re.compile("(?P<side>收入|支出|收支)[^，,。；;]{0,20}$")
BALANCED = re.compile("(?<!公共)(?<!基金)(?<!经营)预算(?!内)|总计")
NO_TOTAL = re.compile("其中|增|减|较|比(?!例)|上年|去年|基本支出|项目支出|非税|税收|事业|经营|其他")
CHANGE = re.compile(
    "(?:^|[，,。；;])(?P<of>收入|支出)?(?:预算|总计|合计)?(?:总额|数)?(?:较|比)(?P<year>上年|去年|20[0-9]{2}年)度?(?:预算|决算)?数?"
    f"(?:(?P<up>{UP})|(?:{DOWN}))了?$"
)
LINES_ON = 4


class _Side(NamedTuple):
    """What came in or went out, told in the line of that number, and what it changed by."""

    number: int
    side: str
    total: Amount
    change: Amount
    segment: Segment
    year: str
    up: bool


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line on spending, against the line on income before it."""
    income: _Side | None = None
    numbers = {id(line): number for number, line in enumerate(subject.told.lines)}
    for passage in subject.told.holding(MAYBE):
        number = numbers.get(id(passage))
        told = _told(passage, number) if number is not None else None
        if told is None:
            continue
        if told.side == "收入":
            income = told
        elif income is not None and told.number - income.number <= LINES_ON:
            yield from _compared(income, told)


def _told(passage: Passage, number: int) -> _Side | None:
    """The total that a line begins with, and what that changed by."""
    total: Amount | None = None
    side = ""
    text = passage.text
    for segment in segments(passage):
        for amount in segment.amounts:
            if amount.figure.kind != "money" or not amount.exact:
                continue
            if total is None:
                before = text[: amount.said.start]
                named = TOTAL.search(before)
                if named is None or NO_TOTAL.search(before) or not BALANCED.search(before):
                    return None
                total, side = amount, named["side"]
                continue
            way = CHANGE.search(text[total.said.end : amount.said.start])
            if way is None:
                continue
            behind = way.start() == 0
            if (behind and way["of"] in (None, side)) or way["of"] == side:
                up = way["up"] is not None
                return _Side(number, side, total, amount, segment, way["year"], up)
    return None


def _compared(income: _Side, spending: _Side) -> Iterator[Outcome]:
    one, other = income.total.figure, spending.total.figure
    if one.amount != other.amount or income.year != spending.year:
        return
    said, right = spending.change.figure, income.change.figure
    if said.unit != right.unit:
        return
    if income.up == spending.up and said.agrees_with(right):
        yield Outcome(RULE)
        return
    way = "增加" if income.up else "减少"
    formula = f"收入也是{income.total.said.text}、比{income.year}{way}{income.change.said.text}"
    beside = (spending.total, spending.total)
    amount = right.amount if income.up == spending.up else -right.amount
    yield changes.wrong(spending.segment, spending.change, amount, formula, beside)
