"""The files of the browser's index: scripts that hand over data, and lists of numbers in short strings."""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from site_builder.search.postings import Numbers
from site_builder.tree import Tree

# The digits of `packed`: printable, and none that JSON escapes; 45 that end a number, 45 that
# do not.
DIGITS = "".join(chr(code) for code in range(35, 126) if code != 92)
BASE = 45


class Folder:
    """The scripts below `root`, a tree of nothing else, by their names without ending."""

    def __init__(self, root: Path) -> None:
        self.tree = Tree(root)
        self._there = self.tree.names()

    def keep(self, names: Iterable[str]) -> bool:
        """Leave scripts as they are; False when one of them is not there."""
        files = [f"{name}.js" for name in names]
        if not self._there.issuperset(files):
            return False
        self.tree.written += files
        return True

    def write(self, name: str, version: str, data: object) -> bytes:
        """Write a script that hands over `data`; a file that is the same is left alone."""
        raw = f"siteSearch.add({_json(name)},{_json(version)},{_json(data)});\n".encode()
        self.tree.write(f"{name}.js", raw)
        return raw

    def read(self, name: str, version: str = "") -> Any:
        """The data that `write` wrote; None when there is none of this version, or it is damaged."""
        try:
            text = (self.tree.root / f"{name}.js").read_text("utf-8")
        except FileNotFoundError:
            return None
        head = f"siteSearch.add({_json(name)},{_json(version)},"
        try:
            return json.loads(text[len(head) : -3]) if text.startswith(head) else None
        except ValueError:
            return None

    def remove(self, name: str) -> None:
        """Remove a script, if it is there."""
        (self.tree.root / f"{name}.js").unlink(missing_ok=True)
        self._there.discard(f"{name}.js")

    def remove_stale(self) -> None:
        """Remove every file that was not written or kept."""
        self.tree.keep_only(self.tree.written)


def _json(value: object) -> str:
    """JSON that is JavaScript as well: two line ends are no characters of a string there."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class Packed:
    """Lists of ascending numbers as the packed distances between them, 0 for the next one."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._known: dict[tuple[int, ...], str] = {}  # many terms have the same

    def of(self, term: str) -> str:
        """The numbers of a term; "" when it has none."""
        if term not in self._numbers:
            return ""
        alike = self._numbers.alike(term)
        known = self._known.get(alike)
        if known is None:
            self._known[alike] = known = _distances(self._numbers[term])
        return known


def _distances(numbers: Sequence[int]) -> str:
    steps = map(operator.sub, numbers[1:], numbers)
    try:  # most are small
        return packed(numbers[:1]) + "".join(map(_STEPS.__getitem__, steps))
    except IndexError:
        return packed([numbers[0], *(b - a - 1 for a, b in pairwise(numbers))])


def packed(numbers: Iterable[int]) -> str:
    """Numbers from 0 up in a short string: digits of base 45, the lowest first."""
    out = []
    for number in numbers:
        rest = number
        while rest >= BASE:
            rest, digit = divmod(rest, BASE)
            out.append(DIGITS[BASE + digit])
        out.append(DIGITS[rest])
    return "".join(out)


_STEPS = ["", *(packed([gap]) for gap in range(BASE * BASE * 2))]  # by the step, gap + 1
