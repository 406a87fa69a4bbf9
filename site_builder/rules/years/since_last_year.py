"""与上年比的说法与两年的数不符: a change since last year that the two years' tables do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure, Interval, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.relations import in_unit, quotient, verdict
from site_builder.report import Fact
from site_builder.rules.named_rows import (
    NamedRow,
    is_called,
    named_rows,
    pairs_of,
    row_in,
)
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "change-since-last-year",
    "warning",
    Words("与上年比的说法，两年的数得不出", "A change that the figures of two years do not give"),
    Words(
        "正文写“{printed}”，但“{label}”本年是{now}，{then_of}是{then}，{right}",
        "the text says “{printed}”; “{label}” is {now} this year and was {then}: {right_en}",
    ),
    Words(
        "请对照两年的表核对增减的方向和多少；口径不同的，把口径写清楚",
        "check direction and size against both years' tables; if the scope differs, say so",
    ),
    Words(
        "“比上年”说的是两个已经公布的数，读者翻出上年的表就能核对。",
        "A comparison with last year is of two published figures that anybody can look up.",
    ),
    yields_to=(
        "told-change",
        "claim-contradicted",
        "claim-doubtful",
        "told-balance",
        "told-points",
        "prose-contradicts",
    ),
)
UP = "增加|增长|上升|提高|提升|净增|新增|扩大|上涨|高出|多出|多支出|多支付|多发放|多"
DOWN = "减少|下降|降低|下滑|压减|压缩|净减|回落|少支出|少支付|少"
LEVEL = "持平|一致|相同|不变|没有变化|无变化|未变"
SINCE = re.compile(
    r"[比较与同和跟](?:上年度?|去年|上一年度?|(?<=同)比(?:上年|去年)?|(?P<opening>年初)|(?P<year>20[0-9]{2})年度?)"
    r"(?:同期|年末|年底|末|底|决算数?|实际)?(?:相比|比较|比)?[，,]?(?:总体|共|再|又|各|都|均|则|保持)*"
    rf"(?P<way>{UP}|{DOWN}|{LEVEL})了?(?P<what>[^，,。；;、0-9（(]{{0,5}})"
)
# What every SINCE begins with; led by few characters, so that the search skips all others.
MAYBE = led_by(
    "比较与同和跟上去",
    "[比较与同和跟](?:上年|去年|上一年|年初|20)|同比|[上去]年(?<=[，,（(]..)[末底同期为是有]{0,4}[0-9]",
)
# 实有45人，上年44人; 实有45人（上年44人）
WAS = re.compile("[上去]年(?<=[，,（(]..)(?:末|底|同期)?(?:为|是|有)?(?=[0-9])")
PLANNED = re.compile("计划|目标|任务|预算|控制数|指标|力争|应|拟")
NOTHING = re.compile("未发生|没有发生|未出现|没有出现|无(?!人)|零(?:发生|事故|上访|投诉)")
# What two columns of one thing may differ in: 上年化解, 本年化解; 上年数 is of any.
OF_YEAR = re.compile(
    "上一?年度?|去年|本年度?|今年|当年|全年|年末|20[0-9]{2}年度?|[末底数额]|实际|决算"
)
# Targets are set; only what came of them changes.
SET = re.compile("目标|指标值|计划|任务|预算")
FILLERS = re.compile("^(?:其中|但|而|均|也|都|分别|总体|并|且|，|,|、| )*$")
FEW = 20
NAN = Decimal("NaN")
_Change = tuple[NamedRow, Fact, Fact]  # of the year, and what it was


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “比上年…” behind a figure that stands in this year's tables."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        if not is_told(passage):
            continue
        for pattern, way in ((SINCE, _of), (WAS, _was)):
            for match in pattern.finditer(passage.text):
                for outcome in way(subject, passage, match):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(
            RULE, reason=Words("没有与上年比的说法", "nothing is compared with last year")
        )


def _of(subject: Subject, passage: Passage, match: re.Match[str]) -> Iterator[Outcome]:
    county, town, year = subject.disclosure.key
    change = next((s for s in passage.figures if s.start == match.end() and s.plain), None)
    if match["year"] not in (None, str(year - 1)):
        return
    if change is None and match["way"] not in LEVEL.split("|"):
        return
    rows = named_rows(subject.library, subject.disclosure)
    before = subject.library.of_year(county, town, year - 1)
    then_rows = () if before is None else named_rows(subject.library, before)
    words = passage.text[passage.sentence(match.start())[0] : match.start()]
    nows = list(_nows(passage, match, change))
    if not nows and NOTHING.search(words):
        # 全年未发生安全事故，比上年减少2起: of nothing, by the row that is nothing this year
        for row, fact in [(one, fact) for one in rows for fact in one.facts]:
            if fact.figure.amount or not _is_of_year(fact, year):
                continue
            if not _may_change(fact.figure, change):
                continue
            if SET.search(fact.column) or not is_called(row.name, words):
                continue
            for then in _then(then_rows, row, fact, match["opening"]):
                yield _judged(subject, passage, match, change, [(row, fact, then)])
                return
    if "其中" not in words:
        del nows[1:]  # else it may be of the whole or of a part
    changes: list[_Change] = []
    for now in nows:
        known = [
            (row, fact, then)
            for row, fact in _told_as(rows, year, now)
            if _about(row, fact, words)
            for then in _then(then_rows, row, fact, match["opening"])
        ]
        if not known:
            return  # it may be of what no table has
        changes += known
    if changes:
        yield _judged(subject, passage, match, change, changes)


def _was(subject: Subject, passage: Passage, match: re.Match[str]) -> Iterator[Outcome]:
    """实有45人，上年44人: the figure right before it, and what that was by last year's table."""
    county, town, year = subject.disclosure.key
    figures = passage.figures
    number = next((n for n, s in enumerate(figures) if s.start == match.end()), 0)
    if not number or figures[number - 1].end != match.start() - 1:
        return
    then, now = figures[number].plain, figures[number - 1].plain
    if then is None or now is None or PLANNED.search(passage.label(figures[number - 1])):
        return
    words = passage.text[passage.sentence(match.start())[0] : match.start()]
    rows = named_rows(subject.library, subject.disclosure)
    before = subject.library.of_year(county, town, year - 1)
    then_rows = () if before is None else named_rows(subject.library, before)
    told = [
        (row, fact, was)
        for row, fact in _told_as(rows, year, now)
        if _about(row, fact, words)
        for was in _then(then_rows, row, fact, "")
    ]
    if any(was.figure.agrees_with(then) for _, _, was in told):
        yield Outcome(RULE, (told[0][1].address,))
    elif told:
        yield _finding(subject, passage, match, figures[number], *told[0])


def _is_of_year(fact: Fact, year: int) -> bool:
    return fact.year == year and not fact.column.startswith(("上", "去年"))


def _told_as(
    rows: tuple[NamedRow, ...], year: int, told: Figure
) -> Iterator[tuple[NamedRow, Fact]]:
    """The figures of the year that are what is told, to the digit: more than a likeness."""
    wanted: dict[str, Decimal] = {}  # by the unit of a figure; nothing equals what is no number
    for row in rows:
        for fact in row.facts:
            figure = fact.figure
            if figure.unit not in wanted:  # quick
                factor = told.factor_to(figure.unit)
                wanted[figure.unit] = NAN if factor is None else told.amount * factor
            if figure.amount != wanted[figure.unit]:
                continue
            if _is_of_year(fact, year):
                yield row, fact


def _nows(passage: Passage, match: re.Match[str], change: Said | None) -> Iterator[Figure]:
    """What may have changed, the nearest first: right before, or what the clause's subject calls."""
    low = passage.sentence(match.start())[0]
    ahead = [s for s in passage.figures if low <= s.start and s.end <= match.start()]
    start = max([passage.opening(match.start()), *(s.end for s in ahead)])
    called = passage.text[start : match.start()].strip("，,、 （(-*")
    if not FILLERS.match(called):
        ahead = [s for s in ahead if passage.label(s).endswith(called[-8:])]
    for said in reversed(ahead):
        figure = said.figure
        if figure is None or said.sign or said.about or said.upto or passage.trend(said):
            continue
        if not PLANNED.search(passage.label(said)) and _may_change(figure, change):
            yield figure


def _may_change(figure: Figure, change: Said | None) -> bool:
    """Can it have changed by that much? Per cent are of what is not in per cent."""
    if change is None:
        return True
    if change.unit in ("%", "个百分点"):
        return (figure.unit == "%") == (change.unit == "个百分点")
    return figure.factor_to(change.unit) is not None


def _about(row: NamedRow, fact: Fact, words: str) -> bool:
    """Does the sentence hold a pair of characters of what the figure is called?"""
    if abs(fact.figure.amount) < FEW and not is_called(row.name, words):
        return False  # many things are three
    called = f"{row.name}，{fact.column}，{fact.concept}"
    return any(pair in words for pair in pairs_of(called))


def _then(
    then_rows: tuple[NamedRow, ...], row: NamedRow, fact: Fact, opening: str | None
) -> Iterator[Fact]:
    """What it was, in a unit of the same kind: beside it in its row, and in last year's report."""
    found = [other for other in row.facts if _is_before(other, fact, opening)]
    other_row = row_in(then_rows, row)
    if other_row is not None:
        found += [one for one in other_row.facts if one.column == fact.column]
    for then in found:
        if fact.figure.factor_to(then.figure.unit) is not None:
            yield then


def _is_before(other: Fact, fact: Fact, opening: str | None) -> bool:
    if opening:
        return other.column.startswith(("年初", "期初")) and fact.column.startswith(
            ("年末", "期末")
        )
    then = ("上年", "去年", "上一年", f"{fact.year - 1}年")
    return other.column.startswith(then) and OF_YEAR.sub("", other.column) in (
        "",
        OF_YEAR.sub("", fact.column),
    )


def _judged(
    subject: Subject,
    passage: Passage,
    match: re.Match[str],
    change: Said | None,
    changes: list[_Change],
) -> Outcome:
    """One of them must fit; else the first is told."""
    for _, fact, then in changes:
        if _fits(fact.figure, then.figure, change, match["way"]):
            return Outcome(RULE, (fact.address,))
    return _finding(subject, passage, match, change, *changes[0])


def _fits(now: Figure, then: Figure, change: Said | None, way: str) -> bool:
    """Is the change as told? What cannot be worked out fits."""
    here = in_unit(now, then.unit)
    assert here is not None  # they are of one kind
    gap, span = here[0] - then.amount, here[1] - then.interval()
    if change is None:
        near = way == "持平" and then.measured
        return abs(gap) * 50 <= abs(then.amount) if near else gap == 0
    figure = change.figure
    assert figure is not None  # it is plain
    if change.unit == "%":
        computed = quotient(now, then, minus=True)
        if computed is None:
            return True
        gap, span = computed
    elif change.unit != "个百分点":
        factor = figure.factor_to(then.unit)
        assert factor is not None  # as above
        gap, span = gap / factor, Interval(span.low / factor, span.high / factor)
    if way in DOWN.split("|"):
        gap, span = -gap, Interval(-span.high, -span.low)
    return verdict(figure, gap, span) != "differs"


def _finding(
    subject: Subject,
    passage: Passage,
    match: re.Match[str],
    change: Said | None,
    row: NamedRow,
    fact: Fact,
    then: Fact,
) -> Outcome:
    year = subject.disclosure.key.year
    printed = passage.text[match.start() : change.end if change else match.end("way")]
    right, right_en = _right(fact.figure, then.figure, change)
    if match.re is WAS:
        assert change is not None  # it begins where the match ends
        right, right_en = f"不是{change.text}", f"not {change.text}"
    of = f"表中“{then.column}”" if then in row.facts else f"{year - 1}年报告"
    words = {
        "printed": printed,
        "label": f"{row.name}·{fact.column}".rstrip("·"),
        "now": str(fact.figure),
        "then": str(then.figure),
        "then_of": of,
        "right": right,
        "right_en": right_en,
    }
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (fact.at, then.at),
        sentence_address(printed, row.name),
        printed,
        right,
        length=len(printed),
    )
    return Outcome(RULE, (fact.address,), finding)


def _right(now: Figure, then: Figure, change: Said | None) -> tuple[str, str]:
    here = in_unit(now, then.unit)
    assert here is not None  # as above
    gap = here[0] - then.amount
    if gap == 0:
        return "两年相同", "no change"
    way, way_en = ("增加", "up") if gap > 0 else ("减少", "down")
    if change is not None and change.unit == "%":
        made = quotient(now, then, minus=True)
        assert made is not None  # or it fits
        amount = f"{shown(abs(made[0]), 2)}%"
        return f"应为{'增长' if gap > 0 else '下降'}{amount}", f"{way_en} {amount}"
    unit = "个百分点" if then.unit == "%" else then.unit
    amount = f"{abs(gap).normalize():f}{unit}"
    return f"应为{way}{amount}", f"{way_en} {amount}"
