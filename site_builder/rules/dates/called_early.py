"""晚于计划却说提前、按期: a day of completion beside the planned one, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "called-early",
    "warning",
    Words("晚于计划的时间，却说提前或按期", "Later than planned, and called early or in time"),
    Words(
        "正文写“{printed}”，计划的时间是“{plan}”，{when}晚于计划",
        "the text says “{printed}”; planned was “{plan}”, and {when} is later",
    ),
    Words(
        "请核对两个日期；确实晚了的，改写“提前”“按期”并说明原因",
        "check both dates; if it was late, say so and why",
    ),
    Words(
        "提前还是推迟，把完工的日子同计划一比就知道。",
        "Early or late is told by the planned day.",
    ),
    yields_to=("told-deadline-missed", "on-time-denied"),
)
_DAY = r"(?P<m>1[0-2]|[1-9])月(?:(?P<d>3[01]|[12][0-9]|[1-9])日|份|底|末|初|[上中下]旬)?"
# 建设期为2023年3月至12月
PERIOD = re.compile(
    r"(?:(?:建设|实施|项目|施工)(?:期限?|周期|时间|工期)|(?:计划|合同)?工期)(?:为|是|：|:|自|从)*(?P<y1>20[0-9]{2})年(?P<m1>1[0-2]|[1-9])月"
    r"(?:[0-9]{1,2}日|份|初|底|末)?(?:开始)?(?:至|到|[-—–~～]{1,2})(?:(?P<y>20[0-9]{2})年)?" + _DAY
)
# 计划2022年9月底前完工; 合同约定9月30日竣工
BY = re.compile(
    r"(?:计划|约定|要求|原定|应|目标|预定|规定)(?:工期)?(?:于|在|是|为)?(?:(?P<y>20[0-9]{2})年)?"
    + _DAY
    + r"(?:之?以?前)?(?:全面|全部)?(?:完工|竣工|完成|建成|交付|投用|交工)"
)
DONE = re.compile(
    r"(?:(?P<y>20[0-9]{2})年)?"
    + _DAY
    + r"(?:就|便|即|已|正式|实际|顺利)*(?P<early>提前(?:了?[0-9]{1,3}(?:天|日|个月))?|按期|如期|按时)?"
    r"(?:全面|全部|顺利)*"
    r"(?P<what>完工|竣工|完成(?=[，,。；;]|$|建设|施工|[^，,。；;0-9]{0,6}任务|目标)|建成|交付|投用|交工|(?:竣工|通过)?验收)"
    r"(?=(?P<after>[^。；;]{0,16}))"
)
# 合同工期90天，自3月1日开工至6月28日竣工
TERM = re.compile(r"工期(?:为|是|共|：|:)?(?P<n>[0-9]{2,3})(?:个)?(?P<unit>日历天|天|日|月)(?!内)")
FROM_TO = re.compile(
    r"(?:(?P<y1>20[0-9]{2})年)?(?P<m1>1[0-2]|[1-9])月(?P<d1>3[01]|[12][0-9]|[1-9])日[^，,。；;0-9]{0,6}(?:开工|动工|进场|开始施工)?[^0-9。；;]{0,6}?"
    r"(?:(?P<y2>20[0-9]{2})年)?(?P<m2>1[0-2]|[1-9])月(?P<d2>3[01]|[12][0-9]|[1-9])日[^，,。；;0-9]{0,6}(?:竣工|完工|建成|交付|完成)"
)
CLAIM = re.compile("提前|按期|如期|按时|按计划|在(?:计划|合同)?工期内")
DATED = re.compile("月(?<=[0-9]月)")
NO_CLAIM = re.compile(
    "未能?|没有|没能|不能?|扣除|停工|推迟|延[后期误至到长]|顺延|(?:调整|变更|改)[到至为]|晚于|超期|逾期|滞后|[0-9]个项目|分别|二期|一期"
)
PLANNED = re.compile(
    "(?:计划|约定|要求|原定|应|目标|预定|规定|预计|拟|将|力争|确保)(?:工期)?[于在是为]?$"
)
MAYBE = led_by("提按如在", "提前|[按如]期|按[时计]|在(?:计划|合同)?工期内")


def check(subject: Subject) -> Iterator[Outcome]:
    """Claims beside a plan in their own line; where the report has but one 建设期, those beside it."""
    found = [o for p in subject.told.holding(MAYBE) for o in _claims(subject, p)]
    yield from found
    if not found:
        yield Outcome(RULE, reason=Words("没有写提前、按期的日期", "no day is called early"))


def _claims(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    text = passage.text
    yield from _longer(passage, subject.disclosure.key.year)
    claims = [done for done in DONE.finditer(text) if _claimed(passage, done)]
    if len(claims) != 1:
        return
    done = claims[0]
    plans = [(passage, plan) for plan in (*PERIOD.finditer(text), *BY.finditer(text))]
    if not plans:
        lines = subject.told.lines
        plans = [(line, plan) for line in lines for plan in PERIOD.finditer(line.text)]
        if done["y"] is None or "验收" in done["what"]:
            return
    if len(plans) != 1:
        return
    line, plan = plans[0]
    yield from _judged(passage, done, line, plan)


def _longer(passage: Passage, year: int) -> Iterator[Outcome]:
    """More days from beginning to end than the term has, and called early."""
    text = passage.text
    for term in TERM.finditer(text):
        low, high = passage.sentence(term.start())
        worked = FROM_TO.search(text, low, high)
        claim = CLAIM.search(text, low, high)
        if worked is None or claim is None or NO_CLAIM.search(text, low, high):
            continue
        first = _day(int(worked["y1"] or year), int(worked["m1"]), int(worked["d1"]))
        last_year = int(worked["y2"] or worked["y1"] or year)
        last = _day(last_year, int(worked["m2"]), int(worked["d2"]))
        if first is None or last is None or last <= first:
            continue
        days = (last - first).days + 1
        allowed = int(term["n"]) * (31 if term["unit"] == "月" else 1)
        if days <= allowed + 1:
            yield Outcome(RULE)
            continue
        printed = claim[0]
        words = {"printed": printed, "plan": term[0], "when": f"{worked[0]}（{days}天）"}
        at, others = passage.place(claim.start()), (passage.place(term.start()),)
        address = passage.address or sentence_address(printed, "工期")
        yield Outcome(RULE, finding=Finding(RULE, at, words, others, address, printed))


def _day(year: int, month: int, day: int) -> date | None:
    """The day, where there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _claimed(passage: Passage, done: re.Match[str]) -> bool:
    """Does the sentence call a day early or in time?"""
    text = passage.text
    if PLANNED.search(text, max(0, done.start() - 8), done.start()):
        return False
    said = done["early"] or CLAIM.search(done["after"])
    if not said or DATED.search(done["after"]):
        return False
    low = passage.sentence(done.start())[0]
    return NO_CLAIM.search(text, low, done.end("after")) is None


def _judged(
    passage: Passage, done: re.Match[str], line: Passage, plan: re.Match[str]
) -> Iterator[Outcome]:
    began = plan.groupdict().get("y1")
    year = int(plan["y"] or began or 0)
    if plan["y"] is None and began and int(plan["m"]) < int(plan["m1"]):
        year += 1  # 2022年9月至3月
    if not year and done["y"] is not None:
        return  # 计划9月完工，2023年1月提前完工: of which year?
    when = int(done["y"] or year), int(done["m"])
    by = year, int(plan["m"])
    if when < by or (when == by and not _later(done["d"], plan["d"])):
        yield Outcome(RULE)
        return
    printed = done[0] if done["early"] else done[0] + done["after"]
    day = done[0][: done.end("m") - done.start()] + "月" + (f"{done['d']}日" if done["d"] else "")
    finding = Finding(
        RULE,
        passage.place(done.start()),
        {"printed": printed, "plan": plan[0], "when": day},
        (line.place(plan.start()),),
        passage.address or sentence_address(printed, "提前"),
        printed,
        length=len(printed),
    )
    yield Outcome(RULE, finding=finding)


def _later(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and int(one) > int(other)
