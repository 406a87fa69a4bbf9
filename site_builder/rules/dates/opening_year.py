"""总述写的是上一年: a survey of the year's work that opens with the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.told import is_told

RULE = Rule(
    "opening-of-other-year",
    "warning",
    Words("总述写的是上一年", "A survey that opens with the year before"),
    Words(
        "这是{year}年度的报告，这一段开头写的却是“{printed}”",
        "this is the report of {year}, yet the paragraph opens with “{printed}”",
    ),
    Words(
        "请核对年份，多半是沿用了上年的稿子；确实说的是上一年的，在“认可”中说明",
        "check the year, last year's draft was probably used; explain it if that year is meant",
    ),
    Words(
        "一段话的年份写错，后面的数字就都成了另一年的。",
        "Under a wrong year all figures that follow are another year's.",
    ),
    yields_to=("wrong-year", "result-of-earlier-year"),
)
# 2022年，全镇上下在县委、县政府的坚强领导下，坚持稳中求进
OPENING = re.compile(
    r"(?:(?:刚刚)?过去的|回顾|回首|[一二]、|（[一二]）)?(?P<year>20[0-9]{2})年(?:度|以来|来)?(?:[，,]|是)?(?:[我本全][镇乡街](?:道)?(?:上下)?|[镇乡街道]{1,2}党[工委]|[一-鿿]{2,3}[镇乡](?:党委)?|"
    r"在|面对|我们|各项工作|党委)"
)
STOCK = re.compile(
    "领导下|指导下|关心下|支持下|帮助下|坚持以|紧紧围绕|紧扣|认真贯彻|深入贯彻|全面贯彻|各项工作|坚持稳中求进|攻坚克难|真抓实干|"
    "团结带领|砥砺奋进|来之不易|(?:圆满|全面|较好地?|顺利)完成了?(?:全年|年度|各项|年初|既定)"
)
# 2021年重点工作完成情况, as a heading
HEADING = re.compile(
    "(?P<year>20[0-9]{2})年度?[^，,。；;0-9]{0,14}(?:完成|实施|执行|收支|支出|收入|开展|绩效|工作)情况$"
)
BEHIND_IT = re.compile("整改|公开|上年|结转|对比|比较|应用")
SHORT_SENTENCE = 24
AHEAD = re.compile("将|要(?!求)|继续|计划|打算|拟|力争|确保|下一步|目标|进一步")
# Told of another year with good reason.
ASIDE = re.compile(
    "目前|截至|至今|启动|三年|评为|评选|荣获|获评|授予|表彰|摘帽|基础|上年|去年|以来|历史|起步|前年|[比较与]20[0-9]{2}年"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every heading and paragraph that opens with last year, and names no other."""
    yield from outcomes_of([*_headings(subject), *_findings(subject)], (RULE,))


def _headings(subject: Subject) -> Iterator[Finding]:
    """（三）2021年重点工作完成情况, in the report of 2022 in which no heading tells this of 2022."""
    year, narrative = subject.disclosure.key.year, subject.disclosure.narrative
    told = [(s, m) for s in narrative.sections if (m := HEADING.search(s.title)) is not None]
    if any(int(match["year"]) == year for _, match in told):
        return
    for section, match in told:
        if int(match["year"]) == year - 1 and not BEHIND_IT.search(section.title):
            at = Place(narrative.file, section.line, section.level + 2 + match.start())
            words = {"year": str(year), "printed": match[0]}
            address = f"正文.{address_part(section.title)}"
            yield Finding(RULE, at, words, (), address, match[0], f"{year}年", length=len(match[0]))


def _findings(subject: Subject) -> Iterator[Finding]:
    year = subject.disclosure.key.year
    last, next_, own = f"{year - 1}年", f"{year + 1}年", f"{year}年"
    if not any(one in subject.told.text for one in (last, next_)):  # quick
        return
    lines = subject.told.lines
    for number, passage in enumerate(lines):
        match = OPENING.match(passage.text) if "20" in passage.text[:8] else None  # quick
        if match is None or f"{match['year']}年" not in (last, next_) or not is_told(passage):
            continue
        stop = passage.sentence(match.end())[1]
        if stop - match.end() < SHORT_SENTENCE:
            stop = passage.sentence(stop + 1)[1]  # 2021年是爬坡过坎的一年。一年来，…
        if match["year"] == next_[:-1] and AHEAD.search(passage.text, 0, stop):
            continue
        if not STOCK.search(passage.text, 0, stop) or ASIDE.search(passage.text, 0, stop):
            continue
        around = [p.text for p in lines[max(0, number - 1) : number + 2]]
        if any(own in text for text in (passage.text, *around)):
            continue  # 2022年…。2023年…: one after the other
        printed = match[0]
        words = {"year": str(year), "printed": printed}
        address = sentence_address(printed, passage.anchor)
        yield Finding(RULE, passage.place(0), words, (), address, printed, own, length=len(printed))
