"""One mistake that two rules see is said by one of them: the one that says more."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import NARRATIVE, REPORT, findings, project

from site_builder.library import read_library
from site_builder.report import Fact

TWICE = {
    # What is said, and what alone is found in it.
    "more than the whole": (
        "全镇干部60人，其中：行政30人，事业40人。",
        ["told-part-exceeds"],
    ),
    "two sums of one list": (
        "一季度支出380万元、二季度420万元、三季度460万元、四季度510万元，合计1870万元。",
        ["told-total"],
    ),
    "a rate behind its numbers": ("发放问卷200份，收回190份，回收率98%。", ["told-share"]),
    "a rate and its equation": (
        "计划80人，实际60人，完成率120%（60÷80×100%）。",
        ["told-share"],
    ),
    "a day that no calendar has": ("截至2031年2月30日完成。", ["impossible-date"]),
    "two sentences are two mistakes": (
        "全镇干部60人，其中：行政30人，事业40人。离退休60人，其中离休1人、退休49人。",
        ["told-part-exceeds", "told-parts-differ"],
    ),
    "a total behind its parts": ("全镇干部70人，其中：行政30人，事业40人，共计70人。", []),
    "a third part": (
        "基本支出220.50万元，其中：人员经费125.40万元，公用经费45.10万元，其他经费50.00万元。",
        [],
    ),
}


@pytest.mark.parametrize(("said", "expected"), TWICE.values(), ids=TWICE)
def test_a_mistake_is_said_once(tmp_path: Path, said: str, expected: list[str]) -> None:
    root = project(tmp_path)
    path = root / NARRATIVE
    path.write_text(path.read_text("utf-8") + f"\n{said}\n", "utf-8")
    assert sorted({line.split()[1] for line in findings(root)}) == expected


def test_what_two_readings_find_alike_is_said_once(tmp_path: Path) -> None:
    """A list that misses its whole by one digit, and of which all parts are told."""
    root = project(tmp_path)
    path = root / NARRATIVE
    parts = "1.道路建设支出374.56万元。\n2.水利建设支出50.70万元。\n3.绿化支出0万元。"
    said = f"全年项目支出合计415.26万元，其中：\n{parts}"
    path.write_text(path.read_text("utf-8") + f"\n{said}\n", "utf-8")
    found = [line.split()[1] for line in findings(root)]
    assert found == ["parts-apart-differ"]


def test_a_misspelt_word_of_a_misspelt_term_is_said_once(tmp_path: Path) -> None:
    """接侍 alone is said; within 公务接侍费 it is the same mistake."""
    root = project(tmp_path)
    path = root / NARRATIVE
    path.write_text(path.read_text("utf-8") + "\n公务接侍费支出从简，接侍也从简。\n", "utf-8")
    assert [line.split()[:2] for line in findings(root)] == [
        ["narrative:10:1", "misspelt-word"],
        ["narrative:10:11", "misspelt-word"],
    ]


def facts_of(root: Path, kinds: tuple[str, ...]) -> list[Fact]:
    """The figures of the report's cells, of tables of some kinds; not of cells that may hold words."""
    tables = read_library(root).disclosures[0].report.tables
    chosen = [t for t in tables if t.form.kind in kinds and not t.form.open]
    facts = [c.fact for t in chosen for c in t.cells() if c.fact is not None]
    return [fact for fact in facts if fact.column not in ("年度指标值", "实际完成值")]


def written(root: Path, fact: Fact, text: str) -> list[str]:
    """What is found when another text stands in a cell."""
    path = root / fact.at.file
    lines = path.read_text("utf-8").split("\n")
    line, start = lines[fact.at.line - 1], fact.at.column - 1
    assert line.startswith(fact.figure.text, start)
    lines[fact.at.line - 1] = line[:start] + text + line[start + len(fact.figure.text) :]
    before = path.read_bytes()
    path.write_text("\n".join(lines), "utf-8")
    found = findings(root)
    path.write_bytes(before)
    return found


def test_a_figure_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    """In whatever cell: no link, sum, total or sentence that it stands in says so again."""
    root = project(tmp_path)
    facts = facts_of(root, ("grid", "list", "indicators", "fields"))
    assert len(facts) > 30
    for fact in facts:
        found = written(root, fact, "908..04")
        assert [f.split()[0] for f in found] == [f"report:{fact.at.line}:{fact.at.column}"], fact


def test_a_unit_of_another_kind_is_one_finding(tmp_path: Path) -> None:
    """30公里 where money or people are counted: what follows from it alone is not said."""
    root = project(tmp_path)
    facts = [f for f in facts_of(root, ("fields",)) if f.concept]
    assert facts
    for fact in facts:
        found = written(root, fact, "30公里")
        at = f"report:{fact.at.line}:{fact.at.column}"
        assert found == [f"{at} unit-mismatch"], (fact.address, found)


def test_an_explanation_waits_until_the_figure_can_be_read(tmp_path: Path) -> None:
    """Whether it answers something is not known before; one of a rule that there is not is told."""
    root = project(tmp_path, {REPORT: ("较上年减少: 4.90万元", "较上年减少: 4.80万元")})
    path = root / REPORT
    explained = "位置: 基本情况.较上年减少, 说明: 原件如此, 日期: 2023-05-09, 至: 2099-12-31"
    answer = f"认可:\n  - {{规则: difference-differs, {explained}}}\n"
    text = path.read_text("utf-8") + answer
    path.write_text(text, "utf-8")
    assert all(line.endswith(" acknowledged") for line in findings(root))
    path.write_text(text.replace("4.80万元", "4..80万元"), "utf-8")
    assert [line.split()[1] for line in findings(root)] == ["not-a-measure"]
    path.write_text(text.replace("4.80万元", "4..80万元").replace("difference-differs", "differs"))
    assert sorted(f.split()[1] for f in findings(root)) == ["not-a-measure", "unknown-name"]
    path.write_text(text.replace("4.80万元", "4.90万元"), "utf-8")
    assert [line.split()[1] for line in findings(root)] == ["acknowledgement-unmatched"]


def test_a_phone_number_in_a_cell_that_cannot_be_read_is_said_all_the_same(tmp_path: Path) -> None:
    root = project(tmp_path)
    fact = facts_of(root, ("grid",))[0]
    found = written(root, fact, "139" + "0000" + "1234")
    assert any("personal" in line or "phone" in line for line in found), found


HOSTILE = {
    "nothing each": "发放奖金100元，奖励20人，每人0元。",
    "nobody": "发放奖金100元，奖励0人，每人5元。",
    "brackets": "(1+" * 5000 + "1=5",
    "digits": "1" * 20000 + "=1×(1)",
    "dashes": "—" * 20000,
    "blanks": "×" * 20000,
    "done": "脱贫攻坚。" + "完成" * 10000,
    "of which": "其中1人，" * 4000,
    "of which, for": "支出100元，" + "其中1元用于路，" * 2000,
    "what is left": "受理1件，已办结1件，剩余1件，" * 1000,
    "on average": "投入1元，安装灯1盏，平均每盏1元，" * 900,
    "since last year": "其中公务接待费1万元，比上年下降1%，" * 900,
    "in all": "合计1次，" * 3000,
    "a share of each": "总数9人，其中1人占2%，" * 1000,
    "finished": "工程均已完工" * 3000,
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_no_sentence_stops_the_rules(tmp_path: Path, said: str) -> None:
    """Whatever a narrative says, checking ends, and with findings only."""
    root = project(tmp_path)
    path = root / NARRATIVE
    path.write_text(path.read_text("utf-8") + f"\n{said}\n", "utf-8")
    assert isinstance(findings(root), list)
