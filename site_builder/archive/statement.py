"""What a report states, line by line: its head, its tables, every cell, every sentence; and what two differ in.

Two files state the same when these lines are the same: comments, order of keys, quotation marks,
explanations (认可) and what a form says of other years may change without a report being changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from site_builder.archive.ledger import Changed
from site_builder.library import Disclosure
from site_builder.personal_numbers import masked
from site_builder.place import Place
from site_builder.profiles import Profile
from site_builder.prose import LINK
from site_builder.report import Cell, Fact
from site_builder.yaml_file import Text

Part = Literal["head", "decree", "cell", "meaning", "sentence"]
Named = dict[tuple["Part", str], "Stated"]
# The end of a sentence, with the quotation marks and brackets that close after it.
SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+")
MARKED = re.compile(LINK.pattern + r"|\*\*")
START = "开头"


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a report states: in which part, under which name, its words, and where."""

    part: Part
    name: str
    text: str
    at: Place


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing stated otherwise: `old` or `new` is None where it was not or is not stated."""

    old: Stated | None
    new: Stated | None

    @property
    def either(self) -> Stated:
        """The new one; the old one where there is none."""
        stated = self.new or self.old
        assert stated is not None
        return stated

    @property
    def changed(self) -> Changed:
        """The same for the ledger: what is taken out because it is personal is not told there anew."""
        texts = (one.text if one else "" for one in (self.old, self.new))
        return Changed(masked(self.either.name), *map(masked, texts))


def statement(disclosure: Disclosure) -> tuple[Stated, ...]:
    """Everything that a report states, in printed order."""
    return (
        *_head(disclosure),
        *_decree(disclosure),
        *_cells(disclosure),
        *_sentences(disclosure),
    )


def digest_of(stated: Sequence[Stated]) -> str:
    """SHA-256 of what is stated; places do not count, order does.

    What is blank states nothing: a key or column of a later day leaves old digests as they are.
    """
    digest = hashlib.sha256()
    for one in (s for s in stated if s.text):
        for text in (one.part, one.name, one.text):
            digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()


def differences(old: Sequence[Stated], new: Sequence[Stated]) -> list[Difference]:
    """What two statements differ in: cells by address, sentences by the longest common run."""
    return [*_by_name(old, new), *_by_order(old, new)]


# -- what is stated --------------------------------------------------------------------------


def _head(disclosure: Disclosure) -> Iterator[Stated]:
    heading = disclosure.report.heading
    first = Place(disclosure.report.file, 1, 1)
    approved = heading.approved.isoformat() if heading.approved else ""
    dated = (
        ("报告日期", heading.date_written or ""),
        ("批复日期", approved),
        ("发布日期", heading.published_written or ""),
    )
    for name, value in (
        ("名称", heading.title),
        ("单位", heading.unit),
        ("年度", str(heading.year)),
        ("统一社会信用代码", heading.credit_code or ""),
        ("文号", heading.document),
        *dated,
        ("来源", heading.source),
        *((f"说明{n}", note) for n, note in enumerate(heading.notes, 1)),
    ):
        yield Stated("head", f"报告.{name}", str(value), _at(value, first))


def _decree(disclosure: Disclosure) -> Iterator[Stated]:
    """What the form and the profile print on the report's page, and judge it by."""
    form = disclosure.report.form
    at = form.tables[0].at if form.tables else Place(disclosure.report.file, 1, 1)
    first = Place(at.file, 1, 1)
    yield Stated("decree", "表单.名称", form.title, first)
    yield Stated("decree", "表单.依据", form.basis, first)
    for table in form.tables:
        said = " | ".join((table.caption, table.annex, table.unit, table.note, table.stub))
        yield Stated("decree", f"表单.{table.address}", said, table.at)
    profile = disclosure.profile
    if profile is not None:
        here = _at(profile.name, first)
        for name, text in _profile(profile):
            yield Stated("decree", f"口径.{name}", text, Place(here.file, here.line, here.column))


def _profile(profile: Profile) -> Iterator[tuple[str, str]]:
    yield "名称", str(profile.name)
    yield "依据", "；".join(profile.citations)
    yield "满分", _number(profile.full_score)
    yield "预算执行率分值", _number(profile.execution_weight)
    weights = sorted(profile.group_weights.items())
    yield "一级指标分值", "；".join(f"{name} {_number(weight)}" for name, weight in weights)
    grades = (f"{g.name} {_number(g.low)}—{_number(g.high)}" for g in profile.grades)
    yield "等级", "；".join(grades)


def _number(amount: object) -> str:
    return "" if amount is None else str(amount)


def _cells(disclosure: Disclosure) -> Iterator[Stated]:
    report = disclosure.report
    lists = [table for table in report.tables if table.form.kind == "list"]
    numbers = {c.address: line.label for table in lists for line in table.lines for c in line.cells}
    for cell in report.cells.values():
        yield Stated("cell", cell.address, cell.text, cell.at)
        if cell.fact is not None:
            # A record of a list by its number, whatever its words are.
            row = numbers.get(cell.address, cell.fact.row)
            yield Stated("meaning", cell.address, meaning(cell, cell.fact, row), cell.at)


def meaning(cell: Cell, fact: Fact, row: str) -> str:
    """What a printed figure means: concept, basis, year, subject, exact value, unit, labels."""
    parts = (
        fact.concept or cell.concept,
        fact.basis,
        str(fact.year),
        fact.subject,
        f"{fact.figure.amount:f}{fact.figure.unit}{fact.figure.about}",
        row,
        fact.column,
    )
    return "·".join(part for part in parts if part)


def _sentences(disclosure: Disclosure) -> Iterator[Stated]:
    narrative = disclosure.narrative
    for section in narrative.sections:
        name = f"正文.{section.title or START}"
        if section.title:
            words = f"{'#' * section.level} {section.title}"
            yield Stated("sentence", name, words, Place(narrative.file, section.line, 1))
        for line, raw in enumerate(section.markdown.split("\n"), section.first):
            text, columns = _plain(raw)
            for match in SENTENCE.finditer(text):
                words = match[0].strip()
                if words:
                    start = match.start() + len(match[0]) - len(match[0].lstrip())
                    at = Place(narrative.file, line, columns[start])
                    yield Stated("sentence", name, words, at)
            for match in LINK.finditer(raw) if "](" in raw else ():
                if not match[2].startswith("#"):  # where a link leads outside is stated, too
                    at = Place(narrative.file, line, match.start() + 1)
                    yield Stated("sentence", name, f"链接 {match[2]}", at)


def _plain(raw: str) -> tuple[str, list[int]]:
    """A line without links and emphasis, and the column in which each of its characters stands."""
    text: list[str] = []
    columns: list[int] = []

    def take(start: int, end: int) -> None:
        text.append(raw[start:end])
        columns.extend(range(start + 1, end + 1))

    done = 0
    for match in MARKED.finditer(raw):
        take(done, match.start())
        if match[1] is not None:
            take(match.start(1), match.end(1))
        done = match.end()
    take(done, len(raw))
    return "".join(text), columns


def _at(value: object, otherwise: Place) -> Place:
    """Where a value was written; a default has no place."""
    return getattr(value, "at", otherwise) if isinstance(value, Text) else otherwise


# -- what two differ in ----------------------------------------------------------------------


def _by_name(old: Sequence[Stated], new: Sequence[Stated]) -> Iterator[Difference]:
    """Head, decrees and cells. A figure printed otherwise means something else, too: said once."""
    before: Named = {(s.part, s.name): s for s in old if s.part != "sentence"}
    after: Named = {(s.part, s.name): s for s in new if s.part != "sentence"}
    reprinted = {
        name
        for (part, name) in before.keys() | after.keys()
        if part == "cell" and _text(before, part, name) != _text(after, part, name)
    }
    for part, name in dict.fromkeys((*before, *after)):
        one, other = before.get((part, name)), after.get((part, name))
        if one is not None and other is not None and one.text == other.text:
            continue
        if part == "meaning" and name in reprinted:
            continue
        # A blank cell is the same as one that another form does not have.
        if not (one.text if one else "") and not (other.text if other else ""):
            continue
        yield Difference(one, other)


def _text(stated: Named, part: Part, name: str) -> str:
    one = stated.get((part, name))
    return one.text if one else ""


def _by_order(old: Sequence[Stated], new: Sequence[Stated]) -> Iterator[Difference]:
    before = [s for s in old if s.part == "sentence"]
    after = [s for s in new if s.part == "sentence"]
    matcher = SequenceMatcher(None, [s.text for s in before], [s.text for s in after], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        ones, others = before[a:b], after[c:d]
        for n in range(max(len(ones), len(others))):
            one = ones[n] if n < len(ones) else None
            other = others[n] if n < len(others) else None
            yield Difference(one, other)
