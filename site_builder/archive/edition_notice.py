"""What a report's page says of its edition: which it is, what was corrected and why, where the older ones are."""

from __future__ import annotations

from collections.abc import Container
from html import escape

from site_builder.archive.ledger import Entry, Ledger
from site_builder.finding import ReportKey
from site_builder.page import report_path
from site_builder.table_frame import framed


def edition_path(entry: Entry) -> str:
    """The permanent address of an edition."""
    return f"{report_path(entry.key).removesuffix('index.html')}editions/{entry.edition}/index.html"


def archive_path(county: str) -> str:
    """A county's page in the archive."""
    return f"archive/{county}/index.html"


def archive_anchor(key: ReportKey) -> str:
    """Where a report stands on its county's page in the archive."""
    return f"{key.town}-{key.year}"


def edition_notice_html(ledger: Ledger, key: ReportKey, cells: Container[str] = ()) -> str:
    """The top of a report's page in force; empty when the report is not sealed.

    `cells` are addresses that are anchors on the page: a corrected figure leads to where it stands.
    """
    entry = ledger.current(key)
    if entry is None:
        return ""
    corrections = [e for e in ledger.of(key) if e.kind == "更正"]
    mark = '<strong class="corrected">更正</strong> ' if corrections else ""
    archive = f"../../../{archive_path(key.county)}#{archive_anchor(key)}"
    line = (
        f'<p class="edition">{mark}第{entry.edition}版，{entry.date.isoformat()}封存。'
        f'<a href="editions/{entry.edition}/index.html">本版的永久地址</a>　'
        f'<a href="{archive}">档案与核验</a></p>'
    )
    if not corrections:
        return line
    said = "".join(_correction(e, cells) for e in reversed(corrections))
    return (
        f'{line}<section class="corrections" aria-labelledby="corrections">'
        f'<h2 id="corrections">更正说明</h2>{said}</section>'
    )


def _correction(entry: Entry, cells: Container[str]) -> str:
    before = entry.edition - 1
    day = entry.date.isoformat()
    return (
        f"<p><strong>{day}　第{before}版改为第{entry.edition}版。</strong>"
        f"理由：{escape(entry.reason)}</p>{changes_html(entry, cells)}"
        f'<p><a href="editions/{before}/index.html">查看更正前的第{before}版</a></p>'
    )


def changes_html(entry: Entry, cells: Container[str] = ()) -> str:
    """What an edition says otherwise than the one before, as a table of old and new."""
    if not entry.changes:
        return "<p>内容没有改动，重新公开。</p>"
    rows = []
    for one in entry.changes:
        place = escape(one.place)
        if one.place in cells:
            place = f'<a href="#{place}">{place}</a>'
        old = f"<del>{escape(one.old)}</del>" if one.old else "（没有）"
        new = f"<ins>{escape(one.new)}</ins>" if one.new else "（删去）"
        rows.append(f'<tr><th scope="row">{place}</th><td>{old}</td><td>{new}</td></tr>')
    return framed(
        f"changes-{entry.edition}",
        f"第{entry.edition}版的改动（{len(entry.changes)} 处）",
        '<thead><tr><th scope="col">位置</th><th scope="col">原为</th><th scope="col">改为</th></tr>'
        f"</thead><tbody>{''.join(rows)}</tbody>",
        kind="changes",
    )
