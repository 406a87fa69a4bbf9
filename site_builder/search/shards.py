"""The browser's index: static scripts, so that a page can load them by <script src>, from a disk too.

Each calls siteSearch.add(name, version, data):

    index.js          the places, and the parts: some years each or some counties of one, the newest
                      first
    names.js          names with their pinyin, to offer when nothing is found
    w/head.js         where the shards of w/ begin; not there when there are few parts
    w/<n>.js          terms, each with the parts that hold it
    p/<part>/head.js  the part's pages and where its shards of terms begin
    p/<part>/<n>.js   terms, each with the entries that hold it, which of these (first, second …)
                      hold it in a label, and the pages that hold it in their context; lists in
                      the digits of `packed`
    t/<year>/<county>/<page>-<n>.js   the texts of TEXT_ENTRIES entries of a page, to verify hits and
                      to quote
"""

from __future__ import annotations

import hashlib
import heapq
import json
import operator
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from site_builder import tokens
from site_builder.search import hits as search
from site_builder.search.hits import KINDS, Entry, one_line, words_of
from site_builder.search.near_names import sounds
from site_builder.tokens import coded, decoded
from site_builder.tree import write_if_changed

PART_ENTRIES = 100_000  # in a part at most, some 1,000 reports
MANY_PARTS = 3  # from so many on, it pays to ask first which parts hold a term
SHARD_BYTES = 20_000  # terms, in one file
TEXT_ENTRIES = 16  # of one page, in one file

# The digits of `packed`: printable, and none that JSON escapes; 45 that end a number, 45 that
# do not.
DIGITS = "".join(chr(code) for code in range(35, 126) if code != 92)
BASE = 45


@dataclass(frozen=True, slots=True)
class _Page:
    """What the shards know of a page: its place; the number of its entries without heading (0 or 1),
    and of each kind after them, in this order."""

    place: int
    counts: tuple[int, ...]
    digest: bytes

    @property
    def entries(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class _Group:
    """The pages of one year and county, or of none; its texts lie in t/<folder>."""

    year: int
    folder: str
    pages: list[_Page]

    @property
    def entries(self) -> int:
        return sum(page.entries for page in self.pages)


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
) -> None:
    """Write the browser's shards of `entries` to the folder `out`, which holds nothing else.

    Entries of one page come one after another. They are gone through once and none is kept; the
    terms are gathered part by part from the text files, and only for parts where one of these
    changed. `names` are offered, as those of places are, when nothing is found that is like them.
    """
    folder = _Folder(out)
    places: dict[tuple[str, str], int] = {}
    groups: dict[str, _Group] = {}
    for _, found in groupby(entries, key=_page_of):
        page = sorted(found, key=lambda e: (e.heading != "", KINDS.index(e.kind)))
        head = _page_of(page[0])
        name = f"{head[4]}/{head[0].partition('/')[0] if head[2] else '-'}"
        group = groups.setdefault(name, _Group(head[4], name, []))
        place = places.setdefault((head[2], head[3]), len(places))
        group.pages.append(_write_texts(folder, page, f"{name}/{len(group.pages)}", place))
    parts = []
    for key, mine in _parts(list(groups.values()), part_entries):
        state = hashlib.sha256(analysis() + f"{shard_bytes}".encode())
        for group in mine:
            state.update(f"{group.folder}:{len(group.pages)}:".encode())
            for stored in group.pages:
                state.update(f"{stored.place}:".encode() + stored.digest)
        version = state.hexdigest()[:12]
        if not _is_there(folder, key, version):
            _write_part(folder, key, version, mine, shard_bytes)
        numbers = [page.place for group in mine for page in group.pages]
        parts.append(
            {
                "key": key,
                "version": version,
                "years": sorted({g.year for g in mine}, reverse=True),
                "entries": sum(g.entries for g in mine),
                "places": [min(numbers), max(numbers)],
            }
        )
    parts.reverse()
    pairs = "".join(a + b for a, b in tokens.traditional().items())
    offered = folder.write("names", "", sounds([n for place in places for n in place] + [*names]))
    manifest = {
        "traditional": pairs,
        "places": [[c, [t for _, t in some]] for c, some in groupby(places, key=lambda p: p[0])],
        "parts": parts,
        "names": hashlib.sha256(offered).hexdigest()[:12],
    }
    if len(parts) >= MANY_PARTS:
        manifest["which"] = _write_which(folder, parts, shard_bytes)
    folder.write("index", "", manifest)
    folder.remove_stale()


def _page_of(entry: Entry) -> tuple[str, str, str, str, int]:
    return (entry.page, entry.title, entry.county, entry.town, entry.year)


def _write_texts(folder: _Folder, page: Sequence[Entry], name: str, place: int) -> _Page:
    """Write the entries of one page, TEXT_ENTRIES to a file."""
    digest = hashlib.sha256()
    head = _page_of(page[0])
    for start in range(0, len(page), TEXT_ENTRIES):
        rows = [
            (e.url.partition("#")[2], one_line(e.heading), KINDS.index(e.kind), one_line(e.text))
            for e in page[start : start + TEXT_ENTRIES]
        ]
        digest.update(folder.write(f"t/{name}-{start // TEXT_ENTRIES}", "", [*head, rows]))
    counts = [sum(1 for e in page if not e.heading)]
    counts += [sum(1 for e in page if e.heading and e.kind == kind) for kind in KINDS]
    return _Page(place, tuple(counts), digest.digest())


def _parts(groups: list[_Group], most: int) -> Iterator[tuple[str, list[_Group]]]:
    """Parts with their names, the oldest first. Small years are put together from the oldest, so that
    old parts stay; a large one is cut between counties. Pages of no year go last.
    """
    open_: list[_Group] = []
    for year, found in groupby(sorted(groups, key=lambda g: g.year or 9999), key=lambda g: g.year):
        mine = list(found)
        size = sum(group.entries for group in mine)
        if open_ and sum(group.entries for group in open_) + size > most and year:
            yield _name(open_), open_
            open_ = []
        if size <= most or not year:
            open_ += mine
            continue
        cut: list[_Group] = []
        number = 1
        for group in mine:
            if cut and sum(g.entries for g in cut) + group.entries > most:
                yield f"{year}.{number}", cut
                number += 1
                cut = []
            cut.append(group)
        yield f"{year}.{number}", cut
    if open_:
        yield _name(open_), open_


def _name(groups: Sequence[_Group]) -> str:
    years = [group.year for group in groups if group.year] or [0]
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"


def _is_there(folder: _Folder, key: str, version: str) -> bool:
    """Are the part's files of this version there? They count as written then."""
    head = folder.read(f"p/{key}/head", version)
    if head is None:
        return False
    names = ["head", *map(str, range(len(head["first"])))]
    paths = [folder.root / "p" / key / f"{name}.js" for name in names]
    folder.written.update(paths)
    return all(path.exists() for path in paths)


def _lists() -> defaultdict[int | str, array[int]]:
    return defaultdict(lambda: array("I"))


def _write_part(
    folder: _Folder, key: str, version: str, groups: Sequence[_Group], shard_bytes: int
) -> None:
    """Gather the terms of a part from its text files, and write its shards and their head."""
    own, label, context = _lists(), _lists(), _lists()
    number = page_number = 0
    layout: list[int] = []
    for group in groups:
        for n, page in enumerate(group.pages):
            layout += [page.place, *page.counts]
            for entry in _read_page(folder, f"{group.folder}/{n}", page.entries):
                words = words_of(entry)
                labels = coded(words.label)
                for numbers in map(label.__getitem__, labels):
                    numbers.append(number)
                for numbers in map(own.__getitem__, labels | coded(words.text)):
                    numbers.append(number)
                number += 1
            for code in coded(words.context):
                context[code].append(page_number)
            page_number += 1
    nothing = array("I")

    def records() -> Iterator[list[str]]:
        found = [(term, code) for code in own.keys() | context.keys() if (term := decoded(code))]
        for term, code in sorted(found, key=lambda pair: _utf16(pair[0])):
            holding = own.pop(code, nothing)
            ranks = array("I", [bisect_left(holding, n) for n in label.pop(code, nothing)])
            yield [term, *map(_distances, (holding, ranks, context.pop(code, nothing)))]

    first = _write_shards_of(records(), f"p/{key}", version, folder, shard_bytes)
    head = {
        "entries": number,
        "groups": [(group.year, group.folder, len(group.pages)) for group in groups],
        "pages": packed(layout),
        "first": first,
    }
    folder.write(f"p/{key}/head", version, head)


def _utf16(term: str) -> bytes:
    """The order of terms in JavaScript."""
    return term.encode("utf-16-be", "surrogatepass")


def _write_shards_of(
    records: Iterable[list[str]], place: str, version: str, folder: _Folder, shard_bytes: int
) -> list[str]:
    """Write records, each beginning with its term, some to a file; give the first term of each."""
    first: list[str] = []
    shard: list[str] = []
    size = 0
    for record in records:
        mine = len(" ".join(record).encode()) + 1
        if shard and size + mine > shard_bytes:
            folder.write(f"{place}/{len(first) - 1}", version, " ".join(shard))
            shard.clear()
        if not shard:
            first.append(record[0])
            size = 0
        shard += record
        size += mine
    if shard:
        folder.write(f"{place}/{len(first) - 1}", version, " ".join(shard))
    return first


def _write_which(folder: _Folder, parts: Sequence[dict[str, Any]], shard_bytes: int) -> str:
    """Which parts hold a term, merged from the parts' own shards; gives the version."""
    version = hashlib.sha256("".join(part["version"] for part in parts).encode()).hexdigest()[:12]

    def held(number: int, part: dict[str, Any]) -> Iterator[tuple[bytes, str, int]]:
        head = folder.read(f"p/{part['key']}/head", part["version"])
        for n in range(len(head["first"])):
            for term in folder.read(f"p/{part['key']}/{n}", part["version"]).split(" ")[::4]:
                yield _utf16(term), term, number

    merged = heapq.merge(*(held(number, part) for number, part in enumerate(parts)))
    records = (
        [term, packed(number for _, _, number in some)]
        for term, some in groupby(merged, key=operator.itemgetter(1))
    )
    first = _write_shards_of(records, "w", version, folder, shard_bytes)
    folder.write("w/head", version, first)
    return version


def read_entries(out: Path) -> Iterator[Entry]:
    """What write_shards was given, page by page, read back from the texts in its folder."""
    folder = _Folder(out)
    for place in sorted((out / "t").glob("*/*")):
        numbers = [tuple(map(int, path.stem.split("-"))) for path in place.glob("*.js")]
        for page, chunk in sorted(numbers):
            yield from _read_texts(folder, f"{place.parent.name}/{place.name}/{page}-{chunk}")


def _read_page(folder: _Folder, name: str, entries: int) -> Iterator[Entry]:
    for chunk in range((entries + TEXT_ENTRIES - 1) // TEXT_ENTRIES):
        yield from _read_texts(folder, f"{name}-{chunk}")


def _read_texts(folder: _Folder, name: str) -> Iterator[Entry]:
    url, title, county, town, year, rows = folder.read(f"t/{name}")
    for anchor, heading, kind, text in rows:
        at = f"{url}#{anchor}" if anchor else url
        yield Entry(at, title, heading, KINDS[kind], county, town, year, text)


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


def _distances(numbers: array[int]) -> str:
    """Ascending numbers as the packed distances between them, 0 for the next one."""
    if not numbers:
        return ""
    steps = map(operator.sub, numbers[1:], numbers)
    try:  # most are small
        return packed(numbers[:1]) + "".join(map(_STEPS.__getitem__, steps))
    except IndexError:
        return packed([numbers[0], *(b - a - 1 for a, b in pairwise(numbers))])


_STEPS = ["", *(packed([gap]) for gap in range(BASE * BASE * 2))]  # by the step, gap + 1


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
