"""Named ratios: 结转结余率, 控制率, 变动率 … with their formulas, of which an issuer chooses one.

The same name has different formulas in different places, so a formula is data with a variant and
a citation; a profile says under 口径公式 which variant holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.concepts import BASES, Concept, unknown_concept
from site_builder.finding import Finding
from site_builder.reading_rules import CHOICE
from site_builder.shape import as_table, guess, key, read, text
from site_builder.yaml_file import Table, Text, read_yaml

FILE = "data/ratios.yaml"
LAST = "上年"


@dataclass(frozen=True, slots=True)
class Term:
    """One amount of a formula: added or taken away, a concept on a basis, of this or last year."""

    concept: str
    basis: str
    last_year: bool
    minus: bool


@dataclass(frozen=True)
class Formula:
    """One way to compute a named ratio, in per cent; `citation` says who computes it so."""

    above: tuple[Text, ...] = key("分子", [text])
    below: tuple[Text, ...] = key("分母", [text])
    citation: Text = key("依据")
    aliases: tuple[Text, ...] = key("又名", [text], default=())

    def terms(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """Numerator and denominator."""
        return tuple(map(term, self.above)), tuple(map(term, self.below))


def term(written: str) -> Term:
    """`-三公经费.上年年初预算`: last year's budget, taken away; 上年决算 is last year's 决算."""
    minus = written.startswith("-")
    concept, _, basis = written.removeprefix("-").rpartition(".")
    last = basis.startswith(LAST)
    return Term(concept, basis.removeprefix(LAST), last, minus)


def read_ratios(
    root: Path, concepts: dict[str, Concept], found: list[Finding]
) -> dict[str, dict[str, Formula]]:
    """data/ratios.yaml by name and variant; a project without the file has none."""
    path = root / FILE
    table = read_yaml(path, FILE, found) if path.exists() else None
    return {} if table is None else parse_ratios(table, concepts, found)


def parse_ratios(
    table: Table, concepts: dict[str, Concept], found: list[Finding]
) -> dict[str, dict[str, Formula]]:
    """Like read_ratios, for a table already read."""
    ratios: dict[str, dict[str, Formula]] = {}
    for name, value in table.items():
        variants = as_table(value, found)
        for variant, given in (variants or {}).items():
            inner = as_table(given, found)
            formula = None if inner is None else read(Formula, inner, found)
            if formula is None:
                continue
            wrong = list(_wrong(formula, concepts))
            found += wrong
            if not wrong:
                ratios.setdefault(str(name), {})[str(variant)] = formula
    return ratios


def _wrong(formula: Formula, concepts: dict[str, Concept]) -> Iterator[Finding]:
    """Concepts and bases that do not exist."""
    for written in (*formula.above, *formula.below):
        one = term(written)
        if one.concept not in concepts:
            yield unknown_concept(one.concept, written.at, concepts)
        if one.basis not in BASES:
            words = {"text": one.basis, "choices": "、".join(BASES), **guess(one.basis, BASES)}
            yield Finding(CHOICE, written.at, words)
