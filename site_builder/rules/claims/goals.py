"""目标没有达到，却说完成了: a goal of the year, a result below it, and a claim that goals were met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import measure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Cell
from site_builder.rules.goals_told import (
    ANNOUNCED,
    NAMED,
    ToldGoal,
    announced_goals,
    named_figures,
    told_goals,
)
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE
from site_builder.sentences import Passage
from site_builder.told import Told, is_told

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
    PERFORMANCE,
)
FAR = Rule(
    "goal-far-exceeded",
    "note",
    Words("实际比目标高出许多", "A result far above its goal"),
    Words(
        "“{name}”的目标是{recomputed}，实际是{printed}，高出{difference}，没有说明原因",
        "the goal of “{name}” was {recomputed}, the result is {printed}, {difference} above it, and no reason is told",
    ),
    Words(
        "请写明高出的原因；目标定低了的，说明当初的依据，或核对两个数；原件如此的，在“认可”中说明",
        "say why, or what the goal was based on, or check both figures; explain it if printed so",
    ),
    Words(
        "实际比目标高出许多，多半是目标定低了；评价时要分析原因。",
        "A result far above its goal mostly means that the goal was low; evaluation has to say why.",
    ),
    "财预〔2020〕10号（完成值明显高于指标值的要分析原因，条文待核）",
)
FAR_ABOVE = Decimal("1.2")
OVER = re.compile(
    "超额|超(?:过|出)?(?:了)?(?:年初|年度|既定|预期)?(?:的)?(?:目标|任务|预期)|好于预期|由于|得益于|主要是|原因|纳入|口径"
)
MET = re.compile(
    r"(?:圆满|全面|较好[地的]?|很好地?|顺利|基本|超额|如期|均已?|都)(?:地)?(?:完成|实现|达到)了?"
    r"(?:(?!征兵|兵役|换届|征收)[^，,。；;]){0,16}?(?:目标|任务)"
)
_CLASS = "产出|效益|数量|质量|时效|成本|经济|社会|生态|满意度"
_WELL = (
    "(?:按[时期质量要求计划]+|如期|圆满|全面|全部|顺利|超额|较好地?|足额|保质保量|"
    "不折不扣|逐一|悉数|高质量|100[%％]|地)"
)
_DONE = rf"(?:均|都|全部|已)+{_WELL}*(?:完成|实现|达到|达成|达标)|的?完成率(?:均|都|全部)*(?:为|是|达到?)?100[%％]"
# 各项指标均已全面完成, of a table where one was missed
ALL_MET = re.compile(
    rf"(?:各项|全部|所有)(?:绩效|考核|年度|三级|主要)*(?P<of>{_CLASS})?(?:绩效|考核|年度|三级|主要|效益)*(?:目标|指标|任务)(?:任务|值)?(?:{_DONE})|"
    r"(?:全面|圆满|全部|如期|超额|足额|按期|顺利)(?:地)?(?:完成|实现|达成)了?(?:年初|年度|全年|本年度?)*(?:所定|确定|设定|既定|下达|制定|预定)?的?(?:各项|全部|所有)(?:绩效|年度|考核|量化|三级|产出|效益)*(?:目标|指标)"
)
# 产出指标全部达标, of those of a class; 17项三级指标均达到目标值, of so many
CLASS_MET = re.compile(
    rf"(?:(?P<n>[0-9]{{1,2}})[项个](?:绩效|考核|年度|三级|主要)*|(?<!各项)(?<!全部)(?<!所有)(?P<of>{_CLASS})类?(?:效益|绩效|三级)*)指标(?:任务|值)?(?:{_DONE})"
)
MAYBE_CLASS_MET = re.compile("标(?<=指标)(?:[均都已]|全部|的?完成率)")
# 全面完成户厕改造目标任务, where the table has 112 of 120: said of one indicator by its name.
ONE_MET = re.compile(
    r"(?:全面|圆满|超额|如期|按期|顺利|足额|全部|均已?|已)(?:地)?(?:完成|实现|达成|达标)了?|(?:完成|达标)率(?:均)?(?:为|达到?)?100[%％]|"
    r"(?:超过|高于|超出|达到|超额完成)了?(?:年初|年度|全年|预期|既定|预定|当初)*(?:所?[设确预]?定下?|下达|计划)?的?(?:绩效|年度)*(?:目标|任务|指标)"
)
# 年度计划任务全面完成: of all that the sentence tells
ALL_DONE = re.compile(
    r"(?:(?:年度|年初|全年|各项|所有|绩效|计划|的)+(?:目标|计划|任务|指标)+(?:任务)?(?:均|都|已|全部|全面|圆满|顺利|如期|超额|较好地?)+(?:完成|实现|达到|达成)|"
    r"(?:圆满|全面|全部|顺利|超额|如期)完成了?(?:年度|年初|全年|既定|下达|确定|的|各项)*(?:目标|计划|任务))"
)
MAYBE_ALL_DONE = re.compile("[完实达](?<=[均都已部面满利期额好地].)[成现到]")
ASKED = re.compile("调查|测评|问卷|评议")
# 7个项目中6个按期完成, 其中6个按期完成; 按期完成率85.71%
SOME_OF = re.compile("中(?:的|有)?[^，,。；;、0-9]{0,6}[0-9]+[一-鿿]{0,6}$")
A_RATE = re.compile("(?:率|比例)(?!.{0,3}100[%％])")
ADVERBS = re.compile("[，,、]?(?:并|且|也|更|均|都|已|还)*$")
OF_NOTHING_ELSE = re.compile(
    "(?:了|年初|年度|全年|预期|既定|县里|上级|下达|设定|确定|的|绩效)*(?:目标|任务|计划)?(?:任务)?(?=[，,。；;]|$)"
)
NOUNS = re.compile("[一-鿿]{2,}")
NEARLY = re.compile("基本|大部分")
NOT_ALL = re.compile(
    "除|外|(?<!没有)未|没有(?!未|任何未)[^，,。；;]{0,4}(?:完成|达|实现)|力争|确保|计划|下一步"
)
# 1. 农村公路建设。…各项指标全部完成: those of one project
ONE_PROJECT = re.compile(
    "[（(]?[0-9一二三四五六七八九十]{1,2}[）)．.、 ]+[^，,。；;：:0-9]{2,24}"
    "(?:项目|工程|建设|改造|整治|资金|经费)[。：:]"
)
AT_LEAST = ("≥", "≧", ">=", "不低于", "不少于", "不小于", "达到", "大于等于")
FEWER = re.compile("≤|≦|<|＜|不超过|不高于|不大于|以内|以下|小于|低于|少于|下降|减少|控制")


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
    yield from _announced(subject)
    year = subject.disclosure.key.year
    told = [t for p in subject.told.holding(NAMED) for t in told_goals(p, year)]
    yield from _far_above(told)
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


def _announced(subject: Subject) -> Iterator[Outcome]:
    """Goals listed by any name, and a sentence with less of one of them that calls all met."""
    year, told = subject.disclosure.key.year, subject.told
    goals = [g for p in told.holding(ANNOUNCED) for g in announced_goals(p, year)]
    for passage in told.holding(MAYBE_ALL_DONE) if goals else ():  # quick
        claim = None if passage.address else ALL_DONE.search(passage.text)
        if claim is None or not is_told(passage):
            continue
        low, high = passage.sentence(claim.start())
        besides = passage.text[low : claim.start()] + passage.text[claim.end() : high]
        if NOT_ALL.search(besides) or NEARLY.search(besides):
            continue
        for result in named_figures(passage, low, claim.start(), goal=False):
            goal = next((g for g in goals if g.name == result.name), None)
            if goal is None:
                continue  # those by well-known names are compared below
            factor = goal.figure.factor_to(result.figure.unit)
            if factor is None:
                continue
            if result.figure.interval().high < goal.figure.amount * factor:
                yield _finding(result, goal, claim[0])
                return
            yield Outcome(RULE)


def _of_tables(subject: Subject) -> Iterator[Outcome]:
    """“各项指标均已完成”, and an indicator whose result is below its target."""
    for passage, match in _all_met(subject.told):
        count, of = match.groupdict().get("n"), match["of"]
        for _, lines in subject.indicators:
            meant = [one for one in lines if of is None or of in "".join(one.levels[:-1])]
            if count is not None and int(count) != len(meant):
                continue  # of some of them
            missed = next(_missed(meant), None)
            if missed is not None:
                yield _said_met(passage, match, missed)
                return
            yield Outcome(RULE)


def _all_met(told: Told) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where all goals, or all of a class, are said to be met."""
    of_class = MAYBE_CLASS_MET.search
    some = of_class(told.text) is not None
    for passage in told.lines:
        text = passage.text
        found: list[re.Match[str]] = []
        if "各项" in text or "全部" in text or "所有" in text:  # quick
            found += ALL_MET.finditer(text)
        if some and of_class(text):  # quick
            found += CLASS_MET.finditer(text)
        for match in found if is_told(passage) and not ONE_PROJECT.match(text) else ():
            low, high = passage.sentence(match.start())
            nearly = NEARLY.search(text, *passage.clause(match.start()))
            if not nearly and not NOT_ALL.search(text, low, high):
                yield passage, match


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
            said = text[low:high]
            if NOT_ALL.search(said) or NEARLY.search(said) or ASKED.search(said):
                continue
            if SOME_OF.search(text, low, claim.start()) or A_RATE.match(text, claim.end()):
                continue
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


def _far_above(told: list[ToldGoal]) -> Iterator[Outcome]:
    """An amount of money a fifth above its goal, of which the sentence gives no reason."""
    compared = False
    for result in told:
        goal = next((g for g in told if g.goal and g.name == result.name and not g.growth), None)
        if result.goal or result.growth or goal is None or goal.figure.amount <= 0:
            continue
        compared = True
        factor = result.figure.factor_to(goal.figure.unit)
        assert factor is not None  # both are money
        times = result.figure.amount * factor / goal.figure.amount
        text = result.passage.text
        if times < FAR_ABOVE or OVER.search(text, *result.passage.sentence(result.start)):
            yield Outcome(FAR)
            continue
        more = f"{shown((times - 1) * 100, 1)}%"
        words = {"name": result.name, "printed": result.text, "recomputed": goal.text}
        finding = Finding(
            FAR,
            result.passage.place(result.start),
            words | {"difference": more},
            (goal.passage.place(goal.start),),
            result.passage.address or sentence_address(result.text, result.name),
            result.text,
            goal.text,
            more,
        )
        yield Outcome(FAR, finding=finding)
        return
    if not compared:
        yield Outcome(FAR, reason=Words("没有成对的目标和结果", "no goal beside its result"))


def _finding(result: ToldGoal, goal: ToldGoal, claim: str) -> Outcome:
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
