"""The search page in a browser finds what reading everything finds, from a server and a disk."""

from __future__ import annotations

import functools
import html
import json
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from built import site_entries
from playwright.sync_api import Page, expect
from test_search import APART, ENTRIES, NEAR, ORDERED, ORDERS, QUERIES, fragments
from test_tokens import FOLDED

from site_builder.search.hits import Entry, rank, scan
from site_builder.search.near_names import attempts
from site_builder.search.shards import write_shards
from site_builder.search.snippets import excerpt
from site_builder.tokens import (
    BREAK,
    folded,
    marks,
    number_term,
    parse,
    required_terms,
    traditional,
)

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[1] / "themes" / "site" / "assets"
SHELL = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'">
<link rel="stylesheet" href="{root}assets/search.css">
<script defer src="{root}assets/tokens.js"></script>
{scripts}
<main>{body}</main></html>"""
APP = '<div id="search-app" data-shards="../assets/search/" data-root="../"></div>'


def make_site(folder: Path, entries: Sequence[Entry], **sizes: Any) -> None:
    """A page for each entry's page, the search page, the scripts and the shards."""
    shutil.copytree(ASSETS, folder / "assets")
    write_shards(entries, folder / "assets" / "search", **sizes)
    bodies: dict[str, str] = {}
    for entry in entries:
        name, _, anchor = entry.url.partition("#")
        said = f"<h1>{html.escape(entry.title)}</h1>" if name not in bodies else ""
        said += f'<h2 id="{anchor}">{html.escape(entry.heading)}</h2>' if anchor else ""
        bodies[name] = (
            bodies.get(name, "")
            + said
            + "".join(f"<p>{html.escape(phrase)}</p>" for phrase in entry.text.split(BREAK))
        )
    for name, body in {**bodies, "search/index.html": APP}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * name.count("/")
        scripts = "".join(
            f'<script defer src="{root}assets/{script}.js"></script>'
            for script in (["shards", "near", "snippets", "search"] if body is APP else ["mark"])
        )
        path.write_text(SHELL.format(title=name, root=root, scripts=scripts, body=body), "utf-8")


@pytest.fixture(scope="module")
def entries() -> Sequence[Entry]:
    return site_entries()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, entries: Sequence[Entry]) -> Path:
    """The reports of the project under a sub-path, in small files so that there are many."""
    folder = tmp_path_factory.mktemp("www") / "portal" / "budget"
    folder.mkdir(parents=True)
    make_site(folder, entries, part_entries=300, shard_bytes=9000, names=["三公经费"])
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/portal/budget/"
        httpd.shutdown()


@pytest.fixture(params=["http", "file"])
def site(request: pytest.FixtureRequest, folder: Path, server: str) -> str:
    return server if request.param == "http" else f"{folder.as_uri()}/"


def settled(page: Page) -> None:
    page.wait_for_selector("#search-app .search-status:not(:empty)", state="attached")
    page.wait_for_selector("#search-app:not([aria-busy])", state="attached")


def search(page: Page, query: str) -> list[str]:
    """The addresses of all hits, in order, after the site's root and without ?mark=."""
    page.get_by_label("找什么").fill(query)
    page.get_by_role("button", name="搜索").click()
    settled(page)
    while page.locator(".search-more").is_visible():
        page.locator(".search-more").click()
        settled(page)
    hrefs = page.eval_on_selector_all(
        ".search-results a", "links => links.map(a => a.getAttribute('href'))"
    )
    result = []
    for href in hrefs:
        path, _, rest = href.removeprefix("../").partition("?mark=")
        result.append(path + ("#" + rest.partition("#")[2] if "#" in rest else ""))
    return result


def test_the_browser_finds_what_reading_everything_finds(
    page: Page, site: str, entries: Sequence[Entry]
) -> None:
    page.goto(f"{site}search/index.html")
    settled(page)
    queries = [*QUERIES, *fragments(entries, 40)]
    assert len(queries) >= 60
    for query in queries:
        found = search(page, query)
        assert len(found) == len(set(found)), query
        assert set(found) == {entry.url for entry in scan(entries, query)}, query
        if found:
            expect(page.get_by_role("status")).to_have_text(f"找到 {len(found)} 处。")


def test_a_query_in_the_address_is_searched_and_a_hit_marked(page: Page, site: str) -> None:
    page.goto(f"{site}search/index.html?q=三公经费&year=2022&town=荫田镇")
    settled(page)
    expect(page.get_by_label("年份")).to_have_value("2022")
    places = page.locator(".search-place").all_inner_texts()
    assert places
    assert all("荫田镇 · 2022年" in place for place in places)
    expect(page.locator(".search-excerpt mark").first).to_have_text(re.compile("三公”?经费"))
    link = page.locator(".search-results a", has_text="部门绩效目标").first
    link.click()
    expect(page.locator("main mark").first).to_have_text(re.compile("三公”?经费"))
    assert "?mark=" in page.url
    assert "#" in page.url


def test_what_is_typed_goes_to_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}search/index.html")
    settled(page)
    page.get_by_label("找什么").fill("双季稻")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_label("类别").select_option("正文")
    settled(page)
    assert page.evaluate("decodeURIComponent(location.search)") == "?q=双季稻&kind=narrative"


def test_nothing_found_says_what_to_try(page: Page, server: str) -> None:
    page.goto(f"{server}search/index.html?q=袁仇公经&year=2021")
    settled(page)
    expect(page.get_by_role("status")).to_have_text("没有找到“袁仇公经”。")
    expect(page.locator(".search-advice")).to_contain_text("少写几个字")
    page.get_by_label("找什么").fill("双季稻")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="在全部县").click()
    settled(page)
    assert page.locator(".search-results > li").count() > 0
    expect(page.get_by_label("年份")).to_have_value("")


@pytest.mark.parametrize("typed", ["gyz", "guiyi", "归意镇", "归义", "归义镇镇"])
def test_names_that_may_have_been_meant_are_offered(page: Page, server: str, typed: str) -> None:
    page.goto(f"{server}search/index.html?q={typed}+三公经费&year=2022")
    settled(page)
    if typed == "归义":  # stands in the text
        assert page.locator(".search-results > li").count() > 0
        return
    page.get_by_role("link", name="归义镇 三公经费", exact=True).click()
    settled(page)
    assert page.evaluate("decodeURIComponent(location.search)") == "?q=归义镇+三公经费&year=2022"
    assert page.locator(".search-results > li").count() > 0


def test_the_way_back_leads_through_the_queries(page: Page, site: str) -> None:
    page.goto(f"{site}search/index.html?q=双季稻")
    settled(page)
    before = page.locator(".search-results").inner_text()
    search(page, "空心房")
    page.get_by_label("类别").select_option("正文")
    settled(page)
    page.go_back()
    expect(page.get_by_label("类别")).to_have_value("")
    page.go_back()
    settled(page)
    expect(page.get_by_label("找什么")).to_have_value("双季稻")
    expect(page.locator(".search-results")).to_have_text(before, use_inner_text=True)


def test_hits_are_counted_by_kind(page: Page, server: str) -> None:
    page.goto(f"{server}search/index.html?q=接待")
    settled(page)
    while page.locator(".search-more").is_visible():  # the older years too
        page.locator(".search-more").click()
        settled(page)
    page.get_by_role("list", name="结果分布").get_by_role("button", name="正文").click()
    settled(page)
    expect(page.get_by_label("类别")).to_have_value("narrative")
    places = page.locator(".search-place").all_inner_texts()
    assert places
    assert all(place.endswith("正文") for place in places)


def test_counts_by_kind_never_contradict_what_is_found(page: Page, tmp_path: Path) -> None:
    """Of many that hold every pair of characters few or none hold the words."""
    near = [
        replace(ENTRIES[1], url=f"miluo/guiyi/{n}.html#s", text="公款旅游，款旅游费")
        for n in range(12)
    ]
    true = replace(ENTRIES[4], url="about.html", text="不得公款旅游费用自理")
    table = replace(ENTRIES[2], url="miluo/guiyi/12.html#t", text="公款旅游费")
    make_site(tmp_path / "none", near)
    make_site(tmp_path / "some", [*near, table, true])
    page.goto(f"{(tmp_path / 'none').as_uri()}/search/index.html?q=公款旅游费")
    settled(page)
    expect(page.get_by_role("status")).to_have_text("没有找到“公款旅游费”。")
    expect(page.locator(".search-kinds")).to_be_hidden()
    page.goto(f"{(tmp_path / 'some').as_uri()}/search/index.html?q=公款旅游费")
    settled(page)
    while page.locator(".search-more").is_visible():
        page.locator(".search-more").click()
        settled(page)
    expect(page.get_by_role("status")).to_have_text("找到 2 处。")
    kinds = page.locator(".search-kinds button").all_inner_texts()
    assert sorted(kinds) == ["网页 1", "表格 1"]


def test_a_year_needs_no_space(page: Page, server: str) -> None:
    """Words that stand nowhere as they were typed are looked for apart, and the page says so."""
    page.goto(f"{server}search/index.html")
    settled(page)
    spaced = search(page, "三公经费 2022年")
    assert len(spaced) > 5
    assert search(page, "三公经费2022年") == spaced
    expect(page.get_by_role("status")).to_have_text(
        f"没有“三公经费2022年”，以下按“三公经费”和“2022年”查找。找到 {len(spaced)} 处。"
    )
    assert page.evaluate("decodeURIComponent(location.search)") == "?q=三公经费2022年"
    page.locator(".search-results a").first.click()
    expect(page.locator("main mark", has_text="三公").first).to_be_attached()
    page.go_back()
    settled(page)
    search(page, "没有这个词2022年")
    expect(page.get_by_role("status")).to_have_text("没有找到“没有这个词2022年”。")
    for query, _ in APART:
        others = {"三公经费": ["“三公”经费"], "2000人次": ["甲", "乙"]}
        in_page = "([q, others]) => siteNear.attempts(q, new Map(Object.entries(others)))"
        assert page.evaluate(in_page, [query, others]) == attempts(query, others), query


def test_a_year_is_not_taken_apart_where_it_stands_together_elsewhere(
    page: Page, tmp_path: Path
) -> None:
    make_site(tmp_path / "s", [*ENTRIES, replace(ENTRIES[4], text="见《三公经费2022年决算》")])
    page.goto(f"{(tmp_path / 's').as_uri()}/search/index.html?q=三公经费2022年")
    settled(page)
    expect(page.get_by_role("status")).to_have_text("找到 1 处。")
    page.get_by_label("类别").select_option("表格")
    settled(page)
    expect(page.get_by_role("status")).to_have_text("没有找到“三公经费2022年”。")


@pytest.mark.parametrize(("typed", "meant"), NEAR)
def test_one_wrong_character_is_proposed(page: Page, server: str, typed: str, meant: str) -> None:
    """As a link: nothing is found in its stead until it is followed."""
    page.goto(f"{server}search/index.html?q={typed}")
    settled(page)
    expect(page.get_by_role("status")).to_have_text(f"没有找到“{typed}”。")
    link = page.locator(".search-names").get_by_role("link", name=meant, exact=True)
    expect(link).to_be_visible()
    assert page.locator(".search-results > li").count() == 0
    assert meant.replace(" ", "+") in page.evaluate(
        "a => decodeURIComponent(a.href)", link.element_handle()
    )
    link.click()
    settled(page)
    assert page.locator(".search-results > li").count() > 0
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == meant


def test_another_name_is_looked_for_or_offered(page: Page, tmp_path: Path) -> None:
    also = {"招待费": ["公务接待费"]}
    make_site(tmp_path / "s", ENTRIES, also=also)
    page.goto(f"{(tmp_path / 's').as_uri()}/search/index.html")
    settled(page)
    assert search(page, "归义镇 招待费") == [ENTRIES[2].url]
    expect(page.get_by_role("status")).to_have_text(
        "没有“归义镇 招待费”，以下按“归义镇”和“公务接待费”查找。找到 1 处。"
    )
    expect(page.locator(".search-excerpt mark").first).to_have_text("公务接待费")
    expect(page.locator(".search-names")).to_have_count(0)
    make_site(tmp_path / "t", [*ENTRIES, replace(ENTRIES[4], text="招待费从紧。")], also=also)
    page.goto(f"{(tmp_path / 't').as_uri()}/search/index.html")
    settled(page)
    assert search(page, "招待费") == [ENTRIES[4].url]
    page.locator(".search-names").get_by_role("link", name="公务接待费", exact=True).click()
    settled(page)
    assert page.locator(".search-results a").count() == 1
    expect(page.locator(".search-excerpt mark")).to_have_text(["公务接待费"])


def test_scripts_in_a_query_or_a_text_stay_text(page: Page, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>三公\u2028</script>\\"
    make_site(tmp_path / "s", [replace(ENTRIES[0], text=evil, heading=evil)])
    page.goto(f"{(tmp_path / 's').as_uri()}/search/index.html")
    settled(page)
    search(page, "onerror=alert(1)>三公")
    assert page.locator("#search-app img").count() == 0
    expect(page.locator(".search-excerpt")).to_contain_text("<img src=x onerror=alert(1)>三公")
    assert search(page, "\\") != []


def test_the_best_come_first(page: Page, tmp_path: Path) -> None:
    make_site(tmp_path / "s", ENTRIES)
    page.goto(f"{(tmp_path / 's').as_uri()}/search/index.html")
    settled(page)
    guiyi, cars, table, yintian, about = (entry.url for entry in ENTRIES)
    assert search(page, "归义镇") == [guiyi, yintian]
    assert search(page, "三公经费") == [cars, table, yintian, about]
    assert search(page, "24.75万元") == [table, yintian]


@pytest.mark.parametrize("part_entries", [100, 1])
def test_reports_of_all_years_before_rules_and_checks(
    page: Page, tmp_path: Path, part_entries: int
) -> None:
    """Pages of no year lie in the newest part; they wait until the older ones have been asked."""
    make_site(tmp_path / "s", ORDERED, part_entries=part_entries)
    parts = list((tmp_path / "s" / "assets" / "search" / "p").iterdir())
    assert len(parts) == (1 if part_entries == 100 else 4)
    page.goto(f"{(tmp_path / 's').as_uri()}/search/index.html")
    settled(page)
    for query, found in ORDERS:
        urls = search(page, query)
        assert set(urls) == {entry.url for entry in found}, query
        if part_entries == 100:
            assert urls[:2] == [entry.url for entry in found][:2], query
        ranks = [rank(entry, parse(query)) for url in urls for entry in found if entry.url == url]
        assert ranks == sorted(ranks, reverse=True), query


def test_pages_of_reports_are_listed_before_others(
    page: Page, server: str, entries: Sequence[Entry]
) -> None:
    """And pages of places and years, on the whole site; first the one that is called what was typed."""
    by_url = {entry.url: entry for entry in entries}
    page.goto(f"{server}search/index.html")
    settled(page)
    for query in ("厕所 改造", "三公经费", "表格", "合计", "核对结果", "比较", "sum-differs"):
        ranks = [rank(by_url[url], parse(query)) for url in search(page, query)]
        assert ranks, query
        assert ranks == sorted(ranks, reverse=True), query


def test_an_update_during_a_visit_is_said(page: Page, tmp_path: Path) -> None:
    make_site(tmp_path / "s", ENTRIES)
    page.goto(f"{(tmp_path / 's').as_uri()}/search/index.html")
    settled(page)
    for path in (tmp_path / "s" / "assets" / "search" / "p").rglob("0.js"):
        path.write_text(path.read_text("utf-8").replace(',"', ',"0', 1), "utf-8")
    page.get_by_label("找什么").fill("三公经费")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("网站刚刚更新过，请刷新本页再找。")


def test_the_page_fits_a_phone_and_has_large_targets(page: Page, server: str) -> None:
    page.goto(f"{server}search/index.html?q=三公经费")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for target in page.locator("#search-app :is(input, select, button, a):visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_folding_and_terms_are_the_same_in_both_languages(
    page: Page, server: str, entries: Sequence[Entry]
) -> None:
    page.goto(f"{server}search/index.html")
    settled(page)
    pairs = "".join(a + b for a, b in traditional().items())
    page.evaluate("pairs => siteTokens.learn(pairs)", pairs)
    texts = [text for text, _ in FOLDED] + [e.text for e in entries] + list(traditional())
    assert page.evaluate("texts => texts.map(siteTokens.folded)", texts) == [
        folded(text) for text in texts
    ]
    queries = [*QUERIES, *fragments(entries, 100), *(text for text, _ in FOLDED)]
    queries += ["28668900元", "0.27万", "3亿", "5千元", "007", "0元", "100", "0.50亿元"]
    for query in queries:
        parsed = page.evaluate("q => siteTokens.parse(q)", query)
        forms = [parsed["whole"], *parsed["terms"]]
        wanted = parse(query)
        assert forms == [list(forms) for forms in (wanted.whole, *wanted.terms)], query
        for needle in (n for forms in wanted.terms for n in forms):
            required = page.evaluate("t => siteTokens.requiredTerms(t)", needle)
            assert sorted(required) == required_terms(needle)
    for number in ("0", "2866.89", "0.50", "100", "28668900"):
        assert page.evaluate("n => siteTokens.numberTerm(n)", number) == number_term(number)
    for entry in entries:
        wanted = parse("三公经费 10.7万元 2022")
        in_page = "([text, q]) => siteTokens.marks(text, siteTokens.parse(q))"
        assert page.evaluate(in_page, [entry.text, "三公经费 10.7万元 2022"]) == [
            list(span) for span in marks(entry.text, wanted)
        ]


def test_excerpts_are_the_same_in_both_languages(
    page: Page, server: str, entries: Sequence[Entry]
) -> None:
    page.goto(f"{server}search/index.html")
    settled(page)
    for query in (
        "三公经费",
        "2022年 支出",
        "万元",
        "未填报",
        "满意度",
        "预算编制",
        "公务接待费",
        "在职人数",
    ):
        found = search(page, query)
        texts = page.eval_on_selector_all(".search-excerpt", "all => all.map(p => p.innerHTML)")
        said = {e.url: excerpt(e, parse(query)) for e in entries}
        for url, text in zip(found, texts, strict=True):
            marked = html.unescape(text.replace("<mark>", "【").replace("</mark>", "】"))
            assert marked == said[url], json.dumps([query, url], ensure_ascii=False)
