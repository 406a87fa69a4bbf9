"""不存在的日期: the 31st of a month of thirty days; a state of affairs as of a day after the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at
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
AHEAD = Rule(
    "date-ahead",
    "warning",
    Words("截至日期晚于报告日期", "Told as of a day after the report's date"),
    Words(
        "报告日期是{date}，这里写的是“{printed}”的情况",
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
        "报告日期是{date}，这里写的打算是“{printed}”",
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
PLANNED = re.compile(
    r"(?:拟|将)于(?P<year>20[0-9]{2})年(?:(?P<month>[0-9]{1,2})月(?:份)?(?:[0-9]{1,2}日)?|底|末)?(?:以?前)?[^，,。；;]{0,10}?(?:公开|公布|公示|上报|报送)"
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
    r"(?:(?P<y1>20[0-9]{2})年)?(?P<m1>[0-9]{1,2})月(?P<d1>[0-9]{1,2})日?[ ]?(?:至|到|[-—–~～]{1,2})[ ]?"
    r"(?:(?P<y2>20[0-9]{2})年)?(?:(?P<m2>[0-9]{1,2})月)?(?P<d2>[0-9]{1,2})日"
)
JOINT = re.compile("月(?=[0-9]{1,2}日?[ ]?[至到—–~～-])")
AS_OF = re.compile(
    r"截[至止](?:到|至)?(?P<year>20[0-9]{2})年(?:(?P<month>[0-9]{1,2})月(?:份)?(?P<day>[0-9]{1,2})?|(?P<end>年?底|末))"
)
DATE = re.compile(r"月(?<=[0-9]月)(?:(?P<day>[0-9]{1,2})(?=日))?")
MONTH = re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<month>[0-9]{1,2})$")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every month with its day; February has 29 days where no year says otherwise."""
    wording = subject.wording
    text = wording.text
    found = False
    for match in DATE.finditer(text, 0, wording.notes):
        before = MONTH.search(text, max(0, match.start() - 7), match.start())
        if before is None or text[before.start() - 1 : before.start()] in "0123456789.第个-－~—":
            continue
        month, day = int(before["month"]), int(match["day"] or 1)
        if 1 <= month <= 12 and 1 <= day <= _days(month, before["year"]):
            continue
        if match["day"] is None and before["year"] is None:
            continue  # 18月: so many months, as often as not
        found = True
        end = match.end() + (1 if match["day"] else 0)
        finding = finding_at(RULE, wording, before.start(), end, {})
        yield Outcome(RULE, finding=finding)
    if not found:
        yield Outcome(RULE)
    yield from _ahead(subject)


def _ahead(subject: Subject) -> Iterator[Outcome]:
    """截至2022年12月底 in a report of April 2022; without a date, in one of the year before last."""
    heading, wording = subject.disclosure.report.heading, subject.wording
    found = False
    text = wording.text
    for match in AS_OF.finditer(text, 0, wording.notes) if "截" in text else ():
        year, month = int(match["year"]), int(match["month"] or 12)
        if heading.date is not None:
            ahead = (year, month) > (heading.date.year, heading.date.month)
        else:
            ahead = year > heading.year + 1
        if ahead:
            found = True
            shown = heading.date.isoformat() if heading.date is not None else f"{heading.year}年度"
            yield Outcome(AHEAD, finding=finding_at(AHEAD, wording, *match.span(), {"date": shown}))
    if not found:
        yield Outcome(AHEAD)
    yield from _periods(wording)
    past = False
    planned = "拟于" in text or "将于" in text
    for match in PLANNED.finditer(text, 0, wording.notes) if planned else ():
        year, month = int(match["year"]), int(match["month"] or 12)
        if heading.date is None or (year, month) >= (heading.date.year, heading.date.month):
            continue
        past = True
        words = {"date": heading.date.isoformat()}
        yield Outcome(PAST, finding=finding_at(PAST, wording, *match.span(), words))
    if not past:
        yield Outcome(PAST)


def _periods(wording: Wording) -> Iterator[Outcome]:
    """3月15日至3月10日; without years a later month may be of the year before."""
    found = False
    text = wording.text
    for joint in JOINT.finditer(text, 0, wording.notes):
        match = PERIOD.search(text, max(0, joint.start() - 7), joint.end() + 20)
        if match is None:
            continue
        months = int(match["m1"]), int(match["m2"] or match["m1"])
        days = int(match["d1"]), int(match["d2"])
        if match["y2"] and match["y1"]:
            wrong = (match["y1"], months[0], days[0]) > (match["y2"], months[1], days[1])
        else:
            wrong = not match["y2"] and months[0] == months[1] and days[0] > days[1]
        if wrong:
            found = True
            yield Outcome(REVERSED, finding=finding_at(REVERSED, wording, *match.span(), {}))
    if not found:
        yield Outcome(REVERSED)


def _days(month: int, year: str | None) -> int:
    if month != 2 or year is None:
        return DAYS[month - 1]
    number = int(year)
    leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
    return 29 if leap else 28
