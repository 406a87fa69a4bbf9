"""What the project says of its archive, `extra.archive` of mkdocs.yml: where PDFs are kept, and catalogue words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.archive.ledger import EDITIONS
from site_builder.finding import Finding
from site_builder.shape import key, read
from site_builder.yaml_file import Table, read_yaml

FILE = "mkdocs.yml"


@dataclass(frozen=True)
class ArchiveSettings:
    """`pdf_folder` is relative to the project or absolute; PDFs lie below it as in data/editions.

    The others are words of the catalogue (DA/T 13, 条例第十二条); what is blank stays blank.
    """

    pdf_folder: str = key("PDF存放", default="")
    who: str = key("责任者", default="")
    retention: str = key("保管期限", default="")
    secrecy: str = key("密级", default="")
    openness: str = key("公开方式", default="")
    fonds: str = key("全宗号", default="")

    def pdfs(self, root: Path) -> Path:
        """The folder that PDFs of editions lie below, county by county."""
        return root / (self.pdf_folder or EDITIONS)

    def pdf(self, root: Path, county: str, name: str) -> Path:
        """Where the PDF lies that the ledger of `county` calls `name`."""
        return self.pdfs(root) / county / name

    def beside(self, root: Path) -> bool:
        """Do PDFs lie with the other files of their editions?"""
        return self.pdfs(root).resolve() == (root / EDITIONS).resolve()


def read_archive_settings(root: Path, found: list[Finding]) -> ArchiveSettings:
    """The settings; findings only for what stands under extra.archive."""
    table = read_yaml(root / FILE, FILE, []) if (root / FILE).exists() else None
    extra = table.of("extra") if table is not None else None
    archive = extra.of("archive") if isinstance(extra, Table) else None
    if not isinstance(archive, Table):
        return ArchiveSettings()
    return read(ArchiveSettings, archive, found) or ArchiveSettings()
