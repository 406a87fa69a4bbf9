"""docs/adding-a-form.md is run, and its Chinese twin: what they print is what is said."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from built import ROOT
from projects import MKDOCS, SHELL

from site_builder.__main__ import main

COUNTY = "data/counties/shili.yaml"
FORM = "data/forms/shili-2022.yaml"
REPORT = "data/reports/shili/shilizhen/2022.yaml"
KEPT = ("data/concepts.yaml", "data/plausibility.yaml", "data/ratios.yaml")

EACH_PAGE = pytest.mark.parametrize(
    "page", ["docs/adding-a-form.md", "docs/adding-a-form.zh-CN.md"]
)
EACH_README = pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])


class Clerk:
    """A folder with the project that a page makes, and what commands say in it."""

    def __init__(self, root: Path, page: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.text = text = (ROOT / page).read_text("utf-8")
        self.blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.S | re.M)
        self.texts = [block for lang, block in self.blocks if lang == "text"]
        self.explanation = next(block for _, block in self.blocks if block.startswith("认可:"))
        for before, lang, block in re.findall(r"(.*?)^```(\w+)\n(.*?)^```$", text, re.S | re.M):
            if lang != "text" and block != self.explanation:
                path = re.findall(r"^`((?:data|content)/[^`]+)`", before, re.M)[-1]
                self.write(path, block)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """An edit of a file of the project; the old text stands there once."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def check(self, *options: str) -> str:
        """What `check` says."""
        main(["--root", str(self.root), "check", *options])
        return self.capsys.readouterr().out


@pytest.fixture
def clerk(
    tmp_path: Path,
    page: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Clerk:
    """The county of the page, as it stands at the end of its chapter 4."""
    for module in ("check", "project_check"):
        monkeypatch.setattr(
            f"site_builder.{module}.day_in_china", lambda: datetime.date(2026, 6, 1)
        )
    for name in KEPT:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    made = Clerk(tmp_path, page, capsys)
    made.write("mkdocs.yml", MKDOCS + "site_name: 示例公开\n" + SHELL)
    return made


@EACH_PAGE
def test_the_report_of_the_page_is_fine(clerk: Clerk) -> None:
    """And of its figures all but one are compared."""
    fine, *_, coverage = clerk.texts
    assert fine.split("\n", 1) == ["$ .venv/bin/python -m site_builder check", clerk.check()]
    command, said = coverage.split("\n", 1)
    assert command == "$ .venv/bin/python -m site_builder check --coverage"
    assert said in clerk.check("--coverage")
    settings = (clerk.root / "mkdocs.yml").read_text("utf-8")
    clerk.write("mkdocs.yml", re.sub(r"(?m)^(    \S+:) .*", r"\1", settings))
    begins = "没有问题，8 项待补充：主办单位、"
    assert f"`{begins}…`" in clerk.text
    assert clerk.check().startswith(begins)


@EACH_PAGE
def test_a_swapped_digit_is_found_as_the_page_says(clerk: Clerk) -> None:
    clerk.change(REPORT, "2022年决算数: 14.5,", "2022年决算数: 15.4,")
    said = clerk.check()
    assert clerk.texts[1] in said
    assert re.findall(r":14:\d+ \S+ (\S+) ", said) == ["difference-differs", "ratio-differs"]


@EACH_PAGE
def test_a_blank_part_is_found_as_the_page_says(clerk: Clerk) -> None:
    clerk.change(REPORT, "2022年决算数: 14.5,", "2022年决算数: ,")
    assert " sum-gap " in clerk.check()


@EACH_PAGE
def test_a_wrong_label_is_found_as_the_page_says(clerk: Clerk) -> None:
    clerk.change(REPORT, "2、公务接待费:", "2、公务接待:")
    assert clerk.texts[2] in clerk.check()


@EACH_PAGE
def test_a_slip_in_the_form_is_found_as_the_page_says(clerk: Clerk) -> None:
    """There, and nothing is said of its reports."""
    clerk.change(FORM, "费, 2、公务接待费]}", "费, 2、公务接待]}")
    said = clerk.check()
    assert clerk.texts[3] in said
    assert "data/reports" not in said


@EACH_PAGE
def test_an_explanation_holds_as_the_page_says(clerk: Clerk) -> None:
    clerk.change(REPORT, "34.46%", "34.45%")
    assert " ratio-differs " in clerk.check()
    report = (clerk.root / REPORT).read_text("utf-8")
    clerk.write(REPORT, report + clerk.explanation)
    assert clerk.check() == "没有问题\n"
    assert "没有问题（另有 1 处已认可）" in clerk.check("--all")
    clerk.write(REPORT, report.replace("34.45%", "34.46%") + clerk.explanation)
    assert " 错误 " in clerk.check()


@EACH_README
@pytest.mark.parametrize("page", ["docs/adding-a-form.zh-CN.md"])
def test_a_county_can_begin_with_what_the_readme_leaves(clerk: Clerk, readme: str) -> None:
    """What it says to delete is none of what its steps then use; the example's county goes through."""
    chapter = re.split(r"^## ", (ROOT / readme).read_text("utf-8"), flags=re.M)
    steps = next(part for part in chapter if "1. **" in part and "认可:" in part)
    first, second = steps.split("\n1. **")[0], steps.split("\n2. **")[1].split("\n3. **")[0]
    deleted = {"data/reports/", "content/reports/", "data/counties/"}
    assert set(re.findall(r"`((?:data|content)/\w+/)`", first)) == deleted
    used = set(re.findall(r"`(data/\w+/)`", second))
    assert used == {"data/forms/", "data/profiles/"}
    for folder in ("data/forms", "data/profiles"):
        shutil.copytree(ROOT / folder, clerk.root / folder, dirs_exist_ok=True)
    assert (
        "`xiangmu-2020.yaml`" in second and (clerk.root / "data/forms/xiangmu-2020.yaml").exists()
    )
    assert clerk.check() == "没有问题\n"
