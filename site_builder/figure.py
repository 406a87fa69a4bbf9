"""An exact figure: its amount as written, its unit, and what the written digits can stand for.

The only module that makes a number from text. Never `float`; `Decimal` accepts more than a
report may say (full-width digits, `1_000`, `NaN`), so a regular expression stands in front.
"""

from __future__ import annotations

import re
from dataclasses import field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from site_builder.record import record

ONE = Decimal(1)
WIDE = Context(prec=60)
DIVIDING = Context(prec=40)
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
# As accounts print amounts in 元: 11,122,315.04.
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?")

# Units of one kind convert by the ratio of their numbers here (domain: 1 亩 = 2000/3 ㎡).
KINDS: dict[str, dict[str, Decimal]] = {
    "money": {
        "元": Decimal(1),
        "千元": Decimal(1000),
        "万元": Decimal(10_000),
        "万": Decimal(10_000),
        "亿元": Decimal(100_000_000),
    },
    "area": {
        "平方米": Decimal(1),
        "㎡": Decimal(1),
        "m²": Decimal(1),
        "亩": Decimal(2000) / 3,
        "公顷": Decimal(10_000),
        "平方千米": Decimal(1_000_000),
        "平方公里": Decimal(1_000_000),
    },
    "volume": {"立方米": Decimal(1), "m³": Decimal(1), "立方": Decimal(1)},
    "length": {"米": Decimal(1), "m": Decimal(1), "公里": Decimal(1000), "千米": Decimal(1000)},
    "mass": {"斤": Decimal(1) / 2, "公斤": Decimal(1), "吨": Decimal(1000)},
    "people": {"人": Decimal(1), "名": Decimal(1), "位": Decimal(1), "人次": Decimal(1)},
    "batches": {"批次": Decimal(1), "批": Decimal(1), "次": Decimal(1)},
    "share": {"%": Decimal(1), "％": Decimal(1)},
    "score": {"分": Decimal(1)},
}
KIND = {unit: (kind, ratio) for kind, units in KINDS.items() for unit, ratio in units.items()}
# Kinds that are measured, so that the last digit may have been rounded; all others are counted.
MEASURED = frozenset({"money", "area", "volume", "length", "mass", "share", "score"})

KIND_NAME = {unit: kind for unit, (kind, _) in KIND.items()}
MEASURED_UNITS = frozenset(unit for unit, (kind, _) in KIND.items() if kind in MEASURED)

# Units of money as forms and concepts name them; of 万圆 it is said what was meant.
MONEY = ("元", "千元", "万元", "亿元")
MONEY_LIKE = re.compile("(?<!单)[元圆园園圓币￥¥]")

# A scale word belongs to the amount: 1.84万亩 is 18400 亩, written to the hundred.
SCALE = {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
PER_CENT = frozenset(("％", "百分比"))  # other ways to write %: ≥95百分比
# What may be said of anything that is counted: 接待310个, 公务用车3台.
PIECES = frozenset(("个", "台", "部", "件", "家"))
ABOUT = "余|多|左右|以上|以下|以内|上下"
# Words that put a figure at the lower end of what it stands for, or at the upper end.
AT_LEAST = frozenset(
    ["余", "多", "以上", "超", "超过", "≥", "≧", ">=", ">", "＞", "不低于", "不少于", "高于"]
)
AT_MOST = frozenset(["以下", "以内", "近", "不足", "≤", "≦", "<=", "<", "＜", "低于"])
MEASURE = re.compile(
    r"(?P<sign>≥|≧|>=|≤|≦|<=|=|＝|>|＞|<|＜|约|近|超过|超|达|不低于|不少于|高于|低于|不足)?\s*"
    r"(?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,6})?)\s*"
    rf"(?P<about>{ABOUT})?(?P<scale>百万|千万|十万|[百千万亿](?!元|分|瓦|克))?(?P<about1>{ABOUT})?\s*"
    r"(?P<unit>[%％]|[^\s0-9０-９.．,，。；;：:、%％()（）\[\]余多]{0,8}?)"
    rf"(?P<about2>{ABOUT})?"
)


class Interval(NamedTuple):
    """What a figure can stand for: every amount from `low` to `high`."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval:
        """self ÷ other; `other` must not hold zero."""
        ends = [DIVIDING.divide(a, b) for a in self for b in other]
        return Interval(min(ends), max(ends))

    def times(self, factor: Decimal) -> Interval:
        """Every amount multiplied by a positive `factor`."""
        return Interval(self.low * factor, self.high * factor)

    def meets(self, other: Interval) -> bool:
        """Is there an amount that both can stand for?"""
        return self.low <= other.high and other.low <= self.high


@record
class Figure:
    """`amount` in `unit`; `text` is what was printed, `about` the word that makes it approximate."""

    amount: Decimal
    unit: str
    text: str
    about: str = ""
    _interval: Interval | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def exponent(self) -> int:
        """The power of ten of the last written digit: -2 for 24.75, 2 for 1.84万亩."""
        return exponent_of(self.amount)

    @property
    def decimals(self) -> int:
        """Digits written after the point."""
        return max(0, -self.exponent)

    @property
    def kind(self) -> str:
        """money, area, people …; the unit itself when it converts to no other."""
        return KIND_NAME.get(self.unit, self.unit)

    @property
    def measured(self) -> bool:
        """May the last digit have been rounded (money, areas), or is it a count (people)?"""
        return self.unit in MEASURED_UNITS

    def interval(self) -> Interval:
        """v ± ½·10⁻ᵈ for a measured figure (XBRL Calculations 1.1), exact for a count.

        万元 are printed to two decimals, with trailing zeros often left out (`13` beside
        `1134.92`), so fewer than two written decimals count as two. Approximate figures
        reach one step of their last significant digit in the direction of the word.
        """
        if self._interval is None:
            self._interval = self._stands_for()  # type: ignore[misc]  # kept, not changed
        return self._interval

    def _stands_for(self) -> Interval:
        if self.about:
            return self._about()
        if not self.measured:
            return Interval(self.amount, self.amount)
        exponent = min(self.exponent, -2) if self.unit == "万元" else self.exponent
        return self._half_a_digit(exponent)

    def written_interval(self) -> Interval:
        """v ± ½·10⁻ᵈ with d as written, also for 万元."""
        if self.about or not self.measured:
            return self.interval()
        return self._half_a_digit(self.exponent)

    def rounded_interval(self) -> Interval:
        """Like `interval`, but for a count in 万 with a point (3.2万人) what it may have been rounded from."""
        if self.measured or self.about or self.exponent <= 0 or "." not in self.text:
            return self.interval()
        return self._half_a_digit(self.exponent)

    def _half_a_digit(self, exponent: int) -> Interval:
        half = _half(exponent)
        return Interval(self.amount - half, self.amount + half)

    def truncated_interval(self) -> Interval:
        """What the digits can stand for when further ones were cut off rather than rounded."""
        step = self.ulp()
        if self.amount < 0:
            return Interval(self.amount - step, self.amount)
        return Interval(self.amount, self.amount + step)

    def _about(self) -> Interval:
        shortest = self.amount.normalize()
        step = Decimal((0, (1,), int(shortest.as_tuple().exponent))) if self.amount else Decimal(1)
        if self.about in AT_LEAST:
            return Interval(self.amount, self.amount + step)
        if self.about in AT_MOST:
            return Interval(self.amount - step, self.amount)
        return Interval(self.amount - step, self.amount + step)

    def factor_to(self, unit: str) -> Decimal | None:
        """By what to multiply to get `unit`; None when the units are of different kinds."""
        if unit == self.unit:
            return ONE
        mine, theirs = KIND.get(self.unit), KIND.get(unit)
        if mine is None or theirs is None or mine[0] != theirs[0]:
            return None
        return _quotient(mine[1], theirs[1])

    def agrees_with(self, other: Figure) -> bool:
        """Do two printed figures say the same, converted and cut to the coarser one's digits?"""
        if self.amount == other.amount and self.unit == other.unit:
            return True
        factor = self.factor_to(other.unit)
        if factor is None:
            return False
        mine = self.amount if factor is ONE else self.amount * factor
        if self.about or other.about:
            return self.interval().times(factor).meets(other.interval())
        if mine == other.amount:
            return True
        if factor is ONE and self.exponent == other.exponent:
            return False
        fine, coarse = mine, other
        if self.ulp() * factor > other.ulp():
            fine, coarse = other.amount / factor, self
        return coarse.amount in (
            cut_to(fine, coarse.ulp(), ROUND_HALF_UP),
            cut_to(fine, coarse.ulp(), ROUND_DOWN),
        )

    def ulp(self) -> Decimal:
        """One step of the last written digit."""
        return power_of_ten(self.exponent)

    def __str__(self) -> str:
        said = self.text.endswith((self.unit, *PER_CENT, *PIECES))  # 3台 in 辆 is 3台
        cut = self.text[-1:] in ("万", "亿") and self.unit == f"{self.text[-1]}元"  # 45.2万
        return self.text if said else f"{self.text}{'元' if cut else self.unit}"


def exponent_of(amount: Decimal) -> int:
    """The power of ten of the last digit of an amount: -2 for 24.75."""
    written = str(amount)  # far quicker than as_tuple()
    if "E" in written:
        return int(amount.as_tuple().exponent)
    return -len(written.partition(".")[2])


@lru_cache(maxsize=256)
def power_of_ten(exponent: int) -> Decimal:
    """1 with this exponent: 0.01 for -2."""
    return Decimal((0, (1,), exponent))


@lru_cache(maxsize=256)
def _half(exponent: int) -> Decimal:
    return Decimal((0, (5,), exponent - 1))


@lru_cache(maxsize=1024)
def _quotient(mine: Decimal, theirs: Decimal) -> Decimal:
    return mine / theirs


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """`part` in per cent of `whole`, which is not zero."""
    return DIVIDING.divide(part * 100, whole)


def money_misspelt(unit: str) -> str:
    """A unit of money that is none, as it was meant: 万元 for 万圆; empty for any other unit."""
    if unit in KIND or not MONEY_LIKE.search(unit) or "/" in unit or "每" in unit:
        return ""
    plain = "".join(unit.split()).removeprefix("人民币")
    return re.sub("[圆园園圓]|元(?:整|人民币)", "元", plain) or unit


@lru_cache(maxsize=16384)
def number(text: str) -> Decimal | None:
    """The exact value of a half-width number without unit, comma or space; None for anything else."""
    return Decimal(text) if NUMBER.fullmatch(text) else None


def plain_figure(text: str, unit: str) -> Figure | None:
    """A figure whose unit the form gives; it may be printed again: 98.91%, 421.00万元."""
    digits = text[: -len(unit)] if unit and text.endswith(unit) else text
    if "," in digits and GROUPED.fullmatch(digits):  # quick
        digits = digits.replace(",", "")
    amount = number(digits)
    return None if amount is None else Figure(amount, unit, text)


@lru_cache(maxsize=16384)
def measure(text: str) -> Figure | None:
    """A figure with its unit as printed: 24.75万元, 1.84万亩, 2800余人次, ≥95%; None for anything else.

    The unit of `1.84万亩` is 亩 and the amount 18400: a scale belongs to the amount, but 万元
    and 亿元 are units of their own, so that their decimals stay what was written.
    """
    match = MEASURE.fullmatch(text.strip())
    if match is None:
        return None
    unit, scale = match["unit"] or "", match["scale"] or ""
    if unit in PER_CENT:
        unit = "%"
    if scale in ("万", "亿") and unit in ("", "元"):
        scale, unit = "", f"{scale}元"
    if scale in ("百万", "千万", "十万") and unit == "":
        unit = "元"
    written = Decimal(match["number"].replace(",", ""))
    about = match["about"] or match["about1"] or match["about2"] or ""
    sign = match["sign"] or ""
    if sign not in ("", "达", "=", "＝"):
        about = about or sign
    amount = written.scaleb(SCALE[scale])
    return Figure(amount, intern(unit), text.strip(), about)


# Chinese numerals as sentences use them, and an amount told in two scales (4万5千余亩).
HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HAN_POWERS = {"十": 10, "百": 100, "千": 1000}
HAN_FIGURE = re.compile(
    rf"(?P<share>百分之)?(?P<han>[〇零一二三四五六七八九两十百千万亿]+)(?P<about>{ABOUT})?"
    r"(?P<unit>(?!元)[^\s0-9]{0,8}?|万元|亿元|元)(?P<about1>余|多|左右|以上|以下|以内|上下)?"
)
TWO_SCALES = re.compile(r"([0-9]+)万([0-9])千(?P<about>余|多)?(?P<unit>[^\s0-9余多]{1,8})")


def spoken(text: str) -> Figure | None:
    """A figure as a sentence says it: what `measure` reads, and 三千二百人, 4万5千余亩."""
    if not text:
        return None
    if "0" <= text[0] <= "9" or text[0] == "-":
        two = TWO_SCALES.fullmatch(text) if "千" in text else None
        if two is None:
            return measure(text)
        amount = Decimal(two[1]).scaleb(4) + Decimal(two[2]).scaleb(3)
        return Figure(amount, two["unit"], text, two["about"] or "")
    han = HAN_FIGURE.fullmatch(text)
    number_ = None if han is None else han_number(han["han"])
    if han is None or number_ is None:
        return None
    if han["share"]:
        return Figure(number_, "%", text)
    return Figure(number_, han["unit"], text, han["about"] or han["about1"] or "")


def han_number(written: str) -> Decimal | None:
    """三千二百 -> 3200, 二〇二三 -> 2023; None when it is not a number."""
    if len(written) > 1 and all(c in HAN_DIGITS for c in written):
        return Decimal("".join(str(HAN_DIGITS[c]) for c in written))
    total = section = digit = 0
    for c in written:
        if c in HAN_DIGITS:
            digit = HAN_DIGITS[c]
        elif c in HAN_POWERS:
            section += (digit or 1) * HAN_POWERS[c]
            digit = 0
        elif c in "万亿":
            total = (total + (section + digit or 1)) * (10_000 if c == "万" else 100_000_000)
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def shown(amount: Decimal, decimals: int) -> str:
    """A recomputed amount, rounded half up to `decimals`, for people to read."""
    return str(cut_to(amount, power_of_ten(-decimals), ROUND_HALF_UP))


def cut_to(amount: Decimal, step: Decimal, rounding: str) -> Decimal:
    """`amount` to whole steps of a power of ten, however many digits it has."""
    needed = max(60, amount.adjusted() - step.adjusted() + 10)
    return amount.quantize(step, rounding, WIDE if needed == 60 else Context(prec=needed))
