"""The figures in a text: what was written, its unit, what stands before it, where.

Not figures, and passed over: dates and years, list numbers, document numbers, phone numbers and
codes, roads and platforms named by a number, slogans such as “三公” or “12345”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from string import ascii_letters

from site_builder.figure import Figure, spoken
from site_builder.patterns import any_of
from site_builder.record import record

UNITS = (
    "万元 亿元 千元 元 % ％ ‰ 个百分点 人次 人天 人 户次 户 名 位 头 羽 只 匹 尾 "
    "平方公里 平方千米 公里 千米 厘米 毫米 米 km cm mm m³ m3 m² m2 m ㎡ ㎥ 平方米 平方 立方米 立方 "
    "亩次 亩 公顷 吨 公斤 千克 kg 斤 千瓦时 千瓦 万字 度 个月 个 项次 项 件次 件 起 宗 次 车次 车 "
    "批次 批 场次 场 处 座 条 台次 台 辆 艘 栋 幢 间 具 口 盏 套 所 家次 家 组 期 份 篇 支 块 棵 株 "
    "例 剂次 剂 针 张 本 册 幅 面 箱 袋 瓶 桶 盆 粒 颗 节 课时 学时 班次 班 轮 对 堂 户 层 根 方 "
    "笔 则 枚 扇 门 顶 节课 线 天 小时 分钟 周岁 岁 分 亿 万"
)


UNIT = f"(?=[{re.escape(''.join(sorted({unit[0] for unit in UNITS.split()})))}]){any_of(UNITS.split())}"


PLAIN = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"


_REST = (
    r"[ \u3000]*(?P<middle>(?P<about>余|多|几)?(?P<scale>(?:千万|百万|十万|[万亿千百])(?!元))?"
    r"(?P<more>[0-9]千)?(?P<about1>余|多)?)[ \u3000]*"
    rf"(?P<unit>{UNIT})?(?P<per>/[一-鿿]{{1,2}})?(?P<about2>以上|以下|以内|左右|上下|余|多(?![支花付出]))?"
)


# Begins with a digit, so that the search skips all other characters at once; dates are passed over.
AMOUNT = re.compile(r"(?P<digits>[0-9](?>[0-9]*(?:,[0-9]{3})*(?:\.[0-9]+)*))(?![年月日])" + _REST)


RANGE = re.compile(
    rf"[ \u3000]?(?P<unit0>{UNIT})?[ ]?[-~～—－–至到]{{1,2}}[ ]?(?P<last>{PLAIN})" + _REST
)


DASH = re.compile("[-~～—－–至到]")


# What stands before the number of an order, a code or a name, never before an amount.
NOT_BEFORE = frozenset("第〔[【_#" + ascii_letters)


# What follows a number that is a date, a name or an order, not an amount.
NAMED = re.compile(
    r"[ ]?(?:年(?!人|均)|月(?!均)|日(?!均)|号|国道|省道|县道|乡道|高速|洞口|平台|热线|工单|周年|届|"
    r"路(?!灯)|线(?!路)|型|级|[A-Za-z](?<![mk])|[-—][0-9]{7,8})"
)


ORDER = re.compile(r"(?:项目|附件|附表|目标|指标|方案|表|图)$")


DAY = re.compile(r"(?:1[0-2]|0?[1-9])\.(?:3[01]|[12][0-9]|0?[1-9])")


ENUMERATION = frozenset("、.．)）")


# What stands before the number of an item; nothing does at the beginning of a line.
BEFORE_ITEM = frozenset(("", *"；;。：:，, （(　\t"))


# A version, a date with points, a number too long, or one begun with a zero that no point follows.
CODE = re.compile(r"[0-9,]*\.[0-9]*\.|[0-9]{11,}$|0[0-9,]")


YEAR = re.compile("(?:19|20)[0-9]{2}")


# “12345”思路; 35.6÷36.2
QUOTES, SIGNS_BEFORE, SIGNS_AFTER = frozenset('“‘"'), frozenset("×÷/*+-"), frozenset("×÷/*+=")


MINUS = frozenset("-−")


HAN_WITH_UNIT = re.compile(
    r"[一二三四五六七八九两十百千万][〇零一二三四五六七八九两十百千万亿]*(?P<about>余|多)?"
    rf"(?P<unit>{UNIT})(?P<about1>以上|以下|以内|左右|上下)?"
)


POWERS = re.compile("[十百千万]")


NOT_BEFORE_HAN = frozenset("第.余多几数点分")


# Where a Chinese numeral with a power may stand: 三十, not the scale of a number (35万).
MAYBE_HAN = re.compile("[十百千万](?:(?<![0-9].)|(?<=百)分之)")


TWO_DIGITS = re.compile("[一二三四五六七八九]{2}")


COUNTED = re.compile("[一二三四五六七八九两]")


SHARE = re.compile(r"百分之(?P<share>[〇零一二三四五六七八九十百]+)")


SIGN = re.compile(
    r"(大约|(?<![节签预公条合制契邀履违])约|(?<![最附临邻])近|将近|超过|超|突破|不低于|不少于|不小于|不超过|不高于|不大于|不足|不到|低于|小于|少于|"
    r"高于|大于|多于|至少|最多|≥|≧|≤|≦|＞|＜|>|<)[ ]?$"
)


SIGN_ENDS = frozenset("约近过超破于足到少多≥≧≤≦＞＜>< \n")


@record
class Said:
    """A figure in a passage; `start` and `end` index its text. `upto` is the end of a range.

    `unit` is as printed, empty when there is none (`35.36万` has none). `sign` is the word before
    that bounds it (约, 不低于). `linked` figures stand in the words of a link to a cell.
    """

    start: int
    end: int
    text: str
    unit: str
    sign: str = ""
    about: str = ""
    upto: str = ""
    linked: bool = False

    @property
    def figure(self) -> Figure | None:
        """The exact figure."""
        figure = spoken(self.text)
        if figure is None:
            return None
        if "/" in self.unit:
            return Figure(figure.amount, self.unit, figure.text, figure.about)
        if self.sign in ("约", "大约", "近", "将近", "超过") and not figure.about:
            return Figure(figure.amount, figure.unit, figure.text, self.sign)
        return figure

    @property
    def plain(self) -> Figure | None:
        """The figure, where it is one exact amount: no bound, no range, no link to a cell."""
        inexact = self.sign or self.about or self.upto or self.linked
        return None if inexact else self.figure


_start = attrgetter("start")


def figures(text: str) -> list[Said]:
    """The figures of a text, in order."""
    found = _digit_figures(text)
    if MAYBE_HAN.search(text):  # quick
        found += _han_figures(text)
        found.sort(key=_start)
    return found


def _digit_figures(text: str) -> list[Said]:
    """The figures written in digits."""
    found: list[Said] = []
    position = 0
    search = AMOUNT.search
    while (match := search(text, position)) is not None:
        start, end = match.span()
        digits, middle, about, scale, _, about1, unit, per, about2 = match.groups("")
        position = match.end(1)
        before = text[start - 1 : start]
        unit0 = last = ""
        if DASH.search(text, position, position + 5) is not None:  # quick
            range_ = RANGE.match(text, position)
            if range_ is not None:
                end, position = range_.end(), range_.end("last")
                unit0, last, middle, about, scale, _, about1, unit, per, about2 = range_.groups("")
        if (
            before in NOT_BEFORE
            # 1 500个: what stands behind a digit and a blank is the rest of its number
            or (before == " " and text[start - 2 : start - 1].isdigit())
            or CODE.match(digits)
            # 2021-2025, 5-8月, 1至3号楼; (2788.56-2788.56)÷2788.56
            or (not (unit or scale) and (last or _is_no_figure(text, start, position, end, digits)))
        ):
            continue
        while text[end - 1] in " \u3000":
            end -= 1
        position = max(position, end)
        if before in MINUS:
            start -= 1
            digits = "-" + digits
            before = text[start - 1 : start]
        scaled = middle + unit + about2
        if unit == "元" and scale in ("万", "亿"):
            unit = scale + unit  # 10万余元
        if last:
            first, upto = digits + (unit0 or scaled), last + scaled
        else:
            first, upto = digits + scaled, ""
        sign = _sign(text, start) if before in SIGN_ENDS else ""  # quick
        unit = "%" if unit == "％" else unit + per
        found.append(Said(start, end, first, unit, sign, about or about1 or about2, upto))
    return found


def _sign(text: str, start: int) -> str:
    """The word before a figure that bounds it."""
    match = SIGN.search(text, max(0, start - 4), start)
    return match[1] if match is not None else ""


def _is_no_figure(text: str, start: int, stop: int, end: int, digits: str) -> bool:
    """Is a number without unit a date, an order, a code, a name or a step of a formula?

    Its digits go from `start` to `stop`, what belongs to it to `end`.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if NAMED.match(text, stop) or YEAR.fullmatch(digits):
        return True
    if ORDER.search(text, max(0, start - 2), start):
        return True
    if before in QUOTES or before in SIGNS_BEFORE or after in SIGNS_AFTER:
        return True
    if DAY.fullmatch(digits) and (before == "、" or after in ("、", "等")):
        return True
    return len(digits) <= 2 and before in BEFORE_ITEM and after in ENUMERATION


def _han_figures(text: str) -> Iterator[Said]:
    """Chinese numerals from ten on with a unit; below, they are words (三项, 一个)."""
    for match in HAN_WITH_UNIT.finditer(text):
        start = match.start()
        han = text[start : match.start("unit")]
        before = text[start - 1 : start]
        if not POWERS.search(han) or TWO_DIGITS.search(han):
            continue  # 三项 is a word, 二三十个 a guess
        if before.isdigit() or before in NOT_BEFORE_HAN:
            continue
        about, unit, about1 = match.groups("")
        sign = _sign(text, start)
        if not (about or sign in ("近", "约", "将近") or COUNTED.search(han)):
            continue  # 十条、千亩示范片: a name, not a count
        yield Said(start, match.end(), match[0], unit, sign, about or about1)
    if "百分之" in text:  # quick
        for share in SHARE.finditer(text):
            yield Said(share.start(), share.end(), share[0], "%")
