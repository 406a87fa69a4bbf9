"""正文与表差十倍: a sentence that calls a row by its name and gives its size with a zero more or less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.report import Cell
from site_builder.rules.named_rows import NamedRow, is_called, named_rows
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.rows_told import told_rows
from site_builder.sentences import Passage, Said
from site_builder.told import is_told, year_of

RULE = Rule(
    "tenfold-of-table",
    "warning",
    Words("正文与表中的数差十倍", "Ten times the table's figure, or a tenth"),
    Words(
        "正文写{printed}，表中“{label}”写的是{recomputed}，正好差{factor}倍",
        "the text says {printed}, the table has {recomputed} at “{label}”: {factor} times apart",
    ),
    Words(
        "请核对哪一处多写或少写了一个零、点错了小数点；说的不是同一个数的，把话说清楚",
        "a zero too many or too few, or a point misplaced? If another figure is meant, say so",
    ),
    Words(
        "多一个零、少一个零，是抄数字常见的错。",
        "A zero more or less is a common slip in copying figures.",
    ),
    yields_to=(
        "prose-contradicts",
        "told-result-differs",
        "told-unit-differs",
        "unit-slip",
        "linked-figure",
        "told-change",
        "told-share",
        "told-average",
        "told-part-exceeds",
        "outcome-differs",
    ),
)
LEAST = 2  # digits
NUMBER = re.compile(r"[0-9][0-9,]*(?:[.][0-9]+)?")
SCALES = (1, -1, 2, -2)  # 万 is left out oftener, and other rules say so
OTHERWISE = re.compile(
    "上年|去年|计划|目标|年初|预算|拟|将|累计|其中|每|均|占|增|减|下降|提高|节约|节省|结余|新增|分别|[上中下]旬|季度|[0-9]月|一期|二期|[现共]有|第[一二三]批|单价|补助标准"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every row whose number, with its digits at another place, stands in the text."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    found = {finding.at: finding for finding in _sized(subject)}
    for told in told_rows(subject):
        right = told.size.figure
        if told.size.cell.text in subject.told.text:
            continue  # told rightly somewhere
        factor = told.figure.factor_to(right.unit) or Decimal(1)
        slipped = [right.amount.scaleb(n) for n in SCALES]
        if _digits(right) >= LEAST and told.figure.amount * factor in slipped:
            made = _finding(told.passage, told.said, told.row, told.size.cell, right)
            found.setdefault(made.at, made)
    yield from found.values()


def _sized(subject: Subject) -> Iterator[Finding]:
    sizes = [
        (row, cell, figure)
        for row in named_rows(subject.library, subject.disclosure)
        if row.table.form.kind == "list"  # what forms print is judged by its concept
        for cell in row.line.cells
        if (figure := _figure(cell)) is not None
    ]
    if not sizes:  # quick
        return
    told = set(map(_amount, NUMBER.findall(subject.told.text)))
    found: dict[tuple[int, int], Finding] = {}
    for row, cell, figure in sizes:
        written = _amount(NUMBER.findall(cell.text)[0])
        others = [written.scaleb(n) for n in SCALES]
        if written in told or told.isdisjoint(others):
            continue  # told rightly somewhere, or not at all
        for passage, said in _said(subject, row, figure):
            found[passage.at.line, said.start] = _finding(passage, said, row, cell, figure)
    yield from found.values()


def _amount(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _figure(cell: Cell) -> Figure | None:
    """A size written with its unit, in a column of words: 320亩."""
    if cell.fact is not None or not cell.text[:1].isdigit():  # quick
        return None
    figure = measure(cell.text)
    if figure is None or _digits(figure) < LEAST:
        return None
    return None if figure.unit in ("", "%", "分") or figure.about else figure


def _digits(figure: Figure) -> int:
    """How many digits it has without zeros at the end."""
    return len(figure.amount.normalize().as_tuple().digits)


def _said(subject: Subject, row: NamedRow, figure: Figure) -> Iterator[tuple[Passage, Said]]:
    report = subject.disclosure.report
    for passage in subject.told.lines:
        if not is_called(row.name, passage.text):  # quick
            continue
        if not is_told(passage):
            continue
        for said in passage.figures:
            plain = said.plain
            if plain is None or plain.unit != figure.unit:
                continue
            if plain.amount not in [figure.amount.scaleb(n) for n in SCALES]:
                continue
            low, high = passage.clause(said.start)
            if not is_called(row.name, passage.text[low : said.start]):
                continue
            if OTHERWISE.search(passage.text, low, high):
                continue
            if year_of(passage, said, report) == report.key.year:
                yield passage, said


def _finding(passage: Passage, said: Said, row: NamedRow, cell: Cell, figure: Figure) -> Finding:
    plain = said.plain
    assert plain is not None  # as was seen
    factor = plain.factor_to(figure.unit) or Decimal(1)
    less, more = sorted((plain.amount * factor, figure.amount))
    column = cell.address.rpartition(".")[2]
    words = {
        "printed": said.text,
        "label": f"{row.name}·{column}",
        "recomputed": str(figure),
        "factor": f"{(more / less).normalize():f}",
    }
    address = sentence_address(said.text, address_part(row.name))
    at = passage.place(said.start)
    return Finding(
        RULE, at, words, (cell.at,), address, said.text, figure.text, length=len(said.text)
    )
