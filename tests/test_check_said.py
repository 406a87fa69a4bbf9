"""What `check` says and how it ends: exit codes, JSON, English, carets."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from mistakes import (
    BUDGET,
    CONTENT,
    NEXT_YEAR,
    REPORTS,
    SLIP,
    SLIP_AT,
    budget,
    explained,
    explaining,
)
from projects import (
    FILES,
    FORM,
    NARRATIVE,
    PROFILE,
    REPORT,
    project,
)

from site_builder.__main__ import main
from site_builder.check import check_library
from site_builder.library import read_library
from site_builder.output.text import width


def run(root, *arguments):
    """`site-builder check` with the project at `root`."""
    return main(["--root", str(root), "check", *arguments])


def test_check_of_a_clean_project_ends_with_0(tmp_path, capsys):
    """Nothing found: exit code 0 and one line that says so."""
    assert run(project(tmp_path)) == 0
    assert capsys.readouterr().out == "没有问题\n"


def test_check_with_findings_ends_with_1(tmp_path, capsys):
    """A finding: exit code 1, its place first on the line so that editors can jump to it."""
    assert run(project(tmp_path, {REPORT: budget("４２１")})) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{REPORT}:46:13 错误 not-a-number “４２１”不是数字：")
    assert out.endswith("1 处问题，1 个文件\n")


def test_acknowledged_findings_end_with_0_and_are_counted(tmp_path, capsys):
    """What is explained is not listed, unless --all asks for it, and does not fail the check."""
    changes = explaining(SLIP, explained("sum-differs", SLIP_AT, until="2999-12-31"))
    root = project(tmp_path, {REPORT: changes})
    assert run(root) == 0
    assert capsys.readouterr().out.startswith("没有问题")
    assert run(root, "--all") == 0
    out = capsys.readouterr().out
    assert "sum-differs" in out
    assert "已认可（至 2999-12-31）：原件如此。" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--root", "nowhere", "check"],
        ["--root", ".", "check", "--format", "xml"],
        ["--root", ".", "chekc"],
        ["--root", "."],
    ],
)
def test_wrong_use_ends_with_2(tmp_path, monkeypatch, capsys, arguments):
    """A missing root, a format or a command that does not exist: exit code 2."""
    monkeypatch.chdir(project(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("path", ["data/reports/shili/shilizhen/2019.yaml", "/no/such.yaml"])
def test_a_file_that_is_not_there_ends_with_2(tmp_path, capsys, path):
    """A path that does not exist is wrong use, not a finding."""
    assert run(project(tmp_path), path) == 2
    assert path in capsys.readouterr().err


def test_a_file_outside_the_project_ends_with_2(tmp_path, capsys):
    """What cannot be checked is wrong use; nobody is told that it has no problems."""
    root = project(tmp_path / "project")
    (tmp_path / "other.yaml").write_text("甲: 1\n", "utf-8")
    assert run(root, str(tmp_path / "other.yaml")) == 2
    assert capsys.readouterr().out == ""


def test_a_form_is_checked_alone(tmp_path, capsys):
    """Forms are read whatever is asked for; a form as argument gives its own findings."""
    assert run(project(tmp_path / "clean"), FORM) == 0
    assert run(project(tmp_path / "broken", {FORM: ("正文: 是", "正文: 对")}), FORM) == 1
    assert f"\n{FORM}:62:9 错误 not-a-choice" in f"\n{capsys.readouterr().out}"


def test_exit_codes_of_the_program_itself(tmp_path):
    """`python -m site_builder` hands the exit code to the shell and writes UTF-8."""
    clean = project(tmp_path / "clean")
    broken = project(tmp_path / "broken", {REPORT: budget("四百")})
    codes = []
    for root in (clean, broken, tmp_path / "nowhere"):
        command = [sys.executable, "-m", "site_builder", "--root", str(root), "check"]
        done = subprocess.run(command, capture_output=True, check=False)
        codes.append(done.returncode)
        if root == broken:
            assert f"{REPORT}:46:13 错误 not-a-number “四百”不是数字" in done.stdout.decode()
        assert b"Traceback" not in done.stderr
    assert codes == [0, 1, 2]


def test_json_holds_every_part_of_a_finding(tmp_path, capsys):
    """--format json is one object with a list; each finding has the same keys in the same order."""
    edit = ("其他收入: 20.50万元", "其他收入: 37.19万元")
    assert run(project(tmp_path, {REPORT: edit}), "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "findings": [
            {
                "rule": "sum-differs",
                "level": "error",
                "county": "shili",
                "town": "shilizhen",
                "year": 2022,
                "file": REPORT,
                "line": 28,
                "column": 11,
                "address": "基本情况.收入合计",
                "printed": "420.50万元",
                "recomputed": "437.19",
                "difference": "-16.69",
                "formula": "400.00万元 + 37.19万元 = 437.19万元",
                "message": "“收入合计”写的是420.50万元，分项之和为437.19万元，"
                "相差16.69万元（400.00万元 + 37.19万元 = 437.19万元）",
                "remedy": "请对照原件核对合计和每个分项；原件如此的，保留原数并在“认可”中说明",
                "others": [
                    {"file": REPORT, "line": 29, "column": 13},
                    {"file": REPORT, "line": 30, "column": 11},
                ],
                "acknowledged": None,
            }
        ]
    }


def test_json_of_a_clean_project_is_an_empty_list(tmp_path, capsys):
    """Nothing found is still JSON."""
    assert run(project(tmp_path), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"findings": []}


def test_json_of_a_finding_of_no_report_has_no_town(tmp_path, capsys):
    """A mistake in a form belongs to no town and year."""
    root = project(tmp_path, {FORM: ("正文: 是", "正文: 对")})
    assert run(root, "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["county"], finding["town"], finding["year"]) == (None, None, None)
    assert finding["message"] == "“对”不在可选值内"


def test_english(tmp_path, capsys):
    """--lang en says all of it in English; labels and data stay as written."""
    assert run(project(tmp_path, {REPORT: budget("四百")}), "--lang", "en") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{REPORT}:46:13 error not-a-number “四百” is not a number: the number should be in digits",
        "46 │       全年预算: 四百",
        "   │                 ^^^^",
        "  → write 400",
        "",
        "1 finding in 1 file",
    ]


@pytest.mark.parametrize(("file", "change", "expected"), [
    (REPORT, budget("四百 # 待核"), ["46 │       全年预算: 四百 # 待核", "   │                 ^^^^"]),
    (REPORT, SLIP, ["28 │     收入合计: 420.50万元", "   │               ^^^^^^^^^^"]),
    (REPORT, ("机关: {", "机构: {"),
     ["21 │     机构: {2021年: {基本支出: 1500000, 项目支出: 300000, 合计: 1800000}}",
      "   │     ^^^^"]),
    (REPORT, ("效益指标: 40}", "效益指标: 30}"),
     ["52 │     一级指标分值: {产出指标: 50, 效益指标: 30}",
      "   │                                            ^^"]),
    (NARRATIVE, ("[30人]", "[31人]"),
     ["8 │ 年末在职[31人](#基本情况.在职人数)，自评[95分](#绩效.总分.得分)。",
      "  │         ^^^^^^^^^^^^^^^^^^^^^^^^^^"]),
    (REPORT, ("单位: 示例县示例镇人民政府", "单位:"),
     ["3 │   单位:", "  │        ^"]),
])  # fmt: skip
def test_carets_stand_under_the_words_meant(tmp_path, capsys, file, change, expected):
    """A Chinese character is two columns wide on a terminal; the carets start and end with it."""
    assert run(project(tmp_path, {file: change})) == 1
    lines = capsys.readouterr().out.splitlines()
    place = next(n for n, line in enumerate(lines) if "│" in line)
    assert lines[place : place + 2] == expected


def test_width_counts_terminal_columns():
    """Two for Chinese and full-width characters, none for a combining mark, one for the rest."""
    assert [width(t) for t in ("a1", "中文", "４２", "（）", "e\u0301", "")] == [2, 4, 4, 4, 1, 0]


@pytest.mark.parametrize("path", [REPORT, NARRATIVE])
def test_one_file_is_checked_alone(tmp_path, capsys, path):
    """A report or its narrative as argument limits the check to that report."""
    other = f"{REPORTS}/2019.yaml"  # years apart: nothing is compared with it
    dated = NEXT_YEAR.replace("年度: 2021", "年度: 2019").replace("2022年度", "2019年度")
    broken = dated.replace(BUDGET, "全年预算: 四百")
    root = project(tmp_path, {other: broken, f"{CONTENT}/2019.md": FILES[NARRATIVE]})
    assert run(root) == 1
    assert f"{other}:46:13 错误 not-a-number" in capsys.readouterr().out
    assert run(root, path) == 0
    assert run(root, str(root / path)) == 0
    assert run(root, other) == 1


def test_one_file_is_found_from_the_folder_that_one_stands_in(tmp_path, capsys, monkeypatch):
    """A path that exists from here means that file, wherever the root is."""
    root = project(tmp_path, {REPORT: budget("四百")})
    monkeypatch.chdir(root / REPORTS)
    assert run(root, "2022.yaml") == 1
    assert capsys.readouterr().out.startswith(f"{REPORT}:46:13")


def test_findings_come_by_file_and_line(tmp_path):
    """Whatever the order of reading, findings are told by file, line and column."""
    changes = {
        REPORT: [budget("四百"), ("年度: 2022", "年度: 2021"), SLIP],
        PROFILE: ("满分: 100", "满分: 100\n必报: [收入合计.决选]"),
        NARRATIVE: ("[30人]", "[31人]"),
    }
    run_ = check_library(read_library(project(tmp_path, changes)))
    places = [f.at for f in run_.findings]
    assert places == sorted(places)
    assert len(places) == 5
