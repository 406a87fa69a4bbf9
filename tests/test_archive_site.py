"""The archive on the site: permanent editions, notices with old and new, what a withdrawal leaves, manifests."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from archives import (
    KEY,
    act,
    change_report,
    correct_it,
    corrected,
    edit,
    sealed,
    state,
    withdraw_it,
)
from built import ROOT, visible
from playwright.sync_api import Page
from projects import REPORT, project

from site_builder.__main__ import main
from site_builder.archive.edition_page import rebased
from site_builder.archive.editions import seal
from site_builder.archive.ledger import EDITIONS
from site_builder.build import Build, build
from site_builder.making import Options

REPORT_PAGE = "shili/shilizhen/2022/index.html"
ARCHIVE = "archive/shili/index.html"


def furnished(root: Path) -> Path:
    """The project with the theme, so that it can be built."""
    shutil.copytree(ROOT / "themes", root / "themes")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def make(root: Path, *, pdfs: bool = False) -> Build:
    return build(root, Options(pdfs=pdfs, jobs=1), say=lambda _: None)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report sealed, corrected and built, its PDFs sealed with it."""
    root = furnished(corrected(tmp_path_factory.mktemp("site") / "p", pdfs=True, jobs=1))
    done = make(root, pdfs=True)
    assert done.published, (done.problems, done.stops)
    return root


def text(root: Path, name: str) -> str:
    return (root / "site" / name).read_text("utf-8")


def test_the_notice_says_old_new_reason_and_day(root: Path) -> None:
    """At the top of the report, marked 更正, with the way to the edition before."""
    html = text(root, REPORT_PAGE)
    said = visible(html)
    assert said.index("更正第2版，2023-07-03封存") < said.index("概要")
    assert "理由：措施一栏漏写“各项”" in said
    assert "严格控制开支。严格控制各项开支。" in said
    assert 'href="editions/1/index.html"' in html
    assert 'href="#基本情况.措施"' in html


def test_edition_one_stays_at_its_address(root: Path) -> None:
    """As it was, with what became of it; its files are the sealed ones, byte for byte."""
    page = "shili/shilizhen/2022/editions/1/"
    said = visible(text(root, f"{page}index.html"))
    assert "本版2023-06-01封存，2023-07-03已更正为第2版。" in said
    assert "严格控制开支。" in said
    assert "今年另有说明。" in said[: said.index("概要")]  # among what was changed
    assert "今年另有说明。" not in said[said.index("概要") :]
    folder = root / EDITIONS / "shili/shilizhen/2022/1"
    for path in folder.iterdir():
        assert (root / "site" / page / path.name).read_bytes() == path.read_bytes()


def test_the_edition_in_force_has_a_permanent_address_too(root: Path) -> None:
    """From its first day, so that it can be cited; search engines are sent to the page in force."""
    html = text(root, "shili/shilizhen/2022/editions/2/index.html")
    assert "现行版的永久地址" in visible(html)
    assert '<link rel="canonical" href="../../index.html">' in html
    assert 'name="robots" content="noindex"' in html


def test_the_published_pdf_is_the_sealed_one(root: Path) -> None:
    """Not another that says the same."""
    name = "shili-shilizhen-2022.pdf"
    kept = (root / EDITIONS / "shili/shilizhen/2022/2" / name).read_bytes()
    assert (root / "site/shili/shilizhen/2022" / name).read_bytes() == kept


def test_search_finds_a_sealed_report_once(root: Path) -> None:
    """Old editions and the archive are not among what is found."""
    shards = "".join(p.read_text("utf-8") for p in (root / "site/assets/shards").rglob("*.js"))
    assert REPORT_PAGE in shards.replace("\\/", "/")
    assert "editions/" not in shards


def test_the_archive_lists_every_edition_with_hashes(root: Path) -> None:
    """By year and report; sizes, the bag, and how anyone checks."""
    said = visible(text(root, ARCHIVE))
    ledger = (root / EDITIONS / "shili/ledger.txt").read_text("utf-8")
    for digest in re.findall(r"^([0-9a-f]{64})  shilizhen", ledger, re.M):
        assert digest in said
    for words in ("2022年度", "第1版", "第2版", "移交包（BagIt）", "sha256sum文件名", "certutil"):
        assert words in said
    assert (root / "site/archive/shili/ledger.txt").read_text("utf-8") == ledger


def test_without_anything_sealed_there_is_no_archive(tmp_path: Path) -> None:
    """No column is empty: neither page nor menu speaks of it."""
    root = furnished(project(tmp_path))
    assert make(root).published
    assert not (root / "site/archive").exists()
    assert "档案" not in text(root, "index.html")
    assert "封存" not in visible(text(root, REPORT_PAGE))


def test_a_sealed_report_that_was_changed_is_not_published(tmp_path: Path) -> None:
    """The site stays as it was."""
    root = furnished(sealed(tmp_path))
    assert make(root).published
    before = state(root / "site")
    edit(root, REPORT, "村数: 12个", "村数: 13个")
    done = make(root)
    assert [f.rule.id for f in done.stops] == ["sealed-changed"]
    assert state(root / "site") == before


def test_a_sealed_file_that_was_changed_stops_the_build(tmp_path: Path) -> None:
    """By name, with what to run."""
    root = furnished(sealed(tmp_path))
    path = root / EDITIONS / "shili/shilizhen/2022/1/findings.json"
    path.write_text(path.read_text("utf-8").replace("68", "72"), "utf-8")
    (problem,) = make(root).problems
    assert "shilizhen/2022/1/findings.json" in problem
    assert "site-builder verify" in problem


def test_a_withdrawn_report_leaves_its_page(tmp_path: Path) -> None:
    """Title, unit, year, reason and hashes stay; figures, editions and search entries go."""
    root = furnished(corrected(tmp_path))
    assert make(root).published
    withdraw_it(root)
    done = make(root)
    assert done.published, done.problems
    said = visible(text(root, REPORT_PAGE))
    for words in ("已撤回", "涉及个人信息", "示例县示例镇人民政府", "第1版", "2022"):
        assert words in said
    assert "420.50" not in said
    assert not list((root / "site/shili").rglob("editions"))
    assert not list((root / "site/shili").rglob("*.csv"))
    assert "共0份" not in visible(text(root, "index.html"))
    everything = "".join(p.read_text("utf-8") for p in (root / "site/assets/shards").rglob("*.js"))
    assert "严格控制开支" not in everything
    archive = visible(text(root, ARCHIVE))
    assert "撤回" in archive
    assert "理由：涉及个人信息" in archive


def test_findings_of_the_time_stay_with_an_edition(tmp_path: Path) -> None:
    """What an older tool found is shown as it was said then, and counted beside today's."""
    root = furnished(sealed(tmp_path))
    base = root / EDITIONS / "shili"
    findings = base / "shilizhen/2022/1/findings.json"
    whole = json.loads(findings.read_bytes())
    whole["findings"] = [
        {
            "rule": "a-rule-of-old", "level": "warning", "title": ["旧规则", "old"],
            "says": ["当年这样说", "said then"], "remedy": ["核对", "check"], "basis": "",
            "since": "0.0.1", "at": [REPORT, 12, 42], "others": [], "length": 0,
            "address": "经费.支出.决算数", "printed": "420.50", "recomputed": "", "difference": "",
            "formula": "", "secret": False, "acknowledged": None,
        }
    ]  # fmt: skip
    _forge(root, findings, json.dumps(whole, ensure_ascii=False).encode())
    done = make(root)
    assert done.published, done.problems
    html = text(root, "shili/shilizhen/2022/editions/1/index.html")
    assert "当年这样说" in visible(html)
    assert "旧规则" in visible(html)
    assert "a-rule-of-old" not in html  # no page of that rule to lead to
    assert "现在的规则（site-builder0.1.0）有0处" in visible(html)


def _forge(root: Path, path: Path, content: bytes) -> None:
    """Write a sealed file anew and the ledger with it, as an older tool would have."""
    from dataclasses import replace
    from hashlib import sha256

    from archives import ledger_of

    from site_builder.archive.ledger import Ledger, SealedFile

    (entry,) = ledger_of(root).entries
    path.write_bytes(content)
    name = path.relative_to(root / EDITIONS / "shili").as_posix()
    files = tuple(
        SealedFile(sha256(content).hexdigest(), f.name) if f.name == name else f
        for f in entry.files
    )
    made = Ledger("shili").with_(replace(entry, files=files))
    (root / EDITIONS / "shili/ledger.txt").write_bytes(made.written())


def test_manifests_name_every_published_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`verify site` says so, and names what was changed on the way to the server."""
    site = shutil.copytree(root / "site", tmp_path / "site")
    assert main(["--root", str(root), "verify", str(site)]) == 0
    page = site / REPORT_PAGE
    page.write_text(page.read_text("utf-8").replace("420.50", "520.50"), "utf-8")
    (site / "shili" / "more.html").write_text("")
    (site / ARCHIVE).unlink()
    capsys.readouterr()
    assert main(["--root", str(root), "verify", str(site)]) == 1
    out = capsys.readouterr().out
    assert f"{REPORT_PAGE}：内容已改变" in out
    assert "shili/more.html：多出的文件" in out
    assert f"{ARCHIVE}：不见了" in out


def test_links_of_an_edition_lead_where_they_led() -> None:
    """Its own files stay beside it; everything else is found from two folders deeper."""
    html = (
        '<a class="x" href="../../../rules/sum-differs/index.html">甲</a>'
        '<a href="checks/index.html#a">乙</a><a href="#here">丙</a>'
        '<a href="https://example.org/">丁</a><a href="facts.tsv" download>戊</a>'
        '<a href="../../../rules/gone-rule/index.html">己</a>'
    )
    moved = rebased(html, REPORT_PAGE, "shili/shilizhen/2022/editions/1/index.html")
    assert re.findall('href="([^"]*)"', moved) == [
        "../../../../../rules/sum-differs/index.html",
        "../../checks/index.html#a",
        "#here",
        "https://example.org/",
        "facts.tsv",
    ]
    assert moved.endswith("己")


@pytest.mark.parametrize(
    "name", [REPORT_PAGE, ARCHIVE, "shili/shilizhen/2022/editions/1/index.html"]
)
def test_pages_fit_a_phone_and_are_accessible(root: Path, page: Page, name: str) -> None:
    """No sideways scrolling at 375 px; no violation that axe knows, light and dark."""
    from axe_playwright_python.sync_playwright import Axe

    page.goto((root / "site" / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for scheme in ("default", "slate"):
        page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{scheme}')")
        page.wait_for_timeout(400)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


def test_a_correction_is_in_the_feed_and_old_editions_are_in_no_sitemap(tmp_path: Path) -> None:
    """Of a report whose date of publication is known; with the reason and the day."""
    root = furnished(project(tmp_path))
    edit(root, REPORT, "  来源:", "  发布日期: 2023-05-20\n  来源:")
    edit(root, "mkdocs.yml", "    公开地址:", "    公开地址: https://example.org/jx/")
    assert seal(root, [KEY], act()).entries
    change_report(root)
    assert correct_it(root).entries
    done = make(root)
    assert done.published, done.problems
    feed = text(root, "feed.xml")
    assert "（已更正）" in feed
    assert "更正（2023-07-03）：措施一栏漏写“各项”" in feed
    sitemap = text(root, "sitemap.xml")
    assert f"https://example.org/jx/{REPORT_PAGE}" in sitemap
    assert "editions/" not in sitemap


def test_the_yearbook_of_a_sealed_year_is_in_the_archive(root: Path) -> None:
    """Merged from the sealed PDFs, with its size."""
    assert 'href="../../archive/shili/shili-2022.pdf"' in text(root, ARCHIVE)
    assert (root / "site/archive/shili/shili-2022.pdf").read_bytes().startswith(b"%PDF")


def test_an_unchanged_archive_is_not_made_again(tmp_path: Path) -> None:
    """The county stands as it was; a correction makes it anew."""
    root = furnished(sealed(tmp_path))
    make(root)
    assert make(root).made == ()
    change_report(root)
    assert correct_it(root).entries
    assert make(root).made == (KEY.county,)


def test_an_explanation_that_runs_out_in_an_edition_makes_its_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was renewed in the report since: the edition is judged by what it says itself."""
    root = furnished(project(tmp_path))
    edit(root, REPORT, "较上年减少: 4.90万元", "较上年减少: 4.80万元")
    until = "至: 2098-12-31}\n"
    with (root / REPORT).open("a", encoding="utf-8") as file:
        file.write(
            "认可:\n  - {规则: difference-differs, 位置: 基本情况.较上年减少, 说明: 原件如此, "
            f"日期: 2023-05-09, {until}"
        )
    assert seal(root, [KEY], act()).entries
    edit(root, REPORT, until, "至: 2199-12-31}\n")
    page = "shili/shilizhen/2022/editions/1/index.html"
    assert make(root).published
    assert "现在的规则（site-builder0.1.0）有1处，其中错误1处" in visible(text(root, page))

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Later:
            return cls(2099, 1, 1, tzinfo=tz)

    clock = SimpleNamespace(datetime=Later)
    monkeypatch.setattr("site_builder.day.datetime", clock)
    assert make(root).made == (KEY.county,)
    assert "现在的规则（site-builder0.1.0）有2处" in visible(text(root, page))
