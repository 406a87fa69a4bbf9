"""Measures search in a browser on a finished site: recall, precision, bytes and milliseconds, beside
Pagefind and Material's own search on the same pages, where these are installed.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from site_builder.build import make_tree
from site_builder.fictional import write_fictional
from site_builder.library import read_library
from site_builder.making import Options
from site_builder.search.bench_peers import material, pagefind
from site_builder.search.bench_scores import Say, Score, Served, Truth, report, serving
from site_builder.search.kept_entries import entries_of_tree

TYPED = (
    "三公经费", "项目支出", "归义镇", "1532.11", "党群服务驿站", "空心房", "双季稻", "41.4", "公务接待费",
    "人居环境整治", "一般公共预算", "机关运行经费", "三会一课", "10.7万元", "2022年度部门整体支出", "因公出国（境）",
    "驻村工作队", "耕地抛荒", "高标准农田", "义务献血", "政府采购金额", "村振", "荒", "没有这个词", "预算績效",
)  # fmt: skip
QUERIES = 100
# Beyond this many reports the texts of all pages are not held to compare with: bytes and time only.
JUDGED = 5000
MOST = 450
COUNTY = re.compile("county-[0-9]+/")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def bench_search(
    root: Path, reports: int, say: Say = print, work: Path | None = None, peers: bool = True
) -> None:
    """Print what search does on a site of `reports` fictional reports, in `work` when it is given."""
    with _browser(say) as browser, tempfile.TemporaryDirectory() as folder:
        if browser is None:
            return
        target = work or Path(folder)
        tree = target / "build" / "work"
        if not (tree / "site").is_dir():
            write_fictional(read_library(root), target, reports)
            make_tree(target, tree, Options(pdfs=False, draft=True), lambda _: None)
        truth = Truth(entries_of_tree(tree), judged=reports <= JUDGED)
        queries = [*TYPED, *truth.samples(QUERIES - len(TYPED))]
        say(f"示例省 {reports} 份虚构报告，{truth.count} 个页面，{len(queries)} 个查询")
        with serving(tree / "site") as served:
            report("本站 / this site", _shards(browser, served, truth, queries), say)
        if peers and truth.judged:
            some = queries[: len(TYPED)]
            pagefind(browser, tree / "site", target / "pagefind", truth, some, say)
            material(browser, tree / "site", target / "material", truth, some, say)


@contextmanager
def _browser(say: Say) -> Iterator[Any]:
    """Chromium driven by Playwright; None, and why, where one of them is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        say("playwright：没有安装，不能测量 / not installed")
        yield None
        return
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        say("chromium：没有安装，不能测量 / not installed")
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, chromium_sandbox=False, args=["--disable-gpu"]
        )
        yield browser
        browser.close()


# All pages that a query finds, of one county when it is given, by the search page's own scripts.
EVERY_PAGE = """async ([text, county]) => {
  const query = siteTokens.parse(text), manifest = await siteSearch.load("index"), pages = new Set();
  const allowed = page => !county || page.name.split("/")[1] === county;
  for (const part of await siteSearch.partsFor(manifest, query)) {
    const {list} = await siteSearch.candidates(part, query, allowed);
    for (const entry of await siteSearch.verify(list, query, new Set())) pages.add(entry.url);
  }
  return Array.from(pages);
}"""


def _shards(browser: Any, served: Served, truth: Truth, queries: Sequence[str]) -> Score:
    score = Score()
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{served.address}search/index.html")
    page.wait_for_selector("#search-app form")
    page.wait_for_load_state("networkidle")
    loaded = [
        one
        for one in served.asked
        if re.search(r"/(shards|assets/(search|shards|snippets|near|tokens))", one[0])
    ]
    served.taken()
    for query in queries:  # as a person does: the first results are listed
        start = perf_counter()
        page.locator("#search-q").fill(query)
        page.locator("#search-q").press("Enter")
        page.wait_for_selector("#search-app:not([aria-busy])")
        score.seconds.append(perf_counter() - start)
        taken = served.taken()
        if score.next or score.first[0]:
            score.next.append(taken)
        else:
            first = [len(loaded), sum(one[1] for one in loaded), sum(one[2] for one in loaded)]
            score.first = tuple(map(sum, zip(first, taken, strict=True)))  # type: ignore[assignment]
    page.close()
    if truth.judged:
        _judge_all(browser, served, truth, queries, score)
    return score


def _judge_all(
    browser: Any, served: Served, truth: Truth, queries: Sequence[str], score: Score
) -> None:
    """Every hit of every query; of one that stands on more than MOST pages, every hit in one county.

    A page of its own for each query, lest a tab come to hold all texts.
    """
    chance = random.Random(9)
    counties = sorted({page.split("/")[0] for page in truth.pages if COUNTY.match(page)})
    for query in queries:
        true, county = truth.of(query), ""
        if len(true) > MOST:
            county = chance.choice(counties)
            true = {page for page in true if page.startswith(f"{county}/")}
        page = browser.new_page(locale="zh-CN")
        page.goto(f"{served.address}search/index.html")
        page.wait_for_selector("#search-app form")
        score.judge(set(page.evaluate(EVERY_PAGE, [query, county])), true)
        page.close()
