"""前三项合计: what the first or last few of a list make, against the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import shown
from site_builder.finding import Words
from site_builder.rules.item_totals import RULE, total_of_items
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import NOT_SUMMED, Amount, Segment, added, alike, segments

# 其中前三项749万元, 后两类共320件
SOME = re.compile(
    "(?:^|[，,、（(]|其中)(?P<which>[前后])(?P<n>[二两三四五六七八])大?(?:项|个|类|者|笔)"
    "(?:项目|工程|支出|收入|资金|经费|任务|问题|合计|共计?|总计|累计|投入|安排|总额)*(?:为|是|达到?)?$"
)
# One search for each character that it begins with is quicker than one for both.
MAYBE = [
    re.compile(f"{which}[二两三四五六七八]大?[项个类者笔][^，,。；;0-9\n]{{0,10}}[0-9]")
    for which in "前后"
]
SIZES = {name: size for size, name in enumerate("二三四五六七八", 2)} | {"两": 2}
# The total of the list, between it and what some of it make
ALL = re.compile("合计|共计|总计|以上|上述")
OPENS = re.compile("其中|包[括含]|如下|[：:]")
NO_ITEM = re.compile(
    "[（(）)]|[前后][两三四五]|增|减|[较比]|占|均|每|上年(?!结)|去年|计划|目标|预算"
)
NEAR = 5  # a fifth of the sum


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 前几项 behind a list of amounts, one a clause."""
    compared = False
    holding = {id(one): one for which in MAYBE for one in subject.told.holding(which)}
    for passage in holding.values():
        before: tuple[Amount, ...] = ()
        for segment in segments(passage):
            for number, total in enumerate(segment.amounts):
                some = SOME.search(total.words)
                if some is not None and total.exact:
                    n = SIZES[some["n"]]
                    items = _items(segment.amounts[:number], total, n) or _items(before, total, n)
                    if items:  # quick
                        compared = True
                        yield _judged(segment, total, items, n, some["which"] == "前")
            before = segment.amounts
    if not compared:
        yield Outcome(RULE, reason=Words("没有写前几项", "nothing is told of the first items"))


def _items(amounts: tuple[Amount, ...], total: Amount, n: int) -> list[Amount]:
    """The list right before: more than `n` amounts of the kind, and nothing else; none where it is not clear."""
    if amounts and ALL.search(amounts[-1].words):
        amounts = amounts[:-1]
    opened = [number for number, amount in enumerate(amounts) if OPENS.search(amount.words)]
    items = list(amounts[opened[-1] if opened else 0 :])
    clear = all(
        a.exact and alike(a.figure, total.figure) and not NO_ITEM.search(OPENS.split(a.words)[-1])
        for a in items
    )
    return items if clear and len(items) > n and total.figure.unit not in NOT_SUMMED else []


def _judged(segment: Segment, total: Amount, items: list[Amount], n: int, first: bool) -> Outcome:
    """The first of the list, or its largest; where others of them make it, or nearly, they are meant."""
    unit, span = total.figure.unit, total.figure.interval()
    largest = sorted(items, key=lambda a: -added((a,), unit)[0])
    if any(added(ones, unit)[1].meets(span) for ones in (items[:n], items[-n:], largest[:n])):
        return Outcome(RULE)
    meant = items[:n] if first else items[-n:]
    makes = added(meant, unit)[0]
    others = (items[:k] if first else items[-k:] for k in range(1, len(items)))
    meets = any(added(some, unit)[1].meets(span) for some in others)
    if not meets and abs(makes - total.figure.amount) * NEAR > makes:
        return Outcome(RULE)
    decimals = max(a.figure.decimals for a in (total, *meant))
    return total_of_items(segment, total, meant, f"{shown(makes, decimals)}{unit}")
