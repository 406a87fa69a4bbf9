"""What each report states for each concept, as exact amounts that can be asked for and compared."""

from __future__ import annotations

from decimal import Decimal

from site_builder.figure import KIND
from site_builder.library import Library
from site_builder.other_names import other_names
from site_builder.page import report_path
from site_builder.tokens import folded

BASES = ("决算", "年末", "自评")  # what was so at the end of the year, the first that is stated
MONEY = "money"


def amounts_of(library: Library) -> dict[str, dict[str, Decimal]]:
    """A report's own amounts of its year by concept, by the address of its page; money in 元."""
    made = {}
    for disclosure in library.disclosures:
        mine: dict[str, Decimal] = {}
        for concept in disclosure.report.by_concept:
            for basis in BASES:
                fact = disclosure.report.fact_of(concept, basis)
                if fact is not None:
                    kind, ratio = KIND.get(fact.figure.unit, ("", Decimal(1)))
                    mine[concept] = (
                        fact.figure.amount * ratio if kind == MONEY else fact.figure.amount
                    )
                    break
        made[report_path(disclosure.key)] = mine
    return made


def also_called(library: Library) -> dict[str, list[str]]:
    """What else concepts are called, folded, each with the names that are meant: 招待费, [公务接待费].

    From 又名 in data/concepts.yaml and what clerks call them everywhere. What is part of the name finds
    it anyhow.
    """
    names = names_of(library)
    known = {folded(name) for name in names}
    also: dict[str, list[str]] = {}
    for name, concept in zip(names, library.concepts.values(), strict=True):
        for other in map(folded, (*concept.aliases, *other_names(name))):
            if other not in known and other not in folded(name):
                meant = also.setdefault(other, [])
                meant += [name] if name not in meant else []
    return also


def names_of(library: Library) -> list[str]:
    """What concepts are called, without the concept that some stand below: 基本支出/工资福利支出."""
    return [name.rpartition("/")[2] for name in library.concepts]


def units_of(library: Library) -> dict[str, str]:
    """The names by which amounts can be asked for, with the unit that is meant when none is said."""
    return {name: concept.unit for name, concept in library.concepts.items() if concept.unit}
