"""列出的各项与总数不符: a whole with its parts one a stretch, by quarters, in classes of size, or by points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_builder.finding import Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.taken_apart import (
    GOES_ON_BEHIND,
    NO_PART,
    RULE,
    are_parts,
    can_be_whole,
    differing,
    summed,
)
from site_builder.segment import Amount, Segment, added, alike, segments

FIRST = re.compile("[一-鿿“”]{1,12}")
# 14个村中，100万元以上的8个，50万元至100万元的6个: classes of size
CLASS = re.compile(
    "^(?:[^，,。；;0-9]{0,8}的)(?:村|户|企业|家庭|单位|项目|社区|人|学生|农户)?(?:有|共|为)?$"
)
AMONG = re.compile("(?:村|户|企业|家庭|单位|项目|社区|人|农户|指标)[^，,。；;0-9]{0,4}$")
NOUNS = frozenset("村户社企项")
AMONG_THEM = re.compile("[^，,。；;0-9]{0,6}中[，,]?")
# 22个三级指标中，得满分的14个，扣分的8个
FULL = re.compile("(?:得|获|获得)?满分(?:的|指标)*(?:有|共|为)?$")
CUT = re.compile("(?:扣分|失分|未得满分|未得到满分|未满分|部分得分)(?:的|指标)*(?:有|共|为)?$")
NOTHING = re.compile("(?:不得分|零分|得0分|未得分)(?:的|指标)*(?:有|共|为)?$")
BEHIND = re.compile("(?:指标)?(?:得|获)?(?:满分|扣分|失分|不得分|零分|未得满分)")
INDICATORS = re.compile("[^，,。；;0-9]{0,6}指标")
HEAD = re.compile("其中[：:]|[：:]")
# 一季度20万元、二季度24万元、三季度22万元、四季度27万元: there are no others
QUARTER = re.compile("([一二三四])季度[^，,。；;、0-9]{0,4}$")
QUARTERS = ("一", "二", "三", "四")
FOURTH = re.compile("四季度[^，,。；;、0-9]{0,4}[0-9]")
# What each way needs, a quick no.
_NAMED = "[一-鿿“”]{1,12}[0-9]"
STACKED = re.compile(f"；{_NAMED}[^。；;\\n]*[；;][ \\u3000]*{_NAMED}")
CLASSES = re.compile("的(?:村|户|企业|家庭|单位|项目|社区|人|学生|农户)?[有共为]?[0-9]")
FULL_POINTS = re.compile("满分")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every whole that a sentence takes apart."""
    compared = False
    for way, pattern in (
        (_stacked, STACKED),
        (_classes, CLASSES),
        (_points, FULL_POINTS),
        (_quarters, FOURTH),
    ):
        for passage in subject.told.holding(pattern):
            lines = tuple(segments(passage))
            for number, segment in enumerate(lines):
                for outcome in way(segment, lines, number):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有拆开来写的总数", "no whole is taken apart"))


def _stacked(intro: Segment, lines: Sequence[Segment], number: int) -> Iterator[Outcome]:
    """安排项目16个，1128万元。产业类7个，612万元；基础类7个，466万元；其他2个，50万元。"""
    text = intro.passage.text
    if len(lines) < number + 3:
        return
    if text[lines[number + 1].end] not in "；;":  # quick
        return
    after = lines[number + 1 :]
    head = HEAD.search(intro.text)
    stop = text[intro.end]
    if stop == "。":
        if text[intro.start - 1 : intro.start] not in (
            "；",
            ";",
        ):  # 基本支出…；项目支出…。工资福利支出…；…: of which?
            yield from _piled(intro, _run(after))
    elif head is not None:
        at = intro.start + head.end()
        first = intro._replace(amounts=tuple(a for a in intro.amounts if a.said.start >= at))
        whole = intro._replace(amounts=tuple(a for a in intro.amounts if a.said.end < at))
        if first.amounts:
            words = first.amounts[0].words.rpartition(head[0][-1])[2]
            amounts = (first.amounts[0]._replace(words=words), *first.amounts[1:])
            yield from _piled(whole, [first._replace(amounts=amounts), *_run(after)])


def _run(lines: Sequence[Segment]) -> list[Segment]:
    """The stretches up to the next full stop."""
    items: list[Segment] = []
    for line in lines:
        items.append(line)
        if not line.passage.text.startswith(("；", ";"), line.end):
            break
    return items


def _piled(intro: Segment, items: list[Segment]) -> Iterator[Outcome]:
    """So many items of one amount each, against the whole that they are of."""
    last = items[-1]
    if GOES_ON_BEHIND.match(last.passage.text, last.end):
        return
    if len(items) < 3 or not all(FIRST.fullmatch(i.amounts[0].words.strip()) for i in items):
        return
    for like in items[0].amounts[:2]:
        parts = [
            found[0]._replace(words=found[0].words[-12:])
            for item in items
            if len(found := [a for a in item.amounts if alike(a.figure, like.figure)]) == 1
        ]
        wholes = [a for a in intro.amounts if alike(a.figure, like.figure) and can_be_whole(a)]
        if len(parts) == len(items) and len(wholes) == 1 and are_parts(parts, intro.passage.text):
            yield from summed(intro, wholes[0], parts)


def _classes(segment: Segment, lines: Sequence[Segment], number: int) -> Iterator[Outcome]:
    """100万元以上的8个村，50万元至100万元的7个村, of 14: classes of size do not overlap."""
    amounts, text = segment.amounts, segment.passage.text
    classes = [
        (edge.said, amount)
        for edge, amount in pairwise(amounts)
        if amount.exact and CLASS.match(amount.words)
    ]
    parts = [amount for _, amount in classes]
    # 100万元以上的8个，50万元以上的12个: those are among these.
    opened = [edge.about or edge.sign for edge, _ in classes if not edge.upto]
    if len(parts) < 2 or len({p.figure.unit for p in parts}) > 1 or len(set(opened)) < len(opened):
        return
    earlier = [a for one in lines[:number][-1:] for a in one.amounts]
    earlier += [a for a in amounts if a.said.end <= parts[0].said.start]
    unit = parts[0].figure.unit
    noun = text[parts[0].said.end : parts[0].said.end + 1]
    wholes = [
        a
        for a in earlier
        if a.figure.unit == unit
        and a.exact
        and not NO_PART.search(a.words[-6:])
        and (
            (noun in NOUNS and text.startswith(noun, a.said.end))
            or AMONG.search(a.words)
            or (unit != "个" and AMONG_THEM.match(text, a.said.end))
        )
    ]
    if wholes:
        amount, _ = added(parts, unit)
        if amount > wholes[-1].figure.amount:
            yield differing(segment.passage, wholes[-1], parts, amount)
        else:
            yield Outcome(RULE)


def _quarters(segment: Segment, *_: object) -> Iterator[Outcome]:
    """93万元，一季度21.5万元、…、四季度28万元: the four make the year, unless each holds those before."""
    amounts = segment.amounts
    for number in range(1, len(amounts) - 3):
        whole, parts = amounts[number - 1], amounts[number : number + 4]
        told = [match[1] for p in parts if (match := QUARTER.search(p.words))]
        if tuple(told) != QUARTERS or not can_be_whole(whole) or not are_parts(parts, ""):
            continue
        if not all(alike(p.figure, whole.figure) for p in parts):
            continue
        if not whole.figure.agrees_with(parts[-1].figure):
            yield from summed(segment, whole, parts)


def _is(kind: re.Pattern[str], amount: Amount, text: str) -> bool:
    """得满分的14个, or 14个得满分."""
    after = BEHIND.match(text, amount.said.end)
    return kind.search(amount.words if after is None else after[0]) is not None


def _points(segment: Segment, *_: object) -> Iterator[Outcome]:
    """Of so many indicators some score full, some less, some nothing."""
    text = segment.passage.text
    amounts = list(segment.amounts)
    wholes = [a for a in amounts if INDICATORS.match(text, a.said.end)]
    if not wholes:
        return
    whole = wholes[0]
    unit = whole.figure.unit
    rest = [a for a in amounts[amounts.index(whole) + 1 :] if a.figure.unit == unit]
    full, cut, nothing = ([a for a in rest if _is(k, a, text)] for k in (FULL, CUT, NOTHING))
    if len(full) == len(cut) == 1 and len(rest) == len(nothing) + 2:
        total, _ = added(rest, unit)
        if total == whole.figure.amount:
            yield Outcome(RULE)
        else:
            yield differing(segment.passage, whole, rest, total)
