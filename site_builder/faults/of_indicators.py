"""Indicators: a fault in weights, scores, grades, targets and results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from site_builder.faults.of_figures import of_concept
from site_builder.library import Disclosure
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
    change,
    with_amount,
)
from site_builder.report import Fact
from site_builder.rules.indicator_lines import IndicatorLine, indicator_tables

SCORE = "自评得分".__eq__


def _scored(role: str, ground: Ground) -> Iterator[tuple[Disclosure, Fact, Fact | None]]:
    """Weights or scores of indicator tables: the total, groups, then lines with their weight."""
    for disclosure in ground.library.disclosures:
        for table in disclosure.report.tables:
            if table.form.kind != "indicators":
                continue
            for cell in table.total.values():
                if cell.fact is not None and cell.address.endswith(role):
                    yield disclosure, cell.fact, None
            for cell in table.group_weights.values() if role == "分值" else ():
                if cell.fact is not None:
                    yield disclosure, cell.fact, None
            for line in table.lines:
                facts = {c.address.rpartition(".")[2]: c.fact for c in line.cells}
                score, weight = facts.get(role), facts.get("分值")
                if score is not None and weight is not None:
                    yield disclosure, score, weight


def _wrong_total(role: str, ground: Ground) -> Iterator[Planted]:
    """A total of weights or scores one too low; then one part one too low below a right total."""
    totals = []
    for disclosure, fact, weight in _scored(role, ground):
        if weight is None:
            totals.append(fact)
            new = with_amount(fact, fact.figure.amount - 1)
            yield from change(ground, disclosure, fact.at, [(fact, new)])
    for disclosure, fact, weight in _scored(role, ground):
        for total in totals if weight is not None else ():
            if total.table == fact.table and total.at.file == fact.at.file:
                new = with_amount(fact, fact.figure.amount - 1)
                yield from change(ground, disclosure, total.at, [(fact, new)])


def _score_above(ground: Ground) -> Iterator[Planted]:
    """A score one above its weight."""
    for disclosure, fact, weight in _scored("得分", ground):
        if weight is not None:
            new = with_amount(fact, weight.figure.amount + 1)
            yield from change(ground, disclosure, fact.at, [(fact, new)])


def _wrong_grade(ground: Ground) -> Iterator[Planted]:
    """The grade of another band."""
    for disclosure in ground.library.disclosures:
        cell = disclosure.report.text_of("自评等级")
        score = disclosure.report.fact_of("自评得分", "自评")
        if cell is None or score is None or disclosure.profile is None:
            continue
        mine = disclosure.profile.grade_of(score.figure.amount)
        for grade in disclosure.profile.grades:
            if grade != mine:
                yield from change(ground, disclosure, cell.at, [(cell, str(grade.name))])


def indicators(ground: Ground) -> Iterator[tuple[Disclosure, IndicatorLine]]:
    for disclosure in ground.library.disclosures:
        for _, lines in indicator_tables(disclosure.report):
            for line in lines:
                yield disclosure, line


def _missed_target(ground: Ground) -> Iterator[Planted]:
    """A result far below its target, and the full score."""
    for disclosure, line in indicators(ground):
        if line.target and line.target.fact and line.result and line.result.fact and line.score:
            new = with_amount(line.result.fact, Decimal(1))
            yield from change(ground, disclosure, line.score.at, [(line.result, new)])


def _point_taken(ground: Ground) -> Iterator[Planted]:
    """A score one lower, and no reason for it."""

    def wanted(_: Disclosure, fact: Fact) -> bool:
        return fact.address.endswith(".得分") and ".总分." not in fact.address

    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.facts:
            if wanted(disclosure, fact) and fact.figure.amount > 1:
                new = with_amount(fact, fact.figure.amount - 1)
                yield from change(ground, disclosure, fact.at, [(fact, new)])


def _any_target(ground: Ground) -> Iterator[Planted]:
    """A target that every result meets."""
    for disclosure, line in indicators(ground):
        if line.target and line.target.text:
            yield from change(ground, disclosure, line.target.at, [(line.target, "0%~100%")])


def _no_score(ground: Ground) -> Iterator[Planted]:
    """A score left blank."""
    for disclosure, line in indicators(ground):
        if line.score and line.score.fact:
            at = line.score.at._replace(column=0)
            yield from change(ground, disclosure, at, [(line.score, "")])


def _result_in_another_unit(ground: Ground) -> Iterator[Planted]:
    """A result in pieces where the target is a length, an area or people."""
    for disclosure, line in indicators(ground):
        fact = line.result.fact if line.result else None
        if (
            line.result
            and fact
            and fact.figure.unit
            and line.result.text.endswith(fact.figure.unit)
        ):
            new = line.result.text.removesuffix(fact.figure.unit) + "吨"
            yield from change(ground, disclosure, line.result.at, [(line.result, new)])


def _weight_of_group(ground: Ground) -> Iterator[Planted]:
    """A group and one of its indicators weigh one more than decreed, so that the group adds up."""
    for disclosure in ground.library.disclosures:
        for table, lines in indicator_tables(disclosure.report):
            for name, cell in table.group_weights.items():
                one = next((n for n in lines if n.levels[0] == name and n.weight), None)
                if cell.fact and one and one.weight and one.weight.fact:
                    pair = (cell.fact, one.weight.fact)
                    changes = [(f, with_amount(f, f.figure.amount + 1)) for f in pair]
                    yield from change(ground, disclosure, cell.at, changes)


def _told_to_have_failed(ground: Ground) -> Iterator[Planted]:
    """A score for what the words beside it say was not done."""
    for disclosure in ground.library.disclosures:
        for table, lines in indicator_tables(disclosure.report):
            for printed, line in zip(table.lines, lines, strict=True):
                words = printed.cells[-1]
                if line.score and line.score.fact and words.text and words.fact is None:
                    new = [(words, "没有按每年的要求做资产盘点。")]
                    yield from change(ground, disclosure, line.score.at, new)


def _far_above_target(ground: Ground) -> Iterator[Planted]:
    """A result three times its target, under a profile that wants that explained."""
    for disclosure, line in indicators(ground):
        fact = line.result.fact if line.result else None
        profile = f"data/profiles/{disclosure.report.heading.profile}.yaml"
        if not (line.result and fact and line.target and line.target.fact and line.unexplained):
            continue
        new = with_amount(fact, fact.figure.amount * 3)
        files = ground.edited([(line.result.at, line.result.text, new)])
        text = ground.text(profile).rstrip("\n") + "\n"
        if files is not None and "\n计分:" not in text:
            files[profile] = (text + "计分: {超额说明: 1.3}\n").encode()
            yield Planted(files, line.result.at, None)


def _bound_as_result(ground: Ground) -> Iterator[Planted]:
    """A result that only says ≥."""
    for disclosure, line in indicators(ground):
        result = line.result
        if result is not None and re.fullmatch(r"[0-9]+%", result.text):
            new = f"≥{result.text}"
            yield from change(ground, disclosure, result.at, [(result, new)])


FAULTS: dict[str, Plant] = {
    "weights-differ": partial(_wrong_total, "分值"),
    "score-total": partial(_wrong_total, "得分"),
    "score-exceeds-weight": _score_above,
    "grade-band": _wrong_grade,
    "score-despite-failure": _told_to_have_failed,
    "weight-off-profile": _weight_of_group,
    "score-above-full": partial(of_concept, SCORE, lambda f: with_amount(f, Decimal("101.5"))),
    "score-above-result": _missed_target,
    "excess-unexplained": _far_above_target,
    "score-below-result": _point_taken,
    "target-cannot-fail": _any_target,
    "indicator-unscored": _no_score,
    "score-unexplained": _point_taken,
    "target-unit": _result_in_another_unit,
    "result-not-measured": _bound_as_result,
}
