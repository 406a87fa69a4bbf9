"""The lines of an indicator table, their cells by role: target, result, weight, score, reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.forms import Column, TableForm, address_part
from site_builder.record import record
from site_builder.report import Cell, Report, TableData

TARGET = re.compile("指标值|目标值|预期值|年初目标|计划值")
RESULT = re.compile("完成值|实际值|完成情况|实际完成|完成数")
REASON = re.compile("偏差|原因")
NOTHING = ("", "无", "—", "-", "/", "——", "未填")


@record
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
    roles, noted, depth = _columns(table.form)
    for line in table.lines:
        cells = line.cells
        target, result, weight, score, reason = [
            None if number is None else cells[number] for number in roles
        ]
        levels = tuple([cell.text for cell in cells[:depth]])
        notes = tuple([cells[number] for number in noted])
        yield IndicatorLine(line.label, levels, target, result, weight, score, reason, notes)


@lru_cache(maxsize=256)
def _columns(form: TableForm) -> tuple[tuple[int | None, ...], tuple[int, ...], int]:
    """Which cells of a line are target, result, weight, score and reason, which notes; the levels."""
    places = {
        a: n
        for n, a in enumerate((*map(address_part, form.levels), *(c.address for c in form.columns)))
    }

    def place(column: Column | None) -> int | None:
        return None if column is None else places[column.address]

    target, result, reason = (
        next((c for c in form.columns if not c.role and wanted.search(c.label)), None)
        for wanted in (TARGET, RESULT, REASON)
    )
    weight, score = form.column_with("分值"), form.column_with("得分")
    noted = [
        places[c.address] for c in form.columns if c.type == "text" and not REASON.search(c.label)
    ]
    roles = tuple(map(place, (target, result, weight, score, reason)))
    return roles, tuple(noted), len(form.levels)
