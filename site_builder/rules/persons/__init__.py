"""Personal data."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.outcome import Check
from site_builder.rules.persons import named_payments, personal_data, small_group

CHECKS: tuple[Check, ...] = (
    personal_data.check,
    small_group.check,
    named_payments.check,
)
RULES: tuple[Rule, ...] = (
    personal_data.PHONE,
    personal_data.IDENTITY,
    personal_data.CARD,
    personal_data.SENSITIVE,
    personal_data.LISTED,
    personal_data.ROLE,
    personal_data.HOME,
    personal_data.CONTACT,
    small_group.RULE,
    personal_data.OFFICE,
    personal_data.NAMED,
    named_payments.RULE,
)
