"""公开逾期: published later than the law allows after approval, or after the report was made.

Two clocks: 20 calendar days after 批复 (预算法 第14条), 20 working days after the information was
formed (条例 第26条). Working days are those of the State Council's holiday calendar; beyond the years
that it covers nothing is guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import chinese_calendar

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.shape import moment
from site_builder.yaml_file import Text

RULE = Rule(
    "published-late",
    "warning",
    Words("公开超过法定期限", "Published after the statutory term"),
    Words(
        "发布日期是{printed}，{since}是{start}，应当在{recomputed}以前公开（{term}），晚了{difference}天",
        "published {printed}; {since_en} {start}; due by {recomputed} ({term_en}), {difference} days late",
    ),
    Words(
        "请核对两个日期；确实逾期的，在“认可”中说明原因",
        "check both dates; explain a real delay",
    ),
    Words(
        "预决算和绩效信息有法定的公开期限，逾期要追究责任，也让公众看不到当年的账。",
        "Budgets and evaluations have statutory terms; a delay has consequences and keeps the public waiting.",
    ),
    "预算法第十四条（批复后二十日内）；政府信息公开条例第二十六条（形成之日起二十个工作日内）",
)
TERM = 20


def check(subject: Subject) -> Iterator[Outcome]:
    """发布日期 against 批复日期, else against 报告日期."""
    heading = subject.disclosure.report.heading
    written = heading.published_written
    if written is None:
        yield Outcome(RULE, reason=Words("没有发布日期", "no date of publication"))
        return
    published = moment(written)
    if heading.approved is not None:
        due = heading.approved + datetime.timedelta(days=TERM)
        since = "批复日期", "approved", "批复后20日内", "20 days after approval"
        yield _judged(written, published, heading.approved, due, since)
        return
    profile = subject.disclosure.profile
    if profile is not None and profile.publish_by is not None:
        yield Outcome(
            RULE, reason=Words("口径另定了公开期限", "the profile sets a term of its own")
        )
        return
    if heading.date is None:
        yield Outcome(RULE, reason=Words("没有批复日期和报告日期", "no date to count from"))
        return
    if heading.date.year <= heading.year:
        reason = Words("报告日期早于年度结束", "the report's own date is in doubt")
        yield Outcome(RULE, reason=reason)
        return
    working = working_days_after(heading.date, TERM)
    if working is None:
        reason = Words(
            f"没有{heading.date.year}年的节假日安排，不能推算工作日",
            f"no holiday calendar for {heading.date.year}",
        )
        yield Outcome(RULE, reason=reason)
        return
    since = (
        "报告日期",
        "the report is of",
        "形成后20个工作日内",
        "20 working days after it was made",
    )
    yield _judged(written, published, heading.date, working, since)


def working_days_after(start: datetime.date, count: int) -> datetime.date | None:
    """The day on which `count` working days after `start` have passed; None beyond the calendar."""
    day = start
    try:
        while count:
            day += datetime.timedelta(days=1)
            count -= chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None
    return day


def _judged(
    written: Text,
    published: datetime.date,
    start: datetime.date,
    due: datetime.date,
    since: tuple[str, str, str, str],
) -> Outcome:
    if published <= due:
        return Outcome(RULE)
    words = {
        "printed": published.isoformat(),
        "since": since[0],
        "since_en": since[1],
        "start": start.isoformat(),
        "recomputed": due.isoformat(),
        "term": since[2],
        "term_en": since[3],
        "difference": str((published - due).days),
    }
    finding = Finding(
        RULE,
        written.at,
        words,
        address="发布日期",
        printed=words["printed"],
        recomputed=words["recomputed"],
        difference=words["difference"],
    )
    return Outcome(RULE, finding=finding)
