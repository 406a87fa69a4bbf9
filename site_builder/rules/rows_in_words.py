"""Lists with a column of words for what was done: each record with its goal and its outcome in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.forms import TableForm
from site_builder.record import record
from site_builder.report import Cell
from site_builder.rules.named_rows import NamedRow, named_rows
from site_builder.rules.outcome import Subject
from site_builder.rules.rows_told import GOAL

DONE = re.compile("完成情况|完成内容|实施情况|实际完成|进展|成效|效果|结果")
VERB = re.compile(
    "(建成|完成|铺设|安装|新建|改造|维护|硬化|修建|发放|培训|清淤|衬砌|栽植|拆除|发现|发生|修复|购置|种植)"
)
OTHERWISE = re.compile("上年|去年|计划|拟|将|力争|累计|其中|以来|预计|目标")


@record
class Row:
    """A record with its goal and its outcome in words."""

    row: NamedRow
    goal: Cell | None
    done: Cell
    column: str


def rows_in_words(subject: Subject) -> Iterator[Row]:
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind == "list":
            goal, done = _columns(row.table.form)
            if done is not None:
                cells = row.line.cells
                label = row.table.form.columns[done].label
                yield Row(row, None if goal is None else cells[goal], cells[done], label)


@lru_cache(maxsize=256)
def _columns(form: TableForm) -> tuple[int | None, int | None]:
    """The columns of a list that say what was wanted, and what was done."""
    labels = [column.label for column in form.columns]
    done = [n for n, label in enumerate(labels) if DONE.search(label)]
    goal = [n for n, label in enumerate(labels) if GOAL.search(label) and n not in done]
    return next(iter(goal), None), next(iter(done), None)
