"""A report's tables as sheets of a workbook, as the form has them: merged heads, every cell in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from site_builder.forms import Column, TableForm
from site_builder.open_data.xlsx import (
    FRAMED,
    HEAD,
    TEXT,
    Sheet,
    column_letters,
    number_cell,
    row,
    text_cell,
)
from site_builder.report import TableData

LABEL, FIGURE, WORDS = 30, 14, 24  # widths of columns, in characters


def table_sheets(tables: Sequence[TableData]) -> Iterator[Sheet]:
    """A sheet a table, in the order of the form."""
    for table in tables:
        yield table_sheet(table)


def table_sheet(table: TableData) -> Sheet:
    """One table: its caption, its head, its lines; figures as numbers with the decimals printed."""
    form = table.form
    stubs = stubs_of(table)
    columns = columns_of(form)
    head, merged = _head(columns, stubs)
    said = not form.unit or form.unit in form.caption  # many a caption names its unit already
    caption = str(form.caption) if said else f"{form.caption}（单位：{form.unit}）"
    body = [row([_cell(text, figure) for text, figure in line]) for line in printed_lines(table)]
    lines = [row([text_cell(caption, HEAD)]), *head, *body]
    if form.note:
        lines.append(row([text_cell(f"注：{form.note}")]))
    width = len(stubs) + len(columns)
    if width > 1:
        merged.insert(0, f"A1:{column_letters(width - 1)}1")
    widths = [LABEL] * len(stubs)
    widths += [FIGURE if c.type == "figure" else WORDS for c in columns]
    return Sheet(form.key, (lines,), tuple(widths), tuple(merged), 1 + len(head))


def columns_of(form: TableForm) -> tuple[Column, ...]:
    """The columns behind the stubs; fields have one."""
    return (Column(("内容",), "", "text"),) if form.kind == "fields" else form.columns


def stubs_of(table: TableData) -> list[str]:
    """The heads of what stands before the columns of the form: groups, labels, numbers, levels."""
    form = table.form
    if form.kind == "grid":
        label = form.stub or "项目"
        return ["分类", label] if any(ln.row and ln.row.group for ln in table.lines) else [label]
    if form.kind == "list":
        return ["序号"]
    return list(form.levels) if form.kind == "indicators" else ["项目"]


def _head(columns: Sequence[Column], stubs: Sequence[str]) -> tuple[list[str], list[str]]:
    """The rows of the head, and the ranges that are merged in them; they begin in row 2."""
    depth = max((len(c.path) for c in columns), default=1)
    rows = []
    merged = []
    for level in range(depth):
        cells = [stub if level == 0 else "" for stub in stubs]
        cells += [c.path[level] if level < len(c.path) else "" for c in columns]
        at = len(stubs)
        for path, group in groupby(columns, key=lambda c: c.path[: level + 1]):
            count = len(list(group))
            if (
                len(path) == level + 1
                and count > 1
                and len(columns[at - len(stubs)].path) > level + 1
            ):
                merged.append(
                    f"{column_letters(at)}{level + 2}:{column_letters(at + count - 1)}{level + 2}"
                )
                for place in range(at + 1, at + count):
                    cells[place] = ""
            at += count
        rows.append(row(text_cell(name, HEAD) for name in cells))
    if depth > 1:
        last = depth + 1
        merged += [f"{column_letters(n)}2:{column_letters(n)}{last}" for n in range(len(stubs))]
        for place, column in enumerate(columns, len(stubs)):
            if len(column.path) < depth:
                letters = column_letters(place)
                merged.append(f"{letters}{len(column.path) + 1}:{letters}{last}")
    return rows, merged


def printed_lines(table: TableData) -> Iterator[list[tuple[str, bool]]]:
    """Below the head, line by line: what is printed in each column, and whether it is a figure."""
    form = table.form
    grouped = form.kind == "grid" and len(stubs_of(table)) == 2
    for line in table.lines:
        cells = []
        if form.kind != "indicators":
            if grouped:
                cells.append((line.row.group if line.row else "", False))
            indent = "　" * (line.row.level - 1) if line.row else ""
            cells.append((indent + line.label, False))
        cells += [(cell.text, cell.fact is not None) for cell in line.cells]
        yield cells
    blank = ("", False)
    for name, weight in table.group_weights.items():
        yield [(f"{name}（小计）", False), *[blank] * (len(form.levels) - 1)] + [
            (weight.text, weight.fact is not None) if column.role == "分值" else blank
            for column in form.columns
        ]
    if table.total:
        yield [("总分", False), *[blank] * (len(form.levels) - 1)] + [
            (cell.text, cell.fact is not None) if (cell := table.total.get(c.label)) else blank
            for c in form.columns
        ]


def _cell(text: str, figure: bool) -> str:
    """A figure without a unit as a number, everything else as it is printed."""
    return number_cell(text, FRAMED) if figure else text_cell(text, TEXT)
