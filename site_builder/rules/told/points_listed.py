"""权重、得分列出来加不拢: weights that make no full mark, points that make no total, the rate of a class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import percent_of, power_of_ten, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "listed-points-differ",
    "warning",
    Words("正文所列的权重、得分算不拢", "Weights or points in a sentence that do not follow"),
    Words(
        "“{label}”{told}，{formula}得{recomputed}",
        "“{label}” {told_en}; {formula} makes {recomputed}",
    ),
    Words(
        "请逐项核对权重、得分和总分；原件如此的，保留原文并在“认可”中说明",
        "check each weight, each score and their total; if they are printed so, explain it",
    ),
    Words(
        "各类权重合起来是满分，各类得分合起来是总分，读者加一遍就知道对不对。",
        "Weights make the full mark and scores make the total: readers add them up.",
    ),
    yields_to=(
        "told-score-differs",
        "told-parts-differ",
        "told-balance",
        "told-points",
        "told-part-exceeds",
        "listed-parts-differ",
    ),
)
NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_NAMES = r"[一-鿿“”]{2,8}"
_MARK = r"[、和及]"
# 权重分别为20分、25分、30分、25分; 权重为：决策20分、过程25分、产出30分、效益25分
WEIGHTS = "权重|分值|满分|标准分"
SCORES = "得分(?!率)|分别得|各得"
LIST = re.compile(
    rf"(?P<what>{WEIGHTS}|{SCORES}|扣分)(?:值|比例|设置|分配|情况|构成)?(?:依次|分别|各)*(?:为|是|占|设为|设置为|如下)?[：:]?"
    rf"(?P<items>(?:{_NAMES}(?:类|指标|方面|部分)?(?:占|为|得)?)?{NUMBER}[分%％]?"
    rf"(?:{_MARK}(?:{_NAMES}(?:类|指标|方面|部分)?(?:占|为|得)?)?{NUMBER}[分%％]?){{1,9}})(?![0-9.至到-])"
)
ITEM = re.compile(
    rf"(?P<name>(?:{_NAMES})?)[（(]?(?:权重|分值|满分|占)?(?P<n>{NUMBER})(?P<unit>[分%％]?)"
)
_TAIL = re.compile("(?:类|指标|方面|部分)?(?:占|为|得)?$")
MAYBE = led_by(
    "权分满标得各扣",
    f"(?:权重|分值|满分|标准分|得分|分别得|各得|扣分)[^。；;0-9]{{0,24}}{NUMBER}[分%％]?{_MARK}[^。；;0-9]{{0,12}}[0-9]|"
    f"分[）)]?{_MARK}[一-鿿]{{2,8}}[（(]?(?:权重|分值|满分|占)?{NUMBER}分",
)
# 决策（20分）、过程（25分）、产出（30分）和效益（30分）: the classes of a score, each with its points
_CLASS = "(?:项目)?(?:决策|投入|过程|管理|产出|效益|效果|满意度|履职|预算执行)(?:类|指标|方面|情况|效果|管理)*"
BY_CLASS = re.compile(
    rf"(?P<items>{_CLASS}[（(]?(?:权重|分值|满分|占)?{NUMBER}[分%％][）)]?(?:{_MARK}{_CLASS}[（(]?(?:权重|分值|满分|占)?{NUMBER}[分%％][）)]?){{2,6}})"
    rf"(?:(?:等?[二两三四五六七]?[个]?(?:部分|方面|类|大类)(?:指标)?(?:构成|组成)?)?[，,（(]?(?:满分|总分|合计|共计|共)(?:为|是)?(?P<n>{NUMBER})分)?"
)
# Weights of a part of the indicators only, or of one class.
SOME = re.compile(
    "其中|前[二两三四五六]|[二三四]级|分项|子项|部分指标|等(?!级|次|于|第)|主要|下设|所属|各村|加权|加上|另|上年|去年|原|调整前"
)
# 自评得分92.3分, 总分92.3分; 共扣7.7分
TOTAL = re.compile(
    rf"(?:自评(?:总)?得分|综合(?:得分|评分)|评价(?:总)?得分|总(?:得)?分|最终得分|合计(?:得分|得)?|总计(?:得)?|共(?:计)?得(?:分)?|得分合计|总评)"
    rf"(?:为|是|共|计|得|达|：)*(?P<n>{NUMBER})分"
)
TAKEN = re.compile(rf"(?:共|共计|合计|总共|累计)扣(?:分|减|除)?(?:了|为)?(?P<n>{NUMBER})分")
FULL = re.compile(
    rf"(?:满分|总分值|权重(?:合计|共计?)|总分(?=[为是共计]{{0,2}}1[0-9]0分))(?:值)?(?:设置|设定)?(?:为|是|共|计)*(?P<n>{NUMBER})分"
)
# 自评总分97.6分：决策14.6分、过程28.5分…
BEFORE = re.compile(
    rf"(?:总分|得分|评分)(?:为|是|共|计)*(?P<n>{NUMBER})分[：:，,（(]?(?:其中)?[：:，,]?$"
)
OF_OTHERS = re.compile("上年|去年|20[0-9]{2}年(?!度)|满分|分值|平均|目标")
# 分决策、过程、产出、效益四类，权重分别为…
CLASSES = re.compile(
    r"(?P<names>[一-鿿]{2,8}(?:、[一-鿿]{2,8}){1,6}?(?:[、和及与][一-鿿]{2,8})?)(?=[二两三四五六七八][个类大项]|等?[二两三四五六七八](?:方面|部分)|四类)"
)
OPENING = re.compile("^.*(?:分为|分成|分|按照?|包括|设置?|由|从|对)(?=[一-鿿]{2})")
# 得分率产出为83.88%, 产出得分率83.88%
RATE = re.compile(
    rf"(?P<name>[一-鿿]{{2,6}}?)(?:类|指标|方面|部分)?(?P<rate>得分率)?(?:为|是|达到?|仅)?(?P<n>{NUMBER})[%％]"
)
RATED = re.compile("得分率")
SCORED = rf"(?:类|指标|方面|部分)?(?:得分|得)?(?:为)?(?P<n>{NUMBER})分"
# 采用百分制，其中项目决策占15分…
OF_A_HUNDRED = re.compile("百分制|满分100分|总分100分")
HUNDRED = Decimal(100)
EXECUTION = Decimal(10)
CLASSES_OF_ALL = 4  # 投入、过程、产出、效果: there is none beside them
POINTS = re.compile("[0-9]+(?:[.][0-9]+)?(?=分)")
NEAR = 20  # points that weights may be off the full mark and still be meant to make it
CLOSE, FEW = 10, Decimal(2)  # a tenth of the total, or two points, that scores may be off


class _List(NamedTuple):
    """Numbers listed behind 权重 or 得分, with their names where they are told."""

    what: str
    start: int
    printed: str
    names: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    per_cent: bool

    @property
    def total(self) -> Decimal:
        return sum(self.numbers, Decimal(0))

    @property
    def formula(self) -> str:
        return " + ".join(f"{n:f}" for n in self.numbers)


class _Weight(NamedTuple):
    points: Decimal
    at: Place


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists of weights and of points; the rate of each class whose weight and score are told."""
    compared = False
    weights: dict[str, _Weight] = {}
    for passage in subject.told.holding(MAYBE):
        for outcome in (*_lists(subject, passage, weights), *_by_class(subject, passage)):
            compared = True
            yield outcome
    if weights and "得分率" in subject.wording.text:  # quick
        for passage in subject.told.holding(RATED):
            for outcome in _rates(passage, weights):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("正文没有列权重、得分", "no weights or points listed"))


def _lists(subject: Subject, passage: Passage, weights: dict[str, _Weight]) -> Iterator[Outcome]:
    text = passage.text
    lists = [made for match in LIST.finditer(text) if (made := _made(match)) is not None]
    for one in lists:
        low, high = passage.sentence(one.start)
        before = text[max(low, one.start - 24) : one.start]
        if one.what in ("权重", "分值", "满分", "标准分"):
            names = one.names if all(one.names) else _classes(text[low : one.start])
            if len(names) == len(one.numbers):
                at = passage.place(one.start)
                weights.update((n, _Weight(p, at)) for n, p in zip(names, one.numbers, strict=True))
            yield from _weighed(subject, passage, one, before + text[one.start : high])
        else:
            yield from _added(passage, one, before, low, high)
    for one, other in pairwise(lists):
        yield from _above(passage, one, other)


def _made(match: re.Match[str]) -> _List | None:
    items = list(ITEM.finditer(match["items"]))
    units = {item["unit"] for item in items} - {""}
    if len(units) != 1:
        return None
    names = tuple(_TAIL.sub("", item["name"]) for item in items)
    if any(names) and not all(names):
        return None
    numbers = tuple(Decimal(item["n"]) for item in items)
    what = match.groupdict().get("what", "")
    return _List(what, match.start(), match["items"], names, numbers, units != {"分"})


def _full(subject: Subject, text: str, one: _List) -> Decimal:
    """The full mark: what the text says it is, or the profile, or 100; of several the nearest."""
    if one.per_cent:
        return HUNDRED
    profile = subject.disclosure.profile
    known = profile.full_score if profile is not None else None
    told = [known or HUNDRED, *(Decimal(m["n"]) for m in FULL.finditer(text))]
    return min(told, key=lambda full: abs(full - one.total))


def _weighed(subject: Subject, passage: Passage, one: _List, around: str) -> Iterator[Outcome]:
    """权重分别为20分、25分、30分、30分: together the full mark."""
    if len(one.numbers) < 3 or SOME.search(around):
        return
    full = _full(subject, passage.text, one)
    if one.total == full:
        yield Outcome(RULE)
    elif abs(one.total - full) <= NEAR and not _beside(passage.text, one, full):
        yield _not_full(passage, one, one.what, full)


def _beside(text: str, one: _List, whole: Decimal) -> bool:
    """Is the sum itself printed (产出指标共85分，权重分别为…), or what lacks of the whole?

    预算执行率 has 10 points of its own, which go without saying.
    """
    told = _points(text, one)
    return one.total in told or whole - one.total in {*told, EXECUTION}


def _points(text: str, one: _List) -> set[Decimal]:
    """All points told but those of the list."""
    return {Decimal(n) for n in POINTS.findall(text.replace(one.printed, ""))}


def _added(passage: Passage, one: _List, before: str, low: int, high: int) -> Iterator[Outcome]:
    """得分分别为14.2分、23.1分、32.4分、22.6分，自评得分92.3分."""
    text = passage.text
    if one.per_cent or SOME.search(text, one.start, high) or SOME.search(before):
        return
    if OF_OTHERS.search(text, passage.opening(one.start), one.start):
        return
    end = one.start + text[one.start : high].index(one.printed) + len(one.printed)
    pattern = TAKEN if one.what == "扣分" else TOTAL
    totals = [
        m for m in pattern.finditer(text, low, high) if m.start() >= end or m.end() <= one.start
    ]
    if not totals:
        return
    told = min(totals, key=lambda m: min(abs(m.start() - end), abs(one.start - m.end())))
    printed = Decimal(told["n"])
    if OF_OTHERS.search(text, passage.opening(told.start()), told.start()):
        return
    if any(Decimal(m["n"]) == one.total for m in totals):
        yield Outcome(RULE)
        return
    gap = printed - one.total
    # 产出、效益、满意度得分分别为…: 预算执行率 has its own, up to 10 points.
    executed = (
        "效益" in text[low:high] and 0 < gap <= EXECUTION and len(one.numbers) < CLASSES_OF_ALL
    )
    if abs(gap) <= max(printed / CLOSE, FEW) and not executed and gap not in _points(text, one):
        label, is_ = told[0].removesuffix(f"{told['n']}分"), f"{told['n']}分"
        words = label, is_, f"写的是{is_}", one.formula, f"{one.total:f}分"
        yield _found(passage, told.start(), told[0], words, f"is said to be {is_}")


def _above(passage: Passage, one: _List, other: _List) -> Iterator[Outcome]:
    """分值分别为15分、25分，得分分别为14.2分、26分: no score above its weight."""
    if one.what not in ("权重", "分值", "满分", "标准分") or not other.what.startswith(
        ("得", "分别", "各")
    ):
        return
    if one.per_cent or other.per_cent or len(one.numbers) != len(other.numbers):
        return
    for weight, score in zip(one.numbers, other.numbers, strict=True):
        if score > weight:
            is_ = f"{score:f}分"
            words = "得分", is_, f"写的是{is_}", "分值", f"{weight:f}分"
            yield _found(passage, other.start, other.printed, words, f"is {is_}")
            return
    yield Outcome(RULE)


def _by_class(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """Classes with their points: the total told behind them, and never more than the full mark."""
    for match in BY_CLASS.finditer(passage.text):
        one = _made(match)
        low, high = passage.sentence(match.start())
        if one is None or LIST.search(passage.text, max(low, match.start() - 16), match.end()):
            continue
        hundred = OF_A_HUNDRED.search(passage.text, low, match.start())
        told = passage.text[low:high]
        if SOME.search(told.replace("其中", "", 1) if hundred else told):
            continue
        before = BEFORE.search(passage.text, low, match.start())
        beside = match["n"] or (before["n"] if before is not None else "100" if hundred else "")
        full = Decimal(beside) if beside else _full(subject, passage.text, one)
        if one.total == full or (one.total < full and not beside):
            yield Outcome(RULE)
        elif abs(one.total - full) <= NEAR and full - one.total not in {
            *_points(passage.text, one),
            EXECUTION,
        }:
            yield _not_full(passage, one, "各类", full)


def _classes(before: str) -> tuple[str, ...]:
    """The names that a sentence lists before their weights."""
    found = list(CLASSES.finditer(before))
    if not found:
        return ()
    return tuple(re.split("[、和及与]", OPENING.sub("", found[-1]["names"])))


def _rates(passage: Passage, weights: dict[str, _Weight]) -> Iterator[Outcome]:
    """产出26.5分 of 30: the rate is 88.33%."""
    text = passage.text
    for match in RATE.finditer(text):
        low, high = passage.sentence(match.start())
        if "得分率" not in text[low : match.end()]:
            continue
        name = match["name"].removeprefix("得分率").removesuffix("得分率")
        weight = weights.get(name)
        if weight is None or not weight.points:
            continue
        scored = re.findall(name + SCORED, text[:high])
        if len(set(scored)) != 1:
            continue
        right = percent_of(Decimal(scored[0]), weight.points)
        step = power_of_ten(Decimal(match["n"]).as_tuple().exponent)
        if abs(right - Decimal(match["n"])) < step:
            yield Outcome(RULE)
            continue
        formula = f"{scored[0]}分 ÷ {weight.points:f}分"
        is_ = f"{match['n']}%"
        words = f"{name}得分率", is_, f"写的是{is_}", formula, f"{shown(right, 2)}%"
        yield _found(passage, match.start(), match[0], words, f"is said to be {is_}", weight.at)


def _not_full(passage: Passage, one: _List, label: str, full: Decimal) -> Outcome:
    unit = "%" if one.per_cent else "分"
    told = f"{one.printed}合起来应为{full:f}{unit}"
    words = label, one.printed, told, one.formula, f"{one.total:f}{unit}"
    said = f"({one.printed}) should make {full:f}{unit}"
    return _found(passage, one.start, one.printed, words, said)


def _found(
    passage: Passage,
    start: int,
    text: str,
    said: tuple[str, str, str, str, str],
    said_en: str,
    *others: Place,
) -> Outcome:
    """`said` is the label, what is printed of `text`, how, the formula and what it makes."""
    label, printed, told, formula, right = said
    words = {"label": label, "told": told, "told_en": said_en, "formula": formula}
    finding = Finding(
        RULE,
        passage.place(start),
        {**words, "recomputed": right},
        others,
        passage.address or sentence_address(text, label),
        printed,
        right,
        formula=formula,
        length=len(text),
    )
    return Outcome(RULE, finding=finding)
