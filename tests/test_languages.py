"""Commands that a person reads speak Chinese, and English where they are asked to (--lang en)."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path

import pytest
from built import ROOT
from projects import REPORT, project

from site_builder.__main__ import main
from site_builder.disk_refusal import WHY, disk_refusal

HAN = re.compile("[一-鿿]")
NOTHING_SEALED = "shili/shilizhen/2022"

# A command on a project of which nothing is built or sealed; its exit code; what it says.
SAID = {
    "seal": (["seal"], 2, "say which reports to seal"),
    "seal a year": (["seal", "--year", "1999"], 2, "there is no report of 1999"),
    "seal nobody": (["seal", "shili/nobody"], 2, "no such report: shili/nobody"),
    "no date": (["seal", "--all", "--date", "2023-13-01"], 2, "is no date; write 2023-05-08"),
    "tomorrow": (["seal", "--all", "--date", "2999-01-01"], 2, "2999-01-01 is still to come"),
    "correct": (["correct", NOTHING_SEALED], 2, "is not sealed: change it"),
    "correct what": (["correct", "shili"], 2, "is no report; write county/town/year"),
    "withdraw": (["withdraw", NOTHING_SEALED, "--reason", "x"], 2, "has no edition in force"),
    "verify": (["verify"], 0, "nothing is sealed"),
    "verify a year": (["verify", "1999"], 2, "nothing is sealed: 1999"),
    "bag": (["bag", "shili", "2022"], 2, "no report of shili 2022 is sealed"),
    "bag what": (["bag", "示例县", "2022"], 2, "is no county in pinyin"),
    "yearbook": (["yearbook", "shili", "1999"], 2, "there is no report of shili 1999"),
    "fragment": (["fragment", "shili/nobody/2022"], 2, "no such report: shili/nobody/2022"),
    "search": (["search", "x"], 2, "run site-builder build"),
    "suggest": (["check", "--suggest-links"], 0, "no file was changed"),
}


@pytest.mark.parametrize(("words", "code", "said"), SAID.values(), ids=SAID)
def test_what_cannot_be_done_is_told_in_either_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    root = project(tmp_path)
    assert main(["--root", str(root), *words, "--lang", "en"]) == code
    english = "".join(capsys.readouterr())
    assert said in english
    assert not HAN.search(english.replace("示例县", "")), english
    assert main(["--root", str(root), *words]) == code
    assert HAN.search("".join(capsys.readouterr()))


def test_an_archive_is_kept_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        code = main(["--root", str(root), *words, "--lang", "en"])
        return code, "".join(capsys.readouterr())

    seal = ("seal", "--all", "--no-pdf", "--date", "2023-05-08")
    code, said = run(*seal)
    assert code == 0
    assert re.fullmatch(
        r"sealed shili/shilizhen/2022: edition 1, [0-9]+ figures; "
        r"entry 1 of the ledger, SHA-256 [0-9a-f]{64}\n",
        said,
    )
    assert run(*seal) == (
        0,
        "not changed shili/shilizhen/2022: edition 1 (of 2023-05-08) stays in force\n",
    )
    code, said = run("verify")
    assert code == 0
    assert re.fullmatch(r"[0-9]+ files of 1 editions verified: all as sealed\n", said)
    code, said = run("bag", "shili", "2022", "--out", str(tmp_path / "dist"))
    assert code == 0 and said.startswith("The bag is made: ")
    path = root / REPORT
    path.write_text(path.read_text("utf-8").replace("3.2公里", "3.3公里"), "utf-8")
    code, said = run(*seal)
    assert code == 1 and "changed since edition 1 was sealed" in said
    sealed = next((root / "data" / "editions").rglob("facts.tsv"))
    sealed.write_bytes(sealed.read_bytes() + b"x")
    code, said = run("verify")
    assert code == 1 and "not as it was sealed (shili/shilizhen/2022, edition 1" in said
    assert not HAN.search(said.split("\n")[0])


def test_a_build_is_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And why it stops; what is searched afterwards, too."""
    root = project(tmp_path)
    shutil.copytree(ROOT / "themes", root / "themes")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    run = ["--root", str(root)]
    assert main([*run, "build", "--no-pdf", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "shili: 1 reports\n" in said
    assert "The site is made: " in said
    assert not HAN.search(said)
    assert main([*run, "search", "支出合计:>1", "--lang", "en"]) == 0
    assert "\n1 hits\n" in capsys.readouterr().out
    assert main([*run, "search", "支出合计:>x", "--lang", "en"]) == 2
    assert "a number is expected in 万元, like 支出合计:>20" in capsys.readouterr().err
    path = root / REPORT
    path.write_text(path.read_text("utf-8").replace("420.50", "420..50", 1), "utf-8")
    assert main([*run, "build", "--no-pdf", "--lang", "en"]) == 1
    assert "the site was not made; --draft makes a draft" in capsys.readouterr().err


def test_outside_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, said in (("en", "no folder data here"), ("zh", "这里没有 data 文件夹")):
        with pytest.raises(SystemExit) as stopped:
            main(["--root", str(tmp_path), "build", "--lang", lang])
        assert stopped.value.code == 2
        assert said in capsys.readouterr().err


def test_what_a_disk_refuses_in_english() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "site/index.html")
    assert disk_refusal(full, "en") == (
        "site/index.html: the disk is full or the quota used up; make room. "
        "The published site and what is sealed have not changed; then run it again."
    )
    assert all(set(why) == {"zh", "en"} for why in WHY.values())
