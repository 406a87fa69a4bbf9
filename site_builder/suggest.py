"""Offer links: figures in sentences that equal exactly one fact, ready to be pasted. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from site_builder.figure import Figure
from site_builder.forms import address_part
from site_builder.library import Disclosure, Library
from site_builder.place import Place
from site_builder.report import Fact, Report
from site_builder.sentences import Passage
from site_builder.told import Told, plain_label, told_by


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`words` at `at` say the same as the fact at `target`."""

    at: Place
    words: str
    target: str
    fact: Fact

    @property
    def markdown(self) -> str:
        """What to write in place of the words."""
        return f"[{self.words}](#{self.target})"

    def __str__(self) -> str:
        figure = self.fact.figure
        printed = str(figure) if figure.text[-1:].isdigit() else figure.text
        return f"{self.at} {self.words} → {self.markdown}（{self.fact.label}：{printed}）"


def suggestions(disclosure: Disclosure) -> list[Suggestion]:
    """Unlinked figures of the narrative that equal one fact whose label stands before them."""
    told = told_by(disclosure, {})
    return [
        one
        for passage in told.passages
        if not passage.address
        for one in _of_passage(disclosure.report, told, passage)
    ]


def write_suggestions(found: list[Suggestion]) -> str:
    """One suggestion a line: place, what stands there, what to write instead, the fact meant."""
    return "".join(f"{one}\n" for one in found)


def suggestions_text(library: Library) -> str:
    """All suggestions of a library, one a line, and how many there are."""
    found = [one for disclosure in library.disclosures for one in suggestions(disclosure)]
    return f"{write_suggestions(found)}{len(found)} 处数字可以链接到数据；没有改动任何文件\n"


def _of_passage(report: Report, told: Told, passage: Passage) -> Iterator[Suggestion]:
    for said in passage.figures:
        figure = said.figure
        if said.linked or said.upto or figure is None or not figure.unit:
            continue
        label = plain_label(passage.label(said).removesuffix(said.sign))
        equal = [f for f in report.facts if _same(figure, f.figure)]
        fact = _one(told, label, equal)
        if fact is not None:
            words = passage.text[said.start : said.end]
            yield Suggestion(passage.place(said.start), words, _target(report, fact), fact)


def _same(figure: Figure, other: Figure) -> bool:
    """The same amount in units of the same kind, and both exact or both not."""
    if bool(figure.about) != bool(other.about):
        return False
    factor = figure.factor_to(other.unit)
    return factor is not None and figure.amount * factor == other.amount


def _one(told: Told, label: str, equal: list[Fact]) -> Fact | None:
    """The only fact whose label is like the words before the figure.

    The same thing told at several places of a report is one meaning: the first stands for all.
    """
    like = [(score, f) for f in equal if (score := _likeness(told, label, f)) >= 60]
    if not like:
        return None
    best = max(score for score, _ in like)
    facts = [f for score, f in like if score == best]
    first = facts[0]
    same = all(f is first or (f.concept and f.meaning == first.meaning) for f in facts)
    return first if same else None


def _likeness(told: Told, label: str, fact: Fact) -> int:
    """How like a fact's label the words are, 0 to 100."""
    named = told.named(label)
    if named is not None and fact in told.facts[named.name]:
        return 100
    name = plain_label(fact.row)
    if len(name) < 2 or not label:
        return 0
    if name in label or (len(label) > 2 and label in name):
        return 90
    match = SequenceMatcher(None, label[-len(name) - 4 :], name, autojunk=False)
    shared = sum(block.size for block in match.get_matching_blocks())
    return shared * 100 // len(name)


def _target(report: Report, fact: Fact) -> str:
    """The shortest target that means this cell: concept and basis, or the end of its address."""
    if fact.concept and fact.basis and not fact.subject:
        short = f"{address_part(fact.concept)}.{fact.basis}"
        cells = report.targets(short)
        if len(cells) == 1 and cells[0].address == fact.address:
            return short
    parts = fact.address.split(".")
    for count in range(2, len(parts)):
        end = ".".join(parts[-count:])
        cells = report.targets(end)
        if len(cells) == 1 and cells[0].address == fact.address:
            return end
    return fact.address
