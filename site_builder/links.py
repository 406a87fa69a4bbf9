"""Check every link of a finished site: pages, attachments, anchors, assets; nothing outside.

A gate of the build: dead links are what inspections of government sites look for first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

TAG = re.compile(
    r"""<(a|link|script|img|form|iframe|source|object)\b((?:"[^"]*"|'[^']*'|[^'">])*)>""",
    re.S | re.I,
)
QUOTED = r"""(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
LINK = re.compile(rf"\b(?:href|src|action|data)\s*=\s*{QUOTED}", re.I)
ID = re.compile(rf"\s(?:id|name)\s*=\s*{QUOTED}")


OUTSIDE = "页面不得向站外请求"


@dataclass(frozen=True, slots=True)
class BadLink:
    """A link that leads nowhere, or out of the site where it must not."""

    page: str
    target: str
    why: str

    def __str__(self) -> str:
        return f"{self.page} → {self.target}：{self.why}"


def check_links(site: Path, names: Iterable[str] | None = None) -> list[BadLink]:
    """Every bad link of the pages `names` (all pages) of the site at `site`, in order of pages."""
    if names is None:
        names = (p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    known = _Known(site)
    bad = []
    for name in sorted(set(names)):
        html = known.read(name)
        # Many a path stands on a page a hundred times: what is wrong with it, and where it leads.
        whole: dict[str, tuple[str, str]] = {"": ("", name)}
        for tag, target in _links(html):
            path, mark, fragment = target.partition("#")
            if path not in whole:
                whole[path] = _wrong(name, path, known), _there(name, path.partition("?")[0])
            why, there = whole[path]
            if why and not (why == OUTSIDE and tag == "a"):
                bad.append(BadLink(name, target, why))
            elif (
                (mark and fragment and not why)
                and there.endswith(".html")
                and unquote(fragment) not in known.ids(there)
            ):
                bad.append(BadLink(name, target, "页面里没有这个位置"))
    return bad


class _Known:
    """The site's files as far as they were looked at: which are there, and the ids of pages."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._ids: dict[str, frozenset[str]] = {}
        self._missing: dict[str, str] = {}

    def read(self, page: str) -> str:
        html = (self._site / page).read_text("utf-8")
        self._ids[page] = _ids(html)
        return html

    def ids(self, page: str) -> frozenset[str]:
        if page not in self._ids:
            self.read(page)
        return self._ids[page]

    def missing(self, name: str) -> str:
        """Why there is no such file; empty when there is."""
        if name not in self._missing:
            self._missing[name] = self._looked_up(name)
        return self._missing[name]

    def _looked_up(self, name: str) -> str:
        file = self._site / name
        if file.is_dir():
            return "指向文件夹，从磁盘打开时没有首页；请写 index.html"
        return "" if file.is_file() else "没有这个文件"


def _ids(html: str) -> frozenset[str]:
    return frozenset(unescape(m[1] or m[2] or m[3] or "") for m in ID.finditer(html))


def _links(html: str) -> Iterator[tuple[str, str]]:
    for match in TAG.finditer(html):
        for link in LINK.finditer(match[2]):
            yield match[1].lower(), unescape(link[1] or link[2] or link[3] or "")


def _there(page: str, path: str) -> str:
    """The file that a relative address on `page` means, from the site's root."""
    return normpath(join(dirname(page), unquote(path)))


def _wrong(page: str, path: str, known: _Known) -> str:
    """Why an address without its fragment is bad, empty when it is good; OUTSIDE is good for people."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return "不是合法的地址"
    if parts.scheme in ("http", "https", "mailto") or path.startswith("//"):
        return OUTSIDE
    if parts.scheme:
        return "不允许的地址"
    if path.startswith("/"):
        return "必须用相对地址"
    there = _there(page, parts.path) if parts.path else page
    return "指向站点之外" if there.startswith("..") else known.missing(there)
