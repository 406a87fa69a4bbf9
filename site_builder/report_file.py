"""Read a report's file: every table of its form as cells, each with its place; misfits as findings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from site_builder import reading_rules as rules
from site_builder.concepts import Concept
from site_builder.figure import Figure, measure, plain_figure
from site_builder.finding import Acknowledgement, Finding, ReportKey
from site_builder.forms import NO_CONCEPT, Column, Form, Row, TableForm, address_of, address_part
from site_builder.place import Place
from site_builder.report import Cell, Fact, Heading, Line, Report, TableData
from site_builder.shape import (
    as_items,
    as_table,
    as_text,
    day,
    guess,
    key,
    read,
    unknown_keys,
)
from site_builder.yaml_file import Items, Table, Text

# Findings that leave a table with cells too few or misplaced: its sums are then not judged.
STRUCTURE = (rules.MISSING, rules.UNKNOWN_KEY, rules.NOT_TABLE)


@dataclass(frozen=True)
class Explained:
    """An explanation as a report's file writes it, under 认可."""

    rule: Text = key("规则")
    address: Text = key("位置")
    explanation: Text = key("说明")
    date: datetime.date = key("日期", day)
    until: datetime.date = key("至", day)


def read_report(
    table: Table,
    file: str,
    report_key: ReportKey,
    forms: dict[str, Form],
    profiles: Any,
    concepts: dict[str, Concept],
    found: list[Finding],
) -> Report | None:
    """Read a report's table; None when its head or form cannot be read."""
    meant = unknown_keys(table, ("报告", "数据", "认可"), found)
    head = table.of("报告")
    if head is None:
        if "报告" not in meant:
            found.append(Finding(rules.MISSING, table.at, {"key": "报告"}))
        return None
    heading = read(Heading, head, found)
    if heading is None:
        return None
    if heading.year != report_key.year:
        at = head.of("年度").at
        words = {"what": "年度", "text": str(heading.year), "path": str(report_key.year)}
        found.append(Finding(rules.PATH_DIFFERS, at, words))
    form = forms.get(heading.form)
    if form is None:
        words = {"name": str(heading.form), "kind": "表单", "kind_en": "form"}
        words.update(guess(heading.form, forms))
        found.append(Finding(rules.UNKNOWN_NAME, heading.form.at, words))
        return None
    if heading.profile not in profiles:
        words = {"name": str(heading.profile), "kind": "口径", "kind_en": "profile"}
        words.update(guess(heading.profile, profiles))
        found.append(Finding(rules.UNKNOWN_NAME, heading.profile.at, words))
    data = table.of("数据")
    body = as_table(data, found) if data not in (None, "") else None
    if body is None:
        if data in (None, "") and "数据" not in meant:
            found.append(Finding(rules.MISSING, table.at, {"key": "数据"}))
        return None
    tables = _Reader(form, report_key, concepts, found).tables(body)
    cells: dict[str, Cell] = {}
    for one in tables:
        for cell in one.cells():
            cells[cell.address] = cell
    prose = {t.address for t in form.tables if t.in_prose}
    facts = tuple(cell.fact for cell in cells.values() if cell.fact is not None)
    by_concept: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda f: f.table in prose):
        if fact.concept:
            by_concept.setdefault(fact.concept, []).append(fact)
    return Report(
        key=report_key,
        file=file,
        heading=heading,
        form=form,
        tables=tables,
        acknowledgements=_acknowledgements(table, found),
        cells=cells,
        facts=facts,
        by_concept={name: tuple(list_) for name, list_ in by_concept.items()},
    )


def _acknowledgements(table: Table, found: list[Finding]) -> tuple[Acknowledgement, ...]:
    value = table.of("认可")
    if value is None or value == "":
        return ()
    read_ones = []
    for entry in as_items(value, found) or ():
        one = read(Explained, entry, found)
        if one is not None:
            address = address_of(one.address)
            read_ones.append(
                Acknowledgement(
                    str(one.rule), address, str(one.explanation), one.date, one.until, entry.at
                )
            )
    return tuple(read_ones)


@lru_cache(maxsize=65536)
def _open_column(address: str) -> Column:
    """The column of a field that the form does not name."""
    return Column((), address, "target")


class _Reader:
    """Reads the tables of one report; holds the form, the year and the findings."""

    def __init__(
        self, form: Form, report: ReportKey, concepts: dict[str, Concept], found: list[Finding]
    ) -> None:
        self.form = form
        self.year = report.year
        self.concepts = concepts
        self.found = found

    def tables(self, body: Table) -> tuple[TableData, ...]:
        meant = unknown_keys(body, [t.key for t in self.form.tables], self.found)
        read_ones = []
        for form in self.form.tables:
            value = body.of(form.key)
            if value is None:
                self._missing(form.key, body.at, meant)
                continue
            before = len(self.found)
            reader = {
                "grid": self._grid,
                "list": self._list,
                "indicators": self._indicators,
                "fields": self._fields,
            }[form.kind]
            one = reader(form, value)
            if one is not None:
                misfits = any(f.rule in STRUCTURE for f in self.found[before:])
                read_ones.append(replace(one, whole=False) if misfits else one)
        return tuple(read_ones)

    # -- the four kinds --------------------------------------------------------------------

    def _grid(self, form: TableForm, value: Any) -> TableData | None:
        table = as_table(value, self.found)
        if table is None:
            return None
        meant = unknown_keys(table, [row.label for row in form.rows], self.found)
        lines = []
        for row in form.rows:
            given = table.of(row.label)
            if given is None:
                self._missing(row.label, table.at, meant)
                continue
            base = f"{form.address}.{row.address}"
            cells = self._cells(form, base, row.label, given, row)
            if cells is not None:
                lines.append(Line(row.label, cells, row))
        return TableData(form, tuple(lines))

    def _list(self, form: TableForm, value: Any) -> TableData | None:
        items = as_items(value, self.found)
        if items is None:
            return None
        lines = []
        for count, entry in enumerate(items, 1):
            cells = self._cells(form, f"{form.address}.{count}", str(count), entry, None)
            if cells is not None:
                lines.append(Line(str(count), cells))
        return TableData(form, tuple(lines))

    def _indicators(self, form: TableForm, value: Any) -> TableData | None:
        table = as_table(value, self.found)
        if table is None:
            return None
        keys = ["指标"]
        keys += ["一级指标分值"] if form.group_weights else []
        keys += ["总分"] if form.total_row else []
        meant = unknown_keys(table, keys, self.found)
        for name in keys:
            if name not in table:
                self._missing(name, table.at, meant)
        listed = table.of("指标")
        items = as_items(listed, self.found) if listed not in (None, "") else Items()
        levels = tuple(Column((name,), address_part(name), "text") for name in form.levels)
        lines = []
        for count, entry in enumerate(items or (), 1):
            base = f"{form.address}.{count}"
            label = str(count)
            if isinstance(entry, Table) and form.levels:
                label = str(entry.of(form.levels[-1]) or count)
            cells = self._cells(form, base, label, entry, None, (*levels, *form.columns))
            if cells is not None:
                lines.append(Line(label, cells))
        weights: dict[str, Cell] = {}
        groups = dict.fromkeys(line.cells[0].text for line in lines)
        given_groups = table.of("一级指标分值")
        if isinstance(given_groups, Table) and lines:
            unknown_keys(given_groups, groups, self.found)
        for name, given in self._free_table(table, "一级指标分值"):
            column = Column(("分值",), "分值", "figure", "分", "自评", role="分值")
            address = f"{form.address}.一级指标分值.{address_part(name)}"
            weights[str(name)] = self._cell(form, address, name, "分值", given, column, None)
        total: dict[str, Cell] = {}
        for name, given in self._free_table(table, "总分"):
            own = next((c for c in form.columns if c.label == name), None)
            if own is None:
                names = [c.label for c in form.columns if c.type == "figure"]
                words = {"key": str(name), **guess(name, names)}
                self.found.append(Finding(rules.UNKNOWN_KEY, name.at, words))
                continue
            address = f"{form.address}.总分.{own.address}"
            concept = "自评得分" if own.role == "得分" and not form.subject else ""
            total[str(name)] = self._cell(
                form, address, "总分", str(name), given, own, None, concept
            )
        return TableData(form, tuple(lines), weights, total)

    def _fields(self, form: TableForm, value: Any) -> TableData | None:
        table = as_table(value, self.found)
        if table is None:
            return None
        declared = form.item_columns
        meant = set() if form.open else unknown_keys(table, list(declared), self.found)
        lines = []
        for item in form.items:
            if item.label not in table:
                self._missing(item.label, table.at, meant)
        seen: dict[str, Text] = {}
        for label, given in table.items():
            name = str(label)
            column = declared.get(name)
            if column is None and not form.open:
                continue
            text_ = as_text(given, self.found)
            if text_ is None:
                continue
            address = f"{form.address}.{address_part(label)}"
            if (twin := seen.setdefault(address, label)) is not label:
                words = {"key": str(label), "line": str(twin.at.line)}
                self.found.append(Finding(rules.DUPLICATE, label.at, words, (twin.at,)))
            if column is None:
                column = _open_column(address_part(label))
            cell = self._cell(form, address, name, "", text_, column, None)
            lines.append(Line(name, (cell,)))
        return TableData(form, tuple(lines))

    # -- cells -----------------------------------------------------------------------------

    def _cells(
        self,
        form: TableForm,
        base: str,
        label: str,
        given: Any,
        row: Row | None,
        columns: tuple[Column, ...] = (),
    ) -> tuple[Cell, ...] | None:
        """The cells of one line; a blank line leaves every cell blank."""
        columns = columns or form.columns
        if isinstance(given, Text) and given == "":
            return tuple(Cell(f"{base}.{c.address}", "", given.at) for c in columns)
        table = as_table(given, self.found)
        if table is None:
            return None
        meant = self._unknown_columns(table, (), columns)
        cells = []
        told: set[Place] = set()
        for column in columns:
            value: Any = table
            holder = table
            for part in column.path:
                if value == "":
                    break  # a merged head left blank: all cells under it are blank
                if not isinstance(value, Table):
                    if value.at not in told:  # once for all columns under a merged head
                        told.add(value.at)
                        as_table(value, self.found)
                    value = None
                    break
                holder = value
                value = value.of(part)
                if value is None:
                    self._missing(".".join(column.path), holder.at, meant, part)
                    break
            name = "·".join(column.path)
            address = f"{base}.{column.address}"
            if value is None:  # said above; the cells of a line stay in column order
                cells.append(Cell(address, "", holder.at))
                continue
            cells.append(self._cell(form, address, label, name, value, column, row))
        return tuple(cells)

    def _cell(
        self,
        form: TableForm,
        address: str,
        label: str,
        column_label: str,
        value: Any,
        column: Column,
        row: Row | None,
        concept: str = "",
    ) -> Cell:
        words = as_text(value, self.found)
        if words is None:
            return Cell(address, "", value.at)
        concept = concept or column.concept
        if not concept and row is not None and not column.derived:
            concept = row.concept
        if concept == NO_CONCEPT:
            concept = ""
        if words == "" or column.type == "text":
            return Cell(address, str(words), words.at, concept)
        figure = self._figure(form, words, column, row)
        if figure is None:
            return Cell(address, str(words), words.at, concept)
        if concept and column.type == "measure":
            figure = self._in_concept_unit(words, figure, concept)
        year_ = column.year or (self.year - 1 if column.basis == "上年决算" else self.year)
        fact = Fact(
            address,
            form.address,
            label,
            column_label,
            concept,
            column.basis,
            year_,
            form.subject,
            figure,
            words.at,
        )
        return Cell(address, str(words), words.at, concept, fact)

    def _figure(
        self, form: TableForm, words: Text, column: Column, row: Row | None
    ) -> Figure | None:
        if column.type == "target":
            return measure(words)
        if column.type == "measure":
            figure = measure(words)
            if figure is None:
                self.found.append(Finding(rules.MEASURE, words.at, {"text": str(words)}))
            return figure
        unit = (row.unit if row else "") or column.unit or form.unit
        figure = plain_figure(words, unit)
        if figure is None:
            rule = rules.PERCENT if unit == "%" else rules.NUMBER
            self.found.append(Finding(rule, words.at, {"text": str(words)}))
        return figure

    def _in_concept_unit(self, words: Text, figure: Figure, concept: str) -> Figure:
        """The figure with its concept's unit where none is printed; a finding where they clash."""
        unit = self.concepts[concept].unit if concept in self.concepts else ""
        if unit and not figure.unit:
            return Figure(figure.amount, unit, figure.text, figure.about)
        if unit and figure.factor_to(unit) is None:
            facts = {"text": str(words), "concept": concept, "unit": unit}
            self.found.append(Finding(rules.UNIT, words.at, facts))
        return figure

    def _free_table(self, table: Table, name: str) -> Iterator[tuple[Text, Any]]:
        value = table.of(name)
        if value is None or value == "":
            return
        inner = as_table(value, self.found)
        if inner is not None:
            yield from inner.items()

    def _missing(self, name: str, at: Place, meant: set[str], part: str = "") -> None:
        """Say that a key is missing, unless an unknown one seems to be meant for it."""
        if (part or name) not in meant:
            self.found.append(Finding(rules.MISSING, at, {"key": name}))

    def _unknown_columns(
        self, table: Table, heads: tuple[str, ...], columns: tuple[Column, ...]
    ) -> set[str]:
        depth = len(heads)
        under = [c for c in columns if c.path[:depth] == heads]
        meant = unknown_keys(table, dict.fromkeys(c.path[depth] for c in under), self.found)
        for name, value in table.items():
            inner = (*heads, str(name))
            if isinstance(value, Table) and any(
                c.path[: depth + 1] == inner and len(c.path) > depth + 1 for c in under
            ):
                meant |= self._unknown_columns(value, inner, columns)
        return meant
