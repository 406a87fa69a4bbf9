"""项目名称写错一个字: a record's name in a sentence, one character off, with the record's amount behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.named_rows import NamedRow, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

NAME = Rule(
    "record-misnamed",
    "warning",
    Words("正文写的项目名称与表中差一个字", "A project's name one character off"),
    Words(
        "正文写“{printed}”，表中是“{recomputed}”，金额相同，名称差一个字",
        "the text says “{printed}”, the table “{recomputed}”: the same amount, one character apart",
    ),
    Words(
        "请核对正确的名称，两处改成一致",
        "find out which is right and use it in both places",
    ),
    Words(
        "项目、地名写错一个字，就成了另一个项目，也查不到资金的去向。",
        "One wrong character makes another project, whose money cannot be traced.",
    ),
    yields_to=("wrong-project", "misspelt-name", "named-otherwise"),
)
LEAST, MOST = 6, 24  # characters of a name that can be told from another with one of them wrong
NUMERALS = frozenset(
    "零一二三四五六七八九十百千东西南北上下左右前后大小新老甲乙丙丁内外中村镇乡社组0123456789"
)
# What is done with a thing is no part of its name: 高标准农田建成 is no slip for 高标准农田建设.
WORKS = re.compile(
    "(?:建设|改造|硬化|修复|维修|整治|治理|配套|工程|项目|经费|资金|补助|管护|养护|除险|加固)+$"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Half of a record's name, and beside it the other half but for one character."""
    rows = named_rows(subject.library, subject.disclosure)
    found: list[Outcome] = []
    whole = subject.told.text if rows else ""  # quick
    for row in rows:
        if row.table.form.kind != "list":
            continue
        name = WORKS.sub("", row.name)
        if not LEAST <= len(name) <= MOST:
            continue
        half = len(name) // 2
        told = whole.count(name)
        for piece, offset in ((name[:half], 0), (name[half:], half)):
            if whole.count(piece) > told:  # quick
                found += _misnamed(subject, row, name, piece, offset)
    yield from found
    if not found:
        yield Outcome(NAME, reason=Words("没有相近的名称", "no names alike"))


def _misnamed(
    subject: Subject, row: NamedRow, name: str, piece: str, offset: int
) -> Iterator[Outcome]:
    """The places at which `piece`, which stands `offset` characters within `name`, has an odd rest."""
    for passage in subject.told.lines:
        at = passage.text.find(piece)
        while at >= 0:
            start = at - offset
            window = passage.text[max(0, start) : start + len(name)]
            if len(window) == len(name):
                off = [n for n, (a, b) in enumerate(zip(window, name, strict=True)) if a != b]
                if (
                    len(off) == 1
                    and "\u4e00" <= window[off[0]] <= "\u9fff"
                    and not {window[off[0]], name[off[0]]} & NUMERALS
                    and _beside(passage, start + len(name), row)
                    and not _is_another(subject, window)
                ):
                    yield _finding(passage, start, window, row)
                    break
            at = passage.text.find(piece, at + 1)


def _is_another(subject: Subject, window: str) -> bool:
    """Is it the name of a row, but for what is done?"""
    rows = named_rows(subject.library, subject.disclosure)
    return any(window in (row.name, WORKS.sub("", row.name)) for row in rows)


def _beside(passage: Passage, end: int, row: NamedRow) -> bool:
    """Does one of the record's amounts follow in the sentence?"""
    high = passage.sentence(end)[1]
    for said in passage.figures:
        figure = said.figure if end <= said.start < high else None
        if figure is not None and any(
            figure.factor_to(f.figure.unit) == 1 and figure.amount == f.figure.amount
            for f in row.facts
        ):
            return True
    return False


def _finding(passage: Passage, start: int, window: str, row: NamedRow) -> Outcome:
    words = {"printed": window, "recomputed": row.name}
    finding = Finding(
        NAME,
        passage.place(start),
        words,
        (row.line.cells[0].at,),
        sentence_address(window, "名称"),
        window,
        row.name,
        length=len(window),
    )
    return Outcome(NAME, finding=finding)
