"""Read a report's file: every table of its form as cells, each with its place; misfits as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from site_builder import reading_rules as rules
from site_builder.concepts import Concept
from site_builder.explained import read_explanations
from site_builder.figure import (
    KIND_NAME,
    MEASURED,
    PIECES,
    Figure,
    measure,
    money_misspelt,
    plain_figure,
)
from site_builder.finding import Finding, ReportKey, instead
from site_builder.forms import Form, TableForm
from site_builder.misread import misread
from site_builder.per_project import per_project
from site_builder.place import Place
from site_builder.report import NO_CELLS, Cell, Fact, Heading, Line, Report, TableData
from site_builder.shape import (
    as_items,
    as_table,
    as_text,
    guess,
    lacking,
    read,
    unknown_keys,
)
from site_builder.slots import (
    Slot,
    fields_of,
    group_of,
    heads_of,
    open_field_of,
    record_name,
    record_of,
    rows_of,
    totals_of,
)
from site_builder.yaml_file import Items, Table, Text

# Findings that leave a table with cells too few or misplaced: its sums are then not judged.
STRUCTURE = (rules.MISSING, rules.UNKNOWN_KEY, rules.NOT_TABLE)
# What forms print in a cell of figures where nothing is to be filled in.
DASHES = frozenset(("—", "——", "－", "–", "-", "--", "/", "／"))


def read_report(
    table: Table,
    file: str,
    report_key: ReportKey,
    forms: dict[str, Form],
    profiles: Any,
    concepts: dict[str, Concept],
    found: list[Finding],
    faulty: frozenset[str] = frozenset(),
) -> Report | None:
    """Read a report's table; None when its head or form cannot be read.

    What is wrong with a form or profile is said there (`faulty`), not at each of its reports.
    """
    meant = unknown_keys(table, ("报告", "数据", "认可"), found)
    head = table.of("报告")
    if head is None:
        if "报告" not in meant:
            found.append(Finding(rules.MISSING, table.at, {"key": "报告"} | lacking("报告")))
        return None
    heading = read(Heading, head, found)
    if heading is None:
        return None
    if heading.year != report_key.year:
        at = head.of("年度").at
        words = {"what": "年度", "text": str(heading.year), "path": str(report_key.year)}
        found.append(Finding(rules.PATH_DIFFERS, at, words))
    form = forms.get(heading.form)
    of_form = found
    if f"data/forms/{heading.form}.yaml" in faulty:
        if form is None:
            return None
        of_form = []
    if form is None:
        words = {"name": str(heading.form), "kind": "表单", "kind_en": "form"}
        words.update(guess(heading.form, forms))
        found.append(Finding(rules.UNKNOWN_NAME, heading.form.at, words))
        return None
    if heading.profile not in profiles and f"data/profiles/{heading.profile}.yaml" not in faulty:
        words = {"name": str(heading.profile), "kind": "口径", "kind_en": "profile"}
        words.update(guess(heading.profile, profiles))
        found.append(Finding(rules.UNKNOWN_NAME, heading.profile.at, words))
    data = table.of("数据")
    body = as_table(data, found) if data not in (None, "") else None
    if body is None:
        if data in (None, "") and "数据" not in meant:
            at = table.at if data is None else data.at
            found.append(Finding(rules.MISSING, at, {"key": "数据"} | lacking("数据")))
        return None
    form, body = per_project(form, body, of_form)
    tables = _Reader(form, report_key, concepts, of_form).tables(body)
    cells: dict[str, Cell] = {}
    for one in tables:
        cells.update([(cell.address, cell) for line in one.lines for cell in line.cells])
        if one.group_weights or one.total:
            more = (*one.group_weights.values(), *one.total.values())
            cells.update([(cell.address, cell) for cell in more])
    prose = {t.address for t in form.tables if t.in_prose}
    facts = tuple([cell.fact for cell in cells.values() if cell.fact is not None])
    by_concept: dict[str, list[Fact]] = {}
    for said in (False, True):  # tables before prose
        for fact in facts:
            if fact.concept and (fact.table in prose) is said:
                by_concept.setdefault(fact.concept, []).append(fact)
    return Report(
        key=report_key,
        file=file,
        heading=heading,
        form=form,
        tables=tables,
        acknowledgements=read_explanations(table, found),
        cells=cells,
        facts=facts,
        by_concept={name: tuple(list_) for name, list_ in by_concept.items()},
    )


class _Reader:
    """Reads the tables of one report; holds the form, the year and the findings."""

    def __init__(
        self, form: Form, report: ReportKey, concepts: dict[str, Concept], found: list[Finding]
    ) -> None:
        self.form = form
        self.year = report.year
        self.year_before = report.year - 1
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
        for row, slots in rows_of(form):
            given = table.of(row.label)
            if given is None:
                self._missing(row.label, table.at, meant)
                continue
            cells = self._cells(form, slots, row.label, given)
            if cells is not None:
                lines.append(Line(row.label, cells, row))
        return TableData(form, tuple(lines))

    def _list(self, form: TableForm, value: Any) -> TableData | None:
        items = as_items(value, self.found)
        if items is None:
            return None
        lines = []
        for count, entry in enumerate(items, 1):
            label, slots = record_of(form, count)
            cells = self._cells(form, slots, record_name(form, entry) or label, entry)
            if cells is not None:
                lines.append(Line(label, cells))
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
        lines = []
        for count, entry in enumerate(items or (), 1):
            label, slots = record_of(form, count)
            if isinstance(entry, Table) and form.levels:
                label = str(entry.of(form.levels[-1]) or label)
            cells = self._cells(form, slots, label, entry)
            if cells is not None:
                lines.append(Line(label, cells))
        weights: dict[str, Cell] = {}
        groups = dict.fromkeys(line.cells[0].text for line in lines)
        given_groups = table.of("一级指标分值")
        if isinstance(given_groups, Table) and lines:
            unknown_keys(given_groups, groups, self.found)
        for name, given in self._free_table(table, "一级指标分值"):
            slot = group_of(form, str(name))
            weights[slot.row] = self._cell(slot, slot.row, given)
        total: dict[str, Cell] = {}
        totals = totals_of(form)
        for name, given in self._free_table(table, "总分"):
            own = totals.get(str(name))
            if own is None:
                names = [c.label for c in form.columns if c.type == "figure"]
                words = {"key": str(name), **guess(name, names)}
                self.found.append(Finding(rules.UNKNOWN_KEY, name.at, words))
                continue
            total[own.column] = self._cell(own, own.row, given)
        return TableData(form, tuple(lines), weights or NO_CELLS, total or NO_CELLS)

    def _fields(self, form: TableForm, value: Any) -> TableData | None:
        table = as_table(value, self.found)
        if table is None:
            return None
        meant = set() if form.open else unknown_keys(table, form.item_columns, self.found)
        lines = []
        for item in form.items:
            if item.label not in table:
                self._missing(item.label, table.at, meant)
        slots = fields_of(form)
        seen: dict[str, Text] = {}
        for label, given in table.items():
            slot = slots.get(label) or open_field_of(form, str(label))
            if slot is None:
                continue
            if type(given) is not Text:
                as_text(given, self.found)
                continue
            if (twin := seen.setdefault(slot.address, label)) is not label:
                words = {"key": str(label), "line": str(twin.at.line)}
                self.found.append(Finding(rules.DUPLICATE, label.at, words, (twin.at,)))
            lines.append(Line(slot.row, (self._cell(slot, slot.row, given),)))
        return TableData(form, tuple(lines))

    # -- cells -----------------------------------------------------------------------------

    def _cells(
        self, form: TableForm, slots: tuple[Slot, ...], label: str, given: Any
    ) -> tuple[Cell, ...] | None:
        """The cells of one line; a blank line leaves every cell blank."""
        if isinstance(given, Text) and given == "":
            return tuple([Cell(slot.address, "", given.at) for slot in slots])
        table = as_table(given, self.found)
        if table is None:
            return None
        meant = self._unknown_columns(table, (), heads_of(form))
        cells = []
        told: set[Place] = set()
        for slot in slots:
            value = table.of(slot.path[0]) if len(slot.path) == 1 else None
            holder = table
            if value is None:
                value, holder = self._under_heads(slot.path, table, meant, told)
            if value is None:  # said above; the cells of a line stay in column order
                cells.append(Cell(slot.address, "", holder.at))
            else:
                cells.append(self._cell(slot, label, value))
        return tuple(cells)

    def _under_heads(
        self, path: tuple[str, ...], table: Table, meant: set[str], told: set[Place]
    ) -> tuple[Any, Table]:
        """What stands at the end of a path of merged heads, and what it stands in; None if nothing.

        `told` are the places of which a finding says already that no columns are under them.
        """
        value: Any = table
        holder = table
        for part in path:
            if value == "":
                break  # a merged head left blank: all cells under it are blank
            if not isinstance(value, Table):
                if value.at not in told:  # once for all columns under a merged head
                    told.add(value.at)
                    as_table(value, self.found)
                return None, holder
            holder = value
            value = value.of(part)
            if value is None:
                self._missing(".".join(path), holder.at, meant, part)
                break
        return value, holder

    def _cell(self, slot: Slot, row: str, value: Any) -> Cell:
        """What stands in a slot, in the line with the label `row`."""
        at = value.at
        if type(value) is not Text:
            as_text(value, self.found)
            return Cell(slot.address, "", at)
        text = str(value)
        wordy = text == "" or text in DASHES or slot.type == "text"
        figure = None if wordy else self._figure(slot, text, at)
        if figure is not None and slot.concept and slot.type == "measure":
            figure = self._in_concept_unit(figure, slot.concept, text, at)
        if figure is None:
            unread = not wordy and slot.type != "target"  # a target may be words
            return Cell(slot.address, text, at, slot.concept, None, unread)
        if figure.text == text:
            text = figure.text  # one and the same text is held once
        fact = Fact(
            slot.address,
            slot.table,
            row,
            slot.column,
            slot.concept,
            slot.basis,
            slot.year or (self.year_before if slot.of_year_before else self.year),
            slot.subject,
            figure,
            at,
        )
        return Cell(slot.address, text, at, slot.concept, fact)

    def _figure(self, slot: Slot, text: str, at: Place) -> Figure | None:
        if slot.type == "target":
            return measure(text)
        if slot.type == "measure":
            figure = measure(text)
            rule = rules.MEASURE
        else:
            figure = plain_figure(text, slot.unit)
            rule = rules.PERCENT if slot.unit == "%" else rules.NUMBER
        if figure is None:
            own = None if slot.type == "measure" else slot.unit
            reads = measure if own is None else partial(plain_figure, unit=own)
            words, cause = misread(text, reads, own)
            self.found.append(Finding(rule, at, words, cause=cause))
        return figure

    def _in_concept_unit(self, figure: Figure, concept: str, text: str, at: Place) -> Figure | None:
        """The figure with its concept's unit where none is printed; a finding, and None, where they clash."""
        unit = self.concepts[concept].unit if concept in self.concepts else ""
        if unit and not figure.unit:
            return Figure(figure.amount, unit, figure.text, figure.about)
        if figure.unit in PIECES and KIND_NAME.get(unit, "") not in MEASURED:
            return Figure(figure.amount, unit, figure.text, figure.about)  # 310个 of 批次
        if unit and figure.factor_to(unit) is None:
            facts = {"text": text, "concept": concept, "unit": unit}
            if meant := money_misspelt(text.lstrip("0123456789.,- ")):
                facts |= instead(f"单位请写成“{meant}”", f"write the unit as “{meant}”")
            self.found.append(Finding(rules.UNIT, at, facts))
            return None
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
        self, table: Table, heads: tuple[str, ...], under: dict[tuple[str, ...], dict[str, None]]
    ) -> set[str]:
        meant = unknown_keys(table, under[heads], self.found)
        if len(under) > 1:
            for name, value in table.items():
                if isinstance(value, Table) and (inner := (*heads, str(name))) in under:
                    meant |= self._unknown_columns(value, inner, under)
        return meant
