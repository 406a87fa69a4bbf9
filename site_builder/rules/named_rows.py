"""Rows of tables by the name that sentences call them by, and the same row in last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from site_builder.library import Disclosure, Library
from site_builder.report import Fact, Line, Report, TableData
from site_builder.rules.column_labels import is_total
from site_builder.rules.indicator_lines import lines_of
from site_builder.told import plain_label

NAME = re.compile("[\u4e00-\u9fff（）()、“”A-Za-z0-9-]{2,30}")
HAN = re.compile("[\u4e00-\u9fff]+")
NAMING = re.compile("名称|项目|内容|事项|资金|任务|目标")
# Pairs of characters that half of all labels share tell nothing.
COMMON = frozenset(
    re.findall(
        "..",
        "情况数量金额合计总计全年年度本年上年单位实际完成"
        "计划目标指标工作建设项目资金经费支出年末年初",
    )
)


@dataclass(eq=False, slots=True)
class NamedRow:
    """A line of a table with its name; `facts` are its figures. Never changed once made."""

    name: str
    table: TableData
    line: Line
    facts: tuple[Fact, ...]
    total: bool


def named_rows(library: Library, disclosure: Disclosure) -> tuple[NamedRow, ...]:
    """Lines of the town's own tables; lists of people are left out."""
    report = disclosure.report
    return library.once(("named rows", disclosure.key), lambda: tuple(_rows(report)))


def _rows(report: Report) -> Iterator[NamedRow]:
    for table in report.tables:
        form = table.form
        if form.subject or form.names_people:
            continue
        if form.kind == "indicators":
            yield from _indicators(table)
            continue
        place = _names(table)
        for line in table.lines:
            total = is_total(line)
            if form.kind == "list":
                name = "" if place is None else line.cells[place].text.strip()
                name = "合计" if total else name
            else:
                name = line.label
            if name := _name(name):
                facts = tuple([c.fact for c in line.cells if c.fact is not None])
                yield NamedRow(name, table, line, facts, total)


@lru_cache(maxsize=65536)
def _name(label: str) -> str:
    """What a sentence would call a row by its label; empty where that is no name."""
    name = plain_label(label)
    return name if NAME.fullmatch(name) else ""


def _indicators(table: TableData) -> Iterator[NamedRow]:
    """Indicators, with the sign and the unit that stand in columns of their own."""
    for line, one in zip(table.lines, lines_of(table), strict=True):
        if name := _name(one.label):
            cells = (one.target, one.result)
            facts = tuple([c.fact for c in cells if c is not None and c.fact is not None])
            yield NamedRow(name, table, line, facts, False)


def _names(table: TableData) -> int | None:
    """The column that names records: words, and no two alike."""
    for wanted in (NAMING, HAN):
        for number, column in enumerate(table.form.columns):
            if column.type != "text" or not wanted.search(column.label):
                continue
            words = [n.cells[number].text.strip() for n in table.lines if not is_total(n)]
            told = [w for w in words if HAN.search(w)]
            if len(told) * 2 > len(words) and len(told) == len(set(told)):
                return number
    return None


def row_in(rows: tuple[NamedRow, ...], row: NamedRow) -> NamedRow | None:
    """The only row of the same name in the table of the same address; None when there is none."""
    found = [
        other
        for other in rows
        if other.name == row.name and other.table.form.address == row.table.form.address
    ]
    return found[0] if len(found) == 1 else None


def fact_in(row: NamedRow, column: str) -> Fact | None:
    """The figure of a row under the column of that label."""
    return next((fact for fact in row.facts if fact.column == column), None)


def pairs_of(name: str) -> set[str]:
    """The pairs of neighbouring characters of a name, those of most labels aside."""
    return {n[i : i + 2] for n in HAN.findall(name) for i in range(len(n) - 1)} - COMMON


def is_called(name: str, words: str) -> bool:
    """Does half of the name's pairs of characters stand in `words`?"""
    pairs = pairs_of(name)
    held = sum(pair in words for pair in pairs)
    return bool(pairs) and held * 2 >= len(pairs)
