"""不是这一年的事: anniversaries, congresses, censuses and campaigns of years that are known, told of another."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.told import is_wished
from site_builder.wording import Wording

RULE = Rule(
    "occasion-of-other-year",
    "note",
    Words("说的事不是这一年的", "An occasion of another year"),
    Words(
        "这是{year}年度的报告，“{printed}”{why}",
        "in the report of {year}, “{printed}”: {why_en}",
    ),
    Words(
        "请核对，多半是从往年的报告抄来没有改；说的是往年的，写明年份",
        "check it, most likely copied from an older report; if another year is meant, say so",
    ),
    Words(
        "纪念活动、普查和集中教育各有各的年份；放错年份，说明这一段不是为本年度写的。",
        "Anniversaries, censuses and campaigns have their years; in another the passage was not written for this one.",
    ),
    yields_to=("outdated-phrase",),
)


class Known(NamedTuple):
    """What is counted from the year `first`, as the pattern `words` names it; `source` says why."""

    words: str
    first: int
    source: str


class Done(NamedTuple):
    """What reports of the years `first` to `last` may tell as done; `sign` is in all its names."""

    sign: str
    words: str
    first: int
    last: int
    source: str


# What is counted in 周年: from which year, as everybody knows.
FOUNDED = (
    Known("建党|中国共产党(?:成立|建党|诞生)", 1921, "中国共产党1921年成立"),
    Known("建国|新中国成立|中华人民共和国(?:成立)?", 1949, "中华人民共和国1949年成立"),
    Known("建军|中国人民解放军(?:建军|成立)", 1927, "中国人民解放军1927年建军"),
    Known("建团|共青团(?:成立)?|中国共产主义青年团成立", 1922, "中国共青团1922年成立"),
    Known("改革开放", 1978, "改革开放自1978年起"),
    Known("五四运动", 1919, "五四运动在1919年"),
    Known("(?:抗战|抗日战争)(?:暨世界反法西斯战争)?胜利", 1945, "抗日战争1945年胜利"),
    Known("(?:红军)?长征胜利", 1936, "红军长征1936年胜利"),
    Known("抗美援朝(?:出国作战)?", 1950, "抗美援朝1950年出国作战"),
    Known("香港回归(?:祖国)?", 1997, "香港1997年回归"),
    Known("澳门回归(?:祖国)?", 1999, "澳门1999年回归"),
)
# What is done in its years, and told as done: the first and the last year whose report may tell it.
DONE = (
    Done(
        "第七次",
        "第七次(?:全国)?人口普查",
        2019,
        2021,
        "标准时点是2020年11月1日（国发〔2019〕24号）",
    ),
    Done(
        "第六次",
        "第六次(?:全国)?人口普查",
        2009,
        2011,
        "标准时点是2010年11月1日（国发〔2009〕23号）",
    ),
    Done(
        "第五次",
        "第五次(?:全国)?经济普查",
        2022,
        2025,
        "标准时点是2023年12月31日（国发〔2022〕22号）",
    ),
    Done(
        "第四次",
        "第四次(?:全国)?经济普查",
        2017,
        2020,
        "标准时点是2018年12月31日（国发〔2017〕53号）",
    ),
    Done(
        "第三次",
        "第三次(?:全国)?农业普查",
        2015,
        2018,
        "标准时点是2016年12月31日（国发〔2015〕34号）",
    ),
    Done("不忘初心", "“?不忘初心、牢记使命”?主题教育", 2019, 2020, "2019年开展，2020年1月总结"),
    Done(
        "思想主题教育",
        "(?:学习贯彻)?(?:习近平)?新时代中国特色社会主义思想主题教育",
        2023,
        2024,
        "2023年4月至2024年1月开展",
    ),
    Done("群众路线", "(?:党的)?群众路线教育实践活动", 2013, 2014, "2013年至2014年开展"),
    Done("党史学习", "党史学习教育", 2021, 2022, "2021年开展"),
    Done("党纪学习", "党纪学习教育", 2024, 2025, "2024年开展"),
)
# What is told of them later on.
AFTERWARDS = (
    "成果",
    "常态",
    "长效",
    "制度",
    "数据",
    "公报",
    "问题",
    "资料",
    "档案",
    "后续",
    "补助",
    "尾款",
    "欠",
)
# When congresses and sessions were held: year and month.
HELD = {
    "十八大": (2012, 11),
    "十九大": (2017, 10),
    "二十大": (2022, 10),
    "十八届三中": (2013, 11),
    "十八届四中": (2014, 10),
    "十八届五中": (2015, 10),
    "十八届六中": (2016, 10),
    "十九届四中": (2019, 10),
    "十九届五中": (2020, 10),
    "十九届六中": (2021, 11),
    "二十届二中": (2023, 2),
    "二十届三中": (2024, 7),
    "二十届四中": (2025, 10),
}
# The first year of each five-year plan.
PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_N = "(?P<n>[0-9]{1,3}|[一二]百|[一二三四五六七八九]?十[一二三四五六七八九]?)"
_ANY = "|".join(f"(?P<x{number}>{one.words})" for number, one in enumerate(FOUNDED))
YEARS = re.compile("周年")
ANNIVERSARY = re.compile(f"(?:{_ANY}){_N}周年")
KEPT = re.compile("[庆迎是]|纪念|献礼|隆重|之际|活动|来临|到来|安保|维稳|表彰|晚会|演出|竞赛|征文")
# 2022年是建党100周年: the year that is said to be it
SAID_OF = re.compile("(?P<year>20[0-9]{2})年度?[，,]?(?:是|正值|适逢|恰逢|迎来)[^，,。；;]{0,12}$")
NAMED = tuple(
    (one, re.compile(f"(?:{one.words})(?!.{{0,6}}(?:{'|'.join(AFTERWARDS)}))")) for one in DONE
)
CARRIED_OUT = re.compile(
    "(?:开展|推进|抓好|做好|组织|完成|启动|配合|落实|实施)[好了]?[^，,。；;、0-9的]{0,6}$"
)
KINDS = ("普查", "题教育", "学习教育", "教育实践")  # each of DONE holds one
MEETING = re.compile("十[八九](?:大|届[二三四五六]中)|二十(?:大|届[二三四]中)")
MEETING_OVER = re.compile("(?:全会)?(?:(?:报告)?精神|(?:胜利)?召开(?:后|以来)|以来)")
YEAR_OF = re.compile(
    "(?:精神)?[的胜利]*(?P<of>召开之年|召开的(?:重要|关键)?(?:一年|年份)|开局之年)"
)
RANGE = re.compile(
    r"(?P<plan>十[二三四五]五)[”’]?(?:规划|时期|期间|计划)*[（(](?P<one>20[0-9]{2})年?[-—–~至到]{1,2}(?P<two>20[0-9]{2})年?[）)]"
)
ORDINAL = re.compile(
    r"(?P<plan>十[二三四五]五)[”’]?(?:规划|时期|计划)?(?:实施)?(?:的)?第(?P<n>[一二三四五])年"
)
PAST = re.compile("以来|曾|回顾|原|往年|上年|去年|历年")


def check(subject: Subject) -> Iterator[Outcome]:
    """The whole text, by each kind of occasion."""
    wording, year = subject.wording, subject.disclosure.key.year
    text = wording.text
    found: list[Finding] = []
    date = subject.disclosure.report.heading.date or datetime.date(year + 1, 12, 31)
    if "周年" in text:  # quick
        found += _anniversaries(wording, year)
    if any(kind in text for kind in KINDS):  # quick
        for one, pattern in NAMED:
            if one.sign in text:  # quick
                found += _done(wording, year, one, pattern)
    found += _congresses(wording, year, (date.year, date.month))
    found += _plans(wording, year)
    yield from outcomes_of(found, (RULE,))


def _found(
    wording: Wording, match: re.Match[str], year: int, why: str, why_en: str, end: int = 0
) -> Finding:
    words = {"year": str(year), "why": why, "why_en": why_en}
    start = match.start()
    start -= wording.text[start - 1 : start] == "“" and "”" in match[0]  # “十四五”时期
    return finding_at(RULE, wording, start, end or match.end(), words)


def _is_of(wording: Wording, match: re.Match[str], meant: int, year: int) -> bool:
    """Is something of the year `meant` rightly told: of this report's year or the next, or of its own?"""
    low, high = wording.sentence(match.start())
    said = SAID_OF.search(wording.text, low, match.start())
    if said is not None:
        return int(said["year"]) == meant
    return meant in (year, year + 1) or str(meant) in wording.text[low:high]


def _anniversaries(wording: Wording, year: int) -> Iterator[Finding]:
    """庆祝建党100周年 is 2021."""
    text = wording.text
    for mark in YEARS.finditer(text, 0, wording.notes):
        match = ANNIVERSARY.search(text, max(0, mark.start() - 24), mark.end())
        if match is None:
            continue
        one = next(one for number, one in enumerate(FOUNDED) if match[f"x{number}"])
        written = match["n"]
        count = int(written) if written.isascii() else han_number(written)
        assert count is not None  # numerals only
        meant = one.first + int(count)
        low, high = wording.sentence(match.start())
        clause = text[max(low, match.start() - 16) : min(high, match.end() + 10)]
        if _is_of(wording, match, meant, year):
            continue
        if KEPT.search(clause) and not text.startswith("以来", match.end()):
            yield _found(wording, match, year, f"是{meant}年（{one.source}）", f"that was {meant}")


def _done(wording: Wording, year: int, one: Done, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """完成第七次全国人口普查 in a report of 2023."""
    text = wording.text
    for match in pattern.finditer(text, 0, wording.notes):
        low, high = wording.sentence(match.start())
        said = text[low:high]
        if not CARRIED_OUT.search(text, max(low, match.start() - 16), match.start()):
            continue
        if one.first <= year <= one.last or PAST.search(said):
            continue
        passage = wording.source(match.start()).passage
        section = "" if passage is None else passage.section
        if is_wished(section) and one.first <= year + 1 <= one.last:
            continue  # 下一步打算: what the next year brings
        if any(str(told) in said for told in range(one.first, one.last + 1)):
            continue
        why = f"不是这一年的事：{one.source}"
        yield _found(wording, match, year, why, f"of {one.first} to {one.last}")


def _congresses(wording: Wording, year: int, date: tuple[int, int]) -> Iterator[Finding]:
    """二十大精神 in a report of June 2022; 2023年是党的二十大召开之年."""
    text = wording.text
    for match in MEETING.finditer(text, 0, wording.notes):
        held = HELD.get(match[0])
        if held is None:
            continue
        year_of = YEAR_OF.match(text, match.end())
        if year_of is not None:
            meant = held[0] + year_of["of"].startswith("开")
            if not _is_of(wording, match, meant, year):
                yield _found(
                    wording, match, year, f"是{meant}年", f"that is {meant}", year_of.end()
                )
        elif held > date and MEETING_OVER.match(text, match.end()):
            why = f"，{held[0]}年{held[1]}月才召开"
            yield _found(wording, match, year, why, f"held in {held[0]}, month {held[1]}")


def _plans(wording: Wording, year: int) -> Iterator[Finding]:
    """“十四五”时期（2020—2024年）; 2022年是“十四五”第三年."""
    text = wording.text
    for match in RANGE.finditer(text, 0, wording.notes):
        first = PLANS[match["plan"]]
        if (int(match["one"]), int(match["two"])) != (first, first + 4):
            span = f"{first}—{first + 4}年"
            yield _found(wording, match, year, f"应为{span}", f"it is {first} to {first + 4}")
    for match in ORDINAL.finditer(text, 0, wording.notes):
        meant = PLANS[match["plan"]] + "一二三四五".index(match["n"])
        if not _is_of(wording, match, meant, year):
            yield _found(wording, match, year, f"是{meant}年", f"that is {meant}")
