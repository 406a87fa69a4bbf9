"""A printed table as a CSV file: one line of heads with their units, then its lines as they are printed.

Every cell is the text that was printed, "" where nothing was. What spans rows stands in each of
them; a merged head stands before those below it, as 支出/项目支出. UTF-8 with BOM, guarded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from site_builder.forms import TableForm
from site_builder.open_data.rows import BOM, csv_line
from site_builder.open_data.table_sheets import columns_of, printed_lines, stubs_of
from site_builder.page import table_files
from site_builder.report import Report, TableData


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table's file: its name, title and note, the heads of its columns, its lines and bytes."""

    name: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: int
    data: bytes


def table_csvs(report: Report) -> list[TableFile]:
    """The files of a report's printed tables, in the order of the form."""
    names = table_files(report.form)
    return [
        _file(names[table.form.address], table)
        for table in report.tables
        if not table.form.in_prose
    ]


def _file(name: str, table: TableData) -> TableFile:
    form = table.form
    stubs = tuple(stubs_of(table))
    heads = _heads(form, stubs)
    lines = [csv_line(heads)]
    # Totals of groups and of the whole are printed below the lines, and have no unit of their own.
    for line, one in zip_longest(printed_lines(table), table.lines):
        cells = [text for text, _ in line]
        if one is not None and _rows_differ(form):
            label = len(stubs) - 1
            unit = (one.row.unit if one.row else "") or form.unit
            cells[label] = _with_unit(cells[label], unit)
        lines.append(csv_line(cells))
    data = BOM + "\r\n".join(lines) + "\r\n"
    return TableFile(name, form.caption, form.note, heads, len(lines) - 1, data.encode())


def _rows_differ(form: TableForm) -> bool:
    """Has a row a unit of its own? Then every row says its unit, and the heads do not."""
    return any(row.unit for row in form.rows)


@lru_cache(maxsize=1024)
def _heads(form: TableForm, stubs: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of the columns, each once, with its unit."""
    heads = list(stubs)
    common = "" if _rows_differ(form) else form.unit
    for column in columns_of(form):
        unit = column.unit or common if column.type == "figure" else ""
        heads.append(_with_unit("/".join(column.path), unit))
    return tuple(
        head if heads.index(head) == place else f"{head}（{heads[: place + 1].count(head)}）"
        for place, head in enumerate(heads)
    )


def _with_unit(words: str, unit: str) -> str:
    return f"{words}（{unit}）" if unit and unit not in words else words
