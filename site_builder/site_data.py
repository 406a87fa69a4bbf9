"""The downloads of each year and of the whole, made from what the counties left, when it changed."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from site_builder.database import write_database
from site_builder.library import Library
from site_builder.open_data import WHOLE, Pack, Record, bundle, sheets_of, year_stem
from site_builder.pieces import Piece, TooLarge, write_zip
from site_builder.summary import Summary
from site_builder.tree import Tree, write_if_changed
from site_builder.xlsx import MOST_ROWS, workbook

DATABASE = f"{WHOLE}.sqlite"


def write_site_data(
    library: Library, summaries: Sequence[Summary], inputs: Iterable[str], tree: Tree, work: Path
) -> None:
    """Bring the files of each year and of the whole up to date.

    `inputs` are the digests of the counties: while they are the same, nothing is made. A workbook
    that would have more rows than a sheet holds is left out; so is a zip of 4 GiB.
    """
    digest = hashlib.sha256("\n".join(inputs).encode()).hexdigest()
    note = work / "made"
    names = _noted(note, digest)
    if names is not None and all(tree.stay(name) for name in names):
        return
    note.unlink(missing_ok=True)
    before = len(tree.written)
    years = sorted({s.key.year for s in summaries})
    for year in years:
        title = f"{year}年度预算绩效公开数据"
        _write(library, summaries, [year], year_stem(year), title, tree, work)
    if summaries:
        _write(library, summaries, years, WHOLE, "预算绩效公开数据", tree, work)
        making = work / "making"
        write_database(making, library, _rows(work, _counties(summaries)))
        tree.take(DATABASE, making)
    write_if_changed(note, "\n".join([digest, *tree.written[before:]]).encode())


def _noted(note: Path, digest: str) -> list[str] | None:
    """The files that were made from the same inputs; None when there are none."""
    if not note.exists():
        return None
    first, *names = note.read_text("utf-8").split("\n")
    return names if first == digest else None


def _counties(summaries: Sequence[Summary]) -> list[str]:
    return sorted({s.key.county for s in summaries})


def _rows(work: Path, counties: Iterable[str]) -> Iterator[Record]:
    """Every report as rows, a county in memory at a time."""
    for county in counties:
        yield from pickle.loads((work / county / "rows.pickle").read_bytes())


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
