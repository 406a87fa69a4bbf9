"""合计的增减与分项不符: a whole said to be level, or to have fallen, while its parts moved otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Words
from site_builder.rules.claimed import Claim
from site_builder.rules.claimed_since import is_last_year
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.whole_by_parts import EVEN, NEARLY, RULE, by_parts, may_be_told
from site_builder.told import Told

LEVEL = re.compile(
    r"(?:(?:较|比|与|同|和)(?:上年度?|去年|上一年度?|(?P<year>20[0-9]{2})年度?)(?:同期|决算数?)?(?:相比|比较|比)?[，,]?)?"
    r"(?:总体|均|都)?(?P<nearly>基本|大致|大体)?持平"
)
WISHED = re.compile("原则|要求|力争|计划|确保|预计|预算|目标|争取|努力")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every claim of a concept with parts whose own last year is not printed."""
    said = "持平" in subject.wording.text
    outcomes = list(_level(subject)) if said and may_be_told(subject) else []  # quick
    yield from outcomes
    if not outcomes:
        yield Outcome(RULE, reason=Words("没有可以核算的合计", "no whole that could be worked out"))


def _level(subject: Subject) -> Iterator[Outcome]:
    """“三公”经费持平."""
    for passage in subject.told.passages:
        if "持平" not in passage.text:  # quick
            continue
        for match in LEVEL.finditer(passage.text):
            if WISHED.search(passage.text, *passage.sentence(match.start())):
                continue
            if match["year"] and not is_last_year(match["year"], subject.disclosure.key.year):
                continue
            start = passage.clause(match.start())[0]
            names = _names(subject.told, passage.text[start : match.start()])
            words = passage.text[start : match.end()].strip(" 　、")
            claim = Claim(names, passage, match.start(), words)
            limit = NEARLY if match["nearly"] else EVEN
            yield from by_parts(subject, claim, limit, limit)


def _names(told: Told, before: str) -> tuple[str, ...]:
    named = told.named(before)
    if named is not None and named.before.endswith("称"):
        return (named.name,)
    return told.all_named(before)
