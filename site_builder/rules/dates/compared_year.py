"""比较的年份不对: money compared with another year than the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.rules.year_words import OF_YEAR, YEAR
from site_builder.wording import Wording

RULE = Rule(
    "comparison-year",
    "warning",
    Words("比较的年份不对", "Compared with a year that does not match"),
    Words(
        "{year}年度的报告应与{recomputed}年比较，这里写的是与{printed}比较",
        "a report of {year} compares with {recomputed}; here it is {printed}",
    ),
    Words(
        "请核对年份；确实与更早年份比较的，请在“认可”中说明",
        "check the year; explain it where an earlier one is meant",
    ),
    Words(
        "支出、“三公”经费都与上一年比较；年份写错，增减就没有意义。",
        "Spending is compared with the year before; with another year rise and fall mean nothing.",
    ),
)
BUDGETARY = re.compile(
    r"三公|接待|用车|公车|运行费|整体支出|基本支出|项目支出|总支出|支出情况|预算|决算|经费|财政拨款"
)
# What is compared with the year before, and with no other, unless somebody says why.
YEARLY = re.compile("三公|接待费|用车|公车|车辆运行|机关运行经费|财政拨款(?:收入|支出)")
COMPARES = re.compile(
    r"比较|对比|相比|持平|减少|增加|下降|增长|上升|降低|节约|\d(?:\.\d+)?(?:万元|元|[%％])"
)
BEFORE_COMPARED = re.compile(
    r"(?:[较比与同和跟]|比较(?:对象|年度|年份)?(?:写的)?[为是]?|相比于?)[“]?$"
)
MAY_PRECEDE = frozenset("较比与同和跟象度份的为是于“、及，")  # what any such year follows
BOTH_COMPARED = re.compile(r"[^。；\n]{0,24}(?:比较|对比)")
# 比上年下降5%，比2019年下降40%: with two years, of which one is meant to be earlier
ALSO_COMPARED = re.compile(
    r"[，,](?:也|又|更|并)?[较比与同](?P<with>上年|去年|上一年|20[0-9]{2}年)"
)
# 由2022年的14646元提高到2022年的16403元: from the year itself
FROM_ITSELF = re.compile(
    r"由(?P<year>20\d\d)年度?的?(?!\d+月)[0-9][^，,。；;\n年]{0,12}"
    r"(?:提高|增加|增长|上升|提升|扩大|下降|降低|减少|下滑|压减)[到至为](?P=year)年度?的?[0-9]"
)
# 2022年总产值20亿元，比2022年翻两番: with the year that the sentence tells of
WITH_ITSELF = re.compile(r"[较比](?P<year>20\d\d)年(?:度|全年|同期|[底末])?的?(?=[增减提上下降翻])")
# 人大事务20万元，与2022年决算数持平, where every other is compared with 2021
LEVEL_WITH = re.compile(
    r"[与和同](?P<year>20\d\d)年度?决算数?(?:相比)?[，,]?(?:持平|相同|一致|无变化)"
)
THAN = frozenset("比较与和同由从")
PART_OF_YEAR = re.compile("预算|计划|目标|任务|年初|[0-9]月|季度|半年|年中|期初")
BEFORE_EPIDEMIC = 2019
LONG_TERM = re.compile(
    r"以来|五年|十年|三年|翻|十[二三四]五|规划|年均|累计|分别|脱贫|欠款|清收|历年"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every year before last."""
    wording, year = subject.wording, subject.disclosure.key.year
    yield from outcomes_of(_findings(year, wording), (RULE,))


def _findings(year: int, wording: Wording) -> Iterator[Finding]:
    for match in FROM_ITSELF.finditer(wording.text, 0, wording.notes):
        told = int(match["year"])
        words = {"year": str(told), "recomputed": str(told - 1)}
        start = match.start("year")
        yield finding_at(RULE, wording, start, start + 5, words, str(told - 1))
    yield from _with_itself(wording)
    yield from _level_with_itself(year, wording)
    for match in YEAR.finditer(wording.text, 0, wording.notes):
        if int(match[0]) >= year - 1:
            continue
        if wording.text[match.start() - 1] in MAY_PRECEDE:  # quick
            yield from _compared(year, wording, *match.span())


def _with_itself(wording: Wording) -> Iterator[Finding]:
    """A year compared with itself, where the sentence tells of no other year and of no part of it."""
    text = wording.text
    for match in WITH_ITSELF.finditer(text, 0, wording.notes):
        low, _ = wording.sentence(match.start())
        before = text[low : match.start()]
        told_of = [
            y[0]
            for y in YEAR.finditer(before)
            if before[max(0, y.start() - 1) : y.start()] not in THAN
        ]
        if set(told_of) == {match["year"]} and PART_OF_YEAR.search(before) is None:
            start, told = match.start("year"), int(match["year"])
            words = {"year": str(told), "recomputed": str(told - 1)}
            yield finding_at(RULE, wording, start, start + 5, words, str(told - 1))


def _level_with_itself(year: int, wording: Wording) -> Iterator[Finding]:
    """The year's own accounts, in a list whose others are compared with the year before."""
    text = wording.text
    for match in LEVEL_WITH.finditer(text, 0, wording.notes):
        low, _ = wording.sentence(match.start())
        usual = any(f"{word}{year - 1}年决算" in text for word in "较比与")
        if int(match["year"]) == year and usual and not YEAR.search(text, low, match.start()):
            start = match.start("year")
            words = {"year": str(year), "recomputed": str(year - 1)}
            yield finding_at(RULE, wording, start, start + 5, words, str(year - 1))


def _compared(year: int, wording: Wording, start: int, end: int) -> Iterator[Finding]:
    """Money compared with a year before last: “较2020年2.4万元减少1.2万元” in a report of 2022."""
    text = wording.text
    low, high = wording.sentence(start)
    tail = OF_YEAR.match(text, end)
    if tail is None:
        return
    after = text[tail.end() : min(high, tail.end() + 26)]
    before = text[max(low, start - 8) : start]
    own = text[max(low, start - 26) : tail.end()] + after
    if not BUDGETARY.search(own) or LONG_TERM.search(own):
        return
    if BEFORE_COMPARED.search(before):
        if len({match["with"] for match in ALSO_COMPARED.finditer(text, low, high)}) > 1:
            return
        # Years after an epidemic are compared with those before it: it takes more to be a slip.
        usual = any(f"{word}{year - 1}年" in text for word in "较比与同")
        own_costs = year - 2 == int(text[start:end]) > BEFORE_EPIDEMIC
        own_costs = own_costs and YEARLY.search(text, low, high) is not None
        if not COMPARES.search(before + after) or not (usual or own_costs or "整体支出" in own):
            return
    elif text[start - 1 : start] not in "、和及与，" or not (
        BOTH_COMPARED.match(text, tail.end(), high) and str(year) in text[low:start]
    ):
        return
    yield _finding(year, wording, start, tail.end())


def _finding(year: int, wording: Wording, start: int, end: int) -> Finding:
    stop = start + len(wording.text[start:end].partition("（")[0].rstrip('”’"'))
    words = {"year": str(year), "recomputed": str(year - 1)}
    return finding_at(RULE, wording, start, stop, words, str(year - 1))
