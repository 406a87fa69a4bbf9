"""“三公”经费的增减与各项不合: what “三公”经费 and each of its parts rose or fell by, in one paragraph or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import RULE, moved
from site_builder.rules.three_public import NAME, NAMED, of_cars
from site_builder.sentences import Passage

MAYBE = led_by("三", f"{NAME}[^。]{{0,40}}[较比同]")
WAY = f"(?:(?P<up>{UP})|(?P<down>{DOWN}))了?$"
# 较上年减少, 比上年决算127.17万元减少, 与2021年预算相比，减少
CHANGE = re.compile(
    f"(?:较|比|同比|与)[^，,。；;0-9]*(?:20[0-9]{{2}}年)?[^，,。；;0-9]*?(?:[0-9.]+(?:万元|元)的?)?(?:相比[，,])?{WAY}"
)
# 公务接待费减少0.26万元: since when is told of the whole
BARE = re.compile(f"(?:接待|运[行维]|购置|出国|维护)[^，,。；;：:0-9]{{0,8}}{WAY}")
FLAT = re.compile("(?<!基本)(?<!大致)(?<!大体)(?:持平|一致|相同)|(?:无|没有|未)(?:增减|变化|变动)")
BUDGET = re.compile("预算|计划")
NONE_ABROAD = re.compile(
    "(?:无|没有|未发生|未安排|未产生)[^，,。；;0-9]{0,6}出国|出国[^，,。；;0-9较比增减]{0,16}0(?:\\.0+)?(?:万元|元)"
)
ABROAD = re.compile("出国[^，,。；;0-9较比增减]{0,16}(?!0(?:\\.0+)?(?:万元|元))[0-9.]+(?:万元|元)")
CLAUSE = re.compile("[，,。；;：:]")
LINES_ON = 8


class Change(NamedTuple):
    """What a part or the whole rose by; less than nothing where it fell."""

    passage: Passage
    said: Said
    figure: Figure
    amount: Decimal


def check(subject: Subject) -> Iterator[Outcome]:
    """较上年减少19万元，较预算减少4万元。其中：用车费较上年减少16万元，…；接待费较上年减少2.5万元，…"""
    found = False
    for passage in subject.told.holding(MAYBE):
        for of_budget in (False, True):
            for outcome in _of_either(subject, passage, of_budget):
                found = True
                yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有“三公”经费各项的增减", "no changes of 三公经费"))


def _below(subject: Subject, passage: Passage) -> Sequence[Passage]:
    """The paragraphs that may tell of the parts: those below in the same section, up to a new whole."""
    lines = subject.told.lines
    number = next((n for n, line in enumerate(lines) if line is passage), len(lines))
    below = []
    for line in lines[number + 1 : number + 1 + LINES_ON]:
        if line.section != passage.section or MAYBE.search(line.text):
            break
        below.append(line)
    return below


def _of_either(subject: Subject, passage: Passage, of_budget: bool) -> Iterator[Outcome]:
    """The changes of the paragraph; where it tells not all, with those of the paragraphs below."""
    for far in (False, True):
        passages = (passage, *_below(subject, passage)) if far else (passage,)
        changes, flat = _changes(passages, of_budget)
        if "whole" not in changes:
            return
        known = {*changes, *flat}
        cars = of_cars(known, any("购置" in one.text for one in passages))
        if not all(n in known for n in ("reception", *cars)):
            continue
        parts = [changes[n] for n in (*cars, "reception", "abroad") if n in changes]
        if parts:
            yield _judged(subject, changes["whole"], parts, "abroad" in known)
            return


def _changes(
    passages: Sequence[Passage], of_budget: bool
) -> tuple[dict[str, Change], frozenset[str]]:
    """The first change of each by its name, against the budget or against the year before; and what stayed."""
    changes: dict[str, Change] = {}
    flat = set()
    for passage in passages:
        text = passage.text
        for same in FLAT.finditer(text):
            names = list(NAMED.finditer(text, 0, same.start()))
            since = CLAUSE.split(text[: same.start()])[-1]
            if names and (BUDGET.search(since) is not None) is of_budget:
                flat.add(str(names[-1].lastgroup))
        for said in passage.figures:
            figure = said.plain
            if figure is None or figure.kind != "money":
                continue
            before = text[passage.sentence(said.start)[0] : said.start]
            way = CHANGE.search(before)
            names = list(NAMED.finditer(text, 0, said.start))
            if way is None and "whole" in changes:
                way = BARE.search(before)
            elif way is not None and (BUDGET.search(way[0]) is not None) is not of_budget:
                continue
            if way is None or not names:
                continue
            amount = figure.amount if way["up"] else -figure.amount
            name = str(names[-1].lastgroup)
            changes.setdefault(name, Change(passage, said, figure, amount))
    return changes, frozenset(flat - {"whole"} - changes.keys())


def _judged(subject: Subject, whole: Change, parts: list[Change], abroad: bool) -> Outcome:
    """What the parts have moved by, all together; what is 0 now may have been more, and never less."""
    if len({one.figure.unit for one in (whole, *parts)}) > 1:
        return Outcome(RULE)
    total = sum((one.amount for one in parts), Decimal(0))
    rough = sum((one.figure.ulp() for one in (whole, *parts)), Decimal(0)) / 2
    gap = whole.amount - total  # what is left for travel abroad
    if abs(gap) <= rough or not (abroad or (gap > 0 and _none_abroad(subject))):
        return Outcome(RULE)
    told = [(one.said, one.amount) for one in parts]
    return moved(parts[0].passage, (whole.said, whole.amount), told, whole.figure.unit)


def _none_abroad(subject: Subject) -> bool:
    """Was nothing spent on travel abroad, wherever it is told?"""
    text = subject.told.text
    return NONE_ABROAD.search(text) is not None and ABROAD.search(text) is None
