"""Reports of other years and of other towns, and sealed editions."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.outcome import Check
from site_builder.rules.years import (
    carried_over,
    copied_text,
    edition_changed,
    form_of_other_year,
    identical_years,
    jump,
    last_report,
    repeated_sentence,
    restated,
    since_last_year,
    target_lowered,
)

CHECKS: tuple[Check, ...] = (
    form_of_other_year.check,
    restated.check,
    jump.check,
    identical_years.check,
    copied_text.check,
    target_lowered.check,
    edition_changed.check,
    carried_over.check,
    repeated_sentence.check,
    since_last_year.check,
    last_report.check,
)
RULES: tuple[Rule, ...] = (
    form_of_other_year.RULE,
    restated.RULE,
    jump.RULE,
    carried_over.RULE,
    since_last_year.RULE,
    last_report.RULE,
    identical_years.RULE,
    identical_years.COLUMN,
    identical_years.RATIO,
    repeated_sentence.RULE,
    copied_text.LAST_YEAR,
    copied_text.TOWN,
    target_lowered.LOWERED,
    target_lowered.DROPPED,
    edition_changed.RULE,
)
