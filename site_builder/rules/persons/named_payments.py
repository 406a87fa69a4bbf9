"""个人姓名连着金额: three or more persons named beside what each of them was paid.

What is found is never repeated: a finding says where it stands and how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERSONAL
from site_builder.rules.surnames import CLEAR, OTHERS, is_name
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
    PERSONAL,
)
LEAST, SURE = 3, 2  # so many names, and so many of them with a surname that begins no other word
# 张三500元: what may stand between a name and an amount, and the digits, before 元.
PAID = re.compile(
    r"(?:同志)?"
    r"(?:(?:发放|补助|补贴|奖励|奖|慰问|救助|资助|领取)(?:金|款)?|各|[:：]|（[^（）]{1,8}）){0,2}"
    r"[ ]?[0-9][0-9,.]*[ ]?万?$"
)
BEFORE = frozenset("金款助贴励奖问发取各志：:）")
SURNAMES = CLEAR | OTHERS
REACH = 24  # so far before 元 a name may end
# 张三、李四、王五等3人每人500元: begins with a mark, so that the search skips all else.
BETWEEN = re.compile(f"、[{''.join(sorted(CLEAR))}][\u4e00-\u9fff]{{1,2}}(?=[、和等0-9各每发领共])")
LISTED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}[、，,]){2,}[\u4e00-\u9fff]{2,3}(?=等|[0-9]|各|每|三|四|五|发放|领取|同志|共)"
)
AMOUNT = re.compile(r"[0-9][ ]?万?元")
SPLIT = re.compile("[、，,]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every stretch with amounts; names of public persons stand beside none."""
    found = payments_in(subject.wording)
    for finding in found:
        yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)


def payments_in(wording: Wording) -> list[Finding]:
    """One finding for each stretch of a text that does it, wherever it is from."""
    return [*_paid(wording), *_listed(wording)]


def _paid(wording: Wording) -> Iterator[Finding]:
    """Amounts in one stretch that each stand behind another name."""
    text = wording.text
    low = 0
    while (third := _third(text, low)) >= 0:
        low, high = wording.bounds(third)
        spans = []
        yuan = text.find("元", low, high)
        while yuan >= 0:
            start = _payee(text, yuan)
            if start >= low:
                spans.append((start, yuan + 1))
            yuan = text.find("元", yuan + 1, high)
        sure = sum(1 for start, _ in spans if text[start] in CLEAR)
        if len(spans) >= LEAST and sure >= SURE:
            yield _finding(wording, spans[0][0], spans[-1][1], len(spans))
        low = high + 1


def _third(text: str, low: int) -> int:
    """Where the third 元 of the next line with so many stands; -1 when no line has them."""
    first = text.find("元", low)
    while first >= 0:
        end = text.find("\n", first) % (len(text) + 1)  # -1 is the end
        if text.count("元", first, end) >= LEAST:  # quick
            return first
        first = text.find("元", end)
    return -1


def _payee(text: str, yuan: int) -> int:
    """Where the name begins that the amount before 元 is paid to; -1 where none stands there."""
    start = max(0, yuan - REACH)
    end = start + len(text[start:yuan].rstrip("0123456789,.万 "))
    if end == yuan:
        return -1
    if text[end - 1] in BEFORE:  # quick
        match = PAID.search(text, start, yuan)
        end = end if match is None else match.start()
    for start in (end - 3, end - 2):
        if text[start] not in SURNAMES:  # quick
            continue
        if is_name(text[start:end]):
            short = end - start == 2
            return -1 if short and _goes_on(text, start) else start
    return -1


def _goes_on(text: str, start: int) -> bool:
    """Does a longer word end here: 苗圃 in 某某苗圃?"""
    return (
        "\u4e00" <= text[start - 1] <= "\u9fff"
        and text[start - 1] not in "、，员户生民长和及给向为的"
    )


def _listed(wording: Wording) -> Iterator[Finding]:
    text = wording.text
    done = 0
    for between in BETWEEN.finditer(text):
        if between.start() < done:  # quick
            continue
        low, done = wording.bounds(between.start())
        for match in LISTED.finditer(text, low, done):
            names = SPLIT.split(match[0])
            # A word may stand before the first name: 向困难群众王小明、…
            sure = sum(name[0] in CLEAR for name in names[1:])
            if sure < SURE or not all(is_name(name) for name in names[1:]):
                continue
            high = wording.sentence(match.start())[1]
            if AMOUNT.search(text, match.end(), high) is not None:
                yield _finding(wording, match.start(), match.end(), len(names))


def _finding(wording: Wording, start: int, end: int, count: int) -> Finding:
    spot = wording.spot(start, end)
    words = {"first": str(spot.first), "last": str(spot.last), "count": str(count)}
    return Finding(
        RULE, spot.at, words, address=spot.source.address, length=spot.length, secret=True
    )
