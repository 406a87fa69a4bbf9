"""What a person reads at a terminal: the words meant, with carets below them, in any width."""

from __future__ import annotations

import pytest

from site_builder.output.text import excerpt, width

LINE = "全年支出2290.06万元，其中基本支出1486.58万元，占64.91%；项目支出803.48万元，占35.09%。"


def shown(meant: str, room: int) -> tuple[str, str]:
    """The excerpt around `meant`, and what its carets stand below."""
    text, start, count = excerpt(LINE, LINE.index(meant), len(meant), room)
    assert width(text) <= room
    return text, text[start : start + count]


def test_a_line_that_fits_is_shown_whole() -> None:
    """Nothing is cut, nothing moves."""
    assert shown("64.91%", 100) == (LINE, "64.91%")


@pytest.mark.parametrize(
    ("meant", "text"),
    [
        ("全年支出", "全年支出2290.06万元，其中基本支出1 ..."),
        ("1486.58万元", "... 中基本支出1486.58万元，占64.91%； ..."),
        ("35.09%", "... 1%；项目支出803.48万元，占35.09%。"),
    ],
)
def test_a_line_that_does_not_is_cut_around_the_words_meant(meant: str, text: str) -> None:
    """On both sides, or on the one where there is more; a Chinese character takes two cells."""
    assert shown(meant, 42) == (text, meant)


def test_words_that_are_longer_than_the_line_are_cut_too() -> None:
    """They are shown from their beginning."""
    text, meant = shown(LINE[4:], 30)
    assert text == f"... {meant} ..."
    assert LINE[4:].startswith(meant)


def test_no_room_at_all_is_no_error() -> None:
    """A terminal of a few cells."""
    assert excerpt(LINE, 4, 3, 0)[0] == "...  ..."
