"""题目有、文中没有: no score in a conclusion, no goal among goals, no cause where a heading has causes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.place import Place
from site_builder.prose import Section
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE
from site_builder.sentences import Passage

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
    PERFORMANCE,
)
HEADING = Rule(
    "heading-unfulfilled",
    "note",
    Words("标题说有，文中没有", "A heading with nothing to it"),
    Words(
        "标题是“{printed}”，这一节没有写{lacking}",
        "the heading is “{printed}”; the section tells no {lacking_en}",
    ),
    Words(
        "请补写；原件确实没有的，保留标题并在“认可”中说明",
        "tell it; if the original does not, keep the heading and explain that",
    ),
    Words(
        "只列问题不说原因，或者只说经验不说问题，改进措施就没有着落。",
        "Without problems and their causes there is nothing that measures could mend.",
    ),
)
CONCLUSION = re.compile("(?:评价|自评)(?:的)?(?:综合)?(?:结论|结果)|综合评价情况")
# （一）自评结论, as a line and no heading
CONCLUDES = re.compile(
    r"[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．][^，,。；;：:]{0,6}(?:评价|自评)(?:结论|结果)[。：:]?"
)
APPLIED = re.compile("应用|运用|公开|使用|改进")
# Each branch begins with a letter of its own, so that the search skips all else.
SCORED = re.compile(
    "|".join(
        f"{word}[^。；，\\n]{{0,16}}?(?<![0-9])[0-9](?![0-9]{{3}}年)"
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
    "目标|指标|力争|争取|确保|计划|拟|预期|预计|将|要(?!求)|任务|(?:保障|提升|提高|促进|推进|推动|加强|达到|达成|完成|建设|建成|"
    r"改善|优化|(?<!运行)维护(?!费)|巩固|落实|实施|增长)(?!了)|不低于|不少于|附件|附表|见"
)
FIGURE = re.compile(r"[0-9](?![0-9年月日号〕\]）)、.．])")
# A figure of what was spent or had is no goal.
HAD = re.compile(
    "支出|费用|收入|决算|合计|(?:取得|进行|开展|完成|发放|建成|新增|实现|硬化|安装|组织|落实|推进|改善|提高|提升)了"
)
# A heading on problems alone, on what will be done alone, on both.
PROBLEMS = re.compile("(?:问题|不足)(?:情况)?$")
MEASURES = re.compile(
    "^[^问题不足]*(?:改进(?:措施|意见|方向)|(?:整改|下一步)措施|工作打算|工作建议|[^评的]建议)$"
)
BOTH = re.compile(
    "(?:问题|不足)[^，,。；;]{0,4}[及和与、暨][^，,。；;]{0,6}(?:建议|措施|对策|打算)$"
)
# Any sign that something went wrong, or is still to be done.
FAULT = re.compile(
    "不(?![断仅但])|[未没缺少难慢偏低弱差短滞欠乱旧无]|有待|仍|尚|问题|隐患|困|制约|影响|压力|过[于高大]|超"
)
POOR = re.compile("不(?:够|足|及时|到位|完整|高|强|细|实)|偏[慢低高]|滞后|欠缺|薄弱")
PRAISE = re.compile("显著|明显|成绩|成效|肯定|圆满|良好|不断(?:壮大|增强|提升|提高)")
WILL = re.compile(
    "(?<!不)(?:加强|加大|加快|完善|强化|建立|健全|进一步|将|提高|提升|严格|规范|优化|推进|落实|确保|争取|建议|继续|力争|拟|计划|改进|"
    "做好|抓好|开展|推动|深化|坚持|注重|充实|压实|督促|细化|整改|尽快|统筹|增加|增强|培训|希望|恳请|从严|盘活|措施|时限|纳入|通报|统一|清理|核实|(?<![主重需])要(?![求素点])|(?<![相反适响供])应)"
)
CAUSES = re.compile("问题[^，,。；;]{0,8}(?:原因|成因)")
PRACTICE = re.compile("(?:经验|做法)[^，,。；;]{0,8}问题")
NAMED = re.compile("问题|不足|措施|建议|打算|意见|方向")
SHORT = 20  # characters of a line that is a heading
LONG = 40  # characters that say something
NONE = re.compile("^(?:目前|经自查|自查|均|都|暂|尚|，)*(?:无|没有|未发现|不存在)")
# What gives a cause, or may give one: 人手不足, 意识不强.
CAUSE = re.compile(
    "[，,]影响|由于|原因|成因|缘于|源于|在于|归因|所致|导致|造成|致使|使得|引起|主要是|主要系|受(?=[^，。；]{1,16}(?:影响|限制|制约))|限于|"
    "制约|因(?!地制宜|此|素|果|人而异)|意识|认识|重视|观念|人手|人员|力量|队伍|经费|资金|财力|投入|机制|制度|体制|培训|经验|"
    "监督|基础|条件|疫情|天气|历史|能力|素质|业务|时间|考虑|谋划|调研|论证|预判|统筹|协调|衔接|宣传|监管|督促|责任"
)
PROBLEM = re.compile(
    "不足|不够|有待|欠缺|缺乏|薄弱|滞后|困难|短板|差距|不强|不高|不到位|不完善|不健全|难度|"
    "问题(?!导向|整治|整改|重点|解决|处理)|存在(?=[^，,。；;]{0,12}(?:现象|情况|隐患)(?!的存在))"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The section that concludes; those headed as goals, as problems and causes."""
    yield _result(subject)
    yield _goals(subject)
    yield from _headings(subject)


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
    line = _concluding(subject) if section is None else None  # quick
    if section is None and line is None:
        return Outcome(RESULT, reason=Words("没有评价结论一节", "no section concludes"))
    if any(map(report.text_of, ("自评得分", "自评等级"))):
        return Outcome(RESULT)
    wording = subject.wording
    text, notes = wording.text, wording.notes
    if SCORED.search(text, 0, notes) or GRADED.search(text, 0, notes):
        return Outcome(RESULT)
    if section is not None:
        return _found(RESULT, narrative.file, section)
    assert line is not None  # as was seen
    words = {"printed": line.text}
    address = f"正文={address_part(line.text)}"
    finding = Finding(RESULT, line.place(0), words, (), address, line.text, length=len(line.text))
    return Outcome(RESULT, finding=finding)


def _concluding(subject: Subject) -> Passage | None:
    """The line that is headed as a conclusion."""
    for passage in subject.told.lines:
        if len(passage.text) >= SHORT:  # quick
            continue
        if CONCLUDES.fullmatch(passage.text):
            return passage
    return None


def _goals(subject: Subject) -> Outcome:
    narrative = subject.disclosure.narrative
    sections = [s for s in narrative.sections if SET.search(s.title) and not DONE.search(s.title)]
    for section in sections:
        words = section.markdown
        if len(words) > 40 and not _aims(words):
            return _found(GOALS, narrative.file, section)
    if not sections:
        return Outcome(GOALS, reason=Words("没有绩效目标一节", "no section on goals"))
    return Outcome(GOALS)


def _aims(words: str) -> bool:
    """Is anything aimed at: a word that says so, or a figure that was not spent?"""
    if AIM.search(words):
        return True
    sentences = re.split("[。\n]", words)
    return any(
        FIGURE.search(said) and not (HAD.search(said) and "预算" not in said) for said in sentences
    )


def _headings(subject: Subject) -> Iterator[Outcome]:
    """问题及原因分析 without a cause; 经验做法和问题 without a problem; 问题 with praise; no measures."""
    narrative = subject.disclosure.narrative
    named = [(n, s) for n, s in enumerate(narrative.sections) if NAMED.search(s.title)]  # quick
    for number, section in named:
        practice, causes = PRACTICE.search(section.title), CAUSES.search(section.title)
        alone = _alone(section.title)
        words = _under(narrative.sections, number)
        if alone and len(words) >= LONG and (lacking := _untold(alone, words)) is not None:
            yield _found(HEADING, narrative.file, section, lacking)
            continue
        if practice is None and causes is None:
            continue
        if len(words) < LONG or NONE.match(words):
            yield Outcome(HEADING)
        elif practice is not None and not PROBLEM.search(words):
            yield _found(HEADING, narrative.file, section, Words("存在的问题", "problem"))
        elif practice is None and not CAUSE.search(words):
            yield _found(HEADING, narrative.file, section, Words("原因", "cause"))
        else:
            yield Outcome(HEADING)
    if not named:
        yield Outcome(HEADING, reason=Words("没有写问题的标题", "no heading on problems"))


def _alone(title: str) -> str:
    """Is a section headed as problems alone, or as measures, be it with problems? Else empty."""
    title = title.rstrip("。：: ")
    if PROBLEMS.search(title):
        return "problems"
    return "measures" if MEASURES.search(title) or BOTH.search(title) else ""


def _untold(alone: str, words: str) -> Words | None:
    """What such a section does not tell at all."""
    if alone == "problems":
        praised = PRAISE.search(words) is not None and FAULT.search(words) is None
        return Words("存在的问题", "problem") if praised else None
    lacking = POOR.search(words) is not None and WILL.search(words) is None
    return Words("改进措施", "measure") if lacking else None


def _under(sections: tuple[Section, ...], start: int) -> str:
    """All that stands under a heading, with what stands under the headings below it."""
    section = sections[start]
    texts = [section.markdown]
    for below in sections[start + 1 :]:
        if below.level <= section.level:
            break
        texts.append(f"{below.title}\n{below.markdown}")
    return "\n".join(texts).strip()


def _found(rule: Rule, file: str, section: Section, lacking: Words | None = None) -> Outcome:
    at = Place(file, section.line, section.level + 2)
    address = f"正文.{address_part(section.title)}"
    words = {"printed": section.title}
    if lacking is not None:
        words |= {"lacking": lacking.zh, "lacking_en": lacking.en}
    finding = Finding(
        rule, at, words, address=address, printed=section.title, length=len(section.title)
    )
    return Outcome(rule, finding=finding)
