"""Links of a narrative: check finds at its place what the build would find on the finished pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from built import ROOT, built_once, library
from projects import NARRATIVE, TODAY, project

from site_builder.build import build
from site_builder.check import check_library
from site_builder.library import read_library
from site_builder.links import check_links
from site_builder.making import Options
from site_builder.page import (
    county_stem,
    files_of_place,
    files_of_report,
    report_path,
    table_files,
    town_stem,
)


def test_what_is_said_to_lie_beside_a_page_is_what_the_build_puts_there() -> None:
    """Of every report, town and county; the site of these tests has no PDFs, feeds or editions."""
    site = built_once() / "site"

    def names(folder: Path) -> set[str]:
        return {path.name for path in folder.iterdir() if path.is_file()}

    for one in library().disclosures:
        key, report = one.key, one.report
        tables = table_files(report.form)
        printed = [tables[t.form.address] for t in report.tables if not t.form.in_prose]
        folder = (site / report_path(key)).parent
        made = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        said = files_of_report(key, printed)
        assert made == {name for name in said if not name.endswith(".pdf")}
        assert sorted(said - made) == [f"{key.county}-{key.town}-{key.year}.pdf"]
        assert names(folder.parent) == files_of_place(town_stem(key.county, key.town))
        of_county = files_of_place(county_stem(key.county))
        assert names(folder.parent.parent) == of_county - {"feed.xml"}


TARGETS = [
    "附件1.pdf", "facts.csv", "fact.csv", "table-1.csv", "table-5.csv", "table-99.csv", "index.html",
    "checks/index.html", "checks", "checks/", "receipts/index.html", "./", ".", "../2022/facts.json",
    "../2021/index.html", "../index.html", "../facts.csv", "../shili-shilizhen.zip", "../../index.html",
    "../../shili.xlsx", "../../nobody/index.html", "../../shilizhen", "../../../index.html",
    "../../../about/index.html", "../../../about", "../../../../x.html", "../../../x.html",
    "%66acts.csv", "%E9%99%84.pdf", "facts.csv?a=1&b=2", "gone.csv?a=1&b=2", "manifest-sha256.txt",
    "../../manifest-sha256.txt", "../../../manifest-sha256.txt", "2022.md", "../../../sitemap.xml",
]  # fmt: skip


def test_check_and_build_say_the_same_of_every_link(tmp_path: Path) -> None:
    """A draft is made with all of them; then each by itself is checked."""
    links = "".join(f"见[甲]({target})。\n" for target in TARGETS)
    change = ("年末在职", f"{links}\n年末在职")
    root = project(tmp_path / "all", {NARRATIVE: change})
    shutil.copytree(ROOT / "themes", root / "themes")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    build(root, Options(pdfs=False, draft=True, jobs=1), say=lambda _: None)
    page = "shili/shilizhen/2022/index.html"
    bad = {one.target for one in check_links(root / "build" / "draft-work" / "site", [page])}
    found = check_library(read_library(root), TODAY).findings
    dead = {f.words["name"] for f in found if f.rule.id == "unknown-name"}
    known = {"../../../sitemap.xml"}  # only where the public address is known
    assert dead == bad - known


@pytest.mark.parametrize(
    ("target", "zh", "en"),
    [
        (
            "附件1.pdf",
            "没有叫“附件1.pdf”的文件",
            "there is no file called “附件1.pdf”",
        ),
        (
            "../2022/",
            "没有叫“../2022/”的页面：指向文件夹，从磁盘打开时没有首页；请写 index.html",
            "there is no page called “../2022/”: a folder: opened from a disk it shows no page; write index.html",
        ),
    ],
)
def test_a_dead_link_is_told_at_its_place(tmp_path: Path, target: str, zh: str, en: str) -> None:
    """File, line and column, in both languages, with what to do."""
    root = project(tmp_path, {NARRATIVE: ("https://example.org/", target)})
    (dead,) = check_library(read_library(root), TODAY).findings
    assert str(dead.at) == f"{NARRATIVE}:4:39"
    assert (dead.message(), dead.message("en")) == (zh, en)
    assert "https://…" in dead.remedy()
    assert "https://…" in dead.remedy("en")
    assert "删去" in dead.remedy()
