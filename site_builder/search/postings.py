"""Which entries hold a term: gathered by the pieces of their words, each of which is analysed once.

What stands between two numbers stands in thousands of entries alike: labels, names of rules, years. So
words are cut at their numbers and at the ends of phrases, and only when all entries are gathered the
pieces become terms. These are by definition the terms of `hits.words_of`; an entry with a piece that
cannot be looked at by itself is left to that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from typing import NamedTuple

from site_builder import tokens
from site_builder.search.hits import Entry, context_of, words_of
from site_builder.tokens import BREAK, LABEL, UNITS

PIECE = re.compile(f"[^{BREAK}0-9]+|{tokens.RUN.pattern}")
UNITED = re.compile(f"[0-9][0-9,.]*[{''.join(sorted(UNITS))}]")
# A year, and up to three characters before it, of which the last that counts does; points and commas
# between digits are a number's. It is looked for from its first digit, which is rare.
BEFORE = 3
YEARS = re.compile(
    f"[12](?:(?<=([^{BREAK}0-9]{{3}})[12])"
    f"|(?<=([^{BREAK}0-9][^{BREAK}0-9,.]|[^{BREAK}0-9,.][,.])[12])|(?<=(?<![^{BREAK}])([,.]{{2}})[12])"
    f"|(?<=([^{BREAK}0-9,.])[12])|(?<=(?<![^{BREAK}])([,.])[12]))"
    "(?:(?<=1),?9|(?<=2),?0)[0-9]{2}(?![0-9])(?:[0-9,.]*[0-9])?"
)
MARKS = "".join(tokens.MARKS.values())
DIGITS = "0123456789"
BY_TERM = "\n"  # begins the key of a term that was found without cutting


class Numbers:
    """Ascending numbers by term, put together when they are asked for: all at once would be too much."""

    def __init__(self, keys: Mapping[str, list[int]]) -> None:
        self._lists: defaultdict[str, list[list[int]]] = defaultdict(list)
        self._last: tuple[object, Sequence[int]] = None, ()  # ranks ask for the same again
        for key, numbers in keys.items():
            for term in _terms(key):
                self._lists[term].append(numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __contains__(self, term: str) -> bool:
        return term in self._lists

    def __getitem__(self, term: str) -> Sequence[int]:
        lists = self._lists[term]
        if len(lists) == 1:
            return lists[0]
        if self._last[0] is not lists:
            self._last = lists, sorted(set().union(*lists))
        return self._last[1]

    def alike(self, term: str) -> tuple[int, ...]:
        """The same for terms with the same numbers."""
        return tuple(map(id, self._lists[term]))


class Ranks(Numbers):
    """Which of a term's numbers (first, second …) are among some of them."""

    def __init__(self, keys: Mapping[str, list[int]], every: Numbers) -> None:
        super().__init__(keys)
        self._every = every

    def __getitem__(self, term: str) -> Sequence[int]:
        some, every = super().__getitem__(term), self._every[term]
        if len(some) * 8 < len(every):
            return [bisect_left(every, number) for number in some]
        return [*compress(count(), map(set(some).__contains__, every))]

    def alike(self, term: str) -> tuple[int, ...]:
        return (*super().alike(term), 0, *self._every.alike(term))


class Postings(NamedTuple):
    """Of some pages: the entries that hold a term, by their numbers; which of these (first, second …)
    hold it in a label; and the pages that hold it in their context."""

    own: Numbers
    labels: Numbers
    context: Numbers


def gathered(pages: Iterable[Sequence[Entry]]) -> Postings:
    """Which entries hold which terms; entries and pages are numbered as they come."""
    own, labels, context = (defaultdict[str, list[int]](list) for _ in range(3))
    known: dict[str, None] = {}  # pieces that were looked at
    odd: set[str] = set()
    number = 0
    for page_number, page in enumerate(pages):
        for entry in page:
            labelling = _keys(entry.heading or entry.title)
            words = _keys(entry.text) | labelling
            if LABEL in entry.text:
                some = [phrase for phrase in entry.text.split(BREAK) if phrase[-1:] == LABEL]
                labelling |= _keys(BREAK.join(some))
            for piece in words.difference(known):
                known[piece] = None
                if _is_odd(piece):
                    odd.add(piece)
            if odd and not odd.isdisjoint(words):
                said = words_of(entry)
                words, labelling = map(_by_terms, (said.own, said.label))
            for key in words:
                own[key].append(number)
            for key in labelling:
                labels[key].append(number)
            number += 1
        for key in _by_terms(context_of(page[0])):
            context[key].append(page_number)
    held = Numbers(own)
    return Postings(held, Ranks(labels, held), Numbers(context))


def _keys(words: str) -> set[str]:
    """What words are cut into: pieces, numbers, numbers with the first character of their unit, years with what
    stands before them."""
    keys = set(PIECE.findall(words))
    keys.update(UNITED.findall(words))
    for year in YEARS.finditer(words):
        keys.add(f"{year[year.lastindex or 0]}{year[0]}")
    return keys


def _by_terms(words: str) -> set[str]:
    """The terms of folded words as keys."""
    return {BY_TERM + term for term in tokens.terms(words)}


def _is_odd(piece: str) -> bool:
    """Does a piece fold into digits, into points at one of its ends, or into a unit at its beginning that
    did not stand there? Does what stands before a year not say what its last character is?"""
    if piece[0] in DIGITS:
        return False
    if piece[-1] in DIGITS:
        before = piece[: re.search("[0-9]", piece).start()]  # type: ignore[union-attr]
        return len(before) == BEFORE and not tokens.folded(before.strip(",."))
    plain = tokens.by_character(piece)
    unit = tokens.folded(piece)[:1]
    return (
        tokens.RUN.search(plain) is not None
        or _points(plain) != _points(piece)
        or (unit in UNITS and unit != piece[0])
    )


def _points(words: str) -> tuple[int, int]:
    """How many commas and points stand at the beginning and at the end."""
    return len(words) - len(words.lstrip(",.")), len(words) - len(words.rstrip(",."))


def _terms(key: str) -> Iterable[str]:
    """The terms of a key."""
    if key[0] == BY_TERM:
        return [key[1:]]
    words = tokens.folded(key)
    if key[0] not in DIGITS and key[-1] in DIGITS:
        return tokens.before_years(words)
    if key[0] not in DIGITS:
        return tokens.terms(words.lstrip(MARKS))
    every = tokens.terms(words)
    if key[-1] in UNITS:
        return [term for term in every if "/" in term and term[-1] == key[-1]]
    return every
