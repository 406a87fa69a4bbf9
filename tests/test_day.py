"""The day is China's, wherever the machine stands."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder.__main__ import main
from site_builder.day import day_in_china
from tests.projects import project

PROGRAM = Path(__file__).parent.parent / "site_builder"


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Let it be a moment, given with its distance from UTC."""
    instant = datetime.datetime.fromisoformat(moment)

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return instant.astimezone(tz)

    clock = SimpleNamespace(datetime=Clock)
    monkeypatch.setattr("site_builder.day.datetime", clock)


@pytest.fixture(params=["WEST8", "UTC0", "EAST-12"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-31T15:59:59+00:00", "2026-12-31"),
        ("2026-12-31T16:00:00+00:00", "2027-01-01"),
        ("2027-01-01T00:00:00+08:00", "2027-01-01"),
        ("2026-07-31T16:00:00+00:00", "2026-08-01"),
    ],
)
@pytest.mark.usefixtures("elsewhere")
def test_a_day_begins_at_midnight_in_china(
    monkeypatch: pytest.MonkeyPatch, moment: str, day: str
) -> None:
    at(monkeypatch, moment)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert day_in_china().isoformat() == day


def test_what_is_sealed_bears_the_day_in_china(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At eight in the evening in London it is tomorrow there."""
    project(tmp_path)
    at(monkeypatch, "2026-12-31T20:00:00+00:00")
    sealing = ["--root", str(tmp_path), "seal", "--all", "--no-pdf", "--who", "示例县财政局"]
    assert main([*sealing, "--date", "2027-01-02"]) == 2
    assert "还没有到" in capsys.readouterr().err
    assert main(sealing) == 0
    ledger = (tmp_path / "data" / "editions" / "shili" / "ledger.txt").read_text("utf-8")
    assert "2027-01-01" in ledger


def test_an_explanation_holds_to_the_end_of_its_day_in_china(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path)
    report = tmp_path / "data" / "reports" / "shili" / "shilizhen" / "2022.yaml"
    report.write_text(
        report.read_text("utf-8").replace("较上年减少: 4.90万元", "较上年减少: 4.80万元")
        + "认可:\n  - {规则: difference-differs, 位置: 基本情况.较上年减少, 说明: 原件如此, "
        "日期: 2023-05-09, 至: 2026-12-31}\n",
        "utf-8",
    )
    at(monkeypatch, "2026-12-31T15:59:00+00:00")
    assert main(["--root", str(tmp_path), "check"]) == 0
    at(monkeypatch, "2026-12-31T16:00:00+00:00")
    assert main(["--root", str(tmp_path), "check"]) == 1
    assert "difference-differs" in capsys.readouterr().out


def test_no_other_module_asks_a_clock_for_the_day() -> None:
    asking = {
        path.name
        for path in PROGRAM.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("datetime.now", "date.today"))
    }
    assert asking == {"day.py"}
