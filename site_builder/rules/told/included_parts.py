"""“包括”的各项不等于总数: items that a whole is said to include, and that are more or nearly make it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Interval, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, added
from site_builder.sentences import Passage

RULE = Rule(
    "told-items-differ",
    "warning",
    Words("“包括”的各项加起来不等于总数", "Items included that do not make their whole"),
    Words(
        "总数写的是{printed}，所列{count}项加起来是{recomputed}，{way}{difference}",
        "the whole is {printed}; the {count} items make {recomputed}, {difference} {way_en}",
    ),
    Words(
        "请逐项核对，看是写错了数还是漏了一项；只列了一部分的，写明“主要包括”或“等”，或在“认可”中说明",
        "check each item: a wrong figure, or one left out; if only some are listed, say so",
    ),
    Words(
        "写“包括”又逐项列出金额，读者会把它们加起来同总数比。",
        "Where items are listed with their amounts readers add them up.",
    ),
    yields_to=("told-part-exceeds", "told-total", "told-parts-differ", "told-classes-differ"),
)
INCLUDES = re.compile(
    "(?:包[括含]|分为|分别为|分别是|具体为)(?:以下)?[^，,。；;：:0-9]{0,3}?[：:]?"
)
SOME = re.compile("(?:主要|重点|例如)(?:用于|具体)?$")
# 。包括：, 。收入包括：…；支出包括：
LIST_OF = re.compile("(?:(?<=。)|(?<=；)|(?<=;))(?:收入|支出)?$")
# Between a whole and what it includes.
GAP = re.compile("[，,（(：:]?[^。；;0-9]{0,40}$")
# 较上年增加20万元 is no whole, and what was done with an item is no item.
CHANGED = (
    "较|比|增|减|降|上年|去年|均|每|超|带动|撬动|拉动|惠及|剩|结余|结转|余额|占|节约|节省|以上|标准"
)
NO_WHOLE = re.compile(CHANGED)
NO_ITEM = re.compile(
    CHANGED
    + "|(?<!公共)(?<!基金)(?<!经营)预算|累计|另|还|已|完成|计划|目标|覆盖|受益|争取|其中|合计|共计|总计|小计|总投|收入|"
    "项目支出|基本支出|不含"
)
# 收入82640万元，包括税收分成收入20386万元、上年结转10733万元、…
NO_INCOME = re.compile(
    "较|比|增(?!值)|减|降|去年|均|每|超|累计|另|还|已|完成|计划|目标|其中|合计|共计|总计|小计|不含|支出"
)
YEAR = re.compile("(?:19|20)[0-9]{2}年度?")
ITEM = re.compile("[、；;，,]?[^。；;，,：:0-9]{1,40}")
BRACKETS = re.compile("[（(][^（）()]*[）)]?|^[^（）()]*[）)]")
INSIDE = re.compile("三公|接待|公务用?车|会议费|培训费")  # part of another item, as like as not
MARKS = "、；;，,"
HALVES = str.maketrans(";,", "；，")
LEAST = 3
NEAR = 20  # items that lack less than a twentieth of the whole are meant to be all of it


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “包括” behind an amount of money."""
    found = False
    for passage in subject.told.holding(INCLUDES):
        if len(passage.figures) < LEAST:  # quick
            continue
        for mark in INCLUDES.finditer(passage.text):
            outcome = _one(passage, mark.start(), mark.end())
            if outcome is not None:
                found = True
                yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有逐项列出的总数", "no whole with its items"))


def _one(passage: Passage, start: int, end: int) -> Outcome | None:
    """Of 包括 from `start` to `end`."""
    text = passage.text
    stop = text.find("。", end)
    stop = len(text) if stop < 0 else stop
    before = [said for said in passage.figures if said.end <= start]
    if not before or "工资福利" in text[start:stop]:
        return None
    head = _head(passage, before, start) or before[-1]
    whole = _amount(head)
    label = passage.label(head)
    between = text[before[-1].end : start]
    if whole is None or NO_WHOLE.search(label):
        return None
    if head is before[-1] and GAP.fullmatch(between) is None:
        return None
    items = _items(passage, end, stop, NO_INCOME if "收入" in label else NO_ITEM)
    if all(i.said.linked for i in items):
        return None  # what the tables hold is judged where it stands
    span = added(items, whole.figure.unit)[1]
    sentence = text.rfind("。", 0, start)
    for said in before[:-1]:
        other = _amount(said)
        # 资产3580万元，负债1200万元，包括流动资产…: of the one before.
        if other is not None and said.start > sentence and span.meets(_in(other, whole)):
            return None
    return _judged(
        passage,
        whole,
        items,
        SOME.search(between) is not None or _goes_on(text, items[-1], stop),
    )


def _head(passage: Passage, before: list[Said], start: int) -> Said | None:
    """收支总预算70.6万元。收入包括：…；支出包括：…: what the sentence before tells first, as both are of it."""
    text = passage.text
    opened = text.rfind("。", 0, start)
    mark = LIST_OF.search(text, opened + 1, start)
    if mark is None or not text.startswith("包", start):
        return None
    sentence = passage.sentence(opened - 1)[0]
    told = [said for said in before if sentence <= said.start < opened]
    return told[0] if told else None


def _in(amount: Amount, whole: Amount) -> Interval:
    """What an amount can stand for, in the unit of the whole."""
    return added([amount], whole.figure.unit)[1]


def _amount(said: Said) -> Amount | None:
    """An exact amount of money."""
    figure = said.figure
    if figure is None or figure.kind != "money" or said.about or said.sign or said.upto:
        return None
    return Amount(said, figure, "")


def _items(passage: Passage, start: int, stop: int, no: re.Pattern[str]) -> list[Amount]:
    """All amounts up to the full stop, each with its name; none where one is something else."""
    text, place = passage.text, start
    items: list[Amount] = []
    depth = 0
    for said in passage.figures:
        if said.start < start or said.start >= stop:
            continue
        words = text[place : said.start]
        depth += words.count("（") + words.count("(") - words.count("）") - words.count(")")
        if depth > 0:
            place = said.end
            continue
        name = YEAR.sub("", BRACKETS.sub("", words))
        amount = _amount(said)
        if amount is None or ITEM.fullmatch(name) is None or no.search(name):
            return []
        items.append(amount._replace(words=name))
        place = said.end
    # A、B、C，D: where the mark changes something else begins.
    joints = {item.words[0].translate(HALVES) for item in items[1:] if item.words[0] in MARKS}
    return items if len(joints) < 2 else []


def _goes_on(text: str, last: Amount, stop: int) -> bool:
    """Does the list end on 等?"""
    return "等" in text[last.said.end : min(stop, last.said.end + 8)]


def _judged(passage: Passage, whole: Amount, items: list[Amount], some: bool) -> Outcome | None:
    unit = whole.figure.unit
    total, span = added(items, unit)
    limits = whole.figure.interval()
    if span.meets(limits):
        return Outcome(RULE)
    less = span.high < limits.low
    if less and (some or len(items) < LEAST or (limits.low - total) * NEAR > limits.low):
        return None
    if not less and any(INSIDE.search(item.words) for item in items):
        return None
    decimals = max(whole.figure.decimals, *(item.figure.decimals for item in items))
    way, way_en = ("少", "less") if less else ("多", "more")
    words = {
        "count": str(len(items)),
        "difference": f"{shown(abs(total - whole.figure.amount), decimals)}{unit}",
        "way": way,
        "way_en": way_en,
    }
    right = f"{shown(total, decimals)}{unit}"
    places = (passage.place(item.said.start) for item in items)
    return Outcome(
        RULE, finding=finding_on(RULE, passage, whole.said, "包括", words, right, places)
    )
