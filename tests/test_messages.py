"""What is said of a mistake: the words that tell the person who made it what it is and what to do."""

from __future__ import annotations

import pytest
from projects import CONCEPTS, FORM, PROFILE, REPORT, TODAY, Change, project, said

from site_builder.check import check_library
from site_builder.library import read_library

# id, file, what is changed, the place and rule of the finding, words of its message or remedy
ROWS: list[tuple[str, str, Change, str, tuple[str, ...]]] = [
    # ---- sums ----------------------------------------------------------------------------
    ("a blank field", REPORT, ("其他收入: 20.50万元", "其他收入:"),
     "report:28:11 sum-gap", ("未填：其他收入；",)),
    ("a blank column", REPORT, ("站所: {2021年: {基本支出: 500000,", "站所: {2021年: {基本支出: ,"),
     "report:22:45 sum-gap", ("未填：基本支出",)),
    ("a blank row", REPORT, ("站所: {2021年: {基本支出: 500000,", "站所: {2021年: {基本支出: ,"),
     "report:23:25 sum-gap", ("未填：站所",)),
    ("a blank line of a list", REPORT, ("预算: 90.00, 决算: 90.00", "预算: 90.00, 决算: "),
     "report:18:43 sum-gap", ("未填：第2行·决算",)),
    ("ten thousands and hundred millions", REPORT, ("收入合计: 420.50万元", "收入合计: 420.50亿元"),
     "report:28:11 sum-differs", ("把“亿元”和“万元”写混了",)),
    # ---- forms and concepts --------------------------------------------------------------
    ("a unit of money that is none", CONCEPTS, ("公用经费: {单位: 万元", "公用经费: {单位: 万圆"),
     "concepts:5:12 not-a-choice", ("是不是“万元”？", "可选：元、千元、万元、亿元")),
    ("a sum of itself", FORM, ("      其他收入:\n", "      其他收入: {合计: [收入合计]}\n"),
     "form:49:18 sum-of-itself", ("基本情况.收入合计 → 基本情况.其他收入 → 基本情况.收入合计",)),
    ("a gap between bands", PROFILE, ("下限: 80, 上限: 90", "下限: 80, 上限: 89"),
     "profile:6:10 grade-bands", ("等级“良”到89为止，上一个等级“优”从90开始：中间空着一段",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "change", "expected", "words"),
    [row[1:] for row in ROWS],
    ids=[row[0].replace(" ", "-") for row in ROWS],
)
def test_what_is_said_of_a_mistake(tmp_path, file, change, expected, words):
    """The finding at its place, and its words."""
    found = check_library(read_library(project(tmp_path, {file: change})), TODAY).findings
    spoken = [f"{f.message()} → {f.remedy()}" for f in found if said(f) == expected]
    everything = "\n".join(spoken) or "\n".join(map(said, found))
    assert [part for part in words if part not in everything] == [], everything


def test_a_part_that_cannot_be_read_is_not_called_blank(tmp_path):
    """What it holds is not known: the sum is not judged, and the part has its own finding."""
    change = {REPORT: ("其他收入: 20.50万元", "其他收入: 2O.50万元")}
    found = check_library(read_library(project(tmp_path, change)), TODAY).findings
    assert [said(f) for f in found] == ["report:30:11 not-a-measure"]
