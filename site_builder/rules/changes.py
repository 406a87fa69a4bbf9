"""Changes told in sentences: their rules, the words that say which way and since when, and how one is judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from site_builder.figure import Figure, Interval, percent_of, shown
from site_builder.finding import Rule, Words
from site_builder.relations import quotient, verdict
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import Amount, Segment

RULE = Rule(
    "told-change",
    "warning",
    Words("正文里的增减算不出来", "A change in a sentence that its amounts do not give"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed_en}",
    ),
    Words(
        "请重新计算，或核对前后两个数；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check the two amounts; if they are printed so, explain it",
    ),
    Words(
        "写了前后两个数又写增减多少，读者一算就知道对不对。",
        "Where a sentence gives both amounts and the change, readers can check it.",
    ),
    yields_to=("unit-slip", "amount-out-of-scale"),
)
POINTS = Rule(
    "percent-for-points",
    "note",
    Words("百分点写成了百分比", "Per cent where points are meant"),
    Words(
        "由{past}到{now}相差{recomputed}个百分点，写成了{printed}",
        "from {past} to {now} are {recomputed} points, printed as {printed}",
    ),
    Words(
        "两个百分比相减得到的是百分点，请改写；原件如此的，保留原文并在“认可”中说明",
        "the difference of two percentages is in points: say so; if it is printed so, explain it",
    ),
    Words(
        "92.5%提高2.8%是95.1%，提高2.8个百分点才是95.3%，意思不一样。",
        "92.5 % raised by 2.8 % is 95.1 %; raised by 2.8 points it is 95.3 %.",
    ),
)
UP = (
    "增长|增加|增产|上升|提高|提升|增幅|扩大|上涨|增收|增至|增支|攀升|回升|增多|涨幅|净增|上浮|多支出|多花"
    "|多出|高出|调增|比增|增"
)
DOWN = (
    "下降|减少|减产|降低|降幅|减幅|下滑|压减|缩减|节减|减支|核减|压缩|压降|回落|下调|跌幅|下浮"
    "|少支出|少花|减收|调减|比减|降"
)
# 项目支出B，较上年的A增长C%
THAN = re.compile(
    r"^[，,（(]?(?:较|比|同比|与|相比)(?:[^，,。；;]{0,12}(?:上年|去年|20[0-9]{2}年|上一年|同期|原来)[^，,。；;]{0,10}|"
    r"[^，,。；;0-9]{0,6}(?:[造建革理设治改贫届施动]前|年初(?!预算|计划|目标)|期初|原有|原先|过去)的?)$"
)
# The word that says which way, right before how much.
OTHER_WAY = re.compile(
    rf"(?:(?P<up>{UP})|{DOWN})(?:了|率|额|金额|支出|收入|幅度|幅|比例)?(?:为|达到|达)?$"
)
SEPARATORS = re.compile("[，,、]")
# What is told of a budget or a goal, and not of the year before.
ASIDE = re.compile("预算|占|完成|任务|计划|目标")


def of_either(told: Iterable[list[Outcome]]) -> Iterator[Outcome]:
    """What fits one of them is right; what fits none is said of the nearest."""
    last: list[Outcome] = []
    for last in filter(None, told):
        if last[0].finding is None:
            break
    yield from last


def judged(
    segment: Segment,
    change: Amount,
    now: Figure,
    past: Figure,
    way: str,
    beside: tuple[Amount, Amount],
) -> Outcome:
    sign = -1 if re.fullmatch(DOWN, way) else 1
    if change.figure.unit == "%" and now.unit != "%":
        computed = quotient(now, past, minus=True)
        if computed is None:
            return Outcome(RULE)
        amount, interval = computed
        formula = f"（{now} − {past}）÷ {past}"
    else:
        factor = past.factor_to(now.unit)
        unit = change.figure.unit.removeprefix("个百分点") or "%"
        to = now.factor_to(unit)
        if change.figure.unit == "%":
            return _points(segment, change, now, past, sign)
        if factor is None or to is None:
            return Outcome(RULE)
        amount = (now.amount - past.amount * factor) * to
        interval = (now.interval() - past.interval().times(factor)).times(to)
        formula = f"{now} − {past}"
    if sign < 0:
        amount, interval = -amount, Interval(-interval.high, -interval.low)
    return settled(segment, change, amount, interval, formula, beside)


def _points(segment: Segment, change: Amount, now: Figure, past: Figure, sign: int) -> Outcome:
    """由92.5%提高到95.3%，提高2.8%: what is exactly the points cannot be the per cent, too."""
    gap = (now.amount - past.amount) * sign
    if change.figure.amount != gap or past.amount <= 0:
        return Outcome(RULE)
    relative = percent_of(gap, past.amount)
    if abs(relative - change.figure.amount) <= change.figure.ulp():
        return Outcome(RULE)  # 由80%提高到88%，提高10%
    words, right = (
        {"past": str(past), "now": str(now), "recomputed": f"{gap:f}"},
        f"{gap:f}个百分点",
    )
    finding = finding_on(POINTS, segment.passage, change.said, "百分点", words, right)
    return Outcome(POINTS, finding=finding)


def settled(
    segment: Segment,
    change: Amount,
    amount: Decimal,
    interval: Interval,
    formula: str,
    beside: tuple[Amount, Amount],
) -> Outcome:
    if verdict(change.figure, amount, interval) != "differs":
        return Outcome(RULE)
    return wrong(segment, change, amount, formula, beside)


def wrong(
    segment: Segment, change: Amount, amount: Decimal, formula: str, beside: tuple[Amount, Amount]
) -> Outcome:
    """The finding on a change that by `formula` should be `amount`."""
    printed = change.figure
    unit = printed.unit
    turned = OTHER_WAY.search(change.words) if amount < 0 else None
    decimals = max(2, printed.decimals) if unit == "%" else printed.decimals
    right = right_en = f"{shown(abs(amount) if turned else amount, decimals)}{unit}"
    if turned:  # 增加1.3万元, where it is less by 2.2万元
        right, right_en = way_of(right, turned["up"] is None, unit)
    first = min(beside, key=place_of)
    named = segment.passage.label(first.said) if place_of(first) < place_of(change) else ""
    label = (named + change.words).strip("，, 　-*（(的由从为")
    words = {"label": shown_label(SEPARATORS.sub("", label)), "formula": formula}
    words["recomputed_en"] = right_en
    passage, at = segment.passage, label[-16:]
    places = dict.fromkeys(passage.place(a.said.start) for a in beside)
    return Outcome(RULE, finding=finding_on(RULE, passage, change.said, at, words, right, places))


def way_of(size: str, up: bool, unit: str) -> tuple[str, str]:
    """How much more or less, in both languages."""
    ways = ("增长", "下降") if unit == "%" else ("增加", "减少")
    return ways[not up] + size, f"{'an increase' if up else 'a decrease'} of {size}"


def place_of(amount: Amount) -> int:
    return amount.said.start
