"""What was made of a county and of each town, kept until their inputs change: nothing is made twice.

Of a county whose inputs are the same nothing is read. In a county that is read again, a town is not
made again when neither its own files nor what checking says of its reports changed.

A note is written after everything it speaks of, and whole: a build that was killed leaves the
note of the time before, whose digest no longer fits.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import pickle
from collections.abc import Iterable
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from site_builder.archive.ledger import EDITIONS, Ledger
from site_builder.check import Checked
from site_builder.finding import Finding
from site_builder.library import NARRATIVES, REPORTS, Library
from site_builder.output.results import Results
from site_builder.summary import Summary
from site_builder.tree import write_if_changed

PACKAGE = Path(__file__).parent
# What reads, judges or writes besides the program itself; the shell and PDFs have digests of their own.
PACKAGES = ("chinesecalendar", "markdown", "pypinyin", "pyyaml")
Note = TypeVar("Note")
# Of a finding everything but its rule, which is of the program.
SAID = tuple(f.name for f in fields(Finding) if f.name != "rule")


@dataclass(frozen=True)
class Kept:
    """A county's summaries, results, findings that nobody explained, and the files it has in the tree.

    `left` names what it has below the work folder besides: what pages over all counties are made
    from, and the notes of its towns. It holds as long as `inputs` are the same, from the day `since`,
    on which it was made, up to the day `until`, on which an explanation runs out.
    """

    inputs: str
    until: datetime.date
    summaries: tuple[Summary, ...]
    results: Results
    open: tuple[Finding, ...]
    files: tuple[str, ...]
    left: tuple[str, ...] = ()
    since: datetime.date = datetime.date.min

    def is_whole(self, work: Path, there: set[str]) -> bool:
        """Is nothing lost of what it speaks of? `there` are the files in the tree."""
        return there.issuperset(self.files) and all((work / name).is_file() for name in self.left)


def kept(path: Path, inputs: str, today: datetime.date) -> Kept | None:
    """The note of a county at `path` when it still holds."""
    found = read_note(path, Kept)
    if found is None or found.inputs != inputs or not found.since <= today <= found.until:
        return None
    return found


def read_note(path: Path, kind: type[Note]) -> Note | None:
    """The note at `path`, None when it is damaged; the builder's own file, never one from outside."""
    try:
        found = pickle.loads(path.read_bytes())
    except Exception:
        return None
    return found if isinstance(found, kind) else None


def keep(path: Path, note: object) -> None:
    """Write the note."""
    write_if_changed(path, pickle.dumps(note))


def inputs_of_all(root: Path, *given: object) -> str:
    """A digest of what every county depends on: decrees, this program, its packages, `given`."""
    digest = hashlib.sha256(f"{program_digest()} {given}".encode())
    for folder in ("counties", "forms", "profiles"):
        _add(digest, root, sorted((root / "data" / folder).rglob("*.y*ml")))
    _add(digest, root, sorted((root / "data").glob("*.y*ml")))
    return digest.hexdigest()


def inputs_of_county(root: Path, folder: str, common: str) -> str:
    """A digest of a county's own files and of what is common to all."""
    digest = hashlib.sha256(common.encode())
    for base in (REPORTS, NARRATIVES, EDITIONS):
        _add_folder(digest, root, root / base / folder)
    return digest.hexdigest()


def inputs_of_town(
    library: Library, folder: str, town: str, common: str, checked: Iterable[Checked]
) -> str:
    """A digest of a town's own files, what the ledger has of it, and what checking says of its reports.

    Its pages say of editions only what stands in the ledger, whose entries each have a digest.
    Checking compares towns of a county with each other: what it says can change with another's file.
    And a town is compared with others in the years that these have reports of.
    """
    root = library.root
    digest = hashlib.sha256(f"{common} {sorted(library.years_beside(folder, town))}".encode())
    for base in (REPORTS, NARRATIVES):
        _add_folder(digest, root, root / base / folder / town)
    ledger = library.ledgers.get(folder) or Ledger(folder)
    for key in ledger.of_town(town):
        digest.update(f"{key} {[entry.digest for entry in ledger.of(key)]}".encode())
    for one in checked:
        digest.update(repr((one.results, one.reasons, one.coverage.compared)).encode())
        for f in one.findings:
            said = [getattr(f, name) for name in SAID]
            digest.update(repr((f.rule.id, said)).encode())
    return digest.hexdigest()


def _add_folder(digest: hashlib._Hash, root: Path, place: Path) -> None:
    inside = place.rglob("*") if place.is_dir() else [place]
    # Sealed PDFs are large, and their digests stand in the ledger.
    _add(digest, root, sorted(path for path in inside if path.suffix != ".pdf"))


def _add(digest: hashlib._Hash, root: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_file():
            name = path.relative_to(root).as_posix()
            digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())


@functools.lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of the program: its sources, and the packages that a page depends on."""
    digest = hashlib.sha256(" ".join(map(version, PACKAGES)).encode())
    for path in sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".md", ".txt")):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
