"""目标没有达到，却说完成了: a goal of the year, a result below it, and a claim that goals were met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.figure import Figure, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import FULFILLED, is_told

RULE = Rule(
    "goal-missed",
    "warning",
    Words("目标没有达到，却说完成了目标", "A goal missed, and said to be met"),
    Words(
        "“{name}”的目标是{recomputed}，实际是{printed}，报告却说“{claim}”",
        "the goal of “{name}” was {recomputed}, the result is {printed}; the report says “{claim}”",
    ),
    Words(
        "请写明这一项没有达到目标和原因，或核对目标与实际两个数；原件如此的在“认可”中说明",
        "say that it was missed and why, or check both figures; explain it if it is printed so",
    ),
    Words(
        "绩效自评就是拿结果同目标比；没有达到的目标要说明原因。",
        "An evaluation holds results against goals; a goal that was missed needs a reason.",
    ),
    "财预〔2020〕10号（条文待核）",
)
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
MET = re.compile(
    r"(?:圆满|全面|较好[地的]?|很好地?|顺利|基本|超额|如期|均已?|都)(?:地)?(?:完成|实现|达到)了?"
    r"(?:(?!征兵|兵役|换届|征收)[^，,。；;]){0,16}?(?:目标|任务)"
)
# 各项指标均已全面完成, of a table where one was missed
ALL_MET = re.compile(
    r"(?:各项|全部|所有)(?:绩效|产出|效益|考核|年度|三级|主要)*(?:目标|指标|任务)(?:任务|值)?(?:均|都|全部|已)+(?:按[时期质量要求计划]+|如期|圆满|全面|全部|顺利|超额|较好地?|足额|保质保量|不折不扣|逐一|悉数|高质量|100[%％]|地)*(?:完成|实现|达到|达成)|"
    r"(?:全面|圆满|全部|如期|超额|足额|按期|顺利)(?:地)?(?:完成|实现|达成)了?(?:年初|年度|全年|本年度?)*(?:所定|确定|设定|既定|下达|制定|预定)?的?(?:各项|全部|所有)(?:绩效|年度|考核|量化|三级|产出|效益)*(?:目标|指标)"
)
# 全面完成户厕改造目标任务, where the table has 112 of 120: said of one indicator by its name.
ONE_MET = re.compile(
    r"(?:全面|圆满|超额|如期|按期|顺利|足额|全部|均已?|已)(?:地)?(?:完成|实现|达成|达标)了?|(?:完成|达标)率(?:均)?(?:为|达到?)?100[%％]|"
    r"(?:超过|高于|超出|达到|超额完成)了?(?:年初|年度|全年|预期|既定|预定|当初)*(?:所?[设确预]?定下?|下达|计划)?的?(?:绩效|年度)*(?:目标|任务|指标)"
)
ASKED = re.compile("调查|测评|问卷|评议")
ADVERBS = re.compile("[，,、]?(?:并|且|也|更|均|都|已|还)*$")
OF_NOTHING_ELSE = re.compile(
    "(?:了|年初|年度|全年|预期|既定|县里|上级|下达|设定|确定|的|绩效)*(?:目标|任务|计划)?(?:任务)?(?=[，,。；;]|$)"
)
NOUNS = re.compile("[一-鿿]{2,}")
NOT_ALL = re.compile(
    "除|外|基本|大部分|(?<!没有)未|没有(?!未|任何未)[^，,。；;]{0,4}(?:完成|达|实现)|力争|确保|计划|下一步"
)
AT_LEAST = ("≥", "≧", ">=", "不低于", "不少于", "不小于", "达到", "大于等于")
FEWER = re.compile("≤|≦|<|＜|不超过|不高于|不大于|以内|以下|小于|低于|少于|下降|减少|控制")
GOAL = re.compile("目标|力争|计划|预期|要求|任务")
LATER = re.compile("下一步|下步|打算|改进|建议|展望|明年|来年|下年|下一年|今后|未来")
LONG = re.compile("年均|十[二三四五六]五|五年|规划|到20[0-9]{2}年|三年")
OPEN = re.compile("没有完成|未完成|未能?达|没有达|未能|低于目标|低于预期|差距")
GROWTH = frozenset(("增长", "增加", "增幅", "上升", "提高", "增收"))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence or cell says of one name: a goal or a result, how much, and where."""

    name: str
    growth: bool
    goal: bool
    figure: Figure
    passage: Passage
    start: int
    text: str


class _Missed(NamedTuple):
    """An indicator below its target; `digits` of its result."""

    label: str
    target: Cell
    result: Cell
    digits: str


def check(subject: Subject) -> Iterator[Outcome]:
    """Goals and results of the same name and kind, where the report says that goals were met."""
    yield from _of_tables(subject)
    yield from _of_lines(subject)
    year = subject.disclosure.key.year
    told = [t for p in subject.told.holding(NAMED) for t in _told(p, year)]
    met = None
    if any(t.goal for t in told) and not all(t.goal for t in told):  # quick
        met = _met(subject.told.passages)
    if met is None:
        yield Outcome(RULE, reason=Words("没有说目标已经完成", "no goal is said to be met"))
        return
    compared = False
    for result in told:
        if result.goal:
            continue
        goals = [g for g in told if g.goal and (g.name, g.growth) == (result.name, result.growth)]
        if not goals:
            continue
        compared = True
        goal = goals[0]
        factor = goal.figure.factor_to(result.figure.unit)
        assert factor is not None  # both are growth, or both are money
        if result.figure.interval().high >= goal.figure.interval().low * factor:
            yield Outcome(RULE)
            continue
        yield _finding(result, goal, met[0])
        return
    if not compared:
        yield Outcome(RULE, reason=Words("没有成对的目标和结果", "no goal beside its result"))


def _of_tables(subject: Subject) -> Iterator[Outcome]:
    """“各项指标均已完成”, and an indicator whose result is below its target."""
    claim = _all_met(subject.told.lines)
    if claim is None:
        return
    passage, match = claim
    for _, lines in subject.indicators:
        missed = next(_missed(lines), None)
        if missed is not None:
            yield _said_met(passage, match, missed)
            return
        yield Outcome(RULE)


def _all_met(lines: tuple[Passage, ...]) -> tuple[Passage, re.Match[str]] | None:
    """Where all goals are said to be met."""
    for passage in lines:
        text = passage.text
        if "各项" in text or "全部" in text or "所有" in text:  # quick
            match = ALL_MET.search(text)
            if match is not None and is_told(passage):
                low, high = passage.sentence(match.start())
                if not NOT_ALL.search(text, low, high):
                    return passage, match
    return None


def _of_lines(subject: Subject) -> Iterator[Outcome]:
    """An indicator below its target, and a clause that names it and says that it was met."""
    tables = subject.indicators
    missed = {one.label: one for _, lines in tables for one in _missed(lines)}
    for passage in subject.told.lines if missed else ():  # quick
        text = passage.text
        if not is_told(passage):
            continue
        for claim in ONE_MET.finditer(text):
            low, high = passage.clause(claim.start())
            if NOT_ALL.search(text, low, high) or ASKED.search(text, low, high):
                continue
            said = text[low:high]
            if ADVERBS.fullmatch(text, low, claim.start()) and OF_NOTHING_ELSE.match(
                text, claim.end()
            ):
                said = text[passage.opening(max(0, low - 2)) : high]
            against = claim[0].startswith(("超", "高于", "达到"))
            for one in list(missed.values()):
                if _names(said, one.label) and (against or one.digits not in said):
                    yield _said_met(passage, claim, missed.pop(one.label))


def _names(said: str, label: str) -> bool:
    """Do most pairs of the label's characters stand in what is said?"""
    pairs = {n[i : i + 2] for n in NOUNS.findall(label) for i in range(len(n) - 1)}
    held = sum(pair in said for pair in pairs)
    return held >= 2 and held * 5 >= len(pairs) * 3


def _said_met(passage: Passage, claim: re.Match[str], missed: _Missed) -> Outcome:
    words = {
        "name": missed.label,
        "printed": missed.result.text,
        "recomputed": missed.target.text,
        "claim": claim[0],
    }
    finding = Finding(
        RULE,
        passage.place(claim.start()),
        words,
        (missed.target.at, missed.result.at),
        sentence_address(claim[0], missed.label),
        claim[0],
        missed.target.text,
    )
    return Outcome(RULE, finding=finding)


def _missed(lines: Iterable[IndicatorLine]) -> Iterator[_Missed]:
    """The lines whose result in figures is below a target that is at least so much."""
    for line in lines:
        target, result = line.target, line.result
        if target is None or result is None or FEWER.search(target.text + line.label):
            continue
        asked, got = measure(_plain(target.text)), measure(_plain(result.text))
        if asked is None or got is None:
            continue
        factor = got.factor_to(asked.unit)
        if factor is not None and got.interval().high * factor < asked.amount:
            yield _Missed(line.label, target, result, f"{got.amount:f}")


def _plain(text: str) -> str:
    """A target or result without its sign: ≥95% is 95%."""
    text = text.strip()
    for sign in AT_LEAST:
        text = text.removeprefix(sign)
    return text.strip("＝=> ")


def _met(passages: tuple[Passage, ...]) -> re.Match[str] | None:
    """Where goals are said to be met."""
    for passage in passages:
        may_say = "目标" in passage.text or "任务" in passage.text
        if may_say:  # quick
            match = MET.search(passage.text)
            if match is not None:
                return match
    return None


def _told(passage: Passage, year: int) -> Iterator[_Told]:
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
        goal = GOAL.search(text, low, match.start()) is not None or "目标" in FULFILLED.sub(
            "", passage.section
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
            yield _Told(
                NAMES[str(match.lastgroup)],
                growth,
                goal,
                figure,
                passage,
                said.start,
                said.text,
            )


def _finding(result: _Told, goal: _Told, claim: str) -> Outcome:
    name = f"{result.name}{'增长' * result.growth}"
    words = {"name": name, "printed": result.text, "recomputed": goal.text, "claim": claim}
    passage = result.passage
    finding = Finding(
        RULE,
        passage.place(result.start),
        words,
        (goal.passage.place(goal.start),),
        passage.address or sentence_address(result.text, name),
        result.text,
        goal.text,
    )
    return Outcome(RULE, finding=finding)
