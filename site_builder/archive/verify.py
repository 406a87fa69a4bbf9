"""Verify: derive everything in the archive anew and compare; whatever differs is named by its file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path

from site_builder import __version__
from site_builder.archive import judged
from site_builder.archive.archive_settings import ArchiveSettings, read_archive_settings
from site_builder.archive.edition_pdf import Sealing, edition_pdfs, setting_of
from site_builder.archive.ledger import (
    EDITIONS,
    LEDGER,
    Entry,
    Ledger,
    counties_with_ledgers,
    file_of,
    read_ledger,
)
from site_builder.archive.one_step import settle_if_free
from site_builder.archive.sealed import (
    FACTS,
    FINDINGS,
    SealedFileError,
    facts_lines,
    names_of,
    read_sources,
    sealed_library,
)
from site_builder.archive.statement import digest_of, statement
from site_builder.finding import Finding
from site_builder.library import Library, read_county, read_decreed
from site_builder.rules.edition_changed import check as held_against_edition
from site_builder.rules.outcome import Subject

MANIFEST = "manifest-sha256.txt"
CHUNK = 1 << 20
Say = Callable[[str], None] | None  # gets the title of each report whose PDF was set


@dataclass(frozen=True)
class Wrong:
    """One thing that is not as it was sealed: the file, and what is the matter."""

    file: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}：{self.why}"


@dataclass(frozen=True)
class Verified:
    """What was looked at, what is wrong, and remarks that are no differences."""

    editions: int = 0
    files: int = 0
    pdfs: int = 0
    wrong: tuple[Wrong, ...] = ()
    remarks: tuple[str, ...] = ()

    def __add__(self, other: Verified) -> Verified:
        return Verified(
            self.editions + other.editions,
            self.files + other.files,
            self.pdfs + other.pdfs,
            (*self.wrong, *other.wrong),
            (*self.remarks, *other.remarks),
        )


# -- the archive -----------------------------------------------------------------------------


def verify(
    root: Path,
    wanted: str = "",
    year: int | None = None,
    pdf: bool = False,
    jobs: int = 0,
    progress: Say = None,
) -> Verified:
    """Verify the ledgers and editions of the project.

    `wanted` is county, county/town or county/town/year; `pdf` sets every sealed PDF anew and
    compares the bytes. Ledgers are always verified whole, for an entry stands on all before it.
    """
    base = root / EDITIONS
    settle_if_free(base)
    counties = counties_with_ledgers(root)
    if wanted:
        counties = [c for c in counties if c == wanted.split("/")[0]]
    else:
        known = set(counties)
        stray = [p for p in sorted(base.iterdir()) if p.name not in known] if base.is_dir() else []
        stray = [p for p in stray if not p.name.startswith(".")]
        if stray:
            extra = tuple(Wrong(_name(root, p), "多出的文件，账上没有") for p in stray)
            return Verified(wrong=extra) + _counties(
                root, counties, wanted, year, pdf, jobs, progress
            )
    return _counties(root, counties, wanted, year, pdf, jobs, progress)


def _counties(
    root: Path,
    counties: Iterable[str],
    wanted: str,
    year: int | None,
    pdf: bool,
    jobs: int,
    progress: Say,
) -> Verified:
    found = Verified()
    decreed = read_decreed(root)
    for county in counties:
        found += _county(root, decreed, county, wanted, year, pdf, jobs, progress)
    return found


def _county(
    root: Path,
    decreed: Library,
    county: str,
    wanted: str,
    year: int | None,
    pdf: bool,
    jobs: int,
    progress: Say,
) -> Verified:
    settings = read_archive_settings(root, [])
    broken: list[Finding] = []
    ledger = read_ledger(root, county, broken)
    wrong = [Wrong(f"{f.at.file}:{f.at.line}", f.message()) for f in broken]
    remarks: list[str] = []
    meant = [
        e
        for e in ledger.entries
        if e.kind != "撤回"
        and (year is None or e.key.year == year)
        and f"{e.key}/".startswith(f"{wanted.strip('/')}/" if wanted else "")
    ]
    if not broken:  # of a ledger that cannot be read to its end, what is too much cannot be said
        for one in _added(root, settings, ledger):
            if one.file.startswith(f"{EDITIONS.as_posix()}/"):
                wrong.append(one)
            else:  # a PDF put there by a run that was killed before the ledger knew of it
                remarks.append(f"{one}（PDF存放的文件夹里，账上没有的不算档案）")
    files = 0
    sound: list[Sealing] = []
    checked: dict[str, bool] = {}
    for entry in meant:
        mine, count, whole = _files(root, settings, entry, checked)
        files += count
        wrong += mine
        if whole:
            again, sealing = _derived(root, decreed, entry)
            wrong += again
            sound += [sealing] if sealing else []
    found = Verified(len(meant), files, 0, tuple(wrong), tuple(remarks))
    found += _live(decreed, ledger, meant)
    return found + (
        _pdfs(root, settings, decreed, ledger, sound, jobs, progress) if pdf else Verified()
    )


def _name(root: Path, path: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _added(root: Path, settings: ArchiveSettings, ledger: Ledger) -> Iterator[Wrong]:
    """Files, links and empty folders in the county's folder that the ledger does not name."""
    known = ledger.files
    folders = {"/".join(n.split("/")[:end]) for n in known for end in range(1, n.count("/") + 1)}
    home = root / EDITIONS / ledger.county
    bases = [home] if settings.beside(root) else [home, settings.pdfs(root) / ledger.county]
    for base in bases:
        for path in sorted(base.rglob("*")):
            name = path.relative_to(base).as_posix()
            if path.is_symlink():
                yield Wrong(_name(root, path), "是一个链接，不是封存的文件")
            elif path.is_dir():
                if name not in folders:
                    yield Wrong(_name(root, path), "多出的文件夹，账上没有")
            elif name not in known and not (name == LEDGER and base == home):
                yield Wrong(_name(root, path), "多出的文件，账上没有")


def _files(
    root: Path, settings: ArchiveSettings, entry: Entry, checked: dict[str, bool]
) -> tuple[list[Wrong], int, bool]:
    """The files of an edition against their SHA-256; a shared one is hashed once, and said once.

    Also how many were hashed, and whether the edition can be read from them.
    """
    wrong = []
    count = 0
    for file in entry.files:
        if file.name in checked:
            continue
        path = root / EDITIONS / entry.key.county / file.name
        if file.name.endswith(".pdf"):
            path = settings.pdf(root, entry.key.county, file.name)
        count += 1
        digest = sha256_of(path)
        checked[file.name] = digest == file.digest
        if digest is None:
            wrong.append(Wrong(_name(root, path), f"不见了（{entry.key} 第{entry.edition}版）"))
        elif digest != file.digest:
            why = f"内容与封存时不同（{entry.key} 第{entry.edition}版，应为 {file.digest}，现为 {digest}）"
            wrong.append(Wrong(_name(root, path), why))
    sound = all(checked[f.name] for f in entry.files if not f.name.endswith(".pdf"))
    return wrong, count, sound


def sha256_of(path: Path) -> str | None:
    """SHA-256 of a file, read in pieces; None when it is not there."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


def _derived(root: Path, decreed: Library, entry: Entry) -> tuple[list[Wrong], Sealing | None]:
    """Facts and statement of an edition, read anew from its sources."""
    base = f"{EDITIONS.as_posix()}/{entry.key.county}/{entry.folder}"
    try:
        files = read_sources(root, entry)
        judged.read(files.get(FINDINGS, b""), entry.key)
    except SealedFileError as error:
        return [Wrong(str(error), "不见了，或内容与封存时不同")], None
    except ValueError as error:
        return [Wrong(f"{base}/{FINDINGS}", f"读不出来：{error}")], None
    found: list[Finding] = []
    made = sealed_library(decreed, entry.key, files, found).disclosures
    if not made:
        said = "；".join(f"{f.at} {f.message()}" for f in found[:2])
        return [Wrong(f"{base}/report.yaml", f"读不出来{_by_tool(entry)}：{said}")], None
    wrong = []
    lines = facts_lines(made[0])
    if lines != files.get(FACTS):
        pairs = zip(lines.split(b"\n"), files.get(FACTS, b"").split(b"\n"), strict=False)
        line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)
        wrong.append(
            Wrong(f"{base}/{FACTS}:{line}", f"从数据重新读出的数与此行不同{_by_tool(entry)}")
        )
    if digest_of(statement(made[0])) != entry.content:
        at = f"{file_of(entry.key.county)}:{entry.line}"
        wrong.append(Wrong(at, f"从封存文件重新算出的“内容”与账上不同{_by_tool(entry)}"))
    return wrong, Sealing(entry, files)


def _by_tool(entry: Entry) -> str:
    """A hint, where another version of the tool sealed it."""
    here = f"site-builder {__version__}"
    return "" if entry.tool == here else f"（封存用 {entry.tool}，现在是 {here}）"


def _live(decreed: Library, ledger: Ledger, meant: Sequence[Entry]) -> Verified:
    """The reports as they lie in the project now, against their editions in force."""
    keys = {e.key for e in meant if ledger.current(e.key) == e}
    if not keys:
        return Verified()
    library = read_county(decreed, ledger.county)
    files = {place for key in keys for place in names_of(key, ()).values()}
    wrong = [
        Wrong(str(f.at), f.message())
        for f in library.findings
        if f.level == "error" and (f.report in keys or f.at.file in files)
    ]
    for disclosure in library.disclosures:
        if disclosure.key in keys:
            for outcome in held_against_edition(Subject(disclosure, (), library)):
                if outcome.finding is not None:
                    wrong.append(Wrong(str(outcome.finding.at), outcome.finding.message()))
    return Verified(wrong=tuple(wrong))


def _pdfs(
    root: Path,
    settings: ArchiveSettings,
    decreed: Library,
    ledger: Ledger,
    sound: Sequence[Sealing],
    jobs: int,
    progress: Say,
) -> Verified:
    """Every sealed PDF set anew; several editions of a report one after the other."""
    wrong: list[Wrong] = []
    count = 0
    here = setting_of(decreed) if sound else ""

    def number(one: Sealing) -> int:
        return one.entry.edition

    with_pdf = [s for s in sound if s.entry.file(".pdf") is not None]
    for _, some in groupby(sorted(with_pdf, key=number), key=number):
        group = list(some)
        made = edition_pdfs(decreed, ledger, group, jobs, progress)
        for one in group:
            sealed = one.entry.file(".pdf")
            assert sealed is not None
            count += 1
            again = hashlib.sha256(made[one.entry.key]).hexdigest()
            if again == sealed.digest:
                continue
            path = settings.pdf(root, one.entry.key.county, sealed.name)
            wrong.append(Wrong(_name(root, path), _why_other(one.entry, here)))
    return Verified(pdfs=count, wrong=tuple(wrong))


def _why_other(entry: Entry, here: str) -> str:
    """Why a PDF that was set anew has other bytes, as far as can be said."""
    tool = f"site-builder {__version__}"
    then, now = entry.setting.split("，"), here.split("，")
    reasons = [f"封存用 {entry.tool}，现在是 {tool}"] if entry.tool != tool else []
    reasons += [
        f"封存用 {a}，现在是 {b}" for a, b in zip_longest(then, now, fillvalue="—") if a != b
    ]
    said = "；".join(reasons) or "程序、排版软件和字体都与封存时相同，应查这份 PDF 怎样生成"
    return f"重新排版得到的字节与封存的不同。{said}"


# -- what was published ----------------------------------------------------------------------


def verify_folder(folder: Path) -> Verified:
    """A published site or a bag: every file that its manifests name, and none besides.

    A file counts as known when any manifest in the folder names it; manifests name files from the
    folder's own root.
    """
    manifests = [folder / MANIFEST, *sorted(folder.glob(f"*/**/{MANIFEST}"))]
    manifests += sorted(folder.glob("tagmanifest-sha256.txt"))
    known: set[str] = set()
    wrong: list[Wrong] = []
    for manifest in manifests:
        if not manifest.is_file():
            wrong.append(Wrong(manifest.name, "不见了"))
            continue
        for number, line in enumerate(manifest.read_text("utf-8", "replace").splitlines(), 1):
            digest, gap, name = line.partition("  ")
            inside = gap and name and not name.startswith("/") and ".." not in name.split("/")
            if not inside:
                wrong.append(Wrong(f"{_name(folder, manifest)}:{number}", "这一行读不懂"))
                continue
            known.add(name)
            again = sha256_of(folder / name)
            if again is None:
                wrong.append(Wrong(name, "不见了"))
            elif again != digest:
                wrong.append(Wrong(name, f"内容已改变（应为 {digest}，现为 {again}）"))
    own = {MANIFEST, "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known and name not in own:
            wrong.append(Wrong(name, "多出的文件，清单上没有"))
    return Verified(files=len(known), wrong=tuple(wrong))
