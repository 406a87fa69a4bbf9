"""元与万元混用: amounts whose digits are equal, or add up, while one is in 元 and the others in 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.wrong_unit import UNITS, slipped
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage

MAYBE = led_by("元", "元(?<=[0-9]元)")  # an amount in 元: a quick no
# What one is paid or pays, and what is a price, may well have the digits of a sum.
EACH = re.compile("[每均]|标准|单价|/|人头|资产处置|[0-9]$")
EACH_BEHIND = re.compile("[/／每]|的标准|以上|以下")
LEAST = 4  # significant digits that are not equal by chance
MOST = 8  # parts of a whole


def check(subject: Subject) -> Iterator[Outcome]:
    """Every paragraph that has both units."""
    for passage in subject.told.holding(MAYBE):
        if "万元" not in passage.text:  # quick
            continue
        slips: dict[int, tuple[Amount, Words, tuple[Place, ...]]] = {}
        sentences = list(_sentences(passage))
        sums = (slip for one in sentences for slip in _sums(passage, one))
        for odd, words, places in (*_equal(passage, list(chain(*sentences))), *sums):
            slips.setdefault(odd.said.start, (odd, words, places))
        for one in slips.values():
            if not one[0].said.linked:  # its cell says what it is
                yield slipped(passage, *one)


def _can(passage: Passage, amount: Amount) -> bool:
    """Is it a sum of money by itself, in 元 or 万元?"""
    if amount.figure.unit not in UNITS or not amount.exact:
        return False
    behind = EACH_BEHIND.match(passage.text, amount.said.end)
    return behind is None and EACH.search(passage.label(amount.said)) is None


def _long(amount: Decimal, least: int = LEAST) -> bool:
    """Has it so many digits, but for zeros at the ends?"""
    return len(amount.normalize().as_tuple().digits) >= least


_Slip = tuple[Amount, Words, tuple[Place, ...]]


def _equal(passage: Passage, told: Sequence[Amount]) -> Iterator[_Slip]:
    """合计252.5万元，其中：基本支出252.5元: the unit of most amounts is the right one."""
    for number, one in enumerate(told):
        for other in told[:number]:
            if one.figure.unit == other.figure.unit or one.figure.amount != other.figure.amount:
                continue
            if not _long(one.figure.amount):
                continue
            odd, right = (one, other) if _odd(one, told) else (other, one)
            words = Words("同一段里", "in the same paragraph it")
            yield odd, words, (passage.place(right.said.start),)


def _odd(one: Amount, told: Sequence[Amount]) -> bool:
    """Is it in the unit that fewer amounts have; of as many, in 元 and not in whole 元?"""
    own = sum(a.figure.unit == one.figure.unit for a in told)
    if own * 2 != len(told):
        return own * 2 < len(told)
    return (one.figure.unit == "元") is ("." in one.said.text)


def _sentences(passage: Passage) -> Iterator[list[Amount]]:
    """The sums of money of each sentence; what stands behind a semicolon is of the same."""
    sentence: list[Amount] = []
    for segment in segments(passage):
        sentence += [a for a in segment.amounts if _can(passage, a)]
        if passage.text[segment.end : segment.end + 1] not in ("；", ";"):
            yield sentence
            sentence = []
    yield sentence


def _sums(passage: Passage, amounts: Sequence[Amount]) -> Iterator[_Slip]:
    """收入88435元，其中：税收收入39029元；非税收入49406万元: the digits add up, the units are two."""
    if len({a.figure.unit for a in amounts}) < 2:  # quick
        return
    for number, whole in enumerate(amounts):
        for end in range(number + 3, min(len(amounts), number + 1 + MOST) + 1):
            parts = amounts[number + 1 : end]
            if sum(a.figure.amount for a in parts) == whole.figure.amount:
                yield from _among(passage, whole, parts)
    for one, two, three in zip(amounts, amounts[1:], amounts[2:], strict=False):
        # 252.5万元，较上年231.5元，增加21万元; 上年231.5万元，今年252.5元，增加21万元
        if one.figure.amount + three.figure.amount == two.figure.amount:
            yield from _among(passage, two, (one, three))
        elif one.figure.amount + two.figure.amount == three.figure.amount:
            yield from _among(passage, three, (one, two))


def _among(passage: Passage, whole: Amount, parts: Sequence[Amount]) -> Iterator[_Slip]:
    """The only one of them that is in another unit."""
    everyone = [whole, *parts]
    odd = [a for a in everyone if a.figure.unit != _usual(everyone)]
    least = LEAST - ("." in whole.said.text)
    if _bracketed(passage, whole, parts):
        least = 2
    long = len(parts) > 2 or any(_long(a.figure.amount, least) for a in everyone)
    if len(odd) != 1 or not long:
        return
    if not all(a.figure.amount for a in everyone):
        return
    rest = [a for a in everyone if a is not odd[0]]
    told = "、".join(a.said.text for a in rest)
    words = Words(
        f"与{told}的数字正好加得拢，应", f"by the digits of {told}, that add up with it, it"
    )
    yield odd[0], words, tuple(passage.place(a.said.start) for a in rest)


def _bracketed(passage: Passage, whole: Amount, parts: Sequence[Amount]) -> bool:
    """85万元（A13万元，B72元）: do the parts alone fill the brackets right behind the whole?"""
    text, start, end = passage.text, whole.said.end, parts[-1].said.end
    inner = text[start + 1 : end]
    return (
        text.startswith(("（", "("), start)
        and text.startswith(("）", ")"), end)
        and not any(mark in inner for mark in "（()）")
    )


def _usual(amounts: Sequence[Amount]) -> str:
    units = [a.figure.unit for a in amounts]
    return max(UNITS, key=units.count)
