"""占比用错了数: a share of one named thing in another, both told by these names in sentences before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.figure_names import figure_name
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.told_quotients import RULE, fits, judged
from site_builder.rules.wholes_by_name import of_named
from site_builder.segment import Amount, Segment, alike, segments

# 公务接待费占“三公”经费的54.62%
SHARE = re.compile(
    "(?:^|[，,：:])(?:其中)?(?P<part>[一-鿿（）“”]{2,16}?)占(?P<whole>[^，,。；;：:0-9占]{2,14}?)的?(?:比例|比重)?(?:为|达到?|是)*$"
)
MAYBE = led_by("占", "占(?<=[一-鿿）]占)[^，,。；;0-9占\n]{2,18}[0-9.]+[%％]")
QUOTES = re.compile("[“”]")
# 全区财政支出完成
TRAIL = re.compile("(?:资金|金额|数额|总额|总数|合计|决算|完成|实现|达到?|共|为|是|有)+$")
LEAD = re.compile("^(?:[全我][区市县州旗]|累计|实际|完成|实现)+")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every share of a thing that the paragraph has told."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "占"):
            for percent in segment.amounts:
                named = SHARE.search(percent.words)
                if named is None or percent.figure.unit != "%" or not percent.exact:
                    continue
                outcome = _of(subject, segment, percent, named["part"], named["whole"])
                if outcome is not None:
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的占比", "no share to work out"))


def _of(
    subject: Subject, segment: Segment, percent: Amount, part: str, whole: str
) -> Outcome | None:
    """The one amount that bears the name of the part, of the one that bears the name of the whole."""
    told = [
        a
        for one in segments(segment.passage)
        for a in one.amounts
        if a.said.end <= percent.said.start and a.exact
    ]
    parts = _called(segment, told, part)
    if len({a.figure.amount for a in parts}) != 1:
        return None
    like = [a for a in told if alike(a.figure, parts[0].figure)]
    if any(fits(percent.figure, parts[0].figure, a.figure) for a in like):
        return Outcome(RULE)
    wholes = _called(segment, like, whole)
    if len({a.figure.amount for a in wholes}) == 1:
        return judged(segment, percent, parts[0], wholes[0].figure, whole)
    return of_named(subject, segment, percent, parts[0], whole)


def _called(segment: Segment, told: list[Amount], name: str) -> list[Amount]:
    name = _plain(name)
    return [a for a in told if _plain(figure_name(segment.passage, a.said)) == name]


def _plain(name: str) -> str:
    return LEAD.sub("", TRAIL.sub("", QUOTES.sub("", name)))
