"""说了却没有数: a satisfaction, a budget kept, that the report never gives as a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Report
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject, finding_at
from site_builder.rules.regulations import PERFORMANCE
from site_builder.told import is_wished
from site_builder.wording import Wording

SATISFACTION = Rule(
    "satisfaction-unmeasured",
    "note",
    Words("满意度没有调查数", "A satisfaction that was not measured"),
    Words(
        "这里写“{printed}”，全文没有写满意度是多少",
        "it says “{printed}”; the report gives no figure of satisfaction",
    ),
    Words(
        "请写明调查了多少人、满意度百分之几；没有做过调查的，在“认可”中说明",
        "say how many were asked and what share was content; explain it if nobody was asked",
    ),
    Words(
        "满意度要问过服务对象才知道；没有数的满意度不能打分。",
        "Only those served can say whether they are content; without a figure it cannot be scored.",
    ),
    PERFORMANCE,
    yields_to=("score-without-result",),
)
COMPARED = Rule(
    "comparison-without-figures",
    "note",
    Words("说没有超预算，却没有数", "Within budget, but no figures"),
    Words(
        "这里写“{printed}”，全文没有写{name}的预算数和支出数",
        "it says “{printed}”; the report prints neither budget nor spending of it",
    ),
    Words(
        "请写明预算数和支出数；原件确实没有的，在“认可”中说明",
        "print budget and spending; if the original has none, explain that",
    ),
    Words(
        "有没有超预算，读者要看到两个数才能核对。",
        "Whether a budget was kept can be checked only where both figures stand.",
    ),
)
GOALS = Rule(
    "goals-without-figures",
    "note",
    Words("说目标可量化，目标里没有数", "Goals said to be measurable, without a figure"),
    Words(
        "这里写“{printed}”，所列的年度目标（“{other}”等）里没有一个数",
        "it says “{printed}”; the goals listed (“{other}” …) hold no figure",
    ),
    Words(
        "请写明各项目标的数量、时限或比率；原件确实没有的，在“认可”中说明",
        "give each goal its number, term or rate; if the original has none, explain that",
    ),
    Words(
        "目标可量化，是说年底能用数对照；只有“呈现新面貌”，对照不了。",
        "A measurable goal can be held against a figure at the end of the year; a slogan cannot.",
    ),
    PERFORMANCE,
)
# 满意度达96%, 满意度98.2分, 满意率百分之九十, 150名中148名满意
MEASURED = re.compile(
    r"满意[^。；\n]{0,24}?(?:[0-9][0-9.]*[ ]?(?:[%％成]|个?百分点)|[一二三四五六七八九]成)|满意[^。；\n]{0,16}百分之|"
    r"成(?<=[一二三四五六七八九0-9]成)[^。；，\n0-9]{0,10}满意|满意[^。；\n]{0,16}?[0-9]+(?:\.[0-9]+|[0-9])分|[人名户份](?<=[0-9].)[^。；，\n0-9]{0,8}满意|[%％][^。；，\n0-9]{0,12}满意|满意[的者]?[有共为占]*[0-9]+[人名户份]"
)
REACH = 20  # characters within which a figure is one of satisfaction
RATED = re.compile(
    "满意(?:程?度|率)?(?:[都均]|普遍|一直|总体|相对)?(?:较|很|非常|比较|十分|相当)?(?:高(?![于质标])|好(?!转)|良好|优)|满意(?:程?度|率)(?:均|都|也)?(?:达到|符合|超过)(?:了)?(?:预期|要求|目标)|"
    "(?:较为?|比较|普遍|非常|十分|基本|很|感到|表示)满意(?![度率])"
)
JUDGED = re.compile("结论|结果|绩效|效益|满意|评价|成效|产出")
KEPT = re.compile(
    r"[费额](?:(?<=三公经费)|(?<=公用经费)|(?<=三公”经费)|(?<=接待费)|(?<=维护费)|(?<=采购金额)|(?<=实际金额)|(?<=支出金额))[^，,。；;\n0-9]{0,10}?"
    r"(?:(?:小于|低于|少于|[未不]超|没有?超|[未不]突破|没有?突破|控制在|[＜<≤≦])[^，,。；;\n0-9]{0,10}?预算[^，,。；;\n0-9]{0,8}|"
    r"[较比](?:年初|调整)?预算(?:数|安排)?(?:均|有所|略有?)*(?:减少|下降|节约|降低))"
)
# What costs are called that a budget is kept of.
COST = re.compile(
    "(?:“?三公”?经费|公用经费|公务接待费|公务用车运行维护费|公车运行维护费|政府采购(?:实际)?(?:支出)?金额)$"
)
LONGEST = 12  # of them
MEANT = re.compile("确保|力争|必须|应当|要求|不得|今后|下一步|将|计划|争取")
# A figure of either stands in the text.
_AMOUNT = r"[^。；\n]{0,30}?[0-9][0-9.,]*[ ]?[万亿]?元"
PRINTED = {
    "三公": re.compile(f"(?:三公|接待费|公务?用?车运行){_AMOUNT}"),
    "公用": re.compile(f"(?:公用经费|运行经费|办公费|水电费|差旅费){_AMOUNT}"),
}
NAMES = {"三公": "“三公”经费", "公用": "公用经费"}
SPENT = {
    "三公": ("三公", "接待", "公务用车"),
    "公用": ("公用", "运行经费", "商品和服务"),
    "公务接待": ("接待",),
    "车": ("公务用车", "公车"),
    "采购": ("采购",),
}
# 年度目标是：一是城乡建设呈现新面貌。二是…: up to where they are said to be measurable
LISTED = re.compile(
    r"目标(?:是|为|包括|有|共|列|如下|设定|任务|[一二三四五六七八九十][条项个])*(?:[：:，]?一是|[：:]?目标[1一][：:、]|[：:][1１一][.、．]|[：:（(](?=[^。；，\n]*[、，]))"
    r"(?P<first>[^。；，、;\n]{2,20})"
)
MEASURABLE = re.compile(
    "量(?:(?<=[可能]量)化|(?<=可衡量)|(?<=[均都已部]量)化|(?<=、量)化|化(?=、细化))"
)
NUMBERING = re.compile(r"目标[1-9][：:、]|[：:；;。，][1-9１-９][.、．]|20[0-9]{2}年")
TO_BE = re.compile("要|将|应|需|下一步|进一步|不够|未|没有")
CLAUSES = re.compile(".*[。；;]", re.S)
SO_FAR = 400  # characters between the goals and what is said of them


def check(subject: Subject) -> Iterator[Outcome]:
    """What is said of satisfaction, else its indicators; budgets said to be kept; goals in figures."""
    yield _goals(subject.wording)
    yield _satisfaction(subject)
    yield _kept(subject)


def _goals(wording: Wording) -> Outcome:
    """The first place where goals are said to be measurable, and those listed before it."""
    text, end = wording.text, wording.notes
    for match in MEASURABLE.finditer(text, 0, end):
        start = max(0, match.start() - SO_FAR)
        listed = [*LISTED.finditer(text, start, match.start())][-1:]
        if not listed:
            continue
        told = NUMBERING.sub("", text[listed[0].start() : match.start()])
        if any(map(str.isdigit, told)) or TO_BE.search(CLAUSES.sub("", told)):
            continue
        low, high = wording.sentence(match.start(), "。；，、;,\n")
        words = {"other": listed[0]["first"]}
        return Outcome(GOALS, finding=finding_at(GOALS, wording, low, high, words))
    return Outcome(GOALS)


def _satisfaction(subject: Subject) -> Outcome:
    wording, report = subject.wording, subject.disclosure.report
    if "满意" not in wording.text:  # quick
        return Outcome(SATISFACTION, reason=Words("没有写满意度", "nothing on satisfaction"))
    if _measured(wording):
        return Outcome(SATISFACTION)
    tables = [table for _, table in subject.indicators]
    lines = [line for table in tables for line in table if "满意" in line.label]
    if _counted(report, lines):
        return Outcome(SATISFACTION)
    finding = next(_said(subject), None) or next(_scored(lines), None)
    return Outcome(SATISFACTION, finding=finding)


def _measured(wording: Wording) -> bool:
    """Does a figure stand near the word anywhere?"""
    text, end = wording.text, wording.notes
    place = text.find("满意", 0, end)
    while place >= 0:
        if MEASURED.search(text, max(0, place - REACH), min(end, place + 2 * REACH)):
            return True
        place = text.find("满意", place + 2, end)
    return False


def _said(subject: Subject) -> Iterator[Finding]:
    """群众满意度高, in a section that judges."""
    for passage in subject.told.lines:
        section = passage.section
        match = RATED.search(passage.text) if "满意" in passage.text else None  # quick
        if match is None or not JUDGED.search(section):
            continue
        if is_wished(section) and "结论" not in section:
            continue
        start, end = passage.opening(match.start()), match.end()
        said = passage.text[start:end].strip(" 　*")
        at, address = passage.place(start), sentence_address(said, passage.anchor)
        words = {"printed": said}
        yield Finding(SATISFACTION, at, words, (), address, said, length=len(said))


def _scored(lines: list[IndicatorLine]) -> Iterator[Finding]:
    """An indicator of satisfaction that got points; a blank result is none."""
    for line in lines:
        cell, result = line.score, line.result
        if cell is None or cell.fact is None or cell.fact.figure.amount <= 0:
            continue
        said = "" if result is None else result.text.strip()
        words = {"printed": f"{line.label}：{said or f'{cell.text}分'}"}
        yield Finding(SATISFACTION, cell.at, words, (), cell.address, cell.text)


def _counted(report: Report, lines: list[IndicatorLine]) -> bool:
    """Does a result, or another table, give satisfaction as a figure?"""
    if any(line.result is not None and any(map(str.isdigit, line.result.text)) for line in lines):
        return True
    cells = [cell for line in lines for cell in (line.target, line.weight, line.score)]
    aside = {cell.address for cell in cells if cell is not None}
    return any("满意" in fact.row and fact.address not in aside for fact in report.facts)


def _kept(subject: Subject) -> Outcome:
    """The first budget that is said to be kept, where no figure of it stands anywhere."""
    wording, report = subject.wording, subject.disclosure.report
    text, end = wording.text, wording.notes
    for match in KEPT.finditer(text, 0, end) if "预算" in text else ():  # quick
        cost = COST.search(text, max(0, match.start() - LONGEST), match.start() + 1)
        if cost is None:
            continue
        name = next(one for one in SPENT if one in cost[0])
        printed = PRINTED.get(name) or re.compile(f"{name}{_AMOUNT}")
        low, _ = wording.sentence(match.start())
        if MEANT.search(text, low, match.end()) or printed.search(text, 0, end):
            continue
        if any(
            fact.figure.kind == "money" and any(word in fact.row for word in SPENT[name])
            for fact in report.facts
        ):
            continue
        words = {"name": NAMES.get(name, cost[0])}
        finding = finding_at(COMPARED, wording, cost.start(), match.end(), words)
        return Outcome(COMPARED, finding=finding)
    return Outcome(COMPARED)
