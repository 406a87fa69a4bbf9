"""The words of a disclosure as one text that a rule searches once, and where each of them stands.

First the narrative, without the marks of Markdown; then the head and the cells, a field as
`label：value`; last what the transcriber says of the original (source, notes, explanations). Those
quote the original's faults, so only the rules of privacy and of characters read that far.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from itertools import count as counting
from operator import add
from typing import Literal, NamedTuple

from site_builder.forms import address_part
from site_builder.library import Disclosure
from site_builder.place import Place
from site_builder.prose import Narrative
from site_builder.report import Cell, Report, TableData
from site_builder.sentences import Passage

Kind = Literal["heading", "sentence", "title", "cell", "figure", "note"]
LONG = 7  # a figure of so many characters may be a telephone number


class Source(NamedTuple):
    """Where a stretch of the text stands: its kind, place, address, and how long its label is."""

    kind: Kind
    at: Place
    address: str
    label: int = 0
    passage: Passage | None = None


class Spot(NamedTuple):
    """Where some characters of the text stand; `first` and `last` count within their stretch."""

    source: Source
    at: Place
    length: int
    first: int
    last: int
    in_label: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` holds the stretches, one a line; those from `notes` on are the transcriber's words.

    A stretch that ends on the words of a cell has that cell for its origin.
    """

    text: str
    notes: int
    starts: tuple[int, ...]
    origins: tuple[Source | Cell, ...]

    def number(self, index: int) -> int:
        """Which stretch character `index` belongs to."""
        return bisect_right(self.starts, index) - 1

    def source(self, index: int) -> Source:
        """The stretch that character `index` belongs to."""
        return self._source(self.number(index))

    def _source(self, number: int) -> Source:
        origin = self.origins[number]
        if isinstance(origin, Source):
            return origin
        start, end = self.bounds(self.starts[number])
        kind: Kind = "cell" if origin.fact is None else "figure"
        return Source(kind, origin.at, origin.address, end - start - len(origin.text))

    def bounds(self, index: int) -> tuple[int, int]:
        """From where to where the stretch around `index` goes."""
        number = self.number(index)
        last = number + 1 == len(self.starts)
        return self.starts[number], len(self.text) if last else self.starts[number + 1] - 1

    def sentence(self, index: int, marks: str = "。；！？\n") -> tuple[int, int]:
        """From where to where the sentence around `index` goes, its full stop left out."""
        low, high = self.bounds(index)
        mark, up_to_mark = _marks(marks)
        start = up_to_mark.match(self.text, low, index)
        end = mark.search(self.text, index, high)
        return start.end() if start else low, end.start() if end else high

    def spot(self, start: int, end: int) -> Spot:
        """Where the characters from `start` to `end` stand in the source.

        A cell is one place, and what stands in its label has no other.
        """
        number = self.number(start)
        source = self._source(number)
        first = start - self.starts[number]
        if source.passage is not None:
            at = source.passage.place(first)
            last = end - self.starts[number] - 1
            length = source.passage.place(last).column + 1 - at.column
            counted = source.passage.printed
            return Spot(source, at, length, counted(first) + 1, counted(last) + 1, False)
        if source.kind == "heading":
            at = source.at._replace(column=source.at.column + first)
            return Spot(source, at, end - start, first + 1, end - self.starts[number], False)
        if first < source.label:
            return Spot(source, source.at, 0, first + 1, end - self.starts[number], True)
        first -= source.label
        return Spot(source, source.at, 0, first + 1, first + end - start, False)


@lru_cache(maxsize=16)
def _marks(marks: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the next of some marks, and what goes up to the last of them."""
    return re.compile(f"[{marks}]"), re.compile(f".*[{marks}]", re.S)


def wording_of(disclosure: Disclosure, lines: tuple[Passage, ...]) -> Wording:
    """The words of one disclosure, the lines of whose narrative are `lines`."""
    texts: list[str] = []
    origins: list[Source | Cell] = []
    _add_narrative(disclosure.narrative, lines, texts, origins)
    head = disclosure.report.heading
    for title, name in ((head.title, "名称"), (head.unit, "单位")):
        texts.append(title)
        origins.append(Source("title", title.at, name))
    for table in disclosure.report.tables:
        _add_table(table, texts, origins)
    count = len(texts)
    for text, source in _notes(disclosure.report):
        texts.append(text)
        origins.append(source)
    # One more than the lengths so far, for each line's end.
    starts = tuple(map(add, accumulate(map(len, texts), initial=0), counting()))
    return Wording("\n".join(texts), starts[count], starts[:-1], tuple(origins))


def _add_narrative(
    narrative: Narrative,
    lines: tuple[Passage, ...],
    texts: list[str],
    origins: list[Source | Cell],
) -> None:
    """Headings and lines in order; the address of a line is that of the heading above."""
    by_section: dict[str, list[Passage]] = {}
    for passage in lines:
        by_section.setdefault(passage.anchor, []).append(passage)
    for section in narrative.sections:
        address = f"正文.{address_part(section.title)}" if section.title else "正文"
        if section.title:
            at = Place(narrative.file, section.line, section.level + 2)
            texts.append(section.title)
            origins.append(Source("heading", at, address))
        mine = by_section.get(section.id, ())
        texts += [passage.text for passage in mine]
        origins += [Source("sentence", passage.at, address, 0, passage) for passage in mine]


def _add_table(table: TableData, texts: list[str], origins: list[Source | Cell]) -> None:
    """A field and a cell of a list after their labels, all others alone; labels of rows."""
    kind, address = table.form.kind, table.form.address
    if kind == "fields":
        texts += [f"{line.label}：{line.cells[0].text}" for line in table.lines]
        origins += [line.cells[0] for line in table.lines]
        return
    labels = [column.label for column in table.form.columns] if kind == "list" else []
    for line in table.lines:
        if line.row is not None and line.cells:
            own = f"{address}.{line.row.address}"
            texts.append(line.label)
            origins.append(Source("cell", line.cells[0].at, own, len(line.label)))
        for number, cell in enumerate(line.cells):
            text = cell.text
            if text and (cell.fact is None or len(text) >= LONG):
                texts.append(f"{labels[number]}：{text}" if labels else text)
                origins.append(cell)


def _notes(report: Report) -> Iterator[tuple[str, Source]]:
    yield report.heading.source, Source("note", report.heading.source.at, "来源")
    for number, note in enumerate(report.heading.notes, 1):
        at = getattr(note, "at", report.heading.source.at)
        yield note, Source("note", at, f"说明.{number}")
    for answer in report.acknowledgements:
        yield answer.explanation, Source("note", answer.at, f"认可.{answer.address}")
