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
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.check import CheckRun, check_library
from site_builder.compare import county_data, data_path
from site_builder.downloads import facts_csv, findings_json
from site_builder.finding import Finding
from site_builder.kept import Kept, inputs_of_all, inputs_of_county, keep, kept
from site_builder.library import Library, county_folders, read_county, read_decreed
from site_builder.links import check_links
from site_builder.output.results import Results, counted
from site_builder.page import Page, pdf_name, report_path
from site_builder.pages import county_pages, site_pages
from site_builder.search import Entry, write_shards
from site_builder.shell import Shell, make_shell, stamp
from site_builder.summary import Summary, summary_of
from site_builder.tree import Tree, publish, write_if_changed

Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How a site is made: `pdfs` or none, by how many processes; as a `draft` under a banner."""

    pdfs: bool = True
    jobs: int = 0
    draft: bool = False


@dataclass(frozen=True)
class Build:
    """What a run did. `open` are the findings that nobody explained, `stops` the errors among them.

    `problems` are dead links and what the print engine complained of. `made` counts the counties
    that were not as the last run left them.
    """

    open: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    published: bool = False
    summaries: tuple[Summary, ...] = field(default=(), repr=False)
    made: int = 0

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
    return Build(done.open, (), not options.draft, done.summaries, done.made)


def make_tree(root: Path, work: Path, options: Options, say: Say) -> Build:
    """Bring the tree at `<work>/site` up to date; what stopped it is in what is given back."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    shell = make_shell(root, work / "shell", draft=options.draft)
    tree = Tree(work / "site")
    decreed = read_decreed(root)
    common = inputs_of_all(root, shell.digest, options.pdfs, options.draft)
    open_ = [*check_library(decreed, today).open]
    notes: list[Kept] = []
    fresh: list[str] = []  # files of counties that were made anew: their links are checked
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
            place.unlink(missing_ok=True)
            note, problems = _make_county(library, run, shell, tree, work, options, inputs, today)
            if problems:
                return Build(tuple(open_), problems)
            keep(place, note)
            fresh += note.files
            say(f"{folder}：{len(note.summaries)} 份报告")
        else:
            open_ += note.open
        notes.append(note)
    made = Build(tuple(open_))
    if made.stops and not options.draft:
        return made
    summaries = tuple(s for note in notes for s in note.summaries)
    results = counted(note.results for note in notes)
    names = _make_site(decreed, summaries, results, shell, tree, work, notes)
    tree.keep_only([*names, *(name for note in notes for name in note.files)])
    bad = check_links(work / "site", [n for n in (*fresh, *names) if n.endswith(".html")])
    say(f"共 {len(summaries)} 份报告，{len(open_)} 处待处理的核对发现，{tree.changed} 个文件有变化")
    return Build(tuple(open_), tuple(map(str, bad)), False, summaries, len(fresh))


def _make_county(
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
    mine = tuple(summary_of(d, run.reports[d.key]) for d in library.disclosures)
    entries: list[Entry] = []
    folder = library.disclosures[0].key.county if mine else ""

    def pages() -> Iterator[Page]:
        for page, found in county_pages(library, run, mine, options.pdfs):
            entries.extend(found)
            yield page

    stamp(pages(), shell, tree)
    write_downloads(library, run, tree)
    if options.pdfs and mine:
        from site_builder.pdf import PrintError, render_pdfs

        try:
            made = render_pdfs(library, run, work.parent / "pdf" / folder, options.jobs)
        except PrintError as error:
            problems = tuple(f"{error.title}：{message}" for message in error.messages)
            return Kept("", today, (), {}, (), ()), problems
        for key, path in made.items():
            tree.copy(f"{report_path(key).removesuffix('index.html')}{pdf_name(key)}", path)
    if mine:
        write_if_changed(work / "entries" / f"{folder}.pickle", pickle.dumps(entries))
    ends = [
        answer.until
        for d in library.disclosures
        for answer in d.report.acknowledgements
        if answer.until >= today
    ]
    results = counted(one.results for one in run.reports.values())
    until = min(ends, default=datetime.date.max)
    return Kept(inputs, until, mine, results, run.open, tuple(tree.taken())), ()


def _make_site(
    decreed: Library,
    summaries: tuple[Summary, ...],
    results: Results,
    shell: Shell,
    tree: Tree,
    work: Path,
    notes: list[Kept],
) -> list[str]:
    """What stands over all counties: pages, the theme's files, search; gives the names."""
    own: list[Entry] = []

    def pages() -> Iterator[Page]:
        for page, found in site_pages(decreed, summaries, results):
            own.extend(found)
            yield page

    stamp(pages(), shell, tree)
    for name in shell.assets:
        tree.copy(name, shell.site / name)
    names = tree.taken()
    folders = sorted({note.summaries[0].key.county for note in notes if note.summaries})
    shards = work / "site" / "assets" / "shards"
    write_shards(_entries(work, folders, own), shards)
    return [*names, *(p.relative_to(tree.root).as_posix() for p in shards.rglob("*.js"))]


def _entries(work: Path, folders: list[str], own: list[Entry]) -> Iterator[Entry]:
    """What search should find, a county in memory at a time."""
    yield from own
    for folder in folders:
        yield from pickle.loads((work / "entries" / f"{folder}.pickle").read_bytes())


def kept_entries(root: Path) -> Iterator[Entry]:
    """What the last build said that search should find, for the command line."""
    for path in sorted((root / "build" / "work" / "entries").glob("*.pickle")):
        yield from pickle.loads(path.read_bytes())


def write_downloads(library: Library, run: CheckRun, tree: Tree) -> None:
    """Facts and findings beside each report's page; each county's figures for comparing."""
    for disclosure in library.disclosures:
        folder = report_path(disclosure.key).removesuffix("index.html")
        checked = run.reports[disclosure.key]
        tree.write(f"{folder}facts.csv", facts_csv([(disclosure, checked)]).encode())
        tree.write(f"{folder}findings.json", findings_json(checked).encode())
    for slug in {d.key.county for d in library.disclosures}:
        tree.write(data_path(slug), county_data(library, slug).encode())


def preview(root: Path, say: Say = print) -> tuple[Path, Callable[[], Build]]:
    """Where the preview's pages lie, and a function that brings them up to date."""
    work = root / "build" / "preview"

    def refresh() -> Build:
        done = make_tree(root, work, Options(pdfs=False, draft=True), say)
        say(f"预览已更新：{len(done.open)} 处待处理的核对发现")
        return done

    return work / "site", refresh
