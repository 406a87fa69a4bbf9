"""折合、密度、月均算不出来: an area in another unit, people a square kilometre, the mean of a month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from itertools import pairwise

from site_builder.figure import Interval, shown
from site_builder.finding import Rule, Words
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, Segment, segments

RULE = Rule(
    "converted-differs",
    "warning",
    Words(
        "折合、密度或月均算不出来", "A conversion, a density or a monthly mean that does not follow"
    ),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新换算，或核对前一个数；原件如此的，保留原文并在“认可”中说明",
        "convert it anew, or check the figure before it; if they are printed so, explain it",
    ),
    Words(
        "1平方公里是1500亩，1公顷是15亩，一年十二个月，读者一算就知道对不对。",
        "A square kilometre is 1500 亩, a hectare 15, a year twelve months: readers can work it out.",
    ),
    yields_to=("told-average", "implausible", "prose-contradicts"),
)
# 86.4平方公里，折合12.96万亩; 142平方公里（21.3万亩）
CONVERTED = re.compile("^[，,、（(]?(?:折合|约合|合计?|即|相当于|折算为?|折)(?:约|为)?$|^[（(]约?$")
AREAS = frozenset(("平方公里", "平方千米", "公顷", "亩"))
DENSITY = re.compile(
    "人口密度(?:约?为|达到?|是)?(?:每平方公里|每平方千米)?$|[，,（(](?:平均)?每平方(?:公里|千米)$"
)
PEOPLE = re.compile("(?:总人口|常住人口|户籍人口|人口)[^，,。；;0-9]{0,6}$")
LAND = re.compile("(?:总|辖区|区域|镇域|国土|行政区域|土地)?面积[^，,。；;0-9]{0,4}$")
# 全年处理工单412件，月均34件
MONTHLY = re.compile("^[，,、]?(?:平均每月|月均|每月平均)[一-鿿]{0,4}$")
OF_TOWN = re.compile("行政区域|辖区|全[镇乡]|幅员|[镇乡]域|总面积")
KM2 = frozenset(("平方公里", "平方千米"))
OF_YEAR = re.compile("全年|一年|年度|年内|本年|当年|20[0-9]{2}年")
NOT_TWELVE = re.compile(
    "[0-9一二三四五六七八九十]+个月|月起|月份|[0-9]月|季|上半年|下半年|累计|以来|[三两五]年"
)
MONTHS = Decimal(12)
ROUGH = 20  # of whose census the people are, is not told
MAYBE = led_by(
    "折约合即相（(密月每",
    "(?:折合|约合|合|即|相当于|折算|[（(])[^，,。；;0-9]{0,2}[0-9][^。；;]{0,8}(?:亩|公顷|公里)|密度|每平方[公千]|月均[^，,。；;]{0,4}[0-9]|(?:月平均|每月)[一-鿿]{0,4}[0-9]",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every conversion of an area, density and monthly mean beside what it is of."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            for outcome in (
                *_areas(segment),
                *_density(subject, segment),
                *_monthly(segment),
            ):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有换算", "nothing is converted"))


def _areas(segment: Segment) -> Iterator[Outcome]:
    for one, two in pairwise(segment.amounts):
        if two.said.about or not (one.exact and CONVERTED.match(two.words.rstrip("约"))):
            continue
        if {one.figure.unit, two.figure.unit} <= AREAS and one.figure.unit != two.figure.unit:
            factor = one.figure.factor_to(two.figure.unit)
            assert factor is not None  # both are areas
            span = one.figure.written_interval().times(factor)
            yield _judged(segment, two, "折合", one.figure.amount * factor, span, one.said.text)


def _density(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    """The area and any number of people of the sentence, or else of the paragraph and of the report."""
    amounts = segment.amounts
    dense = [a for a in amounts if DENSITY.search(a.words) and a.exact]
    if len(dense) != 1:
        return
    land = _land(amounts)
    people = [a for a in amounts if a.figure.unit == "人" and PEOPLE.search(a.words)]
    people = [a for a in people if a not in dense]
    if not (land or people):
        people = sorted(_people_above(segment), key=_amount)
        land = [
            a
            for line in subject.told.lines
            if "平方" in line.text  # quick
            for one in segments(line)
            for a in _land(one.amounts)
            if OF_TOWN.search(a.words)
        ]
    if len(land) != 1 or not people or not land[0].exact:
        return
    if not land[0].figure.amount:
        return
    told = []
    for count in people:
        with localcontext() as context:
            context.prec = 40
            amount = count.figure.amount / land[0].figure.amount
            span = count.figure.written_interval().over(land[0].figure.written_interval())
        formula = f"{count.said.text} ÷ {land[0].said.text}"
        told.append(_judged(segment, dense[0], "人口密度", amount, span, formula))
    yield next((one for one in told if one.finding is None), told[-1])


def _land(amounts: Iterable[Amount]) -> list[Amount]:
    return [a for a in amounts if a.figure.unit in KM2 and LAND.search(a.words)]


def _amount(amount: Amount) -> Decimal:
    return amount.figure.amount


def _people_above(segment: Segment) -> list[Amount]:
    """Numbers of people in the sentences before."""
    return [
        a
        for one in segments(segment.passage)
        if one.end <= segment.start
        for a in one.amounts
        if a.figure.unit == "人" and PEOPLE.search(a.words)
    ]


def _monthly(segment: Segment) -> Iterator[Outcome]:
    for one, two in pairwise(segment.amounts):
        if not (MONTHLY.match(two.words) and one.exact and two.exact):
            continue
        if one.figure.unit != two.figure.unit or not OF_YEAR.search(segment.text):
            continue
        if NOT_TWELVE.search(segment.text):
            continue
        with localcontext() as context:
            context.prec = 40
            amount = one.figure.amount / MONTHS
            span = one.figure.written_interval().times(1 / MONTHS)
        yield _judged(segment, two, "月均", amount, span, f"{one.said.text} ÷ 12")


def _judged(
    segment: Segment, printed: Amount, label: str, amount: Decimal, span: Interval, formula: str
) -> Outcome:
    figure = printed.figure
    rough = label == "人口密度" or printed.said.sign
    step = amount / ROUGH if rough else figure.ulp()
    if span.low - step < figure.amount < span.high + step:  # rounded either way
        return Outcome(RULE)
    passage = segment.passage
    scale = 10_000 if "万" in printed.said.text and figure.kind != "money" else 1
    decimals = 2 if scale > 1 else max(0, figure.decimals)
    unit = "万" * (scale > 1) + figure.unit.partition("/")[0]
    right = f"{shown(amount / scale, decimals)}{unit}"
    words = {"label": label, "formula": formula}
    return Outcome(RULE, finding=finding_on(RULE, passage, printed.said, label, words, right))
