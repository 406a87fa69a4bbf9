"""The downloads of each year and of the whole, made from what the counties left, when it changed."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from site_builder.library import Library
from site_builder.open_data.county_data import WHOLE, Pack, Record, bundle, sheets_of
from site_builder.open_data.database import write_database
from site_builder.open_data.pieces import Piece, TooLarge, write_zip
from site_builder.open_data.xlsx import MOST_ROWS, workbook
from site_builder.page import year_stem
from site_builder.summary import Summary
from site_builder.tree import Tree, write_if_changed

DATABASE = f"{WHOLE}.sqlite"


def write_site_data(
    library: Library,
    summaries: Sequence[Summary],
    common: str,
    tree: Tree,
    work: Path,
    notes: Path,
) -> None:
    """Bring the files of each year and of the whole up to date.

    `common` is a digest of what all counties depend on. While it and what the counties left for a
    year in `work` are as a note in the folder `notes` says, its files stay. A workbook that would
    have more rows than a sheet holds is left out; so is a zip of 4 GiB.
    """
    years = sorted({s.key.year for s in summaries})
    made = [([year], year_stem(year), f"{year}年度预算绩效公开数据") for year in years]
    if years:
        made.append((years, WHOLE, "预算绩效公开数据"))
    kept = []
    for wanted, stem, title in made:
        paths = [work / c / f"{y}.pack" for c in _counties(summaries) for y in wanted]
        note = notes / f"{stem.replace('/', '-')}.note"
        kept.append(note.name)
        with _unless_same(note, common, paths, tree) as same:
            if not same:
                _write(library, summaries, wanted, stem, title, tree, work)
    if years:
        paths = [work / county / "rows.pickle" for county in _counties(summaries)]
        note = notes / "database.note"
        kept.append(note.name)
        with _unless_same(note, common, paths, tree) as same:
            if not same:
                making = work / "making"
                write_database(making, library, _rows(paths))
                tree.take(DATABASE, making)
    Tree(notes).keep_only(kept)


@contextmanager
def _unless_same(note: Path, common: str, sources: Sequence[Path], tree: Tree) -> Iterator[bool]:
    """Were the files that `note` names made from the same sources? Then they stay.

    Else the block makes them, and the note is written. Sources that stay the same are never
    written again, so their size and time tell.
    """
    digest = hashlib.sha256(common.encode())
    for path in sources:
        if path.exists():
            there = path.stat()
            digest.update(f"\n{path} {there.st_size} {there.st_mtime_ns}".encode())
    first, *names = note.read_text("utf-8").split("\n") if note.exists() else [""]
    if first == digest.hexdigest() and all(tree.stay(name) for name in names):
        yield True
        return
    note.unlink(missing_ok=True)
    before = len(tree.written)
    yield False
    write_if_changed(note, "\n".join([digest.hexdigest(), *tree.written[before:]]).encode())


def _counties(summaries: Sequence[Summary]) -> list[str]:
    return sorted({s.key.county for s in summaries})


def _rows(paths: Iterable[Path]) -> Iterator[Record]:
    """Every report as rows, a county in memory at a time."""
    for path in paths:
        yield from pickle.loads(path.read_bytes())


class _Packs:
    """The packs of some years, read anew each time they are asked for, one in memory at a time."""

    def __init__(self, work: Path, counties: Sequence[str], years: Sequence[int]) -> None:
        self.paths = [work / county / f"{year}.pack" for county in counties for year in years]

    def __call__(self) -> Iterator[Pack]:
        for path in self.paths:
            if path.exists():
                yield pickle.loads(path.read_bytes())


def _write(
    library: Library,
    summaries: Sequence[Summary],
    years: Sequence[int],
    stem: str,
    title: str,
    tree: Tree,
    work: Path,
) -> None:
    packs = _Packs(work, _counties(summaries), years)
    _write_zip(tree, f"{stem}.zip", work, bundle(stem, title, packs, library.settings))
    mine = [s for s in summaries if s.key.year in years]
    if max(sum(s.facts for s in mine), sum(s.levels.total() for s in mine)) < MOST_ROWS:
        _write_zip(tree, f"{stem}.xlsx", work, workbook(sheets_of(packs), title))


def _write_zip(tree: Tree, name: str, work: Path, members: Mapping[str, Iterable[Piece]]) -> None:
    """A zip that need not fit into memory, by way of a file beside the counties' packs."""
    making = work / "making"
    try:
        with making.open("w+b") as file:
            write_zip(file, members)
        tree.take(name, making)
    except TooLarge:
        making.unlink()
