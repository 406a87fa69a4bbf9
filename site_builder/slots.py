"""The slots of a form: the places that a report fills, what each is called, and means but for its figure.

What reports of one form have in common is worked out once a form, and its words are held once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from site_builder.forms import NO_CONCEPT, CellType, Column, Row, TableForm, address_part
from site_builder.record import record
from site_builder.yaml_file import Table, Text

# A few words in Chinese, no telephone number among them.
NAME = re.compile(r"(?=.*[\u4e00-\u9fff])(?!.*[0-9]{7}).{2,30}")


@record
class Slot:
    """A place of a form that a report fills: all that a cell there will mean but its figure.

    `path` leads to it within its line; `year` is the one that the form fixes, if any.
    """

    path: tuple[str, ...]
    address: str
    type: CellType
    unit: str
    table: str
    row: str
    column: str
    concept: str
    basis: str
    subject: str
    year: int | None
    of_year_before: bool


def _slot(form: TableForm, address: str, label: str, column: Column, row: Row | None) -> Slot:
    concept = column.concept
    if not concept and row is not None and not (column.derived or column.role):
        concept = row.concept
    return Slot(
        column.path,
        address,
        column.type,
        # A rate stays one in a row that is counted in 批次.
        column.unit
        if column.unit == "%"
        else (row.unit if row else "") or column.unit or form.unit,
        form.address,
        label,
        "·".join(column.path),
        "" if concept == NO_CONCEPT else concept,
        column.basis,
        form.subject,
        column.year,
        column.basis == "上年决算",
    )


@lru_cache(maxsize=256)
def rows_of(form: TableForm) -> tuple[tuple[Row, tuple[Slot, ...]], ...]:
    """The rows of a grid with their slots."""
    return tuple(
        (
            row,
            tuple(
                _slot(form, f"{form.address}.{row.address}.{c.address}", row.label, c, row)
                for c in form.columns
            ),
        )
        for row in form.rows
    )


@lru_cache(maxsize=4096)
def record_of(form: TableForm, count: int) -> tuple[str, tuple[Slot, ...]]:
    """The label and the slots of a list's or an indicator table's line."""
    label = str(count)
    levels = tuple(Column((name,), address_part(name), "text") for name in form.levels)
    return label, tuple(
        _slot(form, f"{form.address}.{count}.{c.address}", label, c, None)
        for c in (*levels, *form.columns)
    )


@lru_cache(maxsize=256)
def fields_of(form: TableForm) -> dict[str, Slot]:
    """The slots of the fields that a form names, by label."""
    return {
        label: _slot(form, f"{form.address}.{address_part(label)}", label, column, None)
        for label, column in form.item_columns.items()
    }


@lru_cache(maxsize=16384)
def open_field_of(form: TableForm, label: str) -> Slot | None:
    """The slot of a field that a form does not name; None where it allows no such fields."""
    if not form.open:
        return None
    column = Column((), address_part(label), "target")
    return _slot(form, f"{form.address}.{address_part(label)}", label, column, None)


@lru_cache(maxsize=4096)
def group_of(form: TableForm, name: str) -> Slot:
    """The slot of the weight of a group of indicators."""
    column = Column(("分值",), "分值", "figure", "分", "自评", role="分值")
    return _slot(form, f"{form.address}.一级指标分值.{address_part(name)}", name, column, None)


@lru_cache(maxsize=256)
def totals_of(form: TableForm) -> dict[str, Slot]:
    """The slots of the totals of an indicator table, by label."""
    slots = {}
    for column in reversed(form.columns):
        scored = column.role == "得分" and not form.subject
        meaning = replace(column, concept="自评得分") if scored else column
        slot = _slot(form, f"{form.address}.总分.{column.address}", "总分", meaning, None)
        slots[column.label] = replace(slot, column=column.label)
    return slots


@lru_cache(maxsize=256)
def heads_of(form: TableForm) -> dict[tuple[str, ...], dict[str, None]]:
    """What may stand in a line under each head, and under none, in order."""
    under: dict[tuple[str, ...], dict[str, None]] = {(): {}}
    for path in (*((level,) for level in form.levels), *(c.path for c in form.columns)):
        for depth, name in enumerate(path):
            under.setdefault(path[:depth], {})[name] = None
    return under


def record_name(form: TableForm, entry: Any) -> str:
    """What people call a record of a list: its first few words, unless a number in them may be a person's."""
    if isinstance(entry, Table):
        for column in form.naming:
            value = entry.of(column.label)
            if isinstance(value, Text) and NAME.fullmatch(value):
                return str(value)
    return ""
