"""预算与执行数一分不差: a budget that equals what was spent, while its parts moved.

Equal budget and spending is no fault in itself. It is doubtful where the 年初预算 of the whole
equals the spending to the last digit and a part printed elsewhere was budgeted quite otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

RULE = Rule(
    "budget-equals-outturn",
    "warning",
    Words("年初预算与执行数一分不差，分项却对不上", "A budget that equals spending to the cent"),
    Words(
        "“{label}”年初预算和执行数都是{printed}，执行率按100%计；但{parts}，像是按决算数倒填的预算",
        "“{label}” is {printed} both as budget and as spent; yet {parts_en}: filled in backwards?",
    ),
    Words(
        "请按批复填写年初预算数和全年预算数，并重新计算执行率和得分；原件如此的在“认可”中说明",
        "give the approved budget and work out rate and score anew; explain it if printed so",
    ),
    Words(
        "执行率以预算数为分母；用决算数充当预算数，执行率永远是100%。",
        "The rate divides by the budget; with spending in its place it is always 100 %.",
    ),
    PERFORMANCE,
)
_WHOLES = ("年度资金总额", "支出合计")
_PARTS = ("基本支出", "项目支出", "公用经费", "政府性基金支出")
_COMPLETE = ("基本支出", "项目支出")
_LEAST = Decimal("0.05")  # a part counts when it moved by a twentieth of the whole (经验值)


def check(subject: Subject) -> Iterator[Outcome]:
    """The whole on both bases, then its parts; adjustment stated elsewhere tells against it too."""
    report = subject.disclosure.report
    compared = False
    for concept in _WHOLES:
        for budget in report.facts_of(concept, "年初预算"):
            spent = next((f for f in _year_of(report, concept, "决算", budget)), None)
            if spent is None or budget.figure.amount <= 0:
                continue
            compared = True
            guards = (budget.address, spent.address)
            factor = spent.figure.factor_to(budget.figure.unit)
            if factor is None or budget.figure.amount != spent.figure.amount * factor:
                yield Outcome(RULE, guards)
                continue
            moved = _moved(report, budget)
            if not moved or _complete(report, budget):
                yield Outcome(RULE, guards)
            else:
                yield Outcome(RULE, guards, _finding(budget, spent, moved))
            return
    if not compared:
        yield Outcome(RULE, reason=Words("没有年初预算和执行数", "no budget beside spending"))


def _year_of(report: Report, concept: str, basis: str, like: Fact) -> Iterator[Fact]:
    for fact in report.facts_of(concept, basis, like.subject):
        if fact.year == like.year:
            yield fact


def _moved(report: Report, whole: Fact) -> list[tuple[Fact, Fact]]:
    """Parts whose spending is far from their 年初预算; and a stated adjustment of the budget."""
    moved = []
    for name in _PARTS:
        planned = next(_year_of(report, name, "年初预算", whole), None)
        done = next(_year_of(report, name, "决算", whole), None)
        if planned is None or done is None:
            continue
        a, b = (_in(f, whole.figure.unit) for f in (planned, done))
        if a is not None and b is not None and abs(a - b) >= whole.figure.amount * _LEAST:
            moved.append((planned, done))
    return moved


def _complete(report: Report, whole: Fact) -> bool:
    """Do all parts have a 年初预算, and do these make the whole? Then the parts made up for it."""
    total = Decimal(0)
    for name in _COMPLETE:
        fact = next(_year_of(report, name, "年初预算", whole), None)
        amount = None if fact is None else _in(fact, whole.figure.unit)
        if amount is None:
            return False
        total += amount
    return abs(total - whole.figure.amount) <= Decimal("0.02")


def _in(fact: Fact, unit: str) -> Decimal | None:
    factor = fact.figure.factor_to(unit)
    return None if factor is None else fact.figure.amount * factor


def _finding(budget: Fact, spent: Fact, moved: list[tuple[Fact, Fact]]) -> Finding:
    parts = [(f.row.rstrip("：:"), a.figure, b.figure) for f, a, b in ((a, a, b) for a, b in moved)]
    zh = "，".join(f"“{name}”年初预算{a}、决算{b}" for name, a, b in parts)
    en = ", ".join(f"“{name}” was budgeted {a} and spent {b}" for name, a, b in parts)
    words = {"label": budget.row, "printed": str(budget.figure), "parts": zh, "parts_en": en}
    others = (spent.at, *(f.at for pair in moved for f in pair))
    first = moved[0]
    gap = first[1].figure.amount - first[0].figure.amount
    difference = shown(gap, max(first[0].figure.decimals, first[1].figure.decimals))
    return Finding(
        RULE, budget.at, words, others, budget.address, budget.figure.text, "", difference
    )
