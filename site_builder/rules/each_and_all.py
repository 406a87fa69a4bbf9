"""So much each, how many, and all of it: one of each in a stretch, told in whatever order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.rules.averages import COUNTED, OR_OTHERS, RULE, found, near, per
from site_builder.rules.counted_in import counted_in
from site_builder.rules.outcome import Outcome
from site_builder.rules.year_words import WHOLE_YEAR
from site_builder.segment import Amount, Segment, added
from site_builder.slips import is_slip

# 每户500元, 户均补助600元, 平均每口2.2万元, 每口平均2.2万元, 每个书屋300册
EACH = re.compile(
    "(?:每(?P<of>人次|平方米|公里|千米|批次|场次|[人名位户亩村场次辆处个盏台座栋套所条件间口头株幢米批])|(?P<of2>[人户亩村场次辆处个盏台座栋套间批])均)"
    "(?P<what>[一-鿿]{0,8})$"
)
# 购置垃圾桶500个，单价180元
UNIT_PRICE = re.compile("[，,、（(](?:平均)?单价(?:为|约)?$")
# What one has by the month or of several years, what not all get, what is had besides
OTHERWISE = re.compile(
    "季度|学期|[日月]均|每[天日周]|纯收入|可支配|年收|增收|其中|另|还|上年|去年|20[0-9]{2}年|比|较|计划|目标|预算|预计|标准为?不|"
    "(?<!第)[二两三四五六七八]年(?!级)|累计|分别|最[低高]|[高低]于|[镇乡县省]级|配套|自筹|社区"
)
# 平均每个书屋300册, but not 户均3.9人
MEAN = re.compile("平均每?|每[一-鿿]平均|(?<!户)均(?!人)")
BESIDES = re.compile("(?:和|及|与|、|以及|外加)[^，,。；;0-9]{1,10}(?:[，,]|$)")
ALL = re.compile(
    "(?:共|合计|总|支出|发放|兑付|兑现|投入|投资|补助|补贴|奖补|资金|金额|工资|费用|支付|拨付|划拨|采购|管理|产值|产量|安排|补偿|奖励|花费|开支|报酬)[^，,。；;0-9]{0,12}$|租|收入|费|^[，,、]?共?计?$|全年$"
)
# What is so many times as much as it should be is of something else, but for one wrong digit.
FAR = Decimal("1.6")
TWELVE = Decimal(12)
THREE = 3
# 平均每个村（社区）8户, 平均每场60人次
LAST_MEAN = re.compile("平均每个?[一-鿿]{0,4}?(?P<noun>[一-鿿])(?:[（(][^（）()0-9]{1,3}[）)])?$")


def triads(segment: Segment) -> Iterator[Outcome]:
    """Of three amounts or more one alone is so much each, one the number, one all of it; others are other things."""
    amounts = segment.amounts
    told = [(a, of) for a in amounts if (of := _of_what(a)) is not None]
    if len(told) != 1 or OTHERWISE.search(OR_OTHERS.sub("", segment.text)):
        return
    each, of = told[0]
    if BESIDES.match(segment.passage.text, each.said.end):
        return  # 每人500元和棉被一床，共计6.2万元
    counts = [a for a in amounts if _counts(segment, a, of)]
    like = [a for a in amounts if a is not each and _is_like(a, each)]
    if len(counts) != 1 or len(like) != 1:
        return
    all_told = len(amounts) == THREE and ALL.search(like[0].words) is not None
    if not (all_told or _is_mean(segment, counts[0], like[0])):
        return
    if each.figure.kind != "money" and not MEAN.search(each.words):
        return
    if each.exact and counts[0].exact and like[0].exact:
        yield from _judged(segment, counts[0], each, like[0])


def _is_mean(segment: Segment, count: Amount, like: Amount) -> bool:
    """到12个村查看现场15处，走访96户，平均每个村8户: last of all, with other things in between."""
    *_, before, total, each = segment.amounts
    mean = LAST_MEAN.search(each.words)
    if mean is None or total is not like or before is count:
        return False
    behind = segment.passage.text[count.said.end : count.said.end + 4]
    return mean["noun"] in behind + count.figure.unit


def _of_what(each: Amount) -> str | None:
    """The unit that an amount is told for one of; empty for the unit of whatever was bought."""
    if (match := EACH.search(OR_OTHERS.sub("", each.words))) is not None:
        return str(match["of"] or match["of2"])
    return "" if UNIT_PRICE.search(each.words) else None


def _counts(segment: Segment, count: Amount, of: str) -> bool:
    """Is it a number of what the other is told for one of?"""
    unit = count.figure.unit
    if not of:
        return not count.figure.measured
    if of == "村":
        return segment.passage.text.startswith(("村", "行政村"), count.said.end)
    return unit in (counted_in(of) if of == "米" else COUNTED.get(of, counted_in(of)))


def _is_like(total: Amount, each: Amount) -> bool:
    one, other = total.figure, each.figure
    of_visits = one.unit == "人次" and other.unit == "人"  # 92批次736人次，平均每批次8人
    return one.unit == other.unit or of_visits or one.kind == other.kind == "money"


def _judged(segment: Segment, count: Amount, each: Amount, total: Amount) -> Iterator[Outcome]:
    """The average where it is told last, else all of it; what is paid by the month makes twelve times as much."""
    quotient = per(total.figure, count.figure, each.figure.unit)
    if quotient is None:
        return  # of nobody
    makes = added((each,), total.figure.unit)[0] * count.figure.amount
    printed = total.figure.amount
    if "月" in each.words:
        makes *= TWELVE
        if WHOLE_YEAR.search(total.words) and is_slip(printed, makes):
            formula = f"{count.said.text} × {each.said.text} × 12"
            yield found(segment, total, makes, formula, (count, each))
        return
    if near(each.figure, quotient):
        yield Outcome(RULE)
    elif not (makes < printed * FAR and printed < makes * FAR) and not is_slip(printed, makes):
        return
    elif each.said.start > total.said.start:
        formula = f"{total.said.text} ÷ {count.said.text}"
        yield found(segment, each, quotient[0], formula, (total, count))
    else:
        formula = f"{count.said.text} × {each.said.text}"
        yield found(segment, total, makes, formula, (count, each))
