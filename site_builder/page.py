"""A finished page of the site and where it stands; the permanent addresses of reports."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.finding import ReportKey


@dataclass(frozen=True)
class Page:
    """A finished page. `path` is relative to the site's root; `crumbs` are (title, path) pairs.

    `county` and `town` are the Chinese names of what the page is about, "" and year 0 of none.
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

    @property
    def up(self) -> str:
        """The way from this page to the site's root: "", "../", "../../" …"""
        return "../" * self.path.count("/")


def report_path(key: ReportKey) -> str:
    """The permanent address of a report's page."""
    return f"{key.county}/{key.town}/{key.year}/index.html"


def pdf_name(key: ReportKey) -> str:
    """The file name of a report's PDF, beside its page."""
    return f"{key.county}-{key.town}-{key.year}.pdf"


def crumbs_of(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Breadcrumbs from the home page on."""
    return (("首页", "index.html"), *pairs)
