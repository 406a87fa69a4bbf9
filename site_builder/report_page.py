"""A report's page: its finished body with downloads, and its breadcrumbs."""

from __future__ import annotations

from html import escape

import markdown

from site_builder.check import Checked
from site_builder.finding import ReportKey
from site_builder.library import Disclosure
from site_builder.page import Page, crumbs_of, pdf_name, report_path
from site_builder.report_body import report_body


def report_page(
    disclosure: Disclosure, checked: Checked, made: markdown.Markdown, pdfs: bool, notice: str = ""
) -> Page:
    """The page of one report; `pdfs` says whether it offers a PDF, `notice` (HTML) which edition it is."""
    key = disclosure.key
    body = report_body(disclosure, checked, made, _downloads(key, pdfs))
    title = disclosure.report.heading.title
    lead = (
        f'<p class="lead">{escape(disclosure.report.heading.unit)} · {key.year}年度 · '
        f"{escape(disclosure.report.form.title)}</p>"
    )
    sections = "".join(
        f'<section aria-labelledby="{p.id}" data-kind="{p.kind}"><h2 id="{p.id}">{p.title}</h2>{p.html}</section>'
        for p in body.parts
    )
    return Page(
        report_path(key),
        f"{disclosure.town.name}{key.year}年度",
        f"<h1>{escape(title)}</h1>{lead}{notice}{sections}",
        f"{title}：收支、“三公”经费、人员、指标与得分，逐项核对，可下载。",
        crumbs_of(
            (disclosure.county.name, f"{key.county}/index.html"),
            (disclosure.town.name, f"{key.county}/{key.town}/index.html"),
        ),
        county=str(disclosure.county.name),
        town=str(disclosure.town.name),
        year=key.year,
    )


def _downloads(key: ReportKey, pdfs: bool) -> str:
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
