"""绩效指标的毛病: targets that cannot fail, items without a score, points taken without a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import KIND, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell, TableData
from site_builder.rules.admitted import admitted
from site_builder.rules.goal_words import bare, told_alike
from site_builder.rules.indicator_lines import NOTHING, REASON, IndicatorLine, counted_cells
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

CANNOT_FAIL = Rule(
    "target-cannot-fail",
    "warning",
    Words("指标值怎样都能完成", "A target that cannot be missed"),
    Words(
        "“{label}”的年度指标值写的是“{printed}”，任何结果都算完成，起不到考核作用",
        "the target of “{label}” is “{printed}”: no result can miss it",
    ),
    Words(
        "请把指标值写成具体的下限（如“≥90%”），并重新评分",
        "give a definite bound such as ≥90%, and score it anew",
    ),
    Words(
        "绩效目标应当细化、量化、可衡量；什么结果都符合的目标等于没有目标。",
        "A target must be measurable; one that every result meets is none.",
    ),
    PERFORMANCE,
)
UNSCORED = Rule(
    "indicator-unscored",
    "warning",
    Words("指标没有得分", "An indicator without a score"),
    Words(
        "“{label}”没有写得分，同一张表里另有{count}项写了得分",
        "“{label}” has no score; {count} others of the table have one",
    ),
    Words(
        "请补写得分；不适用的指标应注明并说明分值如何处理",
        "add the score; if the indicator does not apply, say so and what became of its weight",
    ),
    Words("少一项得分，总分就无从核对。", "Without it the total cannot be checked."),
)
BLANK = Rule(
    "evaluation-blank",
    "warning",
    Words("自评表没有填", "An evaluation that was not filled in"),
    Words(
        "这张表列了{count}项指标的分值，完成值和“{column}”两栏全是空白",
        "the table weighs {count} indicators; results and “{column}” are blank throughout",
    ),
    Words(
        "请填写完成值、逐项打分后再公开；还没有自评的，不要当作自评表公开",
        "give results and scores before it is published; what is not evaluated is no evaluation",
    ),
    Words(
        "没有完成值，也没有得分，就是没有自评。",
        "Without a result and a score nothing was evaluated.",
    ),
    PERFORMANCE,
)
UNEXPLAINED = Rule(
    "score-unexplained",
    "warning",
    Words("扣了分没有写原因", "Points taken without a reason"),
    Words(
        "“{label}”分值{recomputed}分、得{printed}分，“{column}”一栏{blank}",
        "“{label}” scores {printed} of {recomputed}; the column “{column}” gives no reason",
    ),
    Words("请填写偏差原因和改进措施", "give the reason for the deviation and what will be done"),
    Words(
        "得分低于分值的，表式要求写明原因和改进措施。",
        "The form asks for a reason wherever a score is below its weight.",
    ),
    "绩效自评表填报要求",
    yields_to=("score-without-result",),
)
UNITS = Rule(
    "target-unit",
    "error",
    Words("指标值与完成值单位不同", "Target and result in different units"),
    Words(
        "“{label}”的目标是{recomputed}，完成情况写的是{printed}，单位不同",
        "“{label}”: the target is {recomputed}, the result is {printed}: the units differ",
    ),
    Words(
        "请核对单位；原件如此的，保留原文并在“认可”中说明",
        "check the unit; if it is printed so, keep it and explain it",
    ),
    Words(
        "单位不同的两个数不能比较，无法判断目标是否完成。",
        "Figures in different units cannot be compared.",
    ),
)
DESPITE = Rule(
    "score-despite-failure",
    "warning",
    Words("说明写没有做到，却得了分", "Points for what the words say was not done"),
    Words(
        "“{label}”得{printed}分，说明却写“{words}”",
        "“{label}” scores {printed}, yet its words say “{words}”",
    ),
    Words(
        "请核对得分和说明：没有做到的应当扣分，说明写错的请更正",
        "check score and words: take the points, or mend the words",
    ),
    Words(
        "得分要有依据；说明写没有做到，又不扣分，自评结论就不可信。",
        "A score rests on what was done; points for what was not make it worthless.",
    ),
)
BARE = Rule(
    "score-without-result",
    "warning",
    Words("没有写完成情况却得了分", "Points without a result"),
    Words(
        "{count}项指标没有写完成值却得了分：{listed}",
        "{count} indicators score without a result: {listed}",
    ),
    Words(
        "请补写实际完成值；原件如此的，在“认可”中说明",
        "give what was achieved; if it is printed so, explain it",
    ),
    Words(
        "完成值空着，得分就没有依据，谁也无法核对。",
        "With the result left blank a score rests on nothing that anyone could check.",
    ),
    PERFORMANCE,
)
_RANGE = re.compile(r"^0+(?:\.0+)?\s*[%％]?\s*(?:[~～\-—–－]+|至|到)\s*100(?:\.0+)?\s*[%％]$")
_FROM_ZERO = re.compile(r"^(?:(?:≥|≧|>=)\s*0(?:\.0+)?\D{0,4}|0(?:\.0+)?[^0-9]{0,4}以上)$")
_TO_ALL = re.compile(r"^(?:(?:≤|≦|<=)\s*100(?:\.0+)?\s*[%％]|100[%％]以[内下])$")
# Where a result can be negative, “≥0” is a real bound.
_SIGNED = re.compile("增|变动|变化|差异|下降|提高|利润|收益|盈|结余|净|升|节约|节省|节支|降低")
# Of these all is the most: what is satisfied, right, accepted, covered, in time.
_PLEASED = re.compile(r"满意|(?:准确|合格|达标|覆盖|及时|办结|到位)率$")
_COSTS = re.compile("成本|预算|资金|支出|经费")
LEAST = 2  # indicators that a table weighs, to be called blank
HOUSEHOLDS, PEOPLE = frozenset(("户", "户次")), frozenset(("人", "名", "位", "人次"))
NONE = re.compile("[ ]*(?:[无零]|0|[不未]发生|没有)")
_UNKNOWN = re.compile("^(?:待|尚?未)(?:统计|测算|汇总|核实|评估|调查|填报?)$")
# Of what is counted these are never the same thing: terms and people, loads and tons, trees and land.
_SORT = {**dict.fromkeys(("期", "场", "场次"), "term"), **dict.fromkeys(("株", "棵"), "tree")}
_SORT |= dict.fromkeys(("车", "车次"), "load")
_APART = frozenset(
    map(frozenset, (("term", "people"), ("tree", "area"), ("tree", "people"), ("load", "mass")))
)
_PHYSICAL = frozenset(("length", "area", "volume"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of every indicator table."""
    for table, lines in subject.indicators:
        scored = sum(1 for x in lines if x.score is not None and x.score.fact is not None)
        for other in subject.disclosure.report.tables if scored else ():
            if other.form.address in table.form.counted_with:
                yield from _money(other, scored)
        reason = next((c.label for c in table.form.columns if REASON.search(c.label)), "偏差原因")
        yield from _bare(lines)
        yield from _blank(table, lines)
        for line in lines:
            yield from _target(line)
            yield from _score(line, scored, reason)
            yield from _despite(line)
            if line.target is not None and line.result is not None:
                yield from _units(line, line.target, line.result)


def _blank(table: TableData, lines: tuple[IndicatorLine, ...]) -> Iterator[Outcome]:
    """Weights, and neither a result nor a score at all, nor a total."""
    column = table.form.column_with("得分")
    weighed = [x for x in lines if x.weight is not None and x.weight.fact is not None]
    scores = [x.score for x in weighed if x.score is not None]
    results = [x.result for x in weighed if x.result is not None]
    if column is None or len(results) < LEAST:
        return
    total = table.total.get(column.label)
    filled = [*scores, *results, *([] if total is None else [total])]
    if any(cell.text.strip() not in NOTHING for cell in filled):
        yield Outcome(BLANK)
        return
    words = {"count": str(len(scores)), "column": column.label}
    yield Outcome(BLANK, (), Finding(BLANK, scores[0].at, words, (), scores[0].address))


def _money(table: TableData, scored: int) -> Iterator[Outcome]:
    """A row of 年度资金 with its weight and no score, beside indicators that have theirs."""
    column = table.form.column_with("得分")
    if column is None:
        return
    place = table.form.columns.index(column)
    weighed = {id(cell) for cell in counted_cells(table, "分值") if cell.fact is not None}
    for line in table.lines:
        score = line.cells[place]
        if score.text or not any(id(cell) in weighed for cell in line.cells):
            continue
        words = {"label": line.label, "count": str(scored)}
        yield Outcome(UNSCORED, (), Finding(UNSCORED, score.at, words, (), score.address))


def _bare(lines: tuple[IndicatorLine, ...]) -> Iterator[Outcome]:
    """Lines with a score and no result, in a table that asks for results: one finding a table."""
    scored = [
        (line, line.result, line.score)
        for line in lines
        if line.result is not None and line.score is not None
    ]
    if not any(result.text for _, result, _ in scored):
        return
    bare = [
        (line, score)
        for line, result, score in scored
        if (result.text.strip() in NOTHING or _UNKNOWN.match(result.text.strip()))
        and not _none_happened(line.target, result)
        and score.fact is not None
        and score.fact.figure.amount > 0
        and not any(note.text for note in line.notes)
    ]
    if not bare:
        yield Outcome(BARE)
        return
    first, *others = [score for _, score in bare]
    names = "、".join(f"“{line.label}”" for line, _ in bare[:3]) + ("…" if len(bare) > 3 else "")
    words = {"count": str(len(bare)), "listed": names}
    places = tuple(cell.at for cell in others)
    yield Outcome(BARE, (), Finding(BARE, first.at, words, places, first.address))


def _none_happened(target: Cell | None, result: Cell) -> bool:
    """零事故, and the result is 无."""
    return (
        target is not None and result.text.strip() == "无" and NONE.match(target.text) is not None
    )


def _target(line: IndicatorLine) -> Iterator[Outcome]:
    cell = line.target
    if cell is None:
        return
    if not cell.text:  # quick
        return
    text, name = cell.text.strip(), line.name
    plain = bare(text)
    if not (
        _RANGE.match(text)
        or (_FROM_ZERO.match(plain) and not _SIGNED.search(name))
        or (_TO_ALL.match(plain) and _PLEASED.search(name) and not _COSTS.search(name))
    ):
        yield Outcome(CANNOT_FAIL)
        return
    words = {"label": line.label, "printed": text}
    yield Outcome(CANNOT_FAIL, (), Finding(CANNOT_FAIL, cell.at, words, (), cell.address, text))


def _score(line: IndicatorLine, scored: int, column: str) -> Iterator[Outcome]:
    weight, score = line.weight, line.score
    if score is None:
        return
    named = any(line.levels[-1:])
    full = None if weight is None or weight.fact is None else weight.fact.figure.amount
    empty = weight is not None and not (weight.text and full != 0)  # a spacer row, or a heading
    dashed = line.result is not None and line.result.text.strip() not in NOTHING
    blank = not score.text or (dashed and score.text.strip() in NOTHING)
    if blank and scored and named and not empty:
        words = {"label": line.label, "count": str(scored)}
        finding = Finding(UNSCORED, score.at, words, (), score.address)
        yield Outcome(UNSCORED, (), finding)
        return
    reason = line.reason
    if weight is None or weight.fact is None or score.fact is None:
        return
    most, got = weight.fact.figure, score.fact.figure
    guards = (weight.address, score.address)
    if got.amount >= most.amount or not line.unexplained:
        yield Outcome(UNEXPLAINED, guards)
        return
    assert reason is not None  # it has a column for reasons
    said = reason.text.strip()
    words = {
        "label": line.label,
        "printed": got.text,
        "recomputed": most.text,
        "column": column,
        "blank": f"只写了“{said}”" if said else "是空白",
    }
    others = (weight.at, reason.at)
    finding = Finding(UNEXPLAINED, score.at, words, others, score.address, got.text, most.text)
    yield Outcome(UNEXPLAINED, guards, finding)


def _despite(line: IndicatorLine) -> Iterator[Outcome]:
    """A short note that says it was not done, beside a full score (or one without a weight)."""
    score = line.score.fact if line.score is not None else None
    weight = line.weight.fact if line.weight is not None else None
    if score is None or (line.weight is not None and weight is None):
        return
    full = (
        score.figure.amount > 0 if weight is None else score.figure.amount >= weight.figure.amount
    )
    notes = [
        n
        for n in (*line.notes, line.result)
        if n is not None
        and n.fact is None  # quick
        and n.text  # quick
    ]
    for note in notes:
        text = note.text.strip("。 ")
        short = len(text) <= 40 and "。" not in text and "；" not in text
        if not (full and short and admitted(text)):
            continue
        words = {"label": line.label, "printed": score.figure.text, "words": text}
        finding = Finding(DESPITE, score.at, words, (note.at,), score.address, score.figure.text)
        yield Outcome(DESPITE, (), finding)
        return
    if notes:
        yield Outcome(DESPITE)


def _units(line: IndicatorLine, target: Cell, result: Cell) -> Iterator[Outcome]:
    """Two single figures of different kinds; one amount as 186.5m³ and 186.5m is unit-slip's."""
    wish, came, _ = told_alike(target.text, result.text, line.name)
    goal, done = measure(bare(wish)), measure(bare(came))
    label = line.label
    if goal is None or done is None:
        return
    units = {goal.unit, done.unit}
    sorts = frozenset(_SORT.get(f.unit, f.kind) for f in (goal, done))
    if sorts in _APART or (units & HOUSEHOLDS and units & PEOPLE):  # counted, and not the same
        words = {"label": label, "printed": result.text, "recomputed": target.text}
        finding = Finding(
            UNITS, result.at, words, (target.at,), result.address, result.text, target.text
        )
        yield Outcome(UNITS, (), finding)
        return
    if goal.unit not in KIND or done.unit not in KIND:
        return
    guards = (target.address, result.address)
    kinds = {goal.kind, done.kind}
    slipped = goal.amount == done.amount and kinds <= _PHYSICAL
    if len(kinds) == 1 or kinds & {"share", "score"} or not done.amount or slipped:
        yield Outcome(UNITS, guards)
        return
    words = {"label": label, "printed": result.text, "recomputed": target.text}
    finding = Finding(
        UNITS, result.at, words, (target.at,), result.address, result.text, target.text
    )
    yield Outcome(UNITS, guards, finding)
