"""The browser's index: static scripts, so that a page can load them by <script src>, from a disk too.

Each calls siteSearch.add(name, version, data):

    index.js          the places, and the parts: some years each, the newest first
    names.js          names with their pinyin, to offer when nothing is found
    p/<part>/head.js  the part's pages and where its shards of terms begin
    p/<part>/<n>.js   terms, each with the entries that hold it, which of these (first, second …)
                      hold it in a label, and the pages that hold it in their context; lists in
                      the digits of `packed`
    t/<year>/<page>-<n>.js   the texts of some entries of one page, to verify hits and to quote
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from site_builder import search, tokens
from site_builder.near_names import sounds
from site_builder.search import KINDS, Entry, one_line, words_of
from site_builder.tokens import terms
from site_builder.tree import write_if_changed

PART_ENTRIES = 40_000  # years are put together up to this many, some 1,000 reports
SHARD_BYTES = 28_000  # terms, in one file
TEXT_BYTES = 8_000  # texts of one page, in one file

NO_HEADING = 8  # added to the number of a kind in a part's head

# The digits of `packed`: printable, and none that JSON escapes; 45 that end a number, 45 that
# do not.
DIGITS = "".join(chr(code) for code in range(35, 126) if code != 92)
BASE = 45


@dataclass(frozen=True, slots=True)
class _Page:
    """What the shards know of a page: its place, its entries' kinds, how many in each text file."""

    place: int
    kinds: tuple[int, ...]
    chunks: tuple[int, ...]
    digest: bytes


class _Folder:
    """The files below `root` that are written in this run; the rest is stale."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: set[Path] = set()

    def write(self, name: str, version: str, data: object) -> bytes:
        """Write a script that hands over `data`; a file that is the same is left alone."""
        path = self.root / f"{name}.js"
        raw = f"siteSearch.add({_json(name)},{_json(version)},{_json(data)});\n".encode()
        self.written.add(path)
        write_if_changed(path, raw)
        return raw

    def read(self, name: str, version: str = "") -> Any:
        """The data that `write` wrote; None when there is none of this version."""
        path = self.root / f"{name}.js"
        head = f"siteSearch.add({_json(name)},{_json(version)},"
        text = path.read_text("utf-8") if path.exists() else ""
        return json.loads(text[len(head) : -3]) if text.startswith(head) else None

    def remove_stale(self) -> None:
        """Remove every script that was not written, and folders left empty."""
        for path in sorted(self.root.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.suffix == ".js" and path not in self.written:
                path.unlink()


def write_shards(
    entries: Iterable[Entry],
    out: Path,
    *,
    names: Iterable[str] = (),
    part_entries: int = PART_ENTRIES,
    shard_bytes: int = SHARD_BYTES,
    text_bytes: int = TEXT_BYTES,
) -> None:
    """Write the browser's shards of `entries` to the folder `out`, which holds nothing else.

    Entries of one page come one after another. They are gone through once and none is kept; the
    terms are gathered part by part from the text files, and only for parts where one of these
    changed. `names` are offered, as those of places are, when nothing is found that is like them.
    """
    folder = _Folder(out)
    places: dict[tuple[str, str], int] = {}
    years: defaultdict[int, list[_Page]] = defaultdict(list)
    for _, group in groupby(entries, key=_page_of):
        page = list(group)
        pages = years[page[0].year]
        pages.append(_write_texts(folder, page, len(pages), places, text_bytes))
    parts = []
    for numbers in _parts(years, part_entries):
        named = [year for year in numbers if year] or [0]
        key = str(named[0]) if len(named) == 1 else f"{named[0]}-{named[-1]}"
        state = hashlib.sha256(analysis() + f"{shard_bytes}".encode())
        for year in numbers:
            state.update(f"{year}:{len(years[year])}:".encode())
            for stored in years[year]:
                state.update(f"{stored.place}:".encode() + stored.digest)
        version = state.hexdigest()[:12]
        pages_of = {year: years[year] for year in numbers}
        if not _is_there(folder, key, version):
            _write_part(folder, key, version, pages_of, shard_bytes)
        count = sum(len(page.kinds) for pages in pages_of.values() for page in pages)
        parts.append({"key": key, "version": version, "years": numbers[::-1], "entries": count})
    pairs = "".join(a + b for a, b in tokens.traditional().items())
    offered = folder.write("names", "", sounds([n for place in places for n in place] + [*names]))
    manifest = {
        "traditional": pairs,
        "places": list(places),
        "parts": parts[::-1],
        "names": hashlib.sha256(offered).hexdigest()[:12],
    }
    folder.write("index", "", manifest)
    folder.remove_stale()


def _page_of(entry: Entry) -> tuple[str, str, str, str, int]:
    return (entry.url.partition("#")[0], entry.title, entry.county, entry.town, entry.year)


def _write_texts(
    folder: _Folder,
    page: list[Entry],
    number: int,
    places: dict[tuple[str, str], int],
    text_bytes: int,
) -> _Page:
    """Write the entries of one page, a few to a file; the page's place gets a number."""
    head = _page_of(page[0])
    chunks: list[list[tuple[str, str, int, str]]] = [[]]
    size = 0
    for entry in page:
        text = one_line(entry.text)
        mine = len(text.encode()) + len(entry.heading.encode()) + 20
        if chunks[-1] and size + mine > text_bytes:
            chunks.append([])
            size = 0
        size += mine
        kind = KINDS.index(entry.kind)
        chunks[-1].append((entry.url.partition("#")[2], one_line(entry.heading), kind, text))
    digest = hashlib.sha256()
    for n, chunk in enumerate(chunks):
        digest.update(folder.write(_text_name(page[0].year, number, n), "", [*head, chunk]))
    kinds = tuple(KINDS.index(e.kind) + (0 if e.heading else NO_HEADING) for e in page)
    place = places.setdefault((head[2], head[3]), len(places))
    return _Page(place, kinds, tuple(map(len, chunks)), digest.digest())


def _text_name(year: int, page: int, chunk: int) -> str:
    return f"t/{year}/{page}-{chunk}"


def _parts(years: dict[int, list[_Page]], most: int) -> list[list[int]]:
    """Years put together from the oldest, so that old parts stay; pages of no year go last."""
    parts: list[list[int]] = []
    count = 0
    for year in sorted(years, key=lambda y: y or 9999):
        mine = sum(len(page.kinds) for page in years[year])
        if parts and (count + mine <= most or not year):
            parts[-1].append(year)
            count += mine
        else:
            parts.append([year])
            count = mine
    return parts


def _is_there(folder: _Folder, key: str, version: str) -> bool:
    """Are the part's files of this version there? They count as written then."""
    head = folder.read(f"p/{key}/head", version)
    if head is None:
        return False
    names = ["head", *map(str, range(len(head["first"])))]
    paths = [folder.root / "p" / key / f"{name}.js" for name in names]
    folder.written.update(paths)
    return all(path.exists() for path in paths)


def _write_part(
    folder: _Folder, key: str, version: str, years: dict[int, list[_Page]], shard_bytes: int
) -> None:
    """Gather the terms of a part from its text files, and write its shards and their head."""
    own: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    label: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    context: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    number = page_number = 0
    layout: list[int] = []
    for year, pages in years.items():
        for n, page in enumerate(pages):
            layout += [page.place, len(page.chunks), *page.chunks, *_runs(page.kinds)]
            for k in range(len(page.chunks)):
                for entry in _read_texts(folder, year, n, k):
                    words = words_of(entry)
                    labels = terms(words.label)
                    for term in labels | terms(words.text):
                        own[term].append(number)
                    for term in labels:
                        label[term].append(len(own[term]) - 1)
                    number += 1
            for term in terms(words.context):
                context[term].append(page_number)
            page_number += 1
    first: list[str] = []
    shard: list[str] = []
    size = 0
    nothing = array("I")
    for term in sorted(own.keys() | context.keys(), key=lambda t: t.encode("utf-16-be")):
        lists = [source.pop(term, nothing) for source in (own, label, context)]
        record = [term, *(packed(_gaps(numbers)) for numbers in lists)]
        mine = sum(map(len, record)) + 2 * len(term) + 4
        if shard and size + mine > shard_bytes:
            folder.write(f"p/{key}/{len(first) - 1}", version, " ".join(shard))
            shard.clear()
        if not shard:
            first.append(term)
            size = 0
        shard += record
        size += mine
    if shard:
        folder.write(f"p/{key}/{len(first) - 1}", version, " ".join(shard))
    counts = [(year, len(pages)) for year, pages in years.items()]
    head = {"entries": number, "years": counts, "pages": packed(layout), "first": first}
    folder.write(f"p/{key}/head", version, head)


def read_entries(out: Path) -> Iterator[Entry]:
    """What write_shards was given, page by page, read back from the texts in its folder."""
    years = sorted((out / "t").iterdir(), key=lambda path: int(path.name)) if out.exists() else []
    for year in years:
        names = [path.stem.split("-") for path in year.glob("*.js")]
        folder = _Folder(out)
        for page, chunk in sorted((int(page), int(chunk)) for page, chunk in names):
            yield from _read_texts(folder, int(year.name), page, chunk)


def _read_texts(folder: _Folder, year: int, page: int, chunk: int) -> Iterator[Entry]:
    url, title, county, town, _, rows = folder.read(_text_name(year, page, chunk))
    for anchor, heading, kind, text in rows:
        at = f"{url}#{anchor}" if anchor else url
        yield Entry(at, title, heading, KINDS[kind], county, town, year, text)


def _runs(kinds: tuple[int, ...]) -> Iterator[int]:
    """The kinds of a page's entries: for each run of one kind, the kind and how many."""
    for kind, run in groupby(kinds):
        yield kind
        yield len(list(run))


def _gaps(numbers: Iterable[int]) -> Iterator[int]:
    """Ascending numbers as the distances between them, 0 for the next one."""
    last = -1
    for number in numbers:
        yield number - last - 1
        last = number


def packed(numbers: Iterable[int]) -> str:
    """Numbers from 0 up in a short string: digits of base 45, the lowest first."""
    out = []
    for number in numbers:
        rest = number
        while rest >= BASE:
            rest, digit = divmod(rest, BASE)
            out.append(DIGITS[BASE + digit])
        out.append(DIGITS[rest])
    return "".join(out)


def analysis() -> bytes:
    """What the analysis is: an index that another one made is made anew."""
    state = hashlib.sha256()
    for path in (Path(tokens.__file__), Path(search.__file__), Path(__file__), tokens.TRADITIONAL):
        state.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return state.digest()


def _json(value: object) -> str:
    """JSON that is JavaScript as well: two line ends are no characters of a string there."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
