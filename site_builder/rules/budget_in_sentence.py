"""A budget and what was spent of it in one sentence: called kept and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.rules.goal_in_sentence import COMPARED, as_told
from site_builder.segment import Amount, Segment

# 完成预算96.50%，决算数大于预算数的主要原因是…
REACHED = re.compile(
    r"完成(?:年初|全年|调整)?预算(?:数)?的?(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)[%％][^。；;]{0,6}?[，,](?:决算数?|支出)?(?P<way>大于|高于|超过|小于|低于|等于)(?:年初|全年|调整)?预算数?"
)
ABOVE, BELOW = ("大于", "高于", "超过"), ("小于", "低于")
WITHIN = re.compile(
    "(?:未|没有|并未|无)(?:超出?过?|突破)预算|(?:控制|保持)在(?:年初|全年)?预算(?:数|总额|额度)?(?:以内|之内|范围内|内)"
)
RATIO = re.compile("(?:控制率|执行率|完成率|[=＝])(?:为|达到?|是|[:：])?$")
BUDGET = re.compile("预算(?:数|安排|金额|总额)?(?:为|是|[:：])?$")
SPENT = re.compile("(?:决算|实际|支出|执行|使用)[^，,。；;]{0,8}$")
# 较年初预算增加0.32万元
OVER_BUDGET = re.compile(
    "(?:较|比|超)(?:年初|全年|调整)?预算(?:数|安排)?(?:增加|增长|超支|超出|超|多支出|多)?(?:了)?$"
)
HUNDRED = Decimal(100)


def reached_otherwise(text: str) -> Iterator[tuple[int, int, str]]:
    """完成预算96.50%，决算数大于预算数: less by the rate and more by the words."""
    for match in REACHED.finditer(text) if "预算" in text else ():  # quick
        reached, way = Decimal(match["n"]), match["way"]
        right = BELOW if reached < HUNDRED else ABOVE if reached > HUNDRED else ("等于",)
        if way not in right:
            yield match.start(), match.end("n") + 1, text[match.start("way") : match.end()]


def over(segment: Segment) -> tuple[int, int, str] | None:
    """未超预算, beside a rate above 100 % or an amount spent above its budget."""
    text = segment.passage.text
    claim = WITHIN.search(text, segment.start, segment.end)
    if claim is None:
        return None
    spent: Amount | None = None
    planned: Amount | None = None
    for amount in segment.amounts:
        figure = amount.figure
        if figure.unit == "%" and figure.amount > HUNDRED and RATIO.search(amount.words):
            return claim.start(), claim.end(), as_told(amount)
        if figure.amount and OVER_BUDGET.search(amount.words):
            return claim.start(), claim.end(), as_told(amount)
        if figure.kind != "money" or not amount.exact or COMPARED.search(amount.words[-8:]):
            continue
        if BUDGET.search(amount.words):
            planned = amount
            if spent is None:
                continue
            factor = figure.factor_to(spent.figure.unit)
            assert factor is not None  # both are money
            if spent.figure.amount > figure.amount * factor:
                return claim.start(), claim.end(), f"{as_told(spent)}，{as_told(amount)}"
        elif SPENT.search(amount.words):
            spent = amount
            if planned is None:
                continue
            factor = figure.factor_to(planned.figure.unit)
            assert factor is not None  # both are money
            if figure.amount * factor > planned.figure.amount:
                return claim.start(), claim.end(), f"{as_told(planned)}，{as_told(spent)}"
    return None
