"""Measure the run: CPU per report for reading, checking, rendering, shell, search and PDF, against budgets."""

from __future__ import annotations

import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

from site_builder.build import make_tree
from site_builder.check import CheckRun, check_library
from site_builder.fictional import write_fictional
from site_builder.library import Library, read_by_county, read_library
from site_builder.links import check_links
from site_builder.making import Options
from site_builder.open_data.county_data import write_county_data, write_town_data
from site_builder.pages import county_pages, town_pages
from site_builder.printing.pdf import render_pdfs
from site_builder.search.page_text import entries_of
from site_builder.search.shards import write_shards
from site_builder.shell import make_shell, stamp
from site_builder.summary import grouped, summary_of
from site_builder.tree import Tree

Say = Callable[[str], None]
# CPU milliseconds a report (docs/how-it-runs.md, budgets); no budget where none is set.
BUDGETS = {"read + check": 5, "tables + charts + page": 10, "search shards": 20}


def bench(root: Path, reports: int, many: int, say: Say = print) -> None:
    """Print what each step costs for the project itself and for `reports` fictional reports.

    Reading and checking are measured at a tenth of `many` and at `many`: linear or not.
    """
    library = read_library(root)
    say(f"本项目 {len(library.disclosures)} 份报告（CPU 毫秒/份；峰值内存为整个进程）")
    _steps(root, say, pdfs=len(library.disclosures), repeat=5)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        write_fictional(library, target, reports)
        say(f"示例县 {reports} 份虚构报告")
        _steps(target, say, pdfs=min(4, reports), repeat=1)
    for count in (many // 10, many) if many else ():
        with tempfile.TemporaryDirectory() as folder:
            write_fictional(library, Path(folder), count)
            say(f"示例省 {count} 份虚构报告，只读取和核对，一次一个县")
            with _timed("read + check", say) as done:
                for piece in read_by_county(Path(folder)):
                    check_library(piece)
                done(count)


def bench_scale(root: Path, reports: int, say: Say = print) -> None:
    """A whole site without PDFs of `reports` fictional reports: first build, no change, one change."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        write_fictional(read_library(root), target, reports)
        say(f"示例省 {reports} 份虚构报告，整站，没有 PDF")
        changed = sorted((target / "data" / "reports").rglob("*.yaml"))[reports // 2]
        for name in ("whole site", "nothing changed", "one report changed"):
            if name == "one report changed":
                said = changed.read_text("utf-8")
                changed.write_text(said.replace("  来源: ", "  来源: 更正后的", 1), "utf-8")
            with _timed(name, say) as done:
                made = make_tree(target, target / "build" / "work", Options(False, 1, True), _hush)
                done(reports)
            for problem in made.problems[:5]:
                say(f"  {problem}")
        files = [p for p in (target / "build" / "work" / "site").rglob("*") if p.is_file()]
        size = sum(p.stat().st_size for p in files)
        say(f"  站点 {len(files)} 个文件，{size / 1_000_000:.1f} MB")


def _hush(_: str) -> None:
    """Say nothing."""


def _steps(root: Path, say: Say, pdfs: int, repeat: int) -> None:
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with _timed("read + check", say) as done:
            for _ in range(repeat):
                library = read_library(root)
                run = check_library(library)
            count = len(library.disclosures)
            done(count * repeat)
        summaries = [summary_of(d, run.reports[d.key]) for d in library.disclosures]
        places = {
            slug: (mine, grouped(mine, lambda summary: summary.key.town))
            for slug, mine in grouped(summaries, lambda summary: summary.key.county).items()
        }
        with _timed("tables + charts + page", say) as done:
            for _ in range(repeat):
                made = [
                    one
                    for mine, towns in places.values()
                    for one in (
                        *county_pages(library, mine),
                        *(page for t in towns.values() for page in town_pages(library, run, t)),
                    )
                ]
            done(count * repeat)
        tree = Tree(work / "site")
        with _timed("shell (MkDocs, once)", say) as done:
            shell = make_shell(root, work / "shell")
            done(count)
        with _timed("stamping", say) as done:
            stamp(made, shell, tree)
            done(count)
        with _timed("search shards", say) as done:
            write_shards(
                (e for page in made for e in entries_of(page)), work / "site/assets/shards"
            )
            done(count)
        with _timed("downloads", say) as done:
            for slug, (mine, towns) in places.items():
                data = [write_town_data(library, run, slug, town, tree) for town in towns]
                place = work / "open" / slug
                write_county_data(slug, mine[0].county, data, library.settings, tree, place)
            done(count)
        with _timed("link check", say) as done:
            check_links(work / "site")
            done(count)
        size = sum(p.stat().st_size for p in (work / "site").rglob("*") if p.is_file())
        say(f"  站点 {size / 1_000_000:.1f} MB")
        _pdfs(library, run, work / "pdf", pdfs, say)
        shutil.rmtree(work / "site")


def _pdfs(library: Library, run: CheckRun, cache: Path, count: int, say: Say) -> None:
    some = Library(
        library.root,
        library.counties,
        library.concepts,
        library.forms,
        library.profiles,
        library.disclosures[:count],
        (),
    )
    before = _children()
    with _timed("PDF (WeasyPrint)", say, before) as done:
        made = render_pdfs(some, run, cache)
        done(len(made))
    pages = sum(path.stat().st_size for path in made.values())
    say(f"  PDF {len(made)} 份，共 {pages / 1_000_000:.2f} MB")


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def _timed(name: str, say: Say, children: float | None = None) -> Iterator[Callable[[int], None]]:
    """Time a block in CPU; the block says over how many reports. Children count where asked."""
    counts: list[int] = []
    start = process_time()
    yield counts.append
    spent = process_time() - start
    if children is not None:
        spent += _children() - children
    each = spent * 1000 / max(1, counts[0])
    budget = BUDGETS.get(name)
    verdict = "" if budget is None else f"（预算 {budget}，{'达标' if each <= budget else '超出'}）"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    say(f"  {name:<24}{each:10.2f} ms/份  合计 {spent:7.2f} s  内存 {memory:6.0f} MB{verdict}")
