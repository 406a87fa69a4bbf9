"""Years and dates."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules import terms
from site_builder.rules.dates import (
    called_early,
    compared_year,
    dated_phrases,
    dates_of_report,
    days_ahead,
    earlier_result,
    evaluated_early,
    event_order,
    goal_of_next_year,
    head_dates,
    impossible_date,
    occasions,
    opening_year,
    publication,
    report_dated,
    row_dates,
    terms_told,
    too_early,
    wrong_year,
)
from site_builder.rules.outcome import Check
from site_builder.rules.twice import results_otherwise
from site_builder.rules.words import years_unmarked

CHECKS: tuple[Check, ...] = (
    wrong_year.check,
    evaluated_early.check,
    compared_year.check,
    report_dated.check,
    head_dates.check,
    opening_year.check,
    publication.check,
    impossible_date.check,
    dates_of_report.check,
    earlier_result.check,
    dated_phrases.check,
    occasions.check,
    row_dates.check,
    event_order.check,
    terms_told.check,
    days_ahead.check,
    too_early.check,
    called_early.check,
    goal_of_next_year.check,
)
RULES: tuple[Rule, ...] = (
    wrong_year.RULE,
    opening_year.RULE,
    evaluated_early.RULE,
    compared_year.RULE,
    report_dated.EARLY,
    report_dated.LATE,
    head_dates.AHEAD,
    head_dates.ORDER,
    publication.RULE,
    impossible_date.RULE,
    impossible_date.REVERSED,
    row_dates.RULE,
    event_order.RULE,
    event_order.DAYS,
    terms.RULE,
    called_early.RULE,
    too_early.PUBLISHED,
    too_early.DOCUMENT,
    dates_of_report.AHEAD,
    dates_of_report.PAST,
    results_otherwise.STALE,
    earlier_result.RULE,
    goal_of_next_year.RULE,
    dated_phrases.NOTICE,
    dated_phrases.RULE,
    occasions.RULE,
    years_unmarked.RULE,
)
