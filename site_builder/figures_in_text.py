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


ENUMERATION = re.compile(r"[、.．)）]")


HAN_WITH_UNIT = re.compile(
    r"[一二三四五六七八九两十百千万][〇零一二三四五六七八九两十百千万亿]*(?P<about>余|多)?"
    rf"(?P<unit>{UNIT})(?P<about1>以上|以下|以内|左右|上下)?"
)


POWERS = re.compile("[十百千万]")


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
        if figure is not None and "/" in self.unit:
            return Figure(figure.amount, self.unit, figure.text, figure.about)
        if figure is None or figure.about or self.sign not in ("约", "大约", "近", "将近", "超过"):
            return figure
        return Figure(figure.amount, figure.unit, figure.text, self.sign[-2:])

    @property
    def plain(self) -> Figure | None:
        """The figure, where it is one exact amount: no bound, no range, no link to a cell."""
        inexact = self.sign or self.about or self.upto or self.linked
        return None if inexact else self.figure

    @property
    def limit(self) -> Figure | None:
        """The end of a range, with the same unit."""
        return spoken(self.upto) if self.upto else None

    @property
    def bare(self) -> bool:
        """Is it an amount in 万 or 亿 with no unit after it?"""
        return not self.unit and any(c in self.text for c in "万亿")


_start = attrgetter("start")


def figures(text: str) -> list[Said]:
    """The figures of a text, in order."""
    found = _digit_figures(text)
    if MAYBE_HAN.search(text):
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
        digits, middle, about, scale, _, about1, unit, per, about2 = match.groups()
        position = match.end(1)
        before = text[start - 1] if start else ""
        tail, last = match, ""
        if DASH.search(text, position, position + 5) is not None:
            range_ = RANGE.match(text, position)
            if range_ is not None:
                tail, last, end = range_, range_["last"], range_.end()
                middle, about, scale, _, about1, unit, per, about2 = range_.groups()[-8:]
        if (
            before in NOT_BEFORE
            or (before == " " and _goes_on(text, start, digits))
            or ((len(digits) > 4 or digits[0] == "0") and _is_code(digits))
            or (
                unit is None
                and scale is None
                and _is_no_figure(text, start, position, digits, tail, last)
            )
        ):
            # The second half of a range of years or of a phone number goes with the first.
            if last and not unit:
                position = tail.end("last")
            continue
        while text[end - 1] in " \u3000":
            end -= 1
        position = max(position, end)
        if before and before in "-−" and (start < 2 or not text[start - 2].isdigit()):
            start -= 1
            digits = "-" + digits
            before = text[start - 1] if start else ""
        unit = unit or ""
        scaled = middle + unit + (about2 or "")
        if unit in ("万", "亿"):
            unit = ""
        elif unit == "元" and scale in ("万", "亿"):
            unit = scale + unit  # 10万余元
        if last:
            first, upto = digits + (tail["unit0"] or scaled), last + scaled
        else:
            first, upto = digits + scaled, ""
        sign = ""
        if before in SIGN_ENDS and (bound := SIGN.search(text, max(0, start - 4), start)):
            sign = bound[1]
        unit = "%" if unit == "％" else unit + per if per else unit
        found.append(Said(start, end, first, unit, sign, about or about1 or about2 or "", upto))
    return found


def _goes_on(text: str, start: int, digits: str) -> bool:
    """1 500个: three digits behind a blank are the rest of a number that is written with blanks."""
    return len(digits.partition(".")[0]) == 3 and text[start - 2 : start - 1].isdigit()


def _is_code(digits: str) -> bool:
    """Is it a version, a date with points, or a number too long or begun with a zero?"""
    if digits.count(".") > 1 or (len(digits) > 10 and "," not in digits and "." not in digits):
        return True
    return digits[0] == "0" and len(digits) > 1 and digits[1] != "."


def _is_no_figure(
    text: str, start: int, end: int, digits: str, tail: re.Match[str], last: str
) -> bool:
    """Is a number without unit a date, an order, a code, a name or a step of a formula?"""
    before = text[start - 1] if start else ""
    if not last and NAMED.match(text, end):
        return True
    after = text[tail.end() : tail.end() + 1]
    if ORDER.search(text, max(0, start - 2), start):
        return True
    if last and "." in digits and "." in last:
        return True  # (2788.56-2788.56)÷2788.56
    if last and (NAMED.match(text, tail.end("last")) or _year(digits)):
        return True
    if _year(digits) or (before in '“‘"' and after in '”’"'):
        return True
    if (after and after in "×÷/*+=") or (before and before in "×÷/*+-"):
        return True
    if DAY.fullmatch(digits) and (before == "、" or after in ("、", "等")):
        return True
    if "." in digits or len(digits) > 2:
        return False
    if before in "（(" and after in "）)":
        return True
    opening = not text[:start].strip(" -*>　\t（(")
    return bool(ENUMERATION.match(text, end)) and (opening or before in "；;。：:，, （(　")


def _year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _han_figures(text: str) -> Iterator[Said]:
    """Chinese numerals from ten on with a unit; below, they are words (三项, 一个)."""
    for match in HAN_WITH_UNIT.finditer(text):
        start = match.start()
        han = text[start : match.start("unit")]
        before = text[start - 1 : start]
        if not POWERS.search(han) or TWO_DIGITS.search(han):
            continue  # 三项 is a word, 二三十个 a guess
        if before and (before.isdigit() or before in "第.余多几数点分"):
            continue
        about = match["about"] or match["about1"] or ""
        sign = SIGN.search(text, max(0, start - 3), start)
        near = sign is not None and sign[1] in ("近", "约", "将近")
        if not (match["about"] or near or COUNTED.search(han)):
            continue  # 十条、千亩示范片: a name, not a count
        yield Said(start, match.end(), match[0], match["unit"], sign[1] if sign else "", about)
    if "百分之" in text:
        for share in SHARE.finditer(text):
            yield Said(share.start(), share.end(), share[0], "%")
