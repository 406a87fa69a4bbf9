"""目标比上年降低或取消: an indicator whose target asks for less than last year's, or is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell, Report, TableData
from site_builder.rules.goal_words import wanted
from site_builder.rules.indicator_lines import TARGET
from site_builder.rules.outcome import Outcome, Subject

LOWERED = Rule(
    "target-lowered",
    "note",
    Words("指标的目标比上年低", "Target lower than last year's"),
    Words(
        "指标“{name}”上年目标是{before}，本年是{printed}",
        "the target of “{name}” was {before} last year and is {printed} now",
    ),
    Words(
        "确需降低的，请在报告或“认可”中说明理由",
        "give the reason in the report, or explain it, if it has to be lower",
    ),
    Words(
        "目标定低了，自然容易“完成”；读者应当知道标准变了。",
        "A lower target is easily reached: readers should know that it changed.",
    ),
)
DROPPED = Rule(
    "target-dropped",
    "note",
    Words("上年的量化指标本年不见了", "Last year's target is gone"),
    Words(
        "上年“{table}”里的量化指标本年没有了：{names}",
        "targets of last year's “{table}” are gone: {names}",
    ),
    Words(
        "请核对是否漏列；不再考核的，在“认可”中说明",
        "see whether they were left out; explain it if they are no longer assessed",
    ),
    Words(
        "指标年年换，成绩就没法比较；取消的指标常常是没有完成的那些。",
        "Indicators that change every year cannot be compared.",
    ),
)
# Names for which less is better, or which cost money: a smaller target is not a lower one.
LESS = re.compile(
    "下降|减少|降低|压减|压缩|成本|控制|事故|投诉|上访|信访|发生率|发案|死亡|超标|违|逾期|耗|负债|不高于|≤"
)
# What may cost more because more is done.
BUDGETED = re.compile("(?:项目|总|工程|建设|经济|改造)(?:成本|投资|支出|预算|投入)|[每户亩人]均|每")
NAMED = re.compile("[^0-9]")  # a line without a name is called by its number
_REMARK = re.compile(r"[（(][^（）()]*[)）]$")
_SPACES = re.compile(r"[\s，。；、：:（）()“”\"]|^指标[0-9]*[.、]?|[0-9]+[.、]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Indicators of one name in two consecutive reports of a town."""
    disclosure = subject.disclosure
    tables = list(_tables(disclosure.report))
    if not tables:  # quick
        return
    before = subject.library.of_year(*disclosure.key[:2], disclosure.key.year - 1)
    if before is None:
        yield Outcome(LOWERED, reason=Words("没有上年的报告", "no report of last year"))
        return
    then = {table.form.address: (table, place) for table, place in _tables(before.report)}
    for table, place in tables:
        other = then.get(table.form.address)
        if len(then) == len(tables) == 1:
            [other] = then.values()  # the one table, under another name
        if other is not None:
            yield from _compare(table, _targets(table, place), _targets(*other))


def _tables(report: Report) -> Iterator[tuple[TableData, int]]:
    """The town's own tables with targets, and which cell of a line is one; a project's are of another next year."""
    for table in report.tables:
        form = table.form
        if not form.subject:
            for number, column in enumerate(form.columns, len(form.levels)):
                if TARGET.search(column.label):
                    yield table, number
                    break


def _targets(table: TableData, place: int) -> dict[str, tuple[str, Cell]]:
    """By the name of an indicator: its groups and the cell of its target; names told twice are out."""
    found: dict[str, tuple[str, Cell]] = {}
    twice = set()
    for line in table.lines:
        name = _SPACES.sub("", line.label)
        if not NAMED.search(name):
            continue
        if name in found:
            twice.add(name)
        levels = [c.text for c in line.cells[: len(table.form.levels)]]
        found[name] = ("·".join([*levels, name]), line.cells[place])
    return {name: it for name, it in found.items() if name not in twice}


def _compare(
    table: TableData, now: dict[str, tuple[str, Cell]], then: dict[str, tuple[str, Cell]]
) -> Iterator[Outcome]:
    for name, (levels, cell) in now.items():
        if name not in then:
            continue
        old = then[name][1]
        mine, theirs = _figure(cell), _figure(old)
        if mine is None or theirs is None:
            continue
        if not _less(levels, *mine, *theirs):
            yield Outcome(LOWERED, (cell.address,))
            continue
        words = {"name": levels.rpartition("·")[2], "before": old.text, "printed": cell.text}
        finding = Finding(LOWERED, cell.at, words, (old.at,), cell.address, cell.text, old.text)
        yield Outcome(LOWERED, (cell.address,), finding)
    labels = [line.label for line in table.lines]
    # 新建示范村（含上年顺延1个）
    named = {_SPACES.sub("", one) for label in labels for one in (label, _REMARK.sub("", label))}
    gone = [
        (cell, cell.fact.row)
        for name, (_, cell) in then.items()
        if name not in named and cell.fact is not None
    ]
    kept = len(then.keys() & now.keys())
    if gone and kept * 2 >= len(then):
        first = next(iter(now.values()))[1]
        names = "、".join(f"{row}（{cell.text}）" for cell, row in gone)
        words = {"table": table.form.caption, "names": names}
        others = tuple(cell.at for cell, _ in gone)
        found = Finding(DROPPED, first.at, words, others, f"{table.form.address}.指标")
        yield Outcome(DROPPED, (), found)


def _figure(cell: Cell) -> tuple[Figure, str] | None:
    """A target as a figure with its sign: 新建3个, 控制在8万元以内."""
    figure, sign = wanted(cell.text)
    return None if figure is None else (figure, sign)


def _less(levels: str, now: Figure, sign: str, then: Figure, bound: str) -> bool:
    """Does the new target ask for less? Two bounds from above ask the other way; a cost may do so."""
    factor = then.factor_to(now.unit)
    if factor is None:
        return False
    if sign == bound == "≤":
        return now.amount > then.amount * factor and not BUDGETED.search(levels)
    if LESS.search(levels) or "≤" in (sign, bound):
        return False
    return now.amount < then.amount * factor
