"""Links to downloads, as they stand on the pages of reports, towns, counties and years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from site_builder.finding import ReportKey
from site_builder.page import Page, county_stem, pdf_name, report_stem, town_stem, year_stem

File = tuple[str, str, str]  # address, title, what it is


def report_downloads_html(key: ReportKey, pdfs: bool, tables: bool = False) -> str:
    """The files of a report, for its page; `pdfs` says whether there is a PDF, `tables` whether it prints any."""
    files = [
        (f"{report_stem(key)}.xlsx", "Excel 表格", "各表照原样，每个数一行，核对发现"),
        ("facts.csv", "数据 CSV", "每个数一行"),
        ("findings.csv", "核对发现 CSV", "每处发现一行"),
        ("facts.json", "数据 JSON", "供程序读取，含核对发现"),
        ("findings.json", "核对结果 JSON", "供程序读取"),
        ("datapackage.json", "数据说明 JSON", "各栏的含义"),
    ]
    if pdfs:
        files.insert(0, (pdf_name(key), "PDF 存档件", "可打印、含全部表格"))
    note = '<p class="note">每张报表的 CSV 在表的下面。</p>' if tables else ""
    return _list(files) + note


def downloads_html(stem: str) -> str:
    """The files of a town, a county or a year, on the page in the same folder."""
    name = stem.rpartition("/")[2]
    return _list(
        (
            (f"{name}.xlsx", "Excel 表格", "每个数一行，核对发现"),
            (f"{name}.zip", "CSV 和 JSON", "压缩包，附各栏说明"),
        )
    )


def with_downloads(page: Page, stem: str) -> Page:
    """The page with links to its downloads at its end."""
    return replace(page, html=f'{page.html}<h2 id="downloads">下载</h2>{downloads_html(stem)}')


def with_county_downloads(page: Page, county: str) -> Page:
    """A county's page with its downloads."""
    return with_downloads(page, county_stem(county))


def with_town_downloads(page: Page, county: str, town: str) -> Page:
    """A town's page with its downloads."""
    return with_downloads(page, town_stem(county, town))


def with_year_downloads(page: Page, year: int) -> Page:
    """A year's page with its downloads."""
    return with_downloads(page, year_stem(year))


def _list(files: Iterable[File]) -> str:
    items = "".join(
        f'<li><a href="{name}" download>{title}<br><small>{note}</small></a></li>'
        for name, title, note in files
    )
    return f'<ul class="downloads" aria-label="下载">{items}</ul>'
