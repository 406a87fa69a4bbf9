"""Check the checker: plant one fault for each rule in the project's own data, and see it named.

The faults are planted in a copy, one at a time. A rule passes when it reports the planted place
**exactly**: there is a new, unexplained finding of that rule where the fault was planted (at the
cell's line and column; on the line where the fault is a line; in the file where it is the whole
report), no other rule reports that place, and the sentence stands in both languages and names
what is printed. A fault in one figure may be seen elsewhere too (a wrong total also makes a
share wrong): such findings are counted as following.

A rule that has no fault here, or no place in this data, is tried on the broken examples of its
own page; the result says which of the two it was. A rule that cannot be made to fire fails.
"""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from site_builder.check import ALL_RULES, check_disclosure, check_library
from site_builder.day import day_in_china
from site_builder.examples import PAGES, examples, run_example
from site_builder.faults import FAULTS
from site_builder.finding import Finding, ReportKey, Rule
from site_builder.library import Library, read_disclosure, read_library
from site_builder.place import Place
from site_builder.planting import Ground, Planted

MOST_REPORTS = 40  # of a large library the first few reports are ground enough
MOST_TRIES = 150

How = Literal["planted", "example", "failed"]


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
    today = today or day_in_china()
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
    (folder / "data").mkdir()
    for source in sorted((root / "data").iterdir()):
        target = folder / "data" / source.name
        if source.is_dir() and source.name not in ("reports", "editions", "originals"):
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copy(source, target)
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
            return Tried(rule, "failed", mine, 0, bad)
        if not planted.at.line:  # anywhere in the file: then alone where it was found
            here = [f for f in here if _stands_at(f, mine.at)]
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
    around = replace(library, disclosures=tuple(sorted([*others, disclosure], key=lambda d: d.key)))
    return [*found, *check_disclosure(disclosure, around, today).findings]


def _write(root: Path, files: dict[str, bytes | None]) -> None:
    for file, content in files.items():
        if content is None:
            (root / file).unlink(missing_ok=True)
            with suppress(OSError):  # a folder that was made for it
                (root / file).parent.rmdir()
        else:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(content)


def _stands_at(finding: Finding, at: Place) -> bool:
    return (
        finding.at.file == at.file
        and at.line in (0, finding.at.line)
        and at.column in (0, finding.at.column)
    )


QUOTES = str.maketrans("‘’", "“”")  # quoted within a quotation


def _not_sensible(finding: Finding) -> str:
    """What is wrong with a finding's words; empty when nothing is."""
    for lang in ("zh", "en"):
        said = finding.message(lang), finding.remedy(lang)
        if not all(said) or any("{" in s for s in said):
            return f"没有说清楚（{lang}）：{said[0]}"
    plain = finding.message().translate(QUOTES)
    if finding.printed and finding.printed.translate(QUOTES) not in plain:
        return f"没有说出写的是“{finding.printed}”：{finding.message()}"
    return ""
