"""Both years told: an amount of this year and last year's, in whichever order, and the change of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Interval
from site_builder.relations import quotient, verdict
from site_builder.report import Fact
from site_builder.rules.changes import DOWN, RULE, UP, judged, settled
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.year_words import YEAR
from site_builder.segment import Amount, Segment, alike

# 比上年下降18.73% behind a list of parts
SINCE = re.compile(
    rf"^[，,](?:总体|合计|整体)?(?:比|较|与)(?:上年度?|去年|上一年)(?:同期|决算)?(?:相比|比)?[，,]?(?P<way>{UP}|{DOWN})(?:了|约)?$"
)
# B，压减C%（上年A）
IN_BRACKETS = re.compile("^[（(](?:上年度?|去年|上一年度?)(?:同期|决算数?|支出)?(?:为|是)?$")
# 出栏B，同比减少C%，上年出栏A
THEN_PAST = re.compile(
    "^[，,；](?:而)?(?P<year>上年度?|去年|上一年度?|20[0-9]{2}年度?)(?:同期)?(?P<of>[一-鿿]{0,6}?)(?:为|是|有|共)*$"
)
# 上年度得分A，本年度得分B，比上年提高D; 今年A，去年为B，下降C%; A（上年B），减少D
_YEAR = "(?:上年|去年|上一年|20[0-9]{2}年)"
_BEFORE = f"{_YEAR}度?(?:末|底|初|同期)?|同期|[年期]初数?(?!预算|计划|目标|安排)"
LAST_YEAR = re.compile(
    f"(?:^|[，,、（(：:]|而)(?P<of>[一-鿿]{{0,12}}?)(?:{_BEFORE})(?P<what>[一-鿿]{{0,12}})$"
)
NOW = "本年度?末?|今年|当年|目前|20[0-9]{2}年度?末?|[年期]末数?"
THIS_YEAR = re.compile(
    f"^[，,、；](?P<of>[一-鿿]{{0,12}}?)(?:而)?(?:{NOW})(?P<what>[一-鿿]{{0,12}})$"
)
LEVEL = re.compile("[^，,。；;：:、（(]*$")
SINCE_THEN = re.compile(
    rf"^[）)]?[，,、]?(?:(?:较|比|与|和)?(?:{_YEAR})度?(?:同期|末|底)?(?:相比|对比|比较|比)?[，,]?)?(?:对比|共|净|同比|共计|实际|总体)*(?P<way>{UP}|{DOWN})(?:了|率|幅度|幅|比例)?(?:为|达到?)?$"
)
RESPECTIVELY = re.compile(f"^[，,]分别(?:较|比){_YEAR}度?(?:同期)?的?$")
THEN_LESS = re.compile(rf"^(?P<way>{UP}|{DOWN})了?$")
THAN_IT = re.compile(f"^(?:较|比|与|和)(?=(?:{_BEFORE})的?$)")
WORDS_OF_YEARS = re.compile(f"{_BEFORE}|{NOW}|而")
NO_LEVEL = re.compile(
    "预算|计划|目标|任务|占|其中|人均|户均|每|比|较|增|减|升|降|提高|压缩|累计|新|节约|超|以来|近"
)
TWO = 2
LOOK_BACK = 8  # amounts before a change that it may be of


def of_both_years(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    """Every way in which a stretch tells this year's amount, last year's and the change."""
    amounts = segment.amounts
    for one, two, three in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if not (one.exact and two.exact and three.exact):
            continue
        if (way := SINCE_THEN.match(three.words)) is not None:
            yield from _change_last(segment, one, two, three, way["way"])
        elif (
            IN_BRACKETS.match(three.words)
            and (way := SINCE_THEN.match(two.words))
            and (alike(one.figure, three.figure) and two.figure.unit == "%")
        ):
            yield judged(segment, two, one.figure, three.figure, way["way"], (three, one))
        elif (past := THEN_PAST.match(three.words)) and (way := SINCE_THEN.match(two.words)):
            named = past["year"] in two.words or not YEAR.match(past["year"])
            if named and _is_past_of(one, three, past["of"]):
                yield judged(segment, two, one.figure, three.figure, way["way"], (three, one))
    yield from _of_head(subject, segment)
    if "分别" in segment.text:  # quick
        yield from _respectively(segment)


def _change_last(
    segment: Segment, one: Amount, two: Amount, change: Amount, way: str
) -> Iterator[Outcome]:
    """What was and what is, or the other way round, and behind them the change."""
    if not alike(one.figure, two.figure):
        return
    if change.figure.unit not in ("%", "个百分点") and not alike(change.figure, two.figure):
        return
    years = [int(max(["0", *YEAR.findall(a.words)])) for a in (one, two)]
    turned = years[0] > years[1] > 0 or THIS_YEAR.match(two.words) is None
    now, before = (one, two) if turned else (two, one)
    past = LAST_YEAR.search(before.words)
    if past is None:
        return
    was, is_ = THAN_IT.sub("", past[0]), LEVEL.findall(now.words)[0]
    if "预算" in was and "预算" in is_:  # 2022年预算8万元，2021年预算12.5万元
        was, is_ = was.replace("预算", ""), is_.replace("预算", "")
    if not NO_LEVEL.search(was + is_) and same_things(was, is_):
        yield judged(segment, change, now.figure, before.figure, way, (before, now))


def _is_past_of(now: Amount, past: Amount, of: str) -> bool:
    """Is what was told last of the year before the same thing as what was told first?"""
    if not alike(now.figure, past.figure) or NO_LEVEL.search(now.words + of):
        return False
    return of in now.words


def _respectively(segment: Segment) -> Iterator[Outcome]:
    """燃油费3.6万元、维修费2.1万元，分别比上年的4.5万元、2.4万元减少0.9万元、0.3万元."""
    amounts = segment.amounts
    for first in range(1, len(amounts) // 3 + 1):
        if not RESPECTIVELY.match(amounts[first].words):
            continue
        nows, pasts, gaps = (amounts[n : n + first] for n in (0, first, 2 * first))
        way = THEN_LESS.match(gaps[0].words)
        if way is None or not all(a.exact for a in (*nows, *pasts)):
            return
        for now, past, gap in zip(nows, pasts, gaps, strict=True):
            yield judged(segment, gap, now.figure, past.figure, way["way"], (past, now))


def same_things(past: str, now: str) -> bool:
    """Two clauses share two characters, years and marks aside, or one of them has no name."""
    names = [
        re.sub("[^一-鿿]|[为是有达数较比与和的]", "", WORDS_OF_YEARS.sub("", one))
        for one in (past, now)
    ]
    if min(map(len, names)) < TWO:
        return True
    return any(names[0][n : n + TWO] in names[1] for n in range(len(names[0]) - 1))


def _of_head(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    """“三公”经费14.42万元，其中公务用车13.5万元…，比上年下降18.73%: of the whole, or of a part."""
    last = segment.amounts[-1]
    since = SINCE.match(last.words)
    if since is None or last.figure.unit != "%" or not last.exact or "其中" not in segment.text:
        return
    mark = segment.passage.text.index("其中", segment.start)
    change: tuple[Decimal, Interval] | None = None
    head: tuple[Amount, Fact, Fact] | None = None
    for amount in segment.amounts[-LOOK_BACK:-1]:
        pair = _two_years(subject, segment, amount)
        if pair is None:
            continue
        change = quotient(pair[0].figure, pair[1].figure, minus=True)
        if change is None:
            continue
        if since["way"] in DOWN.split("|"):
            change = -change[0], Interval(-change[1].high, -change[1].low)
        if verdict(last.figure, *change) != "differs":
            yield Outcome(RULE)
            return
        if amount.said.end <= mark:
            head = (amount, *pair)
            right = change
    if head is not None:
        amount, now, past = head
        formula = f"（{now.figure} − {past.figure}）÷ {past.figure}"
        yield settled(segment, last, *right, formula, (amount, amount))


def _two_years(subject: Subject, segment: Segment, amount: Amount) -> tuple[Fact, Fact] | None:
    """What the data have of this year, as told here, and of last year."""
    named = subject.told.clearly_named(segment.passage.label(amount.said))
    if named is None:
        return None
    year = subject.disclosure.key.year
    facts = subject.told.facts[named.name]
    now = next((f for f in facts if f.year == year and f.basis == "决算"), None)
    past = next((f for f in facts if f.year == year - 1 and f.basis in ("上年决算", "决算")), None)
    if now is None or past is None or not amount.figure.agrees_with(now.figure):
        return None
    return now, past
