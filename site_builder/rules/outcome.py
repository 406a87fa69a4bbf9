"""What a rule says of one case: it passes, it is a finding, or it does not apply and why."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.figure import shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.library import Disclosure, Library
from site_builder.place import Place
from site_builder.record import record
from site_builder.relations import Case
from site_builder.report import Cell, TableData
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.sentences import Passage
from site_builder.told import Told
from site_builder.wording import Wording


@record
class Outcome:
    """One case of one rule; `guards` are the addresses of the cells that were compared."""

    rule: Rule
    guards: tuple[str, ...] = ()
    finding: Finding | None = None
    reason: Words | None = None  # why the rule does not apply

    @property
    def result(self) -> str:
        """pass, finding or not-applicable."""
        if self.finding is not None:
            return "finding"
        return "not-applicable" if self.reason is not None else "pass"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at: one disclosure, its relations, the library around it, its words.

    `indicators` are its tables of indicators, each with its lines; nothing was written after `today`.
    """

    disclosure: Disclosure
    cases: tuple[Case, ...]
    library: Library
    told: Told = Told((), {})  # noqa: RUF009 - frozen
    wording: Wording = Wording("", 0, (), ())  # noqa: RUF009 - frozen
    indicators: tuple[tuple[TableData, tuple[IndicatorLine, ...]], ...] = ()
    today: datetime.date = datetime.date.max


Check = Callable[[Subject], Iterator[Outcome]]


def outcomes_of(findings: Iterable[Finding], rules: Iterable[Rule]) -> Iterator[Outcome]:
    """An outcome a finding, in their order; a pass for each of `rules` that found nothing."""
    seen = set()
    for finding in findings:
        seen.add(finding.rule.id)
        yield Outcome(finding.rule, finding=finding)
    for rule in rules:
        if rule.id not in seen:
            yield Outcome(rule)


def finding_of_case(
    rule: Rule,
    case: Case,
    amount: Decimal,
    formula: str,
    words: dict[str, str],
    cause: Words | None,
) -> Outcome:
    """A finding on the result of a relation, which by `formula` should be `amount`, in its unit.

    Digits are shown as far as its own and its operands' go; of `words` those are its own that a rule
    has besides.
    """
    printed = case.result.figure
    decimals = max(printed.decimals, *(f.figure.decimals for f in case.operands))
    right, off = shown(amount, decimals), printed.amount - amount
    told = {
        "label": case.result.label,
        "printed": str(printed),
        "recomputed": f"{right}{printed.unit}",
        "difference": f"{shown(abs(off), decimals)}{printed.unit}",
        "formula": formula,
        **words,
    }
    finding = Finding(
        rule,
        case.result.at,
        told,
        tuple(f.at for f in case.operands),
        case.result.address,
        printed.text,
        right,
        shown(off, decimals),
        formula,
        cause,
    )
    return Outcome(rule, case.addresses, finding)


def finding_on(
    rule: Rule,
    passage: Passage,
    said: Said,
    label: str,
    words: dict[str, str],
    recomputed: str,
    others: Iterable[Place] = (),
) -> Finding:
    """A finding on a figure of a sentence or cell, which by `others` should be `recomputed`.

    In a sentence its address holds the figure and `label`; of `words` the formula and the difference are its own.
    """
    return Finding(
        rule,
        passage.place(said.start),
        {"printed": said.text, "recomputed": recomputed, **words},
        tuple(others),
        passage.address or sentence_address(said.text, label),
        said.text,
        recomputed,
        words.get("difference", ""),
        words.get("formula", ""),
    )


def held_against(
    rule: Rule, passage: Passage, start: int, words: dict[str, str], cell: Cell, printed: str
) -> Outcome:
    """A finding on the words `printed` from `start` of a sentence, which `cell` says otherwise of `label`."""
    finding = Finding(
        rule,
        passage.place(start),
        words,
        (cell.at,),
        sentence_address(printed, words["label"]),
        printed,
        cell.text,
        length=len(printed),
    )
    return Outcome(rule, finding=finding)


def finding_at(
    rule: Rule,
    wording: Wording,
    start: int,
    end: int,
    words: dict[str, str],
    recomputed: str = "",
) -> Finding:
    """A finding at the characters from `start` to `end`; in running text its address holds them."""
    spot = wording.spot(start, end)
    printed = wording.text[start:end]
    address = spot.source.address
    if spot.source.kind in ("sentence", "heading"):
        address = f"{address}={address_part(printed)}"
    return Finding(
        rule,
        spot.at,
        {"printed": printed, **words},
        address=address,
        printed=printed,
        recomputed=recomputed,
        length=spot.length,
    )
