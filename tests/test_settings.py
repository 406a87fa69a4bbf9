"""mkdocs.yml: each case is a few lines of it, and what is found in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import ROOT
from projects import COUNTY, FILES, SHELL, TODAY, project

from site_builder.__main__ import main
from site_builder.check import check_library
from site_builder.check_pages import with_pending
from site_builder.counties import read_counties
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.page import Page
from site_builder.settings import IDENTITY, Settings, read_settings

# Fictional throughout: 999900 is nobody's division code.
FULL = """\
site_name: 示例公开
extra:
  publisher:
    主办单位: 示例县人民政府
    承办单位: 示例县财政局
    联系方式: 0000-0000000
    网站标识码: 9999000001
    ICP备案号: 示ICP备00000000号
    公安备案号: 示公网安备 00000000000000号
  site:
    网站名称: 示例县人民政府
    网站域名: www.example.gov.cn
    公开地址: https://www.example.gov.cn/xxgk/jixiao/
    栏目类别: 信息公开
    数据许可: 可以自由使用，请注明出处
  catalogue:
    索引号格式: "{统一社会信用代码}/{年度}"
    主题分类: 财政
"""


def settings(root: Path, text: str | None) -> tuple[Settings, list[str]]:
    """The settings of a project with this mkdocs.yml, and what is found in it."""
    project(root, {"mkdocs.yml": text})
    found: list[Finding] = []
    got = read_settings(root, read_counties(root, []), found)
    return got, [f"{f.at.line}:{f.at.column} {f.rule.id}" for f in found]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Every table, each value as written; nothing is missing, nothing is found."""
    got, found = settings(tmp_path, FULL)
    assert found == []
    assert got.missing == ()
    assert got.publisher.host == "示例县人民政府"
    assert got.publisher.site_code == "9999000001"
    assert got.site.address == "https://www.example.gov.cn/xxgk/jixiao/"
    assert got.site.separator == ";"
    assert got.catalogue.subject == "财政"
    assert got.catalogue.genre == ""


@pytest.mark.parametrize("text", ["site_name: 示例\n", "extra:\n", "extra: {generator: false}\n"])
def test_without_settings_everything_is_blank(text: str | None, tmp_path: Path) -> None:
    """A file, or a part of it, that is not there sets nothing and is no mistake."""
    got, found = settings(tmp_path, text)
    assert (got, found) == (Settings(), [])


def test_without_mkdocs_yml_nothing_can_be_built(tmp_path: Path) -> None:
    """The check says so, before the build does."""
    project(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()
    found: list[Finding] = []
    assert read_settings(tmp_path, {}, found) == Settings()
    assert [f"{f.at} {f.rule.id}" for f in found] == ["mkdocs.yml:1:1 file-missing"]


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("9999000001", "99990000", ["7:12 bad-setting"]),
    ("9999000001", "９９９９０００００１", ["7:12 bad-setting"]),
    ("9999000001", "bm9999", ["7:12 bad-setting"]),
    ("9999000001", "bm99990001", []),
    ("9999000001", "9999000002", []),
    ("9999000001", "9999010001", ["7:12 site-code"]),
    ("9999000001", "1100000001", ["7:12 site-code"]),
    ("9999000001", '""', []),
    ("www.example.gov.cn\n", "https://www.example.gov.cn\n", ["12:11 bad-setting"]),
    ("www.example.gov.cn\n", "示例.政务\n", ["12:11 bad-setting"]),
    ("/xxgk/jixiao/", "/xxgk/jixiao", ["13:11 bad-setting"]),
    ("https://www", "ftp://www", ["13:11 bad-setting"]),
    ("/xxgk/jixiao/", "/xxgk/<jixiao>/", ["13:11 bad-setting"]),
    ("/{年度}", "/{年度}-{流水号}", ["17:12 bad-setting"]),
    ("承办单位", "承办", ["5:5 unknown-key"]),
    ("    主题分类: 财政", "    主题分类: [财政]", ["18:11 not-a-table"]),
    ("    主题分类: 财政", "    主题分类: 财政\n    主题分类: 其他", ["19:5 duplicate-key"]),
    ("  catalogue:\n", "  catalogue: 无\n  其他:\n", ["16:14 not-a-table"]),
    ("    栏目类别: 信息公开\n", "    关键词分隔符: 、\n", ["14:13 not-a-choice"]),
    ("    栏目类别: 信息公开\n", '    关键词分隔符: ","\n', []),
])  # fmt: skip
def test_what_is_wrong_has_its_place(
    old: str, new: str, expected: list[str], tmp_path: Path
) -> None:
    """One finding a mistake, at the value or the key; the other settings still hold."""
    assert FULL.count(old) >= 1
    got, found = settings(tmp_path, FULL.replace(old, new, 1))
    assert found == expected
    assert got.site.name == "示例县人民政府"


def test_a_tag_of_mkdocs_elsewhere_is_not_ours_to_judge(tmp_path: Path) -> None:
    """Of the rest of the file MkDocs is the judge: its own tags and anchors are no findings."""
    text = "site_name: !ENV [NAME, 示例]\n" + FULL.removeprefix("site_name: 示例公开\n")
    got, found = settings(tmp_path, text + "theme: {name: &a material}\n")
    assert found == []
    assert got.publisher.host


def test_a_code_of_the_prefecture_will_do_and_of_two_counties_any(tmp_path: Path) -> None:
    """Where several counties publish, the site is their prefecture's or province's."""
    text = FULL.replace("9999000001", "1100000001")
    other = FILES[COUNTY].replace("示例县", "另一县").replace("9999", "9998")
    project(tmp_path, {"data/counties/lingyi.yaml": other})
    assert settings(tmp_path, text)[1] == []


def test_each_blank_item_of_identity_is_named_where_it_belongs(tmp_path: Path) -> None:
    """At its key where that stands there, in words that say who knows the value."""
    got, found = settings(tmp_path, FULL.replace("网站标识码: 9999000001", "网站标识码:"))
    assert found == []
    (missing,) = got.missing
    assert (missing.at.line, missing.at.column) == (7, 5)
    assert missing.message() == "还没有填写“网站标识码”"
    assert "不要编造" in missing.remedy()
    everything, _ = settings(tmp_path, "extra: {generator: false}\n")
    assert {f.words["item"] for f in everything.missing} == set(IDENTITY)


def test_check_shows_what_is_missing_and_passes_unless_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody but the publisher knows the values, so a project can be checked without them."""
    root = project(
        tmp_path, {"mkdocs.yml": FULL.replace("ICP备案号: 示ICP备00000000号", "ICP备案号:") + SHELL}
    )
    assert check_library(read_library(root), TODAY).open == ()
    assert main(["--root", str(root), "check"]) == 0
    said = capsys.readouterr().out
    assert said == "没有问题，1 项待补充：ICP备案号（check --all 逐项说明）\n"
    for option in ("--all", "--strict"):
        assert main(["--root", str(root), "check", option]) == (option == "--strict")
        said = capsys.readouterr().out
        assert "还没有填写“ICP备案号”" in said
        assert said.endswith("没有问题，1 项待补充\n")
    project(tmp_path, {"mkdocs.yml": FULL + SHELL})
    assert main(["--root", str(root), "check", "--strict"]) == 0


def test_the_page_of_checks_says_what_is_missing(tmp_path: Path) -> None:
    """And says nothing when nothing is."""
    page = Page("checks/index.html", "核对结果", "<h1>核对结果</h1>")
    got, _ = settings(tmp_path, FULL.replace("ICP备案号: 示ICP备00000000号", "ICP备案号:"))
    assert "本站还没有填写：ICP备案号。" in with_pending(page, got).html
    assert with_pending(page, settings(tmp_path, FULL)[0]) == page


def test_the_project_itself_invents_nothing() -> None:
    """Its own identity is unknown, and blank."""
    found: list[Finding] = []
    got = read_settings(ROOT, read_counties(ROOT, []), found)
    assert found == []
    assert {f.words["item"] for f in got.missing} == set(IDENTITY)


def test_a_county_cannot_be_called_as_a_folder_of_the_site(tmp_path: Path) -> None:
    """years/ and the like are the site's own."""
    root = project(tmp_path, {"data/counties/years.yaml": FILES[COUNTY]})
    found: list[Finding] = []
    assert set(read_counties(root, found)) == {"shili"}
    assert [str(f.at) + " " + f.rule.id for f in found] == [
        "data/counties/years.yaml:1:1 reserved-name"
    ]
