"""A finished page of the site and where it stands; the permanent addresses of reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from site_builder.finding import ReportKey
from site_builder.forms import Form


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
