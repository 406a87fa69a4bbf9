"""Checking a whole project: however many processes, the same is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder import project_check
from site_builder.check import check_library
from site_builder.library import read_library
from site_builder.project_check import ProjectCheck, check_project
from site_builder.selection import Selection, named

ROOT = Path(__file__).parent.parent
BROKEN = "data/reports/miluo/guiyi/2022.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The project's four counties, a figure of one of them no longer a number."""
    for name in ("data", "content/reports", "themes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    path = tmp_path / BROKEN
    text = path.read_text("utf-8")
    assert text.count("编制数: 125\n") == 1
    path.write_text(text.replace("编制数: 125\n", "编制数: l25\n"), "utf-8")
    return tmp_path


def said(checked: ProjectCheck) -> list[str]:
    return [f"{f.at.file}:{f.at.line}:{f.at.column} {f.rule.id}" for f in checked.run.findings]


def test_two_processes_say_what_one_says(root: Path) -> None:
    everything = Selection(root, None)
    alone = check_project(root, everything, each=True, jobs=1)
    two = check_project(root, everything, each=True, jobs=2, many=1)
    assert two == alone
    assert list(two.run.reports) == list(alone.run.reports)
    assert alone.run.findings == check_library(read_library(root)).findings
    assert f"{BROKEN}:20:12 not-a-number" in said(two)


def test_what_each_report_passed_is_kept_only_where_asked_for(root: Path) -> None:
    everything = Selection(root, None)
    bare = check_project(root, everything, jobs=1)
    assert not bare.run.reports
    assert len(bare.files) == 5
    assert said(bare) == said(check_project(root, everything, each=True, jobs=1))


def test_files_of_two_counties_take_two_processes(root: Path) -> None:
    chosen = named(root, [root / BROKEN, root / "data/reports/taojiang/lucidu/2022.yaml"])
    two = check_project(root, chosen, jobs=2, many=1)
    assert two == check_project(root, chosen, jobs=1)
    assert len(two.files) == 2


def test_a_small_project_takes_one_process(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting another would take longer than checking."""
    monkeypatch.setattr(project_check, "_in_parallel", None)
    assert len(check_project(root, Selection(root, None), jobs=2).files) == 5
