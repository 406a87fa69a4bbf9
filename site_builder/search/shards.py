"""The browser's index: static scripts, so that a page can load them by <script src>, from a disk too.

Each calls siteSearch.add(name, version, data):

    index.js          the places, and the parts: some years each or some counties of one, the newest
                      first
    names.js          names with their pinyin, to offer when nothing is found
    sounds.js         syllables with their characters, to know what was mistyped
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
import operator
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from site_builder import tokens
from site_builder.search import hits as search
from site_builder.search import postings as gathering
from site_builder.search import shard_files
from site_builder.search.hits import KINDS, Entry, one_line
from site_builder.search.near_names import sounds, syllables
from site_builder.search.postings import gathered
from site_builder.search.shard_files import BASE, Folder, Packed, packed
from site_builder.tree import Tree, write_if_changed
from site_builder.uncollected import uncollected

PART_ENTRIES = 100_000  # in a part at most, some 1,000 reports
MANY_PARTS = 3  # from so many on, it pays to ask first which parts hold a term
SHARD_BYTES = 20_000  # terms, in one file
TEXT_ENTRIES = 16  # of one page, in one file


@dataclass(frozen=True, slots=True)
class Source:
    """Entries that are brought up to date together, a county's: with the same `state` they are the same."""

    name: str
    state: str
    entries: Callable[[], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the shards know of a page: its county and town; is it none of a report, a place or a year;
    digests of what it is called; the number of its entries without heading (0 or 1), and of each kind
    after them, in this order."""

    place: tuple[str, str]
    aside: bool
    names: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def entries(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class _Group:
    """The pages of one year and source; `state` is a digest of their texts, which lie in t/<folder>."""

    year: int
    folder: str
    pages: list[_Page]
    state: str

    @property
    def entries(self) -> int:
        return sum(page.entries for page in self.pages)

    @property
    def files(self) -> Iterator[str]:
        """The names of its texts' scripts."""
        for n, page in enumerate(self.pages):
            yield from _chunks(f"t/{self.folder}/{n}", page.entries)


def write_shards(
    entries: Iterable[Entry],
    out: Path,
    *,
    names: Iterable[str] = (),
    also: Mapping[str, Sequence[str]] | None = None,
    part_entries: int = PART_ENTRIES,
    shard_bytes: int = SHARD_BYTES,
) -> None:
    """Write the browser's shards of `entries` to the folder `out`, which holds nothing else.

    Entries of one page come one after another, and so do those of a county. They are gone through once and
    none is kept; the terms are gathered part by part from the text files, and only for parts where
    one of these changed. `names` are offered, as those of places are, when nothing is found that is
    like them; `also` says what else they are called.
    """
    folder = Folder(out)
    groups: list[_Group] = []
    again: Counter[str] = Counter()
    with uncollected():  # a million things are made, and none is cyclic
        for name, found in groupby(entries, key=_county_of):
            groups += _write_texts(folder, f"{name}~{again[name]}" if again[name] else name, found)
            again[name] += 1
        _write_rest(folder, groups, names, also or {}, part_entries, shard_bytes)


def update_shards(
    sources: Iterable[Source],
    out: Path,
    notes: Path,
    *,
    names: Iterable[str] = (),
    also: Mapping[str, Sequence[str]] | None = None,
) -> Tree:
    """Bring the shards in `out` up to date: as write_shards, but the texts of a source whose state is
    as a note in the folder `notes` says are left alone. Gives `out` as the tree it was left as."""
    folder = Folder(out)
    groups: list[_Group] = []
    kept = []
    for source in sources:
        path = notes / f"{source.name}.note"
        kept.append(path.name)
        known = _noted(path)
        mine: list[_Group] = known[2] if known else []
        same = known is not None and known[:2] == (analysis(), source.state)
        if not (same and folder.keep([name for group in mine for name in group.files])):
            path.unlink(missing_ok=True)
            mine = _write_texts(folder, source.name.replace("_", "-"), source.entries())
            write_if_changed(path, pickle.dumps((analysis(), source.state, mine)))
        groups += mine
    Tree(notes).keep_only(kept)
    with uncollected():
        _write_rest(folder, groups, names, also or {}, PART_ENTRIES, SHARD_BYTES)
    return folder.tree


def _noted(path: Path) -> tuple[bytes, str, list[_Group]] | None:
    """The builder's own note of a source; None for one that is damaged."""
    try:
        analysis_, state, groups = pickle.loads(path.read_bytes())
        return analysis_, state, groups
    except Exception:
        return None


def _write_rest(
    folder: Folder,
    groups: list[_Group],
    names: Iterable[str],
    also: Mapping[str, Sequence[str]],
    part_entries: int,
    shard_bytes: int,
) -> None:
    """Write all but the texts, which are there."""
    pairs = [page.place for group in groups for page in group.pages]
    places = {place: number for number, place in enumerate(dict.fromkeys(pairs))}
    order = {group.folder: number for number, group in enumerate(groups)}
    parts = []
    for key, mine in _parts(groups, part_entries):
        mine.sort(key=lambda group: order[group.folder])  # a town's years say much the same
        state = hashlib.sha256(analysis() + f"{shard_bytes}".encode())
        numbers = [places[page.place] for group in mine for page in group.pages]
        state.update(f"{numbers}{[(g.folder, len(g.pages), g.state) for g in mine]}".encode())
        version = state.hexdigest()[:12]
        if not _is_there(folder, key, version):
            _write_part(folder, key, version, mine, places, shard_bytes)
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
    characters = "".join(a + b for a, b in tokens.traditional().items())
    offered = folder.write("names", "", sounds([n for place in places for n in place] + [*names]))
    spoken = folder.write("sounds", "", syllables())
    manifest = {
        "traditional": characters,
        "places": [[c, [t for _, t in some]] for c, some in groupby(places, key=lambda p: p[0])],
        "parts": parts,
        "names": hashlib.sha256(offered).hexdigest()[:12],
        "sounds": hashlib.sha256(spoken).hexdigest()[:12],
        "also": _by_name(also),
    }
    if len(parts) >= MANY_PARTS:
        manifest["which"] = _write_which(folder, parts, shard_bytes)
    folder.write("index", "", manifest)
    folder.remove_stale()


def _by_name(also: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Names with what else they are called, which is shorter: {公务接待费: "招待费 招待费用"}."""
    found: dict[str, list[str]] = {}
    for other, names in also.items():
        for name in names:
            found.setdefault(name, []).append(other)
    return {name: " ".join(others) for name, others in found.items()}


def _page_of(entry: Entry) -> tuple[str, str, str, str, int]:
    return (entry.page, entry.title, entry.county, entry.town, entry.year)


def _county_of(entry: Entry) -> str:
    """The folder of an entry's county, as addresses have it; "-" for none."""
    first, _, rest = entry.url.partition("/")
    return (rest.partition("/")[0] if first == "checks" else first) if entry.county else "-"


def _write_texts(folder: Folder, source: str, entries: Iterable[Entry]) -> list[_Group]:
    """Write the texts of a source, TEXT_ENTRIES to a file."""
    groups: dict[int, tuple[list[_Page], hashlib._Hash]] = {}
    for head, found in groupby(entries, key=_page_of):
        year = head[4]
        page = sorted(found, key=lambda e: (e.heading != "", KINDS.index(e.kind)))
        pages, state = groups.setdefault(year, ([], hashlib.sha256()))
        names = _chunks(f"t/{year}/{source}/{len(pages)}", len(page))
        for start, name in zip(range(0, len(page), TEXT_ENTRIES), names, strict=True):
            rows = [
                (
                    e.url.partition("#")[2],
                    one_line(e.heading),
                    KINDS.index(e.kind),
                    one_line(e.text),
                )
                for e in page[start : start + TEXT_ENTRIES]
            ]
            state.update(folder.write(name, "", [*head, rows]))
        kinds = Counter([e.kind if e.heading else "" for e in page])
        counts = tuple(kinds[kind] for kind in ("", *KINDS))
        called = tuple(map(name_digest, page[0].names))
        pages.append(_Page((head[2], head[3]), page[0].aside, called, counts))
    return [
        _Group(year, f"{year}/{source}", pages, state.hexdigest())
        for year, (pages, state) in groups.items()
    ]


def name_digest(name: str) -> int:
    """Two digits by which the browser knows a folded name, from its UTF-16 units."""
    digest = 0
    for unit in memoryview(name.encode("utf-16-le", "surrogatepass")).cast("H"):
        digest = (digest * 31 + unit) % BASE**2
    return digest


def _chunks(place: str, entries: int) -> Iterator[str]:
    """The names of the scripts that hold the texts of a page."""
    return (f"{place}-{n}" for n in range((entries + TEXT_ENTRIES - 1) // TEXT_ENTRIES))


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


def _is_there(folder: Folder, key: str, version: str) -> bool:
    """Are the part's files of this version there? They count as written then."""
    head = folder.read(f"p/{key}/head", version)
    if head is None:
        return False
    return folder.keep([f"p/{key}/{name}" for name in ("head", *range(len(head["first"])))])


def _write_part(
    folder: Folder,
    key: str,
    version: str,
    groups: Sequence[_Group],
    places: Mapping[tuple[str, str], int],
    shard_bytes: int,
) -> None:
    """Gather the terms of a part from its text files, and write its shards and their head.

    The head goes first and comes last: one that is there speaks of shards that are all there.
    """
    folder.remove(f"p/{key}/head")

    def pages() -> Iterator[list[Entry]]:
        for group in groups:
            for n, page in enumerate(group.pages):
                names = _chunks(f"t/{group.folder}/{n}", page.entries)
                yield [entry for name in names for entry in _read_texts(folder, name)]

    postings = gathered(pages())
    lists = [Packed(numbers) for numbers in postings]

    def records() -> Iterator[list[str]]:
        for term in sorted({*postings.own, *postings.context}, key=_utf16):
            yield [term, *[some.of(term) for some in lists]]

    first = _write_shards_of(records(), f"p/{key}", version, folder, shard_bytes)
    layout = [
        number
        for group in groups
        for page in group.pages
        for number in (places[page.place] * 2 + page.aside, *page.names, *page.counts)
    ]
    head = {
        "entries": sum(group.entries for group in groups),
        "groups": [(group.year, group.folder, len(group.pages)) for group in groups],
        "pages": packed(layout),
        "first": first,
    }
    folder.write(f"p/{key}/head", version, head)


def _utf16(term: str) -> bytes:
    """The order of terms in JavaScript."""
    return term.encode("utf-16-be", "surrogatepass")


def _write_shards_of(
    records: Iterable[list[str]], place: str, version: str, folder: Folder, shard_bytes: int
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


def _write_which(folder: Folder, parts: Sequence[dict[str, Any]], shard_bytes: int) -> str:
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


def _read_texts(folder: Folder, name: str) -> Iterator[Entry]:
    url, title, county, town, year, rows = folder.read(name)
    for anchor, heading, kind, text in rows:
        at = f"{url}#{anchor}" if anchor else url
        yield Entry(at, title, heading, KINDS[kind], county, town, year, text)


@lru_cache(maxsize=1)
def analysis() -> bytes:
    """What the analysis is: an index that another one made is made anew."""
    state = hashlib.sha256()
    modules = (tokens, search, gathering, shard_files)
    for path in (*(Path(m.__file__ or "") for m in modules), Path(__file__), tokens.TRADITIONAL):
        state.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return state.digest()
