"""表中日期先后颠倒: a row of a list in which what comes later is dated earlier."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import Column, Form
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "row-dates-reversed",
    "warning",
    Words("表中的日期先后颠倒", "In a table what comes later is dated earlier"),
    Words(
        "“{label}”的{end}是{printed}，早于{begin}{recomputed}",
        "“{label}”: {end} {printed} comes before {begin} {recomputed}",
    ),
    Words("请核对两个日期，多半是写颠倒了", "check both dates; they were probably swapped"),
    Words(
        "竣工不会早于开工，验收不会早于竣工。",
        "Nothing is finished before it is begun, or accepted before it is finished.",
    ),
)
NAME = re.compile("[一-鿿]{2}")
# What columns date, in two orders: of building, and of letting the contract. Planned and real days are apart.
ORDERS = (
    (
        re.compile("开工|开始|启动|起始|进场"),
        re.compile("竣工|完工|结束|终止|交付|完成"),
        re.compile("验收"),
    ),
    (re.compile("招标(?!控制)|采购公告"), re.compile("中标|开标"), re.compile("合同")),
)
PLANNED = re.compile("计划|预计|约定|要求|应")
DATE = re.compile(
    r"(?P<year>20[0-9]{2})(?:年|[-./])(?P<month>[0-9]{1,2})(?:月|[-./]|$)(?:(?P<day>[0-9]{1,2})日?)?$"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with two columns of days, of which one comes after the other."""
    compared = False
    form = subject.disclosure.report.form
    pairs = subject.library.once(("columns of days", form.name), lambda: _in_form(form))
    for table in subject.disclosure.report.tables if pairs else ():  # quick
        for first, last in pairs.get(table.form.address, ()):
            for line in table.lines:
                begin, end = line.cells[first], line.cells[last]
                one, other = _date(begin.text), _date(end.text)
                if one is None or other is None:
                    continue
                compared = True
                if one <= other:
                    yield Outcome(RULE)
                    continue
                names = (c.text for c in line.cells if NAME.search(c.text))
                words = {
                    "label": next(names, line.label),
                    "begin": table.form.columns[first].label,
                    "end": table.form.columns[last].label,
                    "printed": end.text,
                    "recomputed": begin.text,
                }
                at, others = end.at, (begin.at,)
                finding = Finding(RULE, at, words, others, end.address, end.text, begin.text)
                yield Outcome(RULE, finding=finding)
    if not compared:
        yield Outcome(RULE, reason=Words("表中没有起止日期", "no dates in tables"))


def _in_form(form: Form) -> dict[str, tuple[tuple[int, int], ...]]:
    """The pairs of columns of each table that has any, by its address."""
    found = {table.address: tuple(_pairs(table.columns)) for table in form.tables}
    return {address: pairs for address, pairs in found.items() if pairs}  # quick


def _pairs(columns: tuple[Column, ...]) -> Iterator[tuple[int, int]]:
    """Columns of a list of which the second is of what comes next; none that stands there twice."""
    for order in ORDERS:
        for planned in (False, True):
            steps = [
                [
                    number
                    for number, column in enumerate(columns)
                    if _step(order, column.label) == step
                    and (PLANNED.search(column.label) is not None) == planned
                ]
                for step in range(len(order))
            ]
            once = [found[0] for found in steps if len(found) == 1]
            yield from pairwise(once)


def _step(order: tuple[re.Pattern[str], ...], label: str) -> int:
    """Which step of an order a label names: the last, as 竣工验收 is of the acceptance; -1 for none."""
    return max((n for n, step in enumerate(order) if step.search(label)), default=-1)


def _date(text: str) -> datetime.date | None:
    """A date with its month at least; None for anything else."""
    match = DATE.match(text.strip())
    if match is None:
        return None
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return None
