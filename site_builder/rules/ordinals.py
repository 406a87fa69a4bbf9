"""序号跳号: 一是, 二是, 四是 in one passage; items 1、2、4 one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "ordinal-skipped",
    "note",
    Words("列举的序号跳号或重号", "Ordinals skipped or used twice"),
    Words(
        "“{printed}”前面是“{before}”，{zh}",
        "“{printed}” follows “{before}”: {en}",
    ),
    Words(
        "请核对，看是漏了一项还是写错了序号；原件如此的，保留原文并在“认可”中说明",
        "see whether an item is missing; if it is printed so, keep and explain it",
    ),
    Words(
        "序号跳了，读者会以为漏了一项。",
        "Where an ordinal is skipped readers look for the missing item.",
    ),
)
DIGITS = "一二三四五六七八九十"
FIRST = re.compile("(?<![^。；;，,：:\n 　])(?P<n>[一二三四五六七八九十])是(?![否非])")
SECOND = re.compile("二是")
ITEM = re.compile(
    r"(?:(?P<arabic>[0-9]{1,2})、|（(?P<han>[一二三四五六七八九十])）|（(?P<round>[0-9]{1,2})）|(?P<circle>[①-⑩]))(?=\D)"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each line on its own, then the lines of a section that begin with numbers."""
    found = False
    for outcome in (*_within(subject), *_below(subject)):
        found = True
        yield outcome
    if not found:
        yield Outcome(RULE)


def _within(subject: Subject) -> Iterator[Outcome]:
    for passage in subject.told.holding(SECOND):
        last = 0
        for match in FIRST.finditer(passage.text):
            number = DIGITS.index(match["n"]) + 1
            if last and last + 1 < number <= last + 3:
                yield _found(
                    passage,
                    match.start(),
                    match[0],
                    f"{DIGITS[last - 1]}是",
                    "中间跳号",
                    "one is missing",
                )
                break
            last = number


def _below(subject: Subject) -> Iterator[Outcome]:
    """1、 2、 4、: lines of one section, each beginning with its number."""
    series: dict[str, tuple[int, str]] = {}
    section = ""
    for passage in subject.told.lines:
        if passage.anchor != section:
            section, series = passage.anchor, {}
        match = ITEM.match(passage.text)
        if match is None:
            continue
        kind, number = _read(match)
        before = series.get(kind)
        series[kind] = _last_in(passage.text, kind, number), match[0]
        if before is None or number in (1, before[0] + 1) or number > before[0] + 3:
            continue
        if number == before[0]:
            yield _found(passage, 0, match[0], before[1], "重号", "used twice")
        elif number > before[0]:
            yield _found(passage, 0, match[0], before[1], "中间跳号", "one is missing")


def _last_in(text: str, kind: str, number: int) -> int:
    """The last of the numbers that follow each other in one line: （一）…。（二）…。"""
    for match in ITEM.finditer(text):
        if match.lastgroup == kind and text[match.start() - 1] in "。；;":
            read = _read(match)[1]
            number = read if read == number + 1 else number
    return number


def _read(match: re.Match[str]) -> tuple[str, int]:
    kind = str(match.lastgroup)
    written = match[kind]
    if kind == "han":
        return kind, DIGITS.index(written) + 1
    return kind, ord(written) - 0x245F if kind == "circle" else int(written)


def _found(passage: Passage, start: int, printed: str, before: str, zh: str, en: str) -> Outcome:
    words = {"printed": printed, "before": before, "zh": zh, "en": en}
    around = passage.text[start : start + 12]
    address = passage.address or f"正文={address_part(around)}"
    finding = Finding(RULE, passage.place(start), words, (), address, printed, length=len(printed))
    return Outcome(RULE, finding=finding)
