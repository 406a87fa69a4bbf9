"""Goals and results that sentences tell of what counties set goals of: 生产总值, 固定资产投资, 税收收入."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.figure import Figure
from site_builder.sentences import Passage
from site_builder.told import FULFILLED, is_told

# What counties set goals of. Each branch begins with the end of the name and ends with the group
# that tells which it is, so that the search skips all but a few characters.
NAMES = {
    "gdp": "生产总值",
    "gdp_": "生产总值",
    "invest": "固定资产投资",
    "tax": "税收收入",
    "general": "一般公共预算收入",
    "fiscal": "财政收入",
    "industry": "规模工业增加值",
    "output": "工业总产值",
    "farm": "农业总产值",
    "retail": "社会消费品零售总额",
    "income": "居民收入",
    "trade": "招商引资",
}
NAMED = re.compile(
    r"总值(?<=生产总值)(?P<gdp>)|GDP(?P<gdp_>)|投资(?<=固定资产投资)(?P<invest>)|收入(?<=税收收入)(?P<tax>)|"
    r"收入(?<=公共预算收入)(?P<general>)|收入(?:(?<=财政收入)|(?<=财政总收入))(?P<fiscal>)|"
    r"增加值(?:(?<=规模工业增加值)|(?<=以上工业增加值))(?P<industry>)|总产值(?<=工业总产值)(?P<output>)|"
    r"总产值(?<=农业总产值)(?P<farm>)|零售总额(?P<retail>)|收入(?:(?<=可支配收入)|(?<=人均纯收入))(?P<income>)|"
    r"招商引资(?P<trade>)"
)
# 为调整预期的100.9% tells how much of a goal was reached, and no goal
GOAL = re.compile(
    "力争|要求|(?:目标|计划|预期|任务)(?!(?:目标|计划|预期|任务|数|值)*的?[0-9.]+[%％])"
)
# 年初确定规模工业总产值增长9%的目标
SET_BEHIND = re.compile(
    "(?:确定|下达|提出|制定|定下|明确)[^。；;]*的(?:预期|年度|工作|增长)*(?:目标|任务)(?=[，,。；;]|$)"
)
# 年度计划：新增高标准农田1800亩，改厕260户
ANNOUNCED = re.compile("(?:目标|计划|任务)(?:任务)?(?:是|为|有|[:：])(?P<list>[^。\n]*)")
AT_MOST = frozenset(
    ("不超过", "不高于", "不大于", "低于", "少于", "小于", "以内", "以下", "≤", "<")
)
BEFORE_NAME = re.compile(
    r"^(?:其中|全[年镇乡]|年内|累计|共|已|实际|完成|新增|实现|本年度?|当年|20[0-9]{2}年度?|[一二三四五六]是|目标[0-9]?|[0-9]+[.、．]|[:：])+"
)
BEHIND_NAME = re.compile("(?:为|达到?|完成|不[低少小]于|至少|约|≥|[:：])+$")
FEWER = re.compile("控制|减少|下降|压减|降低|事故|发生|上访|投诉|失业|返贫|成本")
LATER = re.compile("下一步|下步|打算|改进|建议|展望|明年|来年|下年|下一年|今后|未来")
LONG = re.compile("年均|十[二三四五六]五|五年|规划|到20[0-9]{2}年|三年")
OPEN = re.compile("没有完成|未完成|未能?达|没有达|未能|低于目标|低于预期|差距")
GROWTH = frozenset(("增长", "增加", "增幅", "上升", "提高", "增收"))


@dataclass(frozen=True, slots=True)
class ToldGoal:
    """What a sentence or cell says of one name: a goal or a result, how much, and where."""

    name: str
    growth: bool
    goal: bool
    figure: Figure
    passage: Passage
    start: int
    text: str


def told_goals(passage: Passage, year: int) -> Iterator[ToldGoal]:
    """What a passage tells of the year's goals and results; nothing of later years'."""
    text = passage.text
    if not passage.figures:  # quick
        return
    matches = list(NAMED.finditer(text))
    later = f"{year + 1}年"
    if LATER.search(passage.section) or later in passage.section:
        return
    for number, match in enumerate(matches):
        low, high = passage.sentence(match.start())
        if (
            later in text[low:high]
            or LATER.search(text, low, match.start())
            or OPEN.search(text, low, high)
            or LONG.search(text, low, match.start())
            or text.startswith("年均", match.end())
        ):
            continue
        goal = (
            GOAL.search(text, low, match.start()) is not None
            or SET_BEHIND.search(text, low, high) is not None
            or "目标" in FULFILLED.sub("", passage.section)
        )
        if not goal and not is_told(passage):
            continue
        end = min(high, matches[number + 1].start() if number + 1 < len(matches) else high)
        for said in passage.figures:
            if not match.end() <= said.start < end:
                continue
            figure = said.figure
            if figure is None:
                continue
            growth = figure.unit == "%" and passage.trend(said) in GROWTH
            level = figure.kind == "money" and said.start - match.end() <= 10
            if not (growth or level):
                continue
            yield ToldGoal(
                NAMES[str(match.lastgroup)],
                growth,
                goal,
                figure,
                passage,
                said.start,
                said.text,
            )


def announced_goals(passage: Passage, year: int) -> Iterator[ToldGoal]:
    """The goals of the year that a sentence lists by any name: 年度计划：新增高标准农田1800亩，改厕260户."""
    later = f"{year + 1}年"
    for match in ANNOUNCED.finditer(passage.text):
        low, high = passage.sentence(match.start())[0], match.end()
        words = passage.section + passage.text[low:high]
        if later in words or LATER.search(words) or LONG.search(words) or OPEN.search(words):
            continue
        yield from named_figures(passage, match.start("list"), high, goal=True)


def named_figures(passage: Passage, low: int, high: int, *, goal: bool) -> Iterator[ToldGoal]:
    """The figures of a passage between two places, each with the name before it."""
    for said in passage.figures:
        figure = said.figure
        if not low <= said.start < high or figure is None or said.upto:
            continue
        if said.sign in AT_MOST or said.about in AT_MOST or (said.about and not goal):
            continue
        name = BEHIND_NAME.sub("", BEFORE_NAME.sub("", passage.label(said).strip()))
        if len(name) > 1 and not FEWER.search(name) and not passage.trend(said):
            yield ToldGoal(name, False, goal, figure, passage, said.start, said.text)
