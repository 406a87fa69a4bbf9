"""表单是别的年度的: the columns of the form print other years than the report's."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.labelled_years import of_other_year
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "form-of-other-year",
    "error",
    Words("表单是别的年度的", "A form of another year"),
    Words(
        "这是{year}年度的报告，表单“{form}”的栏目却写着{printed}年（“{column}”，应是{recomputed}年）",
        "this is the report of {year}, and the form “{form}” prints {printed} "
        "(“{column}”, which should be {recomputed})",
    ),
    Words(
        "请换用{year}年度的表单；还没有的，把上年的表单另存一份、改好栏目里的年份；原件就印着旧年份的，在“认可”中说明",
        "take the form of {year}, or copy last year's and mend the years of its columns; "
        "if the original prints them so, explain it",
    ),
    Words(
        "栏目写着哪一年，读者就当那一年的数看；与上年的报告也无法对照。",
        "Readers take a figure for the year above it; nor can it be compared with last year's report.",
    ),
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The form as a whole: one finding where its 表单 is named."""
    report = subject.disclosure.report
    other = of_other_year(report)
    if other is None:
        yield Outcome(RULE)
        return
    form = report.heading.form
    words = {
        "year": str(report.key.year),
        "form": str(form),
        "column": other.column,
        "printed": str(other.printed),
        "recomputed": str(other.meant),
    }
    yield Outcome(RULE, (), Finding(RULE, form.at, words, (), "表单", str(form)))
