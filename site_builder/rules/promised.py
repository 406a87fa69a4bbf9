"""题目有、文中没有: a conclusion without score or grade, a section on goals without a goal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.place import Place
from site_builder.prose import Section
from site_builder.rules.outcome import Outcome, Subject

RESULT = Rule(
    "no-result",
    "warning",
    Words("评价结论没有得分和等级", "A conclusion without score or grade"),
    Words(
        "“{printed}”一节和全文都没有写自评得分，也没有写等级",
        "neither “{printed}” nor any other section gives a score or a grade",
    ),
    Words(
        "请补写得分和等级；原件确实没有的，在“认可”中说明",
        "give score and grade; if the original has none, explain that",
    ),
    Words(
        "绩效评价要打分、定级；只有好话没有分数，读者无从比较，下一年也无从对照。",
        "An evaluation scores and grades; praise alone can be compared with nothing.",
    ),
    "财预〔2020〕10号（评价结果采取评分和评级相结合的方式，条文待核）",
)
GOALS = Rule(
    "goals-not-stated",
    "note",
    Words("绩效目标一节没有目标", "A section on goals without a goal"),
    Words(
        "“{printed}”一节写的都是做过的事，没有写目标",
        "“{printed}” tells only what was done and states no goal",
    ),
    Words(
        "请补写年初设定的目标；原件确实没有的，在“认可”中说明",
        "state the goals set for the year; if the original has none, explain that",
    ),
    Words(
        "自评是拿结果同目标比；没有目标，完成得好不好无从说起。",
        "Results are held against goals; without goals there is nothing to hold them against.",
    ),
    "财预〔2020〕10号（条文待核）",
)
CONCLUSION = re.compile("(?:评价|自评)(?:的)?(?:综合)?(?:结论|结果)|综合评价情况")
APPLIED = re.compile("应用|运用|公开|使用|改进")
# Each branch begins with a letter of its own, so that the search skips all else.
SCORED = re.compile(
    "|".join(
        f"{word}[^。；，\\n]{{0,16}}?[0-9]"
        for word in ("得分", "评分", "自评", "总分", "综合分", "打分", "计分")
    )
    + "|分(?<=[0-9]分)(?![钟之批别期公米区])"
)
GRADED = re.compile(
    r"(?:等级|等次|结论|结果|档次|评[为定]|自评|评价)[^。；，\n]{0,10}?[“\"]?(?:优秀|优(?![先化势质惠抚])|良好|良|"
    r"中(?![央心国共小期华])|合格|差(?![异额距旅])|[ABCD一二三四]级)"
)
SET = re.compile("绩效目标|年度目标|总体目标")
DONE = re.compile("完成|实现|情况|分析|管理|评价|指标|设[立定置]|执行|偏离")
AIM = re.compile(
    "目标|指标|力争|争取|确保|计划|拟|预期|预计|将|要(?!求)|任务|保障|提升|提高|促进|推进|推动|加强|达到|达成|完成|建设|建成|"
    r"改善|优化|维护|巩固|落实|实施|增长|不低于|不少于|详见|附件|附表|见|[0-9](?![0-9年月日号〕\]）)、.．])"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The section that concludes; the sections headed as goals, with what stands under them."""
    yield _result(subject)
    yield _goals(subject)


def _result(subject: Subject) -> Outcome:
    report, narrative = subject.disclosure.report, subject.disclosure.narrative
    section = next(
        (
            s
            for s in narrative.sections
            if CONCLUSION.search(s.title) and not APPLIED.search(s.title)
        ),
        None,
    )
    if section is None:
        return Outcome(RESULT, reason=Words("没有评价结论一节", "no section concludes"))
    if any(report.by_concept.get(c) or report.text_of(c) for c in ("自评得分", "自评等级")):
        return Outcome(RESULT)
    wording = subject.wording
    if SCORED.search(wording.text) or GRADED.search(wording.text):
        return Outcome(RESULT)
    return _found(RESULT, narrative.file, section)


def _goals(subject: Subject) -> Outcome:
    narrative = subject.disclosure.narrative
    sections = [s for s in narrative.sections if SET.search(s.title) and not DONE.search(s.title)]
    for section in sections:
        words = section.markdown
        if len(words) > 40 and not AIM.search(words):
            return _found(GOALS, narrative.file, section)
    if not sections:
        return Outcome(GOALS, reason=Words("没有绩效目标一节", "no section on goals"))
    return Outcome(GOALS)


def _found(rule: Rule, file: str, section: Section) -> Outcome:
    at = Place(file, section.line, section.level + 2)
    address = f"正文.{address_part(section.title)}"
    words = {"printed": section.title}
    finding = Finding(
        rule, at, words, address=address, printed=section.title, length=len(section.title)
    )
    return Outcome(rule, finding=finding)
