"""Every way to get an input wrong: one row each, what is found and where, and nothing besides."""

from __future__ import annotations

from decimal import Decimal

import mistakes_decrees
import mistakes_figures
import mistakes_prose
import mistakes_reports
import mistakes_writing
import pytest
from mistakes import explained
from projects import (
    COUNTY,
    FILES,
    FORM,
    NARRATIVE,
    REPORT,
    findings,
    project,
)

from site_builder.acknowledge import ACKNOWLEDGEMENT_RULES
from site_builder.check import ALL_RULES
from site_builder.library import read_library
from site_builder.reading_rules import READING_RULES

ROWS = [
    *mistakes_writing.ROWS,
    *mistakes_reports.ROWS,
    *mistakes_decrees.ROWS,
    *mistakes_prose.ROWS,
    *mistakes_figures.ROWS,
]


def test_the_project_as_it_stands_is_clean(tmp_path):
    """Nothing is found in the unchanged project."""
    assert findings(project(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [row[1:] for row in ROWS],
    ids=[row[0].replace(" ", "-") for row in ROWS],
)
def test_each_mistake_is_found_at_its_place(tmp_path, file, change, expected):
    """Exactly the named findings at the named places, and no exception."""
    assert findings(project(tmp_path, {file: change})) == expected


def test_every_rule_of_form_has_a_row():
    """Rules of reading and acknowledging are tested here; those of checking on their pages too."""
    found = {said.split()[1] for row in ROWS for said in row[3]}
    sealed = {
        "ledger-broken",
        "sealed-missing",
    }  # test_ledger.py, test_editions.py: they need a ledger
    assert {rule.id for rule in (*READING_RULES, *ACKNOWLEDGEMENT_RULES)} - found == sealed
    assert found <= {rule.id for rule in ALL_RULES}
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("score", "grade"), [
    ("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("0", "差"), ("100.01", None),
])  # fmt: skip
def test_a_score_has_the_grade_of_its_band(tmp_path, score, grade):
    """The lower end is in the band, the upper one only where it is the full score."""
    profile = read_library(project(tmp_path)).profiles["shili-2022"]
    band = profile.grade_of(Decimal(score))
    assert (band and band.name) == grade


def test_a_linked_figure_can_be_acknowledged(tmp_path):
    """Its address is 正文, the target of the link and the words, as the documentation says."""
    known = explained("linked-figure", "正文.收入合计.决算=420.6万元")
    changes = {NARRATIVE: ("[420.5万元]", "[420.6万元]"), REPORT: FILES[REPORT] + known}
    expected = ["narrative:3:3 linked-figure acknowledged"]
    assert findings(project(tmp_path, changes)) == expected


@pytest.mark.parametrize(
    ("file", "edit", "guess"),
    [
        (REPORT, ("数据:", "数椐:"), "数据"),
        (REPORT, ("来源:", "来原:"), "来源"),
        (REPORT, ("其他情况:", "其它情况:"), "其他情况"),
        (REPORT, ("机关: {", "机构: {"), "机关"),
        (REPORT, ("执行率:", "执行律:"), "执行率"),
        (REPORT, ("措施:", "措失:"), "措施"),
        (REPORT, ("表单: shili-2022", "表单: shili-2023"), "shili-2022"),
        (FORM, ("预算数: 年初预算", "预算数: 年初予算"), "年初预算"),
        (FORM, ("{概念: 基本支出, 组", "{概念: 基本支处, 组"), "基本支出"),
        (FORM, ("合计: [机关, 站所]", "合计: [机关, 站房]"), "站所"),
        (COUNTY, ("shilizhen:", "shilizheng:"), "shilizheng"),
        (NARRATIVE, ("#收入合计.决算", "#收入总计.决算"), "收入合计"),
    ],
)
def test_a_misspelled_name_comes_with_a_guess(tmp_path, file, edit, guess):
    """The message asks whether the nearest known name was meant, in both languages."""
    library = read_library(project(tmp_path, {file: edit}))
    finding = next(f for f in library.findings if f.words.get("guess_zh"))
    assert f"是不是“{guess}”？" in finding.message("zh")
    assert f"did you mean “{guess}”?" in finding.message("en")


def test_a_full_width_colon_in_a_line_of_cells_is_named(tmp_path):
    """YAML takes 预算数：400.00 for a name; the message says what is wrong with it."""
    root = project(tmp_path, {REPORT: ("预算数: 400.00", "预算数：400.00")})
    (finding,) = [f for f in read_library(root).findings if f.rule.id == "unknown-key"]
    assert "“预算数”后面的全角冒号“：”应改成半角冒号加空格“: ”" in finding.message("zh")
    assert "full-width colon" in finding.message("en")
