"""同一指标列了两次、超过时限却得满分: lines of an indicator table that cannot both count, or count fully."""

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
LATE = Rule(
    "late-with-full-marks",
    "warning",
    Words("超过时限却得满分", "Full marks after the term"),
    Words(
        "“{label}”的时限是{recomputed}，完成情况写的是{printed}，却得满分",
        "“{label}” was due {recomputed}, the result says {printed}, and it scores in full",
    ),
    Words("请核对日期和得分", "check the dates and the score"),
    Words(
        "超过时限完成的，时效指标没有完成。", "What was done after its term was not done in time."
    ),
    yields_to=("score-above-result",),
)
_MONTH = r"(20[0-9]{2})年([0-9]{1,2})月(?:[0-9]{1,2}日|底|末|份)*"
_DUE = re.compile(
    rf"(?:于|在)?{_MONTH}(?:之前|以前|前|内)?(?:全部|按期|全面)*(?:完成|完工|竣工|建成|投用)?"
)
_DONE = re.compile(rf"(?:已?于|在)?{_MONTH}(?:全部|全面|已)*(?:完成|完工|竣工|建成|投用|验收)?")
_GENERIC = re.compile("指标[0-9一二三四五六七八九十]*$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every table of indicators."""
    looked_at = False
    for _, lines in subject.indicators:
        first: dict[tuple[str, ...], IndicatorLine] = {}
        for line in lines:
            looked_at = True
            other = first.setdefault(line.levels, line)
            if other is not line:
                yield from _twice(other, line)
            yield from _late(line)
    if not looked_at:
        yield Outcome(TWICE, reason=Words("没有指标表", "no table of indicators"))
        yield Outcome(LATE, reason=Words("没有指标表", "no table of indicators"))


def _same(one: IndicatorLine, other: IndicatorLine, weight: Cell, again: Cell) -> bool:
    """Is nothing said that tells them apart: another unit, other notes, a name of any indicator?"""
    if len(one.levels) < 2 or not weight.text or not again.text:
        return False
    name = one.levels[-1]
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


def _late(line: IndicatorLine) -> Iterator[Outcome]:
    """A month for the target, a later one for the result, and the whole weight."""
    due, done = _DUE.fullmatch(_text(line.target)), _DONE.fullmatch(_text(line.result))
    if due is None or done is None or line.weight is None or line.score is None:
        return
    weight, score = line.weight.fact, line.score.fact
    if weight is None or score is None:
        return
    late = (int(done[1]), int(done[2])) > (int(due[1]), int(due[2]))
    if not late or score.figure.amount < weight.figure.amount:
        yield Outcome(LATE)
        return
    words = {"label": line.label, "printed": done[0], "recomputed": due[0]}
    assert line.target is not None  # it was matched
    assert line.result is not None
    others = (line.target.at, line.result.at)
    finding = Finding(LATE, score.at, words, others, score.address, done[0])
    yield Outcome(LATE, finding=finding)
