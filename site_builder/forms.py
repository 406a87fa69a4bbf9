"""Forms: the tables that an issuer prescribes, and the ties (勾稽) that hold between their cells.

Four kinds of table cover the forms seen so far: grid 网格, list 清单, indicators 指标, fields 填报.
A form is data; reading it gives frozen objects in which every reference is an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from site_builder.place import Place
from site_builder.record import record

Kind = Literal["grid", "list", "indicators", "fields"]
KINDS: dict[str, Kind] = {"网格": "grid", "清单": "list", "指标": "indicators", "填报": "fields"}
# What a cell holds: a figure in the form's unit, a figure with its own unit, or words.
CellType = Literal["figure", "measure", "text", "target"]
TYPES: dict[str, CellType] = {
    "数": "figure",
    "文字": "text",
    "指标值": "target",
    "分值": "figure",
    "得分": "figure",
}
RELATIONS = ("合计", "其中", "等于", "差", "增长率", "下降率", "比率")
# Relations whose result is an amount of the same kind as its operands, however many these are.
SAME_KIND = ("合计", "其中", "等于")
NO_CONCEPT = "无"

_DROP = re.compile(r"[\s“”‘’\"'()\[\]<>#%&?`.]")

# A column without a basis whose label says that it is a change or a remainder.
_PERSON = re.compile("姓名|户主|法人|负责人|联系人|受益人|学生|对象$|人员$")
_CHANGE = re.compile("增减|增加|减少|差额|差异|变动|变化|节约|结余|结转")


@lru_cache(maxsize=16384)
def address_part(label: str) -> str:
    """A label as it stands in an address and a link: without spaces, quotation marks, brackets."""
    return _DROP.sub("", label)


@lru_cache(maxsize=16384)
def address_of(written: str) -> str:
    """An address as people write it, part by part in its plain form."""
    return ".".join(address_part(part) for part in written.split("."))


def sentence_address(words: str, target: str) -> str:
    """Where a linked figure stands: `正文.三公经费.决算=22.90万元`."""
    return address_of(f"正文.{target}={words}")


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` over `operands` as written in the form; `at` is where the form says so."""

    kind: str
    operands: tuple[str, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation between cells: `result` should follow from `operands` (all addresses).

    `added` are counted together with the result: 等于 may have a sum on either side.
    """

    kind: str
    result: str
    operands: tuple[str, ...]
    at: Place
    added: tuple[str, ...] = ()


@record
class Column:
    """A leaf column; `path` holds the labels of its merged heads and its own."""

    path: tuple[str, ...]
    address: str
    type: CellType = "figure"
    unit: str = ""
    basis: str = ""
    concept: str = ""
    year: int | None = None
    role: str = ""  # 分值, 得分 or 指标值 in an indicator table
    relations: tuple[Relation, ...] = ()
    equals: str = ""  # 合计等于: the sum of a list's column is this concept

    @property
    def label(self) -> str:
        """Its own label, without the merged heads."""
        return self.path[-1]

    @property
    def derived(self) -> bool:
        """Differences, shares and growth say something about a row's concept, not how much it is."""
        if self.unit == "%" or any(r.kind not in SAME_KIND for r in self.relations):
            return True
        return not self.basis and _CHANGE.search(self.label) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row of a grid."""

    label: str
    address: str
    concept: str = ""
    unit: str = ""
    group: str = ""
    level: int = 1
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled field; its value carries its own unit."""

    label: str
    address: str
    type: CellType = "measure"
    concept: str = ""
    basis: str = ""
    year: int | None = None
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, eq=False)
class TableForm:
    """One table of a form; itself and no other, so that what it says can be worked out once."""

    key: str
    address: str
    caption: str
    kind: Kind
    at: Place
    annex: str = ""
    unit: str = ""
    note: str = ""
    subject: str = ""
    in_prose: bool = False
    stub: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[Item, ...] = ()
    open: bool = False
    levels: tuple[str, ...] = ()
    counted_with: tuple[str, ...] = ()
    group_weights: bool = False
    total_row: bool = False
    repeated: bool = False  # 每项目一份: once for every project that a report names

    @cached_property
    def item_columns(self) -> dict[str, Column]:
        """The fields as columns of a line each, by label."""
        return {
            item.label: Column((), item.address, item.type, "", item.basis, item.concept, item.year)
            for item in self.items
        }

    @cached_property
    def names_people(self) -> bool:
        """Has it a column of persons, whom no finding names?"""
        return any(_PERSON.search(column.label) for column in self.columns)

    @cached_property
    def naming(self) -> tuple[Column, ...]:
        """The columns of a list whose words may say what a record is."""
        if self.kind != "list" or self.names_people:
            return ()
        return tuple([c for c in self.columns if c.type == "text" and len(c.path) == 1])

    def column_with(self, role: str) -> Column | None:
        """The column of weights (分值) or scores (得分)."""
        return next((c for c in self.columns if c.role == role), None)


@dataclass(frozen=True)
class Form:
    """The tables prescribed for a year, and the ties between their cells."""

    name: str
    title: str
    basis: str
    tables: tuple[TableForm, ...]
    ties: tuple[Tie, ...] = field(default=())
