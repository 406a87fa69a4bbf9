"""The ledger: lines that a person can review, chained; whatever is altered is named by its line."""

from __future__ import annotations

import hashlib
import random
import subprocess
from pathlib import Path

import pytest
from archives import KEY, corrected, ledger_of, withdraw_it

from site_builder.archive.ledger import corrections_of, file_of, parse_ledger
from site_builder.finding import Finding

FILE = file_of("shili")


def broken(raw: bytes) -> list[str]:
    found: list[Finding] = []
    parse_ledger(raw, "shili", found)
    return [f"{f.at.file}:{f.at.line} {f.rule.id}" for f in found]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger of three entries: sealed, corrected, withdrawn."""
    root = corrected(tmp_path_factory.mktemp("ledger") / "p")
    withdraw_it(root)
    return (root / FILE).read_bytes()


def test_it_reads_like_a_book(raw: bytes) -> None:
    """One line a fact: what, which report, when, why, and the digest of every file."""
    lines = raw.decode().split("\n")
    assert lines[2:9] == [
        "序号: 1", "类别: 封存", "报告: shili/shilizhen/2022", "版次: 1", "日期: 2023-06-01",
        "题名: 示例县示例镇2022年度绩效自评报告", "单位: 示例县示例镇人民政府",
    ]  # fmt: skip
    assert '改动: ["基本情况.措施", "严格控制开支。", "严格控制各项开支。"]' in lines
    assert "理由: 涉及个人信息" in lines
    assert broken(raw) == []


def test_each_entry_is_of_its_own_bytes_and_of_the_one_before(raw: bytes) -> None:
    """What `sha256sum` says of the lines above “本条”; and “上一条” repeats the last one."""
    entries = raw.decode().removesuffix("\n").split("\n\n")[1:]
    before = "0" * 64
    for entry in entries:
        body, _, digest = entry.partition("本条: ")
        assert digest == hashlib.sha256(body.encode()).hexdigest()
        assert f"上一条: {before}\n" in body
        before = digest


def test_sha256sum_checks_the_files_it_names(tmp_path: Path) -> None:
    """Without this tool: the lines of files are those of sha256sum itself."""
    root = corrected(tmp_path)
    folder = root / "data" / "editions" / "shili"
    command = "grep -E '^[0-9a-f]{64}  ' ledger.txt | sha256sum -c --quiet"
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    path = folder / "shilizhen" / "2022" / "1" / "report.yaml"
    path.write_bytes(path.read_bytes() + b"#")
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
    assert done.returncode != 0


def test_any_flipped_bit_is_named(raw: bytes) -> None:
    """200 places at random: the finding names the ledger, at or after the line."""
    chance = random.Random(5)
    for _ in range(200):
        at = chance.randrange(len(raw) * 8)
        altered = bytearray(raw)
        altered[at // 8] ^= 1 << at % 8
        said = broken(bytes(altered))
        assert len(said) == 1, (at, said)
        assert said[0].startswith(f"{FILE}:")
        assert said[0].endswith("ledger-broken")


def test_an_entry_that_was_made_up_is_named(raw: bytes) -> None:
    """With a digest that fits its own lines, but not the entry after it."""
    text = raw.decode()
    first = text.split("\n\n")[1]
    body = first.partition("本条: ")[0].replace("2023-06-01", "2023-05-01")
    forged = body + "本条: " + hashlib.sha256(body.encode()).hexdigest()
    line = text[: text.index("序号: 2")].count("\n") + 1
    altered = text.replace(first, forged)
    upto = altered[: altered.index(f"上一条: {first.partition('本条: ')[2]}")].count("\n") + 1
    assert upto > line
    assert broken(altered.encode()) == [f"{FILE}:{upto} ledger-broken"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("序号: 2\n", ""),
        ("版次: 2\n类别", "类别"),
        ("\n\n序号: 2", "\n\n\n序号: 2"),
        ("# 封存账 1", "# 封存账 2"),
        ("工具: ", "工具:"),
        ("  shilizhen/2022/1/report.yaml", "  ../../../report.yaml"),
    ],
)
def test_a_ledger_written_by_hand_is_refused(raw: bytes, old: str, new: str) -> None:
    """Lines left out, added, or written otherwise than the tool writes them."""
    text = raw.decode()
    if old in text:
        assert broken(text.replace(old, new, 1).encode()) != []


def message(raw: bytes) -> tuple[str, str, str]:
    """Place, message and remedy of the one finding."""
    found: list[Finding] = []
    parse_ledger(raw, "shili", found)
    (one,) = found
    return f"{one.at.line}:{one.at.column}", one.message(), one.remedy()


def test_line_ends_of_windows_are_called_so(raw: bytes) -> None:
    """Of the whole file, and of one line; with what keeps git from changing them."""
    place, said, remedy = message(raw.replace(b"\n", b"\r\n"))
    assert place == "1:1"
    assert "行尾是 CRLF（Windows 的换行）" in said
    assert ".gitattributes 里写一行 /data/editions/** -text" in remedy
    place, said, remedy = message(raw.replace("版次: 1\n".encode(), "版次: 1\r\n".encode(), 1))
    assert (place, "CRLF" in said) == ("6:1", True)


def test_a_byte_order_mark_is_called_so(raw: bytes) -> None:
    place, said, remedy = message(b"\xef\xbb\xbf" + raw)
    assert (place, "BOM" in said, "用 git 恢复" in remedy) == ("1:1", True, True)
    place, said, _ = message(b"#" + raw)
    assert (place, "不是封存账的首行" in said) == ("1:1", True)


def test_the_way_back_from_line_ends_of_windows(tmp_path: Path) -> None:
    """As the remedy says: the attribute, the folder moved away, git restore."""
    root = corrected(tmp_path)
    sound = (root / FILE).read_bytes()

    def git(*words: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=true")
        command = ["git", "-C", str(root), *who, *words]
        subprocess.run(command, check=True, capture_output=True)

    git("init", "-q")
    git("add", "data")
    git("commit", "-q", "-m", "1")
    (root / "data/editions").rename(root / "away")
    git("restore", "data/editions")
    assert b"\r\n" in (root / FILE).read_bytes()
    (root / ".gitattributes").write_text("/data/editions/** -text\n", "utf-8")
    (root / "data/editions").rename(root / "away too")
    git("restore", "data/editions")
    assert (root / FILE).read_bytes() == sound


def test_an_entry_cut_off_is_named(raw: bytes) -> None:
    """At every line but the last of an entry, where a shorter ledger is whole again."""
    lines = raw.decode().split("\n")
    for end in range(1, len(lines) - 1):
        cut = ("\n".join(lines[:end]) + "\n").encode()
        whole = lines[end - 1].startswith("本条: ") or end == 1
        assert (broken(cut) == []) == whole, lines[end - 1]


def test_corrections_are_listed_newest_first(tmp_path: Path) -> None:
    """For the feed: what was corrected or withdrawn, when and why, with old and new."""
    root = corrected(tmp_path)
    withdraw_it(root)
    listed = corrections_of(ledger_of(root))
    assert [(e.kind, e.edition, e.reason) for e in listed] == [
        ("撤回", 2, "涉及个人信息"),
        ("更正", 2, "措施一栏漏写“各项”"),
    ]
    assert [(c.place, c.old, c.new) for c in listed[1].changes] == [
        ("基本情况.措施", "严格控制开支。", "严格控制各项开支。"),
        ("正文.一、收支", "", "今年另有说明。"),
    ]
    assert ledger_of(root).withdrawn(KEY) is not None
