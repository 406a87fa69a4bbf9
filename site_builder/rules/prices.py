"""What money bought at which price: the words and the order in which a sentence tells number, sum and price."""

from __future__ import annotations

import re

from site_builder.segment import Amount, Segment

# 安装60套，投入11.88万元，每套1980元
PRICE = re.compile(
    "[，,、](?:平均|大约|约合|折合)?每(?P<of>公里|平方米|套|米|处|户|亩|座|口|盏|个|人|台|辆|栋|间|吨|村|株|棵|场|期)(?:造价|成本|投入|投资|费用|支付|补助|单价|均价|花费)?(?:约?为|是)?$"
)
SPENT = re.compile(
    "[，,、](?:共|总|实际|累计)*(?:投入|支出|投资|花费|支付|资金|造价|完成投资|补助|拨付|费用|经费)(?:资金|经费)?(?:共|为|了|达)*$"
)
MORE_THAN_PRICES = re.compile("含|包括|其中|配套|自筹|另")
# 公路硬化285.6万元，硬化6.8公里，每公里42万元: the money first, and what it bought right behind it
BOUGHT = re.compile("[，,](?:共|已|实际)*(?P<what>[一-鿿]{2})")
AID = re.compile("补助|支付")
ASIDE = re.compile("上年|其中|计划|预算|比|较|增|减")


def is_price(before: tuple[Amount, ...], of: str) -> bool:
    """安装60套，投入11.88万元: a number, and right behind it what was spent on it."""
    if len(before) < 2 or before[-2].figure.unit != of or ASIDE.search(before[-2].words):
        return False
    count, money = before[-2:]
    spent = money.figure.kind == "money" and SPENT.fullmatch(money.words)
    return bool(spent and count.exact and money.exact)


def is_priced(segment: Segment, number: int, of: str) -> bool:
    """圈舍1800平方米，每平方米650元，总投资117万元: the only number of its kind, the price, all of it?"""
    around = segment.amounts[max(0, number - 1) : number + 2]
    if len(around) < 3:
        return False
    count, each, total = around
    like = [a for a in segment.amounts if a.figure.unit == count.figure.unit]
    rest = segment.passage.text[total.said.end : segment.end]
    if count.figure.unit != of or len(like) > 1 or MORE_THAN_PRICES.search(rest):
        return False
    if not (each.figure.kind == total.figure.kind == "money" and count.exact and total.exact):
        return False
    return SPENT.fullmatch(total.words) is not None and not ASIDE.search(count.words)


def has_bought(before: tuple[Amount, ...], of: str, words: str) -> bool:
    """公路硬化285.6万元，硬化6.8公里: an amount of money, and what was made of it, as nothing before."""
    if len(before) < 2 or AID.search(words):
        return False
    money, count = before[-2:]
    what = BOUGHT.fullmatch(count.words)
    if what is None:
        return False
    if what["what"] not in money.words and what["what"] not in ("建成", "完成"):
        return False
    counts = [a for a in before if a.figure.unit == of]
    exact = money.exact and count.exact
    return counts == [count] and exact and not ASIDE.search(money.words)
