"""What sentences claim, against the figures: kept within, fell, all done, none."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules import claimed, whole_by_parts
from site_builder.rules.claims import (
    all_and_left,
    bound_claim,
    budget_claim,
    claim_denied,
    claim_strength,
    denied_figures,
    events_denied,
    fraction_words,
    goals,
    goals_in_words,
    kind_of_money,
    parts_moved,
    posts_claimed,
    rate_of_each,
    saving_claim,
    self_denying,
    task_short,
    words_against_figures,
    year_claim,
)
from site_builder.rules.complete import unmeasured
from site_builder.rules.outcome import Check
from site_builder.rules.words import looking_back

CHECKS: tuple[Check, ...] = (
    budget_claim.check,
    year_claim.check,
    bound_claim.check,
    goals.check,
    goals_in_words.check,
    parts_moved.check,
    kind_of_money.check,
    claim_strength.check,
    claim_denied.check,
    saving_claim.check,
    denied_figures.check,
    self_denying.check,
    words_against_figures.check,
    task_short.check,
    all_and_left.check,
    events_denied.check,
    posts_claimed.check,
    fraction_words.check,
    rate_of_each.check,
)
RULES: tuple[Rule, ...] = (
    claimed.RULE,
    claimed.DOUBTFUL,
    saving_claim.RULE,
    claim_strength.RULE,
    claim_denied.RULE,
    self_denying.RULE,
    words_against_figures.RULE,
    denied_figures.RULE,
    all_and_left.RULE,
    posts_claimed.RULE,
    fraction_words.RULE,
    events_denied.RULE,
    unmeasured.COMPARED,
    unmeasured.GOALS,
    whole_by_parts.RULE,
    kind_of_money.RULE,
    goals.RULE,
    goals.FAR,
    goals_in_words.GOAL,
    goals_in_words.LIMIT,
    looking_back.ON_TIME,
    task_short.RULE,
    goals_in_words.LATE,
)
