"""Whether a goal was met, by its target and its result; and the lists that hold goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import Figure, measure
from site_builder.forms import TableForm
from site_builder.report import Cell, Report, TableData
from site_builder.rules.column_labels import is_total
from site_builder.rules.goal_words import bare, told_alike
from site_builder.rules.indicator_lines import indicator_tables

PLAN = re.compile("计划|目标|任务|年度指标值|预期")
DONE = re.compile("完成(?:数|值|量|情况)|实际(?:数|值|完成)|完成$")
# Columns of words that name a goal only where no other does.
NO_NAME = re.compile("编号|完成|进[度展]|时[间限]|单位|部门|责任|备注|说明|原因")
FEWER = re.compile("≤|≦|<|＜|不超|不高于|不大于|以内|以下|小于|低于|少于|下降|减少|控制")
SIGNS = re.compile("^(?:≥|≧|>=|＞|>|≤|≦|<=|＜|<|=|＝|不低于|不少于|不超过|不高于|达到)[ ]?")


class Goal(NamedTuple):
    """An indicator, or a line of a list of goals; `notes` are what else stands in its line."""

    label: str
    target: Cell
    result: Cell
    notes: tuple[Cell, ...]


def goals_of(report: Report) -> Iterator[Goal]:
    """Everything of a report that has a goal and a result."""
    for _, lines in indicator_tables(report):
        for one in lines:
            if one.target is not None and one.result is not None:
                notes = one.notes if one.reason is None else (one.reason, *one.notes)
                yield Goal(one.label, one.target, one.result, notes)
    for table in report.tables:
        yield from listed_goals(table)


def listed_goals(table: TableData) -> Iterator[Goal]:
    """The lines of a list of goals, totals aside; none of any other table."""
    columns = plan_and_done(table.form) if table.form.kind == "list" else None
    if columns is not None:
        plan, done, name = columns
        for line in table.lines:
            if not is_total(line):
                cells = line.cells
                yield Goal(cells[name].text, cells[plan], cells[done], cells)


@lru_cache(maxsize=256)
def plan_and_done(form: TableForm) -> tuple[int, int, int] | None:
    """The columns of a list that hold a goal, what came of it, and its name; None for other lists."""
    plan = [n for n, c in enumerate(form.columns) if PLAN.search(c.label) and c.type != "text"]
    done = [
        n
        for n, c in enumerate(form.columns)
        if DONE.search(c.label) and c.type != "text" and c.unit != "%" and n not in plan
    ]
    names = [n for n, c in enumerate(form.columns) if c.type == "text" and "序号" not in c.label]
    names.sort(key=lambda n: NO_NAME.search(form.columns[n].label) is not None)
    return (plan[0], done[0], names[0]) if len(plan) == len(done) == 1 and names else None


def is_met(target: Cell | None, result: Cell | None, label: str) -> bool | None:
    """Does a result in figures reach its target? None where it cannot be told."""
    if target is None or result is None:
        return None
    wish, done, _ = told_alike(target.text, result.text, label)
    goal, came = _figure(target, wish), _figure(result, done)
    if goal is None or came is None or came.about:
        return None
    factor = came.factor_to(goal.unit)
    if factor is None:
        return None
    amount = came.amount * factor
    if FEWER.search(target.text + label):
        return amount <= goal.amount
    if goal.amount == 0:
        return amount == 0
    return amount >= goal.amount


def _figure(cell: Cell, words: str) -> Figure | None:
    if cell.fact is not None:
        return cell.fact.figure
    figure = measure(SIGNS.sub("", bare(words)))
    return None if figure is None else Figure(figure.amount, figure.unit, figure.text)
