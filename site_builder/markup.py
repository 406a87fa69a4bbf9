"""Words as HTML: escaped, and remembered, for the same labels stand in thousands of reports."""

from __future__ import annotations

import html
from functools import lru_cache


@lru_cache(maxsize=65536)
def escape(words: str) -> str:
    """`html.escape`: words that may stand between tags and in attributes."""
    return html.escape(words)


def file_path(path: str) -> str:
    """The path of a file of the project: shown, and not searched, for the folders that it names stand in
    each of them."""
    return f"<span data-unsearched>{escape(path)}</span>"
