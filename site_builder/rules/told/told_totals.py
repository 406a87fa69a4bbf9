"""正文里的合计不等于各项之和: a total told after its items, items told to be all of it, shares above 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.item_totals import RULE, judged, total_of_items
from site_builder.rules.items_before import OPENED, SIZES, items_before
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import NOT_SUMMED, OVERLAP, Amount, Segment, added, alike, segments

# 、 joins items; a comma with 合计 after it begins their total.
JOINED = re.compile("[^，,：:0-9]{0,8}[、和及][^，,：:0-9]*")
TOTAL = re.compile(
    r"[^，,。；;：:、0-9]{0,8}[，,]?(?:以上|上述|全年|全部)?(?:[二两三四五六七八九][项类者])?(?:合计|共计|总计)[^，,。；;：:、0-9]{0,6}"
)
# 32个行政村、2个居委会，共36个: 共 may also count something else (共156个小组), far from their sum.
NAMED_TOTAL = re.compile("[，,](?:全[镇乡]|全年)?总(?P<noun>[一-鿿]{2,4}?)(?:数|为|共|达)*")
# 公务接待费5.4万元，公务用车运行维护费9.8万元，三公经费总支出15.2万元
THREE_COSTS = re.compile(
    "[，,]“?三公”?经费(?:总支出|总额|共支出|支出总额|支出合计|总计)(?:为|共|达)?"
)
ONE_OF_THREE = re.compile(
    "(?:接待费|公务用?车[^，,。；;0-9]{0,8}费|公车[^，,。；;0-9]{0,8}费|出国[^，,。；;0-9]{0,6}费用?)(?:支出)?(?:为|共)?$"
)
NAMED_ITEM = re.compile("[，,、]?[^，,。；;：:、0-9]{3,14}")
ALSO_TOTAL = re.compile(
    "[^，,。；;：:、0-9]{0,8}[，,]共(?:有|计)?(?P<noun>[^，,。；;：:、0-9]{2,6})?"
)
# 三年依次为5公里、6.2公里、6.8公里，累计18公里
CUMULATED = re.compile("[，,]累计[^，,。；;：:、0-9]{0,4}")
IN_ORDER = re.compile("(?:依次|分别)(?:为|是)[^，,。；;：:、0-9]{0,6}$")
NEAR = 5  # a fifth of the total
EACH = re.compile(r"[^，,。；;：:、0-9]{0,8}[，,]?分别(?:为|是)[^，,。；;：:、0-9]{0,12}")
# 涉及青山、白石、黄土三个村，分别为1200亩、1150亩、850亩
IN_EACH = re.compile(
    "[，,][^，,。；;：:0-9]{2,30}(?P<n>[二两三四五六七八九])个?[村社组项处点镇片标个][^，,。；;：:0-9]{0,3}[，,]分别(?:为|是)?[^，,。；;：:0-9]{0,4}"
)
# 分别占总户数和总人口的: of one whole each
SHARES = re.compile(r"分别占(?:[^，,。；;：:0-9和与]|和(?=服务|家庭)){0,16}$")
# 工资福利支出占基本支出的68%，商品和服务支出占20%，…: kinds of money, which do not overlap
SHARE_OF = re.compile(
    "(?P<part>[^，,。；;：:0-9]{2,14})(?<!分别)占[^，,。；;：:0-9占]{2,10}的(?:比例为|比重为)?$"
)
# 收入、支出分别占预算的60%、55%: each of its own, not of one whole
OF_EACH = re.compile("占[^占]*(?:预算|计划|目标|任务|全[县市省镇]|上年|去年)[^占]*$")
BARE_SHARE = re.compile("[，,、][^，,。；;：:0-9占]{2,14}占(?:比为?)?")
KINDS = re.compile("支出|收入|经费|补助|福利|拨款|服务费")
# 总人口28650人，男14820人，女13630人: the two are all there is.
MEN = re.compile("[，,（(]?(?:其中)?[：:]?男(?:性|生)?(?:人口)?")
WOMEN = re.compile("[，,、]女(?:性|生)?(?:人口)?")
ASIDE = re.compile(
    "其中|等|均|每|同比|较|比上|增加|减少|上年(?!结[转余])|去年|惠及|覆盖|涉及|节约|节省|结余|累计"
)
# 共补助90万元，牧户自筹126万元，总投资216万元
INVESTED = re.compile("[，,]总投资(?:额)?(?:为|达|共|共计)?")
AID = re.compile("(?:补助|奖补|上级|财政)[^，,。；;0-9]{0,6}$")
OWN_MONEY = re.compile("^[，,、][^，,。；;0-9]{0,8}(?:自筹|配套|自投)[^，,。；;0-9]{0,4}$")
CUE = re.compile("[共总占男女累合分]|^$")
LISTED = re.compile("[，,、][^，,。；;：:0-9]{1,12}")
# What tells of a total, with its number behind it; a quick no.
MAYBE = led_by(
    "总共累合分占男",
    "(?:总[投额数计量面产里人支收]|共|累计|合计|男)[^，,。；;、：:0-9\n]{0,12}[0-9]|分别[为是占0-9]|占[^，,。；;：:0-9\n]{0,16}[0-9]",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every list of amounts with a total after it or before it."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            for outcome in _of_segment(segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以相加的列举", "no list to add up"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    for number, amount in enumerate(segment.amounts):
        if CUE.search(amount.words) is None:  # quick
            continue
        yield from list(_of_amount(segment, number)) or _behind_items(segment, number)


def _behind_items(segment: Segment, number: int) -> Iterator[Outcome]:
    """东坪村86户、西坪村72户，两村累计158户; 接访38批116人次，下访21批64人次，合计59批180人次."""
    amounts = segment.amounts
    total, items = amounts[number], items_before(amounts, number)
    if items and _can(_opened(items), total._replace(words="")):
        yield judged(segment, total, items)


def _of_amount(segment: Segment, number: int) -> Iterator[Outcome]:
    amounts = segment.amounts
    amount = amounts[number]
    if number > 1 and WOMEN.fullmatch(amount.words) and MEN.fullmatch(amounts[number - 1].words):
        items, whole = [amounts[number - 1], amount], amounts[number - 2]
        # 行政编制40名、事业编制46名，男60名，女26名: the last of a list is not their whole.
        if "、" not in whole.words and _can(items, whole):
            yield judged(segment, whole, items)
    elif number > 1 and _names_all(amounts[:number], amount):
        items = list(amounts[:number])
        if _can(items, amount) and _near(items, amount):
            yield judged(segment, amount, items)
    elif TOTAL.fullmatch(amount.words):
        items = _chain(amounts[:number], backwards=True)
        if len(items) < 2:
            items = _announced(amounts[:number])
        if len(items) > 1 and _can(_opened(items), amount):
            yield judged(segment, amount, items)
    elif number and CUMULATED.fullmatch(amount.words):
        items = _chain(amounts[:number], backwards=True)
        if IN_ORDER.search(items[0].words) and _near(items, amount):
            items[0] = items[0]._replace(words="")
            if _can(items, amount._replace(words="")):
                yield judged(segment, amount, items)
    elif number > 1 and INVESTED.fullmatch(amount.words):
        items = list(amounts[number - 2 : number])
        if OWN_MONEY.search(items[1].words) and AID.search(items[0].words) and _can(items, amount):
            yield judged(segment, amount, items)
    elif also := ALSO_TOTAL.fullmatch(amount.words):
        items = _chain(amounts[:number], backwards=True)
        noun = also["noun"]
        # 镇级河长5名，村级河长26名，共有河长31名: the same thing by its name
        if noun and not all(noun[-2:] in item.words for item in items):
            return
        if len(items) > 1 and _can(_opened(items), amount) and _near(items, amount):
            yield judged(segment, amount, items)
    elif EACH.fullmatch(amount.words) and number:
        items = [amount, *_chain(amounts[number + 1 :], backwards=False)]
        whole = amounts[number - 1]
        if len(items) > 1 and _can(items, whole):
            yield judged(segment, whole, items)
    elif each := IN_EACH.fullmatch(amount.words):
        items = [amount, *_chain(amounts[number + 1 :], backwards=False)]
        bare = [items[0]._replace(words=""), *items[1:]]
        whole = amounts[number - 1]
        if len(items) == SIZES[each["n"]] and _can(bare, whole) and _near(items, whole):
            yield judged(segment, whole, items)
    elif OF_EACH.search(amount.words):
        return
    elif first := SHARE_OF.search(amount.words):
        items = [amount, *_bare_shares(amounts[number + 1 :])]
        named = (first["part"], *(a.words for a in items[1:]))
        if len(items) > 1 and all(map(KINDS.search, named)):
            yield from _shares(segment, items)
    elif SHARES.search(amount.words) and not OVERLAP.search(amount.words):
        items = [amount, *_chain(amounts[number + 1 :], backwards=False)]
        if len(items) > 1 and all(i.figure.unit == "%" and i.exact for i in items):
            yield from _shares(segment, items)


def _names_all(items: tuple[Amount, ...], total: Amount) -> bool:
    """农业人口29640人，非农业人口3945人，总人口33585人: do all items bear the name of the total?"""
    if THREE_COSTS.fullmatch(total.words):
        return all(ONE_OF_THREE.search(item.words) for item in items)
    said = NAMED_TOTAL.fullmatch(total.words)
    if said is None or not all(NAMED_ITEM.fullmatch(item.words) for item in items[1:]):
        return False
    return all(item.words.endswith(said["noun"]) for item in (items[0], items[-1]))


def _bare_shares(amounts: tuple[Amount, ...]) -> list[Amount]:
    """…，商品和服务支出占20%，对个人和家庭补助占15%: what names no other whole."""
    found = []
    for amount in amounts:
        if amount.figure.unit != "%" or BARE_SHARE.fullmatch(amount.words) is None:
            break
        found.append(amount)
    return found


def _chain(amounts: tuple[Amount, ...], backwards: bool) -> list[Amount]:
    """The amounts next to a total that 、 joins to each other."""
    if not backwards:
        found = []
        for amount in amounts:
            if JOINED.fullmatch(amount.words) is None:
                break
            found.append(amount)
        return found
    found = []
    for amount in reversed(amounts):
        found.insert(0, amount)
        if JOINED.fullmatch(amount.words) is None:
            break
    return found


def _announced(amounts: tuple[Amount, ...]) -> list[Amount]:
    """发放救助资金：低保312.6万元，特困98.4万元，临时救助18.5万元: what a colon announces."""
    if not amounts or not re.search("[：:]", amounts[0].words):
        return []
    first = amounts[0]._replace(words=re.split("[：:]", amounts[0].words)[-1])
    listed = all(LISTED.fullmatch(a.words) for a in amounts[1:])
    return [first, *amounts[1:]] if listed else []


def _opened(items: list[Amount]) -> list[Amount]:
    """The items of a list that a sentence opens with 其中: what they are of stands before it."""
    first = items[0]
    return [first._replace(words=OPENED.sub("", first.words)), *items[1:]]


def _near(items: list[Amount], total: Amount) -> bool:
    """Is their sum within a fifth of the total?"""
    unit = total.figure.unit
    amount, _ = added(items, unit)
    return abs(amount - total.figure.amount) * NEAR <= total.figure.amount


def _can(items: list[Amount], total: Amount) -> bool:
    """Are all of one kind, exact, and amounts of their own?"""
    return total.figure.unit not in (*NOT_SUMMED, "分") and all(
        alike(a.figure, total.figure) and a.exact and ASIDE.search(a.words[-12:]) is None
        for a in (total, *items)
    )


def _shares(segment: Segment, items: list[Amount]) -> Iterator[Outcome]:
    """分别占60%、30%、20%: together they cannot be more than all."""
    total = sum((i.figure.amount for i in items), Decimal(0))
    low = sum((i.figure.interval().low for i in items), Decimal(0))
    if low <= 100:
        yield Outcome(RULE)
        return
    decimals = max(i.figure.decimals for i in items)
    yield total_of_items(segment, items[-1], items, f"{shown(total, decimals)}%")
