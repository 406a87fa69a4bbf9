"""A place in a source file: file, line and column, counted from 1 as editors do."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where something was written; `file` is relative to the project, with forward slashes."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def place_in(text: str, index: int, file: str) -> Place:
    """The place of character `index` of `text`."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
