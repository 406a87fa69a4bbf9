"""“三公”经费的分项: its parts by their names, which are all there is, and what each has risen or fallen by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import RULE, differing
from site_builder.segment import Amount, added
from site_builder.sentences import Passage

_IS = "(?:支出|决算|预算|执行|费用)*(?:汇总|总)?(?:数|额|金额)?(?:共计|合计|共|为|是)?$"
_CAR = "(?:用车|公车|车辆)"
_BOTH = f"{_CAR}?购置(?:费)?[及和与](?:公务?用?车)?(?:运行|运维)[^，,。；;：:0-9]{{0,4}}费?"
NAMES = {
    "出国": re.compile(f"出国(?:[（(]境[）)])?(?:经费|费用?)?{_IS}"),
    "接待": re.compile(f"接待费用?{_IS}"),
    "用车": re.compile(f"{_BOTH}{_IS}"),
    "购置": re.compile(f"{_CAR}购置费用?{_IS}|{_CAR}购置{_IS}"),
    "运行": re.compile(f"{_CAR}(?:运行|运维)(?:维护)?费?用?{_IS}"),
}
# What some count with them, and no part of them.
BESIDE = re.compile(f"(?:会议|培训)费{_IS}")
WHOLE = re.compile(f'三公[”"’』]?经费[^，,。；;：:0-9较比增减占降]{{0,12}}?{_IS}')
# A name wherever it stands, for whose change is told.
NAMED = re.compile(
    f'(?P<whole>三公[”"’』]?经费)|(?P<出国>出国)|(?P<接待>接待费)|(?P<用车>{_BOTH})|'
    f"(?P<购置>{_CAR}购置)|(?P<运行>{_CAR}(?:运行|运维))"
)
CHANGE = re.compile(
    f"(?:较|比|同比)[^，,。；;0-9]*(?:20[0-9]{{2}}年)?[^，,。；;0-9]*?(?:(?P<up>{UP})|(?:{DOWN}))了?$"
)
BUDGET = re.compile("预算|计划")
NONE_ABROAD = re.compile("(?:无|没有|未发生|未安排|未产生)[^，,。；;0-9]{0,6}出国")


class _Told(NamedTuple):
    """An amount of a part or of the whole, and where it stands."""

    passage: Passage
    said: Said
    figure: Figure


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “三公”经费 with its parts behind it; every change of it with those of its parts."""
    found = False
    for line in subject.told.lines:
        if "三公" not in line.text or not line.figures:  # quick
            continue
        for outcome in (*_levels(line), *_changes(subject, line)):
            found = True
            yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有“三公”经费的分项", "no parts of 三公经费"))


def _levels(line: Passage) -> Iterator[Outcome]:
    """“三公”经费41万元，其中：出国费0万元，用车21万元，接待费20万元."""
    whole: _Told | None = None
    parts: dict[str, _Told] = {}
    for told, name in _named_amounts([line]):
        if name == "三公":
            yield from _judged(whole, parts)
            whole, parts = told, {}
        else:
            parts.setdefault(name, told)
    yield from _judged(whole, parts)


def _named_amounts(passages: Sequence[Passage]) -> Iterator[tuple[_Told, str]]:
    """The exact amounts of money that are called by one of the names."""
    for passage in passages:
        for said in passage.figures:
            figure = said.plain
            if figure is None or figure.kind != "money":
                continue
            label = passage.label(said).replace(" ", "")
            told = _Told(passage, said, figure)
            if WHOLE.search(label):
                yield told, "三公"
            else:
                name = next((n for n, pattern in NAMES.items() if pattern.search(label)), "")
                name = name or ("另计" if BESIDE.search(label) else "")
                yield told, name


def _all(parts: dict[str, _Told]) -> list[_Told]:
    """The parts that make the whole, where none is missing: 购置 and 运行 only without both in one."""
    cars = ("用车",) if "用车" in parts else ("购置", "运行")
    names = ("出国", *cars, "接待")
    return [parts[name] for name in names] if all(name in parts for name in names) else []


def _judged(whole: _Told | None, parts: dict[str, _Told]) -> Iterator[Outcome]:
    listed = _all(parts)
    if whole is not None and listed and "另计" not in parts:
        yield _compared(whole, listed)
    if "用车" in parts and "购置" in parts and "运行" in parts:
        yield _compared(parts["用车"], [parts["购置"], parts["运行"]])


def _compared(whole: _Told, parts: Sequence[_Told]) -> Outcome:
    unit = whole.figure.unit
    amount, span = added([Amount(p.said, p.figure, "") for p in parts], unit)
    if span.meets(whole.figure.interval()):
        return Outcome(RULE)
    told = [p.said for p in parts]
    return differing(whole.passage, whole.said.text, told, whole.figure.amount, amount, unit)


def _changes(subject: Subject, line: Passage) -> Iterator[Outcome]:
    """较上年减少19万元，较预算减少4万元。其中：用车费较上年减少16万元，…；接待费较上年减少2.5万元，…"""
    changes: dict[tuple[str, bool], tuple[_Told, Decimal]] = {}
    for said in line.figures:
        figure = said.plain
        if figure is None or figure.kind != "money":
            continue
        way = CHANGE.search(line.label(said))
        if way is None:
            continue
        names = list(NAMED.finditer(line.text, 0, said.start))
        if not names:
            continue
        key = (str(names[-1].lastgroup), BUDGET.search(way[0]) is not None)
        sign = 1 if way["up"] else -1
        changes.setdefault(key, (_Told(line, said, figure), figure.amount * sign))
    for of_budget in (False, True):
        mine = {name: told for (name, budget), told in changes.items() if budget is of_budget}
        if "whole" in mine and "接待" in mine and ("用车" in mine or {"购置", "运行"} <= set(mine)):
            yield from _changed(subject, mine)


def _changed(subject: Subject, changes: dict[str, tuple[_Told, Decimal]]) -> Iterator[Outcome]:
    """What the parts have moved by, all together; what is 0 now may have been more, and never less."""
    whole, moved = changes.pop("whole")
    cars = ("用车",) if "用车" in changes else ("购置", "运行")
    parts = [changes[name] for name in (*cars, "接待", "出国") if name in changes]
    units = {told.figure.unit for told, _ in (*parts, (whole, moved))}
    if len(units) > 1:
        return
    total = sum((amount for _, amount in parts), Decimal(0))
    rough = sum((told.figure.ulp() for told, _ in (*parts, (whole, moved))), Decimal(0)) / 2
    gap = moved - total  # what is left for 出国
    if abs(gap) <= rough or ("出国" not in changes and not (gap > 0 and _none_abroad(subject))):
        yield Outcome(RULE)
        return
    unit = whole.figure.unit
    told = [one.said for one, _ in parts]
    yield differing(whole.passage, whole.said.text, told, abs(moved), abs(total), unit)


def _none_abroad(subject: Subject) -> bool:
    """Was nothing spent on travel abroad, wherever it is told?"""
    if NONE_ABROAD.search(subject.told.text):
        return True
    lines = [line for line in subject.told.lines if "出国" in line.text]
    told = [one.figure.amount for one, name in _named_amounts(lines) if name == "出国"]
    return bool(told) and not any(told)
