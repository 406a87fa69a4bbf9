"""差一位数字就加得拢的合计: what is listed behind its whole, in a line or in those below, but for one digit.

No word need say that all parts are told: a sum of four digits or more that is the whole in all of them
but one is no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import shown
from site_builder.finding import Words
from site_builder.rules import taken_apart
from site_builder.rules.list_lines import OPENS
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.taken_apart import APART, NEAR, RULE
from site_builder.segment import NOT_SUMMED, Amount, added, alike
from site_builder.sentences import Passage
from site_builder.slips import is_swapped

# What makes an amount a change, a goal or a share of work, and no part or whole.
NO_LEVEL = re.compile(
    "净资产|负债|(?:较|比|同比|增[加长收支]|净增|减[少收支]|下降|上升|降低|超[出支过]|节[约省]|调[增减]|占|均(?!衡)|每|去年|上年(?!结)|标准|单价|其中[^，,]*[至到]|"
    "(?:完成|为|达到?)(?:全年|年初|年度|调整|计划|预算|目标|任务|20[0-9]{2}年)[^，,]*)[^，,。；;：:、]*$"
)
LEADS = re.compile("其中|包[括含]|含|[：:]|分别|构成|组成|如下|由")
BRACKETS = re.compile("[。；;（(）)]")
ANNOUNCED = re.compile("(?:其中|如下|包[括含]|分项|分别|为)[^，,。；;0-9]{0,12}[：:]?$|[：:]$")
SOME = re.compile("等(?:[^级]|$)|主要|重点|例如|另|除|未列")
ARRANGED = re.compile(f"{taken_apart.ARRANGED}|(?<!公共)(?<!基金)(?<!经营)预算(?![内外])|计划")
LONG = re.compile("[0-9][0-9.,]{3}(?!年)")  # what may be a whole of LEAST digits
LEAST, SURE = 4, 7  # digits of a whole that is no chance
FEW = 3  # parts, of fewer than which a digit more is asked
MOST = 14
NEAR_BY = 32  # amounts around a whole that may be of its list


class _Level(NamedTuple):
    """An amount that is of something itself, and how many brackets are open around it."""

    passage: Passage
    amount: Amount
    depth: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line, and every list of lines with the line above it."""
    found = False
    lines = subject.told.lines
    for number, line in enumerate(lines):
        announced = ANNOUNCED.search(line.text) is not None
        if not (announced or (len(line.figures) > 2 and LONG.search(line.text))):  # quick
            continue
        levels = _levels(line)
        outcomes = [*_in_line(line, levels)]
        if announced:
            outcomes += _below(lines, number, levels)
        for outcome in outcomes:
            found = True
            yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有列出的各项", "nothing is listed"))


def _levels(line: Passage) -> list[_Level]:
    found: list[_Level] = []
    depth = last = 0
    text = line.text
    bracketed = "（" in text or "(" in text
    for said in line.figures:
        between = text[last : said.start]
        if bracketed:  # quick
            opened, closed = between.count("（"), between.count("）")
            depth += opened + between.count("(") - closed - between.count(")")
        figure, last = said.figure, said.end
        if figure is None or figure.unit in NOT_SUMMED:
            continue
        if NO_LEVEL.search(line.label(said)) or text.startswith("的", said.end):
            continue
        found.append(_Level(line, Amount(said, figure, between), max(0, depth)))
    return found


def _in_line(line: Passage, levels: Sequence[_Level]) -> Iterator[Outcome]:
    """A whole and the parts behind it up to the end of the sentence; in brackets, up to their end."""
    text = line.text
    for number, whole in enumerate(levels):
        rest = levels[number + 1 : number + 1 + NEAR_BY]
        if not rest:
            break
        first = rest[0]
        inside = first.depth > whole.depth
        mark = LEADS.search(text, whole.amount.said.end, first.amount.said.start)
        if mark is None and not inside:
            continue
        parts: list[Amount] = []
        colon = mark is None or mark[0] in "：:"  # None: in brackets
        end = _end(text, first.amount.said.start)
        for one in rest:
            if one.amount.said.start >= end and not inside:
                break
            if inside and one.depth <= whole.depth:
                break
            if one.depth == first.depth and alike(one.amount.figure, whole.amount.figure):
                parts.append(one.amount)
        if len(parts) > MOST:  # quick
            continue
        if len(parts) >= FEW or colon:
            some = SOME.search(text, whole.amount.said.end, end) is not None
            near = levels[max(0, number - NEAR_BY) : number + 1 + NEAR_BY]
            yield from _judged(whole, [(line, part) for part in parts], near, some)


def _end(text: str, start: int) -> int:
    """Where the sentence ends, which what stands in brackets does not."""
    depth = 0
    for mark in BRACKETS.finditer(text, start):
        if mark[0] in "（(":
            depth += 1
        elif mark[0] in "）)":
            depth -= 1
        elif depth <= 0:
            return mark.start()
    return len(text)


def _below(lines: Sequence[Passage], number: int, wholes: Sequence[_Level]) -> Iterator[Outcome]:
    """支出合计6449万元，其中：, and below it lines with an amount each."""
    firsts: list[tuple[Passage, Amount]] = []
    everyone: list[tuple[Passage, Amount]] = []
    kind: str | None = None
    for line in lines[number + 1 : number + 1 + MOST]:
        item = OPENS.match(line.text)
        if item is None or (firsts and item.lastgroup != kind):
            break
        levels = [one.amount for one in _levels(line) if one.depth == 0]
        if not levels:
            break
        kind = item.lastgroup  # （二） behind 5、 is no item of the list
        firsts.append((line, levels[0]))
        everyone += [(line, one) for one in levels]
    ways = ([one for _, one in firsts], [one for _, one in everyone])
    if any(_makes(way, whole.amount) for whole in wholes for way in ways):
        yield Outcome(RULE)
        return
    text = lines[number].text
    some = SOME.search(text, max(0, len(text) - 12)) is not None
    for whole in reversed(wholes):
        for way in (firsts, everyone):
            if not all(alike(a.figure, whole.amount.figure) for _, a in way):
                continue
            outcomes = list(_judged(whole, way, wholes, some))
            if outcomes:
                yield from outcomes
                return


def _makes(parts: Sequence[Amount], whole: Amount) -> bool:
    unit = whole.figure.unit
    return added(parts, unit)[1].meets(added((whole,), unit)[1])


def _judged(
    whole: _Level,
    parts: Sequence[tuple[Passage, Amount]],
    levels: Sequence[_Level],
    some: bool,
) -> Iterator[Outcome]:
    """The whole and its parts, where they miss each other by one digit and make nothing else.

    More digits are asked of two parts, and of what is said to be `some` of the parts.
    """
    amounts = [amount for _, amount in parts]
    if len(amounts) < 2:
        return
    printed = whole.amount
    if not all(a.exact for a in (printed, *amounts)) or any(p.said.linked for p in amounts):
        return
    if any(_makes(amounts[:end], printed) for end in range(2, len(amounts) + 1)):
        yield Outcome(RULE)
        return
    if any(_makes(amounts, other.amount) for other in levels):
        return
    unit = printed.figure.unit
    total, _ = added(amounts, unit)
    if ARRANGED.search(whole.passage.label(printed.said)):
        return
    least = SURE if some else LEAST + (len(amounts) < FEW)
    if not _a_digit_off(printed, amounts, total, least):
        return
    decimals = max(a.figure.decimals for a in (printed, *amounts))
    right = f"{shown(total, decimals)}{unit}"
    gap = total - printed.figure.amount
    way, way_en = ("多", "too much") if gap > 0 else ("少", "too little")
    words = {
        "whole": printed.said.text,
        "printed": printed.said.text,
        "formula": " + ".join(a.said.text for a in amounts),
        "difference": f"{shown(abs(gap), decimals)}{unit}",
        "way": way,
        "way_en": way_en,
    }
    first, part = parts[0]
    between = first.text[printed.said.end : part.said.start]
    if first is not whole.passage or ("。" in between and "其中" not in between):
        places = (line.place(a.said.start) for line, a in parts)
        finding = finding_on(APART, whole.passage, printed.said, "分项", words, right, places)
        yield Outcome(APART, finding=finding)
        return
    others = (printed, *amounts[1:])
    places = (first.place(a.said.start) for a in others)
    finding = finding_on(RULE, first, part.said, "分项", words, right, places)
    yield Outcome(RULE, finding=finding)


def _a_digit_off(whole: Amount, parts: Sequence[Amount], total: Decimal, least: int) -> bool:
    """Would one digit of the whole or of a part, or two swapped, set it right?

    The whole has `least` digits down to the last that any of the amounts has; of parts that are
    less, one of a round amount may have been left out: they must be nearly all of it.
    """
    unit = whole.figure.unit
    amounts = [whole.figure.amount, *(added((part,), unit)[0] for part in parts)]
    last = min(int(a.normalize().as_tuple().exponent) for a in amounts)
    gap = total - amounts[0]
    digits = len(str(int(amounts[0].scaleb(-last))))
    if digits < SURE and -gap * NEAR > amounts[0]:
        return False
    if digits >= least and len(gap.normalize().as_tuple().digits) == 1:
        return True
    return digits > least and is_swapped(amounts[0], total)
