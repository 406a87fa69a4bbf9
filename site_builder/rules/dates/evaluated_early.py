"""评价时间早于年度结束: an evaluation of the whole year, dated within the year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.rules.regulations import PERFORMANCE
from site_builder.rules.year_words import YEAR
from site_builder.wording import Wording

RULE = Rule(
    "early-evaluation",
    "error",
    Words("评价时间早于年度结束", "Evaluated before the year was over"),
    Words(
        "{year}年度还没有结束，绩效评价却写在{printed}进行",
        "the evaluation of {year} is said to be of {printed}, before the year was over",
    ),
    Words(
        "请核对年份；多半应为{recomputed}，原件如此的，保留原文并在“认可”中说明",
        "check the year, which is probably {recomputed}; if it is printed so, explain it",
    ),
    Words(
        "年度支出要到年末才有决算数，此前不可能对全年作出评价。",
        "A year's spending is known when it has ended; nobody can evaluate it before.",
    ),
    PERFORMANCE,
)
MONTH = re.compile(
    r"年(?<=(?P<year>20[0-9]{2})年)(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日|[份初中底末]|上旬|中旬|下旬)?"
)
EVALUATED = re.compile(r"(?:绩效)?(?:评价|自评)")
DONE = re.compile(r"开展|开始|启动|组织|进行|作|实施|成立|完成|起|收集|查阅|核实|形成|赴|深入|走访")
NOT_EVALUATED = re.compile(
    r"印发|出台|制定|修订|下发|通知|办法|培训|会议|监控|中期|事前|申报|目标|方案|获评|被评|评为|评选|"
    r"信访|满意度测评|评审|验收|财政局|第三方"
)
OWN_EVALUATION = re.compile(r"整体支出|自评|评价工作组|评价小组|部门支出|财政(?:性)?资金")
TIME_LABEL = re.compile(
    r"(?:评价|自评)(?:(?!项目)[^：]){0,12}(?:时间|日期|阶段|开展|开始|起)[^：]{0,16}："
)
# 绩效评价工作自2022年1月启动; 评价小组2022年5月10日至20日深入各村; 本次自评时间为2022年3月
WHO_BEFORE = re.compile(
    "(?:绩效评价|自评|[本此]次评价|评价(?=小组|工作组|组))(?:工作|小组|领导小组|工作组|组)?"
    "(?:(?P<time>(?:工作)?(?:开展)?的?时间(?:安排)?[为是在从自]*)|[于在从自]?)$"
)
OF_LAST = re.compile("上年|去年|上一年|以前年度|往年")
OWN = re.compile("绩效|[本此]次|整体支出|评价工作")
GOES_ON = re.compile("启动|开[展始]|进行|进[入驻场]|深入|结束|现场|核查|走访|实施|查阅|起")
# To December: the time that is evaluated, not when it was.
PERIOD = re.compile(r"[ 　]*[-—–~～至到]{1,2}[ 　]*(?:20\d\d年)?12月")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every month of the year or of one before it, beside an evaluation."""
    wording, year = subject.wording, subject.disclosure.key.year
    yield from outcomes_of(_findings(year, wording), (RULE,))


def _findings(year: int, wording: Wording) -> Iterator[Finding]:
    """“于2020年3月初起开展…绩效评价”, in the report of 2020."""
    text = wording.text
    for month in MONTH.finditer(text, 0, wording.notes):
        told = int(month["year"])
        if told > year or int(month["month"]) >= 12 or PERIOD.match(text, month.end()):
            continue
        start = month.start("year")
        low, high = wording.sentence(start)
        if text.find("评", low, high) < 0:  # quick
            continue
        if (
            TIME_LABEL.search(text, low, start)
            or _is_followed(wording, month, year)
            or _is_of_evaluators(wording, month, year)
        ):
            meant = f"{year + 1}{text[start + 4 : month.end()]}"
            words = {"year": str(year), "recomputed": meant}
            yield finding_at(RULE, wording, start, month.end(), words, meant)


def _is_followed(wording: Wording, month: re.Match[str], year: int) -> bool:
    """Do the words behind the date say that this year was evaluated then?"""
    text, start = wording.text, month.start("year")
    low, high = wording.sentence(start)
    after = text[month.end() : min(high, month.end() + 36)]
    evaluated = EVALUATED.search(after)
    if evaluated is None or not DONE.search(after[: evaluated.end() + 6]):
        return False
    nearby = after[: evaluated.end() + 4]
    if not OWN_EVALUATION.search(text, low, high):
        return False
    if NOT_EVALUATED.search(nearby) or NOT_EVALUATED.search(text[max(low, start - 6) : start]):
        return False
    others = {int(y[0]) for y in YEAR.finditer(nearby)}
    return not (others - {year}) and (int(month["year"]) == year or year in others)


def _is_of_evaluators(wording: Wording, month: re.Match[str], year: int) -> bool:
    """Is it when the evaluation, or those who made it, are said to have been at work?"""
    text, start = wording.text, month.start("year")
    low, high = wording.sentence(start)
    before = text[max(low, start - 20) : start]
    who = WHO_BEFORE.search(before)
    if who is None or NOT_EVALUATED.search(before) or OF_LAST.search(before):
        return False
    passage = wording.source(start).passage
    section = "" if passage is None else passage.section
    if not OWN.search(text, low, high) and not OWN.search(section):
        return False
    after = text[month.end() : min(high, month.end() + 20)]
    if NOT_EVALUATED.search(after) or not (who["time"] or GOES_ON.search(after)):
        return False
    return all(int(told[0]) == year for told in YEAR.finditer(text, low, high))
