"""各项占比与金额不合: amounts each with its share, that together are all, and a share that does not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from site_builder.figure import Figure, exponent_of, percent_of, power_of_ten, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules import wrong_unit
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.shares_of_one import RULE, found
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage

SHARE = re.compile(
    r"^[，,（( ]?(?:所)?占(?:比(?:例|重)?)?(?:[^，,。；;0-9%]{0,14}?的?)?(?:比例|比重)?(?:为|达|约)?[ ]?$"
)
# What stands about the name of the whole: ，占…的比例为
WHOLE_OF = re.compile(
    "^[，,（( ]?(?:所)?占(?:比(?:例|重)?)?|的?(?:比例|比重|比)?(?:为|达|约)?[ ]?$"
)
BARE_SHARE = re.compile("[，,]?占(?:比|比例|比重)?(?:为|达)?")
# 支出决算中，…: what is listed is of one whole
AMONG = re.compile("中[，,]|其中|包括|构成")
STOP = re.compile("[。！？\n]")
MIXED = re.compile("其中|较|比上|同比|完成")
STRUCTURE = re.compile(
    r"(?:三次|一二三|一、二、三|一产、二产、三|三)产业?的?(?:结构|比例|占比|比重|比)[^0-9。；;]{0,10}"
    r"(?P<a>[0-9]{1,2}(?:\.[0-9]+)?)[:：∶](?P<b>[0-9]{1,2}(?:\.[0-9]+)?)[:：∶](?P<c>[0-9]{1,2}(?:\.[0-9]+)?)"
)
# 上级补助占52.3%，镇级自筹占30.2%，社会捐赠占17.5%: items with their shares and nothing else
BARE = re.compile(
    r"(?:^|[，,、；;：:])(?:其中[:：]?)?(?!占)(?P<item>[一-鿿]{2,10}?)(?<!的)(?:占比?|的?占比|比重)?(?:为|是)?$"
)
# 资金来源看, 经费构成为: all there is
MAKE_UP = re.compile("构成|来源(?!地)|结构|组成")
OVERLAP = re.compile("女|岁|党员|干部|残疾|低保|以上|以下|率|度|其中|完成|增|减|降|升|比")
GREW = re.compile(f"[，,](?:同比|(?:较|比)(?:上年度?|去年)(?:同期)?)?(?:{UP}|{DOWN})(?:了|约)?")
HAS_GROWN = re.compile(f"^{GREW.pattern}[0-9.]+(?:[%％]|倍)")
# What all of them hold
MAYBE = led_by("占构组结来产", "占|构成|组成|结构|来源|产业|产的?[结比占]")
BASIC_AND_PROJECTS = re.compile("(?<=基本支出)占[0-9.]+[%％][^0-9]{0,3}项目支出占")
HUNDRED = Decimal(100)
# Shares that miss 100 by more are rather not shares of one whole, of two even less.
NEAR, NEAR_OF_TWO = Decimal(5), Decimal(3)
THREE, FOUR = 3, 4


def check(subject: Subject) -> Iterator[Outcome]:
    """Sentences with three or more amounts, each with its share; the shares of three sectors."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        text = passage.text
        for outcome in _bare(passage):
            compared = True
            yield outcome
        for match in STRUCTURE.finditer(text) if "三产" in text or "产业" in text else ():  # quick
            compared = True
            yield _structure(passage, match)
        for outcome in _lists(passage) if text.count("占") > 1 else ():  # quick
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有列全的占比", "no list of shares"))


def _structure(passage: Passage, match: re.Match[str]) -> Outcome:
    parts = [Decimal(match[name]) for name in "abc"]
    total = sum(parts, Decimal(0))
    step = power_of_ten(max(map(exponent_of, parts)))
    if abs(total - HUNDRED) <= step:
        return Outcome(RULE)
    words = f"三项之和是{total}，不是100", f"adds up to {total}, not 100"
    return found(
        passage, match.start("a"), match[0][match.start("a") - match.start() :], words, "100"
    )


def _bare(passage: Passage) -> Iterator[Outcome]:
    """Three items and more, each with its share and without an amount, that are more than all."""
    text = passage.text
    for segment in segments(passage, "%"):
        shares = [a for a in segment.amounts if a.figure.unit == "%"]
        told = [BARE.search(a.words) for a in shares]
        head = text[segment.start : shares[0].said.start] if shares else ""
        made_up = MAKE_UP.search(head) is not None
        both = BASIC_AND_PROJECTS.search(segment.text) is not None
        # 本年支出5198.4万元，基本支出占54.85%，项目支出占45.15%
        made_up |= both
        if len(shares) < (2 if both else THREE) or not all(told):
            continue
        if not all(a.exact for a in shares) or not (
            made_up or segment.text.count("占") >= len(shares)
        ):
            continue
        if OVERLAP.search(segment.text):
            continue
        total = sum((a.figure.amount for a in shares), Decimal(0))
        if abs(total - HUNDRED) * 2 <= sum(a.figure.ulp() for a in shares):
            yield Outcome(RULE)
        elif total - HUNDRED <= NEAR and (made_up or total > HUNDRED) and total > HUNDRED - NEAR:
            last = shares[-1]
            words = f"与前面各项的占比加起来是{total}%", f"and the shares before make {total} %"
            right = f"{HUNDRED - total + last.figure.amount}%"
            yield found(passage, last.said.start, last.said.text, words, right)


def _lists(passage: Passage) -> Iterator[Outcome]:
    text, figures = passage.text, passage.figures
    start = 0
    while start < len(text):
        mark = STOP.search(text, start)
        end = mark.start() if mark else len(text)
        told = [s for s in figures if start <= s.start < end]
        yield from _other_unit(passage, _pairs(passage, _unchanged(passage, told)))
        pairs = _pairs(passage, told)
        if len(pairs) > 1 and not MIXED.search(text, pairs[0][2].end, end):
            if len(pairs) > 2:
                yield from _judged(passage, pairs)
            elif two := list(_of_two(passage, pairs)):
                yield from two
            elif AMONG.search(text, start, pairs[0][0].start):
                yield from _turned(passage, pairs)
        start = end + 1


def _pairs(passage: Passage, figures: list[Said]) -> list[tuple[Said, Figure, Said, Figure]]:
    """Amounts with the share right behind each."""
    pairs = []
    for one, share in pairwise(figures):
        amount, percent = one.figure, share.figure
        if amount is None or percent is None or percent.unit != "%" or amount.unit == "%":
            continue
        if SHARE.match(HAS_GROWN.sub("", passage.text[one.end : share.start])):
            pairs.append((one, amount, share, percent))
    return pairs


def _turned(passage: Passage, pairs: list[tuple[Said, Figure, Said, Figure]]) -> Iterator[Outcome]:
    """支出中，接待费30万元，占59.40%；用车12万元，占93.75%: of one whole more cannot be a smaller share."""
    (_, one, first, small), (_, other, second, large) = pairs
    bare = all(BARE_SHARE.fullmatch(passage.text, a.end, b.start) for a, _, b, _ in pairs)
    if not bare or one.unit != other.unit:
        return
    total, _ = _sum(pairs)
    if (one.amount - other.amount) * (small.amount - large.amount) >= 0 or total <= HUNDRED + NEAR:
        yield Outcome(RULE)
        return
    words = (
        f"与前一项的{first.text}加起来是{total}%，不会都是同一个总数的占比",
        f"and {first.text} before make {total} %: they are not of one whole",
    )
    right = f"{shown(percent_of(other.amount, one.amount + other.amount), 2)}%"
    yield found(passage, second.start, second.text, words, right)


def _sum(pairs: list[tuple[Said, Figure, Said, Figure]]) -> tuple[Decimal, bool]:
    """The shares together, and whether they may be all there is."""
    spans = [percent.interval() for *_, percent in pairs]
    low, high = sum(span.low for span in spans), sum(span.high for span in spans)
    return sum((percent.amount for *_, percent in pairs), Decimal(0)), low <= HUNDRED <= high


def _of_two(passage: Passage, pairs: list[tuple[Said, Figure, Said, Figure]]) -> Iterator[Outcome]:
    """财政拨款收入3985.3万元，占96.57%，其他收入141.5万元，占4.43%: one of the two is no share of both."""
    total, all_ = _sum(pairs)
    if all_:
        yield _of_all(passage, pairs)
        return
    (_, one, _, _), (_, other, _, _) = pairs
    whole = one.amount + other.amount
    wrong = [pair for pair in pairs if not _is_share(pair, whole)]
    if one.unit != other.unit or len(wrong) != 1 or abs(total - HUNDRED) > NEAR_OF_TWO:
        return
    _, _, share, percent = wrong[0]
    words = (
        f"与另一项的占比加起来是{total}%，两项的总数是{whole}{one.unit}",
        f"and the other share make {total} %; their whole is {whole}{one.unit}",
    )
    right = f"{HUNDRED - total + percent.amount}%"
    yield found(passage, share.start, share.text, words, right)


def _of_all(passage: Passage, pairs: list[tuple[Said, Figure, Said, Figure]]) -> Outcome:
    """27302人，占94.37%；1742人，占5.63%: shares that make 100, of amounts that are all there is."""
    whole = sum((amount.amount for _, amount, _, _ in pairs), Decimal(0))
    exact = all(not (said.about or said.sign) for said, *_ in pairs)
    sharp = len(pairs) > 2 or all(percent.decimals for *_, percent in pairs)
    if sum(percent.amount for *_, percent in pairs) != HUNDRED or not (exact and sharp):
        return Outcome(RULE)
    first = pairs[0][0]
    low = passage.sentence(first.start)[0]
    before = [s.figure for s in passage.figures if low <= s.start < first.start]
    if any(f is not None and f.unit == pairs[0][1].unit for f in before):
        return Outcome(RULE)  # the whole is told, with which parts and shares are compared
    # 占全镇学生总数的94.37%, 占比5.63%: of two wholes they are not shares of one
    wholes = {WHOLE_OF.sub("", passage.text[a.end : b.start]) for a, _, b, _ in pairs} - {""}
    if len({amount.unit for _, amount, _, _ in pairs}) == 1 and whole > 0 and len(wholes) < 2:
        # 2.34万人 of 46200人 may be 50.60 % as well as 50.65 %
        rough = sum((a.rounded_interval().high - a.amount for _, a, _, _ in pairs), Decimal(0))
        for _, amount, share, percent in pairs:
            right = percent_of(amount.amount, whole)
            # Of three and more one may have been made to fit the 100.
            near = max(2 * percent.ulp(), Decimal(len(pairs) > 2)) + percent_of(rough, whole)
            if abs(right - percent.amount) > near:
                said = f"{shown(right, max(2, percent.decimals))}%"
                words = (
                    f"与各项金额不合，按{amount} ÷ {whole}{amount.unit}应为{said}",
                    f"does not fit: {amount} ÷ {whole}{amount.unit} makes {said}",
                )
                return found(passage, share.start, share.text, words, said)
    return Outcome(RULE)


def _is_share(pair: tuple[Said, Figure, Said, Figure], whole: Decimal) -> bool:
    _, amount, _, percent = pair
    span = percent.interval()
    return whole > 0 and span.low <= percent_of(amount.amount, whole) <= span.high


def _judged(passage: Passage, pairs: list[tuple[Said, Figure, Said, Figure]]) -> Iterator[Outcome]:
    """Three items and more: the first share that does not fit the amounts."""
    if len({amount.unit for _, amount, _, _ in pairs}) > 1:
        return
    total, all_ = _sum(pairs)
    if all_:
        yield _of_all(passage, pairs)
        return
    whole = sum((amount.amount for _, amount, _, _ in pairs), Decimal(0))
    if whole <= 0:
        return
    wrong = [pair for pair in pairs if not _is_share(pair, whole)]
    # All others by far are shares of what the amounts make.
    fit = [pair[3] for pair in pairs if pair not in wrong]
    by_far = len(pairs) >= FOUR or any(p.decimals > 1 and p.amount > 0 for p in fit)
    if abs(total - HUNDRED) > NEAR and (len(wrong) > 1 or not by_far):
        return
    for _, amount, share, percent in wrong[:1]:
        right = percent_of(amount.amount, whole)
        said = f"{shown(right, max(2, percent.decimals))}%"
        words = (
            f"与各项金额不合，按{amount} ÷ {whole}{amount.unit}应为{said}；各项占比之和是{total}%",
            f"does not fit: {amount} ÷ {whole}{amount.unit} makes {said}; the shares add up to {total} %",
        )
        yield found(passage, share.start, share.text, words, said)


def _unchanged(passage: Passage, told: list[Said]) -> list[Said]:
    """The figures of a sentence without those that tell by how much one has grown."""
    ends = (0, *(s.end for s in told))
    return [
        s
        for end, s in zip(ends, told, strict=False)
        if not GREW.fullmatch(passage.text, end, s.start)
    ]


def _other_unit(
    passage: Passage, pairs: list[tuple[Said, Figure, Said, Figure]]
) -> Iterator[Outcome]:
    """1.76亿元，占3.5%；2.35万元，占4.6%；46.52亿元，占91.9%: the one in another unit fits by that of the rest."""
    units = Counter(amount.unit for _, amount, _, _ in pairs)
    if len(pairs) < THREE or len(units) != 2:
        return
    unit, often = units.most_common()[0]
    odd = next(pair for pair in pairs if pair[1].unit != unit)
    said, amount, share, _ = odd
    factor = amount.factor_to(unit)
    if often != len(pairs) - 1 or factor is None:
        return
    whole = sum((one.amount for _, one, _, _ in pairs), Decimal(0))
    printed = whole - amount.amount + amount.amount * factor
    as_printed = _is_share((said, amount, share, odd[3]), printed / factor)
    if as_printed or not all(_is_share(pair, whole) for pair in pairs):
        yield Outcome(RULE)
        return
    told = Words(f"按其他各项和{share.text}，应", f"by the other items and {share.text}, it")
    places = tuple(passage.place(one.start) for one, _, _, _ in pairs if one is not said)
    yield wrong_unit.slipped(passage, Amount(said, amount, passage.label(said)), told, places, unit)
