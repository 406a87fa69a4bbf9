"""满分与问题、零分与问题: full marks beside a list of problems, and no points for what the problems do not name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject, finding_at

FULL = Rule(
    "full-marks",
    "note",
    Words("得了满分，却列出问题", "Full marks beside a list of problems"),
    Words(
        "“{label}”是满分{printed}分，报告另有一节“{heading}”",
        "“{label}” is {printed}, full marks; yet there is a section “{heading}”",
    ),
    Words(
        "请看列出的问题该不该扣分；扣分与这些问题无关的，在“认可”中说明",
        "see whether these problems cost points; explain it where they do not",
    ),
    Words(
        "一分没扣又有问题要改，读者会问分数是怎么打的。",
        "With nothing deducted and much to mend, readers ask how it was scored.",
    ),
)
ZERO = Rule(
    "zero-not-among-problems",
    "note",
    Words("得零分的事没有写进问题", "No points, and no word of it among the problems"),
    Words(
        "{listed}得{printed}分，“{heading}”里却没有提到",
        "{listed} got {printed} points; “{heading}” does not mention it",
    ),
    Words(
        "请把没做到的事写进存在的问题，并写明怎么改；另有说明的，在“认可”中写明",
        "tell it among the problems, with what will be done; explain it where it is told elsewhere",
    ),
    Words(
        "零分就是没做到；问题一栏不写，改进措施也就落空。",
        "No points means that it was not done; what is not among the problems will not be mended.",
    ),
)
PROBLEMS = re.compile("问题|不足")
SCORED = re.compile(
    "自[评查](?:综合|总|总体|评价|最终|评)*(?:得分|评分|总分|分值?|分数)(?:为|是|[:：]|共计?)?(?P<score>[0-9]{2,3}(?:\\.[0-9]+)?)分"
)
OF_A_PART = re.compile("项目|指标|该项|本项|平均|上年|去年")
# A paragraph that opens with them is a section without a heading.
OPENING = re.compile(
    r"[-* 　]*(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．])?"
    r"(?P<words>(?:目前)?(?:存在|主要)的?(?:主要)?(?:问题|不足)(?:及原因|和不足)?)[：:](?=.{6})"
)
NO_PROBLEMS = re.compile("(?:无|没有|暂无|不存在)")
HAN = re.compile("[一-鿿]{2}")
LONG = 40  # characters of a section on problems that says something
NAMED = 3  # of those without points
# What the names of many indicators share; beside it a name must have something of its own.
_COMMON = (
    "政府 执行 情况 管理 完成 指标 及时 工作 目标 绩效 "
    "质量 资金 项目 支出 经费 预算 评价 单位 部门 制度 服务 建设"
)
COMMON = frozenset(_COMMON.split())
HUNDRED = Decimal(100)


def check(subject: Subject) -> Iterator[Outcome]:
    """The town's own score, and every indicator that got no points."""
    yield from _full(subject)
    yield _zero(subject)


def _full(subject: Subject) -> Iterator[Outcome]:
    disclosure = subject.disclosure
    score = disclosure.report.fact_of("自评得分", "自评")
    profile = disclosure.profile
    full = HUNDRED if profile is None or profile.full_score is None else profile.full_score
    told = _told(subject, full) if score is None else None  # quick
    if score is None and told is None:
        yield Outcome(FULL, reason=Words("没有自评得分", "no score"))
        return
    section = next(
        (
            s
            for s in disclosure.narrative.sections
            if PROBLEMS.search(s.title) and len(s.markdown) > 20
        ),
        None,
    )
    heading = section.title if section is not None else _listed(subject)
    if heading is None or (score is not None and score.figure.amount != full):
        yield Outcome(FULL)
        return
    label = score.label if score is not None else "自评得分"
    words = {"label": label, "printed": str(full), "heading": heading}
    if score is not None:
        finding = Finding(FULL, score.at, words, (), score.address, str(full))
    else:
        assert told is not None  # one of them is there
        finding = finding_at(FULL, subject.wording, *told.span("score"), words)
    yield Outcome(FULL, finding=finding)


def _told(subject: Subject, full: Decimal) -> re.Match[str] | None:
    """The town's own score in a sentence, where it is full marks and no cell holds it."""
    wording = subject.wording
    for match in SCORED.finditer(wording.text, 0, wording.notes):
        if Decimal(match["score"]) != full or wording.source(match.start()).kind != "sentence":
            continue
        low, _ = wording.sentence(match.start(), "，。；！？\n")
        if not OF_A_PART.search(wording.text, low, match.start()):
            return match
    return None


def _listed(subject: Subject) -> str | None:
    """The words with which a paragraph opens its list of problems: 存在的主要问题：…"""
    for passage in subject.told.lines:
        match = OPENING.match(passage.text)
        if match is not None and not NO_PROBLEMS.match(passage.text, match.end()):
            return match["words"]
    return None


def _zero(subject: Subject) -> Outcome:
    """The indicators with no points of which the sections on problems say nothing; one finding."""
    narrative = subject.disclosure.narrative
    sections = [s for s in narrative.sections if PROBLEMS.search(s.title)]
    words = "".join(f"{section.title}{section.markdown}" for section in sections)
    if len(words) < LONG:
        return Outcome(ZERO, reason=Words("没有写问题的一节", "no section on problems"))
    untold = [
        (line.label, score)
        for _, lines in subject.indicators
        for line in lines
        if (score := line.score) is not None
        and score.fact is not None
        and score.fact.figure.amount == 0
        and not _no_weight(line)
        and not any(pair in words for pair in _pairs(line.label))
    ]
    if not untold:
        return Outcome(ZERO)
    first, *others = [score for _, score in untold]
    said = {
        "listed": "、".join(f"“{label}”" for label, _ in untold[:NAMED])
        + ("等" if len(untold) > NAMED else ""),
        "heading": sections[0].title,
        "printed": first.text,
    }
    places = tuple(score.at for score in others)
    return Outcome(ZERO, finding=Finding(ZERO, first.at, said, places, first.address, first.text))


def _no_weight(line: IndicatorLine) -> bool:
    """Could it get any points at all?"""
    weight = line.weight.fact if line.weight is not None else None
    return weight is not None and weight.figure.amount == 0


def _pairs(label: str) -> set[str]:
    """Two characters at a time what a name says of its own."""
    pairs = {label[n : n + 2] for n in range(len(label) - 1)} - COMMON
    return {pair for pair in pairs if HAN.fullmatch(pair)}
