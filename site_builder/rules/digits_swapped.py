"""数字写颠倒、名称写错一个字: a figure with a table's digits in another order; a record's name one character off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.named_rows import NamedRow, is_called, named_rows, pairs_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
from site_builder.told import is_told, year_of

RULE = Rule(
    "digits-swapped",
    "warning",
    Words("正文的数与表中的数字颠倒", "A table's digits in another order"),
    Words(
        "正文写{printed}，表中“{label}”是{recomputed}：两个相邻的数字像是写颠倒了",
        "the text says {printed}, the table has {recomputed} at “{label}”: two digits seem swapped",
    ),
    Words(
        "请对照原件核对哪一处是对的；说的不是同一个数的，把话说清楚",
        "look in the original which is right; if another figure is meant, say so",
    ),
    Words(
        "抄数字最常见的错就是相邻两位颠倒；正文和表格说同一件事，数应当相同。",
        "Swapping neighbouring digits is the commonest slip in copying figures.",
    ),
    yields_to=(
        "prose-contradicts",
        "told-record-differs",
        "told-result-differs",
        "told-total",
        "told-change",
        "told-share",
        "told-parts-differ",
        "told-part-exceeds",
        "told-average",
        "linked-figure",
    ),
)
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
LEAST = 3  # digits
WRITTEN = re.compile(r"[0-9][0-9.,]+")
NO_DIGIT = re.compile("[^0-9]+")
PLACE = 6  # characters that a name must have to be told from another
NUMERALS = frozenset(
    "零一二三四五六七八九十百千东西南北上下左右前后大小新老甲乙丙丁内外中村镇乡社组0123456789"
)
# What is done with a thing is no part of its name: 高标准农田建成 is no slip for 高标准农田建设.
WORKS = re.compile(
    "(?:建设|改造|硬化|修复|维修|整治|治理|配套|工程|项目|经费|资金|补助|管护|养护|除险|加固)+$"
)
OTHERWISE = re.compile("上年|去年|计划|目标|年初|预算|拟|上半年|季度|月")
# Between the name and its figure: some of it, or a change.
SOME = re.compile("中(?![心央小])|女|男|新增|净增|其中|占|每|均|增|减|下降|提高|升")


def check(subject: Subject) -> Iterator[Outcome]:
    """Figures of three digits or more in sentences that call a row by most of its name."""
    report = subject.disclosure.report
    rows = [r for r in named_rows(subject.library, subject.disclosure) if not r.total]
    known = {_digits(fact.figure.text) for fact in report.facts}
    by_digits: dict[str, list[tuple[NamedRow, Fact]]] = {}
    for row in rows:
        for fact in row.facts:
            digits = _digits(fact.figure.text)
            if len(digits) >= LEAST and fact.year == report.key.year:
                by_digits.setdefault("".join(sorted(digits)), []).append((row, fact))
    compared = False
    for passage in subject.told.lines if by_digits else ():
        may_be = any(
            digits not in known and "".join(sorted(digits)) in by_digits
            for written in WRITTEN.findall(passage.text)
            if len(digits := _digits(written)) >= LEAST
        )
        for said in passage.figures if may_be else ():  # quick
            digits = _digits(said.text)
            if len(digits) < LEAST or digits in known:
                continue
            near = by_digits.get("".join(sorted(digits)), ())
            outcome = _of(subject, passage, said, digits, near) if near else None
            if outcome is not None and is_told(passage):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以对照的数", "no figures to compare"))
    named = list(_names(subject, rows))
    yield from named
    if not named:
        yield Outcome(NAME, reason=Words("没有相近的名称", "no names alike"))


def _digits(text: str) -> str:
    """The digits of an amount as written, without point and closing zeros."""
    return NO_DIGIT.sub("", text).strip("0")


def _of(
    subject: Subject,
    passage: Passage,
    said: Said,
    digits: str,
    near: Iterable[tuple[NamedRow, Fact]],
) -> Outcome | None:
    figure = said.figure
    if figure is None or said.linked or said.about or said.sign or said.upto or not said.unit:
        return None
    low = passage.opening(said.start)
    sentence = passage.sentence(said.start)[0]
    words = passage.text[max(sentence, low - 24) : said.start]
    if year_of(passage, said, subject.disclosure.report) != subject.disclosure.key.year:
        return None
    if OTHERWISE.search(passage.text, low, said.start) or passage.trend(said):
        return None
    for row, fact in near:
        factor = figure.factor_to(fact.figure.unit)
        if factor != 1 or figure.amount.adjusted() != fact.figure.amount.adjusted():
            continue  # another number of places
        if not _swapped(digits, _digits(fact.figure.text)):
            continue
        if not is_called(row.name, words) or SOME.search(words, _named_to(row.name, words)):
            continue
        label = f"{row.name}·{fact.column}" if fact.column else row.name
        told = {"printed": said.text, "label": label, "recomputed": str(fact.figure)}
        finding = Finding(
            RULE,
            passage.place(said.start),
            told,
            (fact.at,),
            sentence_address(said.text, row.name),
            said.text,
            str(fact.figure),
            length=len(said.text),
        )
        return Outcome(RULE, (fact.address,), finding)
    return None


def _named_to(name: str, words: str) -> int:
    """Where the last pair of the name's characters ends."""
    return max(words.rfind(pair) + 2 for pair in pairs_of(name))


def _swapped(one: str, other: str) -> bool:
    """Did two neighbouring digits change places?"""
    off = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return (
        len(one) == len(other)
        and len(off) == 2
        and off[1] == off[0] + 1
        and one[off[0]] == other[off[1]]
        and one[off[1]] == other[off[0]]
    )


def _names(subject: Subject, rows: list[NamedRow]) -> Iterator[Outcome]:
    """A record's name with one other character, and one of the record's amounts behind it."""
    names = {row.name for row in rows}
    whole = subject.wording.text
    for row in rows:
        name = WORKS.sub("", row.name)
        if row.table.form.kind != "list" or not PLACE <= len(name) <= 24:
            continue
        half = len(name) // 2
        if name[:half] not in whole and name[half:] not in whole:  # quick
            continue
        for piece, offset in ((name[:half], 0), (name[half:], half)):
            for passage in subject.told.lines:
                at = passage.text.find(piece)
                while at >= 0:
                    start = at - offset
                    window = passage.text[max(0, start) : start + len(name)]
                    if start >= 0 and len(window) == len(name) and window not in names:
                        off = [
                            n for n, (a, b) in enumerate(zip(window, name, strict=True)) if a != b
                        ]
                        if (
                            len(off) == 1
                            and "\u4e00" <= window[off[0]] <= "\u9fff"
                            and not {window[off[0]], name[off[0]]} & NUMERALS
                            and _beside(passage, start + len(name), row)
                        ):
                            yield _misnamed(passage, start, window, row)
                            break
                    at = passage.text.find(piece, at + 1)


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


def _misnamed(passage: Passage, start: int, window: str, row: NamedRow) -> Outcome:
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
