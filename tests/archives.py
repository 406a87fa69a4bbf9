"""Projects with sealed editions for tests: sealed, corrected, looked at as a whole."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

from projects import FORM, NARRATIVE, REPORT, project

from site_builder.archive.editions import Act, Done, correct, seal, withdraw
from site_builder.archive.ledger import EDITIONS, Ledger, read_ledger
from site_builder.finding import ReportKey

KEY = ReportKey("shili", "shilizhen", 2022)
DAY = datetime.date(2023, 6, 1)
LATER = datetime.date(2023, 7, 3)
NEXT_YEAR = datetime.date(2024, 6, 3)
REASON = "措施一栏漏写“各项”"


def act(day: datetime.date = DAY, **given: object) -> Act:
    """An act of that day, without PDFs."""
    return Act(day, **{"pdfs": False, **given})  # type: ignore[arg-type]


def sealed(root: Path, **given: object) -> Path:
    """The small project with its report sealed."""
    assert seal(project(root), [KEY], act(**given)).entries
    return root


def edit(root: Path, file: str, old: str, new: str) -> None:
    """One change in a file; the old text must stand there once."""
    path = root / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def next_year(root: Path) -> Path:
    """The same report once more, as that of 2023, on a form of that year."""
    for file in (REPORT, NARRATIVE, FORM):
        text = (root / file).read_text("utf-8")
        for old, new in (
            ("2022年度", "2023年度"),
            ("年度: 2022", "年度: 2023"),
            ("表单: shili-2022", "表单: shili-2023"),
            ("2021年", "2022年"),
            ("2023-05", "2024-05"),
        ):
            text = text.replace(old, new)
        (root / file.replace("2022", "2023")).write_text(text, "utf-8")
    return root


def change_report(root: Path) -> None:
    """What a clerk corrects: a cell of words and a sentence."""
    edit(root, REPORT, "严格控制开支。", "严格控制各项开支。")
    edit(root, NARRATIVE, "## 二、人员", "今年另有说明。\n\n## 二、人员")


def corrected(root: Path, **given: object) -> Path:
    """The small project, sealed, changed, corrected."""
    sealed(root, **given)
    change_report(root)
    done = correct_it(root, **given)
    assert [e.edition for e in done.entries] == [2]
    return root


def correct_it(root: Path, **given: object) -> Done:
    """Correct the report with a reason."""
    return correct(root, KEY, act(LATER, **given), lambda _: REASON)


def withdraw_it(root: Path) -> None:
    """Withdraw the report with a reason."""
    withdraw(root, KEY, Act(LATER, reason="涉及个人信息", pdfs=False))


def ledger_of(root: Path) -> Ledger:
    """The ledger, which must be sound."""
    found: list[object] = []
    ledger = read_ledger(root, KEY.county, found)  # type: ignore[arg-type]
    assert found == []
    return ledger


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder that somebody reads, with its SHA-256; empty folders too."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith("."):
            continue
        found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return found


def archive(root: Path) -> dict[str, str]:
    """The state of the archive."""
    return state(root / EDITIONS)
