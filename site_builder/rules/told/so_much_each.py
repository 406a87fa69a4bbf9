"""每处多少钱、共多少乘不出来: a number of people or places, what each gets or holds, and a total that is another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Interval, shown
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.counted_in import counted_in
from site_builder.rules.of_each import RULE
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.year_words import WHOLE_YEAR
from site_builder.segment import Amount, Segment, alike, segments

_OF = (
    "人|名|位|户|亩|组|小组|村民小组|班|所|处|队|站|家|校|支部|网格|点|片区?|期|场|座|口|套|盏|栋|条|台|幢|"
    "公里|村|社区|批次?"
)
# 每人发放慰问金500元; 按每座1200元; 村均安排5万元
EACH = re.compile(
    f"(?:每(?:一|个)?(?P<of>{_OF})(?P<month>每月)?|(?P<of2>[人户亩村组场期座口])均(?=安排|投入|补助|经费|奖补|发放|投资|拨付))"
    "(?P<what>(?!每)[一-鿿“”]{0,10})$"
)
# 每批 by 5个批次, too; 每亩 by 1.2万亩
ALSO = {"批": "个", "亩": "万亩"}
TOTAL = re.compile(
    "(?:累计|合计|共计|总计|总共|一共|共|总(?=[一-鿿])|全年)[^，,。；;、0-9]{0,10}$|"
    "(?:^|[，,])(?:兑现|兑付|发放|拨付)[^，,。；;、0-9]{0,4}(?:资金|补贴|补助|金)$"
)
VAGUE = re.compile("约|左右|不少于|不低于|至少|以上|最多|不超过|原则|平均|最高|可")
ASIDE = re.compile(
    "上年|去年|计划|目标|任务|其中|另|增|减|剩|覆盖|较|比|占|拟|需|力争|含|及|和|与|物资|等|配套|余|节约"
)
CHANGED = ("（年中", "（期间", "（中途", "（按实", "（有增减", "（动态")
MONTHS = 12
MISSED = 3
TALL = frozenset(("money", "volume", "area", "length", "mass"))
MAYBE = led_by("每均", "每[一-鿿]{1,14}[0-9]|均[一-鿿“”]{0,8}[0-9]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every three neighbouring amounts of which one is told of each."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "每", "均"):
            for outcome in _of_segment(segment) if len(segment.amounts) > 2 else ():  # quick
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有写每处多少", "nothing is told of each"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for number, each in enumerate(amounts):
        every = EACH.search(each.words) if each.exact and each.figure.kind in TALL else None
        if (
            every is None
            or VAGUE.search(each.words)
            or each.words.count("每") > 1 + bool(every["month"])
        ):
            continue
        # 为86名老党员每人500元，共4.3万元; 每人500元，86名党员共4.3万元
        for one, other in ((number - 1, number + 1), (number + 1, number + 2)):
            if one < 0 or other >= len(amounts):
                continue
            count, total = amounts[one], amounts[other]
            if _counts(segment, count, every) and _is_total(total, each):
                times = _times(every, total)
                if segment.text.startswith(CHANGED, total.said.end - segment.start):
                    break  # 全年共发放48.9万元（年中有增减）
                if _only(segment, count):
                    yield from _judged(segment, each, count, total, times)
                break


def _counts(segment: Segment, count: Amount, every: re.Match[str]) -> bool:
    """Is it the number of those of whom each is told?"""
    of = every["of"] or every["of2"]
    if not count.exact or count.words.endswith("、"):
        return False
    if ASIDE.search(count.words[-6:]):
        return False
    if count.figure.unit not in (*counted_in(of), ALSO.get(of)):
        return False
    if count.figure.unit != "个":
        return True
    text = segment.passage.text
    return of[-1:] in text[count.said.end : count.said.end + 5]


def _only(segment: Segment, count: Amount) -> bool:
    """Are no others counted in the sentence: 老党员12名、困难党员4名，每人500元?"""
    return sum(alike(a.figure, count.figure) for a in segment.amounts) == 1


def _is_total(total: Amount, each: Amount) -> bool:
    if not total.exact or each.figure.factor_to(total.figure.unit) is None:
        return False
    return TOTAL.search(total.words) is not None and ASIDE.search(total.words) is None


def _times(every: re.Match[str], total: Amount) -> int:
    """How often a year each gets it; 0 where that is not told: no total is near that."""
    if re.search("[月季年周日天次期]", every["what"]):
        return 0
    yearly = WHOLE_YEAR.search(total.words) is not None
    return (MONTHS if yearly else 0) if every["month"] else 1


def _judged(
    segment: Segment, each: Amount, count: Amount, total: Amount, times: int
) -> Iterator[Outcome]:
    """What each gets may be a quotient, and rounded; of what misses by a third other things are paid."""
    unit = total.figure.unit
    factor = each.figure.factor_to(unit)
    assert factor is not None  # see _is_total
    factor *= times
    exact = each.figure.kind in ("money", "volume") and not each.figure.decimals
    rounded = not exact or "均" in each.words  # 每村8万元 is what each gets
    price = each.figure.amount
    low, high = each.figure.written_interval() if rounded else (price, price)
    least, most = count.figure.interval()
    span = Interval(low * least * factor, high * most * factor)
    figures = [a.figure for a in segment.amounts]
    told = [f.interval().times(by) for f in figures if (by := f.factor_to(unit)) is not None]
    if any(map(span.meets, told)):
        yield Outcome(RULE)
        return
    product = each.figure.amount * count.figure.amount * factor
    if abs(product - total.figure.amount) * MISSED > product:
        return
    passage = segment.passage
    decimals = max(total.figure.decimals, 2 if each.figure.kind == "money" else 0)
    right = f"{shown(product, decimals)}{unit}"
    formula = f"{count.said.text} × {each.said.text}" + f" × {times}" * (times > 1)
    places = (passage.place(count.said.start), passage.place(each.said.start))
    words, label = {"formula": formula}, each.said.text
    yield Outcome(RULE, finding=finding_on(RULE, passage, total.said, label, words, right, places))
