"""平均数不在最高和最低之间: an average above the highest or below the lowest that the sentence tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.told import is_told

RULE = Rule(
    "average-outside-range",
    "warning",
    Words("平均数不在最高和最低之间", "An average that is not between highest and lowest"),
    Words(
        "平均是{printed}，{which}却是{recomputed}：平均数不会比最高的高、比最低的低",
        "the average is {printed}, the {which_en} {recomputed}: an average lies between them",
    ),
    Words(
        "请核对平均、最高、最低三个数",
        "check average, highest and lowest",
    ),
    Words(
        "平均数总在最高和最低之间。",
        "An average lies between the highest and the lowest.",
    ),
    yields_to=("told-average",),
)
MEAN = re.compile("[户人村场亩月年平日]均[^，,。；;0-9]{0,10}$")
OTHERS = re.compile("全[省市县国]|上年|去年|其他|目标")
HIGHEST = re.compile("最[高多大][^，,。；;0-9]{0,12}$")
LOWEST = re.compile("最[低少小](?!生活|工资|标准|保障|限|价)[^，,。；;0-9]{0,12}$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every average with a highest or lowest behind it."""
    for passage in subject.told.lines:
        if "均" in passage.text and "最" in passage.text and is_told(passage):  # quick
            for segment in segments(passage, "最"):
                yield from _range(segment)
    yield Outcome(RULE)


def _is_end(amount: Amount) -> bool:
    return bool(HIGHEST.search(amount.words) or LOWEST.search(amount.words))


def _range(segment: Segment) -> Iterator[Outcome]:
    """户均增收1,820元，最高的2,430元，最低的1,950元."""
    mean: Amount | None = None
    told = list(segment.amounts)
    for number, amount in enumerate(told):
        if not MEAN.search(amount.words):
            continue
        before = told[max(0, number - 2) : number]
        if not OTHERS.search(amount.words) and all(map(_is_end, before)):
            told[max(0, number - 2) : number + 1] = [amount, *before]
        break
    for amount in told:
        if MEAN.search(amount.words):
            mean = amount
            continue
        high, low = HIGHEST.search(amount.words), LOWEST.search(amount.words)
        if mean is None or amount.figure.unit != mean.figure.unit:
            continue
        if not (mean.exact and amount.exact):
            continue
        over = mean.figure.amount > amount.figure.amount
        if (over and high) or (low and mean.figure.amount < amount.figure.amount):
            printed = mean.said.text
            words = {
                "printed": printed,
                "which": "最高的" if high else "最低的",
                "which_en": "highest" if high else "lowest",
                "recomputed": amount.said.text,
            }
            passage = segment.passage
            finding = Finding(
                RULE,
                passage.place(mean.said.start),
                words,
                (passage.place(amount.said.start),),
                sentence_address(printed, "平均"),
                printed,
                amount.said.text,
                length=len(printed),
            )
            yield Outcome(RULE, finding=finding)
