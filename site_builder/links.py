"""Check every link of a finished site: pages, attachments, anchors, assets; nothing outside.

A gate of the build: dead links are what inspections of government sites look for first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from site_builder.finding import Words

NAMES = "a|link|script|img|form|iframe|source|object"
# Nothing is tried twice (++, *+), so that a page takes time as it has letters, whatever stands on it.
TAG = re.compile(rf"""<({NAMES})\b((?:[^'">]++|"[^"]*+"|'[^']*+')*+)>""", re.I)
QUOTED = r"""("[^"]*"|'[^']*'|[^\s"'>]+)"""
LINK = re.compile(rf"\b(?:href|src|action|data)\s*=\s*{QUOTED}", re.I)
ID = re.compile(rf"\s(?:id|name)\s*=\s*{QUOTED}")
# The same of pages as this program writes them, in a third of the time; see `_links` and `_Known.has`.
OWN_TAG = re.compile(rf"<({NAMES})\b([^>]*)>")
OWN_LINK = re.compile(r'\shref="([^"]*)"')
OWN_ID = re.compile(r' id="([^"]*)"')
CAPITAL = re.compile("<[A-Z]")
PLAIN = re.compile(
    r"((?:\.\./)*)([\w-]+(?:\.\w+|/[\w-]+)*)", re.A
)  # an address that means what it says


OUTSIDE = Words("页面不得向站外请求", "a page must ask no other site for anything")
BEYOND = Words("指向站点之外", "it leads out of the site")
NO_ADDRESS = Words("不是合法的地址", "no valid address")
FORBIDDEN = Words("不允许的地址", "an address that is not allowed")
ABSOLUTE = Words("必须用相对地址", "an address must be relative")
NO_FILE = Words("没有这个文件", "there is no such file")
NO_FOLDER = Words(
    "指向文件夹，从磁盘打开时没有首页；请写 index.html",
    "a folder: opened from a disk it shows no page; write index.html",
)
NO_PLACE = Words("页面里没有这个位置", "the page has no such place")
Missing = Callable[[str], Words | None]  # why a site has no such file; None when it has
PAGES = 200  # whose ids are remembered: pages lead to pages near them


@dataclass(frozen=True, slots=True)
class BadLink:
    """A link that leads nowhere, or out of the site where it must not."""

    page: str
    target: str
    why: Words

    def __str__(self) -> str:
        return self.said("zh")

    def said(self, lang: str) -> str:
        """Page, target and reason in `lang`."""
        colon = "：" if lang == "zh" else ": "
        return f"{self.page} → {self.target}{colon}{self.why.plain(lang)}"


def check_links(site: Path, names: Iterable[str] | None = None) -> list[BadLink]:
    """Every bad link of the pages `names` (all pages) of the site at `site`, in order of pages."""
    if names is None:
        names = (p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    known = _Known(site)
    order = sorted(set(names))
    ahead = set(order)
    bad: list[tuple[str, int, BadLink]] = []
    # Places on pages that are still to come are looked up when they come: each page is read once.
    later: dict[str, list[tuple[str, str, int, str]]] = {}
    for name in order:
        html = known.read(name)
        ahead.discard(name)
        for fragment, page, number, target in later.pop(name, ()):
            if not known.has(name, fragment):
                bad.append((page, number, BadLink(page, target, NO_PLACE)))
        folders = name.split("/")[:-1]
        # Many a path stands on a page a hundred times: what is wrong with it, and where it leads.
        whole: dict[str, tuple[Words | None, str]] = {"": (None, name)}
        for number, (tag, target) in enumerate(_links(html)):
            path, _, fragment = target.partition("#")
            if path not in whole:
                whole[path] = led(name, folders, path, known.missing)
            why, there = whole[path]
            if why and not (why == OUTSIDE and tag == "a"):
                bad.append((name, number, BadLink(name, target, why)))
            elif not why and fragment and there.endswith(".html"):
                fragment = _unquoted(fragment)
                if there in ahead:
                    later.setdefault(there, []).append((fragment, name, number, target))
                elif not known.has(there, fragment):
                    bad.append((name, number, BadLink(name, target, NO_PLACE)))
    bad.sort(key=lambda one: one[:2])
    return [one for _, _, one in bad]


class _Known:
    """The site's files as far as they were looked at: which are there, and the ids of the last pages."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._ids: dict[str, frozenset[str]] = {}
        self._missing: dict[str, Words | None] = {}

    def read(self, page: str) -> str:
        html = (self._site / page).read_text("utf-8")
        self._ids[page] = frozenset([
            unescape(one) if "&" in one else one for one in OWN_ID.findall(html)
        ])  # fmt: skip
        if len(self._ids) > PAGES:
            del self._ids[next(iter(self._ids))]
        return html

    def has(self, page: str, id_: str) -> bool:
        """Is there such a place on the page? Before it says no, it looks for ids however written."""
        if page not in self._ids:
            self.read(page)
        if id_ not in self._ids[page]:
            self._ids[page] = _ids((self._site / page).read_text("utf-8"))
        return id_ in self._ids[page]

    def missing(self, name: str) -> Words | None:
        """Why there is no such file; None when there is."""
        if name not in self._missing:
            self._missing[name] = self._looked_up(name)
        return self._missing[name]

    def _looked_up(self, name: str) -> Words | None:
        file = self._site / name
        if file.is_dir():
            return NO_FOLDER
        return None if file.is_file() else NO_FILE


def _ids(html: str) -> frozenset[str]:
    return frozenset(map(_value, ID.findall(html)))


def _links(html: str) -> Iterator[tuple[str, str]]:
    """The links of a page, (tag, address); tags that are alike in all say it once.

    Where every tag is in small letters, with its values in double quotes, none of them open, the
    first > ends it, as a browser reads it; and if then each <a> has its href, these are all.
    """
    tags = dict.fromkeys(OWN_TAG.findall(html))
    people = [attributes for tag, attributes in tags if tag == "a"]
    found = OWN_LINK.findall("\n".join(people))
    if (
        len(found) == len(people)
        and not CAPITAL.search(html)
        and not any("'" in attributes or attributes.count('"') & 1 for _, attributes in tags)
    ):
        for address in found:
            yield "a", unescape(address) if "&" in address else address
        tags = {one: None for one in tags if one[0] != "a"}
    else:
        tags = dict.fromkeys(TAG.findall(html))
    for tag, attributes in tags:
        for quoted in LINK.findall(attributes):
            yield tag.lower(), _value(quoted)


def _value(quoted: str) -> str:
    """What an attribute says, by how it is written."""
    value = quoted[1:-1] if quoted[0] in "\"'" else quoted
    return unescape(value) if "&" in value else value


@lru_cache(maxsize=8192)
def _unquoted(text: str) -> str:
    return unquote(text) if "%" in text else text


def led(page: str, folders: list[str], path: str, missing: Missing) -> tuple[Words | None, str]:
    """What is wrong with an address without its fragment (None: nothing), and the file that it means.

    `folders` are those of `page`. OUTSIDE is good for people. `missing` says why the site has no such file.
    """
    if (plain := PLAIN.fullmatch(path)) is not None:
        up = len(plain[1]) // 3
        if up > len(folders):
            return BEYOND, ""
        there = "/".join([*folders[: len(folders) - up], plain[2]])
        return missing(there), there
    return _wrong(page, path, missing), _there(page, path.partition("?")[0])


def _there(page: str, path: str) -> str:
    """The file that a relative address on `page` means, from the site's root."""
    return normpath(join(dirname(page), unquote(path)))


def _wrong(page: str, path: str, missing: Missing) -> Words | None:
    """Why an address without its fragment is bad, None when it is good; OUTSIDE is good for people."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return NO_ADDRESS
    if parts.scheme in ("http", "https", "mailto") or path.startswith("//"):
        return OUTSIDE
    if parts.scheme:
        return FORBIDDEN
    if path.startswith("/"):
        return ABSOLUTE
    there = _there(page, parts.path) if parts.path else page
    return BEYOND if there.startswith("..") else missing(there)
