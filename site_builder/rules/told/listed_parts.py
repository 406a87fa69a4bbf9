"""列出的各项与总数不符: a whole with its parts in brackets, behind a colon, one a stretch, or in classes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from site_builder.figure import shown
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import NOT_SUMMED, Amount, Segment, added, alike, segments
from site_builder.sentences import Passage, led_by

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
        "told-items-differ",
        "met-count-differs",
        "told-part-exceeds",
        "told-parts-differ",
        "told-total",
        "told-balance",
    ),
)
# 专班7人（组长1人、副组长2人、成员4人）; 农房146户：原拆原建108户、异地新建38户. Of 其中 see told_parts.
OPENS = re.compile(
    r"[一-鿿]{0,6}(?:(?P<bracket>[（(])(?:包括)?[:：]?|[:：]|，分别(?:为|是)[：:]?)(?=[一-鿿“”]{1,12}$)"
)
PART = re.compile("[、，,和及]{0,2}[一-鿿“”]{1,12}")
FIRST = re.compile("[一-鿿“”]{1,12}")
# What makes an amount another thing than a part or a whole of it.
ASIDE = re.compile(
    "较|比|增|减|降|升|上年|去年|同期|均|每|另|还|已|超|完成|计划|目标|任务|预算|带动|惠及|覆盖|受益|剩|结余|累计|达到|"
    "以上|以下|节约|占|应|最|不足|单价|标准|[至到]$|拟|需|力争|兼任|每年"
)
OVERLAP = re.compile(
    "女|少数民族|党员|岁|残|低保|脱贫|贫困|骨干|获|优秀|市级|省级|国家级|先进|重点|学历|本科|大专|高级|中级|青年|老年|留守"
)
NEAR = 8  # an eighth of the whole that parts may be short of it and still be meant to be all
MORE = re.compile("[^。；;，,]{0,2}(?:等|以及|另|还有)")
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
# What each way needs, behind a digit near by where one must be; a quick no.
_NAMED = "[一-鿿“”]{1,12}[0-9]"
_NEAR_DIGIT = "|".join(f"(?<=[0-9]{'.' * n})" for n in range(1, 11))
OPENED = led_by(
    "（(：:分",
    f"(?:(?=[（(：:](?:包括)?[:：]?{_NAMED})(?:{_NEAR_DIGIT})|(?<=，)分别[为是][：:]?(?={_NAMED}))"
    f"[^。；;\n]*[、，,和及]{_NAMED}",
)
STACKED = re.compile(f"；{_NAMED}[^。；;\\n]*[；;][ \\u3000]*{_NAMED}")
CLASSES = re.compile("的(?:村|户|企业|家庭|单位|项目|社区|人|学生|农户)?[有共为]?[0-9]")
FULL_POINTS = re.compile("满分")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every whole that a sentence takes apart."""
    compared = False
    for way, pattern in (
        (_opened, OPENED),
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


def _opened(segment: Segment, *_: object) -> Iterator[Outcome]:
    """The parts that a bracket or a colon opens right behind the whole, to its end."""
    amounts, text = segment.amounts, segment.passage.text
    for number, whole in enumerate(amounts[:-2]):
        first = amounts[number + 1]
        opens = OPENS.match(first.words)
        if opens is None or not _can(whole):
            continue
        rest = amounts[number + 2 :]
        parts = [
            first._replace(words=first.words[opens.end() :]),
            *takewhile(lambda a: PART.fullmatch(a.words) and alike(a.figure, first.figure), rest),  # noqa: B023
        ]
        if len(parts) > 1 and parts[1].words.startswith("、"):
            parts = list(takewhile(lambda p: not p.words.startswith(("，", ",")), parts))
        mark = text[parts[-1].said.end : parts[-1].said.end + 1]
        if opens["bracket"]:
            ends = mark in ("）", ")")
        else:  # with the sentence, or before a clause without a like amount
            left = rest[len(parts) - 1 :]
            ends = mark in "，,。；;" and not any(alike(a.figure, whole.figure) for a in left)
        if ends and len(parts) > 1 and _parts(parts, text) and alike(first.figure, whole.figure):
            yield from _summed(segment, whole, parts)


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
    if len(items) < 3 or not all(FIRST.fullmatch(i.amounts[0].words.strip()) for i in items):
        return
    for like in items[0].amounts[:2]:
        parts = [
            found[0]._replace(words=found[0].words[-12:])
            for item in items
            if len(found := [a for a in item.amounts if alike(a.figure, like.figure)]) == 1
        ]
        wholes = [a for a in intro.amounts if alike(a.figure, like.figure) and _can(a)]
        if len(parts) == len(items) and len(wholes) == 1 and _parts(parts, intro.passage.text):
            yield from _summed(intro, wholes[0], parts)


def _can(whole: Amount) -> bool:
    unit = whole.figure.unit
    aside = ASIDE.search(whole.words[-8:]) is not None
    return whole.exact and unit not in NOT_SUMMED and bool(unit) and not aside


def _parts(parts: Sequence[Amount], text: str) -> bool:
    """Have all names of their own, none of a class that may overlap, and are these all?"""
    if MORE.match(text, parts[-1].said.end):
        return False
    return not any(ASIDE.search(part.words) or OVERLAP.search(part.words) for part in parts)


def _summed(segment: Segment, whole: Amount, parts: Sequence[Amount]) -> Iterator[Outcome]:
    """More than the whole, or so little less that they are meant to be all of it."""
    amount, span = added(parts, whole.figure.unit)
    short = whole.figure.amount - amount
    if span.meets(whole.figure.interval()):
        yield Outcome(RULE)
    elif -whole.figure.amount <= short * 2 and short * NEAR <= whole.figure.amount:
        yield _finding(segment.passage, whole, parts, amount)


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
        and not ASIDE.search(a.words[-6:])
        and (
            (noun in NOUNS and text.startswith(noun, a.said.end))
            or AMONG.search(a.words)
            or (unit != "个" and AMONG_THEM.match(text, a.said.end))
        )
    ]
    if wholes:
        amount, _ = added(parts, unit)
        if amount > wholes[-1].figure.amount:
            yield _finding(segment.passage, wholes[-1], parts, amount)
        else:
            yield Outcome(RULE)


def _quarters(segment: Segment, *_: object) -> Iterator[Outcome]:
    """93万元，一季度21.5万元、…、四季度28万元: the four make the year, unless each holds those before."""
    amounts = segment.amounts
    for number in range(1, len(amounts) - 3):
        whole, parts = amounts[number - 1], amounts[number : number + 4]
        told = [match[1] for p in parts if (match := QUARTER.search(p.words))]
        if tuple(told) != QUARTERS or not _can(whole) or not _parts(parts, ""):
            continue
        if not all(alike(p.figure, whole.figure) for p in parts):
            continue
        if not whole.figure.agrees_with(parts[-1].figure):
            yield from _summed(segment, whole, parts)


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
            yield _finding(segment.passage, whole, rest, total)


def _finding(passage: Passage, whole: Amount, parts: Sequence[Amount], amount: Decimal) -> Outcome:
    formula = " + ".join(p.said.text for p in parts)
    decimals = max(a.figure.decimals for a in (whole, *parts))
    right = f"{shown(amount, decimals)}{whole.figure.unit}"
    words = {"whole": whole.said.text, "formula": formula}
    places = (passage.place(p.said.start) for p in parts)
    label = parts[0].said.text
    return Outcome(RULE, finding=finding_on(RULE, passage, whole.said, label, words, right, places))
