"""What is shown of a hit: the words around the first match, of a table its rows as labels and values.

The search page shows the same: themes/site/assets/snippets.js mirrors this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from site_builder.search.hits import FIGURE_KINDS, Entry, one_line
from site_builder.tokens import BREAK, END_OF_CELL, END_OF_ROW, LABEL, MARKS, Query, marks

BEFORE, AFTER = 24, 72
LONG = 96  # so much of a table is enough
MOST_OF_PHRASE = 40
ENDS = "".join((LABEL, END_OF_CELL, END_OF_ROW, *MARKS.values()))
UNSEEN = str.maketrans("", "", ENDS)
BREAKS = re.compile(f"{BREAK}+")
BLANK = frozenset(("—", "－", "-", "未填报"))
FIGURE = re.compile(r"[-−+]?[0-9][0-9,.]*")
LONGEST_UNIT = 3
Span = tuple[int, int]


class Cell(NamedTuple):
    """A cell of a table: is it a head, over how many columns, where its phrases stand, the unit that its
    figure has from elsewhere, or that a head says below its words."""

    label: bool
    wide: int
    phrases: list[Span]
    unit: str


def excerpt(entry: Entry, wanted: Query) -> str:
    """The words around the first match, or the rows with one; matches in 【】; else how it begins."""
    text = one_line(entry.text)
    spans = marks(text, wanted)
    said = ""
    figures = entry.kind in FIGURE_KINDS
    for piece in _pieces(text, spans, figures):
        apart = " | " if figures else " "
        said += piece if isinstance(piece, str) else _marked(text, spans, piece, apart)
    return said


def _marked(text: str, spans: Sequence[Span], piece: Span, apart: str) -> str:
    """A piece of the text, the matches that begin in it in 【】."""
    at, end = piece
    out = []
    for left, right in spans:
        if at <= left < end:
            out += [text[at:left], "【", text[left:right], "】"]
            at = right
    return "".join(BREAKS.sub(apart, bit.translate(UNSEEN)) for bit in (*out, text[at:end]))


def _pieces(text: str, spans: Sequence[Span], figures: bool) -> Iterator[str | Span]:
    """Pieces of the text, by their ends, and words between them."""
    rows = rows_of(text) if figures and END_OF_ROW in text else []
    told = [cell for row in rows for cell in row if _hit(cell, spans)]
    if rows and (told or not spans):
        yield from _of_rows(text, spans, rows)
        return
    first = spans[0][0] if spans else 0
    start, end = max(0, first - BEFORE), min(len(text), first + AFTER)
    yield "…" if start else ""
    yield start, end
    last = max([end, *(right for left, right in spans if left < end)])
    yield "…" if last < len(text) else ""


def rows_of(text: str) -> list[list[Cell]]:
    """The rows of a table's text."""
    rows: list[list[Cell]] = [[]]
    phrases: list[Span] = []
    at = 0
    wide = 1
    for phrase in text.split(BREAK):
        words = phrase.rstrip(ENDS)
        ends = phrase[len(words) :]
        before = len(words) - len(words.lstrip(END_OF_CELL))
        wide += before
        if words:
            phrases.append((at + before, at + len(words)))
        at += len(phrase) + 1
        if END_OF_CELL in ends:
            unit = next((unit for unit, mark in MARKS.items() if mark in ends), "")
            last = text[slice(*phrases[-1])] if LABEL in ends and len(phrases) > 1 else ""
            unit = last if 0 < len(last) <= LONGEST_UNIT else unit
            rows[-1].append(Cell(LABEL in ends, wide, phrases, unit))
            phrases = []
            wide = 1
        if END_OF_ROW in ends:
            rows.append([])
    return [row for row in rows if row]


def _hit(cell: Cell, spans: Sequence[Span]) -> bool:
    return any(left < end and right > start for start, end in cell.phrases for left, right in spans)


def columns_of(heads: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The heads of each column, from above: of one line, or of two where it is sure which stand below
    which; else none."""
    if not heads:
        return []
    above, *below = heads
    if not below:
        return [[head] for head in above] if all(head.wide == 1 for head in above) else []
    parted = [head for head in above if head.wide > 1]
    if len(below) > 1 or sum(head.wide for head in parted) != len(below[0]):
        return []
    rest = iter(below[0])
    columns: list[list[Cell]] = []
    for head in above:
        columns += [[head, next(rest)] for _ in range(head.wide)] if head.wide > 1 else [[head]]
    return columns


def _of_rows(text: str, spans: Sequence[Span], rows: Sequence[list[Cell]]) -> Iterator[str | Span]:
    """The rows with a match, those of more words first, or of a column with one its figures, or how the table begins.

    A value has its column's names where the row has as many values as the first row; else names could be
    another column's.
    """
    heads = [*takewhile(lambda row: all(cell.label for cell in row), rows)]
    heads = heads[:1] + [
        row for row in heads[1:] if len(row) > 1
    ]  # one cell says what comes below it
    body = [row for row in rows if not all(cell.label for cell in row)]
    columns = columns_of(heads) if body else []
    wide = len(columns) - sum(cell.label for cell in body[0]) if columns else 0
    columns = columns[len(columns) - wide :] if wide > 1 else []
    with_match = [row for row in body if any(_hit(cell, spans) for cell in row)]
    with_match.sort(key=lambda row: -_said(text, spans, row))
    only = [n for n, names in enumerate(columns) if any(_hit(head, spans) for head in names)]
    only = [] if with_match else only
    length = 0
    for blank in (False, True):
        for row in with_match or body:
            values = [cell for cell in row if not cell.label]
            named = columns if len(values) == wide else []
            kept = [n for n, cell in enumerate(values) if not _blank(text, cell)]
            hit = [n for n, cell in enumerate(values) if _hit(cell, spans)]
            kept = hit or ([n for n in only if blank or n in kept] if only and named else kept)
            if not kept and not (blank or row in with_match):
                continue
            if length > LONG:
                yield "；…"
                return
            said = list(
                _of_row(text, spans, row, [(values[n], named[n] if named else []) for n in kept])
            )
            yield "；" if length else ""
            yield from said
            length += sum(len(p) if isinstance(p, str) else p[1] - p[0] for p in said)
        if length:
            return


def _said(text: str, spans: Sequence[Span], row: Sequence[Cell]) -> int:
    """How many of the words that were asked for stand in a row."""
    stretches = [phrase for cell in row for phrase in cell.phrases]
    return len({text[a:b] for a, b in spans for start, end in stretches if a < end and b > start})


def _blank(text: str, cell: Cell) -> bool:
    return not cell.phrases or text[slice(*cell.phrases[0])] in BLANK


def _of_row(
    text: str, spans: Sequence[Span], row: Sequence[Cell], pairs: Sequence[tuple[Cell, list[Cell]]]
) -> Iterator[str | Span]:
    """A row: its heads, and values with their columns' names."""
    labels = [cell for cell in row if cell.label]
    units = [_unit(text, cell, (*names, *labels)) for cell, names in pairs]
    heads = [phrase for cell in labels for phrase in cell.phrases]
    heads = [phrase for phrase in heads if text[slice(*phrase)] not in units]
    for n, phrase in enumerate(heads):
        yield " " if n else ""
        yield from _clipped(spans, phrase)
    colon = bool(heads) and text[heads[-1][1] - 1] not in ":："
    yield "：" if colon else ""
    if not pairs:
        yield "未填报"
    length = 0
    for n, ((cell, names), unit) in enumerate(zip(pairs, units, strict=True)):
        if length > LONG:
            yield "…"
            return
        yield "，" if n else ""
        of_name = [phrase for name in names for phrase in name.phrases]
        own = "%" if cell.phrases and text[cell.phrases[0][1] - 1] == "%" else unit
        of_name = [phrase for phrase in of_name if text[slice(*phrase)] not in (unit, own)]
        for phrase in of_name:
            yield from _clipped(spans, phrase)
            yield " "
        of_value = cell.phrases[-1:] if _blank(text, cell) else cell.phrases
        of_value = of_value[:1] + [p for p in of_value[1:] if text[slice(*p)] != unit]
        for m, phrase in enumerate(of_value):
            yield " " if m else ""
            yield from _clipped(spans, phrase)
        in_name = any(f"{bracket}{unit}" in text[slice(*p)] for p in of_name for bracket in "(（")
        yield "" if in_name else unit
        length += sum(min(end - start, MOST_OF_PHRASE) for start, end in (*of_name, *of_value))


def _unit(text: str, cell: Cell, heads: Sequence[Cell]) -> str:
    """The unit of a figure, where it is nothing else; from its column's or row's head when it has none."""
    if len(cell.phrases) != 1 or not FIGURE.fullmatch(text[slice(*cell.phrases[0])]):
        return cell.unit
    return cell.unit or next((head.unit for head in heads if head.unit), "")


def _clipped(spans: Sequence[Span], phrase: Span) -> Iterator[str | Span]:
    """A phrase, or of a long one the words around its first match."""
    start, end = phrase
    if end - start <= MOST_OF_PHRASE:
        yield phrase
        return
    first = next((left for left, _ in spans if start <= left < end), start)
    left = max(start, min(first - MOST_OF_PHRASE // 3, end - MOST_OF_PHRASE))
    right = min(end, left + MOST_OF_PHRASE)
    yield "…" if left > start else ""
    yield left, right
    yield "…" if right < end else ""
