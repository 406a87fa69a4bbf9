"""Coverage: which rules compare a printed figure with another and what they say, and which figures none guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome

# Of one figure: id of a rule that compared it → pass or finding; a finding of any case is one.
Guards = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`guarded` of `facts` printed figures are compared; `unguarded` lists the others.

    `guards` says by address which rules compared a figure, and with what result.
    """

    facts: int
    guarded: int
    unguarded: tuple[Fact, ...]
    guards: Mapping[str, Guards] = field(default_factory=dict)

    @property
    def share(self) -> str:
        """In whole per cent, rounded down; 100 only when nothing is left."""
        return f"{self.guarded * 100 // self.facts}%" if self.facts else "—"


def coverage_of(report: Report, outcomes: Iterable[Outcome]) -> Coverage:
    """Coverage of one report from the outcomes of its rules."""
    guards: dict[str, dict[str, str]] = {}
    for outcome in outcomes:
        for address in outcome.guards:
            mine = guards.setdefault(address, {})
            if mine.get(outcome.rule.id) != "finding":
                mine[outcome.rule.id] = outcome.result
    unguarded = tuple(f for f in report.facts if f.address not in guards)
    return Coverage(len(report.facts), len(report.facts) - len(unguarded), unguarded, guards)
