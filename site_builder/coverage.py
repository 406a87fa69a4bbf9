"""Coverage: which rules compare a printed figure with another and what they say, and which figures none guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Coverage:
    """`guarded` of `facts` printed figures are compared; `unguarded` lists the others.

    `compared` has for each case that compared figures its rule's id, its result and the addresses.
    """

    facts: int
    guarded: int
    unguarded: tuple[Fact, ...]
    compared: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    @property
    def share(self) -> str:
        """In whole per cent, rounded down; 100 only when nothing is left."""
        return f"{self.guarded * 100 // self.facts}%" if self.facts else "—"


def coverage_of(report: Report, outcomes: Iterable[Outcome]) -> Coverage:
    """Coverage of one report from the outcomes of its rules."""
    compared = tuple([(o.rule.id, o.result, o.guards) for o in outcomes if o.guards])
    guarded = set().union(*[addresses for _, _, addresses in compared])
    unguarded = tuple([fact for fact in report.facts if fact.address not in guarded])
    return Coverage(len(report.facts), len(report.facts) - len(unguarded), unguarded, compared)


def guards_of(coverage: Coverage) -> dict[str, dict[str, str]]:
    """Which rules compared a figure, by its address: rule's id → pass, or finding if any case is one."""
    guards: dict[str, dict[str, str]] = {}
    for rule, result, addresses in coverage.compared:
        for address in addresses:
            mine = guards.setdefault(address, {})
            if mine.get(rule) != "finding":
                mine[rule] = result
    return guards
