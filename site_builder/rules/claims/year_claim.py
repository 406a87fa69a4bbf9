"""较上年: a claim that a figure fell, rose or stayed level, and by how much, against last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from site_builder.figure import Figure, Interval, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.relations import in_unit, quotient, verdict
from site_builder.report import Fact
from site_builder.rules.claimed import DOUBTFUL, NO_FIGURES, RULE, Claim, found, once_each
from site_builder.rules.claimed_since import (
    FEWER,
    MORE,
    Since,
    is_last_year,
    kept_claims,
    since_claims,
)
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.whole_by_parts import may_be_told, moved
from site_builder.told import Told

_SIZE = "(?:了|率|幅度|幅|比例)?(?:为|达到?|约)?"
FALL = re.compile(f"[，,、]?(?:同比)?(?:下降|降低|减少|下滑|降幅|减幅|压减){_SIZE}")
RISE = re.compile(f"[，,、]?(?:同比)?(?:增长|上升|提高|增加|增幅|涨幅){_SIZE}")
# 持平 leaves room; what is still called level is a matter of custom (经验值).
LEVEL, NEARLY_LEVEL = Decimal(5), Decimal(10)
NOW = frozenset(("决算", "年末"))
THEN = NOW | {"上年决算"}
WAYS = (Decimal(1), Decimal(-1))
_Amount = tuple[Decimal, Interval]


def check(subject: Subject) -> Iterator[Outcome]:
    """Every claim whose subject is clear, once for each subject and way; else by the parts of it."""
    sinces = list(since_claims(subject.told))
    kept = list(kept_claims(subject.told, subject.disclosure.key.year))
    claims = [(_since(subject, since), since.way) for since in sinces]
    yield from once_each((*claims, *_kept(subject, kept)))
    if (sinces or kept) and may_be_told(subject):  # quick
        yield from moved(subject, sinces, kept)


def _kept(subject: Subject, kept: list[Claim]) -> Iterator[tuple[Outcome, str]]:
    """控制在上年水平以内, 只减不增: no more than last year."""
    for claim in kept:
        for name, now, past, here in _both_years(subject.told, claim, subject.disclosure.key.year):
            guards = (now.address, past.address)
            if here[1].low <= past.figure.interval().high:
                yield Outcome(RULE, guards), "kept"
                continue
            facts_zh = f"“{name}”本年{now.figure}，上年{past.figure}"
            facts_en = f"“{name}” is {now.figure} this year and was {past.figure} last year"
            yield found(RULE, claim, name, facts_zh, facts_en, (now, past), guards), "kept"


def _both_years(
    told: Told, claim: Claim, year: int
) -> Iterator[tuple[str, Fact, Fact, tuple[Decimal, Interval]]]:
    """What was spent this year and last of each thing that is named; this year's in last year's unit."""
    for name in claim.names:
        facts = told.facts[name]
        now = next((f for f in facts if f.basis in NOW and f.year == year), None)
        past = next((f for f in facts if f.basis in THEN and f.year == year - 1), None)
        if now is None or past is None:
            continue
        here = in_unit(now.figure, past.figure.unit)
        if here is not None and not _ten_thousandfold(here[0], past.figure.amount):
            yield name, now, past, here


def _since(subject: Subject, since: Since) -> Outcome:
    """决算 against 上年决算 of what the sentence names: which way it went, and how far."""
    told, year = subject.told, subject.disclosure.key.year
    claim, way, nearly = since.claim, since.way, since.nearly
    if not is_last_year(since.then, year):
        return Outcome(RULE, reason=Words("比较的不是上年", "not compared with last year"))
    guards: list[str] = []
    for name, now, past, here in _both_years(told, claim, year):
        if since.of_share and not _is_so_much(since, now, past):
            continue
        guards += [now.address, past.address]
        if _went(here, past.figure, way, nearly) and not _as_before(now, past, way):
            outcome = _by_how_much(since, name, now, past, here)
            if outcome is not None:
                return outcome
            continue
        facts_zh = f"“{name}”本年{now.figure}，上年{past.figure}"
        facts_en = f"“{name}” is {now.figure} this year and was {past.figure} last year"
        level = way == "持平" and not _far(here[0], past.figure.amount, Decimal(20))
        rule = DOUBTFUL if level else RULE
        return found(rule, claim, name, facts_zh, facts_en, (now, past), tuple(guards))
    if guards:
        return Outcome(RULE, tuple(guards))
    return Outcome(RULE, reason=NO_FIGURES)


def _is_so_much(since: Since, now: Fact, past: Fact) -> bool:
    """Is the change that is told behind the claim that of the two amounts, whichever way?"""
    figures = since.claim.passage.figures
    said = next((s.plain for s in figures if s.start == since.end), None)
    if said is None:
        return False
    if said.unit != "%":
        factor = past.figure.factor_to(said.unit)
        gap = now.figure.interval() - past.figure.interval()
        return factor is not None and any(
            _turned(gap, way).times(factor).meets(said.interval()) for way in WAYS
        )
    change = quotient(now.figure, past.figure, minus=True)
    return change is not None and any(
        verdict(said, change[0] * way, _turned(change[1], way)) != "differs" for way in WAYS
    )


def _went(here: _Amount, past: Figure, way: str, nearly: bool) -> bool:
    """Did it go the way that is claimed?"""
    amount, interval = here
    there = past.interval()
    if way in FEWER:
        return interval.low < there.high
    if way in MORE:
        return interval.high > there.low
    if way == "持平" or nearly:
        return not _far(amount, past.amount, NEARLY_LEVEL if nearly else LEVEL)
    return interval.meets(there)


def _as_before(now: Fact, past: Fact, way: str) -> bool:
    """4.00万元 both years, and said to have grown: to the hundredth the same."""
    one, other = now.figure, past.figure
    fine = one.kind != "money" or min(one.decimals, other.decimals) > 1
    same = fine and (one.amount, one.unit) == (other.amount, other.unit)
    return same and way in (*FEWER, *MORE)


def _by_how_much(since: Since, name: str, now: Fact, past: Fact, here: _Amount) -> Outcome | None:
    """The amount or percentage that follows the claim, when it stands there unlinked."""
    if since.way not in (*FEWER, *MORE):
        return None
    claim, after = since.claim, since.end
    text = claim.passage.text
    said = [s for s in claim.passage.figures if s.start >= after][:2]
    if not said or text[after : said[0].start].strip("了为约达 "):
        return None
    # What is told of a fall is told of its size.
    way = Decimal(-1 if since.way in FEWER else 1)
    outcome = _told_change(claim, name, now, past, here, way, said[0])
    if outcome is not None or len(said) < 2:
        return outcome
    # 较上年减少1.15万元，降幅12.17%
    then = (FALL if way < 0 else RISE).fullmatch(text, said[0].end, said[1].start)
    return None if then is None else _told_change(claim, name, now, past, here, way, said[1])


def _told_change(
    claim: Claim,
    name: str,
    now: Fact,
    past: Fact,
    here: _Amount,
    way: Decimal,
    said: Said,
) -> Outcome | None:
    """A change in money or per cent that is told, against the two years."""
    figure = said.figure
    if figure is None or said.linked or said.upto:
        return None
    if figure.unit == "%":
        computed = quotient(now.figure, past.figure, minus=True)
        if computed is None:
            return None
        amount, interval = computed[0] * way, _turned(computed[1], way)
        if verdict(figure, amount, interval) != "differs":
            return None
        right = f"{shown(amount, max(2, figure.decimals))}%"
    else:
        factor = past.figure.factor_to(figure.unit)
        if factor is None:
            return None
        span = _turned(here[1] - past.figure.interval(), way)
        if span.times(factor).meets(figure.interval()):
            return None
        gap = (here[0] - past.figure.amount) * way * factor
        right = f"{shown(gap, max(2, figure.decimals))}{figure.unit}"
    words = claim.passage.text[claim.passage.opening(claim.start) : said.end].strip()
    long = replace(claim, words=words)
    facts_zh = f"“{name}”本年{now.figure}，上年{past.figure}，应为{right}"
    facts_en = f"“{name}” went from {past.figure} to {now.figure}, which makes {right}"
    guards = (now.address, past.address)
    return found(RULE, long, name, facts_zh, facts_en, (now, past), guards)


def _turned(interval: Interval, way: Decimal) -> Interval:
    """The interval, or what lies across zero from it where `way` is -1."""
    low, high = sorted((interval.low * way, interval.high * way))
    return Interval(low, high)


def _far(now: Decimal, past: Decimal, per_cent: Decimal) -> bool:
    """Do two amounts differ by more than a share of the second?"""
    return abs(now - past) * 100 > abs(past) * per_cent


def _ten_thousandfold(now: Decimal, past: Decimal) -> bool:
    """Is one so far from the other that a unit must be wrong? Other rules say so."""
    less, more = sorted((abs(now), abs(past)))
    return 0 < less * 1000 < more
