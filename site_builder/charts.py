"""Facts as SVG charts: budget and actual, composition, 三公 by year, scores against weights.

One source for screen and print: x in per cent and no viewBox, so that text keeps its size at any
width; literal light colours as attributes, which the print engine reads, and a class on each mark,
by which the site's stylesheet recolours it (WeasyPrint knows neither `var()` nor page styles inside
SVG). Every figure is drawn from `Decimal`; the printed digits are the labels. Text costs most in
print, so there are few labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from site_builder.markup import escape
from site_builder.tokens import MARKS

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
COLOURS = {
    "a": "#2b5cb0",
    "b": "#3d1650",
    "c": "#a8761a",
    "d": "#8a1518",
    "e": "#2a9d8f",
    "f": "#4c5058",
    "prev": "#7d8ba1",
    "now": "#9a1c1f",
    "ink": "#1b1f24",
    "mut": "#5b6470",
    "grid": "#d9dee5",
    "bg": "#ffffff",
}
ON = {
    "a": "#ffffff",
    "b": "#ffffff",
    "c": "#111111",
    "d": "#ffffff",
    "e": "#111111",
    "f": "#ffffff",
}
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure to draw: its value for the length, its printed text for the label."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One labelled line of a chart; a missing amount was not reported."""

    label: str
    last_year: Amount | None = None
    budget: Amount | None = None
    actual: Amount | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator: its group, score and weight; either may be missing."""

    group: str
    label: str
    score: Amount | None
    weight: Amount | None


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a trend; `told` is what the next year's report says, `words` why nothing is drawn."""

    year: int
    own: Amount | None = None
    budget: Amount | None = None
    told: Amount | None = None
    words: str = ""


def _per_cent(value: Decimal) -> str:
    """A length in per cent, two decimals at most."""
    text = str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def _text(
    x: str, y: int, words: str, kind: str = "t", anchor: str = "", size: int = 12, fill: str = "ink",
    bold: bool = False, dx: int = 0,
) -> str:  # fmt: skip
    extra = f' text-anchor="{anchor}"' if anchor else ""
    extra += ' font-weight="700"' if bold else ""
    extra += f' dx="{dx}"' if dx else ""
    return (
        f'<text class="{kind}" x="{x}" y="{y}" font-size="{size}" fill="{COLOURS[fill]}"{extra}>'
        f"{escape(words)}</text>"
    )


def _rect(x: Decimal, y: int, width: Decimal, height: int, colour: str, extra: str = "") -> str:
    return (
        f'<rect class="s-{colour}" x="{_per_cent(x)}" y="{y}" width="{_per_cent(width)}" '
        f'height="{height}" fill="{COLOURS[colour]}"{extra}/>'
    )


def _mark(tip: str, body: str) -> str:
    return f'<g class="mk"><title>{escape(tip)}</title>{body}</g>'


def _signed(value: Decimal) -> str:
    return f"+{value}" if value > 0 else str(value).replace("-", "−")


def _figure(
    id_: str, title: str, unit: str, desc: str, legend: Sequence[tuple[str, str]], height: int, body: str
) -> str:  # fmt: skip
    items = "".join(f'<li><i class="sw {kind}"></i>{escape(name)}</li>' for name, kind in legend)
    list_ = f'<ul class="lg">{items}</ul>' if items else ""
    money = f' data-unit="{unit}"' if unit in MARKS else ""
    said = "" if len(unit) > 1 and unit in title else f" <small>单位：{escape(unit)}</small>"
    return (
        f'<figure class="chart" id="{id_}" data-kind="chart"{money}>'
        f"<figcaption>{escape(title)}{said}</figcaption>{list_}"
        f'<svg class="plot" xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}" '
        f'role="img" aria-labelledby="{id_}-t {id_}-d" font-family="{FONT}">'
        f'<title id="{id_}-t">{escape(title)}</title><desc id="{id_}-d">{escape(desc)}</desc>'
        f"{body}</svg></figure>"
    )


def budget_chart(id_: str, title: str, unit: str, bars: Sequence[Bar]) -> str:
    """Budget (outline) and actual (solid) for each line, with the printed digits."""
    top = max((a.value for b in bars for a in (b.budget, b.actual) if a), default=Decimal(0))
    scale = Decimal(74) / top if top > 0 else Decimal(0)
    y, out = 0, []
    over = []
    for bar in bars:
        budget, actual = bar.budget, bar.actual
        if budget is None or actual is None:
            continue
        gap = actual.value - budget.value
        if gap > 0:
            over.append(bar.label)
        note = f"{'▲' if gap > 0 else '▼' if gap < 0 else ''} {_signed(gap)}".strip()
        tone = "now" if gap > 0 else "mut"
        out.append(_text("0", y + 14, bar.label, size=13))
        out.append(
            _text("100%", y + 14, f"差额 {note}", f"t t-{tone}", "end", fill=tone, bold=gap != 0)
        )
        for place, (amount, name) in enumerate(((budget, "预算"), (actual, "决算"))):
            top_y = y + 21 + place * 17
            width = max(amount.value * scale, Decimal(0))
            if amount.value <= 0:
                shape = (
                    f'<line class="l-mut" x1="0.5" x2="0.5" y1="{top_y}" y2="{top_y + 13}" '
                    f'stroke="{COLOURS["mut"]}"/>'
                )
            elif place == 0:
                shape = (
                    f'<rect class="h-f" x="0.5" y="{top_y}.5" width="{_per_cent(width)}" '
                    f'height="12" fill="none" stroke="{COLOURS["f"]}" stroke-width="1.5"/>'
                )
            else:
                shape = _rect(Decimal(0), top_y, width, 13, "now")
            label = _text(_per_cent(width), top_y + 11, amount.text, "t n", bold=place == 1, dx=5)
            out.append(_mark(f"{bar.label} {name}：{amount.text}{unit}", shape + label))
        y += 66
    desc = f"{len(bars)}项预算与决算对比。" + (
        f"决算超过预算的有：{'、'.join(over)}。" if over else "没有超过预算的项目。"
    )
    return _figure(
        id_, title, unit, desc, [("预算", "swh sw-f"), ("决算", "sw-now")], y, "".join(out)
    )


def composition_chart(
    id_: str, title: str, unit: str, total: Amount, parts: Sequence[tuple[str, Amount]]
) -> str:
    """One bar of the whole, cut into its parts; what no part explains is drawn dashed."""
    keys = "abcdef"
    x, out = Decimal(0), []
    parts = [(name, amount) for name, amount in parts if amount.value > 0][: len(keys)]
    whole = max(total.value, sum((a.value for _, a in parts), Decimal(0)))
    legend = []
    for key, (name, amount) in zip(keys, parts, strict=False):
        width = amount.value / whole * HUNDRED
        share = (amount.value / total.value * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)
        shape = _rect(x, 20, width, 28, key, f' stroke="{COLOURS["bg"]}" stroke-width="1.5"')
        if width >= 12:
            middle = _per_cent(x + width / 2)
            shape += (
                f'<text class="on-{key}" x="{middle}" y="38" font-size="11" fill="{ON[key]}" '
                f'text-anchor="middle">{share}%</text>'
            )
        out.append(_mark(f"{name}：{amount.text}{unit}（{share}%）", shape))
        legend.append((f"{name} {amount.text}", f"sw-{key}"))
        x += width
    if HUNDRED - x > Decimal("0.05"):
        rest = total.value - sum((a.value for _, a in parts), Decimal(0))
        out.append(
            _mark(
                f"未列明：{rest}{unit}",
                f'<rect class="h-mut" x="{_per_cent(x)}" y="20.5" width="{_per_cent(HUNDRED - x)}" '
                f'height="27" fill="none" stroke="{COLOURS["mut"]}" stroke-dasharray="3 2"/>',
            )
        )
        legend.append((f"未列明 {rest}", "swh sw-grid"))
    out.insert(0, _text("100%", 13, f"合计 {total.text}", "t n", "end"))
    largest = max(parts, key=lambda p: p[1].value)
    desc = f"合计{total.text}{unit}，最大的一项是{largest[0]}{largest[1].text}{unit}。"
    return _figure(id_, title, unit, desc, legend, 52, "".join(out))


def three_public_chart(id_: str, title: str, unit: str, bars: Sequence[Bar]) -> str:
    """三公: last year and this year as bars, the budget as a tick."""
    every = [a.value for b in bars for a in (b.last_year, b.budget, b.actual) if a]
    top = max(every, default=Decimal(0))
    scale = Decimal(78) / top if top > 0 else Decimal(0)
    y, out, said = 0, [], []
    for bar in bars:
        out.append(_text("0", y + 14, bar.label, size=13, bold=bar is bars[0]))
        if bar.actual is None:
            out.append(_text("100%", y + 14, "未填报", "t t-mut", "end", fill="mut"))
            y += 26
            continue
        if bar.last_year is not None:
            change = f"较上年 {_signed(bar.actual.value - bar.last_year.value)}"
            out.append(_text("100%", y + 14, change, "t t-mut", "end", fill="mut"))
        reach = bar.budget.value if bar.budget else Decimal(0)
        row = y + 21
        if bar.last_year is not None:
            value = bar.last_year.value
            at = _per_cent(max(reach, value) * scale)
            shape = _rect(Decimal(0), row, value * scale, 11, "prev")
            shape += _text(at, row + 10, bar.last_year.text, "t n", size=11, dx=6)
            out.append(_mark(f"{bar.label} 上年：{bar.last_year.text}{unit}", shape))
            row += 14
        value = bar.actual.value
        at = _per_cent(max(reach, value) * scale)
        shape = _rect(Decimal(0), row, value * scale, 13, "now")
        shape += _text(at, row + 11, bar.actual.text, "t n", bold=True, dx=6)
        out.append(_mark(f"{bar.label} 本年：{bar.actual.text}{unit}", shape))
        if bar.budget is not None:
            x = _per_cent(reach * scale)
            out.append(
                _mark(
                    f"{bar.label} 预算：{bar.budget.text}{unit}",
                    f'<line class="l-ink" x1="{x}" x2="{x}" y1="{y + 18}" y2="{row + 16}" '
                    f'stroke="{COLOURS["ink"]}" stroke-width="2.5"/>',
                )
            )
        said.append(f"{bar.label}本年{bar.actual.text}{unit}")
        y = row + 30
    legend = [("本年决算", "sw-now")]
    if any(b.last_year for b in bars):
        legend.insert(0, ("上年决算", "sw-prev"))
    if any(b.budget for b in bars):
        legend.append(("本年预算（竖线）", "swl"))
    return _figure(id_, title, unit, "；".join(said) + "。", legend, y, "".join(out))


def score_chart(id_: str, title: str, scores: Sequence[Score]) -> str:
    """Each indicator's score within its weight; below full marks by colour and ▼."""
    top = max((a.value for s in scores for a in (s.score, s.weight) if a), default=Decimal(1))
    top = top or Decimal(1)
    y, out, group, low = 4, [], None, []
    for one in scores:
        if one.group != group:
            group = one.group
            out.append(_text("0", y + 13, group, "t t-mut", size=11, fill="mut", bold=True))
            y += 19
        short = one.score and one.weight and one.score.value < one.weight.value
        body = ""
        if one.weight is not None:
            width = one.weight.value / top * 34
            body += (
                f'<rect class="s-grid" x="52%" y="{y + 4}" width="{_per_cent(width)}" height="12" '
                f'fill="{COLOURS["grid"]}"/>'
            )
        if one.score is not None and one.score.value > 0:
            width = one.score.value / top * 34
            body += _rect(Decimal(52), y + 6, width, 8, "now" if short else "a")
        if one.weight is not None:
            x = _per_cent(52 + one.weight.value / top * 34)
            body += (
                f'<line class="l-ink" x1="{x}" x2="{x}" y1="{y + 2}" y2="{y + 18}" '
                f'stroke="{COLOURS["ink"]}" stroke-width="1.5"/>'
            )
        got = one.score.text if one.score else "未列分"
        full = f"/{one.weight.text}" if one.weight else ""
        if short:
            low.append(one.label)
        tone = "now" if short else "ink"
        label = one.label if len(one.label) <= 14 else one.label[:13] + "…"
        body += _text("0", y + 15, label)
        kind = "t n t-now" if short else "t n"
        body += _text("100%", y + 15, f"{got}{full}{' ▼' if short else ''}", kind, "end", fill=tone)
        tip = f"{one.label}：{f'得{got}分' if one.score else got}"
        tip += f"，分值{one.weight.text}分" if one.weight else ""
        out.append(_mark(tip, body))
        y += 21
    desc = f"{len(scores)}项指标的得分" + (f"，未得满分的有{'、'.join(low)}。" if low else "。")
    weighted = any(s.weight for s in scores)
    legend = [("得分", "sw-a")]
    if weighted:
        legend += [("得分（未满）", "sw-now"), ("分值", "sw-grid")]
    return _figure(id_, title, "分", desc, legend, y + 4, "".join(out))


def trend_chart(id_: str, title: str, unit: str, years: Sequence[Year]) -> str:
    """A bar a year, the budget as a tick; a later report's other figure as a dashed bar of its own.

    Years stand apart: what lies between two of them is not known, so nothing joins them.
    """
    every = [a.value for y in years for a in (y.own, y.budget, y.told) if a]
    top = max(every, default=Decimal(0))
    scale = Decimal(58) / top if top > 0 else Decimal(0)
    left = Decimal(14)
    y, out, said = 0, [], []
    for one in years:
        out.append(_text("0", y + 14, str(one.year), "t n", size=13))
        if one.words:
            out.append(_text(_per_cent(left), y + 14, one.words, "t t-mut", fill="mut"))
            said.append(f"{one.year}年{one.words}")
            y += 26
            continue
        reach = one.budget.value if one.budget else Decimal(0)
        row = y + 3
        if one.own is not None:
            value = max(one.own.value, Decimal(0))
            at = _per_cent(left + max(reach, value) * scale)
            shape = _rect(left, row, value * scale, 14, "now")
            shape += _text(at, row + 12, one.own.text, "t n", bold=True, dx=6)
            out.append(_mark(f"{one.year}年：{one.own.text}{unit}", shape))
            said.append(f"{one.year}年{one.own.text}{unit}")
            row += 18
        if one.told is not None:
            value = max(one.told.value, Decimal(0))
            at = _per_cent(left + max(reach, value) * scale)
            shape = (
                f'<rect class="h-mut" x="{_per_cent(left)}" y="{row}.5" '
                f'width="{_per_cent(value * scale)}" height="12" fill="none" '
                f'stroke="{COLOURS["mut"]}" stroke-dasharray="3 2"/>'
            )
            shape += _text(at, row + 11, one.told.text, "t n", size=11, dx=6)
            tip = f"{one.year}年，据{one.year + 1}年度报告：{one.told.text}{unit}"
            out.append(_mark(tip, shape))
            said.append(tip)
            row += 17
        if one.budget is not None:
            x = _per_cent(left + reach * scale)
            out.append(
                _mark(
                    f"{one.year}年预算：{one.budget.text}{unit}",
                    f'<line class="l-ink" x1="{x}" x2="{x}" y1="{y}" y2="{row}" '
                    f'stroke="{COLOURS["ink"]}" stroke-width="2.5"/>',
                )
            )
        y = row + 9
    legend = [("当年报告", "sw-now")]
    if any(one.budget for one in years):
        legend.append(("年初预算（竖线）", "swl"))
    if any(one.told for one in years):
        legend.append(("次年报告所写", "swh sw-grid"))
    return _figure(id_, title, unit, "；".join(said) + "。", legend, y, "".join(out))
