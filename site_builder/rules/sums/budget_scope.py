"""口径不合: purchases beyond what they can be paid from, an income that counts last year's rest in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import exponent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.place import Place
from site_builder.relations import total_of
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject

PROCUREMENT = Rule(
    "procurement-exceeds",
    "warning",
    Words("政府采购大于可用的支出", "Procurement exceeds the spending it is paid from"),
    Words(
        "“{label}”写的是{printed}，同一口径的项目支出和公用经费合起来只有{recomputed}，多出{difference}",
        "“{label}” is {printed}, project and office spending together are {recomputed}: {difference} too much",
    ),
    Words(
        "请核对采购金额和两项支出的口径；原件如此的，在“认可”中说明",
        "check the purchases and both kinds of spending; if it is printed so, explain it",
    ),
    Words(
        "采购的钱出自项目支出和公用经费，人员经费不能用来采购。",
        "Purchases are paid from project and office spending, never from salaries.",
    ),
    "政府采购法第六条（政府采购应当严格按照批准的预算执行）",
)
CARRIED = Rule(
    "carry-over-counted",
    "warning",
    Words("把年初结转算进了本年拨款", "Carry-over counted as this year's appropriation"),
    Words(
        "“{label}”写的是{printed}，本年各项拨款合起来是{recomputed}；差额{difference}正好是“{other}”",
        "“{label}” is {printed}, this year's grants make {recomputed}; the difference {difference} is “{other}”",
    ),
    Words(
        "请核对口径：本年拨款收入不含年初结转；原件如此的，在“认可”中说明",
        "a year's grants do not include what was carried over; if it is printed so, explain it",
    ),
    Words(
        "同一份报告里“财政拨款收入”时含时不含结转，按它算的比率就对不上。",
        "When the same name means two things, the ratios made of it do not agree.",
    ),
    "政府收支分类科目（上年结转不是本年财政拨款收入，条文待核）",
)
BASES = ("年初预算", "全年预算", "决算", "上年决算")
_ALONE = Words("没有可以比较的拨款", "no grants to compare")
GRANTS = ("一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款")


def check(subject: Subject) -> Iterator[Outcome]:
    """Purchases on each basis; the grants of the year."""
    report = subject.disclosure.report
    yield from _purchases(report)
    yield _grants(report)


def _purchases(report: Report) -> Iterator[Outcome]:
    if not report.by_concept.get("政府采购金额"):  # quick
        yield Outcome(PROCUREMENT, reason=Words("没有政府采购金额", "no purchases"))
        return
    for basis in BASES:
        bought = report.fact_of("政府采购金额", basis)
        paid = [report.fact_of(c, basis) for c in ("项目支出", "公用经费")]
        known = [f for f in paid if f is not None]
        if bought is None or len(known) < len(paid):
            continue
        sums = total_of([f.figure for f in known], bought.figure.unit)
        if sums is None:
            continue
        if sums[1].high >= bought.figure.written_interval().low:
            yield Outcome(PROCUREMENT)
            continue
        words = _words(bought, sums[0])
        others = tuple(f.at for f in known)
        yield Outcome(PROCUREMENT, finding=_finding(PROCUREMENT, bought, words, others))


def _grants(report: Report) -> Outcome:
    income = report.fact_of("财政拨款收入", "决算")
    carried = [
        f
        for f in report.facts_of("年初财政拨款结转和结余", "决算")
        if f.year == report.key.year and f.figure.amount > 0
    ]
    general = report.facts_of(GRANTS[0], "决算")
    if income is None or not carried:
        return Outcome(CARRIED, reason=_ALONE)
    if not general:  # quick
        return Outcome(CARRIED, reason=_ALONE)
    more = [f for c in GRANTS[1:] if (f := report.fact_of(c, "决算")) is not None]
    for one in general:
        sums = total_of([f.figure for f in (one, *more)], income.figure.unit)
        if one.year != report.key.year or sums is None:
            continue
        gap = income.figure.amount - sums[0]
        factor = carried[0].figure.factor_to(income.figure.unit)
        if factor is not None and carried[0].figure.amount * factor == gap:
            words = _words(income, sums[0]) | {"other": carried[0].label}
            others = (one.at, carried[0].at)
            return Outcome(CARRIED, finding=_finding(CARRIED, income, words, others))
    return Outcome(CARRIED)


def _words(fact: Fact, amount: Decimal) -> dict[str, str]:
    figure, unit = fact.figure, fact.figure.unit
    decimals = max(figure.decimals, -exponent_of(amount))
    return {
        "label": fact.label,
        "printed": str(figure),
        "recomputed": f"{shown(amount, decimals)}{unit}",
        "difference": f"{shown(abs(figure.amount - amount), decimals)}{unit}",
    }


def _finding(rule: Rule, fact: Fact, words: dict[str, str], others: tuple[Place, ...]) -> Finding:
    return Finding(
        rule,
        fact.at,
        words,
        others,
        fact.address,
        fact.figure.text,
        words["recomputed"],
        words["difference"],
    )
