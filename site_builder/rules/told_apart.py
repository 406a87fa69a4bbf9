"""隔着句子也要算得拢: a share, an average or a gap whose amounts stand in other sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import quotient, verdict
from site_builder.rules.figure_names import figure_name
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said, led_by

RULE = Rule(
    "told-apart-differs",
    "warning",
    Words("隔着句子算不拢", "A share or average that amounts elsewhere do not give"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新计算，或核对报告里另外几处的数；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check the other figures of the report; if printed so, explain it",
    ),
    Words(
        "占比、平均数和缺口所用的数，报告别处都写着，读者会去算。",
        "What a share, an average or a gap is made of stands elsewhere in the report: readers work it out.",
    ),
    yields_to=("told-share", "told-shares-differ", "told-average", "prose-contradicts"),
)
# 城乡社区支出2705.30万元，占37.57%: of what, the other shares of the sentence tell.
BARE = re.compile("^[，,（(]?占(?:比(?:例)?)?(?:为|约)?$")
OF_SAME = re.compile(
    "^[，,（(]?占(?:本年|全年|总|全部|年度)*(?:支出|收入)(?:总额|合计|总计)?(?:的)?(?:比例|比重)?(?:为)?$"
)
LONG = 4  # digits of an amount whose share fits by no accident
# 户厕改造户均2000元; 公厕改造平均每座7.2万元
PER = re.compile(
    "^(?P<x>[一-鿿]{3,12}?)(?:平均)?(?:(?P<of>户|亩|村|座)均|每(?P<of2>户|亩|座|公里|千米|处|个|口|盏|套|栋|间|条|台|平方米))"
    "(?:造价|成本|投资|投入|补助|支出|费用|单价)*$"
)
PER_ALONE = re.compile(
    "^(?:平均)?(?:户均|亩均|村均|座均|每(?:户|亩|座|公里|千米|处|个|口|盏|套|栋|间|条|台))"
)
STOP = re.compile("[。；;]")
# What PER, PER_CAR and SHORT_OF name; a quick no.
MAYBE = led_by(
    "户亩村座每单车缺",
    "[户亩村座]均[一-鿿]{0,6}[0-9]|每[户亩座公千处个口盏套栋间条台平辆][一-鿿]{0,8}[0-9]|车均|单车|缺口[一-鿿]{0,2}[0-9]",
)
COUNT_OF = {"村": "个", "千米": "公里"}
MADE = re.compile("(?:实际)?(?:完成|建成|改造|新建|铺设|安装|硬化|建设|实施)?$")
COST = re.compile("(?:实际)?(?:支出|投入|投资|花费|使用|总投资|共投入|共支出)?$")
PLANNED = re.compile("计划|目标|任务|预算|上年|去年|拟|力争|应|下达|标准|低于|不超过|控制")
# 公务用车10辆，车均2.67万元
PER_CAR = re.compile("(?:车均|单车|每辆车?(?:平均)?|平均每(?:辆|台)(?:车)?)[^，,。；;0-9]{0,10}$")
CARS = re.compile("(?:公务用车|公车|保有量|车辆|车)[^，,。；;0-9]{0,8}$")
CAR_COST = re.compile("公务用车运行(?:维护)?费(?:用)?(?:支出|决算)?$")
SHORT_OF = re.compile("^(?P<x>[一-鿿]{2,10}?)(?:资金)?缺口$")


class _Told(NamedTuple):
    name: str
    figure: Figure
    said: Said
    passage: Passage

    @property
    def planned(self) -> bool:
        """Do words of its clause make it a plan, or another year's?"""
        low, high = self.passage.clause(self.said.start)
        return PLANNED.search(self.passage.text, low, high) is not None


def check(subject: Subject) -> Iterator[Outcome]:
    """Shares that one total must give; averages and gaps of what stands elsewhere."""
    text = subject.wording.text
    compared = False
    for passage in subject.told.lines if "占" in text else ():
        if passage.text.count("占") > 1:  # quick
            for outcome in _shares(subject, passage):
                compared = True
                yield outcome
    for outcome in _elsewhere(subject):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有隔着句子的占比和平均数", "no such share or average"))


def _shares(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """Two shares and more without a name for their whole: what one is of, all are of."""
    text = passage.text
    pairs: list[tuple[Said, Figure, Said, Figure]] = []
    for one, share in pairwise(passage.figures):
        amount, percent = one.figure, share.figure
        if amount is None or percent is None or percent.unit != "%" or amount.kind != "money":
            continue
        between = text[one.end : share.start]
        if (BARE.match(between) or OF_SAME.match(between)) and not (one.sign or share.sign):
            pairs.append((one, amount, share, percent))
    if len(pairs) < 2:
        return
    wholes = [
        f
        for said in passage.figures
        if said.start < pairs[0][0].start and (f := said.figure) is not None and f.kind == "money"
    ]
    facts = subject.disclosure.report.facts
    year = subject.disclosure.key.year
    wholes += [f.figure for f in facts if f.concept in ("支出合计", "收入合计") and f.year == year]
    best: list[tuple[Said, Figure, Said, Figure]] = []
    whole: Figure | None = None
    for candidate in wholes:
        fitting = [pair for pair in pairs if _fits(pair[3], pair[1], candidate)]
        if len(fitting) > len(best) and any(_long(p[1]) and _long(p[3]) for p in fitting):
            best, whole = fitting, candidate
    if whole is None:
        return
    for pair in pairs:
        if pair in best or any(_fits(pair[3], pair[1], other) for other in wholes):
            yield Outcome(RULE)
            continue
        one, amount, share, percent = pair
        if amount.amount > whole.amount * (whole.factor_to(amount.unit) or 1):
            continue
        if "其中" in text[passage.sentence(one.start)[0] : one.start]:
            continue  # of the part before it
        computed = quotient(amount, whole)
        if computed is None:
            continue
        right = f"{shown(computed[0], max(2, percent.decimals))}%"
        label = f"{figure_name(passage, one)}占比"
        formula = f"{one.text} ÷ {whole}"
        yield _finding(passage, share, label, formula, right, (passage, one))


def _long(figure: Figure) -> bool:
    digits = [c for c in figure.text if c.isdigit()]
    return len(digits) >= (3 if figure.unit == "%" else LONG)


def _fits(percent: Figure, part: Figure, whole: Figure) -> bool:
    computed = quotient(part, whole)
    return computed is not None and verdict(percent, *computed) != "differs"


def _elsewhere(subject: Subject) -> Iterator[Outcome]:
    """Averages and gaps by the names of what they are of."""
    wanted: list[tuple[_Told, re.Match[str]]] = []
    for passage in subject.told.holding(MAYBE):
        if passage.address:
            continue
        last: _Told | None = None  # the amount of money before, in the same sentence
        for said in passage.figures:
            figure = said.figure
            if figure is None or said.upto or said.sign or said.about:
                continue
            if last is not None and STOP.search(passage.text, last.said.end, said.start):
                last = None
            told = _Told(figure_name(passage, said), figure, said, passage)
            match = None
            if figure.kind == "money" and told.name:
                if last is not None and PER_ALONE.match(told.name):
                    # 危房改造支出138万元，户均3万元
                    told = told._replace(name=COST.sub("", last.name) + told.name)
                match = (
                    PER.match(told.name) or PER_CAR.search(told.name) or SHORT_OF.match(told.name)
                )
            if match is not None:
                wanted.append((told, match))
            last = told if figure.kind == "money" and match is None else last
    for told, match in wanted:
        named = _named(subject, "车" if match.re is PER_CAR else match["x"])
        if match.re is PER:
            yield from _average(told, match, named)
        elif match.re is PER_CAR:
            yield from _of_cars(told, named)
        else:
            yield from _gap(told, match["x"], named)


def _named(subject: Subject, word: str) -> dict[str, list[_Told]]:
    """The figures of the passages that hold `word`, by their names."""
    named: dict[str, list[_Told]] = {}
    for passage in subject.told.lines:
        for said in passage.figures if word in passage.text else ():
            figure = said.figure
            if figure is not None and not (said.upto or said.sign or said.about):
                name = figure_name(passage, said)
                named.setdefault(name, []).append(_Told(name, figure, said, passage))
    return named


def _only(found: list[_Told]) -> _Told | None:
    """The one figure that is told, perhaps more than once."""
    told = [one for one in found if not one.planned]
    return told[0] if told and len({one.figure.amount for one in told}) == 1 else None


def _average(told: _Told, match: re.Match[str], named: dict[str, list[_Told]]) -> Iterator[Outcome]:
    unit = match["of"] or match["of2"]
    unit = COUNT_OF.get(unit, unit)
    name = match["x"]
    own = {n: all_ for n, all_ in named.items() if n.startswith(name)}
    counts = [
        t
        for n, all_ in own.items()
        if MADE.fullmatch(n[len(name) :])
        for t in all_
        if t.figure.unit == unit
    ]
    sums = [
        t
        for n, all_ in own.items()
        if COST.fullmatch(n[len(name) :])
        for t in all_
        if t.figure.kind == "money"
    ]
    count, total = _only(counts), _only(sums)
    if count is not None and total is not None:
        yield from _quotient(told, total, count)


def _of_cars(told: _Told, named: dict[str, list[_Told]]) -> Iterator[Outcome]:
    """The cars of the same sentence, the cost of the report."""
    low = told.passage.sentence(told.said.start)[0]
    cars = [
        t
        for all_ in named.values()
        for t in all_
        if t.passage is told.passage
        and low <= t.said.start < told.said.start
        and t.figure.unit in ("辆", "台")
        and CARS.search(t.name)
    ]
    costs = [
        t
        for n, all_ in named.items()
        if CAR_COST.search(n)
        for t in all_
        if t.figure.kind == "money"
    ]
    count, total = _only(cars), _only(costs)
    if count is not None and total is not None:
        yield from _quotient(told, total, count)


def _quotient(told: _Told, total: _Told, count: _Told) -> Iterator[Outcome]:
    factor = total.figure.factor_to(told.figure.unit)
    if factor is None or count.figure.amount <= 0:
        return
    with localcontext() as context:
        context.prec = 40
        amount = total.figure.amount * factor / count.figure.amount
        span = total.figure.written_interval().times(factor / count.figure.amount)
    if verdict(told.figure, amount, span) != "differs" or _truncated(told.figure, amount):
        yield Outcome(RULE)
        return
    decimals = max(2, told.figure.decimals)
    right = f"{shown(amount, decimals)}{told.figure.unit}"
    formula = f"{total.said.text} ÷ {count.said.text}"
    yield _finding(told.passage, told.said, told.name, formula, right, (total.passage, total.said))


def _truncated(printed: Figure, amount: Decimal) -> bool:
    return abs(printed.amount - amount) < printed.ulp()


def _gap(told: _Told, name: str, named: dict[str, list[_Told]]) -> Iterator[Outcome]:
    """镇级自筹160万元，镇级自筹到位128万元，镇级自筹资金缺口32万元."""
    all_ = [t for t in named.get(name, []) if t.figure.kind == "money"]
    came = [
        t for n in (f"{name}到位", f"{name}资金到位", f"{name}实际到位") for t in named.get(n, [])
    ]
    came = [t for t in came if t.figure.kind == "money"]
    if len({t.figure.amount for t in all_}) != 1 or len({t.figure.amount for t in came}) != 1:
        return
    whole, part = all_[0], came[0]
    one, two = whole.figure.factor_to(told.figure.unit), part.figure.factor_to(told.figure.unit)
    if one is None or two is None:
        return
    amount = whole.figure.amount * one - part.figure.amount * two
    span: Interval = whole.figure.interval().times(one) - part.figure.interval().times(two)
    if span.meets(told.figure.interval()):
        yield Outcome(RULE)
        return
    right = f"{shown(amount, max(whole.figure.decimals, part.figure.decimals))}{told.figure.unit}"
    formula = f"{whole.said.text} − {part.said.text}"
    yield _finding(told.passage, told.said, told.name, formula, right, (part.passage, part.said))


def _finding(
    passage: Passage, said: Said, label: str, formula: str, right: str, beside: tuple[Passage, Said]
) -> Outcome:
    words = {"label": label, "printed": said.text, "formula": formula, "recomputed": right}
    finding = Finding(
        RULE,
        passage.place(said.start),
        words,
        (beside[0].place(beside[1].start),),
        passage.address or sentence_address(said.text, label),
        said.text,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
