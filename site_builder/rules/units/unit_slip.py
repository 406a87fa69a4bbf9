"""单位有误: 元 for 万元, m for m³, and amounts in 万 that do not say of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from site_builder.figure import KINDS, Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.report import Fact
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.wrong_unit import LONGEST, OFF, OFF_FAR_UP, OFF_UP, RULE, TEN_THOUSAND
from site_builder.sentences import Passage
from site_builder.told import plain_label

MISSING = Rule(
    "unit-missing",
    "note",
    Words("金额没有写“元”", "An amount without its unit"),
    Words(
        "“{label}”写的是“{printed}”，没有单位“元”",
        "“{label}” is printed as “{printed}”, without the unit 元",
    ),
    Words(
        "请写全单位，如“{printed}元”；原件如此的可以保留，并在“认可”中说明",
        "write the unit out ({printed}元); if it is printed so, keep it and explain it",
    ),
    Words(
        "“35.36万”可以是元、人、亩；公布的金额应写全单位。", "35.36万 may be yuan, people or mu."
    ),
)
MONEY = re.compile(
    r"收入|支出|资金|投入|投资|金额|费|款|补助|补贴|产值|申报|申请|预算|决算|利润|奖|贷|税|捐"
)
BARE = re.compile(r"[0-9](?:余|多)?(?:千万|百万|十万|[万亿])(?:余|多|左右|以上|以下|以内)?")
# What may follow an amount that tells how much; 企业, 户, 亩 say that it describes or counts.
_END = r"(?=[，,。；;、：:）)（( 　的]|用于|用来|购置|购买|投向|资金|专项|经费|$)"
BARE_END = re.compile(BARE.pattern + _END)
# Where a line has one, from its 万 or 亿 on; a quick no.
MAYBE_BARE = re.compile("[万亿](?:余|多|左右|以上|以下|以内)?" + _END, re.M)
BARE_LAST = frozenset("万亿余多右上下内")
NO_DIGIT = re.compile(r"[^0-9]+")
MEASURES = frozenset(unit for kind in ("length", "area", "volume") for unit in KINDS[kind])
# 5亩, 5 万平方米, 3千米: begins with the unit, so that the search skips all else.
MEASURED = re.compile(
    r"[m米亩㎡平立公千](?:(?<=[0-9].)|(?<=[0-9][ 万千].)|(?<=[0-9] [万千].))"
    r"(?:(?<=[m米亩㎡])|(?<=[平立])方|(?<=公)[里顷]|(?<=千)米)"
)
_CENTS = r"\.[0-9]+)(?=(.{0,8}?)元)"
YUAN = re.compile("([0-9][0-9,]*" + _CENTS)
MAYBE_YUAN = re.compile("(" + _CENTS)  # a quick no
WRITTEN = {"元": OFF, "万元": OFF_UP, "亿元": OFF_FAR_UP}  # what was meant, by what is written
_DIGITS = ("，数字相同而单位不同类", ": the same digits in a unit of another kind")


@dataclass(frozen=True, slots=True)
class _Spot:
    """One printed figure, in a cell or a sentence."""

    label: str
    figure: Figure
    at: Place
    address: str


def check(subject: Subject) -> Iterator[Outcome]:
    """Series of one concept, sentences against facts, measures with equal digits, bare amounts."""
    yield from _series(subject)
    yield from _sentences(subject)
    yield from _measures(subject)
    yield from _bare(subject)


# -- 元 and 万元 -----------------------------------------------------------------------------


def _series(subject: Subject) -> Iterator[Outcome]:
    """A fact ten thousand times off the same concept on other bases and in other years."""
    report = subject.disclosure.report
    results = {c.result.address for c in subject.cases if c.kind == "差"}
    for concept, facts in report.by_concept.items():
        money = [f for f in facts if f.figure.unit in KINDS["money"] and f.figure.amount]
        if not _apart(money):  # quick
            continue
        for fact in money:
            others = [f for f in money if f.meaning != fact.meaning and f.subject == fact.subject]
            same = [f for f in money if f.meaning == fact.meaning and f is not fact]
            if not others or same or fact.address in results:
                continue
            if not all(_near(f, others[0], Decimal(1)) for f in others):
                continue
            if len(others) == 1 and fact.figure.unit != "元":
                continue  # one of two: 万 is left out oftener than added
            near = others[0]
            for scale, why in ((TEN_THOUSAND, OFF), (1 / TEN_THOUSAND, OFF_UP)):
                if _near(fact, near, scale) and _may_slip(fact, others, scale):
                    yield _found(
                        RULE,
                        _Spot(fact.label, fact.figure, fact.at, fact.address),
                        f"同一项“{concept}”的“{near.label}”",
                        f"“{near.label}” of the same concept",
                        near.figure,
                        (near.at,),
                        why,
                    )


def _apart(facts: list[Fact]) -> bool:
    """Could any two be ten thousand times apart, give or take a factor of three?"""
    if len({fact.figure.unit for fact in facts}) > 1:  # quick
        return True
    amounts = [abs(fact.figure.amount) for fact in facts]
    return max(amounts, default=0) > 3000 * min(amounts, default=0)


def _near(fact: Fact, other: Fact, scale: Decimal) -> bool:
    """Are they alike, within a factor of three, once the first is multiplied by `scale`?"""
    factor = fact.figure.factor_to(other.figure.unit)
    assert factor is not None  # both are money
    a, b = abs(fact.figure.amount * factor * scale), abs(other.figure.amount)
    return a <= 3 * b and b <= 3 * a


def _may_slip(fact: Fact, others: list[Fact], scale: Decimal) -> bool:
    """Is its unit the odd one out, or does every unit come from the form?"""
    units = {f.figure.unit for f in others}
    if fact.figure.unit not in units:
        return fact.figure.unit == ("元" if scale > 1 else "万元")
    return len(others) > 1


def _sentences(subject: Subject) -> Iterator[Outcome]:
    """An unlinked figure with the digits of a fact and 元 for its 万元, or the reverse; 亿元 where it is named."""
    by_digits = {
        _digits(f.figure.text): f
        for f in reversed(subject.disclosure.report.facts)
        if f.figure.unit in ("元", "万元")
    }
    for passage in subject.told.holding(MAYBE_YUAN):
        if not any(_may_differ(match, by_digits) for match in YUAN.finditer(passage.text)):  # quick
            continue
        for said in passage.figures:
            figure = said.figure
            if figure is None or figure.unit not in WRITTEN or "." not in said.text:
                continue
            digits = _digits(said.text)
            fact = by_digits.get(digits)
            if len(digits) < 4:
                fact = _called(subject, passage, said, digits)
            if fact is None or figure.unit == fact.figure.unit:
                continue
            if fact.figure.amount != figure.amount:
                continue
            if figure.unit == "亿元":
                named = subject.told.named(passage.label(said))
                meant = () if named is None else subject.told.facts[named.name]
                if fact not in meant or fact.figure.unit != "万元":
                    continue  # 地区生产总值24.75亿元 is no 三公经费
            label = _plain(passage.label(said))
            address = passage.address or sentence_address(said.text, label[-LONGEST:])
            spot = _Spot(shown_label(label), figure, passage.place(said.start), address)
            why = WRITTEN[figure.unit]
            yield _found(
                RULE,
                spot,
                f"数据中“{fact.label}”",
                f"“{fact.label}” in the data",
                fact.figure,
                (fact.at,),
                why,
            )


def _called(subject: Subject, passage: Passage, said: Said, digits: str) -> Fact | None:
    """文化站提升支出48.20元, of a row 文化站提升: few digits are alike by chance, but not under one name."""
    if len(digits) < 3:
        return None
    head = passage.text[passage.sentence(said.start)[0] : said.start]
    return next(
        (
            fact
            for fact in subject.disclosure.report.facts
            if _digits(fact.figure.text) == digits
            and len(fact.row) > 3
            and plain_label(fact.row) in head
        ),
        None,
    )


def _may_differ(match: re.Match[str], by_digits: dict[str, Fact]) -> bool:
    """Could an amount have the digits of a fact and another unit? A quick no."""
    number, between = match.groups()
    fact = by_digits.get(_digits(number))
    if fact is None:
        return any(c.isdigit() for c in between)  # 5.2万3千元
    return f"{between.strip()}元" != fact.figure.unit


@lru_cache(maxsize=65536)
def _digits(text: str) -> str:
    """The digits of a printed number, zeros at either end left out."""
    return NO_DIGIT.sub("", text).strip("0")


# -- m and m³ --------------------------------------------------------------------------------


def _measures(subject: Subject) -> Iterator[Outcome]:
    """The same digits after the same words, in units of different kinds."""
    alike: dict[str, list[_Measured]] = {}
    for measured in _measured(subject):
        alike.setdefault(_digits(measured.figure.text), []).append(measured)
    spots = [
        [_spot_of(measured) for measured in same]
        for digits, same in alike.items()
        if len(digits) > 2  # fewer are alike by chance
        if _mixed(same)  # quick
    ]
    if not spots:  # quick
        return
    covered = set()
    for link, cell in subject.disclosure.links:
        match link.figure, cell and cell.fact:
            case Figure() as said, Fact() as fact if said.factor_to(fact.figure.unit) is None:
                covered.add((said.amount, said.unit))
    for same in spots:
        kinds = [s.figure.kind for s in same]
        usual = max(same, key=lambda s: (kinds.count(s.figure.kind), len(s.figure.unit)))
        odd = [
            spot
            for spot in same
            if spot.figure.kind != usual.figure.kind
            and spot.figure.amount == usual.figure.amount
            and spot.label[-2:] == usual.label[-2:]
            and (spot.figure.amount, spot.figure.unit) not in covered
        ]
        if odd:
            places = (usual.at, *(spot.at for spot in odd[1:]))
            yield _found(RULE, odd[0], "另一处", "elsewhere it", usual.figure, places, _DIGITS)


class _Measured(NamedTuple):
    """A length, area or volume: a fact, or told in a passage."""

    figure: Figure
    of: Fact | tuple[Passage, Said]


def _mixed(same: list[_Measured]) -> bool:
    """Are they in units of more than one kind?"""
    return len({one.figure.kind for one in same}) > 1


def _measured(subject: Subject) -> Iterator[_Measured]:
    for fact in subject.disclosure.report.facts:
        if fact.figure.unit in MEASURES:
            yield _Measured(fact.figure, fact)
    for passage in subject.told.holding(MEASURED):
        for said in passage.figures:
            if said.unit not in MEASURES:
                continue
            figure = said.figure
            if figure is not None:
                yield _Measured(figure, (passage, said))


def _spot_of(measured: _Measured) -> _Spot:
    figure, of = measured
    if isinstance(of, Fact):
        return _Spot(plain_label(of.row), figure, of.at, of.address)
    passage, said = of
    label = plain_label(_plain(passage.label(said))[-LONGEST:])
    address = passage.address or sentence_address(said.text, label)
    return _Spot(label, figure, passage.place(said.start), address)


# -- 万 without 元 ---------------------------------------------------------------------------


def _bare(subject: Subject) -> Iterator[Outcome]:
    """Amounts of money in 万 or 亿 without 元: one note for each, with all places."""
    notes: dict[str, tuple[_Spot, list[Place]]] = {}
    for spot in _unsaid(subject):
        known = notes.get(spot.figure.text)
        if known is None:
            notes[spot.figure.text] = (spot, [])
        else:
            known[1].append(spot.at)
    for spot, others in notes.values():
        words = {"label": spot.label, "printed": spot.figure.text}
        finding = Finding(MISSING, spot.at, words, tuple(others), spot.address, spot.figure.text)
        yield Outcome(MISSING, (), finding)


def _unsaid(subject: Subject) -> Iterator[_Spot]:
    for fact in subject.disclosure.report.facts:
        text = fact.figure.text
        if text[-1:] not in BARE_LAST:  # quick
            continue
        if not BARE.fullmatch(_tail(text)):
            continue
        if fact.concept or MONEY.search(fact.row):
            yield _Spot(fact.label, fact.figure, fact.at, fact.address)
    for passage in subject.told.holding(MAYBE_BARE):
        if BARE_END.search(passage.text):  # quick
            yield from (spot for said in passage.figures if (spot := _bare_spot(passage, said)))


def _tail(text: str) -> str:
    """From the last digit on."""
    last = max((i for i, c in enumerate(text) if c.isdigit()), default=0)
    return text[last:]


def _bare_spot(passage: Passage, said: Said) -> _Spot | None:
    """An amount in 万 that tells of money and does not describe what follows it."""
    if said.text[-1:] not in BARE_LAST:  # quick
        return None
    written = passage.text[said.start : said.end]
    match = BARE_END.match(passage.text, said.start + len(written) - len(_tail(written)))
    figure = said.figure
    if match is None or figure is None:
        return None
    label = passage.label(said)
    if not MONEY.search(label) and not MONEY.search(passage.text[said.end : said.end + 12]):
        return None
    address = passage.address or sentence_address(written, _plain(label)[-LONGEST:])
    shown = Figure(figure.amount, figure.unit, written, figure.about)
    return _Spot(shown_label(_plain(label)), shown, passage.place(said.start), address)


def _plain(label: str) -> str:
    """A label without the marks around it."""
    return label.strip(" 　*-“”") or "金额"


def _found(
    rule: Rule,
    spot: _Spot,
    other: str,
    other_en: str,
    figure: Figure,
    others: tuple[Place, ...],
    why: tuple[str, str],
) -> Outcome:
    words = {
        "label": spot.label,
        "printed": str(spot.figure),
        "other": other,
        "other_en": other_en,
        "recomputed": str(figure),
        "why": why[0],
        "why_en": why[1],
    }
    finding = Finding(rule, spot.at, words, others, spot.address, spot.figure.text, figure.text)
    return Outcome(rule, (), finding)
