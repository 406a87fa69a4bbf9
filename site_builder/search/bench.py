"""Measures search in a browser on a finished site: recall, precision, bytes and milliseconds, beside
Pagefind and Material's own search on the same pages, where these are installed.

The truth is plain substring search over the words of every page. Bytes are those of the answers'
bodies, as a plain host sends them and as one with gzip would; the page's own theme is not counted.
"""

from __future__ import annotations

import functools
import gzip
import random
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from site_builder.build import make_tree
from site_builder.fictional import write_fictional
from site_builder.library import read_library
from site_builder.making import Options
from site_builder.search.hits import Entry
from site_builder.search.kept_entries import entries_of_tree
from site_builder.tokens import BREAK, folded

Say = Callable[[str], None]
TYPED = (
    "三公经费", "项目支出", "归义镇", "1532.11", "党群服务驿站", "空心房", "双季稻", "41.4", "公务接待费",
    "人居环境整治", "一般公共预算", "机关运行经费", "三会一课", "10.7万元", "2022年度部门整体支出", "因公出国（境）",
    "驻村工作队", "耕地抛荒", "高标准农田", "义务献血", "政府采购金额", "村振", "荒", "没有这个词", "预算績效",
)  # fmt: skip
JUDGED = 450  # pages at most that a query stands on, for recall and precision
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Served:
    """What a server was asked for: file names, their bytes, and what gzip would make of them."""

    address: str
    asked: list[tuple[str, int, int]] = field(default_factory=list)

    def taken(self) -> tuple[int, int, int]:
        """Requests, bytes and bytes with gzip since it was last asked."""
        asked, self.asked = self.asked, []
        return len(asked), sum(size for _, size, _ in asked), sum(small for _, _, small in asked)


@dataclass
class Score:
    """What an engine did with the queries."""

    recall: list[tuple[int, int]] = field(default_factory=list)
    precision: list[tuple[int, int]] = field(default_factory=list)
    first: tuple[int, int, int] = (0, 0, 0)
    next: list[tuple[int, int, int]] = field(default_factory=list)
    seconds: list[Any] = field(default_factory=list)


def bench_search(root: Path, reports: int, say: Say = print, work: Path | None = None) -> None:
    """Print what search does on a site of `reports` fictional reports, in `work` when it is given."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        say("playwright：没有安装，不能测量 / not installed")
        return
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        say("chromium：没有安装，不能测量 / not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        target = work or Path(folder)
        tree = target / "build" / "work"
        if not (tree / "site").is_dir():
            write_fictional(read_library(root), target, reports)
            make_tree(target, tree, Options(pdfs=False, draft=True), lambda _: None)
        truth = Truth(entries_of_tree(tree))
        queries = [*TYPED, *truth.samples(100 - len(TYPED))]
        say(f"示例省 {reports} 份虚构报告，{len(truth.pages)} 个页面，{len(queries)} 个查询")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, chromium_sandbox=False, args=["--disable-gpu"]
            )
            with _serving(tree / "site") as served:
                _report("本站 / this site", _shards(browser, served, truth, queries), say)
            some = queries[: len(TYPED)]
            _pagefind(browser, tree / "site", target / "pagefind", truth, some, say)
            browser.close()


class Truth:
    """The words of every page, for plain substring search."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.pages: dict[str, str] = {}
        self.phrases: list[str] = []
        chance = random.Random(7)
        for page, some in groupby(entries, key=lambda entry: entry.page):
            said = [text for e in some for text in (e.heading or e.title, e.text)]
            self.pages[page] = folded(BREAK.join(said))
            phrases = BREAK.join(said).split(BREAK)
            self.phrases += chance.sample(phrases, min(2, len(phrases)))

    def of(self, query: str) -> set[str]:
        """The pages that hold the query."""
        wanted = folded(query)
        return {page for page, said in self.pages.items() if wanted in said}

    def samples(self, count: int) -> list[str]:
        """Pieces of what stands on pages, as someone might copy them."""
        chance = random.Random(8)
        found: dict[str, None] = {}
        while len(found) < count:
            phrase = chance.choice(self.phrases)
            start = chance.randrange(max(1, len(phrase) - 6))
            piece = re.sub(r"[^一-鿿].*", "", phrase[start : start + chance.randint(2, 8)])
            if len(piece) > 1:
                found[piece] = None
        return list(found)


# ---- this site's own search ----

# All pages that a query finds, by the search page's own scripts.
EVERY_PAGE = """async text => {
  const query = siteTokens.parse(text), manifest = await siteSearch.load("index"), pages = new Set();
  for (const part of await siteSearch.partsFor(manifest, query)) {
    const {list} = await siteSearch.candidates(part, query, () => true);
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
        one for one in served.asked if re.search(r"/(shards|assets/(search|shards|tokens))", one[0])
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
    for query in queries:  # and all of them, where reading every hit takes no minutes
        true = truth.of(query)
        if len(true) <= JUDGED:
            _judge(score, set(page.evaluate(EVERY_PAGE, query)), true)
    page.close()
    return score


def _judge(score: Score, found: set[str], true: set[str]) -> None:
    score.recall.append((len(found & true), len(true)))
    score.precision.append((len(found & true), len(found)))


# ---- Pagefind, as it comes, for Chinese ----

PAGEFIND = """async text => {
  const found = await (window.pagefind ??= await import("/pagefind/pagefind.js")).search(text);
  const data = await Promise.all(found.results.slice(0, 10).map(r => r.data()));
  return found.results.length;
}"""
PAGEFIND_ALL = """async text => {
  const found = await window.pagefind.search(text), pages = [];
  for (const result of found.results) pages.push((await result.data()).raw_url);
  return pages;
}"""


def _pagefind(
    browser: Any, site: Path, out: Path, truth: Truth, queries: Sequence[str], say: Say
) -> None:
    program = shutil.which("pagefind")
    if program is None:
        say("Pagefind：没有安装 / not installed")
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [program, "--site", str(site), "--output-path", str(out / "pagefind"),
               "--root-selector", "article", "--force-language", "zh-cn", "--quiet"]  # fmt: skip
    start = process_time()
    subprocess.run(command, check=True, capture_output=True)
    say(f"Pagefind 建索引：{process_time() - start:.1f} s（不含子进程）")
    (out / "index.html").write_text('<!doctype html><html lang="zh-CN"><title>pagefind</title>')
    score = Score()
    with _serving(out) as served:
        page = browser.new_page(locale="zh-CN")
        page.goto(served.address)
        served.taken()
        for query in queries:
            start = perf_counter()
            page.evaluate(PAGEFIND, query)
            score.seconds.append(perf_counter() - start)
            taken = served.taken()
            if score.first[0]:
                score.next.append(taken)
            else:
                score.first = taken
        for query in (q for q in queries if len(truth.of(q)) <= JUDGED):
            found = {path.removeprefix("/") for path in page.evaluate(PAGEFIND_ALL, query)}
            found = {
                path + "index.html" if path.endswith("/") or not path else path for path in found
            }
            _judge(score, found, truth.of(query))
        page.close()
    _report("Pagefind", score, say)


# ---- numbers ----


def _report(name: str, score: Score, say: Say) -> None:
    def kilo(numbers: Iterable[int]) -> str:
        some = sorted(numbers) or [0]
        return f"{median(some) / 1000:.0f}/{some[-1] / 1000:.0f}"

    def mean(pairs: Iterable[tuple[int, int]]) -> str:
        some = [(part, whole) for part, whole in pairs if whole]
        total = sum(part * 1000 // whole for part, whole in some)
        return f"{total / 1000 / max(1, len(some)):.3f}"

    _, plain, small = score.first
    say(
        f"{name}：{len(score.recall)} 个查询召回 {mean(score.recall)}，准确 {mean(score.precision)}；"
        f"载入和第一次 {plain / 1000:.0f} KB（gzip {small / 1000:.0f}）{score.first[0]} 次请求；"
        f"以后中位/最多 {kilo(n for _, n, _ in score.next)} KB"
        f"（gzip {kilo(n for _, _, n in score.next)}）；"
        f"中位/最多 {median(score.seconds) * 1000:.0f}/{max(score.seconds) * 1000:.0f} ms"
    )


@contextmanager
def _serving(folder: Path) -> Iterator[Served]:
    """`folder` on a local web server that notes what it is asked for."""

    class Noting(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if path.is_file():
                raw = path.read_bytes()
                served.asked.append((self.path, len(raw), len(gzip.compress(raw, 6))))
            super().do_GET()

    handler = functools.partial(Noting, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served = Served(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()
