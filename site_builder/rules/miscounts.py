"""A stated number of things and how many are listed: the rule, the numbers of a text, the verdict.

A list is judged where it stands beside its number (`list_counts`) and below it (`lists_below`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.place import Place
from site_builder.rules.outcome import Outcome

RULE = Rule(
    "list-count",
    "error",
    Words("写的个数与列出的个数不符", "A stated number differs from the list"),
    Words(
        "“{printed}”写的是{stated}，列出来的是{listed}{more}",
        "“{printed}” states {stated}; {listed} are listed{more_en}",
    ),
    Words(
        "请对照原件数一遍，改正个数或补全所列各项；原件如此的，在“认可”中说明",
        "count them in the original; mend the number or the list, or explain it",
    ),
    Words(
        "读者会数；个数与所列对不上，至少有一处写错或漏了。",
        "Readers count; when list and number differ, one of them is wrong or short.",
    ),
)
# Begins with one set of characters, so that the search skips all others at once.
COUNT = re.compile(
    r"[0-9二两三四五六七八九十][0-9一二三四五六七八九十]{0,2}"
    r"[个项条类种家处所座支名位步点本张村镇者大件]"
)
_NOT_BEFORE = frozenset("第几数百千万亿余多零一二两三四五六七八九十.年月~-—–～约近超过达少")
# 用于三个方面 is a number, 附件3项目支出自评表 none
_NO_NUMBER_BEHIND = frozenset(("少于", "多于", "大于", "小于", "低于", "高于", "附件", "附表"))
# Units that count only after a Chinese numeral: 六村 and 四大 do, 3点 and 10大 do not.
_HAN_ONLY = frozenset("村镇点大者件")
# What a number counts; not amounts of time and the like.
NOUN = re.compile(
    "(?!月|小时|工作日|百分点|多|余|以上|左右|以内|学时|批次|人次|百|千|万|亿|季度)"
    r"[^，,。；;：:、（）()“”《》！？!?\s0-9]{0,24}"
)
_BEFORE_PHRASE = re.compile("[，。；：、（）() \u3000\n“”]")


@dataclass(frozen=True, slots=True)
class Miscount:
    """`phrase` at `start` states a number; `listed` things are listed, `more` if 等 follows."""

    start: int
    phrase: str
    stated: int
    listed: int
    more: bool = False


class Stated(NamedTuple):
    """A number with its unit; `start` and `end` index the text."""

    start: int
    end: int
    number: int
    unit: str


def found(one: Miscount, at: Place, address: str) -> Outcome:
    """The finding for a list of another length than stated."""
    words = {
        "printed": one.phrase,
        "stated": str(one.stated),
        "listed": str(one.listed),
        "more": "，后面还有“等”" * one.more,
        "more_en": " and more" * one.more,
    }
    printed, listed = str(one.stated), str(one.listed)
    return Outcome(RULE, (), Finding(RULE, at, words, (), address, printed, listed))


def counts(text: str, first: int = 0) -> list[Stated]:
    """The stated numbers above one, from character `first` on."""
    counted = []
    for match in COUNT.finditer(text, first):
        start, end = match.span()
        if start and (
            text[start - 1] in _NOT_BEFORE or text[start - 2 : start] in _NO_NUMBER_BEHIND
        ):
            continue
        written, unit = text[start : end - 1], text[end - 1]
        if unit in _HAN_ONLY and (written[0].isdigit() or (unit == "大" and len(written) > 1)):
            continue
        number = number_of(written)
        if number is not None and number > 1:
            counted.append(Stated(start, end, int(number), unit))
    return counted


@lru_cache(maxsize=4096)
def number_of(written: str) -> Decimal | int | None:
    """The number that is written in digits or in Chinese; None for 三四 and 007."""
    if written.isascii():
        return int(written) if written[0] != "0" else None
    if len(written) > 1 and "十" not in written:
        return None  # 三四个
    return han_number(written)


def phrase_of(text: str, stated: Stated, end: int) -> str:
    """The number with the few words before and after it."""
    before = _BEFORE_PHRASE.split(text[max(0, stated.start - 6) : stated.start])[-1]
    return before + text[stated.start : end].partition("”")[0].rstrip("：:，,（(")


def _near(stated: int, listed: int) -> bool:
    """Far apart, the list is rather not the list of what is counted."""
    return abs(stated - listed) <= max(2, stated // 4)


def verdict(
    text: str, stated: Stated, end: int, sizes: set[int], more: bool
) -> Miscount | int | None:
    """Are as many listed as stated (then how many)? None where that is not clear.

    `sizes` are how many things the list may name; `more`: it ends on 等; `end` of the phrase.
    """
    listed = min(sizes)
    number = stated.number
    if number in sizes or (more and listed <= number):
        return number
    if listed < 2 or not _near(number, listed):
        return None
    return Miscount(stated.start, phrase_of(text, stated, end), number, listed, more)
