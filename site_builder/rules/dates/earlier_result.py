"""上年的成绩写进了本年: what was reached the year before, among the results of this year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.told import is_wished

RULE = Rule(
    "result-of-earlier-year",
    "note",
    Words("上年的成绩写进了本年", "Last year's result among this year's"),
    Words(
        "这是{year}年度的报告，“{printed}”说的是{told}年的情况",
        "in the report of {year} “{printed}” tells of {told}",
    ),
    Words(
        "请换成本年的数，或者写明是上年的情况；原件如此的，在“认可”中说明",
        "give this year's figure, or say that it is last year's; explain it if printed so",
    ),
    Words(
        "本年的绩效要用本年的结果说明；上年的成绩不能再算一次。",
        "A year is judged by its own results; last year's cannot be counted again.",
    ),
    yields_to=("wrong-year",),
)
# 2020年年末由低于5万元升到28.7万元
ROSE = re.compile(
    r"20(?P<year>[0-9]{2})年(?:年?[底末]|12月(?:份|底|末)?)(?P<words>[^，,。；;\n]{0,12}[由从][^，,。；;\n]{2,24}?"
    r"(?:增长|增加|提高|提升|上升|升|增|下降|降低|减少|降|减)[至到为])[^，,。；;\n]{1,12}"
)
NOW = re.compile("今年|本年|目前|现在|现已|如今|至今|以来|比较|相比|同比")
BACKGROUND = re.compile("概况|基本情况|简介|背景|概述|介绍|依据")
# 2021年，新建农村公路5.6公里: at the head of a paragraph that says nothing of this year
RESULT = re.compile(
    r"(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．])?(?:[^，,。；;：:0-9]{2,10}[。：:])?(?P<year>20[0-9]{2})年(?:度|年?[底末]|12月(?:份|底|末)?)?[，,]?"
    r"(?:我[镇乡]|全[镇乡]|镇里|[镇乡]党委、?[镇乡]?政府|全年|累计|共计?|先后|已|圆满|顺利)*"
    r"(?P<what>(?:新建|改建|扩建|硬化|安装|清运|整治|发放|举办|举行|开展|组织|排查|化解|培训|受理|调处|慰问|走访|救助|清理|拆除|栽植|"
    r"查处|接访|改造|建成|完成|修建|疏浚|播种|种植|新增|实现|收缴|征收)(?!的)[^，,。；;\n]{0,16}?[0-9][^，,。；;\n]*"
    r"|[^，,。；;\n0-9]{2,14}[由从][^，,。；;\n]{1,24}?(?:增长|增加|提高|提升|上升|升|增|下降|降低|减少|降|减)[至到为][^，,。；;\n]{1,12}"
    r"|[^，,。；;\n0-9]{2,14}(?:突破|达到?|实现|完成)[^，,。；;\n]{0,4}[0-9][^，,。；;\n]*)"
)
RESULTS = re.compile("成效|完成情况|产出|效益|成果|业绩|实现情况|工作开展情况|工作情况|履职")
# What goes on over the years, what was then begun, what this year is held against.
GOES_ON = re.compile(
    "投资|[一首]期|第一[期批]|开工|启动|立项|动工|批复|下达|签订|换届|获|评为|评选|授予|创建|入选|纳入|基数|基础|计划|任务|目标|"
    "[较比]|上年|去年|同期|结转|普查|摘帽|退出|现有"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Changes told of the end of last year; paragraphs of results that open with last year."""
    yield from outcomes_of([*_rose(subject), *_results(subject)], (RULE,))


def _rose(subject: Subject) -> Iterator[Finding]:
    """2020年年末由5万元升到28万元, among the work of 2021."""
    wording, year = subject.wording, subject.disclosure.key.year
    text = wording.text
    for match in ROSE.finditer(text, 0, wording.notes) if f"{year - 1}年" in text else ():  # quick
        if 2000 + int(match["year"]) != year - 1:
            continue
        passage = wording.source(match.start()).passage
        section = "" if passage is None else passage.section
        low, high = wording.sentence(match.start())
        if NOW.search(text, low, high) or f"{year}年" in text[low:high]:
            continue
        if not section or is_wished(section) or BACKGROUND.search(section.rpartition(" · ")[2]):
            continue
        yield finding_at(
            RULE, wording, *match.span(), {"year": str(year), "told": f"20{match['year']}"}
        )


def _results(subject: Subject) -> Iterator[Finding]:
    """2021年，新建农村公路5.6公里, under 工作成效 in the report of 2022."""
    year = subject.disclosure.key.year
    for passage in subject.told.lines:
        said = passage.text
        match = RESULT.match(said) if "20" in said[:20] else None  # quick
        if match is None or int(match["year"]) not in (year - 1, year - 2):
            continue
        heading = passage.section.rpartition(" · ")[2]
        if not RESULTS.search(heading) or is_wished(passage.section):
            continue
        if f"{year}年" in said or NOW.search(said) or GOES_ON.search(said, match.start("what")):
            continue
        printed = match[0]
        words = {"printed": printed, "year": str(year), "told": match["year"]}
        address = sentence_address(printed, passage.anchor)
        yield Finding(RULE, passage.place(0), words, (), address, printed, length=len(printed))
