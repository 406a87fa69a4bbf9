"""已办的和未办的、集中的和分散的合不拢: two opposites told behind the whole that they are all of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import judged
from site_builder.segment import NOT_SUMMED, Amount, added, alike, segments
from site_builder.sentences import Passage

# Names that are one but for these are of the two halves of something.
OPPOSITES = (
    (re.compile("^(?P<head>.{0,4}?)已(?P<tail>.{2,12})$"), "未"),
    (re.compile("^(?P<head>.{0,4}?)集中(?P<tail>.{2,6})$"), "分散"),
    (re.compile("^(?P<head>.{0,4}?)线上(?P<tail>.{2,6})$"), "线下"),
)
MAYBE = led_by(
    "已集线",
    "已[^，,。；;0-9\n]{2,14}[0-9]|集中[^，,。；;0-9\n]{2,6}[0-9]|线上[^，,。；;0-9\n]{2,6}[0-9]",
)
# What a household is moved to is called otherwise than what was done with it.
ALSO = {"安置": "搬迁", "供养": "特困"}
NAME = re.compile("[，,、；;。]?(?P<name>[^，,。；;、：:0-9（()）]{2,20})$")
ASIDE = re.compile(
    "上年|去年|较|比|增|减|均|每|约|计划|目标|任务|另|还有|以上|以下|占|新[增纳识]|累计|历年|[0-9]月|当月|本月|其中"
)
# Three classes of road: there is no other.
ROADS = ("县道", "乡道", "村道")
OF_ROADS = re.compile("农村公路[^，,。；;0-9]{0,10}$")
ROAD = re.compile("县道[^，,。；;0-9\n]{0,6}[0-9]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every two opposites side by side; every length of county, township and village roads."""
    for passage in subject.told.holding(MAYBE):
        if len(passage.figures) > 2:  # quick
            yield from _of_passage(passage)
    for passage in subject.told.holding(ROAD):
        if len(passage.figures) > len(ROADS):  # quick
            yield from _roads(passage)


def _of_passage(passage: Passage) -> Iterator[Outcome]:
    """监测对象112户331人。已消除风险的104户303人，未消除风险的10户28人."""
    groups = _groups(passage)
    for number, (one, other) in enumerate(pairwise(groups)):
        tail = _halves(one[0], other[0])
        for whole in reversed(groups[:number]) if tail else ():
            if _same_kinds(whole, one) and _same_kinds(one, other):
                yield from _judged(passage, whole, one, other, tail)
                break


def _groups(passage: Passage) -> list[list[Amount]]:
    """The amounts of a passage; those with nothing between (104户303人) go together."""
    groups: list[list[Amount]] = []
    for amount in (a for segment in segments(passage) for a in segment.amounts):
        if groups and groups[-1][-1].said.end == amount.said.start:
            groups[-1].append(amount)
        else:
            groups.append([amount])
    return groups


def _halves(one: Amount, other: Amount) -> str:
    """What both are called by, where the names are one but for two opposites; else nothing."""
    names = NAME.search(one.words), NAME.search(other.words)
    if names[0] is None or names[1] is None:
        return ""
    for pattern, opposite in OPPOSITES:
        match = pattern.match(names[0]["name"])
        if match is not None and names[1]["name"] == f"{match['head']}{opposite}{match['tail']}":
            return match["tail"]
    return ""


def _same_kinds(one: Sequence[Amount], other: Sequence[Amount]) -> bool:
    return len(one) == len(other) and all(
        alike(a.figure, b.figure) and a.exact and b.exact and a.figure.unit not in NOT_SUMMED
        for a, b in zip(one, other, strict=True)
    )


def _judged(
    passage: Passage,
    whole: Sequence[Amount],
    one: Sequence[Amount],
    other: Sequence[Amount],
    tail: str,
) -> Iterator[Outcome]:
    """By each amount; of two where one adds up the other must, of one where the names agree."""
    said_of = whole[0].words[-16:]
    if ASIDE.search(said_of):
        return
    columns = list(zip(whole, one, other, strict=True))
    makes = [added((a, b), w.figure.unit)[0] == w.figure.amount for w, a, b in columns]
    named = tail[-2:] in said_of or ALSO.get(tail, tail) in said_of
    if not (named or any(makes)):
        return
    for all_, *parts in columns:
        yield from judged(passage, all_, parts)


def _roads(passage: Passage) -> Iterator[Outcome]:
    """农村公路427.8公里，县道85.4公里、乡道125.6公里、村道216.8公里."""
    amounts = [a for segment in segments(passage) for a in segment.amounts]
    for number in range(1, len(amounts) - 2):
        whole, *parts = amounts[number - 1 : number + 3]
        if not all(name in p.words for name, p in zip(ROADS, parts, strict=True)):
            continue
        told = (whole, *parts)
        if OF_ROADS.search(whole.words) and all(
            a.exact and alike(a.figure, whole.figure) and not ASIDE.search(a.words[-10:])
            for a in told
        ):
            yield from judged(passage, whole, parts)
