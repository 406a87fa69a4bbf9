"""What search knows of a page is what a browser shows of it, and every query finds just that."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from built import built_once, library, served, site_entries
from playwright.sync_api import Browser
from test_site_browser import KINDS

from site_builder.page import Page
from site_builder.place import Place
from site_builder.report_body import place_html
from site_builder.search.hits import Entry
from site_builder.search.page_text import entries_of
from site_builder.tokens import BREAK, END_OF_CELL, END_OF_ROW, LABEL, MARKS

WORDS = (Path(__file__).parent / "page_words.js").read_text("utf-8")
UNSEEN = re.compile(f"[{LABEL}{END_OF_CELL}{END_OF_ROW}{''.join(MARKS.values())}]")


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


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The five reports' site on a web server."""
    with served(built_once() / "site") as address:
        yield address


def by_page() -> dict[str, tuple[Entry, ...]]:
    """What search knows, by page."""
    return {page: tuple(some) for page, some in groupby(site_entries(), key=lambda e: e.page)}


@pytest.fixture(scope="module")
def shown(chromium: Browser, site: str) -> dict[str, list[str]]:
    """The phrases of every page, as a browser shows them."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    found = {}
    for path in by_page():
        tab.goto(site + path)
        seen = tab.evaluate(WORDS)
        found[path] = [words for phrase in seen["phrases"] if (words := bare(phrase))]
        assert "".join(found[path]) == bare(seen["innerText"]), path
    tab.close()
    return found


@pytest.mark.browser
def test_search_knows_what_a_browser_shows(shown: dict[str, list[str]]) -> None:
    """On every page the same phrases, no more and no fewer."""
    differs = {}
    for path, found in by_page().items():
        known, seen = Counter(phrases(found)), Counter(shown[path])
        if known != seen:
            differs[path] = (known - seen, seen - known)
    assert differs == {}  # words laid out as a block of their own belong into page_text.BLOCK


# Queries that say something in another way than the pages do, and how the pages say it.
SAID = {
    "三公经费": "三公经费",
    "「三公」經費": "三公经费",
    "預算績效": "预算绩效",
    "ＧＩＴ": "git",
    "２８６６．８９": "2866.89",
    "2,866.890": "2866.89",
    "28668900": "2866.89",
    "28668900元": "2866.89",
    "0.286689亿元": "2866.89",
    "1532.11": "1532.11",
    "15321100": "1532.11",
    "未填报": "未填报",
    "荒": "荒",
    "没有这个词": "没有这个词",
    "41.4": "41.4",
}


# Terms that must all stand on a page (or in what it is about), or all of it as one phrase.
TERMS = ["三公 经费", "双季稻 公务接待费", "归义镇 空心房", "鸬鹚渡镇 双季稻 2022年", "双季稻 没有这个词",
         "荒 稻", "2020年 2866.89", "常宁市 三公经费", "合计 分项"]  # fmt: skip


def plain(text: str) -> str:
    """Text as a careful reader compares it: no spaces or quotation marks, numbers by their value."""
    text = unicodedata.normalize("NFKC", re.sub(r"[\s“”‘’\"'「」]", "", text)).lower()
    number = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?"
    return re.sub(number, lambda m: f"<{shortest(m[0].replace(',', ''))}>", text)


def shortest(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def samples(shown: dict[str, list[str]]) -> list[str]:
    """Pieces of what stands on pages of every kind, as someone might copy them."""
    chance = random.Random(4)
    found = []
    for path in KINDS.values():
        said = shown[path.partition("?")[0]]
        long = [p for p in said if len(re.findall("[一-鿿]", p)) > 5] or said
        for _ in range(6):
            phrase = chance.choice(long)
            start = chance.randrange(max(1, len(phrase) - 8))
            found.append(phrase[start : start + chance.randint(2, 9)])
        numbers = [n for p in said for n in re.findall(r"(?<![0-9.,])[0-9]+\.[0-9]+(?![0-9.,])", p)]
        found += chance.sample(sorted(set(numbers)), min(2, len(set(numbers))))
    # A piece that begins or ends in a number would cut it; what is left of it is asked for.
    cut = (
        re.sub(r"^[0-9.,]+|[0-9.,]+$", "", q) if not re.fullmatch(r"[0-9.]+", q) else q
        for q in found
    )
    return [query for query in dict.fromkeys(cut) if len(query) > 1]


@pytest.mark.browser
def test_every_query_finds_the_pages_that_say_it_and_no_others(
    chromium: Browser, site: str, shown: dict[str, list[str]]
) -> None:
    """Recall and precision 1.0 against reading every page, for a hundred queries and more."""
    queries = {**dict.fromkeys(SAID), **dict.fromkeys(samples(shown))}
    assert len(queries) >= 100
    readable = {path: [plain(phrase) for phrase in said] for path, said in shown.items()}
    tab = chromium.new_page()
    tab.goto(f"{site}search/index.html")
    tab.wait_for_selector("#search-app form")
    for query in queries:
        wanted = plain(SAID.get(query, query))
        truth = {path for path, said in readable.items() if any(wanted in p for p in said)}
        assert set(tab.evaluate(EVERY_PAGE, query)) == truth, query
    for query in ("247500元", "247500", "24.75 万元"):  # in a table too, whose head says 万元
        found = set(tab.evaluate(EVERY_PAGE, query))
        assert "miluo/guiyi/2022/index.html" in found
        assert all(any(plain("24.75") in phrase for phrase in readable[path]) for path in found)
    for query in TERMS:
        whole, terms = plain(query), [plain(term) for term in query.split()]
        truth = set()
        for path, (page, *_) in by_page().items():
            said = readable[path]
            about = [plain(page.county), plain(page.town), plain(f"{page.year}年")]
            here = [any(term in phrase for phrase in said) for term in terms]
            there = [any(term in name for name in about) for term in terms]
            every = any(here) and all(a or b for a, b in zip(here, there, strict=True))
            if every or any(whole in phrase for phrase in said):
                truth.add(path)
        assert set(tab.evaluate(EVERY_PAGE, query)) == truth, query
    tab.close()


# The pages of all hits for a query, by the search page's own scripts.
EVERY_PAGE = """async text => {
  const query = siteTokens.parse(text), manifest = await siteSearch.load("index"), pages = new Set();
  for (const part of manifest.parts) {
    const {list} = await siteSearch.candidates(part, query, () => true);
    for (const entry of await siteSearch.verify(list, query, new Set())) pages.add(entry.url);
  }
  return Array.from(pages);
}"""


def test_a_page_is_cut_at_its_headings() -> None:
    """The page first; then by kind each heading with an id and what follows it."""
    html = (
        "<h1>报告</h1><p>开头</p><section><h2 id='a'>无类</h2></section>"
        '<section data-kind="narrative"><h2 id="s1">一、概况</h2><p>双季稻&amp;油菜</p>'
        '<h3 id="s1-1">（一）人员<sup><a class="fm" href="#finding-1">1</a></sup></h3>'
        "<ul><li>甲</li><li>乙<br>丙</li></ul></section>"
    )
    assert entries(html.replace("'", '"')) == [
        ("", "page", "", "开头"),
        ("s1", "narrative", "一、概况", "双季稻&油菜"),
        ("s1-1", "narrative", "（一）人员", "甲|乙丙"),
        ("a", "page", "无类", ""),
    ]


def test_paths_of_files_are_shown_and_not_searched() -> None:
    """A town's folder stands in the path of each of its files. What hides them is a mark in the HTML, the
    same for search, for what marks the words on a page, and for what these tests take for the truth."""
    disclosure = next(iter(library().disclosures))
    own = Place(disclosure.report.file, 7, 3)
    assert place_html(own, disclosure) == "数据文件第7行"
    path = place_html(Place("data/counties/miluo.yaml", 7, 3), disclosure)
    assert path == "<span data-unsearched>data/counties/miluo.yaml:7:3</span>"
    html = f"<h1>报告</h1><dl><dt>出处</dt><dd>{path}</dd></dl><p>见<b>{path}</b>，写进 data/profiles/</p>"
    assert entries(html) == [("", "page", "", "出处|见，写进 data/profiles/")]
    report = next(page for page in by_page() if page.endswith("guiyi/2022/index.html"))
    shown = (built_once() / "site" / report).read_text("utf-8")
    assert "content/reports/miluo/guiyi/2022.md" in shown
    assert not [entry.url for entry in site_entries() if "reports/miluo" in entry.text]
