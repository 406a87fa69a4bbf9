"""占比之和不是100%: shares of all parts of one whole that do not make up the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.relations import Case
from site_builder.report import Report
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "shares-not-whole",
    "error",
    Words("占比之和不是100%", "Shares do not add up to 100 %"),
    Words(
        "“{whole}”各项的占比之和是{recomputed}（{formula}），应为100%",
        "the shares of “{whole}” add up to {recomputed} ({formula}), not to 100%",
    ),
    Words(
        "请逐项核对占比；原件如此的，保留原数并在“认可”中说明",
        "check each share; if they are printed so, keep them and explain it",
    ),
    Words(
        "各项合起来就是全部，占比之和只能是100%，除非是取舍的尾差。",
        "The parts make the whole: their shares can be off 100 % by rounding only.",
    ),
)
WHOLE = Decimal(100)


def check(subject: Subject) -> Iterator[Outcome]:
    """Printed shares of one whole, one for each of its complete parts.

    A share that its own amounts refute is found by its ratio, and amounts that do not make the
    whole by their sum: what is left are shares whose amounts are not printed.
    """
    shares: dict[str, dict[str, str]] = {}
    for tie in subject.disclosure.report.form.ties:
        if tie.kind == "比率":
            part, whole = tie.operands
            shares.setdefault(whole, {}).setdefault(part, tie.result)
    for case in subject.cases if shares else ():  # quick
        of_whole = shares.get(case.result.address)
        if case.kind != "合计" or of_whole is None:
            continue
        parts = {f.address for f in case.operands} | {c.address for c in case.blank}
        if len(parts) > 1 and parts <= of_whole.keys():
            yield _one(subject.disclosure.report, case, [of_whole[part] for part in parts])


def _one(report: Report, whole: Case, addresses: list[str]) -> Outcome:
    shares = sorted(
        (cell.fact for a in addresses if (cell := report.cells.get(a)) and cell.fact),
        key=lambda fact: fact.at,
    )
    if len(shares) < len(addresses):
        return Outcome(RULE, reason=Words("有的占比没有填报", "a share is not reported"))
    if not whole.blank:
        reason = Words(
            "各项金额都有，占比已逐项核对", "all amounts are printed: each share is checked"
        )
        return Outcome(RULE, reason=reason)
    figures = [share.figure for share in shares]
    if any(figure.about or figure.unit != "%" for figure in figures):
        return Outcome(RULE, reason=Words("占比是约数", "a share is approximate"))
    amount = sum((figure.amount for figure in figures), Decimal(0))
    interval = Interval(Decimal(0), Decimal(0))
    for figure in figures:
        # Cut off or rounded: what was printed can stand for a whole step above it.
        low, high = figure.written_interval()
        interval = interval + Interval(low, max(high, figure.truncated_interval().high))
    guards = tuple(share.address for share in shares)
    if interval.low <= WHOLE <= interval.high:
        return Outcome(RULE, guards)
    decimals = max(figure.decimals for figure in figures)
    formula = " + ".join(figure.text for figure in figures)
    words = {
        "whole": whole.result.label,
        "recomputed": f"{shown(amount, decimals)}%",
        "formula": formula,
    }
    last = shares[-1]
    finding = Finding(
        RULE,
        last.at,
        words,
        tuple(share.at for share in shares[:-1]),
        last.address,
        last.figure.text,
        shown(amount, decimals),
        shown(amount - WHOLE, decimals),
        formula,
    )
    return Outcome(RULE, guards, finding)
