"""列名说明了关系: rates and differences that a form does not declare, by the labels of their columns.

What a label leaves open (which budget, which year) is learned from the table itself: a relation
counts only where most of its cells fit it closely, and then those that do not are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import permutations

from site_builder.cause import cause_of_rate
from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import SAME_KIND, TableForm
from site_builder.relations import in_unit, quotient, total_of, verdict
from site_builder.report import Fact, Line, TableData
from site_builder.rules.column_labels import is_total, plan_of
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
_SPENT = re.compile("执行数|支出数|决算数|实际支出|执行金额")
_BUDGET = re.compile("预算数|预算金额|预算资金|安排数")
_OF_WORKS = re.compile("工程|形象|施工|建设|进度")
_FLOW = (
    re.compile("(?:年初|期初|上年末|上年年末|上年底|上年结[转余]|年初结[转余])"),
    re.compile("(?:本[年期])?(?:新增|增加|新建|新识别|转入|调入|下达|收入)"),
    re.compile("(?:本[年期])?(?:退出|减少|支出|使用|拨付|转出|调出|销号|清退|偿还|化解|处置|报废)"),
    re.compile("(?:年末|期末|年底|现有)"),
)
_FIRST = re.compile("全年|调整")  # of several budgets the one that a message names
_FORMULAS = {
    "率": "{one} ÷ {other}",
    "占": "{one} ÷ {other}",
    "增": "（{one} − {other}）÷ {other}",
    "降": "（{other} − {one}）÷ {other}",
    "差": "{one} − {other}",
}
_AS_OTHERS = Words("；这一列其他各行是这样算的", ", as in the column's other rows")


def check(subject: Subject) -> Iterator[Outcome]:
    """Grids and lists, along their rows."""
    known = {c.result.address for c in subject.cases if c.kind not in SAME_KIND and not c.absent}
    looked_at = False
    for table in subject.disclosure.report.tables:
        if table.form.kind not in ("grid", "list"):
            continue
        plan = plan_of(table.form)
        told: set[str] = set()  # figures behind a finding: one slip in them is told once
        for outcome in _flow(table, told):
            looked_at = True
            yield outcome
        for number, kind in plan.results:
            for outcome in _along(table, number, kind, plan.related, known, told):
                looked_at = True
                yield outcome
    if not looked_at:
        yield Outcome(RATIO, reason=Words("没有这样的列", "no such columns"))
        yield Outcome(DIFFERENCE, reason=Words("没有这样的列", "no such columns"))


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

    def in_unit(self, unit: str) -> _Way | None:
        """A difference in the unit of what is printed (万元 beside 元); None where there is none."""
        factor = self.first.figure.factor_to(unit)
        if factor is None:
            return None
        return replace(self, amount=self.amount * factor, interval=self.interval.times(factor))


def _along(
    table: TableData,
    number: int,
    kind: str,
    amounts: tuple[int, ...],
    known: set[str],
    told: set[str],
) -> Iterator[Outcome]:
    """One column against the two amounts that most of its rows come from."""
    results = _printed(table, number, known)
    signed = any(f is not None and f.figure.amount < 0 for f in results)
    best: tuple[int, list[tuple[Line, Fact, _Way]]] = (0, [])
    for ways in _ways(table, kind, amounts):
        fits, even, misses = 0, False, []
        for line, printed, one in zip(table.lines, results, ways, strict=True):
            if printed is None or one is None:
                continue
            way = one.in_unit(printed.figure.unit) if kind == "差" else one
            if way is None:
                continue
            if way.fits(printed.figure, signed):
                fits += way.telling
                even |= not way.telling
            else:
                misses.append((line, printed, way))
        if not _OF_WORKS.search(table.form.columns[number].label):
            fits += even  # 100% of all that was granted tells a little, too
        if fits > best[0]:
            best = (fits, misses)
    fits, misses = best
    rule = RATIO
    if kind == "差":
        rule = DIFFERENCE
        misses = [miss for miss in misses if not _opened(miss[0], amounts, *miss[1:])]
    if fits < 2 or fits <= len(misses):
        if kind == "率":
            yield from _execution(table, number, amounts, results)
        return
    yield Outcome(rule)
    for _, fact, way in misses:
        behind = {way.first.address} if kind == "占" else {way.first.address, way.second.address}
        if told.isdisjoint(behind):
            yield _differs(rule, fact, way, _AS_OTHERS)
        told |= behind


def _flow(table: TableData, told: set[str]) -> Iterator[Outcome]:
    """What there was, came and went, against what there is: 年初61户、新增4户、退出7户、年末58户."""
    places = _flowing(table.form)
    if places is None:
        return
    fits, misses = 0, []
    for line in table.lines:
        first, came, went, left = (line.cells[n].fact for n in places)
        if first is None or came is None or went is None or left is None:
            continue
        made = total_of([first.figure, came.figure], left.figure.unit)
        gone = in_unit(went.figure, left.figure.unit)
        if made is None or gone is None:
            continue
        formula = f"{first.figure} + {came.figure} − {went.figure}"
        way = _Way(made[0] - gone[0], made[1] - gone[1], first, went, formula)
        if way.fits(left.figure, True):
            fits += 1
        else:
            misses.append((left, way))
    if fits <= len(misses):
        return
    yield Outcome(DIFFERENCE)
    for left, way in misses:
        told |= {left.address, way.first.address, way.second.address}
        yield _differs(DIFFERENCE, left, way, _AS_OTHERS)


@lru_cache(maxsize=256)
def _flowing(form: TableForm) -> tuple[int, ...] | None:
    """The columns of what there was, came, went and is; each must be there, and once."""
    found = [
        [n for n, c in enumerate(form.columns) if c.type == "figure" and wanted.match(c.label)]
        for wanted in _FLOW
    ]
    return tuple([n for (n,) in found]) if all(len(places) == 1 for places in found) else None


def _opened(line: Line, amounts: tuple[int, ...], fact: Fact, way: _Way) -> bool:
    """Is a remainder the difference and what another column of its row carries over: 62 − 60 + 3, or gives back?"""
    for number in amounts:
        other = line.cells[number].fact
        if other is None or other is way.second:  # 62 − 60 + 60 is a figure miscopied
            continue
        carried = in_unit(other.figure, fact.figure.unit)
        if carried is not None:
            more = way.amount + carried[0], way.interval + carried[1]
            less = way.amount - carried[0], way.interval - carried[1]
            if any(verdict(fact.figure, *made) != "differs" for made in (more, less)):
                return True
    return False


def _printed(table: TableData, number: int, known: set[str]) -> list[Fact | None]:
    """What a column prints, line by line; nothing where a declared relation judges it."""
    facts = [line.cells[number].fact for line in table.lines]
    return [None if f is None or f.address in known else f for f in facts]


def _ways(
    table: TableData, kind: str, amounts: tuple[int, ...]
) -> Iterator[tuple[_Way | None, ...]]:
    """What the column would be under each reading of its label."""
    facts = {n: [line.cells[n].fact for line in table.lines] for n in amounts}
    if kind == "占":  # quick
        for n in amounts:
            for line, total in zip(table.lines, facts[n], strict=True):
                if is_total(line):  # quick
                    yield tuple([_way(kind, fact, total) for fact in facts[n]])
    for one, other in permutations(amounts, 2):
        yield tuple([_way(kind, a, b) for a, b in zip(facts[one], facts[other], strict=True)])


def _way(kind: str, a: Fact | None, b: Fact | None) -> _Way | None:
    """率 and 占 a ÷ b, 增 (a − b) ÷ b, 降 (b − a) ÷ b, 差 a − b; None where it cannot be said."""
    if a is None or b is None:
        return None
    one, other = a.figure, b.figure
    formula = _FORMULAS[kind].format(one=one, other=other)
    if kind == "差":
        theirs = in_unit(other, one.unit)
        if theirs is None:
            return None
        return _Way(one.amount - theirs[0], one.interval() - theirs[1], a, b, formula)
    made = quotient(one, other, minus=kind in "增降")
    if made is None:
        return None
    amount, interval = made
    if kind == "降":
        amount, interval = -amount, Interval(-interval.high, -interval.low)
    return _Way(amount, interval, a, b, formula)


def _execution(
    table: TableData, number: int, amounts: tuple[int, ...], results: list[Fact | None]
) -> Iterator[Outcome]:
    """执行率 of a table too short to learn from: what was spent over any budget that it names."""
    labels = [column.label for column in table.form.columns]
    if "执行率" not in labels[number]:
        return
    spent = [n for n in amounts if _SPENT.search(labels[n])]
    budgets = [n for n in amounts if _BUDGET.search(labels[n])]
    budgets.sort(key=lambda n: bool(_FIRST.search(labels[n])), reverse=True)
    if len(spent) != 1:
        return
    misses = []
    for line, fact in zip(table.lines, results, strict=True):
        done = line.cells[spent[0]].fact
        tried = [_way("率", done, line.cells[n].fact) for n in budgets]
        ways = [way for way in tried if way is not None]
        if fact is None or not ways:
            continue
        if any(way.fits(fact.figure, True) for way in ways):
            yield Outcome(RATIO)
        else:
            misses.append((fact, ways[0]))
    if len(misses) == 1:  # several: the rate seems to be another
        yield _differs(RATIO, *misses[0], Words("", ""))


def _differs(rule: Rule, fact: Fact, way: _Way, as_others: Words) -> Outcome:
    recomputed = f"{shown(way.amount, max(2, fact.figure.decimals))}{fact.figure.unit}"
    words = {
        "label": fact.label,
        "printed": str(fact.figure),
        "formula": way.formula,
        "recomputed": recomputed,
        "as_others": as_others.zh,
        "as_others_en": as_others.en,
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
        cause=cause_of_rate(fact.figure, way.amount, way.interval) if rule is RATIO else None,
    )
    return Outcome(rule, finding=finding)
