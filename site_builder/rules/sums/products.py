"""单价乘数量不等于金额: a row of a list whose amount is not its price times its quantity, as the others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from site_builder.figure import Figure, Interval, measure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import TableForm
from site_builder.place import Place
from site_builder.record import record
from site_builder.relations import verdict
from site_builder.report import Cell, Fact, Line, TableData
from site_builder.rules.column_labels import is_total
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
    "^[人户亩村]均|^平均|单价|单位造价|(?:补助|补贴|发放|奖补|救助)标准|每[人户亩公处][^，,]{0,4}(?:元|标准)|标准"
)
AVERAGE = re.compile("^[人户亩村平]均")
QUANTITY = re.compile("数量|工程量|面积|里程|长度|[人户亩个台座株盏]数|人次|人口")
AMOUNT = re.compile(
    "金额|合计|小计|投入|支出|(?:补助|补贴|奖补|救助)(?:资金|总额)|资金额|总价|造价"
)
# A third factor: 42人 × 800元 × 12个月.
TIMES = re.compile("月数|天数|期数|次数$")
# A row that says that its amount holds more, or less.
BESIDES = re.compile("[含另加减扣]|优惠|折|税|下浮|结余")


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
def _columns(form: TableForm) -> tuple[int, int, int, int | None] | None:
    """Price, quantity and amount; quantities and prices may be written with their units (120箱)."""
    prices, counts, amounts = (
        [
            n
            for n, c in enumerate(form.columns)
            if wanted.search(c.label) and (c.type != "text" or worded) and c.unit != "%"
        ]
        for wanted, worded in ((PRICE, True), (QUANTITY, True), (AMOUNT, False))
    )
    amounts = [n for n in amounts if n not in prices]
    counts = [n for n in counts if n not in prices]
    averages = [n for n in prices if AVERAGE.search(form.columns[n].label)]
    prices = [n for n in prices if n not in averages] or averages
    times = [n for n, c in enumerate(form.columns) if TIMES.search(c.label)]
    for some in (prices, counts):
        told = [n for n in some if form.columns[n].type != "text"]
        some[:] = told or some  # a remark beside the price is none
    if len(prices) == len(counts) == len(amounts) == 1:
        more = times[0] if len(times) == 1 and prices != averages else None
        return prices[0], counts[0], amounts[0], more
    return None


@record
class _Term:
    """A figure of a row and its cell's place."""

    figure: Figure
    at: Place
    address: str


def _term(cell: Cell) -> _Term | None:
    if cell.fact is not None:
        return _Term(cell.fact.figure, cell.at, cell.address)
    figure = measure(cell.text) if cell.text else None  # quick
    return None if figure is None else _Term(figure, cell.at, cell.address)


def _rows(table: TableData, columns: tuple[int, int, int, int | None]) -> Iterator[Outcome]:
    average = AVERAGE.search(table.form.columns[columns[0]].label) is not None
    fits, misses = 0, []
    for line in table.lines:
        made = None if is_total(line) and not average else _product(line, columns)
        if made is None:
            continue
        price, count, fact, amount, span = made
        if verdict(fact.figure, amount, span) != "differs":
            fits += 1
        elif not any(BESIDES.search(c.text) for c in line.cells[columns[2] :]):
            misses.append((price, count, fact, amount, _times(line, columns[3])))
    if len(misses) * 2 > fits:
        return
    yield Outcome(RULE)
    for price, count, fact, amount, times in misses:
        # An average that is wrong is blamed itself.
        at = price if average else _Term(fact.figure, fact.at, fact.address)
        right = f"{shown(amount, max(2, fact.figure.decimals))}{fact.figure.unit}"
        formula = f"{price.figure} × {count.figure}"
        formula += f" × {times.figure}" if times is not None else ""
        others = (price.at, count.at)
        if average:
            to_unit = fact.figure.factor_to(price.figure.unit.partition("/")[0])
            assert to_unit is not None  # or there is no product
            mean = fact.figure.amount * to_unit / count.figure.amount
            right = f"{shown(mean, max(2, price.figure.decimals))}{price.figure.unit}"
            formula = f"{fact.figure} ÷ {count.figure}"
            others = (fact.at, count.at)
        words = {
            "label": f"{fact.row}·{table.form.columns[columns[0]].label}"
            if average
            else fact.label,
            "printed": str(at.figure),
            "formula": formula,
            "recomputed": right,
        }
        finding = Finding(
            RULE,
            at.at,
            words,
            others,
            at.address,
            at.figure.text,
            right,
            formula=formula,
        )
        yield Outcome(RULE, (price.address, count.address, fact.address), finding)


def _times(line: Line, place: int | None) -> _Term | None:
    return None if place is None else _term(line.cells[place])


def _product(
    line: Line, columns: tuple[int, int, int, int | None]
) -> tuple[_Term, _Term, Fact, Decimal, Interval] | None:
    price, count = _term(line.cells[columns[0]]), _term(line.cells[columns[1]])
    fact = line.cells[columns[2]].fact
    if price is None or count is None or fact is None:
        return None
    if fact.figure.kind != "money" or count.figure.about or price.figure.about:
        return None
    unit, _, per = price.figure.unit.partition("/")
    if (
        count.figure.unit == "%"
        or not count.figure.amount
        or (per and per[0] not in count.figure.unit)
    ):
        return None
    factor = replace(price.figure, unit=unit).factor_to(fact.figure.unit)
    if factor is None:
        return None
    times = _times(line, columns[3])
    if columns[3] is not None:
        if times is None:
            return None
        factor *= times.figure.amount
    amount = price.figure.amount * count.figure.amount * factor
    low, high = price.figure.written_interval()
    least, most = count.figure.interval()
    return price, count, fact, amount, Interval(low * least * factor, high * most * factor)
