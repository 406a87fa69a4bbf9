"""支出科目名称写错: before （类）, （款） or （项） a name one character away from one of the official list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from site_builder.finding import Finding
from site_builder.rules.misspelt import MISSPELT, OPTIONAL, is_alike
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

# Names by function, of the years since 2007 (财政部 政府收支分类科目); 其他… are made of them.
LIST = Path(__file__).with_name("budget_items.txt")
MARK = re.compile("[类款项](?<=[（(].)(?=[）)])")
NAME = re.compile("[一-鿿、]{4,24}(?:[（(]室[）)][一-鿿]{2,12})?$")
LONG = 6  # characters of a name that says enough for any one of them to be wrong


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    yield from outcomes_of(_found(subject.wording), (MISSPELT,))


def _found(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for mark in MARK.finditer(text, 0, end):
        printed = NAME.search(text, max(0, mark.start() - 32), mark.start() - 1)
        meant = _meant(printed[0]) if printed is not None else None
        if meant is not None:
            wrong, right = meant
            start = mark.start() - 1 - len(wrong)
            yield finding_at(
                MISSPELT, wording, start, mark.start() - 1, {"recomputed": right}, right
            )


@lru_cache(maxsize=4096)
def _meant(printed: str) -> tuple[str, str] | None:
    """The wrong end of what is printed, and the name that it should be; None where it ends on a name.

    Words may stand before the name: 主要用于行政运行（项）.
    """
    names = _names()
    if any(map(printed.endswith, names)):
        return None
    for right in names:
        for size in (len(right) - 1, len(right), len(right) + 1):
            wrong = printed[-size:]
            if _is_slip(wrong, right):
                return wrong, right
    return None


def _is_slip(wrong: str, right: str) -> bool:
    """Is one character left out, doubled or another? Of short names one that looks or sounds alike."""
    if wrong[0] != right[0]:
        return False  # 农村水利, 农田水利: the first characters part the names
    both = zip(wrong, right, strict=False)
    same = next((n for n, (a, b) in enumerate(both) if a != b), min(len(wrong), len(right)))
    if len(wrong) == len(right):
        if wrong[same + 1 :] != right[same + 1 :] or right[same] in OPTIONAL:
            return False
        return len(right) >= LONG or is_alike(right[same], wrong[same])
    if len(wrong) < len(right):
        return len(right) >= LONG and wrong[same:] == right[same + 1 :]
    return wrong[same] == wrong[same - 1] and wrong[same + 1 :] == right[same:]


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(LIST.read_text(encoding="utf-8").split(), key=len, reverse=True))
