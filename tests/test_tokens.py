"""What counts as the same text or number; [ ] show where a number begins and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.tokens import (
    BREAK,
    CLOSE,
    MARKS,
    OPEN,
    fold,
    folded,
    has,
    marks,
    number_term,
    parse,
    required_terms,
    shifted,
    terms,
    traditional,
)

# The browser is held to these as well, in test_search_browser.py.
FOLDED = [
    ("“三公”经费", "三公经费"),
    ("「三公」 经 费\n", "三公经费"),
    ("因公出国（境）", "因公出国(境)"),
    ("ＰＤＦ和Excel", "pdf和excel"),
    ("國務院預算績效", "国务院预算绩效"),
    ("2,866.890万元", "[2866.89]万元"),
    ("２８６６．８９　万元", "[2866.89]万元"),
    ("25.00与25", "[25]与[25]"),
    ("0.50", "[0.5]"),
    ("2022.6.24", "[2022].[6].[24]"),
    ("2022，123人", "[2022],[123]人"),
    ("5,8.5", "[5],[8.5]"),
    ("1,234,56", "[1],[234],[56]"),
    ("24.75 25", "[24.75][25]"),
    ("“24”75", "[24][75]"),
    ("12.", "[12]."),
    (".5", ".[5]"),
    ("95％", "[95]%"),
    ("120㎡", "[120]m²"),
    ("①项目", "①项目"),
    ("１-２—３", "[1]-[2]-[3]"),
    ("﻿统\u200b一", "统一"),
    ("𠮷𠮷1", "𠮷𠮷[1]"),
    ("İstanbul ﬁne", "i̇stanbulfine"),
    ("", ""),
    (" “” ", ""),
    (f"合计{BREAK}25{BREAK}{BREAK}元", "合计\n[25]\n\n元"),
    (f"24.750{MARKS['万元']}{BREAK}", f"[24.75]{MARKS['万元']}\n"),
]


def shown(text: str) -> str:
    return text.replace(OPEN, "[").replace(CLOSE, "]")


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_folding(text: str, expected: str) -> None:
    assert shown(folded(text)) == expected


@given(st.text("“三公” 経經费,，.．0123０１𠮷aＡ﻿\n①㎡%\x7f\x80", max_size=40))
def test_folding_with_offsets_gives_the_same_text(text: str) -> None:
    result = fold(text)
    assert result.text == folded(text)
    assert len(result.starts) == len(result.ends) == len(result.text)
    assert result.starts == sorted(result.starts)
    for start, end in zip(result.starts, result.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(st.text("“三公 ,.01元\x7f\x82", max_size=30))
def test_every_fragment_needs_only_terms_that_the_text_has(text: str) -> None:
    whole = folded(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            for forms in parse(text[start:end]).terms:
                for form in forms:
                    if form in whole:
                        assert set(required_terms(form)) <= terms(whole)


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("支出1141.43万元", "41.4", False),
        ("支出1141.43万元", "1141.43", True),
        ("支出1,141.430万元", "支出1141.43万", True),
        ("合计2866.89万元", "28668900", True),
        ("合计2866.89万元", "28668900元", True),
        ("合计0.286689亿元", "2866.89万元", True),
        ("合计28,668,900元", "2866.89万元", True),
        ("合计28668900元", "0.286689亿", True),
        ("面积1.84万亩", "18400", True),
        (f"三公经费{BREAK}10.7\x82{BREAK}9.5\x82", "10.7万元", True),  # the caption says 万元
        (f"三公经费{BREAK}10.7\x82{BREAK}9.5\x82", "107000元", True),
        (f"三公经费{BREAK}10.7\x82{BREAK}9.5\x82", "107000", True),
        (f"三公经费{BREAK}10.7\x82{BREAK}9.5\x82", "10.7元", False),
        (f"三公经费{BREAK}107000\x80", "10.7万", True),
        (f"人数{BREAK}10.7{BREAK}9.5", "10.7万元", False),
        (f"三公{BREAK}经费", "三公经费", False),  # two cells are no phrase
        ("接待10.7%", "10.7万元", False),
        ("植树10.7亩", "10.7万元", False),
        ("植树10.7亩", "10.7", True),
        ("24.75 25 24.75", "25.00", True),
        ("2022年", "2", False),
        ("2022年", "2022年", True),
    ],
)
def test_numbers_are_found_whole_in_every_form(text: str, query: str, found: bool) -> None:
    assert has(folded(text), parse(query).whole) is found


@pytest.mark.parametrize(
    ("number", "power", "expected"),
    [
        ("2866.89", 4, "28668900"),
        ("28668900", -4, "2866.89"),
        ("0.27", 4, "2700"),
        ("2700", -4, "0.27"),
        ("100", -8, "0.000001"),
        ("0.5", 1, "5"),
        ("0", 4, "0"),
    ],
)
def test_the_point_moves(number: str, power: int, expected: str) -> None:
    result = shifted(number, power)
    assert (result.rstrip("0") if "." in result else result) == expected


def test_all_forms_of_a_number_sort_together() -> None:
    assert [number_term(n) for n in ("28668900", "2866.89", "0.286689", "0")] == [
        "286689/28668900",
        "286689/2866.89",
        "286689/0.286689",
        "0/0",
    ]


def test_terms_are_overlapping_pairs_the_last_character_and_numbers() -> None:
    assert terms(folded("三公经费10.7万元")) == {
        "三公", "公经", "经费", "费", "107/10.7", "107/10.7万", "万元", "元",
    }  # fmt: skip


def test_a_query_is_one_phrase_or_its_terms() -> None:
    query = parse("三公 经费  三公")
    assert query.whole == ("三公经费三公",)
    assert query.terms == (("三公",), ("经费",))
    assert parse(" “” ").terms == ()


def test_marks_stand_in_the_original() -> None:
    text = "严控“三公”经费，共１０.７０ 万元；三公经费"
    query = parse("三公经费 10.7万元")
    assert [text[a:b] for a, b in marks(text, query)] == ["三公”经费", "１０.７０ 万元", "三公经费"]


def test_traditional_characters_lead_to_simplified_ones_in_one_step() -> None:
    table = traditional()
    assert len(table) > 500
    assert not set(table.values()) & table.keys()
    assert all(len(a) == len(b) == 1 for a, b in table.items())
