"""正文与清单文字栏不符: what a list says of a record in words, goal and outcome, against each other and the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from site_builder.figure import Figure, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import TableForm, sentence_address
from site_builder.place import Place
from site_builder.record import record
from site_builder.report import Cell
from site_builder.rules.named_rows import NamedRow, is_called, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.rows_told import ToldRow, told_rows
from site_builder.sentences import Passage, Said, figures
from site_builder.told import is_told

CELL = Rule(
    "outcome-differs",
    "warning",
    Words("正文写的数与清单不符", "A figure told otherwise than in the list"),
    Words(
        "正文写“{label}”{printed}，清单“{column}”写的是“{recomputed}”",
        "the text says {printed} of “{label}”; the list has “{recomputed}” under “{column}”",
    ),
    Words(
        "请核对这个项目实际完成了多少，两处改成一致",
        "make both say what was done",
    ),
    Words(
        "同一个项目完成了多少，正文和清单应当是一个数。",
        "Text and list should state one number of what a project achieved.",
    ),
    yields_to=("digits-swapped", "prose-contradicts"),
)
GOAL = Rule(
    "goal-against-words",
    "warning",
    Words("文字写的目标没有达到，却说完成", "A goal in words, missed and called met"),
    Words(
        "“{label}”的目标是“{target}”，完成情况写的是“{printed}”，没有达到",
        "the goal of “{label}” is “{target}”; the outcome “{printed}” falls short of it",
    ),
    Words(
        "请核对完成数；没有达到的写明原因",
        "check what was done; if it fell short, say why",
    ),
    Words(
        "目标和结果都写在同一行，读者一比就知道。",
        "Goal and outcome stand in one row.",
    ),
)
LIMIT = Rule(
    "limit-misjudged",
    "warning",
    Words("是否超过控制目标说反了", "Said to be over a limit, and is not; or the other way"),
    Words(
        "正文写{printed}“{claim}”，“{label}”的目标是“{target}”",
        "the text says {printed} “{claim}”; the goal of “{label}” is “{target}”",
    ),
    Words(
        "请对照目标核对，改正这一句",
        "hold it against the goal and mend the sentence",
    ),
    Words(
        "越少越好的目标，没有超过就是完成。",
        "Where less is better, not to exceed the limit is to meet the goal.",
    ),
)
LATE = Rule(
    "told-deadline-missed",
    "warning",
    Words(
        "完成时间晚于目标，却说提前或按期", "Later than the deadline, and called early or in time"
    ),
    Words(
        "正文写“{label}”“{printed}”，目标是“{target}”",
        "the text says “{printed}” of “{label}”; the goal is “{target}”",
    ),
    Words(
        "请核对完工时间；确实晚了的，写明原因",
        "check when it was done; if it was late, say why",
    ),
    Words(
        "提前还是推迟，对照目标的时限就知道。",
        "Early or late is told by the deadline of the goal.",
    ),
)
TARGET = re.compile("目标|计划|任务|要求|预期")
DONE = re.compile("完成情况|完成内容|实施情况|实际完成|进展|成效|效果|结果")
VERB = re.compile(
    "(建成|完成|铺设|安装|新建|改造|维护|硬化|修建|发放|培训|清淤|衬砌|栽植|拆除|发现|发生|修复|购置|种植)"
)
MADE = frozenset(("建成", "新建", "修建"))
MET = re.compile(
    "完成(?:了)?(?:年度|全年|年初)?(?:目标|任务|计划)|达到(?:了)?目标|已完成$|全部完成|超额完成"
)
MOST = frozenset(("不超过", "不高于", "不大于", "以内", "以下", "≤", "控制在", "低于", "少于"))
OVER = re.compile(
    "(?:超过|超出|突破|高于)了?(?:年度|年初|全年)?(?:控制)?(?:目标|任务|指标|上限|控制数)"
)
UNDER = re.compile(
    "控制在(?:年度|年初)?(?:控制)?(?:目标|指标|上限)(?:以?内|之内)|低于(?:控制)?(?:目标|上限)|未超过(?:控制)?目标"
)
DEADLINE = re.compile(
    "(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日|份|底|末)?(?:以?前|之前|内|完工|完成|竣工|$)"
)
WHEN = re.compile(
    "(?:(?P<year>20[0-9]{2})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日|份|底|末|初|[上中下]旬)?[^，,。；;]{0,8}?(?:完工|竣工|建成|完成|验收|投用|投入使用|交付)"
)
CLAIM = re.compile("提前|按期|按时|如期")
ONE, HALF = Decimal(1), Decimal("0.5")
OTHERWISE = re.compile("上年|去年|计划|拟|将|力争|累计|其中|以来|预计|目标")


@record
class _Row:
    """A record with its goal and its outcome in words."""

    row: NamedRow
    goal: Cell | None
    done: Cell
    column: str


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with a column of words for what was done."""
    rows = list(_rows(subject))
    found: list[Outcome] = []
    for one in rows:
        found += _goal(one)
    limits = list(_limits(subject))
    for passage in subject.told.lines if rows or limits else ():  # quick
        if not is_told(passage):
            continue
        for one in rows:
            if one.row.name in passage.text or passage.section.endswith(one.row.name):
                found += _told(one, passage, subject.disclosure.key.year)
        for label, target, upper in limits:
            found += _limit(passage, label, target, upper)
    seen = {(o.finding.at, o.finding.printed[-2:]) for o in found if o.finding is not None}
    for told in told_rows(subject):
        found += _retold(told, seen)
    yield from found
    for rule in (CELL, GOAL, LIMIT, LATE):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("清单没有文字的目标和结果", "no goals in words"))


def _rows(subject: Subject) -> Iterator[_Row]:
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind == "list":
            goal, done = _columns(row.table.form)
            if done is not None:
                cells = row.line.cells
                label = row.table.form.columns[done].label
                yield _Row(row, None if goal is None else cells[goal], cells[done], label)


@lru_cache(maxsize=256)
def _columns(form: TableForm) -> tuple[int | None, int | None]:
    """The columns of a list that say what was wanted, and what was done."""
    labels = [column.label for column in form.columns]
    done = [n for n, label in enumerate(labels) if DONE.search(label)]
    goal = [n for n, label in enumerate(labels) if TARGET.search(label) and n not in done]
    return next(iter(goal), None), next(iter(done), None)


def _first(text: str) -> tuple[str, str, Figure] | None:
    """The verb, the words behind it and the figure of a cell: 铺设, 管网, 2.8公里."""
    for said in figures(text):
        figure = said.figure
        if figure is not None:
            verb = VERB.search(text, 0, said.start)
            return (verb[1], text[verb.end() : said.start], figure) if verb else ("", "", figure)
    return None


def _goal(one: _Row) -> Iterator[Outcome]:
    """铺设管网3.2公里 and 铺设管网2.8公里，完成年度目标."""
    if one.goal is None:
        return
    goal, done = _first(one.goal.text), _first(one.done.text)
    if goal is None or done is None or goal[0] != done[0]:
        return
    factor = done[2].factor_to(goal[2].unit)
    if factor is None or _is_most(one.goal.text):
        return
    if done[2].amount * factor >= goal[2].amount or not MET.search(one.done.text):
        yield Outcome(GOAL)
        return
    words = {"label": one.row.name, "target": one.goal.text, "printed": one.done.text}
    finding = Finding(
        GOAL, one.done.at, words, (one.goal.at,), one.done.address, one.done.text, one.goal.text
    )
    yield Outcome(GOAL, finding=finding)


def _told(one: _Row, passage: Passage, year: int) -> Iterator[Outcome]:
    text = passage.text
    start = max(0, text.find(one.row.name))
    others = [m for m in (text.find("；", start),) if m >= 0]
    end = min([len(text), *others])
    done = _first(one.done.text)
    limit = _most(one.goal)
    told: list[tuple[int, Said, Figure]] = []
    for said in passage.figures:
        figure = said.plain if start <= said.start < end else None
        low, high = passage.clause(said.start)
        if figure is None or OTHERWISE.search(text, low, said.start):
            continue
        verb = VERB.search(text, low, said.start)
        if (
            done is not None
            and verb is not None
            and _alike(verb[1], done[0])
            and said.unit == done[2].unit
            and text[verb.end() : said.start].strip("了共") in _between(one, done[1])
        ):
            told.append((verb.start(), said, figure))
        if limit is not None and said.unit == limit[1].unit:
            yield from _judged(passage, said, high, figure, one.row.name, *limit)
    if done is not None:
        yield from _outcomes(one, passage, told, done[2].amount)
    yield from _late(one, passage, start, end, year)


def _alike(verb: str, other: str) -> bool:
    """新建 is 建成."""
    return verb == other or {verb, other} <= MADE


def _outcomes(
    one: _Row, passage: Passage, told: list[tuple[int, Said, Figure]], right: Decimal
) -> Iterator[Outcome]:
    """What is told of an outcome: the number itself, or its parts (一期1.6公里，二期1.2公里)."""
    amounts = [figure.amount for _, _, figure in told]
    whole = right in amounts or sum(amounts) == right
    for start, said, figure in told:
        if figure.amount == right or (whole and figure.amount < right):
            yield Outcome(CELL)
            continue
        printed = passage.text[start : said.end]
        words = {
            "label": one.row.name,
            "printed": printed,
            "column": one.column,
            "recomputed": one.done.text,
        }
        yield _finding(CELL, passage, start, words, one.done, printed)


def _retold(told: ToldRow, seen: set[tuple[Place, str]]) -> Iterator[Outcome]:
    """全年铺设污水管网3.2公里, where 2.8 were laid; a project's budget told as what was spent."""
    figure, right, said = told.figure, told.size.figure, told.said
    factor = figure.factor_to(right.unit) or ONE
    amount = figure.amount * factor
    if figure.agrees_with(right) or right.amount <= 0 or amount <= 0:
        yield Outcome(CELL)
        return
    others = [one for one in told.sizes if one is not told.size and figure.agrees_with(one.figure)]
    times = amount / right.amount
    if not (others or ((times > HALF if told.whole else times > 1) and times <= 2)):
        return
    start = told.passage.opening(said.start)
    words = {
        "label": told.row.name,
        "printed": said.text,
        "column": told.size.column,
        "recomputed": told.size.cell.text,
    }
    if not any(at == told.passage.place(start) for at, _ in seen):
        yield _finding(CELL, told.passage, said.start, words, told.size.cell, said.text)


def _limits(subject: Subject) -> Iterator[tuple[str, Cell, Figure]]:
    """Indicators that ask for so much at most."""
    for _, lines in subject.indicators:
        for line in lines:
            if line.target is None:
                continue
            text = line.target.text.strip()
            if not text.startswith(("≤", "≦", "<", "不超过", "不高于")):
                continue
            figure = measure(text.lstrip("≤≦<=不超过高于"))
            if figure is not None:
                yield line.label, line.target, figure


def _limit(passage: Passage, label: str, target: Cell, upper: Figure) -> Iterator[Outcome]:
    """越级上访3批次，未超过控制目标, where two were allowed."""
    text = passage.text
    for said in passage.figures if OVER.search(text) or UNDER.search(text) else ():  # quick
        figure = said.plain if said.unit == upper.unit else None
        start = passage.opening(said.start)
        if figure is None or not is_called(label, text[start : said.start]):
            continue
        if not OTHERWISE.search(text, start, said.start):
            high = passage.clause(said.end)[1]
            yield from _judged(passage, said, high, figure, label, target, upper)


def _judged(
    passage: Passage,
    said: Said,
    high: int,
    figure: Figure,
    label: str,
    target: Cell,
    limit: Figure,
) -> Iterator[Outcome]:
    """超过控制目标 behind a figure that is not, or 控制在目标以内 behind one that is."""
    text = passage.text
    end = min(high + 16, passage.sentence(said.end)[1])
    over = OVER.search(text, said.end, end)
    if over is not None and text[over.start() - 1] in "未没不":
        over = None
    wrong = over if figure.amount <= limit.amount else UNDER.search(text, said.end, end)
    if wrong is not None:
        words = {"label": label, "printed": said.text, "claim": wrong[0], "target": target.text}
        yield _finding(LIMIT, passage, wrong.start(), words, target, wrong[0])


def _most(goal: Cell | None) -> tuple[Cell, Figure] | None:
    """A goal of so much at most, and how much."""
    if goal is None or not _is_most(goal.text):
        return None
    said = figures(goal.text)
    figure = said[0].figure if len(said) == 1 else None
    return None if figure is None else (goal, figure)


def _is_most(goal: str) -> bool:
    """Is less better?"""
    return any(word in goal for word in MOST)


def _between(one: _Row, words: str) -> set[str]:
    """What may stand between verb and number: the name, and what the cell has there."""
    return {"", one.row.name, words, f"污水{words}", f"{one.row.name}设施"}


def _late(one: _Row, passage: Passage, start: int, end: int, year: int) -> Iterator[Outcome]:
    """2023年5月完工，提前完成, where the goal is 2023年3月底前."""
    if one.goal is None:
        return
    due, when = DEADLINE.search(one.goal.text), WHEN.search(passage.text, start, end)
    if due is None or when is None:
        return
    done = (int(when["year"] or year), int(when["month"]))
    low, high = passage.sentence(when.start())
    claim = CLAIM.search(passage.text, low, high)
    if done <= (int(due["year"]), int(due["month"])):
        yield Outcome(LATE)
    elif claim is not None and not OTHERWISE.search(passage.text, low, when.start()):
        printed = passage.text[min(when.start(), claim.start()) : max(when.end(), claim.end())]
        words = {"label": one.row.name, "printed": printed, "target": one.goal.text}
        yield _finding(LATE, passage, when.start(), words, one.goal, printed)


def _finding(
    rule: Rule, passage: Passage, start: int, words: dict[str, str], cell: Cell, printed: str
) -> Outcome:
    finding = Finding(
        rule,
        passage.place(start),
        words,
        (cell.at,),
        sentence_address(printed, words["label"]),
        printed,
        cell.text,
        length=len(printed),
    )
    return Outcome(rule, finding=finding)
