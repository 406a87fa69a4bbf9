"""一串数里有一个没有单位: in a list of like amounts one without the unit of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.sentences import Passage

RULE = Rule(
    "unit-left-out",
    "note",
    Words("一串数里有一个没有单位", "One of a list of amounts without its unit"),
    Words(
        "“{printed}”没有单位，前后的数都写着“{unit}”",
        "“{printed}” has no unit, and the amounts around it are in “{unit}”",
    ),
    Words(
        "请补上单位；原件如此的，保留原文并在“认可”中说明",
        "add the unit; if it is printed so, keep it and explain it",
    ),
    Words(
        "一串数里漏了一个单位，读者不知道是少打了字还是另有单位。",
        "Where one of a list has no unit readers cannot tell whether it is another one.",
    ),
)
# 东山村17件，水务站4，供电所3件: a name, a number, a unit or none, up to the next mark
ITEM = re.compile(
    r"(?P<name>[一-鿿]{1,14}?)(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<unit>[一-鿿]{0,3})(?=[、，,；;。）)]|$)"
)
BARE = re.compile("[0-9](?=[、，,；;。])")
# What numbers an order, a date or a class, and no amount.
NUMBERED = re.compile("第|[年月日号路线栋楼组班级]$|编号|序号|代码|附件|附表|国道|省道|县道|乡道")
LEAST = 4


def check(subject: Subject) -> Iterator[Outcome]:
    """Every list of four items and more, all but one of one unit."""
    found = [f for p in subject.told.holding(BARE) for f in _of_passage(p)]
    yield from outcomes_of(found, (RULE,))


def _of_passage(passage: Passage) -> Iterator[Finding]:
    run: list[re.Match[str]] = []
    for match in ITEM.finditer(passage.text):
        if run and match.start() != run[-1].end() + 1:
            yield from _of_run(passage, run)
            run = []
        run.append(match)
    yield from _of_run(passage, run)


def _of_run(passage: Passage, run: list[re.Match[str]]) -> Iterator[Finding]:
    """Items with one mark between: one without a unit between neighbours that have one and the same."""
    for number, item in enumerate(run):
        near = {
            other["unit"] for other in (*run[max(0, number - 2) : number], *run[number + 1 :][:2])
        }
        if item["unit"] or not number or len(run) < LEAST or len(near) != 1:
            continue
        (unit,) = near
        if not unit or item.end() == len(passage.text) or NUMBERED.search(item["name"]):
            continue  # where a line ends the unit may stand on the next
        printed = item[0]
        words = {"unit": unit, "printed": printed}
        address = passage.address or sentence_address(printed, item["name"])
        at = passage.place(item.start())
        yield Finding(RULE, at, words, (), address, printed, f"{printed}{unit}")
