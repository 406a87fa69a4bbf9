"""One fault for each rule: where it can be planted in a library, and where it must be reported.

Grouped as the rules are. A rule of a later day needs no line in FAULTS as long as its page has a
broken example; a line is the better proof.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import partial
from itertools import pairwise

from site_builder.archive.ledger import Entry, Ledger, file_of
from site_builder.finding import ReportKey
from site_builder.forms import address_of
from site_builder.library import Disclosure
from site_builder.place import Place, place_in
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
    appended,
    bumped,
    change,
    each_fact,
    in_report,
    offset,
    with_amount,
)
from site_builder.relations import quotient
from site_builder.report import Cell, Fact
from site_builder.rules.indicator_lines import IndicatorLine, indicator_tables
from site_builder.settings import FILE as SETTINGS
from site_builder.yaml_file import MAX_BYTES, MAX_DEPTH, Text

SEALED = datetime.date(2000, 1, 1)

# -- figures that contradict each other ------------------------------------------------------


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


def _wrong_link(ground: Ground) -> Iterator[Planted]:
    """A linked figure with another first digit."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is None or cell.fact is None:
                continue
            old = f"[{link.words}]("
            files = ground.edited([(link.at, old, f"[{bumped(link.words)}](")])
            if files is not None:
                yield Planted(files, link.at, disclosure.key)


# -- files that cannot be read ---------------------------------------------------------------


def _too_large(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        text = ground.text(file) + f"# {'x' * MAX_BYTES}\n"
        yield Planted({file: text.encode()}, Place(file, 1, 1), disclosure.key)


def _orphan(ground: Ground) -> Iterator[Planted]:
    """A narrative whose report is not there."""
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.narrative.file
        lost = file.rpartition("/")[0] + "/1999.md"
        yield Planted({lost: ground.text(file).encode()}, Place(lost, 1, 1), None)


def _folder_for_a_file(_: Ground) -> Iterator[Planted]:
    """A folder that is called as the page 关于本站."""
    yield Planted({"content/about.md/a": b""}, Place("content/about.md", 1, 1), None)


def _no_narrative(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.narrative.file
        yield Planted({file: None}, Place(file, 1, 1), disclosure.key)


def _bad_byte(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        raw = ground.text(file).encode().rstrip(b"\n") + b"\n"
        yield Planted(
            {file: raw + b"# \xff\n"}, Place(file, raw.count(b"\n") + 1, 3), disclosure.key
        )


def _bad_path(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        other = file.rpartition("/")[0] + "/2022年.yaml"
        yield Planted({other: ground.text(file).encode()}, Place(other, 1, 1), None)


def _no_source(ground: Ground) -> Iterator[Planted]:
    """A head without its source; what is missing is reported at the head's first key."""
    for disclosure in ground.library.disclosures:
        file = disclosure.report.file
        text = ground.text(file)
        head = re.search(r"^报告:\n( +)", text, re.M)
        source = re.search(r"^  来源:.*\n", text, re.M)
        if head is not None and source is not None and source.start() > head.end():
            changed = text[: source.start()] + text[source.end() :]
            at = place_in(text, head.end(), file)
            yield Planted({file: changed.encode()}, at, disclosure.key)


def _other_county(ground: Ground) -> Iterator[Planted]:
    """A town whose division code belongs to another county."""
    for slug, county in ground.library.counties.items():
        file = f"data/counties/{slug}.yaml"
        for town in county.towns.values():
            if not isinstance(town.code, Text):  # a bureau's, left blank
                continue
            files = ground.edited([(town.code.at, f'"{town.code}"', f'"999999{town.code[6:]}"')])
            if files is not None and town.code.at.file == file:
                yield Planted(files, town.code.at, None)


def _in_form(ground: Ground) -> Iterator[Planted]:
    """A yes-or-no of a form that says neither."""
    for path in sorted((ground.library.root / "data" / "forms").glob("*.yaml")):
        file = path.relative_to(ground.library.root).as_posix()
        text = ground.text(file)
        for match in re.finditer(r"^    (?:正文|可增项|总分|一级指标分值): (是)$", text, re.M):
            changed = text[: match.start(1)] + "对" + text[match.end(1) :]
            yield Planted({file: changed.encode()}, place_in(text, match.start(1), file), None)


def _decreed(folder: str, pattern: str, new: str, ground: Ground) -> Iterator[Planted]:
    """The first match of `pattern` in a file of data/<folder>/ replaced; reported in its line."""
    for path in sorted((ground.library.root / "data" / folder).glob("*.yaml")):
        file = path.relative_to(ground.library.root).as_posix()
        text = ground.text(file)
        if (match := re.search(pattern, text, re.M)) is not None:
            changed = text[: match.start()] + match.expand(new) + text[match.end() :]
            at = place_in(text, match.start(), file)._replace(column=0)
            yield Planted({file: changed.encode()}, at, None)


def _cell_as(kind: str, new: Callable[[str], str], ground: Ground) -> Iterator[Planted]:
    """A cell of one kind (figure, share, measure) written in a way that cannot be read."""

    def wanted(disclosure: Disclosure, fact: Fact) -> bool:
        form = next(t.form for t in disclosure.report.tables if t.form.address == fact.table)
        if form.kind == "fields":
            item = next(
                (i for i in form.items if f"{form.address}.{i.address}" == fact.address), None
            )
            return kind == "measure" and item is not None and item.type == "measure"
        column = next((c for c in form.columns if fact.address.endswith(f".{c.address}")), None)
        if column is None or column.type != "figure":
            return False
        return kind == ("share" if fact.figure.unit == "%" else "figure")

    yield from each_fact(ground, wanted, new)


def _other_unit(ground: Ground) -> Iterator[Planted]:
    """Money where the concept is money, printed in people."""
    concepts = ground.library.concepts

    def wanted(_: Disclosure, fact: Fact) -> bool:
        known = concepts.get(fact.concept)
        return known is not None and known.unit == "万元" and fact.figure.text.endswith("万元")

    yield from each_fact(ground, wanted, lambda text: text.removesuffix("万元") + "人")


def _link_to(target: Callable[[Disclosure], str], ground: Ground) -> Iterator[Planted]:
    """A linked figure that leads elsewhere."""
    for disclosure in ground.library.disclosures:
        for link, _ in disclosure.links:
            old, new = f"[{link.words}](#{link.target})", target(disclosure)
            files = ground.edited([(link.at, old, f"[{link.words}](#{new})")]) if new else None
            if files is not None:
                yield Planted(files, link.at, disclosure.key)


def _ambiguous(disclosure: Disclosure) -> str:
    """The end of two addresses."""
    report = disclosure.report
    tables = {t.form.address for t in report.tables}
    ends = (a.rpartition(".")[2] for a in report.cells)
    return next((e for e in ends if e not in tables and len(report.targets(e)) > 1), "")


def _unclear(ground: Ground) -> Iterator[Planted]:
    """Link words that are two figures."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is not None:
                files = ground.edited(
                    [(link.at, f"[{link.words}](", f"[{link.words}和{link.words}](")]
                )
                if files is not None:
                    yield Planted(files, link.at, disclosure.key)


# -- indicators ------------------------------------------------------------------------------


def _lines(ground: Ground) -> Iterator[tuple[Disclosure, IndicatorLine]]:
    for disclosure in ground.library.disclosures:
        for _, lines in indicator_tables(disclosure.report):
            for line in lines:
                yield disclosure, line


def _missed_target(ground: Ground) -> Iterator[Planted]:
    """A result far below its target, and the full score."""
    for disclosure, line in _lines(ground):
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
    for disclosure, line in _lines(ground):
        if line.target and line.target.text:
            yield from change(ground, disclosure, line.target.at, [(line.target, "0%~100%")])


def _no_score(ground: Ground) -> Iterator[Planted]:
    """A score left blank."""
    for disclosure, line in _lines(ground):
        if line.score and line.score.fact:
            at = line.score.at._replace(column=0)
            yield from change(ground, disclosure, at, [(line.score, "")])


def _result_in_another_unit(ground: Ground) -> Iterator[Planted]:
    """A result in pieces where the target is a length, an area or people."""
    for disclosure, line in _lines(ground):
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


# -- units, sentences, people ----------------------------------------------------------------


def _is_rate(concept: str) -> bool:
    return concept.endswith("率")


def _of_concept(
    test: Callable[[str], bool], new: Callable[[Fact], str], ground: Ground
) -> Iterator[Planted]:
    """Each figure whose concept passes `test`, printed otherwise."""
    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.facts:
            if test(fact.concept):
                yield from change(ground, disclosure, fact.at, [(fact, new(fact))])


def _without_yuan(new: str, ground: Ground) -> Iterator[Planted]:
    """万元 printed as 元 or as 万."""

    def wanted(_: Disclosure, fact: Fact) -> bool:
        return fact.figure.text.endswith("万元")

    yield from each_fact(ground, wanted, lambda text: text.removesuffix("万元") + new)


def _unlinked(ground: Ground) -> Iterator[Planted]:
    """A linked figure with its link taken away and its first digit changed."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is not None and cell.fact is not None and link.figure and link.figure.unit:
                old, new = f"[{link.words}](#{link.target})", bumped(link.words)
                files = ground.edited([(link.at, old, new)])
                if files is not None:
                    yield Planted(files, link.at, disclosure.key)


def _base_far_off(basis: str, ground: Ground) -> Iterator[Planted]:
    """Last year's figure, or the budget, a tenth of what it was; reported at this year's."""
    for disclosure in ground.library.disclosures:
        report = disclosure.report
        for concept in report.by_concept:
            now, base = report.fact_of(concept, "决算"), report.fact_of(concept, basis)
            if now is not None and base is not None and now.figure.amount > 1:
                amount = (now.figure.amount / 10).quantize(Decimal("0.01"))
                yield from change(ground, disclosure, now.at, [(base, with_amount(base, amount))])


def _told_to_have_failed(ground: Ground) -> Iterator[Planted]:
    """A score for what the words beside it say was not done."""
    for disclosure in ground.library.disclosures:
        for table, lines in indicator_tables(disclosure.report):
            for printed, line in zip(table.lines, lines, strict=True):
                words = printed.cells[-1]
                if line.score and line.score.fact and words.text and words.fact is None:
                    new = [(words, "没有按每年的要求做资产盘点。")]
                    yield from change(ground, disclosure, line.score.at, new)


def _thousands_of_guests(ground: Ground) -> Iterator[Planted]:
    """A thousand times as many guests, so that each cost next to nothing."""
    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.by_concept.get("国内公务接待人次", ()):
            new = [(fact, with_amount(fact, fact.figure.amount * 1000))]
            yield from change(ground, disclosure, Place(fact.at.file, 0, 0), new)


def _required(ground: Ground) -> Iterator[Planted]:
    """A profile that requires what a report does not state."""
    for disclosure in ground.library.disclosures:
        report = disclosure.report
        profile = f"data/profiles/{report.heading.profile}.yaml"
        text = ground.text(profile).rstrip("\n") + "\n"
        lost = next((c for c in ground.library.concepts if c not in report.by_concept), None)
        if lost is not None and "\n必报:" not in text:
            changed = f"{text}必报: [{lost}]\n".encode()
            yield Planted({profile: changed}, Place(report.file, 0, 0), None)


# -- years and towns -------------------------------------------------------------------------


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
    for disclosure, line in _lines(ground):
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


def _equal_by_form(ground: Ground) -> Iterator[Planted]:
    """A form that says of two different figures that they are equal."""
    for disclosure in ground.library.disclosures:
        report = disclosure.report
        file = f"data/forms/{report.form.name}.yaml"
        text = ground.text(file).rstrip("\n") + "\n"
        money = [f for f in report.facts if f.figure.kind == "money" and not f.figure.about]
        for first, second in pairwise(money):
            if "\n勾稽:" not in text and abs(first.figure.amount - second.figure.amount) > 1:
                entry = f"勾稽:\n  - {{等于: [{first.address}, {second.address}]}}\n"
                yield Planted({file: (text + entry).encode()}, first.at, None)


def _far_above_target(ground: Ground) -> Iterator[Planted]:
    """A result three times its target, under a profile that wants that explained."""
    for disclosure, line in _lines(ground):
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


# -- explanations ----------------------------------------------------------------------------


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


# -- sentences -------------------------------------------------------------------------------

# A sentence at the end of a narrative that must not be published, or cannot be meant. No number
# here is anybody's: the identity number is the example of GB 11643, the telephone a test number.
SENTENCES = {
    "personal-phone": "联系人电话13800138000。",
    "personal-id": "其身份证号码为11010519491231002X。",
    "bank-card": "款项汇入银行账号6222021234567890128。",
    "role-name": "填表人：张建国",
    "home-address": "受助户住在东坪村三组12号。",
    "contact-detail": "联系微信号：zhang_jianguo88。",
    "small-group": "全镇有艾滋病人3人。",
    "office-phone": "办公电话0737-8888888。",
    "named-person": "镇党委书记张建国主持会议。",
    "comparison-year": "“三公”经费比2015年减少。",
    "conversion-residue": "收支情况OLE_LINK1良好。",
    "template-residue": "全年培训支出XX万元。",
    "doubled-words": "全镇干部职工全镇干部职工努力工作。",
    "doubled-punctuation": "各项工作顺利完成。。",
    "odd-character": "支出控制良好，用⼈规范。",
    "missing-glyph": "支出控制👍良好。",
    "wrong-self-name": "我局认真开展自评。",
    "list-count": "镇里设有4个中心：便民中心、文化中心、养老中心。",
    "annex-missing": "收支情况详见附件9。",
    "heading-number": "## 九十九、其他：无",
    "empty-section": "## 需要说明的事项",
    "told-part-exceeds": "全镇清理沟渠38公里，其中干渠52公里。",
    "told-share": "应缴纳垃圾费8000户，实际缴纳7200户，收缴率99.5%。",
    "told-change": "柑橘产量由1250吨增加到1500吨，增长35%。",
    "told-total": "发放柑橘苗180株、桃苗90株、梨苗25株，合计395株。",
    "impossible-date": "工程于2021年2月30日开工。",
    "unpaired-mark": "清理水渠（干渠38公里。",
    "told-average": "向213名群众发放柑橘种苗款42.6万元，人均2500元。",
    "survey-differs": "发放供水问卷500份，收回516份。",
    "named-size": "建成千亩柑橘片4个，总面积2600亩。",
    "misspelt-word": "按照统一布署做好各项工作。",
    "document-number": "根据示财绩[2023]5号要求公开。",
    "doubly-approximate": "清理垃圾约126余吨。",
    "names-with-money": "向王大明发放奖金500元、邓小强800元、刘小红1000元。",
}

# Several lines, and how many of them stand above the one that must be reported.
PASSAGES = {
    "claim-denied": (
        "支出总额控制在预算总额以内。\n\n## 存在的主要问题\n\n实际支出与年初预算差异较大。",
        1,
    ),
    "count-told-twice": ("## 水库\n\n全镇共有水库35座。\n\n全镇现有水库53座。", 5),
    "figure-denied": ("## 接待\n\n全年没有公务接待费。", 3),
    "goal-of-next-year": ("## 年度绩效目标\n\n力争明年完成水厂建设。", 3),
    "goal-missed": (
        "## 年度目标\n\n年初确定的目标：农业总产值增长70%。\n\n## 年末结果\n\n"
        "农业总产值增长5%，圆满完成年度目标。",
        7,
    ),
}


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


def _bound_as_result(ground: Ground) -> Iterator[Planted]:
    """A result that only says ≥."""
    for disclosure, line in _lines(ground):
        result = line.result
        if result is not None and re.fullmatch(r"[0-9]+%", result.text):
            new = f"≥{result.text}"
            yield from change(ground, disclosure, result.at, [(result, new)])


# -- settings of the site --------------------------------------------------------------------


def _setting(section: str, name: str, value: str) -> Plant:
    """A setting of mkdocs.yml alone in its file, reported at its value, or its key if it has none."""
    column = len(f"    {name}: ") + 1 if value else 5

    def plant(_: Ground) -> Iterator[Planted]:
        words = f"extra:\n  {section}:\n    {name}: {value}\n"
        yield Planted({SETTINGS: words.encode()}, Place(SETTINGS, 3, column), None)

    return plant


def _code_of_another_county(ground: Ground) -> Iterator[Planted]:
    """A site code of no county, in a project that publishes one county."""
    _, *others = sorted((ground.library.root / "data" / "counties").glob("*.yaml"))
    words = "extra:\n  publisher:\n    网站标识码: 0000000000\n".encode()
    root = ground.library.root
    gone = {path.relative_to(root).as_posix(): None for path in others}
    yield Planted({SETTINGS: words, **gone}, Place(SETTINGS, 3, 12), None)


def _county_called_as_a_folder(ground: Ground) -> Iterator[Planted]:
    """A county whose file has the name of one of the site's folders."""
    first = next(iter(sorted((ground.library.root / "data" / "counties").glob("*.yaml"))))
    name = "data/counties/search.yaml"
    yield Planted({name: first.read_bytes()}, Place(name, 1, 1), None)


# -- the ledger ------------------------------------------------------------------------------


def _ledger(ground: Ground, year: int) -> Iterator[tuple[ReportKey, bytes]]:
    """A county's ledger in which a report of `year` is sealed."""
    for disclosure in ground.library.disclosures:
        key = disclosure.key._replace(year=year)
        heading = disclosure.report.heading
        entry = Entry(0, "封存", key, 1, SEALED, heading.title, heading.unit, "site-builder")
        yield key, Ledger(key.county).with_(entry).written()


def _altered_ledger(ground: Ground) -> Iterator[Planted]:
    """An entry dated otherwise than it was written."""
    for key, raw in _ledger(ground, 1999):
        file = file_of(key.county)
        forged = raw.replace(SEALED.isoformat().encode(), b"2000-01-02")
        yield Planted({file: forged}, Place(file, 0, 0), None)


def _sealed_and_gone(ground: Ground) -> Iterator[Planted]:
    """A report that the ledger knows and nobody has."""
    for key, raw in _ledger(ground, 1999):
        yield Planted({file_of(key.county): raw}, Place(f"data/reports/{key}.yaml", 1, 1), None)


# -- the list --------------------------------------------------------------------------------

SCORE = "自评得分".__eq__
STAFF = "在职人数".__eq__
DEEP = "深: " + "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2) + "\n"

FAULTS: dict[str, Plant] = {
    **{rule: appended("md", f"\n{words}\n", 0, 1) for rule, words in SENTENCES.items()},
    **{rule: appended("md", f"\n{words}\n", 0, down) for rule, (words, down) in PASSAGES.items()},
    "file-too-large": _too_large,
    "file-missing": _orphan,
    "not-a-file": _folder_for_a_file,
    "not-utf8": _bad_byte,
    "unseen-character": appended("yaml", "# 全角\u3000空格\n", 5),
    "yaml-syntax": appended("yaml", "备注: @甲\n", 5),
    "full-width-colon": appended("yaml", "备注：无\n", 3),
    "yaml-anchor": in_report(r"^  来源: (?=\S)()", "&a "),
    "duplicate-key": appended("yaml", "报告: 又一份\n"),
    "key-not-text": appended("yaml", "? [甲]\n: 乙\n", 3),
    "second-document": appended("yaml", "---\n甲: 1\n"),
    "too-deep": appended("yaml", DEEP, 0),
    "not-a-table": partial(_cell_as, "figure", lambda text: f"[{text}]"),
    "unknown-key": appended("yaml", "备注: 无\n"),
    "missing-key": _no_source,
    "empty-value": in_report(r"^  来源:( .*)$", "", column=False),
    "not-a-number": partial(_cell_as, "figure", lambda text: f"{text}万元"),
    "not-a-percentage": partial(_cell_as, "share", lambda text: text.removesuffix("%") + "％"),
    "not-a-measure": partial(_cell_as, "measure", lambda _: "若干"),
    "unit-mismatch": _other_unit,
    "not-a-date": in_report(r"^  报告日期:[ ]?(.*)$", " 2023年5月8日", column=False),
    "not-a-choice": _in_form,
    "bad-path": _bad_path,
    "path-differs": in_report(r"^  年度: ([0-9]{4})$", "1999"),
    "division-code": _other_county,
    "sum-of-itself": partial(_decreed, "forms", r"(?<=^      )(\S+)(: \{.*合计: \[)", r"\1\2\1, "),
    "grade-bands": partial(_decreed, "profiles", r"下限: 80, 上限: 90", "下限: 80, 上限: 89"),
    "county-credit-code": partial(_decreed, "counties", r"(统一社会信用代码: )(?=\S)", r"\g<1>9"),
    "unknown-name": in_report(r"^  口径: (\S+)$", r"\g<1>-0"),
    "unknown-figure": partial(_link_to, lambda _: "没有这个数"),
    "ambiguous-figure": partial(_link_to, _ambiguous),
    "unclear-figure": _unclear,
    "markup-in-narrative": appended("md", "\n<b>粗体</b>\n", 1, 1),
    "markdown-slip": appended("md", "\n##没有空格\n", 1, 1),
    "table-in-narrative": appended("md", "\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n", 0, 1),
    "bad-link": appended("md", "\n[网站](javascript:0)\n", 1, 1),
    "narrative-missing": _no_narrative,
    "reserved-name": _county_called_as_a_folder,
    "bad-setting": _setting("site", "网站域名", "https://www.example.org/"),
    "site-code": _code_of_another_county,
    "identity-missing": _setting("publisher", "主办单位", ""),
    "ledger-broken": _altered_ledger,
    "sealed-missing": _sealed_and_gone,
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
    "weights-differ": partial(_wrong_total, "分值"),
    "score-total": partial(_wrong_total, "得分"),
    "score-exceeds-weight": _score_above,
    "grade-band": _wrong_grade,
    "credit-code": _wrong_code,
    "linked-figure": _wrong_link,
    "implausible": _thousands_of_guests,
    "score-despite-failure": _told_to_have_failed,
    "required-missing": _required,
    "prose-contradicts": _unlinked,
    "unit-slip": partial(_without_yuan, "元"),
    "unit-missing": partial(_without_yuan, "万"),
    "weight-off-profile": _weight_of_group,
    "score-above-full": partial(_of_concept, SCORE, lambda f: with_amount(f, Decimal("101.5"))),
    "score-above-result": _missed_target,
    "excess-unexplained": _far_above_target,
    "score-below-result": _point_taken,
    "target-cannot-fail": _any_target,
    "indicator-unscored": _no_score,
    "score-unexplained": _point_taken,
    "target-unit": _result_in_another_unit,
    "over-establishment": partial(
        _of_concept, STAFF, lambda f: with_amount(f, f.figure.amount * 2)
    ),
    "not-equal": _equal_by_form,
    "named-ratio": partial(_of_concept, _is_rate, lambda f: bumped(f.figure.text)),
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
    "published-late": _late,
    "result-not-measured": _bound_as_result,
    "acknowledgement-expired": partial(_expired, False),
    "ends-before-it-begins": partial(_expired, True),
    "acknowledgement-unmatched": _of_nothing,
}
