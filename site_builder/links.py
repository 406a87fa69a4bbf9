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
    ids: dict[str, frozenset[str]] = {}
    bad = []
    for name in sorted(set(names)):
        html = (site / name).read_text("utf-8")
        ids[name] = _ids(html)
        for tag, target in _links(html):
            why = _wrong(name, tag, target, site, ids)
            if why:
                bad.append(BadLink(name, target, why))
    return bad


def _ids(html: str) -> frozenset[str]:
    return frozenset(unescape(m[1] or m[2] or m[3] or "") for m in ID.finditer(html))


def _links(html: str) -> Iterator[tuple[str, str]]:
    for match in TAG.finditer(html):
        for link in LINK.finditer(match[2]):
            yield match[1].lower(), unescape(link[1] or link[2] or link[3] or "")


def _wrong(
    page: str,
    tag: str,
    target: str,
    site: Path,
    ids: dict[str, frozenset[str]],
) -> str:
    """Why a link is bad, empty when it is good."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "不是合法的地址"
    if parts.scheme in ("http", "https", "mailto") or target.startswith("//"):
        return "" if tag == "a" else "页面不得向站外请求"
    if parts.scheme:
        return "不允许的地址"
    if target.startswith("/"):
        return "必须用相对地址"
    path = unquote(parts.path)
    there = normpath(join(dirname(page), path)) if path else page
    if there.startswith(".."):
        return "指向站点之外"
    if there not in ids:
        file = site / there
        if file.is_dir():
            return "指向文件夹，从磁盘打开时没有首页；请写 index.html"
        if not file.is_file():
            return "没有这个文件"
    if parts.fragment and there.endswith(".html"):
        if there not in ids:
            ids[there] = _ids((site / there).read_text("utf-8"))
        if unquote(parts.fragment) not in ids[there]:
            return "页面里没有这个位置"
    return ""
