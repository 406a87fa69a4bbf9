"""What search knows of a page is what a browser shows of it, section by section."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from built import built, checked, library, served
from playwright.sync_api import Browser
from test_site_browser import KINDS

from site_builder.page import Page
from site_builder.page_text import entries_of
from site_builder.pages import all_pages
from site_builder.search import Entry
from site_builder.tokens import BREAK, LABEL, MARKS

WORDS = (Path(__file__).parent / "page_words.js").read_text("utf-8")
UNSEEN = re.compile(f"[{LABEL}{''.join(MARKS.values())}]")


def bare(text: str) -> str:
    return re.sub(r"\s+", "", UNSEEN.sub("", text))


def phrases(entries: tuple[Entry, ...]) -> list[str]:
    """Every phrase that search knows of a page, white space dropped."""
    said = [entry.heading or entry.title for entry in entries]
    said += [phrase for entry in entries for phrase in entry.text.split(BREAK)]
    return [words for phrase in said if (words := bare(phrase))]


def entries(html: str) -> list[tuple[str, str, str, str]]:
    page = Page("p/index.html", "页", html, county="示例县", town="示例镇", year=2022)
    return [
        (e.url.partition("#")[2], e.kind, e.heading, e.text.replace(BREAK, "|"))
        for e in entries_of(page)
    ]


@pytest.mark.browser
def test_search_knows_what_a_browser_shows(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On one page of each kind: the same phrases, and together the browser's own innerText."""
    root, _ = built(tmp_path_factory.mktemp("words") / "project")
    pages = {page.path: page for page, _ in all_pages(library(), checked(), False)}
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    with served(root / "site") as address:
        for kind, path in KINDS.items():
            path = path.partition("?")[0]
            tab.goto(address + path)
            seen = tab.evaluate(WORDS)
            shown = [words for phrase in seen["phrases"] if (words := bare(phrase))]
            assert "".join(shown) == bare(seen["innerText"]), kind
            known = phrases(entries_of(pages[path]))
            assert Counter(known) == Counter(shown), kind
    tab.close()


def test_a_page_is_cut_at_its_headings() -> None:
    """The page first; then each heading with an id and what follows it."""
    html = (
        "<h1>报告</h1><p>开头</p><section data-kind='x'><h2 id='a'>无类</h2></section>"
        '<section data-kind="narrative"><h2 id="s1">一、概况</h2><p>双季稻&amp;油菜</p>'
        '<h3 id="s1-1">（一）人员<sup><a class="fm" href="#finding-1">1</a></sup></h3>'
        "<ul><li>甲</li><li>乙<br>丙</li></ul></section>"
    )
    assert entries(html.replace("'", '"')) == [
        ("", "page", "", "开头"),
        ("a", "page", "无类", ""),
        ("s1", "narrative", "一、概况", "双季稻&油菜"),
        ("s1-1", "narrative", "（一）人员", "甲|乙丙"),
    ]
