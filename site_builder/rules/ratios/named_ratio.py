"""有名称的比率与公式不符: a printed 控制率, 变动率 or 结转结余率 that its decreed formula does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.figure import Interval, percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.library import Library
from site_builder.ratios import Formula, Term
from site_builder.relations import in_unit, verdict
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "named-ratio",
    "warning",
    Words("比率与规定的公式不符", "Ratio does not follow its formula"),
    Words(
        "“{label}”写的是{printed}，按{variant}口径（{formula}）应为{recomputed}",
        "“{label}” is printed as {printed}; by variant {variant} ({formula}) it is {recomputed}",
    ),
    Words(
        "请核对分子、分母各数和所用公式；当地用别的公式的，在口径文件的“口径公式”里写明",
        "check the operands and the formula; where another one holds, say so in the profile (口径公式)",
    ),
    Words(
        "同名的比率各地算法不同；写明所用公式并列出各数，读者才能自己验算。",
        "One name, several formulas: with formula and operands shown readers can check for themselves.",
    ),
    "各比率公式所引的文件；用哪个公式由口径规定",
)


ACTUAL = re.compile("^$|完成|实际|执行|决算|率|本年|20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Computed:
    """A formula worked out: the facts used, the amount in per cent and what it can stand for."""

    facts: tuple[Fact, ...]
    formula: str
    amount: Decimal
    interval: Interval


def check(subject: Subject) -> Iterator[Outcome]:
    """Each printed figure that bears the name of a ratio, and that no tie of the form judges."""
    named = _named(subject)
    if not named:  # quick
        return
    tied = {c.result.address for c in subject.cases if c.kind in ("比率", "增长率", "下降率")}
    for fact, name in named:
        if fact.address not in tied:
            yield _one(subject, fact, name)


def _named(subject: Subject) -> list[tuple[Fact, str]]:
    """Facts that are such a ratio, by concept or by the words of their label."""
    names = _names(subject.library)
    if not names:  # quick
        return []
    year = subject.disclosure.key.year
    found = []
    for fact in subject.disclosure.report.facts:
        if fact.figure.unit != "%" or fact.figure.about or fact.subject or fact.year != year:
            continue
        # A target or a budget of a ratio is what it should be, not what it was.
        if fact.basis not in ("", "决算", "年末") or not ACTUAL.search(fact.column):
            continue
        name = names.get(fact.concept) or names.get(address_part(fact.row))
        if name is not None:
            found.append((fact, name))
    return found


def _names(library: Library) -> dict[str, str]:
    """Names and aliases of the ratios, as they stand in addresses."""

    def work_out() -> dict[str, str]:
        return {
            address_part(alias): name
            for name, variants in library.ratios.items()
            for formula in variants.values()
            for alias in (name, *formula.aliases)
        }

    return library.once("names of ratios", work_out)


def _one(subject: Subject, fact: Fact, name: str) -> Outcome:
    variants = subject.library.ratios[name]
    profile = subject.disclosure.profile
    chosen = str(profile.variants.get(name, "")) if profile is not None else ""
    if len(variants) == 1:
        chosen = next(iter(variants))
    if chosen not in variants:
        known = "、".join(variants)
        reason = Words(
            f"“{name}”有几种算法（{known}），口径文件没有写明用哪一种",
            f"“{name}” has several formulas ({known}) and the profile names none",
        )
        return Outcome(RULE, reason=reason)
    computed = _compute(subject, variants[chosen], fact)
    if isinstance(computed, Words):
        return Outcome(RULE, reason=computed)
    guards = (fact.address, *(f.address for f in computed.facts))
    if verdict(fact.figure, computed.amount, computed.interval) != "differs":
        return Outcome(RULE, guards)
    decimals = max(fact.figure.decimals, 2)
    words = {
        "label": fact.label,
        "printed": fact.figure.text,
        "variant": chosen,
        "formula": computed.formula,
        "recomputed": f"{shown(computed.amount, decimals)}%",
    }
    finding = Finding(
        RULE,
        fact.at,
        words,
        tuple(f.at for f in computed.facts),
        fact.address,
        fact.figure.text,
        shown(computed.amount, decimals),
        shown(fact.figure.amount - computed.amount, decimals),
        computed.formula,
        _other_variant(subject, fact, variants),
    )
    return Outcome(RULE, guards, finding)


def _other_variant(subject: Subject, fact: Fact, variants: dict[str, Formula]) -> Words | None:
    """Does just one formula of the same name give what is printed? The chosen one does not."""
    fits = []
    for variant, formula in variants.items():
        computed = _compute(subject, formula, fact)
        if isinstance(computed, Words):
            continue
        if verdict(fact.figure, computed.amount, computed.interval) != "differs":
            fits.append(variant)
    if len(fits) != 1:
        return None
    return Words(f"；像是按{fits[0]}口径算的", f"; variant {fits[0]} seems to have been used")


def _compute(subject: Subject, formula: Formula, fact: Fact) -> _Computed | Words:
    """The formula with the report's figures; why not, where one is missing or all are zero."""
    above, below = formula.terms()
    facts: list[Fact] = []
    sums = []
    said = []
    for terms in (above, below):
        amount, interval = Decimal(0), Interval(Decimal(0), Decimal(0))
        words = ""
        for term in terms:
            one = _fact(subject, term, fact.table)
            if one is None:
                missing = f"{term.concept}（{'上年' * term.last_year}{term.basis}）"
                return Words(f"没有“{missing}”", f"no figure of “{missing}”")
            unit = facts[0].figure.unit if facts else one.figure.unit
            value = in_unit(one.figure, unit)
            if value is None:
                return Words("单位不同类", "units of different kinds")
            facts.append(one)
            if term.minus:
                amount, interval = amount - value[0], interval - value[1]
                words += f" − {one.figure.text}"
            else:
                amount, interval = amount + value[0], interval + value[1]
                words += f" + {one.figure.text}"
        sums.append((amount, interval))
        words = words.removeprefix(" + ").strip()
        said.append(f"（{words}）" if len(terms) > 1 else words)
    (top, top_interval), (bottom, bottom_interval) = sums
    if bottom_interval.low <= 0 <= bottom_interval.high:
        return Words("分母为零", "the denominator is zero")
    amount = percent_of(top, bottom)
    interval = top_interval.over(bottom_interval).times(Decimal(100))
    return _Computed(tuple(facts), f"{said[0]} ÷ {said[1]}", amount, interval)


def _fact(subject: Subject, term: Term, table: str) -> Fact | None:
    """The operand: from the ratio's own table if it stands there, else the first of the report."""
    disclosure = subject.disclosure
    year = disclosure.key.year - (1 if term.last_year else 0)
    found = list(_facts(disclosure.report, term, year))
    if not found:
        before = subject.library.of_year(*disclosure.key[:2], year)
        found = list(_facts(before.report, term, year)) if before is not None else []
    return next((f for f in found if f.table == table), found[0] if found else None)


def _facts(report: Report, term: Term, year: int) -> Iterator[Fact]:
    for fact in report.by_concept.get(term.concept, ()):
        _, basis, of_year, of_subject = fact.meaning
        if (basis, of_year, of_subject) == (term.basis, year, ""):
            yield fact
