"""The years that a form prints above its columns, against the year of the report that stands on it."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.report import Report
from site_builder.rules.year_words import YEAR


class OtherYear(NamedTuple):
    """A column of a form of another year, the year that it prints, and the one that it should."""

    column: str
    printed: int
    meant: int


def of_other_year(report: Report) -> OtherYear | None:
    """The first column, where all that print a year are off by the same; None where one of them is right.

    2022年决算数 and 2021年决算数, in the report of 2023.
    """
    columns = {fact.column: fact.year for fact in report.facts if "年" in fact.column}  # quick
    off = [
        OtherYear(column, int(years[0]), year)
        for column, year in columns.items()
        if len(years := YEAR.findall(column)) == 1
    ]
    if len({one.printed - one.meant for one in off}) != 1 or off[0].printed == off[0].meant:
        return None
    return off[0]
