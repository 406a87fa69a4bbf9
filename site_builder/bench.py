"""Measure the run: CPU per report for reading, checking, rendering, shell, search and PDF, against budgets."""

from __future__ import annotations

import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

from site_builder.build import write_downloads
from site_builder.check import CheckRun, check_library
from site_builder.fictional import write_fictional
from site_builder.library import Library, read_library
from site_builder.links import check_links
from site_builder.pages import all_pages
from site_builder.pdf import render_pdfs
from site_builder.shards import write_shards
from site_builder.shell import build_shell, stage

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
            say(f"示例县 {count} 份虚构报告，只读取和核对")
            with _timed("read + check", say) as done:
                check_library(read_library(Path(folder)))
                done(count)


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
        with _timed("tables + charts + page", say) as done:
            for _ in range(repeat):
                made = list(all_pages(library, run))
            done(count * repeat)
        with _timed("staging", say) as done:
            stage((page for page, _ in made), work / "docs")
            done(count)
        with _timed("shell (MkDocs)", say) as done:
            build_shell(root, work / "docs", work / "site")
            done(count)
        with _timed("search shards", say) as done:
            write_shards((e for _, entries in made for e in entries), work / "site/assets/shards")
            done(count)
        with _timed("downloads", say) as done:
            write_downloads(library, run, work / "site")
            done(count)
        with _timed("link check", say) as done:
            bad = [link for link in check_links(work / "site") if not link.target.endswith(".pdf")]
            done(count)
        size = sum(p.stat().st_size for p in (work / "site").rglob("*") if p.is_file())
        say(f"  站点 {size / 1_000_000:.1f} MB，坏链 {len(bad)}")
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
