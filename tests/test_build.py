"""A build costs what changed, leaves nothing behind, and publishes the old site or the new one."""

from __future__ import annotations

import datetime
import errno
import os
import pickle
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
from built import ROOT, copy_project, visible
from projects import REPORT, project

from site_builder.archive.editions import Act, seal, withdraw
from site_builder.build import Build, build, make_tree
from site_builder.disk_refusal import disk_refusal
from site_builder.fictional import write_fictional
from site_builder.finding import ReportKey
from site_builder.kept import Kept, keep, kept
from site_builder.library import read_library
from site_builder.making import Options
from site_builder.page import Page
from site_builder.printing import pdf, print_fonts
from site_builder.printing.print_fonts import THEME
from site_builder.shell import Shell, contents_html, stamped
from site_builder.tree import Tree, alone, publish, settle

GUIYI = "data/reports/miluo/guiyi/2022.yaml"


def made(root: Path) -> Build:
    return make_tree(root, root / "build" / "work", Options(pdfs=False), lambda _: None)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, made once; tests work on copies of it."""
    root = copy_project(tmp_path_factory.mktemp("project"))
    first = made(root)
    assert first.problems == ()
    assert first.made == ("changning", "fengshun", "miluo", "taojiang")
    return root


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    shutil.copytree(once, tmp_path / "copy")
    return tmp_path / "copy"


def site(root: Path) -> dict[str, bytes]:
    folder = root / "build" / "work" / "site"
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def edit(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), "utf-8")


def test_nothing_changed_nothing_is_made(root: Path) -> None:
    before = site(root)
    again = made(root)
    assert (again.made, again.changed) == ((), 0)
    assert site(root) == before


def test_one_report_changed_its_county_is_made_and_equals_a_build_from_nothing(root: Path) -> None:
    before = site(root)
    edit(root, GUIYI, "来源: 归义镇人民政府公开的", "来源: 归义镇人民政府网上公开的")
    again = made(root)
    assert again.made == ("miluo",)
    changed = site(root)
    differ = [
        name for name in before.keys() | changed.keys() if before.get(name) != changed.get(name)
    ]
    assert again.changed == len(differ)
    assert any(name.startswith("assets/shards/") for name in differ)
    assert "网上公开的" in changed["miluo/guiyi/2022/index.html"].decode()
    shutil.rmtree(root / "build")
    made(root)
    assert site(root) == changed


DALIGANG = "content/reports/taojiang/daligang/2020.md"


def town_notes(root: Path) -> dict[str, int]:
    """The notes of towns, and when each was written."""
    notes = sorted((root / "build" / "work" / "towns").rglob("*.note"))
    return {path.stem: path.stat().st_mtime_ns for path in notes}


def test_in_a_county_that_is_made_again_a_town_that_did_not_change_is_not(root: Path) -> None:
    before = town_notes(root)
    edit(root, DALIGANG, "\n\n", "\n\n示例镇另有一句话。\n\n")
    assert made(root).made == ("taojiang",)
    after = town_notes(root)
    assert {town for town in before if before[town] != after[town]} == {"daligang"}
    changed = site(root)
    assert "另有一句话" in changed["taojiang/daligang/2020/index.html"].decode()
    shutil.rmtree(root / "build")
    made(root)
    assert site(root) == changed


def made_from_nothing(root: Path) -> dict[str, bytes]:
    """The tree of a copy of the project that has nothing kept."""
    copy = shutil.copytree(root, root / "again", ignore=shutil.ignore_patterns("build", "again"))
    made(copy)
    found = site(copy)
    shutil.rmtree(copy)
    return found


DAY = datetime.date(2026, 11, 27)
SEALED = ReportKey("taojiang", "daligang", 2020)


@pytest.fixture
def with_archive(root: Path) -> Path:
    """The project with a report sealed in another county: the archive is in every menu."""
    assert seal(root, [ReportKey("changning", "yintian", 2022)], Act(DAY, pdfs=False)).entries
    made(root)
    return root


def test_sealing_a_report_leaves_its_neighbours_as_they_are(with_archive: Path) -> None:
    root, before = with_archive, town_notes(with_archive)
    assert seal(root, [SEALED], Act(DAY, pdfs=False)).entries
    assert made(root).made == ("taojiang",)
    after = town_notes(root)
    assert {town for town in before if before[town] != after[town]} == {"daligang"}
    page = site(root)["taojiang/daligang/2020/index.html"].decode()
    assert "第1版，2026-11-27封存" in visible(page)
    assert site(root) == made_from_nothing(root)


def test_a_report_that_is_withdrawn_leaves_what_a_build_from_nothing_makes(
    with_archive: Path,
) -> None:
    """Its neighbour is made again: checking has no other report to compare it with."""
    root, before = with_archive, town_notes(with_archive)
    assert seal(root, [SEALED], Act(DAY, pdfs=False)).entries
    withdraw(root, SEALED, Act(DAY, reason="涉及个人信息", pdfs=False))
    assert made(root).made == ("taojiang",)
    after = town_notes(root)
    assert set(before) - set(after) == {"daligang"}
    assert {town for town in after if before[town] != after[town]} == {"lucidu"}
    assert "已撤回" in visible(site(root)["taojiang/daligang/2020/index.html"].decode())
    assert site(root) == made_from_nothing(root)


def test_a_town_whose_results_change_with_another_towns_file_is_made_again(tmp_path: Path) -> None:
    """Two towns with the same words are said at both."""
    write_fictional(read_library(ROOT), tmp_path, 11)
    options = Options(pdfs=False, draft=True)
    make_tree(tmp_path, tmp_path / "build" / "work", options, lambda _: None)
    before = town_notes(tmp_path)
    one, other = (tmp_path / f"content/reports/county-000/{town}/2022.md" for town in before)
    other.write_bytes(one.read_bytes())
    make_tree(tmp_path, tmp_path / "build" / "work", options, lambda _: None)
    after = town_notes(tmp_path)
    assert {town for town in before if before[town] != after[town]} == {"town-0000", "town-0001"}
    page = site(tmp_path)["county-000/town-0000/2022/checks/index.html"].decode()
    assert "文字大多与别的镇相同" in page


def test_a_file_of_a_town_that_was_removed_from_the_tree_is_made_again(root: Path) -> None:
    (root / "build/work/site/taojiang/lucidu/2022/facts.csv").unlink()
    edit(root, DALIGANG, "\n\n", "\n\n\n")
    made(root)
    mended = site(root)
    shutil.rmtree(root / "build")
    made(root)
    assert site(root) == mended


def pickled(raw: bytes) -> object:
    """What a kept file says: what is shared in memory is pickled otherwise than what is equal."""
    return pickle.loads(raw) if raw.startswith(b"\x80") else raw


@pytest.mark.parametrize(
    "name",
    [
        "site/taojiang/lucidu/2022/facts.csv",
        "site/taojiang/index.html",
        "entries/taojiang.pickle",
        "open/taojiang/2022.pack",
        "open/taojiang/rows.pickle",
    ],
)
def test_what_was_lost_of_a_county_is_made_again(root: Path, name: str) -> None:
    before, lost = site(root), root / "build" / "work" / name
    whole = lost.read_bytes()
    lost.unlink()
    assert made(root).made == ("taojiang",)
    assert pickled(lost.read_bytes()) == pickled(whole)
    assert site(root) == before


@pytest.mark.parametrize("name", ["site/rules/sum-differs/index.html", "entries/_rules.pickle"])
def test_what_was_lost_of_the_rules_is_made_again(root: Path, name: str) -> None:
    before, lost = site(root), root / "build" / "work" / name
    lost.unlink()
    assert made(root).made == ()
    assert lost.exists()
    assert site(root) == before


@pytest.mark.parametrize("name", ["index.js", "t/2022/miluo/0-0.js"])
def test_what_was_lost_of_the_search_index_is_made_again(root: Path, name: str) -> None:
    before, lost = site(root), root / "build/work/site/assets/shards" / name
    lost.unlink()
    assert made(root).made == ()
    assert lost.exists()
    assert site(root) == before


def test_a_county_that_was_removed_can_come_back(root: Path) -> None:
    """Nothing is kept of it meanwhile that would fit, though its files are gone."""
    before, work = site(root), root / "build" / "work"
    for base in ("data", "content"):
        (root / base / "reports" / "miluo").rename(root / f"{base}-aside")
    assert made(root).problems == ()
    assert [
        path for path in work.rglob("*") if "miluo" in path.as_posix().removeprefix(f"{work}")
    ] == []
    for base in ("data", "content"):
        (root / f"{base}-aside").rename(root / base / "reports" / "miluo")
    back = made(root)
    assert (back.made, back.problems) == (("miluo",), ())
    assert site(root) == before


def test_a_town_that_was_removed_leaves_nothing_kept(root: Path) -> None:
    gone = "taojiang/daligang"
    for base in ("data", "content"):
        shutil.rmtree(root / base / "reports" / gone)
    made(root)
    assert "daligang" not in town_notes(root)


def test_one_report_changed_in_a_county_of_several_towns(tmp_path: Path) -> None:
    """Neighbouring years and towns, downloads and the search index are as if made from nothing."""
    write_fictional(read_library(ROOT), tmp_path, 20)
    draft = Options(pdfs=False, draft=True)
    work = tmp_path / "build" / "work"
    make_tree(tmp_path, work, draft, lambda _: None)
    before = site(tmp_path)
    edit(tmp_path, "data/reports/county-000/town-0001/2018.yaml", "  来源: ", "  来源: 更正后的")
    make_tree(tmp_path, work, draft, lambda _: None)
    changed = site(tmp_path)
    other = {name for name in before.keys() & changed.keys() if before[name] != changed[name]}
    # The part of the search index that holds its years is cut anew: as many files as it has words.
    index = {name for name in other if str(name).startswith("assets/shards/p/")}
    assert len({str(name).rpartition("/")[0] for name in index}) == 1
    assert 0 < len(other - index) < 16
    shutil.rmtree(work)
    make_tree(tmp_path, work, draft, lambda _: None)
    assert site(tmp_path) == changed


def test_a_form_changed_every_county_is_made(root: Path) -> None:
    """A decree holds for all; files that come out the same are not written again."""
    edit(root, "data/forms/changning-2022.yaml", "表单: ", "表单: 新的")
    again = made(root)
    assert again.made == ("changning", "fengshun", "miluo", "taojiang")
    assert 0 < again.changed < 60


def test_a_report_that_is_gone_leaves_nothing_behind(root: Path) -> None:
    for name in (GUIYI, "content/reports/miluo/guiyi/2022.md"):
        (root / name).unlink()
    again = made(root)
    assert again.problems == ()
    assert not [name for name in site(root) if "miluo" in name]
    assert site(root) == made_from_nothing(root)


def test_a_file_that_nobody_made_goes(root: Path) -> None:
    stray = root / "build" / "work" / "site" / "miluo" / "stray.html"
    stray.write_text("<a href=nowhere>")
    assert made(root).changed == 1
    assert not stray.exists()


def test_an_error_stops_and_every_county_is_still_looked_at(root: Path) -> None:
    edit(root, "data/reports/changning/yintian/2022.yaml", "908.04万元", "980.04万元")
    edit(root, "data/reports/taojiang/lucidu/2022.yaml", "认可:", "认可人:")
    before = site(root)
    stopped = made(root)
    files = {finding.at.file for finding in stopped.stops}
    assert "data/reports/changning/yintian/2022.yaml" in files
    assert "data/reports/taojiang/lucidu/2022.yaml" in files
    assert site(root) == before


def test_an_explanation_that_runs_out_ends_what_was_kept(tmp_path: Path) -> None:
    day = datetime.date(2026, 11, 27)
    keep(tmp_path / "a.note", Kept("same", day, (), {}, (), ()))
    assert kept(tmp_path / "a.note", "same", day) is not None
    assert kept(tmp_path / "a.note", "other", day) is None
    assert kept(tmp_path / "a.note", "same", day + datetime.timedelta(1)) is None


def test_a_note_made_by_a_clock_that_was_ahead_does_not_hold(tmp_path: Path) -> None:
    """An explanation that had run out by that clock holds today."""
    day = datetime.date(2026, 11, 27)
    ahead = Kept("same", datetime.date.max, (), {}, (), (), since=datetime.date(2027, 11, 26))
    keep(tmp_path / "a.note", ahead)
    assert kept(tmp_path / "a.note", "same", day) is None


def small(root: Path) -> Path:
    """The project of one report, with the shell's files."""
    project(root)
    (root / "themes").symlink_to(ROOT / "themes")
    (root / "mkdocs.yml").unlink()
    (root / "mkdocs.yml").symlink_to(ROOT / "mkdocs.yml")
    return root


@pytest.fixture(scope="module")
def once_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of one report, built; tests work on copies of it."""
    root = small(tmp_path_factory.mktemp("small"))
    assert build(root, Options(pdfs=False), lambda _: None).published
    return root


def on(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    """Let every build take place on the first day of a year."""

    class Day(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Day:
            return cls(year, 1, 1, tzinfo=tz)

    clock = SimpleNamespace(datetime=Day)
    monkeypatch.setattr("site_builder.day.datetime", clock)


def test_a_day_that_comes_ends_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date that had not come was explained; once it has, there is nothing to explain any more."""
    root = small(tmp_path)
    edit(root, REPORT, "报告日期: 2023-05-08", "报告日期: 2030-06-01")
    explained = "规则: date-not-come, 位置: 报告日期, 说明: 原件如此, 日期: 2023-05-09"
    with (root / REPORT).open("a", encoding="utf-8") as file:
        file.write(f"认可:\n  - {{{explained}, 至: 2039-12-31}}\n")

    def build_in(year: int) -> Build:
        on(monkeypatch, year)
        return build(root, Options(pdfs=False), lambda _: None)

    assert build_in(2030).published
    assert [f.rule.id for f in build_in(2031).stops] == ["acknowledgement-unmatched"]


def test_an_explanation_that_runs_out_stops_the_build_until_it_is_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though no file changed since; the published site stays, and a clock set right again finds it so."""
    root = small(tmp_path)
    edit(root, REPORT, "较上年减少: 4.90万元", "较上年减少: 4.80万元")
    explained = (
        "规则: difference-differs, 位置: 基本情况.较上年减少, 说明: 原件如此, 日期: 2023-05-09"
    )
    with (root / REPORT).open("a", encoding="utf-8") as file:
        file.write(f"认可:\n  - {{{explained}, 至: 2030-12-31}}\n")

    def build_in(year: int) -> Build:
        on(monkeypatch, year)
        return build(root, Options(pdfs=False), lambda _: None)

    assert build_in(2030).published
    stopped = build_in(2031)
    assert [f.rule.id for f in stopped.stops] == ["difference-differs", "acknowledgement-expired"]
    assert "有效至2030-12-31" in visible(
        (root / "site/shili/shilizhen/2022/index.html").read_text()
    )
    assert (build_in(2030).made, build_in(2031).published) == ((), False)
    edit(root, REPORT, "至: 2030-12-31", "至: 2039-12-31")
    assert build_in(2031).made == ("shili",)
    assert "有效至2039-12-31" in visible(
        (root / "site/shili/shilizhen/2022/index.html").read_text()
    )
    assert site(root) == made_from_nothing(root)


def test_another_print_theme_sets_the_pdfs_of_counties_that_did_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, options = small(tmp_path / "project"), Options(jobs=1)
    name = "shili/shilizhen/2022/shili-shilizhen-2022.pdf"

    def print_again() -> tuple[Build, bytes]:
        done = make_tree(root, root / "build" / "work", options, lambda _: None)
        return done, (root / "build" / "work" / "site" / name).read_bytes()

    _, first = print_again()
    again, same = print_again()
    assert (again.made, again.changed, same == first) == ((), 0, True)
    theme = tmp_path / "print.css"
    theme.write_text(f"{THEME.read_text('utf-8')}\nh1 {{ letter-spacing: 1mm }}\n", "utf-8")
    for module in (print_fonts, pdf):
        monkeypatch.setattr(module, "THEME", theme)
    changed, other = print_again()
    assert changed.made == ("shili",)
    assert other != first


# -- who else is at work, and what the disk refuses ------------------------------------------


def test_a_build_waits_for_another_one(tmp_path: Path) -> None:
    root, waits = small(tmp_path), threading.Event()
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        waits.set()

    with ThreadPoolExecutor(1) as pool:
        with alone(root / "build", lambda: None):
            other = pool.submit(build, root, Options(pdfs=False), say)
            assert waits.wait(60)
            assert said == ["另一次生成正在进行，等它结束"]
            assert not (root / "site").exists()
        assert other.result().published
    assert (root / "site" / "index.html").exists()


def test_a_yearbook_waits_for_a_build(tmp_path: Path) -> None:
    """Both write into build/pdf."""
    root = small(tmp_path)
    command = [sys.executable, "-m", "site_builder", "--root", root, "yearbook", "shili", "2022"]
    with alone(root / "build", lambda: None):
        run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        assert run.stderr is not None
        assert run.stderr.readline() == "另一次生成正在进行，等它结束\n"
        assert not (root / "build" / "pdf").exists()
    run.communicate()
    assert run.returncode == 0
    assert (root / "build/pdf/shili/shili/yearbooks/2022/shili-2022.pdf").exists()


def test_two_builds_at_once_leave_what_one_leaves(tmp_path: Path) -> None:
    root = small(tmp_path)
    command = [sys.executable, "-m", "site_builder", "--root", root, "build", "--no-pdf"]
    with ExitStack() as stack:
        runs = [stack.enter_context(subprocess.Popen(command, cwd=ROOT)) for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0]
    assert site(root) == made_from_nothing(root)


def test_two_who_search_at_once_both_find(tmp_path: Path) -> None:
    """The first search after a build makes the index of the command line."""
    root = small(tmp_path)
    assert build(root, Options(pdfs=False), lambda _: None).published
    command = [sys.executable, "-m", "site_builder", "--root", root, "search", "水渠清淤"]
    with ExitStack() as stack:
        runs = [
            stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE))
            for _ in range(3)
        ]
        found = [run.communicate()[0].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert "示例镇" in found[0]
    assert found == [found[0]] * 3


LIMITED = (
    "import resource, sys; from site_builder.__main__ import main\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); sys.exit(main(sys.argv[1:]))"
)


def test_a_disk_that_refuses_is_said_in_plain_words(tmp_path: Path) -> None:
    """No file may grow beyond 60 KB: the published site stays, and the next build goes on."""
    root = small(tmp_path)
    assert build(root, Options(pdfs=False), lambda _: None).published
    before = (root / "site" / "index.html").read_bytes()
    with (root / "content/index.md").open("a", encoding="utf-8") as file:
        file.write("本页说明。" * 9000)
    command = [sys.executable, "-c", LIMITED, "--root", root, "build", "--no-pdf"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "文件超过了这台机器允许的大小。已发布的站点和已封存的版本没有改动" in done.stderr
    assert (root / "site" / "index.html").read_bytes() == before
    assert build(root, Options(pdfs=False), lambda _: None).published
    assert site(root) == made_from_nothing(root)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "site/a"), "site/a：没有读写的权限"),
        (OSError(errno.ENOSPC, "No space left", "a", None, "site/b"), "site/b：磁盘空间不够"),
        (OSError(errno.EROFS, "Read-only file system"), "所在的磁盘是只读的"),
        (shutil.Error([("a", "site/c", "[Errno 28] 满")]), "site/c：[Errno 28] 满"),
        (FileNotFoundError(errno.ENOENT, "No such file", "data/x"), ""),
    ],
)
def test_what_a_disk_refuses(error: OSError, words: str) -> None:
    """What is no disk's fault is not taken for one."""
    assert disk_refusal(error).startswith(words)
    assert bool(disk_refusal(error)) == bool(words)


@pytest.mark.parametrize("damage", [b"", b"\x80\x04.", b"cos\n", b"\x80\x05N."])
def test_a_damaged_note_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.note").write_bytes(damage)
    assert kept(tmp_path / "a.note", "same", datetime.date(2026, 11, 27)) is None
    assert kept(tmp_path / "none.note", "same", datetime.date(2026, 11, 27)) is None


# -- the tree --------------------------------------------------------------------------------


def test_a_published_copy_does_not_change_with_the_tree(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "tree")
    tree.write("a/b.txt", b"old")
    publish(tree.root, tmp_path / "site")
    tree.write("a/b.txt", b"new")
    assert (tmp_path / "site/a/b.txt").read_bytes() == b"old"
    publish(tree.root, tmp_path / "site")
    assert (tmp_path / "site/a/b.txt").read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "tree"]


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "shili/shilizhen/2022/index.html",
        "shili/shilizhen/2022/facts.csv",
        "shili/shili.zip",
        "data/all.xlsx",
        "rules/sum-differs/index.html",
        "assets/shards/index.js",
        "assets/site.css",
    ],
)
def test_what_somebody_wrote_into_a_published_file_is_gone_after_the_next_build(
    once_small: Path, tmp_path: Path, name: str
) -> None:
    """The published copy shares its files with the tree: an editor that writes in place changes both."""
    root = tmp_path / "copy"
    subprocess.run(["cp", "-a", once_small, root], check=True)  # keeps times and links
    before, published = site(root), root / "site" / name
    with published.open("ab") as file:
        file.write(b"<p>by hand</p>")
    later = (root / "build/work/settled").stat().st_mtime_ns + 10**9
    os.utime(published, ns=(later, later))
    assert site(root) != before
    assert build(root, Options(pdfs=False), lambda _: None).published
    assert site(root) == before
    assert published.read_bytes() == before[name]
    assert build(root, Options(pdfs=False), lambda _: None).changed == 0


def test_where_the_published_folder_is_a_link_what_it_leads_to_is_exchanged(tmp_path: Path) -> None:
    """A web server may read another place than the project."""
    tree = Tree(tmp_path / "tree")
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www" / "open")
    for words in (b"old", b"new"):
        tree.write("a.txt", words)
        publish(tree.root, tmp_path / "site")
        assert (tmp_path / "www/open/a.txt").read_bytes() == words
    assert (tmp_path / "site").is_symlink()
    assert sorted(p.name for p in tmp_path.rglob(".*")) == []


def test_a_site_moved_away_by_a_run_that_was_killed_is_put_back(tmp_path: Path) -> None:
    """Where folders cannot change places at once there is a moment between two renames."""
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "index.html").write_bytes(b"old")
    settle(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"


def test_files_that_nobody_claims_go_and_empty_folders_too(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    for name in ("a/b/c.txt", "a/d.txt", "e.txt"):
        tree.write(name, b"x")
    assert tree.keep_only(["a/d.txt"]) == 2
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == [
        "a",
        "a/d.txt",
    ]


def test_a_reader_never_meets_a_moment_without_the_site(tmp_path: Path) -> None:
    """Publish again and again beside a process that opens one file; it finds it every time."""
    tree = Tree(tmp_path / "tree")
    tree.write("index.html", b"0")
    publish(tree.root, tmp_path / "site")
    reader = (
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "print('ready', flush=True)\n"
        "while not pathlib.Path(sys.argv[2]).exists():\n"
        "    file.read_bytes()\n"
    )
    command = [sys.executable, "-c", reader, tmp_path / "site/index.html", tmp_path / "end"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for number in range(200):
            tree.write("index.html", str(number).encode())
            publish(tree.root, tmp_path / "site")
        (tmp_path / "end").touch()
    assert process.returncode == 0


# -- the shell -------------------------------------------------------------------------------

SHELL = Shell(
    {
        (2, True): "<title>Sh3llTitleSh3ll</title>Sh3llHeadSh3ll<nav>Sh3llContentsSh3ll</nav>"
        "<p>Sh3llBodySh3ll</p>"
    },
    {},
    ROOT,
    (),
    "",
)


def test_a_page_is_stamped_into_its_shell() -> None:
    html = '<h1>报告</h1><h2 id="a">收入<sup>1</sup></h2><h3 id="b">其中 & 其他</h3><h2 id="c">支出</h2>'
    page = Page("a/b/index.html", "甲 & 乙", html, crumbs=(("首页", "index.html"),), head="<meta>")
    out = stamped(page, SHELL)
    assert out.startswith("<title>甲 &amp; 乙</title><meta><nav>")
    assert '<a href="../../index.html">首页</a>' in out
    assert out.endswith(html)


def test_contents_follow_the_headings() -> None:
    out = contents_html('<h2 id="a">一</h2><h3 id="b">二</h3><h2 id="c">三</h2>')
    assert [out.index(f'href="#{id_}"') for id_ in "abc"] == sorted(
        out.index(f'href="#{id_}"') for id_ in "abc"
    )
    assert out.count("<ul") == out.count("</ul>") == 2
    assert contents_html("<p>no heading</p>") == ""
