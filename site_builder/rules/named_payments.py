"""个人姓名连着金额: three or more persons named beside what each of them was paid.

What is found is never repeated: a finding says where it stands and how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.surnames import CLEAR, is_name
from site_builder.wording import Wording

RULE = Rule(
    "names-with-money",
    "error",
    Words("多人姓名连着金额", "Persons named beside money"),
    Words(
        "第{first}–{last}字写了{count}人的姓名和金额",
        "characters {first}–{last} name {count} persons beside money",
    ),
    Words(
        "请删去姓名，只写人数和金额；确需公示的在公示栏公示，不写进绩效报告",
        "leave the names out and keep number and sum; lists of recipients belong elsewhere",
    ),
    Words(
        "谁领了多少钱属于个人信息，报告只需要人数和金额，一旦公布就收不回来。",
        "Who was paid how much is personal; a report needs number and sum, and nothing is called back.",
    ),
    "个人信息保护法 第25条、第28条；政府信息公开条例 第15条",
)
LEAST, SURE = 3, 2  # so many names, and so many of them with a surname that begins no other word
# 张三500元: a name right before an amount, perhaps with a word between.
PAID = re.compile(
    r"[\u4e00-\u9fff](?:同志)?"
    r"(?:(?:发放|补助|补贴|奖励|奖|慰问|救助|资助|领取)(?:金|款)?|各|[:：]|（[^（）]{1,8}）){0,2}"
    r"[ ]?[0-9][0-9,.]*[ ]?万?元"
)
# 张三、李四、王五等3人每人500元
LISTED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}[、，,]){2,}[\u4e00-\u9fff]{2,3}(?=等|[0-9]|各|每|三|四|五|发放|领取|同志|共)"
)
AMOUNT = re.compile(r"[0-9][ ]?万?元")
SPLIT = re.compile("[、，,]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every stretch with amounts; names of public persons stand beside none."""
    wording = subject.wording
    found = [*_paid(wording), *_listed(wording)]
    for finding in found:
        yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)


def _paid(wording: Wording) -> Iterator[Finding]:
    """Amounts in one stretch that each stand behind another name."""
    text = wording.text
    named: dict[int, list[tuple[int, int]]] = {}
    for match in PAID.finditer(text):
        end = match.start() + 1
        for size in (3, 2):
            start = end - size
            if start >= 0 and is_name(text[start:end]):
                if start and size == 2 and _goes_on(text, start):
                    continue
                named.setdefault(wording.number(start), []).append((start, match.end()))
                break
    for spans in named.values():
        sure = sum(1 for start, _ in spans if text[start] in CLEAR)
        if len(spans) >= LEAST and sure >= SURE:
            yield _finding(wording, spans[0][0], spans[-1][1], len(spans))


def _goes_on(text: str, start: int) -> bool:
    """Does a longer word end here: 苗圃 in 某某苗圃?"""
    return (
        "\u4e00" <= text[start - 1] <= "\u9fff"
        and text[start - 1] not in "、，员户生民长和及给向为的"
    )


def _listed(wording: Wording) -> Iterator[Finding]:
    text = wording.text
    for match in LISTED.finditer(text):
        names = SPLIT.split(match[0])
        # A word may stand before the first name: 向困难群众王小明、…
        if not all(is_name(n) for n in names[1:]) or sum(n[0] in CLEAR for n in names[1:]) < SURE:
            continue
        high = wording.sentence(match.start())[1]
        if AMOUNT.search(text, match.end(), high) is None:
            continue
        yield _finding(wording, match.start(), match.end(), len(names))


def _finding(wording: Wording, start: int, end: int, count: int) -> Finding:
    spot = wording.spot(start, end)
    words = {"first": str(spot.first), "last": str(spot.last), "count": str(count)}
    return Finding(
        RULE, spot.at, words, address=spot.source.address, length=spot.length, secret=True
    )
