"""A report's page: its finished body with downloads, its breadcrumbs, and what search finds on it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import markdown

from site_builder.check import Checked
from site_builder.finding import ReportKey
from site_builder.library import Disclosure
from site_builder.page import Page, crumbs_of, pdf_name, report_path
from site_builder.prose_html import section_text
from site_builder.receipts import RECEIPTS
from site_builder.report import TableData
from site_builder.report_body import Body, report_body
from site_builder.search import Entry


def report_page(
    disclosure: Disclosure, checked: Checked, made: markdown.Markdown, pdfs: bool
) -> tuple[Page, tuple[Entry, ...]]:
    """The page of one report with its entries; `pdfs` says whether it offers a PDF."""
    key = disclosure.key
    body = report_body(disclosure, checked, made, downloads_html(key, pdfs), RECEIPTS)
    title = disclosure.report.heading.title
    lead = f'<p class="lead">{escape(disclosure.report.heading.unit)} · {key.year}年度</p>'
    sections = "".join(
        f'<section aria-labelledby="{p.id}"><h2 id="{p.id}">'
        f'<a class="pl" href="#{p.id}">{p.title}</a></h2>{p.html}</section>'
        for p in body.parts
    )
    page = Page(
        report_path(key),
        f"{disclosure.town.name}{key.year}年度",
        f"<h1>{escape(title)}</h1>{lead}{sections}",
        f"{title}：收支、“三公”经费、人员、指标与得分，逐项核对，可下载。",
        crumbs_of(
            (disclosure.county.name, f"{key.county}/index.html"),
            (disclosure.town.name, f"{key.county}/{key.town}/index.html"),
        ),
        county=str(disclosure.county.name),
        town=str(disclosure.town.name),
        year=key.year,
    )
    return page, tuple(_entries(disclosure, body))


def downloads_html(key: ReportKey, pdfs: bool) -> str:
    """The links to a report's files; `pdfs` says whether it has a PDF."""
    files = [
        (pdf_name(key), "PDF 存档件", "可打印、含全部表格"),
        ("facts.csv", "数据 CSV", "每个数一行，可用表格软件打开"),
        ("findings.json", "核对结果 JSON", "供程序读取"),
    ]
    files = files if pdfs else files[1:]
    items = "".join(
        f'<li><a href="{name}" download>{title}<br><small>{note}</small></a></li>'
        for name, title, note in files
    )
    return f'<ul class="downloads" aria-label="下载">{items}</ul>'


def _entries(disclosure: Disclosure, body: Body) -> Iterator[Entry]:
    """A report's sections as search finds them: narrative, tables, findings."""
    path = report_path(disclosure.key)
    title = disclosure.report.heading.title
    county, town, year = disclosure.county.name, disclosure.town.name, disclosure.key.year
    unit = disclosure.report.heading.unit
    yield Entry(
        path, title, "", "page", county, town, year, f"{unit} {disclosure.report.form.title}"
    )
    for section in disclosure.narrative.sections:
        text = section_text(section)
        if text.strip():
            yield Entry(
                f"{path}#{section.id}", title, section.title, "narrative", county, town, year, text
            )
    for table in disclosure.report.tables:
        form = table.form
        kind = "table"
        if form.kind == "indicators":
            kind = "indicator"
        elif form.subject or form.kind == "list":
            kind = "project"
        yield Entry(
            f"{path}#{form.address}",
            title,
            form.caption,
            kind,  # type: ignore[arg-type]
            county,
            town,
            year,
            table_text(table),
        )
    for number, finding in enumerate(body.findings, 1):
        said = finding.message()
        if finding.acknowledged is not None:
            said += " " + finding.acknowledged.explanation
        yield Entry(
            f"{path}#finding-{number}",
            title,
            finding.rule.title.zh,
            "finding",
            county,
            town,
            year,
            said,
        )


def table_text(table: TableData) -> str:
    """The words of a table as they stand on the page, a line a row."""
    form = table.form
    lines = [" | ".join("·".join(c.path) for c in form.columns)] if form.columns else []
    for name, weight in table.group_weights.items():
        lines.append(f"{name} | {weight.text}")
    for line in table.lines:
        words = [] if form.kind == "indicators" else [line.label]
        words += [cell.text for cell in line.cells if cell.text]
        if line.row is not None and line.row.group:
            words.insert(0, line.row.group)
        lines.append(" | ".join(words).replace("\n", " "))
    lines += [f"总分 | {name} | {cell.text}" for name, cell in table.total.items()]
    return "; ".join(lines)
