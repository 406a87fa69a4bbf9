"""Narratives as HTML: the short way for plain paragraphs gives what Markdown gives."""

from __future__ import annotations

import pytest
from built import library

from site_builder.prose_html import converter, plain_html

PLAIN = [
    "一段话。",
    "一段话，\n又一行。\n\n第二段，[24.75万元](#%E4%B8%89%E5%85%AC.x)，完。",
    "（一）1.5倍；100%；a-b；“引号”",
    "",
]
MARKED = [
    "*重*",
    "- 一项",
    "1. 一项",
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


def test_every_section_of_the_reports_is_the_same_both_ways() -> None:
    """And most of them go the short way."""
    made = converter()
    short = 0
    sections = [s for d in library().disclosures for s in d.narrative.sections]
    for section in sections:
        html = plain_html(section.markdown)
        short += html is not None
        assert html in (None, made.reset().convert(section.markdown)), section.title
    assert short * 3 > len(sections), f"{short} of {len(sections)}"
