"""The archive's pages: over all counties, and of each by year and town: editions, sizes, hashes, how to check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape

from site_builder.archive.edition_notice import archive_anchor, archive_path, edition_path
from site_builder.archive.ledger import Entry, Ledger, corrections_of
from site_builder.counties import County
from site_builder.page import Page, crumbs_of, pdf_name, report_path

ARCHIVE = ("档案", "archive/index.html")
Size = Callable[[str], int | None]  # bytes of a file of the site, None when it is not there
KINDS = {"封存": "sealed", "更正": "corrected", "撤回": "withdrawn"}

HOW = (
    '<h2 id="how">怎样核验一个文件</h2><ol class="how">'
    "<li>下载要核验的文件，例如一份 PDF。</li>"
    "<li>在它所在的文件夹运行 <code>sha256sum 文件名</code>"
    "（Windows：<code>certutil -hashfile 文件名 SHA256</code>）。</li>"
    "<li>得到的 64 位值与本页所列相同，文件就与封存时一字不差；不同，就不是封存的那一份。</li></ol>"
)


def archive_page(counties: Mapping[str, County], ledgers: Iterable[Ledger]) -> Page:
    """The counties that have sealed anything, and how anyone checks a file."""
    items = []
    for ledger in ledgers:
        if not ledger.entries:
            continue
        county = counties.get(ledger.county)
        name = str(county.name) if county else ledger.county
        years = sorted({key.year for key in ledger.keys})
        span = f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0])
        corrected = len(corrections_of(ledger))
        said = f"，更正和撤回 {corrected} 次" if corrected else ""
        items.append(
            f'<li><a href="{ledger.county}/index.html">{escape(name)}</a>'
            f"<p>已封存 {len(ledger.keys)} 份报告，{span} 年度{said}</p></li>"
        )
    html = (
        '<h1>档案</h1><p class="lead">封存的报告不再改动：更正另出新版，旧版保留在永久地址，'
        "每个文件都有 SHA-256 值，任何人都可以核验。</p>"
        f'<ul class="cards">{"".join(items)}</ul>{HOW}'
    )
    return Page(ARCHIVE[1], ARCHIVE[0], html, "已封存的报告及其核验办法。", crumbs_of(), False)


def county_archive_page(name: str, ledger: Ledger, size: Size, has_page: bool) -> Page:
    """A county's sealed reports, newest year first; `size` knows what lies in the site."""
    years = sorted({key.year for key in ledger.keys}, reverse=True)
    path = archive_path(ledger.county)
    out = [f"<h1>{escape(name)}的档案</h1>"]
    out.append(
        '<p class="lead">封存的报告不再改动：更正另出新版，旧版保留在永久地址。'
        f'全部记录见<a href="ledger.txt">封存账</a>，最后一条的 SHA-256 是 '
        f"<code>{ledger.head}</code>。</p>"
    )
    for year in years:
        out.append(f'<h2 id="y{year}">{year} 年度</h2>{_whole_year(ledger.county, year, size)}')
        for key in ledger.keys:
            if key.year == year:
                out.append(_report(ledger.of(key), size))
    out.append(HOW)
    crumbs = [ARCHIVE]
    if has_page:
        crumbs.append((name, f"{ledger.county}/index.html"))
    return Page(
        path,
        f"{name}的档案",
        "".join(out),
        f"{name}已封存的乡镇报告及其核验办法。",
        crumbs_of(*crumbs),
        county=name,
    )


def _whole_year(county: str, year: int, size: Size) -> str:
    """What holds a year's reports together: the yearbook and the bag, where they are."""
    items = []
    for file, title in (
        (f"archive/{county}/{county}-{year}.pdf", "年鉴 PDF"),
        (f"archive/{county}/{county}-{year}.zip", "移交包（BagIt）"),
    ):
        octets = size(file)
        if octets is not None:
            items.append(f'<li><a href="../../{file}" download>{title}</a>（{_size(octets)}）</li>')
    return f'<ul class="whole-year">{"".join(items)}</ul>' if items else ""


def _report(entries: tuple[Entry, ...], size: Size) -> str:
    """One report: everything done to it, newest first."""
    key, last = entries[0].key, entries[-1]
    acts = "".join(_act(entry, size, last.kind == "撤回") for entry in reversed(entries))
    return (
        f'<h3 id="{archive_anchor(key)}"><a href="../../{report_path(key)}">{escape(last.title)}</a></h3>'
        f'<ol class="acts">{acts}</ol>'
    )


def _act(entry: Entry, size: Size, withdrawn: bool) -> str:
    shown = f"第{entry.edition}版"
    if not withdrawn:
        shown = f'<a href="../../{edition_path(entry)}">{shown}</a>'
    head = (
        f'<p>{entry.date.isoformat()}　<strong class="act-{KINDS[entry.kind]}">{entry.kind}</strong>　'
        f"{shown}{f'　责任者：{escape(entry.who)}' if entry.who else ''}</p>"
    )
    why = f"<p>理由：{escape(entry.reason)}</p>" if entry.reason else ""
    files = _files(entry, size, withdrawn) if entry.kind != "撤回" else ""
    return f"<li>{head}{why}{files}</li>"


def _files(entry: Entry, size: Size, withdrawn: bool) -> str:
    """The files of an edition with size and SHA-256; without links where it is withdrawn."""
    folder = edition_path(entry).removesuffix("index.html")
    first: list[str] = []
    rest: list[str] = []
    for file in entry.files:
        if not file.name.startswith(f"{entry.folder}/"):
            continue
        short = file.name.rpartition("/")[2]
        name = escape(short)
        octets = size(f"{folder}{short}")
        if not withdrawn and octets is not None:
            name = f'<a href="../../{folder}{short}" download>{name}</a>（{_size(octets)}）'
        item = f"<li>{name}<br><code>{file.digest}</code></li>"
        (first if short == pdf_name(entry.key) else rest).append(item)
    rest.append(f"<li>内容（每个数、每句话）<br><code>{entry.content}</code></li>")
    pdf = f'<ul class="hashes">{"".join(first)}</ul>' if first else ""
    return (
        f"{pdf}<details><summary>{'其他' if first else ''}文件和内容的 SHA-256</summary>"
        f'<ul class="hashes">{"".join(rest)}</ul></details>'
    )


def _size(octets: int) -> str:
    if octets < 1000:
        return f"{octets} 字节"
    if octets < 1_000_000:
        return f"{octets // 1000} KB"
    return f"{octets // 1_000_000}.{octets % 1_000_000 // 100_000} MB"
