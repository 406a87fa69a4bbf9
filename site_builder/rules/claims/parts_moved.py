"""分项变了，合计却说持平: a whole said to be level while its parts moved, or against last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import Told

RULE = Rule(
    "change-of-parts",
    "warning",
    Words("分项变了，合计却说持平", "Level by its words, but its parts moved"),
    Words(
        "文字说“{claim}”，但{parts}，合起来{way}{share}%",
        "the text says “{claim}”; yet {parts_en}: {share} % {way_en} in all",
    ),
    Words(
        "请核对各分项的上年数，或改写这句话；原件如此的，保留原文并在“认可”中说明",
        "check last year's figures of the parts, or reword it; if printed so, explain it",
    ),
    Words(
        "合计是各分项之和；分项有增有减，合计持平不持平一算便知。",
        "The whole is the sum of its parts: whether it is level can be worked out.",
    ),
)
LEVEL = re.compile(
    r"(?:(?:较|比|与|同|和)(?:上年度?|去年|上一年度?|(?P<year>20[0-9]{2})年度?)(?:同期|决算数?)?(?:相比|比较|比)?[，,]?)?"
    r"(?:总体|均|都)?(?P<nearly>基本|大致|大体)?持平"
)
WISHED = re.compile("原则|要求|力争|计划|确保|预计|预算|目标|争取|努力")
PRIOR = re.compile(r"上年|去年|20[0-9]{2}年")
# What “持平” still covers, in per cent (经验值); the same as for a whole whose last year is printed.
EVEN, NEARLY = Decimal(5), Decimal(10)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 持平 of a concept with parts whose own last year is not printed."""
    compared = False
    if "持平" in subject.wording.text:  # quick
        for passage in subject.told.passages:
            if "持平" not in passage.text:  # quick
                continue
            for match in LEVEL.finditer(passage.text):
                if WISHED.search(passage.text, *passage.sentence(match.start())):
                    continue
                for outcome in _claim(subject, passage, match):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的“持平”", "nothing is said to be level"))


def _claim(subject: Subject, passage: Passage, match: re.Match[str]) -> Iterator[Outcome]:
    report, year = subject.disclosure.report, subject.disclosure.key.year
    if match["year"] and int(match["year"]) != year - 1:
        return
    start = passage.clause(match.start())[0]
    for name in _names(subject.told, passage.text[start : match.start()]):
        facts = subject.told.facts[name]
        whole = report.fact_of(facts[0].concept, "决算")
        if whole is None:
            continue
        if any(f.year == year - 1 for f in facts):
            continue  # its own last year is printed: that is compared elsewhere
        pairs = _pairs(subject, whole.concept)
        if pairs:  # quick
            limit = NEARLY if match["nearly"] else EVEN
            yield _judged(passage, match, start, whole, pairs, limit)


def _names(told: Told, before: str) -> tuple[str, ...]:
    named = told.named(before)
    if named is not None and named.before.endswith("称"):
        return (named.name,)
    return told.all_named(before)


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
    passage: Passage,
    match: re.Match[str],
    start: int,
    whole: Fact,
    pairs: list[tuple[Fact, Fact]],
    limit: Decimal,
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
    if past <= 0 or abs(now - past) * 100 <= past * limit or now != whole.figure.amount:
        return Outcome(RULE, guards)
    share = percent_of(abs(now - past), past)
    claim = passage.text[start : match.end()].strip(" 　、")
    moved = [(a, b) for a, b in pairs if a.figure.amount != b.figure.amount]
    way = Words("减少了", "less") if now < past else Words("增加了", "more")
    words = {
        "claim": claim,
        "parts": "，".join(f"“{a.row}”由{b.figure}变为{a.figure}" for a, b in moved),
        "parts_en": ", ".join(f"“{a.row}” went from {b.figure} to {a.figure}" for a, b in moved),
        "way": way.zh,
        "way_en": way.en,
        "share": shown(share, 1),
    }
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        tuple(f.at for pair in moved for f in pair),
        passage.address or sentence_address(claim, whole.concept),
        claim,
        f"{shown(past, 2)}{unit} → {whole.figure}",
    )
    return Outcome(RULE, guards, finding)
