"""说明雷同: two indicators whose results or explanations are the same words."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "reason-repeated",
    "note",
    Words("不同指标写了相同的说明", "Two indicators with the same words"),
    Words(
        "“{label}”的说明与“{other}”的有大段文字相同（“{printed}”等{count}字）",
        "“{label}” is explained in the words of “{other}” (“{printed}…”, {count} characters)",
    ),
    Words(
        "请分别写各项指标的情况；原件如此的，保留原文并在“认可”中说明",
        "say of each indicator what was done for it; if it is printed so, explain it",
    ),
    Words(
        "一段话给两项指标打分，至少有一项没有真正评价过。",
        "Where one text earns two scores, one indicator at least was not evaluated.",
    ),
)
LEAST = 30  # characters; shorter words (达成预期目标) are anybody's


def check(subject: Subject) -> Iterator[Outcome]:
    """Each indicator table: what is said of a line against what was said of those above it."""
    tables = subject.indicators
    for _, lines in tables:
        yield _table(lines)
    if not tables:
        yield Outcome(RULE, reason=Words("没有指标表", "no indicator table"))


def _table(lines: tuple[IndicatorLine, ...]) -> Outcome:
    """The first line whose words stand in another's."""
    said: list[tuple[str, IndicatorLine, Cell]] = []
    for line in lines:
        for cell in _cells(line):
            text = cell.text.strip("。；， ")
            if len(text) < LEAST:
                continue
            for before, other, cell_before in said:
                if other is not line and (text in before or before in text):
                    return _found(line, cell, other, cell_before, min(text, before, key=len))
            said.append((text, line, cell))
    return Outcome(RULE)


def _cells(line: IndicatorLine) -> Iterator[Cell]:
    """The words on a line that tell what was done; not the target, which may govern several."""
    result = line.result
    if result is not None:
        yield result
    for note in line.notes:
        if note is not line.target:
            yield note


def _found(
    line: IndicatorLine, cell: Cell, other: IndicatorLine, before: Cell, same: str
) -> Outcome:
    words = {
        "label": line.label,
        "other": other.label,
        "printed": same[:16],
        "count": str(len(same)),
    }
    return Outcome(RULE, finding=Finding(RULE, cell.at, words, (before.at,), cell.address))
