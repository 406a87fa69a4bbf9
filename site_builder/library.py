"""Everything read: counties, concepts, forms, profiles, and the reports by town and year."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from site_builder import reading_rules as rules
from site_builder.concepts import Concept, read_concepts
from site_builder.counties import County, Town, read_counties
from site_builder.finding import Finding, ReportKey
from site_builder.form_file import read_forms
from site_builder.forms import Form, address_part
from site_builder.place import Place
from site_builder.plausibility import Range, read_plausibility
from site_builder.profiles import Profile, read_profiles
from site_builder.prose import LinkedFigure, Narrative, read_narrative
from site_builder.ratios import Formula, read_ratios
from site_builder.report import Cell, Report
from site_builder.report_file import read_report
from site_builder.shape import guess
from site_builder.yaml_file import Table, read_yaml

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
    """What the project holds; `findings` are those of reading."""

    root: Path
    counties: dict[str, County]
    concepts: dict[str, Concept]
    forms: dict[str, Form]
    profiles: dict[str, Profile]
    disclosures: tuple[Disclosure, ...]
    findings: tuple[Finding, ...]
    plausibility: dict[str, Range] = field(default_factory=dict)
    ratios: dict[str, dict[str, Formula]] = field(default_factory=dict)
    _shared: dict[Hashable, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of_town(self, county: str, town: str) -> tuple[Disclosure, ...]:
        """A town's disclosures, by year."""
        return self._by_place.get((county, town), ())

    def of_county(self, county: str) -> tuple[Disclosure, ...]:
        """A county's disclosures, by town and year."""
        return self._by_place.get((county, ""), ())

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
    found: list[Finding] = []
    counties = read_counties(root, found)
    concepts = read_concepts(root, found)
    forms = read_forms(root, concepts, found)
    profiles = read_profiles(root, found)
    ranges = read_plausibility(root, concepts, found)
    ratios = read_ratios(root, concepts, found)
    library = Library(root, counties, concepts, forms, profiles, (), (), ranges, ratios)
    was_enabled = gc.isenabled()
    gc.disable()  # nothing here is cyclic garbage; collecting while loading costs a third
    try:
        disclosures = []
        for path in report_files(root) if only is None else _named(root, only):
            mine: list[Finding] = []
            disclosure = read_disclosure(library, path, mine)
            if disclosure is not None:
                disclosures.append(disclosure)
                mine = [finding.of(disclosure.key) for finding in mine]
            found += mine
        if only is None:
            found += _orphans(root)
    finally:
        # What was read stays till the end: no collection need ever walk it again.
        gc.freeze()
        if was_enabled:
            gc.enable()
    disclosures.sort(key=lambda d: d.key)
    return replace(library, disclosures=tuple(disclosures), findings=tuple(found))


def report_files(root: Path) -> Iterator[Path]:
    """Every .yaml below data/reports/, in order."""
    yield from sorted((root / "data" / "reports").rglob("*.y*ml"))


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


def _named(root: Path, only: Iterable[Path]) -> list[Path]:
    """The report files that `only` means: a narrative stands for its report."""
    return sorted({file for path in only if (file := report_file(root, path)) is not None})


def _orphans(root: Path) -> Iterator[Finding]:
    """Narratives that no report belongs to."""
    base = root / "content" / "reports"
    for path in sorted(base.rglob("*.md")):
        relative = path.relative_to(base)
        if not (root / "data" / "reports" / relative).with_suffix(".yaml").exists():
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
        found.append(Finding(rules.PATH, at, {"path": name, "ext": "yaml"}))
        return None
    key = ReportKey(parts[0], parts[1], int(stem))
    table = read_yaml(path, name, found)
    county = library.counties.get(key.county)
    town = county.towns.get(key.town) if county else None
    if county is None:
        found.append(_no(key.county, "县", "county", library.counties, at))
    elif town is None:
        found.append(_no(key.town, "镇", "town", county.towns, at))
    if table is None:
        return None
    words = f"content/reports/{key.county}/{key.town}/{stem}.md"
    narrative = read_narrative(root / words, words, found)
    return disclose(library, key, table, narrative, found)


def disclose(
    library: Library,
    key: ReportKey,
    table: Table,
    narrative: Narrative | None,
    found: list[Finding],
) -> Disclosure | None:
    """A report's table and its narrative as a disclosure; None when a part cannot be read."""
    file = table.at.file
    report = read_report(table, file, key, library.forms, library.profiles, library.concepts, found)
    county = library.counties.get(key.county)
    town = county.towns.get(key.town) if county else None
    if report is None or narrative is None or county is None or town is None:
        return None
    links = tuple(_resolve(report, narrative, found))
    profile = library.profiles.get(report.heading.profile)
    return Disclosure(report, narrative, links, town, county, profile)


def _no(name: str, kind: str, kind_en: str, known: Iterable[str], at: Place) -> Finding:
    words = {"name": name, "kind": kind, "kind_en": kind_en, **guess(name, known)}
    return Finding(rules.UNKNOWN_NAME, at, words)


def _resolve(
    report: Report, narrative: Narrative, found: list[Finding]
) -> Iterator[tuple[LinkedFigure, Cell | None]]:
    """Each link with the cell that it means; a link to a table has none."""
    tables = {t.form.address for t in report.tables}
    for link in narrative.links:
        if address_part(link.target) in tables:
            yield link, None
            continue
        cells = report.targets(link.target)
        if not cells:
            known = list(report.by_concept)
            words = {"target": link.target, **guess(link.target.split(".")[0], known)}
            found.append(Finding(rules.UNKNOWN_TARGET, link.at, words))
        elif len(cells) > 1:
            places = "、".join(c.address for c in cells[:4])
            words = {"target": link.target, "places": places}
            others = tuple(c.at for c in cells)
            found.append(Finding(rules.AMBIGUOUS_TARGET, link.at, words, others))
        elif link.figure is None:
            found.append(Finding(rules.UNCLEAR_LINK, link.at, {"text": link.words}))
        else:
            yield link, cells[0]
