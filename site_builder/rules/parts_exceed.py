"""Parts that are more than their whole: their rule, their judgement and the finding on them."""

from __future__ import annotations

import re

from site_builder.figure import Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome
from site_builder.rules.taken_apart import of_levels
from site_builder.segment import OVERLAP, Amount, Segment, added, agree_rounded

RULE = Rule(
    "told-part-exceeds",
    "error",
    Words("正文里的分项超过总数", "Parts in a sentence exceed their whole"),
    Words(
        "总数写的是{whole}，其中{parts}{made}，多出{difference}",
        "the whole is {whole}; the parts ({parts}) make {recomputed}, {difference} more",
    ),
    Words(
        "请对照原件核对总数和各分项，看是不是写错了数或单位；原件如此的，保留原文并在“认可”中说明",
        "check whole and parts with the original, numbers and units; if printed so, explain it",
    ),
    Words(
        "“其中”说的是总数里的一部分，不会比总数还多。",
        "What is said to be of which cannot be more.",
    ),
    yields_to=("unit-slip",),
)
KINDS_OF_UNIT = re.compile(
    "(?:农村|农民|农牧民|牧民|机关|企业|非公|两新|学校|社区|离退休|事业单位|行政村|村级)[^，,、]{0,6}$"
)
# 村干部报酬: whose it is, and no class of them
COST = re.compile("(?:报酬|工资|经费|费|支出|专项)$")
TWO_AT_ONCE = re.compile("双重|重复|交叉|两[种类重]身份|既[^，,]*又|同时")
OPENS = re.compile("[，,：:（(]")
JOINTS = "、和及与 "


def label(amount: Amount) -> str:
    """The words of a part behind the mark before it."""
    return OPENS.split(amount.words)[-1]


def compared(segment: Segment, wholes: list[Amount], parts: list[Amount]) -> Outcome:
    """The sum of the parts, or each where they may overlap, against the whole told last."""
    whole = wholes[-1]
    unit = whole.figure.unit
    all_, span = added(wholes, unit)
    # 农村党员271名，机关党员63名: nobody is of two
    of_units = all(KINDS_OF_UNIT.search(p.words) for p in parts)
    text = segment.passage.text
    # 低保对象412户，其中城市低保36户; 低保642户986人，其中…
    said_of_all = "".join(w.words or text[: w.said.start][-12:] for w in wholes)
    of_units |= all(p.figure.kind == "money" and COST.search(p.words) for p in parts)
    overlapping = not (of_units or of_levels([label(part) for part in parts])) and any(
        word not in said_of_all
        for p in parts
        # 其中60岁以上4210人: behind an age there is no other name
        for word in OVERLAP.findall(p.words or text[: p.said.start][-6:])
    )
    # Of parts that may overlap each is compared, of others their sum.
    sums = [added([part], unit) for part in parts] if overlapping else [added(parts, unit)]
    total, least = max(amount for amount, _ in sums), max(one.low for _, one in sums)
    agreed = least <= span.high or agree_rounded(whole.figure, parts)
    if agreed or _divided_twice(segment, parts, unit, span):
        return Outcome(RULE)
    said = (
        [p for p, (amount, _) in zip(parts, sums, strict=True) if amount == total]
        if overlapping
        else parts
    )
    decimals = max(a.figure.decimals for a in (whole, *parts))
    right = f"{shown(total, decimals)}{unit}"
    made = ""
    if len(said) > 1:
        made = f"合计{right}"
    elif said[0].figure.unit != unit:
        made = f"，折合{right}"
    words = {
        "whole": "、".join(a.said.text for a in wholes),
        "parts": "、".join(f"{shown_label(_short(p))}{p.said.text}" for p in said),
        "made": made,
        "recomputed": right,
        "difference": f"{shown(total - all_, decimals)}{unit}",
    }
    first = parts[0].said
    start = max(segment.start, first.start - len(_short(parts[0])))
    printed = text[start : first.end]
    finding = Finding(
        RULE,
        segment.passage.place(start),
        words,
        (segment.passage.place(whole.said.start),),
        segment.passage.address or sentence_address(printed, "其中"),
        first.text,
        right,
        words["difference"],
        cause=_whole_among(whole, said, unit),
    )
    return Outcome(RULE, finding=finding)


def _whole_among(whole: Amount, parts: list[Amount], unit: str) -> Words | None:
    """120万元，其中农林水支出120万元，教育支出70万元，卫生支出50万元: the whole stands among its own parts."""
    for place, part in enumerate(parts):
        rest = [*parts[:place], *parts[place + 1 :]]
        same = part.figure.amount == whole.figure.amount
        if same and added(rest, unit)[1].meets(added([whole], unit)[1]):
            named = f"{_short(part)}{part.said.text}"
            return Words(
                f"；其余各项加起来正好是总数，像是把总数又写成了“{named}”一项",
                f"; the others make the whole, which seems listed among them as “{named}”",
            )
    return None


def _divided_twice(segment: Segment, parts: list[Amount], unit: str, whole: Interval) -> bool:
    """952户（其中甲类182户…，按去向搬迁308户…）: are the last of the parts all of the whole again; or
    663户（其中低保521户，特困142户，两种身份的122户）: the first, and then those that are of two?"""
    last = parts[-1].said.start
    if TWO_AT_ONCE.search(segment.passage.text, segment.passage.opening(last), last):
        return added(parts[:-1], unit)[1].meets(whole)
    ends = (parts[number:] for number in range(2, len(parts) - 2))
    return any(added(end, unit)[1].meets(whole) for end in ends)


def _short(part: Amount) -> str:
    return label(part).strip(JOINTS).removeprefix("其中").lstrip("：:、和及")
