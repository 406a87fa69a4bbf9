"""与上年比的说法与两年的数不符: a change since last year that the two years' tables do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import in_unit, quotient, verdict
from site_builder.report import Fact, Report
from site_builder.rules.named_rows import (
    NamedRow,
    fact_in,
    is_called,
    named_rows,
    pairs_of,
    row_in,
)
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
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
UP = "增加|增长|上升|提高|提升|净增|新增|扩大|上涨|多"
DOWN = "减少|下降|降低|下滑|压减|压缩|净减|回落|少"
LEVEL = "持平|一致|相同|不变|没有变化|无变化|未变"
SINCE = re.compile(
    r"[比较与同和跟](?:上年度?|去年|上一年度?|(?P<opening>年初)|(?P<year>20[0-9]{2})年度?)"
    r"(?:同期|年末|年底|末|底|决算数?|实际)?(?:相比|比较|比)?[，,]?(?:总体|共|再|又|各|都|均|则|保持)*"
    rf"(?P<way>基本持平|{UP}|{DOWN}|{LEVEL})了?(?P<what>[^，,。；;、0-9（(]{{0,5}})"
)
# What every SINCE begins with; led by few characters, so that the search skips all others.
MAYBE = re.compile("[比较与同和跟](?=上年|去年|上一年|年初|20)")
PLANNED = re.compile("计划|目标|任务|预算|控制数|指标|力争|应|拟")
BEFORE = re.compile("^(?:上年|去年|上一年|20[0-9]{2}年)")
NOTHING = re.compile("未发生|没有发生|未出现|没有出现|无(?!人)|零(?:发生|事故|上访|投诉)")
# Targets are set; only what came of them changes.
SET = re.compile("目标|指标值|计划|任务|预算")
FILLERS = re.compile("^(?:其中|但|而|均|也|都|分别|总体|并|且|，|,|、| )*$")
FEW = 20
CURRENT = frozenset(("决算", "年末", "上年决算"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “比上年…” behind a figure that stands in this year's tables."""
    compared = False
    passages = [p for p in subject.told.holding(MAYBE) if not p.address and is_told(p)]
    rows: tuple[NamedRow, ...] = ()
    for passage in passages:
        for match in SINCE.finditer(passage.text):
            rows = rows or tuple(named_rows(subject.library, subject.disclosure))
            for outcome in _of(subject, rows, passage, match):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(
            RULE, reason=Words("没有与上年比的说法", "nothing is compared with last year")
        )


def _of(
    subject: Subject, rows: tuple[NamedRow, ...], passage: Passage, match: re.Match[str]
) -> Iterator[Outcome]:
    year = subject.disclosure.key.year
    if match["year"] and int(match["year"]) != year - 1:
        return
    change = _change(passage, match)
    level = match["way"] in LEVEL.split("|")
    if match["way"] == "基本持平" or (change is None and not level):
        return
    nows = list(_nows(passage, match, change))
    if "其中" not in passage.text[passage.sentence(match.start())[0] : match.start()]:
        del nows[1:]  # else it may be of the whole or of a part
    before = subject.library.of_year(*subject.disclosure.key[:2], year - 1)
    past = None if before is None else before.report
    then_rows = () if before is None else named_rows(subject.library, before)
    if not nows:
        yield from _none_now(subject, rows, then_rows, passage, match, change, past)
        return
    first: tuple[NamedRow, Fact, Fact] | None = None
    known = 0
    for now in nows:
        resolved = False
        words = passage.text[passage.sentence(now.start)[0] : match.start()]
        for row in rows:
            for fact in row.facts:
                if fact.year != year or not _same(now, fact) or not _about(row, fact, words):
                    continue
                for then in _then(subject.disclosure.report, past, then_rows, row, fact, match):
                    if _fits(fact.figure, then.figure, change, match["way"]):
                        yield Outcome(RULE, (fact.address,))
                        return
                    first, resolved = first or (row, fact, then), True
        known += resolved
    if first is not None and known == len(nows):  # else it may be of what no table has
        yield _finding(subject, passage, match, change, *first)


def _none_now(
    subject: Subject,
    rows: tuple[NamedRow, ...],
    then_rows: tuple[NamedRow, ...],
    passage: Passage,
    match: re.Match[str],
    change: Said | None,
    past: Report | None,
) -> Iterator[Outcome]:
    """全年未发生安全事故，比上年减少2起: of nothing, by the row that is nothing this year."""
    words = passage.text[passage.sentence(match.start())[0] : match.start()]
    if change is None or not NOTHING.search(words):
        return
    for row in rows:
        for fact in row.facts:
            if fact.figure.amount or fact.figure.unit != change.unit:
                continue
            if SET.search(fact.column) or not is_called(row.name, words):
                continue
            for then in _then(subject.disclosure.report, past, then_rows, row, fact, match):
                if _fits(fact.figure, then.figure, change, match["way"]):
                    yield Outcome(RULE, (fact.address,))
                else:
                    yield _finding(subject, passage, match, change, row, fact, then)
                return


def _change(passage: Passage, match: re.Match[str]) -> Said | None:
    """The figure that says by how much."""
    for said in passage.figures:
        if said.start == match.end():
            return None if said.about or said.sign or said.upto or said.linked else said
    return None


def _nows(passage: Passage, match: re.Match[str], change: Said | None) -> Iterator[Said]:
    """What may have changed, the nearest first: right before, or what the clause's subject calls."""
    low = max(passage.sentence(match.start())[0], 0)
    clause = passage.clause(match.start())[0]
    called = passage.text[clause : match.start()]
    ahead = [s for s in passage.figures if low <= s.start and s.end <= match.start()]
    if ahead and ahead[-1].end > clause:
        called = passage.text[ahead[-1].end : match.start()]
    called = called.strip("，,、 （(-*")
    if not FILLERS.match(called):
        ahead = [
            s
            for s in passage.figures
            if s.end <= match.start() and passage.label(s).endswith(called[-8:])
        ][-1:]
    for said in reversed(ahead):
        if said.sign or said.about or said.upto or said.figure is None or passage.trend(said):
            continue
        if PLANNED.search(passage.label(said)):
            continue
        if change is None or change.unit == "%":
            if change is None or said.unit != "%":
                yield said
        elif change.unit == "个百分点":
            if said.unit == "%":
                yield said
        elif change.figure is not None and (
            said.unit == change.unit or said.figure.factor_to(change.figure.unit) is not None
        ):
            yield said


def _same(said: Said, fact: Fact) -> bool:
    """The same amount in the same unit, to the digit: more than a likeness."""
    figure = said.figure
    if figure is None or fact.figure.about:
        return False
    factor = figure.factor_to(fact.figure.unit)
    return factor is not None and figure.amount * factor == fact.figure.amount


def _about(row: NamedRow, fact: Fact, words: str) -> bool:
    """Does the sentence hold a pair of characters of what the figure is called?"""
    if abs(fact.figure.amount) < FEW and not row.total and not is_called(row.name, words):
        return False  # many things are three
    names = f"{fact.concept}，{fact.column}，{row.table.form.caption if row.total else row.name}"
    return any(pair in words for pair in pairs_of(row.name) | pairs_of(names))


def _then(
    report: Report,
    before: Report | None,
    then_rows: tuple[NamedRow, ...],
    row: NamedRow,
    fact: Fact,
    match: re.Match[str],
) -> Iterator[Fact]:
    """What it was: beside it in its row, under its concept, and in last year's report."""
    for cell in row.line.cells:
        other = cell.fact
        if other is None or other is fact or other.figure.factor_to(fact.figure.unit) is None:
            continue
        label = other.column
        if match["opening"]:
            if label.startswith(("年初", "期初")) and fact.column.startswith(("年末", "期末")):
                yield other
        elif BEFORE.match(label) and other.year == fact.year - 1 and other.basis != "年初预算":
            yield other
    if match["opening"]:
        return
    if fact.concept and fact.basis in CURRENT:
        for told in report.facts_of(fact.concept):
            if told.year == fact.year - 1 and told.basis in CURRENT:
                yield told
    if before is None:
        return
    if fact.concept and fact.basis:
        told_then = before.fact_of(fact.concept, fact.basis)
        if told_then is not None:
            yield told_then
    other_row = row_in(then_rows, row)
    there = None if other_row is None else fact_in(other_row, fact.column)
    if there is not None and there.year == fact.year - 1:
        yield there


def _fits(now: Figure, then: Figure, change: Said | None, way: str) -> bool:
    """Is the change as told? What cannot be worked out fits."""
    here = in_unit(now, then.unit)
    if here is None:
        return True
    gap, span = here[0] - then.amount, here[1] - then.interval()
    if change is None:
        near = way == "持平" and then.unit not in ("人", "名", "个", "辆", "户")
        return gap == 0 or (near and abs(gap) * 50 <= abs(then.amount))
    figure = change.figure
    if figure is None:
        return True
    sign = -1 if way in DOWN.split("|") else 1
    if change.unit == "%" and now.unit != "%":
        computed = quotient(now, then, minus=True)
        if computed is None:
            return True
        gap, span = computed
    elif change.unit != "个百分点":
        factor = figure.factor_to(then.unit)
        if factor is None:
            return True
        gap, span = gap / factor, Interval(span.low / factor, span.high / factor)
    if sign < 0:
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
    elsewhere = then.at.file != fact.at.file
    of = f"{year - 1}年报告" if elsewhere else f"表中“{then.column}”"
    words = {
        "printed": printed,
        "label": f"{row.name}·{fact.column}" if fact.column else row.name,
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
    gap = then.amount * 0 if here is None else here[0] - then.amount
    if gap == 0:
        return "两年相同", "no change"
    way, way_en = ("增加", "up") if gap > 0 else ("减少", "down")
    if change is not None and change.unit == "%" and now.unit != "%":
        made = quotient(now, then, minus=True)
        if made is not None:
            amount = f"{shown(abs(made[0]), 2)}%"
            return f"应为{'增长' if gap > 0 else '下降'}{amount}", f"{way_en} {amount}"
    unit = "个百分点" if then.unit == "%" else then.unit
    amount = f"{shown(abs(gap), max(now.decimals, then.decimals))}{unit}"
    return f"应为{way}{amount}", f"{way_en} {amount}"
