"""Figures that contradict each other: a fault in sums, differences, ratios and what is told twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import partial

from site_builder.place import Place, place_in
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
    bumped,
    change,
    with_amount,
)
from site_builder.relations import quotient
from site_builder.report import Fact

STAFF = "在职人数".__eq__


def _wrong_result(kinds: tuple[str, ...], ground: Ground) -> Iterator[Planted]:
    """A total, difference or ratio with another first digit."""
    for disclosure, case in ground.cases(*kinds):
        fact = case.result
        yield from change(ground, disclosure, fact.at, [(fact, bumped(fact.figure.text))])


def _one_cent_off(ground: Ground) -> Iterator[Planted]:
    """A total 0.01 万元 above its parts."""
    for disclosure, case in ground.cases("合计"):
        fact = case.result
        if fact.figure.unit == "万元" and not fact.figure.about and len(case.operands) > 1:
            new = with_amount(fact, fact.figure.amount + Decimal("0.01"))
            yield from change(ground, disclosure, fact.at, [(fact, new)])


def _blank_part(ground: Ground) -> Iterator[Planted]:
    """A part left blank that the total includes."""
    for disclosure, case in ground.cases("合计"):
        for part in case.operands if len(case.operands) > 1 else ():
            if part.figure.amount > 0:
                yield from change(ground, disclosure, case.result.at, [(part, "")])


def _part_above(ground: Ground) -> Iterator[Planted]:
    """A part larger than its whole."""
    for disclosure, case in ground.cases("其中"):
        part = case.operands[0]
        new = with_amount(part, abs(case.result.figure.amount) * 2 + 1000)
        yield from change(ground, disclosure, case.result.at, [(part, new)])


def _cut_off(ground: Ground) -> Iterator[Planted]:
    """A ratio cut off after two decimals."""
    for disclosure, case in ground.cases("比率", "增长率"):
        if len(case.operands) == 2 and not any(f.figure.about for f in case.operands):
            above, below = case.operands
            computed = quotient(above.figure, below.figure, minus=case.kind != "比率")
            if computed is None:
                continue
            cent = Decimal("0.01")
            cut = computed[0].quantize(cent, ROUND_DOWN)
            if cut != computed[0].quantize(cent, ROUND_HALF_UP):
                new = with_amount(case.result, cut)
                yield from change(ground, disclosure, case.result.at, [(case.result, new)])


def _small_figures(ground: Ground) -> Iterator[Planted]:
    """A ratio of two figures so small that their last digits matter: 0.05 ÷ 0.63 as 8.00 %."""
    for disclosure, case in ground.cases("比率"):
        above, below = (*case.operands, case.result)[:2]
        if above.figure.unit == below.figure.unit == "万元":
            changes = [
                (above, with_amount(above, Decimal("0.05"))),
                (below, with_amount(below, Decimal("0.63"))),
                (case.result, with_amount(case.result, Decimal("8.00"))),
            ]
            yield from change(ground, disclosure, case.result.at, changes)


def _zero_below(ground: Ground) -> Iterator[Planted]:
    """A ratio whose denominator is zero."""
    for disclosure, case in ground.cases("比率", "增长率"):
        if len(case.operands) == 2 and case.result.figure.amount != 0:
            below = case.operands[1]
            new = with_amount(below, Decimal(0))
            yield from change(ground, disclosure, case.result.at, [(below, new)])


def _second_value(ground: Ground) -> Iterator[Planted]:
    """The second printing of a figure with another first digit."""
    for disclosure in ground.library.disclosures:
        seen = set()
        for facts in disclosure.report.by_concept.values():
            for fact in facts:
                if fact.meaning in seen:
                    new = bumped(fact.figure.text)
                    yield from change(ground, disclosure, fact.at, [(fact, new)])
                seen.add(fact.meaning)


def _wrong_code(ground: Ground) -> Iterator[Planted]:
    """A credit code with one digit copied wrongly; added where the report prints none."""
    for disclosure in ground.library.disclosures:
        file = disclosure.report.file
        text = ground.text(file)
        match = re.search(r"^  统一社会信用代码:[ ]*(\S*)$", text, re.M)
        if match is not None:
            code = match[1].strip("\"'") or disclosure.town.credit_code or "11430922006491074D"
            wrong = code[:9] + ("1" if code[9:10] != "1" else "2") + code[10:]
            line = f"  统一社会信用代码: {wrong}"
            at = place_in(text, match.start(), file)._replace(column=13)
            changed = text[: match.start()] + line + text[match.end() :]
            yield Planted({file: changed.encode()}, at, disclosure.key)


def _is_rate(concept: str) -> bool:
    return concept.endswith("率")


def of_concept(
    test: Callable[[str], bool], new: Callable[[Fact], str], ground: Ground
) -> Iterator[Planted]:
    """Each figure whose concept passes `test`, printed otherwise."""
    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.facts:
            if test(fact.concept):
                yield from change(ground, disclosure, fact.at, [(fact, new(fact))])


def _thousands_of_guests(ground: Ground) -> Iterator[Planted]:
    """A thousand times as many guests, so that each cost next to nothing."""
    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.by_concept.get("国内公务接待人次", ()):
            new = [(fact, with_amount(fact, fact.figure.amount * 1000))]
            yield from change(ground, disclosure, Place(fact.at.file, 0, 0), new)


FAULTS: dict[str, Plant] = {
    "sum-differs": partial(_wrong_result, ("合计",)),
    "sum-rounded": _one_cent_off,
    "sum-gap": _blank_part,
    "part-exceeds": _part_above,
    "difference-differs": partial(_wrong_result, ("差",)),
    "ratio-differs": partial(_wrong_result, ("比率", "增长率", "下降率")),
    "ratio-truncated": _cut_off,
    "ratio-rounded": _small_figures,
    "ratio-undefined": _zero_below,
    "told-twice": _second_value,
    "credit-code": _wrong_code,
    "implausible": _thousands_of_guests,
    "over-establishment": partial(of_concept, STAFF, lambda f: with_amount(f, f.figure.amount * 2)),
    "named-ratio": partial(of_concept, _is_rate, lambda f: bumped(f.figure.text)),
}
