"""The page “开放数据”: every download above a single report, with its size, and what the fields mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from site_builder.library import Library
from site_builder.open_data.county_data import WHOLE
from site_builder.open_data.fields import FACTS, FINDINGS, Field
from site_builder.open_data.site_data import DATABASE
from site_builder.page import Page, county_stem, crumbs_of, year_stem
from site_builder.portal.feed import NAME as FEED
from site_builder.settings import Settings
from site_builder.summary import Summary
from site_builder.table_frame import framed

PATH = "data/index.html"
TYPES = {"string": "文字", "integer": "整数", "number": "数", "date": "日期"}
Size = Callable[[str], int | None]  # bytes of a file of the site; None: there is none


def data_page(library: Library, summaries: Sequence[Summary], size: Size) -> Page:
    """The page; `size` gives the bytes of a file of the finished tree."""
    facts = sum(s.facts for s in summaries)
    found = sum(s.levels.total() for s in summaries)
    whole = _files(WHOLE, "全部", size)
    base = _link(DATABASE, "全部 SQLite 数据库", size)
    large = (
        ""
        if f"{WHOLE}.xlsx" in whole or not summaries
        else "<p>全部数据超过一张工作表的 1,048,576 行，Excel 表格请按年度或按县下载。</p>"
    )
    by_year = _table("年度", "years", [
        (f"{year} 年度", f"../years/{year}/index.html", year_stem(year))
        for year in sorted({s.key.year for s in summaries}, reverse=True)
    ], size)  # fmt: skip
    by_county = _table("县", "counties", [
        (str(library.counties[slug].name), f"../{slug}/index.html", county_stem(slug))
        for slug in dict.fromkeys(s.key.county for s in summaries)
    ], size)  # fmt: skip
    html = (
        "<h1>开放数据</h1>"
        f'<p class="lead">{len(summaries)} 份报告公布的 {facts} 个数和 {found} 处核对发现，可以全部下载。</p>'
        f'<h2 id="all">全部</h2><ul class="downloads" aria-label="全部数据">{whole}{base}</ul>{large}'
        f'<h2 id="by-year">按年度</h2>{by_year}<h2 id="by-county">按县</h2>{by_county}'
        "<p>乡镇和报告的下载在各自的页面上。单份报告的 Excel 表格另有照原样的各张表，每张表下面还有它的 CSV。</p>"
        f"{_licence(library.settings)}{_feed(summaries)}"
        '<h2 id="files">文件</h2>'
        "<dl><dt>压缩包（.zip）</dt><dd>facts.csv：一行一个数；findings.csv：一行一处核对发现；reports.json："
        "同样的内容，按报告；datapackage.json：各栏的含义（Frictionless Data Package）。</dd>"
        "<dt>CSV</dt><dd>UTF-8 带 BOM，行尾 CRLF，Excel 和 WPS 可以直接打开。以 = + - @ 开头的文字前加了一个"
        "撇号（'），以免被当作公式。代码是文字，不是数。</dd>"
        "<dt>SQLite 数据库</dt><dd>表 facts、findings、reports、towns、counties、concepts 和视图 all_facts，"
        "可以用 Datasette 或任何 SQLite 工具打开。value 是精确的数（文字），number 供计算。</dd></dl>"
        "<p>空白是没有填报，不是零。同一个数在报告里写了两次，就是两行。地址固定不变，内容随报告的更正而更新。</p>"
        f'<h2 id="facts">facts 的各栏</h2>{_fields("facts", FACTS)}'
        f'<h2 id="findings">findings 的各栏</h2>{_fields("findings", FINDINGS)}'
    )
    return Page(PATH, "开放数据", html, "全部报告的数和核对发现，供下载和再利用。", crumbs_of())


def size_text(size: int) -> str:
    """A size for people: 820 KB, 1.5 MB."""
    if size < 1000:
        return f"{size} 字节"
    if size < 1_000_000:
        return f"{(size + 500) // 1000} KB"
    tenths = (size + 50_000) // 100_000
    return f"{tenths // 10}.{tenths % 10} MB"


def _files(stem: str, name: str, size: Size) -> str:
    return _link(f"{stem}.xlsx", f"{name} Excel 表格", size) + _link(
        f"{stem}.zip", f"{name} CSV 和 JSON", size
    )


def _link(path: str, title: str, size: Size) -> str:
    """A link to a file, with its size; nothing where the file is not."""
    found = size(path)
    if found is None:
        return ""
    return f'<li><a href="../{path}" download>{title}<br><small>{size_text(found)}</small></a></li>'


def _table(head: str, id_: str, rows: Iterable[tuple[str, str, str]], size: Size) -> str:
    body = []
    for title, page, stem in rows:
        cells = ""
        for ending in ("xlsx", "zip"):
            found = size(f"{stem}.{ending}")
            cells += (
                f'<td class="n"><a href="../{stem}.{ending}" download>{size_text(found)}</a></td>'
                if found is not None
                else '<td class="n nil"><span aria-hidden="true">—</span><span class="vh">没有</span></td>'
            )
        body.append(
            f'<tr><th scope="row" class="c1"><a href="{page}">{escape(title)}</a></th>{cells}</tr>'
        )
    return framed(
        id_,
        f"各{head}的下载",
        f'<thead><tr><th scope="col" class="c1">{head}</th><th scope="col" class="n">Excel 表格</th>'
        f'<th scope="col" class="n">CSV 和 JSON</th></tr></thead><tbody>{"".join(body)}</tbody>',
    )


def _licence(settings: Settings) -> str:
    """Under what the data may be used, in the publisher's words; said to be open when there are none."""
    site = settings.site
    if not site.licence and not site.licence_link:
        words = (
            "发布单位没有另行写明使用条件。数字来自已经主动公开的政府信息；"
            "引用时请注明报告名称和网址，不要改动数字。"
        )
    else:
        words = escape(site.licence or site.licence_link)
        if site.licence_link:
            words = f'<a href="{escape(site.licence_link)}" rel="license noopener noreferrer">{words}</a>'
    return f'<h2 id="licence">使用条件</h2><p>{words}</p>'


def _feed(summaries: Sequence[Summary]) -> str:
    """Where to follow what is published and corrected; why one cannot, where no date is known."""
    if any(s.published is not None for s in summaries):
        words = (
            f'新公布和更正的报告可以<a href="../{FEED}">订阅</a>（Atom），各县页面另有本县的。'
            "只列出注明了发布日期的报告。"
        )
    else:
        words = "报告还没有注明发布日期，所以没有订阅：不以生成网站的日期代替。"
    return f'<h2 id="feed">订阅</h2><p>{words}</p>'


def _fields(name: str, fields: Sequence[Field]) -> str:
    rows = "".join(
        f'<tr><th scope="row" class="c1"><code>{f.name.replace("_", "_<wbr>")}</code><br>{f.title}</th>'
        f'<td class="g2">{TYPES[f.type]}</td><td class="txt">{escape(f.says.zh)}<br>'
        f'<small lang="en">{escape(f.says.en)}</small></td></tr>'
        for f in fields
    )
    return framed(
        name,
        f"{name}.csv",
        '<thead><tr><th scope="col" class="c1">栏</th><th scope="col">类型</th>'
        f'<th scope="col">含义</th></tr></thead><tbody>{rows}</tbody>',
        kind="",
    )
