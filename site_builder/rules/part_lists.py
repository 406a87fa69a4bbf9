"""Parts that are all there is, added up: their rule, their judgement and the finding on them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import exponent_of, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import Amount, added, agree_rounded
from site_builder.sentences import Passage

RULE = Rule(
    "told-parts-differ",
    "warning",
    Words("正文里的分项加起来不等于总数", "Parts in a sentence that do not make their whole"),
    Words(
        "总数写的是{whole}，{parts}加起来是{recomputed}，相差{difference}",
        "the whole is {whole}; {parts} make {recomputed}, {difference} off",
    ),
    Words(
        "请逐项核对，看是写错了数还是漏了一项；原件如此的，保留原文并在“认可”中说明",
        "check each part: a wrong figure, or one left out; if printed so, keep and explain it",
    ),
    Words(
        "行政和事业、离休和退休、人员经费和公用经费就是全部；列到“其他”“配套”也就列完了。",
        "行政 and 事业, 离休 and 退休 are all there is, and so is a list that ends on 其他 or 配套.",
    ),
    yields_to=("told-part-exceeds", "told-total", "sub-item-as-peer"),
)
# What an item of a list may begin with.
NUMBERED = "[-* 　]*(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．])? *"


def judged(passage: Passage, whole: Amount, parts: list[Amount]) -> Iterator[Outcome]:
    unit = whole.figure.unit
    amount, span = added(parts, unit)
    # Points are counted.
    meets = amount == whole.figure.amount if unit == "分" else span.meets(whole.figure.interval())
    if meets or agree_rounded(whole.figure, parts) or _in_two_units(whole, parts):
        yield Outcome(RULE)
        return
    told = [p.said for p in parts]
    yield differing(passage, whole.said.text, told, whole.figure.amount, amount, unit)


def _in_two_units(whole: Amount, parts: list[Amount]) -> bool:
    """收入88435元，其中：税收39029元；非税49406万元: do the digits add up? Then it is unit-slip's to say."""
    return sum(part.figure.amount for part in parts) == whole.figure.amount


def differing(
    passage: Passage, whole: str, parts: list[Said], printed: Decimal, amount: Decimal, unit: str
) -> Outcome:
    decimals = max(0, -exponent_of(printed), -exponent_of(amount))
    words = {
        "whole": whole,
        "parts": "、".join(p.text for p in parts),
        "difference": f"{shown(abs(printed - amount), decimals)}{unit}",
    }
    right = f"{shown(amount, decimals)}{unit}"
    return Outcome(RULE, finding=finding_on(RULE, passage, parts[0], "分项", words, right))


def moved(
    passage: Passage, whole: tuple[Said, Decimal], parts: list[tuple[Said, Decimal]], unit: str
) -> Outcome:
    """The finding on what a whole rose by (less than nothing: fell by), which its parts do not make."""
    printed, total = whole[1], sum((amount for _, amount in parts), Decimal(0))
    decimals = max(0, -exponent_of(printed), -exponent_of(total))
    right = _way(total, f"{shown(abs(total), decimals)}{unit}")
    words = {
        "whole": _way(printed, whole[0].text),
        "parts": "、".join(_way(amount, said.text) for said, amount in parts),
        "difference": f"{shown(abs(printed - total), decimals)}{unit}",
    }
    return Outcome(RULE, finding=finding_on(RULE, passage, parts[0][0], "增减", words, right))


def _way(amount: Decimal, text: str) -> str:
    """增加8.3万元, 减少19.96万元; 持平 where nothing changed."""
    return f"{'减少' if amount < 0 else '增加'}{text}" if amount else "持平"
