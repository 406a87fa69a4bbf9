"""Amounts of a sentence that make another: added up, compared with what is printed, and the finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import Amount, Segment, added, alike

RULE = Rule(
    "told-balance",
    "warning",
    Words("正文里前后几个数对不上", "Amounts of a sentence that do not balance"),
    Words(
        "{of}写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请逐个核对这句话里的数；原件如此的，保留原文并在“认可”中说明",
        "check each amount of the sentence; if they are printed so, explain it",
    ),
    Words(
        "预算减决算、资产减负债、收入减支出，读者一算就知道对不对。",
        "Budget less outturn, assets less debts, income less spending: readers can work them out.",
    ),
    yields_to=("town-size-differs", "posts-claim", "unit-slip", "amount-out-of-scale"),
)
# What may stand between the name of an amount and the amount.
IS = "(?:数|总额|总计|合计|金额|安排)?(?:为|是|共|达到?|计)?"


def comparable(*amounts: Amount) -> bool:
    """Are they all exact, and amounts of one kind?"""
    return all(a.exact and alike(a.figure, amounts[0].figure) for a in amounts)


def threes(segment: Segment) -> Iterator[tuple[int, Amount, Amount, Amount]]:
    """Three comparable amounts side by side, after the number of the first."""
    amounts = segment.amounts
    for number, three in enumerate(zip(amounts, amounts[1:], amounts[2:], strict=False)):
        if comparable(*three):
            yield number, *three


def summed(segment: Segment, result: Amount, terms: tuple[tuple[Amount, int], ...]) -> Outcome:
    """Do `terms`, each added (1) or taken away (-1), make `result`?"""
    unit = result.figure.unit
    more, most = added((term for term, sign in terms if sign > 0), unit)
    less, least = added((term for term, sign in terms if sign < 0), unit)
    amount, span = more - less, most - least
    printed = result.figure
    # Points are counted.
    meets = printed.amount == amount if unit == "分" else span.meets(printed.interval())
    if not result.exact or meets:
        return Outcome(RULE)
    formula = "".join(
        (" + " if sign > 0 else " − ") * bool(number) + term.said.text
        for number, (term, sign) in enumerate(terms)
    )
    return differing(segment, result, amount, unit, formula, tuple(term for term, _ in terms))


def differing(
    segment: Segment,
    result: Amount,
    amount: Decimal,
    unit: str,
    formula: str,
    others: tuple[Amount, ...],
) -> Outcome:
    """The finding on `result`, which by `formula` of `others` should be `amount` in `unit`."""
    passage = segment.passage
    decimals = max(result.figure.decimals, *(a.figure.decimals for a in others))
    right = f"{shown(amount, max(2, decimals) if unit == '%' else decimals)}{unit}"
    label = (re.findall("[^，,、：:]+", result.words) or ["差额"])[-1]
    words = {
        "label": label,
        # 扣2分: a word that is no name of an amount
        "of": f"“{label}”" if len(label) > 2 else f"这句话里“{label}”的数",
        "formula": formula,
    }
    places = (passage.place(a.said.start) for a in others)
    return Outcome(
        RULE, finding=finding_on(RULE, passage, result.said, label, words, right, places)
    )
