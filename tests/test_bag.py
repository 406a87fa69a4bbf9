"""The bag for hand-over: valid by the Library of Congress's own tool, the same bytes every time, no made-up words."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from pathlib import Path

import bagit
import pytest
from archives import KEY, NEXT_YEAR, act, corrected, next_year, sealed, state, withdraw_it

from site_builder.__main__ import main
from site_builder.archive.bag import bag_files, write_bag, zipped_bag
from site_builder.archive.editions import EditionError, seal
from site_builder.archive.ledger import EDITIONS


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions of a report, and the signed original beside."""
    root = corrected(tmp_path_factory.mktemp("bag") / "p")
    original = root / "data/originals/shili/shilizhen/2022/签字盖章件.txt"
    original.parent.mkdir(parents=True)
    original.write_text("原件", "utf-8")
    return root


def test_the_library_of_congress_says_it_is_valid(root: Path, tmp_path: Path) -> None:
    """Complete and every checksum, SHA-256 and SHA-512; BagIt 1.0."""
    made = write_bag(root, "shili", 2022, tmp_path)
    bag = bagit.Bag(str(made))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert sorted(bag.algorithms) == ["sha256", "sha512"]
    assert bag.info["Bagging-Date"] == "2023-07-03"
    assert {
        "data/originals/shilizhen/2022/签字盖章件.txt",
        "data/editions/ledger.txt",
        "data/metadata.csv",
        "data/editions/shilizhen/2022/1/report.yaml",
        "data/editions/shilizhen/2022/2/facts.tsv",
    } <= set(bag.payload_entries())


def test_a_changed_bit_makes_it_invalid(root: Path, tmp_path: Path) -> None:
    """In a file that was handed over, and in bag-info.txt."""
    for name in ("data/editions/shilizhen/2022/1/report.yaml", "bag-info.txt"):
        made = write_bag(root, "shili", 2022, tmp_path)
        path = made / name
        altered = bytearray(path.read_bytes())
        altered[len(altered) // 2] ^= 1
        path.write_bytes(altered)
        with pytest.raises(bagit.BagValidationError):
            bagit.Bag(str(made)).validate()


def test_sha256sum_is_enough(root: Path, tmp_path: Path) -> None:
    """As README.txt says, in Chinese, to whoever has nothing but the bag."""
    made = write_bag(root, "shili", 2022, tmp_path)
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert f"sha256sum -c {name}" in (made / "README.txt").read_text("utf-8")
        subprocess.run(["sha256sum", "-c", "--quiet", name], cwd=made, check=True)


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, its report of 2022 sealed and corrected, then that of 2023 sealed."""
    root = next_year(corrected(tmp_path_factory.mktemp("years") / "p"))
    assert seal(root, [KEY._replace(year=2023)], act(NEXT_YEAR)).entries
    return root


def commands(made: Path) -> list[str]:
    """The commands that README.txt gives, as they stand there."""
    lines = (made / "README.txt").read_text("utf-8").split("\n")
    return [line.strip() for line in lines if "sha256sum" in line and line.startswith("      ")]


def test_the_readme_says_what_the_ledger_tells_of_other_years(
    two_years: Path, tmp_path: Path
) -> None:
    """The ledger is whole, its files are those of one year; with the command that does not miss the others."""
    made = write_bag(two_years, "shili", 2022, tmp_path)
    readme = (made / "README.txt").read_text("utf-8")
    assert "账上共 3 条，其中 2022 年度 2 条；" in readme
    assert "其余 1 条是别的年度的，那些文件不在本包里，不是丢失。" in readme
    command = commands(made)[-1]
    assert "ledger.txt" in command
    folder = made / "data" / "editions"
    subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True)
    path = folder / "shilizhen" / "2022" / "1" / "report.yaml"
    path.write_bytes(path.read_bytes() + b"#")
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1


def test_the_readme_of_the_only_year_speaks_of_no_other(root: Path) -> None:
    readme = dict(bag_files(root, "shili", 2022))["README.txt"].decode()
    assert "账上共 2 条，其中 2022 年度 2 条。\n" in readme
    assert "别的年度" not in readme


def test_a_bag_calls_the_county_by_its_name(root: Path) -> None:
    """In README.txt with the pinyin of the folder, in bag-info.txt in the description."""
    files = dict(bag_files(root, "shili", 2022))
    assert files["README.txt"].decode().startswith("移交包：示例县（shili），2022年度乡镇预算绩效")
    info = files["bag-info.txt"].decode()
    assert "External-Description: 示例县2022年度乡镇预算绩效公开档案\n" in info
    assert "External-Identifier: shili-2022\n" in info


def test_verify_reads_a_bag(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And names what was changed or added."""
    made = write_bag(root, "shili", 2022, tmp_path)
    assert main(["--root", str(root), "verify", str(made)]) == 0
    (made / "data/metadata.csv").write_bytes(b"")
    (made / "data/more.txt").write_bytes(b"")
    capsys.readouterr()
    assert main(["--root", str(root), "verify", str(made)]) == 1
    out = capsys.readouterr().out
    assert "data/metadata.csv：内容已改变" in out
    assert "data/more.txt：多出的文件" in out


def test_the_same_archive_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """As a folder and as a ZIP, from wherever it is made."""
    one = state(write_bag(root, "shili", 2022, tmp_path / "a"))
    assert one == state(write_bag(root, "shili", 2022, tmp_path / "b"))
    made = zipped_bag(root, "shili", 2022)
    assert made == zipped_bag(root, "shili", 2022)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        opened.extractall(tmp_path / "z")
    assert state(tmp_path / "z" / "shili-2022") == one


def metadata(root: Path) -> list[dict[str, str]]:
    files = dict(bag_files(root, "shili", 2022))
    text = files["data/metadata.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_what_nobody_said_stays_blank(root: Path) -> None:
    """No number and no term is made up; the unit and title are the report's."""
    first, second = metadata(root)
    for name in ("索引号", "保管期限", "密级", "公开方式", "全宗号"):
        assert first[name] == ""
    assert first["题名"] == "示例县示例镇2022年度绩效自评报告"
    assert first["责任者"] == "示例县示例镇人民政府"
    assert (second["类别"], second["版次"], second["理由"]) == ("更正", "2", "措施一栏漏写“各项”")


def test_what_the_project_says_is_taken_over(root: Path) -> None:
    """From extra.archive of mkdocs.yml."""
    words = "extra:\n  archive: {保管期限: 永久, 密级: 公开, 公开方式: 主动公开, 责任者: 示例县财政局}\n"
    (root / "mkdocs.yml").write_text(words, "utf-8")
    try:
        first = metadata(root)[0]
    finally:
        (root / "mkdocs.yml").unlink()
    said = [first[name] for name in ("保管期限", "密级", "公开方式", "责任者")]
    assert said == ["永久", "公开", "主动公开", "示例县财政局"]


def test_a_bag_is_not_made_of_what_does_not_fit(tmp_path: Path) -> None:
    """Nothing sealed, or a sealed file that was changed: said, nothing written."""
    root = sealed(tmp_path / "p")
    with pytest.raises(EditionError, match="2021"):
        write_bag(root, "shili", 2021, tmp_path / "out")
    (root / EDITIONS / "shili/shilizhen/2022/1/report.yaml").write_text("x")
    with pytest.raises(EditionError, match=r"report\.yaml"):
        write_bag(root, "shili", 2022, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_public_bag_has_no_originals_and_nothing_withdrawn(tmp_path: Path) -> None:
    """Signatures and what was taken back are for the archive alone."""
    root = corrected(tmp_path)
    original = root / "data/originals/shili/shilizhen/2022.txt"
    original.parent.mkdir(parents=True)
    original.write_text("原件")
    names = dict(bag_files(root, "shili", 2022, public=True))
    assert not any("originals" in name for name in names)
    readme = names["README.txt"].decode()
    assert "不含签字盖章的原件，也不含已撤回的报告的文件" in readme
    assert "data/originals/" not in readme
    withdraw_it(root)
    names = dict(bag_files(root, "shili", 2022, public=True))
    assert not any("shilizhen" in name for name in names)
    whole = dict(bag_files(root, "shili", 2022))
    assert f"data/editions/{KEY.town}/2022/2/report.yaml" in whole
    assert "data/originals/shilizhen/2022.txt" in whole
