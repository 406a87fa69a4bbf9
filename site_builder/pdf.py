"""Reports as PDFs: print HTML for WeasyPrint, the print theme, and one cached file per report."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import markdown

from site_builder import __version__
from site_builder.check import Checked, CheckRun
from site_builder.finding import ReportKey
from site_builder.library import Disclosure, Library
from site_builder.prose_html import converter
from site_builder.report_body import Part, report_body

# WeasyPrint takes half a second to import, so it is imported where a page is set, not here.

THEME = Path(__file__).resolve().parent.parent / "themes" / "print" / "print.css"
VARIANT = "pdf/a-3a"  # archival, tagged; no clock, no randomness in it
FONTS = "Noto"  # every font of the theme comes from Debian's fonts-noto-cjk

COVER_LINE = 20  # characters of a title on one line of the cover
BREAK_AFTER = ("人民政府", "年度", "办事处", "部门", "整体支出", "自评")
TALLEST = 660  # px that a drawing may be high, so that it stands on one page with its headings
MEASURE = 590  # px in the 156 mm of the type area

WHOLE = 4  # rows of a group of indicators that one page must hold

HEADING = re.compile(r'<h3 id="([^"]*)">(.*?)</h3>', re.S)
PLOT = re.compile(r'(<svg class="plot"[^>]*?) width="100%" height="(\d+)"')
OVER_TABLE = re.compile(r'(<h3 id="[^"]*">[^<]*</h3>)(<div class="tw"[^>]*>)')
UNDER_TABLE = re.compile(
    r'</table></div>((?:<p class="note">.*?</p>)?(?:<ul class="beside-findings">.*?</ul>)?)', re.S
)
GROUP = re.compile(
    r'<tbody><tr><th scope="rowgroup" rowspan="(\d+)" class="c1 g1">([^<]*)(.*?)</th>(.*?)</tbody>',
    re.S,
)
NOWHERE = re.compile(r' href="(?!#|https?:|mailto:)[^"]*"')  # of a file beside the page, say
NAME = re.compile(
    r"([a-z][a-z0-9-]*)/([a-z][a-z0-9-]*)/([0-9]{4})/\1-\2-\3\.(?:pdf|inputs\.sha256)"
)


class PrintError(Exception):
    """A document that WeasyPrint could not set cleanly: its title and what was said of it."""

    def __init__(self, title: str, messages: tuple[str, ...]) -> None:
        super().__init__(title, messages)
        self.title = title
        self.messages = messages

    def __str__(self) -> str:
        return f"{self.title}：" + "；".join(self.messages)


# -- the document ------------------------------------------------------------------------------


def print_html(
    disclosure: Disclosure, checked: Checked, converter_: markdown.Markdown, root: Path
) -> str:
    """One report as a whole HTML document: cover, contents, the parts of its page, colophon.

    `root` is the project's folder, where the report's two files are read for their SHA-256;
    OSError when they have gone.
    """
    report = disclosure.report
    heading = report.heading
    parts = [
        Part(part.id, part.title, _for_print(part.html))
        for part in report_body(disclosure, checked, converter_).parts
    ]
    parts.append(Part("colophon", "制作与核验", _colophon(disclosure, root)))
    county = disclosure.county
    place = f"{county.province}{county.prefecture}{county.name}"
    subject = f"{place}{disclosure.town.name}{report.key.year}年度绩效评价报告及数据核对结果"
    day = heading.date.isoformat() if heading.date else ""
    created = f'<meta name="dcterms.created" content="{day}">' if day else ""
    sections = "".join(
        f'<section class="part {part.id}"><h2 id="{part.id}">{escape(part.title)}</h2>'
        f"{part.html}</section>"
        for part in parts
    )
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(heading.title)}</title>"
        f'<meta name="author" content="{escape(heading.unit)}">'
        f'<meta name="description" content="{escape(subject)}">'
        f'<meta name="keywords" content="{escape(_keywords(disclosure))}">'
        f'<meta name="generator" content="site-builder {__version__}, WeasyPrint '
        f'{version("weasyprint")}">{created}</head><body>'
        f'<section class="cover"><p class="county">{escape(place)}</p>'
        f"<h1>{_balanced(heading.title)}</h1>"
        f'<p class="unit">{escape(heading.unit)}</p><p>{report.key.year}年度</p></section>'
        f"{_contents(parts)}{sections}</body></html>"
    )


def _keywords(disclosure: Disclosure) -> str:
    town, county = disclosure.town, disclosure.county
    return f"{county.name},{town.name},{town.code},{disclosure.key.year},绩效自评,预算公开"


def _balanced(title: str) -> str:
    """The title in HTML; a long one breaks once, between words, where its lines differ least."""
    if len(title) <= COVER_LINE:
        return escape(title)
    ends = [m.end() for word in BREAK_AFTER for m in re.finditer(word, title)]
    fit = [n for n in ends if n <= COVER_LINE and len(title) - n <= COVER_LINE]
    if not fit:
        return escape(title)
    best = min(fit, key=lambda n: (abs(2 * n - len(title)), n))
    return f"{escape(title[:best])}<br>{escape(title[best:])}"


def _contents(parts: list[Part]) -> str:
    """Parts and their sections with page numbers; a link holds text only, so it is one link."""
    items = []
    for part in parts:
        items.append(_entry("l2", part.id, escape(part.title)))
        items += [_entry("l3", id_, words) for id_, words in HEADING.findall(part.html)]
    return f'<nav class="toc"><h2 id="contents">目录</h2><ul>{"".join(items)}</ul></nav>'


def _entry(level: str, id_: str, words: str) -> str:
    return (
        f'<li class="{level}"><span class="entry"><a href="#{id_}">{words}</a></span>'
        f'<span class="dots"></span><span class="folio" data-to="#{id_}"></span></li>'
    )


def _for_print(html: str) -> str:
    """A part as pages need it.

    Tall drawings are made to fit, long groups of indicators cut, headings and notes moved into the
    blocks of their tables (so that no page comes between), links to nowhere taken out.
    """
    html = GROUP.sub(_cut, PLOT.sub(_fitted, html))
    html = UNDER_TABLE.sub(r"</table>\1</div>", OVER_TABLE.sub(r"\2\1", html))
    return NOWHERE.sub("", html)


def _cut(match: re.Match[str]) -> str:
    """A long group of indicators in several, each under its name: a page that cut the merged cell
    would leave the next one without the name and the border.
    """
    name, rows = match[2], match[4].split("<tr>")
    if len(rows) <= WHOLE or len(rows) != int(match[1]):
        return match[0]
    second = any('class="g2"' in row for row in rows)
    pieces: list[list[str]] = []  # of rows that share the name of the second level
    for row in rows:
        if not pieces or 'class="g2"' in row or not second:
            pieces.append([])
        pieces[-1].append(row)
    groups: list[list[str]] = []
    for piece in pieces:
        if groups and len(groups[-1]) + len(piece) <= WHOLE:
            groups[-1] += piece
        else:
            groups.append(piece)
    out = ""
    for place, group in enumerate(groups):
        rest = '<span class="sub">（续）</span>' if place else match[3]
        out += (
            f'<tbody><tr><th scope="rowgroup" rowspan="{len(group)}" class="c1 g1">{name}{rest}'
            f"</th>{'<tr>'.join(group)}</tbody>"
        )
    return out


def _fitted(match: re.Match[str]) -> str:
    """A drawing higher than a page is made smaller as a whole: no page break can cut it."""
    height = int(match[2])
    if height <= TALLEST:
        return match[0]
    scale = TALLEST / height
    return (
        f'{match[1]} width="{MEASURE * scale:.2f}" height="{TALLEST}" '
        f'viewBox="0 0 {MEASURE} {height}"'
    )


def _colophon(disclosure: Disclosure, root: Path) -> str:
    """What made the file and from what: tool, versions, SHA-256 of both sources."""
    names = (disclosure.report.file, disclosure.narrative.file)
    files = "".join(
        f"<div><dt><code>{escape(name)}</code></dt>"
        f"<dd><code>{hashlib.sha256((root / name).read_bytes()).hexdigest()}</code></dd></div>"
        for name in names
    )
    return (
        f"<p>本文件由 site-builder {__version__} 和 WeasyPrint {version('weasyprint')} "
        "根据下列公开数据文件自动排版，文件下方是它的 SHA-256 值：</p>"
        f"<dl>{files}</dl>"
        "<p>核验：在本站源文件所在目录运行 <code>sha256sum</code> 加上文件名，"
        "得到的值应与上面所列相同。同样的数据和软件版本生成的 PDF 逐字节相同。</p>"
    )


# -- the setting -------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintTheme:
    """A stylesheet as WeasyPrint has parsed it, with what it needs to be used again."""

    css: Any
    fonts: Any
    counters: Any


@functools.lru_cache(maxsize=4)
def print_theme(css: str) -> PrintTheme:
    """Parse the stylesheet `css`; PrintError when WeasyPrint does not know all of it."""
    with _attentive("print.css"):
        from weasyprint import CSS
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        fonts, counters = FontConfiguration(), CounterStyle()
        parsed = CSS(string=css, font_config=fonts, counter_style=counters)
    return PrintTheme(parsed, fonts, counters)


def pdf_of(html: str, title: str, css: str | None = None) -> bytes:
    """Set the document `html` with the stylesheet `css` (the print theme) as tagged PDF/A.

    The same HTML and CSS give the same bytes on one machine. `title` names the document in a
    PrintError, which is raised for anything that WeasyPrint warns of and for missing fonts.
    """
    theme = print_theme(THEME.read_text("utf-8") if css is None else css)
    with _attentive(title):
        from weasyprint import HTML

        document = HTML(string=html, url_fetcher=_fetch_nothing()).render(
            stylesheets=[theme.css],
            font_config=theme.fonts,
            counter_style=theme.counters,
            pdf_variant=VARIANT,
        )
        made: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=_finish)
    foreign = {font.family for font in document.fonts.values() if not font.family.startswith(FONTS)}
    if foreign:
        names = "、".join(sorted(foreign))
        raise PrintError(title, (f"缺少字体，请安装 fonts-noto-cjk（用了 {names}）",))
    return made


def _fetch_nothing() -> Any:
    """A fetcher for data: addresses only: a report draws nothing from disk or network."""
    from weasyprint import URLFetcher

    return URLFetcher(allowed_protocols=("data",))


def _finish(_document: Any, pdf: Any) -> None:
    """Open with bookmarks shown."""
    pdf.catalog["PageMode"] = "/UseOutlines"


class _Listener(logging.Handler):
    """Collects what is said at the level of warnings and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _attentive(title: str) -> Iterator[None]:
    """Turn what WeasyPrint warns of within the block into a PrintError."""
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.heard:
        raise PrintError(title, tuple(dict.fromkeys(listener.heard)))


# -- all reports -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Setting:
    """One report to set: its document and where the file and the digest of its inputs go."""

    title: str
    html: str
    css: str
    inputs: str
    target: Path


def render_pdfs(
    library: Library,
    run: CheckRun,
    cache: Path,
    jobs: int = 0,
    progress: Callable[[str], None] | None = None,
) -> dict[ReportKey, Path]:
    """One PDF per report, `<cache>/<county>/<town>/<year>/<county>-<town>-<year>.pdf`.

    A report is set only when its inputs differ from those noted beside its PDF; PDFs of reports
    that are gone are removed. `jobs` is the number of processes (0: one per processor) and does
    not change a byte. `progress` gets the title of each report that was set. The first
    PrintError stops the work; what was finished stays.
    """
    css = THEME.read_text("utf-8")
    paths = {d.key: _path(cache, d.key) for d in library.disclosures}
    _remove_stale(cache, set(paths.values()))
    changed = _changed(library, run, css, paths)
    processes = jobs or os.cpu_count() or 1
    done = map(_set, changed) if processes == 1 else _in_parallel(changed, processes)
    for title in done:
        if progress is not None:
            progress(title)
    return paths


def _changed(
    library: Library, run: CheckRun, css: str, paths: dict[ReportKey, Path]
) -> Iterator[_Setting]:
    """The reports whose PDFs are not there or were made from something else."""
    words = converter()
    for disclosure in library.disclosures:
        key = disclosure.key
        html = print_html(disclosure, run.reports[key], words, library.root)
        inputs = _inputs(html, css)
        target = paths[key]
        if not (target.exists() and _noted(target) == inputs):
            yield _Setting(disclosure.report.heading.title, html, css, inputs, target)


def _inputs(html: str, css: str) -> str:
    """SHA-256 of all that a PDF is made from: document, theme, this module, versions."""
    versions = f"{__version__} {version('weasyprint')} {version('pydyf')}"
    digest = hashlib.sha256()
    for given in (versions, _source(), css, html):
        digest.update(hashlib.sha256(given.encode()).digest())
    return digest.hexdigest()


@functools.lru_cache(maxsize=1)
def _source() -> str:
    return Path(__file__).read_text("utf-8")


def _in_parallel(settings: Iterator[_Setting], processes: int) -> Iterator[str]:
    """Set in several processes, a few documents ahead of them; yields titles as they finish."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: set[Future[str]] = set()
        try:
            for setting in settings:
                waiting.add(pool.submit(_set, setting))
                if len(waiting) > 2 * processes:
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in finished)
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _set(setting: _Setting) -> str:
    """Set one report, put it in place whole, then note its inputs; returns its title."""
    made = pdf_of(setting.html, setting.title, setting.css)
    setting.target.parent.mkdir(parents=True, exist_ok=True)
    _put(setting.target, made)
    _put(_note(setting.target), f"{setting.inputs}\n".encode())
    return setting.title


def _put(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _path(cache: Path, key: ReportKey) -> Path:
    stem = f"{key.county}-{key.town}-{key.year}"
    return cache / key.county / key.town / str(key.year) / f"{stem}.pdf"


def _note(target: Path) -> Path:
    """Where the digest of a PDF's inputs is kept."""
    return target.with_suffix(".inputs.sha256")


def _noted(target: Path) -> str:
    note = _note(target)
    return note.read_text("ascii").strip() if note.exists() else ""


def _remove_stale(cache: Path, wanted: set[Path]) -> None:
    """Remove PDFs of reports that are gone, with their notes and folders; touches nothing else."""
    keep = wanted | {_note(path) for path in wanted}
    for path in sorted(cache.glob("*/*/*/*")):
        if path not in keep and NAME.fullmatch(path.relative_to(cache).as_posix()):
            path.unlink()
            for folder in path.parents[:3]:
                if not any(folder.iterdir()):
                    folder.rmdir()
