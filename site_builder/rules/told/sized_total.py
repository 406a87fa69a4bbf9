"""大小乘个数不等于总量: so many of one size and so many of another, and what they make in all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_on, outcomes_of
from site_builder.segment import Amount, Segment, alike, segments

RULE = Rule(
    "sized-total-differs",
    "warning",
    Words("大小乘个数不等于总量", "So many of each size do not make the whole"),
    Words(
        "总量写的是{printed}，按{formula}应为{recomputed}",
        "{printed} in all; {formula} makes {recomputed}",
    ),
    Words(
        "请核对每种的大小、个数和总量",
        "check sizes, numbers and the whole",
    ),
    Words(
        "写了每种多大、有几个，总量就能算出来。",
        "With each size and its number the whole can be worked out.",
    ),
    yields_to=("told-total", "told-part-exceeds", "told-parts-differ"),
)
COUNTED = frozenset("座个口台条栋处户人名套盏间根块件组批次期家")
# 100立方米的4座、70立方米的2座，总容积540立方米
OF = re.compile("(?:规格|标准|以上)?的(?:有|共)?")
NEXT = re.compile("[、，,和及]")
TOTAL = re.compile("[）)]?[，,](?:总|合计|共计|共)[^，,。；;、0-9均每]{0,10}")
MAYBE = re.compile(
    "的(?:[有共])?[0-9]+[座个口台条栋处户人名套盏间根块件组批次期家][、，,和及][0-9]"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each run of sizes and numbers that a total stands behind."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            yield from _totals(segment)


def _totals(segment: Segment) -> Iterator[Finding]:
    amounts = segment.amounts
    for number in range(4, len(amounts)):
        total = amounts[number]
        if not TOTAL.fullmatch(total.words) or not total.exact:
            continue
        pairs = _pairs(amounts[:number])
        if len(pairs) < 2 or not all(alike(size.figure, total.figure) for size, _ in pairs):
            continue
        unit = total.figure.unit
        made = Decimal(0)
        for size, count in pairs:
            made += size.figure.amount * (size.figure.factor_to(unit) or 1) * count.figure.amount
        if total.figure.interval().low <= made <= total.figure.interval().high:
            continue
        formula = " + ".join(f"{size.said.text} × {count.said.text}" for size, count in pairs)
        right = f"{shown(made, total.figure.decimals)}{unit}"
        passage = segment.passage
        others = [passage.place(size.said.start) for size, _ in pairs]
        words = {"formula": formula}
        yield finding_on(RULE, passage, total.said, "总量", words, right, others)


def _pairs(amounts: tuple[Amount, ...]) -> list[tuple[Amount, Amount]]:
    """Sizes and their numbers right before a total, in order; none where anything else is between."""
    pairs: list[tuple[Amount, Amount]] = []
    number = len(amounts)
    while number > 1:
        size, count = amounts[number - 2 : number]
        if not OF.fullmatch(count.words) or count.figure.unit not in COUNTED:
            break
        if not (size.exact and count.exact):
            return []
        pairs.insert(0, (size, count))
        number -= 2
        if NEXT.fullmatch(size.words) is None:
            return pairs
    return []
