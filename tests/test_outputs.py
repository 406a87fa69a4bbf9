"""Findings written for machines: SARIF against its official schema, GitHub's escapes, JUnit's shape."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from projects import NARRATIVE, PROFILE, REPORT, TODAY, project

from site_builder.check import ALL_RULES, CheckRun, check_library
from site_builder.finding import Finding, Rule, Words
from site_builder.library import Library, read_library
from site_builder.output.github import write_github
from site_builder.output.json import write_json
from site_builder.output.junit import write_junit
from site_builder.output.sarif import write_sarif
from site_builder.place import Place

# errata01 of the standard, as published by OASIS.
SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text("utf-8"))
SLIP = ("其他收入: 20.50万元", "其他收入: 25.50万元")  # sum-differs at 28:11
END = "    总分: {分值: 100, 得分: 95}\n"
EXPLAINED = """\
认可:
  - 规则: sum-differs
    位置: 基本情况.收入合计
    说明: 原件如此。合计未含利息。
    日期: 2026-01-05
    至: 2026-12-31
"""


def checked(root: Path) -> tuple[Library, CheckRun]:
    library = read_library(root)
    return library, check_library(library, TODAY)


def found_in(tmp_path: Path, changes: dict[str, Any]) -> tuple[Library, CheckRun]:
    return checked(project(tmp_path, changes))


def sarif(findings: Any, lang: str = "zh") -> dict[str, Any]:
    """Written, valid by the schema, and read back."""
    log: dict[str, Any] = json.loads(write_sarif(findings, ALL_RULES, lang))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    return log["runs"][0]  # type: ignore[no-any-return]


BROKEN = {
    REPORT: [SLIP, ("全年预算: 421.00", "全年预算: ４２１")],
    NARRATIVE: ("[30人]", "[31人]"),
    PROFILE: ("满分: 100", "满分: 100\n必报: [收入合计.决选]"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_by_the_official_schema(tmp_path: Path, lang: str) -> None:
    """With findings in a report, its narrative and a profile, in either language."""
    _, run = found_in(tmp_path, BROKEN)
    assert {f.at.file for f in run.findings} == {REPORT, NARRATIVE, PROFILE}
    results = sarif(run.findings, lang)["results"]
    assert [r["ruleId"] for r in results] == [f.rule.id for f in run.findings]


def test_sarif_of_nothing_is_valid_and_lists_the_rules(tmp_path: Path) -> None:
    """A sound project gives no results; every rule stands there with its help."""
    _, run = found_in(tmp_path, {})
    written = sarif(run.findings)
    assert written["results"] == []
    rules = written["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [r.id for r in ALL_RULES]
    assert all(r["help"]["text"] and r["shortDescription"]["text"] for r in rules)
    assert written["columnKind"] == "unicodeCodePoints"


def test_sarif_names_the_cell_and_the_other_places(tmp_path: Path) -> None:
    """Columns count characters, so they are those of the finding, after Chinese too."""
    _, run = found_in(tmp_path, {REPORT: SLIP})
    (result,) = sarif(run.findings)["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 28, "startColumn": 11}
    assert location["physicalLocation"]["artifactLocation"]["uri"] == REPORT
    lines = [p["physicalLocation"]["region"]["startLine"] for p in result["relatedLocations"]]
    assert lines == [29, 30]
    assert result["properties"]["recomputed"] == "425.50"
    assert result["suppressions"] == []
    assert ALL_RULES[result["ruleIndex"]].id == "sum-differs"


def test_sarif_suppresses_an_explained_finding(tmp_path: Path) -> None:
    """The explanation is the justification, with the place where it is written."""
    _, run = found_in(tmp_path, {REPORT: [SLIP, (END, END + EXPLAINED)]})
    (result,) = sarif(run.findings)["results"]
    (suppression,) = result["suppressions"]
    assert suppression["justification"] == "原件如此。合计未含利息。"
    assert suppression["status"] == "accepted"
    line = suppression["location"]["physicalLocation"]["region"]["startLine"]
    assert line == run.findings[0].acknowledged.at.line  # type: ignore[union-attr]


def test_sarif_follows_a_result_when_lines_move(tmp_path: Path) -> None:
    """Its fingerprint holds report, rule and cell, no line."""
    first = sarif(found_in(tmp_path / "a", {REPORT: SLIP})[1].findings)["results"]
    moved = [SLIP, ("报告:\n", "# 一\n# 二\n报告:\n")]
    second = sarif(found_in(tmp_path / "b", {REPORT: moved})[1].findings)["results"]
    assert first[0]["locations"] != second[0]["locations"]
    assert first[0]["partialFingerprints"] == second[0]["partialFingerprints"]


NASTY = Rule(
    "nasty",
    "warning",
    Words("百分之百：甲,乙", "100%: a,b"),
    Words("写的是{text}", "it says {text}"),
    Words("改", "mend"),
)


def test_github_escapes_what_would_end_a_command() -> None:
    """% and line ends in the message; : and , in the properties too."""
    at = Place("data/a,b:c%.yaml", 3, 5)
    finding = Finding(NASTY, at, {"text": "5%\r\n::error::x"})
    command, count = write_github([finding]).splitlines()
    assert command == (
        "::warning file=data/a%2Cb%3Ac%25.yaml,line=3,col=5,title=百分之百：甲%2C乙 nasty"
        "::写的是5%25%0D%0A::error::x%0A→ 改"
    )
    assert count == "1 处问题"


def test_github_levels(tmp_path: Path) -> None:
    """An error is an error, a note a notice, an explained error a notice with its explanation."""
    _, run = found_in(tmp_path, {REPORT: [SLIP, (END, END + EXPLAINED)]})
    (finding,) = run.findings
    opened = replace(finding, acknowledged=None)
    note = replace(opened, rule=replace(finding.rule, level="note"))
    commands = [write_github([f]).split(" ")[0] for f in (opened, note, finding)]
    assert commands == ["::error", "::notice", "::notice"]
    assert "原件如此。合计未含利息。" in write_github([finding])
    assert write_github([finding]).endswith("\n0 处问题\n")


def junit(library: Library, run: CheckRun) -> ElementTree.Element:
    files = {d.key: d.report.file for d in library.disclosures}
    return ElementTree.fromstring(write_junit(run.findings, files))


def test_junit_has_one_case_a_report_and_fails_the_broken(tmp_path: Path) -> None:
    """The narrative's findings are its report's; a form's make a case of their own."""
    root = project(tmp_path, BROKEN)
    other = root / REPORT.replace("2022", "2021")
    other.write_text((root / REPORT).read_text("utf-8").replace("年度: 2022", "年度: 2021"))
    suites = junit(*checked(root))
    cases = {c.get("name"): c for c in suites.iter("testcase")}
    failure = cases[REPORT].find("failure")
    assert failure is not None
    assert failure.get("type") == "error"
    assert "sum-differs" in str(failure.text)
    assert f"{NARRATIVE}:8:5" in str(failure.text)
    assert PROFILE in cases
    counted = str(sum(c.find("failure") is not None for c in cases.values()))
    assert suites.get("failures") == counted


def test_junit_of_a_sound_report_passes(tmp_path: Path) -> None:
    """It is listed, and nothing failed; nor does an explained finding fail it."""
    suites = junit(*found_in(tmp_path / "a", {}))
    assert [c.get("name") for c in suites.iter("testcase")] == [REPORT]
    assert suites.find(".//failure") is None
    suites = junit(*found_in(tmp_path / "b", {REPORT: [SLIP, (END, END + EXPLAINED)]}))
    assert suites.get("failures") == "0"
    out = suites.find(".//system-out")
    assert out is not None and "原件如此" in str(out.text)


def test_junit_is_well_formed_whatever_a_file_holds() -> None:
    """A control character, a lone surrogate and < & " in a message."""
    at = Place('data/"<&.yaml', 1, 1)
    finding = Finding(NASTY, at, {"text": '\x00\x0b\ud800\uffff<&"]]>'})
    suites = ElementTree.fromstring(write_junit([finding], {}))
    assert '\ufffd\ufffd\ufffd\ufffd<&"]]>' in str(suites.findtext(".//failure"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_holds_the_same_findings(tmp_path: Path, lang: str) -> None:
    """All formats are written from one list."""
    _, run = found_in(tmp_path, BROKEN)
    listed = json.loads(write_json(run.findings, lang))["findings"]
    assert [(f["rule"], f["line"]) for f in listed] == [
        (f.rule.id, f.at.line) for f in run.findings
    ]
