"""How much of a narrative's wording also stands in another's: last year's, or another town's.

The unit is a clause: what stands between two marks, without links, years and the town's name. A
clause that many towns of a county use is the form's, not copied. What a county shares is worked
out once, year by year, so that the cost grows with the text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.library import Disclosure, Library
from site_builder.prose import LINK

CLAUSE = re.compile(  # short ones say nothing
    r"[^\s，。；：！？、,;:!?|（）()“”‘’\"'*#>—\-]{8,}"
)
YEAR = re.compile(r"20[0-9]{2}年度?")
# Sections whose words are alike by nature: duties, offices, purpose and method of the evaluation.
ALIKE = re.compile("职责|职能|概况|基本情况|机构|单位构成|目的|依据|原则|方法|评价工作")
LEAST_TEXT = 400
LIMIT = 60  # per cent
MANY_TOWNS = 5  # a clause of more towns than these is the county's wording


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of `length` characters compared, how many stand in last year's and in another town's report."""

    length: int
    of_last_year: int | None
    of_another: int
    another: str

    def most_is(self, copied: int | None) -> bool:
        """Is so much of it copied that the whole is, of a text long enough to say so?"""
        if copied is None or self.length < LEAST_TEXT:
            return False
        return copied * 100 >= LIMIT * self.length


def likeness(library: Library, disclosure: Disclosure) -> Likeness:
    """What a report's narrative shares with others; worked out with its county's."""
    county = disclosure.key.county
    all_of_county: dict[tuple[str, int], Likeness] = library.once(
        ("likeness", county), lambda: _county(library.of_county(county))
    )
    return all_of_county[disclosure.key.town, disclosure.key.year]


def _county(disclosures: Iterable[Disclosure]) -> dict[tuple[str, int], Likeness]:
    """Year by year, so that no more than two years' clauses are held at a time."""
    years: dict[int, list[Disclosure]] = {}
    for one in disclosures:
        years.setdefault(one.key.year, []).append(one)
    before: dict[str, dict[int, int]] = {}
    found = {}
    for year in sorted(years):
        now = {d.key.town: clauses(d) for d in years[year]}
        if year - 1 not in years:
            before = {}
        used = _used(now)
        for town, mine in now.items():
            last = before.get(town)
            shared = None if last is None else sum(mine[c] for c in mine.keys() & last.keys())
            others: dict[str, int] = {}
            for clause in mine.keys() & used.keys():
                for other in used[clause]:
                    if other != town:
                        others[other] = others.get(other, 0) + mine[clause]
            another = max(others, key=lambda name: (others[name], name), default="")
            found[town, year] = Likeness(
                sum(mine.values()), shared, others.get(another, 0), another
            )
        before = now
    return found


def _used(towns: dict[str, dict[int, int]]) -> dict[int, tuple[str, ...]]:
    """By which towns a clause is used, for those of two towns up to a few."""
    users: dict[int, list[str]] = {}
    for town, mine in towns.items():
        for clause in mine:
            users.setdefault(clause, []).append(town)
    return {c: tuple(names) for c, names in users.items() if 1 < len(names) <= MANY_TOWNS}


def clauses(disclosure: Disclosure) -> dict[int, int]:
    """The clauses of a narrative as hashes with their lengths; short ones say nothing."""
    name = disclosure.town.name
    text = "\n".join(s.markdown for s in disclosure.narrative.sections if not ALIKE.search(s.title))
    if "](" in text:
        parts = LINK.split(text)
        del parts[2::3]  # the targets
        text = "".join(parts)
    return clauses_of(text, name)


def clauses_of(text: str, town: str) -> dict[int, int]:
    """The clauses of a text, without the town's name."""
    for name in (town, town.removesuffix("镇").removesuffix("乡")):
        text = text.replace(name, "") if len(name) > 1 else text
    return {hash(piece): len(piece) for piece in CLAUSE.findall(YEAR.sub("", text))}
