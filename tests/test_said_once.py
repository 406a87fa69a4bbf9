"""One mistake that two rules see is said by one of them: the one that says more."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import NARRATIVE, findings, project

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
