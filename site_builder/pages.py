"""The pages of the site: home, county, town, report, year, checks, search, about; and what search finds.

Each page is a finished body with its title, its breadcrumbs and its address below the site's root.
No page lists the whole library: home lists counties, a county its towns, a year its counties' towns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import markdown

from site_builder.check import Checked, CheckRun
from site_builder.check_pages import check_pages
from site_builder.counties import County
from site_builder.finding import ReportKey
from site_builder.library import Disclosure, Library
from site_builder.page import Page, pdf_name, report_path
from site_builder.page_text import entries_of
from site_builder.prose_html import converter
from site_builder.report import Fact
from site_builder.report_body import report_body
from site_builder.search import Entry

COMPARED = (
    ("支出合计", "决算"),
    ("基本支出", "决算"),
    ("项目支出", "决算"),
    ("三公经费", "决算"),
    ("在职人数", "年末"),
    ("自评得分", "自评"),
)


def all_pages(
    library: Library, run: CheckRun, pdfs: bool = True
) -> Iterator[tuple[Page, tuple[Entry, ...]]]:
    """Every page with what search should find on it; `pdfs` says whether reports offer theirs."""
    for page in _pages(library, run, pdfs):
        yield page, entries_of(page)


def _pages(library: Library, run: CheckRun, pdfs: bool) -> Iterator[Page]:
    made = converter()
    yield _home(library, run, made)
    for slug, county in library.counties.items():
        mine = library.of_county(slug)
        if not mine:
            continue  # an empty column is never published
        yield _county(slug, county, mine, run)
        for town in dict.fromkeys(d.key.town for d in mine):
            yield _town(slug, town, [d for d in mine if d.key.town == town], run)
    for disclosure in library.disclosures:
        yield _report(disclosure, run.reports[disclosure.key], made, pdfs)
    yield _years(library)
    for year in library.years():
        yield _year(year, library, run)
    yield from check_pages(library, run)
    yield _search()
    yield _written(library.root / "content" / "about.md", "about/index.html", "关于本站", made)


# -- report ----------------------------------------------------------------------------------


def _report(disclosure: Disclosure, checked: Checked, made: markdown.Markdown, pdfs: bool) -> Page:
    key = disclosure.key
    body = report_body(disclosure, checked, made, _downloads(key, pdfs))
    title = disclosure.report.heading.title
    lead = (
        f'<p class="lead">{escape(disclosure.report.heading.unit)} · {key.year}年度 · '
        f"{escape(disclosure.report.form.title)}</p>"
    )
    sections = "".join(
        f'<section aria-labelledby="{p.id}" data-kind="{p.kind}"><h2 id="{p.id}">{p.title}</h2>{p.html}</section>'
        for p in body.parts
    )
    return Page(
        report_path(key),
        f"{disclosure.town.name}{key.year}年度",
        f"<h1>{escape(title)}</h1>{lead}{sections}",
        f"{title}：收支、“三公”经费、人员、指标与得分，逐项核对，可下载。",
        (
            ("首页", "index.html"),
            (disclosure.county.name, f"{key.county}/index.html"),
            (disclosure.town.name, f"{key.county}/{key.town}/index.html"),
        ),
        county=disclosure.county.name,
        town=disclosure.town.name,
        year=key.year,
    )


def _downloads(key: ReportKey, pdfs: bool) -> str:
    files = [
        (pdf_name(key), "PDF 存档件", "可打印、含全部表格"),
        ("facts.csv", "数据 CSV", "每个数一行，可用表格软件打开"),
        ("findings.json", "核对结果 JSON", "供程序读取"),
    ]
    files = files if pdfs else files[1:]
    items = "".join(
        f'<li><a href="{name}" download>{title}<br><small>{note}</small></a></li>'
        for name, title, note in files
    )
    return f'<ul class="downloads" aria-label="下载">{items}</ul>'


# -- lists of reports ------------------------------------------------------------------------


def _home(library: Library, run: CheckRun, made: markdown.Markdown) -> Page:
    facts = sum(c.coverage.facts for c in run.reports.values())
    intro = _words(library.root / "content" / "index.md", made)
    counts = (
        f"<p>现有 {len({d.key.county for d in library.disclosures})} 个县、"
        f"{len({d.key[:2] for d in library.disclosures})} 个乡镇的 {len(library.disclosures)} 份报告，"
        f'公布 {facts} 个数。<a href="checks/index.html">核对结果</a></p>'
    )
    search = (
        '<form class="home-search" role="search" data-search-box action="search/index.html" '
        'method="get"><input type="search" name="q" aria-label="搜索全部报告" '
        'placeholder="如：三公经费、双季稻、1532.11"><button type="submit">搜索</button></form>'
    )
    counties = "".join(
        f'<li><a href="{slug}/index.html">{escape(county.name)}</a>'
        f"<p>{escape(county.province)}{escape(county.prefecture)}</p>"
        f"<p>{len(mine)} 份报告，{_span([d.key.year for d in mine])} 年度</p></li>"
        for slug, county in library.counties.items()
        if (mine := library.of_county(slug))
    )
    newest = sorted(library.disclosures, key=lambda d: (-d.key.year, d.key))[:12]
    cards = "".join(_card(d, run, "") for d in newest)
    html = (
        f"{intro}{search}{counts}"
        f'<h2 id="counties">各县</h2><ul class="cards">{counties}</ul>'
        f'<h2 id="newest">最近年度的报告</h2><ul class="cards">{cards}</ul>'
    )
    return Page("index.html", "首页", html)


def _span(years: Sequence[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}—{last}"


def _card(disclosure: Disclosure, run: CheckRun, up: str) -> str:
    report = disclosure.report
    spent = report.fact_of("支出合计", "决算")
    three = report.fact_of("三公经费", "决算")
    said = []
    if spent:
        said.append(f"支出 {escape(str(spent.figure))}")
    if three:
        said.append(f"“三公” {escape(str(three.figure))}")
    count = sum(f.level == "error" for f in run.reports[disclosure.key].findings)
    checks = f"核对发现 {count} 处不一致" if count else "核对没有发现不一致"
    key = disclosure.key
    return (
        f'<li><a href="{up}{report_path(key)}">{escape(disclosure.town.name)} {key.year}年度</a>'
        f"<p>{escape(disclosure.county.name)}</p><p>{'，'.join(said)}</p><p>{checks}</p></li>"
    )


def _county(slug: str, county: County, mine: Sequence[Disclosure], run: CheckRun) -> Page:
    towns = "".join(
        f'<li><a href="{town}/index.html">{escape(county.towns[town].name)}</a>'
        f"<p>{'、'.join(str(d.key.year) for d in mine if d.key.town == town)} 年度</p></li>"
        for town in dict.fromkeys(d.key.town for d in mine)
    )
    reported = len({d.key.town for d in mine})
    tables = ""
    for year in sorted({d.key.year for d in mine}, reverse=True):
        of_year = [d for d in mine if d.key.year == year]
        tables += f'<h2 id="y{year}">{year} 年度</h2>' + _compared(of_year, run, "../")
    html = (
        f"<h1>{escape(county.name)}</h1>"
        f'<p class="lead">{escape(county.province)}{escape(county.prefecture)} · 区划代码 {county.code}'
        f" · 有报告的乡镇 {reported} 个（名录中 {len(county.towns)} 个）</p>"
        f'<h2 id="towns">乡镇</h2><ul class="cards">{towns}</ul>{tables}'
    )
    description = f"{county.name}各乡镇预算绩效公开。"
    crumbs = (("首页", "index.html"),)
    return Page(f"{slug}/index.html", county.name, html, description, crumbs, county=county.name)


def _town(county: str, town: str, mine: Sequence[Disclosure], run: CheckRun) -> Page:
    first = mine[0]
    rows = []
    for concept, basis in COMPARED:
        cells = []
        for disclosure in mine:
            fact = disclosure.report.fact_of(concept, basis)
            href = f"{disclosure.key.year}/index.html"
            cells.append(_linked(fact, href))
        if any("<a" in cell for cell in cells):
            rows.append(f'<tr><th scope="row" class="c1">{concept}</th>{"".join(cells)}</tr>')
    heads = "".join(f'<th scope="col" class="n">{d.key.year}年度</th>' for d in mine)
    table = (
        '<div class="tw" role="region" tabindex="0" aria-labelledby="years-caption">'
        '<table class="gov grid" id="years"><caption><span class="cap" id="years-caption">历年主要数据'
        "</span></caption>"
        f'<thead><tr><th scope="col" class="c1">项目</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
    gaps = _gaps([d.key.year for d in mine])
    note = f'<p class="note">没有报告的年度：{"、".join(gaps)}。</p>' if gaps else ""
    cards = "".join(_card(d, run, "../../") for d in reversed(mine))
    html = (
        f"<h1>{escape(first.town.name)}</h1>"
        f'<p class="lead">{escape(first.county.province)}{escape(first.county.prefecture)}'
        f"{escape(first.county.name)} · 区划代码 {first.town.code}</p>"
        f'<h2 id="reports">报告</h2><ul class="cards">{cards}</ul>'
        f'<h2 id="figures">历年主要数据</h2>{table}{note}'
    )
    crumbs = (("首页", "index.html"), (first.county.name, f"{county}/index.html"))
    description = f"{first.county.name}{first.town.name}历年预算绩效公开。"
    return Page(
        f"{county}/{town}/index.html",
        first.town.name,
        html,
        description,
        crumbs,
        county=first.county.name,
        town=first.town.name,
    )


def _gaps(years: Sequence[int]) -> list[str]:
    """Years between the first and the last that no report is published for."""
    return [str(y) for y in range(min(years), max(years)) if y not in years]


def _linked(fact: Fact | None, href: str) -> str:
    if fact is None:
        return (
            '<td class="n nil"><span aria-hidden="true">—</span><span class="vh">未填报</span></td>'
        )
    return (
        f'<td class="n"><a href="{href}#{escape(fact.address)}">{escape(str(fact.figure))}</a></td>'
    )


def _compared(mine: Sequence[Disclosure], run: CheckRun, up: str) -> str:
    """A table of reports of one year, a row a report, the same core concepts as columns."""
    heads = "".join(f'<th scope="col" class="n">{concept}</th>' for concept, _ in COMPARED)
    rows = []
    for disclosure in mine:
        href = up + report_path(disclosure.key)
        cells = "".join(
            _linked(disclosure.report.fact_of(concept, basis), href) for concept, basis in COMPARED
        )
        count = len(run.reports[disclosure.key].findings)
        rows.append(
            f'<tr><th scope="row" class="c1"><a href="{href}">{escape(disclosure.town.name)}</a></th>'
            f'{cells}<td class="n"><a href="{href}#findings">{count}</a></td></tr>'
        )
    first = mine[0].key
    caption_id = f"compared-{first.county}-{first.year}"
    return (
        f'<div class="tw" role="region" tabindex="0" aria-labelledby="{caption_id}">'
        f'<table class="gov grid"><caption><span class="cap" id="{caption_id}">'
        f"{escape(mine[0].county.name)}{first.year}年度主要数据</span></caption>"
        f'<thead><tr><th scope="col" class="c1">乡镇</th>{heads}'
        f'<th scope="col" class="n">核对发现</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _years(library: Library) -> Page:
    items = "".join(
        f'<li><a href="{year}/index.html">{year} 年度</a>'
        f"<p>{sum(d.key.year == year for d in library.disclosures)} 份报告</p></li>"
        for year in library.years()
    )
    html = f'<h1>各年度</h1><ul class="cards">{items}</ul>'
    crumbs = (("首页", "index.html"),)
    return Page("years/index.html", "年度", html, "按年度查看。", crumbs, False)


def _year(year: int, library: Library, run: CheckRun) -> Page:
    out = [f"<h1>{year} 年度</h1>"]
    for slug, county in library.counties.items():
        mine = [d for d in library.of_county(slug) if d.key.year == year]
        if mine:
            out.append(f'<h2 id="{slug}">{escape(county.name)}</h2>')
            out.append(_compared(mine, run, "../../"))
    crumbs = (("首页", "index.html"), ("年度", "years/index.html"))
    return Page(
        f"years/{year}/index.html",
        f"{year} 年度",
        "".join(out),
        f"{year}年度各乡镇报告。",
        crumbs,
        year=year,
    )


# -- search and written pages ---------------------------------------------------------------


def _search() -> Page:
    html = (
        "<h1>搜索</h1>"
        '<div id="search-app" data-shards="../assets/shards/" data-root="../" data-unsearched>'
        "<p>搜索需要启用 JavaScript。也可以从"
        '<a href="../index.html">首页</a>按县、乡镇，或从<a href="../years/index.html">年度</a>查找。</p>'
        "</div>"
        '<script defer src="../assets/shards.js"></script>'
        '<script defer src="../assets/search.js"></script>'
    )
    crumbs = (("首页", "index.html"),)
    return Page("search/index.html", "搜索", html, "搜索全部报告的文字和数字。", crumbs, False)


def _words(path: Path, made: markdown.Markdown) -> str:
    """A page of the site's own words; empty when it was not written."""
    return made.reset().convert(path.read_text("utf-8")) if path.exists() else ""


def _written(path: Path, target: str, title: str, made: markdown.Markdown) -> Page:
    html = _words(path, made) or f"<h1>{title}</h1>"
    return Page(target, title, html, "", (("首页", "index.html"),))
