"""不存在的日期: the 31st of a month of thirty days, a period that ends before it begins."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

RULE = Rule(
    "impossible-date",
    "error",
    Words("日期不存在", "A date that does not exist"),
    Words("“{printed}”不存在", "there is no “{printed}”"),
    Words(
        "请对照原件核对月和日；原件如此的，保留原文并在“认可”中说明",
        "check month and day with the original; if it is printed so, explain it",
    ),
    Words(
        "日期写错，期限和先后就无从核对。",
        "With a wrong date neither term nor order can be checked.",
    ),
)
REVERSED = Rule(
    "dates-reversed",
    "warning",
    Words("起止日期颠倒", "A period that ends before it begins"),
    Words("“{printed}”结束在开始之前", "“{printed}” ends before it begins"),
    Words(
        "请核对两个日期；原件如此的，保留原文并在“认可”中说明",
        "check both dates; if they are printed so, explain it",
    ),
    Words(
        "起止日期颠倒，多半是年份或月份写错了。",
        "A period the wrong way round has a wrong year or month in it.",
    ),
)
PERIOD = re.compile(
    r"(?:(?P<y1>20[0-9]{2})年)?(?P<m1>[0-9]{1,2})月(?P<d1>[0-9]{1,2})日?"
    r"(?:起|开始)?[，,]?[ ]?(?:至|到|[-—–~～]{1,2})[ ]?"
    r"(?:(?P<y2>20[0-9]{2})年)?(?:(?P<m2>[0-9]{1,2})月)?(?P<d2>[0-9]{1,2})日"
)
# 从2022年11月开始，到2022年5月结束; 2023年6月开工，2023年3月竣工: months of two years that are told.
MONTHS = re.compile(
    r"年(?<=(?P<y1>20[0-9]{2})年)(?P<m1>[0-9]{1,2})月(?:份|初|底|末|[上中下]旬|[0-9]{1,2}日)?"
    r"(?:起|(?:正式)?(?P<begun>开始|开工|动工|启动|实施)(?:建设|施工|实施)?)?"
    r"(?:[，,]?(?P<to>[至到]|[-—–~～]{1,2})|[，,](?:[于并]{0,2}|预计|计划))(?P<y2>20[0-9]{2})年(?P<m2>[0-9]{1,2})月"
    r"(?:份|初|底|末|[上中下]旬|[0-9]{1,2}日)?(?:正式|全面|全部)?(?P<over>结束|完工|竣工|完成(?!招|设计|前期|立项|审|采购|公[示开告]|备案|征|预算|财评|可研|选址|勘|编制|申报|图纸|合同|签)|建成|验收|止)?"
)
JOINT = re.compile("月(?=[0-9]{1,2}日?(?:起|开始)?[，,]?[ ]?[至到—–~～-])")
DATE = re.compile(r"月(?<=[0-9]月)(?:(?P<day>[0-9]{1,2})日)?")
# 十一月三十一日, 二〇二二年二月三十日
HAN_DAY = re.compile("月(?P<day>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日")
HAN_MONTH = re.compile(
    "(?:(?P<year>二[〇○零][〇○零一二三四五六七八九]{2})年)?(?P<month>十[一二]?|[一二三四五六七八九])$"
)
LUNAR = re.compile("[农阴]历")
ZEROS = str.maketrans("○零", "〇〇")
# 2022-02-30, 2022.6.31, 2022/9/31
SHORT = re.compile(
    r"20(?<![0-9A-Za-z.\-/号码本版]20)[0-9]{2}(?P<mark>[-./])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9A-Za-z\-./])"
)
# 2022325日, 1026日: 年 and 月 left out; 累计1026日 is a number of days
TOGETHER = re.compile("日(?<=[0-9]{3}日)(?![均元产供处照程志报常用光本])")
RUN = re.compile(
    r"(?<![0-9.,，年月第共计达时满约近超])(?:20[0-3][0-9])?(?P<month>1[0-2]|0?[1-9])(?P<day>[0-3][0-9])$"
)
MONTH = re.compile(r"(?<![0-9.第个\-－~—])(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<month>[0-9]{1,2})$")
# 2024年11月8日（星期三）, 11月8日周三; not 周一至周五, 周三次
WEEKDAY = re.compile(
    "[（( ]?(?P<week>周|星期|礼拜)(?P<day>[一二三四五六日天])(?![至到、—~～-]|[次回趟均])[）)]?"
)
TOLD_YEAR = re.compile("20[0-9]{2}(?=年)")
WEEK = "一二三四五六日"
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every month with its day; February has 29 days where no year says otherwise."""
    wording = subject.wording
    text = wording.text
    found = False
    weekdays = []
    for match in DATE.finditer(text, 0, wording.notes):
        if match["day"] and (weekday := WEEKDAY.match(text, match.end())) is not None:
            weekdays.append((match, weekday))
        before = MONTH.search(text, max(0, match.start() - 7), match.start())
        if before is None:
            continue
        month, day = int(before["month"]), int(match["day"] or 1)
        if 1 <= month <= 12 and 1 <= day <= _days(month, before["year"]):
            continue
        if (
            match["day"] is None
            and before["year"] is None
            and not text.startswith("份", match.end())
        ):
            continue  # 18月: so many months, as often as not
        found = True
        finding = finding_at(RULE, wording, before.start(), match.end(), {})
        yield Outcome(RULE, finding=finding)
    for start, end in _odd(wording):
        found = True
        yield Outcome(RULE, finding=finding_at(RULE, wording, start, end, {}))
    for date, weekday in weekdays:
        for finding in _weekday(wording, subject.disclosure.key.year, date, weekday):
            found = True
            yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)
    yield from _periods(wording)


def _odd(wording: Wording) -> Iterator[tuple[int, int]]:
    """From where to where dates in Chinese numerals, and such as 2022-02-30, go that do not exist."""
    text = wording.text
    for match in HAN_DAY.finditer(text, 0, wording.notes):
        before = HAN_MONTH.search(text, max(0, match.start() - 7), match.start())
        if before is None or LUNAR.search(text, max(0, before.start() - 4), before.start()):
            continue
        year = before["year"]
        year = None if year is None else str(_number(year.translate(ZEROS)))
        month, day = _number(before["month"]), _number(match["day"])
        if day > _days(month, year):
            yield before.start(), match.end()
    for match in SHORT.finditer(text, 0, wording.notes):
        month, day = int(match["month"]), int(match["day"])
        if not (1 <= month <= 12 and 1 <= day <= _days(month, match[0][:4])):
            yield match.span()
    for match in TOGETHER.finditer(text, 0, wording.notes):
        run = RUN.search(text, max(0, match.start() - 9), match.start())
        if run is not None and 1 <= int(run["day"]) <= _days(int(run["month"]), None):
            yield run.start(), match.end()


def _weekday(
    wording: Wording, own: int, date: re.Match[str], weekday: re.Match[str]
) -> Iterator[Finding]:
    """A day that was another day of the week; where no year stands with it, in no year that may be meant."""
    text = wording.text
    before = MONTH.search(text, max(0, date.start() - 7), date.start())
    if before is None:
        return
    low, _ = wording.sentence(date.start())
    if LUNAR.search(text, max(low, before.start() - 4), before.start()):
        return
    told = [int(y[0]) for y in TOLD_YEAR.finditer(text, low, date.start())][-1:] or [own]
    years = told if before["year"] else [told[0], told[0] + 1]
    month, day = int(before["month"]), int(date["day"])
    if not 1 <= month <= 12 or not 1 <= day <= _days(month, str(years[0])):
        return  # of which is told already
    were = [
        WEEK[datetime.date(year, month, min(day, _days(month, str(year)))).weekday()]
        for year in years
    ]
    if weekday["day"].replace("天", "日") in were:
        return
    right = weekday["week"] + were[0]
    cause = Words(f"；{years[0]}年的这一天是{right}", f"; in {years[0]} it was {right}")
    finding = finding_at(RULE, wording, before.start(), weekday.end(), {}, right)
    yield replace(finding, cause=cause)


def _number(written: str) -> int:
    """A number in Chinese numerals."""
    number = han_number(written)
    assert number is not None  # numerals only
    return int(number)


def _periods(wording: Wording) -> Iterator[Outcome]:
    """3月15日至3月10日; without years a later month may be of the year before."""
    found: dict[int, int] = {}  # where it begins and ends
    text = wording.text
    for joint in JOINT.finditer(text, 0, wording.notes):
        match = PERIOD.search(text, max(0, joint.start() - 7), joint.end() + 24)
        if match is None:
            continue
        months = int(match["m1"]), int(match["m2"] or match["m1"])
        days = int(match["d1"]), int(match["d2"])
        if match["y2"] and match["y1"]:
            wrong = (match["y1"], months[0], days[0]) > (match["y2"], months[1], days[1])
        else:
            wrong = not match["y2"] and months[0] == months[1] and days[0] > days[1]
        if wrong:
            found[match.start()] = match.end()
    for match in MONTHS.finditer(text, 0, wording.notes):
        if not match["to"] and not (match["begun"] and match["over"]):
            continue
        begins, ends = (
            (match["y1"], int(match["m1"])),
            (match["y2"], int(match["m2"])),
        )
        if begins > ends:
            found.setdefault(match.start("y1"), match.end())
    findings = [finding_at(REVERSED, wording, *span, {}) for span in found.items()]
    yield from outcomes_of(findings, (REVERSED,))


def _days(month: int, year: str | None) -> int:
    if month != 2 or year is None:
        return DAYS[month - 1]
    number = int(year)
    leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
    return 29 if leap else 28
