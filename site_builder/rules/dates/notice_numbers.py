"""一份通知两个文号: the notice of the evaluation under the number of another year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.finding import Finding, Words
from site_builder.rules.dates.too_early import DOCUMENT
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

NUMBER = re.compile("〔(?P<year>20[0-9]{2})〕(?P<n>[0-9]{1,4})号")
AGENCY = 3  # characters of 示财绩
EVALUATION = re.compile("自评|绩效评价")
# What is issued once for many years, or told of other years.
STANDING = re.compile("办法|意见|细则|规定|条例|制度|上年|去年|往年|历年|反馈|通报|批复|下达|公开")
YEAR = re.compile("(?P<year>20[0-9]{2})年度?(?=[^，,。；;〔]{0,24}(?:自评|绩效评价))")


class _Numbered(NamedTuple):
    """A notice of an evaluation by its number; where in the text it stands."""

    agency: str
    year: int
    number: str
    start: int
    end: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Every number of a notice on this year's evaluation: against each other, the form and the profile."""
    yield from outcomes_of(
        _found(subject) if "〔" in subject.told.text else (), (DOCUMENT,)
    )  # quick


def _found(subject: Subject) -> Iterator[Finding]:
    wording, mine = subject.wording, subject.disclosure
    told = list(_told(wording, mine.key.year))
    decreed = [*_decreed(subject)] if told else []  # quick
    for one in told:
        if one.year == mine.key.year + 1:
            continue  # when it is issued as a rule
        twin = next(
            (
                o
                for o in told
                if (o.agency, o.number) == (one.agency, one.number) and o.year > one.year
            ),
            None,
        )
        if twin is not None:
            printed = f"〔{twin.year}〕{twin.number}号"
            why = Words(
                f"同一份通知另一处写的是{printed}", f"elsewhere the same notice is {printed}"
            )
        else:
            others = [y for agency, y in decreed if agency == one.agency]
            if mine.key.year + 1 not in others or one.year in others:
                continue
            year = mine.key.year + 1
            why = Words(
                f"表单、口径依据的是{year}年的通知", f"form or profile rest on one of {year}"
            )
        words = {"number": str(one.year), "why": why.zh, "why_en": why.en}
        yield finding_at(DOCUMENT, wording, one.start, one.end, words)


def _told(wording: Wording, own: int) -> Iterator[_Numbered]:
    """The numbers in the report by which its own evaluation is made."""
    text = wording.text
    for match in NUMBER.finditer(text, 0, wording.notes):
        low, high = wording.sentence(match.start())
        if not EVALUATION.search(text, low, high) or STANDING.search(text, low, high):
            continue
        years = {int(year[1]) for year in YEAR.finditer(text, low, high)}
        if years <= {own}:
            agency = text[match.start() - AGENCY : match.start()]
            yield _Numbered(agency, int(match["year"]), match["n"], *match.span())


def _decreed(subject: Subject) -> Iterator[tuple[str, int]]:
    """By which notices, of which year, the form and the profile are."""
    profile, report = subject.disclosure.profile, subject.disclosure.report
    citations = () if profile is None else profile.citations
    for citation in (*citations, subject.library.forms[report.heading.form].basis):
        for match in NUMBER.finditer(citation):
            yield citation[max(0, match.start() - AGENCY) : match.start()], int(match["year"])
