"""完成情况照抄年度目标: what was done, in the very words of the goals of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell, TableData
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

RULE = Rule(
    "goal-copied",
    "note",
    Words("完成情况照抄年度目标", "What was done repeats the goals"),
    Words(
        "“{label}”与“{other}”一字不差，看不出实际做了什么",
        "“{label}” repeats “{other}” word for word and tells nothing of what was done",
    ),
    Words(
        "请写实际做了什么、做了多少；原件如此的，在“认可”中说明",
        "say what was done and how much of it; if it is printed so, explain it",
    ),
    Words(
        "目标是打算，完成情况是结果；两栏一样，读者不知道做没做。",
        "A goal is a plan and what was done its result; the same words leave readers in the dark.",
    ),
    PERFORMANCE,
)
# Columns and fields of goals, and of what came of them: 年初设定目标, 实际完成情况.
GOAL = re.compile(r"^[^，,。]{0,10}目标(?:内容)?$")
DONE = re.compile("完成情况|实现情况|实施情况")
# 已完成：, before the words of the goal.
LED = re.compile("^(?:已经?|均已|全部|全面|圆满)?(?:完成了?|达成|实现了?)")
MARKS = re.compile("[，,。；;：:、 \n]")
LONG = 8  # characters; shorter goals say little, and so may what was done


def check(subject: Subject) -> Iterator[Outcome]:
    """Every table of fields, every record and row with a goal and what was done."""
    found = False
    for table in subject.disclosure.report.tables:
        for goal, goal_label, done, label in _pairs(table):
            found = True
            yield _judged(goal, goal_label, done, label)
    if not found:
        yield Outcome(RULE, reason=Words("没有目标和完成情况两栏", "no goals beside what was done"))


def _pairs(table: TableData) -> Iterator[tuple[Cell, str, Cell, str]]:
    """A goal and what was done, each with what it is called."""
    form = table.form
    if form.kind == "indicators":
        return
    if form.kind == "fields":
        yield from _one([(line.cells[0], line.label) for line in table.lines])
        return
    words = [(n, c.label) for n, c in enumerate(form.columns)]
    if not any(DONE.search(label) for _, label in words):  # quick
        return
    for line in table.lines:
        yield from _one([(line.cells[n], label) for n, label in words])


@lru_cache(maxsize=1024)
def _is_goal(label: str) -> bool:
    return GOAL.match(label) is not None


@lru_cache(maxsize=1024)
def _is_done(label: str) -> bool:
    return DONE.search(label) is not None


def _one(cells: list[tuple[Cell, str]]) -> Iterator[tuple[Cell, str, Cell, str]]:
    """Of cells that belong together, where one is the goal and one what was done."""
    goals = [(c, label) for c, label in cells if c.text and _is_goal(label)]
    done = [(c, label) for c, label in cells if c.text and _is_done(label)]
    if len(goals) == 1 and len(done) == 1:
        yield (*goals[0], *done[0])


def _judged(goal: Cell, other: str, done: Cell, label: str) -> Outcome:
    wish, came = MARKS.sub("", goal.text), MARKS.sub("", done.text)
    # With figures in it the same words may be what was done: 造林1.2万亩.
    if len(wish) < LONG or any(map(str.isdigit, wish)) or wish not in (came, LED.sub("", came)):
        return Outcome(RULE)
    words = {"label": label, "other": other}
    return Outcome(RULE, finding=Finding(RULE, done.at, words, (goal.at,), done.address))
