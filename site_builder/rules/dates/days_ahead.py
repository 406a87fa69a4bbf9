"""提前几天算不对: the days planned, the days it took, and how many days ahead or late that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.terms import RULE
from site_builder.segment import Amount, Segment, segments

# 合同工期240天，实际工期228天，提前12天完工; 工期228天，比合同240天提前12天
GAP = re.compile(
    "(?:(?P<early>提前|缩短|提早|节约|节省|压缩|快|少用?)|(?P<late>超期|超出|逾期|延误|延长|推迟|滞后|拖延|延期|超|晚|多用?))"
    "(?:工期|时间|完工|竣工|完成)?(?:了|约|为)*$"
)
PLANNED = re.compile("计划|合同|约定|规定|要求|批复|核定|定额|总工期|原定|预定|目标|应")
TOOK = re.compile("实际|历时|用时|用了|仅用|实用|只用|耗时|施工|工期")
MAYBE = re.compile(f"{GAP.pattern[:-1]}[0-9]+(?:个)?(?:日历)?天")
THREE = 3


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence with three numbers of days, of which one tells how far the others are apart."""
    found = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "天"):
            for outcome in _of_segment(segment):
                found = True
                yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有提前或超过的天数", "no days ahead or late"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    days = [a for a in segment.amounts if a.figure.unit == "天"]
    gaps = [a for a in days if GAP.search(a.words)]
    if len(days) != THREE or len(gaps) != 1 or not all(a.exact for a in days):
        return
    gap = gaps[0]
    terms = [a for a in days if a is not gap]
    planned = [a for a in terms if PLANNED.search(a.words)]
    took = [a for a in terms if a not in planned and TOOK.search(a.words)]
    if len(planned) != 1 or len(took) != 1:
        return
    way = GAP.search(gap.words)
    assert way is not None  # it is how the gap was found
    ahead = planned[0].figure.amount - took[0].figure.amount
    told = gap.figure.amount if way["early"] else -gap.figure.amount
    if told == ahead:
        yield Outcome(RULE)
        return
    right = f"{'提前' if ahead > 0 else '超过'}{abs(ahead):f}天" if ahead else "正好，不早不晚"
    yield _found(segment, gap, way[0], (planned[0], took[0]), right)


def _found(
    segment: Segment, gap: Amount, way: str, terms: tuple[Amount, Amount], right: str
) -> Outcome:
    passage = segment.passage
    printed = f"{way}{gap.said.text}"
    dates = f"应为{terms[0].said.text}、实为{terms[1].said.text}，算下来"
    finding = Finding(
        RULE,
        passage.place(gap.said.start),
        {"printed": printed, "dates": dates, "recomputed": right},
        tuple(passage.place(a.said.start) for a in terms),
        passage.address or sentence_address(printed, dates),
        printed,
        right,
    )
    return Outcome(RULE, finding=finding)
