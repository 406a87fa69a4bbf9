"""A stretch of a passage between full stops: its figures in order, each with the words before it.

Arithmetic told in a sentence (其中, 占比, 增长, 人均) is judged within one such stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import KIND, Figure, Interval
from site_builder.figures_in_text import Said
from site_builder.sentences import BLANKS, Passage

STOP = re.compile("[。；;！!？?]")
# 下降43.78% ,较 年初预算数: blanks that a web page or a word processor left say nothing.
WITHOUT_BLANKS = str.maketrans(dict.fromkeys(BLANKS))
OF_WHICH = re.compile("其中[:：,，]?")
# Units of what is never the sum of its parts.
NOT_SUMMED = frozenset(("%", "‰", "岁", "周岁", "度", "天", "年", "个月", "小时", "分钟"))
# Classes that may overlap (女党员、35岁以下党员): their sum may well be more than the whole.
OVERLAP = re.compile(
    "(?<!子)女|男女|岁|族|学历|大专|本科|高中|党员|干部|残疾|低保|以上|以下|兼|流动|应届|返乡|退役"
)
PERSONS = frozenset(("人", "名", "位"))
# Words that make a figure a bound: what it bounds may be anything beyond it.
_BOUNDS = "不低于 不少于 不小于 不超过 不高于 不大于 低于 小于 少于 高于 大于 多于 至少 最多 ≥ ≧ ≤ ≦ ＞ ＜ > <"
BOUNDS = frozenset(_BOUNDS.split())
LOOSE = frozenset(("以上", "以下", "以内", "左右", "上下"))


class Amount(NamedTuple):
    """One figure of a stretch; `words`, without blanks, stand between it and the figure before (or the start)."""

    said: Said
    figure: Figure
    words: str

    @property
    def exact(self) -> bool:
        """Is it printed without a word that makes it approximate?"""
        return not (self.said.sign or self.figure.about or self.said.upto)

    @property
    def bound(self) -> bool:
        """Is it the edge of a range (10万元以上, 不低于50户), and no amount?"""
        return bool(self.said.sign in BOUNDS or self.said.about in LOOSE or self.said.upto)


class Segment(NamedTuple):
    """`text` of a passage from `start` to `end`, and its amounts in order."""

    passage: Passage
    start: int
    end: int
    amounts: tuple[Amount, ...]

    @property
    def text(self) -> str:
        """The words of the stretch."""
        return self.passage.text[self.start : self.end]


def segments(passage: Passage, *holding: str) -> Iterable[Segment]:
    """The stretches of a passage that hold figures, and one of the words `holding` if any are given."""
    made: tuple[Segment, ...] | None = passage.segments
    if made is None:  # quick
        made = passage.segments = tuple(_segments(passage))
    if not holding:
        return made
    return [one for one in made if any(map(one.text.__contains__, holding))]


def _segments(passage: Passage) -> Iterator[Segment]:
    text, figures = passage.text, passage.figures
    start = number = 0
    blank = not BLANKS.isdisjoint(text)
    while number < len(figures):
        mark = STOP.search(text, start)
        end = mark.start() if mark else len(text)
        amounts = []
        last = start
        while number < len(figures) and figures[number].start < end:
            said = figures[number]
            number += 1
            figure = said.figure
            if figure is not None:
                words = text[last : said.start]
                if blank:  # quick
                    words = words.translate(WITHOUT_BLANKS)
                amounts.append(Amount(said, figure, words))
                last = said.end
        if amounts:
            yield Segment(passage, start, end, tuple(amounts))
        if mark is None:
            return
        start = mark.end()


def alike(one: Figure, other: Figure) -> bool:
    """Do two figures count or measure the same kind of thing, so that they can be compared?"""
    if one.unit == other.unit:
        return True
    if one.unit in PERSONS and other.unit in PERSONS:
        return True
    mine, theirs = KIND.get(one.unit), KIND.get(other.unit)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return False
    return mine[0] not in ("people", "batches")


def agree_rounded(whole: Figure, parts: Iterable[Amount]) -> bool:
    """总人口3.2万人，其中男16512人，女15712人: do counts agree but for the digits that 万 leaves out of some?

    Told to the same digit they are counted exactly, as counts are.
    """
    figures = [part.figure for part in parts]
    exponents = {figure.exponent for figure in (whole, *figures)}
    if whole.measured or len(exponents) == 1:
        return False
    spans = [figure.rounded_interval() for figure in figures]
    made = Interval(
        sum((one.low for one in spans), Decimal(0)), sum((one.high for one in spans), Decimal(0))
    )
    return made.meets(whole.rounded_interval())


def added(amounts: Iterable[Amount], unit: str) -> tuple[Decimal, Interval]:
    """The sum, in `unit`, of amounts that are `alike`, and what it can stand for."""
    total = low = high = Decimal(0)
    for figure in (amount.figure for amount in amounts):
        factor = figure.factor_to(unit) or Decimal(1)  # 名 and 人 are persons alike
        least, most = figure.interval()
        total += figure.amount * factor
        low, high = low + least * factor, high + most * factor
    return total, Interval(low, high)
