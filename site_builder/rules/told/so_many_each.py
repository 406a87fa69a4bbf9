"""每处多少、共多少乘不出来: so many villages, so many things in each, and a total that is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from site_builder.figure import shown
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.averages import OR_OTHERS
from site_builder.rules.counted_in import counted_in
from site_builder.rules.of_each import RULE
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, Segment, segments

_OF = "批|行政村|村|社区|户|组|班|所|处|队|站|家|校|学校|支部|网格|小组|点|片区|片|期|场"
_WHAT = (
    "(?:安装|配备?|发放|建设|新建|种植|设置?|投放|培训|有|组织|开展|聘用|配置|补助|选派|选聘|参训|接种|摆放|张贴|约)?"
    "[一-鿿]{0,6}?(?:各)?$"
)
# 在6个村安装路灯180盏，每村30盏; 为12个村各配备电脑3台，共配备36台
EACH = re.compile(
    f"(?:^|[，,（(]|[一-鿿])(?P<mean>平均)?每(?:个)?(?P<of>{_OF})(?:均)?(?:各)?{_WHAT}"
)
SEVERALLY = re.compile(
    "各$|各(?:配备?|安装|发放|建设|新建|设置?|有|组织|开展|聘用|配置|选派|选聘|投放|举办)[一-鿿]{0,5}$"
)
UNITS = {of: counted_in(of) for of in _OF.split("|")} | {"点": frozenset(("个", "处"))}
COUNTED = frozenset(unit for units in UNITS.values() for unit in units)
TOTAL = re.compile(
    "^[一-鿿]{0,8}?[，,、]?[一-鿿]{0,3}?(?:累计|共|合计|共计|总共|总计|一共)(?P<what>[一-鿿]{0,6})$"
)
# What is done with things, before what they are: 共配备保洁员60名.
DOING = re.compile(
    "^(?:配备?|安装|发放?|投放|送|组织|举办|开展|聘用?|配置|选派|选聘|推选|选出|培训|参训|接种|摆放|张贴|建成|建设|"
    "新建|修建|改造|设立|设置?|补助|栽植|种植|清淤|清理|流转|安排|需|有|计|达|为|了)*"
)
MAYBE = led_by("每各", "[每各][一-鿿（）]{1,10}[0-9]")
VAGUE = re.compile("约|左右|不少于|至少|以上|最多|不超过|原则")
ASIDE = re.compile(
    "上年|去年|计划|目标|任务|其中|另|新增|增加|减少|完成|达到|剩|覆盖|较|比|占|拟|需|力争"
)

TIMES = {"人": "人次", "名": "人次"}  # 每期50人，共培训300人次
JOINED = ("和", "及", "与", "、")  # 1个中心村和5个自然村: neither is the number


def check(subject: Subject) -> Iterator[Outcome]:
    """Every three neighbouring amounts of which one is told of each."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "每", "各"):
            for outcome in _of_segment(segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有写每处多少", "nothing is told of each"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts, text = segment.amounts, segment.passage.text
    for number, each in enumerate(amounts):
        if not each.exact or each.figure.measured:
            continue
        every = EACH.search(OR_OTHERS.sub("", each.words))
        if every is None and SEVERALLY.search(each.words) is None:
            continue
        if VAGUE.search(each.words[-10:]) or each.words.count("每") > 1:
            continue  # 每村每月2次
        units = UNITS[every["of"]] if every is not None else COUNTED
        for count, total in _beside(amounts, number, units, text):
            mean = every is not None and every["mean"] is not None
            of = every["of"] if every is not None else ""
            if _named(text, count, of):
                yield _judged(segment, each, count, total, mean)
            break


def _beside(
    amounts: tuple[Amount, ...], number: int, units: frozenset[str], text: str
) -> Iterator[tuple[Amount, Amount]]:
    """Number and total next to what is told of each: before it, around it, or behind it."""
    each = amounts[number]
    for one, other, behind in (
        (number - 1, number + 1, True),
        (number - 2, number - 1, False),
        (number - 1, number - 2, False),
        (number + 1, number + 2, True),
    ):
        if min(one, other) < 0 or max(one, other) >= len(amounts):
            continue
        count, total = amounts[one], amounts[other]
        if count.figure.unit not in units or total.figure.unit not in (
            each.figure.unit,
            TIMES.get(each.figure.unit),
        ):
            continue
        if behind and not _is_total(each, total, text):
            continue
        if not (count.exact and total.exact) or count.figure.amount < 2:
            continue
        if ASIDE.search(count.words[-6:]) or ASIDE.search(total.words[-8:]):
            continue
        if count.words.endswith(JOINED):
            continue
        if each.figure.unit == "个" and _noun(each, text) != _noun(total, text):
            continue
        yield count, total


def _is_total(each: Amount, total: Amount, text: str) -> bool:
    """Is it said to be a total, of nothing but what there is in each: 每村2名护林员, not 共有党员320名?"""
    match = TOTAL.search(total.words)
    if match is None:
        return False
    return DOING.sub("", match["what"]) in each.words + text[each.said.end : each.said.end + 8]


def _noun(amount: Amount, text: str) -> str:
    noun = text[amount.said.end : amount.said.end + 2]
    return noun if noun[:1].isalpha() else ""  # 垃圾桶40个，


def _named(text: str, count: Amount, of: str) -> bool:
    """Is the number one of what each is of: 6个村, for 每村?"""
    if count.figure.unit != "个":
        return True
    after = text[count.said.end : count.said.end + 5]
    if of and count.words.endswith(of):
        return True  # 网格24个
    return of[-1:] in after if of else after[:1] in tuple("村社行网支部小片中")


def _judged(segment: Segment, each: Amount, count: Amount, total: Amount, mean: bool) -> Outcome:
    product = each.figure.amount * count.figure.amount
    with localcontext() as context:
        context.prec = 40
        quotient = total.figure.amount / count.figure.amount
    gap = abs(quotient - each.figure.amount)
    # 培训8期362人次，每期45人次 is a mean, too: who comes is not portioned out.
    rough = mean or "人次" in (each.figure.unit, total.figure.unit)
    if gap < (each.figure.ulp() if rough else Decimal("0.001")):
        return Outcome(RULE)
    passage = segment.passage
    formula = f"{count.said.text} × {each.said.text}"
    decimals = max(a.figure.decimals for a in (each, count, total))
    right = f"{shown(product, decimals)}{total.figure.unit}"
    places = (passage.place(count.said.start), passage.place(each.said.start))
    words, label = {"formula": formula}, each.said.text
    return Outcome(RULE, finding=finding_on(RULE, passage, total.said, label, words, right, places))
