"""Which row of a list a figure of a sentence tells of, and which of its cells the sentence means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said, figures
from site_builder.record import record
from site_builder.report import Cell
from site_builder.rules.figure_heads import naming_words
from site_builder.rules.indicator_named import MADE, WHOLE, bare_words, is_aside
from site_builder.rules.named_rows import NamedRow, named_rows
from site_builder.rules.outcome import Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

MONEY = frozenset(("万元", "元", "亿元"))
# What is done with money and with works says nothing of what they are for.
PAID = re.compile(
    "支出|投入|投资|拨付|支付|列支|花费|使用|用于|执行|资金|经费|安排|预算|下达|批复|金额|工程款|款项?|实际|决算|财政|县级|上级|全部|[为的]"
)
SPENT = re.compile("支出|支付|拨付|花费|使用|列支|执行|决算|投入|完成投资|实际")
BUDGET = re.compile("预算|安排|下达|批复|概算|计划")
LAST = re.compile("上年|去年|年初|单价|标准|每|结余|差|比|率|累计")
WORKS = re.compile("(?:建设|改造|新建|实施|修建)?(?:项目|工程)?(?:资金|经费)?$")
USED_FOR = re.compile("^(?:资金)?(?:用于|实施|建设|开展)")
END = re.compile("[、（(0-9]")
GOAL = re.compile("目标|计划|任务|要求|预期")
LEAST = 4  # characters of a name


@record
class Size:
    """A cell of a row with one figure: the label of its column, the words before the figure."""

    column: str
    cell: Cell
    figure: Figure
    words: str


@record
class Row:
    """A row with its sizes; `bare` are the words of its name that say what it is."""

    row: NamedRow
    sizes: tuple[Size, ...]
    bare: str


class ToldRow(NamedTuple):
    """A figure of a sentence, the row and the cell that it tells of, and if it is said to be all.

    `amount` is the figure's in the unit of the cell.
    """

    passage: Passage
    said: Said
    figure: Figure
    amount: Decimal
    row: NamedRow
    size: Size
    sizes: tuple[Size, ...]
    whole: bool


def told_rows(subject: Subject) -> tuple[ToldRow, ...]:
    """The exact figures of sentences that tell of a row of a list; once for all rules."""
    key = ("told rows", subject.disclosure.key)
    return subject.library.once(key, lambda: tuple(_all_told(subject)))


def _all_told(subject: Subject) -> Iterator[ToldRow]:
    rows = _rows(subject)
    for passage in subject.told.lines if rows else ():  # quick
        text = passage.text
        near = [row for row in rows if row.bare[:2] in text or row.bare[-2:] in text]  # quick
        if not is_told(passage):
            continue
        for said in passage.figures if near else ():  # quick
            figure = said.plain
            told = (
                _told_of(subject, passage, said, figure, row) for row in near if figure is not None
            )
            yield from [one for one in told if one is not None][:1]


def _rows(subject: Subject) -> list[Row]:
    """The records of lists with a figure; what two lists say of one is taken together."""
    text = subject.told.text
    found: dict[str, tuple[NamedRow, list[Size]]] = {}
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind != "list" or len(row.name) < LEAST:
            continue
        bare = _bare(row.name)
        if bare[:2] in text or bare[-2:] in text:  # quick
            found.setdefault(bare, (row, []))[1].extend(_sizes(row))
    return [Row(row, tuple(sizes), bare) for bare, (row, sizes) in found.items() if bare]


def _sizes(row: NamedRow) -> Iterator[Size]:
    """Its figures, and its words with one figure; of amounts neither last year's nor prices."""
    for column, cell in zip(row.table.form.columns, row.line.cells, strict=True):
        if cell.fact is not None:
            figure = cell.fact.figure
            if figure.unit not in MONEY or not LAST.search(column.label):
                yield Size(column.label, cell, figure, "")
        elif not GOAL.search(column.label):
            said = figures(cell.text)
            exact = said[0].plain if len(said) == 1 else None
            if exact is not None:
                yield Size(column.label, cell, exact, cell.text[: said[0].start])


def _told_of(
    subject: Subject, passage: Passage, said: Said, figure: Figure, row: Row
) -> ToldRow | None:
    sizes = [one for one in row.sizes if figure.factor_to(one.figure.unit) is not None]
    if not sizes:  # quick
        return None
    head, told, old = naming_words(passage, said)
    if old or any(one.end == told - len(head) for one in passage.figures):
        return None
    money = figure.unit in MONEY
    words = _bare(head)
    if words in ("", "有"):
        words = _behind(passage, said)
    size = _meant(sizes, head) if money else _one(sizes)
    if size is None or not _names(words, row.bare, size.words):
        return None
    text = passage.text
    low, high = passage.clause(said.start)
    own = WORKS.sub("", row.row.name)
    if not money and MADE.search(row.row.name + size.words) and not MADE.search(text, low, high):
        return None
    if is_aside(subject, passage, said, told, own):
        return None
    whole = WHOLE.search(text, passage.sentence(said.start)[0], said.start) is not None
    factor = figure.factor_to(size.figure.unit)
    assert factor is not None  # as was seen
    amount = figure.amount * factor
    return ToldRow(passage, said, figure, amount, row.row, size, row.sizes, whole)


@lru_cache(maxsize=16384)
def _bare(words: str) -> str:
    """Words without what is done with money and works."""
    return bare_words(WORKS.sub("", bare_words(PAID.sub("", words))))


def _behind(passage: Passage, said: Said) -> str:
    """The words behind a figure (40户完成危房改造, 245万元用于公路硬化), up to a comma or another figure."""
    text = passage.text[said.end : passage.clause(said.end)[1]]
    return _bare(END.split(USED_FOR.sub("", text))[0])


def _meant(sizes: list[Size], head: str) -> Size | None:
    """The column that the words before an amount mean: 支出, or 预算."""
    spent, budget = SPENT.search(head), BUDGET.search(head)
    if (spent is None) == (budget is None):
        return _one(sizes)
    wanted = SPENT if spent is not None else BUDGET
    found = [one for one in sizes if wanted.search(one.column)]
    return found[0] if len(found) == 1 else None


def _one(sizes: list[Size]) -> Size | None:
    """The first of some cells, where all hold the same amount."""
    return sizes[0] if len({one.figure.amount for one in sizes}) == 1 else None


def _names(words: str, name: str, cell: str) -> bool:
    """Are they the words of the name, or most of them with those of the cell?"""
    said, own, more = set(words), set(name), set(bare_words(cell))
    return said <= own | more and len(said & own) * 3 >= len(own) * 2
