"""一年各段与全年对不上: quarters and halves with the year, and progress that falls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.patterns import led_by
from site_builder.rules.balances import RULE, differing, summed
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments

QUARTERS = tuple(re.compile(f"(?:第)?{c}季度[^，,。；;0-9]{{0,8}}$") for c in "一二三四")
ADDED_UP = re.compile("合计|共计")
WHOLE_YEAR = re.compile("^[，,、]?(?:全年|合计|共计|累计)[^，,。；;0-9]{0,8}$")
# 四个季度分别支出100万元、120万元、130万元、140万元，全年支出490万元; not 累计
IN_TURN = re.compile(
    "(?:四个季度|[一1第](?:季度)?[至到—-](?:第)?[四4]季度|各季度|按季度|分季度)(?![^，,。；;]*累计)[^，,。；;0-9]{0,14}$"
)
NEXT = re.compile("^[、和及]$")
# 上半年56人次，下半年63人次，全年119人次
# or 前三季度2310.8万元，四季度947.8万元，全年3258.6万元
HALVES = (
    (
        re.compile("上半年[^，,。；;0-9]{0,8}$"),
        re.compile("^[，,、]下半年[^，,。；;0-9]{0,8}$"),
    ),
    (
        re.compile("前三(?:个)?季度[^，,。；;0-9]{0,8}$"),
        re.compile("^[，,、]第?四季度[^，,。；;0-9]{0,8}$"),
    ),
)
PROGRESS = re.compile("(?:支付|支出|执行|完成|资金|序时|使用|拨付)进度|执行率")
GROWTH = re.compile("增长|增速|增幅|同比|目标|要求|应达")
UP_TO = (
    (re.compile("(?:前三季度|三季度末|9月底)"), 9),
    (re.compile("(?:上半年|二季度末|6月底)"), 6),
    (re.compile("(?:一季度(?!.*[二三四])|3月底)"), 3),
    (re.compile("(?:全年|年底|年末)"), 12),
    (re.compile("(?:截[至止]|到|[1一][-—~至到])(?P<m>1[0-2]|[1-9])月"), 0),
    (re.compile("(?:^|[，,、：:])至?(?P<m>1[0-2]|[1-9])月[底末]"), 0),
)
# A word of each way; a quick no.
MAYBE = led_by("四下支执完资序使拨", f"四季度|四个季度|下半年|{PROGRESS.pattern}")


def check(subject: Subject) -> Iterator[Outcome]:
    """Each stretch between full stops, by each way in which its amounts may balance."""
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            for way in (_year, _halves, _progress):
                yield from way(segment)


def _year(segment: Segment) -> Iterator[Outcome]:
    """一季度…，二季度…，三季度…，四季度…，全年…"""
    amounts = segment.amounts
    for number in range(len(amounts) - 4):
        parts, whole = amounts[number : number + 4], amounts[number + 4]
        named = all(q.search(p.words) for q, p in zip(QUARTERS, parts, strict=True))
        # A list joined by 、 with 合计 behind it is told-total's.
        listed = all(p.words.startswith("、") for p in parts[1:])
        in_turn = (
            IN_TURN.search(parts[0].words)
            and all(NEXT.match(p.words) for p in parts[1:])
            and parts[-1].figure.amount != whole.figure.amount
        )
        if (
            (named or in_turn)
            and WHOLE_YEAR.match(whole.words)
            and not (listed and ADDED_UP.search(whole.words))
            and all(p.exact and p.figure.unit == whole.figure.unit != "%" for p in parts)
        ):
            yield summed(segment, whole, tuple((p, 1) for p in parts))


def _halves(segment: Segment) -> Iterator[Outcome]:
    """上半年56人次，下半年63人次，全年119人次."""
    amounts = segment.amounts
    for one, two, whole in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if (
            any(first.search(one.words) and then.match(two.words) for first, then in HALVES)
            and WHOLE_YEAR.match(whole.words)
            and all(a.exact and a.figure.unit == whole.figure.unit != "%" for a in (one, two))
        ):
            yield summed(segment, whole, ((one, 1), (two, 1)))


def _progress(segment: Segment) -> Iterator[Outcome]:
    """上半年支付进度38%，前三季度61%，11月底59%: what has been paid cannot become less."""
    text = segment.text
    if not PROGRESS.search(text) or GROWTH.search(text):
        return
    last: tuple[int, Amount] | None = None
    for amount in segment.amounts:
        if amount.figure.unit != "%" or not amount.exact:
            continue
        month = _month(amount.words)
        if last is not None and month > last[0]:
            if amount.figure.amount < last[1].figure.amount:
                formula = f"≥ {last[1].said.text}"
                yield differing(segment, amount, last[1].figure.amount, "%", formula, (last[1],))
                return
            yield Outcome(RULE)
        last = (month, amount) if month else None


def _month(words: str) -> int:
    """Up to which month a share is told; 0 when it is not told."""
    for pattern, month in UP_TO:
        match = pattern.search(words)
        if match is not None:
            return month or int(match["m"])
    return 0
