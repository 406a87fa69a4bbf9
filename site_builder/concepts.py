"""Concepts: what a figure means, whatever form it stands in, and what must hold between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from site_builder import reading_rules as rules
from site_builder.figure import MONEY, money_misspelt
from site_builder.finding import Finding
from site_builder.place import Place
from site_builder.shape import as_table, guess, key, read, text
from site_builder.yaml_file import Table, Text, read_yaml

FILE = "data/concepts.yaml"

# Which number of a concept. 上年决算 is the 决算 of the year before.
BASES = ("上年决算", "年初预算", "全年预算", "决算", "年末", "自评")


def basis_named(name: str) -> str | None:
    """The basis that `name` means: `决算数` and `决算` are the same; None when it is none."""
    if name in BASES:
        return name
    return name[:-1] if name.endswith("数") and name[:-1] in BASES else None


@dataclass(frozen=True)
class Concept:
    """A meaning with its unit, definition, and parts: `parts` complete, `some_of` not."""

    definition: Text = key("定义")
    unit: str = key("单位", text, default="")
    aliases: tuple[Text, ...] = key("又名", [text], default=())
    parts: tuple[Text, ...] = key("组成", [text], default=())
    some_of: tuple[Text, ...] = key("其中", [text], default=())
    ratio: tuple[Text, ...] = key("比率", [text], default=())
    difference: tuple[Text, ...] = key("差", [text], default=())

    @cached_property
    def relations(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The kinds of relation that its figures are the result of, each with its operands."""
        stated: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("合计", self.parts),
            ("其中", self.some_of),
            ("差", self.difference),
            ("比率", self.ratio),
        )
        return tuple((kind, names) for kind, names in stated if names)


def read_concepts(root: Path, found: list[Finding]) -> dict[str, Concept]:
    """data/concepts.yaml; a name that it mentions and does not define is a finding."""
    table = read_yaml(root / FILE, FILE, found)
    return {} if table is None else parse_concepts(table, found)


def parse_concepts(table: Table, found: list[Finding]) -> dict[str, Concept]:
    """Like read_concepts, for a table already read."""
    concepts: dict[str, Concept] = {}
    for name, value in table.items():
        inner = as_table(value, found)
        concept = None if inner is None else read(Concept, inner, found)
        if concept is None:  # it has a finding; that it is there need not be missed besides
            concept = Concept(name)
        elif isinstance(concept.unit, Text) and money_misspelt(concept.unit):
            found.append(not_a_unit(concept.unit))
            concept = replace(concept, unit="")
        concepts[str(name)] = concept
    _check_names(concepts, table, found)
    return concepts


def _check_names(concepts: dict[str, Concept], table: Table, found: list[Finding]) -> None:
    for concept in concepts.values():
        for name in (*concept.parts, *concept.some_of, *concept.ratio, *concept.difference):
            bare = name.rpartition(".")[0] or str(name)
            if bare not in table:
                found.append(unknown_concept(bare, name.at, concepts))


def not_a_unit(unit: Text) -> Finding:
    """The finding for a unit of money that is none: 万圆."""
    meant = money_misspelt(unit)
    words = {
        "text": str(unit),
        "choices": "、".join(MONEY),
        "guess_zh": f"；是不是“{meant}”？" if meant in MONEY else "",
        "guess_en": f"; did you mean “{meant}”?" if meant in MONEY else "",
    }
    return Finding(rules.CHOICE, unit.at, words)


def unknown_concept(name: str, at: Place, concepts: dict[str, Concept]) -> Finding:
    """The finding for a concept that is not defined."""
    words = {"name": name, "kind": "概念", "kind_en": "concept", **guess(name, concepts)}
    return Finding(rules.UNKNOWN_NAME, at, words)
