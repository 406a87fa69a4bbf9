"""The rules of checking, in the order in which they run. A new rule: one file here, one line below."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules import (
    budget_claim,
    credit_code,
    difference_differs,
    grade_band,
    indicator_faults,
    linked_figure,
    profile_weights,
    ratio_differs,
    required_fields,
    score_replay,
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
    budget_claim.check,
    profile_weights.check,
    score_replay.check,
    indicator_faults.check,
    required_fields.check,
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
    budget_claim.RULE,
    budget_claim.DOUBTFUL,
    profile_weights.RULE,
    profile_weights.FULL,
    score_replay.RULE,
    score_replay.BELOW,
    score_replay.EXCESS,
    indicator_faults.CANNOT_FAIL,
    indicator_faults.UNSCORED,
    indicator_faults.UNEXPLAINED,
    indicator_faults.UNITS,
    required_fields.RULE,
)
