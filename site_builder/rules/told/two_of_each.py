"""分项各有两个数: parts told by two amounts each that make their whole by one of them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import judged
from site_builder.segment import NOT_SUMMED, Amount, added, alike, segments
from site_builder.sentences import STOP, Passage

# 拆除36处、4300平方米，其中住宅21处2650平方米，非住宅15处1650平方米
MARK = re.compile("其中[:：,，]?|[，,](?:包括|分为|分别[为是])[:：]?")
MAYBE = re.compile("(?:其中|包括|分为|分别[为是])[^。]*?[0-9][^。]*?[0-9][^。]*?[0-9]")
NAME = re.compile("^[、，,；;和及:：]*[^，,。；;：:0-9]{0,16}[，,、（(]?[^，,。；;：:0-9]{0,6}$")
# The second amount goes by the same word in each part, or none: 面积, 投资
WORD = re.compile("^[、，,（(]?(?:户|村|个|处)?(?P<word>[^，,。；;：:0-9]{0,6})$")
# Between the two amounts of a whole that its parts tell in the other order.
JOINED = re.compile("[，,、和及]?(?:涉及|共|合计|共计|分)?")
ASIDE = re.compile(
    "上年|去年|较|比|增|减|均|每|约|计划|目标|任务|另|此外|还有|以上|以下|占|合计|共计|总计|受益|惠及|覆盖|参与|带动|涉及|服务|单价|标准"
)
# What is told of some money only where the whole is said to be that money, too.
OF_MONEY = re.compile(
    "完成|已|到位|支出|拨付|支付|本年|当年|补助|财政|自筹|配套|衔接|奖补|结算|合同"
)
LEAST = 6
MANY = 4  # parts that make a whole farther back by no accident


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 其中 behind two amounts of two kinds, with both kinds in each part."""
    for passage in subject.told.holding(MAYBE):
        if len(passage.figures) >= LEAST:  # quick
            yield from _of_passage(passage)


def _of_passage(passage: Passage) -> Iterator[Outcome]:
    amounts = [a for segment in segments(passage) for a in segment.amounts]
    for mark in MARK.finditer(passage.text):
        before = [a for a in amounts if a.said.end <= mark.start()]
        after = [a for a in amounts if a.said.start >= mark.end()]
        if len(before) > 1 and not STOP.search(
            passage.text, before[-2].said.end, before[-1].said.start
        ):
            pairs = _pairs(passage.text, mark.end(), after)
            found = list(_columns(passage, (before[-2], before[-1]), pairs))
            yield from found or _farther(passage, before, pairs)


def _pairs(text: str, start: int, after: list[Amount]) -> list[tuple[Amount, Amount]]:
    """The parts in order, each by its two amounts, as far as they go on alike."""
    pairs: list[tuple[Amount, Amount]] = []
    word, end = "", start
    for one, other in zip(after[::2], after[1::2], strict=False):
        name = text[max(start, one.said.start - len(one.words)) : one.said.start]
        second = WORD.match(other.words)
        if second is None or "。" in text[end : one.said.start] or not NAME.match(name):
            break
        if ASIDE.search(name + other.words):
            break
        if pairs and (
            word != second["word"]
            or not alike(one.figure, pairs[0][0].figure)
            or not alike(other.figure, pairs[0][1].figure)
        ):
            break
        word, end = second["word"], other.said.end
        pairs.append((one, other))
    return pairs


def _farther(
    passage: Passage, before: list[Amount], pairs: list[tuple[Amount, Amount]]
) -> Iterator[Outcome]:
    """在册72户171人，因病28户84人，因残44户87人。其中：…: of two amounts farther back in the paragraph."""
    if len(pairs) < MANY:
        return
    for one, other in pairwise(reversed(before[:-1])):
        if other.said.end == one.said.start:
            found = list(_columns(passage, (other, one), pairs))
            if found:
                yield from found
                return


def _columns(
    passage: Passage, wholes: tuple[Amount, Amount], pairs: list[tuple[Amount, Amount]]
) -> Iterator[Outcome]:
    """Where the parts make the whole by one of the two amounts, they make it by the other."""
    if len(pairs) < 2 or not all(a.exact for pair in (wholes, *pairs) for a in pair):
        return
    columns = [[first for first, _ in pairs], [second for _, second in pairs]]
    if not alike(wholes[0].figure, columns[0][0].figure):
        if not JOINED.fullmatch(passage.text, wholes[0].said.end, wholes[1].said.start):
            return  # 粮食产量4300吨，油料面积560亩，其中花生300亩，产量…: of two things
        columns.reverse()
    for whole, parts in zip(wholes, columns, strict=True):
        if not alike(whole.figure, parts[0].figure) or whole.figure.unit in NOT_SUMMED:
            return
        money = OF_MONEY.search(parts[0].words)
        if ASIDE.search(whole.words[-10:]) or (money and money[0] not in whole.words):
            return
    whole_by = [_makes(whole, parts) for whole, parts in zip(wholes, columns, strict=True)]
    for number in (0, 1):
        if whole_by[1 - number]:
            yield from judged(passage, wholes[number], columns[number])
            return


def _makes(whole: Amount, parts: list[Amount]) -> bool:
    return added(parts, whole.figure.unit)[0] == whole.figure.amount
