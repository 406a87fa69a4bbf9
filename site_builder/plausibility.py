"""What is plausible: ranges that a figure, or the quotient of two, can hardly leave.

They are data, each with its source: data/plausibility.yaml. A range says nothing of right or
wrong, it says where a slip of unit or digit is the likeliest explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from site_builder import reading_rules as rules
from site_builder.concepts import BASES, Concept, unknown_concept
from site_builder.figure import KIND
from site_builder.finding import Finding
from site_builder.shape import as_table, decimal, key, lacking, one_of, read, text
from site_builder.yaml_file import Table, Text, read_yaml

FILE = "data/plausibility.yaml"


@dataclass(frozen=True)
class Quantity:
    """Which figures are meant: of a concept and basis, or with all of some words in the label."""

    concept: Text | None = key("概念", text, default=None)
    basis: Text | None = key("口径", one_of(*BASES), default=None)
    words: tuple[Text, ...] = key("名称", [text], default=())
    without: tuple[Text, ...] = key("除外", [text], default=())

    def fits(self, label: str) -> bool:
        """Does a label hold all words and none of those excluded?"""
        return all(w in label for w in self.words) and not any(w in label for w in self.without)


@dataclass(frozen=True)
class Range:
    """A figure, or one over another, in `unit` (`公斤/亩`), and what it lies between.

    `each` are concepts that the range holds for one by one, where the quantities name none.
    """

    above: Quantity = key("数", Quantity)
    unit: Text = key("单位")
    source: Text = key("依据")
    below: Quantity | None = key("除以", Quantity, default=None)
    each: tuple[Text, ...] = key("各概念", [text], default=())
    low: Decimal | None = key("下限", decimal, default=None)
    high: Decimal | None = key("上限", decimal, default=None)
    hint: Text | None = key("提示", text, default=None)

    def quantities(self) -> tuple[tuple[Quantity, Quantity | None], ...]:
        """What is divided by what, concept by concept."""
        return self._quantities

    @cached_property
    def _quantities(self) -> tuple[tuple[Quantity, Quantity | None], ...]:
        if not self.each:
            return ((self.above, self.below),)
        return tuple((_of(self.above, c), self.below and _of(self.below, c)) for c in self.each)


def _of(quantity: Quantity, concept: Text) -> Quantity:
    return Quantity(concept, quantity.basis, quantity.words, quantity.without)


def read_plausibility(
    root: Path, concepts: dict[str, Concept], found: list[Finding]
) -> dict[str, Range]:
    """data/plausibility.yaml; a project without it judges nothing by plausibility."""
    if not (root / FILE).exists():
        return {}
    table = read_yaml(root / FILE, FILE, found)
    return {} if table is None else parse_plausibility(table, concepts, found)


def parse_plausibility(
    table: Table, concepts: dict[str, Concept], found: list[Finding]
) -> dict[str, Range]:
    """Like read_plausibility, for a table already read; a range that does not fit is left out."""
    ranges: dict[str, Range] = {}
    for name, value in table.items():
        inner = as_table(value, found)
        one = None if inner is None else read(Range, inner, found)
        if one is not None and inner is not None and _sound(one, inner, concepts, found):
            ranges[str(name)] = one
    return ranges


def _sound(one: Range, table: Table, concepts: dict[str, Concept], found: list[Finding]) -> bool:
    """Are its units known, its concepts defined, and is there a bound?"""
    before = len(found)
    if one.low is None and one.high is None:
        found.append(Finding(rules.MISSING, table.at, {"key": "上限"} | lacking("上限")))
    units = one.unit.split("/")
    counted = {str(c.unit) for c in concepts.values() if c.unit}
    if len(units) != (1 if one.below is None else 2) and one.unit != "%":
        found.append(_choice(one.unit, "公斤/亩、元/人、%"))
    elif any(unit not in KIND and unit not in counted for unit in units):
        found.append(_choice(one.unit, "、".join((*KIND, *sorted(counted)))))
    named = [q.concept for q in (one.above, one.below) if q is not None and q.concept]
    for name in (*named, *one.each):
        if name not in concepts:
            found.append(unknown_concept(name, name.at, concepts))
    for quantity in (one.above, one.below):
        if quantity is not None and not (quantity.concept or quantity.words or one.each):
            found.append(Finding(rules.MISSING, table.at, {"key": "概念"} | lacking("概念")))
    return len(found) == before


def _choice(written: Any, choices: str) -> Finding:
    words = {"text": str(written), "choices": choices, "guess_zh": "", "guess_en": ""}
    return Finding(rules.CHOICE, written.at, words)
