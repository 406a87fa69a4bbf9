"""The run: read, check, gate, render, shell, search, downloads, archive, links, publish; county by county.

A county is read, checked, shown and let go before the next one: memory is bounded by a county. What
was made of it is kept, so that a run costs what changed. Pages over all counties are made from
summaries at the end. The finished tree is swapped in whole.
"""

from __future__ import annotations

import datetime
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from site_builder.archive.archive_pages import county_archive_page
from site_builder.archive.archive_site import sealed_pdfs, write_archive, write_manifest
from site_builder.archive.edition_page import edition_pages
from site_builder.archive.ledger import Ledger
from site_builder.archive.sealed import SealedFileError
from site_builder.archive.verify import MANIFEST
from site_builder.check import CheckRun, check_library
from site_builder.check_pages import rule_pages
from site_builder.compare import county_data, data_path
from site_builder.finding import Finding
from site_builder.kept import Kept, inputs_of_all, inputs_of_county, keep, kept
from site_builder.library import Library, county_folders, read_county, read_decreed
from site_builder.links import check_links
from site_builder.open_data.county_data import report_stem, write_county_data
from site_builder.open_data.site_data import write_site_data
from site_builder.output.results import Results, counted
from site_builder.page import Page, pdf_name, report_path
from site_builder.pages import county_pages, site_pages
from site_builder.portal.feed import changed_on, feeds
from site_builder.portal.fragment import write_fragment
from site_builder.portal.heads import pages_with_feed, with_head
from site_builder.portal.sitemap import sitemaps
from site_builder.search.amounts import amounts_of, units_of
from site_builder.search.hits import Entry
from site_builder.search.page_text import entries_of
from site_builder.search.shards import write_shards
from site_builder.search.word_index import update_index
from site_builder.selection import SelectionError
from site_builder.shell import Shell, make_shell, stamp
from site_builder.summary import Summary, corrected, summary_of
from site_builder.tree import Tree, publish, write_if_changed

Say = Callable[[str], None]
# The entries of pages over all counties and of the rules' pages, beside those of each county.
SITE, RULES = "_site.pickle", "_rules.pickle"


@dataclass(frozen=True)
class Options:
    """How a site is made: `pdfs` or none, by how many processes; as a `draft` under a banner."""

    pdfs: bool = True
    jobs: int = 0
    draft: bool = False


@dataclass(frozen=True)
class Build:
    """What a run did. `open` are the findings that nobody explained, `stops` the errors among them.

    `problems` are dead links and what the print engine complained of. `made` names the counties
    that were not as the last run left them, `changed` counts files written or removed.
    """

    open: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    published: bool = False
    summaries: tuple[Summary, ...] = field(default=(), repr=False)
    made: tuple[str, ...] = ()
    changed: int = 0

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Unexplained errors: they stop a build that is no draft."""
        return tuple(f for f in self.open if f.level == "error")


def build(root: Path, options: Options = Options(), say: Say = print) -> Build:
    """Build the site of the project at `root` into `site/`, complete new or complete old.

    A draft goes to build/draft, in spite of errors, and leaves `site/` alone.
    """
    work = root / "build" / ("draft-work" if options.draft else "work")
    done = make_tree(root, work, options, say)
    if done.problems or (done.stops and not options.draft):
        return done
    public = root / "build" / "draft" if options.draft else root / "site"
    publish(work / "site", public)
    say(f"{'草稿' if options.draft else '站点'}已生成：{os.path.relpath(public)}/index.html")
    return replace(done, published=not options.draft)


def make_tree(root: Path, work: Path, options: Options, say: Say) -> Build:
    """Bring the tree at `<work>/site` up to date; what stopped it is in what is given back."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    shell = make_shell(root, work / "shell", draft=options.draft)
    tree = Tree(work / "site")
    decreed = read_decreed(root)
    common = inputs_of_all(root, shell.digest, options.pdfs, options.draft)
    open_ = [*check_library(decreed, today).open]
    notes: list[Kept] = []
    fresh: dict[str, tuple[str, ...]] = {}  # counties made anew, and their files
    # Without this mark the run before was killed, or found dead links: nothing in the tree is relied on
    # to be complete, so everything over all counties is made and every link is looked at.
    settled = work / "settled"
    unsettled = not settled.exists()
    for folder in county_folders(root):
        place = work / "counties" / f"{folder}.note"
        inputs = inputs_of_county(root, folder, common)
        note = kept(place, inputs, today)
        if note is None:
            library = read_county(decreed, folder)
            run = check_library(library, today)
            stopped = any(f.level == "error" for f in (*open_, *run.open))
            open_ += run.open
            if stopped and not options.draft:
                continue  # nothing will be published; what else is wrong is still looked for
            settled.unlink(missing_ok=True)
            place.unlink(missing_ok=True)
            try:
                note, problems = _make_county(
                    folder, library, run, shell, tree, work, options, inputs, today
                )
            except SealedFileError as error:
                said = f"{error}：封存的文件不见了或被改动，请运行 site-builder verify"
                return Build(tuple(open_), (said,))
            if problems:
                return Build(tuple(open_), problems)
            keep(place, note)
            fresh[folder] = note.files
            say(f"{folder}：{len(note.summaries)} 份报告")
        else:
            open_ += note.open
        notes.append(note)
    checked = Build(tuple(open_))
    if checked.stops and not options.draft:
        return checked
    summaries = tuple(s for note in notes for s in note.summaries)
    results = counted(note.results for note in notes)
    settled.unlink(missing_ok=True)
    place, inputs = work / "rules.note", inputs_of_all(root, shell.digest, options.draft)
    rules = kept(place, inputs, today)
    if rules is None:
        place.unlink(missing_ok=True)
        rules = _make_rules(decreed, shell, tree, work, inputs)
        keep(place, rules)
        fresh[""] = rules.files
    changed = bool(fresh) or unsettled
    names = _make_site(
        decreed, summaries, results, shell, tree, work, [*notes, rules], changed, common
    )
    names += rules.files
    manifests = [n for note in notes for n in note.files if n.endswith(f"/{MANIFEST}")]
    names.append(write_manifest(tree, "", [*names, *manifests]))
    tree.keep_only([*names, *(name for note in notes for name in note.files)])
    # Only pages over all counties lead from one county to another, and they are always looked at.
    old = set() if "" in fresh or unsettled else set(rules.files)
    looked_at = [note.files for note in notes] if unsettled else list(fresh.values())
    pages = [*names, *(name for files in looked_at for name in files)]
    pages = [name for name in pages if name.endswith(".html") and name not in old]
    bad = check_links(work / "site", pages)
    if not bad:
        write_if_changed(settled, b"")
    if missing := decreed.settings.missing:
        say(f"发布单位信息还有 {len(missing)} 项待补充，运行 check 查看")
    say(f"共 {len(summaries)} 份报告，{len(open_)} 处待处理的核对发现，{tree.changed} 个文件有变化")
    problems = tuple(map(str, bad))
    made = tuple(folder for folder in fresh if folder)
    return Build(tuple(open_), problems, False, summaries, made, tree.changed)


def _make_county(
    folder: str,
    library: Library,
    run: CheckRun,
    shell: Shell,
    tree: Tree,
    work: Path,
    options: Options,
    inputs: str,
    today: datetime.date,
) -> tuple[Kept, tuple[str, ...]]:
    """Everything of one county: pages, downloads, PDFs, entries; and what the print engine said."""
    ledger = library.ledgers.get(folder) or Ledger(folder)
    mine = tuple(
        corrected(summary_of(d, run.reports[d.key]), ledger.of(d.key)) for d in library.disclosures
    )
    entries: list[Entry] = []

    shown = {report_path(d.key): d for d in library.disclosures}
    fed = pages_with_feed(mine)

    def pages() -> Iterator[Page]:
        for page in county_pages(library, run, mine, options.pdfs):
            entries.extend(entries_of(page))
            yield with_head(page, library.settings, shown.get(page.path), options.pdfs, fed)

    stamp(pages(), shell, tree)
    if mine:
        write_county_data(library, run, tree, work / "open" / folder)
        tree.write(data_path(folder), county_data(library, folder).encode())
    write_archive(library.root, ledger, tree, options.pdfs)
    if options.pdfs and mine:
        from site_builder.printing.pdf import render_pdfs
        from site_builder.printing.typesetting import PrintError
        from site_builder.printing.yearbook import render_yearbooks, yearbook_name

        sealed = sealed_pdfs(library.root, ledger)  # published as they were sealed, never set anew
        every = library.disclosures
        rest = replace(library, disclosures=tuple(d for d in every if d.key not in sealed))
        try:
            cache = work.parent / "pdf" / folder
            made = render_pdfs(rest, run, cache, options.jobs) | sealed
            kept = replace(library, disclosures=tuple(d for d in every if d.key in sealed))
            books = render_yearbooks(kept, sealed, cache, options.jobs)
        except PrintError as error:
            problems = tuple(f"{error.title}：{message}" for message in error.messages)
            return Kept("", today, (), {}, (), ()), problems
        for (_, year), path in books.items():
            tree.copy(f"archive/{folder}/{yearbook_name(folder, year)}", path)
        for key, path in made.items():
            tree.copy(f"{report_path(key).removesuffix('index.html')}{pdf_name(key)}", path)
    if ledger.entries:
        county = library.counties.get(folder)
        name = str(county.name) if county else folder
        archive = (
            *edition_pages(library, ledger, today, options.pdfs),
            county_archive_page(name, ledger, tree.sizes().get, bool(mine)),
        )
        headed = (with_head(page, library.settings) for page in archive)
        stamp(headed, shell, tree)  # search finds what is in force: these have no entries
    if mine:
        found = pickle.dumps((entries, amounts_of(library)))
        write_if_changed(work / "entries" / f"{folder}.pickle", found)
    ends = [
        answer.until
        for d in library.disclosures
        for answer in d.report.acknowledgements
        if answer.until >= today
    ]
    results = counted(one.results for one in run.reports.values())
    until = min(ends, default=datetime.date.max)
    names = tree.taken()
    if names:
        write_manifest(tree, folder, names)
        names += tree.taken()
    return Kept(inputs, until, mine, results, run.open, tuple(dict.fromkeys(names))), ()


def _make_site(
    decreed: Library,
    summaries: tuple[Summary, ...],
    results: Results,
    shell: Shell,
    tree: Tree,
    work: Path,
    notes: list[Kept],
    changed: bool,
    common: str,
) -> list[str]:
    """What stands over all counties: pages, the theme's files, search; gives the names.

    `changed` says whether any county was made anew, `common` is a digest of what all depend on.
    """
    fed = pages_with_feed(summaries)
    own: list[Entry] = []

    def pages() -> Iterator[Page]:
        for page in site_pages(decreed, summaries, results, size):
            own.extend(entries_of(page))
            yield with_head(page, decreed.settings, fed=fed)

    write_site_data(decreed, summaries, common, tree, work / "open")
    made = {*tree.written, *(name for note in notes for name in note.files)}

    def size(name: str) -> int | None:
        """The bytes of a download of this run or of a county as it was left; None: there is none."""
        return (tree.root / name).stat().st_size if name in made else None

    stamp(pages(), shell, tree)
    _write_feeds(decreed, summaries, shell, tree, notes)
    for name in shell.assets:
        tree.copy(name, shell.site / name)
    names = tree.taken()
    entries = Tree(work / "entries")
    entries.write(SITE, pickle.dumps((own, {})))
    folders = [f"{note.summaries[0].key.county}.pickle" for note in notes if note.summaries]
    entries.keep_only([SITE, RULES, *folders])
    shards = work / "site" / "assets" / "shards"
    if changed or entries.changed or not shards.is_dir():
        write_shards(entries_of_tree(work), shards, names=decreed.concepts)
    return [*names, *(p.relative_to(tree.root).as_posix() for p in shards.rglob("*.js"))]


def _write_feeds(
    decreed: Library,
    summaries: tuple[Summary, ...],
    shell: Shell,
    tree: Tree,
    notes: list[Kept],
) -> None:
    """Feeds and sitemap: for programs that follow the site. Every page must have been written."""
    for path, text in feeds(shell.name, decreed.counties, summaries, decreed.settings):
        tree.write(path, text.encode())
    pages = [*tree.written, *(name for note in notes for name in note.files)]
    pages = [name for name in pages if "/editions/" not in name]  # not for search engines
    dates = {report_path(s.key): changed_on(s) for s in summaries if s.published is not None}
    for path, text in sitemaps(decreed.settings.site.address, pages, dates):
        tree.write(path, text.encode())


def _make_rules(decreed: Library, shell: Shell, tree: Tree, work: Path, inputs: str) -> Kept:
    """The pages of the rules: they change with the program alone, and running examples takes time."""
    pages = [with_head(page, decreed.settings) for page in rule_pages()]
    stamp(pages, shell, tree)
    found = [entry for page in pages for entry in entries_of(page)]
    write_if_changed(work / "entries" / RULES, pickle.dumps((found, {})))
    return Kept(inputs, datetime.date.max, (), {}, (), tuple(tree.taken()))


def entries_of_tree(work: Path) -> Iterator[Entry]:
    """What search should find in the tree made in `work`, a county in memory at a time."""
    for path in sorted((work / "entries").glob("*.pickle")):
        yield from pickle.loads(path.read_bytes())[0]


def refresh_index(root: Path, index: Path) -> bool:
    """Bring the command line's index up to the last build; False when nothing was built yet."""
    folder = root / "build" / "work" / "entries"
    if not (folder / SITE).exists():
        return False
    amounts: dict[str, dict[str, Decimal]] = {}
    for path in folder.glob("*.pickle"):
        amounts |= pickle.loads(path.read_bytes())[1]
    update_index(entries_of_tree(folder.parent), index, amounts, units_of(read_decreed(root)))
    return True


def make_fragment(
    root: Path, report: str, out: str | None = None, pdf: bool = True, say: Say = print
) -> Build:
    """One report as HTML body and attachments in a zip; unexplained errors stop it.

    `report` is county/town/year in pinyin; SelectionError when there is none of that name.
    """
    parts = report.strip("/").split("/")
    decreed = read_decreed(root)
    named = len(parts) == 3 and parts[0] in decreed.counties
    library = read_county(decreed, parts[0]) if named else decreed
    found = [d for d in library.disclosures if str(d.key) == "/".join(parts)]
    if not found:
        raise SelectionError(f"没有这份报告：{report}（写成 县/镇/年度）／no such report")
    key = found[0].key
    run = check_library(library)
    stops = [*check_library(decreed).stops, *(f for f in run.stops if f.report in (None, key))]
    if stops:
        return Build(tuple(stops))
    path = None
    if pdf:
        from site_builder.printing.pdf import render_pdfs
        from site_builder.printing.typesetting import PrintError

        alone = replace(library, disclosures=(found[0],))
        try:
            path = render_pdfs(alone, run, root / "build" / "fragments" / report_stem(key), 1)[key]
        except PrintError as error:
            return Build((), tuple(f"{error.title}：{message}" for message in error.messages))
    target = Path(out) if out else root / "build" / "fragments" / f"{report_stem(key)}.zip"
    names = write_fragment(library, run, found[0], target, path)
    say(f"{os.path.relpath(target)}：{'、'.join(names)}")
    return Build()


def preview(root: Path, say: Say = print) -> tuple[Path, Callable[[], Build]]:
    """Where the preview's pages lie, and a function that brings them up to date."""
    work = root / "build" / "preview"

    def refresh() -> Build:
        done = make_tree(root, work, Options(pdfs=False, draft=True), say)
        say(f"预览已更新：{len(done.open)} 处待处理的核对发现")
        return done

    return work / "site", refresh
