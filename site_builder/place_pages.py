"""The pages that lead to reports: home, each county, each town, and each year; made from summaries.

No page lists the whole library: home lists counties, a county its towns, a year its counties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from site_builder.counties import County
from site_builder.key_figures import digits, named
from site_builder.library import Disclosure
from site_builder.markup import escape
from site_builder.page import Page, compared_with, crumbs_of, report_path
from site_builder.receipts import RECEIPTS
from site_builder.summary import CORE, Summary, grouped, span
from site_builder.table_frame import framed
from site_builder.tokens import MARKS
from site_builder.totals import PROFILE, Total, ruling_profile, total_of
from site_builder.trends import trends_html

YEARS = ("年度", "years/index.html")
TOTALS = "合计是各镇公布的数直接相加，只加口径、单位相同的。"
NOT_WHOLE = "名录没有列全的县，不写全县的合计。"
MOST_NAMED = 8  # towns in a sentence
NO_REPORT = '<td class="n nil gap">没有报告</td>'
NO_TOTAL = (
    '<td class="n nil"><span aria-hidden="true">—</span><span class="vh">没有可加的数</span></td>'
)
NEWEST = 12  # reports on the home page


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
        f"<p>{span(of_town)} 年度</p></li>"
        for town, of_town in by_town.items()
    )
    tables = ""
    for year, of_year in sorted(grouped(mine, lambda s: s.key.year).items(), reverse=True):
        tables += f'<h2 id="y{year}"><a class="pl" href="#y{year}">{year} 年度</a></h2>'
        tables += f"<p>{coverage_words(county, of_year)}</p>"
        tables += _compared(of_year, "../", county.is_whole)
    silent = [str(t.name) for name, t in county.towns.items() if name not in by_town]
    missing = (
        f'<p class="note">名录中还没有报告的：{escape("、".join(silent))}。</p>' if silent else ""
    )
    html = (
        f"<h1>{escape(county.name)}</h1>"
        f'<p class="lead">{escape(county.province)}{escape(county.prefecture)} · 区划代码 {county.code}'
        f" · {_covered(len(by_town), county)}</p>"
        f'<h2 id="towns">乡镇</h2><ul class="cards towns">{towns}</ul>{missing}'
        f"{_to_compare(slug, county, by_town)}{tables}"
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


def _to_compare(slug: str, county: County, by_town: Mapping[str, Sequence[Summary]]) -> str:
    """A link to a comparison of its towns, in the newest year of which several have reports."""
    if len(by_town) < 2:
        return ""
    of_towns = [{s.key.year for s in mine} for mine in by_town.values()]
    every = [year for years in of_towns for year in years]
    common = [year for year in every if every.count(year) > 1]
    year = max(common or every)
    beside = common or [y for years in of_towns if year not in years for y in years]
    to = compared_with(slug, year, beside)
    words = f"比较{escape(county.name)}各乡镇"
    return f'<p><a class="more" href="../{to}">{words}</a></p>'


def town_page(
    slug: str,
    county: County,
    town: str,
    mine: Sequence[Summary],
    reports: Sequence[Disclosure],
    beside: Collection[int] = (),
) -> Page:
    """A town: its reports, its core figures of all years, gaps named, and how they went.

    `beside` are the years that other towns of the county have reports of.
    """
    name, code = county.towns[town].name, county.towns[town].code
    by_year = {s.key.year: s for s in mine}
    years = range(max(by_year), min(by_year) - 1, -1)
    rows = []
    for concept, basis in CORE:
        if not any((concept, basis) in s.figures for s in mine):
            continue
        one = _unit_of(mine, (concept, basis))
        cells = [
            _cell(by_year[year], concept, basis, f"{year}/index.html", one)
            if year in by_year
            else NO_REPORT
            for year in years
        ]
        unit = f'<span class="sub">{escape(one)}</span>' if one else ""
        rows.append(
            f'<tr><th scope="row" class="c1">{named(concept)}{unit}</th>{"".join(cells)}</tr>'
        )
    heads = "".join(f'<th scope="col" class="n">{_year_head(year, by_year)}</th>' for year in years)
    table = '<p class="note">报告没有列出支出、收入、“三公”经费和人数。</p>'
    if rows:
        table = framed(
            "years",
            "历年主要数据（决算；人数为年末）",
            f'<thead><tr><th scope="col" class="c1">项目</th>{heads}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody>",
            attributes=' id="years"',
        )
    gaps = [str(year) for year in reversed(years) if year not in by_year]
    note = f'<p class="note">没有报告的年度：{"、".join(gaps)}。</p>' if gaps else ""
    reports_ = "".join(
        f'<li><a href="{s.key.year}/index.html">{s.key.year}年度</a> <small>{_checks(s)}</small></li>'
        for s in reversed(mine)
    )
    trends = trends_html(reports)
    if trends:
        trends = (
            '<h2 id="trends"><a class="pl" href="#trends">各年变化</a></h2><p class="note">'
            "每年的数取自当年的报告；次年报告里的“上年数”与它不同，或当年没有报告时，另画虚线条。"
            "两年之间没有公布的，不推算、不连线。</p>" + trends
        )
    others = ""
    if to := compared_with(slug, max(by_year.keys() & {*beside} or by_year), beside):
        others = f'<p><a class="more" href="../../{to}">与{escape(county.name)}别的乡镇比较</a></p>'
    html = (
        f"<h1>{escape(name)}</h1>"
        f'<p class="lead">{escape(county.province)}{escape(county.prefecture)}'
        f"{escape(county.name)}{f' · 区划代码 {code}' if code else ''}</p>"
        f'<h2 id="reports">报告</h2><ul class="years">{reports_}</ul>'
        f'{others}<h2 id="figures"><a class="pl" href="#figures">历年主要数据</a></h2>{table}{note}{trends}'
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
    """One year: its counties and how many of their towns are covered; totals of those listed whole."""
    added = [core for core in CORE if core[1] != "自评" and any(core in s.figures for s in of_year)]
    heads = "".join(f'<th scope="col" class="n">{named(concept)}</th>' for concept, _ in added)
    by_county = grouped(of_year, lambda s: s.key.county)
    cards = "".join(
        f'<li><a href="../../{slug}/index.html#y{year}">{escape(counties[slug].name)}</a>'
        f"<p>{_covered(len(mine), counties[slug])}</p></li>"
        for slug, mine in by_county.items()
    )
    rows = []
    for slug, mine in by_county.items():
        county = counties[slug]
        if not county.is_whole:
            continue
        cells = "".join(_total_cell(total_of(mine, *core, least=1)) for core in added)
        rows.append(
            f'<tr><th scope="row" class="c1"><a href="../../{slug}/index.html#y{year}">'
            f'{escape(county.name)}</a><span class="sub">{_covered(len(mine), county)}</span></th>{cells}</tr>'
        )
    totals = ""
    if rows:
        left_out = NOT_WHOLE if len(rows) < len(by_county) else ""
        totals = framed(
            "counties",
            f"{year}年度各县合计（决算）",
            f'<thead><tr><th scope="col" class="c1">县</th>{heads}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody>",
        )
        totals += f'<p class="note">{TOTALS}各县口径不同，不跨县相加。{left_out}</p>'
    html = (
        f"<h1>{year} 年度</h1>"
        f'<p class="lead">收录 {len(by_county)} 个县 {len(of_year)} 个乡镇的报告。</p>'
        f'<ul class="cards">{cards}</ul>{totals}'
    )
    return Page(
        f"years/{year}/index.html",
        f"{year} 年度",
        html,
        f"{year}年度各县乡镇报告：收录了多少。",
        crumbs_of(YEARS),
        False,
        year=year,
    )


# -- parts -----------------------------------------------------------------------------------


def _card(summary: Summary, up: str) -> str:
    said = [
        f"{name} {escape(str(figure.fact.figure))}"
        for name, core in (("支出", ("支出合计", "决算")), ("“三公”经费", ("三公经费", "决算")))
        if (figure := summary.figures.get(core)) is not None
    ]
    return (
        f'<li><a href="{up}{report_path(summary.key)}">{escape(summary.town)} {summary.key.year}年度'
        f"</a><p>{escape(summary.county)}</p><p>{'，'.join(said)}</p><p>{_checks(summary)}</p></li>"
    )


def _checks(summary: Summary) -> str:
    """Whether its figures add up, in a few words."""
    count = summary.levels["error"]
    return f"核对发现 {count} 处不一致" if count else "核对没有发现不一致"


def _unit_of(mine: Sequence[Summary], core: tuple[str, str]) -> str:
    """The one unit that a core figure is printed in; "" where there are several."""
    units = {s.figures[core].fact.figure.unit for s in mine if core in s.figures}
    return units.pop() if len(units) == 1 else ""


def _year_head(year: int, by_year: Mapping[int, Summary]) -> str:
    return f'<a href="{year}/index.html">{year}年度</a>' if year in by_year else f"{year}年度"


def coverage_words(county: County, of_year: Sequence[Summary]) -> str:
    """How many of the county's towns have a report, in words; which of the list have none, when few."""
    there = {s.key.town for s in of_year}
    missing = [str(t.name) for slug, t in county.towns.items() if slug not in there]
    said = f"{_covered(len(there), county)}。"
    if not missing:
        return said
    if len(missing) <= MOST_NAMED:
        head = "没有公布的" if county.is_whole else "名录里没有这一年报告的"
        said += f"{head}：{escape('、'.join(missing))}。"
    return said


def _covered(count: int, county: County) -> str:
    """3 个镇公布，共 15 个镇; 收录 3 个镇的报告 where the list is not said to have all of them."""
    whole = len(county.towns)
    if not county.is_whole:
        return f"收录 {count} 个镇的报告"
    return f"{count} 个镇全部公布" if count == whole else f"{count} 个镇公布，共 {whole} 个镇"


def _total_cell(total: Total | None) -> str:
    """A total with the number of towns it covers; a dash where nothing can be added."""
    if total is None:
        return NO_TOTAL
    return (
        f'<td class="n">{total.text}<span class="sub">{escape(total.unit)}，'
        f"{len(total.counted)} 个镇</span></td>"
    )


def _cell(summary: Summary, concept: str, basis: str, href: str, unit: str = "") -> str:
    """A core figure as a cell that leads to its receipt; a dash when it is not printed.

    Its unit is left out where it is `unit`, which stands at the head of the row.
    """
    figure = summary.figures.get((concept, basis))
    if figure is None:
        return (
            '<td class="n nil"><span aria-hidden="true">—</span><span class="vh">未填报</span></td>'
        )
    fact = figure.fact
    words = digits(fact) if unit else str(fact.figure)
    said = f' data-unit="{unit}"' if unit in MARKS else ""
    receipts = href.replace("index.html", RECEIPTS)
    return f'<td class="n"{said}><a class="rc" href="{receipts}#{escape(fact.address)}">{escape(words)}</a></td>'


def _compared(mine: Sequence[Summary], up: str, whole: bool) -> str:
    """A table of reports of one county and year, a row a report, the core concepts as columns.

    A line of totals stands below them where the county's list of towns is `whole`.
    """
    columns = [core for core in CORE if any(core in s.figures for s in mine)]
    units = {core: _unit_of(mine, core) for core in columns}
    heads = "".join(
        f'<th scope="col" class="n">{named(core[0])}<span class="sub">{escape(units[core])}</span></th>'
        for core in columns
    )
    rows = []
    for summary in mine:
        href = up + report_path(summary.key)
        cells = "".join(_cell(summary, *core, href, units[core]) for core in columns)
        rows.append(
            f'<tr><th scope="row" class="c1"><a href="{href}">{escape(summary.town)}</a></th>'
            f'{cells}<td class="n"><a href="{href}#findings">{summary.levels.total()}</a></td></tr>'
        )
    added = columns if whole else []
    totals = [(core, total) for core in added if (total := total_of(mine, *core)) is not None]
    notes = ""
    if totals:
        cells = "".join(_total_cell(total_of(mine, *core)) for core in columns)
        rows.append(
            f'<tr class="total"><th scope="row" class="c1">合计</th>{cells}<td class="fill"></td></tr>'
        )
        notes = f'<p class="note">{TOTALS}{"".join(_left_out(mine, totals))}</p>'
    first = mine[0]
    table = framed(
        f"compared-{first.key.county}-{first.key.year}",
        f"{first.county}{first.key.year}年度主要数据",
        f'<thead><tr><th scope="col" class="c1">乡镇</th>{heads}'
        f'<th scope="col" class="n">核对发现</th></tr></thead><tbody>{"".join(rows)}</tbody>',
    )
    return table + notes


def _left_out(
    mine: Sequence[Summary], totals: Sequence[tuple[tuple[str, str], Total]]
) -> Iterator[str]:
    """Which reports the totals leave out, and why."""
    other = [s.town for s in mine if s.profile != ruling_profile(mine)]
    if other:
        yield f"口径与多数不同、没有计入的：{escape('、'.join(other))}。"
    for (concept, _), total in totals:
        names = [f"{s.town}（{reason}）" for s, reason in total.left_out if reason != PROFILE]
        if names:
            yield f"{named(concept)}没有计入：{escape('、'.join(names))}。"
