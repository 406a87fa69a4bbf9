"""One analysis of text and numbers: what a search compares, for Python and the browser alike.

Folding maps what a reader takes for the same onto the same characters: full and half width,
upper and lower case, quotation marks and white space (dropped), traditional and simplified. A
number becomes one whole in its shortest form between OPEN and CLOSE, so that plain substring
search over folded text finds whole numbers only: 41.4 is not in 1141.43, 2866.9 is 2,866.90.
BREAK keeps phrases apart (blocks, cells); a mark of MARKS behind a number says its unit of money
where that stands in a caption or a head. `themes/site/assets/tokens.js` mirrors this module;
tests hold both to the same vectors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

OPEN, CLOSE = "\x02", "\x03"
GAP = "\0"  # stands for a dropped character until the numbers are read: it ends a number
BREAK = "\x7f"  # between two phrases of an original; a line end once folded. No page shows it
MARKS = {"元": "\x80", "千元": "\x81", "万元": "\x82", "亿元": "\x83"}
UNITS = frozenset([*MARKS.values(), *"千万亿元"])  # what makes a term with the number before it
LABEL = "\x84"  # ends a phrase that labels others, a head cell's; dropped when folded
# In tables, before LABEL; dropped when folded. A head over n columns begins with n - 1 ends of cells.
END_OF_CELL, END_OF_ROW = "\x86", "\x87"
QUOTES = frozenset("“”‘’\"'„‟‚‛「」『』〝〞〟")
SAME = {"㎡": "m²", "㎥": "m³", **dict.fromkeys("‐‑‒–—―−", "-")}
RUN = re.compile(r"[0-9](?:[0-9,.]*[0-9])?")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
AMOUNT = re.compile(f"{OPEN}([0-9.]+){CLOSE}(元|千元|万元|亿元|万|亿)?")
NUMBER = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}[\x80-\x83]?")
UNITED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}([{''.join(sorted(UNITS))}])")
BEFORE_YEAR = re.compile(f"([^\n{OPEN}{CLOSE}\x80-\x83]){OPEN}((?:19|20)[0-9]{{2}}){CLOSE}")
POWER = {"元": 0, "千元": 3, "万元": 4, "亿元": 8, "万": 4, "亿": 8}
TRADITIONAL = Path(__file__).with_name("traditional.txt")
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Query:
    """`terms` must all be found, each in one of its forms; `whole` is all of it as one phrase.

    Forms are folded text to look for.
    """

    whole: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; its character i comes from original[starts[i]:ends[i]]."""

    text: str
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=1)
def traditional() -> dict[str, str]:
    """Traditional characters with their simplified forms, from pairs written one after another."""
    pairs = "".join(TRADITIONAL.read_text("utf-8").split())
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@lru_cache(maxsize=65536)
def _character(character: str) -> str:
    """What one character is folded to; GAP for what is dropped."""
    if character == BREAK:
        return "\n"
    if character in MARKS.values():
        return character
    if _is_dropped(character):
        return GAP
    if character == "，":  # a comma of the sentence, never of a number; see `folded`
        return character
    same = SAME.get(character) or unicodedata.normalize("NFKC", character).lower()
    if unicodedata.category(character) != "Nd" and any("0" <= c <= "9" for c in same):
        same = character  # ① and ² are no numbers
    simplified = traditional()
    return "".join(GAP if _is_dropped(c) else simplified.get(c, c) for c in same)


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    return character in QUOTES or category[0] == "Z" or category in ("Cc", "Cf")


class _Characters(dict[int, str]):
    """`_character` as a table for str.translate, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = same = _character(chr(code))
        return same


_CHARACTERS = _Characters()


def by_character(text: str) -> str:
    """`text` with each character folded by itself; GAP for those that are dropped."""
    return text.translate(_CHARACTERS)


def folded(text: str) -> str:
    """`text` as a search compares it."""
    marked = RUN.sub(lambda run: _marked(run[0]), by_character(text))
    return marked.replace(GAP, "").replace("，", ",")


def fold(text: str) -> Folded:
    """`text` as a search compares it, with where each character comes from (slower)."""
    raw: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for c in _character(character):
            raw.append(c)
            origin.append(index)
    joined = "".join(raw)
    result = Folded("", [], [])
    out: list[str] = []

    def put(piece: str, start: int, end: int) -> None:
        out.append(piece)
        result.starts.extend([origin[start]] * len(piece))
        result.ends.extend([origin[end - 1] + 1] * len(piece))

    def plain(start: int, end: int) -> None:
        for i in range(start, end):
            if raw[i] != GAP:
                put("," if raw[i] == "，" else raw[i], i, i + 1)

    at = 0
    for run in RUN.finditer(joined):
        plain(at, run.start())
        for piece, start, end in _pieces(run[0]):
            put(piece, run.start() + start, run.start() + end)
        at = run.end()
    plain(at, len(raw))
    return Folded("".join(out), result.starts, result.ends)


@lru_cache(maxsize=65536)
def _marked(run: str) -> str:
    return "".join(piece for piece, _, _ in _pieces(run))


def _pieces(run: str) -> Iterator[tuple[str, int, int]]:
    """The numbers and the marks between them in digits, commas and points, with start and end."""
    if THOUSANDS.fullmatch(run):
        yield _whole(run.replace(",", "")), 0, len(run)
        return
    at = 0
    for part in re.split("(,)", run):
        # 2022.6.24 is a date: three numbers and the points between them.
        for bit in [part] if PLAIN.fullmatch(part) else re.split(r"(\.)", part):
            if bit:
                yield (_whole(bit) if bit[0] not in ",." else bit), at, at + len(bit)
                at += len(bit)


def _whole(number: str) -> str:
    return f"{OPEN}{number.rstrip('0').rstrip('.') if '.' in number else number}{CLOSE}"


@lru_cache(maxsize=65536)
def number_term(number: str) -> str:
    """A number's term: its significant digits come first, so that all its forms sort together."""
    return f"{number.replace('.', '').strip('0') or '0'}/{number}"


def terms(text: str) -> set[str]:
    """The terms of folded text: overlapping pairs of characters, the last one of a run, numbers.

    A character is found by the terms that begin with it. Lines never share a pair. A number with the
    first character of its unit of money, or with its mark, is a term of its own; so is a year with the
    character before it: of all that hold 三公经费 and 2022, few hold them in one.
    """
    return {term for code in coded(text) if (term := decoded(code))}


def coded(text: str) -> set[int | str]:
    """The terms of folded text as they are gathered fastest: pairs as the numbers of their two
    characters, the second in the high half, where a line end may be one of them; see `decoded`."""
    parts = NUMBER.split(text)
    run = "\n".join(parts[::2]) + "\n"
    raw = memoryview(run.encode("utf-32-le", "surrogatepass"))
    result: set[int | str] = set(raw[: len(run) // 2 * 8].cast("Q").tolist())
    result.update(raw[4 : 4 + (len(run) - 1) // 2 * 8].cast("Q").tolist())
    result.update(map(number_term, parts[1::2]))
    result.update([number_term(number) + unit for number, unit in UNITED.findall(text)])
    result.update(before_years(text))
    return result


def before_years(text: str) -> list[str]:
    """The terms of folded text that are a year with the character before it: 费2022/2022."""
    return [before + number_term(year) for before, year in BEFORE_YEAR.findall(text)]


def decoded(code: int | str) -> str:
    """The term of a code; "" for a pair that begins with a line end, which is none."""
    if isinstance(code, str):
        return code
    first, second = chr(code & 0xFFFFFFFF), chr(code >> 32)
    if first == "\n":
        return ""
    return first if second == "\n" else first + second


def required_terms(form: str) -> list[str]:
    """The terms that every text with the form has, in order; none when it is one character."""
    return sorted(t for t in terms(form) if len(t) > 1)


def parse(query: str) -> Query:
    """What a person typed: terms between spaces, and all of it as a phrase; both may be empty."""
    query = "".join(" " if c == BREAK or c in MARKS.values() else c for c in query[:LONGEST_QUERY])
    parts = dict.fromkeys(filter(None, map(folded, query.split())))
    whole = folded(query)
    return Query(tuple(_forms(whole)) if whole else (), tuple(tuple(_forms(p)) for p in parts))


def _forms(term: str) -> Iterator[str]:
    """The term, and when it is an amount, the other ways to print it: 107000元 is 10.7万元.

    In a table the unit need not stand beside the number: a mark says it.
    """
    yield term
    amount = AMOUNT.fullmatch(term)
    if amount is None:
        return
    number, unit = amount[1], amount[2] or ""
    power = POWER.get(unit, 0)
    if unit and not unit.endswith("元"):
        yield _whole(shifted(number, power))
    for other in MARKS if unit.endswith("元") else ("千元", "万", "亿"):
        if other != unit:
            yield _whole(shifted(number, power - POWER[other])) + other
    for other, mark in MARKS.items():
        if unit or other != "元":
            yield _whole(shifted(number, power - POWER[other])) + mark


def shifted(number: str, power: int) -> str:
    """number × 10^power in digits."""
    whole, _, decimals = number.partition(".")
    digits = whole + decimals
    point = len(whole) + power
    digits = "0" * max(0, 1 - point) + digits + "0" * max(0, point - len(digits))
    point = max(point, 1)
    left = digits[:point].lstrip("0") or "0"
    return f"{left}.{digits[point:]}" if digits[point:].strip("0") else left


def has(text: str, forms: tuple[str, ...]) -> bool:
    """Does any of the forms stand in folded text?"""
    return any(form in text for form in forms)


def marks(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the query's words stand in the original text: start and end, in order, apart."""
    original = fold(text)
    spans: list[tuple[int, int]] = []
    for form in (*query.whole, *(form for forms in query.terms for form in forms)):
        at = original.text.find(form)
        while at >= 0:
            end = at + len(form)
            spans.append((original.starts[at], original.ends[end - 1]))
            at = original.text.find(form, end)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
