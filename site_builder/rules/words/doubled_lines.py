"""同一行写了两遍: a paragraph or a title that stands word for word, or but for 说明 at its end, below itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.finding import Finding
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.words.residue import DOUBLED
from site_builder.sentences import Passage

NUMBERED = re.compile(
    r"[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][^，,。；;]{3,40}[^，,。；;：:]$"
)
# 二、部门决算情况说明 and 二、部门决算情况 are one title.
TAIL = re.compile("(?:的?(?:情况|说明|如下|简介|介绍|概述))+$")
HAN = re.compile("[一-鿿]")
LONG = 14  # characters of a line that is not there twice by chance
SHOWN = 20


def check(subject: Subject) -> Iterator[Outcome]:
    """Each line of the narrative and the one below it; a heading and the line below it."""
    yield from outcomes_of(_found(subject), (DOUBLED,))


def _found(subject: Subject) -> Iterator[Finding]:
    for above, line in pairwise(subject.told.lines):
        if above.anchor == line.anchor and _same(above.raw, line.raw):
            yield _finding(line)
    first = {line.anchor: line for line in reversed(subject.told.lines)}
    for section in subject.disclosure.narrative.sections:
        below = first.get(section.id)
        if below is not None and _same(section.title, below.text):
            yield _finding(below)


def _same(above: str, line: str) -> bool:
    """Is it the same line, with words; or the same numbered title?"""
    if above == line:
        return len(HAN.findall(line)) >= LONG or NUMBERED.match(line) is not None
    if above[:3] != line[:3]:  # quick
        return False
    if NUMBERED.match(line) is None:
        return False
    return TAIL.sub("", above) == TAIL.sub("", line)


def _finding(line: Passage) -> Finding:
    printed = line.text if len(line.text) <= SHOWN else line.text[:SHOWN] + "…"
    address = f"正文={address_part(line.text)}"
    words = {"printed": printed}
    return Finding(DOUBLED, line.place(0), words, (), address, line.text, length=len(line.text))
