"""A report's page: its finished body with downloads, and its breadcrumbs."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

import markdown

from site_builder.check import Checked
from site_builder.library import Disclosure
from site_builder.open_data.download_links import report_downloads_html
from site_builder.page import Page, compared_with, crumbs_of, report_path
from site_builder.portal.catalogue import catalogue_html
from site_builder.receipts import RECEIPTS
from site_builder.report_body import Body, report_body
from site_builder.settings import Settings

# What only a report's page needs: the line of parts that follows, indicators as cards.
SCRIPTS = "".join(
    f'<script defer src="../../../assets/{name}.js"></script>' for name in ("jumps", "cards")
)


def report_page(
    disclosure: Disclosure,
    checked: Checked,
    made: markdown.Markdown,
    pdfs: bool,
    settings: Settings,
    notice: str = "",
    beside: Collection[int] = (),
) -> Page:
    """The page of one report; `pdfs` says whether it offers a PDF, `notice` (HTML) which edition it is."""
    key = disclosure.key
    catalogue = catalogue_html(disclosure, settings)
    others = ""
    if to := compared_with(key.county, key.year, beside):
        others = (
            f'<p><a class="more" href="../../../{to}">'
            f"与{escape(disclosure.county.name)}别的乡镇比较</a></p>"
        )
    downloads = others + report_downloads_html(
        key, pdfs, any(not table.form.in_prose for table in disclosure.report.tables)
    )
    body = report_body(disclosure, checked, made, downloads, catalogue, RECEIPTS)
    title = disclosure.report.heading.title
    lead = f'<p class="lead">{escape(disclosure.report.heading.unit)} · {key.year}年度</p>'
    sections = "".join(
        f'<section aria-labelledby="{p.id}" data-kind="{p.kind}"><h2 id="{p.id}">'
        f'<a class="pl" href="#{p.id}">{p.title}</a></h2>{p.html}</section>'
        for p in body.parts
    )
    return Page(
        report_path(key),
        f"{disclosure.town.name}{key.year}年度",
        f"<h1>{escape(title)}</h1>{lead}{notice}{_jumps(body)}{sections}{SCRIPTS}",
        f"{title}：收支、“三公”经费、人员、指标与得分，逐项核对，可下载。",
        crumbs_of(
            (disclosure.county.name, f"{key.county}/index.html"),
            (disclosure.town.name, f"{key.county}/{key.town}/index.html"),
        ),
        county=str(disclosure.county.name),
        town=str(disclosure.town.name),
        year=key.year,
    )


def _jumps(body: Body) -> str:
    """The parts of the page in one line, which stays in view on a narrow screen."""
    links = "".join(f'<a href="#{p.id}">{p.title}</a>' for p in body.parts)
    return f'<nav class="jumps" aria-label="本页各部分">{links}</nav>'
