"""超任务百分之几算不出来: by how much more than its task something was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from site_builder.figure import shown
from site_builder.patterns import led_by
from site_builder.relations import quotient, verdict
from site_builder.rules.balances import comparable
from site_builder.rules.changes import RULE, judged
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.told_quotients import fits
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

_GOAL = "(?:年初|年度|全年|原定|既定|上级|下达|预定|计划|目标|任务)(?:的|下达|计划|目标|任务|数|值|量|指标)*"
OVER = re.compile(
    f"(?:超额?|超出|超过)(?:完成)?(?:了)?{_GOAL}(?:达|了|的|为)*$|超额完成(?:了|率|达|的)*(?:为)?$"
)
MAYBE = led_by("超", f"超(?:额|出|过)?(?:完成)?了?(?:{_GOAL})?(?:率|达|了|的|为)*[0-9]")
TASK = re.compile("(?:任务|计划|目标|下达|应)[^，,。；;0-9]{0,12}$")
# What is done, of which task and clause must tell: 改造, 培训; no word that goes with any
WORK = re.compile(
    "改造|建设|新建|改建|培训|种植|造林|发放|收缴|征收|"
    "整治|清理|安装|硬化|招商|参保|缴费|接种|搬迁|养殖|育苗|采集|排查|检测"
)
DONE = re.compile("完成|实际|已|建成|实施|改造|新建|培训|发放|收缴|种植")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 超任务 with a per cent, of the task and what was done before it in the paragraph, or elsewhere."""
    for passage in subject.told.holding(MAYBE):
        told: list[Amount] = []
        for segment in segments(passage):
            for amount in segment.amounts:
                if amount.figure.unit == "%" and amount.exact and OVER.search(amount.words):
                    outcomes = list(_judged(segment, amount, told))
                    yield from outcomes or _elsewhere(subject, passage, amount)
                told.append(amount)


def _elsewhere(subject: Subject, passage: Passage, over: Amount) -> Iterator[Outcome]:
    """实际改造数超任务43%: of the only task of the report that is told with what was done of it, 改造."""
    pairs: dict[tuple[Decimal, Decimal], tuple[Passage, Amount, Amount]] = {}
    for line in subject.told.lines:
        for segment in segments(line):
            for task, done in pairwise(segment.amounts):
                if comparable(task, done) and TASK.search(task.words) and DONE.search(done.words):
                    key = (task.figure.amount, done.figure.amount)
                    pairs.setdefault(key, (line, task, done))
    if len(pairs) != 1:
        return
    [(line, task, done)] = pairs.values()
    clause = passage.text[passage.opening(over.said.start) : over.said.start]
    if not any(word in clause for word in WORK.findall(done.words + task.words[-12:])):
        return
    change = quotient(done.figure, task.figure, minus=True)
    if change is None or verdict(over.figure, *change) != "differs":
        yield Outcome(RULE)
        return
    formula = f"（{done.said.text} − {task.said.text}）÷ {task.said.text}"
    words = {"label": clause.strip()[-12:], "formula": formula}
    right = f"{shown(change[0], max(2, over.figure.decimals))}%"
    places = (line.place(a.said.start) for a in (task, done))
    finding = finding_on(RULE, passage, over.said, "超任务", words, right, places)
    yield Outcome(RULE, finding=finding)


def _judged(segment: Segment, over: Amount, told: Sequence[Amount]) -> Iterator[Outcome]:
    """任务115户，完成264户，超任务43%: of the nearest of both, unless any of the paragraph give it."""
    done = next((a for a in reversed(told) if a.figure.unit != "%"), None)
    if done is None or not DONE.search(done.words):
        return
    like = [a for a in told if a is not done and comparable(a, done)]
    tasks = [a for a in like if TASK.search(a.words)]
    if not tasks:
        return
    for task in tasks:
        change = quotient(done.figure, task.figure, minus=True)
        if change is None or verdict(over.figure, *change) != "differs":
            yield Outcome(RULE)
            return
        if fits(over.figure, done.figure, task.figure):
            return  # 超额完成108%: as a rate, of which another rule tells
    task = tasks[-1]
    yield judged(segment, over, done.figure, task.figure, "增", (task, done))
