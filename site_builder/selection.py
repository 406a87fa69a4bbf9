"""Which reports a check is about: those of the files named, or of the files changed by git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.check import CheckRun
from site_builder.finding import Finding, ReportKey
from site_builder.refusal import Refusal


class SelectionError(Refusal):
    """The reports or files that were asked for cannot be had."""


@dataclass(frozen=True)
class Selection:
    """`files` are the report files meant, relative to the project; None means all.

    A rule may compare years of a town, so the town's other years are read too (`read`); what is
    found in them is not shown.
    """

    root: Path
    files: frozenset[str] | None

    @property
    def read(self) -> list[Path] | None:
        """The files to read: the reports meant and the same towns' other years."""
        if self.files is None:
            return None
        towns = {(self.root / file).parent for file in self.files}
        beside = {path for town in towns for path in town.glob("*.yaml")}
        return sorted(beside | {self.root / file for file in self.files})

    def means(self, key: ReportKey) -> bool:
        """Is the report one of those meant?"""
        return self.files is None or _file(*key) in self.files

    def both(self, other: Selection) -> Selection:
        """The reports that both mean."""
        if self.files is None or other.files is None:
            return other if self.files is None else self
        return Selection(self.root, self.files & other.files)

    def of(self, run: CheckRun) -> CheckRun:
        """What was found in the reports meant, and in what all reports depend on."""
        if self.files is None:
            return run
        reports = {k: c for k, c in run.reports.items() if self.means(k)}
        return CheckRun(tuple(f for f in run.findings if self._means(f)), reports)

    def _means(self, finding: Finding) -> bool:
        if finding.report is not None:
            return _file(*finding.report) in (self.files or ())
        file = _report_file(finding.at.file)
        return file is None or file in (self.files or ())


def named(root: Path, paths: Iterable[Path]) -> Selection:
    """The reports of files or folders: a narrative stands for its report, a decree for all."""
    files: set[str] = set()
    for path in paths:
        full = root / path if (root / path).exists() else path.absolute()
        if not full.exists():
            raise SelectionError(f"找不到文件：{path}", f"no such file: {path}")
        try:
            name = full.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            raise SelectionError(f"不在项目里：{path}", f"outside the project: {path}") from None
        if full.is_dir():
            inside = [p for p in full.resolve().rglob("*") if p.suffix in (".yaml", ".md")]
            names = [p.relative_to(root.resolve()).as_posix() for p in inside]
        else:
            names = [name]
        for one in names:
            file = _report_file(one)
            if file is not None:
                files.add(file)
            elif _decrees(one):
                return Selection(root, None)
            elif not full.is_dir():
                raise SelectionError(
                    f"不是报告、正文或表单：{path}", f"no report, narrative or form: {path}"
                )
    return Selection(root, frozenset(files))


def changed(root: Path, revision: str) -> Selection:
    """The reports whose YAML or Markdown differ from `revision`; all when a decree differs."""
    where = ("--", "data", "content/reports")
    listed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", revision, *where)
    listed += _git(root, "ls-files", "--others", "--exclude-standard", "-z", *where)
    files = set()
    for name in listed:
        file = _report_file(name)
        if _decrees(name):
            return Selection(root, None)
        if file is None:
            continue
        if not (root / file).exists():
            return Selection(root, None)  # what is left of a report that is gone is seen in all
        files.add(file)
    return Selection(root, frozenset(files))


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise SelectionError(f"不能运行 git：{error}", f"cannot run git: {error}") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise SelectionError(f"git 说：{said}", f"git says: {said}")
    return [name for name in done.stdout.decode("utf-8", "replace").split("\0") if name]


def _decrees(name: str) -> bool:
    """Does the file rule how every report is read? Anything in data/ that is no report does."""
    return name.startswith("data/") and not name.startswith("data/reports/")


def _report_file(name: str) -> str | None:
    """The report file that a file belongs to: its own, or that of a narrative."""
    if name.startswith("data/reports/"):
        return name
    if name.startswith("content/reports/") and name.endswith(".md"):
        return f"data/{name.removeprefix('content/').removesuffix('.md')}.yaml"
    return None


def _file(county: str, town: str, year: int) -> str:
    return f"data/reports/{county}/{town}/{year}.yaml"
