"""What search should find, kept beside the tree, a file a county; and the command line's index of it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from site_builder.library import read_decreed
from site_builder.search.amounts import also_called, names_of, units_of
from site_builder.search.hits import Entry
from site_builder.search.shards import Source
from site_builder.search.word_index import update_index
from site_builder.tree import Tree, alone, write_if_changed

# The entries of pages over all counties and of the rules' pages, beside those of each county.
SITE, RULES = "_site", "_rules"
Amounts = Mapping[str, Mapping[str, Decimal]]


def entries_path(work: Path, name: str) -> Path:
    """Where the entries of a county, or of SITE or RULES, are kept."""
    return work / "entries" / f"{name}.pickle"


def keep_entries(
    work: Path, name: str, entries: Sequence[Entry], amounts: Amounts | None = None
) -> bool:
    """Keep the entries of a county, or of SITE or RULES, with its amounts; True when they differ."""
    path = entries_path(work, name)
    return write_if_changed(path, pickle.dumps((entries, amounts or {})))


def keep_only_entries(work: Path, names: Sequence[str]) -> bool:
    """Let go of the entries of other counties; True when there were any."""
    return Tree(work / "entries").keep_only(f"{name}.pickle" for name in names) > 0


def entries_of_tree(work: Path) -> Iterator[Entry]:
    """What search should find in the tree made in `work`, a county in memory at a time."""
    for path in sorted((work / "entries").glob("*.pickle")):
        yield from _entries(path)


def sources_of_tree(work: Path) -> Iterator[Source]:
    """The same as what the browser's index is brought up to date from: a county whose file is the same
    need not be read."""
    for path in sorted((work / "entries").glob("*.pickle")):
        state = hashlib.sha256(path.read_bytes()).hexdigest()
        yield Source(path.stem, state, partial(_entries, path))


def _entries(path: Path) -> Sequence[Entry]:
    entries: Sequence[Entry] = pickle.loads(path.read_bytes())[0]
    return entries


def refresh_index(root: Path, index: Path) -> bool:
    """Bring the command line's index up to the last build; False when nothing was built yet.

    Of several who search at once one does it, and the others wait.
    """
    work = root / "build" / "work"
    if not entries_path(work, SITE).exists():
        return False
    amounts: dict[str, Mapping[str, Decimal]] = {}
    for path in (work / "entries").glob("*.pickle"):
        amounts |= pickle.loads(path.read_bytes())[1]
    with alone(index, lambda: None):
        decreed = read_decreed(root)
        names, also = names_of(decreed), also_called(decreed)
        update_index(entries_of_tree(work), index, amounts, units_of(decreed), names, also)
    return True
