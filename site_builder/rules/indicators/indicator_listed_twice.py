"""同一指标列了两次: lines of an indicator table that cannot both count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import measure
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject

TWICE = Rule(
    "indicator-twice",
    "warning",
    Words("同一指标列了两次", "One indicator listed twice"),
    Words(
        "“{label}”在同一张表里列了两次，分值各{printed}分和{recomputed}分",
        "“{label}” is listed twice in one table, with weights of {printed} and {recomputed}",
    ),
    Words(
        "请合并，或写明两项的区别；原件如此的，在“认可”中说明",
        "make one of them, or say how they differ; if it is printed so, explain it",
    ),
    Words(
        "一件事计两次分，总分就不是原来的意思。", "What counts twice changes what the total means."
    ),
)
_NUMBERING = re.compile(
    r"\s|^指标[0-9一二三四五六七八九十]*[.、．：:]|^[（(]?[0-9一二三四五六七八九十]{1,2}[）)、．]|^[0-9]{1,2}\.(?![0-9])|^[①-⑳]|[（(][%％][）)]$"
)
_GENERIC = re.compile("指标[0-9一二三四五六七八九十]*$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every table of indicators; what numbers a name does not make it another."""
    looked_at = False
    for _, lines in subject.indicators:
        first: dict[tuple[str, ...], IndicatorLine] = {}
        for line in lines:
            looked_at = True
            named = (*line.levels[:-1], _NUMBERING.sub("", line.levels[-1]))
            other = first.setdefault(named, line)
            if other is not line:
                yield from _twice(other, line)
    if not looked_at:
        yield Outcome(TWICE, reason=Words("没有指标表", "no table of indicators"))


def _same(one: IndicatorLine, other: IndicatorLine, weight: Cell, again: Cell) -> bool:
    """Is nothing said that tells them apart: another unit, other notes, a name of any indicator?"""
    if len(one.levels) < 2 or not weight.text or not again.text:
        return False
    name = _NUMBERING.sub("", one.levels[-1])
    if len(name) < 4 or _GENERIC.search(name) or name in one.levels[:-1]:
        return False
    if [c.text for c in one.notes] != [c.text for c in other.notes]:
        return False
    target, wish = _text(one.target), _text(other.target)
    if target == wish:
        return target != "" and _text(one.result) == _text(other.result)
    wanted, wished = measure(target), measure(wish)
    return wanted is not None and wished is not None and wanted.unit == wished.unit == "%"


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def _twice(one: IndicatorLine, other: IndicatorLine) -> Iterator[Outcome]:
    theirs, mine = one.weight, other.weight
    if theirs is None:
        return
    assert mine is not None  # lines of one table
    if not _same(one, other, theirs, mine):
        return
    words = {"label": other.label, "printed": theirs.text, "recomputed": mine.text}
    finding = Finding(TWICE, mine.at, words, (theirs.at,), mine.address, mine.text)
    yield Outcome(TWICE, finding=finding)
