"""比率不符: a printed share, rate or growth that its own figures do not give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from site_builder.cause import cause_of_rate
from site_builder.figure import Figure, Interval, cut_to, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.relations import Case, quotient, verdict
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "ratio-differs",
    "error",
    Words("比率不符", "Ratio does not follow"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is printed as {printed}; {formula} gives {recomputed}",
    ),
    Words(
        "请核对分子、分母和小数位；原件如此的，保留原数并在“认可”中说明",
        "check numerator, denominator and decimals; if it is printed so, keep it and explain it",
    ),
    Words(
        "占比、控制率、增长率都能由公布的两个数重新算出。",
        "Shares, rates and growth can be recomputed from two published figures.",
    ),
    "财预〔2013〕53号（共性指标公式，条文待核）",
)
TRUNCATED = Rule(
    "ratio-truncated",
    "note",
    Words("比率截去了尾数", "Ratio was cut off, not rounded"),
    Words(
        "“{label}”写的是{printed}，按{formula}四舍五入应为{recomputed}，像是直接截去了后面的小数",
        "“{label}” is printed as {printed}; {formula} rounds to {recomputed}: digits were cut off",
    ),
    Words("可以保留；请在“认可”中说明取数方式", "may stay: explain how it was cut"),
    Words("截尾与四舍五入会差一个尾数。", "Cutting off and rounding differ by one last digit."),
)
ROUNDED = Rule(
    "ratio-rounded",
    "note",
    Words("比率略有出入", "Ratio differs slightly"),
    Words(
        "“{label}”写的是{printed}，按{formula}约为{recomputed}，取舍可以解释这点出入",
        "“{label}” is printed as {printed}; {formula} gives about {recomputed}: rounding explains it",
    ),
    Words("可以保留；请在“认可”中说明，或核对是否笔误", "may stay: explain it, or look for a slip"),
    Words(
        "公布的数已经取舍过，用它们重算的比率会有微小出入。",
        "Published figures are rounded, so a ratio of them is not exact.",
    ),
)
UNDEFINED = Rule(
    "ratio-undefined",
    "error",
    Words("分母为零，比率没有意义", "Ratio over zero"),
    Words(
        "“{label}”写的是{printed}，但分母“{below}”为{zero}，这个比率没有意义",
        "“{label}” is printed as {printed}, but its denominator “{below}” is {zero}: undefined",
    ),
    Words(
        "预算为零时不能算执行率，更不能写 0%；请留空并在文字中说明，或在“认可”中说明",
        "a rate over a zero budget is undefined, not 0 %: leave it blank or explain it",
    ),
    Words(
        "除以零没有意义；写成 0% 会让人以为一分钱没花。",
        "Nothing can be divided by zero; 0 % would say that nothing was spent.",
    ),
)
_AMOUNT = Words(
    "；这里写的像是差额，不是百分比", "; this looks like the difference, not a percentage"
)
_INVERTED = Words("；像是分子分母颠倒了", "; numerator and denominator seem swapped")


def check(subject: Subject) -> Iterator[Outcome]:
    """比率 a ÷ b · 增长率 (a − b) ÷ b · 下降率 (b − a) ÷ b, in per cent."""
    for case in subject.cases:
        if case.kind in ("比率", "增长率", "下降率"):
            yield _one(case)


def _one(case: Case) -> Outcome:
    if len(case.operands) != 2:
        return Outcome(RULE, reason=Words("分子或分母没有填报", "an operand is not reported"))
    above, below = case.operands
    printed = case.result.figure
    if below.figure.amount == 0:
        if above.figure.amount == 0 and printed.amount == 0:
            # Nothing before, nothing now: no change. Nothing planned, nothing spent: systems print 0.
            return Outcome(RULE, case.addresses)
        words = {
            "label": case.result.label,
            "printed": str(printed),
            "below": below.label,
            "zero": str(below.figure),
        }
        formula = f"{above.figure} ÷ {below.figure}"
        others = (above.at, below.at)
        finding = Finding(
            UNDEFINED,
            case.result.at,
            words,
            others,
            case.result.address,
            printed.text,
            formula=formula,
        )
        return Outcome(UNDEFINED, case.addresses, finding)
    computed = quotient(above.figure, below.figure, minus=case.kind != "比率")
    if computed is None:
        return Outcome(
            RULE, reason=Words("单位不同类，或分母可能为零", "units differ, or over zero")
        )
    amount, interval = computed
    if case.kind == "下降率":
        amount, interval = -amount, type(interval)(-interval.high, -interval.low)
    rule = _judge(printed, amount, interval)
    if rule is None:
        return Outcome(RULE, case.addresses)
    return Outcome(rule, case.addresses, _finding(rule, case, amount, interval))


def _judge(printed: Figure, amount: Decimal, interval: Interval) -> Rule | None:
    """None when the quotient of the printed figures rounds to what is printed."""
    if printed.about:
        return None if verdict(printed, amount, interval) != "differs" else RULE
    step = printed.ulp()
    if cut_to(amount, step, ROUND_HALF_UP) == printed.amount:
        return None
    if cut_to(amount, step, ROUND_DOWN) == printed.amount:
        return TRUNCATED
    return RULE if verdict(printed, amount, interval) == "differs" else ROUNDED


def _finding(rule: Rule, case: Case, amount: Decimal, interval: Interval) -> Finding:
    above, below = case.operands
    printed = case.result.figure
    decimals = max(printed.decimals, 2)
    formula = {
        "比率": f"{above.figure} ÷ {below.figure}",
        "增长率": f"（{above.figure} − {below.figure}）÷ {below.figure}",
        "下降率": f"（{below.figure} − {above.figure}）÷ {below.figure}",
    }[case.kind]
    words = {
        "label": case.result.label,
        "printed": str(printed),
        "recomputed": f"{shown(amount, decimals)}%",
        "formula": formula,
    }
    cause = None
    if rule is RULE:
        gap = abs(above.figure.amount - below.figure.amount)
        swapped = quotient(below.figure, above.figure)
        if printed.amount != 0 and abs(printed.amount) == gap:
            cause = _AMOUNT
        elif (
            case.kind == "比率" and swapped is not None and verdict(printed, *swapped) != "differs"
        ):
            cause = _INVERTED
        else:
            cause = cause_of_rate(printed, amount, interval)
    return Finding(
        rule,
        case.result.at,
        words,
        (above.at, below.at),
        case.result.address,
        printed.text,
        shown(amount, decimals),
        shown(printed.amount - amount, decimals),
        formula,
        cause,
    )
