"""正文与表差十倍: a sentence that calls a row by its name and gives its number with a digit more or less."""

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
    "上年|去年|计划|目标|年初|预算|拟|将|累计|其中|每|均|占|增|减|下降|提高|节约|节省|结余|新增|分别|[上中下]旬|季度|[0-9]月|一期|二期|第[一二三]批|单价|补助标准"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every row whose number, with its digits at another place, stands in the text."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    if not any(t.form.kind == "list" for t in subject.disclosure.report.tables):  # quick
        return
    written = set(NUMBER.findall(subject.told.text))
    told: dict[str, list[str]] = {}
    for one in written:
        told.setdefault(_digits(one), []).append(one)
    found: dict[tuple[int, int], Finding] = {}
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind != "list":
            continue  # what forms print is judged by its concept
        for cell in row.line.cells:
            match = NUMBER.match(cell.text)
            if match is None or (digits := _digits(match[0])) not in told or len(digits) < LEAST:
                continue
            figure = _figure(cell, subject.disclosure.key.year)
            if figure is None or any(_amount(one) == _amount(match[0]) for one in told[digits]):
                continue  # told rightly somewhere
            for passage, said in _said(subject, row, figure):
                found[passage.at.line, said.start] = _finding(passage, said, row, cell, figure)
    yield from found.values()


def _digits(written: str) -> str:
    """The digits of a number without zeros at its ends."""
    return written.replace(",", "").replace(".", "").strip("0")


def _amount(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _figure(cell: Cell, year: int) -> Figure | None:
    """What was done or spent, in a unit."""
    fact = cell.fact
    if fact is not None:
        if fact.year != year or fact.basis not in ("", "决算", "年末"):
            return None
        figure = fact.figure
    else:
        measured = measure(cell.text)
        if measured is None:
            return None
        figure = measured
    return None if figure.unit in ("", "%", "分") or figure.about else figure


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
    less, more = sorted((plain.amount, figure.amount))
    column = cell.address.rpartition(".")[2]
    words = {
        "printed": said.text,
        "label": f"{row.name}·{column}",
        "recomputed": figure.text,
        "factor": f"{(more / less).normalize():f}",
    }
    address = sentence_address(said.text, address_part(row.name))
    at = passage.place(said.start)
    return Finding(
        RULE, at, words, (cell.at,), address, said.text, figure.text, length=len(said.text)
    )
