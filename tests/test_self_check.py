"""`check --self`: every rule names a fault planted in the project's own data, and a dead one is caught."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from built import ROOT
from projects import FILES, REPORT, project

from site_builder import check
from site_builder.__main__ import main
from site_builder.check import ALL_RULES
from site_builder.finding import Rule, Words
from site_builder.rules import CHECKS
from site_builder.rules.indicators import grade_band
from site_builder.rules.sums import sum_differs
from site_builder.self_check import FAULTS, Tried, self_check, write_tried

TODAY = datetime.date(2026, 11, 27)
TRIED = {tried.rule.id: tried for tried in self_check(ROOT, today=TODAY)}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda r: r.id)
def test_every_rule_speaks(rule: Rule) -> None:
    """By a fault planted in the real reports where one is listed, else by its page."""
    tried = TRIED[rule.id]
    assert tried.how != "failed", tried.why
    assert tried.how == ("planted" if rule.id in FAULTS else "example"), tried.why


def test_a_planted_fault_is_named_where_it_was_planted() -> None:
    """The finding stands in a file of the project and says what is printed there."""
    for tried in TRIED.values():
        if tried.how != "planted":
            continue
        assert tried.finding is not None
        assert tried.finding.at.file.startswith(("data/", "content/", "mkdocs.yml"))
        assert "{" not in tried.finding.message() + tried.finding.message("en")


def test_every_fault_is_a_rules() -> None:
    """No fault outlives its rule."""
    assert set(FAULTS) <= {rule.id for rule in ALL_RULES}


def of(rule: Rule, root: Path = ROOT) -> Tried:
    (tried,) = self_check(root, [rule], TODAY)
    return tried


def test_a_rule_that_no_longer_runs_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken off the list, it is silent in the data and on its page."""
    without = tuple(c for c in CHECKS if c is not sum_differs.check)
    monkeypatch.setattr(check, "CHECKS", without)
    tried = of(sum_differs.RULE)
    assert tried.how == "failed"
    assert "没有报告" in tried.why


def test_a_rule_that_does_not_say_what_is_printed_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence without the printed figure helps nobody."""
    mute = Rule("grade-band", "error", Words("错", "wrong"), Words("错", "wrong"), Words("改", "x"))
    monkeypatch.setattr(grade_band, "RULE", mute)
    tried = of(mute)
    assert tried.how == "failed"
    assert "没有说出" in tried.why


def test_a_rule_without_fault_and_page_fails() -> None:
    """So no rule can be added without either."""
    rule = Rule("new", "error", Words("新", "new"), Words("新", "new"), Words("改", "mend"))
    assert of(rule).how == "failed"


def test_it_leaves_the_project_as_it_was(tmp_path: Path) -> None:
    """Faults are planted in a copy; a project with other reports than ours will do."""
    root = project(tmp_path)
    tried = [of(rule, root) for rule in ALL_RULES if rule.id in FAULTS]
    assert {t.rule.id for t in tried if t.how == "planted"} >= {
        "sum-differs",
        "difference-differs",
        "linked-figure",
        "not-a-number",
        "acknowledgement-unmatched",
    }
    for file, text in FILES.items():
        assert (root / file).read_text("utf-8") == text
    assert sorted(p for p in root.rglob("*") if p.is_file()) == sorted(root / f for f in FILES)


def test_the_command_says_it_rule_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a rule and a count at the end."""
    assert main(["--root", str(ROOT), "check", "--self"]) == 0
    *lines, end = capsys.readouterr().out.rstrip().split("\n")
    assert len(lines) == len(ALL_RULES)
    assert end.startswith(f"{len(ALL_RULES)} 条规则")
    assert write_tried(TRIED["sum-differs"]).startswith("植入 sum-differs data/reports/")
    assert REPORT not in "".join(lines)
