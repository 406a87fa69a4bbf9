"""Plant a fault in a copy of a project: edits of printed cells, links and files, each with its place.

A fault is written as where it goes, not as a line number: it finds a place for itself in whatever
reports there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.figure import number
from site_builder.finding import ReportKey
from site_builder.library import Disclosure, Library
from site_builder.place import Place, place_in
from site_builder.relations import Case, cases_of
from site_builder.report import Cell, Fact


@dataclass(frozen=True)
class Planted:
    """A fault: what its files become (None: gone) and where it must be reported.

    `at.column` is 0 where any column of the line will do, `at.line` where any line of the file.
    `report` is the only report that changes; None means that everything must be read again.
    """

    files: dict[str, bytes | None]
    at: Place
    report: ReportKey | None


@dataclass(frozen=True)
class Ground:
    """The copy that faults are planted in: what it holds, and what is found in it before."""

    library: Library
    known: frozenset[tuple[str, ...]]

    def text(self, file: str) -> str:
        """A file of the copy."""
        return (self.library.root / file).read_text("utf-8")

    def edited(self, edits: Iterable[tuple[Place, str, str]]) -> dict[str, bytes | None] | None:
        """Files with old texts replaced where they stand; None where one does not stand there."""
        texts: dict[str, str] = {}
        for at, old, new in sorted(edits, reverse=True):
            text = texts.get(at.file) or self.text(at.file)
            start = offset(text, at)
            if not text.startswith(old, start):
                return None
            texts[at.file] = text[:start] + new + text[start + len(old) :]
        return {file: text.encode() for file, text in texts.items()}

    def cases(self, *kinds: str) -> Iterator[tuple[Disclosure, Case]]:
        """Every relation of the kinds, report by report, all its operands printed."""
        for disclosure in self.library.disclosures:
            for case in cases_of(disclosure, self.library.concepts):
                if case.kind in kinds and case.operands and not case.blank and not case.absent:
                    yield disclosure, case


Plant = Callable[[Ground], Iterator[Planted]]


def offset(text: str, at: Place) -> int:
    """The index of a place in its file's text."""
    start = 0
    for _ in range(at.line - 1):
        start = text.index("\n", start) + 1
    return start + at.column - 1


# -- edits that several faults make ----------------------------------------------------------


def bumped(text: str) -> str:
    """`text` with its first digit changed, so that no rounding can explain the new figure."""
    match = re.search(r"[0-9]", text)
    if match is None:
        return text
    digit = match[0]
    other = "8" if digit == "9" else str(int(digit) + 1)
    return text[: match.start()] + other + text[match.end() :]


def with_amount(fact: Fact, amount: Decimal) -> str:
    """The fact's text with another amount: sign words, scale and unit stay as they are printed."""
    match = re.search(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", fact.figure.text)
    if match is None:
        return fact.figure.text
    written = number(match[0].replace(",", ""))
    if written is None or fact.figure.amount != written:
        return fact.figure.text  # 1.84万亩: the digits are not the amount
    return fact.figure.text[: match.start()] + str(amount) + fact.figure.text[match.end() :]


def change(
    ground: Ground, disclosure: Disclosure, at: Place, changes: Iterable[tuple[Fact | Cell, str]]
) -> Iterator[Planted]:
    """Facts or cells of one report printed otherwise, to be reported `at`."""
    edits = [(f.at, f.figure.text if isinstance(f, Fact) else f.text, new) for f, new in changes]
    if any(old == new for _, old, new in edits):
        return
    files = ground.edited(edits)
    if files is not None:
        yield Planted(files, at, disclosure.key)


def appended(file: str, lines: str, column: int = 1, down: int = 0) -> Plant:
    """Lines at the end of each report's `file` (yaml or md), reported in the first of them."""

    def plant(ground: Ground) -> Iterator[Planted]:
        for disclosure in ground.library.disclosures:
            name = disclosure.report.file if file == "yaml" else disclosure.narrative.file
            text = ground.text(name).rstrip("\n") + "\n"
            at = Place(name, text.count("\n") + 1 + down, column)
            yield Planted({name: (text + lines).encode()}, at, disclosure.key)

    return plant


def in_report(pattern: str, new: str, column: bool = True) -> Plant:
    """The first match of `pattern` in a report's YAML replaced; reported where group 1 begins."""

    def plant(ground: Ground) -> Iterator[Planted]:
        for disclosure in ground.library.disclosures:
            file = disclosure.report.file
            text = ground.text(file)
            match = re.search(pattern, text, re.M)
            if match is None:
                continue
            changed = text[: match.start(1)] + match.expand(new) + text[match.end(1) :]
            at = place_in(text, match.start(1), file)
            at = at if column else at._replace(column=0)
            yield Planted({file: changed.encode()}, at, disclosure.key)

    return plant


def each_fact(
    ground: Ground, wanted: Callable[[Disclosure, Fact], bool], new: Callable[[str], str]
) -> Iterator[Planted]:
    """Each wanted fact printed otherwise, and reported there."""
    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.facts:
            if wanted(disclosure, fact):
                yield from change(ground, disclosure, fact.at, [(fact, new(fact.figure.text))])
