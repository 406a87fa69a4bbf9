"""The relations that should hold between a report's figures, and whether printed digits fit them.

Rounding is judged by interval, not by tolerance (XBRL Calculations 1.1): a printed figure stands
for v ± ½·10⁻ᵈ, and a relation holds when the intervals meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from site_builder.concepts import Concept
from site_builder.figure import DIVIDING, Figure, Interval
from site_builder.forms import address_part
from site_builder.library import Disclosure
from site_builder.place import Place
from site_builder.record import record
from site_builder.report import Cell, Fact, Report, TableData

# What rules of sums go by, for readers who know no standard of data.
BASIS = (
    "预算法第七十五条（决算收支真实、数额准确）；"
    "按财务数据交换的国际标准（XBRL Calculations 1.1）比较："
    "每个数只算到它写出的那一位，四舍五入造成的尾差不算不符"
)
Verdict = Literal["exact", "rounded", "truncated", "differs"]


@record
class Case:
    """One relation in one report: `result` should follow from `operands` by `kind`.

    `blank` are operands that stand on the form and were not filled in; `absent` are named by a
    concept but stand on no form of this report. `at` is where the relation was stated; `added`
    are counted together with the result (等于 may have a sum on either side).
    """

    kind: str
    result: Fact
    operands: tuple[Fact, ...]
    blank: tuple[Cell, ...] = ()
    absent: tuple[str, ...] = ()
    at: Place | None = None
    added: tuple[Fact, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The cells that the relation guards."""
        return tuple(f.address for f in (self.result, *self.added, *self.operands))


def cases_of(disclosure: Disclosure, concepts: dict[str, Concept]) -> tuple[Case, ...]:
    """Every relation of the report: those its form states first, then those of the concepts."""
    report = disclosure.report
    cases = [*_form_cases(report), *_line_cases(report)]
    stated = {(c.kind, c.result.address) for c in cases}
    for case in _concept_cases(report, concepts):
        if (case.kind, case.result.address) not in stated:
            cases.append(case)
    return tuple(cases)


def _form_cases(report: Report) -> Iterator[Case]:
    cells = report.cells
    broken = {t.form.address for t in report.tables if not t.whole}
    for tie in report.form.ties:
        result = cells.get(tie.result)
        if result is None or result.fact is None or result.fact.table in broken:
            continue
        blank: list[Cell] = []
        absent: list[str] = []
        operands = _stated(cells, tie.operands, blank, absent)
        added = _stated(cells, tie.added, blank, absent) if tie.added else ()
        yield Case(tie.kind, result.fact, operands, tuple(blank), tuple(absent), tie.at, added)


def _stated(
    cells: dict[str, Cell], addresses: Iterable[str], blank: list[Cell], absent: list[str]
) -> tuple[Fact, ...]:
    """The facts at some addresses, in order; what is `blank` or `absent` is added to those."""
    facts = []
    for address in addresses:
        cell = cells.get(address)
        if cell is None:
            absent.append(address)
        elif cell.fact is None:
            blank.append(cell)
        else:
            facts.append(cell.fact)
    return tuple(facts)


def _line_cases(report: Report) -> Iterator[Case]:
    """Relations of columns in lists and indicator tables: once for each record."""
    for table in report.tables:
        if table.form.kind not in ("list", "indicators") or not table.whole:
            continue
        related = [c for c in table.form.columns if c.relations]
        for line in table.lines if related else ():
            base = line.cells[0].address.removesuffix(_first(table)).rstrip(".")
            for column in related:
                result = report.cells.get(f"{base}.{column.address}")
                if result is None or result.fact is None:
                    continue
                for relation in column.relations:
                    cells = [report.cells.get(f"{base}.{name}") for name in relation.operands]
                    facts = tuple(c.fact for c in cells if c is not None and c.fact is not None)
                    blank = tuple(c for c in cells if c is not None and c.fact is None)
                    absent = tuple(
                        n for n, c in zip(relation.operands, cells, strict=True) if c is None
                    )
                    yield Case(relation.kind, result.fact, facts, blank, absent, relation.at)


def _first(table: TableData) -> str:
    """The last part of the address of a line's first cell: its level or its first column."""
    levels = table.form.levels
    return address_part(levels[0]) if levels else table.form.columns[0].address


def _concept_cases(report: Report, concepts: dict[str, Concept]) -> Iterator[Case]:
    for name, facts in report.by_concept.items():
        concept = concepts.get(name)
        for kind, names in concept.relations if concept is not None else ():
            yield from _cases_by_concept(report, facts, kind, names)


def _cases_by_concept(
    report: Report, results: tuple[Fact, ...], kind: str, names: tuple[str, ...]
) -> Iterator[Case]:
    """Within one table where result and operands stand together; else once, across tables."""
    for meaning in dict.fromkeys(f.meaning for f in results):
        same = [f for f in results if f.meaning == meaning]
        together = False
        for result in same:
            operands = [_operand(report, name, result, result.table) for name in names]
            if all(operands):
                together = True
                yield Case(kind, result, tuple(f for f in operands if f))
        if together:
            continue
        operands = [_operand(report, name, same[0], "") for name in names]
        absent = tuple(n for n, f in zip(names, operands, strict=True) if f is None)
        if len(absent) < len(names):
            yield Case(kind, same[0], tuple(f for f in operands if f), (), absent)


def _operand(report: Report, name: str, result: Fact, table: str) -> Fact | None:
    """The fact of a concept with the result's basis and year, or the basis that `name` gives."""
    concept, _, basis = name.partition(".")
    _, of_basis, of_year, of_subject = result.meaning
    basis = basis or of_basis
    grid = table and result.column  # without a basis a column goes with itself alone
    for fact in report.by_concept.get(concept, ()):
        if (
            fact.year == of_year
            and fact.subject == of_subject
            and (not table or fact.table == table)
            and (fact.meaning[1] == basis if basis else fact.column == result.column or not grid)
        ):
            return fact
    return None


def in_unit(figure: Figure, unit: str) -> tuple[Decimal, Interval] | None:
    """The amount and interval of `figure` in `unit`; None when units are of different kinds."""
    factor = figure.factor_to(unit)
    if factor is None:
        return None
    return figure.amount * factor, figure.interval().times(factor)


def total_of(figures: list[Figure], unit: str) -> tuple[Decimal, Interval] | None:
    """The exact sum of figures and its interval, in `unit`."""
    amount = low = high = Decimal(0)
    for figure in figures:
        factor = figure.factor_to(unit)
        if factor is None:
            return None
        least, most = figure.interval()
        amount += figure.amount * factor
        low += least * factor
        high += most * factor
    return amount, Interval(low, high)


def quotient(a: Figure, b: Figure, minus: bool = False) -> tuple[Decimal, Interval] | None:
    """a ÷ b, or (a − b) ÷ b, in per cent; None where b can be zero or units differ."""
    one = in_unit(a, b.unit)
    # 7132人 of 5.66万人: the whole is told to fewer digits.
    span = b.rounded_interval() if a.exponent < b.exponent else b.interval()
    low, high = span
    if one is None or (low <= 0 <= high):
        return None
    ratio = DIVIDING.divide(one[0], b.amount)
    interval = one[1].over(span)
    if minus:
        # (a − b) ÷ b = a ÷ b − 1, so that b's uncertainty counts once.
        ratio -= 1
        interval = Interval(interval.low - 1, interval.high - 1)
    hundred = Decimal(100)
    return ratio * hundred, interval.times(hundred)


def verdict(printed: Figure, amount: Decimal, interval: Interval) -> Verdict:
    """Do the printed digits fit a recomputed amount and what it can stand for?"""
    if printed.amount == amount:
        return "exact"
    if not printed.measured and not printed.about and interval.low == interval.high:
        return "differs"
    if interval.meets(printed.interval()):
        return "exact" if printed.about else "rounded"
    if interval.meets(printed.written_interval()):
        return "rounded"
    if interval.meets(printed.truncated_interval()):
        return "truncated"
    return "differs"
