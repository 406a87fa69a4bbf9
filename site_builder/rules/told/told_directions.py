"""正文里说升其实是降: which way an amount went, told without a number, against the two amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.figure import shown
from site_builder.finding import Finding
from site_builder.forms import sentence_address
from site_builder.rules.changes import ASIDE, DOWN, RULE, THAN, UP
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import added, alike, segments
from site_builder.sentences import Passage

# B，比上年的A有所上升: which way it went, without a number
WENT = re.compile(
    rf"(?:[，,]?(?:有所|略有|略|稍有|稍|明显|大幅度?|显著|小幅|总体|呈))(?P<way>{UP}|{DOWN})(?=[，,。；;）)]|趋势|态势|$)"
)
# B，与上年A相同: no more and no less
LEVEL = re.compile("(?P<way>相同|一致|(?<!基本)持平)(?=[，,。；;）)]|$)")
MAY_HAVE_GONE = re.compile("有所|略|稍|明显|大幅|显著|小幅|总体|呈|持平|相同|一致")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every direction told behind an amount and that of the year before."""
    for passage in subject.told.holding(MAY_HAVE_GONE):
        yield from _went(passage)


def _went(passage: Passage) -> Iterator[Outcome]:
    """接待费5.82万元，比上年的6.40万元有所上升: the two amounts go the other way."""
    text = passage.text
    for segment in segments(passage):
        for now, past in pairwise(segment.amounts):
            end = past.said.end
            went = WENT.match(text, end, segment.end) or LEVEL.match(text, end, segment.end)
            if went is None or not THAN.match(past.words) or not alike(now.figure, past.figure):
                continue
            if not (now.exact and past.exact) or ASIDE.search(now.words):
                continue
            if passage.trend(past.said):
                continue  # 12.4万元，比上年减少0.3万元，略有下降
            gap = now.figure.amount - added((past,), now.figure.unit)[0]
            level = went.re is LEVEL
            near = went["way"] == "持平" and abs(gap) * 20 <= now.figure.amount
            if gap == 0 or near or (not level and (gap > 0) == (went["way"] in UP.split("|"))):
                yield Outcome(RULE)
                continue
            decimals = max(now.figure.decimals, past.figure.decimals)
            way = "下降" if gap < 0 else "上升"
            amount = f"{shown(abs(gap), decimals)}{now.figure.unit}"
            right = way + amount
            label = passage.label(now.said).strip("，,　-* ")
            formula = f"{now.said.text} − {past.said.text}"
            words = {
                "label": shown_label(label),
                "printed": went["way"],
                "formula": formula,
                "recomputed": right,
                "recomputed_en": f"{'a decrease' if gap < 0 else 'an increase'} of {amount}",
            }
            finding = Finding(
                RULE,
                passage.place(went.start("way")),
                words,
                (passage.place(now.said.start), passage.place(past.said.start)),
                passage.address or sentence_address(went["way"], label[-16:]),
                went["way"],
                right,
                formula=formula,
            )
            yield Outcome(RULE, finding=finding)
