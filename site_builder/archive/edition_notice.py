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
    return f"{folder_of(entry.key)}editions/{entry.edition}/index.html"


def folder_of(key: ReportKey) -> str:
    """The folder of a report's page, with its slash."""
    return report_path(key).removesuffix("index.html")


def archive_path(county: str) -> str:
    """A county's page in the archive."""
    return f"archive/{county}/index.html"


def archive_anchor(key: ReportKey) -> str:
    """Where a report stands on its county's page in the archive."""
    return f"{key.town}-{key.year}"


def edition_notice_html(
    ledger: Ledger, key: ReportKey, cells: Container[str] = (), site: str | None = ""
) -> str:
    """The top of a report's page in force; empty when the report is not sealed.

    `cells` are addresses that are anchors on the page: a corrected figure leads to where it stands.
    `site` is the address of the site for what is shown elsewhere, None where it is not known: then
    nothing leads to other pages.
    """
    entry = ledger.current(key)
    if entry is None:
        return ""
    corrections = [e for e in ledger.of(key) if e.kind == "更正"]
    mark = '<strong class="corrected">更正</strong> ' if corrections else ""
    own, top = (f"{site}{folder_of(key)}", site) if site else ("", "../../../")
    links = (
        f'<a href="{own}editions/{entry.edition}/index.html">本版的永久地址</a>　'
        f'<a href="{top}{archive_path(key.county)}#{archive_anchor(key)}">档案与核验</a>'
    )
    line = (
        f'<p class="edition">{mark}第{entry.edition}版，{entry.date.isoformat()}封存。'
        f"{links if site is not None else ''}</p>"
    )
    if not corrections:
        return line
    earlier = None if site is None else f"{own}editions"
    said = "".join(_correction(e, cells, earlier) for e in reversed(corrections))
    return (
        f'{line}<section class="corrections" aria-labelledby="corrections">'
        f'<h2 id="corrections">更正说明</h2>{said}</section>'
    )


def _correction(entry: Entry, cells: Container[str], editions: str | None) -> str:
    """One correction; `editions` is the folder of the editions' pages, if they can be led to."""
    before = entry.edition - 1
    day = entry.date.isoformat()
    link = "" if editions is None else f"{editions}/{before}/index.html"
    more = f'<p><a href="{link}">查看更正前的第{before}版</a></p>' if link else ""
    return (
        f"<p><strong>{day}　第{before}版改为第{entry.edition}版。</strong>"
        f"理由：{escape(entry.reason)}</p>{changes_html(entry, cells)}{more}"
    )


def withdrawal_html(ledger: Ledger, key: ReportKey, more: str, archive: str | None) -> str:
    """What is said of a withdrawn report: title, unit, year, reason, and the hashes of what it was.

    `more` is what else follows of it where this stands; `archive` the address of the archive's pages.
    """
    entry = ledger.of(key)[-1]
    rows = "".join(
        f"<div><dt>{title}</dt><dd>{escape(value)}</dd></div>"
        for title, value in (
            ("报告名称", entry.title),
            ("编报单位", entry.unit),
            ("年度", str(key.year)),
            ("撤回日期", entry.date.isoformat()),
            ("撤回理由", entry.reason),
            ("责任者", entry.who),
        )
        if value
    )
    hashes = "".join(
        f"<li>第{e.edition}版（{e.date.isoformat()}）：<code>{e.content}</code></li>"
        for e in ledger.editions(key)
    )
    there = f"{archive}{archive_path(key.county)}#{archive_anchor(key)}"
    link = "" if archive is None else f'<a href="{there}">档案与核验</a>'
    return (
        f'<p class="edition"><strong class="corrected">已撤回</strong> '
        f"{entry.date.isoformat()}起不再公开。{more}</p>"
        f'<dl class="about">{rows}</dl>'
        f'<h2 id="hashes">曾经公开的版本</h2><ul class="hashes">{hashes}</ul>'
        f"<p>上面是每一版内容的 SHA-256 值。{link}</p>"
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
