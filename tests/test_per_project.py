"""Tables that a form has once for every project: what is read, checked and linked, and slips in them."""

from __future__ import annotations

import pytest
from projects import FORM, NARRATIVE, REPORT, findings, project

from site_builder.library import read_library

TABLES = """\
  项目资金:
    表名: 项目资金
    种类: 网格
    单位: 万元
    每项目一份: 是
    列: {预算数: 全年预算, 执行数: 决算, 分值: {类型: 分值, 概念: 无}, 得分: {类型: 得分, 概念: 无}}
    行:
      资金总额: {概念: 年度资金总额, 合计: [中央, 县级]}
      中央:
      县级:
  项目指标:
    种类: 指标
    每项目一份: 是
    层级: [一级指标, 三级指标]
    列: {分值: 分值, 得分: 得分}
    另计: [项目资金]
    总分: 是
"""
DATA = """\
  项目资金:
    村道养护:
      资金总额: {预算数: 90.00, 执行数: 89.00, 分值: 10, 得分: 9.8}
      中央: {预算数: 60.00, 执行数: 60.00, 分值: —, 得分: —}
      县级: {预算数: 30.00, 执行数: 29.00, 分值: —, 得分: —}
    “四好”水渠:
      资金总额: {预算数: 40.00, 执行数: 40.00, 分值: 10, 得分: 10}
      中央: {预算数: 40.00, 执行数: 40.00, 分值: —, 得分: —}
      县级:
  项目指标:
    村道养护:
      指标: [{一级指标: 产出指标, 三级指标: 养护里程, 分值: 90, 得分: 88}]
      总分: {分值: 100, 得分: 97.8}
    “四好”水渠:
      指标: [{一级指标: 产出指标, 三级指标: 清淤长度, 分值: 90, 得分: 90}]
      总分: {分值: 100, 得分: 100}
"""
LEFT_OUT = """\
  项目指标:
    指标: [{一级指标: 产出指标, 三级指标: 养护里程, 分值: 90, 得分: 88}]
    总分: {分值: 100, 得分: 97.8}
"""
IN_FORM = ("  资金:\n    种类: 网格", TABLES + "  资金:\n    种类: 网格")
LAST = "    总分: {分值: 100, 得分: 95}\n"
# The first line of DATA is line 61 of the report.


def changed(old: str = "", new: str = "", words: str = "年末在职") -> dict[str, object]:
    """The project with two projects' tables; in their data `old` stands as `new`."""
    assert not old or DATA.count(old) == 1
    data = DATA.replace(old, new) if old else DATA
    return {
        FORM: IN_FORM,
        REPORT: (LAST, LAST + data),
        NARRATIVE: ("年末在职", words),
    }


def test_two_projects_are_two_sets_of_tables(tmp_path):
    """Nothing clashes; tables stand project by project; addresses and subjects name the project."""
    root = project(tmp_path, changed())
    assert findings(root) == []
    (disclosure,) = read_library(root).disclosures
    keys = [table.form.key for table in disclosure.report.tables]
    at = keys.index("项目资金·村道养护")
    assert keys[at : at + 4] == [
        "项目资金·村道养护",
        "项目指标·村道养护",
        "项目资金·“四好”水渠",
        "项目指标·“四好”水渠",
    ]
    cell = disclosure.report.cells["项目资金·四好水渠.中央.执行数"]
    assert cell.fact is not None
    assert (cell.text, cell.fact.subject) == ("40.00", "“四好”水渠")
    assert {t.form.annex for t in disclosure.report.tables} >= {"村道养护", "“四好”水渠"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Sums, totals and spending of one project, at its own figures.
        ("县级: {预算数: 30.00, 执行数: 29.00", "县级: {预算数: 30.00, 执行数: 27.00",
         ["report:63:31 sum-differs"]),
        ("总分: {分值: 100, 得分: 97.8}", "总分: {分值: 100, 得分: 98.8}",
         ["report:73:25 score-total"]),
        ("预算数: 90.00, 执行数: 89.00, 分值: 10, 得分: 9.8", "预算数: 90.00, 执行数: 89.00, 分值: 10, 得分: 10",
         ["report:63:50 score-above-result", "report:73:25 score-total"]),
        # A project that one of the tables lacks, and one that is misspelt.
        ("    “四好”水渠:\n      指标: [{一级指标: 产出指标, 三级指标: 清淤长度, 分值: 90, 得分: 90}]\n"
         "      总分: {分值: 100, 得分: 100}\n", "", ["report:70:3 missing-key"]),
        ("    “四好”水渠:\n      指标:", "    “四好”水沟:\n      指标:", ["report:74:5 missing-key"]),
        # One name with a space in it, and names that are none.
        ("    “四好”水渠:\n      指标:", "    村道 养护:\n      指标:",
         ["report:70:3 missing-key", "report:74:5 duplicate-key"]),
        ("    “四好”水渠:\n      指标:", "    “”:\n      指标:",
         ["report:70:3 missing-key", "report:74:5 empty-value"]),
        ("    “四好”水渠:\n      指标:", '    " ":\n      指标:',
         ["report:70:3 missing-key", "report:74:5 empty-value"]),
        # The level of the projects left out.
        (DATA[DATA.index("  项目指标:") :], LEFT_OUT, ["report:71:5 not-a-table"]),
        ("      县级:\n  项目指标:", "  项目指标:", ["report:67:7 missing-key"]),
    ],
)  # fmt: skip
def test_a_slip_is_found_where_it_is(tmp_path, old, new, expected):
    """At the project's own cell and nowhere else."""
    assert findings(project(tmp_path, changed(old, new))) == expected


def said_of(tmp_path, old, new, lang="zh"):
    """Message and remedy of the first finding in the changed project's report."""
    finding = read_library(project(tmp_path, changed(old, new))).findings[0]
    return f"{finding.message(lang)} → {finding.remedy(lang)}"


def test_what_to_do_about_a_project_is_said(tmp_path):
    """Where it is to be added; what it may be called; that a name comes first."""
    block = DATA[DATA.index("    “四好”水渠:\n      指标") :]
    assert said_of(tmp_path, block, "") == (
        "缺少“‘四好’水渠” → 请在“项目指标:”下补上“‘四好’水渠:”和它的各栏"
    )
    named = ("    “四好”水渠:\n      指标:", "    “四好”水沟:\n      指标:")
    assert "这里的“‘四好’水沟”是不是同一个项目？" in said_of(tmp_path, *named)
    assert "is “‘四好’水沟” the same project?" in said_of(tmp_path, *named, "en")
    blank = ("    “四好”水渠:\n      指标:", "    “”:\n      指标:")
    left_out = (DATA[DATA.index("  项目指标:") :], LEFT_OUT)
    assert "先写项目名称" in said_of(tmp_path, *left_out)
    found = read_library(project(tmp_path, changed(*blank))).findings
    assert "“项目名称”没有填写" in [f.message() for f in found]


def test_no_project_and_no_table_of_projects(tmp_path):
    """A blank leaves no table; a figure in place of the projects is one finding."""
    blank = {FORM: IN_FORM, REPORT: (LAST, LAST + "  项目资金:\n  项目指标:\n")}
    assert findings(project(tmp_path / "a", blank)) == []
    wrong = {FORM: IN_FORM, REPORT: (LAST, LAST + "  项目资金: 12\n  项目指标:\n")}
    assert findings(project(tmp_path / "b", wrong)) == ["report:61:9 not-a-table"]
    missing = {FORM: IN_FORM, REPORT: (LAST, LAST + "  项目指标:\n")}
    assert findings(project(tmp_path / "c", missing)) == ["report:11:3 missing-key"]


def test_a_sentence_links_a_project_s_figure(tmp_path):
    """By its address; the table by its name."""
    words = "[村道](#项目资金·村道养护)安排[60万元](#项目资金·村道养护.中央.预算数)，年末在职"
    assert findings(project(tmp_path / "a", changed(words=words))) == []
    words = words.replace("60万元", "66万元")
    assert findings(project(tmp_path / "b", changed(words=words))) == [
        "narrative:8:19 linked-figure"
    ]
