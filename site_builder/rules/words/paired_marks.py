"""标点不成对: a bracket or quotation mark that is opened and not closed, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PUNCTUATION_MARKS

RULE = Rule(
    "unpaired-mark",
    "note",
    Words("括号、引号不成对", "Bracket or quotation mark without its pair"),
    Words("“{around}”里的{mark}没有配对", "the {mark_en} in “{around}” has no pair"),
    Words(
        "请补上另一半或删去；原件如此的，保留原文并在“认可”中说明",
        "add the other half or leave it out; if it is printed so, keep and explain it",
    ),
    Words(
        "括号、引号缺一半，读者分不清哪些话在里面。",
        "With half a bracket nobody knows what stands inside it.",
    ),
    PUNCTUATION_MARKS,
)
PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("【", "】"), ("〔", "〕"))
NAMES = ("括号", "书名号", "引号", "方括号", "六角括号")
EN_NAMES = ("bracket", "title mark", "quotation mark", "square bracket", "tortoise-shell bracket")
WIDE = str.maketrans("()", "（）")  # headings are numbered with either
# 1） and 一）: an item of a list needs no opening bracket.
ITEM = re.compile(r"(?:^|[\s，。；：、])[0-9一二三四五六七八九十]{1,2}）")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of the narrative and every cell with words; one finding a line."""
    found = False
    whole = subject.wording.text
    # Marks that are all there somewhere may pair across lines.
    pairs = [pair for pair in PAIRS if whole.count(pair[0]) != whole.count(pair[1])]
    for passage in subject.told.passages if pairs else ():  # quick
        text = passage.text
        for opening, closing in pairs:
            if text.count(opening) == text.count(closing):  # quick
                continue
            plain = ITEM.sub(lambda m: "　" * len(m[0]), text)
            start = _odd(plain, opening, closing)
            if start < 0:
                continue
            if "](" in text:
                break  # a link that is none, of which its own finding says more
            found = True
            around = text[max(0, start - 6) : start + 8]
            words = {"around": around} | _named(text[start])
            address = passage.address or f"正文={address_part(around)}"
            finding = Finding(RULE, passage.place(start), words, (), address, text[start], length=1)
            yield Outcome(RULE, finding=finding)
            break
    narrative = subject.disclosure.narrative
    for section in narrative.sections:
        title = section.title.translate(WIDE)
        if title.count("（") == title.count("）"):  # quick
            continue
        plain = ITEM.sub(lambda m: "　" * len(m[0]), title)
        start = _odd(plain, "（", "）")
        if start >= 0:
            found = True
            at = Place(narrative.file, section.line, section.level + 2 + start)
            around = section.title[:14]
            words = {"around": around} | _named(section.title[start])
            address = f"正文={address_part(around)}"
            finding = Finding(RULE, at, words, (), address, section.title[start], length=1)
            yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)


def _named(mark: str) -> dict[str, str]:
    """A mark by its name; a quotation mark is not quoted besides."""
    for number, pair in enumerate(PAIRS):
        if (wide := mark.translate(WIDE)) in pair:
            closes = pair.index(wide)
            zh, en = f"{'左右'[closes]}{NAMES[number]}", ("opening", "closing")[closes]
            quoted = "" if mark in "“”" else f"“{mark}”"
            return {"mark": zh + quoted, "mark_en": f"{en} {EN_NAMES[number]} {quoted}".rstrip()}
    raise ValueError(mark)


def _odd(text: str, opening: str, closing: str) -> int:
    """Where the first mark without its pair stands; -1 where all have theirs."""
    open_: list[int] = []
    for place, character in enumerate(text):
        if character == opening:
            open_.append(place)
        elif character == closing:
            if not open_:
                return place
            open_.pop()
    return open_[0] if open_ else -1
