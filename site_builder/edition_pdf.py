"""The PDF of an edition, set from the files it was sealed with: the same when it is sealed and when it is verified."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from site_builder import judged
from site_builder.check import Checked, CheckRun
from site_builder.finding import ReportKey
from site_builder.ledger import Entry
from site_builder.library import Disclosure, Library
from site_builder.pdf import render_pdfs
from site_builder.sealed import FINDINGS, names_of, sealed_library


@dataclass(frozen=True)
class Sealing:
    """An edition that is about to be set: its entry, and its files by short name."""

    entry: Entry
    files: dict[str, bytes]


def setting_of() -> str:
    """What sets PDFs here: other versions may give other bytes."""
    return f"WeasyPrint {version('weasyprint')}，pydyf {version('pydyf')}"


def edition_pdfs(
    around: Library, editions: Iterable[Sealing], jobs: int = 0
) -> dict[ReportKey, bytes]:
    """The PDFs of editions of different reports, as bytes; PrintError when one cannot be set."""
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
        made = render_pdfs(library, CheckRun((), checked), Path(folder) / "pdf", jobs)
        return {key: path.read_bytes() for key, path in made.items()}
