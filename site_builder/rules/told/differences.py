"""两个数都写了、差多少写错了: of two years, or of what was planned and what came of it, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Interval
from site_builder.finding import Rule
from site_builder.patterns import led_by
from site_builder.relations import quotient, verdict
from site_builder.rules import balances, changes
from site_builder.rules.balances import comparable, differing
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.told import told_balance, told_changes, told_flow
from site_builder.rules.two_years import of_both_years, same_things
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.slips import is_slip

MORE = f"{changes.UP}|超支|超出|超收|超过|多收|多收入|多支|多拨|多完成|多|高|超|盘盈"
LESS = (
    f"{changes.DOWN}|节约|节省|节支|结余|结存|少收|少收入|少支|少拨|少完成|少|低|盘亏|短少|短缺|缺口|"
    "尚余|剩余|余"
)
APART = "差异|差额|相差"
_PLAN = "(?:年初|全年|年度|调整后?的?|本年)*(?:预算|计划|概算|目标|任务|控制价)(?:数|安排|金额|总额|价)*"
_YEAR = "(?:上年|去年|上一年|20[0-9]{2}年)度?(?:同期|末|底|决算数?)?"
_BASE = f"(?:同比|环比|(?:较|比|与|和|同)(?P<base>{_YEAR}|{_PLAN})(?:相比|比较|比|相较)?|(?:相比|两者|二者)(?:相差)?)"
_NAME = "(?![比较与和同])[一-鿿]"
_IT = "一年|全年|年内|共计?|合计|实际|净|总体|总量|总额|金额|也|即|因此|从而"
# ，一年净减少365人; 决算数比年初预算少398.6万元; 与上年相比，支出增加126.4万元
TOLD = re.compile(
    f"^(?:（[^（）]*）)?[，,、]?(?P<of>(?:{_NAME}){{2,8}}?)??(?:{_IT})*{_BASE}?[，,]?(?P<of2>(?:{_NAME}){{2,6}}?)??(?:{_IT})*"
    f"(?P<way>{MORE}|{LESS}|{APART})(?:了|财政|资金|经费|支出|收入|开支|预算|指标|金额|额度?|率|比例|幅度|幅|数|人口|人数)*(?:为|达到?|是)?$"
)
THAN = re.compile("^[，,]?(?:较|比|与|和|同)(?=上年|去年|年初)")
YEAR = re.compile("(20[0-9]{2})年")
OUTTURN = re.compile("(?:实际)?(?:决算|执行|支出)数?")
PAST = re.compile("上年|去年|上一年|[年期]初(?!预算|计划|安排|目标)")
PLANNED = re.compile("预算|计划|概算|控制价|账面|目标|任务")
# No level of its own: a change, a part, an average.
NO_LEVEL = re.compile(
    "占|其中|[人户亩村]均|每|比|较|增|减|升|降|提高|压缩|累计|新|节约|超|以来|近|追加|调整?[增减]|已|剩|结余率|分别|余款|化解|偿还|支付|收回|处置|发放|拨付"
)
PLAN = re.compile(
    f"(?:^|[一-鿿，,]){_PLAN}(?:为|是|共)?$|账面[^，,。；;0-9]{{0,6}}$|预算安排(?:资金|经费)?$"
)
# Right behind the plan what came of it, and nothing else by name; the plan right behind that.
CAME = re.compile(
    "^(?:（[^（）]*）)?[，,、](?:全年|本年|当年|年末|年度)?(?:实际|决算|执行|实地|共|最终)*(?:支出|使用|执行|成交|采购|完成|列支|发生|开支|决算|花费|投入|结算|中标|盘点|清点|清查|实盘|支付|实现|收入|到账|入账|(?<=实际))"
    "(?:决算|执行|实际)?(?:数|金额|总额|额|价|支出|收入|了)*(?:为|是|达|共)?$"
)
ADJUSTED = re.compile("^[，,](?:年[底中末])?调整(?:后|到|数)?(?:为)?$")
THE_PLAN = re.compile(f"^[，,、（(]{_PLAN}(?:为|是|共)?$")
COST = re.compile("(?:支出|收入|费|费用|经费|决算|金额|执行数?|数|额)(?:为|是|共|达)?$")
# 固定资产1862.4万元，较年初增加86.5万元，年初为1775.9万元: what it was behind the change
PAST_IS = re.compile(
    "^[，,](?:而)?(?:上年度?|去年|年初|上年度?末|20[0-9]{2}年度?)(?:末|底|同期|决算数?)?(?:数|支出|收入)*(?:为|是)?$"
)
# Two amounts behind a change: ：上年支出3385万元，本年支出3258.6万元
OPENS = re.compile("^[：:，,（(]")
TIMES = Decimal(5)
LEAST = 3
# A word of the difference right before a number; a quick no.
MAYBE = led_by(
    "增上提扩涨攀回多高净下减降压缩节核跌超盘结少低短余尚剩差相",
    f"(?:{MORE}|{LESS}|{APART})[^，,。；;：:、0-9]{{0,6}}[0-9]",
)
STATES = re.compile(
    "20[0-9]{2}年.{1,30}20[0-9]{2}年|20[0-9]{2}年[度末底]?为|上年|去年|上一年|[年期]初|预算|计划|概算|控制价|账面|目标|任务"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every difference told beside its two amounts that no other reading has judged."""
    for passage in subject.told.holding(MAYBE):
        if not STATES.search(passage.text):  # quick
            continue
        for segment in segments(passage):
            if len(segment.amounts) < LEAST:  # quick
                continue
            for outcome in _of_segment(segment):
                if not _is_judged(subject, segment):
                    yield outcome


def _is_judged(subject: Subject, segment: Segment) -> bool:
    """Has another room a reading of this stretch?"""
    ways = (
        told_changes.of_segment(segment),
        of_both_years(subject, segment),
        told_balance.of_segment(segment),
        told_flow.of_segment(segment),
    )
    return any(True for way in ways for _ in way)


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for one, two, three in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if (told := TOLD.match(three.words)) is not None:
            yield from _judged(segment, one, two, three, told)
        elif (told := TOLD.match(two.words)) and PAST_IS.match(three.words):
            years = YEAR.findall(told["base"] or "")
            other = PLANNED.search(two.words) or (years and years[0] not in three.words)
            if _may_be_of(two, one, three) and not other:
                up = _is_more(three, one, told["way"])
                yield from _settled(segment, three, one, two, up, changes.RULE)
        elif OPENS.match(two.words) and (told := TOLD.match(one.words)) is not None:
            yield from _judged(segment, two, three, one, told)


def _may_be_of(gap: Amount, one: Amount, two: Amount) -> bool:
    """Can it be the difference of two amounts: a rate, or an amount of their kind?"""
    like = gap.figure.unit == "%" or alike(gap.figure, one.figure)
    return like and gap.exact and comparable(one, two) and one.figure.unit != "%"


def _judged(
    segment: Segment, one: Amount, two: Amount, gap: Amount, told: re.Match[str]
) -> Iterator[Outcome]:
    """Which of two amounts is the earlier or the planned one, and is the difference theirs?"""
    if not _may_be_of(gap, one, two):
        return
    if told["way"] in APART.split("|") and (gap.figure.unit == "%" or gap.figure.amount < 0):
        return  # 差异率-0.49%
    base = told["base"] or ""
    if (pair := _of_years(one, two)) is not None:
        if PLANNED.search(base):
            return
        rule = changes.RULE
    elif (pair := _of_plan(one, two)) is not None:
        if PAST.search(base) or "同比" in gap.words:
            return
        rule = balances.RULE
    else:
        return
    both = one.words + two.words
    named = [of for of in (told["of"], told["of2"]) if of and not OUTTURN.fullmatch(of)]
    if one.said.start < gap.said.start and not all(of in both for of in named):
        return
    past, now = pair
    yield from _settled(segment, past, now, gap, _is_more(past, now, told["way"]), rule)


def _is_more(past: Amount, now: Amount, way: str) -> bool:
    """Did it go up by the word; by the amounts, where the word is but 差异?"""
    if way in LESS.split("|"):
        return False
    return way in MORE.split("|") or now.figure.amount > past.figure.amount


def _of_years(one: Amount, two: Amount) -> tuple[Amount, Amount] | None:
    # 79人，比上年底的82人少3人
    words = [one.words, THAN.sub("", two.words)]
    if any(NO_LEVEL.search(w) or PLANNED.search(w) for w in words):
        return None
    past = [PAST.search(w) is not None for w in words]
    years = [YEAR.findall(w) for w in words]
    if all(years) and years[0][-1] != years[1][-1]:
        past = [years[0][-1] < years[1][-1], years[1][-1] < years[0][-1]]
    if past[0] == past[1] or not same_things(*words):
        return None
    return (one, two) if past[0] else (two, one)


def _of_plan(one: Amount, two: Amount) -> tuple[Amount, Amount] | None:
    if PAST.search(one.words + two.words):
        return None
    came = CAME.match(two.words) or ADJUSTED.match(two.words)
    if PLAN.search(one.words) and came:
        return one, two
    if THE_PLAN.match(two.words) and COST.search(one.words) and not PLANNED.search(one.words):
        return two, one
    return None


def _settled(
    segment: Segment, past: Amount, now: Amount, gap: Amount, more: bool, rule: Rule
) -> Iterator[Outcome]:
    unit = gap.figure.unit
    up, down = (now, past) if more else (past, now)
    if unit == "%":
        change = quotient(now.figure, past.figure, minus=True)
        if change is None:
            return
        amount, span = change
        if not more:
            amount, span = -amount, Interval(-span.high, -span.low)
        fits = verdict(gap.figure, amount, span) != "differs"
        formula = f"（{up.said.text} − {down.said.text}）÷ {past.said.text}"
    else:
        (most, highest), (least, lowest) = added([up], unit), added([down], unit)
        amount = most - least
        fits = (highest - lowest).meets(gap.figure.interval())
        formula = f"{up.said.text} − {down.said.text}"
    printed = gap.figure.amount
    if fits:
        yield Outcome(rule)
        return
    near = amount <= printed * TIMES and printed <= amount * TIMES
    if not (near or abs(amount + printed) <= gap.figure.ulp() or is_slip(printed, abs(amount))):
        return  # of something else
    if rule is changes.RULE:
        yield changes.wrong(segment, gap, amount, formula, (past, now))
    else:
        yield differing(segment, gap, amount, unit, formula, (past, now))
