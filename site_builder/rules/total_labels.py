"""名为合计的行和列: totals that a form does not declare, by the labels of their rows and columns.

What they are totals of is learned from the table: a sum counts only where most of its cells fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.relations import total_of, verdict
from site_builder.report import Fact, Line, TableData
from site_builder.rules.column_labels import is_total, label_of, plan_of
from site_builder.rules.outcome import Outcome, Subject

_REMEDY = Words(
    "请对照原件核对这几个数，并在表单里声明这一关系；原件如此的，保留原数并在“认可”中说明",
    "compare these figures with the original and declare the relation in the form; if it is printed so, explain it",
)
TOTAL = Rule(
    "labelled-total",
    "warning",
    Words("合计与表中各项之和不符", "A total that its table does not give"),
    Words(
        "“{label}”写的是{printed}，各项之和为{recomputed}（{formula}）；表里其他的合计是这样加的",
        "“{label}” is printed as {printed}, its parts make {recomputed} ({formula}), as other totals of the table",
    ),
    _REMEDY,
    Words(
        "叫“合计”“总计”的一行或一列，应当等于它的各项之和。",
        "A row or column that is called a total should be the sum of its parts.",
    ),
    yields_to=("sum-differs", "part-exceeds", "sum-gap", "restated", "not-equal"),
)
_WHOLE_COLUMN = re.compile("(?:合计|总计|小计|全年)(?:数|额|金额|人数)?")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")


def check(subject: Subject) -> Iterator[Outcome]:
    """Grids and lists, down their columns and across their rows."""
    known = {c.result.address for c in subject.cases if c.operands and not c.absent}
    looked_at = False
    for table in subject.disclosure.report.tables:
        if table.form.kind not in ("grid", "list") or not table.whole or not table.lines:
            continue
        plan = plan_of(table.form)
        for outcome in (*_down(table, plan.summed, known), *_across(table, plan.amounts, known)):
            looked_at = True
            yield outcome
    if not looked_at:
        yield Outcome(TOTAL, reason=Words("没有名为合计的行列", "no row or column called a total"))


def _down(table: TableData, summed: tuple[int, ...], known: set[str]) -> Iterator[Outcome]:
    """Every total row without a relation of its own, against the rows that its columns come from."""
    before: int | None = None
    for at, line in enumerate(table.lines):
        if not is_total(line):
            continue
        if line.row is None or not any(r.kind != "其中" for r in line.row.relations):
            yield from _total(table, at, before, summed, known)
        before = at


def _total(
    table: TableData, at: int, before: int | None, summed: tuple[int, ...], known: set[str]
) -> Iterator[Outcome]:
    lines = table.lines
    totals = [line.cells[n].fact for n in summed for line in (lines[at],)]
    best: tuple[int, list[tuple[Fact, Decimal, list[Fact]]]] = (0, [])
    for rows in _parts(lines, at, before):
        fits, misses = 0, []
        for n, total in zip(summed, totals, strict=True):
            facts = [f for f in (lines[row].cells[n].fact for row in rows) if f is not None]
            if total is None or not facts or total.address in known:
                continue
            made = total_of([f.figure for f in facts], total.figure.unit)
            if made is None:
                continue
            if verdict(total.figure, *made) != "differs":
                fits += sum(1 for f in facts if f.figure.amount) > 1
            else:
                misses.append((total, made[0], facts))
        if fits > best[0]:
            best = (fits, misses)
    fits, misses = best
    listed = table.form.kind == "list" and at == len(lines) - 1
    if fits < (1 if listed else 2) or fits < len(misses) + (not listed):
        return
    yield Outcome(TOTAL)
    for total, amount, facts in misses:
        yield _does_not_add(table, total, amount, facts)


def _across(table: TableData, amounts: tuple[int, ...], known: set[str]) -> Iterator[Outcome]:
    """A column called a total against the columns before it, behind it, or both, in every row."""
    columns = table.form.columns
    for at in amounts:
        column = columns[at]
        if column.relations or column.equals or not _WHOLE_COLUMN.fullmatch(column.label):
            continue
        under = [n for n in amounts if n != at and columns[n].path[:-1] == column.path[:-1]]
        best: tuple[int, list[tuple[Fact, Decimal, list[Fact]]]] = (0, [])
        for some in ([n for n in under if n > at], [n for n in under if n < at], under):
            if len(some) > 1:
                best = max(best, _summed(table, at, some, known), key=lambda found: found[0])
        fits, misses = best
        if fits < 2 or fits <= len(misses):
            continue
        yield Outcome(TOTAL)
        for total, amount, facts in misses:
            yield _does_not_add(table, total, amount, facts)


def _summed(
    table: TableData, at: int, some: list[int], known: set[str]
) -> tuple[int, list[tuple[Fact, Decimal, list[Fact]]]]:
    """In how many rows some columns make one, and the rows in which they do not."""
    fits, misses = 0, []
    for line in table.lines:
        total = line.cells[at].fact
        facts = [f for f in (line.cells[n].fact for n in some) if f is not None]
        if total is None or not facts or total.address in known:
            continue
        made = total_of([f.figure for f in facts], total.figure.unit)
        if made is None:
            continue
        if verdict(total.figure, *made) != "differs":
            fits += sum(1 for f in facts if f.figure.amount) > 1
        else:
            misses.append((total, made[0], facts))
    return fits, misses


def _parts(lines: tuple[Line, ...], at: int, before: int | None) -> Iterator[list[int]]:
    """The rows that a total may be the sum of: those above it, or below one that stands first."""
    start = 0 if before is None else before + 1
    rows = list(range(start, at))
    if not rows and before is None:
        end = next((n for n in range(at + 1, len(lines)) if is_total(lines[n])), len(lines))
        rows = list(range(at + 1, end))
    elif before is not None:
        yield [before, *rows]
    if len(rows) < 2:
        return
    yield rows
    numbered = [n for n in rows if _NUMBERED.match(lines[n].label)]
    top = [n for n in rows if (row := lines[n].row) is not None and row.level == 1]
    whole = [n for n in rows if not lines[n].label.startswith("其中")]
    for some in (numbered, top, whole):
        if 1 < len(some) < len(rows):
            yield some
            if before is not None:
                yield [before, *some]


def _does_not_add(table: TableData, total: Fact, amount: Decimal, facts: list[Fact]) -> Outcome:
    decimals = max(total.figure.decimals, *(f.figure.decimals for f in facts))
    recomputed = f"{shown(amount, decimals)}{total.figure.unit}"
    formula = " + ".join(f.figure.text for f in facts[:12]) + (" + …" if len(facts) > 12 else "")
    words = {
        "label": label_of(table, total),
        "printed": str(total.figure),
        "recomputed": recomputed,
        "formula": formula,
    }
    others = tuple(f.at for f in facts)
    finding = Finding(
        TOTAL,
        total.at,
        words,
        others,
        total.address,
        total.figure.text,
        recomputed,
        shown(total.figure.amount - amount, decimals),
        formula,
    )
    return Outcome(TOTAL, finding=finding)
