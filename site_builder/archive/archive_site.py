"""The archive's part of the site: files of editions, ledger, decrees, bags; and manifests of everything published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from site_builder.archive.archive_settings import ArchiveSettings
from site_builder.archive.bag import bag_name, zipped_bag
from site_builder.archive.edition_notice import edition_path
from site_builder.archive.editions import EditionError
from site_builder.archive.ledger import LEDGER, Ledger
from site_builder.archive.manifests import MANIFEST, sha256_of
from site_builder.archive.sealed import DECREES, SealedFileError, read_sources
from site_builder.finding import ReportKey
from site_builder.tree import Tree


def sealed_pdfs(root: Path, settings: ArchiveSettings, ledger: Ledger) -> dict[ReportKey, Path]:
    """The sealed PDFs of editions in force, each as it was sealed; SealedFileError where one is not."""
    found = {}
    for key in ledger.keys:
        entry = ledger.current(key)
        sealed = entry.file(".pdf") if entry else None
        if sealed is None:
            continue
        path = settings.pdf(root, ledger.county, sealed.name)
        if sha256_of(path) != sealed.digest:
            raise SealedFileError(path.as_posix())
        found[key] = path
    return found


def write_archive(
    root: Path, settings: ArchiveSettings, ledger: Ledger, tree: Tree, pdfs: bool
) -> None:
    """Put the files of editions that are not withdrawn beside their pages; ledger, decrees and bags
    into archive/<county>/.

    SealedFileError or EditionError where a file is not as it was sealed.
    """
    if not ledger.entries:
        return
    base = f"archive/{ledger.county}"
    shared: dict[str, bytes] = {}
    for key in ledger.keys:
        if ledger.withdrawn(key):
            continue
        for entry in ledger.editions(key):
            folder = edition_path(entry).removesuffix("index.html")
            for name, content in read_sources(root, entry).items():
                if name.startswith(f"{DECREES}/"):
                    shared[name] = content
                else:
                    tree.write(folder + name, content)
            sealed = entry.file(".pdf")
            if pdfs and sealed is not None:
                path = settings.pdf(root, ledger.county, sealed.name)
                if sha256_of(path) != sealed.digest:
                    raise SealedFileError(path.as_posix())
                tree.copy(folder + sealed.name.rpartition("/")[2], path)
    for name, content in sorted(shared.items()):
        tree.write(f"{base}/{name}", content)
    tree.write(f"{base}/{LEDGER}", ledger.written())
    for year in sorted({key.year for key in ledger.keys if not ledger.withdrawn(key)}):
        if pdfs:
            try:
                made = zipped_bag(root, ledger.county, year, public=True)
            except EditionError as error:
                raise SealedFileError(str(error)) from None
            tree.write(f"{base}/{bag_name(ledger.county, year)}.zip", made)


def write_manifest(tree: Tree, folder: str, names: Iterable[str]) -> str:
    """A manifest of files of the tree, `sha256sum -c` run from the site's root; gives its own name."""
    lines = []
    for name in sorted(set(names)):
        digest = hashlib.sha256((tree.root / name).read_bytes()).hexdigest()
        lines.append(f"{digest}  {name}\n")
    own = f"{folder}/{MANIFEST}" if folder else MANIFEST
    tree.write(own, "".join(lines).encode())
    return own
