"""The lines of an indicator table, their cells by role: target, result, weight, score, reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.forms import address_part
from site_builder.report import Cell, Report, TableData

TARGET = re.compile("指标值|目标值|预期值|年初目标|计划值")
RESULT = re.compile("完成值|实际值|完成情况|实际完成|完成数")
REASON = re.compile("偏差|原因")
NOTHING = ("", "无", "—", "-", "/", "——", "未填")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator; a cell is None where the form has no such column. `levels` are its groups."""

    label: str
    levels: tuple[str, ...]
    target: Cell | None
    result: Cell | None
    weight: Cell | None
    score: Cell | None
    reason: Cell | None
    notes: tuple[Cell, ...] = ()  # what the other columns say in words

    @property
    def name(self) -> str:
        """Group, subgroup and indicator as one text."""
        return "·".join(self.levels)

    @property
    def unexplained(self) -> bool:
        """Has the form a column for reasons, and is it blank here?"""
        return self.reason is not None and self.reason.text.strip() in NOTHING


def indicator_tables(report: Report) -> Iterator[tuple[TableData, tuple[IndicatorLine, ...]]]:
    """Every indicator table with its lines."""
    for table in report.tables:
        if table.form.kind == "indicators":
            yield table, tuple(_lines(table))


def _lines(table: TableData) -> Iterator[IndicatorLine]:
    form = table.form
    places = {
        a: n
        for n, a in enumerate((*map(address_part, form.levels), *(c.address for c in form.columns)))
    }
    columns: dict[str, int | None] = {}
    for role, wanted in (("target", TARGET), ("result", RESULT), ("reason", REASON)):
        found = next((c for c in form.columns if not c.role and wanted.search(c.label)), None)
        columns[role] = places[found.address] if found else None
    for role, name in (("weight", "分值"), ("score", "得分")):
        column = form.column_with(name)
        columns[role] = places[column.address] if column else None
    noted = [
        places[c.address] for c in form.columns if c.type == "text" and not REASON.search(c.label)
    ]
    for line in table.lines:
        cells = line.cells
        given = {role: None if n is None else cells[n] for role, n in columns.items()}
        levels = tuple(c.text for c in cells[: len(form.levels)])
        notes = tuple(cells[n] for n in noted)
        yield IndicatorLine(line.label, levels, **given, notes=notes)
