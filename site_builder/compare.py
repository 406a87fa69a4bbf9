"""Comparing towns, years and concepts: the page, and the figures of each county as a script for it.

The browser gets printed digits as text and works them out by whole numbers
(`themes/site/assets/compare.js`). What makes two figures unlike stands beside each of them: its
unit, and the scale that a score or a decreed ratio is measured on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from site_builder.counties import County
from site_builder.library import Disclosure, Library
from site_builder.page import Page, crumbs_of
from site_builder.report import Fact

COMPARE = ("比较", "compare/index.html")
BASES = ("决算", "年初预算", "全年预算", "上年决算", "年末", "自评", "")
SCORED = frozenset({"分", "等级"})  # units that mean something on a profile's scale only


def data_path(county: str) -> str:
    """Where the figures of a county lie."""
    return f"compare/data/{county}.js"


def county_data(library: Library, county: str) -> str:
    """The figures of a county's reports with a concept, a report each: a script that hands them over.

    `[town, year, profile, [[concept, basis, printed, unit, address, value, scale, others], …]]`,
    names as numbers into lists; from `value` on only what is not empty: the exact number where the
    printed words are not one, "about" for an approximate figure; the scale; how many other values
    the same report prints for the same thing.
    """
    words: dict[str, dict[str, int]] = {"concepts": {}, "units": {}, "scales": {"": 0}}

    def number(kind: str, name: str) -> int:
        return words[kind].setdefault(name, len(words[kind]))

    towns: dict[str, int] = {}
    reports = []
    for one in library.of_county(county):
        figures = []
        for fact, others in _figures(one):
            figure = fact.figure
            printed = str(figure)
            exact = f"{figure.amount:f}"
            value = "about" if figure.about else "" if exact + figure.unit == printed else exact
            line: list[str | int] = [
                number("concepts", fact.concept),
                BASES.index(fact.basis),
                printed,
                number("units", figure.unit),
                fact.address,
                value,
                number("scales", _scale(fact, one, library)),
                others,
            ]
            while line[-1] in ("", 0) and len(line) > 5:
                line.pop()
            figures.append(line)
        town = towns.setdefault(one.key.town, len(towns))
        reports.append([town, one.key.year, str(one.report.form.title), figures])
    data = {
        "county": county,
        "name": str(library.counties[county].name),
        "towns": [[town, str(library.counties[county].towns[town].name)] for town in towns],
        **{kind: list(names) for kind, names in words.items()},
        "reports": reports,
    }
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"siteCompare({said});\n"


def _figures(one: Disclosure) -> list[tuple[Fact, int]]:
    """A report's own figures, the first of each concept and basis, and how many differ from it."""
    first: dict[tuple[str, str], tuple[Fact, int]] = {}
    for concept, facts in one.report.by_concept.items():
        for fact in facts:
            if fact.subject or not concept or fact.basis not in BASES:
                continue
            known, others = first.setdefault((concept, fact.basis), (fact, 0))
            if not known.figure.agrees_with(fact.figure):
                first[concept, fact.basis] = (known, others + 1)
    return list(first.values())


def _scale(fact: Fact, one: Disclosure, library: Library) -> str:
    """What a score or a decreed ratio is measured by; "" for amounts, which need no scale."""
    profile = one.profile
    if fact.figure.unit in SCORED:
        return str(profile.name if profile else one.report.heading.profile)
    if fact.concept in library.ratios and profile is not None:
        variant = profile.variants.get(fact.concept)
        return str(profile.name) if variant is None else str(variant)
    return ""


def compare_page(counties: Mapping[str, County], published: Sequence[str]) -> Page:
    """The page; `published` are the counties with reports. Without a script it leads to their tables."""
    items = "".join(
        f'<li><a href="../{slug}/index.html" data-county="{slug}">{escape(counties[slug].name)}</a></li>'
        for slug in published
    )
    html = (
        "<h1>比较</h1>"
        '<div id="compare-app" class="compare" data-root="../" data-unsearched>'
        "<p>在这里任选乡镇、年度和项目相互比较，需要启用 JavaScript。没有它，也可以看"
        '<a href="../years/index.html">各年度</a>的报告，或各县、各镇页面上的表：</p>'
        f'<ul class="cards">{items}</ul></div>'
        '<script defer src="../assets/compare.js"></script>'
    )
    return Page(
        COMPARE[1], COMPARE[0], html, "任选乡镇、年度和项目，比较公布的数。", crumbs_of(), False
    )
