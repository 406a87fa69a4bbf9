"""期初数与上年期末数不符: what the year opened with, against what last year's report closed with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Fact
from site_builder.rules.labelled_years import of_other_year
from site_builder.rules.named_rows import NamedRow, fact_in, named_rows, row_in
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "opening-differs",
    "warning",
    Words("期初数不是上年的期末数", "The opening figure is not last year's closing one"),
    Words(
        "“{label}”写的是{printed}，{year}年报告的“{other}”是{recomputed}",
        "“{label}” is {printed}; the report of {year} closed with {recomputed} at “{other}”",
    ),
    Words(
        "请核对两年的表：确有调整或收回的，在“认可”中写明；抄错的更正",
        "check both years' tables: explain an adjustment, mend a slip",
    ),
    Words(
        "上年的期末就是本年的期初；两个数不接，说明有一处错了或者改过账。",
        "A year opens with what the last one closed with.",
    ),
    yields_to=("restated", "carry-over-counted"),
)
OPENING = re.compile("^(年|期)初")
LAST = re.compile("^(?:上年度?|去年|上一年度?)(?P<rest>.{2,12})$")
CARRIED = re.compile("^(?:上年|年初|以前年度)(?:财政拨款)?(?:结转|结余|结存)")
LEFT = re.compile("^(?:年末|本年|期末)?(?:财政拨款)?(?:结转|结余|结存)")
OF_BUDGET = re.compile("预算|上年|去年|年初|率|目标")


def check(subject: Subject) -> Iterator[Outcome]:
    """Openings, columns of last year and amounts carried over, against last year's report."""
    mine = subject.disclosure
    before = subject.library.of_year(*mine.key[:2], mine.key.year - 1)
    if before is None:
        yield Outcome(RULE, reason=Words("没有上年的报告", "no report of last year"))
        return
    if of_other_year(mine.report) is not None:
        yield Outcome(RULE, reason=Words("表单是别的年度的", "the form is of another year"))
        return
    then = named_rows(subject.library, before)
    compared = False
    found: set[tuple[str, str]] = set()  # tables and columns in which a part is behind a finding
    exceeded = False  # more is carried over than was left: it is told once
    for row in named_rows(subject.library, mine):
        for fact in row.facts:
            columns = _closing(fact.column, mine.key.year)
            if not columns:  # quick
                continue
            if fact.concept and fact.year != mine.key.year:
                continue  # what has a concept is compared under it
            column = (row.table.form.address, fact.column)
            for outcome in _opening(subject, row, fact, columns, then):
                compared = True
                if not (row.total and column in found):
                    yield outcome
                if outcome.finding is not None:
                    found.add(column)
        for outcome in () if exceeded else _carried(subject, row, then):
            compared = exceeded = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有期初数", "no opening figures"))


def _opening(
    subject: Subject,
    row: NamedRow,
    fact: Fact,
    columns: tuple[str, ...],
    before: tuple[NamedRow, ...],
) -> Iterator[Outcome]:
    other = row_in(before, row)
    if other is None:
        return
    for column in columns:
        then = fact_in(other, column)
        if then is not None and then.year != subject.disclosure.key.year - 1:
            continue  # last year's report may have had a column of last year, too
        if then is not None and fact.figure.factor_to(then.figure.unit) is not None:
            if fact.figure.agrees_with(then.figure):
                yield Outcome(RULE, (fact.address,))
            else:
                yield _finding(subject, row, fact, other, then)
            return


@lru_cache(maxsize=4096)
def _closing(column: str, year: int) -> tuple[str, ...]:
    """The columns of last year's table which one of openings repeats: 年末数 for 年初数; 2021年决算数 itself."""
    if OPENING.match(column):
        return (column.replace("初", "末", 1),)
    if column.startswith(f"{year - 1}年") and not OF_BUDGET.search(column):
        return (column,)
    last = LAST.match(column)
    return () if last is None else (last["rest"], f"本年{last['rest']}", f"年{last['rest']}")


@lru_cache(maxsize=65536)
def _is_carried(label: str) -> bool:
    return CARRIED.match(label) is not None


def _carried(subject: Subject, row: NamedRow, before: tuple[NamedRow, ...]) -> Iterator[Outcome]:
    """上年结转 against the only balance that last year left; less may have been taken back."""
    mine = [
        f
        for f in row.facts
        if (_is_carried(row.name) or _is_carried(f.column))
        and f.figure.kind == "money"
        and f.figure.amount > 0
        and f.year == subject.disclosure.key.year
        and not OF_BUDGET.search(f.column.removeprefix("上年").removeprefix("年初"))
    ]
    if not mine:  # quick
        return
    left = [
        (other, f)
        for other in before
        for f in other.facts
        if f.figure.kind == "money"
        and f.year == subject.disclosure.key.year - 1
        and _is_left(other, f)
    ]
    if len({f.figure.amount for _, f in left}) != 1:
        return
    fact, (other, then) = mine[0], left[0]
    factor = fact.figure.factor_to(then.figure.unit)
    assert factor is not None  # both are money
    if fact.figure.agrees_with(then.figure):
        return
    swapped = sorted(fact.figure.text) == sorted(then.figure.text)
    if swapped or fact.figure.amount * factor > then.figure.amount:
        yield _finding(subject, row, fact, other, then)


def _is_left(row: NamedRow, fact: Fact) -> bool:
    if row.table.form.kind == "list":
        return row.total and LEFT.match(fact.column) is not None
    return LEFT.match(row.name) is not None and not OF_BUDGET.search(fact.column)


def _finding(subject: Subject, row: NamedRow, fact: Fact, other: NamedRow, then: Fact) -> Outcome:
    words = {
        "label": _called(row, fact),
        "printed": str(fact.figure),
        "year": str(subject.disclosure.key.year - 1),
        "other": _called(other, then),
        "recomputed": str(then.figure),
    }
    return Outcome(
        RULE,
        (fact.address,),
        Finding(RULE, fact.at, words, (then.at,), fact.address, fact.figure.text, then.figure.text),
    )


def _called(row: NamedRow, fact: Fact) -> str:
    """合计·结余; a field has no column."""
    return f"{row.name}·{fact.column}".rstrip("·")
