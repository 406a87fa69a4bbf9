"""说过半、近三成，数字却不是: a half, a third or so many tenths, beside a figure that is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import alike, segments
from site_builder.sentences import Passage

RULE = Rule(
    "fraction-words",
    "warning",
    Words("说过半、几成，数字却不是", "A half or so many tenths, and a figure that is another"),
    Words(
        "文字写“{printed}”，数字是{recomputed}",
        "the text says “{printed}”; the figure is {recomputed}",
    ),
    Words(
        "请核对数字，或改写这个说法",
        "check the figure, or reword it",
    ),
    Words(
        "“过半”“近三成”是从数字来的，数字就在旁边。",
        "“More than half” comes from a figure, and it stands beside.",
    ),
)
# Above a half, nearly a half, above or nearly so many tenths or thirds.
_PART = (
    "(?P<of>(?P<most>一?大半|多半)|一半|半数|半|"
    "(?P<tenths>[一二三四五六七八九])成半?|(?P<b>[三四五])分之(?P<a>[一二三四]))"
)
_BOUND = "(?P<above>超过|超|过|逾|突破)|(?P<below>不足|不到|未到|未达到?|低于)"
FRACTION = f"(?:{_BOUND}|(?P<near>接近|将近|近)|约|大约)?{_PART}(?P<more>以上|多|强)?"
_TELLS = "(?:已|占比|占到|占了?|达到?|为|也就是|即|比例)*"
_SHARE = r"(?P<p>[0-9]{1,3}(?:\.[0-9]+)?)[%％]"
AFTER = re.compile(rf"(?<![0-9.]){_SHARE}[，,（(]{_TELLS}{FRACTION}(?=[，,。；;）)]|$)")
BEFORE = re.compile(rf"{FRACTION}[（(，,]{_TELLS}{_SHARE}(?=[）)，,。；;]|$)")
TOLD_BEFORE = re.compile(rf"[%％][，,（(]{_TELLS}$")  # 72.4%，达七成以上，占35.5%
# 12个村中有5个实现增收，超过一半; 238户监测户中，因病致贫的112户，占了一大半; 214人，其中女童119人，不足一半
ALONE = re.compile(rf"[，,（(]{_TELLS}{FRACTION}(?=[，,。；;）)]|$)")
OF_THEM = re.compile("其中|中[，,]?|内[，,]?有")
# 超过一半的资金在第一季度支付, and 一至四季度累计支付进度分别为9.6%、24.8%、51.3%、100%
_QUARTER = "(?<![前至到、和上])第?(?P<q>[一二三四1-4])季度"
_PAY = "(?:集中)?(?:支付|支出|拨付|执行|完成)"
PAID = re.compile(
    rf"{FRACTION}的?(?:资金|支出|预算|款项|经费)?(?:集中)?[在于]?{_QUARTER}才?{_PAY}|"
    rf"{_QUARTER.replace('<q>', '<q2>')}{_PAY}了?(?:全年)?{FRACTION.replace('?P<', '?P<z_')}的?(?:资金|支出|预算)"
)
_N = r"[0-9]+(?:\.[0-9]+)?"
QUARTERS = re.compile(
    rf"(?:一至四|1至4|1[-—~]4|各|四个|分)季度[^，,。；;0-9]{{0,12}}(?:分别)?(?:为|是|达)(?P<a>{_N})[%％]、(?P<b>{_N})[%％]、(?P<c>{_N})[%％](?:、|和)(?P<d>{_N})[%％]"
)
SHARE_OF_QUARTER = re.compile(
    r"(?<![前至到、和上])第?(?P<q>[一二三四1-4])季度(?:支出|支付|拨付|执行)?(?:金额|资金)?占(?:到|比|了|为)*(?:全年|总)?(?:支出|支付|资金|预算)?(?:总额|总量)?的?(?P<p>[0-9]+(?:\.[0-9]+)?)[%％]"
)
MAYBE = led_by(
    "半成分", "半(?<=[一过近超逾到足大多]半)|半数|成(?<=[一二三四五六七八九]成)|分之[一二三四]"
)
HUNDRED = Decimal(100)
DIGITS = "零一二三四五六七八九"
QUARTER_NAMES = "一二三四1234"
# How far below its word a figure may be that is “nearly” so much, and off where it is “about” that.
NEAR, ABOUT = Decimal(8), Decimal(6)


class _Range(NamedTuple):
    low: Decimal
    high: Decimal


def check(subject: Subject) -> Iterator[Outcome]:
    """Each such word with a percentage beside it, two counts before it, or a quarter behind it."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for match, share in _beside(passage):
            compared = True
            yield _judged(passage, match, share)
        for match, share in _of_quarters(subject, passage):
            compared = True
            yield _judged(passage, match, share)
    if not compared:
        yield Outcome(RULE, reason=Words("没有说几成、过半", "no such word"))


def _beside(passage: Passage) -> Iterator[tuple[re.Match[str], Decimal]]:
    text = passage.text
    for match in AFTER.finditer(text):
        yield match, Decimal(match["p"])
    for match in BEFORE.finditer(text):
        if not TOLD_BEFORE.search(text, max(0, match.start() - 8), match.start()):
            yield match, Decimal(match["p"])
    for match in ALONE.finditer(text):
        counted = _counted(passage, match.start())
        if counted is not None:
            yield match, counted


def _counted(passage: Passage, end: int) -> Decimal | None:
    """What share the last amount before is of the one that it is told as a part of."""
    segment = next((s for s in segments(passage) if s.start <= end <= s.end), None)
    told = [a for a in segment.amounts if a.said.end <= end] if segment is not None else []
    if any(a.figure.unit == "%" for a in told[-1:]):
        return None
    for number in range(len(told) - 1, 0, -1):
        part, whole = told[number], told[number - 1]
        if not (OF_THEM.search(part.words) and alike(part.figure, whole.figure)):
            continue
        factor = part.figure.factor_to(whole.figure.unit) or Decimal(1)
        if not (part.exact and whole.exact) or not whole.figure.amount:
            return None
        if any(alike(a.figure, part.figure) for a in told[number + 1 :]):
            return None  # of the one or of the other
        share = percent_of(part.figure.amount * factor, whole.figure.amount)
        return share if share <= HUNDRED else None
    return None


def _of_quarters(subject: Subject, passage: Passage) -> Iterator[tuple[re.Match[str], Decimal]]:
    for match in PAID.finditer(passage.text):
        quarter = QUARTER_NAMES.index(match["q"] or match["q2"]) % 4
        share = _quarter(subject, quarter)
        if share is not None:
            yield match, share


def _quarter(subject: Subject, quarter: int) -> Decimal | None:
    """What share of the year's money a quarter paid: as told, or by the list of all four."""
    for passage in subject.told.lines:
        if "季度" not in passage.text:  # quick
            continue
        for match in SHARE_OF_QUARTER.finditer(passage.text):
            if QUARTER_NAMES.index(match["q"]) % 4 == quarter:
                return Decimal(match["p"])
        listed = QUARTERS.search(passage.text)
        if listed is not None:
            shares = [Decimal(listed[name]) for name in "abcd"]
            cumulative = sum(shares) > HUNDRED + ABOUT
            before = [Decimal(0), *shares][quarter] if cumulative else Decimal(0)
            return shares[quarter] - before
    return None


def _range(match: re.Match[str]) -> _Range:
    """From where to where a figure may be that is called so."""
    named = {name.removeprefix("z_"): words for name, words in match.groupdict().items() if words}
    if "tenths" in named:
        value = DIGITS.index(named["tenths"]) * Decimal(10) + 5 * named["of"].count("半")
    elif "b" in named:
        value = percent_of(Decimal(DIGITS.index(named["a"])), Decimal(DIGITS.index(named["b"])))
    else:
        value = HUNDRED / 2
        if "most" in named:
            return _Range(Decimal(0), value) if "below" in named else _Range(value, HUNDRED * 100)
    if "above" in named or "more" in named:
        return _Range(value, HUNDRED * 100)
    if "below" in named:
        return _Range(Decimal(0), value)
    if "near" in named:
        return _Range(value - NEAR, value + Decimal("0.5"))
    return _Range(value - ABOUT, value + ABOUT)


def _judged(passage: Passage, match: re.Match[str], share: Decimal) -> Outcome:
    low, high = _range(match)
    if low <= share <= high:
        return Outcome(RULE)
    right = f"{shown(share, 2).rstrip('0').rstrip('.')}%"
    printed = match[0].lstrip("，,（(")
    start = match.end() - len(printed)
    printed += "）" * ("（" in printed)
    words = {"printed": printed, "recomputed": right}
    address = passage.address or sentence_address(printed, "成")
    return Outcome(
        RULE,
        finding=Finding(RULE, passage.place(start), words, (), address, printed, right),
    )
