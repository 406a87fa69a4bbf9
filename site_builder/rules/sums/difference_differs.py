"""差额不符: a printed difference that is not first minus second."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.cause import cause_of_difference
from site_builder.finding import Rule, Words
from site_builder.relations import in_unit, verdict
from site_builder.rules.outcome import Outcome, Subject, finding_of_case

RULE = Rule(
    "difference-differs",
    "error",
    Words("差额不符", "Difference does not follow"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}，相差{difference}",
        "“{label}” is printed as {printed}; {formula} gives {recomputed}, off by {difference}",
    ),
    Words(
        "请核对被减数、减数的数字和单位；原件如此的，保留原数并在“认可”中说明",
        "check digits and units of both figures; if it is printed so, keep it and explain it",
    ),
    Words(
        "差额由两个已公布的数相减得出，不符说明三个数里至少一个写错了。",
        "The difference of two published figures is no matter of opinion.",
    ),
)
_TEN_THOUSAND = Words("；像是把“万元”写成了“元”", "; 元 seems to stand for 万元")
_SIGN = Words("；像是正负号反了", "; the sign seems reversed")


def check(subject: Subject) -> Iterator[Outcome]:
    """差: result = first − second, in the unit of the result."""
    for case in subject.cases:
        if case.kind != "差":
            continue
        if len(case.operands) != 2:
            yield Outcome(RULE, reason=Words("被减数或减数没有填报", "an operand is not reported"))
            continue
        printed = case.result.figure
        first, second = (in_unit(f.figure, printed.unit) for f in case.operands)
        if first is None or second is None:
            yield Outcome(RULE, reason=Words("单位不同类", "units of different kinds"))
            continue
        amount = first[0] - second[0]
        if verdict(printed, amount, first[1] - second[1]) != "differs":
            yield Outcome(RULE, case.addresses)
            continue
        formula = f"{case.operands[0].figure} − {case.operands[1].figure}"
        units = {f.figure.unit for f in case.operands}
        cause = None
        if printed.amount == -amount:
            cause = _SIGN
        elif units == {"元", "万元"}:
            a, b = (f.figure.amount for f in case.operands)
            cause = _TEN_THOUSAND if a - b == printed.amount else None
        elif printed.kind == "money" and printed.amount.scaleb(4) == amount:
            cause = _TEN_THOUSAND
        if cause is None:
            cause = cause_of_difference(case)
        yield finding_of_case(RULE, case, amount, formula, {}, cause)
