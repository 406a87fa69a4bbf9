"""Check the checker: plant one fault for each rule in the project's own data, and see it named.

The faults are planted in a copy, one at a time. A rule passes when it reports the planted cell
**exactly**: there is a new, unexplained finding of that rule at the planted place (a cell's line
and column; the line alone where the fault is a whole line), no other rule reports that place, and
the sentence stands in both languages and names what is printed. A fault in one figure may be seen
elsewhere too (a wrong total also makes a share wrong): such findings are counted as following.

A rule that has no fault here, or no place in this data, is tried on the broken examples of its
own page; the result says which of the two it was. A rule that cannot be made to fire fails.
"""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal

from site_builder.check import ALL_RULES, check_disclosure, check_library
from site_builder.examples import PAGES, examples, run_example
from site_builder.figure import number
from site_builder.finding import Finding, ReportKey, Rule
from site_builder.library import Disclosure, Library, read_disclosure, read_library
from site_builder.place import Place
from site_builder.relations import Case, cases_of, quotient
from site_builder.report import Cell, Fact
from site_builder.report_file import address_of
from site_builder.yaml_file import MAX_BYTES, MAX_DEPTH

MOST_REPORTS = 40  # of a large library the first few reports are ground enough
MOST_TRIES = 150

How = Literal["planted", "example", "failed"]


@dataclass(frozen=True)
class Planted:
    """A fault: what its files become (None: gone) and where it must be reported.

    `at.column` is 0 where any column of the line will do. `report` is the only report that
    changes; None means that everything must be read again.
    """

    files: dict[str, bytes | None]
    at: Place
    report: ReportKey | None


@dataclass(frozen=True)
class Ground:
    """The copy that faults are planted in: what it holds, and what is found in it before."""

    library: Library
    known: frozenset[tuple[str, ...]]

    def text(self, file: str) -> str:
        """A file of the copy."""
        return (self.library.root / file).read_text("utf-8")

    def edited(self, edits: Iterable[tuple[Place, str, str]]) -> dict[str, bytes | None] | None:
        """Files with old texts replaced where they stand; None where one does not stand there."""
        texts: dict[str, str] = {}
        for at, old, new in sorted(edits, reverse=True):
            text = texts.get(at.file) or self.text(at.file)
            start = _offset(text, at)
            if not text.startswith(old, start):
                return None
            texts[at.file] = text[:start] + new + text[start + len(old) :]
        return {file: text.encode() for file, text in texts.items()}

    def cases(self, *kinds: str) -> Iterator[tuple[Disclosure, Case]]:
        """Every relation of the kinds, report by report, all its operands printed."""
        for disclosure in self.library.disclosures:
            for case in cases_of(disclosure, self.library.concepts):
                if case.kind in kinds and case.operands and not case.blank and not case.absent:
                    yield disclosure, case


Plant = Callable[[Ground], Iterator[Planted]]


@dataclass(frozen=True)
class Tried:
    """What became of one rule: how it was tried, where it was found, and what else followed."""

    rule: Rule
    how: How
    finding: Finding | None = None
    following: int = 0
    why: str = ""


def self_check(
    root: Path, rules: Iterable[Rule] = ALL_RULES, today: datetime.date | None = None
) -> Iterator[Tried]:
    """Try every rule on a copy of the project at `root`, in the order of the list."""
    today = today or datetime.datetime.now(tz=datetime.UTC).date()
    with tempfile.TemporaryDirectory() as folder:
        ground = _ground(root, Path(folder).resolve(), today)
        for rule in rules:
            yield _tried(rule, ground, today)


def write_tried(tried: Tried, lang: str = "zh") -> str:
    """One line: the rule, how it was tried, where it spoke and what it said."""
    names = {
        "zh": {"planted": "植入", "example": "示例", "failed": "没响"},
        "en": {"planted": "planted", "example": "example", "failed": "FAILED"},
    }[lang]
    said = f"{names[tried.how]} {tried.rule.id}"
    if tried.finding is not None:
        said += f" {tried.finding.at} {tried.finding.message(lang)}"
    if tried.following:
        said += (
            f"（连带 {tried.following} 处）" if lang == "zh" else f" ({tried.following} following)"
        )
    return said + (f"［{tried.why}］" if tried.why else "")


# -- trying ----------------------------------------------------------------------------------


def _ground(root: Path, folder: Path, today: datetime.date) -> Ground:
    """A copy of the decrees and of the first reports, and what is found in it as it is."""
    for name in ("concepts.yaml", "counties", "forms", "profiles"):
        source = root / "data" / name
        if source.is_dir():
            shutil.copytree(source, folder / "data" / name)
        elif source.exists():
            (folder / "data").mkdir(exist_ok=True)
            shutil.copy(source, folder / "data" / name)
    reports = sorted((root / "data" / "reports").glob("*/*/*.yaml"))[:MOST_REPORTS]
    for path in reports:
        relative = path.relative_to(root / "data")
        words = (root / "content" / relative).with_suffix(".md")
        for base, source in (("data", path), ("content", words)):
            if source.exists():
                target = (folder / base / relative).with_suffix(source.suffix)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
    library = read_library(folder)
    run = check_library(library, today)
    return Ground(library, frozenset(_identity(f) for f in run.findings))


def _identity(finding: Finding) -> tuple[str, ...]:
    """What stays the same when lines move."""
    open_ = "open" if finding.acknowledged is None else "explained"
    return (finding.rule.id, finding.at.file, finding.address, finding.message(), open_)


def _tried(rule: Rule, ground: Ground, today: datetime.date) -> Tried:
    plant = FAULTS.get(rule.id)
    why = "" if plant else "没有为它准备植入的错误"
    shared: Tried | None = None
    for planted in islice(plant(ground), MOST_TRIES) if plant else ():
        new = _new_findings(ground, planted, today)
        here = [f for f in new if _stands_at(f, planted.at)]
        mine = next((f for f in here if f.rule.id == rule.id and not f.acknowledged), None)
        if mine is None:
            why = why or f"植入 {planted.at} 后没有报告"
            continue
        if bad := _not_sensible(mine):
            why = bad
            continue
        if all(f.rule.id == rule.id for f in here):
            return Tried(rule, "planted", mine, len(new) - len(here))
        others = "、".join(sorted({f.rule.id for f in here} - {rule.id}))
        shared = shared or Tried(rule, "failed", mine, 0, f"同一处还报告了 {others}")
    if shared is not None:
        return shared
    return _tried_on_page(rule, why or "数据里没有可以植入的地方")


def _tried_on_page(rule: Rule, why: str) -> Tried:
    """The first broken example of the rule's own page."""
    path = PAGES / f"{rule.id}.md"
    listed = examples(path.read_text("utf-8"), rule.id) if path.exists() else ()
    for example in listed:
        expected = {line for line, id_ in example.expected if id_ == rule.id}
        if not expected:
            continue
        found = run_example(example)
        if {(f.at.line, f.rule.id) for f in found} != example.expected:
            return Tried(rule, "failed", None, 0, f"{why}；示例页第 {example.line} 行也不符")
        mine = next(f for f in found if f.rule.id == rule.id)
        if bad := _not_sensible(mine):
            return Tried(rule, "failed", mine, 0, bad)
        return Tried(rule, "example", mine, 0, why)
    return Tried(rule, "failed", None, 0, f"{why}；也没有示例页")


def _new_findings(ground: Ground, planted: Planted, today: datetime.date) -> list[Finding]:
    root = ground.library.root
    before = {f: (root / f).read_bytes() if (root / f).exists() else None for f in planted.files}
    try:
        _write(root, planted.files)
        if planted.report is None:
            found = list(check_library(read_library(root), today).findings)
        else:
            found = _of_one_report(ground.library, planted.report, today)
    finally:
        _write(root, before)
    return [f for f in found if _identity(f) not in ground.known]


def _of_one_report(library: Library, key: ReportKey, today: datetime.date) -> list[Finding]:
    """Read and check one report again, the others around it as they were."""
    found: list[Finding] = []
    path = library.root / "data" / "reports" / key.county / key.town / f"{key.year}.yaml"
    disclosure = read_disclosure(library, path, found)
    if disclosure is None:
        return found
    others = [d for d in library.disclosures if d.key != key]
    around = replace(
        library, disclosures=tuple(sorted([*others, disclosure], key=lambda d: d.key))
    )
    return [*found, *check_disclosure(disclosure, around, today).findings]


def _write(root: Path, files: dict[str, bytes | None]) -> None:
    for file, content in files.items():
        if content is None:
            (root / file).unlink(missing_ok=True)
        else:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(content)


def _stands_at(finding: Finding, at: Place) -> bool:
    return finding.at[:2] == at[:2] and at.column in (0, finding.at.column)


def _not_sensible(finding: Finding) -> str:
    """What is wrong with a finding's words; empty when nothing is."""
    for lang in ("zh", "en"):
        said = finding.message(lang), finding.remedy(lang)
        if not all(said) or any("{" in s for s in said):
            return f"没有说清楚（{lang}）：{said[0]}"
    if finding.printed and finding.printed not in finding.message():
        return f"没有说出写的是“{finding.printed}”：{finding.message()}"
    return ""


def _offset(text: str, at: Place) -> int:
    """The index of a place in its file's text."""
    start = 0
    for _ in range(at.line - 1):
        start = text.index("\n", start) + 1
    return start + at.column - 1


# -- edits that several faults make ----------------------------------------------------------


def _bumped(text: str) -> str:
    """`text` with its first digit changed, so that no rounding can explain the new figure."""
    match = re.search(r"[0-9]", text)
    if match is None:
        return text
    digit = match[0]
    other = "8" if digit == "9" else str(int(digit) + 1)
    return text[: match.start()] + other + text[match.end() :]


def _with_amount(fact: Fact, amount: Decimal) -> str:
    """The fact's text with another amount: sign words, scale and unit stay as they are printed."""
    match = re.search(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", fact.figure.text)
    if match is None:
        return fact.figure.text
    written = number(match[0].replace(",", ""))
    if written is None or fact.figure.amount != written:
        return fact.figure.text  # 1.84万亩: the digits are not the amount
    return fact.figure.text[: match.start()] + str(amount) + fact.figure.text[match.end() :]


def _change(
    ground: Ground, disclosure: Disclosure, at: Place, changes: Iterable[tuple[Fact | Cell, str]]
) -> Iterator[Planted]:
    """Facts or cells of one report printed otherwise, to be reported `at`."""
    edits = [(f.at, f.figure.text if isinstance(f, Fact) else f.text, new) for f, new in changes]
    if any(old == new for _, old, new in edits):
        return
    files = ground.edited(edits)
    if files is not None:
        yield Planted(files, at, disclosure.key)


def _appended(file: str, lines: str, column: int = 1, down: int = 0) -> Plant:
    """Lines at the end of each report's `file` (yaml or md), reported in the first of them."""

    def plant(ground: Ground) -> Iterator[Planted]:
        for disclosure in ground.library.disclosures:
            name = disclosure.report.file if file == "yaml" else disclosure.narrative.file
            text = ground.text(name).rstrip("\n") + "\n"
            at = Place(name, text.count("\n") + 1 + down, column)
            yield Planted({name: (text + lines).encode()}, at, disclosure.key)

    return plant


def _in_report(pattern: str, new: str, column: bool = True) -> Plant:
    """The first match of `pattern` in a report's YAML replaced; reported where group 1 begins."""

    def plant(ground: Ground) -> Iterator[Planted]:
        for disclosure in ground.library.disclosures:
            file = disclosure.report.file
            text = ground.text(file)
            match = re.search(pattern, text, re.M)
            if match is None:
                continue
            changed = text[: match.start(1)] + match.expand(new) + text[match.end(1) :]
            at = _place(text, match.start(1), file)
            at = at if column else at._replace(column=0)
            yield Planted({file: changed.encode()}, at, disclosure.key)

    return plant


def _place(text: str, index: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _facts(
    ground: Ground, wanted: Callable[[Disclosure, Fact], bool], new: Callable[[str], str]
) -> Iterator[Planted]:
    """Each wanted fact printed otherwise, and reported there."""
    for disclosure in ground.library.disclosures:
        for fact in disclosure.report.facts:
            if wanted(disclosure, fact):
                yield from _change(ground, disclosure, fact.at, [(fact, new(fact.figure.text))])


# -- figures that contradict each other ------------------------------------------------------


def _wrong_result(kinds: tuple[str, ...], ground: Ground) -> Iterator[Planted]:
    """A total, difference or ratio with another first digit."""
    for disclosure, case in ground.cases(*kinds):
        fact = case.result
        yield from _change(ground, disclosure, fact.at, [(fact, _bumped(fact.figure.text))])


def _one_cent_off(ground: Ground) -> Iterator[Planted]:
    """A total 0.01 万元 above its parts."""
    for disclosure, case in ground.cases("合计"):
        fact = case.result
        if fact.figure.unit == "万元" and not fact.figure.about and len(case.operands) > 1:
            new = _with_amount(fact, fact.figure.amount + Decimal("0.01"))
            yield from _change(ground, disclosure, fact.at, [(fact, new)])


def _blank_part(ground: Ground) -> Iterator[Planted]:
    """A part left blank that the total includes."""
    for disclosure, case in ground.cases("合计"):
        for part in case.operands if len(case.operands) > 1 else ():
            if part.figure.amount > 0:
                yield from _change(ground, disclosure, case.result.at, [(part, "")])


def _part_above(ground: Ground) -> Iterator[Planted]:
    """A part larger than its whole."""
    for disclosure, case in ground.cases("其中"):
        part = case.operands[0]
        new = _with_amount(part, abs(case.result.figure.amount) * 2 + 1000)
        yield from _change(ground, disclosure, case.result.at, [(part, new)])


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
                new = _with_amount(case.result, cut)
                yield from _change(ground, disclosure, case.result.at, [(case.result, new)])


def _small_figures(ground: Ground) -> Iterator[Planted]:
    """A ratio of two figures so small that their last digits matter: 0.05 ÷ 0.63 as 8.00 %."""
    for disclosure, case in ground.cases("比率"):
        above, below = (*case.operands, case.result)[:2]
        if above.figure.unit == below.figure.unit == "万元":
            changes = [
                (above, _with_amount(above, Decimal("0.05"))),
                (below, _with_amount(below, Decimal("0.63"))),
                (case.result, _with_amount(case.result, Decimal("8.00"))),
            ]
            yield from _change(ground, disclosure, case.result.at, changes)


def _zero_below(ground: Ground) -> Iterator[Planted]:
    """A ratio whose denominator is zero."""
    for disclosure, case in ground.cases("比率", "增长率"):
        if len(case.operands) == 2 and case.result.figure.amount != 0:
            below = case.operands[1]
            new = _with_amount(below, Decimal(0))
            yield from _change(ground, disclosure, case.result.at, [(below, new)])


def _second_value(ground: Ground) -> Iterator[Planted]:
    """The second printing of a figure with another first digit."""
    for disclosure in ground.library.disclosures:
        seen = set()
        for facts in disclosure.report.by_concept.values():
            for fact in facts:
                if fact.meaning in seen:
                    new = _bumped(fact.figure.text)
                    yield from _change(ground, disclosure, fact.at, [(fact, new)])
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
            new = _with_amount(fact, fact.figure.amount - 1)
            yield from _change(ground, disclosure, fact.at, [(fact, new)])
    for disclosure, fact, weight in _scored(role, ground):
        for total in totals if weight is not None else ():
            if total.table == fact.table and total.at.file == fact.at.file:
                new = _with_amount(fact, fact.figure.amount - 1)
                yield from _change(ground, disclosure, total.at, [(fact, new)])


def _score_above(ground: Ground) -> Iterator[Planted]:
    """A score one above its weight."""
    for disclosure, fact, weight in _scored("得分", ground):
        if weight is not None:
            new = _with_amount(fact, weight.figure.amount + 1)
            yield from _change(ground, disclosure, fact.at, [(fact, new)])


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
                yield from _change(ground, disclosure, cell.at, [(cell, str(grade.name))])


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
            at = _place(text, match.start(), file)._replace(column=13)
            changed = text[: match.start()] + line + text[match.end() :]
            yield Planted({file: changed.encode()}, at, disclosure.key)


def _wrong_link(ground: Ground) -> Iterator[Planted]:
    """A linked figure with another first digit."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is None or cell.fact is None:
                continue
            old = f"[{link.words}]("
            files = ground.edited([(link.at, old, f"[{_bumped(link.words)}](")])
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


def _no_narrative(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.narrative.file
        yield Planted({file: None}, Place(file, 1, 1), disclosure.key)


def _bad_byte(ground: Ground) -> Iterator[Planted]:
    for disclosure in ground.library.disclosures[:1]:
        file = disclosure.report.file
        raw = ground.text(file).encode().rstrip(b"\n") + b"\n"
        yield Planted({file: raw + b"# \xff\n"}, Place(file, raw.count(b"\n") + 1, 3), disclosure.key)


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
            at = _place(text, head.end(), file)
            yield Planted({file: changed.encode()}, at, disclosure.key)


def _in_form(ground: Ground) -> Iterator[Planted]:
    """A yes-or-no of a form that says neither."""
    for path in sorted((ground.library.root / "data" / "forms").glob("*.yaml")):
        file = path.relative_to(ground.library.root).as_posix()
        text = ground.text(file)
        for match in re.finditer(r"^    (?:正文|可增项|总分|一级指标分值): (是)$", text, re.M):
            changed = text[: match.start(1)] + "对" + text[match.end(1) :]
            yield Planted({file: changed.encode()}, _place(text, match.start(1), file), None)


def _cell_as(kind: str, new: Callable[[str], str], ground: Ground) -> Iterator[Planted]:
    """A cell of one kind (figure, share, measure) written in a way that cannot be read."""

    def wanted(disclosure: Disclosure, fact: Fact) -> bool:
        form = next(t.form for t in disclosure.report.tables if t.form.address == fact.table)
        if form.kind == "fields":
            item = next((i for i in form.items if f"{form.address}.{i.address}" == fact.address), None)
            return kind == "measure" and item is not None and item.type == "measure"
        column = next((c for c in form.columns if fact.address.endswith(f".{c.address}")), None)
        if column is None or column.type != "figure":
            return False
        return kind == ("share" if fact.figure.unit == "%" else "figure")

    yield from _facts(ground, wanted, new)


def _other_unit(ground: Ground) -> Iterator[Planted]:
    """Money where the concept is money, printed in people."""
    concepts = ground.library.concepts

    def wanted(_: Disclosure, fact: Fact) -> bool:
        known = concepts.get(fact.concept)
        return known is not None and known.unit == "万元" and fact.figure.text.endswith("万元")

    yield from _facts(ground, wanted, lambda text: text.removesuffix("万元") + "人")


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


# -- explanations ----------------------------------------------------------------------------


def _expired(ground: Ground) -> Iterator[Planted]:
    """The end of an explanation set back to long ago."""
    for disclosure in ground.library.disclosures:
        for answer in disclosure.report.acknowledgements:
            text = ground.text(answer.at.file)
            start = _offset(text, answer.at)
            match = re.compile(r"至: *([0-9-]{10})").search(text, start)
            if match is not None:
                changed = text[: match.start(1)] + "2000-01-01" + text[match.end(1) :]
                yield Planted({answer.at.file: changed.encode()}, answer.at, disclosure.key)


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


# -- the list --------------------------------------------------------------------------------

DEEP = "深: " + "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2) + "\n"

# One fault a rule: the rule's id, and where in a library it can be planted. A rule of a later
# day needs no line here as long as its page has a broken example; a line is the better proof.
FAULTS: dict[str, Plant] = {
    "file-too-large": _too_large,
    "file-missing": _orphan,
    "not-utf8": _bad_byte,
    "unseen-character": _appended("yaml", "# 全角\u3000空格\n", 5),
    "yaml-syntax": _appended("yaml", "备注: @甲\n", 5),
    "full-width-colon": _appended("yaml", "备注：无\n", 3),
    "yaml-anchor": _in_report(r"^  来源: (?=\S)()", "&a "),
    "duplicate-key": _appended("yaml", "报告: 又一份\n"),
    "key-not-text": _appended("yaml", "? [甲]\n: 乙\n", 3),
    "second-document": _appended("yaml", "---\n甲: 1\n"),
    "too-deep": _appended("yaml", DEEP, 0),
    "not-a-table": partial(_cell_as, "figure", lambda text: f"[{text}]"),
    "unknown-key": _appended("yaml", "备注: 无\n"),
    "missing-key": _no_source,
    "empty-value": _in_report(r"^  来源:( .*)$", "", column=False),
    "not-a-number": partial(_cell_as, "figure", lambda text: f"{text}万元"),
    "not-a-percentage": partial(_cell_as, "share", lambda text: text.removesuffix("%") + "％"),
    "not-a-measure": partial(_cell_as, "measure", lambda _: "若干"),
    "unit-mismatch": _other_unit,
    "not-a-date": _in_report(r"^  报告日期:[ ]?(.*)$", " 2023年5月8日", column=False),
    "not-a-choice": _in_form,
    "bad-path": _bad_path,
    "path-differs": _in_report(r"^  年度: ([0-9]{4})$", "1999"),
    "unknown-name": _in_report(r"^  口径: (\S+)$", r"\g<1>-0"),
    "unknown-figure": partial(_link_to, lambda _: "没有这个数"),
    "ambiguous-figure": partial(_link_to, _ambiguous),
    "unclear-figure": _unclear,
    "markup-in-narrative": _appended("md", "\n<b>粗体</b>\n", 1, 1),
    "table-in-narrative": _appended("md", "\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n", 0, 1),
    "bad-link": _appended("md", "\n[网站](javascript:0)\n", 1, 1),
    "narrative-missing": _no_narrative,
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
    "acknowledgement-expired": _expired,
    "acknowledgement-unmatched": _of_nothing,
}
