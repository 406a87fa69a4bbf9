"""Cells that tell in words what came of the year's goals (实际完成情况), item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from site_builder.rules.outcome import Subject
from site_builder.sentences import Passage, cell_passage

_DONE = re.compile("(?:完成|实现|达成)情况")
_ITEMS = re.compile("[\n。；;]+")
_NUMBER = re.compile("[.．、)）]")


def outcome_items(subject: Subject) -> tuple[Passage, ...]:
    """The items of such cells, each a passage without its number; those of a project's own tables aside."""
    key = ("outcome items", subject.disclosure.key)
    return subject.library.once(key, lambda: tuple(_all_items(subject)))


def _all_items(subject: Subject) -> Iterator[Passage]:
    for table in subject.disclosure.report.tables:
        if table.form.kind != "fields" or table.form.subject:
            continue
        for line in table.lines:
            if _tells_outcome(line.label):
                for cell in line.cells:
                    for item in _items(cell.text):
                        yield cell_passage("", item, cell.at, cell.address)


@lru_cache(maxsize=65536)
def _tells_outcome(label: str) -> bool:
    return _DONE.search(label) is not None


def _items(text: str) -> Iterator[str]:
    """1.89名干部…；2.硬化道路…: of the second item on it is clear that the first is of 89, not of 1.89."""
    items = [item.strip() for item in _ITEMS.split(text)]
    number = 1 if any(_is_item(item, 2) for item in items) else 0
    for item in items:
        if number and _is_item(item, number):
            yield item[len(str(number)) + 1 :]
            number += 1
        elif item:
            yield item


def _is_item(item: str, number: int) -> bool:
    size = len(str(number))
    return item[:size] == str(number) and _NUMBER.match(item, size) is not None
