"""名为合计的行和列: totals that a form does not declare, by the labels of their rows and columns.

What they are totals of is learned from the table: a sum counts only where most of its cells fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.relations import total_of, verdict
from site_builder.report import Cell, Fact, Line, TableData
from site_builder.rules.column_labels import is_total, plan_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.slips import aligned, is_swapped

_REMEDY = Words(
    "请对照原件核对这几个数，并在表单里声明这一关系；原件如此的，保留原数并在“认可”中说明",
    "compare these figures with the original and declare the relation in the form; if it is printed so, explain it",
)
TOTAL = Rule(
    "labelled-total",
    "warning",
    Words("合计与表中各项之和不符", "A total that its table does not give"),
    Words(
        "“{label}”写的是{printed}，各项之和为{recomputed}（{formula}）{why}",
        "“{label}” is printed as {printed}, its parts make {recomputed} ({formula}){why_en}",
    ),
    _REMEDY,
    Words(
        "叫“合计”“总计”的一行或一列，应当等于它的各项之和。",
        "A row or column that is called a total should be the sum of its parts.",
    ),
    yields_to=(
        "sum-differs",
        "part-exceeds",
        "sum-gap",
        "restated",
        "not-equal",
        "opening-differs",
    ),
)
_WHOLE_COLUMN = re.compile(
    "(?:投资|资金|补[助贴]|经费|收入|支出|金额|人数|户数)?(?:合计|总计|小计|共计|全年)(?:数|额|金额|人数)?(?:[（(][^（()）]{1,6}[)）])?"
)
# People whom several works serve, who may be counted once in the total.
_SERVED = re.compile("受益|覆盖|惠及|服务")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
LEAST_DIGITS = 3  # of a total that one slip explains
LEAST = 4  # rows of a list with one column of amounts
AS_OTHERS = Words("；表里其他的合计是这样加的", ", as other totals of the table")
ALL_ROWS = Words("，只差一点", ", which is nearly the same")
_SHOWN = 12  # parts in a formula

# How many totals some parts make, and each that they do not make: with what they make, and the parts.
_Fit = tuple[int, list[tuple[Fact, Decimal, list[Fact]]]]


def check(subject: Subject) -> Iterator[Outcome]:
    """Grids and lists, down their columns and across their rows."""
    known = {c.result.address for c in subject.cases if c.kind == "合计" and not c.absent}
    looked_at = False
    for table in subject.disclosure.report.tables:
        if table.form.kind not in ("grid", "list") or not table.whole:
            continue
        plan = plan_of(table.form)
        across = list(_across(table, plan.amounts, known))
        off = {o.finding.address: o.finding.difference for o in across if o.finding is not None}
        for outcome in across:
            looked_at = True
            yield outcome
        for outcome in _down(table, plan.summed, known):
            looked_at = True
            if not _of_one_slip(table, outcome, off):
                yield outcome
    if not looked_at:
        yield Outcome(TOTAL, reason=Words("没有名为合计的行列", "no row or column called a total"))


def _of_one_slip(table: TableData, outcome: Outcome, off: dict[str, str]) -> bool:
    """Is a total off by as much as one of its parts, which its own row refutes?"""
    finding = outcome.finding
    if finding is None:
        return False
    gaps = {cell.at: off[cell.address] for cell in table.cells() if cell.address in off}
    gap = -Decimal(finding.difference)
    return any(Decimal(gaps.get(at, "0")) == gap for at in finding.others)


def _down(table: TableData, summed: tuple[int, ...], known: set[str]) -> Iterator[Outcome]:
    """Every total row against the rows that most of its columns come from."""
    lines = table.lines
    spare = int(table.form.kind == "list")  # its columns are few
    before: int | None = None
    for at, line in enumerate(lines):
        if not is_total(line):
            continue
        columns = [n for n in summed if line.cells[n].address not in known]
        tried = [
            _fit((line.cells[n], [lines[row].cells[n] for row in rows]) for n in columns)
            for rows in _parts(lines, at, before)
        ]
        yield from _said(table, tried, spare)
        before = at


def _across(table: TableData, amounts: tuple[int, ...], known: set[str]) -> Iterator[Outcome]:
    """A column called a total against the columns before it or behind it, in every row."""
    columns = table.form.columns
    for at in amounts:
        column = columns[at]
        if not _WHOLE_COLUMN.fullmatch(column.label):
            continue
        lines = [line.cells for line in table.lines if line.cells[at].address not in known]
        under = [n for n in amounts if columns[n].path[:-1] == column.path[:-1]]
        tried = [
            _fit((cells[at], [cells[n] for n in some]) for cells in lines)
            for some in ([n for n in under if n > at], [n for n in under if n < at])
        ]
        yield from _said(table, tried, 0)


def _fit(sums: Iterable[tuple[Cell, list[Cell]]]) -> _Fit:
    """Totals with the cells that may be their parts; of a single part, zeros aside, any is the sum."""
    fits, misses = 0, []
    for cell, parts in sums:
        total = cell.fact
        facts = [part.fact for part in parts if part.fact is not None]
        if total is None or not facts:
            continue
        made = total_of([f.figure for f in facts], total.figure.unit)
        if made is None:
            continue
        if verdict(total.figure, *made) != "differs":
            fits += sum(1 for f in facts if f.figure.amount) > 1
        elif not _counted_twice(total, made[0]):
            misses.append((total, made[0], facts))
    return fits, misses


def _counted_twice(total: Fact, made: Decimal) -> bool:
    """May fewer be served (受益人口) than the rows say together, as some are served by two of them?"""
    less = total.figure.amount < made
    return bool(_SERVED.search(total.column)) and less and not is_swapped(total.figure.amount, made)


def _said(table: TableData, tried: list[_Fit], spare: int) -> Iterator[Outcome]:
    """What the parts that make most totals do not make, where that is no more than `spare` beyond a minority."""
    fits, misses = max(tried, key=lambda fit: fit[0])
    if fits > max(0, len(misses) - spare):
        yield Outcome(TOTAL)
        for total, amount, facts in misses:
            yield _does_not_add(total, amount, facts, AS_OTHERS)
    elif spare and len(misses) == 1 and _nearly(table, *misses[0]):
        yield _does_not_add(*misses[0], ALL_ROWS)
    else:
        slips = [m[0] for _, m in tried if len(m) == 1 and _is_slip(*m[0])]
        if slips:
            yield _does_not_add(*slips[0], ALL_ROWS)


def _is_slip(total: Fact, amount: Decimal, facts: list[Fact]) -> bool:
    """A total of several parts in which one digit is another, or two have changed places."""
    printed, made = aligned(total.figure.amount, amount)
    off = sum(a != b for a, b in zip(printed, made, strict=True))
    swapped = is_swapped(total.figure.amount, amount)
    return (off == 1 or swapped) and len(facts) > 1 and len(printed.strip("0")) >= LEAST_DIGITS


def _nearly(table: TableData, total: Fact, amount: Decimal, facts: list[Fact]) -> bool:
    """The one total of a list, of all its rows, that is off by less than a twentieth: a slip?"""
    if len(facts) < len(table.lines) - 1 or len(facts) < LEAST:
        return False
    return 0 < abs(total.figure.amount - amount) * 20 < total.figure.amount


def _parts(lines: tuple[Line, ...], at: int, before: int | None) -> Iterator[list[int]]:
    """The rows that a total may be the sum of: those above it, or below one that has none above."""
    carried = [] if before is None else [before]
    rows = list(range(carried[0] + 1 if carried else 0, at))
    if not rows:
        end = next((n for n in range(at + 1, len(lines)) if is_total(lines[n])), len(lines))
        rows, carried = list(range(at + 1, end)), []
    totals = [n for n in range(at) if is_total(lines[n])]
    if totals:  # the sum of subtotals
        yield totals
    numbered = [n for n in rows if _NUMBERED.match(lines[n].label)]
    top = [n for n in rows if (row := lines[n].row) is not None and row.level == 1]
    whole = [n for n in rows if not lines[n].label.startswith("其中")]
    for some in (rows, numbered, top, whole):
        if some is rows or len(some) < len(rows):  # quick
            yield [*carried, *some]
            if carried:  # quick
                yield some


def _does_not_add(total: Fact, amount: Decimal, facts: list[Fact], why: Words) -> Outcome:
    decimals = max(total.figure.decimals, *(f.figure.decimals for f in facts))
    recomputed = f"{shown(amount, decimals)}{total.figure.unit}"
    formula = " + ".join(f.figure.text for f in facts[:_SHOWN]) + " + …" * (len(facts) > _SHOWN)
    words = {
        "label": total.label,
        "printed": str(total.figure),
        "recomputed": recomputed,
        "formula": formula,
        "why": why.zh,
        "why_en": why.en,
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
