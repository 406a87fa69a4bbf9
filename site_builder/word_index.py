"""A Whoosh index of what the site says, for the command line; kept up entry by entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import NamedTuple

from whoosh import index, query
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

from site_builder import tokens
from site_builder.search import Entry, Hit, analysis, excerpt, matches, tier, words_of
from site_builder.tokens import Needle, Query, has, parse


class Changed(NamedTuple):
    """How many entries an update added to the index and removed from it."""

    added: int
    removed: int


def schema() -> Schema:
    """Fields to find entries by, over folded text: a character or a number is one token."""
    token = f"{tokens.OPEN}[^{tokens.CLOSE}]*{tokens.CLOSE}|[^{tokens.OPEN}{tokens.CLOSE}]"
    analyzer = RegexTokenizer(token)
    return Schema(
        digest=ID(stored=True, unique=True),
        title=TEXT(analyzer=analyzer, multitoken_query="phrase"),
        body=TEXT(analyzer=analyzer, multitoken_query="phrase"),
        county=ID(),
        town=ID(),
        year=NUMERIC(int),
        kind=ID(),
        entry=STORED,
    )


def update_index(entries: Iterable[Entry], directory: Path) -> Changed:
    """Bring the Whoosh index in `directory` up to `entries`: only what differs is touched."""
    directory.mkdir(parents=True, exist_ok=True)
    stamp = directory / "analysis.txt"
    wanted = analysis().hex()
    fresh = not (stamp.exists() and stamp.read_text() == wanted and index.exists_in(directory))
    if fresh:
        stamp.unlink(missing_ok=True)
    found = index.create_in(directory, schema()) if fresh else index.open_dir(directory)
    stamp.write_text(wanted)
    with found.searcher() as searcher:
        gone = {fields["digest"] for fields in searcher.documents()}
    kept: set[str] = set()
    writer = None
    added = 0
    for entry in entries:
        digest = hashlib.sha256(repr(astuple(entry)).encode()).hexdigest()[:24]
        if digest in kept:
            continue
        kept.add(digest)
        if digest in gone:
            gone.remove(digest)
            continue
        writer = writer or found.writer(limitmb=128)
        words = words_of(entry)
        writer.add_document(
            digest=digest,
            title=words.context,
            body=words.own,
            county=entry.county,
            town=entry.town,
            year=entry.year,
            kind=entry.kind,
            entry=astuple(entry),
        )
        added += 1
    if gone:
        writer = writer or found.writer(limitmb=128)
        for digest in gone:
            writer.delete_by_term("digest", digest)
    if writer is not None:
        writer.commit()
    found.close()
    return Changed(added, len(gone))


def search_index(
    directory: Path,
    text: str,
    limit: int | None = 20,
    *,
    county: str = "",
    town: str = "",
    year: int | None = None,
    kind: str = "",
) -> list[Hit]:
    """The best hits for what a person typed, and of one county, town, year or kind if asked.

    Whoosh unpickles what it reads: open only an index that was made here. Raises
    whoosh.index.EmptyIndexError when there is none.
    """
    wanted = parse(text)
    if not wanted.terms:
        return []
    only = {"county": county, "town": town, "kind": kind}
    filters = [query.Term(name, value) for name, value in only.items() if value]
    if year is not None:
        filters.append(query.NumericRange("year", year, year))
    found = index.open_dir(directory)
    ranked = []
    with found.searcher() as searcher:
        for stored in searcher.search(query.And([_candidates(wanted), *filters]), limit=None):
            entry = Entry(*stored["entry"])
            words = words_of(entry)
            if matches(words, wanted):
                apart = not has(words.own, wanted.whole)
                order = (-tier(entry, words, wanted), apart, -entry.year, entry.url, entry.text)
                ranked.append((order, entry))
    found.close()
    ranked.sort(key=lambda pair: pair[0])
    return [Hit(entry, excerpt(entry.text, wanted)) for _, entry in ranked[:limit]]


def _candidates(wanted: Query) -> query.Query:
    """What the index can tell of the query; `matches` tells the rest."""
    whole = [_phrase("body", needle) for needle in wanted.whole]
    every = [
        query.Or([_phrase(field, needle) for needle in forms for field in ("body", "title")])
        for forms in wanted.terms
    ]
    return query.Or([*whole, query.And(every)])


def _phrase(field: str, needle: Needle) -> query.Query:
    said = [token.text for token in schema()[field].analyzer(needle.text)]
    return query.Term(field, said[0]) if len(said) == 1 else query.Phrase(field, said)
