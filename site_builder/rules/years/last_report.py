"""上年的数与上年报告不符: what a sentence says of last year, against what last year's report told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import Figure, Interval, percent_of, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.library import Disclosure
from site_builder.patterns import led_by
from site_builder.relations import verdict
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.sentences import Passage, narrative_passages
from site_builder.told import LEADING, is_told

RULE = Rule(
    "last-year-told-otherwise",
    "warning",
    Words("与上年比的数和上年报告不符", "Last year's figure is not what last year's report told"),
    Words(
        "这里写“{printed}”，上年报告写的“{label}”是{then}，{right}",
        "here it says “{printed}”; last year's report told {then} of “{label}”: {right_en}",
    ),
    Words(
        "请翻出上年的报告核对；口径不同的，把口径写清楚，或在“认可”中说明",
        "look it up in last year's report; if the scope differs, say so or explain it",
    ),
    Words(
        "上年的报告已经公开，读者会拿两年的数对照。",
        "Last year's report is published, and readers compare the two.",
    ),
    yields_to=(
        "told-change",
        "change-since-last-year",
        "results-repeated",
        "claim-contradicted",
        "claim-doubtful",
        "restated",
        "prose-contradicts",
        "told-balance",
    ),
)
UP = "净增加|增加|增长|上升|提高|净增|多出|增|多"
DOWN = "净减少|减少|下降|降低|净减|减|少"
# 5600亩，比上年5000亩增长; 228.40万元，比上年减少14.80万元
SINCE = re.compile(
    rf"(?:[比较](?:上年度?|去年)(?:同期|年?[末底])?(?:相比)?|同比)(?:的(?=[0-9])|(?P<way>{UP}|{DOWN})了?)?(?=[0-9])"
)
# 5800亩，去年为5600亩; 5800亩（上年5600亩）
WAS = re.compile("(?<=[，,（(；;])(?:而)?(?:上年度?|去年)(?:同期|年?[末底])?(?:为|是|有)?(?=[0-9])")
# 由上年的64件减少到58件
FROM = re.compile("[由从](?:上年度?|去年)(?:同期|年?[末底])?的?(?=[0-9])")
TO = re.compile("(?:增加|增长|减少|下降|提高|上升|扩大|压减|降低|增|减|降|升)(?:到|至|为)$")
MAYBE = led_by("上去同", "[上去]年|同比")
NO_LABEL = re.compile("预算|目标|计划|任务|累计|其中|占|每|均|上半年|季度")
VERBS = re.compile(
    "^(?:全年|共|发放|完成|实现|开展|落实|争取|投入|安排|达到?|为|了|的|种植|收到|受理|调解|调处|处理)*"
)
MEASURE = re.compile("面积$|(?:总量|总数|数量)$")
LEAST = 4  # characters of a name that two reports share
GAP = re.compile("[，,（(]?")


class _Then(NamedTuple):
    """A figure of last year's report, what it is called, and where."""

    label: str
    figure: Figure
    passage: Passage
    said: Said


def check(subject: Subject) -> Iterator[Outcome]:
    """Every “比上年” behind a figure whose name last year's narrative has with one figure alone."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    county, town, year = subject.disclosure.key
    for passage in subject.told.holding(MAYBE):
        if passage.address or not is_told(passage):
            continue
        before = subject.library.of_year(county, town, year - 1)
        if before is None:
            return
        for match in SINCE.finditer(passage.text):
            if (finding := _of(passage, match, before)) is not None:
                yield finding
        for match in WAS.finditer(passage.text):
            if (finding := _of(passage, match, before)) is not None:
                yield finding
        for match in FROM.finditer(passage.text):
            if (finding := _of_from(passage, match, before)) is not None:
                yield finding


def _of(passage: Passage, match: re.Match[str], before: Disclosure) -> Finding | None:
    figures = passage.figures
    number = next((n for n, s in enumerate(figures) if s.start == match.end()), 0)
    if not number:  # quick
        return None
    now, told = figures[number - 1], figures[number]
    if now.plain is None or told.plain is None:
        return None
    if not GAP.fullmatch(passage.text, now.end, match.start()):
        return None
    label = _label(passage, now)
    then = None if NO_LABEL.search(label) else _then(_name(label), now.plain, before)
    return None if then is None else _judged(passage, match, now.plain, told, then)


def _of_from(passage: Passage, match: re.Match[str], before: Disclosure) -> Finding | None:
    """由上年的A减少到B: what stands before 由 is its name."""
    text = passage.text
    for told, now in pairwise(passage.figures):
        if told.start != match.end() or not TO.fullmatch(text, told.end, now.start):
            continue
        if now.plain is None or told.plain is None:
            continue
        label = text[passage.opening(match.start()) : match.start()]
        then = None if NO_LABEL.search(label) else _then(_name(label), now.plain, before)
        return None if then is None else _judged(passage, match, now.plain, told, then)
    return None


def _label(passage: Passage, said: Said) -> str:
    """What stands before a figure; before both of 户籍人口9905户32415人."""
    pair = [other for other in passage.figures if other.end == said.start]
    return passage.label(pair[0] if pair else said)


def _name(label: str) -> str:
    """A label without the verb before it and the measure behind it."""
    name = VERBS.sub("", LEADING.sub("", label.strip(" 　-*"), count=1))
    return _measured(name)


def _measured(name: str) -> str:
    return MEASURE.sub("", name)


def _then(name: str, now: Figure, before: Disclosure) -> _Then | None:
    """What last year's report told under that name, if it is one figure alone."""
    if len(name) < LEAST:
        return None
    found: dict[tuple[Decimal, str], _Then] = {}
    if not any(name in section.markdown for section in before.narrative.sections):  # quick
        return None
    for passage in narrative_passages(before.narrative):
        if name not in passage.text:  # quick
            continue
        if not is_told(passage):
            continue
        for said in passage.figures:
            label, figure = _measured(_label(passage, said)), said.plain
            if figure is None or not label.endswith(name):
                continue
            if NO_LABEL.search(label) or figure.factor_to(now.unit) is None:
                continue
            other = _name(label).removesuffix(name)
            if other and not other.endswith("等"):
                return None  # of some of them
            found[figure.amount, figure.unit] = _Then(name, figure, passage, said)
    return next(iter(found.values())) if len(found) == 1 else None


def _judged(
    passage: Passage, match: re.Match[str], now: Figure, said: Said, then: _Then
) -> Finding | None:
    told, was = said.plain, then.figure
    assert told is not None  # as was seen
    factor = was.factor_to(now.unit)
    assert factor is not None  # as was seen
    amount, span = was.amount * factor, was.interval().times(factor)
    way = match.groupdict().get("way")
    if way is None:
        scale = told.factor_to(now.unit)
        if scale is None or told.interval().times(scale).meets(span):
            return None
        right, right_en = f"不是{said.text}", f"not {said.text}"
        return _finding(passage, match, said, then, (right, right_en))
    gap, gaps = now.amount - amount, now.interval() - span
    if way in DOWN.split("|"):
        gap, gaps = -gap, Interval(-gaps.high, -gaps.low)
    unit = now.unit
    if told.unit == "%":
        if span.low <= 0:
            return None
        gap, gaps, unit = percent_of(gap, amount), gaps.over(span).times(Decimal(100)), "%"
    elif (scale := now.factor_to(told.unit)) is None:
        return None
    else:
        gap, gaps, unit = gap * scale, gaps.times(scale), told.unit
    if verdict(told, gap, gaps) != "differs":
        return None
    up = (gap >= 0) == (way in UP.split("|"))
    size = f"{shown(abs(gap), max(2, told.decimals) if unit == '%' else told.decimals)}{unit}"
    right = f"应为{'增加' if up else '减少'}{size}"
    return _finding(passage, match, said, then, (right, f"{'up' if up else 'down'} {size}"))


def _finding(
    passage: Passage, match: re.Match[str], said: Said, then: _Then, right: tuple[str, str]
) -> Finding:
    printed = passage.text[match.start() : said.end]
    words = {
        "printed": printed,
        "label": then.label,
        "then": then.said.text,
        "right": right[0],
        "right_en": right[1],
    }
    others = (then.passage.place(then.said.start),)
    at, address = passage.place(match.start()), sentence_address(printed, then.label)
    return Finding(RULE, at, words, others, address, printed, right[0], length=len(printed))
