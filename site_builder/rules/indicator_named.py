"""Which indicator a figure of a sentence tells of: the same words in any order, and none that narrow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.record import record
from site_builder.report import Cell
from site_builder.rules.figure_heads import naming_words
from site_builder.rules.outcome import Subject
from site_builder.rules.outcome_cells import outcome_items
from site_builder.sentences import Passage
from site_builder.slips import is_swapped
from site_builder.told import YEAR, is_told, plain_label

NAME = re.compile("[\u4e00-\u9fff]{4,16}")
# 养护农村公路里程 is told as 养护农村公路54公里
MEASURE = re.compile(
    "(?<=..[一-鿿]{2})(?:里程|户数|人数|面积|数量|个数|处数|座数|次数|场次|场数|人次|长度|亩数|吨数|台数|盏数|件数|总量|量|数)$"
)
# Words that say neither what is counted nor of what part: they may be there or not, before or behind.
NEUTRAL = re.compile(
    "20[0-9]{2}年|全[年镇乡]|[我本][年镇乡]|仅|只|镇[域里]|乡里|当年|今年|本年度?|年内|年度|一年来|辖区|农村|先后|共计|总计|合计|累计|总共|共|已经?|均|都|了|的|为|是|达到?|"
    "顺利|圆满|全面|按时|按期|如期|实际|完成|实现|组织|开展|举办|举行|进行|实施|落实|任务|工作|项目|工程|数量|总量|总数|里程|面积|长度|"
    "享受|保障|发放|投入使用|交付使用|投用|[新修]建|建[成设造]|安装|铺设|购置|[共]?计|人次|户数|人数|[“”‘’\\s]"
)
# What is made is told as made, not as there: 安装路灯85盏, not 路灯460盏.
MADE = re.compile("建|安装|铺设|购置|添置|完成|投用|使用")
SAME = (
    (re.compile("(?:收到|接到|受理|发生|共有)(?=群众投诉|投诉|信访|火灾|森林火灾|安全)"), ""),
    (re.compile("清淤疏浚|疏浚清淤|疏浚|清淤"), "清淤"),
    (re.compile("户厕改造|改造户厕|改造厕所|厕所改造"), "改厕"),
    (re.compile("群众来信来访件?|群众信访件?|信访事项|信访案件"), "信访件"),
    (
        re.compile("群众对(?:我镇|我乡|本镇|本乡|全镇|镇)?(?:政府)?(?:各项)?(?:工作)?的满意"),
        "群众满意",
    ),
    (
        re.compile(
            "向(?:受灾|困难|全镇)?(?:群众|村民|居民|农户|家庭)(?=发放)|给(?:受灾|困难)?(?:群众|村民|农户)(?=发放)"
        ),
        "",
    ),
)
NAME_ON = re.compile("[一-鿿]")
SAME_ALSO = re.compile("户厕改造|改造户厕")  # 改造农村户厕, without 农村
# 户厕改造目标120户、完成126户
WISHED = re.compile("(?:年度|年初|全年)?(?:目标|计划|任务)(?:任务|数|值)?(?:为|是)?$")
THEN = re.compile(
    "[，,、；;](?:全年|年内|本年)?(?:实际|已|共|累计)*(?:完成|建成|达到?|实现|为)(?:了)?"
)
UNITS = {"名": "人", "位": "人", "场次": "场", "起": "件", "次": "件", "宗": "件"}
# What the clause tells is a wish, another year, a change or a part.
ASIDE = re.compile(
    "目标|计划|要求|预计|力争|争取|确保|申报|规划|上年|去年|年初|较|比|每|均|不低于|不少于|至少|超过|超额|新增|净增|增[加长幅]|减少|下降|提高|上升|其中|应|拟|将|历年|截[至止]|以来|季度|半年|[0-9]月|[一二三]期|[一二三四]批|分别|现有|共有|拥有|任务数"
)
# A sentence that begins with one of its places, a time or a part tells of that alone.
ELSEWHERE = re.compile(
    "上年|去年|下一步|明年|计划|要求|目标(?!完成|任务完成)|其中|(?<![全今]年)(?<!年内)累计|截[至止]|季度|半年|[0-9]月|期间|下[达发]|[一-鿿](?<![全各本我乡行农])[村组](?![民级庄道组干里集务内容貌织建成合])|社区|片区|[^全各本我]站|学校|公司|企业|[近前]?[0-9两三四五十]年来|以来|试点|示范|重点"
)
# 建设内容包括四个方面：铺设管网42.4公里: what is to be, until something is said to be done.
PLANNED = re.compile("计划|建设内容|建设规模|设计|批复|下达|拟")
DONE = re.compile("实际|完成|建成")
# 公厕建设5座，完成4座: the first is the plan.
THEN_DONE = re.compile(
    "[，,、（(](?:其中|实际|现|已|年内|截至目前)*(?:完成|建成|竣工|到位)(?!后|率)[^，,。；;0-9]{0,6}[0-9]"
)
# 全年主要任务是：养护农村公路64公里；改造…
TASKS = re.compile("(?:任务|重点|要求|计划|打算)(?:是|为|包括|有)?[：:][^。]*$")
WHOLE = re.compile("全[年镇乡]|总量|总计|合计|累计|共|年内|一年来")
BRACKET = re.compile("[（(）)]")
BREAKS = frozenset("，,。；;！？!?：:、（(）)")


@record
class NamedIndicator:
    """An indicator by its words: `essence` their characters, `bare` the same in order."""

    label: str
    target: Cell | None
    result: Cell
    done: Figure
    unit: str
    bare: str
    essence: frozenset[str]
    made: bool

    @property
    def ends(self) -> tuple[str, ...]:
        """Its first two and last two characters, one of which a sentence that tells of it has.

        改厕 is 户厕改造, so that its own first and last two count, too.
        """
        if self.bare != "改厕":
            return self.bare[:2], self.bare[-2:]
        return "户厕", "改厕", "厕所"


class ToldIndicator(NamedTuple):
    """A figure of a sentence and the indicator it tells of; `whole`: the sentence says that it is all."""

    passage: Passage
    said: Said
    figure: Figure
    of: NamedIndicator
    whole: bool


@lru_cache(maxsize=16384)
def bare_words(words: str) -> str:
    """Words without those that change nothing: 全年共养护农村公路 is 养护公路."""
    for pattern, word in SAME:
        words = pattern.sub(word, words)
    words = NEUTRAL.sub("", words)
    return SAME_ALSO.sub("改厕", words)


def told_indicators(subject: Subject) -> tuple[ToldIndicator, ...]:
    """The exact figures of sentences and of 实际完成情况 that tell of an indicator, in its unit; once."""
    key = ("told indicators", subject.disclosure.key)
    return subject.library.once(key, lambda: tuple(_all_told(subject)))


def _all_told(subject: Subject) -> Iterator[ToldIndicator]:
    told = subject.told.text
    named = _named(subject)
    known = [one for one in named if any(map(told.__contains__, one.ends))]  # quick
    for passage in subject.told.lines if known else ():  # quick
        if is_told(passage):
            yield from _told_in(subject, passage, known)
    for item in outcome_items(subject):
        for one in _told_in(subject, item, named):
            yield one._replace(whole=True)


def _told_in(
    subject: Subject, passage: Passage, named: list[NamedIndicator]
) -> Iterator[ToldIndicator]:
    text = passage.text
    near = [one for one in named if any(map(text.__contains__, one.ends))]  # quick
    for said in passage.figures if near else ():  # quick
        unit = UNITS.get(said.unit, said.unit)
        mine = [one for one in near if one.unit == unit]
        figure = said.plain
        counted = said.unit or not NAME_ON.match(text, said.end)  # not 15蹲位, of an unknown unit
        if figure is not None and counted and not TASKS.search(text, 0, said.start):
            one = _told_of(subject, passage, said, mine)
            if one is not None:
                yield ToldIndicator(passage, said, figure, *one)


def _named(subject: Subject) -> list[NamedIndicator]:
    """The indicators with a result in figures; of two of the same words there is none."""
    found: dict[frozenset[str], NamedIndicator | None] = {}
    for _, lines in subject.indicators:
        for line in lines:
            name, result = plain_label(line.label), line.result
            if result is None or result.fact is None or NAME.fullmatch(name) is None:
                continue
            figure = result.fact.figure
            bare = bare_words(MEASURE.sub("", name))
            if not bare or figure.about:
                continue
            essence = frozenset(bare)
            unit = UNITS.get(figure.unit, figure.unit)
            made = MADE.search(name) is not None
            one = NamedIndicator(line.label, line.target, result, figure, unit, bare, essence, made)
            found[essence] = None if essence in found else one
    return [one for one in found.values() if one is not None]


def _told_of(
    subject: Subject, passage: Passage, said: Said, named: list[NamedIndicator]
) -> tuple[NamedIndicator, bool] | None:
    """The indicator that the words around a figure name, and whether they say that it is of the whole."""
    text = passage.text
    head, told, old = naming_words(passage, said)
    if old or any(one.end == told - len(head) for one in passage.figures):
        return None
    low, high = passage.clause(said.start)
    words = bare_words(BRACKET.split(head)[-1])
    goal = _goal_before(passage, said) if words == "" else None
    if goal is not None:
        words, told = goal
    tail = text[said.end : _end(text, said.end, high)] if words in ("", "有") else ""
    behind = bare_words(tail)
    for one in named:
        if frozenset(words) != one.essence and not behind.startswith(one.bare):
            continue
        if one.made and MADE.search(text, low, high) is None:
            continue
        if is_aside(subject, passage, said, told, ""):
            return None
        start = passage.sentence(said.start)[0]
        return one, not tail and WHOLE.search(text, start, said.start) is not None
    return None


def _goal_before(passage: Passage, said: Said) -> tuple[str, int] | None:
    """户厕改造目标120户、完成126户: what the goal right before is of, and where its words begin."""
    last = None
    for one in passage.figures:
        if one.end > said.start:
            break
        last = one
    if last is None or not THEN.fullmatch(passage.text, last.end, said.start):
        return None
    label = passage.label(last).removesuffix(last.sign)
    wished = WISHED.search(label)
    if wished is None:
        return None
    return bare_words(label[: wished.start()]), last.start - len(last.sign) - len(label)


def is_aside(subject: Subject, passage: Passage, said: Said, told: int, own: str) -> bool:
    """Is it told of a place, a part, a plan, another year or as a change? `own` is what it is of."""
    text = passage.text
    start = passage.sentence(said.start)[0]
    before = text[start:told].replace(own, "")
    years = YEAR.findall(before)
    planned = PLANNED.search(text, 0, told)
    return bool(
        (years and int(years[-1]) != subject.disclosure.key.year)
        or ELSEWHERE.search(before)
        or (planned is not None and DONE.search(text, planned.end(), told) is None)
        or THEN_DONE.match(text, said.end)
        or ASIDE.search(text, said.end, passage.clause(said.end)[1])
    )


def is_slip(figure: Figure, other: Figure) -> bool:
    """Are they the same digits in another order?"""
    return is_swapped(figure.amount, other.amount)


def _end(text: str, start: int, high: int) -> int:
    """Where the words behind a figure end."""
    return next((n for n in range(start, high) if text[n] in BREAKS), high)
