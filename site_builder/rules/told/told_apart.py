"""隔着句子也要算得拢: a share, an average or a gap whose amounts stand in other sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import localcontext
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import Figure, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Rule, Words
from site_builder.patterns import led_by
from site_builder.relations import quotient, verdict
from site_builder.rules import wrong_unit
from site_builder.rules.figure_names import figure_name
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.told_quotients import fits
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.sentences import Passage

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
    yields_to=(
        "told-classes-differ",
        "told-share",
        "told-shares-differ",
        "told-average",
        "prose-contradicts",
    ),
)
# 城乡社区支出2705.30万元，占37.57%: of what, the other shares of the sentence tell.
SHARE = re.compile(
    "[，,（(]?占(?:比(?:例)?)?(?:为|约)?$|"
    "[，,（(]?占(?:本年|全年|总|全部|年度)*(?:支出|收入)(?:总额|合计|总计)?(?:的)?(?:比例|比重)?(?:为)?$"
)
SHARES = re.compile("占[^占\\n]*占")
# 占总支出的40%: of the one total that the report tells by that name
OF_NAMED = re.compile(
    "^[，,（(]?占(?:本年|全年|当年|年度)?(?P<what>总?支出|总?收入|全部支出|全部收入)(?:总额|合计|总计)?(?:的)?(?:比例|比重)?(?:为|达)?$"
)
NAMED_SHARE = re.compile("占(?:本年|全年|当年|年度|全部)*总?(?:支出|收入)[^，,。；;0-9]{0,6}[0-9]")
ALL_OF = {
    "支": re.compile("(?:总支出|支出(?:合计|总计|总额))$"),
    "收": re.compile("(?:总收入|收入(?:合计|总计|总额))$"),
}
# 公务接待费9.5万元，接待281批次。平均每批次338元: what an average of the next sentence is of
MEAN = re.compile(
    "^[，,]?(?:平均)?(?:每(?P<of>批次|批|户|人|亩|座|处|个|盏|套|场次|场|期|公里)(?:平均)?|(?P<of2>人|户|亩|座|批次?|村|场)均)"
    "(?:接待|投入|补助|补贴|造价|成本|投资|发放|费用|支出|奖补|救助|费|标准)*(?:为|达|约)?$"
)
MEANS = re.compile(
    "每(?:批|户|人|亩|座|处|个|盏|套|场|期|公里)[^，,。；;0-9\n]{0,8}[0-9]|均(?<=[人户亩座批次村场]均)[^，,。；;0-9\n]{0,8}[0-9]"
)
LONG, LONG_SHARE = 4, 3  # digits of an amount and of its share that fit by no accident
# 户厕改造户均2000元; 公厕改造平均每座7.2万元
PER = re.compile(
    "^(?P<x>[一-鿿]{3,12}?)(?:平均)?(?:(?P<of>户|亩|村|座)均|每(?P<of2>户|亩|座|公里|千米|处|个|口|盏|套|栋|间|条|台|平方米))"
    "(?:造价|成本|投资|投入|补助|支出|费用|单价)*$"
)
PER_ALONE = re.compile(
    "^(?:平均)?(?:户均|亩均|村均|座均|每(?:户|亩|座|公里|千米|处|个|口|盏|套|栋|间|条|台))"
)
# What PER, PER_CAR and SHORT_OF name; a quick no.
MAYBE = led_by(
    "户亩村座每单车缺",
    "[户亩村座]均[一-鿿]{0,6}[0-9]|每[户亩座公千处个口盏套栋间条台平辆][一-鿿]{0,8}[0-9]|车均|单车|缺口[一-鿿]{0,2}[0-9]",
)
UNITS_OF = {
    "人": ("人", "名", "位", "人次"),
    "批次": ("批次", "批"),
    "批": ("批次", "批"),
    "场": ("场", "场次"),
    "村": ("个",),
}
NO_THINGS = frozenset(
    ("全年", "共计", "合计", "完成", "发放", "投入", "资金", "改造", "建设", "全镇", "新建", "累计")
)
HAN_PAIR = re.compile("[一-鿿]{2}")
COUNT_OF = {"村": "个", "千米": "公里"}
MADE = re.compile("(?:实际)?(?:完成|建成|改造|新建|铺设|安装|硬化|建设|实施)?$")
COST = re.compile("(?:实际)?(?:支出|投入|投资|花费|使用|总投资|共投入|共支出)?$")
PLANNED = re.compile("计划|目标|任务|预算|上年|去年|拟|力争|应|下达|标准|低于|不超过|控制")
# 公务用车10辆，车均2.67万元
PER_CAR = re.compile("(?:车均|单车|每辆车?(?:平均)?|平均每(?:辆|台)(?:车)?)[^，,。；;0-9]{0,10}$")
CARS = re.compile("(?:公务用车|公车|保有量|车辆|车)[^，,。；;0-9]{0,8}$")
CAR_UNITS = ("辆", "台")
CAR_COST = re.compile("公务用车运行(?:维护)?费(?:用)?(?:支出|决算)?$")
HUNDRED = 100
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
    compared = False
    for way, pattern in (
        (_shares, SHARES),
        (_of_named, NAMED_SHARE),
        (_elsewhere, MAYBE),
        (_behind, MEANS),
    ):
        for passage in subject.told.holding(pattern):
            for outcome in way(subject, passage):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有隔着句子的占比和平均数", "no such share or average"))


def _shares(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """Two shares and more without a name for their whole: what one is of, all are of."""
    lines = [one.amounts for one in segments(passage)]
    pairs = [
        (amount, share)
        for amounts in lines
        for amount, share in pairwise(amounts)
        if share.figure.unit == "%" and SHARE.match(share.words) and amount.exact and share.exact
    ]
    if len(pairs) < 2:  # quick
        return
    year = subject.disclosure.key.year
    wholes = [amount.figure for amounts in lines for amount in amounts]
    wholes += [
        fact.figure
        for name in ("支出合计", "收入合计")
        for fact in subject.disclosure.report.facts_of(name)
        if fact.year == year
    ]

    def fitting(whole: Figure) -> list[tuple[Amount, Amount]]:
        return [(a, s) for a, s in pairs if fits(s.figure, a.figure, whole)]

    sure = [
        one
        for one in wholes
        if any(_long(a.figure, LONG) and _long(s.figure, LONG_SHARE) for a, s in fitting(one))
    ]
    if not sure:
        return
    whole = max(sure, key=lambda one: len(fitting(one)))
    for amount, share in pairs:
        if any(fits(share.figure, amount.figure, other) for other in wholes):
            yield Outcome(RULE)
            continue
        said = amount.said
        computed = quotient(amount.figure, whole)
        of_part = "其中" in passage.text[passage.sentence(said.start)[0] : said.start]
        if computed is None or computed[0] >= HUNDRED or of_part:
            continue
        right = f"{shown(computed[0], max(2, share.figure.decimals))}%"
        label = f"{figure_name(passage, said)}占比"
        formula = f"{said.text} ÷ {whole}"
        yield _finding(passage, share.said, label, formula, right, (passage, said))


def _of_named(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """总支出2380万元。…农林水支出952万元，占总支出的40%: of the total of another sentence."""
    for segment in segments(passage):
        for amount, share in pairwise(segment.amounts):
            said_of = OF_NAMED.search(share.words)
            if said_of is None or share.figure.unit != "%" or not (amount.exact and share.exact):
                continue
            if PLANNED.search(amount.words):
                continue
            kind = ALL_OF["支" if "支" in said_of["what"] else "收"]
            named = _named(subject, said_of["what"][-2:])
            whole = _only([t for name, all_ in named.items() if kind.search(name) for t in all_])
            if whole is None:
                continue
            computed = quotient(amount.figure, whole.figure)
            if computed is None or verdict(share.figure, *computed) != "differs":
                yield Outcome(RULE)
            elif computed[0] < HUNDRED:
                right = f"{shown(computed[0], max(2, share.figure.decimals))}%"
                label = f"{figure_name(passage, amount.said)}占比"
                formula = f"{amount.said.text} ÷ {whole.said.text}"
                beside = (whole.passage, whole.said)
                yield _finding(passage, share.said, label, formula, right, beside)


def _behind(_: Subject, passage: Passage) -> Iterator[Outcome]:
    """聘用64人。岗位发放补贴46.08万元，人均7200元: of the one number and the one sum right before it."""
    lines = list(segments(passage))
    for before, segment in pairwise(lines):
        for place, mean in enumerate(segment.amounts):
            of = MEAN.match(mean.words)
            if of is None or not mean.exact:
                continue
            near = [*before.amounts, *segment.amounts[:place]]
            units = UNITS_OF.get(of["of"] or of["of2"], (of["of"] or of["of2"],))
            counts = [a for a in near if a.figure.unit in units]
            sums = [a for a in near if a.figure.kind == "money"]
            if len(counts) != 1 or len(sums) != 1 or counts[0] in segment.amounts:
                continue
            if not _of_one_thing(passage, before, counts[0], sums[0]):
                continue
            total, count = (_Told("", a.figure, a.said, passage) for a in (sums[0], counts[0]))
            if total.planned or count.planned or not (sums[0].exact and counts[0].exact):
                continue
            told = _Told(figure_name(passage, mean.said), mean.figure, mean.said, passage)
            yield from _quotient(told, total, count)


def _of_one_thing(passage: Passage, before: Segment, count: Amount, total: Amount) -> bool:
    """Do the words of both name something with the same two characters: 户厕, 岗位?"""
    if total in before.amounts:  # and so is the number
        return True
    behind = passage.text[count.said.end : count.said.end + 6]
    words = re.split("[，,。；;]", count.words)[-1] + "|" + re.split("[，,。；;]", behind)[0]
    other = re.split("[，,。；;]", total.words)[-1]
    pairs = {words[n : n + 2] for n in range(len(words) - 1)} - NO_THINGS
    return any(pair in other for pair in pairs if HAN_PAIR.fullmatch(pair))


def _long(figure: Figure, digits: int) -> bool:
    return sum(map(str.isdigit, figure.text)) >= digits


def _elsewhere(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """Averages and gaps by the names of what they are of."""
    for segment in segments(passage):
        last = ""  # what the amount of money before is of
        for amount in segment.amounts:
            name = figure_name(passage, amount.said)
            if PER_ALONE.match(name):
                name = COST.sub("", last) + name  # 危房改造支出138万元，户均3万元
            elif amount.figure.kind == "money":
                last = name
            if amount.exact:
                yield from _of(subject, segment, _Told(name, amount.figure, amount.said, passage))


def _of(subject: Subject, segment: Segment, told: _Told) -> Iterator[Outcome]:
    if (match := PER.match(told.name)) is not None:
        yield from _average(told, match, _named(subject, match["x"]))
    elif PER_CAR.search(told.name):
        yield from _of_cars(told, segment, _named(subject, "车"))
    elif (match := SHORT_OF.match(told.name)) is not None:
        yield from _gap(told, match["x"], _named(subject, match["x"]))


def _named(subject: Subject, word: str) -> dict[str, list[_Told]]:
    """The exact amounts of the lines that hold `word`, by their names."""
    named: dict[str, list[_Told]] = {}
    for line in subject.told.lines:
        if word in line.text:  # quick
            for segment in segments(line):
                for amount in segment.amounts:
                    if amount.exact:
                        name = figure_name(line, amount.said)
                        told = _Told(name, amount.figure, amount.said, line)
                        named.setdefault(name, []).append(told)
    return named


def _only(found: list[_Told]) -> _Told | None:
    """The one figure that is told, perhaps more than once."""
    told = [one for one in found if not one.planned]
    return told[0] if len({one.figure.amount for one in told}) == 1 else None


def _average(told: _Told, match: re.Match[str], named: dict[str, list[_Told]]) -> Iterator[Outcome]:
    unit = match["of"] or match["of2"]
    unit = COUNT_OF.get(unit, unit)
    name = match["x"]
    counts: list[_Told] = []
    sums: list[_Told] = []
    own = [(n.removeprefix(name), all_) for n, all_ in named.items() if n.startswith(name)]
    for done, all_ in own:
        if MADE.fullmatch(done):
            counts += [t for t in all_ if t.figure.unit == unit]
        if COST.fullmatch(done):
            sums += [t for t in all_ if t.figure.kind == "money"]
    yield from _quotient(told, _only(sums), _only(counts))


def _of_cars(told: _Told, segment: Segment, named: dict[str, list[_Told]]) -> Iterator[Outcome]:
    """The cars of the same sentence, the cost of the report."""
    cars = [
        _Told("", a.figure, a.said, told.passage)
        for a in segment.amounts
        if a.said.start < told.said.start and a.figure.unit in CAR_UNITS and CARS.search(a.words)
    ]
    costs = [t for name, all_ in named.items() if CAR_COST.search(name) for t in all_]
    yield from _quotient(told, _only(costs), _only(cars))


def _quotient(told: _Told, total: _Told | None, count: _Told | None) -> Iterator[Outcome]:
    if total is None or count is None:
        return
    factor = total.figure.factor_to(told.figure.unit)
    if factor is None or count.figure.amount <= 0:
        return
    with localcontext() as context:
        context.prec = 40
        amount = total.figure.amount * factor / count.figure.amount
        span = total.figure.written_interval().times(factor / count.figure.amount)
    if verdict(told.figure, amount, span) != "differs":
        yield Outcome(RULE)
        return
    decimals = max(2, told.figure.decimals)
    right = f"{shown(amount, decimals)}{told.figure.unit}"
    formula = f"{total.said.text} ÷ {count.said.text}"
    place = total.passage.place(total.said.start)
    slip = wrong_unit.off(told.passage, _amount(told), amount, formula, (place,))
    if slip is not None:
        yield slip
        return
    yield _finding(told.passage, told.said, told.name, formula, right, (total.passage, total.said))


def _gap(told: _Told, name: str, named: dict[str, list[_Told]]) -> Iterator[Outcome]:
    """镇级自筹160万元，镇级自筹到位128万元，镇级自筹资金缺口32万元."""
    came = (f"{name}到位", f"{name}资金到位", f"{name}实际到位")
    all_, got = (
        [t for n in names for t in named.get(n, []) if alike(t.figure, told.figure)]
        for names in ((name,), came)
    )
    whole, part = _only(all_), _only(got)
    if whole is None or part is None:
        return
    unit = told.figure.unit
    (more, most), (less, least) = (added([_amount(t)], unit) for t in (whole, part))
    amount = more - less
    if (most - least).meets(told.figure.interval()):
        yield Outcome(RULE)
        return
    right = f"{shown(amount, max(whole.figure.decimals, part.figure.decimals))}{told.figure.unit}"
    formula = f"{whole.said.text} − {part.said.text}"
    yield _finding(told.passage, told.said, told.name, formula, right, (part.passage, part.said))


def _amount(told: _Told) -> Amount:
    return Amount(told.said, told.figure, "")


def _finding(
    passage: Passage, said: Said, label: str, formula: str, right: str, beside: tuple[Passage, Said]
) -> Outcome:
    words = {"label": label, "formula": formula}
    place = beside[0].place(beside[1].start)
    return Outcome(RULE, finding=finding_on(RULE, passage, said, label, words, right, (place,)))
