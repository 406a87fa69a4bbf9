"""Read a table as a dataclass: one finding for each thing that does not fit, nothing raised.

A dataclass says with `key` which YAML key fills a field and how its text is read. A table with
any finding gives no object.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, field, fields
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import Any, TypeVar

from site_builder import reading_rules as rules
from site_builder.figure import number as exact_number
from site_builder.finding import Finding, Rule, Words, instead
from site_builder.misread import SHOWN, misread
from site_builder.yaml_file import Items, Table, Text, Value

LOOSE_DATE = re.compile(
    r"([0-9]{4})\s*[-年./]?\s*([0-9]{1,2})\s*[-月./]?\s*([0-9]{1,2})\s*日?(?:[ T][0-9:]{4,8})?"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
Shape = TypeVar("Shape")
Reader = Callable[[Text], Any]


class Wrong(ValueError):  # noqa: N818 - what a reader says of one text
    """Raised by a reader of one text: the rule it breaks and its words."""

    cause: Words | None = None

    def __init__(self, rule: Rule, **words: str) -> None:
        super().__init__(rule.id)
        self.rule = rule
        self.words = words


def nearest(text: str, known: Iterable[str]) -> str:
    """The known name that `text` is most like; empty when none is near."""
    near = get_close_matches(text, list(known), 1, 1 / 2)
    return near[0] if near else ""


def likeness(one: str, other: str) -> float:
    """How alike two names are: 1 for the same, 0 for nothing in common."""
    return SequenceMatcher(None, one, other).ratio()


def guess(text: str, known: Iterable[str]) -> dict[str, str]:
    """Words for “did you mean …”, empty when nothing is near."""
    known = list(known)
    head, colon, _ = text.partition("：")
    if colon and head in known:
        return {
            "guess_zh": f"；“{head}”后面的全角冒号“：”应改成半角冒号加空格“: ”",
            "guess_en": f"; the full-width colon behind “{head}” should be “: ”",
        }
    head = re.split("[，、]", text, maxsplit=1)[0]
    if head != text and head in known:
        return {
            "guess_zh": "；方括号里的几项要用半角逗号“,”分开",
            "guess_en": "; names in brackets are parted by half-width commas",
        }
    near = nearest(text, known)
    if not near:
        return {"guess_zh": "", "guess_en": ""}
    return {"guess_zh": f"；是不是“{near}”？", "guess_en": f"; did you mean “{near}”?"}


def text(t: Text) -> Text:
    """The text as written."""
    return t


def decimal(t: Text) -> Any:
    """An exact number."""
    amount = exact_number(t)
    if amount is None:
        words, cause = misread(t, exact_number)
        wrong = Wrong(rules.NUMBER, **words)
        wrong.cause = cause
        raise wrong
    return amount


def year(t: Text) -> int:
    """A fiscal year."""
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", t):
        raise Wrong(rules.NUMBER, **no_year(t))
    return int(t)


def no_year(t: str) -> dict[str, str]:
    """Words of the finding for a year that is none, and how it is written."""
    given = re.search(r"(?:19|20)[0-9]{2}", t)
    wanted = given[0] if given else "2022"
    words = {"text": t, "wanted": "年份", "wanted_en": "a year"}
    return words | instead(f"写成 {wanted}：四位数字", f"write {wanted}: four digits")


def day(t: Text) -> datetime.date:
    """An ISO date."""
    try:
        if not DATE.fullmatch(t):
            raise ValueError
        return datetime.date.fromisoformat(t)
    except ValueError:
        raise Wrong(rules.DATE, **_no_date(t)) from None


def _no_date(t: str) -> dict[str, str]:
    """Words of the finding for a date that is none; how it is written, where that can be told."""
    words = {"text": str(t)}
    given = LOOSE_DATE.fullmatch(t)
    try:
        if given is None:
            return words
        date = datetime.date(*map(int, given.groups())).isoformat()
    except ValueError:
        return words | instead("没有这一天，请对照原件核对", "there is no such day: look it up")
    return words | instead(f"写成 {date}", f"write {date}")


def moment(t: Text) -> datetime.date:
    """The day of an ISO date that may say the time of day as well: 2023-05-08, 2023-05-08 10:30."""
    date, _, time = t.partition(" ")
    if time and not TIME.fullmatch(time):
        raise Wrong(rules.DATE, text=t)
    try:
        if not DATE.fullmatch(date):
            raise ValueError
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise Wrong(rules.DATE, text=t) from None


def one_of(*choices: str) -> Reader:
    """A reader of one of `choices`."""

    def read(t: Text) -> Text:
        if t not in choices:
            raise Wrong(rules.CHOICE, text=t, choices="、".join(choices), **guess(t, choices))
        return t

    return read


def key(name: str, reads: Any = text, *, todo: str = "并填写", **default: Any) -> Any:
    """A dataclass field filled from the YAML key `name`.

    `reads` is a reader of one text, a dataclass, [either] for a list, or {str: either} for a
    table with free keys; `todo` is what to do where it is missing.
    """
    return field(metadata={"key": name, "reads": reads, "todo": todo}, **default)


@cache
def _plan(shape: type) -> tuple[tuple[str, str, Any, bool], ...]:
    return tuple(
        (
            f.name,
            f.metadata["key"],
            f.metadata["reads"],
            f.default is MISSING and f.default_factory is MISSING,
        )
        for f in fields(shape)
        if "key" in f.metadata
    )


def read(shape: type[Shape], table: Value, found: list[Finding]) -> Shape | None:
    """Read `table` as `shape`, adding to `found`; None when anything does not fit."""
    value = _read(shape, table, found)
    return value if isinstance(value, shape) else None


def misfit(value: Any, wanted: str, wanted_en: str, found: list[Finding]) -> None:
    """Say that `value` should be something else, and what it is."""
    words = {"wanted": wanted, "wanted_en": wanted_en}
    if isinstance(value, Text):
        short = value if len(value) <= SHOWN else f"{value[:SHOWN]}……"
        cause = Words(f"，写的是“{short}”", f", not “{short}”")
        if not value:
            cause = Words("，这里是空的", ", not a blank")
    elif isinstance(value, Table):
        cause = Words("，写的是带冒号的表", ", not a table")
    else:
        cause = Words("，写的是列表", ", not a list")
    found.append(Finding(rules.NOT_TABLE, value.at, words, cause=cause))


def as_table(value: Any, found: list[Finding]) -> Table | None:
    """`value` if it is a table, else a finding."""
    if isinstance(value, Table):
        return value
    misfit(value, "“键: 值”的表", "a table of keys and values", found)
    return None


def as_text(value: Any, found: list[Finding]) -> Text | None:
    """`value` if it is one text, else a finding."""
    if isinstance(value, Text):
        return value
    misfit(value, "一个值（一个数或一段文字）", "one value, a figure or words", found)
    found[-1].words.update(
        instead(
            "请只写一个数或一段文字；文字以括号或“- ”开头的要加引号",
            "write one figure or words; quote words that begin with a bracket, a brace or “- ”",
        )
    )
    return None


def as_items(value: Any, found: list[Finding]) -> Items | None:
    """`value` if it is a list, else a finding."""
    if isinstance(value, Items):
        return value
    misfit(value, "列表（每项以“- ”开头）", "a list (each item after “- ”)", found)
    return None


# What {金额: 1,020,315.04} makes of the number behind its first comma; and {金额: 24,75}.
THOUSANDS = re.compile(r"[0-9]{3}(?:\.[0-9]{1,6})?")
BEHIND_COMMA = re.compile("[0-9]+")


def unknown_keys(table: Table, known: Iterable[str], found: list[Finding]) -> set[str]:
    """One finding for each key of `table` that is not in `known`; give the names they seem to mean.

    Those need not be reported as missing besides.
    """
    names = list(known)
    if set(names).issuperset(table):
        return set()
    meant = set()
    for extra in table:
        if extra not in names:
            spare = [name for name in names if name not in table and name not in meant]
            meant.add(nearest(extra, spare))
            found.append(unknown_key(extra, spare))
    return meant


def unknown_key(key: Text, spare: list[str]) -> Finding:
    """The finding for a key that is not known: the one it seems to mean, or all that are left."""
    words = {"key": str(key), "meant": nearest(key, spare), **guess(key, spare)}
    if THOUSANDS.fullmatch(key):
        words |= instead(
            '大括号里的数带逗号时要加引号，如 "1,020,315.04"',
            'within { } a number with commas needs quotes: "1,020,315.04"',
        )
    elif BEHIND_COMMA.fullmatch(key):
        words |= instead(
            f"前面的逗号把一个数断成了两截：是小数点的请改成“.”，是千分位的请补足三位并加引号；“{key}”不要删去",
            f"the comma before it cuts a number in two: write “.” for a point; do not delete {key}",
        )
    elif not words["guess_zh"]:
        words |= instead(
            f"请删去，或改成这里还能写的：{listed(spare)}" if spare else "请删去：这里没有别的可写",
            f"delete it, or write one of: {listed(spare)}" if spare else "delete it",
        )
    return Finding(rules.UNKNOWN_KEY, key.at, words)


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names after one another, the first `most` of them."""
    names = list(names)
    return "、".join(names[:most]) + ("……" if len(names) > most else "")


def lacking(name: str, todo: str = "并填写", todo_en: str = "with its value") -> dict[str, str]:
    """What to do about a key that is missing, and that cannot be left blank either."""
    return instead(
        f"请补上“{name}:”{todo}，不能留空", f"add “{name}:” {todo_en}; it cannot be blank"
    )


def _read(reads: Any, value: Any, found: list[Finding]) -> Any:
    if isinstance(reads, list):
        items = as_items(value, found)
        return None if items is None else tuple(_read(reads[0], item, found) for item in items)
    if isinstance(reads, dict):
        table = as_table(value, found)
        if table is None:
            return None
        inner = reads[str]
        return {k: _read(inner, v, found) for k, v in table.items() if v != ""}
    if isinstance(reads, type):
        table = as_table(value, found)
        return None if table is None else _read_table(reads, table, found)
    words = as_text(value, found)
    if words is None:
        return None
    try:
        return reads(words)
    except Wrong as wrong:
        found.append(Finding(wrong.rule, words.at, wrong.words, cause=wrong.cause))
        return None


def _read_table(shape: type, table: Table, found: list[Finding]) -> Any:
    before = len(found)
    plan = _plan(shape)
    meant = unknown_keys(table, [name for _, name, _, _ in plan], found)
    given = {}
    for name, yaml_key, reads, required in plan:
        value = table.of(yaml_key)
        if value is None or value == "":
            if not required or yaml_key in meant:
                continue
            rule = rules.MISSING if value is None else rules.EMPTY
            at = table.at if value is None else value.at
            words = {"key": yaml_key}
            if value is None:
                here = next(f for f in fields(shape) if f.name == name)
                words |= lacking(yaml_key, here.metadata["todo"])
            found.append(Finding(rule, at, words))
        else:
            given[name] = _read(reads, value, found)
    return shape(**given) if len(found) == before else None
