"""What the labels of columns and lines say: amounts, rates, growth, shares, changes, totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from site_builder.forms import Column, TableForm
from site_builder.report import Line

_RESULTS = ("率", "增", "降", "差", "占")
# A rate of what, is learned from the table: 参保率, 清运率, 完成比例; not one that is set or asked for.
_RATE = re.compile("率|进度|满意度|比例|(?:完成|占)预算|占[^占]{0,3}(?:任务|计划|目标)")
# 占年任务之比, 目标任务完成率: of what was set, which is not set itself
_OF_SET = re.compile("占|完成")
_SET = re.compile("税率|利率|费率|标准|目标|计划|任务|上年|去年|权重|增加值")
_GROWTH = re.compile("增减|增长|增幅|变动|变化|同比|±|(?:比|较)(?:上年|去年)")
_DROP = re.compile("(?:节约|下降|降低|减少|压减|结余)(?:率|幅度|比例)|降幅")
_SHARE = re.compile("占比|比重|占.{0,6}(?:比例|％|%)")
_CHANGE = re.compile(
    "增减|增加|差额|差异|变动|变化|结余|结转|节约|减少|剩余|缺口|尚欠|未[参缴完发付支][^率]{0,3}(?:[人户]?数|额|量|[人户]$)"
)
# With a basis as well: 结余 may be an amount of its own, 差额 is none.
_GAP = re.compile(
    "增减(?!率)|差额|变动额|(?<!上年)(?<!年初)(?:结余|剩余)(?:资金|额|数)?(?:[（(]|$)|节约"
)
IN_POST = re.compile("实有|在职|在编人|在岗")
_NO_AMOUNT = re.compile("标准|单价|均|序号|月数|年限|次数|排名|得分|分值|权重|面积")
_SUM = r"(?:合\s*计|总\s*计|小\s*计|共\s*计|总额)(?:数|额)?"
_TOTAL = re.compile(rf"{_SUM}(?:[（(][^（()）]*[)）])?$")
_TOTAL_WORD = re.compile(
    rf"(?:[全本]?[镇乡县]|项目|资金|金额|经费|支出|收入|补助|补贴)*(?:{_SUM}|累\s*计)(?:[：:]|[（(][^（()）]*[)）])?"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns that hold amounts, that can be added up, and what the others say by their labels."""

    amounts: tuple[int, ...]
    summed: tuple[int, ...]
    results: tuple[tuple[int, str], ...]
    related: tuple[int, ...] = ()  # the amounts, and columns whose cells carry their own units


@lru_cache(maxsize=256)
def plan_of(form: TableForm) -> Plan:
    figures = [(n, c) for n, c in enumerate(form.columns) if c.type == "figure"]
    kinds = {n: _kind(c) for n, c in figures}
    amounts = tuple([n for n, c in figures if not kinds[n] and _is_amount(c)])
    summed = [n for n, c in figures if kinds[n] in ("", "差") and _is_amount(c)]
    results = [(n, kind) for n, kind in kinds.items() if kind in _RESULTS]
    own = [(n, c) for n, c in enumerate(form.columns) if c.type == "target"]
    rates = [n for n, c in own if c.label.endswith(("率", "占比", "完成比例", "满意度"))]
    results += [(n, _share_kind(form.columns[n].label)) for n in rates]
    results = [(n, kind) for n, kind in results if kind != "不明"]
    others = [n for n, c in own if n not in rates and _is_amount(c)]
    related = tuple(sorted((*amounts, *others)))
    results = results if len(related) <= 8 else []  # quick
    return Plan(amounts, tuple(summed), tuple(results), related)


def _is_amount(column: Column) -> bool:
    return column.unit not in ("%", "分") and not _NO_AMOUNT.search(column.label)


def _kind(column: Column) -> str:
    """率, 增, 降, 占 or 差; nothing for an amount, and where the form says itself what holds."""
    label = column.label
    if column.relations:
        return "声明" if column.derived else ""
    if column.unit == "%":
        return _share_kind(label)
    return "差" if (_GAP if column.basis else _CHANGE).search(label) else ""


def _share_kind(label: str) -> str:
    for kind, pattern in (("占", _SHARE), ("降", _DROP), ("增", _GROWTH), ("率", _RATE)):
        if pattern.search(label) and not (
            kind == "率" and _SET.search(label) and not _OF_SET.search(label)
        ):
            return kind
    return "不明"


def is_total(line: Line) -> bool:
    """Is the line called a total: by its label, or in a list by one of its words?"""
    if line.row is not None:
        return bool(_TOTAL.search(line.label.strip()))
    return any(
        c.fact is None  # quick
        and _TOTAL_WORD.fullmatch(c.text.strip())
        for c in line.cells
    )
