"""A Whoosh index of what the site says, for the command line; kept up page by page."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import index, query
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

from site_builder import tokens
from site_builder.search.hits import (
    Entry,
    Hit,
    found_on,
    has_whole,
    rank,
    tier,
    words_of,
)
from site_builder.search.near_names import (
    LETTERS,
    apart,
    around,
    attempts,
    counted,
    near,
    ranked,
    sounds,
)
from site_builder.search.question import Question, read_question
from site_builder.search.shards import analysis
from site_builder.search.snippets import excerpt
from site_builder.tokens import Query, folded, parse

NEAR_TEXTS = 2000  # are looked through for words like what was typed
STATE = (
    "pages.json"  # the analysis, the concepts with their units and names, and each page's digest
)
AMOUNT = "amount_"
Amounts = Mapping[str, Mapping[str, Decimal]]


class Answer(NamedTuple):
    """What is found for a question, and what is told of it."""

    hits: list[Hit]
    words: str  # as typed, without fields
    instead: tuple[str, ...]  # what was looked for, the words being nowhere; else none
    also: list[str]  # questions with another name of what was typed
    meant: list[str]  # questions that differ by one character, or whose pinyin was typed


class Changed(NamedTuple):
    """How many entries an update added to the index, and how many pages it removed or replaced."""

    added: int
    removed: int


def schema() -> Schema:
    """Fields to find entries by, over folded text: a character or a number is one token.

    Amounts are fields of their own, in 元 where they are money, with two decimals and exact.
    """
    token = f"{tokens.OPEN}[^{tokens.CLOSE}]*{tokens.CLOSE}|[^{tokens.OPEN}{tokens.CLOSE}]"
    analyzer = RegexTokenizer(token)
    made = Schema(
        page=ID(stored=True, sortable=True),
        context=TEXT(analyzer=analyzer),
        body=TEXT(analyzer=analyzer),
        county=ID(),
        town=ID(),
        year=NUMERIC(int),
        kind=ID(),
        first=ID(),
        entry=STORED,
    )
    made.add(f"{AMOUNT}*", NUMERIC(int, bits=64, decimal_places=2), glob=True)
    return made


def update_index(
    entries: Iterable[Entry],
    directory: Path,
    amounts: Amounts | None = None,
    units: Mapping[str, str] | None = None,
    names: Iterable[str] = (),
    also: Mapping[str, Sequence[str]] | None = None,
) -> Changed:
    """Bring the Whoosh index in `directory` up to `entries`: only pages that differ are touched.

    Entries of a page come one after another. `amounts` are a report's by concept, by the address
    of its page, in 元 where they are money; `units` the unit in which a person asks for each;
    `names` are offered when nothing is found, `also` says what else they are called.
    """
    amounts = amounts or {}
    directory.mkdir(parents=True, exist_ok=True)
    wanted = {
        "analysis": analysis().hex(),
        "units": dict(units or {}),
        "names": [*names],
        "also": dict(also or {}),
    }
    old = _state(directory)
    fresh = old["analysis"] != wanted["analysis"] or not index.exists_in(directory)
    if fresh:
        (directory / STATE).unlink(missing_ok=True)
        old["pages"] = {}
    found = index.create_in(directory, schema()) if fresh else index.open_dir(directory)
    pages: dict[str, str] = {}
    writer = None
    added = removed = 0
    for page, group in groupby(entries, key=lambda entry: entry.page):
        mine = list(group)
        said = repr([*map(astuple, mine), sorted(amounts.get(page, {}).items())])
        pages[page] = hashlib.sha256(said.encode()).hexdigest()[:24]
        if old["pages"].get(page) == pages[page]:
            continue
        writer = writer or found.writer(limitmb=128)
        if not fresh:
            writer.delete_by_term("page", page)
            removed += page in old["pages"]
        for number, entry in enumerate(mine):
            writer.add_document(**_document(number, entry, amounts.get(page, {})))
        added += len(mine)
    for page in old["pages"].keys() - pages.keys():
        writer = writer or found.writer(limitmb=128)
        writer.delete_by_term("page", page)
        removed += 1
    if writer is not None:
        writer.commit()
    found.close()
    text = json.dumps({**wanted, "pages": pages}, ensure_ascii=False)
    (directory / STATE).write_text(text, "utf-8")
    return Changed(added, removed)


def _state(directory: Path) -> dict[str, Any]:
    empty: dict[str, Any] = {"analysis": "", "units": {}, "names": [], "also": {}, "pages": {}}
    try:
        return {**empty, **json.loads((directory / STATE).read_text("utf-8"))}
    except (FileNotFoundError, ValueError):
        return empty


def _document(number: int, entry: Entry, amounts: Mapping[str, Decimal]) -> dict[str, object]:
    words = words_of(entry)
    document: dict[str, object] = {
        "page": entry.page,
        "context": words.context,
        "body": words.own,
        "county": entry.county,
        "town": entry.town,
        "year": entry.year,
        "kind": entry.kind,
        "entry": (number, *astuple(entry)),
    }
    if number == 0:
        document["first"] = "1"
        document |= {f"{AMOUNT}{name}": amount for name, amount in amounts.items()}
    return document


def search_index(directory: Path, asked: str | Question, limit: int | None = 20) -> list[Hit]:
    """The best hits for what a person asked: words, fields and ranges (site_builder.question).

    Whoosh unpickles what it reads: open only an index that was made here. Raises QuestionError
    for what cannot be read, whoosh.index.EmptyIndexError when there is no index.
    """
    if isinstance(asked, str):
        asked = read_question(asked, _state(directory)["units"])
    wanted = parse(asked.words)
    if not wanted.terms and asked == Question(asked.words):
        return []
    found = index.open_dir(directory)
    with found.searcher() as searcher:
        hits = _hits(searcher, asked, wanted)
    found.close()
    hits.sort(key=lambda pair: pair[0])
    return [Hit(entry, excerpt(entry, wanted)) for _, entry in hits[:limit]]


def answer(directory: Path, asked: str, limit: int | None = 20) -> Answer:
    """What a person asked: as it was typed; where that is nowhere, as `attempts` say. Each question that
    is offered besides finds something, and changes what was typed only when it is asked.

    Raises as search_index does.
    """
    state = _state(directory)
    question = read_question(asked, state["units"])
    hits = search_index(directory, question, limit)
    words = question.words
    instead: tuple[str, ...] = ()
    if not hits and not search_index(directory, Question(words), 1):
        for other in attempts(words, state["also"]):
            if hits := search_index(directory, replace(question, words=other), limit):
                words, instead = other, tuple(other.split())
                break

    def finds(offer: str) -> bool:
        return bool(search_index(directory, offer, 1))

    also = [offer for offer in _also_called(asked, words, state["also"]) if finds(offer)]
    offers = _meant(directory, state, asked, question, not hits)
    meant = [offer for offer in offers if offer != asked and finds(offer)]
    return Answer(hits, question.words, instead, also, meant)


def _also_called(asked: str, words: str, also: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The question with another name for one of its words, as far as it was not looked for."""
    for word in asked.split():
        bits = apart(word).split()
        for n, bit in enumerate(bits):
            for name in also.get(folded(bit), ()):
                if name not in words:
                    yield asked.replace(word, " ".join([*bits[:n], name, *bits[n + 1 :]]), 1)


def _meant(
    directory: Path, state: Mapping[str, Any], asked: str, question: Question, nothing: bool
) -> list[str]:
    """Questions that a person may have meant: see near_names. Where something was found, only for what was
    typed as pinyin."""
    if not nothing and not LETTERS.search(question.words.lower()):
        return []
    opened = index.open_dir(directory)
    offers: dict[str, None] = {}
    with opened.searcher() as searcher:
        reader = searcher.reader()
        places = [name for field in ("county", "town") for name in reader.field_terms(field)]
        names = sounds([*places, *state["names"], *state["also"]])
        every = asked  # with the best for each word
        for word in question.words.split():
            bits = apart(word).split()
            best = [*bits]
            for n, bit in enumerate(bits):
                plain = "".join(tokens.traditional().get(c, c) for c in bit)
                stands = not folded(plain) or bool(_docs(searcher, _any("body", [folded(plain)])))
                if not LETTERS.search(plain.lower()) and (stands or not nothing):
                    continue
                like = near(plain, names)
                if nothing and not stands and not like:
                    like = ranked(plain, _near_words(searcher, plain))
                best[n : n + 1] = like[:1] or [bit]
                for name in like:
                    said = " ".join([*bits[:n], name, *bits[n + 1 :]])
                    offers[asked.replace(word, said, 1)] = None
            every = every.replace(word, " ".join(best), 1) if best != bits else every
    opened.close()
    return [*dict.fromkeys([*offers, every])]


def _near_words(searcher: Any, word: str) -> Counter[str]:
    """Words of the newest texts that are `word` but for one character."""
    times: Counter[str] = Counter()
    for before, after in around(word):
        held = [_docs(searcher, _phrase("body", piece)) for piece in (before, after) if piece]
        for doc in sorted(set.intersection(*held), reverse=True)[:NEAR_TEXTS]:
            entry = _stored(searcher, doc)[1]
            if not entry.aside:
                times += counted(words_of(entry).own, before, after)
    return times


def _hits(searcher: Any, asked: Question, wanted: Query) -> list[tuple[tuple[Any, ...], Entry]]:
    """Entries that are found, each with its place in the order."""
    allowed = _allowed(searcher, asked)
    page_of = searcher.reader().column_reader("page")
    if not wanted.terms:  # only fields: the reports themselves, or all there is of one kind
        chosen = _docs(searcher, query.Every() if asked.kind else query.Term("first", "1"))
        listed = [_stored(searcher, doc) for doc in chosen if allowed is None or doc in allowed]
        return [((-e.year, e.url, number), e) for number, e in listed]
    own = [_docs(searcher, _any("body", forms)) for forms in wanted.terms]
    context = [_docs(searcher, _any("context", forms)) for forms in wanted.terms]
    if allowed is not None:
        own = [docs & allowed for docs in own]
    pages = [
        {page_of[doc] for doc in here | there} for here, there in zip(own, context, strict=True)
    ]
    whole = _docs(searcher, _any("body", wanted.whole))
    if allowed is not None:
        whole &= allowed
    meant = set.intersection(*pages)
    chosen = whole | {doc for docs in own for doc in docs if page_of[doc] in meant}
    by_page: defaultdict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for doc in chosen:
        number, entry = _stored(searcher, doc)
        by_page[entry.page].append((number, entry))
    hits = []
    for listed in by_page.values():
        entries = [entry for _, entry in sorted(listed, key=lambda pair: pair[0])]
        words = [words_of(entry) for entry in entries]
        for n in found_on(words, wanted):
            entry = entries[n]
            best = -rank(entry, wanted), -tier(entry, words[n], wanted)
            order = (*best, not has_whole(words[n], wanted), -entry.year)
            hits.append(((*order, entry.url, entry.text), entry))
    return hits


def _allowed(searcher: Any, asked: Question) -> set[int] | None:
    """The documents that fit the fields; None when none was named."""
    only = {"county": asked.county, "town": asked.town, "kind": asked.kind}
    filters: list[query.Query] = [query.Term(name, value) for name, value in only.items() if value]
    for r in asked.years:
        least, most = (None if n is None else int(n) for n in (r.least, r.most))
        filters.append(query.NumericRange("year", least, most, not r.with_least, not r.with_most))
    if asked.amounts:
        ranges = [
            query.NumericRange(
                f"{AMOUNT}{name}", r.least, r.most, not r.with_least, not r.with_most
            )
            for name, r in asked.amounts
        ]
        fits = _docs(searcher, query.And(ranges))
        pages = {searcher.stored_fields(doc)["page"] for doc in fits}
        filters.append(query.Or([query.Term("page", page) for page in sorted(pages)]))
        if not pages:
            return set()
    return _docs(searcher, query.And(filters)) if filters else None


def _docs(searcher: Any, asked: query.Query) -> set[int]:
    return set(searcher.docs_for_query(asked))


def _stored(searcher: Any, doc: int) -> tuple[int, Entry]:
    number, *fields = searcher.stored_fields(doc)["entry"]
    return number, Entry(*fields)


def _any(field: str, forms: Sequence[str]) -> query.Query:
    return query.Or([_phrase(field, form) for form in forms])


def _phrase(field: str, form: str) -> query.Query:
    said = [token.text for token in schema()[field].analyzer(form)]
    return query.Term(field, said[0]) if len(said) == 1 else query.Phrase(field, said)
