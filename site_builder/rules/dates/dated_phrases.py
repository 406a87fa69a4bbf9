"""过时的提法: a congress, a campaign or a five-year plan told as present when its years are over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.told import is_wished
from site_builder.wording import Wording

RULE = Rule(
    "outdated-phrase",
    "note",
    Words("过时的提法", "A phrase of years gone by"),
    Words(
        "这是{year}年度的报告，“{quoted}”{why}",
        "in the report of {year} “{quoted}” is out of date: {why_en}",
    ),
    Words(
        "请核对，多半是从往年的报告抄来没有改；原件如此的，保留原文并在“认可”中说明",
        "check it, most likely copied from an older report; if it is printed so, explain it",
    ),
    Words(
        "过时的提法说明这一段不是为本年度写的，里面的目标和数字也可能是往年的。",
        "Such words were not written for this year, and goals and figures near them may be as old.",
    ),
)
NOTICE = Rule(
    "notice-of-other-year",
    "warning",
    Words("依据的是别的年度的通知", "Based on another year's notice"),
    Words(
        "这是{year}年度的报告，依据的通知却是{printed}年度的",
        "the report of {year} rests on a notice for {printed}",
    ),
    Words(
        "请核对通知的名称，多半是借用往年的报告时没有改；原件如此的，在“认可”中说明",
        "check the notice's name, most likely copied from an older report; explain it if printed so",
    ),
    Words(
        "依据写错，读者无从知道这份报告是按哪一年的办法做的。",
        "With the wrong notice nobody knows by which year's rules it was made.",
    ),
)
TITLE = re.compile(
    r"《[^《》\n]{0,30}?(?<![0-9])(?P<year>20[0-9]{2})年度?[^《》\n]{0,24}?(?:自评|绩效评价)[^《》\n]{0,12}?(?:通知|方案|函|意见)》$"
)
ENDS = re.compile("[知案函见]》")
LOOK = 24  # characters before a congress
# 按照县财政局2021年度绩效自评通知要求
UNQUOTED = re.compile(
    r"财(?=政)(?<=[县市区镇]财)政局(?:的|关于|开展|做好|下发)*(?P<year>20[0-9]{2})年度?[^《》，,。；;\n]{0,16}?(?:自评|绩效评价)(?:工作)?(?:的)?(?:通知|方案)"
)
NOT_BASED = re.compile("反馈|结果|通报|参[照考]|对[照比]|上年|去年|往年|问题|整改")
# A congress and the last year whose report, written in the next, may still take it for the latest.
CONGRESSES = {"十八大": (2016, "十九大"), "十九大": (2021, "二十大")}
CONGRESS = re.compile(
    r"(?<!历)(?:贯彻落实|贯彻|落实|学习|按照|根据|以)(?:学习|贯彻|落实|党的|全面|好)*(十[八九]大)(?:报告)?精神$"
)
# 全面贯彻党的十九大和十九届历次全会精神: the sessions between two congresses.
SESSIONS = re.compile(
    "党的(?P<held>十[八九])大(?:精神)?[和及、与]?(?:以及)?(?:党的)?(?P=held)届[^，。；]{0,20}?全会(?:精神)?"
)
# Five-year plans: the first year is the opening one, the last the closing one.
PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
YEAR_OF = re.compile("之年")
PLAN_YEAR = re.compile(r"(十[二三四五]五)[”’]?(?:规划)?(?:的)?(开局|收官)之年$")
# 打赢脱贫攻坚战的收官之年 is 2020.
LAST_YEAR = re.compile(
    "(?:脱贫攻坚战?|全面建成小康社会|三大攻坚战)(?:和[^，,。；]{0,12})?的?(?:收官|决战|决胜|决战决胜)之年$"
)
# What was to be reached by a year, told among goals: the last fiscal year that could still aim at it.
CAMPAIGN = re.compile(
    r"(?:全面|全力|坚决|如期|确保|打好|打赢|完成|决战|决胜){1,3}[^，。；、]{0,4}?(?P<what>脱贫攻坚|全面建成小康社会|"
    r"建成小康社会|三大攻坚战)(?:任务|战)?(?P<after>[^，。；]{0,6})"
)
CAMPAIGNS_END = 2020
OVER = re.compile("以来|后|胜利|成果|历史|经验|基础上|期间")
AHEAD = re.compile(r"(?:迎接|喜迎|迎)党的(?P<which>十九大|二十大)(?:的)?(?:胜利)?(?:召开)?")
PAST = "以来"
HELD = {"十九大": 2017, "二十大": 2022}
# Insurance of farmers alone: merged with that of townspeople by the end of 2019.
FARMERS = re.compile("新农合|新型农村合作医疗")
MERGED = 2019
# Replaced by one system for all (政府会计制度) from 2019 on.
ACCOUNTS = re.compile("位会计制度(?<=行政单位会计制度|事业单位会计制度)(?<!行政事业单位会计制度)")
ACCOUNTS_END = 2018
NO_MORE = re.compile("原|曾|以前|过去|历史|往年|历年|取消|停止|不再|清退|退[还回]|合并")
# What came to an end: a sign of it, its names, the last year of which it may be told as present, why.
_CHILDREN = 2021, "2021年起实施三孩政策", "three children since 2021"
ENDED = (
    (
        "抚养费",
        "社会抚养费",
        2021,
        "2021年修改的人口与计划生育法已取消",
        "it was abolished in 2021",
    ),
    ("二孩", "(?:全面|单独)二孩", *_CHILDREN),
    ("两孩", "(?:全面|单独)两孩", *_CHILDREN),
    ("税局", "[国地]税局", 2018, "2018年已合并为税务局", "both were merged in 2018"),
)
# Held in all villages from 2020 to 2021, and again five years later: no goal of the years between.
ELECTED = re.compile("村[^，,。；;、]{0,6}?[“‘]?[两二]委[”’]?换届(?!后|以来|之后|成果|[“”])")
AHEAD_OF = re.compile("目标|任务|打算|计划|措施")
BETWEEN_ELECTIONS = (2022, 2023)
FORMER = re.compile("原|曾|以前|过去|历史|整合|合并|并入|[0-9]{4}年")
RARE = re.compile(r"十[八九]大|二十大|之年|攻坚|小康|新农合|新型农村合作|位会计制度")
# What each CONGRESS ends on, and each CAMPAIGN holds; a quick no.
SPIRIT = re.compile("十[八九]大(?:报告)?精神")
FOUGHT = re.compile("脱贫攻坚|建成小康社会|三大攻坚战")


def check(subject: Subject) -> Iterator[Outcome]:
    """The whole text for congresses and plans, the sections of goals for campaigns."""
    wording, year = subject.wording, subject.disclosure.key.year
    yield from _notices(wording, year)
    ended = [*_ended(wording, year), *_elections(wording, year)]
    if RARE.search(wording.text, 0, wording.notes) is None:  # quick
        yield from outcomes_of(ended, (RULE,))
        return
    found = [
        *ended,
        *_congresses(wording, year),
        *_plans(wording, year),
        *_campaigns(subject, year),
        *_farmers(wording, year),
        *_accounts(wording, year),
    ]
    yield from outcomes_of(found, (RULE,))


def _notices(wording: Wording, year: int) -> Iterator[Outcome]:
    """《…2020年度…自评工作的通知》; one of the year after may be meant, for it is issued then."""
    text, end = wording.text, wording.notes
    quoted = (
        TITLE.search(text, max(0, m.start() - 84), m.end()) for m in ENDS.finditer(text, 0, end)
    )
    notices = (*filter(None, quoted), *UNQUOTED.finditer(text, 0, end))
    found = []
    for match in {match.start("year"): match for match in notices}.values():
        if int(match["year"]) in (year, year + 1):
            continue
        if not NOT_BASED.search(text, *wording.sentence(match.start())):
            span = match.start("year"), match.end("year")
            found.append(finding_at(NOTICE, wording, *span, {"year": str(year)}))
    yield from outcomes_of(found, (NOTICE,))


def _congresses(wording: Wording, year: int) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for spirit in SPIRIT.finditer(text, 0, end):
        match = CONGRESS.search(text, max(0, spirit.start() - LOOK), spirit.end())
        if match is None:
            continue
        last, newer = CONGRESSES[match[1]]
        low, high = wording.sentence(match.start())
        if year > last and newer not in text[low:high]:
            why = f"是党的{newer}召开前的提法", f"the {newer} has been held since"
            yield _found(wording, match, year, *why)
    for match in SESSIONS.finditer(text, 0, end) if "全会" in text else ():  # quick
        last, newer = CONGRESSES[match["held"] + "大"]
        low, high = wording.sentence(match.start(), "。！？\n")
        # Of the year in which the next was held it was true until then; of the year after, never.
        after = year > last + 1 or (year > last and f"{year + 1}年" in text[low : match.start()])
        if after and newer not in text[low:high] and PAST not in text[low : match.start()]:
            why = f"是党的{newer}召开前的提法", f"the {newer} has been held since"
            yield _found(wording, match, year, *why)
    for match in AHEAD.finditer(text, 0, end) if "迎" in text else ():  # quick
        held = HELD[match["which"]]
        if year > held:
            yield _found(wording, match, year, f"说的会{held}年已经召开", f"it was held in {held}")


def _plans(wording: Wording, year: int) -> Iterator[Finding]:
    """“十四五”开局之年 is 2021 and no other year."""
    text = wording.text
    for mark in YEAR_OF.finditer(text, 0, wording.notes):
        match = PLAN_YEAR.search(text, max(0, mark.start() - 12), mark.end())
        if match is not None:
            meant = PLANS[match[1]] + (4 if match[2] == "收官" else 0)
            if meant - year in (0, 1):
                continue
        else:
            match, meant = (
                LAST_YEAR.search(text, max(0, mark.start() - 30), mark.end()),
                CAMPAIGNS_END,
            )
        if match is None:
            continue
        low, high = wording.sentence(match.start())
        if str(meant) not in text[low:high]:
            yield _found(wording, match, year, f"是{meant}年", f"that is {meant}")


def _elections(wording: Wording, year: int) -> Iterator[Finding]:
    """做好村（社区）“两委”换届 among the goals of 2022."""
    text = wording.text
    if year not in BETWEEN_ELECTIONS:
        return
    for match in ELECTED.finditer(text, 0, wording.notes) if "换届" in text else ():  # quick
        source = wording.source(match.start())
        section = source.passage.section if source.passage is not None else ""
        low, high = wording.sentence(match.start())
        if not is_wished(section) or AHEAD_OF.search(section) is None:
            continue
        if "补选" not in text[low:high] and not FORMER.search(text, low, high):
            why = "说的换届2020年至2021年已经进行", "villages elected in 2020 and 2021"
            yield _found(wording, match, year, *why)


def _ended(wording: Wording, year: int) -> Iterator[Finding]:
    """征收社会抚养费 in a report of 2022 or later."""
    text = wording.text
    for sign, names, last, why, why_en in ENDED:
        if sign not in text:  # quick
            continue
        if year <= last:
            continue
        for match in re.finditer(names, text[: wording.notes]):
            if not NO_MORE.search(text, *wording.sentence(match.start())):
                yield _found(wording, match, year, why, why_en)


def _campaigns(subject: Subject, year: int) -> Iterator[Finding]:
    wording = subject.wording
    if year <= CAMPAIGNS_END:
        return
    if FOUGHT.search(wording.text, 0, wording.notes) is None:  # quick
        return
    for match in CAMPAIGN.finditer(wording.text, 0, wording.notes):
        source = wording.source(match.start())
        section = source.passage.section if source.passage is not None else ""
        if not is_wished(section) or OVER.search(match["after"]):
            continue
        why = f"说的事{CAMPAIGNS_END}年底已经结束", f"it ended with {CAMPAIGNS_END}"
        yield _found(wording, match, year, *why, match.end() - len(match["after"]))


def _farmers(wording: Wording, year: int) -> Iterator[Finding]:
    """新农合 in a report of 2020 or later, unless it is told of the past."""
    text = wording.text
    for match in FARMERS.finditer(text, 0, wording.notes) if year > MERGED else ():
        low, _ = wording.sentence(match.start())
        if not FORMER.search(text, max(low, match.start() - 12), match.end() + 12):
            why = "已并入城乡居民基本医疗保险", "it is part of the insurance of all residents now"
            yield _found(wording, match, year, *why)


def _accounts(wording: Wording, year: int) -> Iterator[Finding]:
    """执行行政单位会计制度, in a report of 2019 or later."""
    text = wording.text
    for match in ACCOUNTS.finditer(text, 0, wording.notes) if year > ACCOUNTS_END else ():
        start = match.start() - 3
        low, _ = wording.sentence(start)
        if not FORMER.search(text, max(low, start - 12), match.end() + 12):
            why = "2019年起已由《政府会计制度》代替", "one system replaced it in 2019"
            yield _found(wording, match, year, *why, start=start)


def _found(
    wording: Wording,
    match: re.Match[str],
    year: int,
    why: str,
    why_en: str,
    end: int = 0,
    start: int = -1,
) -> Finding:
    first, stop = match.start() if start < 0 else start, end or match.end()
    quoted = wording.text[first:stop]
    if quoted.count("”") > quoted.count("“"):  # 十四五”开局之年
        quoted = f"“{quoted}"
    words = {"year": str(year), "why": why, "why_en": why_en, "quoted": quoted}
    return finding_at(RULE, wording, first, stop, words)
