"""The lines of an indicator table, their cells by role: target, result, weight, score, reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from site_builder.figure import NUMBER, measure
from site_builder.forms import Column, TableForm, address_part
from site_builder.record import record
from site_builder.report import Cell, Report, TableData

TARGET = re.compile(
    "指标值|目标值|预期(?:值|目标|指标|实现值)|计划(?:值|数)|(?:年[初度]|设定|绩效|全年)目标$|目标任务|任务目标"
)
RESULT = re.compile("完成值|实际值|完成情况|实际完成|完成数")
REASON = re.compile("偏差|原因|差异说明|扣分说明")
# Forms of some provinces give sign and unit columns of their own.
SIGN = re.compile("^(?:指标性质|指标方向|计算符号|比较符号|运算符号|符号|关系符)$")
UNIT = re.compile("^(?:(?:度量|计量|指标值?)?单位)(?:[（(][^（）()]*[）)])?$")
_BRACKET = re.compile("[（(][^（）()]*[）)]$")  # %（百分比）
SIGNS = frozenset(("≥", "≧", ">=", ">", "＞", "≤", "≦", "<=", "<", "＜", "=", "＝"))
# Columns that say how an indicator is meant or scored, not what came of it.
_HOW = re.compile("计算|公式|方法|办法|标准|细则|解释|内涵|指标(?:说明|内容)|方向")
NOTHING = ("", "无", "—", "-", "/", "——", "未填")
# What is no reason for points taken, or for a result far from its target.
_NO_REASON = re.compile(
    "(?:已|均已|全部)?(?:完成|达成|达标)|正常|不适用|不涉及|不存在|(?:暂?无|没有)(?:偏差|差异|原因)?"
)


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
        """Has the form a column for reasons, and is it blank here, or without a reason?"""
        if self.reason is None:
            return False
        said = self.reason.text.strip().rstrip("。")
        return said in NOTHING or _NO_REASON.fullmatch(said) is not None


def counted_cells(table: TableData, role: str) -> list[Cell]:
    """What a table says of its weights (分值) or scores (得分), line by line.

    Where a whole has its own, its parts repeat it: 年度资金总额 10, 其中：当年财政拨款 10.
    """
    column = table.form.column_with(role)
    if column is None:
        return []
    place = len(table.form.levels) + table.form.columns.index(column)
    parts: set[str] = set()
    cells: list[Cell] = []
    for line in table.lines:
        cell, row = line.cells[place], line.row
        if row is None:
            cells.append(cell)
            continue
        if cell.fact is not None:
            parts.update([name.replace(".", "") for r in row.relations for name in r.operands])
        if row.address not in parts:
            cells.append(cell)
    return cells


def indicator_tables(report: Report) -> Iterator[tuple[TableData, tuple[IndicatorLine, ...]]]:
    """Every indicator table with its lines."""
    for table in report.tables:
        if table.form.kind == "indicators":
            yield table, lines_of(table)


def lines_of(table: TableData) -> tuple[IndicatorLine, ...]:
    """The lines of one indicator table."""
    return tuple(_lines(table))


def _lines(table: TableData) -> Iterator[IndicatorLine]:
    roles, noted, depth = _columns(table.form)
    apart = _apart(table.form)
    for line in table.lines:
        cells = line.cells
        target, result, weight, score, reason = [
            None if number is None else cells[number] for number in roles
        ]
        if apart is not None:
            target, result = _joined(cells, apart, target), _joined(cells, (None, apart[1]), result)
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

    target, result, reason = (_column(form, wanted) for wanted in (TARGET, RESULT, REASON))
    weight, score = form.column_with("分值"), form.column_with("得分")
    words = [c for c in form.columns if c.type == "text" and not REASON.search(c.label)]
    noted = [
        places[c.address]
        for c in words
        if not (SIGN.match(c.label) or UNIT.match(c.label) or _HOW.search(c.label))
    ]
    roles = tuple(map(place, (target, result, weight, score, reason)))
    return roles, tuple(noted), len(form.levels)


def _column(form: TableForm, wanted: re.Pattern[str]) -> Column | None:
    """The column that is called so, itself or by its merged head: 预期指标值 over 符号, 值 and 单位."""
    columns = [c for c in form.columns if not c.role]
    own = next((c for c in columns if wanted.search(c.label)), None)
    if own is not None:
        return own
    return next((c for c in columns if c.type == "target" and wanted.search(c.path[0])), None)


@lru_cache(maxsize=256)
def _apart(form: TableForm) -> tuple[int | None, int | None] | None:
    """Which cells of a line hold the sign and the unit of its target; None where none do."""
    depth = len(form.levels)
    sign, unit = (
        next((depth + n for n, c in enumerate(form.columns) if wanted.match(c.label)), None)
        for wanted in (SIGN, UNIT)
    )
    apart = sign, unit
    return None if apart == (None, None) else apart  # quick


def _joined(
    cells: tuple[Cell, ...], apart: tuple[int | None, int | None], cell: Cell | None
) -> Cell | None:
    """A number with the sign and the unit that stand beside it: ≥, 95, % is ≥95%; ≤, 6次 is ≤6次."""
    if cell is None:
        return None
    sign, unit = ("" if n is None else cells[n].text.strip() for n in apart)
    text = cell.text
    unit = _BRACKET.sub("", unit)
    if unit not in NOTHING and NUMBER.fullmatch(text.lstrip("≥≧≤≦<>＜＞=＝ ")):
        text += unit
    if sign in SIGNS:
        text = sign + text
    figure = measure(text) if text != cell.text else None  # quick
    if figure is None:
        return cell
    fact = None if cell.fact is None else replace(cell.fact, figure=figure)
    return replace(cell, text=text, fact=fact)
