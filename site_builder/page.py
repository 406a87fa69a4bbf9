"""A finished page of the site and where it stands; the permanent addresses of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from site_builder.finding import ReportKey
from site_builder.forms import Form

# Beside and below the page of every report.
OF_REPORT = (
    "index.html",
    "checks/index.html",
    "receipts/index.html",
    "facts.csv",
    "findings.csv",
    "facts.json",
    "findings.json",
    "datapackage.json",
)


@dataclass(frozen=True)
class Page:
    """A finished page. `path` is relative to the site's root; `crumbs` are (title, path) pairs.

    `county` and `town` (Chinese names) and `year` say what it is about; "" and 0: nothing of the kind.
    `head` is finished HTML for the page's <head>.
    """

    path: str
    title: str
    html: str
    description: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    contents: bool = True
    county: str = ""
    town: str = ""
    year: int = 0
    head: str = ""

    @property
    def up(self) -> str:
        """The way from this page to the site's root: "", "../", "../../" …"""
        return "../" * self.path.count("/")


def report_path(key: ReportKey) -> str:
    """The permanent address of a report's page."""
    return f"{key.county}/{key.town}/{key.year}/index.html"


def compared_with(county: str, year: int, beside: Collection[int]) -> str:
    """The address of a comparison of a town's `year` with the other towns of its county.

    `beside` are the years that these have reports of; where `year` is none of them, the nearest one
    stands beside it. "" where there are none: one town is no comparison.
    """
    if not beside:
        return ""
    nearest = min(beside, key=lambda other: (abs(other - year), -other))
    years = ",".join(map(str, dict.fromkeys((year, nearest))))
    return f"compare/index.html?t={county}&amp;y={years}"


def pdf_name(key: ReportKey) -> str:
    """The file name of a report's PDF, beside its page."""
    return f"{key.county}-{key.town}-{key.year}.pdf"


def report_stem(key: ReportKey) -> str:
    """The name of a report's workbook, beside its page, without its ending."""
    return f"{key.county}-{key.town}-{key.year}"


def town_stem(county: str, town: str) -> str:
    """The downloads of a town, without their endings."""
    return f"{county}/{town}/{county}-{town}"


def county_stem(county: str) -> str:
    """The downloads of a county, without their endings."""
    return f"{county}/{county}"


def year_stem(year: int) -> str:
    """The downloads of a year, without their endings."""
    return f"years/{year}/year-{year}"


def files_of_report(key: ReportKey, tables: Iterable[str]) -> frozenset[str]:
    """What lies beside and below a report's page, its editions apart; `tables` are the files of its tables."""
    own = (pdf_name(key), f"{report_stem(key)}.xlsx")
    return frozenset((*OF_REPORT, *own, *tables))


def files_of_place(stem: str) -> frozenset[str]:
    """What lies beside a town's or a county's page with the downloads `stem`; a county may have a feed."""
    name = stem.rpartition("/")[2]
    more = ("feed.xml", "manifest-sha256.txt") if stem.count("/") == 1 else ()
    return frozenset(("index.html", f"{name}.xlsx", f"{name}.zip", *more))


def table_files(form: Form) -> dict[str, str]:
    """The CSV files of a form's printed tables, beside the page of any report on it, by the tables' addresses.

    Numbered as the form has them, so that a report without some table has the others where they always are.
    """
    return {
        str(table.address): f"table-{number}.csv"
        for number, table in enumerate(form.tables, 1)
        if not table.in_prose
    }


def crumbs_of(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Breadcrumbs from the home page on."""
    return (("首页", "index.html"), *pairs)
