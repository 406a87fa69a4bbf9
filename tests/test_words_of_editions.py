"""What is said of a sealed report that states something otherwise: old and new, where, and beside what."""

from __future__ import annotations

from pathlib import Path

from archives import DAY, KEY, NEXT_YEAR, act, corrected, edit, next_year, sealed
from projects import FORM, NARRATIVE, REPORT, project

from site_builder.archive.editions import seal
from site_builder.archive.verify import verify
from site_builder.check import check_library
from site_builder.examples import examples, run_example
from site_builder.finding import Finding
from site_builder.library import read_library

SEALED = "data/editions/shili/shilizhen/2022/1"


def changes(root: Path) -> list[Finding]:
    """What is found of a sealed report that was changed."""
    findings = check_library(read_library(root), DAY).findings
    return [f for f in findings if f.rule.id == "sealed-changed"]


def change(root: Path, file: str, old: str, new: str) -> Finding:
    """What is found after one change."""
    edit(root, file, old, new)
    [found] = changes(root)
    return found


def test_a_figure_that_was_changed(tmp_path: Path) -> None:
    """Old and new, both places, and the cell by its address."""
    found = change(sealed(tmp_path), REPORT, "村数: 12个", "村数: 21个")
    assert "“其他情况.村数”封存时是“12个”，现在写的是“21个”" in found.message()
    assert "site-builder correct shili/shilizhen/2022" in found.remedy()
    assert (found.address, found.printed) == ("其他情况.村数", "21个")
    assert [(p.file, p.line) for p in found.others] == [(f"{SEALED}/report.yaml", 42)]


def test_a_figure_that_was_left_blank(tmp_path: Path) -> None:
    """It stands where the blank does."""
    found = change(sealed(tmp_path), REPORT, "村数: 12个", "村数:")
    assert "“其他情况.村数”封存时是“12个”，现在没有了" in found.message()
    assert (str(found.at), found.printed) == (f"{REPORT}:42:8", "")


def test_what_a_figure_means(tmp_path: Path) -> None:
    """By the form: addressed as the cell, whose figure is none of the change."""
    root = sealed(tmp_path)
    found = change(root, FORM, "走访群众:\n", "走访群众: {概念: 在职人数, 口径: 年末}\n")
    assert (found.address, found.printed) == ("基本情况.走访群众", "")


def test_a_sentence_that_was_added(tmp_path: Path) -> None:
    """It has no place in the edition, and no cell."""
    root = sealed(tmp_path)
    found = change(root, NARRATIVE, "## 二、人员", "今年另有说明。\n\n## 二、人员")
    assert "封存时没有，现在写的是“今年另有说明。”" in found.message()
    assert (found.others, found.address, found.printed) == ((), "", "")


def test_a_sentence_that_is_gone(tmp_path: Path) -> None:
    """It is looked for in the line where it stood; behind the end, in the last."""
    root = sealed(tmp_path)
    text = (root / NARRATIVE).read_text("utf-8").rstrip("\n")
    last = text.rpartition("\n")[2]
    edit(root, NARRATIVE, f"\n{last}", "")
    found = changes(root)
    assert found
    lines = (root / NARRATIVE).read_text("utf-8").rstrip("\n").count("\n") + 1
    for one in found:
        assert "现在没有了" in one.message()
        assert one.at.file == NARRATIVE
        assert one.at.line <= lines
        assert one.others[0].file == f"{SEALED}/narrative.md"


def test_a_cell_that_is_gone(tmp_path: Path) -> None:
    """With its row of the form: at the line where it stood, of today's report."""
    root = sealed(tmp_path)
    edit(root, FORM, "      走访群众:\n", "")
    edit(root, REPORT, "    走访群众: 300多人\n", "")
    [found] = [f for f in changes(root) if f.address == "基本情况.走访群众"]
    assert "现在没有了" in found.message()
    assert (found.at.file, found.at.line) == (REPORT, 38)


def test_a_table_that_is_gone(tmp_path: Path) -> None:
    """Its name, at the head of the form."""
    root = sealed(tmp_path)
    form = (root / FORM).read_text("utf-8")
    table = form[form.index("  其他情况:") : form.index("  资金:")]
    edit(root, FORM, table, "")
    edit(root, REPORT, "  其他情况:\n    村数: 12个\n", "")
    [found] = [f for f in changes(root) if "表单.其他情况" in f.message()]
    assert str(found.at) == f"{FORM}:1:1"


def test_a_long_sentence_is_cut(tmp_path: Path) -> None:
    """Sixty characters of it are quoted, and one of sixty whole."""
    root = sealed(tmp_path)
    words = "说明" * 29 + "。"
    found = change(root, NARRATIVE, "## 二、人员", f"长{words}\n\n## 二、人员")
    assert f"“长{words}”" in found.message()
    found = change(root, NARRATIVE, f"长{words}", f"很长{words}")
    assert f"“很长{words}"[:60] + "…”" in found.message()


def test_an_edition_that_was_tampered_with(tmp_path: Path) -> None:
    """Nothing can be compared: said at the ledger's line."""
    root = sealed(tmp_path)
    edit(root, f"{SEALED}/report.yaml", "村数: 12个", "村数: 13个")
    found = change(root, REPORT, "村数: 12个", "村数: 21个")
    assert "请运行 site-builder verify" in found.message()
    assert found.at.file == "data/editions/shili/ledger.txt"


def test_of_a_broken_ledger_only_the_ledger_is_said(tmp_path: Path) -> None:
    """The entry in force may stand behind the fault: nothing is held against an older one."""
    root = corrected(tmp_path / "p")
    ledger = root / "data/editions/shili/ledger.txt"
    raw = ledger.read_text("utf-8")
    altered = raw.replace("理由: 措施", "理由: 措 施")
    ledger.write_text(altered, "utf-8")
    assert [f.rule.id for f in check_library(read_library(root), DAY).findings] == ["ledger-broken"]
    assert [one.file for one in verify(root).wrong] == ["data/editions/shili/ledger.txt:46"]
    (root / NARRATIVE).rename(tmp_path / "gone.md")  # perhaps withdrawn
    found = [f.rule.id for f in check_library(read_library(root), DAY).findings]
    assert sorted(found) == ["ledger-broken", "narrative-missing"]
    ledger.write_text(raw, "utf-8")
    found = [f.rule.id for f in check_library(read_library(root), DAY).findings]
    assert "sealed-missing" in found


def test_of_a_broken_ledger_no_edition_is_last_years_report(tmp_path: Path) -> None:
    """The report as it lies in the project counts then, and no edition of it is named."""
    root = next_year(sealed(tmp_path))
    edit(root, REPORT, "决算数: 420.50,\n", "决算数: 421.50,\n")
    assert "（已封存第1版）在“支 出·决算数”写的是420.50万元" in restated(root)[0]
    ledger = root / "data/editions/shili/ledger.txt"
    ledger.write_text(ledger.read_text("utf-8") + "\n", "utf-8")
    assert "2022年报告在“支 出·决算数”写的是421.50万元" in restated(root)[0]


def restated(root: Path, year: str = "2023") -> list[str]:
    """What is said of figures of another year in the report of a year."""
    findings = check_library(read_library(root), DAY).findings
    return [f.message() for f in findings if f.rule.id == "restated" and year in f.at.file]


def test_last_years_report_is_named_with_its_edition(tmp_path: Path) -> None:
    """Where there is one; the edition counts, not what somebody made of the file since."""
    told = (
        "2023年报告在“支 出·上年数”写的是380.00万元，2022年报告{}在“支 出·决算数”写的是420.50万元"
    )
    assert told.format("") in restated(next_year(project(tmp_path / "open")))[0]
    root = next_year(sealed(tmp_path / "sealed"))
    assert told.format("（已封存第1版）") in restated(root)[0]
    edit(root, REPORT, "决算数: 420.50,\n", "决算数: 421.50,\n")
    assert told.format("（已封存第1版）") in restated(root)[0]


def test_an_edition_that_is_lost_is_none(tmp_path: Path) -> None:
    """The report as it lies in the project counts then."""
    root = next_year(sealed(tmp_path))
    edit(root, REPORT, "村数: 12个", "村数: 13个")
    (root / SEALED / "report.yaml").unlink()
    assert "写的是420.50万元" in restated(root)[0]


def test_the_report_of_a_later_year_is_not_asked(tmp_path: Path) -> None:
    """What 2022 foresaw of 2023 is judged in the report of 2023, once."""
    foreseen = "    次年项目支出: {概念: 项目支出, 口径: 年初预算, 年度: 2023}\n"
    forms = (FORM, "      走访群众:\n", f"      走访群众:\n  {foreseen}")
    reports = (
        REPORT,
        "    走访群众: 300多人\n",
        "    走访群众: 300多人\n    次年项目支出: 210.00万元\n",
    )
    root = project(tmp_path, {file: (old, new) for file, old, new in (forms, reports)})
    next_year(root)
    edit(root, REPORT.replace("2022", "2023"), "次年项目支出: 210.00万元", "次年项目支出:")
    assert seal(root, [KEY._replace(year=2023)], act(NEXT_YEAR)).entries
    edit(root, REPORT.replace("2022", "2023"), "村数: 12个", "村数: 13个")
    assert "次年项目支出" in "".join(restated(root))
    assert restated(root, "2022") == []


def test_a_figure_whose_form_says_no_basis_is_called_a_number() -> None:
    """A column of another year without 口径."""
    text = """```yaml concepts
在职人数: {单位: 人, 定义: 在职人员。}
```
```yaml form
人员:
  种类: 网格
  单位: 人
  列: {2021年末: {年度: 2021}, 2022年末: {类型: 数}}
  行: {在职: 在职人数}
```
```yaml before
人员:
  在职: {2021年末: 30, 2022年末: 30}
```
```yaml data
人员:
  在职: {2021年末: 31, 2022年末: 31}
```
"""
    [one] = examples(text, "words")
    assert "“在职人数”2021年的数，2022年报告" in "".join(f.message() for f in run_example(one))
