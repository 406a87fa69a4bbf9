"""Units and plausibility."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules import wrong_unit
from site_builder.rules.outcome import Check
from site_builder.rules.units import (
    about_twice,
    cut_figure,
    implausible,
    mixed_units,
    named_size,
    odd_amounts,
    unit_left_out,
    unit_repeated,
    unit_slip,
)
from site_builder.rules.years import jump

CHECKS: tuple[Check, ...] = (
    unit_slip.check,
    mixed_units.check,
    unit_repeated.check,
    unit_left_out.check,
    odd_amounts.check,
    implausible.check,
    named_size.check,
    cut_figure.check,
    about_twice.check,
)
RULES: tuple[Rule, ...] = (
    wrong_unit.RULE,
    unit_slip.MISSING,
    unit_repeated.RULE,
    unit_left_out.RULE,
    odd_amounts.RULE,
    implausible.RULE,
    cut_figure.RULE,
    named_size.RULE,
    jump.BUDGET,
    about_twice.DOUBLY,
    about_twice.EXACT,
)
