"""Atom feeds (RFC 4287) of reports that were published or corrected, for the whole and for each county.

A report is in them only with its true date; without any there is no feed. An entry's id is made
from division code, path and year: it stays when the site moves to another address.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from site_builder.counties import County
from site_builder.page import report_path
from site_builder.portal.meta import address_of
from site_builder.settings import Settings
from site_builder.summary import Summary

NAME = "feed.xml"
MOST = 50  # entries, the newest


@dataclass(frozen=True)
class Entry:
    """A published report: where, when first, when last corrected (moments of RFC 3339), and why."""

    id: str
    path: str
    title: str
    author: str
    published: str
    updated: str
    words: str


def feeds(
    title: str, counties: Mapping[str, County], summaries: Sequence[Summary], settings: Settings
) -> Iterator[tuple[str, str]]:
    """(path, text) of each feed that has an entry: of all counties, then of each."""
    groups: dict[str, list[Summary]] = {"": list(summaries)}
    for summary in summaries:
        groups.setdefault(summary.key.county, []).append(summary)
    for slug, mine in groups.items():
        dated = (s for s in mine if s.published is not None)
        entries = [_entry(s, counties[s.key.county]) for s in dated]
        entries.sort(key=lambda e: (e.updated, e.path), reverse=True)
        if entries:
            folder = f"{slug}/" if slug else ""
            name = f"{counties[slug].name}：{title}" if slug else title
            id_ = f"feed:{counties[slug].code}" if slug else "feed:all"
            yield folder + NAME, _feed(folder, name, id_, entries[:MOST], settings)


def _entry(summary: Summary, county: County) -> Entry:
    key = summary.key
    published = _moment(summary.published_at or str(summary.published))
    last = max(summary.corrections, default=None)
    updated = published if last is None else max(published, _moment(last[0].isoformat()))
    words = f"{summary.unit}，{key.year}年度，{summary.form}。"
    if last is not None:
        words += f"更正（{last[0].isoformat()}）：{last[1]}"
    return Entry(
        _urn(f"report:{county.code}:{key}"),
        report_path(key),
        f"{summary.title}（已更正）" if last else summary.title,
        summary.unit,
        published,
        updated,
        words,
    )


def changed_on(summary: Summary) -> str:
    """The day on which a dated report was published or last corrected, in ISO form."""
    days = [date for date, _ in summary.corrections]
    return max(d for d in (summary.published, *days) if d is not None).isoformat()


def _moment(written: str) -> str:
    """A day, or day and time, in China as RFC 3339 has it; the day alone stands for its beginning."""
    date, _, time = written.partition(" ")
    datetime.date.fromisoformat(date)
    return f"{date}T{time or '00:00'}:00+08:00"


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _feed(folder: str, title: str, id_: str, entries: Sequence[Entry], settings: Settings) -> str:
    """One feed; links are absolute where the site's address is known, else from where it lies."""
    own = address_of(folder + NAME, settings) or NAME
    if settings.site.address:
        id_ = f"{settings.site.address}{id_}"
    up = "../" * folder.count("/")
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">'
        f"<title>{escape(title)}</title><id>{_urn(id_)}</id><updated>{entries[0].updated}</updated>"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>'
        f'<link rel="alternate" type="text/html" href="{escape(_link(f"{folder}index.html", up, settings))}"/>'
    ]
    for entry in entries:
        out.append(
            f"<entry><title>{escape(entry.title)}</title><id>{entry.id}</id>"
            f'<link rel="alternate" type="text/html" href="{escape(_link(entry.path, up, settings))}"/>'
            f"<published>{entry.published}</published><updated>{entry.updated}</updated>"
            f"<author><name>{escape(entry.author)}</name></author>"
            f"<summary>{escape(entry.words)}</summary></entry>"
        )
    return "\n".join(out) + "\n</feed>\n"


def _link(path: str, up: str, settings: Settings) -> str:
    return address_of(path, settings) or up + path


def feed_link_html(path: str, title: str) -> str:
    """The tag that leads a page's reader to its feed at `path`, as seen from the page."""
    return (
        f'<link rel="alternate" type="application/atom+xml" title="{escape(title)}" href="{path}">'
    )
