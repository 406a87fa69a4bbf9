"""Years and dates."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.dates import (
    called_early,
    dated_phrases,
    dates_of_report,
    event_order,
    impossible_date,
    occasions,
    opening_year,
    publication,
    row_dates,
    terms_told,
    too_early,
    wrong_year,
)
from site_builder.rules.indicators import self_praise
from site_builder.rules.outcome import Check
from site_builder.rules.twice import results_otherwise
from site_builder.rules.words import plain_words

CHECKS: tuple[Check, ...] = (
    wrong_year.check,
    opening_year.check,
    publication.check,
    impossible_date.check,
    dates_of_report.check,
    dated_phrases.check,
    occasions.check,
    row_dates.check,
    event_order.check,
    terms_told.check,
    too_early.check,
    called_early.check,
)
RULES: tuple[Rule, ...] = (
    wrong_year.RULE,
    opening_year.RULE,
    wrong_year.EARLY,
    wrong_year.COMPARED,
    wrong_year.DATED,
    wrong_year.LATE,
    publication.RULE,
    impossible_date.RULE,
    impossible_date.REVERSED,
    row_dates.RULE,
    event_order.RULE,
    event_order.DAYS,
    terms_told.RULE,
    called_early.RULE,
    too_early.PUBLISHED,
    too_early.DOCUMENT,
    dates_of_report.AHEAD,
    dates_of_report.PAST,
    results_otherwise.STALE,
    dates_of_report.EARLIER,
    self_praise.NEXT,
    dated_phrases.NOTICE,
    dated_phrases.RULE,
    occasions.RULE,
    plain_words.YEAR,
)
