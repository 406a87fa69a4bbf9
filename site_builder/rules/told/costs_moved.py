"""“三公”经费的增减与各项不合: what “三公”经费 and each of its parts rose or fell by, in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import RULE, differing
from site_builder.sentences import Passage

MAYBE = led_by("三", '三公[”"’』]?经费[^。]{0,24}[较比]')
# A name wherever it stands, for whose change is told.
NAMED = re.compile(
    '(?P<whole>三公[”"’』]?经费)|(?P<abroad>出国)|(?P<reception>接待费)|'
    "(?P<cars>(?:用车|公车|车辆)?购置(?:费)?[及和与](?:公务?用?车)?(?:运行|运维)[^，,。；;：:0-9]{0,4}费?)|"
    "(?P<bought>(?:用车|公车|车辆)购置)|(?P<run>(?:用车|公车|车辆)(?:运行|运维))"
)
CHANGE = re.compile(
    f"(?:较|比|同比)[^，,。；;0-9]*(?:20[0-9]{{2}}年)?[^，,。；;0-9]*?(?:(?P<up>{UP})|(?:{DOWN}))了?$"
)
BUDGET = re.compile("预算|计划")
NONE_ABROAD = re.compile(
    "(?:无|没有|未发生|未安排|未产生)[^，,。；;0-9]{0,6}出国|出国[^，,。；;0-9较比增减]{0,16}0(?:\\.0+)?(?:万元|元)"
)
ABROAD = re.compile("出国[^，,。；;0-9较比增减]{0,16}(?!0(?:\\.0+)?(?:万元|元))[0-9.]+(?:万元|元)")


class Change(NamedTuple):
    """What a part or the whole rose by; less than nothing where it fell."""

    said: Said
    figure: Figure
    amount: Decimal


def check(subject: Subject) -> Iterator[Outcome]:
    """较上年减少19万元，较预算减少4万元。其中：用车费较上年减少16万元，…；接待费较上年减少2.5万元，…"""
    found = False
    for passage in subject.told.holding(MAYBE):
        for of_budget in (False, True):
            changes = _changes(passage, of_budget)
            cars = ("cars",) if "cars" in changes else ("bought", "run")
            if all(name in changes for name in ("whole", "reception", *cars)):
                found = True
                parts = [changes[n] for n in (*cars, "reception", "abroad") if n in changes]
                yield _judged(subject, passage, changes["whole"], parts, "abroad" in changes)
    if not found:
        yield Outcome(RULE, reason=Words("没有“三公”经费各项的增减", "no changes of 三公经费"))


def _changes(passage: Passage, of_budget: bool) -> dict[str, Change]:
    """The first change of each by its name, against the budget or against the year before."""
    changes: dict[str, Change] = {}
    for said in passage.figures:
        figure = said.plain
        if figure is None or figure.kind != "money":
            continue
        way = CHANGE.search(passage.label(said))
        names = list(NAMED.finditer(passage.text, 0, said.start))
        if way is None or not names or (BUDGET.search(way[0]) is not None) is not of_budget:
            continue
        amount = figure.amount if way["up"] else -figure.amount
        changes.setdefault(str(names[-1].lastgroup), Change(said, figure, amount))
    return changes


def _judged(
    subject: Subject, passage: Passage, whole: Change, parts: list[Change], abroad: bool
) -> Outcome:
    """What the parts have moved by, all together; what is 0 now may have been more, and never less."""
    if len({one.figure.unit for one in (whole, *parts)}) > 1:
        return Outcome(RULE)
    total = sum((one.amount for one in parts), Decimal(0))
    rough = sum((one.figure.ulp() for one in (whole, *parts)), Decimal(0)) / 2
    gap = whole.amount - total  # what is left for travel abroad
    if abs(gap) <= rough or not (abroad or (gap > 0 and _none_abroad(subject))):
        return Outcome(RULE)
    told = [one.said for one in parts]
    amount, right, unit = abs(whole.amount), abs(total), whole.figure.unit
    return differing(passage, whole.said.text, told, amount, right, unit)


def _none_abroad(subject: Subject) -> bool:
    """Was nothing spent on travel abroad, wherever it is told?"""
    text = subject.told.text
    return NONE_ABROAD.search(text) is not None and ABROAD.search(text) is None
