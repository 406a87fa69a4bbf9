"""A sealed edition read back from the files it was sealed with, by the same reading as a live report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from site_builder.archive.ledger import EDITIONS, Entry, SealedFile, one_line
from site_builder.concepts import parse_concepts
from site_builder.counties import County
from site_builder.finding import Finding, ReportKey
from site_builder.form_file import parse_form
from site_builder.library import NARRATIVES, REPORTS, Disclosure, Library, disclose
from site_builder.profiles import Profile
from site_builder.prose import parse_narrative
from site_builder.shape import read
from site_builder.yaml_file import Table, decode, parse_yaml

REPORT, WORDS, FACTS, FINDINGS = "report.yaml", "narrative.md", "facts.tsv", "findings.json"
DECREES = "decrees"
FOLDERS = {
    "county": "counties/{}",
    "concepts": "concepts",
    "form": "forms/{}",
    "profile": "profiles/{}",
}
FACT_COLUMNS = (
    "报告", "位置", "写法", "数值", "单位", "约数", "概念", "口径", "所属年度", "对象", "出处", "SHA-256",
)  # fmt: skip
DIGITS = 16  # of a decree's SHA-256 in its name: what many editions share is kept once


@dataclass(frozen=True)
class Sources:
    """The files that a report is read from, as bytes, by their names in an edition.

    `live` says where each lies in the project, relative to its root.
    """

    files: dict[str, bytes]
    live: dict[str, str]


def sources_of(disclosure: Disclosure, root: Path) -> Sources:
    """The files of a live report and of its decrees; OSError where one has gone."""
    key, heading = disclosure.key, disclosure.report.heading
    live = {REPORT: disclosure.report.file, WORDS: disclosure.narrative.file}
    files = {name: (root / file).read_bytes() for name, file in live.items()}
    stems = {
        "county": key.county,
        "concepts": "all",
        "form": str(heading.form),
        "profile": str(heading.profile),
    }
    for kind, stem in stems.items():
        file = f"data/{FOLDERS[kind].format(stem)}.yaml"
        content = (root / file).read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:DIGITS]
        name = f"{DECREES}/{kind}.{stem}.{digest}.yaml"
        files[name], live[name] = content, file
    return Sources(files, live)


def sealed_files(root: Path, entry: Entry) -> Iterator[tuple[SealedFile, Path]]:
    """The files of an edition and where they lie; PDFs may be kept elsewhere and are left out."""
    base = root / EDITIONS / entry.key.county
    for file in entry.files:
        if not file.name.endswith(".pdf"):
            yield file, base / file.name


class SealedFileError(Exception):
    """A sealed file that has gone or changed; its name is the argument."""


def read_sources(root: Path, entry: Entry) -> dict[str, bytes]:
    """The files of an edition by short name (report.yaml, decrees/…), each as it was sealed.

    SealedFileError where one has gone or has another SHA-256.
    """
    start = f"{entry.folder}/"
    files = {}
    for file, path in sealed_files(root, entry):
        name = f"{EDITIONS.as_posix()}/{entry.key.county}/{file.name}"
        try:
            content = path.read_bytes()
        except OSError:
            raise SealedFileError(name) from None
        if hashlib.sha256(content).hexdigest() != file.digest:
            raise SealedFileError(name)
        files[file.name.removeprefix(start)] = content
    return files


def sealed_library(
    around: Library,
    key: ReportKey,
    files: dict[str, bytes],
    found: list[Finding],
    entry: Entry | None = None,
) -> Library:
    """A library of one report, as its edition's files say, decrees too; empty when they cannot be read.

    Places name the files of `entry`, or where they would lie in the project when it is None.
    What no edition keeps (plausible ranges, named ratios) is that of `around`.
    """
    places = names_of(key, files, entry)
    names = sorted(name for name in files if name.startswith(f"{DECREES}/"))
    # Many editions share their decrees, whose names hold their digest: read once a library.
    said: list[Finding] = []
    decreed = around.once(
        ("decrees", key.county, *(places[name] + name for name in names)),
        lambda: (_decreed(key.county, {n: (places[n], files[n]) for n in names}, said), said),
    )
    found += decreed[1]
    library = replace(
        around, disclosures=(), findings=(), ledgers={}, faulty=frozenset(), **decreed[0]
    )
    table = parse_yaml(files.get(REPORT, b""), places[REPORT], found)
    words = decode(files.get(WORDS, b""), places[WORDS], found)
    if table is None or words is None:
        return library
    narrative = parse_narrative(words, places[WORDS], found)
    disclosure = disclose(library, key, table, narrative, found)
    return replace(library, disclosures=(disclosure,) if disclosure else ())


def _decreed(
    county: str, files: dict[str, tuple[str, bytes]], found: list[Finding]
) -> dict[str, Any]:
    """Counties, concepts, forms and profiles of decrees by name: where each lies, and its bytes."""
    tables: dict[str, tuple[str, Table]] = {}
    for name, (place, content) in files.items():
        kind, of = _parts(name)
        table = parse_yaml(content, place, found)
        if table is not None:
            tables[kind] = of, table
    concepts = parse_concepts(tables["concepts"][1], found) if "concepts" in tables else {}
    forms, profiles, counties = {}, {}, {}
    if "form" in tables:
        name, table = tables["form"]
        forms[name] = parse_form(name, table, concepts, found)
    if "profile" in tables:
        profile = read(Profile, tables["profile"][1], found)
        profiles = {tables["profile"][0]: profile} if profile else {}
    if "county" in tables:
        whole = read(County, tables["county"][1], found)
        counties = {county: whole} if whole else {}
    return {"counties": counties, "concepts": concepts, "forms": forms, "profiles": profiles}


def _parts(name: str) -> tuple[str, str]:
    """Kind and name of a decree: decrees/form.shili-2022.<digest>.yaml is the form shili-2022."""
    kind, _, rest = name.removeprefix(f"{DECREES}/").partition(".")
    return kind, rest.rsplit(".", 2)[0]


def names_of(key: ReportKey, files: Iterable[str], entry: Entry | None = None) -> dict[str, str]:
    """Where the files of an edition lie: those of `entry`, or as files of the project."""
    if entry is not None:
        base = f"{EDITIONS.as_posix()}/{key.county}"
        places = {
            REPORT: f"{base}/{entry.folder}/{REPORT}",
            WORDS: f"{base}/{entry.folder}/{WORDS}",
        }
        return places | {name: f"{base}/{name}" for name in files if name.startswith(DECREES)}
    stem = f"{key.county}/{key.town}/{key.year}"
    places = {
        REPORT: f"{REPORTS.as_posix()}/{stem}.yaml",
        WORDS: f"{NARRATIVES.as_posix()}/{stem}.md",
    }
    for name in files:
        if name.startswith(f"{DECREES}/"):
            kind, of = _parts(name)
            places[name] = f"data/{FOLDERS[kind].format(of)}.yaml"
    return places


def sealed_report(library: Library, entry: Entry) -> Disclosure | None:
    """The report of an edition, read once a library; None when its files cannot be read."""

    def work_out() -> Disclosure | None:
        try:
            files = read_sources(library.root, entry)
        except SealedFileError:
            return None
        made = sealed_library(library, entry.key, files, [], entry)
        return made.disclosures[0] if made.disclosures else None

    return library.once(("sealed", entry.key, entry.edition), work_out)


def as_sealed(key: ReportKey, library: Library, entry: Entry) -> bool:
    """Are all files of a live report, decrees too, the bytes of the edition? Asked once a library."""

    def work_out() -> bool:
        short = {f.name.removeprefix(f"{entry.folder}/"): f.digest for f in entry.files}
        wanted = {
            n: d for n, d in short.items() if n in (REPORT, WORDS) or n.startswith(f"{DECREES}/")
        }
        if not {REPORT, WORDS} <= wanted.keys():
            return False
        live = names_of(key, wanted)
        for name, digest in wanted.items():
            hashed = partial(_digest, library, live[name])
            shared = name.startswith(f"{DECREES}/")
            if digest != (library.once(("sha256", live[name]), hashed) if shared else hashed()):
                return False
        return True

    return library.once(("as sealed", key, entry.edition), work_out)


def _digest(library: Library, name: str) -> str:
    try:
        return hashlib.sha256((library.root / name).read_bytes()).hexdigest()
    except OSError:
        return ""


def facts_lines(disclosure: Disclosure) -> bytes:
    """One line a fact, parted by tabs: address, printed text, exact value, unit, meaning, place.

    The last column is the SHA-256 of what stands before it in the line: a name for this one fact.
    """
    key = disclosure.key
    lines = ["\t".join(FACT_COLUMNS)]
    for fact in disclosure.report.facts:
        parts = (
            str(key),
            fact.address,
            fact.figure.text,
            f"{fact.figure.amount:f}",
            fact.figure.unit,
            fact.figure.about,
            fact.concept,
            fact.basis,
            str(fact.year),
            fact.subject,
            str(fact.at),
        )
        line = "\t".join(one_line(part) for part in parts)
        lines.append(f"{line}\t{hashlib.sha256(line.encode()).hexdigest()}")
    return ("\n".join(lines) + "\n").encode()
