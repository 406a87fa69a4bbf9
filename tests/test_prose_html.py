"""Narratives as HTML: the short way for plain paragraphs gives what Markdown gives."""

from __future__ import annotations

import pytest
from built import library
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.prose import Section
from site_builder.prose_html import converter, plain_html, section_html

MADE = converter()
PLAIN = [
    "一段话。",
    "一段话，\n又一行。\n\n第二段，[24.75万元](#%E4%B8%89%E5%85%AC.x)，完。",
    "（一）1.5倍；100%；a-b；“引号”",
    "**一是**抓项目，**二是**抓[支出](#支出合计.决算)。",
    "如下：\n\n1. 甲，**乙**\n2. 丙[3](#x)\n\n又：\n\n- 丁\n- 戊",
    "",
]
MARKED = [
    "*重*",
    "** 重**",
    "***重***",
    "2. 从二起",
    "- 甲\n\n- 乙",
    "1. 甲\n- 乙",
    "一段\n- 不是一项",
    "- 甲\n  续行",
    "**[3](#x)** 万元 **",
    "a & b",
    "<b>",
    "# 题",
    "    缩进",
    "[外](https://example.org/)",
    "题\n===",
]


@pytest.mark.parametrize("words", PLAIN)
def test_plain_paragraphs_are_as_markdown_makes_them(words: str) -> None:
    """Byte by byte."""
    assert plain_html(words) == converter().convert(words)


@pytest.mark.parametrize("words", MARKED)
def test_anything_else_is_left_to_markdown(words: str) -> None:
    """Lists, emphasis, entities, HTML, headings, code, links that leave."""
    assert plain_html(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "1.第一\n2.第二",
        "（1）第一\n（2）第二",
        "• 甲\n• 乙",
        "- 一\n-二",
        "1、甲\n2、乙",
        "①甲\n②乙",
    ],
)
def test_lines_that_are_items_to_their_author_stay_lines(words: str) -> None:
    """Markdown knows them for words of one paragraph, and would put them on one line."""
    html = section_html(Section("一", 2, "一", words, 1), {}, {}, converter())
    assert html.replace("<br>", "\n").count("\n") >= words.count("\n")
    assert "<br>" in html or html.count("<li>") > 1


@pytest.mark.parametrize(
    "words", ["第一行\n第二行", "2.5万元\n3.5万元", "甲\n-\n乙", "收入\n1.5万元"]
)
def test_other_lines_of_a_paragraph_run_on(words: str) -> None:
    """As Markdown has it."""
    assert "<br>" not in section_html(Section("一", 2, "一", words, 1), {}, {}, converter())


def test_every_section_of_the_reports_is_the_same_both_ways() -> None:
    """And most of them go the short way."""
    made = converter()
    short = 0
    sections = [s for d in library().disclosures for s in d.narrative.sections]
    for section in sections:
        html = plain_html(section.markdown)
        short += html is not None
        assert html in (None, made.reset().convert(section.markdown)), section.title
    assert short * 10 > len(sections) * 9, f"{short} of {len(sections)}"


PIECES = [
    "甲",
    "1. ",
    "2. ",
    "- ",
    "**",
    "\n",
    "\n\n",
    " ",
    "乙1.5",
    "[3](#a.乙)",
    "：",
    "=",
    "*",
    "10) ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=400, deadline=None)
def test_the_short_way_never_differs(words: str) -> None:
    """Whatever signs come together: the same HTML, or left to Markdown."""
    assert plain_html(words) in (None, MADE.reset().convert(words))
