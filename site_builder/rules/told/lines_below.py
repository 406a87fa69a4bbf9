"""下面各行与上面的合计不符: a whole in one line, below it its parts, a line each, name and amount first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple
from unicodedata import numeric

from site_builder.figure import shown
from site_builder.figures_in_text import Said
from site_builder.rules import part_lists, taken_apart
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.list_lines import OPENS
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.taken_apart import APART as RULE
from site_builder.segment import Amount, added
from site_builder.sentences import Passage
from site_builder.slips import is_slip

HEAD = re.compile(
    "(?:其中|包[括含]|如下|分别[为是]|构成|组成|分类|分为?)[^，,。；;：:0-9]{0,8}[：:，,]?$"
)
ENDS = frozenset("：:中，,下为是成类分")
OF_WHICH = re.compile("其中[：:，,]?")
# 财政拨款收入364万元，为…: the name of a part, and nothing else before its amount.
NAME = re.compile(
    '[ 　]*(?:20[0-9]{2}年度?)?(?P<name>[一-鿿“”‘’"（(）)、及]{2,26}?)(?:为|是|共计|共|合计|总计)?[：:]?'
)
ASIDE = re.compile("[（(][^（）()]*[）)]")
# What makes an amount a change, a goal or an average, and no part or whole.
NO_LEVEL = re.compile(
    "较|比|同期|增|减|降|升|去年|上年(?!度?末?(?:财政拨款)?结)|均(?!衡)|每|超|节约|节省|占|标准|单价|结转下年|年末结|剩余|完成"
)
NO_PART = re.compile(f"{NO_LEVEL.pattern}|{taken_apart.NO_ITEM}|小计|总额|任务|另")
SOME = re.compile(f"{taken_apart.SOME}|部分(?!门)|等[：:。，,]")
ARRANGED = re.compile(taken_apart.ARRANGED)
KINDS = ("收入", "支出")
# What begins another list than that of its whole.
NOT_OF = (
    ("收入", re.compile("支出$"), "支出"),
    ("支出", re.compile("收入$"), "收入"),
    ("基本支出", re.compile("项目"), "项目"),
)
PAIRS = (("基本支出", "项目支出"), ("财政拨款", "结转"), ("财政拨款", "其他收入"))
MONEY_NAME = re.compile(
    "(?:支出|收入|拨款|结转|结余|资金|经费|费用?|补助|预算|款|投入|[（(]境[）)])+$"
)
INCOME = re.compile("收入|结转|结余|拨款")
LEAST_NEAR, OFTEN = 20, 3  # a twentieth that three parts and more may lack
# 部门基本支出预算7031563元，其中：… and 部门专项项目预算74000元 in paragraphs of their own.
BASIC = re.compile("[一-鿿]{0,14}(?<!政府)基本支出[一-鿿]{0,8}")
PROJECT = re.compile("[一-鿿]{0,14}项目(?:支出)?[一-鿿]{0,8}")
SPENT = re.compile(
    "总?支出[^，,。；;0-9]{0,4}(?:总[数额计]|合计|预算数?)|总支出|支出(?:总)?预算|预算支出"
)
LINES_BACK, LINES_ON = 4, 4
LEAST_DIGITS = 5


# ，同比减少17.05万元; ，为预算内资金。较上年度决算数减少24.15万元
_SINCE = "(?:同比|(?:较|比|与)[^，,。；;0-9]{0,6}(?P<year>20[0-9]{2})?[^，,。；;0-9]{0,10}?(?:相比[，,])?)"
CHANGE = re.compile(f"(?:[^0-9]{{0,60}}?[，,。；;（(])?{_SINCE}(?:(?P<up>{UP})|(?:{DOWN}))了?")
FLAT = re.compile(
    f"[^0-9]{{0,60}}?[，,。；;]{_SINCE}(?:持平|一致|相同|(?:无|没有)(?:增减|变化|变动))(?=[，,。；;]|$)"
)


class _Part(NamedTuple):
    """A line with the amount that it begins with, and the name before it."""

    passage: Passage
    amount: Amount
    name: str
    kind: str
    order: int


class _Change(NamedTuple):
    """What an amount rose by, less than nothing where it fell: against a budget, or since a year."""

    said: Said
    amount: Decimal
    ulp: Decimal
    unit: str
    of_budget: bool
    year: str | None


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line that announces parts, and 基本支出 with 项目支出 in paragraphs of their own."""
    lines = subject.told.lines
    for number, line in enumerate(lines):
        yield from _announced(subject, lines, number, line.text)
    yield from _paragraphs(lines) if "基本支出" in subject.told.text else ()  # quick


def _announced(
    subject: Subject, lines: Sequence[Passage], number: int, text: str
) -> Iterator[Outcome]:
    """支出468万元。其中： or, in a line of its own, 其中： or 其中：基本支出250万元，…"""
    if text[-1] in ENDS and HEAD.search(text) is not None:
        head = number if lines[number].figures else max(0, number - 1)
        yield from _below(subject, lines[head], lines[number + 1 :], 0)
        return
    opened = OF_WHICH.match(text)
    if opened is not None and len(_levels(lines[number], 9)) == 1:
        yield from _below(subject, lines[max(0, number - 1)], lines[number:], opened.end())


def _part(line: Passage, start: int = 0) -> _Part | None:
    """The name and amount that a line begins with, from `start` on."""
    if not line.figures:  # quick
        return None
    said = line.figures[0]
    figure = said.plain
    opened = OPENS.match(line.text, start)
    start = opened.end() if opened is not None else start
    if figure is None or figure.kind != "money":
        return None
    name = NAME.fullmatch(line.text, start, said.start)
    amount = Amount(said, figure, line.text[start : said.start])
    if name is None or line.text.startswith("的", said.end):
        return None
    if NO_PART.search(ASIDE.sub("", name["name"])):
        return None
    kind, order = ("", 0) if opened is None else (str(opened.lastgroup), _order(opened))
    return _Part(line, amount, name["name"], kind, order)


def _order(opened: re.Match[str]) -> int:
    """The number that a line begins with; 0 where it is none."""
    told = next((opened[name] for name in "abcde" if opened[name]), "")
    if told.isdecimal():
        return int(told)
    return sum(int(numeric(mark)) for mark in told)  # 十二, ⑫


def _parts(head: Passage, below: Sequence[Passage], start: int) -> list[_Part]:
    """The parts right below a line; none where one of them is taken apart in lines of its own."""
    parts: list[_Part] = []
    for line in below:
        if line.section != head.section:
            break
        part = _part(line, 0 if parts else start)
        if part is None or (parts and part.kind != parts[0].kind):
            if parts and _order_of(line, parts[0].kind) == parts[-1].order + 1:
                return []  # the list goes on with what is no amount
            break
        if part.order and part.order != len(parts) + 1:
            break
        if HEAD.search(line.text) is not None:
            return []
        parts.append(part)
    return parts


def _order_of(line: Passage, kind: str) -> int:
    opened = OPENS.match(line.text)
    return _order(opened) if opened is not None and opened.lastgroup == kind else 0


def _levels(line: Passage, sentences: int) -> list[Amount]:
    """The amounts in money of the last sentences of a line that are no changes."""
    text = line.text
    stops = [0, *(m.end() for m in re.finditer("。", text))]
    first = stops[-sentences:][0]
    return [
        Amount(said, said.figure, line.label(said))
        for said in line.figures
        if said.start >= first
        and said.figure is not None
        and said.figure.kind == "money"
        and not NO_LEVEL.search(line.label(said))
    ]


def _below(
    subject: Subject, head: Passage, below: Sequence[Passage], start: int
) -> Iterator[Outcome]:
    """Of a line and those below it, the first of which begins at `start`."""
    levels = _levels(head, 2)
    if not levels:
        return
    said = "".join(level.words for level in levels)
    no = [other for of, other, unless in NOT_OF if of in said and unless not in said]
    parts = list(
        takewhile(
            lambda part: not any(other.search(part.name) for other in no),
            _parts(head, below, start),
        )
    )
    if len(parts) < 2:
        return
    if not (parts[0].kind and len(parts) > 2) and not all(
        MONEY_NAME.search(part.name) for part in parts
    ):
        return
    amounts = [part.amount for part in parts]
    unit = levels[0].figure.unit
    ends = [
        (level, end)
        for level in levels
        for end in range(2, len(amounts) + 1)
        if not _are_income(parts[end:])
        and added(amounts[:end], unit)[1].meets(added([level], unit)[1])
    ]
    if ends:
        yield Outcome(RULE)
        level, end = ends[0]
        yield from _moved(head, level, parts[:end])
        return
    words = [kind for kind in KINDS if all(kind in part.name for part in parts)]
    if len(levels) > 1 and words:
        levels = [level for level in levels if words[0] in level.words]
    if len(levels) != 1 or levels[0].said.plain is None:
        return
    whole = levels[0]
    size = added([whole], unit)[0]
    total, span = added(amounts, unit)
    if any(
        span.meets(f.figure.interval())
        for f in subject.disclosure.report.facts
        if f.figure.unit == unit
    ):
        return  # the whole is another, in a table
    if _nested(amounts, unit) or total > 2 * size or SOME.search(head.text[whole.said.end :]):
        return
    if total < size and not _complete(whole, parts, (size - total) / size):
        return
    yield _found(head, whole, parts)
    yield from _moved(head, whole, parts)


def _change(line: Passage, level: Amount) -> _Change | None:
    """What the amount of a line is said to have changed by; nothing where it stayed."""
    for said in line.figures:
        way, figure = CHANGE.fullmatch(line.text, level.said.end, said.start), said.plain
        if way is not None and figure is not None and figure.kind == "money":
            amount = figure.amount if way["up"] else -figure.amount
            return _Change(said, amount, figure.ulp(), figure.unit, "预算" in way[0], way["year"])
    stayed = FLAT.match(line.text, level.said.end)
    if stayed is None:
        return None
    said, unit = level.said, level.figure.unit
    return _Change(said, Decimal(0), Decimal(0), unit, "预算" in stayed[0], stayed["year"])


def _moved(head: Passage, whole: Amount, parts: Sequence[_Part]) -> Iterator[Outcome]:
    """收入501.98万元，同比减少17.05万元。其中：1.拨款…，同比减少19.96万元 2.结余…，同比增加8.3万元."""
    of_all = _change(head, whole)
    found = [_change(part.passage, part.amount) for part in parts]
    changes = [change for change in found if change is not None]
    if of_all is None or len(changes) < len(found):
        return
    moved = [change for change in changes if change.amount]
    if not moved or len({(c.unit, c.of_budget, c.year) for c in (of_all, *moved)}) > 1:
        return
    total = sum((change.amount for change in moved), Decimal(0))
    rough = sum((change.ulp for change in (of_all, *moved)), Decimal(0)) / 2
    if abs(of_all.amount - total) <= rough:
        yield Outcome(part_lists.RULE)
        return
    passage = next(p.passage for p, c in zip(parts, changes, strict=True) if c.amount)
    told = [(change.said, change.amount) for change in moved]
    yield part_lists.moved(passage, (of_all.said, of_all.amount), told, of_all.unit)


def _are_income(rest: Sequence[_Part]) -> bool:
    """1.拨款364万元 2.事业收入50万元 3.上年结转14万元: is what stands behind of the whole as what stands before?"""
    return bool(rest) and all(INCOME.search(part.name) for part in rest)


def _nested(amounts: Sequence[Amount], unit: str) -> bool:
    """Is one of them the sum of those behind it?"""
    sizes = [added([a], unit)[0] for a in amounts]
    return any(
        size and size == sum(sizes[number + 1 : end])
        for number, size in enumerate(sizes)
        for end in range(number + 3, len(sizes) + 1)
    )


def _complete(whole: Amount, parts: Sequence[_Part], gap: Decimal) -> bool:
    """Are these meant to be all, though they are less?"""
    if ARRANGED.search(whole.words) and "收入" not in whole.words:
        return False
    zeros = any(not part.amount.figure.amount for part in parts)
    names = [part.name for part in parts]
    paired = any(
        any(one in name for name in names) and any(other in name for name in names)
        for one, other in PAIRS
    )
    if zeros or paired:
        return gap * 2 <= 1
    return len(parts) >= OFTEN and gap * LEAST_NEAR <= 1


def _found(head: Passage, whole: Amount, parts: Sequence[_Part]) -> Outcome:
    unit = whole.figure.unit
    amounts = [part.amount for part in parts]
    total, _ = added(amounts, unit)
    gap = total - whole.figure.amount
    decimals = max(a.figure.decimals for a in (whole, *amounts))
    way, way_en = ("多", "too much") if gap > 0 else ("少", "too little")
    words = {
        "formula": " + ".join(a.said.text for a in amounts),
        "difference": f"{shown(abs(gap), decimals)}{unit}",
        "way": way,
        "way_en": way_en,
    }
    right = f"{shown(total, decimals)}{unit}"
    places = (part.passage.place(part.amount.said.start) for part in parts)
    return Outcome(RULE, finding=finding_on(RULE, head, whole.said, "分项", words, right, places))


def _paragraphs(lines: Sequence[Passage]) -> Iterator[Outcome]:
    """支出总数8105563元 / 基本支出7031563元 / 项目74000元: what misses the whole by a slip of the pen."""
    for number, line in enumerate(lines):
        basic = _part(line) if "基本支出" in line.text else None  # quick
        if basic is None or not BASIC.fullmatch(basic.name):
            continue
        on = (_part(one) for one in lines[number + 1 : number + 1 + LINES_ON])
        project = next((p for p in on if p is not None and PROJECT.fullmatch(p.name)), None)
        if project is None:
            continue
        unit = basic.amount.figure.unit
        parts = (basic, project)
        total, span = added([part.amount for part in parts], unit)
        told = [
            (one, level)
            for one in lines[max(0, number - LINES_BACK) : number]
            for level in _levels(one, 9)
        ]
        if any(span.meets(added([level], unit)[1]) for _, level in told):
            yield Outcome(RULE)
            continue
        wholes = [(one, level) for one, level in told if SPENT.search(level.words)]
        if not wholes:
            continue
        head, whole = wholes[-1]
        digits = len(total.normalize().as_tuple().digits)
        if digits >= LEAST_DIGITS and is_slip(whole.figure.amount, total):
            yield _found(head, whole, parts)
