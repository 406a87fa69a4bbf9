"""标点用错: a dot for a full stop, quotation marks turned round, «» for 《》, stray marks in a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.rules.regulations import PUNCTUATION_MARKS
from site_builder.wording import Wording

RULE = Rule(
    "misused-mark",
    "note",
    Words("标点用错", "A wrong mark"),
    Words("“{printed}”应写作“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "请改正；原件如此的，保留原文并在“认可”中说明",
        "mend it; if it is printed so, keep and explain it",
    ),
    Words(
        "句号打成小数点、数字里混进别的标点，读者和程序都可能读错数。",
        "A full stop typed as a point, or a stray mark in a number, makes figures hard to read.",
    ),
    PUNCTUATION_MARKS,
)
_UNIT = r"(?:[万亿]?元|[%％]|公里|亩|吨|平方米|个百分点|人次)"
# …305.34万元. at the end of a line; …压减开支.会议费…: a dot for 。
STOP = re.compile(r"\.(?<=[一-鿿）)”%％]\.)(?:$|(?<=[元%％次辆]\.)(?=[一-鿿]{2}))", re.M)
# ”三公“经费
TURNED = re.compile("”[一-鿿0-9A-Za-z]{1,12}“")
# «预算法»
FOREIGN = re.compile("«[^«»\n]{1,40}»")
# 488.8.万元; 1，234.5万元; 12。5万元; 2·9%: begins with the mark
STRAY = re.compile(
    rf"\.(?<=[0-9]\.)(?={_UNIT})|"
    rf"，(?<=[0-9]，)(?=[0-9]{{3}}(?:，[0-9]{{3}})*(?:\.[0-9]+)?{_UNIT})|"
    rf"。(?<=[0-9]。)(?=[0-9]{{1,4}}{_UNIT})|"
    rf"·(?<=[0-9]·)(?=[0-9]{{1,2}}{_UNIT})"
)
NUMBER = re.compile(r"(?<![0-9.,，。])[0-9]{1,3}(?:[.,，。]?[0-9]{1,3})*$")
REST = re.compile(rf"[0-9，]*(?:\.[0-9]+)?{_UNIT}")
ITEM = re.compile(r"(?:^|[。；;：:\n（( ])[0-9]{1,2}$")
SHORT = 8  # characters of a line that is no sentence


def check(subject: Subject) -> Iterator[Outcome]:
    """The sentences of the report."""
    wording = subject.wording
    found = [*_stops(wording), *_turned(wording), *_foreign(wording), *_stray(wording)]
    yield from outcomes_of(found, (RULE,))


def _stops(wording: Wording) -> Iterator[Finding]:
    """One of a line."""
    text, last = wording.text, -1
    for match in STOP.finditer(text, 0, wording.notes):
        low, _ = wording.bounds(match.start())
        if low == last or match.start() - low < SHORT:
            continue
        if wording.source(match.start()).kind == "sentence":
            last = low
            before = text[match.start() - 2 : match.start()]
            yield _found(wording, match.start() - 2, match.end(), before + "。")


def _turned(wording: Wording) -> Iterator[Finding]:
    """A mark that closes what its line has not opened, before one that opens."""
    text = wording.text
    for match in TURNED.finditer(text, 0, wording.notes):
        low, start = wording.bounds(match.start())[0], match.start()
        if text.count("“", low, start) == text.count("”", low, start):
            yield _found(wording, *match.span(), f"“{match[0][1:-1]}”")


def _foreign(wording: Wording) -> Iterator[Finding]:
    """One of a line."""
    last = -1
    for match in FOREIGN.finditer(wording.text, 0, wording.notes):
        low, _ = wording.bounds(match.start())
        if low != last:
            last = low
            yield _found(wording, *match.span(), f"《{match[0][1:-1]}》")


def _stray(wording: Wording) -> Iterator[Finding]:
    text = wording.text
    for match in STRAY.finditer(text, 0, wording.notes):
        at = match.start()
        number = NUMBER.search(text, max(0, at - 16), at)
        rest = REST.match(text, at + 1)
        if number is None:
            continue  # the number of a paper or an account
        assert rest is not None  # STRAY has seen the unit
        if match[0] == "." and ITEM.search(text, max(0, at - 3), at):
            continue  # 1.万元以上的项目
        if match[0] == "，" and len(number[0].rpartition("，")[2]) > 3:
            continue
        mark = {".": "", "，": ",", "。": ".", "·": "."}[match[0]]
        meant = number[0].replace("，", ",") + mark + rest[0].replace("，", ",")
        yield _found(wording, number.start(), rest.end(), meant)


def _found(wording: Wording, start: int, end: int, meant: str) -> Finding:
    return finding_at(RULE, wording, start, end, {"recomputed": meant}, meant)
