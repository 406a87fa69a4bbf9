"""Check a library: run every rule on every report, match the acknowledgements, count the results."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from site_builder.acknowledge import ACKNOWLEDGEMENT_RULES, acknowledge
from site_builder.archive.personal_acts import in_ledger, in_settings
from site_builder.coverage import Coverage, coverage_of
from site_builder.day import day_in_china
from site_builder.finding import Finding, ReportKey, Rule, hushed, in_order
from site_builder.library import Disclosure, Library
from site_builder.place import Place
from site_builder.reading_rules import READING_RULES
from site_builder.relations import cases_of
from site_builder.report import Report
from site_builder.rules import CHECKING_RULES, CHECKS
from site_builder.rules.indicator_lines import indicator_tables
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import STOP, Passage
from site_builder.told import told_by
from site_builder.uncollected import uncollected
from site_builder.wording import wording_of

MET_NOTHING = "报告中没有这条规则要看的内容"
ALL_RULES: tuple[Rule, ...] = (*READING_RULES, *CHECKING_RULES, *ACKNOWLEDGEMENT_RULES)


@dataclass(frozen=True)
class Checked:
    """What checking says of one report: findings, coverage, and results counted by rule.

    `results` maps rule id to a count of pass, finding and not-applicable.
    """

    key: ReportKey
    findings: tuple[Finding, ...]
    coverage: Coverage
    results: dict[str, Counter[str]]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CheckRun:
    """All findings in order, and what was found of each report."""

    findings: tuple[Finding, ...]
    reports: dict[ReportKey, Checked]

    @property
    def open(self) -> tuple[Finding, ...]:
        """Findings that nobody has explained; what is only pending is not among them."""
        return tuple(f for f in self.findings if f.acknowledged is None and not f.rule.pending)

    @property
    def pending(self) -> tuple[Finding, ...]:
        """What nobody has filled in yet: shown, but no reason to fail."""
        return tuple(f for f in self.findings if f.rule.pending)

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Unacknowledged errors: they stop a build."""
        return tuple(f for f in self.open if f.level == "error")


def check_library(library: Library, today: datetime.date | None = None) -> CheckRun:
    """Run all rules on all reports of `library`; `today` decides which explanations have expired."""
    today = today or day_in_china()
    reports = {d.key: check_disclosure(d, library, today) for d in library.disclosures}
    every = [
        *library.findings,
        *in_settings(library),
        *(f for c in reports.values() for f in c.findings),
    ]
    for ledger in library.ledgers.values():  # of what was withdrawn nothing else is looked at
        every += [f for key in ledger.keys if ledger.withdrawn(key) for f in in_ledger(ledger, key)]
    return CheckRun(tuple(in_order(hushed(every))), reports)


def check_disclosure(disclosure: Disclosure, library: Library, today: datetime.date) -> Checked:
    """Run all rules on one report; none where its form is wrong itself."""
    if not library.judges(disclosure.report.form):
        return Checked(disclosure.key, (), coverage_of(disclosure.report, []), {}, ())
    with uncollected():  # of the thousands of things made, all die with the report
        return _checked(disclosure, library, today)


def _checked(disclosure: Disclosure, library: Library, today: datetime.date) -> Checked:
    cases = cases_of(disclosure, library.concepts)
    told = told_by(disclosure, library.concepts)
    wording = wording_of(disclosure, told.lines)
    indicators = tuple(indicator_tables(disclosure.report))
    subject = Subject(disclosure, cases, library, told, wording, indicators, today)
    outcomes = _outcomes(subject)
    ledger = library.ledger_of(disclosure.key)
    outcomes += [Outcome(f.rule, finding=f) for f in in_ledger(ledger, disclosure.key)]
    outcomes = list(_said_once(_of_what_is_read(outcomes, disclosure.report), told.lines))
    counted: dict[str, dict[str, int]] = {}
    for (rule, result), count in Counter([(o.rule.id, o.result) for o in outcomes]).items():
        counted.setdefault(rule, {})[result] = count
    key = disclosure.key
    reasons = [
        (o.rule.id, o.reason.zh) for o in outcomes if o.reason is not None and o.finding is None
    ]
    for silent in (rule.id for rule in CHECKING_RULES if rule.id not in counted):
        counted[silent] = {"not-applicable": 1}
        reasons.append((silent, MET_NOTHING))
    findings = [o.finding.of(key) for o in outcomes if o.finding is not None]
    findings = acknowledge(disclosure.report, findings, today)
    return Checked(
        key,
        tuple(in_order(hushed(findings))),
        coverage_of(disclosure.report, outcomes),
        {rule: _tally(tuple(counts.items())) for rule, counts in counted.items()},
        tuple(reasons),
    )


def _outcomes(subject: Subject) -> list[Outcome]:
    """What all rules say; that there is nothing to look at only where no other way of a rule has met something."""
    outcomes: list[Outcome] = []
    nothing: dict[str, Outcome] = {}
    for check in CHECKS:
        told = list(check(subject))
        if len(told) == 1 and told[0].result == "not-applicable":
            nothing.setdefault(told[0].rule.id, told[0])
        else:
            outcomes += told
    met = {outcome.rule.id for outcome in outcomes}
    return outcomes + [one for rule, one in nothing.items() if rule not in met]


def _of_what_is_read(outcomes: list[Outcome], report: Report) -> list[Outcome]:
    """The outcomes but for findings that only follow from a cell that could not be read.

    A finding of reading names the cell already; what is personal is said all the same.
    """
    unread = {cell.at: cell.address for cell in report.cells.values() if cell.unread}
    if not unread:
        return outcomes

    def follows(finding: Finding | None) -> bool:
        if finding is None or finding.secret:
            return False
        # The label of a row stands at the place of its first cell, but has an address of its own.
        own = unread.get(finding.at) == finding.address
        return own or not unread.keys().isdisjoint(finding.others)

    return [outcome for outcome in outcomes if not follows(outcome.finding)]


def _said_once(outcomes: list[Outcome], lines: tuple[Passage, ...]) -> Iterator[Outcome]:
    """The outcomes but for findings that yield to another of the same sentence or cell, or repeat it."""
    found = [o.finding for o in outcomes if o.finding is not None]
    outcomes = _once(outcomes) if len(found) > 1 else outcomes  # quick
    if not any(finding.rule.yields_to for finding in found):
        yield from outcomes
        return
    texts = {(line.at.file, line.at.line): line.raw or line.text for line in lines}

    def spot(at: Place) -> tuple[str, int, int]:
        text = texts.get(at[:2])
        # In a narrative the sentence, counted by its line's full stops; elsewhere the cell.
        return (*at[:2], at.column if text is None else len(STOP.findall(text, 0, at.column - 1)))

    told = {(finding.rule.id, spot(finding.at)) for finding in found}
    for outcome in outcomes:
        finding = outcome.finding
        if finding is None or not any(
            (other, spot(finding.at)) in told for other in finding.rule.yields_to
        ):
            yield outcome


def _once(outcomes: list[Outcome]) -> list[Outcome]:
    """Without what two ways of reading find alike at one place, or one of them within the other's words."""
    kept, said = [], set()
    words = Counter((f.rule.id, f.at[:2]) for o in outcomes if (f := o.finding) and f.length)
    for outcome in outcomes:
        finding = outcome.finding
        if finding is not None and finding.recomputed:
            one = (finding.rule.id, finding.at, finding.recomputed, finding.formula)
            if one in said:
                continue
            said.add(one)
            if words[finding.rule.id, finding.at[:2]] > 1 and _within_another(finding, outcomes):
                continue
        kept.append(outcome)
    return kept


def _within_another(finding: Finding, outcomes: list[Outcome]) -> bool:
    """接侍, where 公务接侍费 is said of the same place by the same rule."""
    place = finding.at
    for outcome in outcomes:
        other = outcome.finding
        if other is None or other.rule is not finding.rule or other.at[:2] != place[:2]:
            continue
        start = other.at.column
        if (
            finding.length < other.length
            and finding.recomputed in other.recomputed
            and start <= place.column
            and place.column + finding.length <= start + other.length
        ):
            return True
    return False


@lru_cache(maxsize=1024)
def _tally(counts: tuple[tuple[str, int], ...]) -> Counter[str]:
    """How often each result came; most rules of most reports say the same, and share it."""
    return Counter(dict(counts))
