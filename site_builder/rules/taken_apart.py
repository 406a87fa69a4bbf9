"""A whole and what it is taken apart into: the rule, what can be a part of what, and the finding.

Parts stand in brackets, behind a colon or one a stretch (`told.listed_parts`), or side by side
behind their whole (`told.side_by_side`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import NOT_SUMMED, Amount, Segment, added, agree_rounded
from site_builder.sentences import Passage

# …，退休人员0人；年末其他人员29人: the list goes on behind the semicolon, or the full stop.
_MORE = "[^，,。；;0-9]{0,8}(?:其他|其它|另|编外|非在?编|临聘|聘用|合同制|劳务派遣|遗属)[^，,。；;0-9]{0,8}[0-9]"
GOES_ON, GOES_ON_BEHIND = re.compile(f"[；;]{_MORE}"), re.compile(f"[；;。]{_MORE}")
RULE = Rule(
    "listed-parts-differ",
    "warning",
    Words("列出的各项与总数不符", "Listed parts that do not make their whole"),
    Words(
        "总数写的是{whole}，按所列的{formula}是{recomputed}",
        "the whole is {whole}; what is listed ({formula}) makes {recomputed}",
    ),
    Words(
        "请对照原件核对总数和各项，改正写错的一处；确有漏列或重复的，在文字里写明；原件如此的，在“认可”中说明",
        "check the whole and each part; say so in the text if some are left out or counted twice",
    ),
    Words(
        "把总数拆开来写，读者会加一遍；加不拢，总有一处是错的。",
        "Whoever takes a whole apart invites readers to add it up; if it does not, something is wrong.",
    ),
    yields_to=(
        "told-classes-differ",
        "told-classes-short",
        "told-items-differ",
        "met-count-differs",
        "told-part-exceeds",
        "told-parts-differ",
        "told-total",
        "told-balance",
        "unit-slip",
    ),
)
APART = Rule(
    "parts-apart-differ",
    "warning",
    Words("逐项列出的数与前面的总数不符", "Items listed do not make the whole told before"),
    Words(
        "前面写的总数是{printed}，逐项列出的{formula}是{recomputed}，{way}{difference}",
        "the whole told before is {printed}; what is listed ({formula}) makes {recomputed}, {difference} {way_en}",
    ),
    Words(
        "请逐项核对，看是写错了数还是漏了一项；只列了一部分的，写明“主要”或“等”；原件如此的，在“认可”中说明",
        "check the whole and each item; say so if only some are listed; if printed so, explain it",
    ),
    Words(
        "先写总数、再逐项列出，读者会把各项加起来。",
        "Where a whole is told and then its items, readers add them up.",
    ),
    yields_to=(
        "told-classes-differ",
        "told-items-differ",
        "told-part-exceeds",
        "told-parts-differ",
        "told-total",
        "listed-parts-differ",
        "prose-contradicts",
    ),
)
# What makes an amount another thing than a part or a whole of it.
NO_PART = re.compile(
    "较|比|增|减|降|升|上年|去年|同期|均|每|另|还|已|超|完成|计划|目标|任务|预算|带动|惠及|覆盖|受益|剩|结余|累计|达到|"
    "以上|以下|节约|占|应|最|不足|单价|标准|[至到]$|拟|需|力争|兼任"
)
# The same of an item that is listed alone.
NO_ITEM = "其中|合计|总计|计划|目标|概算|合同|中标|申请|估算|预计|总投"
# What was arranged need not all be spent.
ARRANGED = "安排|下达|到位|概算|拨付|拨入|争取|筹|总投资"
SOME = "主要|重点|例如|大额|突出|典型"  # of the parts
OVERLAP = re.compile(
    "女|少数民族|党员|岁|残|低保|脱贫(?!不稳定)|贫困|骨干|获|优秀|市级|省级|国家级|先进|重点|学历|本科|大专|高级|中级|青年|老年|留守|劳动力|务工|外出|就业"
)
# Schooling that a person has one of; 以上, 党员 and the like go with any.
_ANY = "^(?!.*(?:以上|以下|及|女|党员|族|岁|在职|全日制))"
LEVELS = [
    re.compile(f"{_ANY}.*(?:{names})")
    for names in ("研究生|硕士|博士", "大学|本科|大专|专科", "高中|中专|职高|技校", "初中", "小学")
]
NEAR = 8  # an eighth of the whole that parts may be short of it and still be meant to be all
MORE = re.compile("[^。；;，,]{0,2}(?:等|以及|另|还有)")


def overlaps(name: str, whole: str) -> bool:
    """May members of this class be of another, too? What the whole says of all of them divides none."""
    return any(word not in whole for word in OVERLAP.findall(name))


def of_levels(names: Sequence[str]) -> bool:
    """在校大学生6人、高中毕业生4人: each of a schooling of its own?"""
    found = [[n for n, level in enumerate(LEVELS) if level.search(name)] for name in names]
    return all(len(one) == 1 for one in found) and len({one[0] for one in found}) == len(names)


def can_be_whole(whole: Amount) -> bool:
    """Is it an exact amount of its own, of what can be added up?"""
    aside = NO_PART.search(whole.words[-8:]) is not None
    return whole.exact and whole.figure.unit not in NOT_SUMMED and not aside


def are_parts(parts: Sequence[Amount], text: str) -> bool:
    """Have all names of their own, none of a class that may overlap, and are these all?"""
    if MORE.match(text, parts[-1].said.end):
        return False
    return not any(NO_PART.search(part.words) or OVERLAP.search(part.words) for part in parts)


def summed(segment: Segment, whole: Amount, parts: Sequence[Amount]) -> Iterator[Outcome]:
    """More than the whole, or so little less that they are meant to be all of it."""
    amount, span = added(parts, whole.figure.unit)
    short = whole.figure.amount - amount
    if span.meets(whole.figure.interval()) or agree_rounded(whole.figure, parts):
        yield Outcome(RULE)
    elif -whole.figure.amount <= short * 2 and short * NEAR <= whole.figure.amount:
        yield differing(segment.passage, whole, parts, amount)


def differing(passage: Passage, whole: Amount, parts: Sequence[Amount], amount: Decimal) -> Outcome:
    """The finding on a whole whose parts make another amount."""
    formula = " + ".join(p.said.text for p in parts)
    decimals = max(a.figure.decimals for a in (whole, *parts))
    right = f"{shown(amount, decimals)}{whole.figure.unit}"
    words = {"whole": whole.said.text, "formula": formula}
    places = (passage.place(p.said.start) for p in parts)
    label = parts[0].said.text
    return Outcome(RULE, finding=finding_on(RULE, passage, whole.said, label, words, right, places))
