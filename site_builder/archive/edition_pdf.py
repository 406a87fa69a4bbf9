"""The PDF of an edition, set from the files it was sealed with: the same when it is sealed and when it is verified."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from site_builder.archive import judged
from site_builder.archive.ledger import Entry, Ledger
from site_builder.archive.sealed import FACTS, FINDINGS, REPORT, WORDS, names_of, sealed_library
from site_builder.check import Checked, CheckRun
from site_builder.finding import ReportKey
from site_builder.kept import program_digest
from site_builder.library import Disclosure, Library
from site_builder.printing.edition_note import Correction, EditionNote
from site_builder.printing.pdf import print_css, render_pdfs
from site_builder.printing.print_fonts import fingerprint

DECREE_NAMES = {"county": "县镇名录", "concepts": "概念", "form": "表单", "profile": "口径"}


@dataclass(frozen=True)
class Sealing:
    """An edition that is about to be set: its entry, and its files by short name."""

    entry: Entry
    files: dict[str, bytes]


def setting_of(around: Library) -> str:
    """What sets PDFs here: another program, other versions or fonts may give other bytes."""
    program = hashlib.sha256(f"{program_digest()} {print_css(around)}".encode()).hexdigest()[:16]
    fonts = fingerprint(around.fonts)[:16]
    versions = f"WeasyPrint {version('weasyprint')}，pydyf {version('pydyf')}"
    return f"程序 {program}，{versions}，字体 {fonts}"


def note_of(ledger: Ledger, entry: Entry) -> EditionNote:
    """What an edition's PDF says of it: its files' hashes, and what was corrected up to it."""
    names = {REPORT: "报表数据", WORDS: "报告正文", FACTS: "全部数据", FINDINGS: "核对结果"}
    hashes = [("内容", entry.content)]
    for file in entry.files:
        short = file.name.rpartition("/")[2]
        if not short.endswith(".pdf"):
            kind = names.get(short) or DECREE_NAMES[short.split(".")[0]]
            hashes.append((f"{kind} {file.name}", file.digest))
    earlier = [e for e in ledger.editions(entry.key) if e.edition < entry.edition]
    corrections = tuple(
        Correction(e.date, e.edition, one.place, one.old, one.new, e.reason)
        for e in (*earlier, entry)
        for one in e.changes
    )
    return EditionNote(entry.edition, entry.date, tuple(hashes), corrections)


def edition_pdfs(
    around: Library,
    ledger: Ledger,
    editions: Iterable[Sealing],
    jobs: int = 0,
    progress: Callable[[str], None] | None = None,
) -> dict[ReportKey, bytes]:
    """The PDFs of editions of different reports, as bytes; PrintError when one cannot be set.

    `ledger` is the county's, with everything done before them.
    """
    listed = list(editions)
    disclosures: list[Disclosure] = []
    checked: dict[ReportKey, Checked] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for one in listed:
            key = one.entry.key
            for name, place in names_of(key, one.files).items():
                target = root / place
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(one.files[name])
            disclosures += sealed_library(around, key, one.files, []).disclosures
            checked[key] = judged.read(one.files[FINDINGS], key)
        library = replace(
            around, root=root, disclosures=tuple(sorted(disclosures, key=lambda d: d.key))
        )
        notes = {one.entry.key: note_of(ledger, one.entry) for one in listed}
        run = CheckRun((), checked)
        made = render_pdfs(library, run, Path(folder) / "pdf", jobs, progress, notes)
        return {key: path.read_bytes() for key, path in made.items()}
