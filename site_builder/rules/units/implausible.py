"""数值不合常理: a figure, or the quotient of two, outside the range that data/plausibility.yaml gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from typing import NamedTuple

from site_builder.figure import Figure, measure, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.plausibility import Quantity, Range
from site_builder.report import Fact
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import WISHED, is_wished, plain_label

RULE = Rule(
    "implausible",
    "warning",
    Words("数值不合常理", "Implausible figure"),
    Words(
        "{formula}，{name}为{recomputed}{unit}，超出合理范围（{range}；依据：{source}）{hint}",
        "{formula}: {name} is {recomputed}{unit}, outside {range_en} (source: {source})",
    ),
    Words(
        "请对照原件核对数字和单位；没有抄错的，请在正文或“认可”中说明",
        "check digits and units against the original; explain the figure if it is right",
    ),
    Words(
        "亩产几吨、一人次接待费几千元，多半是单位或小数点写错了；范围和来源见 data/plausibility.yaml。",
        "A yield of tons, a meal of thousands: mostly a slip of unit or point.",
    ),
)
WIDE = Context(prec=40)
# What may stand before 产量 or 面积 where the crop was named before.
NO_NAME = re.compile(
    "(?:[，,、：: “”]|其中?|全[年镇乡村县]|当?年|预计|实现|完成|总|[平亩]?均|达到?|播种|[种栽]植|收获|面积|的|有|亩)*"
)
# The full mark that a report names for its satisfaction score, wherever it says so.
FULL_MARK = ("满分", "总分", "分制")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every range whose quantities this report states, in its tables or in one sentence."""
    if not subject.library.plausibility:  # quick
        return
    facts, library = subject.disclosure.report.facts, subject.library
    words = library.once("words of ranges", lambda: _Words.of(library.plausibility.values()))
    in_labels = words.standing("\n".join({fact.row for fact in facts}))
    in_sentences = words.standing("\n".join([p.text for p in subject.told.lines]))
    indicators = [line for _, lines in subject.indicators for line in lines]
    in_indicators = words.standing("\n".join([line.label for line in indicators]))
    for name, one in library.plausibility.items():
        named = one.above.words
        if in_labels.issuperset(named):  # quick
            yield from _in_tables(subject, name, one)
        if in_indicators.issuperset(named):  # quick
            yield from _in_results(subject, indicators, name, one)
        if in_sentences.issuperset(named):  # quick
            yield from _in_sentences(subject, name, one)


class _Words(NamedTuple):
    """The words that name quantities, by their first character, and what finds where one begins."""

    by_first: dict[str, set[str]]
    begins: re.Pattern[str]

    @classmethod
    def of(cls, ranges: Iterable[Range]) -> _Words:
        """Those of the dividends, which the others stand beside."""
        by_first: dict[str, set[str]] = {}
        for word in {word for one in ranges for word in one.above.words if word}:
            by_first.setdefault(word[0], set()).add(word)
        branches = [
            f"{re.escape(first)}(?={'|'.join(re.escape(word[1:]) for word in words)})"
            for first, words in by_first.items()
        ]
        return cls(by_first, re.compile("|".join(branches) or "(?!)"))

    def standing(self, text: str) -> set[str]:
        """The words that stand in a text, also where they overlap."""
        found = {""}
        for match in self.begins.finditer(text):
            words = self.by_first[match[0]]
            if not found.issuperset(words):  # quick
                found.update(
                    word
                    for word in words
                    if text.startswith(word, match.start())  # quick
                )
        return found


def _in_tables(subject: Subject, name: str, one: Range) -> Iterator[Outcome]:
    for above, below in one.quantities():
        tops = _facts(subject, above)
        if not tops:  # quick
            continue
        if below is None:
            for fact in tops:
                yield from _judged(subject, name, one, fact, None)
            continue
        bottoms = _facts(subject, below)
        # Two candidates on either side leave it open which belongs to which.
        for top in tops:
            mates = [b for b in bottoms if b.table == top.table] or bottoms
            if len({b.figure.amount for b in mates}) == 1 and len(tops) < 3:
                yield from _judged(subject, name, one, top, mates[0])
                break


def _in_results(
    subject: Subject, lines: list[IndicatorLine], name: str, one: Range
) -> Iterator[Outcome]:
    """What came of an indicator of that name, where no table has it as a fact: 群众满意度 940%."""
    if one.below is not None or not one.above.words:
        return
    told = _facts(subject, one.above)
    for line in lines:
        result = line.result
        if result is None or result.fact in told or not one.above.fits(line.label):
            continue
        figure = measure(result.text.strip())
        amount = None if figure is None else _amount(one, figure)
        if amount is None:
            continue
        if _within(one, amount):
            yield Outcome(RULE)
            continue
        formula = f"“{line.label}”{result.text.strip()}"
        at, address = result.at, result.address
        yield _found(name, one, amount, formula, at, (), address, result.text, ())


def _facts(subject: Subject, quantity: Quantity) -> list[Fact]:
    """The facts of this year that a quantity means."""
    report = subject.disclosure.report
    if quantity.concept:
        facts = report.facts_of(quantity.concept, str(quantity.basis or ""))
        return [f for f in facts if f.year == report.key.year][:1]
    first = quantity.words[0]
    return [
        fact
        for fact in report.facts
        if first in fact.row  # quick
        if quantity.fits(plain_label(fact.row)) and not _wished(fact)
    ]


def _wished(fact: Fact) -> bool:
    return WISHED.search(fact.address) is not None


def _judged(
    subject: Subject, name: str, one: Range, top: Fact, bottom: Fact | None
) -> Iterator[Outcome]:
    facts = (top,) if bottom is None else (top, bottom)
    amount = _amount(one, *(fact.figure for fact in facts))
    if amount is None:
        return
    if _within(one, amount) or (top.concept == "满意度" and _marked(subject)):
        # A wide range is no guard of a figure: it would pass almost anything.
        yield Outcome(RULE)
        return
    formula = " ÷ ".join(f"“{fact.label}”{fact.figure}" for fact in facts)
    others = tuple(fact.at for fact in facts[1:])
    guards = tuple(fact.address for fact in facts)
    yield _found(name, one, amount, formula, top.at, others, top.address, top.figure.text, guards)


def _in_sentences(subject: Subject, name: str, one: Range) -> Iterator[Outcome]:
    """The two quantities told one after the other: 水稻播种面积2.9万亩，总产量13.05万吨."""
    above, below = one.above, one.below
    if not above.words or (below is not None and not below.words):
        return
    words = {*above.words, *(below.words if below else ())}  # quick
    for passage in subject.told.lines:
        if not all(w in passage.text for w in words):  # quick
            continue
        if is_wished(passage.section):
            continue
        earlier: list[Said] = []
        for said in passage.figures:
            mates, earlier = earlier, [said, *earlier[:1]]
            if passage.trend(said):
                continue
            if below is None:
                if above.fits(passage.label(said)):
                    yield from _told(name, one, passage, said)
                continue
            for (
                mate
            ) in mates:  # 种植1.6万亩，亩产510公斤，总产量0.82万吨: the one before the last, too
                if not _same_sentence(passage, mate, said):
                    break
                if _means(above, passage, said) and below.fits(passage.label(mate)):
                    yield from _told(name, one, passage, said, mate)
                    break
                if _means(below, passage, said) and above.fits(passage.label(mate)):
                    yield from _told(name, one, passage, mate, said)
                    break


def _same_sentence(passage: Passage, mate: Said, said: Said) -> bool:
    return passage.sentence(mate.start)[0] == passage.sentence(said.start)[0]


def _means(quantity: Quantity, passage: Passage, said: Said) -> bool:
    """Does its own label end the meaning, and the sentence before hold the rest?

    粮食面积6.3万亩，油菜产量5006吨: of another crop.
    """
    label = passage.label(said)
    own, last, _ = label.rpartition(quantity.words[-1])
    if not last or (quantity.words[0] not in own and NO_NAME.fullmatch(own) is None):
        return False
    return quantity.fits(passage.text[passage.sentence(said.start)[0] : said.start])


def _told(name: str, one: Range, passage: Passage, *told: Said) -> Iterator[Outcome]:
    """A figure, or one over another, as a sentence tells it."""
    figures = [figure for said in told if (figure := said.figure) is not None]
    if len(figures) < len(told):
        return
    amount = _amount(one, *figures)
    if amount is None:
        return
    if _within(one, amount):
        yield Outcome(RULE)
        return
    formula = " ÷ ".join(
        f"{passage.label(said)}{figure}" for said, figure in zip(told, figures, strict=True)
    )
    at, *others = (passage.place(said.start) for said in told)
    printed = told[0].text
    address = sentence_address(printed, name)
    yield _found(name, one, amount, formula, at, tuple(others), address, printed, ())


def _amount(one: Range, above: Figure, below: Figure | None = None) -> Decimal | None:
    """The figure, or the quotient, in the unit of the range; None when units do not fit."""
    if below is None:
        factor = above.factor_to(one.unit)
        return None if factor is None else above.amount * factor
    top, _, bottom = one.unit.partition("/")
    if bottom:
        over, under = above.factor_to(top), below.factor_to(bottom)
    else:
        over, under = above.factor_to(below.unit), Decimal(1)
    if over is None or under is None or below.amount == 0:
        return None
    share = WIDE.divide(WIDE.multiply(above.amount, over), WIDE.multiply(below.amount, under))
    return WIDE.multiply(share, Decimal(100)) if one.unit == "%" else share


def _within(one: Range, amount: Decimal) -> bool:
    return (one.low is None or amount >= one.low) and (one.high is None or amount <= one.high)


def _marked(subject: Subject) -> bool:
    """Does the report say out of how many a score is?"""
    facts = subject.disclosure.report.facts
    return any(word in f.row for f in facts if f.figure.unit == "分" for word in FULL_MARK) or any(
        word in p.text for p in subject.told.passages for word in ("满分", "分制")
    )


def _found(
    name: str,
    one: Range,
    amount: Decimal,
    formula: str,
    at: Place,
    others: tuple[Place, ...],
    address: str,
    printed: str,
    guards: tuple[str, ...],
) -> Outcome:
    bounds = {
        (True, True): (f"{one.low}到{one.high}{one.unit}", f"{one.low} to {one.high}"),
        (True, False): (f"不低于{one.low}{one.unit}", f"at least {one.low}"),
        (False, True): (f"不超过{one.high}{one.unit}", f"at most {one.high}"),
    }[one.low is not None, one.high is not None]
    words = {
        "name": name,
        "formula": formula,
        "recomputed": _short(amount),
        "unit": str(one.unit),
        "range": bounds[0],
        "range_en": bounds[1],
        "source": str(one.source),
        "hint": f"；{one.hint}" if one.hint else "",
    }
    finding = Finding(RULE, at, words, others, address, printed, _short(amount), formula=formula)
    return Outcome(RULE, guards, finding)


def _short(amount: Decimal) -> str:
    """Two decimals at most, none for whole numbers."""
    text = shown(amount, 2)
    return text.rstrip("0").rstrip(".")
