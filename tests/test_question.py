"""What a person asks on the command line: words, fields, ranges, and what is said of mistakes."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from site_builder.search.question import Question, QuestionError, Range, read_question

UNITS = {"三公经费": "万元", "支出合计": "万元", "在职人数": "人", "因公出国（境）费": "万元"}
D = Decimal


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("三公经费 接待", Question("三公经费 接待")),
        ("三公经费:[20 TO 30]", Question(amounts=(("三公经费", Range(D(200000), D(300000))),))),
        ("三公经费：>=20 接待", Question("接待", amounts=(("三公经费", Range(D(200000), None)),))),
        ("支出合计:>1000", Question(amounts=(("支出合计", Range(D(10000000), None, False)),))),
        (
            "支出合计:{1000 TO ]",
            Question(amounts=(("支出合计", Range(D(10000000), None, False)),)),
        ),
        ("三公经费:247,500元", Question(amounts=(("三公经费", Range(D(247500), D(247500))),))),
        ("三公经费:24.75", Question(amounts=(("三公经费", Range(D(247500), D(247500))),))),
        ("在职人数:<50人", Question(amounts=(("在职人数", Range(None, D(50), True, False)),))),
        ("因公出国(境)费:>0", Question(amounts=(("因公出国（境）费", Range(D(0), None, False)),))),
        (
            "year:2022 town:归义镇",
            Question(town="归义镇", years=(Range(D(2022), D(2022)),)),
        ),
        ("年:[2020 TO 2022]", Question(years=(Range(D(2020), D(2022)),))),
        ("kind:表格 县:桃江县", Question(kind="table", county="桃江县")),
        ("项目支出：1532.11万元", Question("项目支出：1532.11万元")),  # a sentence, not a field
        ("三公经费：24.75", Question("三公经费：24.75")),
        ('"注:见表"', Question('"注:见表"')),
        ('{单位: "%", 比', Question('{单位: "%", 比')),  # a comma right behind belongs to it
        ("9:30", Question("9:30")),
        ("单位：", Question("单位：")),
        ("“三公”经费", Question("“三公”经费")),
        ("", Question()),
    ],
)
def test_what_is_asked(text: str, asked: Question) -> None:
    assert read_question(text, UNITS) == asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("三公费:>1", "是不是“三公经费”"),
        ("三公经费:", "后面没有写值"),
        ("三公经费:[20 30]", "三公经费:[20 TO 30]"),
        ("三公经费:[30 TO 20]", "前一个数比后一个大"),
        ("三公经费:很多", "要写一个数，单位用万元"),
        ("三公经费:20人", "要写一个数，单位用万元"),
        ("在职人数:20万元", "要写一个数，单位用人"),
        ("year:[2020", "看不懂范围"),
        ("kind:表", "表格（table）"),
    ],
)
def test_a_mistake_is_told_in_plain_words(text: str, said: str) -> None:
    with pytest.raises(QuestionError) as error:
        read_question(text, UNITS)
    assert said in str(error.value)
    assert re.search("[a-z]{4}", error.value.said("en"))
