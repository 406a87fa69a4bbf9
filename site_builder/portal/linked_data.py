"""What a page is about as schema.org JSON-LD: organisation, report, data set with downloads, breadcrumbs.

It stands in a <script type="application/ld+json">, which is data: no Content-Security-Policy stops
it, and none runs it. Only what is known is said.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from site_builder.library import Disclosure
from site_builder.page import Page, pdf_name, report_path, report_stem
from site_builder.portal.meta import Article, address_of
from site_builder.settings import Settings

Node = dict[str, Any]
FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def linked_data_html(nodes: Sequence[Node]) -> str:
    """The block for the page's head; nothing where there is nothing to say."""
    known = [node for node in map(_known, nodes) if len(node) > 1]
    if not known:
        return ""
    graph = {"@context": "https://schema.org", "@graph": known}
    said = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    # What an HTML parser could take for the end of the block, or for the start of a comment.
    for sign in "<>&\u2028\u2029":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{said}</script>'


def breadcrumbs(page: Page, settings: Settings) -> list[Node]:
    """Where the page stands."""
    if not page.crumbs:
        return []
    trail = [*page.crumbs, (page.title, page.path)]
    items = [
        {"@type": "ListItem", "position": n, "name": title, "item": _link(path, page, settings)}
        for n, (title, path) in enumerate(trail, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def publisher(settings: Settings) -> Node:
    """Who publishes the site; empty where that is not known."""
    if not settings.publisher.host:
        return {}
    return {
        "@type": "GovernmentOrganization",
        "name": settings.publisher.host,
        "url": f"https://{settings.site.domain}/" if settings.site.domain else "",
    }


def town_government(disclosure: Disclosure) -> Node:
    """The town's government as the report calls it, with its credit code when that is known."""
    town, county = disclosure.town, disclosure.county
    above: Node = {
        "@type": "AdministrativeArea",
        "name": str(county.name),
        "identifier": str(county.code),
    }
    return _known(
        {
            "@type": "GovernmentOrganization",
            "name": str(disclosure.report.heading.unit),
            "taxID": str(disclosure.report.heading.credit_code or town.credit_code),
            "areaServed": {
                "@type": "AdministrativeArea",
                "name": str(town.name),
                "identifier": str(town.code),
                "containedInPlace": above,
            },
        }
    )


def report_nodes(
    disclosure: Disclosure, article: Article, page: Page, settings: Settings, pdfs: bool
) -> list[Node]:
    """The report, and its figures as a data set."""
    key = disclosure.key
    folder = report_path(key).removesuffix("index.html")
    names = ["facts.csv", "findings.csv", "facts.json", f"{report_stem(key)}.xlsx"]
    made = town_government(disclosure)
    heading = disclosure.report.heading
    report: Node = {
        "@type": "Report",
        "name": article.title,
        "url": _link(page.path, page, settings),
        "inLanguage": "zh-CN",
        "reportNumber": str(heading.document),
        "dateCreated": heading.date.isoformat() if heading.date else "",
        "datePublished": heading.published.isoformat() if heading.published else "",
        "dateModified": max((c.date for c in heading.corrections), default=""),
        "keywords": list(article.keywords),
        "abstract": article.description,
        "author": made,
        "publisher": publisher(settings),
        "temporalCoverage": str(key.year),
        "encoding": [_download(folder + pdf_name(key), page, settings)] if pdfs else [],
    }
    if report["dateModified"]:
        report["dateModified"] = report["dateModified"].isoformat()
    title = f"{article.title}：数据"
    data = data_set(title, [folder + name for name in names], page, settings)
    data |= {
        "creator": made,
        "temporalCoverage": str(key.year),
        "spatialCoverage": made["areaServed"],
        "isBasedOn": _link(page.path, page, settings),
        "datePublished": report["datePublished"],
    }
    return [report, data]


def data_set(title: str, files: Sequence[str], page: Page, settings: Settings) -> Node:
    """A data set with its files, given by their paths below the site."""
    return {
        "@type": "Dataset",
        "name": title,
        "description": f"{title}。公布的数逐个照录，附核对发现；空白是没有填报，不是零。",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "license": settings.site.licence_link or settings.site.licence,
        "publisher": publisher(settings),
        "url": _link(page.path, page, settings),
        "distribution": [_download(path, page, settings) for path in files],
    }


def _download(path: str, page: Page, settings: Settings) -> Node:
    ending = path.rpartition(".")[2]
    return {
        "@type": "DataDownload" if ending != "pdf" else "MediaObject",
        "name": path.rpartition("/")[2],
        "encodingFormat": FORMATS[ending],
        "contentUrl": _link(path, page, settings),
    }


def _link(path: str, page: Page, settings: Settings) -> str:
    """A whole address where the site's is known, else one that is relative to the page."""
    return address_of(path, settings) or page.up + path


def _known(node: Node) -> Node:
    """The node without what is empty."""
    return {
        name: _known(value) if isinstance(value, dict) else value
        for name, value in node.items()
        if value not in ("", [], {}, None)
    }
