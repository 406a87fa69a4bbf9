"""面向中小企业采购的比采购总额还多: the total stands in the data, or in another sentence of the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure, shown
from site_builder.finding import Finding
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.parts_exceed import RULE
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage
from site_builder.told import is_told

SMALL = re.compile("(?:中小微?|小微|小型(?:、|和)?微型|小型)企业[^，,。；;：:、0-9]{0,14}$")
MAYBE = led_by("企", "企(?<=[小微型]企)业[^，,。；;：:、0-9]{0,14}[0-9]")
BOUGHT = re.compile("(?:政府采购|实际采购|采购总?[额量]|采购金额)[^，,。；;0-9]{0,8}$")
OTHERWISE = re.compile("预留|预算|计划|目标|上年|去年|贷款|纾困|扶持|减免|产值|税|融资|累计")


def check(subject: Subject) -> Iterator[Outcome]:
    """Each amount bought of small firms that its own stretch does not hold against a total."""
    for passage in subject.told.holding(MAYBE):
        if not is_told(passage) or "采购" not in passage.text:
            continue
        for segment in segments(passage, "企业"):
            money = [a for a in segment.amounts if a.figure.kind == "money"]
            if money and SMALL.search(money[0].words) and money[0].exact:
                yield from _judged(subject, segment, money[0])


def _judged(subject: Subject, segment: Segment, part: Amount) -> Iterator[Outcome]:
    passage = segment.passage
    low, high = passage.sentence(part.said.start)
    year = f"{subject.disclosure.key.year}年"
    if OTHERWISE.search(passage.text[low:high].replace(year, "")):
        return
    whole = _all_bought(subject, passage)
    if whole is None:
        return
    figure, at = whole
    factor = part.figure.factor_to(figure.unit)
    assert factor is not None  # both are money
    more = part.figure.amount * factor - figure.amount
    if part.figure.interval().times(factor).low <= figure.interval().high:
        yield Outcome(RULE)
        return
    printed = part.said.text
    words = {
        "whole": str(figure),
        "parts": f"面向中小企业采购{printed}",
        "made": "",
        "recomputed": printed,
        "difference": f"{shown(more, max(figure.decimals, part.figure.decimals))}{figure.unit}",
    }
    finding = Finding(
        RULE,
        passage.place(part.said.start),
        words,
        (at,),
        passage.address or sentence_address(printed, "中小企业"),
        printed,
        str(figure),
        words["difference"],
    )
    yield Outcome(RULE, finding=finding)


def _all_bought(subject: Subject, passage: Passage) -> tuple[Figure, Place] | None:
    """What was bought at all: of the data, or told before in the paragraph."""
    fact = subject.disclosure.report.fact_of("政府采购金额", "决算")
    if fact is not None:
        return fact.figure, fact.at
    told = [
        (a.figure, passage.place(a.said.start))
        for segment in segments(passage, "采购")
        for a in segment.amounts
        if a.exact and a.figure.kind == "money" and BOUGHT.search(a.words)
        if not OTHERWISE.search(a.words)
    ]
    return told[0] if len(told) == 1 else None
