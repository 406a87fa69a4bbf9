"""Other engines on the same pages, each as it comes: Pagefind, and the search of MkDocs Material."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any

from site_builder.search.bench_scores import Say, Score, Truth, report, serving

PAGEFIND = """async text => {
  const found = await (window.pagefind ??= await import("/pagefind/pagefind.js")).search(text);
  await Promise.all(found.results.slice(0, 10).map(r => r.data()));
  return found.results.length;
}"""
PAGEFIND_ALL = """async text => {
  const found = await window.pagefind.search(text), pages = [];
  for (const result of found.results) pages.push((await result.data()).raw_url);
  return pages;
}"""


def pagefind(
    browser: Any, site: Path, out: Path, truth: Truth, queries: Sequence[str], say: Say
) -> None:
    """What Pagefind finds and costs, where `pagefind` is on the PATH."""
    program = shutil.which("pagefind")
    if program is None:
        say("Pagefind：没有安装 / not installed")
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [program, "--site", str(site), "--output-path", str(out / "pagefind"),
               "--root-selector", "article", "--force-language", "zh-cn", "--quiet"]  # fmt: skip
    before = _children()
    subprocess.run(command, check=True, capture_output=True)
    say(f"Pagefind 建索引：CPU {_children() - before:.1f} s")
    (out / "index.html").write_text('<!doctype html><html lang="zh-CN"><title>pagefind</title>')
    score = Score()
    with serving(out) as served:
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
        for query in queries:
            found = page.evaluate(PAGEFIND_ALL, query)
            score.judge({_file_of(address) for address in found}, truth.of(query))
        page.close()
    report("Pagefind", score, say)


def _file_of(address: str) -> str:
    path = address.split("#")[0].removeprefix("/")
    return path + "index.html" if path.endswith("/") or not path else path


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---- MkDocs Material: one file of all texts, indexed by lunr in a worker of the visitor's browser ----

# The worker's messages: 0 set up, 1 ready, 2 query, 3 results.
MATERIAL_LOAD = """async worker => {
  const ask = message => new Promise((done, fail) => {
    window.engine.onmessage = event => done(event.data);
    window.engine.onerror = event => fail(new Error(event.message));
    window.engine.postMessage(message);
  });
  const index = await (await fetch("/search/search_index.json")).json();
  window.engine = new Worker(worker);
  window.find = async text => (await ask({type: 2, data: text})).data.items
    .map(group => group[0].location);
  await ask({type: 0, data: {...index, options: {suggest: false}}});
}"""


def material(
    browser: Any, site: Path, out: Path, truth: Truth, queries: Sequence[str], say: Say
) -> None:
    """What Material's own search finds and costs; with jieba where it is installed, as it would."""
    shutil.rmtree(out, ignore_errors=True)
    start = process_time()
    worker = _material_index(site, out, truth)
    size = (out / "search/search_index.json").stat().st_size
    say(f"Material 建索引：CPU {process_time() - start:.1f} s，{size / 1_000_000:.1f} MB")
    score = Score()
    with serving(out) as served:
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(0)
        page.goto(served.address)
        served.taken()
        start_wall = perf_counter()
        try:
            page.evaluate(MATERIAL_LOAD, worker)
        except Exception as error:  # the tab may not hold an index of this size
            say(f"Material：浏览器装不下 / the browser gave up: {str(error).splitlines()[0]}")
            return
        say(f"Material 浏览器建索引：{perf_counter() - start_wall:.1f} s")
        score.first = served.taken()
        for query in queries:
            start_wall = perf_counter()
            found = page.evaluate("text => find(text)", query)
            score.seconds.append(perf_counter() - start_wall)
            score.next.append(served.taken())
            score.judge({_file_of(address) for address in found}, truth.of(query))
        page.close()
    report("Material", score, say)


def _material_index(site: Path, out: Path, truth: Truth) -> str:
    """Write the index that Material's plugin makes of the same pages; where its worker lies."""
    from material.plugins.search.plugin import SearchIndex, SearchPlugin
    from mkdocs.config.defaults import MkDocsConfig

    (out / "docs").mkdir(parents=True)
    config = MkDocsConfig()
    config.load_dict(
        {"site_name": "bench", "docs_dir": str(out / "docs"), "site_dir": str(out),
         "theme": {"name": "material", "language": "zh"}, "plugins": ["material/search"]}
    )  # fmt: skip
    config.validate()
    plugin: SearchPlugin = config.plugins["material/search"]
    plugin.on_config(config)
    index: SearchIndex = plugin.search_index
    for name in truth.pages:
        article = re.search(
            r"<article\b[^>]*>(.*)</article>", (site / name).read_text("utf-8"), re.DOTALL
        )
        if article is not None:
            page = SimpleNamespace(content=article[1], toc=[], url=name, meta={}, title=name)
            index.add_entry_from_context(page)
    (out / "search").mkdir()
    (out / "search/search_index.json").write_text(index.generate_search_index(None), "utf-8")
    theme = Path(str(config.theme.dirs[0]))
    scripts = theme / "assets/javascripts"
    shutil.copytree(scripts, out / "assets/javascripts", dirs_exist_ok=True)
    (out / "index.html").write_text('<!doctype html><html lang="zh-CN"><title>material</title>')
    worker = next((scripts / "workers").glob("search.*.min.js"))
    return f"/assets/javascripts/workers/{worker.name}"
