"""Everything that is made of one county: its towns, pages, downloads, archive, PDFs, what search should find."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from site_builder.archive.archive_pages import county_archive_page
from site_builder.archive.archive_site import sealed_pdfs, write_archive, write_manifest
from site_builder.archive.edition_page import edition_pages
from site_builder.archive.ledger import Ledger
from site_builder.check import CheckRun
from site_builder.compare import county_data, data_path
from site_builder.finding import ReportKey
from site_builder.kept import Kept
from site_builder.library import Library
from site_builder.making import Making
from site_builder.open_data.county_data import write_county_data
from site_builder.output.results import counted
from site_builder.page import pdf_name, report_path
from site_builder.pages import county_pages
from site_builder.portal.heads import pages_with_feed, with_head
from site_builder.search.amounts import amounts_of
from site_builder.search.kept_entries import entries_path, keep_entries
from site_builder.search.page_text import entries_of
from site_builder.shell import stamp
from site_builder.summary import Summary, corrected, grouped, summary_of
from site_builder.town_build import make_town, note_path


def make_county(
    making: Making, folder: str, library: Library, run: CheckRun, inputs: str, common: str
) -> Kept:
    """Bring what the tree has of one county up to date; the note that says what that is.

    `library` holds the county's reports, `inputs` is the digest of all they depend on, `common` of
    what all counties do. PrintError for what the print engine complains of, SealedFileError for a
    sealed file that is not what the ledger says.
    """
    tree, options = making.tree, making.options
    ledger = library.ledgers.get(folder) or Ledger(folder)
    mine = tuple(
        corrected(summary_of(d, run.reports[d.key]), ledger.of(d.key)) for d in library.disclosures
    )
    left = _make_places(making, folder, library, run, mine, common) if mine else []
    write_archive(library.root, library.archive, ledger, tree, options.pdfs)
    if options.pdfs and mine:
        _make_pdfs(making, folder, library, run, sealed_pdfs(library.root, library.archive, ledger))
    ends = [a.until for d in library.disclosures for a in d.report.acknowledgements]
    days = [day for d in library.disclosures for day in d.report.days]
    # A day that has not come is a finding up to the day before it.
    ends += [day - datetime.timedelta(1) for day in days if day > making.today]
    if ledger.entries:
        _make_archive_pages(making, folder, library, ledger, ends)
    names = tree.taken()
    if names:
        write_manifest(tree, folder, names)
        names += tree.taken()
    results = counted(one.results for one in run.reports.values())
    # The day up to which every explanation that holds today goes on to hold.
    until = min((end for end in ends if end >= making.today), default=datetime.date.max)
    files = tuple(dict.fromkeys(names))
    return Kept(inputs, until, mine, results, run.open, files, tuple(left), making.today)


def _make_places(
    making: Making,
    folder: str,
    library: Library,
    run: CheckRun,
    mine: Sequence[Summary],
    common: str,
) -> list[str]:
    """The towns, each made only when it changed, and the county's own pages and downloads.

    Gives the names of what is left below the work folder.
    """
    of_towns = grouped(mine, lambda summary: summary.key.town)
    towns = [make_town(making, library, run, some, common) for some in of_towns.values()]
    fed = pages_with_feed(mine)
    pages = [with_head(p, library.settings, fed=fed) for p in county_pages(library, mine)]
    stamp(pages, making.shell, making.tree)
    data = [town.data for town in towns]
    name = str(library.counties[folder].name)
    there = making.work / "open" / folder
    packs = write_county_data(folder, name, data, library.settings, making.tree, there)
    making.tree.write(data_path(folder), county_data(library, folder).encode())
    entries = [entry for page in pages for entry in entries_of(page)]
    entries += [entry for town in towns for entry in town.entries]
    keep_entries(making.work, folder, entries, amounts_of(library))
    left = [entries_path(making.work, folder), *packs]
    left += [note_path(making.work, folder, town) for town in of_towns]
    return [path.relative_to(making.work).as_posix() for path in left]


def _make_pdfs(
    making: Making, folder: str, library: Library, run: CheckRun, sealed: Mapping[ReportKey, Path]
) -> None:
    """The reports' PDFs; sealed ones are published as they were sealed, never set anew."""
    from site_builder.printing.pdf import render_pdfs
    from site_builder.printing.yearbook import render_yearbooks, yearbook_name

    cache = making.work.parent / "pdf" / folder
    every = library.disclosures
    rest = replace(library, disclosures=tuple(d for d in every if d.key not in sealed))
    made = render_pdfs(rest, run, cache, making.options.jobs, _told(making)) | dict(sealed)
    kept = replace(library, disclosures=tuple(d for d in every if d.key in sealed))
    books = render_yearbooks(kept, sealed, cache, making.options.jobs, _told(making))
    for (_, year), path in books.items():
        making.tree.copy(f"archive/{folder}/{yearbook_name(folder, year)}", path)
    for key, path in made.items():
        name = f"{report_path(key).removesuffix('index.html')}{pdf_name(key)}"
        making.tree.copy(name, path)


def _told(making: Making) -> Callable[[str], None]:
    return lambda title: making.say(f"PDF：{title}")


def _make_archive_pages(
    making: Making, folder: str, library: Library, ledger: Ledger, ends: list[datetime.date]
) -> None:
    """Editions and the county's archive; search finds what is in force, so they have no entries.

    `ends` gets the days on which explanations in editions run out: their pages judge them anew.
    """
    county = library.counties.get(folder)
    name = str(county.name) if county else folder
    sizes = making.tree.sizes()
    pages = (
        *edition_pages(library, ledger, making.today, making.options.pdfs, ends),
        county_archive_page(name, ledger, sizes.get, bool(library.disclosures)),
    )
    stamp((with_head(page, library.settings) for page in pages), making.shell, making.tree)
