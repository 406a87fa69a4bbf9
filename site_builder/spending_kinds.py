"""支出按经济分类列在一句话里: the kinds of spending that a sentence lists, and the whole they belong to.

工资福利支出、商品和服务支出、对个人和家庭的补助 and 资本性支出 are the classes of 政府支出经济分类; nothing is in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.report import Report
from site_builder.segment import Amount
from site_builder.sentences import Passage

_TAIL = r"(?:的)?(?:补助|支出|经费|费用|资金|决算数?|类)*(?:为|是|有|共|计|共计|合计|[:：])*$"
# 三公 and what is in it or like it: part of 商品和服务支出, no class beside it.
WITHIN = re.compile(
    rf"(?:[“\"]?三公[”\"]?|公务接待费?|公务?用?车(?:购置)?(?:及|和)?运行(?:维护)?费?|会议费?|培训费?|差旅费?|办公费?){_TAIL}"
)
CLASS = re.compile(
    "工资福利|商品[和与及]?服务|对?个人[和与及]?家庭|资本性|其[他它]|债务利息|对企业"
)
ENDS = re.compile(_TAIL)
WHOLE = re.compile(
    rf"(?P<name>基本|项目|整体|总|本年|财政拨款|财政|公共预算)支出(?:总额|合计)?{_TAIL}"
)
PARTLY = re.compile("主要|例如|重点|大部分|多数")
ALL = re.compile("包[括含]|由|分为|分别|构成|组成|列有|按|[:：]")
OTHERS = re.compile("预算|上年|去年|较|比|增|减|计划|目标|均|每|控制|不超过|以内")
# 三公经费22.5万元已含在商品和服务支出中: said to be within one of them.
SAID_WITHIN = re.compile("含|列入|计入|其中|属于|列支")
CLAUSE = re.compile("[^，,、；;。]*")
OF_WHAT = re.compile("(?P<name>基本|项目)支出")
LEAST = 3
REST = frozenset(("其他", "其它", "债务", "企业"))  # they end a list


class KindList(NamedTuple):
    """`whole` is None where the sentence only says of what (基本支出包括…), under `name`.

    `parts` are the classes, `within` what stands beside them but is part of one. `opening` are the
    words between whole and parts, `closing` those from the last part to the next mark.
    """

    passage: Passage
    name: str
    whole: Said | None
    parts: tuple[Said, ...]
    within: tuple[Said, ...]
    classes: frozenset[str]
    opening: str
    closing: str

    @property
    def complete(self) -> bool:
        """Are these said to be all parts of the whole?"""
        if PARTLY.search(self.opening) or "等" in self.closing:
            return False
        if "其中" in self.opening:
            return not self.classes.isdisjoint({"资本", *REST})
        return ALL.search(self.opening) is not None

    def told_elsewhere(self, report: Report) -> Figure | None:
        """The 决算 of the year under that name, where the sentence has no figure of it."""
        facts = report.facts_of(self.name, "决算")
        return next((f.figure for f in facts if f.year == report.key.year), None)


@lru_cache(maxsize=32)
def kind_lists(passage: Passage) -> tuple[KindList, ...]:
    """Every list of three or more classes in the sentences of a passage; two rules ask for them."""
    return tuple(_lists(passage))


def _lists(passage: Passage) -> Iterator[KindList]:
    text = passage.text
    start = 0
    while True:
        stop = text.find("。", start)
        if stop >= 0 and text.startswith("其中", stop + 1):  # 项目支出420.50万元。其中：…
            stop = text.find("。", stop + 1)
        stop = len(text) if stop < 0 else stop
        if text.find("工资福利", start, stop) >= 0:  # quick
            said = [f for f in passage.figures if start <= f.start < stop]
            made = _list(passage, start, [f for f in said if not _aside(text, start, f)])
            if made is not None:
                yield made
        if stop >= len(text):
            return
        start = stop + 1


def _aside(text: str, start: int, said: Said) -> bool:
    """Does it stand in brackets that the sentence opens before it?"""
    before = text[start : said.start]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _list(passage: Passage, start: int, figures: list[Said]) -> KindList | None:
    """The first run of classes among the figures, with the figure before it."""
    text = passage.text
    parts: list[Said] = []
    within: list[Said] = []
    classes: list[str] = []
    whole: Said | None = None
    last = start
    more = False
    for said in figures:
        if said.figure is None or said.figure.kind != "money" or OTHERS.search(passage.label(said)):
            last = said.end  # a share, a change
            continue
        name, before = _class(passage, said, last), last
        between, last = text[before : said.start], said.end
        if not name and not parts:
            whole = said
        elif not name:
            # What follows is of the list, unless it is a whole of its own (；项目支出857.42万元).
            more = not WHOLE.search(between)
            break
        elif name in classes:
            break
        elif name == "within":
            # 资本性支出13万元；三公经费22.9万元 is said apart.
            apart = "；" in between or ";" in between
            if parts and not apart and not is_within(between, text, said.end):
                within.append(said)
        else:
            parts.append(said)
            classes.append(name)
    if len(parts) < LEAST or not all(_exact(said) for said in parts):
        return None
    opening = text[whole.end if whole is not None else start : parts[0].start]
    named = OF_WHAT.search(opening) if whole is None else WHOLE.search(text[start : whole.start])
    if named is None or (whole is not None and not _exact(whole)):
        return None
    listed = max(said.end for said in (*parts, *within))
    return KindList(
        passage,
        named["name"] + "支出",
        whole,
        tuple(parts),
        tuple(within),
        frozenset(classes),
        opening,
        "等" if more else _clause(text, listed),
    )


def amounts_of(said: Iterable[Said]) -> list[Amount]:
    """The figures of classes, to be added up."""
    return [Amount(one, one.figure, "") for one in said if one.figure is not None]


def _exact(said: Said) -> bool:
    """Is it printed without a word that makes it approximate, and no range?"""
    return not (said.about or said.upto)


def _clause(text: str, start: int) -> str:
    """What stands from here to the next mark."""
    match = CLAUSE.match(text, start)
    assert match is not None  # it may be empty
    return match[0]


def is_within(before: str, text: str, end: int) -> bool:
    """Do the words around a figure, which ends at `end`, say that it is part of a class?"""
    return SAID_WITHIN.search(before + _clause(text, end)) is not None


def _class(passage: Passage, said: Said, last: int) -> str:
    """How the class begins that the words before a figure name; `within` for a part of one."""
    label = passage.text[max(last, passage.opening(said.start)) : said.start].rpartition("、")[2]
    for found in CLASS.finditer(label):
        if ENDS.match(label, found.end()):
            return found[0].removeprefix("对")[:2]
    return "within" if WITHIN.search(label) else ""
