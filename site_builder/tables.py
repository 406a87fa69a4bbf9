"""A report's tables as HTML, as the form has them: merged heads, units, captions, scope.

One source for screen and print. Every cell carries its address as id, so that sentences,
findings and downloads can point at it. Blank is shown as a dash that is read out 未填报.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from site_builder.figure import Figure
from site_builder.forms import Column, TableForm
from site_builder.markup import escape
from site_builder.report import Cell, Line, TableData
from site_builder.table_frame import framed
from site_builder.tokens import MARKS

Marks = Mapping[str, Sequence[int]]  # address of a cell → numbers of the findings that stand at it


@dataclass(frozen=True, slots=True)
class View:
    """How tables are shown: `marks` puts the numbers of findings beside figures.

    On screen `receipts` is the page that every figure leads to, and captions and rows are links to
    themselves, so that anyone can pass them on; in print it is "" and nothing of this stands there.
    `files` are downloads of single tables, by their addresses.
    """

    marks: Marks = field(default_factory=dict)
    receipts: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


BLANK = '<span aria-hidden="true">—</span><span class="vh">未填报</span>'


def table_html(table: TableData, view: View) -> str:
    """One table in its frame, with its note and its file."""
    form = table.form
    inner = {
        "grid": _grid,
        "list": _list,
        "indicators": _indicators,
        "fields": _fields,
    }[form.kind](table, view)
    said = form.unit in form.caption  # many a printed caption names its unit already
    unit = f' <span class="unit">单位：{escape(form.unit)}</span>' if form.unit and not said else ""
    money = f' data-unit="{form.unit}"' if form.unit in MARKS else ""
    caption = own_link(form.address, escape(form.caption), view)
    note = f'<p class="note">注：{escape(form.note)}</p>' if form.note else ""
    download = ""
    if file := view.files.get(form.address):
        download = (
            f'<p class="table-file"><a data-unsearched href="{file}" download>下载这张表（CSV）'
            f'<span class="vh">：{escape(form.caption)}</span></a></p>'
        )
    attributes = f' id="{escape(form.address)}" data-kind="{_kind(form)}"{money}'
    table_ = framed(
        form.address,
        form.caption,
        inner,
        kind=form.kind,
        said=caption + unit,
        attributes=attributes,
    )
    return f"{table_}{download}{note}"


def _kind(form: TableForm) -> str:
    """What search takes the table for."""
    if form.kind == "indicators":
        return "indicator"
    return "project" if form.subject or form.kind == "list" else "table"


def mark_html(address: str, marks: Marks) -> str:
    """The findings at a cell by their numbers, each a link to its explanation.

    A number alone would read as a footnote, or as so many faults; in print brackets set it off.
    """
    numbers = marks.get(address)
    if not numbers:
        return ""
    links = "".join(
        f'<a class="fm" href="#finding-{n}" title="核对发现{n}">'
        f'<span class="vh">核对</span><span class="word">发现</span>{n}</a>'
        for n in numbers
    )
    return f"<sup>{links}</sup>"


def own_link(id_: str, words: str, view: View) -> str:
    """Words in HTML as a link to the place that they name; in print the words alone."""
    return f'<a class="pl" href="#{escape(id_)}">{words}</a>' if view.receipts else words


def _to_receipt(address: str, words: str, view: View) -> str:
    """A printed figure in HTML as a link to its receipt."""
    if not view.receipts:
        return words
    return f'<a class="rc" href="{view.receipts}#{address}">{words}</a>'


def _td(cell: Cell, view: View, numeric: bool, unit: str, span: str = "") -> str:
    address = escape(cell.address)
    if not cell.text:
        return f'<td id="{address}" class="nil{" n" if numeric else ""}"{span}>{BLANK}</td>'
    words = escape(cell.text).replace("\n", "<br>")
    mark = mark_html(cell.address, view.marks)
    if cell.fact is not None:
        words = _to_receipt(address, words, view)
    if cell.fact is None or not numeric:
        return f'<td id="{address}" class="txt"{span}>{words}{mark}</td>'
    amount = cell.fact.figure.amount
    kind = "n neg" if amount < 0 else "n zero" if amount == 0 else "n"
    return (
        f'<td id="{address}" class="{kind}"{_unit(cell.fact.figure, unit)}{span}>{words}{mark}</td>'
    )


def _unit(figure: Figure, unit: str) -> str:
    """The attribute of a figure's unit of money, where it is not what the table says."""
    own = figure.unit if figure.unit in MARKS else ""
    return "" if own == (unit if unit in MARKS else "") else f' data-unit="{own}"'


def _head(columns: Sequence[Column], stubs: Sequence[str], unit: str) -> str:
    """The head rows: merged heads become colgroups, leaves carry a unit of their own."""
    depth = max((len(c.path) for c in columns), default=1)
    rows: list[str] = []
    for level in range(depth):
        cells = ""
        if level == 0:
            span = f' rowspan="{depth}"' if depth > 1 else ""
            for place, stub in enumerate(stubs):
                kind = "c1" if place == 0 else "g2"
                cells += f'<th scope="col" class="{kind}"{span}>{escape(stub)}</th>'
        for path, group in groupby(columns, key=lambda c: c.path[: level + 1]):
            members = list(group)
            first = members[0]
            if len(path) <= level:
                continue  # it ended on a row above and spans down
            if len(first.path) == level + 1:
                span = f' rowspan="{depth - level}"' if depth - level > 1 else ""
                kind = "n" if first.type == "figure" else "txt"
                own = first.unit and first.unit != unit and first.unit not in path[-1]
                sub = f'<span class="sub">{escape(first.unit)}</span>' if own else ""
                label = escape(path[-1])
                cells += f'<th scope="col" class="{kind}"{span}>{label}{sub}</th>'
            else:
                label = escape(path[-1])
                cells += f'<th scope="colgroup" colspan="{len(members)}">{label}</th>'
        rows.append(f"<tr>{cells}</tr>")
    return f"<thead>{''.join(rows)}</thead>"


def _groups(columns: Sequence[Column], stubs: int) -> str:
    """<colgroup> for merged heads, so that scope=colgroup means something."""
    if all(len(c.path) == 1 for c in columns):
        return ""
    spans = [1] * stubs
    for _, group in groupby(columns, key=lambda c: c.path[0]):
        spans.append(len(list(group)))
    return "".join(f'<colgroup span="{n}"></colgroup>' for n in spans)


def _grid(table: TableData, view: View) -> str:
    form = table.form
    grouped = any(line.row and line.row.group for line in table.lines)
    stubs = ["", form.stub or "项目"] if grouped else [form.stub or "项目"]
    if grouped:
        stubs[0] = "分类"
    out = [_groups(form.columns, len(stubs)), _head(form.columns, stubs, form.unit)]
    body: list[str] = []
    lines = list(table.lines)
    place = 0
    while place < len(lines):
        line = lines[place]
        group = line.row.group if line.row else ""
        size = 1
        while (
            grouped
            and group
            and place + size < len(lines)
            and (row := lines[place + size].row) is not None
            and row.group == group
        ):
            size += 1
        if grouped and body and (group or size > 1):
            out.append(f"<tbody>{''.join(body)}</tbody>")
            body = []
        for offset in range(size):
            head = ""
            if grouped and offset == 0:
                words = escape(group) or '<span class="vh">不分类</span>'
                head = f'<th scope="rowgroup" rowspan="{size}" class="c1 g1">{words}</th>'
            body.append(_grid_row(form, lines[place + offset], head, view))
        place += size
    out.append(f"<tbody>{''.join(body)}</tbody>")
    return "".join(out)


def _grid_row(form: TableForm, line: Line, head: str, view: View) -> str:
    row = line.row
    level = row.level if row else 1
    total = bool(row and any(r.kind == "合计" for r in row.relations))
    kind = "" if head or any(r.group for r in form.rows) else "c1"
    kind += f" l{level}" if level > 1 else ""
    unit = f'<span class="sub">{escape(row.unit)}</span>' if row and row.unit else ""
    cells = "".join(
        _td(cell, view, column.type == "figure", form.unit)
        for cell, column in zip(line.cells, form.columns, strict=False)
    )
    tag = ' class="total"' if total else ""
    id_ = f"{form.address}.{row.address}" if row else ""
    label = own_link(id_, escape(line.label), view) if row else escape(line.label)
    own = f' id="{escape(id_)}"' if row and view.receipts else ""
    return (
        f'<tr{tag}{own}>{head}<th scope="row" class="{kind.strip()}">{label}{unit}</th>{cells}</tr>'
    )


def _list(table: TableData, view: View) -> str:
    form = table.form
    rows = "".join(
        f"<tr{_id_of(line, view)}>"
        f'<th scope="row" class="c1">{own_link(row_id(line), line.label, view)}</th>'
        + "".join(
            _td(cell, view, column.type == "figure", form.unit)
            for cell, column in zip(line.cells, form.columns, strict=False)
        )
        + "</tr>"
        for line in table.lines
    )
    return f"{_head(form.columns, ['序号'], form.unit)}<tbody>{rows}</tbody>"


def row_id(line: Line) -> str:
    """The id of a numbered row: its table and its number as the addresses of its cells have them."""
    return ".".join(line.cells[0].address.split(".")[:2])


def _id_of(line: Line, view: View) -> str:
    return f' id="{escape(row_id(line))}"' if view.receipts and line.cells else ""


def _indicators(table: TableData, view: View) -> str:
    form = table.form
    depth = len(form.levels)
    leaf = tuple(Column((name,), name, "text") for name in form.levels[1:])
    head = _head((*leaf, *form.columns), form.levels[:1], form.unit or "分")
    out = [head]
    for name, group in groupby(table.lines, key=lambda line: line.cells[0].text):
        lines = list(group)
        out.append("<tbody>")
        weight = table.group_weights.get(name)
        sub = ""
        if weight is not None and weight.text:
            mark = mark_html(weight.address, view.marks)
            words = f"{escape(weight.text)}分"
            if weight.fact is not None:
                words = _to_receipt(escape(weight.address), words, view)
            sub = f'<span class="sub" id="{escape(weight.address)}">{words}{mark}</span>'
        # how far each lower level runs down before its name changes
        for place, line in enumerate(lines):
            cells = ""
            if place == 0:
                cells += (
                    f'<th scope="rowgroup" rowspan="{len(lines)}" class="c1 g1">'
                    f"{escape(name)}{sub}</th>"
                )
            for level in range(1, depth):
                if place and _same(lines[place - 1], line, level) and level < depth - 1:
                    continue
                run = 1
                if level < depth - 1:
                    while place + run < len(lines) and _same(line, lines[place + run], level):
                        run += 1
                scope = "rowgroup" if run > 1 else "row"
                span = f' rowspan="{run}"' if run > 1 else ""
                cell = line.cells[level]
                words = escape(cell.text).replace("\n", "<br>") or BLANK
                if level == depth - 1 and cell.text:
                    words = own_link(row_id(line), words, view)
                cells += (
                    f'<th scope="{scope}" class="g{level + 1}" id="{escape(cell.address)}"{span}>'
                    f"{words}</th>"
                )
            cells += "".join(
                _td(cell, view, column.type == "figure", form.unit)
                for cell, column in zip(line.cells[depth:], form.columns, strict=False)
            )
            out.append(f"<tr{_id_of(line, view)}>{cells}</tr>")
        out.append("</tbody>")
    if table.total:
        cells = ""
        for column in form.columns:
            total = table.total.get(column.label)
            cells += _td(total, view, True, form.unit) if total else '<td class="fill"></td>'
        span = f' colspan="{depth}"' if depth > 1 else ""
        out.append(
            f'<tbody><tr class="total"><th scope="row" class="c1"{span}>总分</th>{cells}</tr></tbody>'
        )
    return "".join(out)


def _same(one: Line, other: Line, level: int) -> bool:
    return [c.text for c in one.cells[: level + 1]] == [c.text for c in other.cells[: level + 1]]


def _fields(table: TableData, view: View) -> str:
    rows = "".join(
        f'<tr><th scope="row" class="c1">'
        f"{own_link(line.cells[0].address, escape(line.label), view)}</th>"
        f"{_td(line.cells[0], view, line.cells[0].fact is not None, table.form.unit)}</tr>"
        for line in table.lines
    )
    return (
        '<thead><tr><th scope="col" class="c1">项目</th><th scope="col">内容</th></tr></thead>'
        f"<tbody>{rows}</tbody>"
    )
