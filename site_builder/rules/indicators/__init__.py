"""Indicators and their scores: targets, results, weights, reasons."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.indicators import (
    goals_copied,
    grade_band,
    grade_scale,
    indicator_faults,
    indicator_listed_twice,
    late_marks,
    profile_weights,
    repeated_reason,
    result_words,
    row_deductions,
    score_denied,
    score_replay,
    scores,
    self_praise,
    target_direction,
)
from site_builder.rules.outcome import Check
from site_builder.rules.told import survey
from site_builder.rules.twice import row_states

CHECKS: tuple[Check, ...] = (
    scores.check,
    grade_band.check,
    profile_weights.check,
    score_replay.check,
    indicator_faults.check,
    score_denied.check,
    indicator_listed_twice.check,
    late_marks.check,
    result_words.check,
    target_direction.check,
    self_praise.check,
    goals_copied.check,
    repeated_reason.check,
    row_deductions.check,
    grade_scale.check,
)
RULES: tuple[Rule, ...] = (
    scores.WEIGHTS,
    scores.SCORES,
    scores.EXCEEDS,
    profile_weights.RULE,
    profile_weights.FULL,
    grade_band.RULE,
    grade_scale.RULE,
    score_replay.RULE,
    score_replay.BELOW,
    score_replay.EXCESS,
    indicator_faults.CANNOT_FAIL,
    target_direction.RULE,
    indicator_faults.UNITS,
    result_words.WISH,
    indicator_faults.UNSCORED,
    indicator_listed_twice.TWICE,
    indicator_faults.UNEXPLAINED,
    indicator_faults.DESPITE,
    indicator_faults.BARE,
    score_denied.DENIED,
    score_denied.UNDESERVED,
    score_denied.MISNAMED,
    late_marks.RULE,
    self_praise.FULL,
    self_praise.ZERO,
    result_words.BOUND,
    result_words.UNCOUNTED,
    self_praise.COPIED,
    goals_copied.RULE,
    result_words.FLAWLESS,
    row_states.NOTE,
    row_deductions.RULE,
    repeated_reason.RULE,
    survey.SCALE,
)
