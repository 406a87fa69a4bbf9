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
from site_builder.segment import Segment, added, segments

# 8600亩，亩产3.2吨，总产量2.752万吨
YIELD = re.compile(
    "(?:亩均?产量?|单产|每亩产量)(?:为|达到?)?$|^[，,、（(](?:平均|约合|折合)?(?:每亩(?:平均|可产|产|单产)?|亩均)(?:为|达到?)?$"
)
# 高原夏菜2800亩，马铃薯6500亩，总产量…: of the last; of 小麦、玉米 both
OF_A_CROP = re.compile("^[，,；;][^，,、和及与；;其0-9]{2,8}$")
OUTPUT = re.compile("(?:总产量?|产量)(?:为|达到?|约)?$")
ANY_OUTPUT = re.compile("(?:产|收获|收)[^，,。；;0-9亩]{0,6}$")
# By tens, by 斤 for 公斤, by both
SLIPS = tuple(Decimal(n).scaleb(e) for n in (1, 2, 5) for e in range(-4, 5))
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
    "人均|亩(?:均|产)|单产|平均|[期场次批村班户]均|每(?:亩|[期场次批村组班户处站支]平均)",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every yield with its area, every number of people a course, every cost of a visitor."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        before: Segment | None = None
        for segment in segments(passage):
            yields = tuple(_yields(segment)) or _by_another_unit(before, segment)
            before = segment
            for outcome in (*_received(subject, segment), *yields, *_heads(segment)):
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
    """An area, what an mu of it yields and the total yield, side by side in whatever order."""
    amounts = segment.amounts
    areas = [a for a in amounts if a.figure.unit == "亩"]
    for number in range(len(amounts) - 2):
        three = amounts[number : number + 3]
        of = [a for a in three[:2] if a.figure.unit == "亩"]  # not 其中示范片500亩, behind them
        eaches = [a for a in three if YIELD.search(a.words)]
        totals = [a for a in three if a not in eaches and OUTPUT.search(a.words)]
        if not len(of) == len(eaches) == len(totals) == 1 or not all(a.exact for a in three):
            continue
        [area], [each], [total] = of, eaches, totals
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


def _by_another_unit(before: Segment | None, segment: Segment) -> Iterator[Outcome]:
    """粮食面积1.52万亩，其中…；总产量68400吨，每亩450公斤: a yield beside its output, and the area before them.

    Of several areas any may be meant: one that misses by tens, or by 公斤 for 斤, where none fits.
    """
    areas = [a for a in (before.amounts if before else ()) if a.figure.unit == "亩"]
    areas += [a for a in segment.amounts if a.figure.unit == "亩"]
    for one, other in pairwise(segment.amounts):
        each, total = (one, other) if YIELD.search(one.words) else (other, one)
        if not (YIELD.search(each.words) and ANY_OUTPUT.search(total.words)):
            continue
        factor = each.figure.factor_to(total.figure.unit)
        exact = all(a.exact for a in (one, other, *areas))
        if factor is None or each.figure.kind != "mass" or not exact:
            continue
        span = total.figure.written_interval()
        made = [(area, each.figure.amount * area.figure.amount * factor) for area in areas]
        wide = [area.figure.interval().times(each.figure.amount * factor) for area in areas]
        if any(one.meets(span) for one in wide):
            yield Outcome(RULE)
            continue
        for area, amount in made:
            if any(Interval(amount * by, amount * by).meets(span) for by in SLIPS):
                formula = f"{area.said.text} × {each.said.text}"
                yield found(segment, total, amount, formula, (area, each))
                break


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
