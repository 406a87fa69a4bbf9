"""A town's figures over the years: gaps named, restatements shown beside what was published, nothing joined over.

A year's figure is what that year's report prints. What the next year's report prints of the same
year (上年决算) stands beside it where it differs, and alone, marked, where there is no report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from site_builder.charts import Amount, Year, trend_chart
from site_builder.key_figures import digits, named
from site_builder.library import Disclosure
from site_builder.markup import escape
from site_builder.record import record
from site_builder.report import Fact
from site_builder.table_frame import framed
from site_builder.tokens import MARKS

TRENDS = (
    ("支出合计", "决算"),
    ("收入合计", "决算"),
    ("基本支出", "决算"),
    ("项目支出", "决算"),
    ("三公经费", "决算"),
    ("公务接待费", "决算"),
    ("在职人数", "年末"),
    ("自评得分", "自评"),
)


@record
class Point:
    """One year of a series: `own` by its report, `budget` likewise, `told` by the next year's.

    `reported`: is there a report of that year at all? `profile` is the one that it goes by.
    """

    year: int
    reported: bool
    own: Fact | None = None
    budget: Fact | None = None
    told: Fact | None = None
    profile: str = ""

    @property
    def restated(self) -> bool:
        """Does the next year's report print something else for this year?"""
        return (
            self.own is not None
            and self.told is not None
            and not self.own.figure.agrees_with(self.told.figure)
        )


def series_of(reports: Sequence[Disclosure], concept: str, basis: str) -> tuple[Point, ...]:
    """Every year from the first to the last that anything is printed of; gaps are points too."""
    by_year = {d.key.year: d for d in reports}
    told = {
        d.key.year - 1: fact
        for d in reports
        if basis == "决算" and (fact := d.report.fact_of(concept, "上年决算")) is not None
    }
    own = {year: d.report.fact_of(concept, basis) for year, d in by_year.items()}
    years = [year for year, fact in own.items() if fact is not None] + list(told)
    if not years:
        return ()
    points = []
    for year in range(min(years), max(*years, *by_year) + 1):
        one = by_year.get(year)
        budget = one.report.fact_of(concept, "年初预算") if one and basis == "决算" else None
        profile = str(one.report.heading.profile) if one else ""
        points.append(Point(year, one is not None, own.get(year), budget, told.get(year), profile))
    return tuple(points)


def trends_html(reports: Sequence[Disclosure]) -> str:
    """A section for each concept that two years are known of: chart and table beside each other."""
    out = []
    for number, (concept, basis) in enumerate(TRENDS):
        points = series_of(reports, concept, basis)
        if sum(p.own is not None or p.told is not None for p in points) >= 2:
            out.append(_section(f"trend-{number}", concept, basis, points))
    return "".join(out)


def _section(id_: str, concept: str, basis: str, points: Sequence[Point]) -> str:
    units = Counter(f.figure.unit for p in points for f in (p.own, p.told) if f is not None)
    unit = units.most_common(1)[0][0]
    chart = ""
    if unit != "分":  # scores of different years are on different scales
        title = f"{named(concept)}：各年{basis}"
        years = [_drawn(p, unit) for p in points]
        chart = trend_chart(id_, title, unit, years)
    return (
        f'<section class="trend"><h3 id="{id_}-h"><a class="pl" href="#{id_}-h">'
        f"{escape(named(concept))}</a></h3>"
        f'<div class="pair">{chart}<div>{_table(id_, concept, basis, unit, points)}</div></div></section>'
    )


def _drawn(point: Point, unit: str) -> Year:
    own, budget, told = (
        Amount(f.figure.amount, digits(f)) if f is not None and f.figure.unit == unit else None
        for f in (point.own, point.budget, point.told)
    )
    if own is None and told is None:
        words = "报告没有这个数" if point.reported else "没有报告"
        if point.own is not None:
            words = f"{point.own.figure}：单位不同，不画"
        return Year(point.year, words=words)
    return Year(point.year, own, budget, told if point.own is None or point.restated else None)


def _table(id_: str, concept: str, basis: str, unit: str, points: Sequence[Point]) -> str:
    budgets = any(p.budget for p in points)
    tolds = any(p.told for p in points)
    notes = [
        f"{point.year}：{'，'.join(said)}。"
        for point in points
        if (said := list(_notes(point, points, unit)))
    ]
    heads = [basis, *(["年初预算"] if budgets else []), *(["次年报告所写"] if tolds else [])]
    cells = "".join(f'<th scope="col" class="n">{head}</th>' for head in heads)
    rows = []
    for point in points:
        row = _figure(point.own, f"{point.year}/index.html", unit)
        row += _figure(point.budget, f"{point.year}/index.html", unit) if budgets else ""
        row += _figure(point.told, f"{point.year + 1}/index.html", unit) if tolds else ""
        rows.append(f'<tr><th scope="row" class="c1">{point.year}</th>{row}</tr>')
    caption = f"{named(concept)}各年{basis}"
    money = f' data-unit="{unit}"' if unit in MARKS else ""
    table = framed(
        id_,
        caption,
        f'<thead><tr><th scope="col" class="c1">年度</th>{cells}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody>",
        said=f'{escape(caption)}<span class="unit">单位：{escape(unit)}</span>',
        attributes=money,
    )
    # Below, not in a column: a phone would show an edge of it, and every row as high as its words.
    return table + (f'<p class="note">{"".join(notes)}</p>' if notes else "")


def _figure(fact: Fact | None, page: str, unit: str) -> str:
    if fact is None:
        return (
            '<td class="n nil"><span aria-hidden="true">—</span><span class="vh">没有</span></td>'
        )
    words = digits(fact) if fact.figure.unit == unit else str(fact.figure)
    receipts = page.replace("index.html", "receipts/index.html")
    where = f"{receipts}#{escape(fact.address)}"
    return f'<td class="n"><a class="rc" href="{where}">{escape(words)}</a></td>'


def _notes(point: Point, points: Sequence[Point], unit: str) -> Iterator[str]:
    if not point.reported:
        yield "没有这一年的报告" + ("，数取自次年报告" if point.told else "")
    elif point.own is None:
        yield "报告没有这个数" + ("，数取自次年报告" if point.told else "")
    if point.restated:
        yield "次年报告写的不一样"
    if point.own is not None and point.own.figure.unit != unit:
        yield f"单位是{escape(point.own.figure.unit)}，不画"
    before = [p for p in points if p.year < point.year and p.profile]
    if unit == "分" and point.profile and before and before[-1].profile != point.profile:
        yield "评分口径与上一份报告不同，不能直接比"
