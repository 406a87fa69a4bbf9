"""`check`: what it reads, what it writes, and its exit codes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from projects import FILES, FORM, NARRATIVE, REPORT, project

from site_builder.__main__ import main
from site_builder.rules import CHECKING_RULES

SLIP = ("其他收入: 20.50万元", "其他收入: 25.50万元")  # sum-differs at 28:11
OTHER = REPORT.replace("2022", "2021")
OTHER_WORDS = NARRATIVE.replace("2022", "2021")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example project in git, sound."""
    root = project(tmp_path)
    git(root, "init", "-q")
    commit(root)
    return root


def git(root: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(root), *settings, *arguments], check=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def year_before(root: Path, broken: bool) -> None:
    """The same town's report of 2021, perhaps with a slip of its own."""
    text = FILES[REPORT].replace("年度: 2022", "年度: 2021")
    (root / OTHER).write_text(text.replace(*SLIP) if broken else text, "utf-8")
    (root / OTHER_WORDS).write_text(FILES[NARRATIVE], "utf-8")


def checked(
    root: Path, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, list[str]]:
    """Exit code and the errors of the two forms of slip used here, as `file:line rule`."""
    code = main(["--root", str(root), "check", "--format", "json", *arguments])
    listed = json.loads(capsys.readouterr().out)["findings"]
    kinds = ("sum-differs", "linked-figure", "not-a-choice")
    return code, [f"{f['file']}:{f['line']} {f['rule']}" for f in listed if f["rule"] in kinds]


# -- files -----------------------------------------------------------------------------------


def test_a_narrative_stands_for_its_report(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Either file of a report checks both."""
    change(root, REPORT, *SLIP)
    change(root, NARRATIVE, "[30人]", "[31人]")
    expected = [f"{NARRATIVE}:8 linked-figure", f"{REPORT}:28 sum-differs"]
    for file in (REPORT, NARRATIVE):
        assert checked(root, capsys, file) == (1, expected)


def test_only_the_named_report_is_shown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other years of the town are read beside it, but nothing is said of them."""
    year_before(root, broken=True)
    assert checked(root, capsys, REPORT)[1] == []
    assert checked(root, capsys, OTHER)[1] == [f"{OTHER}:28 sum-differs"]


def test_a_folder_and_a_form(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder stands for the reports in it, a form for everything."""
    change(root, REPORT, *SLIP)
    for path in ("data/reports/shili", "content", FORM):
        assert checked(root, capsys, path) == (1, [f"{REPORT}:28 sum-differs"])


@pytest.mark.parametrize("path", ["data/no.yaml", "/etc/hostname", "README.md"])
def test_a_file_that_is_no_report_is_wrong_use(
    root: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and the path is named."""
    (root / "README.md").write_text("x")
    assert main(["--root", str(root), "check", path]) == 2
    assert path in capsys.readouterr().err


# -- changed ---------------------------------------------------------------------------------


def test_nothing_changed_is_nothing_to_check(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that stood before is not this change's."""
    change(root, REPORT, *SLIP)
    commit(root)
    assert checked(root, capsys, "--changed") == (0, [])
    assert checked(root, capsys, "--changed", "HEAD~1") == (1, [f"{REPORT}:28 sum-differs"])


def test_a_changed_report_or_narrative_is_checked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether it is committed, changed or new; other reports are not shown."""
    year_before(root, broken=True)
    commit(root)
    change(root, NARRATIVE, "[30人]", "[31人]")
    assert checked(root, capsys, "--changed") == (1, [f"{NARRATIVE}:8 linked-figure"])
    git(root, "checkout", "-q", NARRATIVE)
    third = REPORT.replace("2022", "2020")
    text = FILES[REPORT].replace("年度: 2022", "年度: 2020").replace(*SLIP)
    (root / third).write_text(text, "utf-8")
    (root / NARRATIVE.replace("2022", "2020")).write_text(FILES[NARRATIVE], "utf-8")
    assert checked(root, capsys, "--changed") == (1, [f"{third}:28 sum-differs"])


def test_a_changed_form_checks_everything(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may make any report wrong."""
    change(root, REPORT, *SLIP)
    commit(root)
    change(root, FORM, "表名: 部门经费", "表名: 部门的经费")
    assert checked(root, capsys, "--changed") == (1, [f"{REPORT}:28 sum-differs"])


def test_a_deleted_report_leaves_its_narrative(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everything is read, and the orphan is named."""
    (root / REPORT).unlink()
    assert main(["--root", str(root), "check", "--changed"]) == 1
    assert f"{NARRATIVE}:1:1" in capsys.readouterr().out


def test_an_unknown_revision_is_wrong_use(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Git's own words, exit code 2; the same outside git."""
    assert main(["--root", str(root), "check", "--changed", "no-such"]) == 2
    assert "no-such" in capsys.readouterr().err
    (root / ".git").rename(root / "git")
    assert main(["--root", str(root), "check", "--changed"]) == 2


def test_changed_among_named_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--changed` with files: those of them that changed."""
    year_before(root, broken=True)
    commit(root)
    change(root, REPORT, *SLIP)
    assert checked(root, capsys, "--changed", REPORT) == (1, [f"{REPORT}:28 sum-differs"])
    assert checked(root, capsys, "--changed", OTHER) == (0, [])
    assert checked(root, capsys, "--changed", "data/reports") == (1, [f"{REPORT}:28 sum-differs"])


@pytest.mark.parametrize(
    "options",
    [
        ["--coverage", "--format", "json"],
        ["--results", "--format", "sarif"],
        ["--suggest-links", "--all"],
        ["--self", "--changed"],
        ["--self", REPORT],
    ],
    ids=" ".join,
)
def test_options_that_ignore_one_another_are_refused(
    root: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and both are named."""
    with pytest.raises(SystemExit) as refused:
        main(["--root", str(root), "check", *options])
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert options[0] in said
    assert "同时用" in said


# -- what is written -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "json", "github", "sarif", "junit"])
def test_every_format_has_the_same_exit_code(
    root: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 for a sound project, 1 with a finding."""
    assert main(["--root", str(root), "check", "--format", name, REPORT]) == 0
    capsys.readouterr()
    change(root, REPORT, *SLIP)
    assert main(["--root", str(root), "check", "--format", name, REPORT]) == 1
    out = capsys.readouterr().out
    assert "sum-differs" in out
    if name in ("json", "sarif"):
        json.loads(out)
    if name == "junit":
        assert ElementTree.fromstring(out).get("failures") == "1"


def test_coverage_lists_what_no_rule_guards(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By place, with the share; a figure that some rule compares is not listed."""
    assert main(["--root", str(root), "check", "--coverage"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("shili/shilizhen/2022：公布 ")
    assert any(line.startswith(f"  {REPORT}:42:9 “村数” 12个") for line in lines)
    assert not any(f"{REPORT}:28:11" in line for line in lines)


def test_results_count_every_rule(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Passed, found and not applicable; why not is said below."""
    change(root, REPORT, *SLIP)
    change(root, REPORT, "自评等级: 优", "自评等级:")
    assert main(["--root", str(root), "check", "--results"]) == 1
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines if not line.startswith(" ")}
    assert rows["sum-differs"][1] == "1"
    assert int(rows["sum-differs"][0]) > 3
    assert rows["grade-band"] == ["0", "0", "1"]
    assert "    1 × 没有等级、得分或分档" in lines
    assert all(any(int(n) for n in rows[rule.id]) for rule in CHECKING_RULES if not rule.form)


def test_suggested_links_are_printed_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure of the narrative that equals one fact."""
    assert main(["--root", str(root), "check", "--suggest-links"]) == 0
    assert "没有改动任何文件" in capsys.readouterr().out
    assert (root / NARRATIVE).read_text("utf-8") == FILES[NARRATIVE]
