"""必报内容没有填报: a concept that the profile requires and the report does not state."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.concepts import basis_named
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell, Report
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "required-missing",
    "warning",
    Words("必报内容没有填报", "A required figure is not reported"),
    Words(
        "{profile}要求报告“{label}”，{where}",
        "{profile} requires “{label}”: {where_en}",
    ),
    Words(
        "请补报；原件确实没有的，在“认可”中说明",
        "report it; if the original has none, explain that",
    ),
    Words(
        "财政部门规定必须报告的内容，缺了就无从比较和核对。",
        "What the issuer requires is what readers compare and check.",
    ),
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each name under 必报: a concept, or a concept with its basis (三公经费.决算)."""
    report, profile = subject.disclosure.report, subject.disclosure.profile
    if profile is None:
        return
    if not profile.required:
        yield Outcome(RULE, reason=Words("口径没有列必报内容", "the profile requires nothing"))
    for name in profile.required:
        concept, _, basis = name.partition(".")
        meant = basis_named(basis)
        if concept not in subject.library.concepts or (basis and meant is None):
            continue  # no such name: said where the profile is read
        facts = report.by_concept.get(concept, ())
        if any(meant in (None, f.basis) for f in facts) or _in_words(report, concept):
            yield Outcome(RULE)
            continue
        blank = _blank(report, concept, meant)
        at, address = report.heading.title.at, str(name)
        where, where_en = "报告没有这一项", "the report has no such figure"
        if blank is not None:
            at, address = blank.at, blank.address
            where, where_en = "表中是空白", "its cell is blank"
        words = {
            "profile": f"“{profile.name}”",
            "label": str(name),
            "where": where,
            "where_en": where_en,
        }
        yield Outcome(RULE, (), Finding(RULE, at, words, (), address))


def _in_words(report: Report, concept: str) -> bool:
    """Is the concept stated in words (a grade)?"""
    cells = report.cells.values()
    return any(c.concept == concept and c.text and c.fact is None for c in cells)


def _blank(report: Report, concept: str, basis: str | None) -> Cell | None:
    """The first cell of a concept that has none filled in; whose basis a blank is cannot be told."""
    if basis is not None:
        return None
    return next((c for c in report.cells.values() if c.concept == concept), None)
