"""Ratios and shares that tables print."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.outcome import Check
from site_builder.rules.ratios import named_ratio, ratio_differs, share_sum
from site_builder.rules.sums import headcount, plain_labels

CHECKS: tuple[Check, ...] = (
    ratio_differs.check,
    share_sum.check,
    named_ratio.check,
)
RULES: tuple[Rule, ...] = (
    ratio_differs.RULE,
    ratio_differs.TRUNCATED,
    ratio_differs.ROUNDED,
    ratio_differs.UNDEFINED,
    named_ratio.RULE,
    share_sum.RULE,
    plain_labels.RATIO,
    headcount.OVER,
)
