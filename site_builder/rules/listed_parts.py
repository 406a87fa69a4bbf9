"""列出的各项与总数不符: a whole with its parts in brackets, behind a colon, in classes, or done and not done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import NOT_SUMMED, Amount, Segment, added, alike, segments
from site_builder.sentences import Passage

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
# 专班7人（组长1人、副组长2人、成员4人）; 农房146户：原拆原建108户、异地新建38户
OPENS = re.compile(
    r"^(?:[一-鿿]{0,6})(?:[（(](?:其中|含|包括)?[:：]?|[:：](?:其中)?[:：]?|，分别(?:为|是)[：:]?)"
)
IN_BRACKETS = re.compile("[（(]")
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
EDGE = re.compile("以上|以下|以内|不足|超过|低于|及以|之间")
AMONG = re.compile("(?:村|户|企业|家庭|单位|项目|社区|人|农户|指标)[^，,。；;0-9]{0,4}$")
AMONG_THEM = re.compile("[^，,。；;0-9]{0,6}中[，,]?")
# 22个三级指标中，得满分的14个，扣分的8个
FULL = re.compile("(?:得|获|获得)?满分(?:的|指标)*(?:有|共|为)?$")
CUT = re.compile("(?:扣分|失分|未得满分|未得到满分|未满分|部分得分)(?:的|指标)*(?:有|共|为)?$")
NOTHING = re.compile("(?:不得分|零分|得0分|未得分)(?:的|指标)*(?:有|共|为)?$")
BEHIND = re.compile("(?:指标)?(?:得|获)?(?:满分|扣分|失分|不得分|零分|未得满分)")
DONE = re.compile("[，,、](?:其中)?[：:]?(?:已|实际|已经)?[一-鿿]{2,4}$")
NOT = re.compile("[，,、](?:还|尚|仍|另)?(?:有)?未(?:能)?(?P<what>[一-鿿]{2,4})(?:的)?$")
INDICATORS = re.compile("[^，,。；;0-9]{0,6}指标")
HEAD = re.compile("其中[：:]|[：:]")
QUICK = ("；", "（", "(", "：", ":", "，分别", "满分", "以上的", "以下的", "以内的", "元的", "未")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every whole that a sentence takes apart."""
    compared = False
    for passage in subject.told.lines:
        text = passage.text
        if len(passage.figures) < 3 or not any(map(text.__contains__, QUICK)):  # quick
            continue
        lines = tuple(segments(passage))
        for number, segment in enumerate(lines):
            before = lines[number - 1] if number else None
            stacked = _stacked(lines, number) if len(lines) - number > 2 else ()
            for outcome in (*_of_segment(segment, before), *stacked):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有拆开来写的总数", "no whole is taken apart"))


def _of_segment(segment: Segment, before: Segment | None) -> Iterator[Outcome]:
    amounts, text = segment.amounts, segment.text
    if len(amounts) > 2:  # quick
        yield from _opened(segment)
        if "满分" in text:
            yield from _points(segment)
        if "未" in text:
            yield from _done_or_not(segment)
    if "的" in text and len(amounts) > 2:  # quick
        yield from _classes(segment, before)


def _opened(segment: Segment) -> Iterator[Outcome]:
    """The parts that a bracket or a colon opens right behind the whole, to its end."""
    amounts, text = segment.amounts, segment.passage.text
    for number, whole in enumerate(amounts[:-2]):
        first = amounts[number + 1]
        opens = OPENS.match(first.words)
        if opens is None or not _can(whole):
            continue
        bracket = IN_BRACKETS.search(opens[0]) is not None
        parts = [first._replace(words=first.words[opens.end() :])]
        if not FIRST.fullmatch(parts[0].words):
            continue
        kind = whole.figure
        parts += takewhile(
            lambda a: PART.fullmatch(a.words) and alike(a.figure, kind),  # noqa: B023
            amounts[number + 2 :],
        )
        if len(parts) > 1 and parts[1].words.startswith("、"):
            parts = list(takewhile(lambda p: not p.words.startswith(("，", ",")), parts))
        if bracket:
            close = min(
                (p for c in "）)" if (p := text.find(c, first.said.start)) >= 0), default=-1
            )
            parts = [p for p in parts if p.said.end <= close]
            if not parts or parts[-1].said.end != close:
                continue
        elif not _ends(segment, parts[-1]):
            continue
        if len(parts) > 1 and _parts(parts, whole, text):
            yield from _summed(segment, whole, parts)


def _ends(segment: Segment, last: Amount) -> bool:
    """Does a list end on this part: with the sentence, or before a clause without a like amount?"""
    mark = segment.passage.text[last.said.end : last.said.end + 1]
    if mark in ("", "。", "；", ";"):
        return True
    rest = [a for a in segment.amounts if a.said.start > last.said.end]
    return mark in ("，", ",") and not any(alike(a.figure, last.figure) for a in rest)


def _stacked(lines: Sequence[Segment], start: int) -> Iterator[Outcome]:
    """安排项目16个，1128万元。产业类7个，612万元；基础类7个，466万元；其他2个，50万元。"""
    passage, intro = lines[start].passage, lines[start]
    head = HEAD.search(intro.text)
    if head is not None and passage.text.startswith(("；", ";"), intro.end):
        at = intro.start + head.end()
        first = intro._replace(amounts=tuple(a for a in intro.amounts if a.said.start >= at))
        whole = intro._replace(amounts=tuple(a for a in intro.amounts if a.said.end < at))
        if first.amounts and whole.amounts:
            words = first.amounts[0].words.rpartition(head[0][-1])[2]
            amounts = (first.amounts[0]._replace(words=words), *first.amounts[1:])
            items = [first._replace(amounts=amounts), *_run(lines[start + 1 :])]
            yield from _piled(whole, items)
        return
    if not passage.text.startswith("。", intro.end) or "其中" in intro.text[-6:]:
        return
    yield from _piled(intro, _run(lines[start + 1 :]))


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
    passage = intro.passage
    if len(items) < 3 or not all(FIRST.fullmatch(i.amounts[0].words.strip()) for i in items):
        return
    for number, like in enumerate(items[0].amounts):
        parts = [
            found[0]._replace(words=found[0].words[-12:])
            for item in items
            if len(found := [a for a in item.amounts if alike(a.figure, like.figure)]) == 1
        ]
        wholes = [a for a in intro.amounts if alike(a.figure, like.figure) and _can(a)]
        if len(parts) < len(items) or len(wholes) != 1 or number > 1:
            continue
        if _parts(parts, wholes[0], passage.text):
            yield from _summed(intro, wholes[0], parts)


def _can(whole: Amount) -> bool:
    unit = whole.figure.unit
    return (
        whole.exact
        and unit not in NOT_SUMMED
        and bool(unit)
        and ASIDE.search(whole.words[-8:]) is None
    )


def _parts(parts: Sequence[Amount], whole: Amount, text: str) -> bool:
    """Are all of one kind, with names of their own, and none of a class that may overlap?"""
    if MORE.match(text, parts[-1].said.end):
        return False
    for part in parts:
        if not part.exact or not alike(part.figure, whole.figure):
            return False
        if ASIDE.search(part.words) or OVERLAP.search(part.words):
            return False
    return True


def _summed(segment: Segment, whole: Amount, parts: Sequence[Amount]) -> Iterator[Outcome]:
    """More than the whole, or so little less that they are meant to be all of it."""
    unit = whole.figure.unit
    amount, span = added(parts, unit)
    if span.meets(whole.figure.interval()):
        yield Outcome(RULE)
        return
    short = whole.figure.amount - amount
    few = short > 0 and short * NEAR > whole.figure.amount
    if not few and abs(short) * 2 <= whole.figure.amount:
        yield _finding(
            segment.passage, whole, parts, amount, " + ".join(p.said.text for p in parts)
        )


def _classes(segment: Segment, before: Segment | None) -> Iterator[Outcome]:
    """100万元以上的8个村，50万元至100万元的7个村, of 14: classes of size do not overlap."""
    amounts, text = segment.amounts, segment.passage.text
    parts = [
        amount
        for edge, amount in pairwise(amounts)
        if CLASS.match(amount.words)
        and (edge.bound or EDGE.search(amount.words))
        and amount.figure.unit in ("个", "户", "家", "名", "人")
        and amount.exact
    ]
    if len(parts) < 2 or len({p.figure.unit for p in parts}) > 1:
        return
    inside = [a for a in amounts if a.said.end <= parts[0].said.start]
    earlier = [*(before.amounts if before is not None else ()), *inside]
    unit = parts[0].figure.unit
    noun = text[parts[0].said.end : parts[0].said.end + 1]
    wholes = [
        a
        for a in earlier
        if a.figure.unit == unit
        and a.exact
        and not ASIDE.search(a.words[-6:])
        and (
            text.startswith(noun, a.said.end)
            or AMONG.search(a.words)
            or (unit != "个" and AMONG_THEM.match(text, a.said.end))
        )
    ]
    if not wholes or noun not in "村户家个社企项，、。；":
        return
    whole = wholes[-1]
    amount, _ = added(parts, unit)
    if amount > whole.figure.amount:
        yield _finding(
            segment.passage, whole, parts, amount, " + ".join(p.said.text for p in parts)
        )
    else:
        yield Outcome(RULE)


def _is(kind: re.Pattern[str], amount: Amount, text: str) -> bool:
    """得满分的14个, or 14个得满分."""
    after = BEHIND.match(text, amount.said.end)
    return kind.search(amount.words if after is None else after[0]) is not None


def _done_or_not(segment: Segment) -> Iterator[Outcome]:
    """三级指标30项，完成26项，未完成4项: what was done and what was not are all there is."""
    for whole, done, rest in zip(
        segment.amounts, segment.amounts[1:], segment.amounts[2:], strict=False
    ):
        match = NOT.match(rest.words)
        if match is not None and match["what"] in whole.words:
            continue  # 参保37520人，实际参保36820人: of another whole
        if match is None or len({a.figure.unit for a in (whole, done, rest)}) > 1:
            continue
        if (
            not DONE.match(done.words)
            or match["what"] not in done.words
            or not done.words.endswith(match["what"])
        ):
            continue
        if (
            not rest.exact
            or not done.exact
            or not _can(whole)
            or whole.figure.amount < done.figure.amount
        ):
            continue
        total = done.figure.amount + rest.figure.amount
        if total == whole.figure.amount:
            yield Outcome(RULE)
        else:
            formula = f"{done.said.text} + {rest.said.text}"
            yield _finding(segment.passage, whole, (done, rest), total, formula)


def _points(segment: Segment) -> Iterator[Outcome]:
    """Of so many indicators some score full, some less, some nothing."""
    amounts, text = segment.amounts, segment.passage.text
    for number, amount in enumerate(amounts):
        if number == 0 or not amount.exact or not _is(FULL, amount, text):
            continue
        unit = amount.figure.unit
        rest = [a for a in amounts[number + 1 :] if a.figure.unit == unit]
        wholes = [
            a
            for a in amounts[:number]
            if a.figure.unit == unit and INDICATORS.match(text, a.said.end)
        ]
        cut = [a for a in rest if _is(CUT, a, text)]
        if not wholes or len(cut) != 1:
            continue
        parts = [amount, cut[0], *(a for a in rest if _is(NOTHING, a, text))]
        if len(parts) < len(rest) + 1:
            continue
        total, _ = added(parts, unit)
        if total == wholes[-1].figure.amount:
            yield Outcome(RULE)
        else:
            said = " + ".join(p.said.text for p in parts)
            yield _finding(segment.passage, wholes[-1], parts, total, said)


def _finding(
    passage: Passage, whole: Amount, parts: Sequence[Amount], amount: Decimal, formula: str
) -> Outcome:
    decimals = max(a.figure.decimals for a in (whole, *parts))
    right = f"{shown(amount, decimals)}{whole.figure.unit}"
    printed = whole.said.text
    words = {"whole": printed, "formula": formula, "recomputed": right}
    finding = Finding(
        RULE,
        passage.place(whole.said.start),
        words,
        tuple(passage.place(p.said.start) for p in parts),
        passage.address or sentence_address(printed, parts[0].said.text),
        printed,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
