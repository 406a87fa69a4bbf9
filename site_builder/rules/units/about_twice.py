"""约数说了两遍: 约…余, 近…左右; and 余 behind a figure that is exact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

DOUBLY = Rule(
    "doubly-approximate",
    "note",
    Words("约数说了两遍", "Approximate twice over"),
    Words("“{printed}”前后都说是约数，只留一个", "“{printed}” is approximate twice over"),
    Words(
        "“约960万元”和“960余万元”只写一种；有确数的写确数",
        "write 约 or 余, not both; better, the exact figure",
    ),
    Words(
        "“约”可多可少，“余”只多不少，放在一起自相矛盾。",
        "约 may be more or less, 余 is more: together they contradict each other.",
    ),
)
EXACT = Rule(
    "exact-and-about",
    "note",
    Words("写到零头，又说“余”", "Exact to the last digit, and “about”"),
    Words(
        "“{printed}”写出了{digits}位数，又说“{about}”，看不出是确数还是约数",
        "“{printed}” has {digits} digits and says {about}: is it exact or not?",
    ),
    Words(
        "有确数的写确数，去掉“余”“多”；只有约数的写到两三位，如“10万余元”",
        "give the exact figure without 余 or 多, or an approximate one with two or three digits",
    ),
    Words(
        "“101400余元”既像确数又像约数，对账时没法用。",
        "A figure to the last hundred with 余 behind it is neither exact nor round.",
    ),
    yields_to=("doubly-approximate",),
)
# 余, 多, 左右 or 上下 after a number, and before it a word that says the same.
ABOUT = tuple(
    re.compile(about)
    for about in ("余(?<=[0-9千百十万亿 ]余)", "多(?<=[0-9千百十万亿 ]多)", "左右", "上下")
)
TWICE = re.compile(
    r"(?:约(?<![制公节大条契简预签合邀]约)|近(?<![附最邻靠远亲就临]近)|大约|将近|超过?|不足|突破)"
    r"[ ]?[0-9][0-9,.]*[ ]?[千百十]?[万亿]?$"
)
MEASURED = re.compile(r"(?:(?:大)?约|将?近|超过|不足)[ ]?[0-9][0-9,.]*[ ]?[万亿]?[一-鿿]{0,4}$")
AFTER = re.compile(r"[余多左右上下]+[万亿]?[一-鿿]{0,2}")
# 101400余, 3785.89万余: more digits than what is only about so much has
LEAST_DIGITS = 4
DIGITS = re.compile(r"[0-9][0-9,.]*(?=[ ]?[万亿]?$)")
REACH = 16


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 余, 多, 左右 and 上下 behind a number."""
    yield from outcomes_of(_found(subject.wording), (DOUBLY, EXACT))


def _found(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for about in ABOUT:
        for mark in about.finditer(text, 0, end):
            place = mark.start()
            pattern = MEASURED if len(mark[0]) > 1 else TWICE
            if len(mark[0]) == 1:
                yield from _exact(wording, place)
            match = pattern.search(text, max(0, place - REACH), place)
            if match is not None:
                last = place + 2
                if len(mark[0]) == 1 and (after := AFTER.match(text, place)) is not None:
                    last = after.end()
                yield finding_at(DOUBLY, wording, match.start(), last, {"recomputed": ""}, "")


def _exact(wording: Wording, place: int) -> Iterator[Finding]:
    """“101400余元”: the digits before the 余 at `place`."""
    match = DIGITS.search(wording.text, max(0, place - REACH), place)
    if match is None:
        return
    digits = match[0].replace(",", "").replace(".", "").strip("0")
    if len(digits) >= LEAST_DIGITS:
        end = place + 1 + (wording.text[place + 1 : place + 2] not in "，。；、 \n")
        words = {"digits": str(len(digits)), "about": wording.text[place]}
        yield finding_at(EXACT, wording, match.start(), end, words)
