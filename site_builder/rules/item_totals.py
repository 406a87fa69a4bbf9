"""A total told beside its items: its rule, its judgement and the finding on it."""

from __future__ import annotations

from site_builder.figure import shown
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import Amount, Segment, added, alike, segments

RULE = Rule(
    "told-total",
    "warning",
    Words("正文里的合计不等于各项之和", "A total in a sentence that is not the sum of its items"),
    Words(
        "{of}，所列{items}加起来是{recomputed}",
        "{of_en}; {items} make {recomputed}",
    ),
    Words(
        "请逐项核对，看是写错了数还是漏了一项；原件如此的，保留原文并在“认可”中说明",
        "check each item: a wrong figure, or one left out; if printed so, keep and explain it",
    ),
    Words(
        "把各项列出来又写合计，读者会加一遍。",
        "Whoever lists items and a total invites readers to add them up.",
    ),
    yields_to=("told-balance",),
)


def judged(segment: Segment, total: Amount, items: list[Amount]) -> Outcome:
    unit = total.figure.unit
    amount, span = added(items, unit)
    if span.meets(total.figure.interval()) or _with_head(segment, total, items):
        return Outcome(RULE)
    decimals = max(a.figure.decimals for a in (total, *items))
    return total_of_items(segment, total, items, f"{shown(amount, decimals)}{unit}")


def _with_head(segment: Segment, total: Amount, items: list[Amount]) -> bool:
    """在编91人，其中…；另有公益性岗位12人、三支一扶3人，总计106人: are these added to an amount before them?"""
    told = (a for one in segments(segment.passage) for a in one.amounts)
    return any(
        a.said.end <= items[0].said.start
        and alike(a.figure, total.figure)
        and added([a, *items], total.figure.unit)[1].meets(total.figure.interval())
        for a in told
    )


def total_of_items(segment: Segment, total: Amount, items: list[Amount], right: str) -> Outcome:
    passage = segment.passage
    printed = total.said.text
    of, of_en = f"合计写的是{printed}", f"the total is said to be {printed}"
    if total in items:
        of, of_en = "各占多少合起来不会超过100%", "shares cannot be more than 100% together"
    words = {"of": of, "of_en": of_en, "items": "、".join(i.said.text for i in items)}
    places = (passage.place(i.said.start) for i in items if i is not total)
    return Outcome(
        RULE, finding=finding_on(RULE, passage, total.said, "合计", words, right, places)
    )
