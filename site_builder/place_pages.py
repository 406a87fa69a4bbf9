"""The pages that lead to reports: home, each county, each town, and each year; made from summaries.

No page lists the whole library: home lists counties, a county its towns, a year its counties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TypeVar

from site_builder.counties import County
from site_builder.page import Page, crumbs_of, report_path
from site_builder.summary import CORE, Summary, of_county, span

YEARS = ("年度", "years/index.html")
NEWEST = 12  # reports on the home page
Key = TypeVar("Key")


def home_page(counties: dict[str, County], summaries: Sequence[Summary], intro: str) -> Page:
    """The home page; `intro` is the site's own words in HTML."""
    facts = sum(s.facts for s in summaries)
    counts = (
        f"<p>现有 {len({s.key.county for s in summaries})} 个县、"
        f"{len({s.key[:2] for s in summaries})} 个乡镇的 {len(summaries)} 份报告，"
        f'公布 {facts} 个数。<a href="checks/index.html">核对结果</a></p>'
    )
    search = (
        '<form class="home-search" role="search" data-search-box action="search/index.html" '
        'method="get"><input type="search" name="q" aria-label="搜索全部报告" '
        'placeholder="如：三公经费、双季稻、1532.11"><button type="submit">搜索</button></form>'
    )
    items = []
    for slug, mine in grouped(summaries, lambda s: s.key.county).items():
        county = counties[slug]
        items.append(
            f'<li><a href="{slug}/index.html">{escape(county.name)}</a>'
            f"<p>{escape(county.province)}{escape(county.prefecture)}</p>"
            f"<p>{len(mine)} 份报告，{span(mine)} 年度</p></li>"
        )
    newest = sorted(summaries, key=lambda s: (-s.key.year, s.key))[:NEWEST]
    cards = "".join(_card(s, "") for s in newest)
    html = (
        f"{intro}{search}{counts}"
        f'<h2 id="counties">各县</h2><ul class="cards">{"".join(items)}</ul>'
        f'<h2 id="newest">最近年度的报告</h2><ul class="cards">{cards}</ul>'
    )
    return Page("index.html", "首页", html)


def county_page(slug: str, county: County, mine: Sequence[Summary]) -> Page:
    """A county: its towns, and its reports of each year beside each other."""
    by_town = grouped(mine, lambda s: s.key.town)
    towns = "".join(
        f'<li><a href="{town}/index.html">{escape(county.towns[town].name)}</a>'
        f"<p>{'、'.join(str(s.key.year) for s in of_town)} 年度</p></li>"
        for town, of_town in by_town.items()
    )
    tables = ""
    for year, of_year in sorted(grouped(mine, lambda s: s.key.year).items(), reverse=True):
        tables += f'<h2 id="y{year}">{year} 年度</h2>' + _compared(of_year, "../")
    html = (
        f"<h1>{escape(county.name)}</h1>"
        f'<p class="lead">{escape(county.province)}{escape(county.prefecture)} · 区划代码 {county.code}'
        f" · 有报告的乡镇 {len(by_town)} 个（名录中 {len(county.towns)} 个）</p>"
        f'<h2 id="towns">乡镇</h2><ul class="cards">{towns}</ul>{tables}'
    )
    description = f"{county.name}各乡镇预算绩效公开。"
    return Page(
        f"{slug}/index.html",
        str(county.name),
        html,
        description,
        crumbs_of(),
        county=str(county.name),
    )


def town_page(slug: str, county: County, town: str, mine: Sequence[Summary]) -> Page:
    """A town: its reports, and its core figures of all years."""
    name, code = county.towns[town].name, county.towns[town].code
    rows = []
    for concept, basis in CORE:
        cells = [_cell(s, concept, basis, f"{s.key.year}/index.html") for s in mine]
        if any("<a" in cell for cell in cells):
            rows.append(f'<tr><th scope="row" class="c1">{concept}</th>{"".join(cells)}</tr>')
    heads = "".join(f'<th scope="col" class="n">{s.key.year}年度</th>' for s in mine)
    table = (
        '<div class="tw" role="region" tabindex="0" aria-labelledby="years-caption">'
        '<table class="gov grid" id="years"><caption><span class="cap" id="years-caption">历年主要数据'
        "</span></caption>"
        f'<thead><tr><th scope="col" class="c1">项目</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
    gaps = _gaps([s.key.year for s in mine])
    note = f'<p class="note">没有报告的年度：{"、".join(gaps)}。</p>' if gaps else ""
    cards = "".join(_card(s, "../../") for s in reversed(mine))
    html = (
        f"<h1>{escape(name)}</h1>"
        f'<p class="lead">{escape(county.province)}{escape(county.prefecture)}'
        f"{escape(county.name)} · 区划代码 {code}</p>"
        f'<h2 id="reports">报告</h2><ul class="cards">{cards}</ul>'
        f'<h2 id="figures">历年主要数据</h2>{table}{note}'
    )
    return Page(
        f"{slug}/{town}/index.html",
        str(name),
        html,
        f"{county.name}{name}历年预算绩效公开。",
        crumbs_of((str(county.name), f"{slug}/index.html")),
        county=str(county.name),
        town=str(name),
    )


def years_page(summaries: Sequence[Summary]) -> Page:
    """The list of years."""
    by_year = grouped(summaries, lambda s: s.key.year)
    items = "".join(
        f'<li><a href="{year}/index.html">{year} 年度</a><p>{len(mine)} 份报告</p></li>'
        for year, mine in sorted(by_year.items(), reverse=True)
    )
    html = f'<h1>各年度</h1><ul class="cards">{items}</ul>'
    return Page(YEARS[1], YEARS[0], html, "按年度查看。", crumbs_of(), False)


def year_page(year: int, counties: dict[str, County], of_year: Sequence[Summary]) -> Page:
    """One year: the reports of each county beside each other."""
    out = [f"<h1>{year} 年度</h1>"]
    for slug in counties:
        mine = of_county(of_year, slug)
        if mine:
            out.append(f'<h2 id="{slug}">{escape(counties[slug].name)}</h2>')
            out.append(_compared(mine, "../../"))
    return Page(
        f"years/{year}/index.html",
        f"{year} 年度",
        "".join(out),
        f"{year}年度各乡镇报告。",
        crumbs_of(YEARS),
        year=year,
    )


# -- parts -----------------------------------------------------------------------------------


def grouped(summaries: Sequence[Summary], by: Callable[[Summary], Key]) -> dict[Key, list[Summary]]:
    """The summaries by what `by` gives, in their order."""
    groups: dict[Key, list[Summary]] = {}
    for summary in summaries:
        groups.setdefault(by(summary), []).append(summary)
    return groups


def _card(summary: Summary, up: str) -> str:
    said = [
        f"{name} {escape(str(figure.fact.figure))}"
        for name, core in (("支出", ("支出合计", "决算")), ("“三公”", ("三公经费", "决算")))
        if (figure := summary.figures.get(core)) is not None
    ]
    count = summary.levels["error"]
    checks = f"核对发现 {count} 处不一致" if count else "核对没有发现不一致"
    return (
        f'<li><a href="{up}{report_path(summary.key)}">{escape(summary.town)} {summary.key.year}年度'
        f"</a><p>{escape(summary.county)}</p><p>{'，'.join(said)}</p><p>{checks}</p></li>"
    )


def _gaps(years: Sequence[int]) -> list[str]:
    """Years between the first and the last that no report is published for."""
    return [str(y) for y in range(min(years), max(years)) if y not in years]


def _cell(summary: Summary, concept: str, basis: str, href: str) -> str:
    """A core figure as a cell that leads to where it is printed; a dash when it is not."""
    figure = summary.figures.get((concept, basis))
    if figure is None:
        return (
            '<td class="n nil"><span aria-hidden="true">—</span><span class="vh">未填报</span></td>'
        )
    fact = figure.fact
    return (
        f'<td class="n"><a href="{href}#{escape(fact.address)}">{escape(str(fact.figure))}</a></td>'
    )


def _compared(mine: Sequence[Summary], up: str) -> str:
    """A table of reports of one county and year, a row a report, the core concepts as columns."""
    heads = "".join(f'<th scope="col" class="n">{concept}</th>' for concept, _ in CORE)
    rows = []
    for summary in mine:
        href = up + report_path(summary.key)
        cells = "".join(_cell(summary, concept, basis, href) for concept, basis in CORE)
        rows.append(
            f'<tr><th scope="row" class="c1"><a href="{href}">{escape(summary.town)}</a></th>'
            f'{cells}<td class="n"><a href="{href}#findings">{summary.levels.total()}</a></td></tr>'
        )
    first = mine[0]
    caption_id = f"compared-{first.key.county}-{first.key.year}"
    return (
        f'<div class="tw" role="region" tabindex="0" aria-labelledby="{caption_id}">'
        f'<table class="gov grid"><caption><span class="cap" id="{caption_id}">'
        f"{escape(first.county)}{first.key.year}年度主要数据</span></caption>"
        f'<thead><tr><th scope="col" class="c1">乡镇</th>{heads}'
        f'<th scope="col" class="n">核对发现</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )
