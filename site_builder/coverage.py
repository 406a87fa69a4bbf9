"""Coverage: which printed figures some rule compares with another, and which none guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Coverage:
    """`guarded` of `facts` printed figures are compared; `unguarded` lists the others."""

    facts: int
    guarded: int
    unguarded: tuple[Fact, ...]

    @property
    def share(self) -> str:
        """In whole per cent, rounded down; 100 only when nothing is left."""
        return f"{self.guarded * 100 // self.facts}%" if self.facts else "—"


def coverage_of(report: Report, outcomes: Iterable[Outcome]) -> Coverage:
    """Coverage of one report from the outcomes of its rules."""
    guarded = set().union(*[outcome.guards for outcome in outcomes])
    unguarded = tuple([fact for fact in report.facts if fact.address not in guarded])
    return Coverage(len(report.facts), len(report.facts) - len(unguarded), unguarded)
