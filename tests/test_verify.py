"""Verify: any bit that changed, any file that is missing or too much, is named; what is sound is said to be."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from archives import KEY, archive, corrected, edit, ledger_of, sealed, withdraw_it
from projects import FORM, REPORT

from site_builder.__main__ import main
from site_builder.archive.bag import write_bag
from site_builder.archive.ledger import EDITIONS, Ledger, SealedFile, file_of
from site_builder.archive.manifests import sha256_of, verify_folder
from site_builder.archive.verify import verify

BASE = "data/editions/shili/"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions with their PDFs; tests leave it as they found it."""
    return corrected(tmp_path_factory.mktemp("verify") / "p", pdfs=True, jobs=1)


def names(root: Path, **given: object) -> list[str]:
    return [wrong.file for wrong in verify(root, **given).wrong]  # type: ignore[arg-type]


def test_what_is_sound_is_said_to_be(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All editions, one report, one year; nothing sealed is no error, unless it was asked for."""
    assert main(["--root", str(kept), "verify"]) == 0
    assert capsys.readouterr().out == "核验了 2 个版本的 14 个文件：全部相符\n"
    for what in ("2022", "shili", "shili/shilizhen", "shili/shilizhen/2022", "data/editions/shili"):
        assert main(["--root", str(kept), "verify", what]) == 0
        assert "2 个版本" in capsys.readouterr().out
    assert main(["--root", str(kept), "verify", "2021"]) == 2


def test_sealed_pdfs_are_set_anew_byte_by_byte(kept: Path) -> None:
    """From the sealed files alone, each edition with its own corrections."""
    found = verify(kept, pdf=True, jobs=1)
    assert (found.pdfs, found.wrong) == (2, ())


def test_a_pdf_set_by_other_software_says_so(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool, WeasyPrint, or a font: what is known to differ."""
    monkeypatch.setattr("site_builder.archive.verify.setting_of", lambda _: "WeasyPrint 99")
    monkeypatch.setattr(
        "site_builder.archive.verify.edition_pdfs",
        lambda _library, _ledger, group, *_: {one.entry.key: b"%PDF" for one in group},
    )
    first, second = verify(kept, pdf=True).wrong
    assert (first.file, second.file) == (
        f"{BASE}shilizhen/2022/1/shili-shilizhen-2022.pdf",
        f"{BASE}shilizhen/2022/2/shili-shilizhen-2022.pdf",
    )
    assert "WeasyPrint 99" in first.why.zh


def test_a_flipped_bit_in_any_sealed_file_is_named(kept: Path) -> None:
    """240 places at random, as many in each kind of file: sources, facts, findings, decrees, PDF, ledger."""
    chance = random.Random(20230601)
    files = [name for name, digest in archive(kept).items() if digest]
    kinds: dict[str, list[str]] = {}
    for name in files:
        kind = name.rpartition("/")[2].split(".")[0] if "decrees" in name else Path(name).name
        kinds.setdefault(kind, []).append(name)
    assert sorted(kinds) == [
        "concepts", "county", "facts.tsv", "findings.json", "form", "ledger.txt", "narrative.md",
        "profile", "report.yaml", "shili-shilizhen-2022.pdf",
    ]  # fmt: skip
    for kind in sorted(kinds):
        for _ in range(24):
            name = chance.choice(kinds[kind])
            path = kept / EDITIONS / name
            whole = path.read_bytes()
            bit = chance.randrange(len(whole) * 8)
            altered = bytearray(whole)
            altered[bit // 8] ^= 1 << bit % 8
            path.write_bytes(altered)
            try:
                said = names(kept)
            finally:
                path.write_bytes(whole)
            assert any(f"{file}:".startswith(f"data/editions/{name}:") for file in said), (
                name,
                bit,
            )
    assert names(kept) == []


def test_line_ends_of_windows_are_called_so(tmp_path: Path) -> None:
    """Of a sealed file, and of a file of a bag; of other changes nothing is said of them."""
    root = sealed(tmp_path / "p")
    made = write_bag(root, "shili", 2022, tmp_path)
    for path in (root / EDITIONS / "shili/shilizhen/2022/1/report.yaml", made / "README.txt"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    for found in (verify(root), verify_folder(made)):
        (wrong,) = [w for w in found.wrong if w.file.endswith(("report.yaml", "README.txt"))]
        assert "只有换行变了：CRLF 改回 LF 就相符" in wrong.why.zh
        assert "only the line ends" in wrong.why.en
    (made / "README.txt").write_bytes(b"x")
    assert "换行" not in "".join(w.why.zh for w in verify_folder(made).wrong)


def test_a_file_that_is_missing_is_named(kept: Path) -> None:
    """Every one of them; the ledger too."""
    for name, digest in archive(kept).items():
        if not digest:
            continue
        path = kept / EDITIONS / name
        away = kept / "away"
        path.rename(away)
        try:
            assert any(f"{file}:".startswith(f"data/editions/{name}:") for file in names(kept))
        finally:
            away.rename(path)


@pytest.mark.parametrize(
    "name",
    [
        "shili/more.txt",
        "shili/.hidden",
        "shili/shilizhen/2022/1/extra.yaml",
        "shili/shilizhen/2022/3/report.yaml",
        "shili/decrees/form.other.yaml",
        "stray.txt",
        "othercounty/readme.txt",
    ],
)
def test_a_file_that_was_added_is_named(tmp_path: Path, name: str) -> None:
    """Anywhere in data/editions/."""
    root = sealed(tmp_path)
    path = root / EDITIONS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    said = names(root)
    if name.startswith("othercounty"):  # a folder without a ledger
        assert said == ["data/editions/othercounty/ledger.txt:1"]
    else:
        assert f"data/editions/{name}" in said


def test_a_link_or_an_empty_folder_is_named(tmp_path: Path) -> None:
    """A link may point anywhere."""
    root = sealed(tmp_path)
    (root / EDITIONS / "shili" / "empty").mkdir()
    (root / EDITIONS / "shili" / "shilizhen" / "link").symlink_to("/")
    assert names(root) == [f"{BASE}empty", f"{BASE}shilizhen/link"]


def test_facts_and_ledger_that_were_altered_together_are_named(tmp_path: Path) -> None:
    """A forger who writes every digest anew is caught by what the sources say."""
    root = sealed(tmp_path)
    facts = root / EDITIONS / "shili/shilizhen/2022/1/facts.tsv"
    whole = facts.read_bytes()
    facts.write_bytes(whole.replace(b"\t420.50\t420.50\t", b"\t520.50\t520.50\t"))
    (entry,) = ledger_of(root).entries
    files = tuple(
        SealedFile(sha256_of(facts) or "", f.name) if f.name.endswith("facts.tsv") else f
        for f in entry.files
    )
    forged = Ledger("shili").with_(replace(entry, files=files))
    (root / file_of("shili")).write_bytes(forged.written())
    (said,) = names(root)
    assert said.startswith(f"{BASE}shilizhen/2022/1/facts.tsv:")
    facts.write_bytes(whole)
    forged = Ledger("shili").with_(replace(entry, content="0" * 64))
    (root / file_of("shili")).write_bytes(forged.written())
    assert f"{BASE}ledger.txt:3" in names(root)


def test_a_live_report_that_was_changed_is_named(tmp_path: Path) -> None:
    """Its own line; a file that cannot be read any more likewise."""
    root = sealed(tmp_path)
    edit(root, REPORT, "村数: 12个", "村数: 13个")
    assert names(root) == [f"{REPORT}:42:9"]
    (root / REPORT).write_bytes(b"\xff")
    assert names(root) == [f"{REPORT}:1:1"]
    (root / REPORT).unlink()
    assert f"{REPORT}:1:1" in names(root)


def test_a_changed_form_alone_is_no_difference(tmp_path: Path) -> None:
    """The edition has its own copy of it."""
    root = sealed(tmp_path)
    edit(root, FORM, "勾稽:\n", "勾稽:\n  - {等于: [经费.支出.决算数, 基本情况.收入合计]}\n")
    assert names(root) == []


def test_a_withdrawn_report_is_still_verified(tmp_path: Path) -> None:
    """Its editions are in the archive for good."""
    root = corrected(tmp_path)
    withdraw_it(root)
    assert verify(root).editions == 2
    (root / EDITIONS / "shili/shilizhen/2022/2/narrative.md").write_text("x")
    assert names(root) == [f"{BASE}shilizhen/2022/2/narrative.md"]


def test_pdfs_may_be_kept_elsewhere(tmp_path: Path, kept: Path) -> None:
    """extra.archive.PDF存放 names a folder; the ledger is the same."""
    root = shutil.copytree(kept, tmp_path / "p")
    (root / "mkdocs.yml").write_text("extra:\n  archive:\n    PDF存放: ../store\n", "utf-8")
    moved = root / "data/editions/shili/shilizhen/2022"
    for number in ("1", "2"):
        target = tmp_path / "store/shili/shilizhen/2022" / number
        target.mkdir(parents=True)
        (moved / number / "shili-shilizhen-2022.pdf").rename(target / "shili-shilizhen-2022.pdf")
    assert names(root) == []
    pdf = target / "shili-shilizhen-2022.pdf"
    pdf.write_bytes(pdf.read_bytes()[:-1])
    (said,) = names(root)
    assert said.endswith("store/shili/shilizhen/2022/2/shili-shilizhen-2022.pdf")
    assert ledger_of(root).editions(KEY)[1].edition == 2
