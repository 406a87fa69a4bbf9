"""The likely cause of figures that do not fit: which single slip would explain them exactly.

A hypothesis, said as one, and only when exactly one fits: two swapped digits, a wrong sign or
point, 元 for 万元, last year's or the budget's value, a part left out or counted twice, one wrong
digit. All comparisons are exact; a slip that is merely near explains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from site_builder.figure import Figure, Interval
from site_builder.finding import Words
from site_builder.relations import Case, verdict
from site_builder.report import Fact, Report
from site_builder.slips import aligned, is_swapped

POINTS = (1, 2, 3, -1, -2, -3)  # powers of ten by which a point can be misplaced
UNITS = (4, -4)  # 元 for 万元 and the other way round
LEAST_DIGITS = 3  # a value of fewer significant digits equals another by chance
BASIS_EN = {
    "上年决算": "last year's figure",
    "年初预算": "the budget",
    "全年预算": "the adjusted budget",
    "决算": "the actual figure",
}


def cause_of_sum(report: Report, case: Case) -> Words | None:
    """Why a printed total is not the sum of its parts."""
    unit = case.result.figure.unit
    parts = [(fact, _in(fact.figure, unit)) for fact in case.operands]
    if any(amount is None for _, amount in parts):
        return None
    known = [(fact, amount) for fact, amount in parts if amount is not None]
    total = case.result.figure.amount
    if not total:
        return Words("；像是合计没有填，写成了0", "; the total seems not filled in, printed as 0")
    gap = total - sum((amount for _, amount in known), Decimal(0))
    signed = total < 0 or any(amount < 0 for _, amount in known)
    return _only(
        (
            *_slips_of_one(case.result, total, total - gap),
            *(
                words
                for fact, amount in known
                if amount + gap != -amount or -gap not in [a for _, a in known]  # left out
                for words in _slips_of_one(fact, amount, amount + gap, digit=False, sign=signed)
            ),
            *_other_basis(report, (case.result, *case.operands)),
            *_counted_twice(known, gap),
            *_left_out(report, case, gap),
        )
    )


def cause_of_difference(case: Case) -> Words | None:
    """Why a printed difference is not first minus second."""
    unit = case.result.figure.unit
    first, second = (_in(fact.figure, unit) for fact in case.operands)
    if first is None or second is None:
        return None
    printed = case.result.figure.amount
    return _only(
        (
            *_slips_of_one(case.result, printed, first - second),
            *_slips_of_one(case.operands[0], first, printed + second, digit=False),
            *_slips_of_one(case.operands[1], second, first - printed, digit=False),
        )
    )


def cause_of_rate(printed: Figure, amount: Decimal, interval: Interval) -> Words | None:
    """Why a printed percentage is not what its figures give: 0.85 or 1, as spreadsheets show 85% and 100%."""
    if "%" in printed.text or printed.amount == 0:
        return None
    part = amount / 100
    made = verdict(printed, part, interval.times(Decimal("0.01")))
    if printed.amount != part and (printed.decimals < 2 or made == "differs"):
        return None
    whole = f"{(printed.amount * 100).normalize():f}"
    return Words(
        f"；像是写成了小数，没有换算成百分数：{printed.text}就是{whole}%",
        f"; a fraction seems printed for a percentage: {printed.text} is {whole}%",
    )


def cause_between(report: Report, fact: Fact, other: Fact) -> Words | None:
    """Why one thing is printed with two values."""
    amount = _in(other.figure, fact.figure.unit)
    if amount is None:
        return None
    printed = fact.figure.amount
    if abs(printed - amount) == fact.figure.ulp() == other.figure.ulp() and printed:
        return Words(
            "；只差最末一位，像是取舍不同", "; only the last digit differs: rounded differently?"
        )
    return _only(
        (
            *_slips_of_one(fact, printed, amount, either=True),
            *_other_basis(report, (fact,)),
            *_gap_is(report, (fact, other), abs(printed - amount)),
        )
    )


def cause_of_equality(report: Report, case: Case) -> Words | None:
    """Why two sides that must be equal are not."""
    if case.added or len(case.operands) > 1:
        return None if case.added else cause_of_sum(report, case)
    return cause_between(report, case.result, case.operands[0])


def _only(causes: Iterable[Words]) -> Words | None:
    found = list(dict.fromkeys(causes))
    return found[0] if len(found) == 1 else None


def _in(figure: Figure, unit: str) -> Decimal | None:
    factor = figure.factor_to(unit)
    return None if factor is None or figure.about else figure.amount * factor


def _slips_of_one(
    fact: Fact,
    printed: Decimal,
    wanted: Decimal,
    *,
    digit: bool = True,
    either: bool = False,
    sign: bool = True,
) -> Iterator[Words]:
    """How `printed` can have come from `wanted`; either of them may be the wrong one.

    No `sign` is thought wrong among figures that have none.
    """
    if not printed or not wanted:
        return
    zh, en = _named(fact)
    if either:
        zh, en = "其中一处", "one of them"
    if sign and wanted == -printed:
        yield Words(f"；像是{zh}的正负号反了", f"; the sign of {en} seems reversed")
    if any(printed.scaleb(power) == wanted for power in UNITS) and fact.figure.kind == "money":
        two = ("亿元", "万元") if fact.figure.unit == "亿元" else ("万元", "元")
        yield Words(
            f"；像是{zh}把“{two[0]}”和“{two[1]}”写混了",
            f"; {en} seems to mix up {two[1]} and {two[0]}",
        )
    elif any(printed.scaleb(power) == wanted for power in POINTS):
        yield Words(f"；像是{zh}的小数点点错了位", f"; the point of {en} seems misplaced")
    elif is_swapped(printed, wanted):
        yield Words(
            f"；像是{zh}里相邻的两位数字写颠倒了", f"; two neighbouring digits of {en} seem swapped"
        )
    elif digit and _one_digit(printed, wanted):
        yield Words(f"；像是{zh}写错了一位数字", f"; one digit of {en} seems wrong")


def _one_digit(a: Decimal, b: Decimal) -> bool:
    one, other = aligned(a, b)
    off = [n for n, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    return len(off) == 1 and len(min(one, other).lstrip("0")) >= LEAST_DIGITS


def _other_basis(report: Report, facts: tuple[Fact, ...]) -> Iterator[Words]:
    """A figure that equals the same thing's on another basis: copied from the wrong column.

    A part that was spent as budgeted is no slip, so only last year's figure counts for parts.
    """
    for place, fact in enumerate(facts):
        if not _telling(fact.figure.amount):
            continue
        for other in report.by_concept[fact.concept] if fact.concept else report.facts:
            if other.figure.amount != fact.figure.amount:
                continue
            same = (
                other.concept == fact.concept
                if fact.concept
                else (other.table, other.row) == (fact.table, fact.row)
            )
            if (
                same
                and (other.basis, other.year) != (fact.basis, fact.year)
                and other.basis in (BASIS_EN if place == 0 else ("上年决算",))
                and other.subject == fact.subject
                and other.figure.unit == fact.figure.unit
            ):
                zh, en = _named(fact)
                yield Words(
                    f"；像是{zh}误填了{other.basis}的数",
                    f"; {en} seems to hold {BASIS_EN[other.basis]}",
                )


def _counted_twice(parts: list[tuple[Fact, Decimal]], gap: Decimal) -> Iterator[Words]:
    for fact, amount in parts:
        if not _telling(amount):
            continue
        zh, en = _named(fact)
        if -gap == amount:
            yield Words(
                f"；多出的正好是{zh}，像是合计漏加了它，或者它已经含在别的分项里",
                f"; the excess is exactly {en}: left out of the total, or inside another part already?",
            )
        elif gap == amount:
            yield Words(
                f"；差额正好是{zh}，像是合计把它算了两次",
                f"; the gap is exactly {en}: the total seems to count it twice",
            )


def _left_out(report: Report, case: Case, gap: Decimal) -> Iterator[Words]:
    """A figure of the report, not among the parts, that is exactly what is missing."""
    if gap <= 0:
        return
    known = {f.meaning if f.concept else f.address for f in (case.result, *case.operands)}
    for other in _equal_to(report, case.result, gap):
        if (other.meaning if other.concept else other.address) not in known:
            zh, en = _named(other)
            yield Words(
                f"；差额正好是{zh}，像是分项漏了它",
                f"; the gap is exactly {en}: left out of the parts?",
            )


def _gap_is(report: Report, facts: tuple[Fact, Fact], gap: Decimal) -> Iterator[Words]:
    for other in _equal_to(report, facts[0], gap):
        if other.concept != facts[0].concept:
            zh, en = _named(other)
            yield Words(
                f"；差额正好是{zh}，像是其中一处没有把它算进去",
                f"; the gap is exactly {en}: one of them seems to leave it out",
            )


def _equal_to(report: Report, like: Fact, amount: Decimal) -> Iterator[Fact]:
    """Facts of the same kind, year and subject as `like` that are exactly `amount`; each once."""
    if not _telling(amount):
        return
    seen = set()
    unit, kind = like.figure.unit, like.figure.kind
    for fact in report.facts:
        figure = fact.figure
        if figure.amount != amount if figure.unit == unit else figure.kind != kind:
            continue  # as most are: a quick no
        name = fact.concept or fact.row
        if (
            name in seen
            or (fact.year, fact.subject) != (like.year, like.subject)
            or (fact.basis and like.basis and fact.basis != like.basis)
        ):
            continue
        if _in(figure, unit) == amount:
            seen.add(name)
            yield fact


def _telling(amount: Decimal) -> bool:
    return len(amount.normalize().as_tuple().digits) >= LEAST_DIGITS


def _named(fact: Fact) -> tuple[str, str]:
    """A figure by its label; braces are doubled, because a finding's words are filled in later."""
    label = fact.label.replace("{", "{{").replace("}", "}}")
    return f"“{label}”（{fact.figure}）", f"“{label}” ({fact.figure})"
