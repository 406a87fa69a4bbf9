"""Years, towns and days: a fault against another report, a day, or an explanation that ran out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from site_builder.faults.of_indicators import indicators
from site_builder.forms import address_of
from site_builder.library import Disclosure
from site_builder.place import Place, place_in
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
    change,
    in_report,
    offset,
    with_amount,
)
from site_builder.report import Cell
from site_builder.rules.indicator_lines import indicator_tables


def _base_far_off(basis: str, ground: Ground) -> Iterator[Planted]:
    """Last year's figure, or the budget, a tenth of what it was; reported at this year's."""
    for disclosure in ground.library.disclosures:
        report = disclosure.report
        for concept in report.by_concept:
            now, base = report.fact_of(concept, "决算"), report.fact_of(concept, basis)
            if now is not None and base is not None and now.figure.amount > 1:
                amount = (now.figure.amount / 10).quantize(Decimal("0.01"))
                yield from change(ground, disclosure, now.at, [(base, with_amount(base, amount))])


def _year_before(
    ground: Ground, disclosure: Disclosure, edits: tuple[tuple[Cell, str], ...] = ()
) -> dict[str, bytes | None]:
    """The report once more as that of the year before, its cells perhaps printed otherwise."""
    report = disclosure.report
    changed = ground.edited([(cell.at, cell.text, new) for cell, new in edits]) or {}
    files: dict[str, bytes | None] = {}
    for file in (report.file, disclosure.narrative.file):
        text = (changed.get(file) or ground.text(file).encode()).decode()
        text = re.sub(r"^(  年度: )[0-9]{4}$", rf"\g<1>{report.key.year - 1}", text, flags=re.M)
        files[file.replace(f"{report.key.year}.", f"{report.key.year - 1}.")] = text.encode()
    return files


def _repeated_year(which: str, ground: Ground) -> Iterator[Planted]:
    """Last year's report is this year's: reported somewhere in the report or in its narrative."""
    for disclosure in ground.library.disclosures:
        file = disclosure.report.file if which == "yaml" else disclosure.narrative.file
        yield Planted(_year_before(ground, disclosure), Place(file, 0, 0), None)


def _restated(ground: Ground) -> Iterator[Planted]:
    """Last year's report prints another figure than this year's says it did."""
    for disclosure in ground.library.disclosures:
        files = _year_before(ground, disclosure)
        for fact in disclosure.report.facts:
            if fact.basis == "上年决算":
                yield Planted(files, fact.at, None)


def _lower_target(ground: Ground) -> Iterator[Planted]:
    """Last year's target was higher."""
    for disclosure, line in indicators(ground):
        if line.target and line.target.fact and line.target.fact.figure.amount > 0:
            fact = line.target.fact
            edits = ((line.target, with_amount(fact, fact.figure.amount * 10)),)
            yield Planted(_year_before(ground, disclosure, edits), line.target.at, None)


def _dropped_target(ground: Ground) -> Iterator[Planted]:
    """Last year had an indicator of another name."""
    for disclosure in ground.library.disclosures:
        for table, lines in indicator_tables(disclosure.report):
            for printed, line in zip(table.lines, lines, strict=True):
                cell = printed.cells[len(line.levels) - 1]
                if line.target and line.target.fact and cell.text:
                    edits = ((cell, "清淤水渠长度"),)
                    at = Place(disclosure.report.file, 0, 0)
                    yield Planted(_year_before(ground, disclosure, edits), at, None)


def _another_town(ground: Ground) -> Iterator[Planted]:
    """The report once more as another town's of the county."""
    for mine in ground.library.disclosures:
        county, town, year = mine.key
        for other in mine.county.towns:
            files: dict[str, bytes | None] = {}
            for file in (mine.report.file, mine.narrative.file):
                target = file.replace(f"/{county}/{town}/", f"/{county}/{other}/")
                files[target] = ground.text(file).encode()
            if other != town and ground.library.of_year(county, other, year) is None:
                for file in (mine.narrative.file, target):
                    yield Planted(files, Place(file, 0, 0), None)


def _column_as_last_year(factor: Decimal, ground: Ground) -> Iterator[Planted]:
    """A column of this year that is last year's times one factor, row by row."""
    for disclosure in ground.library.disclosures:
        for table in disclosure.report.tables:
            changes = []
            for line in table.lines if table.form.kind == "grid" else ():
                facts = {c.fact.basis: c.fact for c in line.cells if c.fact is not None}
                if "决算" in facts and "上年决算" in facts:
                    amount = facts["上年决算"].figure.amount * factor
                    amount = amount.quantize(Decimal("0.01"))
                    changes.append((facts["决算"], with_amount(facts["决算"], amount)))
            changes = [(f, new) for f, new in changes if new != f.figure.text]
            at = Place(disclosure.report.file, 0, 0)
            if changes:
                yield from change(ground, disclosure, at, changes)


def _late(ground: Ground) -> Iterator[Planted]:
    """Published long after the report was made."""
    for disclosure in ground.library.disclosures:
        file = disclosure.report.file
        text = ground.text(file)
        match = re.search(r"^  报告日期: (\S+)\n(?!  发布日期)", text, re.M)
        if match is not None:
            at = place_in(text, match.end(), file)._replace(column=9)
            line = f"  发布日期: {int(match[1][:4]) + 1}{match[1][4:]}\n"
            changed = text[: match.end()] + line + text[match.end() :]
            yield Planted({file: changed.encode()}, at, disclosure.key)


def _expired(at_its_end: bool, ground: Ground) -> Iterator[Planted]:
    """The end of an explanation set back to long ago; reported there, or at the explanation."""
    for disclosure in ground.library.disclosures:
        for answer in disclosure.report.acknowledgements:
            text = ground.text(answer.at.file)
            start = offset(text, answer.at)
            match = re.compile(r"至: *([0-9-]{10})").search(text, start)
            if match is not None:
                changed = text[: match.start(1)] + "2000-01-01" + text[match.end(1) :]
                end = place_in(text, match.start(1), answer.at.file)._replace(column=0)
                at = end if at_its_end else answer.at
                yield Planted({answer.at.file: changed.encode()}, at, disclosure.key)


def _of_nothing(ground: Ground) -> Iterator[Planted]:
    """An explanation of a figure that nothing is wrong with."""
    for disclosure in ground.library.disclosures:
        file = disclosure.report.file
        text = ground.text(file).rstrip("\n") + "\n"
        sound = [f for f in disclosure.report.facts if not _found_at(ground, f.address)]
        if not sound:
            continue
        entry = (
            f"  - 规则: sum-differs\n    位置: {address_of(sound[0].address)}\n"
            "    说明: 原件如此。\n    日期: 2026-01-05\n    至: 2099-12-31\n"
        )
        match = re.search(r"^认可:[ ]*\n", text, re.M)
        start = match.end() if match else len(text)
        head = "" if match else "认可:\n"
        changed = text[:start] + head + entry + text[start:]
        at = Place(file, text.count("\n", 0, start) + 1 + len(head.split("\n")) - 1, 5)
        yield Planted({file: changed.encode()}, at, disclosure.key)


def _found_at(ground: Ground, address: str) -> bool:
    return any(known[2] == address for known in ground.known)


FAULTS: dict[str, Plant] = {
    "restated": _restated,
    "unexplained-jump": partial(_base_far_off, "上年决算"),
    "far-from-budget": partial(_base_far_off, "年初预算"),
    "same-as-last-year": partial(_repeated_year, "yaml"),
    "column-repeats-last-year": partial(_column_as_last_year, Decimal(1)),
    "one-ratio-for-all": partial(_column_as_last_year, Decimal("0.8")),
    "copied-from-last-year": partial(_repeated_year, "md"),
    "copied-from-another-town": _another_town,
    "target-lowered": _lower_target,
    "target-dropped": _dropped_target,
    "dated-early": in_report(r"^  报告日期:[ ]?(.*)$", " 2000-01-01", column=False),
    "date-not-come": in_report(r"^  报告日期:[ ]?(.*)$", " 2999-01-01", column=False),
    "published-late": _late,
    "acknowledgement-expired": partial(_expired, False),
    "ends-before-it-begins": partial(_expired, True),
    "acknowledgement-unmatched": _of_nothing,
}
