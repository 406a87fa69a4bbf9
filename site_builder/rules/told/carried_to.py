"""加上几笔、收入总计对不上: what came in, with one sum and more put to it or taken off, and the total of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_builder.patterns import led_by
from site_builder.rules.balances import IS, RULE, comparable, summed
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

PLUS = re.compile("(?:^|[，,、])(?:再)?加(?:上|之)?(?!权)[^。；;0-9]{1,60}$")
# 加上补助1642万元，减去上解12万元
MINUS = re.compile("^[，,、](?:再)?(?:减去?|扣除|扣减)[^，,。；;0-9]{1,30}$")
TOTAL = re.compile(
    "^[^，,。；;0-9]{0,6}?(?:之?后)?[，,](?:20[0-9]{2}年|全年|实际)?[^，,。；;0-9比增减]{0,10}"
    f"(?:总计|总量|合计|可用资金|可支配收入|可用财力|总财力|总收入){IS}$"
)
# 减去支出1800万元后，年终结余12万元
LEFT = re.compile(f"^(?:之?后)?[，,](?:年[末终]|滚存)[^，,。；;0-9]{{0,8}}(?:结[转余]){IS}$")
TERM = re.compile("^(?:[^，,。；;0-9]{0,6}?[、，,和及与]|以及)[^。；;0-9]{1,40}$")
SAID_OF = re.compile("^[，,、](?:较|比|同比|增[长加]|减少|下降|占|其中|完成|[人户]均)")
# What tells of a sum put to another, up to a total; a quick no.
MAYBE = led_by(
    "加",
    r"加[上之]?[^。；;]{1,200}[，,][^，,。；;0-9]{0,14}(?:总计|总量|合计|可用资金|可支配收入|财力|总收入|结[转余])",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every total behind 加上."""
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "加"):
            yield from _carried(passage, segment)


def _carried(passage: Passage, segment: Segment) -> Iterator[Outcome]:
    """收入111.11万元。加上上级补助1642.25万元、上年结转3万元后，收入总计1756.36万元."""
    terms: list[tuple[Amount, int]] = []
    for amount in _outside(segment):
        if not terms:
            if PLUS.search(amount.words):
                terms = [(amount, 1)]
        elif TOTAL.match(amount.words) or (terms[-1][1] < 0 and LEFT.match(amount.words)):
            if comparable(amount, *(a for a, _ in terms)):
                yield from _total(passage, segment, amount, terms)
            terms = []
        elif SAID_OF.match(amount.words):
            continue  # 上级补助1640.25万元，比上年增加12万元，占总收入的91.86%
        elif MINUS.match(amount.words):
            terms.append((amount, -1))
        elif TERM.match(amount.words):
            terms.append((amount, 1 if PLUS.search(amount.words) else terms[-1][1]))
        else:
            terms = []


def _outside(segment: Segment) -> Sequence[Amount]:
    """The amounts that no brackets hold; with the words behind the bracket, where one stands between."""
    amounts, depth = [], 0
    for amount in segment.amounts:
        words = amount.words
        depth += words.count("（") + words.count("(") - words.count("）") - words.count(")")
        if depth <= 0:
            amounts.append(amount._replace(words=re.split("[）)]", words)[-1]))
    return amounts


def _total(
    passage: Passage, segment: Segment, total: Amount, terms: list[tuple[Amount, int]]
) -> Iterator[Outcome]:
    """Of what has just been told, or of its head."""
    text, first = passage.text, terms[0][0].said.start
    opened = text.rfind("。", 0, max(text.rfind("。", 0, segment.start), 0))
    told = [
        a
        for one in segments(passage)
        for a in one.amounts
        if a.said.start < first and comparable(a, total)
    ]
    near = [a for a in told if a.said.start > opened]
    ways = [summed(segment, total, ((a, 1), *terms)) for a in [*told, *near[:1]]]
    if any(way.finding is None for way in ways):
        yield Outcome(RULE)
    elif near and not text.startswith("其中", opened + 1):
        yield ways[-1]
