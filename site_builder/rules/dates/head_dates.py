"""报告首部的日期: on a day that has not come, or published before it was written."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.shape import day, moment

AHEAD = Rule(
    "date-not-come",
    "error",
    Words("日期还没有到", "A day that has not come"),
    Words(
        "{what}写的是{printed}，比核对这一天（{today}）还晚",
        "{what_en} is {printed}, later than the day of this check ({today})",
    ),
    Words(
        "请核对年份和月份；原件就印着将来的日期的，在“认可”中说明",
        "check year and month; if the original prints a day to come, explain it",
    ),
    Words(
        "没有到的日期不会已经写好报告、已经公开，多半是年份打错了。",
        "Nothing was written or published on a day to come: most likely the year is a slip.",
    ),
)
ORDER = Rule(
    "published-before-written",
    "warning",
    Words("发布日期早于报告日期", "Published before it was written"),
    Words(
        "发布日期是{printed}，报告日期是{recomputed}",
        "published on {printed}, and the report is dated {recomputed}",
    ),
    Words(
        "请核对两个日期；原件如此的，在“认可”中说明",
        "check both dates; if they are printed so, explain it",
    ),
    Words("先写好报告才能公开。", "A report is published after it is written."),
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The dates of the head against today and each other; those of explanations against today."""
    report = subject.disclosure.report
    heading = report.heading
    written, published = heading.date_written, heading.published_written
    dates = (
        ("报告日期", "the date of the report", written, heading.date),
        ("发布日期", "the date of publication", published, heading.published),
    )
    if not (written or published or report.acknowledgements):
        yield Outcome(AHEAD, reason=Words("没有写日期", "no date is given"))
    for what, what_en, text, date in dates:
        if date is None:
            continue
        assert text is not None  # as the date was written
        if date <= subject.today:
            yield Outcome(AHEAD)
            continue
        words = {
            "what": what,
            "what_en": what_en,
            "printed": str(text),
            "today": f"{subject.today}",
        }
        yield Outcome(AHEAD, (), Finding(AHEAD, text.at, words, (), what, str(text)))
    for answer in report.acknowledgements:
        if answer.date <= subject.today or answer.until < answer.date:
            continue  # of the latter reading has said so
        words = {"what": "认可的日期", "what_en": "the date of an explanation"}
        words |= {"printed": f"{answer.date}", "today": f"{subject.today}"}
        address = f"认可.{answer.address}"
        yield Outcome(AHEAD, (), Finding(AHEAD, answer.at, words, (), address, f"{answer.date}"))
    if written is None or published is None:
        yield Outcome(ORDER, reason=Words("没有写全两个日期", "one of the dates is not given"))
    elif moment(published) >= day(written):
        yield Outcome(ORDER)
    else:
        words = {"printed": str(published), "recomputed": str(written)}
        address, right = "发布日期", str(written)
        finding = Finding(ORDER, published.at, words, (written.at,), address, str(published), right)
        yield Outcome(ORDER, (), finding)
