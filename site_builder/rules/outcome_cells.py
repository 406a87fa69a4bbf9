"""Cells that tell in words the year's goals (预期目标) and what came of them (实际完成情况), item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.rules.outcome import Subject
from site_builder.sentences import Passage, cell_passage

_DONE = re.compile("(?:完成|实现|达成)情况")
_GOALS = re.compile("(?:预期|年度|总体|绩效|设定)目标$")
_ITEMS = re.compile("[\n。；;]+")
_NUMBER = re.compile("[.．、)）]")


def outcome_items(subject: Subject) -> tuple[Passage, ...]:
    """What came of the goals, each item a passage without its number; of projects' own tables none."""
    return _told(subject)[1]


def goal_items(subject: Subject) -> tuple[Passage, ...]:
    """The goals, in the same way."""
    return _told(subject)[0]


def _told(subject: Subject) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    key = ("goals in cells", subject.disclosure.key)
    return subject.library.once(key, lambda: _all_items(subject))


def _all_items(subject: Subject) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    goals: list[Passage] = []
    done: list[Passage] = []
    for table in subject.disclosure.report.tables:
        if table.form.kind != "fields" or table.form.subject:
            continue
        for line in table.lines:
            told = _tells(line.label)
            for cell in line.cells if told else ():
                items = [
                    cell_passage("", item, cell.at, cell.address) for item in _items(cell.text)
                ]
                (done if told == "done" else goals).extend(items)
    return tuple(goals), tuple(done)


@lru_cache(maxsize=65536)
def _tells(label: str) -> str:
    """Of what a cell with that label tells: goals, what is done, or neither."""
    if _DONE.search(label) is not None:
        return "done"
    return "goals" if _GOALS.search(label) is not None else ""


def _items(text: str) -> Iterator[str]:
    """1.89名干部…；2.硬化道路…: of the second item on it is clear that the first is of 89, not of 1.89."""
    items = [item.strip() for item in _ITEMS.split(text)]
    number = 1 if any(_is_item(item, 2) for item in items) else 0
    for item in items:
        if number and _is_item(item, number):
            yield item[len(str(number)) + 1 :]
            number += 1
        elif item:  # quick
            yield item


def _is_item(item: str, number: int) -> bool:
    size = len(str(number))
    return item[:size] == str(number) and _NUMBER.match(item, size) is not None
