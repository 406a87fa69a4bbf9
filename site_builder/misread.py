"""What is wrong with the writing of a figure that cannot be read, and how it should be written."""

from __future__ import annotations

import re
from collections.abc import Callable

from site_builder.figure import HAN_DIGITS, HAN_POWERS, KIND_NAME, spoken
from site_builder.finding import Words, instead

SHOWN = 32  # of a text that is no figure so many characters are quoted
LONG = 64  # what is longer was hardly meant for a figure
HALF = {ord("．"): ".", ord("％"): "%", ord("，"): ",", ord("\u3000"): " "}
HALF |= {code: chr(code - 0xFEE0) for code in range(ord("０"), ord("９") + 1)}
NONE = frozenset(
    ("无", "没有", "空", "暂无", "~", "null", "NULL", "N/A", "n/a", "NaN", ".nan", "*")
)
HAN = frozenset((*HAN_DIGITS, *HAN_POWERS, *"万亿"))
# What is written otherwise than it reads, and what it should be; each is tried after the ones above.
SLIPS: tuple[tuple[re.Pattern[str], str, Words], ...] = (
    (re.compile(r"^\s*[−–—﹣‐－](?=\s*[0-9])"), "-",
     Words("负号要写半角的“-”", "the minus sign should be “-”")),
    (re.compile(r"(?<=[0-9.])[oOОΟ〇](?=[0-9.]|\D?$|[^A-Za-z])|(?<![A-Za-z])[oOОΟ](?=[0-9.])"), "0",
     Words("字母“O”要写成数字“0”", "the letter O should be the digit 0")),
    (re.compile(r"(?<=[0-9.])[lI|](?=[0-9.]|$|[^A-Za-z])|(?<![A-Za-z])[lI|](?=[0-9])"), "1",
     Words("字母“l”“I”要写成数字“1”", "the letter l or I should be the digit 1")),
    (re.compile(r"(?<=[0-9])[。·]\s*(?=[0-9])"), ".",
     Words("小数点要写半角的“.”", "the point should be “.”")),
    (re.compile(r"^[(（]\s*([0-9][0-9.,]*)\s*[)）]$"), r"-\1",
     Words("用括号表示的负数要写负号", "a negative number in brackets should have its sign")),
    (re.compile(r"^=\s*(?=-?[0-9.]+$)"), "", Words("算式的等号要去掉", "the sign of a formula")),
    (re.compile(r"(?<=[0-9])\.{2,}(?=[0-9])"), ".", Words("小数点写了两个", "two points")),
    (re.compile(r"(?<=[0-9]),(?=[0-9])"), "", Words("逗号不是千分位的位置",
     "a comma out of place")),
    (re.compile(r"^\+"), "", Words("不写正号", "no plus sign")),
    (re.compile(r"^(-?)0+(?=[0-9])"), r"\1", Words("前面多了“0”", "a zero too many in front")),
    (re.compile(r"(?<=%)%+"), "", Words("百分号写了两个", "two per cent signs")),
    (re.compile(r"(?<=[0-9.-])\s+(?=[0-9.])|^\s+|\s+$"), "",
     Words("数字中间有空格", "a space within the digits")),
    (re.compile(r"(?<=[0-9])\.$"), "", Words("小数点后没有数字", "no digit behind the point")),
    (re.compile(r"^(-?)\.(?=[0-9])"), r"\g<1>0.", Words("小数点前没有数字", "no digit before the point")),
)  # fmt: skip


def misread(
    text: str, reads: Callable[[str], object], unit: str | None = None
) -> tuple[dict[str, str], Words | None]:
    """The words of a finding about a figure that `reads` gave None for, and what is wrong with it.

    `unit` is what the form gives a cell whose figure is written without its own.
    """
    short = text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
    words = {"text": short, "wanted": "数字", "wanted_en": "a number"}
    if len(text) > LONG:
        return words, _too_long(text)
    if text in NONE:
        return words | instead("没有数就留空", "leave it blank where there is no figure"), None
    tried, causes = _mended(text)
    own = unit
    if unit is not None and not reads(tried):
        tried, own = _without_unit(tried)
        if own == unit:
            causes.append(Words("单位在表里已经写明，这里不写", "the table gives the unit already"))
        elif own:
            causes.append(
                Words(
                    f"这里写的是{own}，表的单位是{unit or '空'}",
                    f"{own} here, {unit or 'no unit'} in the table",
                )
            )
    if not causes or not reads(tried):
        return words, _too_long(text)
    cause = Words(
        f"：{'；'.join(cause.zh for cause in causes)}",
        f": {'; '.join(cause.en for cause in causes)}",
    )
    if own == unit:
        return words | instead(f"写成 {tried}", f"write {tried}"), cause
    if KIND_NAME.get(own or "", "") == KIND_NAME.get(unit or "", " "):
        todo = instead(f"请换算成{unit}，只写数字", f"convert it to {unit}, write the number alone")
    else:
        todo = instead("请对照原件和表的单位核对", "compare with the original and the table's unit")
    return words | todo, cause


def _mended(text: str) -> tuple[str, list[Words]]:
    """The text with every slip mended, and what the slips were."""
    causes = []
    tried = text.translate(HALF)
    if tried != text:
        causes.append(
            Words("全角的数字和符号要写成半角", "full-width digits and signs should be half-width")
        )
    for pattern, plain, cause in SLIPS:
        mended = pattern.sub(plain, tried)
        if mended != tried:
            causes.append(cause)
        tried = mended
    if not HAN.isdisjoint(text) and (figure := spoken(tried)) is not None and tried[0] in HAN:
        tried = f"{figure.amount}{figure.about}{figure.unit}"
        causes.append(Words("要写阿拉伯数字", "the number should be in digits"))
    return tried, causes


def _without_unit(text: str) -> tuple[str, str]:
    """The digits of a cell, and the unit behind them."""
    match = re.fullmatch(r"(-?[0-9.]+)\s*([^\s0-9.]{1,4})", text)
    return (match[1], match[2]) if match else (text, "")


def _too_long(text: str) -> Words | None:
    whole, _, part = text.translate(HALF).partition(".")
    digits = sum(map(str.isdecimal, whole))
    if digits > 15:
        return Words(f"：有{digits}位数字，太长了", f": {digits} digits are too many")
    if sum(map(str.isdecimal, part)) > 6:
        return Words("：小数超过6位", ": more than 6 decimals")
    return None
