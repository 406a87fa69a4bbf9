"""What stands over all counties: pages, downloads, feeds, the theme's files, search, rules' pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from site_builder.check_pages import rule_pages
from site_builder.kept import Kept
from site_builder.library import Library
from site_builder.making import Making
from site_builder.open_data.site_data import write_site_data
from site_builder.output.results import counted
from site_builder.page import Page, report_path
from site_builder.pages import site_pages
from site_builder.portal.feed import changed_on, feeds
from site_builder.portal.heads import pages_with_feed, with_head
from site_builder.portal.sitemap import sitemaps
from site_builder.search.amounts import also_called, names_of
from site_builder.search.hits import Entry
from site_builder.search.kept_entries import (
    RULES,
    SITE,
    entries_path,
    keep_entries,
    keep_only_entries,
    sources_of_tree,
)
from site_builder.search.page_text import entries_of
from site_builder.search.shards import update_shards
from site_builder.shell import stamp
from site_builder.summary import Summary
from site_builder.tree import Tree, write_if_changed


def make_rules(making: Making, decreed: Library, inputs: str) -> Kept:
    """The pages of the rules: they change with the program alone, and running examples takes time."""
    pages = [with_head(page, decreed.settings) for page in rule_pages()]
    stamp(pages, making.shell, making.tree)
    keep_entries(making.work, RULES, [entry for page in pages for entry in entries_of(page)])
    left = entries_path(making.work, RULES).relative_to(making.work).as_posix()
    return Kept(inputs, datetime.date.max, (), {}, (), tuple(making.tree.taken()), (left,))


def make_site(
    making: Making, decreed: Library, notes: Sequence[Kept], changed: bool, common: str
) -> list[str]:
    """Everything else over all counties, from what the `notes` say of each; gives the files' names.

    `changed` says whether any county was made anew, `common` is a digest of what all depend on.
    """
    tree = making.tree
    summaries = tuple(s for note in notes for s in note.summaries)
    results = counted(note.results for note in notes)
    write_site_data(
        decreed, summaries, common, tree, making.work / "open", making.work / "downloads"
    )
    known = {*tree.written, *(name for note in notes for name in note.files)}

    def size(name: str) -> int | None:
        """The bytes of a download of this run or of a county as it was left; None: there is none."""
        return (tree.root / name).stat().st_size if name in known else None

    fed = pages_with_feed(summaries)
    own: list[Entry] = []

    def pages() -> Iterator[Page]:
        for page in site_pages(decreed, summaries, results, size):
            own.extend(entries_of(page))
            yield with_head(page, decreed.settings, fed=fed)

    stamp(pages(), making.shell, tree)
    _write_feeds(making, decreed, summaries, notes)
    for name in making.shell.assets:
        tree.copy(name, making.shell.site / name)
    names = tree.taken()
    counties = [note.summaries[0].key.county for note in notes if note.summaries]
    differs = keep_entries(making.work, SITE, own)
    differs |= keep_only_entries(making.work, [SITE, RULES, *counties])
    shards = tree.root / "assets" / "shards"
    listed = making.work / "shards.txt"
    there = "\n".join(sorted(Tree(shards).names()))
    called, also = names_of(decreed), also_called(decreed)
    differs |= write_if_changed(making.work / "names.txt", f"{called}\n{also}".encode())
    if changed or differs or not listed.exists() or listed.read_text("utf-8") != there:
        listed.unlink(missing_ok=True)
        sources = sources_of_tree(making.work)
        made = update_shards(
            sources, shards, making.work / "shards", names=[*called, *also], also=also
        )
        tree.changed += made.changed
        there = "\n".join(sorted(made.names()))
        write_if_changed(listed, there.encode())
    return [*names, *(f"assets/shards/{name}" for name in there.split("\n"))]


def _write_feeds(
    making: Making, decreed: Library, summaries: Sequence[Summary], notes: Sequence[Kept]
) -> None:
    """Feeds and sitemap: for programs that follow the site. Every page must have been written."""
    tree, settings = making.tree, decreed.settings
    for path, text in feeds(making.shell.name, decreed.counties, summaries, settings):
        tree.write(path, text.encode())
    pages = [*tree.written, *(name for note in notes for name in note.files)]
    pages = [name for name in pages if "/editions/" not in name]  # not for search engines
    dates = {report_path(s.key): changed_on(s) for s in summaries if s.published is not None}
    for path, text in sitemaps(settings.site.address, pages, dates):
        tree.write(path, text.encode())
