"""正文里的亩产、期均人次、人均接待费算不出来: yields of an area, people per course, what a visitor cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from itertools import pairwise

from site_builder.figure import Interval
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.averages import FROM_IT, RULE, found, head_of, near, per
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, added, segments
from site_builder.sentences import Passage

# 8600亩，亩产3.2吨，总产量2.752万吨
YIELD = re.compile("(?:亩均?产量?|单产|每亩产量)(?:为|达到?)?$")
# 高原夏菜2800亩，马铃薯6500亩，总产量…: of the last; of 小麦、玉米 both
OF_A_CROP = re.compile("^[，,；;][^，,、和及与；;其0-9]{2,8}$")
OUTPUT = re.compile("(?:总产量?|产量)(?:为|达到?|约)?$")
# 斤 for 公斤 and the reverse; a point elsewhere, or 万 left out
SLIPS = tuple(
    Decimal(n) for n in ("0.5", "2", "0.0001", "0.001", "0.01", "0.1", "10", "100", "1000", "10000")
)
# 12期，780人次，平均每期65人次
OF_EACH = re.compile(
    "(?:(?:平?均每?(?P<of>[期场次批个所村组班户处站支])|(?P<of2>[期场次批村班])均|每(?P<of3>[期场次批村组班户处站支])平均)(?:培训|接待|参加|参训|服务|辅导|覆盖|惠及|配备|有)?|(?:[，,]户均(?:人口)?))(?:约?为|达)?$"
)
TIMES = {
    "期": ("期",),
    "场": ("场", "场次"),
    "次": ("次", "场次"),
    "批": ("批", "批次"),
    "个": ("个",),
    "村": ("个", "村"),
    "班": ("班", "班次", "个"),
    **{unit: (unit,) for unit in "户所处支"},
    "组": ("组", "个"),
    "站": ("站", "个"),
}
HEADS = frozenset(("人次", "人", "名"))
PEOPLE_RECEIVED = re.compile("人均(?:接待|消费|费用|标准|接待费)*(?:为|约)?$")
MAYBE = led_by(
    "人亩单平期场次批村班户每",
    "人均|亩均?产|单产|平均|[期场次批村班户]均|每(?:亩产量|[期场次批村组班户处站支]平均)",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every yield with its area, every number of people a course, every cost of a visitor."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            ways = (*_received(subject, segment), *_yields(segment), *_heads(segment))
            for outcome in ways:
                compared = True
                yield outcome
        for outcome in _yields_apart(passage) if "产" in passage.text else ():  # quick
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有亩产、期均人次", "no yield, no number a course"))


def _heads(segment: Segment) -> Iterator[Outcome]:
    """举办培训12期，培训780人次，平均每期65人次: printed to the whole, and rounded either way."""
    for number, average in enumerate(segment.amounts):
        match = OF_EACH.search(average.words)
        if match is None or average.figure.unit not in HEADS or not average.exact:
            continue
        told = [a for a in segment.amounts[:number] if not FROM_IT.search(a.words)]
        before, of = told[-2:], TIMES[next(filter(None, match.groups()), "户")]
        counts = [a for a in before if a.figure.unit in of and a.exact]
        sums = [a for a in before if a.figure.unit in HEADS and a.exact]
        if len(counts) != 1 or len(sums) != 1:
            continue
        counts = [head_of(segment, [a for a in told if a.figure.unit in of])]
        if counts[0].figure.amount <= 0:
            continue
        with localcontext() as context:
            context.prec = 40
            amount = sums[0].figure.amount / counts[0].figure.amount
        step = average.figure.ulp()  # of 户均3.9人; visitors are not portioned out
        step = step if of is TIMES["户"] else max(Decimal(1), step)
        if abs(amount - average.figure.amount) < step:
            yield Outcome(RULE)
            continue
        formula = f"{sums[0].said.text} ÷ {counts[0].said.text}"
        yield found(segment, average, amount, formula, (sums[0], counts[0]))


def _yields(segment: Segment) -> Iterator[Outcome]:
    """An area, what an mu of it yields and the total yield, one after the other."""
    amounts = segment.amounts
    areas = [a for a in amounts if a.figure.unit == "亩"]
    for number in range(len(amounts) - 2):
        area, one, other = amounts[number : number + 3]
        if area.figure.unit != "亩" or not (area.exact and one.exact and other.exact):
            continue
        if YIELD.search(one.words) and OUTPUT.search(other.words):
            each, total = one, other
        elif OUTPUT.search(one.words) and YIELD.search(other.words):
            each, total = other, one
        else:
            continue
        factor = each.figure.factor_to(total.figure.unit)
        if factor is None:
            continue
        amount = each.figure.amount * area.figure.amount * factor
        low, high = each.figure.written_interval()
        spans = [added(some, "亩")[1] for some in (*((a,) for a in areas), areas)]
        made = (Interval(span.low * low * factor, span.high * high * factor) for span in spans)
        if any(one.meets(total.figure.written_interval()) for one in made):
            yield Outcome(RULE)
        elif len(areas) == 1 or OF_A_CROP.match(area.words):
            formula = f"{area.said.text} × {each.said.text}"
            yield found(segment, total, amount, formula, (area, each))


def _yields_apart(passage: Passage) -> Iterator[Outcome]:
    """水稻播种面积3.42万亩，其中…；总产量1.64万吨，亩产479.5斤: 斤 for 公斤, or a point elsewhere."""
    head: Amount | None = None
    for segment in segments(passage):
        areas = [a for a in segment.amounts if a.figure.unit == "亩"]
        if areas:
            head = areas[0] if areas[0].exact else None
        for total, each in pairwise(() if areas or head is None else segment.amounts):
            if not (OUTPUT.search(total.words) and YIELD.search(each.words)):
                continue
            assert head is not None  # else no pairs
            computed = per(total.figure, head.figure, each.figure.unit)
            if computed is None or not (total.exact and each.exact):
                continue
            if near(each.figure, computed):
                yield Outcome(RULE)
            elif any(near(each.figure, _scaled(computed, factor)) for factor in SLIPS):
                formula = f"{total.said.text} ÷ {head.said.text}"
                yield found(segment, each, computed[0], formula, (head, total))


def _scaled(computed: tuple[Decimal, Interval], factor: Decimal) -> tuple[Decimal, Interval]:
    return computed[0] * factor, computed[1].times(factor)


def _received(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    """公务接待63批次，505人次，人均26.7元: the money stands in the data."""
    amounts = segment.amounts
    if "接待" not in segment.text or any(a.figure.unit == "万元" for a in amounts):
        return
    counts = [a for a in amounts if a.figure.unit in ("人次", "人") and a.exact]
    eaches = [a for a in amounts if a.figure.unit == "元" and PEOPLE_RECEIVED.search(a.words)]
    year = subject.disclosure.key.year
    told = subject.disclosure.report.facts_of("公务接待费", "决算")
    facts = [f for f in told if f.year == year]
    if len(counts) != 1 or len(eaches) != 1 or not facts or not eaches[0].exact:
        return
    computed = per(facts[0].figure, counts[0].figure, "元")
    if computed is None or f"{year - 1}年" in segment.text or "上年" in segment.text:
        return
    if near(eaches[0].figure, computed):
        yield Outcome(RULE, (facts[0].address,))
        return
    formula = f"{facts[0].figure} ÷ {counts[0].said.text}"
    yield found(segment, eaches[0], computed[0], formula, (counts[0], counts[0]))
