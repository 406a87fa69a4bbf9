"""执行数超过预算: more spent than the adjusted budget of the whole year (全年预算) allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "spent-over-budget",
    "warning",
    Words("执行数超过全年预算数", "Spent more than the adjusted budget"),
    Words(
        "“{label}”是{printed}，全年预算数只有{recomputed}，多出{difference}",
        "“{label}” is {printed}, the adjusted budget only {recomputed}: {difference} more",
    ),
    Words(
        "请核对两个数；年中追加了预算的，全年预算数要加上追加数；原件如此的，保留原数并在“认可”中说明",
        "check both; an adjusted budget holds what was added during the year; else explain it",
    ),
    Words(
        "全年预算数是年初预算加上年中调整。没有预算的钱不能花，执行数不应比它大。",
        "It holds every adjustment of the year; what is not in the budget cannot be spent.",
    ),
    "预算法第十三条（支出必须以经批准的预算为依据）",
)
# Income may well exceed its budget; money that was granted and is then spent is no income.
INCOME = re.compile("收入|税")
LEFT = re.compile("[年期]末[^（(]{0,4}结[转余]|结转下年|^结[转余]")
SPENT = re.compile("执行|支出|使用")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every amount spent that stands in one row with the budget of the whole year."""
    rows: dict[tuple[str, str], list[Fact]] = {}
    report = subject.disclosure.report
    for fact in report.facts:
        if fact.basis not in ("全年预算", "决算"):  # quick
            continue
        if fact.year == report.key.year and fact.figure.kind == "money":
            rows.setdefault((fact.table, fact.address.split(".")[1]), []).append(fact)
    compared = False
    seen: set[tuple[str, Decimal, Decimal]] = set()  # 年度资金总额 and the one part it has
    for facts in rows.values():
        planned = [fact for fact in facts if fact.basis == "全年预算"]
        done = [fact for fact in facts if fact.basis == "决算"]
        if len(planned) != 1 or len(done) != 1:
            continue
        budget, spent = planned[0], done[0]
        income = INCOME.search(f"{spent.concept}{spent.row}")
        if income and not SPENT.search(spent.column):
            continue
        if LEFT.search(spent.row):
            continue  # nothing is planned to be left
        compared = True
        pair = (spent.table, spent.figure.amount, budget.figure.amount)
        yield Outcome(RULE) if pair in seen else _compared(spent, budget)
        seen.add(pair)
    if not compared:
        yield Outcome(RULE, reason=Words("没有全年预算数", "no adjusted budget"))


def _compared(spent: Fact, budget: Fact) -> Outcome:
    factor = budget.figure.factor_to(spent.figure.unit)
    assert factor is not None  # both are money
    most = budget.figure.interval().times(factor).high
    if spent.figure.interval().low <= most:
        return Outcome(RULE)
    over = spent.figure.amount - budget.figure.amount * factor
    unit = spent.figure.unit
    decimals = max(spent.figure.decimals, budget.figure.decimals)
    words = {
        "label": spent.label,
        "printed": str(spent.figure),
        "recomputed": str(budget.figure),
        "difference": f"{shown(over, decimals)}{unit}",
    }
    finding = Finding(
        RULE,
        spent.at,
        words,
        (budget.at,),
        spent.address,
        spent.figure.text,
        budget.figure.text,
        words["difference"],
    )
    return Outcome(RULE, finding=finding)
