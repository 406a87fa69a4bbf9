"""What each report states for each concept, as exact amounts that can be asked for and compared."""

from __future__ import annotations

from decimal import Decimal

from site_builder.figure import KIND
from site_builder.library import Library
from site_builder.page import report_path

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


def units_of(library: Library) -> dict[str, str]:
    """The names by which amounts can be asked for, with the unit that is meant when none is said."""
    return {name: concept.unit for name, concept in library.concepts.items() if concept.unit}
