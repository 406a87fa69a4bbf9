"""A Python-Markdown extension: a page that is finished HTML passes unparsed, its headings become the contents.

A body that starts with `<!--raw-page-->` was rendered by us. MkDocs would spend 40–170 ms on it;
this way it adds navigation and theme in a few.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

MARK = "<!--raw-page-->"
HEADING = re.compile(r'<h([1-6]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
TAG = re.compile(r"<sup>.*?</sup>|<[^>]+>", re.S)


class _TakeOut(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        for place, line in enumerate(lines[:5]):
            if line.strip() == MARK:
                self.md.raw_page = "\n".join(lines[place + 1 :])  # type: ignore[attr-defined]
                return []
        self.md.raw_page = None  # type: ignore[attr-defined]
        return lines


class _PutBack(Postprocessor):
    def run(self, text: str) -> str:
        body: str | None = getattr(self.md, "raw_page", None)
        if body is None:
            return text
        self.md.toc_tokens = contents(body)  # type: ignore[attr-defined]
        return body


def contents(html: str) -> list[dict[str, Any]]:
    """The headings of finished HTML as Python-Markdown's tree of contents."""
    root: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    for match in HEADING.finditer(html):
        name = TAG.sub("", match[3]).strip()
        entry: dict[str, Any] = {
            "level": int(match[1]),
            "id": match[2],
            "name": name,
            "html": name,
            "data-toc-label": "",
            "children": [],
        }
        while open_ and open_[-1]["level"] >= entry["level"]:
            open_.pop()
        (open_[-1]["children"] if open_ else root).append(entry)
        open_.append(entry)
    return root


class RawPage(Extension):
    """Takes a finished page out before Markdown sees it and puts it back after."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register both ends."""
        md.preprocessors.register(_TakeOut(md), "raw-page", 29)
        md.postprocessors.register(_PutBack(md), "raw-page", -10)


def makeExtension(**options: Any) -> RawPage:  # noqa: N802 - Python-Markdown's name
    """Called by Python-Markdown."""
    return RawPage(**options)
