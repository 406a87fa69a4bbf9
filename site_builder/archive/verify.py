"""Verify: derive everything in the archive anew and compare; whatever differs is named by its file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from pathlib import Path

from site_builder import __version__
from site_builder.archive import judged
from site_builder.archive.archive_settings import ArchiveSettings
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
from site_builder.archive.manifests import Verified, Wrong, line_ends, sha256_of
from site_builder.archive.one_step import settle_if_free
from site_builder.archive.personal_acts import in_settings
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
from site_builder.finding import Finding, Words, hushed
from site_builder.library import Library, read_county, read_decreed
from site_builder.rules.outcome import Subject
from site_builder.rules.years.edition_changed import check as held_against_edition

TOO_MUCH = Words("多出的文件，账上没有", "a file that the ledger does not name")
FOLDER_TOO_MUCH = Words("多出的文件夹，账上没有", "a folder that the ledger does not name")
A_LINK = Words("是一个链接，不是封存的文件", "a link, not the file that was sealed")
GONE_OR_CHANGED = Words("不见了，或内容与封存时不同", "has gone, or is not as it was sealed")
Say = Callable[[str], None] | None  # gets the title of each report whose PDF was set


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
            extra = tuple(Wrong(_name(root, p), TOO_MUCH) for p in stray)
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
    decreed = read_decreed(root)
    # Where the PDFs lie is not known then: what is said of them below may follow from it.
    said = hushed([*decreed.archive.wrong, *in_settings(decreed)])
    wrong = (Wrong(f"{f.at.file}:{f.at.line}", _message(f)) for f in said if not f.secret)
    found = Verified(wrong=tuple(wrong))
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
    settings = decreed.archive
    broken: list[Finding] = []
    ledger = read_ledger(root, county, broken)
    wrong = [Wrong(f"{f.at.file}:{f.at.line}", _message(f)) for f in broken]
    remarks: list[Words] = []
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
                remarks.append(
                    Words(
                        f"{one}（PDF存放的文件夹里，账上没有的不算档案）",
                        f"{one.said('en')} (of the folder of PDFs only what it has is archive)",
                    )
                )
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
                yield Wrong(_name(root, path), A_LINK)
            elif path.is_dir():
                if name not in folders:
                    yield Wrong(_name(root, path), FOLDER_TOO_MUCH)
            elif name not in known and not (name == LEDGER and base == home):
                yield Wrong(_name(root, path), TOO_MUCH)


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
            why = Words(
                f"不见了（{entry.key} 第{entry.edition}版）",
                f"has gone ({entry.key}, edition {entry.edition})",
            )
            wrong.append(Wrong(_name(root, path), why))
        elif digest != file.digest:
            hint = line_ends(path, file.digest)
            why = Words(
                f"内容与封存时不同（{entry.key} 第{entry.edition}版，应为 {file.digest}，"
                f"现为 {digest}{hint.zh}）",
                f"not as it was sealed ({entry.key}, edition {entry.edition}: "
                f"it should be {file.digest}, it is {digest}{hint.en})",
            )
            wrong.append(Wrong(_name(root, path), why))
    sound = all(checked[f.name] for f in entry.files if not f.name.endswith(".pdf"))
    return wrong, count, sound


def _derived(root: Path, decreed: Library, entry: Entry) -> tuple[list[Wrong], Sealing | None]:
    """Facts and statement of an edition, read anew from its sources."""
    base = f"{EDITIONS.as_posix()}/{entry.key.county}/{entry.folder}"
    try:
        files = read_sources(root, entry)
        judged.read(files.get(FINDINGS, b""), entry.key)
    except SealedFileError as error:
        return [Wrong(str(error), GONE_OR_CHANGED)], None
    except ValueError as error:
        why = Words(f"读不出来：{error}", f"cannot be read: {error}")
        return [Wrong(f"{base}/{FINDINGS}", why)], None
    found: list[Finding] = []
    made = sealed_library(decreed, entry.key, files, found).disclosures
    if not made:
        said = ["；".join(f"{f.at} {f.message(lang)}" for f in found[:2]) for lang in ("zh", "en")]
        by = _by_tool(entry)
        why = Words(f"读不出来{by.zh}：{said[0]}", f"cannot be read{by.en}: {said[1]}")
        return [Wrong(f"{base}/report.yaml", why)], None
    wrong = []
    lines = facts_lines(made[0])
    if lines != files.get(FACTS):
        pairs = zip(lines.split(b"\n"), files.get(FACTS, b"").split(b"\n"), strict=False)
        line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)
        by = _by_tool(entry)
        why = Words(
            f"从数据重新读出的数与此行不同{by.zh}",
            f"the figures read anew from the data are not this line{by.en}",
        )
        wrong.append(Wrong(f"{base}/{FACTS}:{line}", why))
    if digest_of(statement(made[0])) != entry.content:
        at = f"{file_of(entry.key.county)}:{entry.line}"
        by = _by_tool(entry)
        why = Words(
            f"从封存文件重新算出的“内容”与账上不同{by.zh}",
            f"the digest of what the sealed files state is not the ledger's{by.en}",
        )
        wrong.append(Wrong(at, why))
    return wrong, Sealing(entry, files)


def _by_tool(entry: Entry) -> Words:
    """A hint, where another version of the tool sealed it."""
    here = f"site-builder {__version__}"
    if entry.tool == here:
        return Words("", "")
    return Words(
        f"（封存用 {entry.tool}，现在是 {here}）", f" (sealed by {entry.tool}, this is {here})"
    )


def _message(finding: Finding) -> Words:
    return Words(finding.message("zh"), finding.message("en"))


def _live(decreed: Library, ledger: Ledger, meant: Sequence[Entry]) -> Verified:
    """The reports as they lie in the project now, against their editions in force."""
    keys = {e.key for e in meant if ledger.current(e.key) == e}
    if not keys:
        return Verified()
    library = read_county(decreed, ledger.county)
    files = {place for key in keys for place in names_of(key, ()).values()}
    wrong = [
        Wrong(str(f.at), _message(f))
        for f in library.findings
        if f.level == "error" and (f.report in keys or f.at.file in files)
    ]
    for disclosure in library.disclosures:
        if disclosure.key in keys:
            for outcome in held_against_edition(Subject(disclosure, (), library)):
                if outcome.finding is not None:
                    wrong.append(Wrong(str(outcome.finding.at), _message(outcome.finding)))
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


def _why_other(entry: Entry, here: str) -> Words:
    """Why a PDF that was set anew has other bytes, as far as can be said."""
    tool = f"site-builder {__version__}"
    then, now = entry.setting.split("，"), here.split("，")
    pairs = [(entry.tool, tool), *zip_longest(then, now, fillvalue="—")]
    reasons = [pair for pair in pairs if pair[0] != pair[1]]
    said = Words(
        "；".join(f"封存用 {a}，现在是 {b}" for a, b in reasons)
        or "程序、排版软件和字体都与封存时相同，应查这份 PDF 怎样生成",
        "; ".join(f"sealed by {a}, this is {b}" for a, b in reasons)
        or "program, print engine and fonts are those it was sealed with: see how it was made",
    )
    return Words(
        f"重新排版得到的字节与封存的不同。{said.zh}", f"set anew it has other bytes. {said.en}"
    )
