"""差多少说错了: how far a result is from its goal, and from where to where something went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from site_builder.figure import Figure, measure
from site_builder.figures_in_text import figures
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.record import record
from site_builder.report import Cell, Report
from site_builder.rules.goals_met import SIGNS, Goal, goals_of
from site_builder.rules.named_rows import is_called
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, alike, segments
from site_builder.sentences import Passage
from site_builder.told import is_told

GAP = Rule(
    "gap-to-goal",
    "warning",
    Words("与目标相差多少写错了", "The distance from a goal is wrong"),
    Words(
        "“{label}”写“{printed}”，目标{target}、完成{result}，相差{recomputed}",
        "of “{label}” it says “{printed}”; goal {target}, result {result}: {recomputed} apart",
    ),
    Words(
        "请按目标和完成值重新计算",
        "work it out from goal and result",
    ),
    Words(
        "差多少由目标和完成值两个数相减得出。",
        "The distance is the difference of goal and result.",
    ),
)
WAY = Rule(
    "from-to-reversed",
    "warning",
    Words("由多到少、由少到多说反了", "From less to more, called a fall; or the reverse"),
    Words(
        "正文写“{printed}”，从{one}到{other}是{recomputed}",
        "the text says “{printed}”; from {one} to {other} it went {recomputed_en}",
    ),
    Words(
        "请核对前后两个数和“增加、减少”的说法",
        "check both numbers and the word for which way it went",
    ),
    Words(
        "由大到小是减少，由小到大是增加。",
        "From more to less is a fall.",
    ),
    yields_to=("told-change",),
)
FALL = "减少|下降|降低|压减|压缩|缩减|缩短|缩小|压降|降|减|下滑|回落"
RISE = "增加|增长|上升|提高|提升|扩大|延长|扩面|扩展|增至|增|升|上涨"
# 从年初起清退5人，减少到14人: from nowhere, it went by five
FROM = re.compile(
    "(?:由(?!于)|从(?!严))(?:(?!清退|清理|辞退|退休|退出|减|增|招[聘录]|拆|[注核]销|撤)[^，,。；;、0-9]){0,14}$"
)
TO = re.compile(
    rf"^(?:人|户|个)?(?:，|,)?(?P<way>{FALL}|{RISE})(?:到|至|为)(?:了)?[^，,。；;、0-9]{{0,6}}$"
)
FAR = re.compile(
    "(?:较|比|与|距|离|低于|高于|超过|超出|超|少于|未达)(?:年度|年初|全年)?(?:绩效)?(?:目标|计划|任务|指标)(?:值|数)?(?:相?差|低|少|短|高|多|超|超出)?(?:了|出)?$"
)
FAR_AT_ALL = re.compile("[目计任指](?:标|划|务)|相差|[还尚仍]差|欠|未完成|少完成")
# 未达到目标值95%，相差3个百分点; 少完成1.2公里; 未完成的8户因外出务工
SHORT = re.compile("(?:相差|[还尚仍]差|少完成|未完成的?|(?:^|[，,；;：])(?:还|尚)?欠)(?:了)?$")
ALL_OF_IT = re.compile("[，,。；;、]|$|因|系|是由|的原因|未完成|任务")
APART = re.compile(
    "(?:还差|(?:低|高|多|少)于(?:年度|年初)?(?:目标|计划|任务)(?:值)?|尚差|仍差|相差|还缺|超额完成|超额|超出(?:年度|年初)?(?:目标|计划|任务)|超(?:目标|计划|任务)|"
    "(?:比|较)(?:年度|年初)?(?:目标|计划|任务)(?:多|少|高|低|高出|超出)?(?:完成|建成)?|(?:高|多)出(?:年度|年初)?(?:目标|计划|任务))(?:了)?$"
)
FARTHER = ("差", "缺", "超", "比", "较", "出", "于")  # one of them is in all that APART finds
MAY_GO = re.compile("[少降低减缩短小滑落加长升高大增涨面展](?:到|至|为)")
MAY_BE_APART = re.compile(
    "[差缺额目计任](?:(?<=[还尚仍相]差)|(?<=还缺)|(?<=超额)|(?<=[于比较出超][目计任])|(?<=年[度初][目计任]))"
)
# 比年度目标95%低0.8个百分点: the goal itself, then how far; 超额完成160户的年度目标
THE_GOAL = re.compile(
    "[，,]?(?:还|又)?(?:低|高|少|多|短|相差|差|下降|提高|减少|增加|超出|超过|超)(?!于)|"
    "的?(?:年度|年初|全年|既定|预期|绩效|下达)*的?(?:目标|任务|计划|指标)"
)
NOT_SIZE = re.compile("名次?|排名|第|率$")


# 完成剩余150亩茶园的验收: what a goal still lacked, among what is to be done
LEFT = re.compile(
    "(?:剩余|余下|剩下|未完成|欠账|未改造|未治理|未建成|未实施|未硬化)的?(?P<n>[0-9][0-9.]*)(?P<unit>[一-鿿]{1,2}?)(?P<what>[一-鿿]{2,8})"
)
MAY_BE_LEFT = led_by("剩余欠未", LEFT.pattern)
POINTS = {"%": "个百分点"}  # what two figures of a unit are apart in, where it is not that unit


@record
class _Goal:
    """Something with a goal and a result in figures of one unit, `apart` from each other."""

    label: str
    target: Cell
    result: Cell
    done: Figure
    apart: Decimal

    @property
    def unit(self) -> str:
        """What the distance is in."""
        return POINTS.get(self.done.unit, self.done.unit)


def check(subject: Subject) -> Iterator[Outcome]:
    """Notes of goals; then every 由…减少到… of the narrative, and every distance from a goal."""
    found: list[Outcome] = []
    report, told = subject.disclosure.report, subject.told
    for goal in goals_of(report):
        for note in goal.notes:
            if FAR_AT_ALL.search(note.text):  # quick
                found += _note(goal, note)
    for passage in told.lines if MAY_GO.search(told.text) else ():  # quick
        if not MAY_GO.search(passage.text):  # quick
            continue
        for segment in segments(passage, "由", "从") if is_told(passage) else ():
            found += _ways(segment)
    if MAY_BE_APART.search(told.text):  # quick
        goals = list(_goals(report))
        for passage in told.lines:
            if not MAY_BE_APART.search(passage.text):  # quick
                continue
            for segment in segments(passage, *FARTHER) if is_told(passage) else ():
                found += _told(segment, goals)
    found += _left(subject)
    yield from found
    for rule in (GAP, WAY):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有说相差多少", "no distance is told"))


def _ways(segment: Segment) -> Iterator[Outcome]:
    """由14人减少到17人."""
    for one, other in pairwise(segment.amounts):
        way = TO.match(other.words) if FROM.search(one.words) else None
        if way is None or not (one.exact and other.exact):
            continue
        if NOT_SIZE.search(one.words[-2:]) or not alike(one.figure, other.figure):
            continue
        factor = one.figure.factor_to(other.figure.unit)
        assert factor is not None  # they are alike
        gap = other.figure.amount - one.figure.amount * factor
        fell = way["way"] in FALL.split("|")
        if gap == 0 or (gap < 0) == fell:
            yield Outcome(WAY)
            continue
        printed = segment.passage.text[one.said.start : other.said.end]
        went, went_en = ("增加", "up") if fell else ("减少", "down")
        words = {
            "printed": printed,
            "one": one.said.text,
            "other": other.said.text,
            "recomputed": went,
            "recomputed_en": went_en,
        }
        finding = Finding(
            WAY,
            segment.passage.place(one.said.start),
            words,
            (),
            sentence_address(printed, "由"),
            printed,
            went,
            length=len(printed),
        )
        yield Outcome(WAY, finding=finding)


def _goals(report: Report) -> Iterator[_Goal]:
    """Indicators and lines of lists that have both."""
    for goal in goals_of(report):
        yield from _goal(goal.label, goal.target, goal.result)


def _goal(label: str, target: Cell, result: Cell) -> Iterator[_Goal]:
    """One at most: none where a figure is missing or inexact, or units are of two kinds."""
    goal, done = measure(SIGNS.sub("", target.text.strip())), measure(result.text)
    if goal is None or done is None or done.about:
        return
    factor = goal.factor_to(done.unit)
    if factor is not None:
        yield _Goal(label, target, result, done, abs(done.amount - goal.amount * factor))


def _told(segment: Segment, goals: list[_Goal]) -> Iterator[Outcome]:
    """厕所改造84户，完成率93.33%，还差6户: behind the result of the only goal that has it."""
    text = segment.passage.text
    for number, gap in enumerate(segment.amounts):
        if not APART.search(gap.words) or not gap.exact or THE_GOAL.match(text, gap.said.end):
            continue
        for one in reversed(segment.amounts[:number]):
            if POINTS.get(one.figure.unit, one.figure.unit) != gap.figure.unit:
                continue
            words = text[segment.start : one.said.start][-24:]
            meant = [
                goal
                for goal in goals
                if (goal.done.amount, goal.done.unit) == (one.figure.amount, one.figure.unit)
                and is_called(goal.label, words)
            ]
            if len(meant) == 1:
                yield _apart(segment, gap, meant[0])
            break


def _left(subject: Subject) -> Iterator[Outcome]:
    """剩余150亩茶园, where 1150 of 1200亩 were done and the 50亩 are told elsewhere."""
    told = subject.told
    for passage in told.holding(MAY_BE_LEFT):
        for match in LEFT.finditer(passage.text):
            figure = measure(f"{match['n']}{match['unit']}")
            if figure is None:
                continue  # 80..5亩
            short = [
                goal
                for goal in _goals(subject.disclosure.report)
                if goal.unit == figure.unit
                and goal.apart
                and any(a + b in goal.label for a, b in pairwise(match["what"][:3]))
            ]
            if len({goal.apart for goal in short}) != 1:
                continue  # none, or two of the same words
            goal = short[0]
            right = f"{goal.apart.normalize():f}{goal.unit}"
            told_so = re.search(rf"(?<![0-9.]){re.escape(right)}", told.text)
            if figure.amount != goal.apart and told_so is not None:
                printed = f"{match['n']}{match['unit']}"
                said = match[0][: match.start("what") - match.start()]
                yield Outcome(GAP, finding=_finding(passage, match.start("n"), goal, printed, said))


def _apart(segment: Segment, gap: Amount, goal: _Goal) -> Outcome:
    if goal.apart == gap.figure.amount:
        return Outcome(GAP)
    said = f"{gap.words.strip('，,')}{gap.said.text}"
    finding = _finding(segment.passage, gap.said.start, goal, gap.said.text, said)
    return Outcome(GAP, finding=finding)


def _finding(passage: Passage, start: int, goal: _Goal, printed: str, said: str) -> Finding:
    right = f"{goal.apart.normalize():f}{goal.unit}"
    told = {
        "label": goal.label,
        "printed": said,
        "target": goal.target.text,
        "result": goal.result.text,
        "recomputed": right,
    }
    return Finding(
        GAP,
        passage.place(start),
        told,
        (goal.target.at, goal.result.at),
        sentence_address(printed, goal.label),
        printed,
        right,
        length=len(printed),
    )


def _note(one: Goal, note: Cell) -> Iterator[Outcome]:
    """较目标低3个百分点, beside ≥95% and 92%."""
    for goal in _goal(one.label, one.target, one.result):
        for said in figures(note.text):
            figure = said.plain
            if figure is None or said.unit != goal.unit:
                continue
            before = note.text[: said.start]
            short = SHORT.search(before) and ALL_OF_IT.match(note.text, said.end)
            if not short and not FAR.search(before):
                continue
            if figure.amount == goal.apart:
                yield Outcome(GAP)
                continue
            words = {
                "label": goal.label,
                "printed": note.text,
                "target": goal.target.text,
                "result": goal.result.text,
                "recomputed": f"{goal.apart.normalize():f}{goal.unit}",
            }
            others = (goal.target.at, goal.result.at)
            finding = Finding(
                GAP, note.at, words, others, note.address, said.text, words["recomputed"]
            )
            yield Outcome(GAP, finding=finding)
