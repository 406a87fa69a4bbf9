"""The receipt of every figure of a report: what it means, where it is written, in other years, who checked it.

A page of its own beside the report, so that a figure's link works without a script; with one, the
receipt opens beside the figure (`themes/site/assets/receipt.js`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from site_builder.check import ALL_RULES, Checked
from site_builder.coverage import guards_of
from site_builder.finding import Finding, ReportKey
from site_builder.glossary import GLOSSARY, definition_html
from site_builder.key_figures import gap
from site_builder.library import Disclosure, Library
from site_builder.markup import escape
from site_builder.page import Page, crumbs_of, report_path
from site_builder.record import record
from site_builder.report import Fact
from site_builder.report_body import place_html
from site_builder.rule_pages import rule_path

RECEIPTS = "receipts/index.html"  # beside a report's page
TITLES = {rule.id: escape(rule.title.zh) for rule in ALL_RULES}
RESULT = {"pass": "没有发现", "finding": "有发现", "not-applicable": "不适用"}
Meant = tuple[str, str, str]  # concept, basis (上年决算 is 决算), subject


@record
class Stated:
    """A figure in one of a town's reports, in words and with its link as HTML, made once for all."""

    report: int  # the year of the report
    fact: Fact
    words: str
    link: str


Found = list[Stated]


def receipts_path(key: ReportKey) -> str:
    """The address of a report's receipts."""
    return report_path(key).replace("index.html", RECEIPTS)


def receipts_page(
    disclosure: Disclosure, checked: Checked, library: Library, edition: str | None = None
) -> Page:
    """A receipt for each printed figure, by table; `library` has the town's other years.

    `edition` names the sealed state that the figures belong to, None when there is none.
    """
    key = disclosure.key
    of_town = library.once(("figures of", key[:2]), lambda: _figures(library, key))
    defined = library.once(
        "definitions", lambda: {name: definition_html(c) for name, c in library.concepts.items()}
    )
    found: dict[str, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(checked.findings, 1):
        found.setdefault(finding.address, []).append((number, finding))
    captions = {t.form.address: (t.form.annex, t.form.caption) for t in disclosure.report.tables}
    guards = guards_of(checked.coverage)
    out = []
    tables = []
    for table, facts in groupby(disclosure.report.facts, key=lambda f: f.table):
        annex, caption = captions[table]
        where = f"{annex}　{caption}" if annex else caption
        tables.append(f'<li><a href="#{escape(table)}">{escape(caption)}</a></li>')
        out.append(
            f'<h2 id="{escape(table)}"><a href="../index.html#{escape(table)}">{escape(where)}</a></h2>'
        )
        for fact in facts:
            rows = "".join(
                f"<div><dt>{name}</dt><dd>{html}</dd></div>"
                for name, html in (
                    ("是什么", _meaning(fact, defined)),
                    ("写在哪里", _written(fact, disclosure)),
                    ("同一个数", _elsewhere(fact, key, of_town)),
                    ("各年", _years(fact, key, of_town)),
                    ("查过", _rules(guards.get(fact.address, {}))),
                    ("发现", _findings(found.get(fact.address, ()))),
                    ("版本", escape(edition or "")),
                )
                if html
            )
            out.append(
                f'<article class="receipt" id="{escape(fact.address)}"><h3>'
                f"<strong>{escape(str(fact.figure))}</strong> {escape(fact.label)}</h3>"
                f"<dl>{rows}</dl></article>"
            )
    title = disclosure.report.heading.title
    html = (
        f"<h1>{escape(disclosure.town.name)}{key.year}年度数据来历</h1>"
        f'<p class="lead"><a href="../index.html">{escape(title)}</a>'
        "里的每个数：是什么意思，写在哪里，别处和别的年度怎么写，哪些规则核对过。</p>"
        f'<nav class="parts" aria-label="本页各表"><ul>{"".join(tables)}</ul></nav>' + "".join(out)
    )
    crumbs = crumbs_of(
        (str(disclosure.county.name), f"{key.county}/index.html"),
        (str(disclosure.town.name), f"{key.county}/{key.town}/index.html"),
        (f"{key.year}年度", report_path(key)),
    )
    return Page(
        receipts_path(key),
        "数据来历",
        html,
        f"{title}：每个数的来历。",
        crumbs,
        contents=False,
        county=str(disclosure.county.name),
        town=str(disclosure.town.name),
        year=key.year,
    )


def _figures(library: Library, key: ReportKey) -> dict[Meant, Found]:
    """All figures of a town with a meaning, by it, in the order of the years that they tell of."""
    figures: dict[Meant, Found] = {}
    for one in library.of_town(key.county, key.town):
        year = one.key.year
        for fact in one.report.facts:
            if fact.concept:
                where = f"../../{year}/{RECEIPTS}#{escape(fact.address)}"
                words = f"{fact.year}年 {escape(str(fact.figure))}"
                stated = Stated(year, fact, words, f'<a href="{where}">{words}</a>')
                figures.setdefault(_meant(fact), []).append(stated)
    for found in figures.values():
        found.sort(key=lambda s: (s.fact.year, s.report))
    return figures


def _meant(fact: Fact) -> Meant:
    concept, basis, _, subject = fact.meaning
    return concept, basis, subject


def _meaning(fact: Fact, defined: Mapping[str, str]) -> str:
    """The concept with its definition and parts, the basis and the year."""
    of_year = f"{fact.year}年{fact.basis}"
    if fact.basis == "上年决算":
        of_year = f"{fact.year}年决算（这份报告所列的上年数）"
    definition = defined.get(fact.concept)
    if definition is None:
        return f"{escape(fact.row)}，照表格原样登记；{of_year}"
    subject = f"{escape(fact.subject)}的" if fact.subject else ""
    concept = escape(fact.concept)
    explained = f'<a href="../../../../{GLOSSARY[1]}#{concept}"><strong>{concept}</strong></a>'
    return f"{subject}{explained}，{of_year}。{definition}"


def _written(fact: Fact, disclosure: Disclosure) -> str:
    column = f"，{escape(fact.column)}" if fact.column and fact.column != fact.row else ""
    return (
        f'<a href="../index.html#{escape(fact.address)}">报表里的这一格</a>：{escape(fact.row)}{column}'
        f"<br>{place_html(fact.at, disclosure)}"
    )


def _elsewhere(fact: Fact, key: ReportKey, of_town: Mapping[Meant, Found]) -> str:
    """The same figure in other places of this report."""
    there = [
        f'<li><a href="#{escape(s.fact.address)}">{escape(s.fact.label)}</a> '
        f"{escape(str(s.fact.figure))}</li>"
        for s in of_town.get(_meant(fact), ())
        if s.report == key.year and s.fact.year == fact.year and s.fact is not fact
    ]
    return f"<ul>{''.join(there)}</ul>" if there else ""


def _years(fact: Fact, key: ReportKey, of_town: Mapping[Meant, Found]) -> str:
    """The figure of other years, and of this year in other years' reports.

    Of its own year and those next to it, how far they are from this figure, and a link there:
    all years lead on from one to the next, and a town's page has them beside each other.
    """
    seen = {(key.year, fact.year)}
    rows = []
    for stated in of_town.get(_meant(fact), ()):
        other, report = stated.fact, stated.report
        if (report, other.year) in seen:
            continue
        seen.add((report, other.year))
        said = [] if report == other.year else [f"{report}年度报告"]
        near = abs(other.year - fact.year) <= 1
        if near and (difference := gap(fact, other)):
            same = not difference.strip("0.")
            said.append("与本数相同" if same else f"本数与它差 {difference}")
        tail = f"（{'，'.join(said)}）" if said else ""
        rows.append(f"<li>{stated.link if near else stated.words}{tail}</li>")
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _rules(guards: Mapping[str, str]) -> str:
    """Which rules compared it, and what they say."""
    return _said(tuple(guards.items())) if guards else "没有规则能拿别的数同它核对"


@lru_cache(maxsize=4096)
def _said(results: tuple[tuple[str, str], ...]) -> str:
    return "；".join(
        f'<a href="../../../../{rule_path(id_)}">{TITLES[id_]}</a>：{RESULT[result]}'
        for id_, result in results
    )


def _findings(found: Sequence[tuple[int, Finding]]) -> str:
    return "".join(_finding(number, finding) for number, finding in found)


def _finding(number: int, finding: Finding) -> str:
    said = f'<p><a href="../index.html#finding-{number}">核对发现{number}</a>：{escape(finding.message())}'
    if (answer := finding.acknowledged) is not None:
        said += f"　说明（{answer.date.isoformat()}）：{escape(answer.explanation)}"
    return said + "</p>"
