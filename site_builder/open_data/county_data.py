"""The downloads of a report, a town, a county, a year and the whole: workbook, and a zip with CSV and JSON.

Rows are deflated once a report (`pieces`); what stands above a report joins them. A county leaves
its pieces by year in a file, so that the files of a year and of the whole are made without
reading unchanged counties again, and with a county in memory at a time.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.check import Checked, CheckRun
from site_builder.finding import ReportKey
from site_builder.library import Disclosure, Library
from site_builder.open_data.data_package import data_package
from site_builder.open_data.fields import FACTS, FINDINGS
from site_builder.open_data.pieces import Piece, fixed, joined, piece, write_zip
from site_builder.open_data.rows import (
    FACTS_SAME,
    FINDINGS_SAME,
    Row,
    csv_head,
    csv_rows,
    findings_json,
    report_json,
    report_rows,
    sheet_rows,
)
from site_builder.open_data.table_csv import TableFile, table_csvs
from site_builder.open_data.table_sheets import table_sheets
from site_builder.open_data.xlsx import (
    BETWEEN,
    MOST_ROWS,
    Sheet,
    kept_rows,
    rows_kept,
    sheet_of,
    workbook,
)
from site_builder.page import county_stem, report_path, report_stem, town_stem
from site_builder.settings import Settings
from site_builder.tree import Tree, write_if_changed

FACT_WIDTHS = (24, 10, 10, 10, 12, 22, 8, 22, 24, 18, 20, 10, 8, 8, 16, 14, 8, 8, 30, 30, 20)
FINDING_WIDTHS = (24, 10, 10, 10, 12, 8, 6, 22, 9, 30, 16, 16, 12, 30, 60, 30, 60, 12, 12)
WHOLE = "data/all"  # the downloads of the whole, without their endings
_COMMA = piece(",\n")
_BETWEEN = piece(BETWEEN)


@dataclass(frozen=True)
class Pack:
    """The deflated rows of some reports: CSV lines, rows of sheets (`xlsx.kept_rows`), JSON objects."""

    facts: Piece
    findings: Piece
    fact_rows: Piece
    finding_rows: Piece
    json: Piece


Record = tuple[Row, tuple[Row, ...], tuple[Row, ...]]  # a report: about it, its facts, its findings


def packed(packs: Sequence[Pack]) -> Pack:
    """Packs as one, in their order."""
    return Pack(
        joined(p.facts for p in packs),
        joined(p.findings for p in packs),
        joined((p.fact_rows for p in packs), _BETWEEN),
        joined((p.finding_rows for p in packs), _BETWEEN),
        joined((p.json for p in packs), _COMMA),
    )


# -- a town, a county ------------------------------------------------------------------------


@dataclass(frozen=True)
class TownData:
    """What a town's reports leave for what stands above the town: a pack each, and all rows."""

    packs: Mapping[ReportKey, Pack]
    records: tuple[Record, ...]


def write_town_data(library: Library, run: CheckRun, slug: str, town: str, tree: Tree) -> TownData:
    """The downloads of a town's reports and of the town itself."""
    packs: dict[ReportKey, Pack] = {}
    records = []
    reports = []
    for disclosure in library.of_town(slug, town):
        made = _write_report(disclosure, run, library.settings, tree)
        packs[disclosure.key] = made.pack
        records.append((_about(disclosure), made.rows.facts, made.rows.findings))
        reports.append(made)
    county = library.counties[slug]
    title = f"{county.name}{county.towns[town].name}预算绩效公开数据"
    sheets = record_sheets((m.fact_rows for m in reports), (m.finding_rows for m in reports))
    _write_bundle(
        town_stem(slug, town), title, list(packs.values()), sheets, library.settings, tree
    )
    return TownData(packs, tuple(records))


def write_county_data(
    slug: str, name: str, towns: Sequence[TownData], settings: Settings, tree: Tree, folder: Path
) -> list[Path]:
    """The downloads of the county `slug`, called `name`, from what its towns left.

    What years and the whole need of it is left in `folder`, and its paths are given: a pack a year,
    and all rows.
    """
    packs = [one for town in towns for one in town.packs.items()]
    folder.mkdir(parents=True, exist_ok=True)
    years = sorted({key.year for key, _ in packs})
    by_year = {year: packed([p for k, p in packs if k.year == year]) for year in years}
    for path in folder.glob("*.pack"):
        if path.stem not in map(str, years):
            path.unlink()
    left = [folder / "rows.pickle", *(folder / f"{year}.pack" for year in years)]
    records = [record for town in towns for record in town.records]
    for path, one in zip(left, (records, *by_year.values()), strict=True):
        write_if_changed(path, pickle.dumps(one))
    title = f"{name}预算绩效公开数据"
    made = list(by_year.values())
    sheets = sheets_of(lambda: iter(made))
    _write_bundle(county_stem(slug), title, made, sheets, settings, tree)
    return left


def _write_report(disclosure: Disclosure, run: CheckRun, settings: Settings, tree: Tree) -> _Made:
    """A report's files beside its page; what was made of it, for what stands above it."""
    checked = run.reports[disclosure.key]
    made = _Made(disclosure, checked)
    folder = report_path(disclosure.key).removesuffix("index.html")
    for name, data in made.files(settings, table_csvs(disclosure.report)):
        tree.write(folder + name, data)
    return made


def report_attachments(
    disclosure: Disclosure, checked: Checked, settings: Settings
) -> Iterator[tuple[str, bytes]]:
    """The files that go along with one report elsewhere, by the names that they have beside its page.

    The PDF is another's; single tables stay on the site, the workbook has them all.
    """
    yield from _Made(disclosure, checked).files(settings)


class _Made:
    """One report's rows and texts, made once for its files and for what stands above it."""

    def __init__(self, disclosure: Disclosure, checked: Checked) -> None:
        self.disclosure = disclosure
        self.checked = checked
        self.rows = report_rows(disclosure, checked)
        self.facts = csv_rows(self.rows.facts, FACTS_SAME)
        self.findings = csv_rows(self.rows.findings, FINDINGS_SAME)
        self.json = report_json(disclosure, self.rows)
        self.fact_rows = sheet_rows(FACTS, self.rows.facts, FACTS_SAME)
        self.finding_rows = sheet_rows(FINDINGS, self.rows.findings, FINDINGS_SAME)
        self.pack = Pack(
            piece(self.facts, len(self.rows.facts)),
            piece(self.findings, len(self.rows.findings)),
            kept_rows(self.fact_rows),
            kept_rows(self.finding_rows),
            piece(self.json, 1),
        )

    def files(
        self, settings: Settings, tables: Sequence[TableFile] = ()
    ) -> Iterator[tuple[str, bytes]]:
        """(name, bytes) of each file, those of single tables among them."""
        report = self.disclosure.report
        title = str(report.heading.title)
        stem = report_stem(self.disclosure.key)
        printed = [t for t in report.tables if not t.form.in_prose]
        sheets = [*table_sheets(printed), *record_sheets([self.fact_rows], [self.finding_rows])]
        yield f"{stem}.xlsx", _zipped(workbook(sheets, title))
        facts = (csv_head(FACTS) + self.facts).encode()
        findings = (csv_head(FINDINGS) + self.findings).encode()
        yield "facts.csv", facts
        yield "findings.csv", findings
        yield "facts.json", f"{self.json}\n".encode()
        yield "findings.json", findings_json(self.checked).encode()
        sizes = (
            ("facts", len(self.rows.facts), len(facts)),
            ("findings", len(self.rows.findings), len(findings)),
        )
        for table in tables:
            yield table.name, table.data
        yield "datapackage.json", data_package(stem, title, sizes, settings, tables).encode()


def _about(disclosure: Disclosure) -> Row:
    """What the database says of a report."""
    key, heading = disclosure.key, disclosure.report.heading
    return (
        str(key),
        key.county,
        key.town,
        str(key.year),
        str(heading.title),
        str(heading.unit),
        str(disclosure.report.form.title),
        heading.date.isoformat() if heading.date else "",
        heading.published.isoformat() if heading.published else "",
        str(heading.source),
    )


def record_sheets(facts: Iterable[Sequence[str]], findings: Iterable[Sequence[str]]) -> list[Sheet]:
    """Batches of facts and findings as two sheets of records."""
    return [
        sheet_of("数据", [f.title for f in FACTS], facts, FACT_WIDTHS),
        sheet_of("核对发现", [f.title for f in FINDINGS], findings, FINDING_WIDTHS),
    ]


def sheets_of(packs: Callable[[], Iterator[Pack]]) -> list[Sheet]:
    """The same from packs, which are asked for twice."""
    return record_sheets(
        (rows_kept(p.fact_rows) for p in packs()), (rows_kept(p.finding_rows) for p in packs())
    )


def bundle(
    stem: str, title: str, packs: Callable[[], Iterator[Pack]], settings: Settings
) -> dict[str, Iterable[Piece]]:
    """The members of a place's zip. The description comes last, when sizes are known."""
    sizes: dict[str, list[int]] = {}

    def table(name: str, head: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
        first = fixed(head)
        sizes[name] = [0, first.size]
        yield first
        for one in pieces:
            sizes[name][0] += one.rows
            sizes[name][1] += one.size
            yield one

    def described() -> Iterator[Piece]:
        listed = [(name, rows, size) for name, (rows, size) in sizes.items()]
        yield piece(data_package(stem.rpartition("/")[2], title, listed, settings))

    return {
        "facts.csv": table("facts", csv_head(FACTS), (p.facts for p in packs())),
        "findings.csv": table("findings", csv_head(FINDINGS), (p.findings for p in packs())),
        "reports.json": _json_array(p.json for p in packs()),
        "datapackage.json": described(),
    }


def _json_array(pieces: Iterable[Piece]) -> Iterator[Piece]:
    yield fixed('{"reports":[\n')
    first = True
    for one in pieces:
        if not first:
            yield _COMMA
        first = False
        yield one
    yield fixed("\n]}\n")


def _write_bundle(
    stem: str,
    title: str,
    packs: Sequence[Pack],
    sheets: Sequence[Sheet],
    settings: Settings,
    tree: Tree,
) -> None:
    """The zip and the workbook of a place of a county."""
    tree.write(f"{stem}.zip", _zipped(bundle(stem, title, lambda: iter(packs), settings)))
    if all(sum(p.rows for p in some) < MOST_ROWS for some in _rows(packs)):
        tree.write(f"{stem}.xlsx", _zipped(workbook(sheets, title)))


def _rows(packs: Sequence[Pack]) -> tuple[list[Piece], list[Piece]]:
    return [p.fact_rows for p in packs], [p.finding_rows for p in packs]


def _zipped(members: Mapping[str, Iterable[Piece]]) -> bytes:
    file = io.BytesIO()
    write_zip(file, members)
    return file.getvalue()
