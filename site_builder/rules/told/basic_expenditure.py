"""基本支出与人员、公用经费不合: 人员经费 and 公用经费 that do not make the 基本支出 told with them or in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import NUMBERED, RULE, differing
from site_builder.sentences import Passage

STAFF = re.compile("人员经费(?:支出)?(?:为|是|共|计)?$")
OFFICE = re.compile("公用经费(?:支出)?(?:为|是|共|计)?$")
BASIC = re.compile("基本支出(?:决算)?(?:为|是|共|计)?$")
BEGINS = re.compile(f"{NUMBERED}(?P<name>人员|公用)经费")
OTHER_YEAR = re.compile("上年|去年|(?<!公共)预算|较|比")


def check(subject: Subject) -> Iterator[Outcome]:
    """The first place that tells both."""
    found = False
    for outcome in _told(subject):
        found = True
        yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有人员经费和公用经费", "no costs of staff and office"))


def _told(subject: Subject) -> Iterator[Outcome]:
    """The first place that tells 人员经费 and 公用经费, against 基本支出 of the same sentence or line before."""
    text = subject.wording.text
    if not ("人员经费" in text and "公用经费" in text):  # quick
        return
    year = subject.disclosure.key.year
    facts = [f for f in subject.disclosure.report.facts_of("基本支出", "决算") if f.year == year]
    told: list[Figure] = []
    above: tuple[Said, Figure] | None = None  # 人员经费 of the line before, where it begins one
    for passage in subject.told.lines:
        named = _named(passage)
        if "基本" in named:
            told = [named["基本"][1]]
        begins = BEGINS.match(passage.text)
        begins_on = begins["name"] if begins else ""
        apart = begins_on == "公用"
        if above is not None and apart:
            named["人员"] = above
        above = named.get("人员") if begins_on == "人员" else None
        if "人员" not in named or "公用" not in named:
            continue
        (said, staff), (other, office) = named["人员"], named["公用"]
        parts = [other, said] if apart else [said, other]
        wholes = [*told, *(f.figure for f in facts)]
        if wholes and not _goes_on(passage, other, office.kind):
            yield from _made_of(passage, wholes, parts, [staff, office])
        return


def _named(passage: Passage) -> dict[str, tuple[Said, Figure]]:
    """The first figure of a line that is this year's 基本支出, 人员经费 and 公用经费."""
    named: dict[str, tuple[Said, Figure]] = {}
    if "经费" in passage.text or "基本支出" in passage.text:  # quick
        for said in passage.figures:
            label, figure = passage.label(said).replace("一般公共预算", ""), said.figure
            if figure is None or OTHER_YEAR.search(label):
                continue
            for name, pattern in (("基本", BASIC), ("人员", STAFF), ("公用", OFFICE)):
                if pattern.search(label.strip("，,（( 其中：:")):
                    named.setdefault(name, (said, figure))
    return named


def _made_of(
    passage: Passage, wholes: list[Figure], parts: list[Said], figures: list[Figure]
) -> Iterator[Outcome]:
    """Parts that make none of the wholes, of which the first was told last."""
    basic, unit = wholes[0], wholes[0].unit
    if basic.kind != "money" or any(f.unit != unit for f in figures):
        return
    amount = figures[0].amount + figures[1].amount
    span = figures[0].interval() + figures[1].interval()
    if any(span.meets(whole.interval()) for whole in wholes):
        yield Outcome(RULE)
    else:
        yield differing(passage, str(basic), parts, basic.amount, amount, unit)


def _goes_on(passage: Passage, last: Said, kind: str) -> bool:
    """Does another amount follow in the sentence: 公用经费150万元，其他经费50万元?"""
    end = passage.sentence(last.start)[1]
    return any(
        last.end <= said.start < end and said.figure is not None and said.figure.kind == kind
        for said in passage.figures
    )
