"""占比、比率: the rule of told-share, and how a percentage is judged by the two amounts it is of."""

from __future__ import annotations

import re
from decimal import Decimal

from site_builder.figure import Figure, shown
from site_builder.finding import Rule, Words
from site_builder.place import Place
from site_builder.relations import quotient, verdict
from site_builder.rules import wrong_unit
from site_builder.rules.outcome import Outcome, finding_on
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.sentences import Passage

RULE = Rule(
    "told-share",
    "warning",
    Words("正文里的占比或比率算不出来", "A share in a sentence that its amounts do not give"),
    Words(
        "{of}写的是{printed}，按{formula}应为{recomputed}",
        "{of_en} is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新计算，或核对这句话里的两个数；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check the two amounts; if they are printed so, explain it",
    ),
    Words(
        "同一句话里写了两个数和它们的比，读者一算就知道对不对。",
        "Where a sentence gives two amounts and their ratio, readers can check it.",
    ),
)
# Another year's amounts.
YEAR = re.compile("上年|去年|20[0-9]{2}年|上一年|同期|同比|比上|较")
# What is no part of a name: 其中项目支出为, 村中已验收
UNNAMED = re.compile("^其中[：:]?|^[^，,]{0,6}中(?=已)|(?:为|是|达到?|共计?)$")
LOOK_BACK = 8  # amounts before a share that may be its whole


def fits(percent: Figure, part: Figure, whole: Figure) -> bool:
    """Can the percentage be the part's share of the whole, as they are printed?"""
    computed = quotient(part, whole)
    return computed is not None and verdict(percent, *computed) != "differs"


def _of_farther(segment: Segment, percent: Amount, part: Amount) -> bool:
    """全镇共372户。走访326户，解决298户，解决率80.1%: does an amount told before in the paragraph give it?"""
    told = (a for one in segments(segment.passage) for a in one.amounts if a.exact)
    return any(
        a.said.end <= part.said.start
        and alike(a.figure, part.figure)
        and fits(percent.figure, part.figure, a.figure)
        for a in told
    )


def _odd_one(passage: Passage, whole: Figure) -> Amount | None:
    """The whole, where most money of the paragraph is in the other of 元 and 万元."""
    told = [
        a for one in segments(passage) for a in one.amounts if a.figure.unit in wrong_unit.UNITS
    ]
    same = [a for a in told if a.figure.unit == whole.unit]
    return next((a for a in same if a.figure == whole and len(same) * 2 < len(told)), None)


def judged(
    segment: Segment,
    percent: Amount,
    part: Amount,
    whole: Figure,
    named: str,
    beside: tuple[Place, ...] = (),
    planned: bool = False,
    called: str = "",
) -> Outcome | None:
    """Is the percentage what `part` is of `whole`, which goes by the name `named`?

    A part that was `planned` is no rounded result; it may be `called` by words farther before. None
    where it cannot be worked out, or where it is a rate that another amount of the paragraph gives.
    """
    computed = quotient(part.figure, whole)
    if computed is None:
        return None
    if planned:  # what was planned is no rounded result: 8万平方米 are 8万平方米
        _, done = added((part,), whole.unit)
        computed = computed[0], done.times(100 / whole.amount)
    if percent.bound and computed[1].high >= percent.figure.amount:
        return Outcome(RULE)  # 达到95%以上
    if verdict(percent.figure, *computed) != "differs":
        return Outcome(RULE)
    if named.endswith("率") and _of_farther(segment, percent, part):
        return None
    other = wrong_unit.in_other(part.figure) if part.figure.unit != whole.unit else None
    if other is not None and fits(percent.figure, other, whole):
        if (odd := _odd_one(segment.passage, whole)) is not None:
            # 2089元，其中A1777万元，占85.06%，B312万元
            part, whole = odd, part.figure
        said = Words(
            f"按{whole}和{percent.said.text}，应", f"by {whole} and {percent.said.text}, it"
        )
        return wrong_unit.slipped(segment.passage, part, said, beside, called=called)
    decimals = max(percent.figure.decimals, 2)
    told = Decimal(shown(computed[0], decimals))
    if shown(told, percent.figure.decimals) == shown(
        percent.figure.amount, percent.figure.decimals
    ):
        decimals += 2  # 44.4495% is 44.45%, but not 44.5%
    right = f"{shown(computed[0], decimals)}%"
    passage = segment.passage
    name = called or UNNAMED.sub("", passage.label(part.said).strip(" 　-*")) or part.said.text
    of = of_en = f"“{named}”"
    if not named.endswith("率"):
        of, of_en = f"“{name}”占“{named}”的比例", f"“{name}” as a share of “{named}”"
    words = {"of": of, "of_en": of_en, "formula": f"{part.said.text} ÷ {whole}"}
    places = (passage.place(part.said.start), *beside)
    return Outcome(
        RULE, finding=finding_on(RULE, passage, percent.said, named, words, right, places)
    )
