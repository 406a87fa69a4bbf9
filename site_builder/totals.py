"""Totals over the reports of several towns: only of figures that are comparable, and over how many.

Comparable are figures of one concept and basis, printed in one unit, by reports under one profile.
What differs is left out and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from site_builder.figure import shown
from site_builder.record import record
from site_builder.report import Fact
from site_builder.summary import Summary

ADDED = frozenset({"money", "people"})  # kinds that add up over towns; scores and shares do not


@record
class Total:
    """`text` in `unit` over the reports `counted`; `left_out` pairs a report with the reason."""

    text: str
    unit: str
    counted: tuple[Summary, ...]
    left_out: tuple[tuple[Summary, str], ...]


def total_of(summaries: Sequence[Summary], concept: str, basis: str) -> Total | None:
    """The total over reports of one year, a town each; None where fewer than two can be added."""
    printed = [
        (s, core.fact) for s in summaries if (core := s.figures.get((concept, basis))) is not None
    ]
    sound = [(s, f) for s, f in printed if not f.figure.about and f.figure.kind in ADDED]
    if len(sound) < 2:
        return None
    (unit, profile), _ = Counter((f.figure.unit, s.profile) for s, f in sound).most_common(1)[0]
    counted: list[Summary] = []
    left_out: list[tuple[Summary, str]] = []
    amount, decimals = Decimal(0), 0
    for summary, fact in printed:
        reason = _differs(summary, fact, unit, profile)
        if reason:
            left_out.append((summary, reason))
            continue
        counted.append(summary)
        amount += fact.figure.amount
        decimals = max(decimals, fact.figure.decimals)
    if len(counted) < 2:
        return None
    return Total(shown(amount, decimals), unit, tuple(counted), tuple(left_out))


def _differs(summary: Summary, fact: Fact, unit: str, profile: str) -> str:
    """Why a figure is not added; "" when it is."""
    if fact.figure.about:
        return "约数"
    if fact.figure.unit != unit:
        return f"单位是{fact.figure.unit or '空'}"
    return "口径不同" if summary.profile != profile else ""
