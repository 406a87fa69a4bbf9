"""同一个数两处不一致: the same concept, year and basis printed with different values."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.cause import cause_between
from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "told-twice",
    "error",
    Words("同一个数两处不一致", "The same figure printed with two values"),
    Words(
        "“{concept}”在“{label}”写的是{printed}，在“{other}”写的是{recomputed}，相差{difference}",
        "“{concept}” is {printed} at “{label}” and {recomputed} at “{other}”, off by {difference}",
    ),
    Words(
        "请对照原件确定哪一处正确；原件如此的，两处都保留并在“认可”中说明",
        "find out which is right; if both are printed so, keep both and explain it",
    ),
    Words(
        "同一口径的同一个数只能有一个值；两处不同，读者无从知道该信哪一个。",
        "One thing has one value; two leave the reader guessing.",
    ),
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every fact of one meaning against the first (tables stand before prose)."""
    groups: dict[tuple[str, str, int, str], list[Fact]] = {}
    for facts in subject.disclosure.report.by_concept.values():
        for fact in facts if len(facts) > 1 else ():  # quick
            groups.setdefault(fact.meaning, []).append(fact)
    for facts_ in groups.values():
        first = facts_[0]
        for fact in facts_[1:]:
            guards = (first.address, fact.address)
            if fact.figure.agrees_with(first.figure):
                yield Outcome(RULE, guards)
            elif fact.figure.factor_to(first.figure.unit) is not None:
                yield Outcome(RULE, guards, _finding(subject.disclosure.report, fact, first))


def _finding(report: Report, fact: Fact, first: Fact) -> Finding:
    printed, other = fact.figure, first.figure
    factor = other.factor_to(printed.unit)
    assert factor is not None  # check has seen to it
    decimals = max(printed.decimals, other.decimals)
    difference = shown(printed.amount - other.amount * factor, decimals)
    words = {
        "concept": fact.concept,
        "label": fact.label,
        "other": first.label,
        "printed": str(printed),
        "recomputed": str(other),
        "difference": f"{difference.lstrip('-')}{printed.unit}",
    }
    return Finding(
        RULE,
        fact.at,
        words,
        (first.at,),
        fact.address,
        printed.text,
        other.text,
        difference,
        cause=cause_between(report, fact, first),
    )
