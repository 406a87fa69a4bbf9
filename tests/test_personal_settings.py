"""What is personal in mkdocs.yml is found and said nowhere; what is wrong with extra.archive no command drops."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from archives import KEY, act, edit, sealed
from built import ROOT
from projects import FILES, TODAY, project

from site_builder.__main__ import main
from site_builder.archive.editions import EditionError, seal
from site_builder.archive.verify import verify
from site_builder.build import build
from site_builder.check import check_library
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.making import Options
from site_builder.output.text import write_text

# Nobody's: a number of zeros, a name that stands for no one.
PHONE = "13900000000"
NAME = "王小明"
MKDOCS = FILES["mkdocs.yml"]
ARCHIVE = "  archive:\n    责任者: {}\n"


def with_archive(words: str) -> str:
    """mkdocs.yml with someone responsible for the archive."""
    return MKDOCS.replace("  publisher:\n", f"{ARCHIVE.format(words)}  publisher:\n")


def found(root: Path, text: str) -> list[Finding]:
    return list(check_library(read_library(project(root, {"mkdocs.yml": text})), TODAY).findings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (with_archive(f"示例县档案馆，电话{PHONE}"), "3:10 personal-phone"),
        (with_archive(NAME), "3:10 named-person"),
        (with_archive(f"示例县档案馆、{NAME}"), "3:10 named-person"),
        (with_archive(f"示例县档案馆，联系人：{NAME}"), "3:10 role-name"),
        (MKDOCS.replace("联系方式: 0000-0000000", f"联系方式: {PHONE}"), "4:11 personal-phone"),
        (MKDOCS.replace("联系方式: 0000-0000000", f"联系方式: {NAME} 0000-0000000"), "4:11 named-person"),
        (MKDOCS.replace("主办单位: 示例县人民政府", f"主办单位: {NAME}"), "3:11 named-person"),
        (MKDOCS.replace("site_name: 示例公开", f"site_name: 示例公开{PHONE}"), "12:12 personal-phone"),
        (MKDOCS.replace("首页: index.md", f"首页{PHONE}: index.md"), "18:5 personal-phone"),
        (MKDOCS + "copyright: 示例县财政局，微信号：shili_example\n", "20:12 contact-detail"),
    ],
)  # fmt: skip
def test_what_is_personal_is_found_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    """Once, whatever it stands under; in no format and language is it said."""
    all_ = found(tmp_path, text)
    assert [f"{f.at.line}:{f.at.column} {f.rule.id}" for f in all_] == [expected]
    said = "".join(write_text(all_, tmp_path, lang) for lang in ("zh", "en"))
    assert PHONE not in said
    assert NAME not in said
    assert "只写单位名称和办公电话" in all_[0].remedy()
    assert "cannot be explained" in all_[0].remedy("en")


@pytest.mark.parametrize(
    "text",
    [
        with_archive("示例县档案馆（高新区），电话：0000-0000000"),
        MKDOCS.replace("联系方式: 0000-0000000", "联系方式: 0000-0000000，shili@example.org"),
        MKDOCS + "copyright: 示例县财政局\nsite_description: 流水号13900000000\n",
    ],
)
def test_offices_their_telephones_and_mailboxes_are_not(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_a_value_that_is_wrong_besides_is_not_repeated(tmp_path: Path) -> None:
    text = MKDOCS.replace("网站域名: www.example.gov.cn", f"网站域名: 电话{PHONE}")
    all_ = found(tmp_path, text)
    assert [f.rule.id for f in all_] == ["bad-setting", "personal-phone"]
    assert PHONE not in write_text(all_, tmp_path) + "".join(f.message("en") for f in all_)
    with pytest.raises(EditionError) as refused:
        seal(tmp_path, [KEY], act())
    assert PHONE not in str(refused.value)


def test_a_project_is_said_it_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Though its counties are read one by one."""
    root = project(tmp_path, {"mkdocs.yml": with_archive(PHONE)})
    assert main(["--root", str(root), "check"]) == 1
    assert capsys.readouterr().out.count("personal-phone") == 1


@pytest.mark.parametrize(("old", "rule"), [("责任者: 示例县", "unknown-key"), ("", "not-a-table")])
def test_what_is_wrong_with_the_archives_settings_is_dropped_by_no_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, rule: str
) -> None:
    """check, build, seal, verify, bag, yearbook and fragment say it and do nothing else."""
    root = sealed(tmp_path / "p")
    shutil.copytree(ROOT / "themes", root / "themes")
    wrong = "  archive: 无\n" if not old else "  archive:\n    责任人: 示例县\n    PDF存放: ../x\n"
    edit(root, "mkdocs.yml", "  publisher:\n", f"{wrong}  publisher:\n")
    at = "mkdocs.yml:2" if not old else "mkdocs.yml:3"
    all_ = check_library(read_library(root), TODAY).findings
    assert [f.rule.id for f in all_] == [rule]
    done = build(root, Options(pdfs=False, jobs=1), say=lambda _: None)
    assert [f.rule.id for f in done.stops] == [rule]
    assert any(wrong.file == at for wrong in verify(root).wrong)
    for command in (
        ["seal", str(KEY), "--no-pdf"],
        ["verify"],
        ["bag", "shili", "2022", "--out", str(tmp_path / "out")],
        ["yearbook", "shili", "2022"],
        ["fragment", str(KEY), "--no-pdf"],
    ):
        assert main(["--root", str(root), *command]) != 0, command
        assert at in "".join(capsys.readouterr()), command
    assert not (tmp_path / "out").exists()


def test_a_bag_is_not_made_with_a_person_in_its_catalogue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sealed(tmp_path / "p")
    (root / "mkdocs.yml").write_text(with_archive(NAME), "utf-8")
    assert main(["--root", str(root), "bag", "shili", "2022", "--out", str(tmp_path / "out")]) != 0
    said = "".join(capsys.readouterr())
    assert "mkdocs.yml:3:10" in said
    assert NAME not in said
    assert not (tmp_path / "out").exists()
