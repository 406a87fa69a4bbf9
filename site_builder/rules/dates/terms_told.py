"""月数、年数与起止不符: so many months or years, beside the dates from which to which they ran."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import han_number
from site_builder.finding import Finding, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.terms import RULE
from site_builder.sentences import Passage

_N = "(?P<n>[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
# 2022年1月至9月，历时9个月
_IN_MONTH = "(?:[0-9]{1,2}日|[初底末份]|[上中下]旬)?"
MONTHS = re.compile(
    r"(?P<y>20[0-9]{2})年(?P<m>1[0-2]|[1-9])月"
    + _IN_MONTH
    + r"(?:开始|起)?[，,]?[ ]?(?:至|到|[-—–~～]{1,2})[ ]?(?:(?P<y2>20[0-9]{2})年)?(?P<m2>1[0-2]|[1-9])月"
    + _IN_MONTH
    + "(?:止|结束)?"
)
BEHIND = re.compile(
    r"[，,）)（(]?(?:历时|为期|工期|期限|周期|建设周期|时长|前后|时间|总)*[共合计为达]*"
    + _N
    + "个(?:日历)?月"
)
BEFORE = re.compile(
    r"(?:工期|期限|建设期|实施期|服务期|合同期|租期|租赁期|周期|历时|为期|时间|期)限?[共为是：]*"
    + _N
    + "(?:个(?:日历)?月|(?P<years>年))(?:的[^，,。；;（）0-9]{2,12}(?=[（(]))?[，,（(：:]*[即自从为]?$"
)
# …至2022年12月31日，合同期一年
YEARS_BEHIND = re.compile(
    "[，,（(]?(?:[一-鿿]{2}期|期限|为期)限?[共为]*" + _N + "(?P<years>年)(?!度)"
)
NEARLY = re.compile("约|近|余|多|不足|超过|左右|以上|除")
# 三年行动方案（2021—2023年）; 2021—2023年三年行动
_YEARS = r"(?P<y>20[0-9]{2})年?[ ]?(?:至|到|[-—–~～]{1,2})[ ]?(?P<y2>20[0-9]{2})年?"
PLAN = re.compile(
    r"(?P<n>[二两三四五])年(?:行动|攻坚|提升|规划|计划)[^，,。；;、（）()0-9]{0,10}[（(]"
    + _YEARS
    + "[）)]"
)
PLAN_BEHIND = re.compile(_YEARS + r"(?:的)?(?P<n>[二两三四五])年(?:行动|攻坚|规划|计划|提升)")
# 一季度（1—3月）, 上半年（1—6月）
PART = re.compile(
    r"(?P<part>[上下]半年|第?[一二三四]季度)[（(](?P<m>1[0-2]|[1-9])月?[-—–~～至到]{1,2}(?P<m2>1[0-2]|[1-9])月(?!份?累计)"
)
PARTS = {"上": (1, 6), "下": (7, 12), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
MAY = re.compile(
    "[月行攻提规计（(期](?:(?<=个月)|(?<=年[行攻提规计])|(?<=[半季][年度].)|(?<=期)(?=限?[共为是：]*[0-9一二两三四五]{1,2}年))"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every number of months beside its dates, every plan of so many years."""
    found: list[Outcome] = []
    for passage in subject.told.holding(MAY):
        found += _months(passage)
        found += _plans(passage)
        found += _parts(passage)
    yield from found
    if not found:
        yield Outcome(RULE, reason=Words("没有写明起止的月数、年数", "no terms with their dates"))


def _months(passage: Passage) -> Iterator[Outcome]:
    """Both ends may or may not count: January to September are nine months, or eight have passed.

    Years are also those of the calendar: 建设期三年（2022年9月至2024年12月）.
    """
    text = passage.text
    for dates in MONTHS.finditer(text):
        low = passage.sentence(dates.start())[0]
        behind = BEHIND.match(text, dates.end()) or YEARS_BEHIND.match(text, dates.end())
        term = behind or BEFORE.search(text, low, dates.start())
        if term is None or NEARLY.search(text, term.start(), term.end() + 2):
            continue
        year, until = int(dates["y"]), int(dates["y2"] or dates["y"])
        apart = (until - year) * 12 + int(dates["m2"]) - int(dates["m"])
        years = "years" in term.re.groupindex and term["years"] is not None
        told = _number(term["n"]) * (12 if years else 1)
        if apart < 1:
            continue
        if told in (apart, apart + 1) or (years and told == (until - year + 1) * 12):
            yield Outcome(RULE)
            continue
        yield _found(passage, term, dates[0], f"{apart + 1}个月")


def _plans(passage: Passage) -> Iterator[Outcome]:
    text = passage.text
    for pattern in (PLAN, PLAN_BEHIND):
        for plan in pattern.finditer(text):
            years = int(plan["y2"]) - int(plan["y"]) + 1
            if years < 1 or _number(plan["n"]) == years:
                yield Outcome(RULE)
                continue
            dates = text[plan.start("y") : plan.end("y2")] + "年"
            yield _found(passage, plan, dates, f"{years}年")


def _parts(passage: Passage) -> Iterator[Outcome]:
    text = passage.text
    for part in PART.finditer(text):
        first, last = PARTS[part["part"].removeprefix("第")[0]]
        if int(part["m"]) == first and int(part["m2"]) <= last:
            yield Outcome(RULE)  # 上半年（1—5月）: so far
            continue
        yield _found(passage, part, part["part"], f"{first}—{last}月", "part")


def _number(written: str) -> int:
    number = int(written) if written.isascii() else han_number(written)
    assert number is not None  # numerals only
    return int(number)


def _found(
    passage: Passage, match: re.Match[str], dates: str, right: str, at: str = "n"
) -> Outcome:
    printed = match[0].strip("，,（()） ")
    finding = Finding(
        RULE,
        passage.place(match.start(at)),
        {"printed": printed, "dates": dates, "recomputed": right},
        (),
        passage.address or sentence_address(printed, dates),
        printed,
        right,
    )
    return Outcome(RULE, finding=finding)
