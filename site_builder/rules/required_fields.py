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
    if profile is None or not profile.required:
        yield Outcome(RULE, reason=Words("口径没有列必报内容", "the profile requires nothing"))
        return
    for name in profile.required:
        concept, _, basis = name.partition(".")
        if concept not in subject.library.concepts or (basis and basis_named(basis) is None):
            continue  # no such name: said where the profile is read
        basis = basis_named(basis) or basis
        facts = report.by_concept.get(concept, ())
        if any(not basis or f.basis == basis for f in facts) or _in_words(report, concept):
            yield Outcome(RULE)
            continue
        blank = _blank(report, concept, basis)
        words = {
            "profile": f"“{profile.name}”",
            "label": str(name),
            "where": "表中是空白" if blank else "报告没有这一项",
            "where_en": "its cell is blank" if blank else "the report has no such figure",
        }
        at = blank.at if blank else report.heading.title.at
        yield Outcome(RULE, (), Finding(RULE, at, words, (), blank.address if blank else str(name)))


def _in_words(report: Report, concept: str) -> bool:
    """Is the concept stated in words (a grade)?"""
    cells = report.cells.values()
    return any(c.concept == concept and c.text and c.fact is None for c in cells)


def _blank(report: Report, concept: str, basis: str) -> Cell | None:
    """The first blank cell of the concept; a basis cannot be told of a blank cell's neighbours."""
    if basis:
        return None
    return next((c for c in report.cells.values() if c.concept == concept and not c.text), None)
