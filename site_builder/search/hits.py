"""What a query finds on the site's pages, and in which order: the definition, without any index.

An entry is found by its own words (heading and text) holding the whole query as one phrase, or
every term of it; a term may also stand in the entry's context (title, county, town, year), but
not all of them may. Where a page holds every term and no entry of it does, the first entry with
each term is found. `scan` is these sentences; the browser's shards and the Whoosh index are held to
it.

The order is `rank`, then `tier`, then the whole query as one phrase before its terms, then years, the
newest first. So what reports say comes before what is said about checking and about the site, but a
page that is called what was typed comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from site_builder import tokens
from site_builder.tokens import BREAK, LABEL, Query, folded, has, parse

Kind = Literal["narrative", "table", "project", "indicator", "finding", "page", "chart"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_NAMES: dict[str, str] = {
    "narrative": "正文",
    "table": "表格",
    "project": "项目",
    "indicator": "绩效指标",
    "finding": "核对结果",
    "page": "网页",
    "chart": "图示",
}
FIGURE_KINDS = frozenset({"table", "project", "indicator"})
# Where pages lie that are about reports, places and years without being theirs.
ASIDE = frozenset({"checks", "receipts", "archive"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: a section, a table, a chart, a finding, a page.

    `url` is relative to the site's root. An entry without heading stands for the page itself.
    `county` and `town` are Chinese names; "" and year 0 mean none. Phrases of `text` (paragraphs,
    cells) are kept apart by tokens.BREAK; a table's head cells end in LABEL, its figures in the
    mark of their unit (tokens.MARKS) where it does not stand beside them; END_OF_CELL and
    END_OF_ROW say which phrases are a cell's.
    """

    url: str
    title: str
    heading: str
    kind: Kind
    county: str
    town: str
    year: int
    text: str

    @property
    def page(self) -> str:
        """The address of its page."""
        return self.url.partition("#")[0]

    @property
    def aside(self) -> bool:
        """Is its page none of a report, a place or a year, but one of checks, of rules, of the site?"""
        return is_aside(self.page, self.county, self.year)

    @property
    def names(self) -> tuple[str, ...]:
        """What its page is called, folded: by its title, one of the site by its folder too (a rule's id).

        A report is called nothing: its title holds its place and year, and nobody types all of it.
        """
        return names_of(self.page, self.title, self.county, self.town, self.year)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, and the words around the first match, which stands in 【】."""

    entry: Entry
    excerpt: str


class Words(NamedTuple):
    """An entry's folded words: heading (or title), the labels of its table, its text, its context."""

    heading: str
    labels: str
    text: str
    context: str

    @property
    def own(self) -> str:
        """Heading and text; no phrase runs from the one into the other."""
        return f"{self.heading}\n{self.text}"

    @property
    def label(self) -> str:
        """Heading and labels."""
        return f"{self.heading}\n{self.labels}"


def words_of(entry: Entry) -> Words:
    """What a query is compared with."""
    labels = ""
    if LABEL in entry.text:
        labels = BREAK.join(p for p in entry.text.split(BREAK) if p[-1:] == LABEL)
    heading, _, text = folded(f"{entry.heading or entry.title}{BREAK}{entry.text}").partition("\n")
    return Words(heading, folded(labels), text, context_of(entry))


def context_of(entry: Entry) -> str:
    """What the page of an entry is about, folded."""
    return _context(entry.title, entry.county, entry.town, entry.year)


@lru_cache(maxsize=64)
def _context(title: str, county: str, town: str, year: int) -> str:
    """What a page is about; asked for once for each of its entries."""
    return folded(BREAK.join((title, county, town, f"{year}年" if year else "")))


def matches(words: Words, wanted: Query) -> bool:
    """Is the entry with these words found by itself?"""
    own = words.own
    if not wanted.terms or has(own, wanted.whole):
        return bool(wanted.terms)
    standing = [has(own, forms) for forms in wanted.terms]
    return any(standing) and all(
        here or has(words.context, forms)
        for here, forms in zip(standing, wanted.terms, strict=True)
    )


def found_on(page: Sequence[Words], wanted: Query) -> list[int]:
    """Which of a page's entries are found."""
    found = [n for n, words in enumerate(page) if matches(words, wanted)]
    if found or len(wanted.terms) < 2 or not page:
        return found
    own = [words.own for words in page]
    first: set[int] = set()
    for forms in wanted.terms:
        at = next((n for n, said in enumerate(own) if has(said, forms)), None)
        if at is not None:
            first.add(at)
        elif not has(page[0].context, forms):
            return []
    return sorted(first)


def is_aside(page: str, county: str, year: int) -> bool:
    """Is the page at this address none of a report, a place or a year? See `Entry.aside`."""
    return not (county or year) or not ASIDE.isdisjoint(page.split("/"))


@lru_cache(maxsize=64)
def names_of(page: str, title: str, county: str, town: str, year: int) -> tuple[str, ...]:
    """What a page is called; see `Entry.names`."""
    if town and year:
        return ()
    name = folded(title)
    return (name,) if county or year else (name, folded(page.split("/")[-2:][0]))


def rank(entry: Entry, wanted: Query) -> int:
    """2 for a page that is called what was typed; 1 for reports, places and years; 0 for other pages."""
    if not entry.heading and any(name in wanted.whole for name in entry.names):
        return 2
    return 0 if entry.aside else 1


def tier(entry: Entry, words: Words, wanted: Query) -> int:
    """How good a hit is: 3 by the page's title, 2 by a heading or a table's label, 1 an exact figure
    in a table or a chart's label, 0 a mention; -1 when it holds some of the terms, and its page the others."""
    if not matches(words, wanted):
        return -1
    standing = [has(words.label, forms) for forms in wanted.terms]
    labelled = any(standing) and all(
        here or has(words.context, forms)
        for here, forms in zip(standing, wanted.terms, strict=True)
    )
    if labelled or has(words.label, wanted.whole):
        if entry.kind == "chart":
            return 1  # it draws what a table says
        return 2 if entry.heading else 3
    return int(entry.kind in FIGURE_KINDS and is_figure(wanted))


def has_whole(words: Words, wanted: Query) -> bool:
    """Do the words hold all of the query as one phrase?"""
    return has(words.own, wanted.whole)


def is_figure(wanted: Query) -> bool:
    """Is one of the terms an amount?"""
    return any(tokens.AMOUNT.fullmatch(forms[0]) for forms in wanted.terms)


def scan(entries: Iterable[Entry], text: str) -> list[Entry]:
    """The entries that the query finds, by reading every one of them, in the given order.

    Entries of one page come one after another.
    """
    wanted = parse(text)
    found: list[Entry] = []
    for _, group in groupby(entries, key=lambda entry: entry.page):
        page = list(group)
        found += [page[n] for n in found_on([words_of(entry) for entry in page], wanted)]
    return found


def one_line(text: str) -> str:
    """Text with single spaces for white space."""
    return " ".join(text.split())
