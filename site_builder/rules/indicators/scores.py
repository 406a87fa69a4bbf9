"""分值与得分: weights that do not add up, scores that do not, scores above their weight."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell, Fact, TableData
from site_builder.rules.indicator_lines import counted_cells
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

_REMEDY = Words(
    "请对照原件核对每项分值和得分；原件如此的，保留原数并在“认可”中说明",
    "compare each weight and score with the original; if it is printed so, keep it and explain it",
)
WEIGHTS = Rule(
    "weights-differ",
    "error",
    Words("分值之和不符", "Weights do not add up"),
    Words(
        "“{label}”的分值写的是{printed}，{count}项指标的分值之和为{recomputed}，相差{difference}",
        "weight of “{label}” is printed as {printed}, its {count} indicators make {recomputed}, off by {difference}",
    ),
    _REMEDY,
    Words(
        "下级指标的分值之和必须等于上级。", "The weights of a group must make the group's weight."
    ),
    PERFORMANCE,
)
SCORES = Rule(
    "score-total",
    "error",
    Words("总得分与各项得分之和不符", "Total score is not the sum of the scores"),
    Words(
        "“{label}”写的是{printed}，{count}项得分之和为{recomputed}，相差{difference}{unscored}",
        "“{label}” is printed as {printed}, {count} scores make {recomputed}, off by {difference}{unscored}",
    ),
    _REMEDY,
    Words(
        "自评总分决定等级，必须等于各项得分之和。",
        "The total decides the grade; it must be the sum.",
    ),
)
EXCEEDS = Rule(
    "score-exceeds-weight",
    "error",
    Words("得分超过分值", "Score above its weight"),
    Words(
        "“{label}”得{printed}分，超过了分值{recomputed}分",
        "“{label}” scores {printed}, more than its weight of {recomputed}",
    ),
    _REMEDY,
    Words("任何一项的得分都不能超过它的分值。", "No indicator can score more than its weight."),
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each indicator table: groups, total weight, total score, and each score against its weight."""
    report = subject.disclosure.report
    by_address = {t.form.address: t for t in report.tables}
    for table in report.tables:
        if not any(column.role for column in table.form.columns):  # quick
            continue
        if not table.whole:
            continue
        others = [by_address[a] for a in table.form.counted_with if a in by_address]
        yield from _groups(table)
        yield from _total(table, others, "分值", WEIGHTS)
        yield from _total(table, others, "得分", SCORES)
        yield from _above(table)


def _scored(table: TableData, role: str) -> list[Cell]:
    place = next(
        (
            n
            for n, c in enumerate((*([None] * len(table.form.levels)), *table.form.columns))
            if c is not None and c.role == role
        ),
        None,
    )
    if place is None:
        return []
    return [line.cells[place] for line in table.lines]


def _groups(table: TableData) -> Iterator[Outcome]:
    weights = _scored(table, "分值")
    if not table.group_weights:  # quick
        return
    groups: dict[str, list[Cell]] = {}
    for line, cell in zip(table.lines, weights, strict=False):
        groups.setdefault(line.cells[0].text, []).append(cell)
    for name, cell in table.group_weights.items():
        if cell.fact is None:
            continue
        if any(c.unread for c in groups.get(name, [])):
            continue
        mine = [c.fact for c in groups.get(name, []) if c.fact is not None]
        if not mine:
            reason = Words(f"“{name}”下没有指标", f"no indicator under “{name}”")
            yield Outcome(WEIGHTS, reason=reason)
            continue
        yield _sum(WEIGHTS, cell.fact, mine, name, 0)


def _total(table: TableData, others: list[TableData], role: str, rule: Rule) -> Iterator[Outcome]:
    column = table.form.column_with(role)
    total = table.total.get(column.label) if column else None
    if total is None or total.fact is None:
        return
    own = _scored(table, role)
    cells = [*own, *(c for other in others for c in counted_cells(other, role))]
    if any(c.unread for c in cells):
        return
    facts = [c.fact for c in cells if c.fact is not None]
    if not facts:
        yield Outcome(rule, reason=Words(f"没有列出{role}", "none listed"))
        return
    unscored = sum(1 for c in own if c.fact is None)
    yield _sum(rule, total.fact, facts, total.fact.label, unscored)


def _sum(rule: Rule, total: Fact, facts: list[Fact], label: str, unscored: int) -> Outcome:
    amount = sum((f.figure.amount for f in facts), Decimal(0))
    guards = (total.address, *(f.address for f in facts))
    printed = total.figure
    if amount == printed.amount:
        return Outcome(rule, guards)
    decimals = max(printed.decimals, *(f.figure.decimals for f in facts))
    words = {
        "label": label,
        "printed": str(printed),
        "recomputed": f"{shown(amount, decimals)}{printed.unit}",
        "difference": f"{shown(abs(printed.amount - amount), decimals)}{printed.unit}",
        "count": str(len(facts)),
        "unscored": f"；另有{unscored}项没有得分" if unscored else "",
    }
    finding = Finding(
        rule,
        total.at,
        words,
        tuple(f.at for f in facts),
        total.address,
        printed.text,
        shown(amount, decimals),
        shown(printed.amount - amount, decimals),
        f"{len(facts)}项之和 = {shown(amount, decimals)}",
    )
    return Outcome(rule, guards, finding)


def _above(table: TableData) -> Iterator[Outcome]:
    weights, scores = _scored(table, "分值"), _scored(table, "得分")
    for line, weight, score in zip(table.lines, weights, scores, strict=False):
        if weight.fact is None or score.fact is None:
            continue
        guards = (weight.address, score.address)
        if score.fact.figure.amount <= weight.fact.figure.amount:
            yield Outcome(EXCEEDS, guards)
            continue
        printed, limit = score.fact.figure.text, weight.fact.figure.text
        words = {"label": line.label, "printed": printed, "recomputed": limit}
        difference = str(score.fact.figure.amount - weight.fact.figure.amount)
        finding = Finding(
            EXCEEDS, score.at, words, (weight.at,), score.address, printed, limit, difference
        )
        yield Outcome(EXCEEDS, guards, finding)
