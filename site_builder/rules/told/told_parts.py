"""正文里分项超过总数: “A，其中B” in a sentence where B, or the parts listed, are more than A."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile
from operator import attrgetter

from site_builder.finding import Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.parts_exceed import RULE, compared, label
from site_builder.segment import (
    NOT_SUMMED,
    OF_WHICH,
    Amount,
    Segment,
    added,
    alike,
    segments,
)
from site_builder.sentences import Passage

# Up to here the parts go on: a comma begins something else, unless 其中： announces a list.
ENDS = re.compile("[，,（()）]")
LIST_ENDS = re.compile("[（()）]")
# Between two amounts of one list stand a noun and a joint: 12个行政村、2个社区.
JOINED = re.compile("[^，,：:]{0,6}[、和及与][^，,：:]*")
ONE_LIST = re.compile("[^，,：:]{0,6}[、和及与，,][^：:]*")
# What is said of the whole, or of a part, besides its size.
OF_WHOLE = re.compile(
    "均|每|单价|标准|同比|较|超(?:出|额|过)?(?:目标|任务|计划|完成|年初|预算|全年)|多出|比(?:计划|年初|目标|预算|任务|上)|增加|净增|增收|增支|[短歉欠超少多][收支]|降|减|节约|节省|上年|去年|最|[低高少多]于|[少多]$|超[出支]$"
)
OF_PART = re.compile(
    OF_WHOLE.pattern + "|计划|目标|原有|累计|达到(?!$)|超|合同价|总投资|概算|造价|中标"
)
# A part of a list whose parts are clauses; and what tells that it is another thing.
CLAUSE = re.compile("[，,、][^，,。；;：:（()）0-9]{1,12}")
ASIDE = re.compile(
    "较|比|增|减|降|上年|去年|累计|均|每|另|还|已|完成|计划|目标|超|带动|惠及|覆盖|涉及|受益|剩|结余|新|其[他它余]|自筹|配套|当年|本年|年内|调[入出]|招录|辞职|净|退休"
)
SIZE = re.compile("(?:宽度?|厚度?|深度?|高度?|直径|管径|间距)(?:约?为|达)?$")
BESIDE = re.compile("结转|结余|[较比占]")
SAVED = re.compile("^(?:节约|节省|结余|节支|压减)(?:了|资金|支出|经费)*$")
LEFT = re.compile("^(?:尚|还|仍)?[未欠缺]")
HAN = re.compile("[一-鿿]")
LOOK_BACK = 12  # amounts before 其中 that its whole may be among
ALL_OF_THEM = re.compile(
    "(?:合计|共计|总计|共)(?:为|是)?$|"
    # ，共计下达61.8万元; 共有产权房 is one of the parts
    "[，,；;、](?:合计|共计|总计|总共|共(?![青产同享建管有])|两[项者]|[三四五六]项)[^，,、：:；;]{0,8}$"
)
# …，另据国土部门统计耕地6.2万亩; …，按致贫原因分，因病86户: another whole, or the same divided anew
ANEW = re.compile("[，,、；;]?(?:另|按|从[^，,。；;0-9]{1,10}看)")
# 债务余额5555万元，本年新增债券1614万元: what came to a part is no other part
CAME_TO = re.compile("[，,](?:其中)?(?:[本当]年|年内|全年)度?(?:新[增发]|增加)")
OPPOSITES = (("存款", "贷款"), ("存栏", "出栏"), ("户籍", "流动"), ("资产", "负债"))
NO_NAME = re.compile("[，,（()）0-9]")
_end = attrgetter("end")
_amount_end = attrgetter("said.end")
PART_ENDS = re.compile("[；;。，,]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “其中” of a sentence or cell."""
    compared = False
    for passage in subject.told.passages:
        if "其中" not in passage.text:  # quick
            continue
        for outcome in _by_purpose(passage):
            compared = True
            yield outcome
        earlier: tuple[Amount, ...] = ()
        for segment in segments(passage):
            for outcome in _one(segment, earlier):
                compared = True
                yield outcome
            # 其中 after a full stop is of the amount before it.
            full_stop = passage.text[segment.end : segment.end + 1] == "。"
            earlier = segment.amounts if full_stop else ()
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以比较的“其中”", "no “of which” to compare"))


def _by_purpose(passage: Passage) -> Iterator[Outcome]:
    """Parts told by what they were for: 共64.20万元。其中：25万元用于清淤；49.20万元用于路面。"""
    text, figures = passage.text, passage.figures
    for mark in OF_WHICH.finditer(text):
        number = bisect_right(figures, mark.start(), key=_end)
        if not number or text[figures[number - 1].end : mark.start()].strip("。，,；;、 "):
            continue
        parts, place = [], mark.end()
        for said in islice(figures, number, None):
            if said.start > place:  # quick
                break
            if said.start == place and text.startswith(("用于", "用作"), said.end):
                parts.append(said)
                end = PART_ENDS.search(text, said.end)
                place = end.end() if end else len(text)
        if len(parts) < 2:
            continue  # one part is seen by its 其中 alone
        amounts = [
            Amount(said, said.figure, passage.label(said))
            for said in (figures[number - 1], *parts)
            if said.figure is not None
        ]
        if all(a.figure.kind == "money" and not a.bound for a in amounts):
            whole, *listed = amounts
            if not _unlike(whole, OF_WHOLE, text):
                yield compared(Segment(passage, whole.said.start, place, ()), [whole], listed)


def _one(segment: Segment, earlier: tuple[Amount, ...]) -> Iterator[Outcome]:
    passage, amounts = segment.passage, segment.amounts
    marks = list(OF_WHICH.finditer(passage.text, segment.start, segment.end))
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start() if number + 1 < len(marks) else segment.end
        # （其中城市36户，农村398户）: what brackets hold is one list
        listed = mark[0].endswith((":", "：")) or passage.text.startswith(
            ("（", "("), mark.start() - 1
        )
        comma = (LIST_ENDS if listed else ENDS).search(passage.text, mark.end(), stop)
        first = end = comma.start() if comma else stop
        cut = bisect_right(amounts, mark.start(), key=_amount_end)
        before = list(amounts[max(0, cut - LOOK_BACK) : cut])
        told = list(takewhile(lambda a: a.said.start < stop, islice(amounts, cut, None)))  # noqa: B023
        if not listed:
            end = _peers(segment, mark.end(), first, before, told) if comma else stop  # quick
        after = [a for a in told if mark.end() <= a.said.start < end]
        # 其中：行政30人，事业40人，共计70人: the total behind them is no part.
        after = list(takewhile(lambda a: not ALL_OF_THEM.search(a.words), after))
        after = after[:1] + list(takewhile(lambda a: not ANEW.match(a.words), after[1:]))
        after = after[:1] + [a for a in after[1:] if not CAME_TO.match(a.words)]
        after = list(takewhile(lambda a: not _opposed(before, a), after))  # noqa: B023
        after = _of_one_noun(before, after)
        if mark.start() <= segment.start + 1:
            before = list(earlier[-LOOK_BACK:])  # 支出799.12万元。其中：…
            # 支出2636.95万元，比收入少23.3万元，年末结转结余46.5万元。其中…: of none that is beside.
            before = [a for a in before if not BESIDE.search(a.words)] or before
            if after and _is_list(before, after):
                continue
        # 采购88.7万元，节约3.3万元，其中授予中小企业98.3万元: of what was spent, not of what was saved.
        before = _but_saved(before)
        # Of the parts of the 其中 before; marks[-1], behind the first, has none.
        before = [a for a in before if a.said.start >= marks[number - 1].end()] or before
        after = after[:1] + [a for a in after[1:] if not a.words or ONE_LIST.fullmatch(a.words)]
        for parts in _by_unit(after):
            # 村级运转经费318.5万元，保障14个村: behind a comma another thing is told of a part.
            if parts[0] is not after[0] and parts[0].words.startswith(("，", ",")):
                continue
            outside = _outside(passage.text, before, mark.start())
            whole = _whole(outside, parts[0]) or _whole(before, parts[0])
            if not whole or any(
                _unlike(a, OF_WHOLE, passage.text) for a in (*whole, *_goes_with(before, whole[-1]))
            ):
                continue
            if _of_another(passage.text, before, whole[-1], parts[0]):
                continue
            if whole[0].figure.unit in (*NOT_SUMMED, "分") or any(
                _unlike(p, OF_PART, passage.text) for p in parts
            ):
                continue
            if _made(before, whole[-1], parts) or _made_with_next(before, whole[-1], parts, told):
                yield Outcome(RULE)
                continue
            yield compared(segment, whole, parts)


def _of_one_noun(before: list[Amount], after: list[Amount]) -> list[Amount]:
    """教师401人，其中：中学教师175人，小学教师192人，学生6257人: parts called what the whole is, up to another noun."""
    noun = label(before[-1])[-2:] if before else ""
    named = [label(part).endswith(noun) for part in after]
    return after[: named.index(False)] if all(named[:2]) and not all(named) else after


def _opposed(before: list[Amount], part: Amount) -> bool:
    """存款余额11.2亿元，其中居民存款9.1亿元，贷款余额2.5亿元: the opposite of the whole is no part of it."""
    told = "".join(a.words for a in before[-2:])
    return any(
        one in told and other not in told and other in part.words and one not in part.words
        for one, other in OPPOSITES
    )


def _outside(text: str, before: list[Amount], mark: int) -> list[Amount]:
    """405万元（耗材15万元未列入），其中…: without those in brackets that are closed before 其中;
    硬化4.5公里，路面宽4.5米，其中…: without how wide it is."""
    found = []
    for amount in before:
        if SIZE.search(amount.words):
            continue
        between = text[amount.said.end : mark]
        if between.count("）") <= between.count("（"):
            found.append(amount)
    return found


def _is_list(before: list[Amount], after: list[Amount]) -> bool:
    """A项286万元，B项62万元，C项50万元。其中…: of three in a row, and within the largest of them?"""
    unit = after[0].figure.unit
    same = [a for a in before if alike(a.figure, after[0].figure)]
    if len(same) < 2:
        return False
    return added(after[:1], unit)[1].low <= max(added([a], unit)[1].high for a in same)


def _but_saved(before: list[Amount]) -> list[Amount]:
    """Without the savings right before 其中: a part is of what was spent."""
    left = list(before)
    while left and SAVED.search(label(left[-1])):
        left.pop()
    return left


def _made(before: list[Amount], nearest: Amount, parts: list[Amount]) -> bool:
    """支出1964万元，余36万元。其中…: do the parts make an amount before the nearest, or, where
    that is what is left, fit into it?"""
    if nearest is before[0]:  # quick
        return False
    unit = nearest.figure.unit
    span = added(parts, unit)[1]
    left = LEFT.search(label(nearest))
    return any(
        alike(a.figure, parts[0].figure)
        and (
            (len(parts) > 1 and span.meets(added([a], unit)[1]))
            or (left is not None and span.low <= added([a], unit)[1].high)
        )
        for a in before
    )


def _made_with_next(
    before: list[Amount], nearest: Amount, parts: list[Amount], told: list[Amount]
) -> bool:
    """总收入30万元，预算收入12万元，其中税收26万元，其他4万元: with one behind it, is the part the first?"""
    return len(parts) == 1 and any(
        alike(other.figure, parts[0].figure) and _made(before, nearest, [parts[0], other])
        for other in told
        if other.said.start > parts[0].said.end
    )


def _goes_with(before: list[Amount], whole: Amount) -> list[Amount]:
    """The amount that stands right before: 减少9户21人."""
    return [a for a in before if a.said.end == whole.said.start]


def _peers(
    segment: Segment, start: int, end: int, before: list[Amount], after: list[Amount]
) -> int:
    """Where a list of like parts ends (其中东村3公里，西村2公里，北村1公里); `end` where it is none.

    Like are three clauses of a name and an amount each, whose names end on one character, as
    nothing before 其中 does; or which go on to the full stop and nearly make the whole.
    """
    text = segment.passage.text
    if _makes_whole(segment, before, after):
        return after[-1].said.end
    last = {text[a.said.start - 1] for a in before}
    likes, place = 0, start
    wholes = _whole(before, after[0]) if after else []
    for amount in after:
        name = text[place : amount.said.start].lstrip("，,")
        like = text[amount.said.start - 1]
        if (
            len(name) > 10
            or NO_NAME.search(name)
            or like in last
            or like != text[after[0].said.start - 1]
            or not alike(amount.figure, after[0].figure)
            or text[amount.said.end : amount.said.end + 1] not in ("，", ",", "", "。", "；", ";")
        ):
            break
        likes, place = likes + 1, amount.said.end
        if wholes and _makes(after[:likes], wholes):
            break  # 实有98人，其中行政43人，事业55人，退休52人
    return place if likes > 2 else end


def _makes(parts: list[Amount], wholes: list[Amount]) -> bool:
    """Are these parts the whole?"""
    unit = wholes[0].figure.unit
    return added(parts, unit)[1].meets(added(wholes, unit)[1])


def _makes_whole(segment: Segment, before: list[Amount], after: list[Amount]) -> bool:
    """Are these all parts up to the full stop, and a fifth more than the whole at most?"""
    if len(after) < 2 or segment.end - after[-1].said.end > 1:
        return False
    text = segment.passage.text
    ends = {text[a.said.start - 2 : a.said.start] for a in after}
    if len(after) == 2 and len(ends) > 1:
        return False  # of two the names must end alike: 连片拆除98栋，零星拆除38栋
    if not all(CLAUSE.fullmatch(a.words) for a in after[1:]):
        return False
    wholes = _whole(before, after[0])
    if not wholes or not all(alike(a.figure, wholes[0].figure) for a in after):
        return False
    if any(ASIDE.search(a.words) for a in after):
        return False
    if any(_makes(after[:n], wholes) for n in range(2, len(after))):
        return False  # 实有98人，其中行政43人，事业55人，编外12人
    unit = wholes[0].figure.unit
    return added(after, unit)[0] * 5 <= added(wholes, unit)[0] * 6


def _whole(before: list[Amount], part: Amount) -> list[Amount]:
    """The nearest amount of the kind; with those before it that 、 joins to it (12个村、2个社区)."""
    found: list[Amount] = []
    for amount in reversed(before):
        if alike(amount.figure, part.figure):
            found.insert(0, amount)
            if JOINED.fullmatch(amount.words) is None:
                break
        elif found:
            break
    return found


def _of_another(text: str, before: list[Amount], whole: Amount, part: Amount) -> bool:
    """12个行政村，1个社区，其中5个村: do the part's words call an amount before the nearest?"""
    noun = HAN.match(text, part.said.end)
    if noun is None or part.figure.unit not in ("个", "家", "处"):
        return False
    return noun[0] not in text[whole.said.end : whole.said.end + 6] and any(
        noun[0] in text[a.said.end : a.said.end + 6] for a in before if alike(a.figure, part.figure)
    )


def _unlike(amount: Amount, aside: re.Pattern[str], text: str) -> bool:
    """Is it the edge of a range, a change, or what another thing is called by (20亿元的项目)?"""
    called = text.startswith("的", amount.said.end)
    return amount.bound or called or aside.search(label(amount)) is not None


def _by_unit(amounts: list[Amount]) -> Iterator[list[Amount]]:
    """Parts that can be added up; several of one unit only where they are listed with 、."""
    left = list(amounts)
    while left:
        first = left[0]
        same = [a for a in left if alike(a.figure, first.figure)]
        left = [a for a in left if a not in same]
        yield same
