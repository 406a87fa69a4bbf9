"""单价乘数量不等于金额: a row of a list whose amount is not its price times its quantity, as the others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from site_builder.figure import Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import TableForm
from site_builder.relations import verdict
from site_builder.report import Fact, Line, TableData
from site_builder.rules.column_labels import is_total, label_of
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "product-differs",
    "warning",
    Words("单价乘数量不等于金额", "Price times quantity is not the amount"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}；表里其他各行是这样算的",
        "“{label}” is {printed}; {formula} makes {recomputed}, as in the other rows",
    ),
    Words(
        "请核对单价、数量和金额三个数",
        "check price, quantity and amount",
    ),
    Words(
        "单价、数量、金额三个数只要有两个就能推出第三个。",
        "Of price, quantity and amount two give the third.",
    ),
    yields_to=("sum-differs",),
)
PRICE = re.compile(
    "单价|单位造价|(?:补助|补贴|发放|奖补|救助)标准|每[人户亩公处][^，,]{0,4}(?:元|标准)|标准"
)
QUANTITY = re.compile("数量|工程量|面积|里程|长度|人数|户数|亩数|个数")
AMOUNT = re.compile("金额|合计|小计|投入|支出|补助资金|资金额|总价|造价")


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists and grids with one column of each kind; two rows or more must be made so."""
    found = False
    for table in subject.disclosure.report.tables:
        columns = _columns(table.form)
        if columns is not None:
            for outcome in _rows(table, columns):
                found = True
                yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有单价和数量", "no prices and quantities"))


@lru_cache(maxsize=256)
def _columns(form: TableForm) -> tuple[int, int, int] | None:
    """Price, quantity and amount."""
    prices, counts, amounts = (
        [
            n
            for n, c in enumerate(form.columns)
            if wanted.search(c.label) and c.type != "text" and c.unit != "%"
        ]
        for wanted in (PRICE, QUANTITY, AMOUNT)
    )
    amounts = [n for n in amounts if n not in prices]
    counts = [n for n in counts if n not in prices]
    if len(prices) == len(counts) == len(amounts) == 1:
        return prices[0], counts[0], amounts[0]
    return None


def _rows(table: TableData, columns: tuple[int, int, int]) -> Iterator[Outcome]:
    fits, misses = 0, []
    for line in table.lines:
        made = None if is_total(line) else _product(line, columns)
        if made is None:
            continue
        price, count, fact, amount, span = made
        if verdict(fact.figure, amount, span) != "differs":
            fits += 1
        else:
            misses.append((price, count, fact, amount))
    if len(misses) * 2 > fits:
        return
    yield Outcome(RULE)
    for price, count, fact, amount in misses:
        right = f"{shown(amount, max(2, fact.figure.decimals))}{fact.figure.unit}"
        formula = f"{price.figure} × {count.figure}"
        words = {
            "label": label_of(table, fact),
            "printed": str(fact.figure),
            "formula": formula,
            "recomputed": right,
        }
        finding = Finding(
            RULE,
            fact.at,
            words,
            (price.at, count.at),
            fact.address,
            fact.figure.text,
            right,
            formula=formula,
        )
        yield Outcome(RULE, (price.address, count.address, fact.address), finding)


def _product(
    line: Line, columns: tuple[int, int, int]
) -> tuple[Fact, Fact, Fact, Decimal, Interval] | None:
    price, count, fact = (line.cells[n].fact for n in columns)
    if price is None or count is None or fact is None:
        return None
    if fact.figure.kind != "money" or count.figure.about:
        return None
    unit = price.figure.unit.partition("/")[0]
    factor = replace(price.figure, unit=unit).factor_to(fact.figure.unit)
    if factor is None:
        return None
    amount = price.figure.amount * count.figure.amount * factor
    low, high = price.figure.written_interval()
    least, most = count.figure.interval()
    return price, count, fact, amount, Interval(low * least * factor, high * most * factor)
