"""与另一年报告不一致: a figure of another year that the report of that year prints otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.archive.sealed import as_sealed, sealed_report
from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.library import Disclosure, Library
from site_builder.report import Fact
from site_builder.rules.labelled_years import of_other_year
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "restated",
    "warning",
    Words("与另一年报告的数不一致", "Restated against another year's report"),
    Words(
        "“{concept}”{of_year}年的{basis}，{year}年报告在“{label}”写的是{printed}，"
        "{other_year}年报告{sealed}在“{other}”写的是{recomputed}，相差{difference}",
        "“{concept}” ({basis} of {of_year}): the {year} report prints {printed} at “{label}”, "
        "the {other_year} report{sealed_en} {recomputed} at “{other}”, off by {difference}",
    ),
    Words(
        "请核对两年的原件：确属调整的，在“认可”中写明调整的原因；抄错的请更正",
        "compare both originals: explain a restatement, mend a slip",
    ),
    Words(
        "本年报告里的“上年数”应当就是上年已经公布的数；改了而不说明，两年的报告就无法对照。",
        "Last year's column repeats what was published; a silent change makes years incomparable.",
    ),
)
_ALONE = Words("没有另一年的报告可以对照", "no report of another year to compare with")
_OTHER_FORM = Words("表单是别的年度的", "the form is of another year")
_NO_OTHER = Words("没有另一年的数", "no figure of another year")


def check(subject: Subject) -> Iterator[Outcome]:
    """Figures of other years against those years' reports; last year's look ahead against mine.

    Of a year that is sealed the edition in force counts, not what lies in the project.
    """
    mine = subject.disclosure
    if of_other_year(mine.report) is not None:
        yield Outcome(RULE, reason=_OTHER_FORM)
        return
    year = mine.key.year
    earlier = _earlier(subject.library, mine)
    compared = {}
    for fact in mine.report.facts:
        if fact.year == year:  # quick
            continue
        if fact.subject or fact.meaning in compared:
            continue
        compared[fact.meaning] = earlier.get(fact.year)
        yield from _against(fact, compared[fact.meaning], subject)
    before = earlier.get(year - 1)
    for told in before.report.facts if before is not None else ():
        if told.year == year and not told.subject:
            for fact in _same(told, mine)[:1]:
                yield from _against(fact, before, subject)
                compared[fact.meaning] = before
    if not any(compared.values()):
        yield Outcome(RULE, reason=_ALONE if compared or not earlier else _NO_OTHER)


def _earlier(library: Library, mine: Disclosure) -> dict[int, Disclosure]:
    """The town's reports of earlier years, sealed ones as their editions in force say."""
    county, town, year = mine.key
    found = {d.key.year: d for d in library.of_town(county, town) if d.key.year < year}
    ledger = library.ledger_of(mine.key)
    for key in () if ledger.broken else ledger.of_town(town):
        entry = ledger.current(key) if key.year < year else None
        if entry is None:
            continue
        if as_sealed(key, library, entry):  # quick
            continue
        sealed = sealed_report(library, entry)
        if sealed is not None:
            found[key.year] = sealed
    return found


def _edition(library: Library, other: Disclosure) -> Words:
    """Which edition `other` is; nothing where it is not sealed, or nobody knows."""
    ledger = library.ledger_of(other.key)
    entry = ledger.current(other.key)
    if entry is None or ledger.broken:
        return Words("", "")
    return Words(f"（已封存第{entry.edition}版）", f" (sealed, edition {entry.edition})")


def _same(fact: Fact, disclosure: Disclosure) -> tuple[Fact, ...]:
    """The facts of `disclosure` that mean the same, tables first."""
    facts = disclosure.report.by_concept.get(fact.concept, ())
    return tuple(f for f in facts if f.meaning == fact.meaning)


def _against(fact: Fact, other: Disclosure | None, subject: Subject) -> Iterator[Outcome]:
    """`fact` against what the other report prints; one of several told values is enough."""
    if other is None:
        return
    told = _same(fact, other)
    if not told:
        return
    guards = (fact.address,)
    if any(fact.figure.agrees_with(t.figure) for t in told):
        yield Outcome(RULE, guards)
        return
    first = told[0]
    factor = first.figure.factor_to(fact.figure.unit)
    if factor is None:
        reason = Words(f"“{fact.concept}”两年的单位不同类", "units of different kinds")
        yield Outcome(RULE, reason=reason)
        return
    decimals = max(fact.figure.decimals, first.figure.decimals)
    edition = _edition(subject.library, other)
    gap = fact.figure.amount - first.figure.amount * factor
    words = {
        "concept": fact.concept,
        "basis": fact.meaning[1] or "数",
        "of_year": str(fact.year),
        "year": str(subject.disclosure.key.year),
        "other_year": str(other.key.year),
        "sealed": edition.zh,
        "sealed_en": edition.en,
        "label": fact.label,
        "other": first.label,
        "printed": str(fact.figure),
        "recomputed": str(first.figure),
        "difference": f"{shown(abs(gap), decimals)}{fact.figure.unit}",
    }
    finding = Finding(
        RULE,
        fact.at,
        words,
        (first.at,),
        fact.address,
        fact.figure.text,
        first.figure.text,
        shown(gap, decimals),
    )
    yield Outcome(RULE, guards, finding)
