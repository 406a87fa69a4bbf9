"""Sums and differences of tables: parts and their whole, what must be equal, totals of lists."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.outcome import Check
from site_builder.rules.sums import (
    budget_scope,
    difference_differs,
    execution_claim,
    headcount,
    not_equal,
    overspent,
    peer_of_whole,
    plain_labels,
    products,
    sum_differs,
    total_labels,
)

CHECKS: tuple[Check, ...] = (
    sum_differs.check,
    difference_differs.check,
    execution_claim.check,
    headcount.check,
    not_equal.check,
    peer_of_whole.check,
    plain_labels.check,
    total_labels.check,
    overspent.check,
    budget_scope.check,
    products.check,
)
RULES: tuple[Rule, ...] = (
    sum_differs.RULE,
    sum_differs.ROUNDED,
    sum_differs.GAP,
    sum_differs.EXCEEDS,
    not_equal.RULE,
    difference_differs.RULE,
    headcount.RULE,
    total_labels.TOTAL,
    plain_labels.DIFFERENCE,
    products.RULE,
    peer_of_whole.RULE,
    execution_claim.RULE,
    overspent.RULE,
    budget_scope.PROCUREMENT,
    budget_scope.CARRIED,
)
