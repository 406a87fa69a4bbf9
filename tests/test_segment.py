"""Stretches of a passage: where they end, and the amounts in them with the words before each."""

from __future__ import annotations

import pytest

from site_builder.figure import Figure, measure
from site_builder.place import Place
from site_builder.segment import alike, segments
from site_builder.sentences import Passage


def amounts(text: str, *holding: str) -> list[list[str]]:
    """Each stretch as `words|figure`."""
    passage = Passage(text, Place("x.md", 1, 1))
    return [[f"{a.words}|{a.said.text}" for a in s.amounts] for s in segments(passage, *holding)]


def test_full_stops_and_semicolons_part_stretches() -> None:
    """Commas do not; a stretch without a figure is none."""
    assert amounts("耕地2.8万亩，其中水田1.9万亩；林地6.2万亩。成效明显。发放补贴12万元") == [
        ["耕地|2.8万亩", "，其中水田|1.9万亩"],
        ["林地|6.2万亩"],
        ["发放补贴|12万元"],
    ]


def test_only_stretches_that_hold_a_word() -> None:
    """What a rule does not ask for is not taken apart."""
    assert amounts("耕地2.8万亩；林地6.2万亩，其中油茶1.1万亩。", "其中") == [
        ["林地|6.2万亩", "，其中油茶|1.1万亩"]
    ]


def test_bounds_are_not_exact() -> None:
    """The edge of a range is no amount, nor is a range."""
    passage = Passage("收入5万元以上的村11个，不少于3个，约20个，新建1-2个", Place("x.md", 1, 1))
    (segment,) = segments(passage)
    assert [(a.exact, a.bound) for a in segment.amounts] == [
        (False, True),
        (True, False),
        (False, True),
        (False, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12人", "3名", True),
        ("12人", "30人次", False),
        ("2.5万元", "300元", True),
        ("2亩", "300平方米", True),
        ("2亩", "3公里", False),
        ("5个", "3个", True),
        ("5个", "3座", False),
    ],
)
def test_what_can_be_compared(one: str, other: str, same: bool) -> None:
    """Units of one kind, and persons however they are counted; visits are not persons."""
    first, second = measure(one), measure(other)
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert alike(first, second) is same
