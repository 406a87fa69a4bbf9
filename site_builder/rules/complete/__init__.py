"""What must be there: fields, annexes, results, content below headings."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.complete import (
    annexes,
    empty_section,
    promised,
    required_fields,
    unevaluated,
    unmeasured,
)
from site_builder.rules.outcome import Check
from site_builder.rules.told import survey

CHECKS: tuple[Check, ...] = (
    required_fields.check,
    annexes.check,
    empty_section.check,
    promised.check,
    unmeasured.check,
    unevaluated.check,
)
RULES: tuple[Rule, ...] = (
    required_fields.RULE,
    annexes.RULE,
    unevaluated.RULE,
    promised.RESULT,
    promised.GOALS,
    promised.HEADING,
    empty_section.RULE,
    unmeasured.SATISFACTION,
    survey.SMALL,
)
