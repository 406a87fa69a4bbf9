"""One report as the HTML document that is printed: cover, contents, the parts of its page, edition, colophon."""

from __future__ import annotations

import datetime
import hashlib
import re
from html import escape
from importlib.metadata import version
from pathlib import Path

import markdown

from site_builder import __version__
from site_builder.check import Checked
from site_builder.finding import ReportKey
from site_builder.library import Disclosure
from site_builder.open_data.rows import facts_csv, findings_json
from site_builder.printing.edition_note import Correction, EditionNote
from site_builder.printing.print_fonts import MONO
from site_builder.printing.typesetting import Attached
from site_builder.report_body import Part, report_body

UNDATED = datetime.date(1980, 1, 1)  # of attachments where a report states no date
COVER_LINE = 20  # characters of a title on one line of the cover
BREAK_AFTER = ("人民政府", "年度", "办事处", "部门", "整体支出", "自评")
TALLEST = 660  # px that a drawing may be high, so that it stands on one page with its headings
MEASURE = 590  # px in the 156 mm of the type area

LONG = 250  # characters of a cell that may be higher than a page in a narrow column
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
POINTER = re.compile(r'<p><a href="(?!#|https?:|mailto:)[^"]*">[^<]*</a></p>')  # to another page
NOWHERE = re.compile(r' href="(?!#|https?:|mailto:)[^"]*"')  # of a file beside the page, say
HIDDEN = re.compile(
    r'<span class="(?:vh|word)">[^<]*</span>'
)  # words for a screen, where a figure is a link
LEGEND = re.compile(r'</figcaption>(<ul class="lg">.*?</ul>)', re.S)
NUMBERED = re.compile(r'<ol start="(\d+)">')
ROW = re.compile(r"<tr>((?:(?!</tr>).)*)</tr>", re.S)
CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.S)
FINDING = re.compile(r'(<li id="finding-(\d+)" class="finding [^>]*><p[^>]*>)')
# What looks like a common character and shares its glyph: a font of its own keeps them apart.
LOOK_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]+(?![^<]*>)")
DRAWING = re.compile("(<svg.*?</svg>)", re.S)


def print_html(
    disclosure: Disclosure,
    checked: Checked,
    converter_: markdown.Markdown,
    root: Path,
    edition: EditionNote | None = None,
) -> str:
    """One report as a whole HTML document; what a reader sees stands in it, nothing in the CSS.

    (But for page numbers and the signs of lists.) `root` is the project's folder, where the
    report's two files are read for their SHA-256; OSError when they have gone. `edition` is None
    for a report that is not sealed.
    """
    report = disclosure.report
    heading = report.heading
    parts = [
        Part(part.id, part.title, _for_print(part.html))
        for part in report_body(disclosure, checked, converter_).parts
    ]
    if edition is not None:
        parts.append(Part("edition", "版本与更正", _edition(edition)))
    parts.append(Part("colophon", "制作与核验", _colophon(disclosure, root, edition)))
    county = disclosure.county
    place = f"{county.province}{county.prefecture}{county.name}"
    subject = f"{place}{disclosure.town.name}{report.key.year}年度绩效评价报告及数据核对结果"
    sections = "".join(
        f'<section class="part {part.id}"><h2 id="{part.id}">{escape(part.title)}</h2>'
        f"{part.html}</section>"
        for part in parts
    )
    sealed = (
        f'<p class="sealed">第{edition.number}版　{_day(edition.sealed)}封存</p>' if edition else ""
    )
    return (
        f'<!DOCTYPE html><html lang="zh-CN" id="{stem(disclosure.key)}"><head><meta charset="utf-8">'
        f"<title>{escape(heading.title)}</title>"
        f'<meta name="author" content="{escape(heading.unit)}">'
        f'<meta name="description" content="{escape(subject)}">'
        f'<meta name="keywords" content="{escape(_keywords(disclosure))}">'
        f'<meta name="generator" content="site-builder {__version__}, WeasyPrint '
        f'{version("weasyprint")}">{_dates(heading.date, edition)}</head><body>'
        + _apart(
            f'<section class="cover"><p class="county">{escape(place)}</p>'
            f"<h1>{balanced(heading.title)}</h1>"
            f'<p class="unit">{escape(heading.unit)}</p><p>{report.key.year}年度</p>{sealed}'
            f"</section>{_contents(parts)}{sections}"
        )
        + "</body></html>"
    )


def stem(key: ReportKey) -> str:
    """What the files of a report are called: unlike those of any other."""
    return f"{key.county}-{key.town}-{key.year}"


def files_of(disclosure: Disclosure, checked: Checked, root: Path) -> tuple[Attached, ...]:
    """What a report's PDF carries: its two sources, its facts and its findings.

    Names hold county, town and year, so that a yearbook can carry those of many reports.
    """
    name = stem(disclosure.key)
    day = disclosure.report.heading.date or UNDATED
    data = (root / disclosure.report.file).read_bytes()
    words = (root / disclosure.narrative.file).read_bytes()
    facts = facts_csv([(disclosure, checked)]).encode()
    findings = findings_json(checked).encode()
    return (
        Attached(f"{name}.yaml", "报表数据（YAML 源文件）", "Source", data, day),
        Attached(f"{name}.md", "报告正文（Markdown 源文件）", "Source", words, day),
        Attached(f"{name}-facts.csv", "全部数据（CSV）", "Data", facts, day),
        Attached(f"{name}-findings.json", "核对结果（JSON）", "Data", findings, day),
    )


def _apart(html: str) -> str:
    """Look-alikes in a font of their own: a PDF keeps one text for a glyph, that of its first use."""
    if not LOOK_ALIKE.search(html):
        return html
    pieces = DRAWING.split(html)
    pieces[::2] = [LOOK_ALIKE.sub(r'<span class="odd">\g<0></span>', one) for one in pieces[::2]]
    drawn = f'<tspan font-family="{MONO}" font-weight="bold">\\g<0></tspan>'
    pieces[1::2] = [LOOK_ALIKE.sub(drawn, one) for one in pieces[1::2]]
    return "".join(pieces)


def _dates(day: datetime.date | None, edition: EditionNote | None) -> str:
    """When the report was written and when it was sealed, as the file's own dates."""
    created = f'<meta name="dcterms.created" content="{day.isoformat()}">' if day else ""
    if edition is None:
        return created
    return f'{created}<meta name="dcterms.modified" content="{edition.sealed.isoformat()}">'


def _day(day: datetime.date) -> str:
    """A date as GB/T 9704 writes it: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _keywords(disclosure: Disclosure) -> str:
    town, county = disclosure.town, disclosure.county
    words = (county.name, town.name, town.code, str(disclosure.key.year), "绩效自评", "预算公开")
    return ",".join(filter(None, words))


def balanced(title: str) -> str:
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
        f'<span class="folio" data-to="#{id_}"></span></li>'
    )


def _for_print(html: str) -> str:
    """A part as pages need it.

    Tall drawings are made to fit, long groups of indicators cut, headings and notes moved into the
    blocks of their tables (so that no page comes between), words for the ear only and links to
    nowhere taken out, findings numbered, legends
    put into captions.
    """
    html = GROUP.sub(_cut, PLOT.sub(_fitted, html))
    html = UNDER_TABLE.sub(r"</table>\1</div>", OVER_TABLE.sub(r"\2\1", html))
    html = HIDDEN.sub("", html).replace('</a><a class="fm"', '</a>、<a class="fm"')
    html = html.replace("<sup>", "<sup>〔").replace("</sup>", "〕</sup>")
    html = ROW.sub(_tall, html)
    html = NUMBERED.sub(_counted, html)
    html = LEGEND.sub(r"\1</figcaption>", html)
    html = FINDING.sub(r'\1<span class="no">〔\2〕</span>', html)
    return NOWHERE.sub("", POINTER.sub("", html))


def _tall(match: re.Match[str]) -> str:
    """A row that may be cut: WeasyPrint drops the head of a table before one that no page holds."""
    if any(len(words) > LONG for words in CELL.findall(match[1])):
        return f'<tr class="tall">{match[1]}</tr>'
    return match[0]


def _counted(match: re.Match[str]) -> str:
    """WeasyPrint numbers every list from 1 unless a style says otherwise."""
    return f'<ol start="{match[1]}" style="counter-reset: list-item {int(match[1]) - 1}">'


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


def _edition(edition: EditionNote) -> str:
    """Number and day of the edition, and everything that was corrected up to it."""
    head = (
        f"<p>本文件是第{edition.number}版，{_day(edition.sealed)}封存。封存后不再改动；"
        "更正另出新版，旧版保留。</p>"
    )
    if not edition.corrections:
        return f"{head}<p>至本版没有更正。</p>"
    rows = "".join(map(_correction, edition.corrections))
    return (
        f'{head}<div class="tw"><table class="gov corrections"><caption><span class="cap">更正'
        '</span></caption><thead><tr><th scope="col">日期</th><th scope="col">版次</th>'
        '<th scope="col">位置</th><th scope="col">原为</th><th scope="col">改为</th>'
        f'<th scope="col">理由</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _correction(one: Correction) -> str:
    cells = (
        f"第{one.edition}版",
        one.place,
        one.old or "（无）",
        one.new or "（删去）",
        one.reason,
    )
    words = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{one.date.isoformat()}</th>{words}</tr>'


def _colophon(disclosure: Disclosure, root: Path, edition: EditionNote | None) -> str:
    """What made the file and from what: tool, versions, hashes; and how anyone checks them."""
    names = (disclosure.report.file, disclosure.narrative.file)
    files = "".join(
        _hash(
            f"<code>{escape(name)}</code>", hashlib.sha256((root / name).read_bytes()).hexdigest()
        )
        for name in names
    )
    sealed = ""
    if edition is not None and edition.hashes:
        listed = "".join(_hash(escape(name), digest) for name, digest in edition.hashes)
        sealed = f"<p>封存时登记的哈希值：</p><dl>{listed}</dl>"
    return (
        f"<p>本文件由 site-builder {__version__} 和 WeasyPrint {version('weasyprint')} "
        "根据下列公开数据文件自动排版，文件下方是它的 SHA-256 值：</p>"
        f"<dl>{files}</dl>{sealed}"
        "<p>核验：数据文件、全部数据和核对结果都附在本文件里（阅读器的“附件”栏）。取出后运行 "
        "<code>sha256sum</code> 加上文件名，得到的值应与上面所列相同。同样的数据、字体和软件版本"
        "生成的 PDF 逐字节相同。本文件符合 PDF/A-3a（GB/T 23286.3）和 PDF/UA-1。</p>"
    )


def _hash(name: str, digest: str) -> str:
    return f"<div><dt>{name}</dt><dd><code>{digest}</code></dd></div>"
