"""The rules of checking, in the order in which they run. A new rule: one file here, one line below."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules import (
    credit_code,
    difference_differs,
    grade_band,
    linked_figure,
    ratio_differs,
    scores,
    sum_differs,
    told_twice,
)
from site_builder.rules.outcome import Check

CHECKS: tuple[Check, ...] = (
    sum_differs.check,
    difference_differs.check,
    ratio_differs.check,
    told_twice.check,
    scores.check,
    grade_band.check,
    credit_code.check,
    linked_figure.check,
)
CHECKING_RULES: tuple[Rule, ...] = (
    sum_differs.RULE,
    sum_differs.ROUNDED,
    sum_differs.GAP,
    sum_differs.EXCEEDS,
    difference_differs.RULE,
    ratio_differs.RULE,
    ratio_differs.TRUNCATED,
    ratio_differs.ROUNDED,
    ratio_differs.UNDEFINED,
    told_twice.RULE,
    scores.WEIGHTS,
    scores.SCORES,
    scores.EXCEEDS,
    grade_band.RULE,
    credit_code.RULE,
    linked_figure.RULE,
)
