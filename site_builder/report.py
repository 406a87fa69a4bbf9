"""One report: the tables of a town's year as cells, and the facts among them.

A cell is a place on a form: a figure, words, or blank (blank is not zero). A fact is one printed
figure with its meaning. A table is a view of cells; so are charts, comparisons and CSV.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from site_builder.concepts import basis_named
from site_builder.figure import Figure
from site_builder.finding import Acknowledgement, ReportKey
from site_builder.forms import Form, Row, TableForm, address_of
from site_builder.place import Place
from site_builder.record import record
from site_builder.shape import day, key, moment, text, year
from site_builder.yaml_file import Text


@record
class Fact:
    """One printed figure: what it means, which year's, and where it stands.

    `year` is the fiscal year that it describes (上年决算 of a 2022 report: 2021); `basis` is as
    the form says. `row` and `column` are labels as printed, for people.
    """

    address: str
    table: str
    row: str
    column: str
    concept: str
    basis: str
    year: int
    subject: str
    figure: Figure
    at: Place

    @property
    def meaning(self) -> tuple[str, str, int, str]:
        """Two facts with the same meaning state the same thing and must agree."""
        basis = "决算" if self.basis == "上年决算" else self.basis
        return (self.concept, basis, self.year, self.subject)

    @property
    def label(self) -> str:
        """Row and column as one short name."""
        return f"{self.row}·{self.column}" if self.column and self.column != self.row else self.row


@record
class Cell:
    """A place on a form; `text` is what was printed, empty when nothing was.

    `unread`: a figure should stand here, and what does is none, or one of another kind. A finding of
    reading says so; for the rules nothing is known of the cell.
    """

    address: str
    text: str
    at: Place
    concept: str = ""
    fact: Fact | None = None
    unread: bool = False


@record
class Line:
    """A row of a table as it stands in the report: its label and cells in column order."""

    label: str
    cells: tuple[Cell, ...]
    row: Row | None = None


NO_CELLS: Mapping[str, Cell] = MappingProxyType({})


@record
class TableData:
    """What a report states in one table of its form."""

    form: TableForm
    lines: tuple[Line, ...]
    group_weights: Mapping[str, Cell] = field(default_factory=lambda: NO_CELLS)
    total: Mapping[str, Cell] = field(default_factory=lambda: NO_CELLS)
    whole: bool = True  # no row, column or item was missing, unknown or misplaced

    def cells(self) -> Iterator[Cell]:
        """Every cell, in printed order."""
        for line in self.lines:
            yield from line.cells
        yield from self.group_weights.values()
        yield from self.total.values()


@dataclass(frozen=True)
class Correction:
    """A correction of a published report, in the town's own words."""

    date: datetime.date = key("日期", day)
    words: Text = key("说明")


@dataclass(frozen=True)
class Heading:
    """The head of a report file: who reports, which year, on which form and profile."""

    title: Text = key("名称")
    unit: Text = key("单位")
    year: int = key("年度", year)
    form: Text = key("表单")
    profile: Text = key("口径")
    source: Text = key("来源")
    credit_code: Text | None = key("统一社会信用代码", text, default=None)
    date: datetime.date | None = key("报告日期", day, default=None)
    approved: datetime.date | None = key("批复日期", day, default=None)
    published: datetime.date | None = key("发布日期", moment, default=None)
    notes: tuple[str, ...] = key("说明", [text], default=())
    # The catalogue of government information (政府信息公开目录), as far as it is known.
    index: str = key("索引号", text, default="")
    agency: str = key("发布机构", text, default="")
    document: str = key("文号", text, default="")
    subject: str = key("主题分类", text, default="")
    genre: str = key("体裁", text, default="")
    made: datetime.date | None = key("生成日期", day, default=None)
    openness: str = key("公开类别", text, default="")
    manner: str = key("公开方式", text, default="")
    term: str = key("公开时限", text, default="")
    validity: str = key("有效性", text, default="")
    keywords: tuple[str, ...] = key("关键词", [text], default=())
    abstract: str = key("概述", text, default="")
    corrections: tuple[Correction, ...] = key("更正", [Correction], default=())
    # The same dates once more as written: a finding stands where they do.
    date_written: Text | None = key("报告日期", text, default=None)
    published_written: Text | None = key("发布日期", text, default=None)


@dataclass(frozen=True)
class Report:
    """One town, one fiscal year, on one form set."""

    key: ReportKey
    file: str
    heading: Heading
    form: Form
    tables: tuple[TableData, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    cells: dict[str, Cell]
    facts: tuple[Fact, ...]
    by_concept: dict[str, tuple[Fact, ...]]

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The days on which its head and its explanations say that they were written."""
        named = (
            self.heading.date,
            self.heading.published,
            *(a.date for a in self.acknowledgements),
        )
        return tuple(day for day in named if day is not None)

    def facts_of(self, concept: str, basis: str = "", subject: str = "") -> tuple[Fact, ...]:
        """Facts of a concept on a basis, tables before prose, in printed order."""
        return tuple(
            f
            for f in self.by_concept.get(concept, ())
            if (not basis or f.basis == basis) and f.subject == subject
        )

    def fact_of(self, concept: str, basis: str) -> Fact | None:
        """The first fact of a concept on a basis that is the town's own and this year's."""
        for fact in self.by_concept.get(concept, ()):
            if (
                (not basis or fact.basis == basis)
                and not fact.subject
                and (fact.year == self.key.year or fact.basis == "上年决算")
            ):
                return fact
        return None

    def text_of(self, concept: str) -> Cell | None:
        """The first cell with words of a concept (a grade)."""
        return next((c for c in self.cells.values() if c.concept == concept and c.text), None)

    def targets(self, target: str) -> tuple[Cell, ...]:
        """The cells that a link `#target` can mean; one when it is clear.

        An address; or concept.basis (决算 or 决算数), where the first in the form counts, the town's own of
        this year before a project's and another year's; or the unique end of an address.
        """
        address = address_of(target)
        if address in self.cells:
            return (self.cells[address],)
        parts = address.split(".")
        if len(parts) == 2 and (basis := basis_named(parts[1])):
            any_ = (f for f in self.by_concept.get(parts[0], ()) if f.basis == basis)
            if fact := self.fact_of(parts[0], basis) or next(any_, None):
                return (self.cells[fact.address],)
        end = "." + address
        return tuple(c for a, c in self.cells.items() if a.endswith(end))
