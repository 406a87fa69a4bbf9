"""Every page of the site: those of one town, of one county, and those over all counties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import markdown

from site_builder.archive.archive_pages import archive_page
from site_builder.archive.edition_notice import edition_notice_html
from site_builder.archive.ledger import counties_with_ledgers, read_ledger
from site_builder.check import CheckRun
from site_builder.check_pages import (
    checks_page,
    county_checks_page,
    report_checks_page,
    rules_page,
    with_pending,
)
from site_builder.compare import compare_page
from site_builder.glossary import glossary_page
from site_builder.library import Library
from site_builder.open_data.data_page import Size, data_page
from site_builder.open_data.download_links import (
    with_county_downloads,
    with_town_downloads,
    with_year_downloads,
)
from site_builder.output.results import Results
from site_builder.page import Page, crumbs_of
from site_builder.place_pages import (
    county_page,
    home_page,
    town_page,
    year_page,
    years_page,
)
from site_builder.prose_html import converter
from site_builder.receipts import receipts_page
from site_builder.report_page import report_page
from site_builder.shell_settings import own_words
from site_builder.summary import Summary, grouped


def county_pages(library: Library, mine: Sequence[Summary]) -> Iterator[Page]:
    """The pages over a county's towns, from the summaries `mine` of its reports."""
    slug = mine[0].key.county
    county = library.counties[slug]
    yield with_county_downloads(county_page(slug, county, mine), slug)
    yield county_checks_page(slug, county.name, mine)


def town_pages(
    library: Library, run: CheckRun, mine: Sequence[Summary], pdfs: bool = True
) -> Iterator[Page]:
    """The pages of one town and its reports, `mine` their summaries.

    They show nothing of other towns but what `run` says of these reports and which years there are
    to compare with, so that they stay as they are when another town's report changes
    (`kept.inputs_of_town`). `pdfs` says whether
    reports offer theirs.
    """
    slug, town, _ = mine[0].key
    county = library.counties[slug]
    made = converter()
    of_town = library.of_town(slug, town)
    beside = library.years_beside(slug, town)
    yield with_town_downloads(town_page(slug, county, town, mine, of_town, beside), slug, town)
    for disclosure in of_town:
        checked = run.reports[disclosure.key]
        ledger = library.ledger_of(disclosure.key)
        notice = edition_notice_html(ledger, disclosure.key, disclosure.report.cells)
        entry = ledger.current(disclosure.key)
        edition = None if entry is None else f"第{entry.edition}版，{entry.date.isoformat()}封存"
        yield report_page(disclosure, checked, made, pdfs, library.settings, notice, beside)
        yield report_checks_page(disclosure, checked)
        yield receipts_page(disclosure, checked, library, edition)


def site_pages(
    library: Library, summaries: Sequence[Summary], results: Results, size: Size
) -> Iterator[Page]:
    """The pages over all counties; of `library` only what is decreed is looked at.

    `results` are those of all reports by rule; `size` gives the bytes of a download.
    """
    made = converter()
    root = library.root
    yield home_page(library.counties, summaries, _words(root, "content/index.md", made))
    yield years_page(summaries)
    for year, of_year in grouped(summaries, lambda s: s.key.year).items():
        yield with_year_downloads(year_page(year, library.counties, of_year), year)
    yield with_pending(checks_page(library.counties, summaries), library.settings)
    if sealed := counties_with_ledgers(library.root):
        kept = (read_ledger(library.root, county, []) for county in sealed)
        yield archive_page(library.counties, kept)
    yield rules_page(results)
    yield compare_page(library.counties, list(grouped(summaries, lambda s: s.key.county)))
    yield _search()
    yield data_page(library, summaries, size)
    yield glossary_page(library.concepts)
    yield _written(root, "content/about.md", "about/index.html", "关于本站", made)


def _search() -> Page:
    html = (
        "<h1>搜索</h1>"
        '<div id="search-app" data-shards="../assets/shards/" data-root="../" data-unsearched>'
        "<p>搜索需要启用 JavaScript。也可以从"
        '<a href="../index.html">首页</a>按县、乡镇，或从<a href="../years/index.html">年度</a>查找。</p>'
        "</div>"
        '<script defer src="../assets/shards.js"></script>'
        '<script defer src="../assets/near.js"></script>'
        '<script defer src="../assets/snippets.js"></script>'
        '<script defer src="../assets/search.js"></script>'
    )
    return Page("search/index.html", "搜索", html, "搜索全部报告的文字和数字。", crumbs_of(), False)


def _words(root: Path, name: str, made: markdown.Markdown) -> str:
    """A page of the site's own words; empty when it was not written, or cannot be read."""
    return made.reset().convert(own_words(root, name, []))


def _written(root: Path, name: str, target: str, title: str, made: markdown.Markdown) -> Page:
    html = _words(root, name, made) or f"<h1>{title}</h1>"
    return Page(target, title, html, "", crumbs_of())
