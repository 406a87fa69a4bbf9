"""隔着分项的收支差: income, spending and what is left of them, budget and saving, with parts told in between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.balances import IS, RULE, comparable, summed
from site_builder.rules.figure_names import figure_name
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

_WHOLE = "(?:全年|本年|当年|年度|全[镇乡]|总|财政|各项)*"
INCOME = re.compile(f"{_WHOLE}(?:总)?收入(?:总额|总计|合计|决算)?(?:数)?")
OUTLAY = re.compile(f"{_WHOLE}(?:总)?支出(?:总额|总计|合计|决算)?(?:数)?")
# What is left of the year alone; 年末结余 holds what was left before, too.
LEFT = re.compile(
    f"^(?:(?:当年|本年|全年|年度)?收支(?:相抵后?|净)?(?:结余|差额)|[当本]年(?:净?结余|盈余)){IS}$"
)
# 支出2636.95万元，比收入少23.3万元，年初结转41.2万元，年末结转64.5万元
THAN_INCOME = re.compile(
    "^[，,、]?(?:比|较)(?:当年|本年|全年)?(?:总)?收入(?:合计)?(?P<way>少|多)(?:支出)?$"
)
OPENING = re.compile(f"(?:年初|上年)(?:财政拨款)?(?:结转|结余|结转和?结余)(?:资金)?{IS}$")
CLOSING = re.compile(f"(?:年末|期末|年终)(?:财政拨款)?(?:结转|结余|结转和?结余)(?:资金)?{IS}$")
# 支出12.86万元，其中…，年初预算13.5万元，节约0.64万元
BUDGET = re.compile(f"^[，,](?:年初|全年|年度)?预算{IS}$")
SAVED = re.compile(
    "^[，,、]?(?:同比|共|比预算|较预算|实际)?(?:节约|节省|结余|少支出)(?:了|资金|经费|支出|预算)*(?:为)?$"
)
COST = re.compile(f"(?:支出|费|费用|经费|决算|执行|使用){IS}$")
NO_COST = re.compile("预算|上年|去年|计划|每|均|增|减|节约|结余")
# 送审402.5万元，审定394.6万元，核减7.9万元
CLAIMED = re.compile(
    "(?:送审|报审|申报|控制价|招标控制价|拦标价|限价|概算|预算价|采购预算|项目预算|合同)(?:金额|造价|总?价|额|总额|投资)*(?:为|共|计)?$"
)
ALLOWED = re.compile(
    "^[，,、](?:经)?(?:审定|核定|审核|中标|成交|结算|定案|审计|评审|审减后)(?:金额|造价|价|额|总额|后|为|定|投资)*(?:为|共|计)?$"
)
CUT = re.compile(
    "^[，,、]?(?:共|净)?(?:经)?(?:审计|评审|财评|财政评审|审核)?(?:审减|核减|节约|节省|节约资金|下浮|节支|压减)(?:了|资金|金额|额|造价|投资)*(?:为)?$"
)
# Something of each way, the rarest that it has; a quick no.
MAYBE = led_by(
    "收当本全比较预审核定中成结",
    "收支[^，,。；;0-9]{0,6}[结差盈]|[当本]年[^，,。；;0-9]{0,3}[结盈]余|[比较][^，,。；;0-9]{0,4}收入[少多]|"
    "预算[为是数共]{0,2}[0-9][^，,。；;]{0,12}[，,][^，,。；;0-9]{0,6}(?:节|结余|少支出)|"
    "(?:审[定减]|核[定减]|中标|成交|结算|定案)[^，,。；;0-9]{0,5}[0-9]",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each way, in one paragraph."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for outcome in (*_of_year(passage), *_in_segments(passage)):
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有隔着分项的收支差", "no difference over parts"))


def _of_year(passage: Passage) -> Iterator[Outcome]:
    """收入4218.6万元，其中…；支出4196.35万元，其中…。当年结余22.25万元: the first of each name."""
    income: Amount | None = None
    outlay: Amount | None = None
    for segment in segments(passage):
        for amount in segment.amounts:
            if amount.figure.kind != "money":
                continue
            name = figure_name(passage, amount.said)
            if income is None:
                income = amount if INCOME.fullmatch(name) else None
            elif outlay is None:
                outlay = amount if OUTLAY.fullmatch(name) else None
            elif LEFT.search(passage.label(amount.said)):
                if comparable(income, outlay, amount):
                    yield summed(segment, amount, ((income, 1), (outlay, -1)))
                return


def _in_segments(passage: Passage) -> Iterator[Outcome]:
    for segment in segments(passage):
        if len(segment.amounts) > 2:  # quick
            yield from of_segment(segment)


def of_segment(segment: Segment) -> Iterator[Outcome]:
    """Every difference told of a stretch."""
    yield from _than_income(segment)
    yield from _saved(segment)
    yield from _cut(segment)


def _than_income(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for gap, before, after in zip(amounts, amounts[1:], amounts[2:], strict=False):
        way = THAN_INCOME.match(gap.words)
        if way is None or not comparable(gap, before, after):
            continue
        if OPENING.search(before.words) and CLOSING.search(after.words):
            sign = 1 if way["way"] == "少" else -1
            yield summed(segment, after, ((before, 1), (gap, sign)))


def _saved(segment: Segment) -> Iterator[Outcome]:
    """What was spent stands first in the sentence, its parts between."""
    amounts = segment.amounts
    for number in range(1, len(amounts) - 1):
        budget, gap = amounts[number : number + 2]
        if not (BUDGET.match(budget.words) and SAVED.match(gap.words)):
            continue
        spent = [
            a for a in amounts[:number] if COST.search(a.words) and not NO_COST.search(a.words)
        ]
        spent = [a for a in spent if comparable(a, budget, gap)]
        if not spent:
            continue
        told = [summed(segment, gap, ((budget, 1), (one, -1))) for one in spent]
        yield next((one for one in told if one.finding is None), told[0])


def _cut(segment: Segment) -> Iterator[Outcome]:
    """送审402.5万元，审定394.6万元，核减7.9万元，核减率1.96%."""
    amounts = segment.amounts
    for number in range(1, len(amounts) - 1):
        one, two, cut = amounts[number - 1 : number + 2]
        if not comparable(one, two, cut) or one.figure.kind != "money":
            continue
        if CLAIMED.search(one.words) and ALLOWED.match(two.words) and CUT.match(cut.words):
            # 预算120万元，合同110万元，结算108万元，节约12万元: of any before it
            wholes = [a for a in reversed(amounts[:number]) if comparable(a, cut)]
            told = [summed(segment, cut, ((whole, 1), (two, -1))) for whole in wholes]
            yield next((one for one in told if one.finding is None), told[0])
        elif CLAIMED.search(one.words) and CUT.match(two.words) and ALLOWED.match(cut.words):
            yield summed(segment, cut, ((one, 1), (two, -1)))  # the cut before what was allowed
