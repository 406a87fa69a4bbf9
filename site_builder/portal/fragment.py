"""One report as a plain HTML body and its attachments in a zip, for pasting into a portal's own system."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from site_builder.archive.archive_site import sealed_pdfs
from site_builder.archive.edition_notice import edition_notice_html, withdrawal_html
from site_builder.archive.ledger import KEY, Ledger
from site_builder.check import CheckRun, check_library
from site_builder.finding import Finding, ReportKey
from site_builder.library import Disclosure, Library, read_county, read_decreed
from site_builder.open_data.county_data import report_attachments
from site_builder.page import pdf_name, report_stem
from site_builder.portal.catalogue import catalogue_html
from site_builder.portal.plain_html import plain_html
from site_builder.prose_html import converter
from site_builder.report_body import report_body
from site_builder.selection import SelectionError
from site_builder.tree import WAITS, alone, write_if_changed

LEFT_OUT = ("charts",)  # drawings need the site's styles; their figures stand in the tables
TITLES = {
    "pdf": "PDF 存档件",
    "xlsx": "Excel 表格",
    "facts.csv": "数据 CSV",
    "findings.csv": "核对发现 CSV",
    "facts.json": "数据 JSON",
    "findings.json": "核对结果 JSON",
    "datapackage.json": "数据说明 JSON",
}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: same inputs, same bytes


@dataclass(frozen=True)
class Exported:
    """What kept a report from being exported: unexplained errors, words of the print engine."""

    stops: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()


def make_fragment(
    root: Path,
    report: str,
    out: str | None = None,
    pdf: bool = True,
    say: Callable[[str], None] = print,
    lang: str = "zh",
) -> Exported:
    """One report as HTML body and attachments in a zip; unexplained errors stop it.

    `report` is county/town/year in pinyin; SelectionError when there is none of that name. A sealed
    PDF goes along as it was sealed, SealedFileError where it is not; of a withdrawn report a notice is
    made that takes the place of the article.
    """
    decreed = read_decreed(root)
    match = KEY.fullmatch(report.strip("/"))
    named = match is not None and match[1] in decreed.counties
    library = read_county(decreed, match[1]) if match and named else decreed
    key = ReportKey(match[1], match[2], int(match[3])) if match and named else None
    found = [d for d in library.disclosures if d.key == key]
    ledger = library.ledger_of(key) if key else Ledger("")
    if key is None or not (found or ledger.withdrawn(key)):
        raise SelectionError(
            f"没有这份报告：{report}（写成 县/镇/年度）", f"no such report: {report}"
        )
    run = check_library(library)
    stops = [*check_library(decreed).stops, *(f for f in run.stops if f.report in (None, key))]
    if stops:
        return Exported(tuple(stops))
    target = Path(out) if out else root / "build" / "fragments" / f"{report_stem(key)}.zip"
    if not found:
        names = [f"{report_stem(key)}.html"]
        write_if_changed(target, _zipped({names[0]: withdrawn_fragment(library, key).encode()}))
        say(f"{os.path.relpath(target)}：{'、'.join(names)}")
        return Exported()
    mine = Ledger(key.county, ledger.of(key))
    path = sealed_pdfs(root, library.archive, mine).get(key) if pdf else None
    if pdf and path is None:
        from site_builder.printing.pdf import render_pdfs
        from site_builder.printing.typesetting import PrintError

        only = replace(library, disclosures=(found[0],))
        cache = root / "build" / "fragments" / report_stem(key)
        try:
            with alone(cache, lambda: say(WAITS[lang])):
                path = render_pdfs(only, run, cache, 1)[key]
        except PrintError as error:
            return Exported((), tuple(f"{error.title}：{message}" for message in error.said(lang)))
    names = write_fragment(library, run, found[0], target, path)
    say(f"{os.path.relpath(target)}：{'、'.join(names)}")
    return Exported()


def write_fragment(
    library: Library, run: CheckRun, disclosure: Disclosure, target: Path, pdf: Path | None = None
) -> list[str]:
    """Write the zip of one report to `target`; give the names in it, the body first.

    `pdf` is the report's PDF, if it is to go along.
    """
    key = disclosure.key
    files = dict(report_attachments(disclosure, run.reports[key], library.settings))
    if pdf is not None:
        files = {pdf_name(key): pdf.read_bytes(), **files}
    body = fragment_html(library, run, disclosure, list(files))
    members = {f"{report_stem(key)}.html": body.encode(), **files}
    write_if_changed(target, _zipped(members))
    return list(members)


def fragment_html(
    library: Library, run: CheckRun, disclosure: Disclosure, attachments: list[str]
) -> str:
    """The body: its edition and corrections, the report's sections from <h2> on, then its attachments.

    The portal has the title.
    """
    key = disclosure.key
    notice = edition_notice_html(
        library.ledger_of(key), key, site=library.settings.site.address or None
    )
    catalogue = catalogue_html(disclosure, library.settings)
    body = report_body(disclosure, run.reports[disclosure.key], converter(), catalogue=catalogue)
    parts = "".join(
        f"<h2>{part.title}</h2>{part.html}" for part in body.parts if part.id not in LEFT_OUT
    )
    items = "".join(
        f'<li><a href="{name}">{escape(_title(name))}（{name}）</a></li>' for name in attachments
    )
    html = f"{notice}{parts}<h2>附件</h2><ul>{items}</ul>"
    return plain_html(html, attachments) + "\n"


def withdrawn_fragment(library: Library, key: ReportKey) -> str:
    """The notice that takes the place of a withdrawn report's article and attachments."""
    more = "原来的正文和附件不再提供。"
    address = library.settings.site.address or None
    return plain_html(withdrawal_html(library.ledger_of(key), key, more, address)) + "\n"


def _title(name: str) -> str:
    return TITLES.get(name) or TITLES[name.rpartition(".")[2]]


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
    return file.getvalue()
