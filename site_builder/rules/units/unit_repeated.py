"""两个数单位相同: households and people told in one breath with one unit (1286户4738户)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of

RULE = Rule(
    "unit-repeated",
    "warning",
    Words("紧挨着的两个数单位相同", "Two figures in one breath with one unit"),
    Words(
        "“{printed}”两个数紧挨着，单位都是“{unit}”，有一个像是写错了",
        "“{printed}”: two figures side by side in “{unit}”; one unit seems wrong",
    ),
    Words(
        "请核对是不是户数和人数，把单位改对；是两样东西的，中间写清楚",
        "households and people? Mend the unit; if they are two things, say of what",
    ),
    Words(
        "“1286户4738人”是常见的写法，后一个单位容易顺手写成前一个。",
        "1286户4738人 is how it is usually told, and the second unit is easily written like the first.",
    ),
    yields_to=("told-change",),
)
TWICE = re.compile(r"(?P<unit>[户人])(?<=[0-9].)[0-9][0-9,.]*(?P=unit)(?![次均长主月天])")

LEAST = 10  # households


def check(subject: Subject) -> Iterator[Outcome]:
    """Every figure right behind another of the same unit."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    wording = subject.wording
    for match in TWICE.finditer(wording.text, 0, wording.notes):
        start = match.start()
        while wording.text[start - 1] in "0123456789,.":
            start -= 1
        first, second = wording.text[start : match.end() - 1].split(match["unit"])
        if _may_be_people(first, second):
            yield finding_at(RULE, wording, start, match.end(), {"unit": match["unit"]})


def _may_be_people(households: str, people: str) -> bool:
    """8户12户一组 are two groups; some two to eight people make a household."""
    try:
        one, other = (Decimal(n.replace(",", "")) for n in (households, people))
    except InvalidOperation:
        return False
    return one >= LEAST and one * 18 <= other * 10 <= one * 80
