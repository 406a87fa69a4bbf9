"""同一结果两处不同: a score, or a project's figures in a summary, stated again as another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell, Fact, Report, TableData
from site_builder.rules.outcome import Outcome, Subject
from site_builder.told import plain_label

_REMEDY = Words(
    "请对照原件核对哪一处是对的；原件如此的，保留原数并在“认可”中说明",
    "look in the original which is right; if it is printed so, keep it and explain it",
)
SCORE = Rule(
    "stated-score-differs",
    "error",
    Words("自评得分与指标表的总分不符", "The score stated is not the table's total"),
    Words(
        "自评得分写的是{printed}，指标表的总得分是{recomputed}",
        "the score is stated as {printed}; the table of indicators totals {recomputed}",
    ),
    _REMEDY,
    Words("自评得分就是指标表的总得分。", "The score is what the table of indicators adds up to."),
    yields_to=("told-twice",),
)
SUMMARY = Rule(
    "summary-differs",
    "warning",
    Words("汇总表与项目自评表不符", "The summary differs from the project's own table"),
    Words(
        "汇总表里“{label}”写的是{printed}，这个项目的自评表里“{own}”是{recomputed}",
        "in the summary “{label}” is {printed}; the project's own table has {recomputed} at “{own}”",
    ),
    _REMEDY,
    Words(
        "汇总表的数来自每个项目的自评表，应当相同。",
        "A summary takes its figures from the projects' tables.",
    ),
)
_TOTAL = re.compile(r"(?:资金|预算|支出)?(?:总额|合计|总计)$")


def check(subject: Subject) -> Iterator[Outcome]:
    """The town's score; the projects' figures in a summary."""
    report = subject.disclosure.report
    yield from _score(report)
    yield from _summaries(report)


def _total_score(table: TableData) -> Fact | None:
    column = table.form.column_with("得分")
    cell = table.total.get(column.label) if column is not None else None
    return None if cell is None else cell.fact


def _score(report: Report) -> Iterator[Outcome]:
    """自评得分 against the total of the only table of indicators that is the town's own."""
    own = [t for t in report.tables if t.form.kind == "indicators" and not t.form.subject]
    total = _total_score(own[0]) if len(own) == 1 else None
    stated = {f.address: f for f in report.facts_of("自评得分")}
    if total is not None:
        stated.pop(total.address, None)  # 总分 is 自评得分 too
        for fact in stated.values():
            yield _stated(fact, total)
    if total is None or not stated:
        yield Outcome(SCORE, reason=Words("没有两处得分", "the score is not stated twice"))


def _stated(fact: Fact, total: Fact) -> Outcome:
    points = Figure(total.figure.amount, "分", total.figure.text, total.figure.about)
    guards = (fact.address, total.address)
    if fact.figure.agrees_with(points):
        return Outcome(SCORE, guards)
    words = {"printed": str(fact.figure), "recomputed": f"{total.figure.amount}分"}
    others = (total.at,)
    finding = Finding(
        SCORE, fact.at, words, others, fact.address, fact.figure.text, total.figure.text
    )
    return Outcome(SCORE, guards, finding)


# -- summaries of projects ---------------------------------------------------------------------


def _summaries(report: Report) -> Iterator[Outcome]:
    projects: dict[str, list[TableData]] = {}
    for table in report.tables:
        project = table.form.subject
        if table.form.key.endswith(f"·{project}"):
            projects.setdefault(project, []).append(table)
    plain = {_plain(name): name for name in projects}
    compared = False
    for table in report.tables if projects else ():  # quick
        if table.form.kind != "list":
            continue
        for line in table.lines:
            named = [c for c in line.cells if _plain(c.text) in plain]
            if len(named) == 1:
                own = projects[plain[_plain(named[0].text)]]
                for outcome in _summary(named[0].text, table, line.cells, own):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(SUMMARY, reason=Words("没有项目汇总表", "no summary of projects"))


def _plain(name: str) -> str:
    """村道硬化项目 is 村道硬化."""
    return name.removesuffix("项目").removesuffix("工程")


def _summary(
    name: str, table: TableData, cells: tuple[Cell, ...], own: list[TableData]
) -> Iterator[Outcome]:
    """Scores against the project's total, amounts of a basis against its 资金总额."""
    scores = [f for t in own if (f := _total_score(t)) is not None]
    for column, cell in zip(table.form.columns, cells, strict=True):
        fact = cell.fact
        if fact is None:
            continue
        if column.label.endswith(("得分", "评分")) and len(scores) == 1:
            theirs = scores[0]
            same = fact.figure.amount == theirs.figure.amount
        elif column.basis and column.unit != "%":
            sums = [f for t in own for f in _sums(t, column.basis)]
            if len(sums) != 1:
                continue
            theirs = sums[0]
            same = fact.figure.agrees_with(theirs.figure)
        else:
            continue
        guards = (fact.address, theirs.address)
        if same:
            yield Outcome(SUMMARY, guards)
            continue
        words = {
            "label": f"{name}·{column.label}",
            "printed": str(fact.figure),
            "own": theirs.label,
            "recomputed": str(theirs.figure),
        }
        others = (theirs.at,)
        finding = Finding(
            SUMMARY, fact.at, words, others, fact.address, fact.figure.text, theirs.figure.text
        )
        yield Outcome(SUMMARY, guards, finding)


def _sums(table: TableData, basis: str) -> Iterator[Fact]:
    columns = [
        n
        for n, c in enumerate(table.form.columns)
        if c.basis == basis and c.unit not in ("%", "分")
    ]
    for line in table.lines if len(columns) == 1 else ():
        fact = line.cells[columns[0]].fact
        if fact is not None and _TOTAL.search(plain_label(line.label)):
            yield fact
