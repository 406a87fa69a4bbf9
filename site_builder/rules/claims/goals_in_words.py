"""清单里文字写的目标: missed and called met, kept and called exceeded, late and called in time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure, measure
from site_builder.figures_in_text import Said, figures
from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.goal_in_sentence import of_one_thing
from site_builder.rules.named_rows import is_called
from site_builder.rules.outcome import Outcome, Subject, held_against
from site_builder.rules.rows_in_words import OTHERWISE, VERB, Row, rows_in_words
from site_builder.sentences import Passage
from site_builder.told import is_told

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
MET = re.compile(
    "完成(?:了)?(?:年度|全年|年初)?(?:目标|任务|计划)|达到(?:了)?目标|已完成$|(?:全部|全面|圆满|超额|顺利|如期|均已)完成|"
    "(?:目标|任务)(?:已|均|都|全面|圆满)*(?:完成|实现|达成)"
)
NO_THING = re.compile("[^一-鿿]|不少于|不低于|不小于|至少|已|共|累计|年度|全年|任务|目标|了")
# Not of what was asked for at first, or only nearly.
NOT_MET = re.compile("未|没有|基本|调整后|另|其余|剩余|结转|在建|除")
AT_LEAST = re.compile("不[少低小]于")
MOST = frozenset(
    ("不超过", "不高于", "不大于", "不多于", "以内", "以下", "≤", "控制在", "低于", "少于")
)
OVER = re.compile(
    "(?:超过|超出|突破|高于)了?(?:年度|年初|全年)?(?:控制)?(?:目标|任务|指标|上限|控制数)"
)
UNDER = re.compile(
    "(?:控制)?在(?:年度|年初)?(?:控制)?(?:目标|指标|上限|控制数)(?:以?内|之内|范围内)|低于(?:控制)?(?:目标|上限|控制数)|(?:未|没有)(?:超过|突破)(?:控制)?(?:目标|指标|控制数)"
)
UNMET = re.compile("(?:未|没有|未能)(?:完成|达到|实现)(?:年度|控制)?(?:目标|任务)")
DEADLINE = re.compile(
    "(?:(?P<year>20[0-9]{2})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日|份|底|末)?(?:以?前|之前|内|完工|完成|竣工|$)"
)
WHEN = re.compile(
    "(?:(?P<year>20[0-9]{2})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日|份|底|末|初|[上中下]旬)?[^，,。；;]{0,8}?(?:完工|竣工|建成|完成|验收|投用|投入使用|交付|通水|通车)"
)
OF_ANOTHER = re.compile("[0-9]月")  # 12月8日建成，管网部分9月如期完成
CLAIM = re.compile("提前|按期|按时|如期")


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with a column of words for what was done."""
    rows = list(rows_in_words(subject))
    found: list[Outcome] = []
    for one in rows:
        found += _goal(one)
        found += _limit_of_row(one)
        found += _late_in_row(one, subject.disclosure.key.year)
    limits = list(_limits(subject))
    for passage in subject.told.lines if rows or limits else ():  # quick
        if not is_told(passage):
            continue
        for one in rows:
            if one.row.name in passage.text or passage.section.endswith(one.row.name):
                found += _told(one, passage, subject.disclosure.key.year)
        for label, target, upper in limits:
            found += _limit(passage, label, target, upper)
    yield from found
    for rule in (GOAL, LIMIT, LATE):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("清单没有文字的目标和结果", "no goals in words"))


def _goal(one: Row) -> Iterator[Outcome]:
    """铺设管网3.2公里 and 铺设管网2.8公里，完成年度目标."""
    if one.goal is None or _is_most(one.goal.text):
        return
    for asked, wanted in _said(one.goal.text):
        done = [
            figure.amount * factor
            for words, figure in _said(one.done.text)
            if (factor := figure.factor_to(wanted.unit)) is not None and _alike(asked, words)
        ]
        if not done:
            continue
        if (
            sum(done) >= wanted.amount
            or not MET.search(one.done.text)
            or NOT_MET.search(one.done.text)
        ):
            yield Outcome(GOAL)
            continue
        words = {"label": one.row.name, "target": one.goal.text, "printed": one.done.text}
        finding = Finding(
            GOAL, one.done.at, words, (one.goal.at,), one.done.address, one.done.text, one.goal.text
        )
        yield Outcome(GOAL, finding=finding)
        return


def _said(text: str) -> list[tuple[str, Figure]]:
    """The exact figures of a cell, each with the words before it back to the figure before."""
    told, last = [], 0
    for said in figures(text):
        if said.figure is not None and not said.upto:
            told.append((text[last : said.start], said.figure))
        last = said.end
    return told


def _alike(asked: str, done: str) -> bool:
    """Is it the same that was done, to the same thing (村道硬化, 硬化村道), as far as they say?"""
    verbs, others = VERB.findall(asked)[-1:], VERB.findall(done)[-1:]
    if verbs != others and verbs and others:
        return False
    things = [VERB.sub("", NO_THING.sub("", words)) for words in (asked, done)]
    return not all(things) or of_one_thing(asked, done)


def _limit_of_row(one: Row) -> Iterator[Outcome]:
    """火点控制在5个以内 and 发现火点7个，控制在目标以内."""
    limit = _most(one.goal)
    if limit is None:
        return
    text, (target, upper) = one.done.text, limit
    for said in figures(text):
        figure = said.plain if said.unit == upper.unit else None
        if figure is None or OTHERWISE.search(text[: said.start].rpartition("，")[2]):
            continue
        within = figure.amount <= upper.amount
        if within:
            wrong = OVER.search(text, said.end) or UNMET.search(text, said.end)
            if wrong is not None and text[wrong.start() - 1] in "未没不":
                wrong = None
        else:
            wrong = UNDER.search(text, said.end)
        if wrong is None:
            yield Outcome(LIMIT)
            continue
        words = {
            "label": one.row.name,
            "printed": said.text,
            "claim": wrong[0],
            "target": target.text,
        }
        finding = Finding(
            LIMIT, one.done.at, words, (target.at,), one.done.address, text, target.text
        )
        yield Outcome(LIMIT, finding=finding)
        return


def _late_in_row(one: Row, year: int) -> Iterator[Outcome]:
    """2022年8月底前完工 and 11月完工，按期完成."""
    due = _deadline(one.goal)
    when = WHEN.search(one.done.text)
    claim = CLAIM.search(one.done.text)
    if due is None or when is None or claim is None or NOT_MET.search(one.done.text):
        return
    assert one.goal is not None  # it has a deadline
    if (int(when["year"] or year), int(when["month"])) <= _month(due, year):
        yield Outcome(LATE)
        return
    words = {"label": one.row.name, "printed": one.done.text, "target": one.goal.text}
    finding = Finding(
        LATE, one.done.at, words, (one.goal.at,), one.done.address, one.done.text, one.goal.text
    )
    yield Outcome(LATE, finding=finding)


def _deadline(goal: Cell | None) -> re.Match[str] | None:
    """The only deadline of a goal."""
    found = list(DEADLINE.finditer(goal.text)) if goal is not None else []
    return found[0] if len(found) == 1 else None


def _month(due: re.Match[str], year: int) -> tuple[int, int]:
    """Year and month of a deadline; without a year it is of the report's."""
    return int(due["year"] or year), int(due["month"])


def _told(one: Row, passage: Passage, year: int) -> Iterator[Outcome]:
    """What a line tells of a record: how it kept its limit, when it was done."""
    text = passage.text
    start = max(0, text.find(one.row.name))
    mark = text.find("；", start)
    end = mark if mark >= 0 else len(text)
    limit = _most(one.goal)
    for said in passage.figures if limit is not None else ():
        figure = said.plain if start <= said.start < end else None
        low, high = passage.clause(said.start)
        if figure is None or OTHERWISE.search(text, low, said.start):
            continue
        assert limit is not None  # or there are none to look at
        if said.unit == limit[1].unit:
            yield from _judged(passage, said, high, figure, one.row.name, *limit)
    yield from _late(one, passage, start, end, year)


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
        yield held_against(LIMIT, passage, wrong.start(), words, target, wrong[0])


def _most(goal: Cell | None) -> tuple[Cell, Figure] | None:
    """A goal of so much at most, and how much."""
    if goal is None or not _is_most(goal.text):
        return None
    said = figures(goal.text)
    figure = said[0].figure if len(said) == 1 else None
    return None if figure is None else (goal, figure)


def _is_most(goal: str) -> bool:
    """Is less better?"""
    return any(word in AT_LEAST.sub("", goal) for word in MOST)


def _late(one: Row, passage: Passage, start: int, end: int, year: int) -> Iterator[Outcome]:
    """2023年5月完工，提前完成, where the goal is 2023年3月底前."""
    due, when = _deadline(one.goal), WHEN.search(passage.text, start, end)
    if due is None or when is None:
        return
    assert one.goal is not None  # it has a deadline
    done = (int(when["year"] or year), int(when["month"]))
    low, high = passage.sentence(when.start())
    claim = CLAIM.search(passage.text, low, high)
    if done <= _month(due, year):
        yield Outcome(LATE)
    elif claim is not None and OF_ANOTHER.search(passage.text, when.end(), claim.start()):
        return
    elif claim is not None and not OTHERWISE.search(passage.text, low, when.start()):
        printed = passage.text[min(when.start(), claim.start()) : max(when.end(), claim.end())]
        words = {"label": one.row.name, "printed": printed, "target": one.goal.text}
        yield held_against(LATE, passage, when.start(), words, one.goal, printed)
