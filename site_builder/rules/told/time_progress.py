"""快于序时进度: how far a share of the year's budget is ahead of, or behind, the share of the year gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.rules.changes import POINTS, RULE
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, Segment, segments

# 完成预算的56.6%，超过时间进度6.6个百分点; 较序时进度慢0.5个百分点
THAN = re.compile(
    "^[，,、（(]?(?:超过?|超出|快于|高于|领先于?|慢于|低于|落后于?|滞后于?|[较比])(?:均衡|序时|时间)进度"
    "(?:快|慢|高|低|超前?|落后|滞后)?(?:出|了)?$"
)
OF_THE_YEAR = re.compile("预算|计划|任务|目标|执行率|进度")
UP_TO = (
    (re.compile("全年(?!度?(?:预算|计划|任务|目标|收入|支出|税收|财政))"), 12),
    (re.compile("前三季度"), 9),
    (re.compile("上半年"), 6),
    (re.compile("一季度"), 3),
    (re.compile("(?<![0-9])1[-—–~～至到](?P<m>1[0-2]|[2-9])月"), 0),
    (
        re.compile(
            "(?:截[至止]|到)(?:20[0-9]{2}年|今年)?(?P<m>1[0-2]|[1-9])月(?:[份底末]|(?:28|29|30|31)日)"
        ),
        0,
    ),
)
PROGRESS = re.compile("进度(?<=[衡时间]进度)")
MONTHS = 12
# A third of a year is told as 33.3%, as 33% or as 33.4%: how far that may carry.
ROUGH = Decimal("0.1")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every share of the year's budget with its distance from the time gone by, where the months are told."""
    for passage in subject.told.holding(PROGRESS):
        for segment in segments(passage, "进度"):
            for number in range(1, len(segment.amounts)):
                share, gap = segment.amounts[number - 1 : number + 1]
                if THAN.match(gap.words) and gap.figure.unit in ("%", "个百分点"):
                    yield from _of(segment, share, gap)


def _of(segment: Segment, share: Amount, gap: Amount) -> Iterator[Outcome]:
    passage = segment.passage
    months = _months(passage.text[: share.said.start])
    named = OF_THE_YEAR.search(share.words) is not None
    if not months or not named or share.figure.unit != "%" or not (share.exact and gap.exact):
        return
    gone = Decimal(100 * months) / MONTHS
    distance = abs(share.figure.amount - gone)
    near = ROUGH + (share.figure.ulp() + gap.figure.ulp()) / 2
    if abs(distance - gap.figure.amount) > near:
        label = gap.words.strip("，,、（( ")
        right = f"{shown(distance, gap.figure.decimals)}个百分点"
        words = {"label": label, "formula": f"{share.said.text} − {months}/{MONTHS}"}
        at = (passage.place(share.said.start),)
        yield Outcome(RULE, finding=finding_on(RULE, passage, gap.said, label, words, right, at))
    elif gap.figure.unit == "%":
        points = shown(distance, gap.figure.decimals)
        words = {"past": f"{shown(gone, 2)}%", "now": share.said.text, "recomputed": points}
        right = f"{points}个百分点"
        found = finding_on(POINTS, passage, gap.said, "百分点", words, right)
        yield Outcome(POINTS, finding=found)
    else:
        yield Outcome(RULE)


def _months(before: str) -> int:
    """Of how many months a figure is told: by the last words before it that say so; 0 of one month alone."""
    told = [
        (match.end(), months or int(match["m"]))
        for pattern, months in UP_TO
        for match in pattern.finditer(before)
    ]
    end, months = max(told, default=(0, 0))
    return 0 if "月" in before[end:] else months
