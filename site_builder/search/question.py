"""What a person asks of `search`: words, fields and ranges, as in 三公经费:[20 TO 30] year:2022 接待.

    year:2022  year:[2020 TO 2022]  县:桃江县  town:归义镇  kind:table
    支出合计:>1000   公务接待费:[0.5 TO 2]   三公经费:24.75万元   在职人数:<50

A field's name and value are put together by `:`. Amounts without a unit are in the unit of their
concept; `[a TO b]` holds both ends, `{a TO b}` neither, and an end left out is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from site_builder.figure import KINDS
from site_builder.refusal import Refusal
from site_builder.search.hits import KIND_NAMES
from site_builder.search.hits import KINDS as ENTRY_KINDS
from site_builder.shape import guess
from site_builder.tokens import folded

FIELDS = {
    **dict.fromkeys(("county", "县", "区县"), "county"),
    **dict.fromkeys(("town", "镇", "乡", "乡镇"), "town"),
    **dict.fromkeys(("year", "年", "年度", "年份"), "year"),
    **dict.fromkeys(("kind", "类", "类别"), "kind"),
}
PART = re.compile(
    r"""(?P<quoted>"[^"]*"(?!\S)|“[^”]*”(?!\S))"""
    r"""|(?P<name>[^\s:："“]+)(?P<colon>[:：])(?P<value>[\[{][^\]}]*[\]}]?|"[^"]*"|[^\s]*)"""
    r"|(?P<word>\S+)"
)
BOUNDS = tuple("[{><≥≤=")
RANGE = re.compile(r"([\[{])\s*(\S*)\s+(?:TO|to|至)\s*(\S*?)\s*([\]}])")
BOUND = re.compile(r"(>=|<=|≥|≤|>|<|=)?\s*(.+)")
NUMBER = re.compile(r"([-−]?[0-9][0-9,]*(?:\.[0-9]+)?)(\D*)")


class QuestionError(Refusal):
    """A question that cannot be read; it says what to write."""


@dataclass(frozen=True, slots=True)
class Range:
    """Values from `least` to `most`; None is open; the ends belong to it or not."""

    least: Decimal | None
    most: Decimal | None
    with_least: bool = True
    with_most: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """Words to find, where, and what amounts the report must have (in 元 where they are money)."""

    words: str = ""
    county: str = ""
    town: str = ""
    kind: str = ""
    years: tuple[Range, ...] = ()
    amounts: tuple[tuple[str, Range], ...] = ()


def read_question(text: str, units: Mapping[str, str]) -> Question:
    """Read what was typed; `units` are the names of amounts, with the unit of each.

    Raises QuestionError.
    """
    names = {folded(name): name for name in units}
    words: list[str] = []
    only = {"county": "", "town": "", "kind": ""}
    years: list[Range] = []
    amounts: list[tuple[str, Range]] = []
    for name, colon, value in _parts(text):
        field = FIELDS.get(name.lower(), "")
        concept = names.get(folded(name)) if name else None
        known = bool(field) or concept is not None
        # A sentence's own colon is often the full-width one: 项目支出：1532.11万元 are words.
        if not name or (colon == "：" and not field and not (concept and value[:1] in BOUNDS)):
            words.append(f"{name}{colon}{value}")  # quotation marks count for nothing
        elif not value:
            if known:
                raise QuestionError(f"“{name}:”后面没有写值", f"nothing stands after “{name}:”")
            words.append(f"{name}{colon}")
        elif field == "year":
            years.append(_range(name, value, ""))
        elif field == "kind":
            only[field] = _kind(value)
        elif field:
            only[field] = value.strip('"“”')
        elif concept is not None:
            amounts.append((concept, _range(name, value, units[concept])))
        elif name[-1].isdigit():
            words.append(f"{name}:{value}")  # a time of day, a place in a file
        else:
            near = guess(name, [*units, *FIELDS])
            raise QuestionError(
                f"没有“{name}”这个字段{near['guess_zh']}可用 县、镇、年、类，或数据的名称"
                f"（如 三公经费:>20）。冒号要照字面找的，用引号括起来",
                f"no field “{name}”{near['guess_en']}; quote it to look for the words",
            )
    return Question(
        " ".join(words), only["county"], only["town"], only["kind"], tuple(years), tuple(amounts)
    )


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Names of fields, "" for words, with the colon and what stands behind it."""
    for match in PART.finditer(text):
        if match["quoted"]:
            yield "", "", match["quoted"]
        elif match["name"]:
            yield match["name"], match["colon"], match["value"]
        else:
            yield "", "", match["word"]


def _kind(value: str) -> str:
    known: dict[str, str] = {kind: kind for kind in ENTRY_KINDS}
    known |= {zh: kind for kind, zh in KIND_NAMES.items()}
    if value in known:
        return known[value]
    listed = "、".join(f"{zh}（{k}）" for k, zh in KIND_NAMES.items())
    raise QuestionError(
        f"没有“{value}”这个类别；有：{listed}", f"no such kind: {value}; there are {listed}"
    )


def _range(name: str, value: str, unit: str) -> Range:
    if value[0] in "[{":
        match = RANGE.fullmatch(value)
        if match is None:
            raise QuestionError(
                f"看不懂范围“{name}:{value}”；请写成 {name}:[20 TO 30]，"
                f"一端可以不写：{name}:[20 TO ]",
                f"“{name}:{value}” is no range; write {name}:[20 TO 30], or {name}:[20 TO ]",
            )
        least, most = (_number(name, n, unit) if n else None for n in (match[2], match[3]))
        if least is not None and most is not None and least > most:
            raise QuestionError(
                f"“{name}:{value}”的前一个数比后一个大，找不到任何数；请对调",
                f"“{name}:{value}”: the first end is above the second; exchange them",
            )
        return Range(least, most, match[1] == "[", match[4] == "]")
    match = BOUND.fullmatch(value)
    assert match is not None  # a value is never empty
    number = _number(name, match[2], unit)
    match match[1]:
        case ">" | ">=" | "≥":
            return Range(number, None, match[1] != ">")
        case "<" | "<=" | "≤":
            return Range(None, number, True, match[1] != "<")
    return Range(number, number)


def _number(name: str, text: str, unit: str) -> Decimal:
    """An amount in 元 where it is money, else as written."""
    match = NUMBER.fullmatch(text)
    money = KINDS["money"]
    own = match[2] if match and match[2] else unit
    if match is None or (match[2] and (match[2] != unit) and not (own in money and unit in money)):
        said = f"，单位用{unit}" if unit else ""
        raise QuestionError(
            f"“{name}:{text}”里要写一个数{said}，如 {name}:>20",
            f"“{name}:{text}”: a number is expected{f' in {unit}' if unit else ''}, like {name}:>20",
        )
    amount = Decimal(match[1].replace(",", "").replace("−", "-"))
    return amount * money[own] if own in money else amount
