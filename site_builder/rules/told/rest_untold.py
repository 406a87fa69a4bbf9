"""“其中”列得差不多了，还差一截: classes behind 其中 that are nearly all of a whole, the rest untold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.figure import Figure, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import (
    NOT_SUMMED,
    OF_WHICH,
    OVERLAP,
    Amount,
    added,
    alike,
)
from site_builder.sentences import Passage
from site_builder.spending_kinds import KindList, kind_lists

CLASSES = Rule(
    "told-classes-short",
    "warning",
    Words("三大类支出都列了，还差一截", "The main classes of spending, and a rest untold"),
    Words(
        "“{name}”是{printed}，其中所列{parts}加起来是{recomputed}，还有{difference}没有写属于哪一类",
        "“{name}” is {printed}; {parts} make {recomputed}; of what class {difference} is, is not told",
    ),
    Words(
        "请补写其余属于哪一类（如资本性支出），或核对各数；原件如此的，保留原文并在“认可”中说明",
        "name the class of the rest, or check the figures; if printed so, keep and explain it",
    ),
    Words(
        "一笔支出只属于一个经济分类；三个大类都列了，读者会以为列全了。",
        "A payment is of one class; where the three main ones are listed they pass for all.",
    ),
    "政府收支分类科目（支出经济分类）",
    yields_to=("told-classes-differ", "told-part-exceeds", "told-parts-differ", "sum-differs"),
)
COUNTS = Rule(
    "rest-untold",
    "note",
    Words("分了许多类，还有一些没有写", "Many classes of a whole, and some left out"),
    Words(
        "总数写的是{printed}，其中所列{count}类加起来是{recomputed}，还有{difference}没有写是哪一类",
        "the whole is {printed}; the {count} classes listed make {recomputed}; {difference} are of none",
    ),
    Words(
        "请核对各类的数，写全，或者写明其余的情况；原件如此的，在“认可”中说明",
        "check the numbers, add what is missing or say what the rest is; explain it if printed so",
    ),
    Words(
        "一类一类都写了人数，读者会加起来同总数比。",
        "Where class after class is numbered readers add them up.",
    ),
    yields_to=("told-part-exceeds", "told-parts-differ", "listed-parts-differ", "told-total"),
)
WAGES = re.compile("工资福利")
MAIN = frozenset(("工资", "商品", "个人"))
# The rest is told: 其余为…, or more of it follows.
REST = re.compile("其[余他它]|另|还有|剩|未列|不含|等")
# What an amount is that is no class of a whole: a change, an average, a plan, one that may overlap another.
NO_CLASS = re.compile(
    "较|比|增|减|降|升|上年|去年|同期|均|每|超|完成|计划|目标(?!考核|管理|奖)|任务|预算|带动|惠及|覆盖|受益|累计|占|剩|结余|涉及|"
    "其中|新|曾|含|包括|主要|例如|优秀|先进|重点|骨干|获|(?<!村)级|最|[至到]$|不足|标准|应|拟|需|共计?$|合计$"
)
OTHERS = re.compile("[、，,；;和及]*其[他它余]")
# 支出593万元，按功能分类：…
OPENS = re.compile(
    f"{OF_WHICH.pattern}|按(?:支出)?功能[^，,。；;0-9]{{0,4}}[：:，,](?:{OF_WHICH.pattern})?"
)
SOME = re.compile("主要|重点|例如|比如|有的|部分")
# 组长、小组长基本报酬: a name of two
LIST = re.compile(
    "[，,、；;和及]?[^。；;，,、：:（()）0-9]{1,14}(?:[，,、][^。；;，,、：:（()）0-9]{2,8})?"
)
MARKS = "，,：:；;。 （("
LEAST, FEW = 5, 3
# 支出按功能分类: everything that is spent is of one of them.
SUBJECT = re.compile(
    "[，,、；;和及]?(?:[0-9]{3})?(?:一般公共服务|外交|国防|公共安全|教育|科学技术|文化(?:旅游)?体育与传媒|社会保障和就业|社会保障与就业|"
    "(?:医疗)?卫生(?:健康|与计划生育)|节能环保|城乡社区(?:事务)?|农林水(?:事务)?|交通运输|资源勘探[^，,。；;0-9]{0,8}|商业服务业等?|金融|"
    "自然资源[^，,。；;0-9]{0,6}|住房保障|粮油物资储备|灾害防治及应急管理|其他)支出(?:（类）|\\(类\\))?(?:预算|决算)?数?为?"
)
NEAR = 5  # the rest is less than a fifth of the whole


def check(subject: Subject) -> Iterator[Outcome]:
    """Every list of classes behind 其中."""
    yield from _classes(subject)
    found = False
    for passage in subject.told.holding(OPENS):
        if len(passage.figures) <= FEW:  # quick
            continue
        for mark in OPENS.finditer(passage.text):
            outcome = _counts(passage, *mark.span())
            if outcome is not None:
                found = True
                yield outcome
    if not found:
        yield Outcome(COUNTS, reason=Words("没有分许多类的总数", "no whole of many classes"))


def _classes(subject: Subject) -> Iterator[Outcome]:
    found = False
    for passage in subject.told.holding(WAGES):
        for kinds in kind_lists(passage):
            if kinds.classes >= MAIN:
                outcome = _short(kinds)
                if outcome is not None:
                    found = True
                    yield outcome
    if not found:
        yield Outcome(CLASSES, reason=Words("“其中”没有列出三大类支出", "no main classes listed"))


def _short(kinds: KindList) -> Outcome | None:
    """工资福利, 商品和服务 and 对个人和家庭 behind 其中, all of one whole."""
    whole = kinds.whole
    if whole is None or (figure := whole.figure) is None:
        return None
    of_which = "其中" in kinds.opening
    if not of_which and all(part.linked for part in kinds.parts):
        return None  # what the tables hold is judged where it stands
    parts = list(_amounts(kinds.parts))
    total, span = added(parts, figure.unit)
    least = figure.interval().low
    end = kinds.passage.sentence(kinds.parts[-1].end)[1]
    rest_told = REST.search(kinds.passage.text, kinds.parts[-1].end, end)
    # 包括…、住房公积金18.00万元: more of it follows
    goes_on = any(kinds.parts[-1].end <= said.start < end for said in kinds.passage.figures)
    made = parts
    for more in _amounts(s for s in kinds.passage.figures if kinds.parts[-1].end <= s.start < end):
        if not alike(more.figure, figure):
            break
        made = [*made, more]
        if added(made, figure.unit)[1].meets(figure.interval()):
            return Outcome(CLASSES)  # a fourth class by a name of its own
    if span.high >= least or SOME.search(kinds.opening) or rest_told or (goes_on and not of_which):
        return Outcome(CLASSES)
    decimals = max(figure.decimals, *(a.figure.decimals for a in parts))
    words = {
        "name": kinds.name,
        "parts": "、".join(said.text for said in kinds.parts),
        "difference": f"{shown(figure.amount - total, decimals)}{figure.unit}",
    }
    right = f"{shown(total, decimals)}{figure.unit}"
    places = (kinds.passage.place(said.start) for said in kinds.parts)
    return Outcome(
        CLASSES, finding=finding_on(CLASSES, kinds.passage, whole, kinds.name, words, right, places)
    )


def _amounts(said: Iterable[Said]) -> Iterator[Amount]:
    return (Amount(one, one.figure, "") for one in said if one.figure is not None)  # quick


def _counts(passage: Passage, start: int, end: int) -> Outcome | None:
    """在册339人，其中社区戒毒22人；康复8人；…: five classes or more, up to the full stop; of 科目 four."""
    text = f"{passage.text}。"
    stop = text.index("。", end)
    before = [said for said in passage.figures if said.end <= start]
    told = [said for said in passage.figures if end <= said.start < stop]
    if len(told) <= FEW or not before or text[before[-1].end : start].strip(MARKS):
        return None
    figure = _exact(before[-1])
    if figure is None or figure.unit in NOT_SUMMED or REST.search(text, told[-1].end, stop):
        return None
    parts, subjects = [], True
    said_of_all = passage.label(before[-1]) if figure.kind != "money" else None
    for said in told:
        part = _exact(said)
        name = text[end : said.start]
        end = said.end
        if part is None or not alike(part, figure):
            return None
        if SUBJECT.fullmatch(name) is None:
            subjects = False
            if not _is_class(name, said_of_all):
                return None
        parts.append(Amount(said, part, name))
    if text.startswith("。", start - 1) and OTHERS.match(parts[-1].words):
        return None  # 145件。其中：…，其他8件: all of it, as complete_parts has it
    if len(parts) < LEAST and not subjects:
        return None
    return _judged(passage, Amount(before[-1], figure, ""), parts, subjects)


def _exact(said: Said) -> Figure | None:
    """The figure, linked or not, where it is no bound and no range."""
    return None if said.sign or said.about or said.upto else said.figure


def _is_class(name: str, said_of_all: str | None) -> bool:
    """Is it the name of a class that shares nothing with the others, as sums of money never do?

    What is said of all (党员862名，其中农民党员412名) tells none of them apart.
    """
    if LIST.fullmatch(name) is None or NO_CLASS.search(name):
        return False
    return said_of_all is None or all(word in said_of_all for word in OVERLAP.findall(name))


def _judged(passage: Passage, whole: Amount, parts: list[Amount], subjects: bool) -> Outcome:
    """Is something left: less than a fifth, or, where all are 科目, as much as may be?"""
    figure = whole.figure
    total, span = added(parts, figure.unit)
    rest = figure.amount - total
    if span.meets(figure.interval()):
        return Outcome(COUNTS)
    if rest <= 0 or (rest * NEAR >= figure.amount and not subjects):
        return Outcome(COUNTS)
    decimals = max(figure.decimals, *(part.figure.decimals for part in parts))
    words = {
        "count": str(len(parts)),
        "difference": f"{shown(rest, decimals)}{figure.unit}",
    }
    right = f"{shown(total, decimals)}{figure.unit}"
    places = (passage.place(part.said.start) for part in parts)
    return Outcome(
        COUNTS, finding=finding_on(COUNTS, passage, whole.said, "其中", words, right, places)
    )
