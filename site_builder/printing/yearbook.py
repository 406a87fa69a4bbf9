"""The yearbook of a county: the finished PDFs of a year's reports in one file, behind cover and contents."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from site_builder import __version__
from site_builder.check import CheckRun
from site_builder.counties import County
from site_builder.finding import ReportKey, Words
from site_builder.library import Disclosure, Library
from site_builder.printing.pdf import (
    MADE_BY,
    inputs_digest,
    note_of,
    noted,
    print_css,
    put_noted,
    render_pdfs,
    sources,
    text_other,
    whole_name,
)
from site_builder.printing.pdf_merge import Source, merge, page_count
from site_builder.printing.pdf_text import text_differs
from site_builder.printing.print_fonts import Fonts, fingerprint, font_file
from site_builder.printing.print_page import balanced
from site_builder.printing.typesetting import PrintError, pdf_of

FOLIO = "总第", "页"
UNKNOWN = 1000  # stands for a page number while the length of the contents is not known


@dataclass(frozen=True)
class YearbookPart:
    """One report of a yearbook: what its dividing page says, and its finished PDF."""

    title: str
    unit: str
    town: str
    content: bytes


@dataclass(frozen=True)
class Yearbook:
    """What a yearbook is made of; `css` and `fonts` are those that the reports were set in."""

    id: str  # county and year, as its file is called
    title: str
    county: str  # with its province and prefecture
    year: int
    parts: tuple[YearbookPart, ...]
    css: str
    fonts: Fonts


def yearbook(book: Yearbook) -> bytes:
    """Merge finished PDFs: cover, contents, then each report behind a dividing page.

    Pages are numbered through beside the reports' own numbers; bookmarks, links, structure and
    attachments are kept; PDF/A-3a and PDF/UA-1 as its parts. The same parts give the same bytes.
    """
    counts = [page_count(part.content) for part in book.parts]
    families = book.fonts.families()

    def front(first: int) -> tuple[str, bytes]:
        html = front_html(book, counts, first)
        return html, pdf_of(html, book.title, book.css, families)

    leading = page_count(front(UNKNOWN)[1]) - len(book.parts)
    html, made = front(leading + 1)
    if page_count(made) != leading + len(book.parts):
        raise PrintError(
            book.title,
            (
                Words(
                    "目录的页数随页码变化，无法排定",
                    "the length of the contents hangs on its page numbers",
                ),
            ),
        )
    if differs := text_differs(html, made):
        raise PrintError(book.title, (text_other(differs),))
    contents = [part.content for part in book.parts]
    family = book.fonts.stack("宋体")[0]
    return merge(made, contents, list(_sources(book.fonts)), FOLIO, family).content


def _sources(fonts: Fonts) -> Iterator[Source]:
    for family in sorted(fonts.families()):
        for bold in (False, True):
            yield Source(family, bold, *font_file(family, bold))


# -- what is printed before and between the reports -----------------------------------------------


def front_html(book: Yearbook, counts: Sequence[int], first: int) -> str:
    """Cover, contents and dividing pages; the first of these is page `first` of the whole."""
    starts = []
    page = first
    for count in counts:
        starts.append(page)
        page += count + 1
    entries = "".join(
        f'<li class="l2"><span class="entry"><a href="#part-{n}">{escape(part.title)}</a></span>'
        f'<span class="page">{start}</span></li>'
        for n, (part, start) in enumerate(zip(book.parts, starts, strict=True), 1)
    )
    dividers = "".join(
        _divider(n, part, count, start)
        for n, (part, count, start) in enumerate(zip(book.parts, counts, starts, strict=True), 1)
    )
    return (
        f'<!DOCTYPE html><html lang="zh-CN" id="{escape(book.id)}"><head><meta charset="utf-8">'
        f"<title>{escape(book.title)}</title>"
        f'<meta name="description" content="{escape(book.county)}{book.year}年度各乡镇绩效评价报告">'
        f'<meta name="keywords" content="{escape(book.county)},{book.year},年鉴,绩效自评,预算公开">'
        f'<meta name="generator" content="site-builder {__version__}, WeasyPrint '
        f'{version("weasyprint")}"></head><body class="yearbook">'
        f'<section class="cover"><p class="county">{escape(book.county)}</p>'
        f"<h1>{book.year}年度乡镇绩效评价报告<br>年鉴</h1>"
        f"<p>收录报告{len(book.parts)}份，共{page - 1}页</p></section>"
        '<nav class="toc"><h2 id="contents">目录</h2><p class="note">页码为页脚正中所印的总页码；'
        f"各报告自有的页码印在原处。</p><ul>{entries}</ul></nav>{dividers}</body></html>"
    )


def _divider(number: int, part: YearbookPart, count: int, start: int) -> str:
    digest = hashlib.sha256(part.content).hexdigest()
    return (
        f'<section class="divider"><p class="town">{escape(part.town)}</p>'
        f'<h2 id="part-{number}">{balanced(part.title)}</h2>'
        f'<p class="unit">{escape(part.unit)}</p>'
        f'<p class="note">原文件{count}页，在本年鉴中为总第{start + 1}页至第{start + count}页；'
        f"SHA-256：<code>{digest}</code></p></section>"
    )


# -- all yearbooks -----------------------------------------------------------------------------


def render_yearbooks(
    library: Library,
    pdfs: Mapping[ReportKey, Path],
    cache: Path,
    jobs: int = 0,
    progress: Callable[[str], None] | None = None,
) -> dict[tuple[str, int], Path]:
    """One file per county and year, `<cache>/<county>/yearbooks/<year>/<county>-<year>.pdf`.

    `pdfs` are the finished PDFs of the reports; a year of which some are not there is left
    alone. A yearbook is merged only when one of them, or what makes it, has changed; those of
    years that are gone are removed. `jobs` and `progress`
    as in `pdf.render_pdfs`; PrintError likewise.
    """
    made: dict[tuple[str, int], Path] = {}
    known: set[Path] = set()
    todo = []
    wanted = (MADE_BY, ("yearbook", "pdf_merge"))
    made_of = "".join(map(sources, wanted)) if library.disclosures else ""
    for (county, year), disclosures in _by_year(library).items():
        name = yearbook_name(county, year)
        target = cache / county / "yearbooks" / str(year) / name
        known.add(target)
        if any(one.key not in pdfs for one in disclosures):
            continue
        made[county, year] = target
        paths = tuple(pdfs[one.key] for one in disclosures)
        digests = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
        said = "".join(map(repr, map(_said, disclosures)))
        css = print_css(library)
        where = repr(library.counties[county])
        inputs = inputs_digest(digests, said, where, css, fingerprint(library.fonts), made_of)
        if not (target.exists() and noted(target) == inputs):
            todo.append(_Job(library.counties[county], year, tuple(map(_said, disclosures)), paths,
                             css, library.fonts, inputs, target))  # fmt: skip
    _remove_stale(cache, known)
    processes = min(jobs or os.cpu_count() or 1, len(todo))
    for title in map(_make, todo) if processes < 2 else _in_parallel(todo, processes):
        if progress is not None:
            progress(title)
    return made


def one_yearbook(
    library: Library,
    run: CheckRun,
    cache: Path,
    county: str,
    year: int,
    jobs: int = 0,
    sealed: Mapping[ReportKey, Path] | None = None,
) -> Path | None:
    """The yearbook of one county and year, with the PDFs it needs; None where nothing is published.

    `sealed` are the PDFs of editions, which go into it as they are. `cache` and PrintError as for
    `pdf.render_pdfs`.
    """
    keys = {d.key for d in library.disclosures if (d.key.county, d.key.year) == (county, year)}
    if not keys:
        return None
    kept = {key: path for key, path in (sealed or {}).items() if key in keys}
    pdfs = render_pdfs(library, run, cache, jobs, only=keys - kept.keys()) | kept
    return render_yearbooks(library, pdfs, cache, jobs)[county, year]


def yearbook_name(county: str, year: int) -> str:
    """What the file of a county's year is called."""
    return f"{county}-{year}.pdf"


@dataclass(frozen=True)
class _Job:
    """A yearbook to make: its reports' words and files, and where it goes."""

    county: County
    year: int
    said: tuple[tuple[str, str, str], ...]
    paths: tuple[Path, ...]
    css: str
    fonts: Fonts
    inputs: str
    target: Path


def _by_year(library: Library) -> dict[tuple[str, int], list[Disclosure]]:
    """The disclosures of each county and year, by the division codes of their towns."""
    found: dict[tuple[str, int], list[Disclosure]] = {}
    for disclosure in sorted(library.disclosures, key=lambda d: (d.key.year, d.town.code)):
        found.setdefault((disclosure.key.county, disclosure.key.year), []).append(disclosure)
    return dict(sorted(found.items()))


def _said(disclosure: Disclosure) -> tuple[str, str, str]:
    heading = disclosure.report.heading
    return str(heading.title), str(heading.unit), str(disclosure.town.name)


def _make(job: _Job) -> str:
    """Make one yearbook and put it in place whole; its title."""
    county = f"{job.county.province}{job.county.prefecture}{job.county.name}"
    title = f"{job.county.name}{job.year}年度乡镇绩效评价报告年鉴"
    parts = tuple(
        YearbookPart(*said, path.read_bytes())
        for said, path in zip(job.said, job.paths, strict=True)
    )
    id_ = job.target.stem
    made = yearbook(Yearbook(id_, title, county, job.year, parts, job.css, job.fonts))
    put_noted(job.target, made, job.inputs)
    return title


def _in_parallel(jobs: list[_Job], processes: int) -> Iterator[str]:
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(_make, jobs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _remove_stale(cache: Path, wanted: set[Path]) -> None:
    """Remove yearbooks of years that are gone, with their notes, and halves that a killed run left."""
    keep = wanted | {note_of(path) for path in wanted}
    for path in sorted(cache.glob("*/yearbooks/*/*")):
        stem = f"{path.parents[2].name}-{path.parent.name}"
        names = f"{stem}.pdf", f"{stem}.inputs.sha256"
        if path not in keep and whole_name(path.name) in names:
            path.unlink()
            for folder in path.parents[:2]:
                if not any(folder.iterdir()):
                    folder.rmdir()
