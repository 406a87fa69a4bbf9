"""应当相等的数不相等: figures that the form says are one and the same, and differ."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.cause import cause_of_equality
from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.relations import BASIS, Case, total_of, verdict
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "not-equal",
    "error",
    Words("应当相等的数不相等", "Figures that must be equal differ"),
    Words(
        "“{label}”是{printed}，“{other}”是{recomputed}，两者应当相等，相差{difference}",
        "“{label}” is {printed} and “{other}” is {recomputed}; they must be equal, off by {difference}",
    ),
    Words(
        "请对照原件核对两边的数；原件如此的，保留原数并在“认可”中说明",
        "compare both sides with the original; if they are printed so, keep them and explain it",
    ),
    Words(
        "表单规定这两个数是同一笔钱的两种算法，例如按收入性质分和按支出性质分；不相等，总有一边错了。",
        "The form counts one amount in two ways; when they differ, one side is wrong.",
    ),
    BASIS,
)


def check(subject: Subject) -> Iterator[Outcome]:
    """等于: both sides, each a figure or a sum, within what rounding can explain."""
    for case in subject.cases:
        if case.kind == "等于":
            yield _one(subject, case)


def _one(subject: Subject, case: Case) -> Outcome:
    if case.blank or case.absent:
        names = "、".join((*case.absent, *(c.address for c in case.blank)))
        return Outcome(RULE, reason=Words(f"没有填报：{names}", f"not reported: {names}"))
    unit = case.result.figure.unit
    left = total_of([case.result.figure, *(f.figure for f in case.added)], unit)
    right = total_of([f.figure for f in case.operands], unit)
    if left is None or right is None:
        return Outcome(RULE, reason=Words("单位不同类", "units of different kinds"))
    if not case.added and len(case.operands) == 1:
        equal = case.result.figure.agrees_with(case.operands[0].figure)
    elif not case.added:
        equal = verdict(case.result.figure, *right) != "differs"
    else:
        equal = left[1].meets(right[1])
    if equal:
        return Outcome(RULE, case.addresses)
    facts = (case.result, *case.added, *case.operands)
    decimals = max(f.figure.decimals for f in facts)
    words = {
        "label": _label((case.result, *case.added)),
        "other": _label(case.operands),
        "printed": f"{shown(left[0], decimals)}{unit}",
        "recomputed": f"{shown(right[0], decimals)}{unit}",
        "difference": f"{shown(abs(left[0] - right[0]), decimals)}{unit}",
    }
    finding = Finding(
        RULE,
        case.result.at,
        words,
        tuple(f.at for f in facts[1:]),
        case.result.address,
        case.result.figure.text,
        shown(right[0], decimals),
        shown(left[0] - right[0], decimals),
        " + ".join(f.figure.text for f in case.operands),
        cause_of_equality(subject.disclosure.report, case),
    )
    return Outcome(RULE, case.addresses, finding)


def _label(facts: tuple[Fact, ...]) -> str:
    return " + ".join(f.label for f in facts)
