"""日期与报告不符: told as of a day after the report, planned for one before it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.told import is_wished
from site_builder.wording import Wording

AHEAD = Rule(
    "date-ahead",
    "warning",
    Words("截至日期晚于报告日期", "Told as of a day after the report's date"),
    Words(
        "这是{date}的报告，写的却是“{printed}”的情况",
        "the report is of {date}; this is told as of “{printed}”",
    ),
    Words(
        "请核对年份和月份；原件如此的，保留原文并在“认可”中说明",
        "check year and month; if it is printed so, explain it",
    ),
    Words(
        "报告写好的时候还没有到那一天，多半是年份写错了。",
        "That day had not come when the report was written: most likely a wrong year.",
    ),
    yields_to=("impossible-date",),
)
PAST = Rule(
    "plan-in-the-past",
    "note",
    Words("打算做的日期已经过去", "A plan for a day gone by"),
    Words(
        "这是{date}的报告，写的打算却是“{printed}”",
        "the report is of {date}; here it plans for “{printed}”",
    ),
    Words(
        "请核对年份；原件如此的，保留原文并在“认可”中说明",
        "check the year; if it is printed so, explain it",
    ),
    Words(
        "打算公开、上报的日期早于报告日期，多半是往年的话没有改。",
        "A plan for a day before the report is most likely last year's.",
    ),
)
# 拟于2022年6月公开; 剩余资金12万元预计2022年12月支付, in a report of 2023: the year and what stands before it
PLANNED = re.compile(
    r"20(?<=[拟将计于在]20)[0-9]{2}年(?<=(?P<year>20[0-9]{2})年)(?:(?P<month>[0-9]{1,2})月(?:份|底|末|初|[上中下]旬|[0-9]{1,2}日)?|底|末)?(?:之?以?前)?"
    r"[^，,。；;]{0,10}?(?:(?P<published>公开|公布|公示|上报|报送)|支付|付清|完工|竣工|完成|投入使用|交付|通车|通水|建成|验收|到位)(?!了)"
)
BEFORE_PLANNED = re.compile("(?:(?:拟|将|预计)[于在]|拟|预计)$")
# 至2023年7月，已建成
BY_THEN = re.compile(
    r"至(?<![^，,。；;\n]至)(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?:底|末|份|[0-9]{1,2}日)?止?(?=[，,][^。；;]{0,16}?(?:已|累计|共[有计]?))"
)
AS_OF = re.compile(
    r"截[至止](?:到|至)?(?P<year>20[0-9]{2})年(?:(?P<month>[0-9]{1,2})月(?:份)?(?P<day>[0-9]{1,2})?|(?P<end>年?底|末))"
)
# 2023年11月，组织开展安全检查: told as done, at the head of a sentence.
EVENT = re.compile(
    r"(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|份|底|末|初|中旬|上旬|下旬)?[，,]?"
    r"(?=(?:我[镇乡]|全[镇乡]|镇里|[镇乡]党委|[镇乡]政府|党委|政府|组织|先后|共|已|已经|正式|顺利|成功){0,3}"
    r"(?:组织开展|组织召开|召开|开展了|举办|举行|启动|完成了|印发|出台|成立|通过了|获评|获得|被评|荣获|验收|竣工|完工|建成|交付|投入使用|开工))"
)
# 已于2023年6月公开; 于2023年6月10日至12日开展现场核查
LATER = re.compile(
    r"年(?<=(?P<year>20[0-9]{2})年)(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|份|底|末|初|[上中下]旬)?(?:[至到—–-]{1,2}(?:[0-9]{1,2}月)?[0-9]{1,2}日)?"
    r"(?=[^，,。；;0-9的拟将]{0,12}?(?:公开|公示|公布|通过验收|完成验收|竣工|建成|投入使用|通车|通水|修复|整改到位|现场核查|现场评价|实地核查|实地走访|印发)(?![的后前]))"
)
DONE = re.compile("(?:已经?|[^拟将定应须需划]于|已在)$")
OPENS = frozenset(("", *"。；;！\n，,："))
MEASURES = re.compile("措施|计划|打算|建议|下一?步|整改")
NOT_YET = re.compile(
    "拟|将|计划|预计|力争|确保|争取|打算|目标|要求|下一步|下步|规划|安排|有望|之前|日前|月前|底前"
)
# 力争2022年底前建成, among the plans of a report of 2023
MEANT = re.compile(
    r"(?:力争|确保|计划|争取|预计|拟|将)(?:于|在|到)?(?P<year>20[0-9]{2})年(?:(?P<month>[0-9]{1,2})月(?:份)?(?:[0-9]{1,2}日|底|末)?|年?底|年?末|年内)(?:之?以?前|前)"
)
# 2022年5月底前完成, under a heading of what is going to be done
BARE = re.compile(
    r"20(?<![0-9到争保划取计拟将]20)(?P<year>[0-9]{2})年(?:(?P<month>[0-9]{1,2})月(?:份)?(?:[0-9]{1,2}日|底|末)?|年?底|年?末|年内)(?:之?以?前|前)"
    r"(?=[，,]?[^，,。；;已0-9]{0,10}?(?:完成|建成|办结|竣工|完工|投用|投入使用|到位|落实|实现|形成|出台|建立|制定|启动|开工|销号|补齐|整改|修订)(?![了的]))"
)
PLANS = re.compile("下一?步|打算|改进|今后|明年|来年|下一?年|措施|努力方向")
# 在2021年下半年开展中期评估, 2022年秋季修复, 计划2022年10月开工: a part of a year without 前
_TO_DO = (
    r"(?:之?以?前|内|里|期间)?(?=[^，,。；;已的0-9]{0,14}?(?:开展|完成|实施|建成|建立|建设|启动|开工|组织|召开|制定|修订|出台|落实|实现|整改|修复|清理|处置|"
    r"办结|结算|验收|投用|投入使用|形成|化解|补齐|配齐|培训|安排|举办|补植|改造|清淤)(?![了的过后]))"
)
SPAN = re.compile(
    r"20(?<![0-9]20)(?P<year>[0-9]{2})年度?(?P<part>[上下]半年|第?[一二三四]季度|[春夏秋冬][季天]?|汛期|年?内)"
    + _TO_DO
)
MONTH = re.compile(
    r"20(?<=[拟将划取争保计在于到]20)(?P<year>[0-9]{2})年(?P<month>1[0-2]|[1-9])月(?:[份底末初]|[上中下]旬)?"
    + _TO_DO
)
PARTS = {
    "上": 6,
    "下": 12,
    "一": 3,
    "二": 6,
    "三": 9,
    "四": 12,
    "春": 5,
    "夏": 8,
    "秋": 11,
    "冬": 14,
    "汛": 9,
}
MAY_SPAN = re.compile("年(?=度?(?:[上下]半|第?[一二三四]季|[春夏秋冬汛]|年?内))")
BEFORE_SPAN = re.compile(
    "(?:^|[。；;，,：:、（ \u3000]|[在于到从自]|[^不]是|要|并|拟|将|划|争|取|保|预计)$"
)
BEFORE_MONTH = re.compile("(?:[拟将]|计划|力争|争取|确保|预计)[在于到]?$")
WILL = re.compile("下一?步|[拟将要]|计划|力争|争取|确保|打算")
FOUND = re.compile("发现|暴露|存在|出现|以来|反映|反馈|仅|问题|基础上")
# 下一步，2022年我乡将…, in the report of 2023
AHEAD_OF = re.compile(
    "(?P<year>20[0-9]{2})年度?[，,]?(?P<who>(?:我|本|全)?(?:[镇乡]|街道|单位|部门)(?:党委|政府|[将要])*|[镇乡]党委[、和]?(?:镇|乡)?政府)?"
    "(?:[^，,。；;0-9]{2,12}(?:达到?|提高到|降到)[0-9]|(?:我们)?(?:拟|继续|着力|进一步)*(?:将|要|计划|打算|重点(?:做好|抓好|开展|推进)|(?<=继续)(?:争取|推进|做好|抓好|加大|加强|实施)))"
)
NEXT_STEP = re.compile("下一?步(?:[^。；;0-9]{0,12}|[^。；;0-9]{0,60}(?:力争|确保|争取))$")
TOLD_OF_PAST = re.compile("已|曾|原|本应|未能|去年|上年|按照|要求")
CAME = re.compile("实际|推迟|提前|延[后期迟]|目标")
NEXT_STEPS = re.compile("下一?步|打算|改进|今后|明年|来年|下一?年")
DECEMBER = 12
# 2024年3月12日成立小组；…5月20日，报告定稿报送, in a report of 20 March: the year stands once
STEP = re.compile("月(?<=[0-9]月)(?P<day>3[01]|[12][0-9]|[1-9])日")
STEP_MONTH = re.compile("(?:(?P<year>20[0-9]{2})年)?(?<![0-9])(?P<month>1[0-2]|[1-9])$")
STEPS = re.compile("(?:自评|评价)[^·]{0,8}(?:工作|组织|过程|程序|步骤|实施|开展|情况|方法)")
OF_EVALUATION = re.compile("自评|评价|本报告|评分|报告(?:初稿|定稿|经|形成|草案|送审)")
STEP_DONE = re.compile(
    "审议|审定|研究|通过|形成|定稿|报送|上报|汇总|撰写|起草|核[查实]|复核|走访|查看|评分|自查|整理|填写|收集|听取|征求|召开|印发|成立|完成"
)
OTHER_MATTER = re.compile("上年|去年|整改|公开|公示|反馈|监控|开工|竣工|验收|通车")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every date that is told as of, as done or as planned, against the date of the report."""
    date = subject.disclosure.report.heading.date
    ahead = [*_ahead(subject)]
    past: dict[int, Finding] = {}  # by where the year stands: one date is found once
    if date is not None:
        ahead += _events(subject, date)
        ahead = ahead or [*_step(subject, date)]
        for find in (_past, _meant, _bare, _spans):
            for at, finding in find(subject, date):
                past.setdefault(at, finding)
    else:  # at least of the year after
        year = subject.disclosure.report.heading.year
        for at, finding in _bare(subject, datetime.date(year + 1, 1, 1)):
            words = {**finding.words, "date": f"{year}年度"}
            past.setdefault(at, replace(finding, words=words))
    for at, finding in _next(subject):
        past.setdefault(at, finding)
    yield from outcomes_of(ahead, (AHEAD,))
    yield from outcomes_of(past.values(), (PAST,))


def _ahead(subject: Subject) -> Iterator[Finding]:
    """截至2022年12月底 in a report of April 2022; without a date, in one of the year before last."""
    heading, wording = subject.disclosure.report.heading, subject.wording
    if heading.date is None:
        last, shown = (heading.year + 1, DECEMBER), f"{heading.year}年度"
    else:
        last, shown = (heading.date.year, heading.date.month), heading.date.isoformat()
    for match in AS_OF.finditer(wording.text, 0, wording.notes):
        if _month(match) > last:
            yield finding_at(AHEAD, wording, *match.span(), {"date": shown})
    for match in BY_THEN.finditer(wording.text, 0, wording.notes):
        low, high = wording.sentence(match.start())
        if _month(match) <= last or NOT_YET.search(wording.text, low, high):
            continue
        if not is_wished(_section(wording, match.start())):
            yield finding_at(AHEAD, wording, *match.span(), {"date": shown})


def _month(match: re.Match[str]) -> tuple[int, int]:
    """Year and month that are told; the year's last where none is."""
    return int(match["year"]), int(match["month"] or DECEMBER)


def _section(wording: Wording, index: int) -> str:
    """The headings above a place in the narrative, none above a cell."""
    passage = wording.source(index).passage
    return "" if passage is None else passage.section


def _events(subject: Subject, date: datetime.date) -> Iterator[Finding]:
    """2023年11月，组织开展…, in a report of April 2023."""
    wording = subject.wording
    text = wording.text
    if not any(f"{date.year + n}年" in text for n in (0, 1, 2)):  # quick
        return
    for match in EVENT.finditer(text, 0, wording.notes):
        if _day(match, date) <= date or text[match.start() - 1 : match.start()] not in OPENS:
            continue
        low, high = wording.sentence(match.start())
        if NOT_YET.search(text, low, high) or is_wished(_section(wording, match.start())):
            continue
        if MEASURES.search(wording.source(match.start()).address):
            continue  # 偏差原因及改进措施: …选址调整，2024年5月开工
        end = match.start() + len(match[0].rstrip("，,"))
        yield finding_at(AHEAD, wording, match.start(), end, {"date": date.isoformat()})
    for match in LATER.finditer(text, 0, wording.notes):
        start = match.start("year")
        if _day(match, date) <= date or wording.source(start).passage is None:
            continue
        low, high = wording.sentence(start)
        if not DONE.search(text, max(low, start - 3), start) or NOT_YET.search(text, low, high):
            continue
        if not is_wished(_section(wording, start)):
            yield finding_at(AHEAD, wording, start, match.end(), {"date": date.isoformat()})


def _step(subject: Subject, date: datetime.date) -> Iterator[Finding]:
    """The first step of the evaluation that is told as done on a day after the report's date."""
    written = subject.disclosure.report.heading.date_written
    assert written is not None  # it is where the date is from
    told = ("", 0)  # under which heading a whole date stands beside an evaluation, and its year
    for passage in subject.told.lines:
        section, text = passage.section, passage.text
        of_it = STEPS.search(section) if "评" in section else None  # quick
        if not (of_it or "评" in text or "报告" in text):
            continue
        for match in STEP.finditer(text):
            begins = STEP_MONTH.search(text, max(0, match.start() - 7), match.start())
            if begins is None:
                continue
            month, day = int(begins["month"]), int(match["day"])
            told = (section, int(begins["year"])) if begins["year"] else told
            if told != (section, date.year) or (month, day) <= (date.month, date.day):
                continue
            low, high = passage.sentence(match.start())
            said = text[low:high]
            if not of_it and not OF_EVALUATION.search(said):
                continue
            if (
                STEP_DONE.search(said)
                and not NOT_YET.search(said)
                and not OTHER_MATTER.search(said)
            ):
                printed = text[begins.start() : match.end()]
                words = {"date": date.isoformat(), "printed": printed}
                address = sentence_address(printed, passage.anchor)
                at = passage.place(begins.start())
                yield Finding(
                    AHEAD, at, words, (written.at,), address, printed, length=len(printed)
                )
                return


def _day(match: re.Match[str], date: datetime.date) -> datetime.date:
    """The day that is told, the first of its month where none is; `date` for one that there is not."""
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return date


def _past(subject: Subject, date: datetime.date) -> Iterator[tuple[int, Finding]]:
    """拟于2021年6月公开, in a report of 2022."""
    wording = subject.wording
    text = wording.text
    for match in PLANNED.finditer(text, 0, wording.notes):
        start = match.start()
        before = BEFORE_PLANNED.search(text, max(0, start - 3), start)
        if before is None or _month(match) >= (date.year, date.month):
            continue
        low, high = wording.sentence(start)
        if not match["published"]:
            passage = wording.source(start).passage
            if match["month"] is None or passage is None or is_wished(passage.section):
                continue
            if TOLD_OF_PAST.search(text, low, high) or CAME.search(text, low, high):
                continue  # 原预计2022年10月完工，实际…
        span = before.start(), match.end()
        yield start, finding_at(PAST, wording, *span, {"date": date.isoformat()})


def _meant(subject: Subject, date: datetime.date) -> Iterator[tuple[int, Finding]]:
    """力争2022年底前建成, among the next steps of a report of 2023."""
    wording = subject.wording
    if "前" in wording.text:  # quick
        for match in MEANT.finditer(wording.text, 0, wording.notes):
            section = _section(wording, match.start()).rpartition(" · ")[2]
            if NEXT_STEPS.search(section) and _month(match) < (date.year, date.month):
                words = {"date": date.isoformat()}
                yield match.start("year"), finding_at(PAST, wording, *match.span(), words)


def _next(subject: Subject) -> Iterator[tuple[int, Finding]]:
    """下一步，2022年我乡将…: what comes next comes after the year that is reported."""
    heading, wording = subject.disclosure.report.heading, subject.wording
    text = wording.text
    for match in AHEAD_OF.finditer(text, 0, wording.notes):
        if int(match["year"]) > heading.year:
            continue
        low, high = wording.sentence(match.start())
        section = _section(wording, match.start())
        ahead = NEXT_STEPS.search(section.rpartition(" · ")[2])
        if not ahead and not NEXT_STEP.search(text, low, match.start()):
            continue
        if TOLD_OF_PAST.search(text, low, high):
            continue
        date = heading.date.isoformat() if heading.date is not None else f"{heading.year}年度"
        yield match.start("year"), finding_at(PAST, wording, *match.span(), {"date": date})


def _bare(subject: Subject, date: datetime.date) -> Iterator[tuple[int, Finding]]:
    """2022年5月底前完成修复, among the measures of a report of 2023.

    Of months gone by in the year of the report measures may have been drafted earlier.
    """
    wording = subject.wording
    if "前" not in wording.text:  # quick
        return
    for match in BARE.finditer(wording.text, 0, wording.notes):
        section = _section(wording, match.start()).rpartition(" · ")[2]
        if not PLANS.search(section) or TOLD_OF_PAST.search(
            wording.text, *wording.sentence(match.start())
        ):
            continue
        # Next steps are those after its date.
        year, month = _month(match)
        gone = 2000 + year, month
        if gone[0] < date.year or (NEXT_STEPS.search(section) and gone < (date.year, date.month)):
            words = {"date": date.isoformat()}
            yield match.start("year") - 2, finding_at(PAST, wording, *match.span(), words)


def _spans(subject: Subject, date: datetime.date) -> Iterator[tuple[int, Finding]]:
    """在2021年下半年开展一次中期评估, among the next steps of a report of May 2023."""
    wording = subject.wording
    text = wording.text
    if MAY_SPAN.search(text, 0, wording.notes):  # quick
        for match in SPAN.finditer(text, 0, wording.notes):
            low, _ = wording.sentence(match.start())
            if BEFORE_SPAN.search(text[max(low, match.start() - 6) : match.start()]):
                part = match["part"].removeprefix("第")[0]
                yield from _span(wording, match, PARTS.get(part, DECEMBER), date)
    for match in MONTH.finditer(text, 0, wording.notes):
        if BEFORE_MONTH.search(text[match.start() - 4 : match.start()]):
            yield from _span(wording, match, int(match["month"]), date)


def _span(
    wording: Wording, match: re.Match[str], month: int, date: datetime.date
) -> Iterator[tuple[int, Finding]]:
    """Among the next steps, and gone by; `month` is its last, from the January of its year."""
    text, start = wording.text, match.start("year") - 2
    if (2000 + int(match["year"])) * 12 + month >= date.year * 12 + date.month:
        return
    low, high = wording.sentence(start)
    section = _section(wording, start).rpartition(" · ")[2]
    if not NEXT_STEPS.search(section) and not NEXT_STEP.search(text, low, start):
        return
    if "问题" in section and not WILL.search(text, low, high):
        return  # 存在的问题和改进措施
    if not TOLD_OF_PAST.search(text, low, high) and not FOUND.search(text, low, high):
        words = {"date": date.isoformat()}
        yield start, finding_at(PAST, wording, start, match.end(), words)
