"""A whole said to have moved, or to be level, against the sum of its parts: they have last year's figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.claimed import Claim
from site_builder.rules.claimed_since import FEWER, MORE, Since, is_last_year
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "change-of-parts",
    "warning",
    Words("合计的增减与分项不符", "A change of the whole that its parts do not give"),
    Words(
        "文字说“{claim}”，但{parts}，合起来{way}{share}%",
        "the text says “{claim}”; yet {parts_en}: {share} % {way_en} in all",
    ),
    Words(
        "请核对各分项的上年数，或改写这句话；原件如此的，保留原文并在“认可”中说明",
        "check last year's figures of the parts, or reword it; if printed so, explain it",
    ),
    Words(
        "合计是各分项之和；分项有增有减，合计是升是降一算便知。",
        "The whole is the sum of its parts: whether it rose or fell can be worked out.",
    ),
)
PRIOR = re.compile(r"上年|去年|20[0-9]{2}年")
# What “持平” still covers, in per cent (经验值); the same as for a whole whose last year is printed.
EVEN, NEARLY = Decimal(5), Decimal(10)


def may_be_told(subject: Subject) -> bool:
    """Is there a whole without last year's figure? A quick no."""
    report, year = subject.disclosure.report, subject.disclosure.key.year
    wholes = [
        name
        for name, facts in report.by_concept.items()
        if all(fact.year != year - 1 for fact in facts)  # quick
    ]
    return any(_pairs(subject, name) for name in wholes)


def moved(subject: Subject, sinces: Iterable[Since], kept: Iterable[Claim]) -> Iterator[Outcome]:
    """“三公”经费较上年下降; no more than last year."""
    year = subject.disclosure.key.year
    for since in sinces:
        if since.way != "持平" and is_last_year(since.then, year):
            if since.way in FEWER:
                up, down = Decimal(0), None
            elif since.way in MORE:
                up, down = None, Decimal(0)
            else:
                up = down = NEARLY if since.nearly else EVEN
            yield from by_parts(subject, since.claim, up, down)
    for claim in kept:
        yield from by_parts(subject, claim, Decimal(0), None)


def by_parts(
    subject: Subject, claim: Claim, up: Decimal | None, down: Decimal | None
) -> Iterator[Outcome]:
    """`up` and `down`: by how many per cent the parts may have risen or fallen; None: any."""
    report, year = subject.disclosure.report, subject.disclosure.key.year
    for name in claim.names:
        facts = subject.told.facts[name]
        whole = report.fact_of(facts[0].concept, "决算")
        if whole is None:
            continue
        if any(f.year == year - 1 for f in facts):
            continue  # its own last year is printed: that is compared elsewhere
        pairs = _pairs(subject, whole.concept)
        if pairs:  # quick
            yield _judged(claim, whole, pairs, (up, down))


def _pairs(subject: Subject, whole: str, inner: bool = False) -> list[tuple[Fact, Fact]]:
    """Each part of this year with last year's, where it has one."""
    report = subject.disclosure.report
    concept = subject.library.concepts.get(whole)
    pairs = []
    for part in concept.parts if concept is not None else ():
        now = report.fact_of(part, "决算")
        if now is None:
            if not inner:  # one level down: a concept may be its own part
                pairs += _pairs(subject, part, inner=True)
            continue
        past = _past(subject, now)
        if past is not None:
            pairs.append((now, past))
    return pairs


def _past(subject: Subject, now: Fact) -> Fact | None:
    """Last year's figure: printed as such, or what this year's is told to have risen or fallen from."""
    report = subject.disclosure.report
    printed = report.fact_of(now.concept, "上年决算")
    if printed is not None:
        return printed
    for case in subject.cases:
        if len(case.operands) != 2:
            continue
        one, other = case.operands
        before, after = (one, other) if other.concept == now.concept else (other, one)
        if (
            after.concept == now.concept
            and after.figure.amount == now.figure.amount
            and before.basis in ("", "决算", "上年决算")
            and PRIOR.search(before.row)
            and "预算" not in before.row
        ):
            return before
    return None


def _judged(
    claim: Claim,
    whole: Fact,
    pairs: list[tuple[Fact, Fact]],
    limits: tuple[Decimal | None, Decimal | None],
) -> Outcome:
    unit = whole.figure.unit
    now = past = Decimal(0)
    for a, b in pairs:
        one, other = a.figure.factor_to(unit), b.figure.factor_to(unit)
        if one is None or other is None:
            return Outcome(RULE)
        now += a.figure.amount * one
        past += b.figure.amount * other
    guards = tuple(f.address for pair in pairs for f in pair)
    limit = limits[0] if now > past else limits[1]
    if past <= 0 or now != whole.figure.amount:
        return Outcome(RULE, guards)
    if limit is None or abs(now - past) * 100 <= past * limit:
        return Outcome(RULE, guards)
    share = percent_of(abs(now - past), past)
    moved = [(a, b) for a, b in pairs if a.figure.amount != b.figure.amount]
    way = Words("减少了", "less") if now < past else Words("增加了", "more")
    words = {
        "claim": claim.words,
        "parts": "，".join(f"“{a.row}”由{b.figure}变为{a.figure}" for a, b in moved),
        "parts_en": ", ".join(f"“{a.row}” went from {b.figure} to {a.figure}" for a, b in moved),
        "way": way.zh,
        "way_en": way.en,
        "share": shown(share, 1),
    }
    finding = Finding(
        RULE,
        claim.passage.place(claim.start),
        words,
        tuple(f.at for pair in moved for f in pair),
        claim.passage.address or sentence_address(claim.words, whole.concept),
        claim.words,
        f"{shown(past, 2)}{unit} → {whole.figure}",
    )
    return Outcome(RULE, guards, finding)
