"""Averages told in sentences: their rule, what a unit counts, and whether a quotient is the one printed."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Rule, Words
from site_builder.relations import verdict
from site_builder.rules import wrong_unit
from site_builder.rules.counted_in import counted_in
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import Amount, Segment

RULE = Rule(
    "told-average",
    "warning",
    Words("正文里的平均数或总数算不出来", "An average in a sentence that does not follow"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新计算，或逐个核对这句话里的数；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check each figure of the sentence; if they are printed so, explain it",
    ),
    Words(
        "写了数量、总数又写平均，读者一算就知道对不对。",
        "Where a sentence gives number, total and average, readers can check it.",
    ),
    yields_to=("fewer-persons-than-groups",),
)
# 办了5期，比计划少1期: how far from it, no count of them
FROM_IT = re.compile("[比较][^，,。；;0-9]{1,8}[少多增减][^，,。；;0-9]{0,3}$")
# 平均每个村（社区）6户
OR_OTHERS = re.compile("[（(](?:社区|居|居委会)[）)]")
LONGEST = 12  # characters of a label in an address
COUNTED = {
    **{of: counted_in(of) for of in "名位亩村场处个盏座栋所条件间口套头株幢"},
    "人": counted_in("人") | {"人次"},
    "户": frozenset(("户", "户次")),
    "次": frozenset(("次", "批次", "人次", "场次")),
    **dict.fromkeys("辆台", frozenset(("辆", "台"))),
    # of which they are the last character
    "里": counted_in("公里"),
    "米": counted_in("平方米") | counted_in("千米"),
}


def head_of(segment: Segment, counts: list[Amount]) -> Amount:
    """The nearest number; behind parts (1.6万亩，其中当归0.84万亩、其他0.76万亩) the whole of them."""
    mark = segment.passage.text.rfind("其中", segment.start, counts[-1].said.start)
    heads = [a for a in counts if a.said.end <= mark]
    return heads[-1] if heads else counts[-1]


def per(total: Figure, count: Figure, unit: str) -> tuple[Decimal, Interval] | None:
    factor = total.factor_to(unit)
    if factor is None or count.amount <= 0:
        return None
    with localcontext() as context:
        context.prec = 40
        amount = total.amount * factor / count.amount
        interval = total.written_interval().times(factor).over(count.interval())
    return amount, interval


def near(average: Figure, computed: tuple[Decimal, Interval]) -> bool:
    """Does a printed average fit? One of people or things (户均4.01人) is rounded or cut off too."""
    if not average.measured:
        return abs(computed[0] - average.amount) < average.ulp()
    return verdict(average, *computed) != "differs"


def found(
    segment: Segment,
    printed: Amount,
    amount: Decimal,
    formula: str,
    beside: tuple[Amount, Amount],
) -> Outcome:
    passage = segment.passage
    right = f"{shown(amount, max(2, printed.figure.decimals))}{printed.figure.unit}"
    label = printed.words.strip("，,、 　-*：:")
    words = {"label": shown_label(label), "formula": formula}
    places = tuple(passage.place(a.said.start) for a in beside)
    slip = wrong_unit.off(passage, printed, amount, formula, places)
    if slip is not None:
        return slip
    return Outcome(
        RULE,
        finding=finding_on(RULE, passage, printed.said, label[-LONGEST:], words, right, places),
    )
