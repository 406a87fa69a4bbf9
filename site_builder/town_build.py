"""Everything that is made of one town: pages, downloads, what search should find; kept until its inputs change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.check import CheckRun
from site_builder.kept import inputs_of_town, keep, read_note
from site_builder.library import Library
from site_builder.making import Making
from site_builder.open_data.county_data import TownData, write_town_data
from site_builder.page import report_path
from site_builder.pages import town_pages
from site_builder.portal.heads import with_head
from site_builder.search.hits import Entry
from site_builder.search.page_text import entries_of
from site_builder.shell import stamp
from site_builder.summary import Summary


@dataclass(frozen=True)
class TownKept:
    """A town's files in the tree, and what it leaves for the county's downloads and for search."""

    inputs: str
    files: tuple[str, ...]
    data: TownData
    entries: tuple[Entry, ...]


def note_path(work: Path, county: str, town: str) -> Path:
    """Where the note of a town is kept."""
    return work / "towns" / county / f"{town}.note"


def make_town(
    making: Making, library: Library, run: CheckRun, mine: Sequence[Summary], common: str
) -> TownKept:
    """Bring what the tree has of one town up to date; `mine` are its reports' summaries.

    `common` is a digest of what all counties depend on. A town whose files, entries in the ledger and
    results of checking are those of the last run is not made again.
    """
    county, town, _ = mine[0].key
    checked = [run.reports[summary.key] for summary in mine]
    inputs = inputs_of_town(library, county, town, common, checked)
    place = note_path(making.work, county, town)
    note = read_note(place, TownKept)
    if note is not None and note.inputs == inputs and all(map(making.tree.stay, note.files)):
        return note
    place.unlink(missing_ok=True)
    before = len(making.tree.written)
    shown = {report_path(d.key): d for d in library.of_town(county, town)}
    pages = [
        with_head(page, library.settings, shown.get(page.path), making.options.pdfs)
        for page in town_pages(library, run, mine, making.options.pdfs)
    ]
    stamp(pages, making.shell, making.tree)
    data = write_town_data(library, run, county, town, making.tree)
    entries = tuple(entry for page in pages for entry in entries_of(page))
    files = tuple(dict.fromkeys(making.tree.written[before:]))
    note = TownKept(inputs, files, data, entries)
    keep(place, note)
    return note
