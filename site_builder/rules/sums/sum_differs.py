"""合计与分项之和不符: a total that is not the sum of its complete parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from site_builder.cause import cause_of_sum
from site_builder.figure import shown
from site_builder.finding import Rule, Words
from site_builder.relations import BASIS, Case, total_of, verdict
from site_builder.report import Cell, Report, TableData
from site_builder.report_file import DASHES
from site_builder.rules.column_labels import is_total, plan_of
from site_builder.rules.outcome import Outcome, Subject, finding_of_case

_REMEDY = Words(
    "请对照原件核对合计和每个分项；原件如此的，保留原数并在“认可”中说明",
    "compare the total and each part with the original; if it is printed so, keep it and explain it",
)
RULE = Rule(
    "sum-differs",
    "error",
    Words("合计与分项之和不符", "Total differs from the sum of its parts"),
    Words(
        "“{label}”写的是{printed}，分项之和为{recomputed}，相差{difference}（{formula}）",
        "“{label}” is printed as {printed}, its parts add up to {recomputed}, off by {difference} ({formula})",
    ),
    _REMEDY,
    Words(
        "合计是读者最先看、也最容易核对的数；它与分项不符，至少有一个数错了。",
        "A total is what a reader checks first; when it does not add up, one figure at least is wrong.",
    ),
    BASIS,
)
ROUNDED = Rule(
    "sum-rounded",
    "note",
    Words("合计有尾差", "Total differs by rounding only"),
    Words(
        "“{label}”写的是{printed}，分项之和为{recomputed}，相差{difference}，可由四舍五入解释",
        "“{label}” is printed as {printed}, parts add up to {recomputed}: rounding explains {difference}",
    ),
    Words(
        "尾差可以保留；如系笔误请更正，否则在“认可”中说明",
        "rounding may stay: explain it, or mend it if it is a slip",
    ),
    Words("每个数都只写到最后一位，合计可能差一个尾数。", "Every figure is cut to its last digit."),
    BASIS,
)
GAP = Rule(
    "sum-gap",
    "warning",
    Words("分项未填全", "Parts left blank do not explain the total"),
    Words(
        "“{label}”写的是{printed}，已填分项之和为{recomputed}，还差{difference}；未填：{blank}",
        "“{label}” is {printed}, the parts given add up to {recomputed}, {difference} short; blank: {blank}",
    ),
    Words(
        "请补填空着的分项，或核对合计；原件如此的在“认可”中说明",
        "fill in the blank parts or check the total; explain it if it is printed so",
    ),
    Words(
        "空白不等于零：合计大于已填分项时，差额一定在没有填的分项里。",
        "Blank is not zero: the gap must be in a part that was not reported.",
    ),
)
EXCEEDS = Rule(
    "part-exceeds",
    "error",
    Words("分项大于合计", "Parts exceed their whole"),
    Words(
        "“{label}”写的是{printed}，其中各项之和已有{recomputed}，多出{difference}（{formula}）",
        "“{label}” is {printed}, some of its parts already make {recomputed}, {difference} too much ({formula})",
    ),
    _REMEDY,
    Words("“其中”只是一部分，不能比总数还大。", "Some of a thing cannot be more than all of it."),
)

WHOLE = re.compile(
    "^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]+[.、．])|(?:合\\s*计|总\\s*计|总额)$"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """合计: complete parts. Blank parts leave a gap that is said; absent ones say why not."""
    for case in subject.cases:
        if case.kind == "合计":
            yield _complete(case, subject.disclosure.report)
        elif case.kind == "其中":
            yield _partial(case)
    yield from _list_totals(subject)
    known = {c.result.address for c in subject.cases}
    for table in subject.disclosure.report.tables:
        if table.form.kind == "grid":  # quick
            yield from _named_parts(table, known)


def _named_parts(table: TableData, known: set[str]) -> Iterator[Outcome]:
    """A row called 其中 right below a total, or a numbered row, that the form does not tie to it."""
    for whole, part in pairwise(table.lines):
        if not part.label.lstrip().startswith("其中") or not WHOLE.search(whole.label.strip()):
            continue
        for number in plan_of(table.form).amounts:
            all_, some = whole.cells[number].fact, part.cells[number].fact
            if all_ is None or some is None or all_.address in known:
                continue
            if all_.figure.kind == some.figure.kind == "money":
                yield _partial(Case("其中", all_, (some,)))


def _complete(case: Case, report: Report) -> Outcome:
    printed = case.result.figure
    if case.absent or not case.operands:
        names = "、".join((*case.absent, *(c.address for c in case.blank)))
        reason = Words(f"分项没有填报：{names}", f"parts not reported: {names}")
        sums = total_of([f.figure for f in case.operands], printed.unit)
        positive = printed.amount >= 0 and all(f.figure.amount >= 0 for f in case.operands)
        if positive and sums is not None and sums[1].low > printed.written_interval().high:
            return _finding(EXCEEDS, case, sums[0])
        return Outcome(RULE, reason=reason)
    sums = total_of([f.figure for f in case.operands], printed.unit)
    if sums is None:
        return Outcome(RULE, reason=Words("单位不同类", "units of different kinds"))
    judged = verdict(printed, *sums)
    if judged == "exact":
        return Outcome(RULE, case.addresses)
    if judged in ("rounded", "truncated"):
        return _finding(ROUNDED, case, sums[0])
    if any(_unread(c) for c in case.blank):  # what it holds is not known, so nothing is off
        return Outcome(RULE, reason=Words("有分项读不懂", "a part that cannot be read"))
    if case.blank and sums[0] < printed.amount:
        return _finding(GAP, case, sums[0], cause_of_sum(report, case))
    return _finding(RULE, case, sums[0], cause_of_sum(report, case))


def _partial(case: Case) -> Outcome:
    printed = case.result.figure
    sums = total_of([f.figure for f in case.operands], printed.unit) if case.operands else None
    if sums is None:
        return Outcome(EXCEEDS, reason=Words("其中项没有填报", "none of the parts is reported"))
    if sums[1].low > printed.written_interval().high and printed.amount >= 0:
        return _finding(EXCEEDS, case, sums[0])
    return Outcome(EXCEEDS, (case.result.address,) if sums[0] == printed.amount else ())


def _finding(rule: Rule, case: Case, amount: Decimal, cause: Words | None = None) -> Outcome:
    printed = case.result.figure
    decimals = max(printed.decimals, *(f.figure.decimals for f in case.operands))
    parts = " + ".join(f.figure.text for f in case.operands)
    if len(case.operands) == 1:  # 24.75 = 24.75 would tell nobody anything
        parts = case.operands[0].label
    unit = printed.unit if any(str(f.figure) == f.figure.text for f in case.operands) else ""
    formula = f"{parts} = {shown(amount, decimals)}{unit}"
    blank = "、".join(_part(c.address, case.result.address) for c in case.blank)
    return finding_of_case(rule, case, amount, formula, {"blank": blank}, cause)


def _unread(cell: Cell) -> bool:
    """Is something written in a cell without a figure, so that none could be read? A finding says so."""
    return cell.text != "" and cell.text not in DASHES


def _part(address: str, total: str) -> str:
    """A part of a total by what tells the two apart: the row, the column, the field or the line."""
    own = [part for part in address.split(".") if part not in total.split(".")]
    return "·".join(f"第{part}行" if part.isdecimal() else part for part in own)


def _list_totals(subject: Subject) -> Iterator[Outcome]:
    """合计等于: the records of a list add up to a concept of the same report."""
    report = subject.disclosure.report
    for table in report.tables:
        for place, column in enumerate(table.form.columns):
            if not column.equals:  # quick
                continue
            cells = [line.cells[place] for line in table.lines if not is_total(line)]
            facts = tuple(c.fact for c in cells if c.fact is not None)
            total = report.fact_of(column.equals, column.basis)
            if total is None:
                yield Outcome(RULE, reason=Words(f"没有“{column.equals}”", "no total"))
                continue
            blank = tuple(c for c in cells if c.fact is None)
            yield _complete(Case("合计", total, facts, blank), report)
