"""两处列举不一致: the same list told twice, the second time without one of its items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.prose import Narrative
from site_builder.rules.list_lines import POINT
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import ASIDE

RULE = Rule(
    "list-lacks-item",
    "note",
    Words("两处列举，一处少了一项", "A list told twice, once without an item"),
    Words(
        "这里列了{listed}项，与前面所列{stated}项逐项相同，只少了“{lacking}”",
        "{listed} items stand here, the same as the {stated} above but for “{lacking}”",
    ),
    Words(
        "请核对两处是否应当一致，漏写的补上；原件如此的，保留原文并在“认可”中说明",
        "see whether both should be the same and add what is missing; if printed so, explain it",
    ),
    Words(
        "目标和任务前后应当对应；少一项，读者不知道它是不是目标。",
        "Goals and tasks correspond; with one missing nobody knows whether it is a goal.",
    ),
)
ITEM = re.compile(
    r"[ ]*(?:[-*][ ])?(?:(?P<digit>[0-9]{1,2})[.、．]|（(?P<han>[一二三四五六七八九十])）)[ ]*"
    r"(?P<title>[^，,。；;：:0-9]{4,20})[。；;：:]?"
)
ORDER = {c: n for n, c in enumerate("零一二三四五六七八九十")}
ABOUT = re.compile("目标|任务|工作重点|重点工作")
PLAIN = re.compile(r"[\s，,。；;、：:“”]+")
LEAST, MOST_LACKING = 3, 2


def check(subject: Subject) -> Iterator[Outcome]:
    """Each enumeration in a sentence or cell about goals, against the numbered lists above it."""
    found = False
    told: list[Passage] = [
        p
        for p in subject.told.holding(ABOUT)
        if any(word in p.text for word in ("一是", "（"))  # quick
    ]
    lists: list[tuple[list[str], Place]] = []
    if told:  # quick
        opened = [subject.told.lines[number] for number in subject.told.items]
        lists = _numbered((p.text, p.section, p.at) for p in opened)
        lists += _numbered(_headings(subject.disclosure.narrative))
    for passage in told:
        for items, start in _enumerations(passage):
            for titles, at in lists:
                lacking = _lacking(titles, items)
                if lacking:
                    found = True
                    yield _finding(passage, start, items, titles, lacking, at)
                    break
    if lists and not found:
        yield Outcome(RULE)
    if not lists:
        yield Outcome(RULE, reason=Words("没有编号的列举", "no numbered list"))


def _headings(narrative: Narrative) -> Iterator[tuple[str, str, Place]]:
    """The headings of each level in turn, those under one elder heading together."""
    for level in sorted({section.level for section in narrative.sections}):
        elder = ""
        for section in narrative.sections:
            if section.level < level:
                elder = section.id
            elif section.level == level:
                at = Place(narrative.file, section.line, level + 2)
                yield section.title, f"{level} {elder}", at


def _numbered(lines: Iterable[tuple[str, str, Place]]) -> list[tuple[list[str], Place]]:
    """Titles numbered from one on, in lines of one section; each line's text, section and place."""
    lists: list[tuple[list[str], Place]] = []
    titles: list[str] = []
    section, at = "", Place("", 0, 0)
    for text, under, where in lines:
        match = ITEM.match(text)
        if match is None:
            continue
        number = int(match["digit"]) if match["digit"] else ORDER[match["han"]]
        if number == len(titles) + 1 and under == section:
            titles.append(PLAIN.sub("", match["title"]))
        elif number == 1:
            if len(titles) > LEAST:  # quick
                lists.append((titles, at))
            titles = [PLAIN.sub("", match["title"])]
        else:
            continue
        if number == 1:
            section, at = under, where
    if len(titles) > LEAST:  # quick
        lists.append((titles, at))
    return lists


def _enumerations(passage: Passage) -> Iterator[tuple[list[str], int]]:
    """一是…二是…, and what stands in brackets with 、 between."""
    text = passage.text
    marks = list(POINT.finditer(text))
    if len(marks) >= LEAST:
        items = []
        for number, mark in enumerate(marks):
            end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
            items.append(PLAIN.split(text[mark.end() : end].strip())[0])
        yield items, marks[0].start()
    for aside in ASIDE.finditer(text):
        items = [PLAIN.sub("", i) for i in aside[0][1:-1].split("、")]
        if ABOUT.search(text, max(0, aside.start() - 16), aside.start()):
            yield items, aside.start()


def _lacking(titles: list[str], items: list[str]) -> list[str]:
    """The titles that no item names, where every item names one; empty for any other pair."""
    if not LEAST <= len(items) < len(titles) <= len(items) + MOST_LACKING:
        return []
    left = list(titles)
    for item in items:
        named = next((t for t in left if len(item) >= LEAST and t.startswith(item)), None)
        if named is None:
            return []
        left.remove(named)
    return left


def _finding(
    passage: Passage, start: int, items: list[str], titles: list[str], lacking: list[str], at: Place
) -> Outcome:
    words = {
        "listed": str(len(items)),
        "stated": str(len(titles)),
        "lacking": "”“".join(lacking),
    }
    address = passage.address or sentence_address(items[0], "列举")
    finding = Finding(RULE, passage.place(start), words, (at,), address, "", str(len(titles)))
    return Outcome(RULE, finding=finding)
