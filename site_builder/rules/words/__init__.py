"""Names, words and leftovers."""

from __future__ import annotations

from site_builder.finding import Rule
from site_builder.rules.misspelt import MISSPELT
from site_builder.rules.outcome import Check
from site_builder.rules.words import (
    budget_items,
    credit_code,
    document_number,
    doubled_lines,
    foreign_names,
    heading_numbers,
    looking_back,
    lost_words,
    misspelt_words,
    misused_marks,
    odd_characters,
    ordinals,
    paired_marks,
    residue,
    terms_miswritten,
    unfilled,
    wrong_project,
    years_unmarked,
)

CHECKS: tuple[Check, ...] = (
    credit_code.check,
    foreign_names.check,
    residue.check,
    unfilled.check,
    doubled_lines.check,
    lost_words.check,
    misused_marks.check,
    heading_numbers.check,
    odd_characters.check,
    misspelt_words.check,
    document_number.check,
    budget_items.check,
    terms_miswritten.check,
    wrong_project.check,
    paired_marks.check,
    ordinals.check,
    looking_back.check,
    years_unmarked.check,
)
RULES: tuple[Rule, ...] = (
    credit_code.RULE,
    foreign_names.RULE,
    foreign_names.SELF,
    foreign_names.VARIANT,
    wrong_project.RULE,
    MISSPELT,
    document_number.RULE,
    ordinals.RULE,
    heading_numbers.RULE,
    looking_back.COUNT,
    residue.CONVERSION,
    residue.TEMPLATE,
    residue.INSTRUCTION,
    residue.DOUBLED,
    residue.PUNCTUATION,
    misused_marks.RULE,
    paired_marks.RULE,
    odd_characters.RULE,
    odd_characters.MISSING,
)
