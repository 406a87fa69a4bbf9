"""sitemap.xml (sitemaps.org) of every page; only where the site's public address is known.

A sitemap holds whole addresses, so without the address there is none. Above 50,000 pages it is
split and sitemap.xml is its index. A date is given only to pages whose date is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from urllib.parse import quote

MOST = 50_000  # addresses of one file
NAME = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(
    address: str, pages: Iterable[str], dates: Mapping[str, str], most: int = MOST
) -> Iterator[tuple[str, str]]:
    """(path, text) of each file; `pages` are paths below `address`, `dates` their days, if any."""
    listed = sorted(page for page in pages if page.endswith(".html") and page != "404.html")
    if not address or not listed:
        return
    parts = [listed[n : n + most] for n in range(0, len(listed), most)]
    if len(parts) == 1:
        yield NAME, _urls(address, parts[0], dates)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _urls(address, part, dates)
    items = "".join(f"<sitemap><loc>{escape(address + name)}</loc></sitemap>\n" for name in names)
    yield NAME, f"{_HEAD}<sitemapindex {_NAMES}>\n{items}</sitemapindex>\n"


def _urls(address: str, pages: Iterable[str], dates: Mapping[str, str]) -> str:
    items = "".join(
        f"<url><loc>{escape(address + quote(page))}</loc>"
        + (f"<lastmod>{dates[page]}</lastmod>" if page in dates else "")
        + "</url>\n"
        for page in pages
    )
    return f"{_HEAD}<urlset {_NAMES}>\n{items}</urlset>\n"
