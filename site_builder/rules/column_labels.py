"""What the labels of columns and lines say: amounts, rates, growth, shares, changes, totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from site_builder.forms import Column, TableForm
from site_builder.report import Line

_RESULTS = ("率", "增", "降", "差", "占")
_RATE = re.compile("(?:执行|完成|到位|支付|支出|使用|控制|拨付)(?:率|进度)|(?:完成|占)预算")
_GROWTH = re.compile("增减|增长|增幅|变动|变化|同比")
_DROP = re.compile("(?:节约|下降|降低|减少|压减|结余)(?:率|幅度|比例)|降幅")
_SHARE = re.compile("占比|比重|占.{0,6}(?:比例|％|%)")
_CHANGE = re.compile("增减|增加|差额|差异|变动|变化|结余|结转|节约|减少")
_NO_AMOUNT = re.compile("标准|单价|均|序号|月数|年限|次数|排名|得分|分值|权重|面积")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|总额)(?:数|额)?$")


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns that hold amounts, that can be added up, and what the others say by their labels."""

    amounts: tuple[int, ...]
    summed: tuple[int, ...]
    results: tuple[tuple[int, str], ...]


@lru_cache(maxsize=256)
def plan_of(form: TableForm) -> Plan:
    figures = [(n, c) for n, c in enumerate(form.columns) if c.type == "figure"]
    kinds = {n: _kind(c) for n, c in figures}
    amounts = tuple([n for n, c in figures if not kinds[n] and _is_amount(c)])
    summed = [n for n, c in figures if kinds[n] in ("", "差") and _is_amount(c)]
    results = [(n, kind) for n, kind in kinds.items() if kind in _RESULTS]
    return Plan(amounts, tuple(summed), tuple(results if len(amounts) <= 8 else ()))  # quick


def _is_amount(column: Column) -> bool:
    return column.unit not in ("%", "分") and not _NO_AMOUNT.search(column.label)


def _kind(column: Column) -> str:
    """率, 增, 降, 占 or 差; nothing for an amount, and where the form says itself what holds."""
    label = column.label
    if column.relations:
        return "声明" if column.derived else ""
    if column.unit == "%":
        for kind, pattern in (("占", _SHARE), ("降", _DROP), ("增", _GROWTH), ("率", _RATE)):
            if pattern.search(label):
                return kind
        return "不明"
    return "差" if not column.basis and _CHANGE.search(label) else ""


def is_total(line: Line) -> bool:
    """Is the line called a total: by its label, or in a list by one of its words?"""
    if line.row is not None:
        return bool(_TOTAL.search(line.label.strip()))
    return any(
        c.fact is None  # quick
        and _TOTAL.fullmatch(c.text.strip())
        for c in line.cells
    )
