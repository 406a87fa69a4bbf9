"""Patterns that search much text at little cost: led by their first characters, longer words first."""

from __future__ import annotations

import re


def any_of(words: list[str]) -> str:
    """A pattern of the longest of `words`, led by first characters so that few are tried."""
    ends: dict[str, list[str]] = {}
    for word in words:
        ends.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, rest in ends.items():
        longer = any_of([end for end in rest if end]) if any(rest) else ""
        branches.append(re.escape(first) + longer + ("?" if longer and "" in rest else ""))
    return f"(?:{'|'.join(branches)})"


def led_by(firsts: str, pattern: str) -> re.Pattern[str]:
    """`pattern`, each of whose matches begins with one of `firsts`: the search skips all others at once.

    A match begins where one of `pattern` does, and is one character long.
    """
    return re.compile(f"[{re.escape(firsts)}](?<=(?={pattern}).)")
