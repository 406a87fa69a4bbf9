"""Everything read: counties, concepts, forms, profiles, and the reports by town and year."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from site_builder import reading_rules as rules
from site_builder.archive.archive_settings import ArchiveSettings, read_archive_settings
from site_builder.archive.ledger import Ledger, counties_with_ledgers, read_ledger
from site_builder.concepts import Concept, read_concepts
from site_builder.counties import County, Town, read_counties
from site_builder.dead_links import dead_links
from site_builder.finding import Finding, ReportKey, instead
from site_builder.form_file import read_forms
from site_builder.forms import Form, address_part
from site_builder.place import Place
from site_builder.plausibility import Range, read_plausibility
from site_builder.printing.print_fonts import FREE, Fonts, read_fonts
from site_builder.profiles import Profile, read_profiles
from site_builder.prose import LinkedFigure, Narrative, read_narrative
from site_builder.ratios import Formula, read_ratios
from site_builder.report import Cell, Report
from site_builder.report_file import read_report
from site_builder.settings import Settings, read_settings, site_words
from site_builder.shape import guess
from site_builder.shell_settings import shell_faults
from site_builder.uncollected import uncollected
from site_builder.unfound import cause_of
from site_builder.yaml_file import Table, Text, read_yaml

REPORTS = Path("data", "reports")
NARRATIVES = Path("content", "reports")
SLUG = re.compile(r"[a-z][a-z0-9-]*")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
Shared = TypeVar("Shared")


@dataclass(frozen=True)
class Disclosure:
    """A report with its narrative, its town and its county: all that a page needs."""

    report: Report
    narrative: Narrative
    links: tuple[tuple[LinkedFigure, Cell | None], ...]
    town: Town
    county: County
    profile: Profile | None

    @property
    def key(self) -> ReportKey:
        """County, town and year."""
        return self.report.key


@dataclass(frozen=True)
class Library:
    """What the project holds; `findings` are those of reading.

    `ledgers` are those of the counties read, by pinyin. A report that was withdrawn is not among
    the disclosures, whether its files are still there or not. `faulty` are the files of what is
    decreed that have errors: what they are errors of is not held against the reports.
    `words` are those of mkdocs.yml that pages and bags show, each under its key; of a county's piece none.
    """

    root: Path
    counties: dict[str, County]
    concepts: dict[str, Concept]
    forms: dict[str, Form]
    profiles: dict[str, Profile]
    disclosures: tuple[Disclosure, ...]
    findings: tuple[Finding, ...]
    plausibility: dict[str, Range] = field(default_factory=dict)
    ratios: dict[str, dict[str, Formula]] = field(default_factory=dict)
    fonts: Fonts = FREE
    settings: Settings = field(default_factory=Settings)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    words: tuple[tuple[str, Text], ...] = ()
    _shared: dict[Hashable, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of_town(self, county: str, town: str) -> tuple[Disclosure, ...]:
        """A town's disclosures, by year."""
        return self._by_place.get((county, town), ())

    def of_county(self, county: str) -> tuple[Disclosure, ...]:
        """A county's disclosures, by town and year."""
        return self._by_place.get((county, ""), ())

    def years_beside(self, county: str, town: str) -> frozenset[int]:
        """The years that other towns of the county have reports of."""
        return frozenset(d.key.year for d in self.of_county(county) if d.key.town != town)

    def of_year(self, county: str, town: str, year: int) -> Disclosure | None:
        """A town's disclosure for one year."""
        return next((d for d in self.of_town(county, town) if d.key.year == year), None)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], tuple[Disclosure, ...]]:
        """Disclosures by county and town, and by county alone: looked up once a report."""
        places: dict[tuple[str, str], list[Disclosure]] = {}
        for one in self.disclosures:
            places.setdefault((one.key.county, one.key.town), []).append(one)
            places.setdefault((one.key.county, ""), []).append(one)
        return {place: tuple(found) for place, found in places.items()}

    def judges(self, form: Form) -> bool:
        """Can reports on `form` be judged, or is something wrong with the form itself?"""
        return f"data/forms/{form.name}.yaml" not in self.faulty

    def ledger_of(self, key: ReportKey) -> Ledger:
        """The ledger of a report's county; empty where nothing is sealed."""
        return self.ledgers.get(key.county) or Ledger(key.county)

    def once(self, name: Hashable, work_out: Callable[[], Shared]) -> Shared:
        """What `work_out` gives, worked out once: what many reports of a library share."""
        if name not in self._shared:
            self._shared[name] = work_out()
        shared: Shared = self._shared[name]
        return shared

    def years(self) -> tuple[int, ...]:
        """The fiscal years that anything is published for, newest first."""
        return tuple(sorted({d.key.year for d in self.disclosures}, reverse=True))


def read_library(root: Path, only: Iterable[Path] | None = None) -> Library:
    """Read the project at `root`; `only` limits the reports to those files (.yaml or .md)."""
    pieces = list(read_by_county(root, only))
    disclosures = sorted((d for piece in pieces for d in piece.disclosures), key=lambda d: d.key)
    found = [finding for piece in pieces for finding in piece.findings]
    ledgers = {county: ledger for piece in pieces for county, ledger in piece.ledgers.items()}
    return replace(
        pieces[0], disclosures=tuple(disclosures), findings=tuple(found), ledgers=ledgers
    )


def read_by_county(root: Path, only: Iterable[Path] | None = None) -> Iterator[Library]:
    """The library in pieces: first what is decreed, without reports; then the reports of each county.

    No rule looks beyond a county, so a piece can be checked, shown and let go before the next one
    is read. `findings` of a piece are those of reading it alone.
    """
    decreed = read_decreed(root)
    yield decreed
    for folder, files in by_county(root, only):
        yield read_county(decreed, folder, files)


def by_county(
    root: Path, only: Iterable[Path] | None = None
) -> list[tuple[str, list[Path] | None]]:
    """The folders of the counties, each with the report files meant in it; None for all of them."""
    if only is None:
        return [(folder, None) for folder in county_folders(root)]
    named = sorted({file for path in only if (file := report_file(root, path)) is not None})
    grouped = groupby(named, lambda file: file.relative_to(root / REPORTS).parts[0])
    return [(folder, list(files)) for folder, files in grouped]


def read_decreed(root: Path) -> Library:
    """What holds for all reports: counties, concepts, forms, profiles, ranges, ratios. No reports."""
    found: list[Finding] = []
    counties = read_counties(root, found)
    concepts = read_concepts(root, found)
    said = len(found)
    forms = read_forms(root, concepts, found)
    ranges = read_plausibility(root, concepts, found)
    ratios = read_ratios(root, concepts, found)
    profiles = read_profiles(root, concepts, ratios, found)
    faulty = {finding.at.file for finding in found}
    if not concepts:  # of concepts that could not be read none is missed besides
        found[said:] = [f for f in found[said:] if f.words.get("kind_en") != "concept"]
    fonts = read_fonts(root, found)
    settings = read_settings(root, counties, found)
    found += settings.missing
    archive = read_archive_settings(root)
    found += archive.wrong
    found += shell_faults(root, counties)
    return Library(
        root, counties, concepts, forms, profiles, (), tuple(found), ranges, ratios, fonts, settings,
        faulty=frozenset(faulty), archive=archive, words=site_words(root),
    )  # fmt: skip


def county_folders(root: Path) -> list[str]:
    """What lies in data/reports/, content/reports/ and data/editions/: a folder a county, and what
    is misplaced."""
    places = (root / REPORTS, root / NARRATIVES)
    names = {path.name for place in places if place.is_dir() for path in place.iterdir()}
    return sorted(names | set(counties_with_ledgers(root)))


def read_county(decreed: Library, folder: str, files: Iterable[Path] | None = None) -> Library:
    """The reports below data/reports/<folder>; `files` limits them to those."""
    root = decreed.root
    found: list[Finding] = []
    disclosures = []
    ledger = read_ledger(root, folder, found)
    found += _gone(root, ledger)
    withdrawn = {key for key in ledger.keys if ledger.withdrawn(key)}
    with uncollected():  # nothing here is cyclic garbage; collecting while loading costs a third
        for path in report_files(root, folder) if files is None else files:
            if withdrawn and _key(root, path) in withdrawn:
                continue
            mine: list[Finding] = []
            disclosure = read_disclosure(decreed, path, mine)
            if disclosure is not None:
                disclosures.append(disclosure)
                mine = [finding.of(disclosure.key) for finding in mine]
            found += mine
        if files is None:
            found += _orphans(root, folder)
        # No collection need ever walk again what stays till the end, or goes all at once.
        gc.freeze()
    disclosures.sort(key=lambda d: d.key)
    ledgers = {folder: ledger} if ledger.entries or ledger.broken else {}
    return replace(
        decreed,
        disclosures=tuple(disclosures),
        findings=tuple(found),
        ledgers=ledgers,
        words=(),
    )


def _key(root: Path, path: Path) -> ReportKey | None:
    """The report whose file that is, by its path."""
    parts = path.relative_to(root / REPORTS).with_suffix("").parts
    if len(parts) == 3 and YEAR.fullmatch(parts[2]):
        return ReportKey(parts[0], parts[1], int(parts[2]))
    return None


def _gone(root: Path, ledger: Ledger) -> Iterator[Finding]:
    """Files of reports in force that are not there; while nobody knows what is in force, none."""
    for key in () if ledger.broken else ledger.keys:
        entry = ledger.current(key)
        if entry is None:
            continue
        stem = f"{key.county}/{key.town}/{key.year}"
        for file in (f"{REPORTS.as_posix()}/{stem}.yaml", f"{NARRATIVES.as_posix()}/{stem}.md"):
            if not (root / file).exists():
                words = {
                    "report": str(key),
                    "edition": str(entry.edition),
                    "date": entry.date.isoformat(),
                    "file": file,
                }
                yield Finding(rules.SEALED_MISSING, Place(file, 1, 1), words).of(key)


def report_files(root: Path, folder: str) -> list[Path]:
    """Every .yaml of a county's folder below data/reports/, in order; or itself, when it is a file."""
    return _files(root / REPORTS / folder, "*.y*ml")


def _files(path: Path, pattern: str) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob(pattern))
    return [path] if path.match(pattern) and path.exists() else []


def report_file(root: Path, path: Path) -> Path | None:
    """The report that a file is, or is the narrative of; None when it is neither.

    A relative path is taken from the current folder first, then from the project's root.
    """
    full = path if path.is_absolute() or path.exists() else root / path
    try:
        relative = full.resolve().relative_to(root.resolve())
    except ValueError:
        return None
    if relative.parts[:2] == ("content", "reports") and relative.suffix == ".md":
        relative = Path("data", *relative.parts[1:]).with_suffix(".yaml")
    return root / relative if relative.parts[:2] == ("data", "reports") else None


def _orphans(root: Path, folder: str) -> Iterator[Finding]:
    """Narratives of a county's folder that no report belongs to."""
    base = root / NARRATIVES
    for path in _files(base / folder, "*.md"):
        relative = path.relative_to(base)
        if not (root / REPORTS / relative).with_suffix(".yaml").exists():
            name = f"data/reports/{relative.with_suffix('.yaml').as_posix()}"
            at = Place(path.relative_to(root).as_posix(), 1, 1)
            yield Finding(rules.FILE_MISSING, at, {"file": name})


def read_disclosure(library: Library, path: Path, found: list[Finding]) -> Disclosure | None:
    """Read one report file and its narrative; None when either cannot be read."""
    root = library.root
    parts = path.relative_to(root).parts
    name = "/".join(parts)
    at = Place(name, 1, 1)
    parts, stem = parts[2:], path.stem  # below data/reports
    if not (
        len(parts) == 3
        and path.suffix == ".yaml"
        and SLUG.fullmatch(parts[0])
        and SLUG.fullmatch(parts[1])
        and YEAR.fullmatch(stem)
    ):
        said = {"path": name, "ext": "yaml"}
        if path.suffix != ".yaml":
            said |= instead("扩展名要写 .yaml", "the file's name should end in .yaml")
        found.append(Finding(rules.PATH, at, said))
        return None
    key = ReportKey(parts[0], parts[1], int(stem))
    table = read_yaml(path, name, found)
    county = library.counties.get(key.county)
    town = county.towns.get(key.town) if county else None
    if county is None:
        # What is wrong with a county's file is said there, not at each of its reports.
        if not (root / "data" / "counties" / f"{key.county}.yaml").exists():
            found.append(_no(key.county, "县", "county", library.counties, at))
    elif town is None:
        found.append(_no(key.town, "镇", "town", county.towns, at))
    if table is None:
        return None
    words = f"content/reports/{key.county}/{key.town}/{stem}.md"
    narrative = read_narrative(root / words, words, found)
    disclosure = disclose(library, key, table, narrative, found)
    if narrative is not None and narrative.pages:
        report = disclosure.report if disclosure is not None else None
        found += dead_links(key, narrative, report, root / REPORTS, library.counties)
    return disclosure


def disclose(
    library: Library,
    key: ReportKey,
    table: Table,
    narrative: Narrative | None,
    found: list[Finding],
) -> Disclosure | None:
    """A report's table and its narrative as a disclosure; None when a part cannot be read."""
    file = table.at.file
    report = read_report(
        table, file, key, library.forms, library.profiles, library.concepts, found, library.faulty
    )
    county = library.counties.get(key.county)
    town = county.towns.get(key.town) if county else None
    if report is None or narrative is None or county is None or town is None:
        return None
    links = tuple(_resolve(report, narrative, found if library.judges(report.form) else []))
    profile = library.profiles.get(report.heading.profile)
    return Disclosure(report, narrative, links, town, county, profile)


def _no(name: str, kind: str, kind_en: str, known: Iterable[str], at: Place) -> Finding:
    words = {"name": name, "kind": kind, "kind_en": kind_en, **guess(name, known)}
    return Finding(rules.UNKNOWN_NAME, at, words)


def _meant(concept: str, report: Report) -> dict[str, str]:
    """Words for what a link may have meant: the bases of its concept, the tables of its annex, a concept near to it."""
    bases = dict.fromkeys(fact.basis for fact in report.by_concept.get(concept, ()))
    targets = [f"“{concept}.{basis}”" for basis in bases] or [
        f"“#{table.address}”" for table in report.form.tables if table.annex == concept
    ]
    if not targets:
        return guess(concept, report.by_concept)
    return {
        "guess_zh": f"；可以写{'、'.join(targets)}",
        "guess_en": f"; write {' or '.join(targets)}",
    }


def _resolve(
    report: Report, narrative: Narrative, found: list[Finding]
) -> Iterator[tuple[LinkedFigure, Cell | None]]:
    """Each link with the cell that it means; a link to a table has none.

    A link by a concept of which a figure cannot be read may mean that one; then nothing is wrong with it.
    """
    tables = {t.form.address for t in report.tables}
    unread = {cell.concept for cell in report.cells.values() if cell.unread}
    for link in narrative.links:
        if address_part(link.target) in tables:
            yield link, None
            continue
        cells = report.targets(link.target)
        if not cells and link.target.split(".")[0] in unread:
            continue
        if not cells:
            why, others = cause_of(link.target, report, found)
            words = {"target": link.target, **(why or _meant(link.target.split(".")[0], report))}
            found.append(Finding(rules.UNKNOWN_TARGET, link.at, words, others))
        elif len(cells) > 1:
            places = "、".join(c.address for c in cells[:4])
            words = {"target": link.target, "places": places}
            others = tuple(c.at for c in cells)
            found.append(Finding(rules.AMBIGUOUS_TARGET, link.at, words, others))
        elif link.figure is None and cells[0].fact is not None:
            found.append(Finding(rules.UNCLEAR_LINK, link.at, {"text": link.words}))
        else:
            yield link, cells[0]
