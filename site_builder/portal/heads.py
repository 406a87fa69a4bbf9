"""What stands in a page's <head> besides the theme's: meta names, feed, linked data."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from site_builder.library import Disclosure
from site_builder.open_data.county_data import WHOLE
from site_builder.page import Page, county_stem, town_stem, year_stem
from site_builder.portal.feed import NAME as FEED
from site_builder.portal.feed import feed_link_html
from site_builder.portal.linked_data import (
    Node,
    breadcrumbs,
    data_set,
    linked_data_html,
    report_nodes,
)
from site_builder.portal.linked_data import publisher as publisher_node
from site_builder.portal.meta import HOME, article_of, meta_html
from site_builder.settings import Settings
from site_builder.summary import Summary


def with_head(
    page: Page,
    settings: Settings,
    disclosure: Disclosure | None = None,
    pdfs: bool = True,
    fed: Collection[str] = (),
) -> Page:
    """The page with its head; `disclosure` is the report that it shows, `fed` are pages with a feed."""
    nodes = breadcrumbs(page, settings)
    article = None
    if disclosure is not None:
        article = article_of(disclosure)
        nodes += report_nodes(disclosure, article, page, settings, pdfs)
    elif page.path == HOME:
        nodes += [node for node in (publisher_node(settings),) if node]
    nodes += _data(page, settings)
    head = page.head + meta_html(page, settings, article)
    if page.path in fed:
        head += feed_link_html(FEED, f"{page.title}：新公布和更正的报告")
    return replace(page, head=head + linked_data_html(nodes))


def pages_with_feed(summaries: Iterable[Summary]) -> set[str]:
    """The pages beside which a feed lies: home, and counties with a report whose date is known."""
    dated = {s.key.county for s in summaries if s.published is not None}
    return {HOME, *(f"{slug}/index.html" for slug in dated)} if dated else set()


def _data(page: Page, settings: Settings) -> list[Node]:
    """The data set that can be downloaded on a page above single reports."""
    slugs = page.path.split("/")[:-1]
    endings = ["zip"]
    if page.path == "data/index.html":
        stem = WHOLE
        endings.append("sqlite")
    elif len(slugs) == 2 and slugs[0] == "years":
        stem = year_stem(page.year)
    elif len(slugs) == 1 and page.county and not page.town:
        stem = county_stem(slugs[0])
    elif len(slugs) == 2 and page.town and not page.year:
        stem = town_stem(*slugs)
    else:
        return []
    title = "全部预算绩效公开数据" if stem == WHOLE else f"{page.title}预算绩效公开数据"
    return [data_set(title, [f"{stem}.{ending}" for ending in endings], page, settings)]
