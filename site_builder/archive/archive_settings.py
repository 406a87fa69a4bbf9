"""What the project says of its archive, `extra.archive` of mkdocs.yml: where PDFs are kept, and catalogue words.

Read with what is decreed, and once: whoever works with the archive takes it from the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.archive.ledger import EDITIONS
from site_builder.finding import Finding
from site_builder.settings import FILE, within
from site_builder.shape import as_table, key, read
from site_builder.yaml_file import Table, read_yaml


@dataclass(frozen=True)
class ArchiveSettings:
    """`pdf_folder` is relative to the project or absolute; PDFs lie below it as in data/editions.

    The others are words of the catalogue (DA/T 13, 条例第十二条); what is blank stays blank. `wrong`
    is what could not be read of them: then nothing else here holds.
    """

    pdf_folder: str = key("PDF存放", default="")
    who: str = key("责任者", default="")
    retention: str = key("保管期限", default="")
    secrecy: str = key("密级", default="")
    openness: str = key("公开方式", default="")
    fonds: str = key("全宗号", default="")
    wrong: tuple[Finding, ...] = field(default=(), compare=False)

    def pdfs(self, root: Path) -> Path:
        """The folder that PDFs of editions lie below, county by county."""
        return root / (self.pdf_folder or EDITIONS)

    def pdf(self, root: Path, county: str, name: str) -> Path:
        """Where the PDF lies that the ledger of `county` calls `name`."""
        return self.pdfs(root) / county / name

    def beside(self, root: Path) -> bool:
        """Do PDFs lie with the other files of their editions?"""
        return self.pdfs(root).resolve() == (root / EDITIONS).resolve()


def read_archive_settings(root: Path) -> ArchiveSettings:
    """The settings, with what is wrong under extra.archive; of the rest of the file others are the judges."""
    said: list[Finding] = []
    table = read_yaml(root / FILE, FILE, said) if (root / FILE).exists() else None
    extra = table.of("extra") if table is not None else None
    if table is None or not isinstance(extra, Table):
        return ArchiveSettings()
    archive = extra.of("archive")
    if archive in (None, ""):
        return ArchiveSettings()
    found: list[Finding] = []
    given = as_table(archive, found)
    if given is None:
        return ArchiveSettings(wrong=tuple(found))
    found += [f for f in said if within(f.at, table, extra, {"archive": given})]
    settings = read(ArchiveSettings, given, found)
    return replace(settings or ArchiveSettings(), wrong=tuple(found))
