"""The <meta> names that a government page carries (国务院办公厅《政府网站发展指引》, page tags).

The home page says the site, a page of a column the site and the column, a report all of it. Names
are written exactly so, capitals too: inspection tools and spiders read them. What is not known
is left out; PubDate is the true date of publication, never the day of a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from site_builder.library import Disclosure
from site_builder.page import Page
from site_builder.settings import Settings

HOME = "index.html"
MOST = 300  # characters of a description


@dataclass(frozen=True)
class Article:
    """What the head of a report's page says of the report. `published` as written: day, or day and time."""

    title: str
    published: str
    source: str
    keywords: tuple[str, ...]
    author: str
    description: str


def article_of(disclosure: Disclosure) -> Article:
    """The report as an article."""
    heading = disclosure.report.heading
    words = heading.keywords or (
        str(disclosure.county.name),
        str(disclosure.town.name),
        f"{disclosure.key.year}年度",
        "预算绩效",
        "绩效自评",
    )
    return Article(
        str(heading.title),
        str(heading.published_written or ""),
        str(heading.agency or heading.unit),
        tuple(map(str, words)),
        str(heading.unit),
        str(heading.abstract)[:MOST],
    )


def meta_html(page: Page, settings: Settings, article: Article | None = None) -> str:
    """The tags of a page; `article` is the report that it shows."""
    tags = list(_site(settings))
    if page.path != HOME:
        tags += _column(page, settings, article)
    if article is not None:
        tags += _article(page, settings, article)
    return "".join(
        f'<meta name="{name}" content="{escape(" ".join(value.split()))}">'
        for name, value in tags
        if value.strip()
    )


def _site(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "SiteName", settings.site.name
    yield "SiteDomain", settings.site.domain
    yield "SiteIDCode", settings.publisher.site_code


def _column(page: Page, settings: Settings, article: Article | None) -> Iterator[tuple[str, str]]:
    """The column that the page is, or, of a report, that it stands in: its town."""
    name, description = page.title, page.description
    if article is not None:
        name = page.town or page.title
        description = f"{page.county}{page.town}历年预算绩效公开。"
    words = [page.county, page.town, f"{page.year}年度" if page.year else "", "预算绩效"]
    yield "ColumnName", name
    yield "ColumnDescription", description
    yield "ColumnKeywords", _many((name, *words), settings)
    yield "ColumnType", settings.site.column_type


def _article(page: Page, settings: Settings, article: Article) -> Iterator[tuple[str, str]]:
    yield "ArticleTitle", article.title
    yield "PubDate", article.published
    yield "ContentSource", article.source
    yield "Keywords", _many(article.keywords, settings)
    yield "Author", article.author
    yield "Description", article.description or page.description
    yield "Url", address_of(page.path, settings)


def _many(words: Iterable[str], settings: Settings) -> str:
    """Several values in one, each once; readers split at the separator."""
    return settings.site.separator.join(dict.fromkeys(word for word in words if word))


def address_of(path: str, settings: Settings) -> str:
    """The public address of a page or file; empty where the site's is not known."""
    return f"{settings.site.address}{path}" if settings.site.address else ""
