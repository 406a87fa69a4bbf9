"""Seal, correct, withdraw: what passes, what is refused and where, and what a sealed report may still change."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from archives import (
    DAY,
    KEY,
    LATER,
    act,
    archive,
    change_report,
    correct_it,
    corrected,
    edit,
    ledger_of,
    next_year,
    sealed,
    withdraw_it,
)
from projects import CONCEPTS, COUNTY, FORM, NARRATIVE, PROFILE, REPORT, findings, project

from site_builder.__main__ import main
from site_builder.archive.editions import EditionError, chosen, correct, seal, withdraw
from site_builder.library import read_library

EDITION = "data/editions/shili/shilizhen/2022"


def run(root: Path, *words: str) -> int:
    return main(["--root", str(root), *words])


# -- sealing ---------------------------------------------------------------------------------


def test_a_sound_report_becomes_edition_one(tmp_path: Path) -> None:
    """Its files are kept as they are, byte for byte, and nothing is found."""
    root = sealed(tmp_path)
    for kept, live in (("report.yaml", REPORT), ("narrative.md", NARRATIVE)):
        assert (root / EDITION / "1" / kept).read_bytes() == (root / live).read_bytes()
    (entry,) = ledger_of(root).entries
    assert (entry.kind, entry.edition, entry.facts, entry.errors) == ("封存", 1, 72, 0)
    assert findings(root) == []


def test_every_fact_has_a_line_and_a_name_of_its_own(tmp_path: Path) -> None:
    """Address, text as printed, exact value, unit, meaning, place, SHA-256 of the line."""
    root = sealed(tmp_path)
    lines = (root / EDITION / "1" / "facts.tsv").read_text("utf-8").split("\n")
    line = next(x for x in lines if "\t经费.支出.决算数\t" in x)
    assert line.split("\t")[1:-1] == [
        "经费.支出.决算数", "420.50", "420.50", "万元", "", "支出合计", "决算", "2022", "",
        "data/reports/shili/shilizhen/2022.yaml:12:42",
    ]  # fmt: skip
    assert len(lines) == 72 + 2


def test_sealing_again_changes_nothing(tmp_path: Path) -> None:
    """An unchanged report is sealed already: said, and no error."""
    root = sealed(tmp_path)
    before = archive(root)
    done = seal(root, [KEY], act(LATER))
    assert ([e.edition for e in done.unchanged], done.entries, done.refused) == ([1], (), ())
    assert archive(root) == before


def test_a_report_with_an_error_is_not_sealed(tmp_path: Path) -> None:
    """The finding is given back, nothing is written."""
    root = project(tmp_path, {REPORT: ("决算数: 420.50,\n", "决算数: 421.50,\n")})
    done = seal(root, [KEY], act())
    assert not done.entries
    (refused,) = done.refused
    assert "sum-differs" in {f.rule.id for f in refused.findings}
    assert archive(root) == {}


def test_a_report_with_something_personal_is_not_sealed(tmp_path: Path) -> None:
    """Though the finding be a note only: what is sealed stays for ever."""
    words = "## 二、人员\n\n联系电话：" + "138" + "0013" + "8000。\n"
    root = project(tmp_path, {NARRATIVE: ("## 二、人员\n", words)})
    done = seal(root, [KEY], act())
    assert not done.entries
    assert "个人信息" in done.refused[0].why.zh
    assert all("8000" not in f.message() for f in done.refused[0].findings)


def test_a_comment_is_published_with_its_file(tmp_path: Path) -> None:
    """So a telephone number in one is refused, without being said."""
    number = "138" + "0013" + "8000"
    root = project(tmp_path, {REPORT: ("    村数: 12个\n", f"    村数: 12个  # 问老张 {number}\n")})
    (refused,) = seal(root, [KEY], act()).refused
    assert f"{REPORT}:42 的注释" in refused.why.zh
    assert number not in refused.why.zh


def test_a_report_that_cannot_be_read_is_not_sealed(tmp_path: Path) -> None:
    """A mistake of form in it, or in what is decreed."""
    root = project(tmp_path, {REPORT: ("  年度: 2022\n", "")})
    (refused,) = seal(root, [KEY], act()).refused
    assert refused.why.zh == "报告读不出来"
    root = project(tmp_path / "other", {FORM: ("依据: 示财绩〔2023〕1号", "依据于: 无")})
    with pytest.raises(EditionError, match="依据于"):
        seal(root, [KEY], act())


def test_an_entry_is_not_dated_before_the_last_one(tmp_path: Path) -> None:
    """The ledger only goes forward."""
    root = sealed(tmp_path)
    change_report(root)
    with pytest.raises(EditionError, match="早于账上最后一条"):
        correct(root, KEY, act(DAY - datetime.timedelta(1)), lambda _: "理由")


def test_reports_are_chosen_by_county_town_and_year(tmp_path: Path) -> None:
    """An unknown name is refused."""
    root = project(tmp_path)
    assert chosen(root, ["shili"]) == chosen(root, ["shili/shilizhen/2022"]) == [KEY]
    assert chosen(root, ["shili"], 2021) == []
    with pytest.raises(EditionError, match="没有这样的报告"):
        chosen(root, ["shili/shili"])


# -- what is held against the edition --------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (REPORT, "村数: 12个", "村数: 13个", "report:42:9"),
        (REPORT, "村数: 12个", "村数: 12 个", "report:42:9"),
        (REPORT, "村数: 12个", "村数:", "report:42:8"),
        (REPORT, "  来源: 示例镇公开的报告", "  来源: 示例镇", "report:9:7"),
        (REPORT, "报告日期: 2023-05-08", "报告日期: 2023-05-09", "report:8:9"),
        (NARRATIVE, "，见[附件1](#经费)", "，详见[附件1](#经费)", "narrative:4:1"),
        (NARRATIVE, "## 二、人员", "## 二、职工", "narrative:6:1"),
        (NARRATIVE, "https://example.org/", "https://example.net/", "narrative:4:39"),
        (FORM, "表名: 部门经费", "表名: 部门经费表", "form:4:3"),
        (FORM, "  走访群众:\n", "  走访群众: {概念: 在职人数, 口径: 年末}\n", "report:38:11"),
        (PROFILE, "下限: 90, 上限: 100", "下限: 85, 上限: 100", "profile:1:5"),
    ],
)
def test_a_silent_change_is_named_where_it_stands(
    tmp_path: Path, file: str, old: str, new: str, place: str
) -> None:
    """Figures, words, head, sentences, headings, links; labels, meanings and grades as decreed."""
    root = sealed(tmp_path)
    edit(root, file, old, new)
    assert f"{place} sealed-changed" in findings(root)


def test_the_finding_says_old_and_new_and_what_to_do(tmp_path: Path) -> None:
    """In plain words, with the command to run."""
    root = sealed(tmp_path)
    edit(root, REPORT, "村数: 12个", "村数: 21个")
    from site_builder.check import check_library

    (found,) = check_library(read_library(root), DAY).findings
    assert "“其他情况.村数”封存时是“12个”，现在写的是“21个”" in found.message()
    assert "site-builder correct shili/shilizhen/2022" in found.remedy()
    assert found.others[0].file == f"{EDITION}/1/report.yaml"
    assert found.rule.form


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (REPORT, "  来源: 示例镇公开的报告\n", "  来源: '示例镇公开的报告' # 抄自公报\n"),
        (NARRATIVE, "[30人](#基本情况.在职人数)", "**30人**"),
        (FORM, "勾稽:\n", "勾稽:\n  - {等于: [经费.支出.决算数, 基本情况.收入合计]}\n"),
        (CONCEPTS, "定义: 日常公用支出。", "定义: 日常的公用支出。"),
        (PROFILE, "满分: 100\n", "满分: 100\n必报: [支出合计]\n"),
        (COUNTY, "省: 示例省\n", "省: 示例省\n市: 示例市\n"),
    ],
)
def test_what_changes_no_word_and_no_figure_is_no_change(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    """Comments, quotes, links, definitions, what else is judged: not what the report states."""
    root = sealed(tmp_path)
    edit(root, file, old, new)
    assert [f for f in findings(root) if "sealed" in f] == []


def test_an_explanation_may_be_renewed(tmp_path: Path) -> None:
    """认可 run out; a new date is no correction of the report."""
    explained = (
        "认可:\n  - {规则: sum-differs, 位置: 经费.支出.决算数, 说明: 原件如此, "
        "日期: 2023-05-09, 至: 2026-12-31}\n"
    )
    root = project(tmp_path)
    path = root / REPORT
    text = path.read_text("utf-8").replace("基本支出: {上年数: 200.00", "基本支出: {上年数: 200.0")
    path.write_text(text, "utf-8")
    seal(root, [KEY], act())
    path.write_text(text + explained, "utf-8")
    assert [f for f in findings(root) if "sealed-changed" in f] == []


def test_a_sealed_report_that_is_gone_is_named(tmp_path: Path) -> None:
    """Either file; the whole county's folder too."""
    root = sealed(tmp_path)
    (root / REPORT).unlink()
    assert "report:1:1 sealed-missing" in findings(root)
    (root / NARRATIVE).unlink()
    assert findings(root) == ["narrative:1:1 sealed-missing", "report:1:1 sealed-missing"]


def test_a_ledger_that_is_gone_is_named(tmp_path: Path) -> None:
    """Its folder is still there."""
    root = sealed(tmp_path)
    (root / "data/editions/shili/ledger.txt").unlink()
    assert findings(root) == ["data/editions/shili/ledger.txt:1:1 file-missing"]
    with pytest.raises(EditionError, match="封存账不见了"):
        seal(root, [KEY], act())


# -- correcting ------------------------------------------------------------------------------


def test_a_clerk_mistypes_a_figure_and_corrects_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused with its place; asked for a reason; then edition 2, and nothing is found."""
    root = sealed(tmp_path)
    edit(root, REPORT, "村数: 12个", "村数: 21个")
    assert run(root, "check") == 1
    assert f"{REPORT}:42:9 错误 sealed-changed" in capsys.readouterr().out
    assert run(root, "seal", "--all", "--no-pdf") == 1
    assert "site-builder correct shili/shilizhen/2022" in capsys.readouterr().err
    assert run(root, "correct", "shili/shilizhen/2022", "--no-pdf") == 2  # nobody to ask
    assert len(ledger_of(root).entries) == 1
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "并村后漏改")
    assert run(root, "correct", "shili/shilizhen/2022", "--no-pdf") == 0
    out = capsys.readouterr().out
    assert f"{REPORT}:42:9 其他情况.村数：“12个” → “21个”" in out
    assert "第2版" in out
    entry = ledger_of(root).entries[-1]
    assert (entry.kind, entry.edition, entry.reason) == ("更正", 2, "并村后漏改")
    assert run(root, "check") == 0


def test_edition_one_stays_as_it_was(tmp_path: Path) -> None:
    """A correction adds files; it touches none."""
    root = sealed(tmp_path)
    before = archive(root)
    change_report(root)
    correct_it(root)
    after = archive(root)
    gone = {name for name in before if after.get(name) != before[name]}
    assert gone == {"shili/ledger.txt"}
    assert (root / EDITION / "2" / "report.yaml").read_bytes() == (root / REPORT).read_bytes()


def test_a_correction_that_breaks_a_sum_is_refused(tmp_path: Path) -> None:
    """The gate is the same; nothing is written."""
    root = sealed(tmp_path)
    before = archive(root)
    edit(root, REPORT, "预算数: 190.00, 决算数: 200.00", "预算数: 190.00, 决算数: 210.00")
    done = correct_it(root)
    assert "sum-differs" in {f.rule.id for f in done.refused[0].findings}
    assert archive(root) == before


def test_nothing_to_correct(tmp_path: Path) -> None:
    """Unchanged: said, no entry. Not sealed: refused. No reason: refused."""
    root = sealed(tmp_path)
    assert [e.edition for e in correct_it(root).unchanged] == [1]
    change_report(root)
    with pytest.raises(EditionError, match="理由"):
        correct(root, KEY, act(LATER), lambda _: "  ")
    with pytest.raises(EditionError, match="还没有封存"):
        correct(root, KEY._replace(year=2021), act(LATER), lambda _: "理由")
    assert len(ledger_of(root).entries) == 1


# -- withdrawing -----------------------------------------------------------------------------


def test_a_withdrawn_report_is_not_read(tmp_path: Path) -> None:
    """Its files may lie there or not; its figures are in no total."""
    root = sealed(tmp_path)
    withdraw_it(root)
    assert read_library(root).disclosures == ()
    assert findings(root) == []
    (root / REPORT).unlink()
    (root / NARRATIVE).unlink()
    assert findings(root) == []
    with pytest.raises(EditionError, match="没有在公开的封存版"):
        withdraw(root, KEY, act(LATER, reason="再次"))


def test_a_withdrawn_report_comes_back_by_a_correction(tmp_path: Path) -> None:
    """As the next edition, changed or not."""
    root = sealed(tmp_path)
    withdraw_it(root)
    assert "撤回" in seal(root, [KEY], act(LATER)).refused[0].why.zh
    done = correct(root, KEY, act(LATER), lambda _: "核实无误，恢复公开")
    assert [(e.kind, e.edition) for e in done.entries] == [("更正", 2)]
    assert len(read_library(root).disclosures) == 1


# -- next year -------------------------------------------------------------------------------


def test_last_years_figures_are_compared_with_the_sealed_edition(tmp_path: Path) -> None:
    """Not with what somebody has made of the file since."""
    root = next_year(sealed(tmp_path))
    found = [f for f in findings(root) if f.endswith(" restated")]
    assert found
    assert all("2023.yaml" in f for f in found)
    (root / REPORT).unlink()  # the live file gone: the edition still speaks
    assert [f for f in findings(root) if f.endswith(" restated")] == found


def test_a_correction_keeps_both_editions(tmp_path: Path) -> None:
    """And a third follows the second."""
    root = corrected(tmp_path)
    edit(root, REPORT, "村数: 12个", "村数: 13个")
    done = correct_it(root)
    assert [e.edition for e in done.entries] == [3]
    assert sorted(p.name for p in (root / EDITION).iterdir()) == ["1", "2", "3"]


def test_what_counts_as_a_change_is_settled(tmp_path: Path) -> None:
    """Old editions must verify in ten years: whoever changes statement.py sees it here, and thinks."""
    (entry,) = ledger_of(sealed(tmp_path)).entries
    assert entry.content.startswith("57b1d1556ff50081b557bc1dde83cbff")
