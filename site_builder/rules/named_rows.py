"""Rows of tables by the name that sentences call them by, and the same row in last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.record import record
from site_builder.report import Fact, Line, Report, TableData
from site_builder.rules.column_labels import is_total, names_people
from site_builder.told import plain_label

NAME = re.compile("[\u4e00-\u9fff（）()、“”A-Za-z0-9-]{2,30}")
HAN = re.compile("[\u4e00-\u9fff]+")
# Pairs of characters that half of all labels share tell nothing.
COMMON = frozenset(
    re.findall(
        "..",
        "情况数量金额合计总计全年年度本年上年单位实际完成"
        "计划目标指标工作建设项目资金经费支出年末年初",
    )
)


@record
class NamedRow:
    """A line of a table with its name; `facts` are its figures."""

    name: str
    table: TableData
    line: Line
    facts: tuple[Fact, ...]
    total: bool


def named_rows(report: Report) -> Iterator[NamedRow]:
    """Lines of the town's own grids, lists and indicator tables; lists of people are left out."""
    for table in report.tables:
        form = table.form
        if form.kind == "fields" or form.subject or names_people(form):
            continue
        for line in table.lines:
            if form.kind == "list":
                words = (c.text.strip() for c in line.cells if c.fact is None)
                name = next((w for w in words if NAME.fullmatch(w) and HAN.search(w)), "")
            else:
                name = plain_label(line.label)
            if name:
                facts = tuple([c.fact for c in line.cells if c.fact is not None])
                yield NamedRow(name, table, line, facts, is_total(line))


def row_in(report: Report, row: NamedRow) -> Line | None:
    """The only line of the same name in the table of the same address; None when there is none."""
    found = [
        other.line
        for other in named_rows(report)
        if other.name == row.name and other.table.form.address == row.table.form.address
    ]
    return found[0] if len(found) == 1 else None


def fact_in(line: Line, column: str) -> Fact | None:
    """The figure of a line under the column of that label."""
    return next(
        (c.fact for c in line.cells if c.fact is not None and c.fact.column == column), None
    )


def pairs_of(name: str) -> set[str]:
    """The pairs of neighbouring characters of a name, those of most labels aside."""
    return {n[i : i + 2] for n in HAN.findall(name) for i in range(len(n) - 1)} - COMMON


def is_called(name: str, words: str) -> bool:
    """Does half of the name's pairs of characters stand in `words`?"""
    pairs = pairs_of(name)
    held = sum(pair in words for pair in pairs)
    return bool(pairs) and held * 2 >= len(pairs)
