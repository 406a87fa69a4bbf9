"""数字写颠倒: a figure in a sentence that has a table's digits with two neighbouring ones swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.report import Fact
from site_builder.rules.named_rows import NamedRow, is_called, named_rows, pairs_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.slips import is_swapped
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
LEAST = 3  # digits
# A number of three characters or more, but for commas and zeros at the end of decimals; a year is none.
NUMBER = re.compile(r"[0-9](?:[0-9]*+\.[0-9]*[1-9]|[0-9]{2,}+)(?!年)")
OTHERWISE = re.compile("上年|去年|计划|目标|年初|预算|拟|上半年|季度|月")
# Between the name and its figure: some of it, or a change.
SOME = re.compile(
    "另[行外由有]|自筹|中(?![心央小])|第?[一二三四首末]批|[一二三]期|女|男|其中|占|每|均|增|减|下降|提高|升"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Numbers that no table has, of three digits or more, in sentences that call a row by its name."""
    outcomes: list[Outcome] = []
    printed = _numbers("\n".join([f.figure.text for f in subject.disclosure.report.facts]))
    slips = {n for n in _numbers(subject.told.text) - printed if not _slips(n).isdisjoint(printed)}
    for passage in subject.told.lines if slips else ():  # quick
        if slips.isdisjoint(_numbers(passage.text)):  # quick
            continue
        for said in passage.figures if is_told(passage) else ():
            if not slips.isdisjoint(_numbers(said.text)):  # quick
                outcomes += _of(subject, passage, said)
    yield from outcomes
    if not outcomes:
        yield Outcome(RULE, reason=Words("没有可以对照的数", "no figures to compare"))


def _numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text.replace(",", "")))


def _slips(number: str) -> set[str]:
    """What a number may be a slip for: each two neighbouring digits the other way round."""
    whole, point, rest = number.partition(".")
    digits = whole + rest
    if len(digits.strip("0")) < LEAST:
        return set()
    swapped = [
        f"{digits[:n]}{b}{a}{digits[n + 2 :]}"
        for n, (a, b) in enumerate(pairwise(digits))
        if a != b  # quick
    ]
    size = len(whole)
    return {f"{one[:size]}{point}{one[size:]}" for one in swapped}


def _of(subject: Subject, passage: Passage, said: Said) -> Iterator[Outcome]:
    """The row that the sentence calls by its name, with the digits of `said` in another order."""
    figure = said.plain
    if figure is None:
        return
    report = subject.disclosure.report
    low = passage.opening(said.start)
    words = passage.text[max(passage.sentence(said.start)[0], low - 24) : said.start]
    if year_of(passage, said, report) != report.key.year:
        return
    if OTHERWISE.search(passage.text, low, said.start) or passage.trend(said):
        return
    for row in named_rows(subject.library, subject.disclosure):
        if not is_called(row.name, words):
            continue
        if SOME.search(words, _named_to(row.name, words)):
            continue
        for fact in row.facts:
            if (
                fact.year == report.key.year
                and figure.factor_to(fact.figure.unit) == 1
                and is_swapped(figure.amount, fact.figure.amount)
            ):
                yield _finding(passage, said, row, fact)
                return


def _named_to(name: str, words: str) -> int:
    """Where the last pair of the name's characters ends."""
    return max(words.rfind(pair) + 2 for pair in pairs_of(name))


def _finding(passage: Passage, said: Said, row: NamedRow, fact: Fact) -> Outcome:
    words = {
        "printed": said.text,
        "label": f"{row.name}·{fact.column}".rstrip("·"),
        "recomputed": str(fact.figure),
    }
    finding = Finding(
        RULE,
        passage.place(said.start),
        words,
        (fact.at,),
        sentence_address(said.text, address_part(row.name)),
        said.text,
        str(fact.figure),
        length=len(said.text),
    )
    return Outcome(RULE, (fact.address,), finding)
