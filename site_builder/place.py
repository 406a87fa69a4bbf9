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

    def in_words(self, data: str, narrative: str) -> str:
        """The place as readers of a report say it, whose two files are given: 数据文件第17行."""
        names = {data: "数据文件", narrative: "正文文件"}
        return f"{names[self.file]}第{self.line}行" if self.file in names else str(self)


def place_in(text: str, index: int, file: str) -> Place:
    """The place of character `index` of `text`."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
