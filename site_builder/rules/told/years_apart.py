"""两年的数分句写、差多少写错了: the change of two amounts that other sentences tell by one name and their years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from site_builder.patterns import led_by
from site_builder.rules.changes import DOWN, UP, judged
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

_NAME = "(?P<name>[一-鿿“”]{3,20}?)"
_TAIL = "(?:决算|执行|实际|支出|收入|完成|实现)*(?:数|金额|总额|总数|合计|共计|总计|共)*(?:为|是|达到?)?"
_PLACE = "(?:[一-鿿]{1,8}[区县市镇乡村])?"
_YEAR = "20[0-9]{2}年度?|本年度?|今年"
# 2021年的“三公”经费决算数合计为…
OF_YEAR = re.compile(
    f"(?:^|[，,：:、]){_PLACE}(?P<year>{_YEAR}|上年度?|去年)的?(?:[全本我][镇乡街]道?)?{_NAME}{_TAIL}$"
)
# 2022年“三公”经费决算数相较于上年增加…
SINCE = re.compile(
    f"(?:^|[，,：:、])(?:{_PLACE}(?P<year>{_YEAR})的?)?(?:[全本我][镇乡街]道?)?{_NAME}{_TAIL}"
    "(?:相较于|较|比|与|同)(?P<base>上年度?|去年|20[0-9]{2}年度?)(?:同期|决算数?)?(?:相比|比)?[，,]?(?:共|净|总体)?"
    f"(?P<way>{UP}|{DOWN})了?$"
)
MAYBE = led_by(
    "较比与同",
    f"[较比与同]于?(?:上年|去年|20[0-9]{{2}}年)[^。；;0-9]{{0,8}}(?:{UP}|{DOWN})了?[0-9]",
)
QUOTES = re.compile("[“”]")
# A name that may be of several things, and what is no level.
NO_NAME = re.compile(
    "^(?:全年|本级|财政|总|各项|其他|一般|上级|项目|基本)?(?:支出|收入|经费|资金)?$"
)
# What grows at the prices of one year, or within what is counted in both: 生产总值5.6亿元，增长6%.
PRICED = re.compile("GDP|总值|产值|零售|投资|居民|销售额|营业|税收|同口径")
NO_LEVEL = re.compile("比|较|增|减|[人户亩村]均|每|新|占|计划|目标|任务|累计")


class _Told(NamedTuple):
    passage: Passage
    segment: Segment
    amount: Amount


def check(subject: Subject) -> Iterator[Outcome]:
    """Every change since last year behind a name that has been told with both years."""
    told: dict[tuple[str, int], list[_Told]] | None = None
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            for change in segment.amounts:
                since = SINCE.search(_words(passage, change))
                if since is None or not change.exact:
                    continue
                if told is None:  # quick
                    told = _of_years(subject)
                yield from _judged(subject, segment, change, since, told)


def _words(passage: Passage, amount: Amount) -> str:
    """The words of the sentence before an amount."""
    start = passage.sentence(amount.said.start)[0]
    return passage.text[start : amount.said.start]


def _judged(
    subject: Subject,
    segment: Segment,
    change: Amount,
    since: re.Match[str],
    told: dict[tuple[str, int], list[_Told]],
) -> Iterator[Outcome]:
    year, name = subject.disclosure.key.year, _plain(since["name"])
    of = _year(since["year"] or "", year)
    base = _year(since["base"], of)
    nows, pasts = told.get((name, of), []), told.get((name, base), [])
    if base >= of or not nows or not pasts:
        return
    if change.figure.unit == "%" and PRICED.search(name):
        return
    now, past = nows[0], pasts[0]
    if any(len({one.amount.figure.amount for one in some}) > 1 for some in (nows, pasts)):
        return
    outcome = judged(
        segment, change, now.amount.figure, past.amount.figure, since["way"], (change, change)
    )
    if outcome.finding is not None:
        places = tuple(one.passage.place(one.amount.said.start) for one in (past, now))
        outcome = replace(outcome, finding=replace(outcome.finding, others=places))
    yield outcome


def _of_years(subject: Subject) -> dict[tuple[str, int], list[_Told]]:
    """What the lines of the report tell by a name with its year."""
    found: dict[tuple[str, int], list[_Told]] = {}
    for passage in subject.told.lines:
        for segment in segments(passage):
            for amount in segment.amounts:
                named = OF_YEAR.search(_words(passage, amount))
                if named is None or NO_LEVEL.search(named["name"]) or not amount.exact:
                    continue
                name, year = _plain(named["name"]), subject.disclosure.key.year
                if not NO_NAME.match(name):
                    of = _year(named["year"], year)
                    found.setdefault((name, of), []).append(_Told(passage, segment, amount))
    return found


def _plain(name: str) -> str:
    return QUOTES.sub("", name)


def _year(words: str, year: int) -> int:
    """The year that 2021年, 上年 or nothing says, in a report of `year`."""
    if words.startswith("20"):
        return int(words[:4])
    return year - 1 if words[:1] in ("上", "去") else year
