"""差多少说错了: how far a result is from its goal, and from where to where something went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Cell, Report
from site_builder.rules.goals_met import SIGNS, plan_and_done
from site_builder.rules.indicator_lines import IndicatorLine, indicator_tables
from site_builder.rules.named_rows import is_called
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, alike, segments
from site_builder.sentences import figures
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
FALL = "减少|下降|降低|压减|压缩|缩减|降|减|下滑|回落"
RISE = "增加|增长|上升|提高|提升|扩大|增至|增|升|上涨"
FROM = re.compile("(?:由|从)[^，,。；;、0-9]{0,14}$")
TO = re.compile(
    rf"^(?:人|户|个)?(?:，|,)?(?P<way>{FALL}|{RISE})(?:到|至|为)(?:了)?[^，,。；;、0-9]{{0,6}}$"
)
FAR = re.compile(
    "(?:较|比|与|距|离|低于|高于|超过|超出|超|少于|未达)(?:年度|年初|全年)?(?:绩效)?(?:目标|计划|任务|指标)(?:值|数)?(?:相?差|低|少|短|高|多|超|超出)?(?:了|出)?$"
)
APART = re.compile(
    "(?:还差|(?:低|高|多|少)于(?:年度|年初)?(?:目标|计划|任务)(?:值)?|尚差|仍差|相差|还缺|超额完成|超额|超出(?:年度|年初)?(?:目标|计划|任务)|超(?:目标|计划|任务)|"
    "(?:比|较)(?:年度|年初)?(?:目标|计划|任务)(?:多|少|高|低|高出|超出)?(?:完成|建成)?|(?:高|多)出(?:年度|年初)?(?:目标|计划|任务))(?:了)?$"
)
MAY_GO = re.compile("[少降低减缩滑落加长升高大增涨](?:到|至|为)")
MAY_BE_APART = re.compile(
    "[差缺额目计任](?:(?<=[还尚仍相]差)|(?<=还缺)|(?<=超额)|(?<=[于比较出超][目计任])|(?<=年[度初][目计任]))"
)
NOT_SIZE = re.compile("名次?|排名|第|率$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Notes of indicators; then every 由…减少到… of the narrative."""
    found: list[Outcome] = []
    for _, lines in indicator_tables(subject.disclosure.report):
        for line in lines:
            notes = [c for c in (line.reason, *line.notes) if c is not None and len(c.text) > 4]
            for note in notes:
                found += _note(line, note)
    for passage in subject.told.lines if MAY_GO.search(subject.told.text) else ():  # quick
        text = passage.text
        may_be = ("由" in text or "从" in text) and MAY_GO.search(text)  # quick
        if may_be and is_told(passage):
            for segment in segments(passage, "由", "从"):
                for one, other in zip(segment.amounts, segment.amounts[1:], strict=False):
                    way = TO.match(other.words) if FROM.search(one.words) else None
                    if way is None or not (one.exact and other.exact):
                        continue
                    if NOT_SIZE.search(one.words[-2:]) or not alike(one.figure, other.figure):
                        continue
                    factor = one.figure.factor_to(other.figure.unit) or Decimal(1)
                    gap = other.figure.amount - one.figure.amount * factor
                    fell = way["way"] in FALL.split("|")
                    if gap == 0 or (gap < 0) == fell:
                        found.append(Outcome(WAY))
                        continue
                    printed = passage.text[one.said.start : other.said.end]
                    words = {
                        "printed": printed,
                        "one": one.said.text,
                        "other": other.said.text,
                        "recomputed": "增加" if gap > 0 else "减少",
                        "recomputed_en": "up" if gap > 0 else "down",
                    }
                    finding = Finding(
                        WAY,
                        passage.place(one.said.start),
                        words,
                        (),
                        sentence_address(printed, "由"),
                        printed,
                        words["recomputed"],
                        length=len(printed),
                    )
                    found.append(Outcome(WAY, finding=finding))
    goals: list[tuple[str, Cell, Cell]] = []
    for passage in subject.told.lines if MAY_BE_APART.search(subject.told.text) else ():  # quick
        if MAY_BE_APART.search(passage.text) and is_told(passage):
            goals = goals or list(_goals(subject.disclosure.report))
            for segment in segments(passage, "差", "超", "比", "较", "出", "于"):
                found += _told(segment, goals)
    yield from found
    for rule in (GAP, WAY):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有说相差多少", "no distance is told"))


def _goals(report: Report) -> Iterator[tuple[str, Cell, Cell]]:
    """Name, goal and result of everything that has both."""
    for _, lines in indicator_tables(report):
        for line in lines:
            if line.target is not None and line.result is not None:
                yield line.label, line.target, line.result
    for table in report.tables:
        columns = plan_and_done(table.form) if table.form.kind == "list" else None
        if columns is not None:
            plan, done, name = columns
            for row in table.lines:
                yield row.cells[name].text, row.cells[plan], row.cells[done]


def _told(segment: Segment, goals: list[tuple[str, Cell, Cell]]) -> Iterator[Outcome]:
    """厕所改造84户，完成率93.33%，还差6户: behind the result of the only goal that has it."""
    text = segment.passage.text
    for number, gap in enumerate(segment.amounts):
        if not APART.search(gap.words) or not gap.exact:
            continue
        for one in reversed(segment.amounts[:number]):
            points = one.figure.unit == "%" and gap.figure.unit == "个百分点"
            if one.figure.unit != gap.figure.unit and not points:
                continue
            words = text[segment.start : one.said.start][-24:]
            meant = [
                (label, target, result, apart)
                for label, target, result in goals
                if is_called(label, words)
                and (apart := _apart(target, result, one.figure)) is not None
            ]
            if len(meant) == 1:
                yield _said(segment, gap, *meant[0])
            break


def _said(
    segment: Segment, gap: Amount, label: str, target: Cell, result: Cell, apart: Decimal
) -> Outcome:
    if apart == gap.figure.amount:
        return Outcome(GAP)
    right = f"{apart.normalize():f}{gap.figure.unit}"
    told = {
        "label": label,
        "printed": f"{gap.words.strip('，,')}{gap.said.text}",
        "target": target.text,
        "result": result.text,
        "recomputed": right,
    }
    finding = Finding(
        GAP,
        segment.passage.place(gap.said.start),
        told,
        (target.at, result.at),
        sentence_address(gap.said.text, label),
        gap.said.text,
        right,
        length=len(gap.said.text),
    )
    return Outcome(GAP, finding=finding)


def _apart(target: Cell, result: Cell, told: Figure) -> Decimal | None:
    """How far the two are from each other, where the told figure is the result."""
    goal, done = measure(SIGNS.sub("", target.text.strip())), measure(result.text)
    if goal is None or done is None or done.about or goal.unit != done.unit:
        return None
    if done.unit != told.unit or done.amount != told.amount:
        return None
    return abs(done.amount - goal.amount)


def _note(line: IndicatorLine, note: Cell) -> Iterator[Outcome]:
    """较目标低3个百分点, beside ≥95% and 92%."""
    if line.target is None or line.result is None:
        return
    goal = measure(SIGNS.sub("", line.target.text.strip()))
    done = measure(line.result.text)
    if goal is None or done is None or done.about or goal.unit != done.unit:
        return
    gap = abs(done.amount - goal.amount)
    for said in figures(note.text):
        figure = said.figure
        if figure is None or said.about or said.sign or not FAR.search(note.text[: said.start]):
            continue
        points = said.unit == "个百分点" and goal.unit == "%"
        if not (points or said.unit == goal.unit != "%"):
            continue
        if figure.amount == gap:
            yield Outcome(GAP)
            continue
        unit = "个百分点" if points else goal.unit
        words = {
            "label": line.label,
            "printed": note.text,
            "target": line.target.text,
            "result": line.result.text,
            "recomputed": f"{gap.normalize():f}{unit}",
        }
        others = (line.target.at, line.result.at)
        finding = Finding(GAP, note.at, words, others, note.address, said.text, words["recomputed"])
        yield Outcome(GAP, finding=finding)
