"""The run: read, check, gate, render, shell, search, archive, links, publish. It reads like that list."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.amounts import amounts_of, units_of
from site_builder.check import CheckRun, check_library
from site_builder.downloads import facts_csv, findings_json
from site_builder.library import Library, read_library
from site_builder.links import check_links
from site_builder.page import pdf_name, report_path
from site_builder.pages import all_pages
from site_builder.search import Entry
from site_builder.shards import read_entries, write_shards
from site_builder.shell import build_shell, stage, write_if_changed
from site_builder.word_index import update_index

Say = Callable[[str], None]


@dataclass(frozen=True)
class Build:
    """What a build did: whether it was published, and what stopped it if it was not.

    `problems` are dead links and what the print engine complained of.
    """

    run: CheckRun
    problems: tuple[str, ...]
    published: bool
    pages: int = 0


def build(
    root: Path, *, draft: bool = False, pdfs: bool = True, jobs: int = 0, say: Say = print
) -> Build:
    """Build the site of the project at `root` into `site/`: complete new or complete old."""
    library = read_library(root)
    run = check_library(library)
    if run.stops and not draft:
        return Build(run, (), False)
    say(f"已读 {len(library.disclosures)} 份报告，{len(run.open)} 处待处理的核对发现")

    work = root / "build"
    site = work / "site"
    shutil.rmtree(site, ignore_errors=True)
    entries, count = _shell(library, run, work, site, draft=bool(run.stops), pdfs=pdfs)
    say(f"已生成 {count} 个页面")

    shards = site / "assets" / "shards"
    write_shards(entries, shards, names=library.concepts)
    if not run.stops:
        update_index(read_entries(shards), work / "whoosh", amounts_of(library), units_of(library))
    write_downloads(library, run, site)
    if pdfs:
        from site_builder.pdf import PrintError, render_pdfs

        try:
            made = render_pdfs(library, run, work / "pdf", jobs)
        except PrintError as error:
            return Build(run, tuple(f"{error.title}：{m}" for m in error.messages), False, count)
        for key, path in made.items():
            shutil.copyfile(path, (site / report_path(key)).parent / pdf_name(key))
        say(f"已有 {len(made)} 份 PDF")

    bad = check_links(site)
    if bad:
        return Build(run, tuple(str(link) for link in bad), False, count)
    public = work / "draft" if run.stops else root / "site"
    publish(site, public)
    say(f"{'草稿' if run.stops else '站点'}已生成：{os.path.relpath(public)}/index.html")
    return Build(run, (), not run.stops, count)


def _shell(
    library: Library,
    run: CheckRun,
    work: Path,
    site: Path,
    *,
    draft: bool,
    pdfs: bool = False,
    dirty: bool = False,
) -> tuple[list[Entry], int]:
    """Stage every page and put the shell round them; give what search should find."""
    entries: list[Entry] = []
    pages = []
    for page, found in all_pages(library, run, pdfs):
        pages.append(page)
        entries += found
    stage(pages, work / "docs")
    build_shell(library.root, work / "docs", site, draft, dirty)
    return entries, len(pages)


def write_downloads(library: Library, run: CheckRun, site: Path) -> None:
    """Facts and findings beside each report's page."""
    for disclosure in library.disclosures:
        folder = (site / report_path(disclosure.key)).parent
        checked = run.reports[disclosure.key]
        write_if_changed(folder / "facts.csv", facts_csv([(disclosure, checked)]).encode())
        write_if_changed(folder / "findings.json", findings_json(checked).encode())


def publish(new: Path, public: Path) -> None:
    """Swap the finished tree in whole. A reader sees the old site or the new one, never a mix."""
    old = public.with_name(f".{public.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if public.exists():
        public.replace(old)
    new.replace(public)
    shutil.rmtree(old, ignore_errors=True)


def preview(root: Path, site: Path, say: Say = print) -> Callable[[], CheckRun]:
    """A function that brings the preview at `site` up to date: only changed pages are made anew."""

    def refresh() -> CheckRun:
        library = read_library(root)
        run = check_library(library)
        fresh = not (site / "index.html").exists()
        work = root / "build" / "preview"
        entries, _ = _shell(library, run, work, site, draft=bool(run.stops), dirty=not fresh)
        write_shards(entries, site / "assets" / "shards", names=library.concepts)
        write_downloads(library, run, site)
        _remove_stale(site, root / "build" / "preview" / "docs")
        say(f"预览已更新：{len(run.open)} 处待处理的核对发现")
        return run

    return refresh


def _remove_stale(site: Path, docs: Path) -> None:
    """A dirty build leaves pages of deleted sources behind; take them away."""
    for page in _pages(site):
        source = docs / page.relative_to(site).with_suffix(".md")
        if not source.exists() and page.name != "404.html":
            page.unlink()


def _pages(site: Path) -> Iterable[Path]:
    return sorted(site.rglob("*.html"))
