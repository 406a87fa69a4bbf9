"""报告日期: a report dated before its year was over, handed in or published after the deadline."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.shape import day, moment

EARLY = Rule(
    "dated-early",
    "warning",
    Words("报告日期早于年度结束", "Dated before the year was over"),
    Words(
        "报告日期写的是{printed}，{year}年度还没有结束",
        "the report is dated {printed}, when {year} was not over",
    ),
    Words(
        "请对照原件核对报告日期和年度；原件如此的，保留原文并在“认可”中说明",
        "check date and year with the original; if it is printed so, keep and explain it",
    ),
    Words("年度结束之前不会有全年的决算和自评。", "No accounts exist before a year is over."),
)
LATE = Rule(
    "deadline-missed",
    "warning",
    Words("超过规定期限", "After the deadline"),
    Words(
        "{what}是{printed}，超过了规定的{recomputed}",
        "{what_en} is {printed}, after the deadline of {recomputed}",
    ),
    Words("请说明延迟的原因", "say why it was late"),
    Words(
        "自评报告的报送和公开都有期限，迟延应当说明。",
        "Self-evaluations have deadlines; a delay needs a reason.",
    ),
    "预算法第十四条；预算法实施条例第六条；政府信息公开条例第二十六条",
)

_DATE = (
    r"(?P<year>20[0-9]{2}|二[〇○零][一二三四五六七八九〇○零]{2})年"
    r"(?P<month>[0-9]{1,2}|十?[一二三四五六七八九十])月(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日)?[ 　]*"
)
# A line with nothing but a date, or with the unit before it.
SIGNED = re.compile(
    r"[ 　]*(?:[一-鿿]{2,20}(?:人民政府|办事处|[镇乡]|街道)[ 　]*)?(?P<date>" + _DATE + ")"
)
FILLED_IN = re.compile(r"填[报表写]?(?:时间|日期)[：:][ 　]*(?P<date>" + _DATE + ")")
DECEMBER = 12
ZERO = str.maketrans("○零", "〇〇")


def check(subject: Subject) -> Iterator[Outcome]:
    """The date in the head and the one at the end, against the year; the head's, against the deadlines."""
    yield from _dated(subject)
    yield from _deadlines(subject)


def _dated(subject: Subject) -> Iterator[Outcome]:
    """The date in the head of the report, and the line at its end that holds nothing but a date."""
    written, year = subject.disclosure.report.heading.date_written, subject.disclosure.key.year
    if written is None:
        yield Outcome(EARLY, reason=Words("没有填写报告日期", "no date of the report is given"))
    elif day(written).year > year:
        yield Outcome(EARLY)
    else:
        words = {"printed": written, "year": str(year)}
        finding = Finding(EARLY, written.at, words, address="报告日期", printed=written)
        yield Outcome(EARLY, finding=finding)
    for passage, match in _signed(subject):
        if _day(match) >= datetime.date(year, 12, 31):
            return
        printed = match["date"].strip()
        words = {"printed": printed, "year": str(year)}
        at = passage.place(match.start("date"))
        address = passage.address or f"正文={address_part(printed)}"
        yield Outcome(EARLY, finding=Finding(EARLY, at, words, (), address, printed))
        return


def _signed(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    """The date at the end of the narrative, and the one on which it says that it was filled in."""
    for passage in subject.told.lines[-3:]:
        match = SIGNED.fullmatch(passage.text)
        if match is not None:
            yield passage, match
            return
    for passage in subject.told.holding(FILLED_IN):
        if "申报" in passage.address or "目标" in passage.address:
            continue  # goals are declared as the year begins
        match = FILLED_IN.search(passage.text)
        assert match is not None  # as was found
        yield passage, match


def _day(match: re.Match[str]) -> datetime.date:
    """The day that is written, the last that may be meant where none is or there is no such day."""
    year, month, day_ = (_number(match[name]) for name in ("year", "month", "day"))
    try:
        return datetime.date(year, month, day_ or (31 if month == DECEMBER else 28))
    except ValueError:
        return datetime.date(year, 12, 31)


def _number(written: str | None) -> int:
    """A number in digits or in Chinese numerals; 0 for none."""
    if written is None or written.isascii():
        return int(written or 0)
    number = han_number(written.translate(ZERO))
    assert number is not None  # numerals only
    return int(number)


def _deadlines(subject: Subject) -> Iterator[Outcome]:
    heading, profile = subject.disclosure.report.heading, subject.disclosure.profile
    due = (None, None) if profile is None else (profile.report_by, profile.publish_by)
    dates = (
        ("报告日期", "the date of the report", heading.date_written, due[0]),
        ("发布日期", "the date of publication", heading.published_written, due[1]),
    )
    if due[0] is not None and heading.date_written is None:
        yield from _signed_late(subject, due[0])
    for what, what_en, written, by in dates:
        if by is None:
            reason = Words(f"口径没有规定{what}的期限", "the profile sets no deadline")
            yield Outcome(LATE, reason=reason)
        elif written is None:
            yield Outcome(LATE, reason=Words(f"没有{what}", "no such date"))
        elif moment(written) <= by:
            yield Outcome(LATE)
        else:
            words = {
                "what": what,
                "what_en": what_en,
                "printed": moment(written).isoformat(),
                "recomputed": by.isoformat(),
            }
            finding = Finding(
                LATE,
                written.at,
                words,
                address=what,
                printed=words["printed"],
                recomputed=words["recomputed"],
            )
            yield Outcome(LATE, finding=finding)


def _signed_late(subject: Subject, by: datetime.date) -> Iterator[Outcome]:
    """Where the head has no date: the one under the narrative, against the deadline."""
    for passage, match in _signed(subject):
        signed = _day(match)
        if match["day"] is None or signed <= by:
            return
        words = {
            "what": "落款日期",
            "what_en": "the date under the report",
            "printed": signed.isoformat(),
            "recomputed": by.isoformat(),
        }
        at = passage.place(match.start("date"))
        address = passage.address or f"正文={address_part(match['date'].strip())}"
        finding = Finding(LATE, at, words, (), address, match["date"].strip(), by.isoformat())
        yield Outcome(LATE, finding=finding)
        return
