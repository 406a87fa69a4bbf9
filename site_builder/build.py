"""The run: read, check, gate, render, shell, search, downloads, archive, links, publish; county by county.

A county is read, checked, shown and let go before the next one: memory is bounded by a county. What
was made of it is kept, so that a run costs what changed. Pages over all counties are made from
summaries at the end. The finished tree is swapped in whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.archive.archive_site import write_manifest
from site_builder.archive.ledger import counties_with_ledgers
from site_builder.archive.manifests import MANIFEST
from site_builder.archive.sealed import SealedFileError
from site_builder.check import check_library
from site_builder.county_build import make_county
from site_builder.day import day_in_china
from site_builder.finding import Finding, Words
from site_builder.kept import Kept, inputs_of_all, inputs_of_county, keep, kept
from site_builder.library import Library, county_folders, read_county, read_decreed
from site_builder.links import check_links
from site_builder.making import Making, Options
from site_builder.printing.print_fonts import set_with
from site_builder.printing.typesetting import PrintError
from site_builder.settings import FILE as SETTINGS
from site_builder.shell import ShellError, make_shell
from site_builder.site_build import make_rules, make_site
from site_builder.summary import Summary
from site_builder.tree import WAITS, Tree, alone, publish, settle, write_if_changed

Say = Callable[[str], None]
# What is said to whoever runs it.
SITE_MADE = Words("站点已生成：{page}", "The site is made: {page}")
DRAFT_MADE = Words("草稿已生成：{page}", "The draft is made: {page}")
COUNTY_MADE = Words("{county}：{count} 份报告", "{county}: {count} reports")
NOT_AS_SEALED = Words(
    "{file}：封存的文件不见了或被改动，请运行 site-builder verify",
    "{file}: a sealed file has gone or changed; run site-builder verify",
)
MISSING = Words(
    "发布单位信息还有 {count} 项待补充，运行 check --all 查看",
    "{count} items of the publisher's identity are to be filled in; see check --all",
)
DONE = Words(
    "共 {reports} 份报告，{open} 处待处理的核对发现，{changed} 个文件有变化",
    "{reports} reports, {open} open findings, {changed} files changed",
)
PREVIEW = Words(
    "预览已更新：{open} 处待处理的核对发现", "Preview brought up to date: {open} open findings"
)


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

    A draft goes to build/draft, in spite of errors, and leaves `site/` alone. A run waits for another
    that is at work.
    """
    work = root / "build" / ("draft-work" if options.draft else "work")
    public = root / "build" / "draft" if options.draft else root / "site"
    with alone(root / "build", lambda: say(WAITS[options.lang])):
        settle(public)
        done = make_tree(root, work, options, say)
        if done.problems or (done.stops and not options.draft):
            return done
        publish(work / "site", public)
    told = DRAFT_MADE if options.draft else SITE_MADE
    say(told.said(options.lang, {"page": f"{os.path.relpath(public)}/index.html"}))
    return replace(done, published=not options.draft)


def make_tree(root: Path, work: Path, options: Options, say: Say) -> Build:
    """Bring the tree at `<work>/site` up to date; what stopped it is in what is given back."""
    lang = options.lang
    today = day_in_china()
    decreed = read_decreed(root)
    open_ = [*check_library(decreed, today).open]
    if _stopping([f for f in open_ if f.at.file == SETTINGS]) and not options.draft:
        return Build(tuple(open_))  # MkDocs would stop at it, without saying where
    hidden = () if counties_with_ledgers(root) else ("archive/index.md",)
    try:
        shell = make_shell(root, work / "shell", draft=options.draft, hidden=hidden)
    except ShellError as error:
        why = [f"{f.at} {f.message(lang)}" for f in open_ if f.at.file == SETTINGS]
        return Build(tuple(open_), tuple(why) or (error.said(lang),))
    making = Making(options, work, shell, Tree(work / "site"), today, say)
    printed = set_with(decreed.fonts) if options.pdfs else ""
    common = inputs_of_all(root, shell.digest, printed, options.draft)
    # Without this mark the run before was killed, or found dead links: nothing in the tree is relied on
    # to be complete, so everything over all counties is made and every link is looked at.
    settled = work / "settled"
    made_at = settled.stat().st_mtime_ns if settled.exists() else None
    unsettled = made_at is None
    there = making.tree.names() if made_at is None else making.tree.left_alone(made_at)
    notes: dict[str, Kept] = {}
    fresh: dict[str, tuple[str, ...]] = {}  # counties made anew, and their files
    for folder in county_folders(root):
        place = work / "counties" / f"{folder}.note"
        inputs = inputs_of_county(root, folder, common)
        note = kept(place, inputs, today)
        if note is None or not note.is_whole(work, there):
            library = read_county(decreed, folder)
            run = check_library(library, today)
            open_ += run.open
            if _stopping(open_) and not options.draft:
                continue  # nothing will be published; what else is wrong is still looked for
            settled.unlink(missing_ok=True)
            place.unlink(missing_ok=True)
            try:
                note = make_county(making, folder, library, run, inputs, common)
            except SealedFileError as error:
                return Build(tuple(open_), (NOT_AS_SEALED.said(lang, {"file": str(error)}),))
            except PrintError as error:
                return Build(tuple(open_), tuple(f"{error.title}：{m}" for m in error.said(lang)))
            keep(place, note)
            fresh[folder] = note.files
            say(COUNTY_MADE.said(lang, {"county": folder, "count": f"{len(note.summaries)}"}))
        else:
            open_ += note.open
        notes[folder] = note
    if _stopping(open_) and not options.draft:
        return Build(tuple(open_))
    settled.unlink(missing_ok=True)
    _let_go(work, notes)
    rules = _rules(making, decreed, inputs_of_all(root, shell.digest, options.draft), there)
    every = notes.values()
    names = make_site(making, decreed, [*every, rules], bool(fresh) or unsettled, common)
    names += rules.files
    manifests = [n for note in every for n in note.files if n.endswith(f"/{MANIFEST}")]
    names.append(write_manifest(making.tree, "", [*names, *manifests]))
    making.tree.keep_only([*names, *(name for note in every for name in note.files)])
    # Only pages over all counties lead from one county to another, and they are always looked at.
    looked_at = [note.files for note in every] if unsettled else list(fresh.values())
    pages = [*names, *(name for files in looked_at for name in files)]
    bad = check_links(making.tree.root, [name for name in pages if name.endswith(".html")])
    if not bad:
        write_if_changed(settled, b"")
    if missing := decreed.settings.missing:
        say(MISSING.said(lang, {"count": f"{len(missing)}"}))
    changed = making.tree.changed
    summaries = tuple(s for note in every for s in note.summaries)
    counts = {"reports": len(summaries), "open": len(open_), "changed": changed}
    say(DONE.said(lang, {name: str(count) for name, count in counts.items()}))
    problems = tuple(one.said(lang) for one in bad)
    return Build(tuple(open_), problems, False, summaries, tuple(fresh), changed)


def _stopping(open_: list[Finding]) -> bool:
    return any(finding.level == "error" for finding in open_)


def _let_go(work: Path, notes: Mapping[str, Kept]) -> None:
    """Remove what is kept of counties and towns that are no more: it would fit should they come back."""
    for base in ("counties", "towns", "open"):
        names = [name for note in notes.values() for name in note.left]
        names += [f"counties/{folder}.note" for folder in notes]
        start = f"{base}/"
        Tree(work / base).keep_only(n.removeprefix(start) for n in names if n.startswith(start))


def _rules(making: Making, decreed: Library, inputs: str, there: set[str]) -> Kept:
    """The note of the rules' pages, which are made when the program changed."""
    place = making.work / "rules.note"
    rules = kept(place, inputs, making.today)
    if rules is None or not rules.is_whole(making.work, there):
        place.unlink(missing_ok=True)
        rules = make_rules(making, decreed, inputs)
        keep(place, rules)
    return rules


def preview(root: Path, say: Say = print, lang: str = "zh") -> tuple[Path, Callable[[], Build]]:
    """Where the preview's pages lie, and a function that brings them up to date."""
    work = root / "build" / "preview"

    def refresh() -> Build:
        with alone(work, lambda: say(WAITS[lang])):
            done = make_tree(root, work, Options(pdfs=False, draft=True, lang=lang), say)
        say(PREVIEW.said(lang, {"open": f"{len(done.open)}"}))
        return done

    return work / "site", refresh
