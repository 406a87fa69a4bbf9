"""The commands that make and show: build, yearbook, fragment, serve, search, bench."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.finding import LEVEL_NAMES, Finding, Words
from site_builder.output.text import print_text
from site_builder.selection import SelectionError

if TYPE_CHECKING:
    from site_builder.build import Build

ERROR = Words("错误", "error")
NOT_PUBLISHED = Words(
    "{count} 处链接或排版问题，站点没有发布",
    "{count} problems of links or print; the site was not published",
)
NOT_BUILT = Words(
    "有未说明的错误，站点没有生成；可用 --draft 先看草稿",
    "errors that nobody explained: the site was not made; --draft makes a draft",
)
NO_YEARBOOK = Words(
    "有未说明的错误，年鉴没有生成", "errors that nobody explained: the yearbook was not made"
)
NOT_EXPORTED = Words(
    "有未说明的错误，没有导出", "errors that nobody explained: nothing was exported"
)
NO_REPORT = Words("没有 {county} {year} 年的报告", "there is no report of {county} {year}")
SERVED = Words("预览：{address}（Ctrl+C 结束）", "Preview: {address} (Ctrl+C ends it)")
ONLY_FIRST = Words(
    "只列出前 {count} 处，先列错误；全部的请运行 site-builder check",
    "the first {count} only, errors before others; see site-builder check for all",
)
MOST_TOLD = (
    20  # findings at each change of the preview: so many that they leave its address in view
)
NOTHING_BUILT = Words(
    "还没有可以搜索的内容：请先运行 site-builder build",
    "there is nothing to search yet: run site-builder build",
)
INSTEAD = Words("没有“{asked}”，以下按{words}查找", "“{asked}” is nowhere; looked for {words}")
ALSO = Words("另有叫法，也可以找：{questions}", "also called, to look for: {questions}")
AND = Words("和", " and ")
MEANT = Words("是不是要找：{questions}", "did you mean: {questions}")
HITS = Words("{count} 处", "{count} hits")


def build(options: argparse.Namespace, root: Path) -> int:
    from site_builder.build import build
    from site_builder.making import Options

    lang = options.lang
    done = build(root, Options(not options.no_pdf, options.jobs, options.draft, lang))
    if done.problems:
        _told(lang, *done.problems)
        count = {"count": f"{len(done.problems)}"}
        print(NOT_PUBLISHED.said(lang, count), file=sys.stderr)
        return 1
    if not done.published and not options.draft:
        return _stopped(done.stops, root, lang, NOT_BUILT)
    return 0


def yearbook(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.archive_site import sealed_pdfs
    from site_builder.archive.ledger import Ledger
    from site_builder.archive.sealed import SealedFileError
    from site_builder.build import NOT_AS_SEALED
    from site_builder.check import check_library
    from site_builder.library import read_county, read_decreed
    from site_builder.printing.typesetting import PrintError
    from site_builder.printing.yearbook import one_yearbook
    from site_builder.tree import WAITS, alone

    decreed = read_decreed(root)
    library = read_county(decreed, options.county)
    run = check_library(library)
    lang = options.lang
    if stops := (*check_library(decreed).stops, *run.stops):
        return _stopped(stops, root, lang, NO_YEARBOOK)
    county = options.county
    cache = root / "build" / "pdf" / county
    try:
        ledger = library.ledgers.get(county) or Ledger(county)
        sealed = sealed_pdfs(root, library.archive, ledger)
        with alone(root / "build", lambda: print(WAITS[lang], file=sys.stderr)):
            made = one_yearbook(library, run, cache, county, options.year, options.jobs, sealed)
    except PrintError as error:
        _told(lang, *(f"{error.title}：{said}" for said in error.said(lang)))
        return 1
    except SealedFileError as error:
        _told(lang, NOT_AS_SEALED.said(lang, {"file": str(error)}))
        return 1
    if made is None:
        print(NO_REPORT.said(lang, {"county": county, "year": str(options.year)}), file=sys.stderr)
        return 2
    print(os.path.relpath(made))
    return 0


def fragment(options: argparse.Namespace, root: Path) -> int:
    from site_builder.archive.sealed import SealedFileError
    from site_builder.build import NOT_AS_SEALED
    from site_builder.portal.fragment import make_fragment

    lang = options.lang
    try:
        done = make_fragment(root, options.report, options.out, not options.no_pdf, print, lang)
    except SelectionError as error:
        print(error.said(lang), file=sys.stderr)
        return 2
    except SealedFileError as error:
        _told(lang, NOT_AS_SEALED.said(lang, {"file": str(error)}))
        return 1
    if done.stops:
        return _stopped(done.stops, root, lang, NOT_EXPORTED)
    _told(lang, *done.problems)
    return 1 if done.problems else 0


def serve(options: argparse.Namespace, root: Path) -> int:
    from site_builder.build import preview
    from site_builder.shell import serve

    site, made = preview(root, print, options.lang)

    def refresh() -> None:
        _told_of_preview(made(), root, options.lang)

    refresh()
    watched = [root / name for name in ("data", "content", "themes", "mkdocs.yml")]
    address = {"address": f"http://{options.host}:{options.port}/"}
    print(SERVED.said(options.lang, address))
    serve(site, refresh, watched, (options.host, options.port))
    return 0


def _told_of_preview(done: Build, root: Path, lang: str) -> None:
    """The findings that a preview counts, each with its line, and links that lead nowhere."""
    levels = list(LEVEL_NAMES["zh"])
    first = sorted(done.open, key=lambda finding: levels.index(finding.level))[:MOST_TOLD]
    if first:
        print_text(first, root, lang, sys.stdout)
    if len(first) < len(done.open):
        print(ONLY_FIRST.said(lang, {"count": f"{len(first)}"}))
    _told(lang, *done.problems)


def search(options: argparse.Namespace, root: Path) -> int:
    from site_builder.search.kept_entries import refresh_index
    from site_builder.search.question import QuestionError
    from site_builder.search.word_index import answer

    index = root / "build" / "whoosh"
    if not refresh_index(root, index):
        print(NOTHING_BUILT.plain(options.lang), file=sys.stderr)
        return 2
    try:
        found = answer(index, " ".join(options.words), options.limit)
    except QuestionError as error:
        print(error.said(options.lang), file=sys.stderr)
        return 2
    if found.instead:
        words = AND.plain(options.lang).join(f"“{word}”" for word in found.instead)
        print(INSTEAD.said(options.lang, {"asked": found.words, "words": words}) + "\n")
    for hit in found.hits:
        print(f"{hit.entry.title} › {hit.entry.heading}\n  {hit.entry.url}\n  {hit.excerpt}\n")
    print(HITS.said(options.lang, {"count": f"{len(found.hits)}"}))
    for said, offers in ((ALSO, found.also), (MEANT, found.meant)):
        if offers:
            print(said.said(options.lang, {"questions": "、".join(offers)}))
    return 0 if found.hits else 1


def bench(options: argparse.Namespace, root: Path) -> int:
    from site_builder.bench import bench, bench_scale

    if options.search:
        from site_builder.search.bench import bench_search

        bench_search(root, options.search)
    elif options.pdf:
        from site_builder.library import read_library
        from site_builder.printing.bench_pdf import bench_pdfs

        bench_pdfs(read_library(root))
    elif options.scale:
        bench_scale(root, options.scale)
    else:
        bench(root, options.reports, options.many)
    return 0


def _told(lang: str, *problems: str) -> None:
    """Each problem in a line of its own, to whoever waits."""
    for problem in problems:
        print(f"{ERROR.plain(lang)} {problem}", file=sys.stderr)


def _stopped(stops: Sequence[Finding], root: Path, lang: str, why: Words) -> int:
    """What stands against it, and that nothing was made."""
    print_text(stops, root, lang, sys.stderr)
    print(why.plain(lang), file=sys.stderr)
    return 1
