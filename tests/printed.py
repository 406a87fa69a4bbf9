"""The PDFs of the real reports, set once for all tests that look at them, and how to read them."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
from built import checked, library

from site_builder.check import Checked, CheckRun
from site_builder.library import Disclosure, Library
from site_builder.printing import pdf
from site_builder.printing.print_page import print_html
from site_builder.prose_html import converter

ROOT = Path(__file__).resolve().parent.parent
TOWNS = ("yintian", "shatian", "guiyi", "daligang", "lucidu")
HEADING = re.compile(r'<h([1-4])(?: id="([^"]*)")?>(.*?)</h\1>', re.S)


@dataclass(frozen=True)
class Printed:
    """One report, the HTML that was set, and its PDF as read back."""

    disclosure: Disclosure
    checked: Checked
    html: str
    path: Path

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.path)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, white space as single blanks."""
        said = subprocess.run(
            ["pdftotext", "-raw", "-enc", "UTF-8", str(self.path), "-"],
            check=True,
            capture_output=True,
        )
        return [" ".join(page.split()) for page in said.stdout.decode().split("\f")[:-1]]

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def headings(self) -> list[tuple[int, str, str]]:
        """Level, id and words of every heading, in order."""
        return [
            (int(level), id_, html.unescape(re.sub(r"<[^>]*>", "", words)))
            for level, id_, words in HEADING.findall(self.html)
        ]

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Depth (1 on top), title and page (1 is the cover) of every bookmark, in order."""
        return list(self._bookmarks(self.reader.outline, 1))

    def _bookmarks(self, entries: list[Any], depth: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, depth + 1)
            else:
                page = self.reader.get_destination_page_number(entry)
                assert page is not None
                yield depth, str(entry.title), page + 1


@dataclass(frozen=True)
class Project:
    """The real data, checked, and the PDFs that two processes made of it."""

    library: Library
    run: CheckRun
    cache: Path
    printed: dict[str, Printed]


def printed_project(cache: Path) -> Project:
    """The five reports, set by two processes into `cache`."""
    paths = pdf.render_pdfs(library(), checked(), cache, jobs=2)
    words = converter()
    printed = {}
    for disclosure in library().disclosures:
        result = checked().reports[disclosure.key]
        document = print_html(disclosure, result, words, ROOT)
        printed[disclosure.key.town] = Printed(disclosure, result, document, paths[disclosure.key])
    return Project(library(), checked(), cache, printed)
