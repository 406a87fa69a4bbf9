"""The whole of a share goes by a name: what the tables print under it, or what a paragraph before tells by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.told_quotients import RULE, YEAR, fits, judged
from site_builder.rules.year_words import YEAR_BEFORE
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage
from site_builder.told import ACTUAL, BUDGET

# 本年支出合计, 基本支出预算, 一般公共预算支出: what may be told sentences before
NAME_OF_WHOLE = re.compile(
    "(?:支出|收入|预算|合计|总计|总额|投资|产值|增加值|生产总值|总面积|总人口|总量|总数|总户数)$"
)
# 全镇固定资产投资, 我镇农业总产值, 全年农业总产值: where and when, beside the name
SCOPE = re.compile(
    "^(?:全年(?!.*(?:支出|收入|预算)))?(?:(?:全[镇乡县市区街]|[我本][镇乡县区])(?:累计|共)?(?:完成|实现)?的?)?"
)
BEFORE_NAME = re.compile(
    "^(?:20[0-9]{2}年度?|[0-9]{1,2}[.、．)）]|[（(]?[一二三四五六七八九十]{1,2}[）)、])*"
)
IS_TOLD = re.compile("(?:累计|共)?(?:完成|实现|达到?|为|是|共计)?$")
OF_YEAR = re.compile("^(?:全年|本年度?|当年|全部|部门|单位|财政|整体)+的?")
TOTALS = {
    **dict.fromkeys(("总支出", "支出总额", "支出合计", "支出"), "支出合计"),
    **dict.fromkeys(("总收入", "收入总额", "收入合计", "收入"), "收入合计"),
}
ADJUSTED = re.compile("调整|全年")
MARKS = re.compile("[，,。；;：:（(、]")


def of_named(
    subject: Subject, segment: Segment, percent: Amount, part: Amount, named: str
) -> Outcome | None:
    """占总支出的…: the whole is what the report prints under this name."""
    if YEAR.search(named):
        return None
    known = subject.told.clearly_named(named)
    if known is not None:
        bases = ACTUAL
        if "预算" in named:  # 占项目支出调整预算的…
            bases = frozenset(("全年预算",)) if ADJUSTED.search(named) else BUDGET
        facts = [f for f in subject.told.facts[known.name] if f.basis in bases]
    else:
        total = TOTALS.get(OF_YEAR.sub("", named), "")
        facts = list(subject.disclosure.report.facts_of(total, "决算"))
    facts = [f for f in facts if f.year == subject.disclosure.key.year]
    return against(segment, percent, part, facts, named)


def of_lines(
    subject: Subject, segment: Segment, percent: Amount, part: Amount, named: str
) -> Outcome | None:
    """占本年支出合计的31.45%: of what a paragraph before has told by this very name, and no other does."""
    if not NAME_OF_WHOLE.search(named) or YEAR_BEFORE.search(segment.text):
        return None
    wholes: dict[Decimal, Amount] = {}
    named = SCOPE.sub("", named)
    for passage in subject.told.lines:
        if passage is segment.passage:
            break
        if named.removesuffix("预算") in passage.text:  # quick
            for amount in _called(passage, named):
                wholes.setdefault(amount.figure.amount, amount)
    # 城区支出328万元，其中…占支出的77.8%: its own paragraph tells another by the name
    if len(wholes) != 1 or any(_called(segment.passage, named)):
        return None
    [whole] = wholes.values()
    if whole.figure.unit != part.figure.unit or whole.figure.amount < part.figure.amount:
        return None
    return judged(segment, percent, part, whole.figure, named)


def _called(passage: Passage, named: str) -> Iterator[Amount]:
    """The amounts of a line that go by the name, and by nothing before it but a year."""
    for segment in segments(passage):
        for amount in segment.amounts:
            clause = MARKS.split(amount.words)[-1]
            name = SCOPE.sub("", IS_TOLD.sub("", BEFORE_NAME.sub("", clause)))
            if amount.exact and name in (named, named.removesuffix("预算")):
                yield amount


def against(
    segment: Segment, percent: Amount, part: Amount, facts: list[Fact], named: str
) -> Outcome | None:
    """A share of any of the facts; None where there are none."""
    if not facts:
        return None
    if any(fits(percent.figure, part.figure, f.figure) for f in facts):
        return Outcome(RULE)
    return judged(segment, percent, part, facts[0].figure, named, (facts[0].at,))
