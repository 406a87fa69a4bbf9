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

PROFILE = "口径不同"
ADDED = frozenset({"money", "people"})  # kinds that add up over towns; scores and shares do not


@record
class Total:
    """`text` in `unit` over the reports `counted`; `left_out` pairs a report with the reason."""

    text: str
    unit: str
    counted: tuple[Summary, ...]
    left_out: tuple[tuple[Summary, str], ...]


def ruling_profile(summaries: Sequence[Summary]) -> str:
    """The profile that most of the reports go by; of equals the first."""
    return Counter(s.profile for s in summaries).most_common(1)[0][0]


def total_of(
    summaries: Sequence[Summary], concept: str, basis: str, least: int = 2
) -> Total | None:
    """The total over reports of one year, a town each; None where fewer than `least` can be added."""
    profile = ruling_profile(summaries)
    printed = [
        (s, core.fact) for s in summaries if (core := s.figures.get((concept, basis))) is not None
    ]
    units = Counter(
        f.figure.unit
        for s, f in printed
        if s.profile == profile and not f.figure.about and f.figure.kind in ADDED
    )
    if not units:
        return None
    unit = units.most_common(1)[0][0]
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
    if len(counted) < least:
        return None
    return Total(shown(amount, decimals), unit, tuple(counted), tuple(left_out))


def _differs(summary: Summary, fact: Fact, unit: str, profile: str) -> str:
    """Why a figure is not added; "" when it is."""
    if summary.profile != profile:
        return PROFILE
    if fact.figure.about:
        return "约数"
    return f"单位是{fact.figure.unit or '空'}" if fact.figure.unit != unit else ""
