"""The permanent page of a sealed edition, as it was sealed; and the page that a withdrawn report leaves."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

import markdown

from site_builder import __version__
from site_builder.archive import judged
from site_builder.archive.edition_notice import (
    archive_anchor,
    archive_path,
    changes_html,
    edition_path,
    withdrawal_html,
)
from site_builder.archive.ledger import Entry, Ledger
from site_builder.archive.sealed import FACTS, FINDINGS, REPORT, WORDS, read_sources, sealed_library
from site_builder.check import ALL_RULES, Checked, check_disclosure
from site_builder.finding import ReportKey
from site_builder.library import Disclosure, Library
from site_builder.page import Page, crumbs_of, pdf_name, report_path
from site_builder.prose_html import converter
from site_builder.report_body import report_body

LINK = re.compile(r'(<a\b[^>]*? href=")(?!#|[a-z][a-z0-9+.-]*:|//)([^"]*)("[^>]*>)(.*?)</a>', re.S)
RULE_LINK = re.compile(r"(?:^|/)rules/([a-z0-9-]+)/")
KNOWN = frozenset(rule.id for rule in ALL_RULES)
FILES = (
    (REPORT, "报表数据", "封存时的源文件（YAML）"),
    (WORDS, "报告正文", "封存时的源文件（Markdown）"),
    (FACTS, "全部数据", "每个数一行，用制表符分开"),
    (FINDINGS, "核对结果", "封存时的核对结果（JSON）"),
)


def edition_pages(
    library: Library,
    ledger: Ledger,
    today: datetime.date,
    pdfs: bool,
    ends: list[datetime.date],
) -> Iterator[Page]:
    """A page for every edition of reports that are not withdrawn, and one for each that is.

    `pdfs` says whether editions offer theirs; `ends` gets the last days of the explanations in
    them, for their pages say what is found on the day `today`. SealedFileError where a file is not
    as it was sealed.
    """
    made = converter()
    towns = {d.key.town for d in library.disclosures}
    for key in ledger.keys:
        if ledger.withdrawn(key):
            yield withdrawn_page(library, ledger, key, key.town in towns)
            continue
        for entry in ledger.editions(key):
            yield _edition_page(library, ledger, entry, made, today, pdfs, ends)


def _edition_page(
    library: Library,
    ledger: Ledger,
    entry: Entry,
    made: markdown.Markdown,
    today: datetime.date,
    pdfs: bool,
    ends: list[datetime.date],
) -> Page:
    key = entry.key
    files = read_sources(library.root, entry)
    own = sealed_library(library, key, files, [])
    disclosure = own.disclosures[0]
    ends += [answer.until for answer in disclosure.report.acknowledgements]
    checked = judged.read(files[FINDINGS], key)
    again = _under_todays_rules(library, own, disclosure, today)
    body = report_body(disclosure, checked, made, _downloads(entry, pdfs))
    sections = "".join(
        f'<section aria-labelledby="{p.id}"><h2 id="{p.id}">{p.title}</h2>{p.html}</section>'
        for p in body.parts
    )
    path = edition_path(entry)
    title = escape(disclosure.report.heading.title)
    lead = f'<p class="lead">{escape(disclosure.report.heading.unit)} · {key.year}年度</p>'
    notice = _notice(ledger, entry, again)
    return Page(
        path,
        f"{disclosure.town.name}{key.year}年度第{entry.edition}版",
        f"<h1>{title}（第{entry.edition}版）</h1>{lead}{notice}"
        + rebased(sections, report_path(key), path),
        f"{disclosure.report.heading.title}，第{entry.edition}版，{entry.date.isoformat()}封存。",
        crumbs_of(
            (str(disclosure.county.name), f"{key.county}/index.html"),
            (str(disclosure.town.name), f"{key.county}/{key.town}/index.html"),
            (f"{key.year}年度", report_path(key)),
        ),
        head='<meta name="robots" content="noindex"><link rel="canonical" href="../../index.html">',
    )


def _under_todays_rules(
    library: Library, own: Library, disclosure: Disclosure, today: datetime.date
) -> Checked:
    """The edition's report checked anew, with its neighbours of today around it."""
    others = (d for d in library.disclosures if d.key != disclosure.key)
    every = tuple(sorted((*others, disclosure), key=lambda d: d.key))
    around = replace(own, disclosures=every, ledgers={})
    return check_disclosure(disclosure, around, today)


def _notice(ledger: Ledger, entry: Entry, again: Checked) -> str:
    """Which edition this is, whether it is in force, and what is found in it then and now."""
    editions = ledger.editions(entry.key)
    last = editions[-1]
    day = entry.date.isoformat()
    if last == entry:
        state = f'本版{day}封存，是<a href="../../index.html">现行版</a>的永久地址，内容不再改动。'
    else:
        after = editions[entry.edition]
        state = (
            f"<strong>本版{day}封存，{after.date.isoformat()}已更正为第{after.edition}版。</strong>"
            f'理由：{escape(after.reason)}。<a href="../../index.html">查看现行的第{last.edition}版</a>'
        )
    errors = sum(f.level == "error" for f in again.findings)
    newer = {r.id for r in ALL_RULES if _version(r.since) > _version(entry.tool)}
    later = sum(f.rule.id in newer for f in again.findings)
    counted = (
        f"<p>封存时的规则（{escape(entry.tool)}）有 {entry.findings} 处发现，其中错误 {entry.errors} 处；"
        f"现在的规则（site-builder {__version__}）有 {len(again.findings)} 处，其中错误 {errors} 处"
        + (f"，{later} 处出自封存后才有的规则" if later else "")
        + "。下面列的是封存时的核对结果。</p>"
    )
    archive = f"../../../../../{archive_path(entry.key.county)}#{archive_anchor(entry.key)}"
    made = changes_html(entry) if entry.kind == "更正" else ""
    undone = changes_html(editions[entry.edition]) if last != entry else ""
    return (
        f'<div class="edition-note"><p>{state}　<a href="{archive}">档案与核验</a></p>{counted}</div>'
        f"{made}{undone}"
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"[0-9]+", text.rpartition(" ")[2]))


def _downloads(entry: Entry, pdfs: bool) -> str:
    items = [
        f'<li><a href="{name}" download>{title}<br><small>{note}</small></a></li>'
        for name, title, note in FILES
    ]
    if pdfs and entry.file(".pdf") is not None:
        items.insert(
            0,
            f'<li><a href="{pdf_name(entry.key)}" download>PDF 存档件'
            "<br><small>封存的原件</small></a></li>",
        )
    return f'<ul class="downloads" aria-label="下载本版">{"".join(items)}</ul>'


def rebased(html: str, old: str, new: str) -> str:
    """Links of a page at `old` as they must be at `new`; what an edition has of its own stays.

    A link to a rule that is no more becomes plain words.
    """
    own = {name for name, *_ in FILES}

    def moved(match: re.Match[str]) -> str:
        target, hash_, anchor = match[2].partition("#")
        if target in own or (target.endswith(".pdf") and "/" not in target):
            return match[0]
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(old), target))
        rule = RULE_LINK.search(whole)
        if rule is not None and rule[1] not in KNOWN and rule[1] != "index.html":
            return match[4]
        there = posixpath.relpath(whole, posixpath.dirname(new))
        return f"{match[1]}{there}{hash_}{anchor}{match[3]}{match[4]}</a>"

    return LINK.sub(moved, html)


def withdrawn_page(library: Library, ledger: Ledger, key: ReportKey, has_town: bool) -> Page:
    """What stays of a withdrawn report: title, unit, year, reason, and the hashes of what it was."""
    entry = ledger.of(key)[-1]
    county = library.counties.get(key.county)
    town = county.towns.get(key.town) if county else None
    name = str(town.name) if town else key.town
    crumbs = (
        [(str(county.name), f"{key.county}/index.html")] if county and library.disclosures else []
    )
    if has_town:
        crumbs.append((name, f"{key.county}/{key.town}/index.html"))
    return Page(
        report_path(key),
        f"{name}{key.year}年度（已撤回）",
        f"<h1>{escape(entry.title)}</h1>"
        + withdrawal_html(ledger, key, "它的数不再计入本站的合计、比较和搜索。", "../../../"),
        f"{entry.title}，已撤回。",
        crumbs_of(*crumbs),
        False,
        head='<meta name="robots" content="noindex">',
    )
