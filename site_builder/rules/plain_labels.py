"""行列的名称说明了关系: rates, differences and totals that a form does not declare, by their labels.

What a label leaves open (which budget, which rows) is learned from the table itself: a relation
counts only where most of its cells fit it closely, and then those that do not are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import Column, TableForm
from site_builder.relations import in_unit, quotient, total_of, verdict
from site_builder.report import Fact, Line, TableData
from site_builder.rules.outcome import Outcome, Subject

_REMEDY = Words(
    "请对照原件核对这几个数，并在表单里声明这一关系；原件如此的，保留原数并在“认可”中说明",
    "compare these figures with the original and declare the relation in the form; if it is printed so, explain it",
)
RATIO = Rule(
    "labelled-ratio",
    "warning",
    Words("比率与同一行的数不符", "A rate that its own row does not give"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}{as_others}",
        "“{label}” is printed as {printed}; {formula} gives {recomputed}{as_others_en}",
    ),
    _REMEDY,
    Words(
        "执行率、增减率、占比能由同一张表里的数重新算出。",
        "Rates, growth and shares can be recomputed from figures of the same table.",
    ),
    yields_to=("ratio-differs", "ratio-undefined", "sum-differs", "implausible"),
)
DIFFERENCE = Rule(
    "labelled-difference",
    "warning",
    Words("增减额与同一行的数不符", "A difference that its own row does not give"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}{as_others}",
        "“{label}” is printed as {printed}; {formula} gives {recomputed}{as_others_en}",
    ),
    _REMEDY,
    Words(
        "增减额、结余是同一行两个数的差。",
        "A change or a remainder is the difference of two figures.",
    ),
    yields_to=("difference-differs", "sum-differs"),
)
TOTAL = Rule(
    "labelled-total",
    "warning",
    Words("合计行与各行之和不符", "A total row that its rows do not give"),
    Words(
        "“{label}”写的是{printed}，各行之和为{recomputed}（{formula}）；其他各列是这样加的",
        "“{label}” is printed as {printed}, its rows make {recomputed} ({formula}), as in the other columns",
    ),
    _REMEDY,
    Words(
        "叫“合计”“总计”的一行，应当等于它的各行之和。",
        "A row that is called a total should be the sum of its rows.",
    ),
    yields_to=("sum-differs", "part-exceeds", "sum-gap", "restated", "not-equal"),
)
_RESULTS = ("率", "增", "降", "差", "占")
_RATE = re.compile("(?:执行|完成|到位|支付|支出|使用|控制|拨付)(?:率|进度)")
_GROWTH = re.compile("增减|增长|增幅|变动|变化|同比")
_DROP = re.compile("(?:节约|下降|降低|减少|压减|结余)(?:率|幅度|比例)|降幅")
_SHARE = re.compile("占比|比重|占.{0,6}(?:比例|％|%)")
_CHANGE = re.compile("增减|增加|差额|差异|变动|变化|结余|结转|节约|减少")
_NO_AMOUNT = re.compile("标准|单价|均|序号|月数|年限|次数|排名|得分|分值|权重|面积")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|总额)(?:数|额)?$")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
_SPENT = re.compile("执行数|支出数|决算数|实际支出|执行金额")
_BUDGET = re.compile("预算数|预算金额|预算资金|安排数")


def check(subject: Subject) -> Iterator[Outcome]:
    """Grids and lists: first along the rows, then down the columns."""
    known = {c.result.address for c in subject.cases if c.operands and not c.absent}
    looked_at = False
    for table in subject.disclosure.report.tables:
        if table.form.kind not in ("grid", "list") or not table.whole or not table.lines:
            continue
        plan = _plan(table.form)
        for number, kind in plan.results:
            for outcome in _along(table, number, kind, plan.amounts, known):
                looked_at = True
                yield outcome
        for outcome in _down(table, plan.summed, known):
            looked_at = True
            yield outcome
    if not looked_at:
        reason = Words("没有这样的行列", "no such rows or columns")
        yield from (Outcome(rule, reason=reason) for rule in (RATIO, DIFFERENCE, TOTAL))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns that hold amounts, that can be added up, and what the others say by their labels."""

    amounts: tuple[int, ...]
    summed: tuple[int, ...]
    results: tuple[tuple[int, str], ...]


@lru_cache(maxsize=256)
def _plan(form: TableForm) -> _Plan:
    figures = [(n, c) for n, c in enumerate(form.columns) if c.type == "figure" and not c.role]
    kinds = {n: _kind(c) for n, c in figures}
    amounts = tuple([n for n, c in figures if not kinds[n] and _is_amount(c)])
    summed = [n for n, c in figures if kinds[n] in ("", "差") and _is_amount(c) and not c.equals]
    results = [(n, kind) for n, kind in kinds.items() if kind in _RESULTS]
    return _Plan(amounts, tuple(summed), tuple(results if 0 < len(amounts) <= 8 else ()))


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


# -- along the rows ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """What a result should be, and the two figures that it comes from."""

    amount: Decimal
    interval: Interval
    first: Fact
    second: Fact
    formula: str

    @property
    def telling(self) -> bool:
        """Would another pair have given something else?"""
        one, other = self.first.figure.amount, self.second.figure.amount
        return one != other and one != 0 and other != 0

    def fits(self, figure: Figure, signed: bool) -> bool:
        """`signed`: the column writes decreases with a minus, so that its signs count."""
        if verdict(figure, self.amount, self.interval) != "differs":
            return True
        turned = Interval(-self.interval.high, -self.interval.low)
        return not signed and verdict(figure, -self.amount, turned) != "differs"


def _along(
    table: TableData, number: int, kind: str, amounts: tuple[int, ...], known: set[str]
) -> Iterator[Outcome]:
    """One column against the two amounts that most of its rows come from."""
    results = [line.cells[number].fact for line in table.lines]
    signed = any(f is not None and f.figure.amount < 0 for f in results)
    best: tuple[int, list[tuple[Fact, _Way]]] = (0, [])
    for ways in _ways(table, kind, amounts):
        fits, misses = 0, []
        for fact, way in zip(results, ways, strict=True):
            if fact is None or way is None or fact.address in known:
                continue
            if way.fits(fact.figure, signed):
                fits += way.telling
            else:
                misses.append((fact, way))
        if fits > best[0]:
            best = (fits, misses)
    fits, misses = best
    rule = DIFFERENCE if kind == "差" else RATIO
    if fits < 2 or fits <= len(misses):
        if kind == "率":
            yield from _execution(table, number, amounts, known)
        return
    yield Outcome(rule)
    for fact, way in misses:
        yield _differs(rule, fact, way)


def _ways(
    table: TableData, kind: str, amounts: tuple[int, ...]
) -> Iterator[tuple[_Way | None, ...]]:
    """What the column would be under each reading of its label."""
    facts = {n: [line.cells[n].fact for line in table.lines] for n in amounts}
    if kind == "占":
        for n in amounts:
            for line, total in zip(table.lines, facts[n], strict=True):
                if total is not None and _is_total(line):
                    yield tuple([_way(kind, fact, total) for fact in facts[n]])
        return
    for one, other in permutations(amounts, 2):
        yield tuple([_way(kind, a, b) for a, b in zip(facts[one], facts[other], strict=True)])


def _way(kind: str, a: Fact | None, b: Fact | None) -> _Way | None:
    """率 and 占 a ÷ b, 增 (a − b) ÷ b, 降 (b − a) ÷ b, 差 a − b; None where it cannot be said."""
    if a is None or b is None:
        return None
    one, other = a.figure, b.figure
    if kind == "差":
        mine, theirs = in_unit(one, one.unit), in_unit(other, one.unit)
        if mine is None or theirs is None:
            return None
        formula = f"{one} − {other}"
        return _Way(mine[0] - theirs[0], mine[1] - theirs[1], a, b, formula)
    made = quotient(one, other, minus=kind in "增降")
    if made is None:
        return None
    amount, interval = made
    formula = f"{one} ÷ {other}"
    if kind == "增":
        formula = f"（{one} − {other}）÷ {other}"
    elif kind == "降":
        amount, interval = -amount, Interval(-interval.high, -interval.low)
        formula = f"（{other} − {one}）÷ {other}"
    return _Way(amount, interval, a, b, formula)


def _execution(
    table: TableData, number: int, amounts: tuple[int, ...], known: set[str]
) -> Iterator[Outcome]:
    """执行率 of a table too short to learn from: what was spent over any budget that it names."""
    columns = table.form.columns
    if "执行率" not in columns[number].label:
        return
    spent = [n for n in amounts if _SPENT.search(columns[n].label)]
    budgets = [n for n in amounts if _BUDGET.search(columns[n].label)]
    budgets.sort(key=lambda n: "全年" not in columns[n].label and "调整" not in columns[n].label)
    if len(spent) != 1 or not budgets or spent[0] in budgets:
        return
    misses = []
    for line in table.lines:
        fact, done = line.cells[number].fact, line.cells[spent[0]].fact
        ways = [_way("率", done, line.cells[n].fact) for n in budgets]
        if fact is None or fact.address in known or ways[0] is None:
            continue
        if any(way is not None and way.fits(fact.figure, True) for way in ways):
            yield Outcome(RATIO)
        else:
            misses.append((fact, ways[0]))
    if len(misses) == 1:  # several: the rate seems to be another
        yield _differs(RATIO, *misses[0], False)


def _differs(rule: Rule, fact: Fact, way: _Way, learned: bool = True) -> Outcome:
    recomputed = f"{shown(way.amount, max(2, fact.figure.decimals))}{fact.figure.unit}"
    words = {
        "label": fact.label,
        "printed": str(fact.figure),
        "formula": way.formula,
        "recomputed": recomputed,
        "as_others": "；这一列其他各行是这样算的" if learned else "",
        "as_others_en": ", as in the column's other rows" if learned else "",
    }
    others = (way.first.at, way.second.at)
    finding = Finding(
        rule,
        fact.at,
        words,
        others,
        fact.address,
        fact.figure.text,
        recomputed,
        formula=way.formula,
    )
    return Outcome(rule, finding=finding)


# -- down the columns --------------------------------------------------------------------------


def _is_total(line: Line) -> bool:
    """Is the line called a total: by its label, or in a list by one of its words?"""
    if line.row is not None:
        return bool(_TOTAL.search(line.label.strip()))
    return any(c.fact is None and _TOTAL.fullmatch(c.text.strip()) for c in line.cells)


def _down(table: TableData, summed: tuple[int, ...], known: set[str]) -> Iterator[Outcome]:
    """Every total row without a relation of its own, against the rows that its columns come from."""
    before: int | None = None
    for at, line in enumerate(table.lines):
        if not _is_total(line):
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
        yield _does_not_add(total, amount, facts)


def _parts(lines: tuple[Line, ...], at: int, before: int | None) -> Iterator[list[int]]:
    """The rows that a total may be the sum of: those above it, or below one that stands first."""
    start = 0 if before is None else before + 1
    rows = list(range(start, at))
    if not rows and before is None:
        end = next((n for n in range(at + 1, len(lines)) if _is_total(lines[n])), len(lines))
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


def _does_not_add(total: Fact, amount: Decimal, facts: list[Fact]) -> Outcome:
    decimals = max(total.figure.decimals, *(f.figure.decimals for f in facts))
    recomputed = f"{shown(amount, decimals)}{total.figure.unit}"
    formula = " + ".join(f.figure.text for f in facts[:12]) + (" + …" if len(facts) > 12 else "")
    words = {
        "label": total.label,
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
