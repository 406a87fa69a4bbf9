"""错别字: words that are never right in a report, 26综 for 26宗, 我 without the 镇 or 单位 behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.finding import Finding
from site_builder.rules.misspelt import MISSPELT
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

# Never right in the text of a report, a line each: the wrong form, what is meant, which of its characters is
# rare (counted from 0), and what must not follow (应征对象 is no 征对). The search looks for the rare
# character and skips all others at once. From common lists of misspellings in official papers.
_LIST = Path(__file__).with_name("misspellings.txt")
_ENTRIES = tuple(line.split() for line in _LIST.read_text(encoding="utf-8").splitlines())
MEANT = {entry[0]: entry[1] for entry in _ENTRIES}
# The entries that a rare character is of.
AROUND: dict[str, list[list[str]]] = {}
for _entry in _ENTRIES:
    AROUND.setdefault(_entry[0][int(_entry[2])], []).append(_entry)


def _branch(wrong: str, meant: str, rare: str, not_after: str = "") -> str:  # noqa: ARG001
    """What stands around the rare character of a wrong word, which has just been found."""
    place = int(rare)
    behind = f"(?<={wrong[: place + 1]})" if place else ""  # quick
    tail = wrong[place + 1 :] + (f"(?![{not_after}])" if not_after else "")
    return behind + (f"(?={tail})" if tail else "")  # quick


def _neighbours(at: int) -> str:
    """The characters before (-1) the rare ones that words end on, or behind (1) the others."""
    beside = ((entry[0], int(entry[2])) for entry in _ENTRIES)
    return "".join(
        {word[place + at] for word, place in beside if (place + 1 == len(word)) == (at < 0)}
    )


# First a rare character and what may stand beside it: few are left for which all are tried.
WRONG = re.compile(
    f"[{''.join(AROUND)}](?:(?=[{_neighbours(1)}])|(?<=[{_neighbours(-1)}].))(?<=(?="
    + "|".join(
        f"{rare}(?:{'|'.join(_branch(*one) for one in entries)})"
        for rare, entries in AROUND.items()
    )
    + ").)"
)
# 26综 is 26宗: a measure word that does not exist. Begins with what is rare.
CASES = re.compile(r"综(?<=[0-9]综)(?![合艺述])")
# 根据要求，我高度重视: the word that says who (镇, 局, 单位) is left out.
WHO = re.compile(
    "我(?<=[，,。；;]我)(?=高度重视|高度负责|认真贯彻|认真组织|认真部署|严格按照|及时成立|积极组织)"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    yield from outcomes_of(_misspelt(subject.wording), (MISSPELT,))


def _misspelt(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in WRONG.finditer(text, 0, end):
        wrong, start = _whole(text, match.start())
        yield _found(wording, start, start + len(wrong), MEANT[wrong])
    for match in WHO.finditer(text, 0, end):
        meant = "我单位" + text[match.end() :][:4]
        yield _found(wording, match.start(), match.end() + 4, meant)
    for match in CASES.finditer(text, 0, end):
        start = len(text[: match.start()].rstrip("0123456789"))
        number = text[start : match.start()]
        yield _found(wording, start, match.end(), f"{number}宗")


def _whole(text: str, rare: int) -> tuple[str, int]:
    """The wrong word around its rare character, and where it begins."""
    return next(
        (wrong, rare - int(place))
        for wrong, _, place, *_ in AROUND[text[rare]]
        if text.startswith(wrong, rare - int(place))
    )


def _found(wording: Wording, start: int, end: int, meant: str) -> Finding:
    return finding_at(MISSPELT, wording, start, end, {"recomputed": meant}, meant)
