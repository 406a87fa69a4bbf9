"""What pages about many reports say of one: its core figures, its findings counted, its dates.

A report is read, checked, shown and let go, county by county; only its summary stays, so that
pages over counties, years and towns cost a line a report, not a report.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from site_builder.archive.ledger import Entry
from site_builder.check import Checked
from site_builder.finding import ReportKey
from site_builder.library import Disclosure
from site_builder.record import record
from site_builder.report import Fact

# Concept and basis of what is shown of every report, in the order in which it is shown.
CORE = (
    ("支出合计", "决算"),
    ("收入合计", "决算"),
    ("基本支出", "决算"),
    ("项目支出", "决算"),
    ("三公经费", "决算"),
    ("在职人数", "年末"),
    ("自评得分", "自评"),
)


Key = TypeVar("Key")


@record
class CoreFigure:
    """A core figure as printed: the fact and the count of findings at its cell."""

    fact: Fact
    findings: int = 0


@dataclass(frozen=True)
class Summary:
    """One report in a line. `figures` has those of CORE that it states, by (concept, basis).

    `levels` counts its findings by level, `found` by rule. `published_at` is the
    moment of publication as written, with its time of day where that is known.
    """

    key: ReportKey
    title: str
    unit: str
    county: str
    town: str
    form: str
    profile: str
    date: datetime.date | None
    published: datetime.date | None
    figures: dict[tuple[str, str], CoreFigure]
    facts: int
    guarded: int
    levels: Counter[str]
    found: Counter[str]
    published_at: str = ""
    corrections: tuple[tuple[datetime.date, str], ...] = ()


def summary_of(disclosure: Disclosure, checked: Checked) -> Summary:
    """The summary of one checked report."""
    report = disclosure.report
    heading = report.heading
    at = Counter(f.address for f in checked.findings)
    figures = {
        (concept, basis): CoreFigure(fact, at[fact.address])
        for concept, basis in CORE
        if (fact := report.fact_of(concept, basis)) is not None
    }
    return Summary(
        disclosure.key,
        str(heading.title),
        str(heading.unit),
        str(disclosure.county.name),
        str(disclosure.town.name),
        str(heading.form),
        str(heading.profile),
        heading.date,
        heading.published,
        figures,
        checked.coverage.facts,
        checked.coverage.guarded,
        Counter(str(f.level) for f in checked.findings),
        Counter(f.rule.id for f in checked.findings),
        str(heading.published_written or ""),
        tuple((c.date, str(c.words)) for c in heading.corrections),
    )


def corrected(summary: Summary, acts: Sequence[Entry]) -> Summary:
    """The summary with the corrections that the ledger has of the report; `acts` are all done to it."""
    made = tuple((e.date, e.reason) for e in acts if e.kind == "更正")
    return replace(summary, corrections=(*summary.corrections, *made)) if made else summary


def grouped(summaries: Sequence[Summary], by: Callable[[Summary], Key]) -> dict[Key, list[Summary]]:
    """The summaries by what `by` gives, in their order."""
    groups: dict[Key, list[Summary]] = {}
    for summary in summaries:
        groups.setdefault(by(summary), []).append(summary)
    return groups


def span(summaries: Sequence[Summary]) -> str:
    """The years that they are of, in their runs: 2013—2015、2018."""
    runs: list[list[int]] = []
    for year in sorted({s.key.year for s in summaries}):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(str(r[0]) if len(r) == 1 else f"{r[0]}—{r[-1]}" for r in runs)
