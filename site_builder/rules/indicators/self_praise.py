"""自评只说好话: full marks beside a list of problems, results that repeat their targets word for word,
goals of the year that are next year's, points lost on what the problems do not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject, finding_at
from site_builder.sentences import Passage
from site_builder.told import FULFILLED

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
COPIED = Rule(
    "results-copied",
    "note",
    Words("完成情况照抄指标值", "Results that repeat their targets"),
    Words(
        "{count}项指标的完成情况与指标值一字不差（{listed}），看不出实际做了什么",
        "{count} results repeat their targets word for word ({listed})",
    ),
    Words(
        "请写实际做了什么、做到什么程度；定性指标写明达成、部分达成或未达成",
        "say what was done and how far; for targets in words, whether met, partly met or missed",
    ),
    Words(
        "指标值是打算，完成值是结果，两栏一样等于没有评价。",
        "A target is a plan and a result what came of it: the same words evaluate nothing.",
    ),
    "财预〔2020〕10号（条文待核）",
)
NEXT = Rule(
    "goal-of-next-year",
    "note",
    Words("年度目标写的是明年的事", "A goal of the year that is next year's"),
    Words(
        "这是{year}年度的绩效目标，这里写的却是“{printed}”",
        "among the goals of {year} it says “{printed}”",
    ),
    Words(
        "请核对，本年度的目标和下一年的打算分开写；原件如此的，在“认可”中说明",
        "keep this year's goals and next year's plans apart; if it is printed so, explain it",
    ),
    Words(
        "自评拿年度目标同结果比；明年的目标今年无法评价。",
        "Results are held against this year's goals; next year's cannot be evaluated.",
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
DONE = re.compile(r"^(?:已经?|均已|基本|全部|全面|圆满)?(?:完成了?|达成|实现了?)[：:，,]?")
MARKS = re.compile("[，,。；;、 ]")
HAN = re.compile("[一-鿿]{2}")
LONG = 40  # characters of a section on problems that says something
LEAST = 3  # so many results must repeat their targets before it is said
GOALS = re.compile("(?:绩效|年度|工作|总体|整体)目标")
PLANS = re.compile("下一步|下步|下一?年|打算|改进|建议|计划|明年|展望|长期")
COMING = re.compile(
    r"(?:力争|争取|计划|预计|确保|到)?(?<!“)(?<!转入)(?<!顺延)(?<!延到)(?<!延至)(?<!转至)(?<!留待)(?<!跨入)(?:明年|来年|下一?年度?)[^，,。；;”]{0,10}"
)
# What the names of many indicators share; beside it a name must have something of its own.
_COMMON = (
    "政府 执行 情况 管理 完成 指标 及时 工作 目标 绩效 "
    "质量 资金 项目 支出 经费 预算 评价 单位 部门 制度 服务 建设"
)
COMMON = frozenset(_COMMON.split())
HUNDRED = Decimal(100)


def check(subject: Subject) -> Iterator[Outcome]:
    """The town's own score, each indicator table, each section of goals."""
    yield from _full(subject)
    yield from _copied(subject)
    yield from _next(subject)
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


def _copied(subject: Subject) -> Iterator[Outcome]:
    for _, lines in subject.indicators:
        same = [(line.label, cell) for line in lines if (cell := _repeating(line)) is not None]
        if len(same) < LEAST:
            yield Outcome(COPIED)
            continue
        first, *others = [cell for _, cell in same]
        listed = "、".join(f"“{label[:12]}”" for label, _ in same[:3])
        words = {"count": str(len(same)), "listed": listed + ("等" if len(same) > 3 else "")}
        places = tuple(cell.at for cell in others)
        yield Outcome(COPIED, finding=Finding(COPIED, first.at, words, places, first.address))


def _repeating(line: IndicatorLine) -> Cell | None:
    """The result, where it is the target word for word, without figures."""
    if line.target is None or line.result is None:
        return None
    target, result = (MARKS.sub("", c.text) for c in (line.target, line.result))
    if len(target) < 8 or any(c.isdigit() for c in target):
        return None
    return line.result if target in (result, DONE.sub("", result)) else None


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
        "listed": "、".join(f"“{label}”" for label, _ in untold[:3])
        + ("等" if len(untold) > LEAST else ""),
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


def _next(subject: Subject) -> Iterator[Outcome]:
    """One finding for all such places."""
    places: list[tuple[Passage, re.Match[str]]] = []
    after = subject.disclosure.key.year + 1
    coming = re.compile(f"{after}年(?:力争|争取|计划|预计|拟)[^，,。；;”]{{0,10}}")
    # 到2023年底，参保率达到98%; 2023年，完成村道6公里: where nothing but goals is told
    aimed = re.compile(
        f"{after}年(?:(?<=[到至保取争现]{after}年)|(?<![^，,。；;：:\n]{after}年))(?:年?底|年?末|度)?(?:以?前)?[，,]?[^，,。；;”]{{2,10}}"
    )
    for passage in subject.told.lines:
        if "年" not in passage.text:  # quick
            continue
        if not GOALS.search(passage.section):
            continue
        if PLANS.search(passage.section) or f"{after}年" in passage.section:
            continue
        told = FULFILLED.search(passage.section) is not None
        match = COMING.search(passage.text) or coming.search(passage.text)
        if match is None and f"{after}年" not in passage.text:  # quick
            continue
        if match is None and not told and f"{after - 1}年" not in passage.text:
            match = aimed.search(passage.text)
        if match is None:
            continue
        if told and any(said.start < match.start() for said in passage.figures):
            continue  # an outlook at the end of what was done
        places.append((passage, match))
    if not places:
        yield Outcome(NEXT)
        return
    passage, match = places[0]
    printed = match[0]
    words = {"year": str(subject.disclosure.key.year), "printed": printed}
    heading = passage.section.rpartition(" · ")[2]
    address = f"正文.{address_part(heading)}={address_part(printed)}"
    others = tuple(p.place(m.start()) for p, m in places[1:])
    finding = Finding(NEXT, passage.place(match.start()), words, others, address, printed)
    yield Outcome(NEXT, finding=finding)
