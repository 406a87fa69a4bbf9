"""每套、每公里多少钱算错了: what one is said to cost; an average beyond the highest or lowest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import localcontext

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import verdict
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.told import is_told

RULE = Rule(
    "unit-cost-differs",
    "warning",
    Words("每一个的费用算错了", "What one costs is worked out wrongly"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请核对数量、金额和单价三个数",
        "check quantity, amount and price",
    ),
    Words(
        "数量和金额都写了，每一个多少钱读者会算。",
        "With quantity and amount printed, readers work out the price.",
    ),
    yields_to=("told-average",),
)
RANGE = Rule(
    "average-outside-range",
    "warning",
    Words("平均数不在最高和最低之间", "An average that is not between highest and lowest"),
    Words(
        "平均是{printed}，{which}却是{recomputed}：平均数不会比最高的高、比最低的低",
        "the average is {printed}, the {which_en} {recomputed}: an average lies between them",
    ),
    Words(
        "请核对平均、最高、最低三个数",
        "check average, highest and lowest",
    ),
    Words(
        "平均数总在最高和最低之间。",
        "An average lies between the highest and the lowest.",
    ),
    yields_to=("told-average",),
)
MEAN = re.compile("[户人村场亩月年平日]均[^，,。；;0-9]{0,10}$")
HIGHEST = re.compile("最[高多大][^，,。；;0-9]{0,12}$")
LOWEST = re.compile("最[低少小](?!生活|工资|标准|保障|限|价)[^，,。；;0-9]{0,12}$")
EACH = re.compile(
    "^[，,、](?:平均|大约|约合|折合)?每(?P<of>公里|平方米|套|米|处|户|亩|座|口|盏|个|人|台|辆|栋|间|吨|村|株|棵|场|期)(?:造价|成本|投入|投资|费用|支付|补助|单价|均价|花费)?(?:约?为|是)?$"
)
SPENT = re.compile(
    "^[，,、](?:共|总|实际|累计)*(?:投入|支出|投资|花费|支付|资金|造价|完成投资|补助|拨付|费用|经费)(?:资金|经费)?(?:共|为|了|达)*$"
)
ASIDE = re.compile("上年|其中|计划|预算|比|较|增|减")


def check(subject: Subject) -> Iterator[Outcome]:
    """Three amounts in a row: a number, money, and the money of one."""
    found = False
    for passage in subject.told.lines:
        if not is_told(passage):
            continue
        if "均" in passage.text and "最" in passage.text:  # quick
            for segment in segments(passage, "最"):
                yield from _range(segment)
        if "每" not in passage.text:  # quick
            continue
        for segment in segments(passage, "每"):
            for one, two, three in zip(
                segment.amounts, segment.amounts[1:], segment.amounts[2:], strict=False
            ):
                of = EACH.match(three.words)
                if of is not None:
                    for outcome in _judged(segment, one, two, three, of["of"]):
                        found = True
                        yield outcome
    yield Outcome(RANGE)
    if not found:
        yield Outcome(RULE, reason=Words("没有说每一个多少钱", "no price of one is told"))


def _range(segment: Segment) -> Iterator[Outcome]:
    """户均增收1,820元，最高的2,430元，最低的1,950元."""
    mean: Amount | None = None
    for amount in segment.amounts:
        if MEAN.search(amount.words):
            mean = amount
            continue
        high, low = HIGHEST.search(amount.words), LOWEST.search(amount.words)
        if mean is None or not (high or low) or amount.figure.unit != mean.figure.unit:
            continue
        if not (mean.exact and amount.exact):
            continue
        over = mean.figure.amount > amount.figure.amount
        if (over and high) or (low and mean.figure.amount < amount.figure.amount):
            printed = mean.said.text
            words = {
                "printed": printed,
                "which": "最高的" if high else "最低的",
                "which_en": "highest" if high else "lowest",
                "recomputed": amount.said.text,
            }
            passage = segment.passage
            finding = Finding(
                RANGE,
                passage.place(mean.said.start),
                words,
                (passage.place(amount.said.start),),
                sentence_address(printed, "平均"),
                printed,
                amount.said.text,
                length=len(printed),
            )
            yield Outcome(RANGE, finding=finding)


def _judged(segment: Segment, one: Amount, two: Amount, each: Amount, of: str) -> Iterator[Outcome]:
    if one.figure.unit == of and SPENT.match(two.words):
        count, money = one, two
    else:
        return
    if money.figure.kind != "money" or each.figure.kind != "money" or count.figure.amount <= 0:
        return
    if not (count.exact and money.exact and each.exact) or ASIDE.search(one.words):
        return
    factor = money.figure.factor_to(each.figure.unit)
    if factor is None:
        return
    with localcontext() as context:
        context.prec = 20
        amount = money.figure.amount * factor / count.figure.amount
        span = money.figure.interval().times(factor).over(count.figure.interval())
        # 养护92公里，其中水泥路71公里、砂石路21公里，投入…: of the first of them
        others = [
            money.figure.amount * factor / a.figure.amount
            for a in segment.amounts
            if a.said.end < one.said.start and a.figure.unit == of and a.figure.amount > 0
        ]
    fits = verdict(each.figure, amount, span) != "differs"
    if fits or any(abs(each.figure.amount - other) <= each.figure.ulp() for other in others):
        yield Outcome(RULE)
        return
    decimals = each.figure.decimals
    right = f"{shown(amount, decimals)}{each.figure.unit}"
    formula = f"{money.said.text} ÷ {count.said.text}"
    words = {
        "label": f"每{of}",
        "printed": each.said.text,
        "formula": formula,
        "recomputed": right,
    }
    passage = segment.passage
    finding = Finding(
        RULE,
        passage.place(each.said.start),
        words,
        (passage.place(count.said.start), passage.place(money.said.start)),
        sentence_address(each.said.text, f"每{of}"),
        each.said.text,
        right,
        formula=formula,
        length=len(each.said.text),
    )
    yield Outcome(RULE, finding=finding)
