"""人均、户均、车均与别处的数差得远: an average of what stands in other paragraphs, off by two times and more.

Of an amount of the tables, off by ten, a hundred …: 人均支出87.85元, of 2851.49万元 and 32458人.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import Figure, shown
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.rules import wrong_unit
from site_builder.rules.averages import LONGEST, RULE, near, per
from site_builder.rules.figure_names import figure_name, shown_label
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, segments
from site_builder.sentences import Passage

MAYBE = led_by("人户车", "[人户车]均[一-鿿]{0,8}[0-9]")
MEAN = re.compile("^(?P<x>[一-鿿]{0,8}?)(?P<of>[人户车])均(?P<y>[一-鿿]{0,8})$")
# What is surveyed and not worked out, or is of some of them alone.
SURVEYED = re.compile("收入|增收|GDP|生产总值|产值|消费|预期寿命|年龄|补[助贴]|发放|住房|[月日]")
TAIL = re.compile("(?:面积|占有|拥有|约|为|达到?|仅|有)+$")
COUNTS = {
    "人": (
        ("人", "名"),
        # 流动人口, 贫困人口 are some of them
        re.compile(
            "(?:总人口|户籍人口|(?<!城镇)常住人口|(?<!非)农业人口|农村人口|(?:^|[镇乡街县区村辖])人口)(?:总?数)?$"
        ),
    ),
    "户": (("户",), re.compile("(?:总户数|农户|户数|户籍户数|住户)(?:总?数)?$")),
    "车": (("辆", "台"), re.compile("(?:公务用车|公车|车辆|用车)(?:保有量|实有|数量?)?$")),
}
CAR_COST = re.compile(
    "(?:用车|公车|车辆)(?P<bought>购置(?:费)?[及和与])?(?:公务)?(?:用车|公车)?(?:运行|运维)(?:维护)?费(?:用)?(?:支出|决算)?$"
)
EACH = re.compile("均|每|单车")
PLANNED = re.compile(
    "计划|目标|任务|预算|上年|去年|拟|力争|应|下达|标准|低于|不超过|控制|新增|其中"
)
# 人均公用经费, 人均支出: of staff or of those who live there
COUNTS_OF_MONEY = re.compile(f"在职|在编|(?:{COUNTS['人'][1].pattern})")
SPENDING = re.compile("(?:财政|公共财政|总)?支出")
OF_OTHERS = re.compile("上年|去年|村级?(?!民)|其中|补助|补贴")
DIGITS = 3  # that a slip of the point leaves in place
FAR = 2  # times that the average is off


class _Told(NamedTuple):
    """An exact amount by its name."""

    name: str
    amount: Amount
    passage: Passage


def check(subject: Subject) -> Iterator[Outcome]:
    """Every average of land by person or household, and of costs by car."""
    told: list[_Told] = []
    for passage in subject.told.holding(MAYBE):
        for mean, name, of in _means(passage):
            if not told:  # quick
                told = list(_all(subject))
            if mean.figure.kind == "money" and of == "人":
                yield from _of_money(subject, passage, mean, name, told)
            yield from _judged(passage, mean, name, of, told)


def _means(passage: Passage) -> Iterator[tuple[Amount, str, str]]:
    """Each average, what it is of, and of one of what."""
    for segment in segments(passage, "均"):
        last = ""
        for amount in segment.amounts:
            name = figure_name(passage, amount.said)
            match = MEAN.match(name)
            if match is None:
                last = name
                continue
            what = TAIL.sub("", match["x"] or match["y"] or last)
            if amount.exact and what and not SURVEYED.search(name + what):
                yield amount, what, match["of"]


def _all(subject: Subject) -> Iterator[_Told]:
    """The exact amounts of the report that are no plan, and no part or other year's."""
    for line in subject.told.lines:
        for segment in segments(line):
            for amount in segment.amounts:
                low, high = line.clause(amount.said.start)
                if amount.exact and not PLANNED.search(line.text, low, high):
                    yield _Told(figure_name(line, amount.said), amount, line)


def _of_money(
    subject: Subject, passage: Passage, mean: Amount, name: str, told: Sequence[_Told]
) -> Iterator[Outcome]:
    """人均公用经费3.51元 where 312.46万元 and 89人 make 3.51万元: right but for its point or its unit."""
    report, size = subject.disclosure.report, mean.figure
    digits = size.amount.as_tuple().digits
    if len(digits) < DIGITS or OF_OTHERS.search(
        passage.text, passage.sentence(mean.said.start)[0], mean.said.start
    ):
        return
    named = report.facts_of("支出合计", "决算") if SPENDING.fullmatch(name) else ()
    sums = [
        fact
        for fact in named or subject.told.facts.get(name, ())
        if fact.basis == "决算" and fact.year == report.key.year
    ]
    people = [(f.figure, f.at, f.concept or f.row) for f in report.facts if f.figure.unit == "人"]
    people += [
        (t.amount.figure, t.passage.place(t.amount.said.start), t.name)
        for t in told
        if t.amount.figure.unit in ("人", "名")
    ]
    for total in sums:
        made = [
            (computed, count, at, counted)
            for count, at, counted in people
            if (computed := per(total.figure, count, size.unit)) is not None
        ]
        if any(near(size, computed) for computed, *_ in made):
            yield Outcome(RULE, (total.address,))
            return
        for (amount, _), count, at, counted in made:
            if not COUNTS_OF_MONEY.search(counted) or not _moved(size, amount):
                continue
            formula = f"{total.figure} ÷ {count}"
            places = (total.at, at)
            slip = wrong_unit.off(passage, mean, amount, formula, places)
            yield slip or _off(passage, mean, amount, formula, places)
            return


def _moved(printed: Figure, amount: Decimal) -> bool:
    """Are they the same digits with the point elsewhere?"""
    moved = amount.scaleb(printed.amount.adjusted() - amount.adjusted())
    return printed.amount.adjusted() != amount.adjusted() and (
        abs(moved - printed.amount) <= printed.ulp()
    )


def _off(
    passage: Passage, mean: Amount, amount: Decimal, formula: str, places: tuple[Place, ...]
) -> Outcome:
    right = f"{shown(amount, max(2, mean.figure.decimals))}{mean.figure.unit}"
    label = mean.words.strip("，,、 　-*：:")
    words, at = {"label": shown_label(label), "formula": formula}, label[-LONGEST:]
    return Outcome(RULE, finding=finding_on(RULE, passage, mean.said, at, words, right, places))


def _bought(made: tuple[_Told, _Told, object]) -> bool:
    """Is it the cost of buying cars, too?"""
    cost = CAR_COST.search(made[0].name)
    return cost is not None and cost["bought"] is not None


def _judged(
    passage: Passage, mean: Amount, name: str, of: str, told: Sequence[_Told]
) -> Iterator[Outcome]:
    units, counted = COUNTS[of]
    counts = [t for t in told if t.amount.figure.unit in units and counted.search(t.name)]
    if of == "车":
        sums = [t for t in told if CAR_COST.search(t.name) and not EACH.search(t.name)]
    else:
        sums = [t for t in told if TAIL.sub("", t.name) == name and t.amount.figure.kind == "area"]
    made = [
        (total, count, computed)
        for total in sums
        for count in counts
        if (computed := per(total.amount.figure, count.amount.figure, mean.figure.unit)) is not None
    ]
    size = mean.figure.amount
    if not made or size <= 0:
        return
    if any(amount < FAR * size and size < FAR * amount for _, _, (amount, _) in made):
        yield Outcome(RULE)
        return
    made.sort(key=_bought)
    total, count, (amount, _) = made[0]
    if "村" in passage.text[: mean.said.start] and total.passage is not passage:
        return  # 东坪村人均耕地1.8亩: of one village
    if total.passage is count.passage is passage:
        return  # as told_averages has it
    formula = f"{total.amount.said.text} ÷ {count.amount.said.text}"
    places = tuple(t.passage.place(t.amount.said.start) for t in (total, count))
    slip = wrong_unit.off(passage, mean, amount, formula, places)
    if slip is not None:
        yield slip
        return
    if _bought(made[0]):
        return  # what was bought is in it
    yield _off(passage, mean, amount, formula, places)
