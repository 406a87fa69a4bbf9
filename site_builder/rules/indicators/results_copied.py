"""完成情况照抄指标值: results that repeat their targets word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

RULE = Rule(
    "results-copied",
    "note",
    Words("完成情况照抄指标值", "Results that repeat their targets"),
    Words(
        "{count}项指标的完成情况与指标值一字不差（{listed}），看不出实际做了什么",
        "{count} results repeat their targets word for word ({listed})",
    ),
    Words(
        "请写实际做了什么、做到什么程度；定性指标写明达成、部分达成或未达成",
        "say what was done and how far; for targets in words, whether met, partly met or missed",
    ),
    Words(
        "指标值是打算，完成值是结果，两栏一样等于没有评价。",
        "A target is a plan and a result what came of it: the same words evaluate nothing.",
    ),
    PERFORMANCE,
)
DONE = re.compile(r"^(?:已经?|均已|基本|全部|全面|圆满)?(?:完成了?|达成|实现了?)[：:，,]?")
MARKS = re.compile("[，,。；;、 ]")
LEAST = 3  # so many must repeat their targets before it is said


def check(subject: Subject) -> Iterator[Outcome]:
    """Each indicator table."""
    for _, lines in subject.indicators:
        same = [(line.label, cell) for line in lines if (cell := _repeating(line)) is not None]
        if len(same) < LEAST:
            yield Outcome(RULE)
            continue
        first, *others = [cell for _, cell in same]
        listed = "、".join(f"“{label[:12]}”" for label, _ in same[:3])
        words = {"count": str(len(same)), "listed": listed + ("等" if len(same) > 3 else "")}
        places = tuple(cell.at for cell in others)
        yield Outcome(RULE, finding=Finding(RULE, first.at, words, places, first.address))


def _repeating(line: IndicatorLine) -> Cell | None:
    """The result, where it is the target word for word, without figures."""
    if line.target is None or line.result is None:
        return None
    target, result = (MARKS.sub("", c.text) for c in (line.target, line.result))
    if len(target) < 8 or any(c.isdigit() for c in target):
        return None
    return line.result if target in (result, DONE.sub("", result)) else None
