"""前后几笔钱对不上: budget and outturn with what was saved, assets and debts, what came in, went out and was left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.relations import quotient
from site_builder.rules.balances import IS, RULE, comparable, differing, summed, threes
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.slips import is_slip

BUDGET = re.compile(f"(?:预算|预算安排|预算规模|预算执行){IS}$")
# 安排两项共78万元，实际支出75.9万元，结余2.1万元
ALLOTTED = re.compile("(?:安排|下达|到位|拨入)[^，,。；;0-9]{0,16}$")
SPENT = re.compile(
    f"(?:决算|实际支出|实际使用|实际采购(?:规模)?|实际(?:完成|成交)(?:政府)?采购(?:规模)?|执行|支出决算|支出){IS}$"
)
ANY_COST = re.compile("(?:费|经费|支出|决算|金额|投资|造价|价款?)" + IS + "$")
LESS = "节约|节省|减少|结余|压减|少支出|少"
MORE = "超支|超出|增加|超过|多支出|超"
SAVED = re.compile(
    rf"^[，,、]?(?:同比|共|比预算|较预算)?(?:(?P<less>{LESS})|(?P<more>{MORE}))(?:了|财政|资金|金额|额|支出|预算)*(?:为)?$"
)
RATE = re.compile(
    r"^[，,、]?(?:资金)?(?:(?P<less>节约|节省|减少|结余|下降|降低|压减)|(?P<more>超支|超出|增加|增长|超))(?:率|幅度|幅|比例)?(?:为|达|了)*$"
)
# 决算16.5万元，比年初预算18万元减少1.5万元
AGAINST = re.compile(
    "^[，,]?(?:比|较|与|同)(?:年初|全年|调整|本年|投资|工程|项目)?(?:的)?(?:预算|概算|控制价|合同价)(?:数|安排|金额|投资)?(?:的)?(?:相比)?$"
)
NOT_SPENT = re.compile("预算|上年|去年|计划|节约|减少|结余|其中|人均|每")
# 固定资产 are some of them
ASSETS = re.compile(f"(?<![动定形净])资产(?:总额|总计|合计)?{IS}$")
ALL_ASSETS = re.compile(f"资产(?:总额|总计|合计|总值){IS}$")
DEBTS = re.compile(f"负债(?:总额|总计|合计)?{IS}$")
NET = re.compile(f"净资产(?:总额|总计|合计)?{IS}$")
DEBT_RATE = re.compile(f"(?:资产)?负债率{IS}$")
ALL_IN = re.compile(f"收入总计{IS}$")
ALL_OUT = re.compile(f"^[，,、](?:20[0-9]{{2}}年度?)?支出总计{IS}$")
ACCOUNTS = re.compile("决算|收支|结转")  # elsewhere 总计 may be what came in this year alone
CARRIED = re.compile(f"(?:年初|上年)(?:财政拨款)?(?:结转|结余|结转和?结余|结转资金){IS}$")
INCOME = re.compile(f"(?:本年|当年|全年)(?:总)?收入(?:合计|总计)?{IS}$")
OUTLAY = re.compile(f"(?:本年|当年|全年)?(?:总)?支出(?:合计|总计)?{IS}$")
LEFT = re.compile(
    f"(?:(?:年末|期末|年终)(?:财政拨款)?(?:结转|结余|结转和?结余|累计结余)|滚存结余){IS}$"
)
# 收入2310.55万元，支出2190.55万元，结余130万元: of earlier years, too, but for one wrong digit
REST = re.compile(f"^[，,、](?:当年|本年|收支)?结余{IS}$")
ALL_INCOME = re.compile(f"(?:^|[^一-鿿]|年|年度|预算|总)收入(?:合计|总计)?{IS}$")
INITIAL = re.compile(f"年初(?:部门|批复[^，,。；;0-9]{{0,6}})?预算{IS}$")
ADDED = re.compile(
    f"(?:年度?中|执行中|本年)?(?:(?P<more>追加|调增|增加)|(?P<less>调减|核减|收回|压减))(?:预算|指标|资金)?{IS}$"
)
# 年中追加220.35万元，连同年初结转，全年预算3124.78万元
BESIDES = re.compile("连同|加上|含|以及|结转")
ADJUSTED = re.compile(f"(?:调整后的?|调整|全年)(?:全年)?预算{IS}$")
# 固定资产原值1864万元，累计折旧702万元，净值1162万元
GROSS = re.compile(f"原值{IS}$")
WORN = re.compile(f"(?:累计|已计?提|[，,、]计?提?)(?:折旧|摊销){IS}$")
WORTH = re.compile(f"(?:净值|账面价值){IS}$")
# 年初债务余额320万元，当年化解80万元，年末余额240万元
OPENING_BALANCE = re.compile(
    f"(?:年初|期初|上年末|上年底|去年底)[^，,。；;0-9入出增]{{0,10}}?(?:余额|存量|债务|欠款|借款|暂[付存]款|应收款项?|应付款项?|库存|往来款?|应收账款){IS}$|"
    f"(?:债务|欠款|借款|存量|库存|往来款)(?:余额)?(?:年初|期初)(?:数|余额)?{IS}$"
)
PUT_IN = re.compile(
    f"(?:新增|增加|新借|新发生|借入|购入){IS}(?:了|[^，,。；;0-9]{{0,4}}(?:债务|欠款|借款|款))?{IS}$"
)
PAID_OFF = re.compile(
    "(?:化解|偿还|归还|清偿|清收|收回|核销|减少|付清|支付|清理|消化)(?:了|[^，,。；;0-9]{0,4}(?:债务|欠款|借款|款|本金))?"
    f"{IS}$"
)
CLOSING_BALANCE = re.compile(
    f"(?:年末|年底|期末)[^，,。；;0-9]{{0,8}}?(?:余额|存量|尚余|剩余|债务|欠款|库存)?{IS}$"
)
# 财政评价90.5分，低于自评得分96.8分，相差6.3分
THAN_THAT = re.compile("^[，,]?(?:低|高|少|多)于[^，,。；;0-9]{1,12}$")
DIFFERENCE = re.compile("^[，,](?:两者|二者)?(?:相差|差距|差额|差)(?:为|了|达)*$")
# 计划新修9.5公里，实际完成10.1公里，比计划多完成0.6公里
TO_DO = re.compile("计划|目标|任务|应")
WAS_DONE = re.compile("^[，,](?:全年|年内|本年)?(?:实际|累计|已)[^，,。；;0-9]{0,8}$")
FROM_PLAN = re.compile(
    "^[，,]?(?:比|较)(?:年度|年初|原|全年)?(?:计划|目标|任务)(?:数|值)?(?:(?P<more>多|超额?|增加)|(?P<less>少|欠|减少))(?:完成|建设|新修|新建|修建|培训|种植|了)*$"
)
APART = re.compile("[，,](?P<one>[一-鿿]{2,8})(?:(?P<more>多于)|少于)(?P<other>[一-鿿]{2,8})$")
# Something of each way, the rarest that it has; a quick no.
MAYBE = led_by(
    "实净年滚多少结期调全节超结多比较与同预原折初末底上低高债支",
    r"债率|实际(?:支出|使用)[^，,。；;]{1,12}[，,][^，,。；;]{0,3}(?:结余|节约|节省|超支)|净资产|[年期][末终](?:财政|累计|结)|结余[0-9]|滚存|[多少低高]于|[比较][^，,。；;0-9]{0,2}(?:计划|目标|任务)[数值]?[多超少欠增减]|调整|全年预算|节[约省]|超支|结余率|"
    r"多支出|[比较与同][^，,。；;]{0,4}(?:预算|概算|控制价|合同价)|预算[^，,。；;]{1,12}[，,][^，,。；;]{2,16}[，,](?:同比|共)?(?:减少|增加|超|结余|压减|少)|"
    r"原值|折旧|[年期]初[0-9]|[初末底]余额|(?:年初|期初|上年末)[^，,。；;0-9]{0,8}(?:余额|债务|欠款|存量|账款|库存)|"
    r"支出总计",
)
_Threes = tuple[tuple[int, Amount, Amount, Amount], ...]


def check(subject: Subject) -> Iterator[Outcome]:
    """Each stretch between full stops, by each way in which its amounts may balance."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        before: Segment | None = None
        for segment in segments(passage):
            for outcome in _net(segment, before) if "净资产" in segment.text else ():  # quick
                compared = True
                yield outcome
            for outcome in _both_totals(segment):
                compared = True
                yield outcome
            before = segment
            if len(segment.amounts) < 3:  # quick
                continue
            for outcome in of_segment(segment):
                compared = True
                yield outcome
            for outcome in _debt_rate(segment) if "负债率" in segment.text else ():  # quick
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的几个数", "no amounts to balance"))


def of_segment(segment: Segment) -> Iterator[Outcome]:
    """Every way in which three amounts and more of a stretch may balance."""
    by_three = tuple(threes(segment))
    ways = (way(segment, by_three) for way in (_left, _adjusted, _worn, _apart, _distance))
    yield from _saved(segment)
    yield from chain.from_iterable(ways if by_three else ())  # quick
    yield from _carried(segment)


def _saved(segment: Segment) -> Iterator[Outcome]:
    """预算8万元，决算7.6万元，节约0.4万元，节约率5%."""
    amounts = segment.amounts
    for number in range(len(amounts) - 2):
        one, two, gap = amounts[number : number + 3]
        if not comparable(one, two):
            continue
        if (
            AGAINST.match(two.words)
            and ANY_COST.search(one.words)
            and not NOT_SPENT.search(one.words)
        ):
            spent, budget = one, two
        elif (
            (BUDGET.search(one.words) or (number == 0 and ALLOTTED.search(one.words)))
            and SPENT.search(two.words)
            and two.words.lstrip("，,")[:1]
            not in ("比", "较")  # 预算116万元，比上年决算127万元减少
            and not NOT_SPENT.search(two.words)
        ):
            spent, budget = two, one
        else:
            continue
        told = [*_gap(segment, spent, budget, gap)]
        yield from told
        # 预算A，实际支出B，比上年决算数C下降0.5%: of C, and of neither
        for last in amounts[number + 3 : number + 4] if told else ():
            if (last.figure.unit == "%") != (gap.figure.unit == "%"):
                yield from _gap(segment, spent, budget, last)


def _gap(segment: Segment, spent: Amount, budget: Amount, gap: Amount) -> Iterator[Outcome]:
    rate = gap.figure.unit == "%"
    said = (RATE if rate else SAVED).match(gap.words)
    if said is None or not gap.exact or not (rate or gap.figure.kind == "money"):
        return
    one, other = (budget, spent) if said["less"] else (spent, budget)
    if not rate:
        yield summed(segment, gap, ((one, 1), (other, -1)))
        return
    change = quotient(spent.figure, budget.figure, minus=True)
    if change is None:
        return
    amount = -change[0] if said["less"] else change[0]
    if abs(gap.figure.amount - amount) <= gap.figure.ulp():  # rounded or cut off
        yield Outcome(RULE)
        return
    formula = f"（{one.said.text} − {other.said.text}）÷ {budget.said.text}"
    yield differing(segment, gap, amount, "%", formula, (spent, budget))


def _both_totals(segment: Segment) -> Iterator[Outcome]:
    """收入总计434.72万元，支出总计434.72万元: what was carried over is in both, so that they are level."""
    for one, two in pairwise(segment.amounts):
        level = ALL_IN.search(one.words) and ALL_OUT.match(two.words)
        if level and ACCOUNTS.search(segment.passage.text):
            yield summed(segment, two, ((one, 1),))


def _debt_rate(segment: Segment) -> Iterator[Outcome]:
    """资产负债率21.5%：年末资产2846.35万元，负债612.4万元; the rate first or last."""
    for number, rate in enumerate(segment.amounts):
        if rate.figure.unit != "%" or not DEBT_RATE.search(rate.words):
            continue
        rest = (*segment.amounts[:number], *segment.amounts[number + 1 :])
        assets = [a for a in rest if ASSETS.search(a.words)]
        debts = [a for a in rest if DEBTS.search(a.words)]
        if len(assets) != 1 or len(debts) != 1 or not comparable(*assets, *debts):
            continue
        share = quotient(debts[0].figure, assets[0].figure)
        if share is None or not rate.exact:
            continue
        if abs(rate.figure.amount - share[0]) <= rate.figure.ulp():
            yield Outcome(RULE)
        else:
            formula = f"{debts[0].said.text} ÷ {assets[0].said.text}"
            yield differing(segment, rate, share[0], "%", formula, (*debts, *assets))


def _net(segment: Segment, before: Segment | None) -> Iterator[Outcome]:
    """资产总额3580万元，其中流动资产…；负债总额1200万元，净资产2380万元: side by side, or with parts between."""
    amounts = segment.amounts
    for number, (debts, net) in enumerate(pairwise(amounts)):
        if not (DEBTS.search(debts.words) and NET.search(net.words)):
            continue
        told = [*amounts[:number]]
        beside = [a for a in told[-1:] if ASSETS.search(a.words)]
        if before is not None and segment.passage.text[before.end] in "；;":
            told += before.amounts
        wholes = beside or [a for a in told if ALL_ASSETS.search(a.words)]
        if len(wholes) == 1 and comparable(wholes[0], debts, net):
            yield summed(segment, net, ((wholes[0], 1), (debts, -1)))


def _left(segment: Segment, by_three: _Threes) -> Iterator[Outcome]:
    for number, one, two, three in by_three:
        if not (INCOME.search(one.words) and OUTLAY.search(two.words) and LEFT.search(three.words)):
            continue
        before = segment.amounts[number - 1] if number else None
        if before is not None and CARRIED.search(before.words) and before.exact:
            yield summed(segment, three, ((before, 1), (one, 1), (two, -1)))
        elif before is None:
            yield summed(segment, three, ((one, 1), (two, -1)))
    for _, one, two, three in by_three:
        if not (
            ALL_INCOME.search(one.words) and OUTLAY.search(two.words) and REST.match(three.words)
        ):
            continue
        if is_slip(three.figure.amount, one.figure.amount - two.figure.amount):
            yield summed(segment, three, ((one, 1), (two, -1)))


def _adjusted(segment: Segment, by_three: _Threes) -> Iterator[Outcome]:
    """年初预算2860万元，年中追加402.5万元，调减36万元，全年预算数3226.5万元."""
    for number, one in enumerate(segment.amounts) if by_three else ():  # quick
        if not INITIAL.search(one.words):
            continue
        terms = [(one, 1)]
        if number and (first := ADDED.search(segment.amounts[number - 1].words)):
            terms.append((segment.amounts[number - 1], 1 if first["more"] else -1))
        for amount in segment.amounts[number + 1 :]:
            if not comparable(one, amount) or BESIDES.search(amount.words):
                break
            if ADJUSTED.search(amount.words):
                if len(terms) > 1:
                    yield summed(segment, amount, tuple(terms))
                break
            added = ADDED.search(amount.words)
            if added is None:
                break
            terms.append((amount, 1 if added["more"] else -1))


def _worn(segment: Segment, by_three: _Threes) -> Iterator[Outcome]:
    """原值1864.20万元，累计折旧702.55万元，净值1161.65万元."""
    for _, *three in by_three:
        gross, worn, worth = (
            [a for a in three if name.search(a.words)] for name in (GROSS, WORN, WORTH)
        )
        if len(gross) == len(worn) == len(worth) == 1:
            yield summed(segment, worth[0], ((gross[0], 1), (worn[0], -1)))


def _carried(segment: Segment) -> Iterator[Outcome]:
    """年初余额320万元，新增10万元，化解80万元，年末余额250万元."""
    amounts = segment.amounts
    for number, first in enumerate(amounts):
        if not OPENING_BALANCE.search(first.words) or not first.exact:
            continue
        terms = [(first, 1)]
        for amount in amounts[number + 1 : number + 4]:
            if not amount.exact or amount.figure.unit != first.figure.unit:
                break
            if CLOSING_BALANCE.search(amount.words):
                if len(terms) > 1:
                    yield summed(segment, amount, tuple(terms))
                break
            if PAID_OFF.search(amount.words):
                terms.append((amount, -1))
            elif PUT_IN.search(amount.words):
                terms.append((amount, 1))
            else:
                break


def _apart(segment: Segment, by_three: _Threes) -> Iterator[Outcome]:
    """户籍人口28600人，常住人口19557人，户籍人口多于常住人口9043人."""
    for _, one, two, gap in by_three:
        match = APART.match(gap.words)
        if match is None:
            continue
        for more, less in ((one, two), (two, one)):
            if more.words.endswith(match["one"]) and less.words.endswith(match["other"]):
                terms = ((more, 1), (less, -1)) if match["more"] else ((less, 1), (more, -1))
                yield summed(segment, gap, terms)


def _distance(segment: Segment, by_three: _Threes) -> Iterator[Outcome]:
    """评价90.5分，低于自评96.8分，相差6.3分; 计划9.5公里，实际10.1公里，比计划多完成0.6公里."""
    for _, one, two, gap in by_three:
        if THAN_THAT.match(two.words) and DIFFERENCE.match(gap.words):
            less, more = sorted((one, two), key=lambda told: told.figure.amount)
            yield summed(segment, gap, ((more, 1), (less, -1)))
            continue
        way = FROM_PLAN.match(gap.words)
        if way is not None and TO_DO.search(one.words) and WAS_DONE.match(two.words):
            more, less = (two, one) if way["more"] else (one, two)
            yield summed(segment, gap, ((more, 1), (less, -1)))
