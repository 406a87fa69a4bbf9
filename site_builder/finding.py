"""What is wrong at one place: a rule, its words in two languages, and the figures it concerns.

A person's mistake is data. Reading and checking return findings; sentences are made at the
edge from the rule's templates and the finding's words, so tests compare place and rule.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from site_builder.place import Place
from site_builder.record import record

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
LEVEL_NAMES = {
    "zh": {"error": "错误", "warning": "警告", "note": "提示"},
    "en": {"error": "error", "warning": "warning", "note": "note"},
}


MASK = "＊"


class Words(NamedTuple):
    """The same thing in Chinese and in English; `{name}` is filled from a finding's words."""

    zh: str
    en: str

    def said(self, lang: str, words: dict[str, str]) -> str:
        """The sentence in `lang` with `words` filled in."""
        return self.plain(lang).format_map(words)

    def plain(self, lang: str) -> str:
        """The sentence in `lang` as it is: nothing is left to be filled in."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold. `id` names the bad thing; `basis` is the regulation or standard."""

    id: str
    level: Level
    title: Words
    says: Words
    remedy: Words
    why: Words = Words("", "")
    basis: str = ""
    since: str = "0.1.0"
    form: bool = False  # an error of form must be mended; it cannot be acknowledged
    pending: bool = False  # something nobody has filled in yet: listed, but it fails no check
    # Rules that see the same mistake and say more of it: beside theirs, in one sentence or cell, this
    # one's finding is not said.
    yields_to: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)


class ReportKey(NamedTuple):
    """Which report: county and town in pinyin as in the paths, and the fiscal year."""

    county: str
    town: str
    year: int

    def __str__(self) -> str:
        return f"{self.county}/{self.town}/{self.year}"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A public, dated explanation of a finding that stays."""

    rule: str
    address: str
    explanation: str
    date: datetime.date
    until: datetime.date
    at: Place


@record
class Finding:
    """One place where a rule does not hold.

    `length` is how many characters of the source are meant, 0 when that is the whole value. What
    a `secret` finding stands at is personal: it is said nowhere, and masked where the line is shown.
    """

    rule: Rule
    at: Place
    words: dict[str, str] = field(default_factory=dict)
    others: tuple[Place, ...] = ()
    address: str = ""
    printed: str = ""
    recomputed: str = ""
    difference: str = ""
    formula: str = ""
    cause: Words | None = None
    report: ReportKey | None = None
    acknowledged: Acknowledgement | None = None
    length: int = 0
    secret: bool = False

    @property
    def level(self) -> Level:
        """error, warning or note."""
        return self.rule.level

    def message(self, lang: str = "zh") -> str:
        """The sentence: what is printed, what was recomputed, by which formula."""
        said = self.rule.says.said(lang, self.words)
        if self.cause is not None:
            said += self.cause.said(lang, self.words)
        return nested_quotes(said) if said.count("“") > 1 else said

    def remedy(self, lang: str = "zh") -> str:
        """What to do next: the rule's remedy, or what the finding says instead."""
        own = self.words.get("instead" if lang == "zh" else "instead_en")
        said = own or self.rule.remedy.said(lang, self.words)
        return nested_quotes(said) if said.count("“") > 1 else said

    def of(self, report: ReportKey) -> Finding:
        """The same finding, said to be of `report`."""
        if self.report:
            return self
        return Finding(
            self.rule,
            self.at,
            self.words,
            self.others,
            self.address,
            self.printed,
            self.recomputed,
            self.difference,
            self.formula,
            self.cause,
            report,
            self.acknowledged,
            self.length,
            self.secret,
        )


def instead(zh: str, en: str) -> dict[str, str]:
    """Words of a finding that its rule's remedy does not fit: what to do instead."""
    return {"instead": zh, "instead_en": en}


QUOTE = re.compile("([“”])")


def nested_quotes(text: str) -> str:
    """Quotation marks within quotation marks as ‘ ’ (GB/T 15834): what is quoted has its own."""
    depth = 0
    written = []
    for words in QUOTE.split(text):
        if words == "“":
            depth += 1
            written.append("“" if depth % 2 else "‘")
        elif words == "”" and depth:
            written.append("”" if depth % 2 else "’")
            depth -= 1
        else:
            written.append(words)
    return text if depth else "".join(written)


def hushed(findings: list[Finding]) -> list[Finding]:
    """The findings, of which none says what a secret one stands at.

    A figure that turns out to be a telephone number may break other rules too; they quote it.
    """
    secrets = [f for f in findings if f.secret]
    if not secrets:
        return findings
    return [
        f
        if f.secret or not any(_within(at, s) for s in secrets for at in (f.at, *f.others))
        else replace(
            f,
            words=dict.fromkeys(f.words, MASK * 3),
            printed="",
            recomputed="",
            difference="",
            formula="",
            cause=None,
        )
        for f in findings
    ]


def _within(at: Place, secret: Finding) -> bool:
    """Does a finding at `at` stand where the secret one does? A link's bracket stands before it."""
    if at[:2] != secret.at[:2]:
        return False
    return at.column == secret.at.column or (
        secret.at.column - 1 <= at.column < secret.at.column + secret.length
    )


def in_order(findings: list[Finding]) -> list[Finding]:
    """By file, line, column and rule: the order in which they are printed everywhere."""
    return sorted(findings, key=lambda f: (f.at, f.rule.id, f.address))
