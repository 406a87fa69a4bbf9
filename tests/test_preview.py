"""What `serve` says at each change: not only how many findings, but which, and where."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from built import ROOT
from projects import REPORT, project

from site_builder import shell, site_commands


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """示例县 with a total that does not add up, in the shell of the site."""
    made = project(tmp_path, {REPORT: ("决算数: 420.50", "决算数: 421.50")})
    (made / "mkdocs.yml").unlink()
    for name in ("themes", "mkdocs.yml"):
        (made / name).symlink_to(ROOT / name)
    return made


def serve(root: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    """Run the command; instead of serving, `change` files once and bring the preview up to date."""

    def served(site: Path, refresh: Callable[[], None], *given: object) -> None:
        change()
        refresh()

    monkeypatch.setattr(shell, "serve", served)
    options = Namespace(lang="zh", host="127.0.0.1", port=8000)
    assert site_commands.serve(options, root) == 0


def test_the_preview_tells_the_findings_that_it_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With file, line and what to do; none any more when it is mended."""

    def mend() -> None:
        before = capsys.readouterr().out
        assert f"{REPORT}:12:" in before and "sum-differs" in before and "→" in before
        assert before.index("处待处理的核对发现") < before.index("sum-differs")
        text = (root / REPORT).read_text("utf-8")
        (root / REPORT).write_text(text.replace("421.50", "420.50"), "utf-8")

    serve(root, monkeypatch, mend)
    after = capsys.readouterr().out
    assert "预览已更新：0 处待处理的核对发现" in after
    assert "sum-differs" not in after


def test_many_findings_leave_the_address_in_view(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first are told, errors before others, and where the rest is."""
    monkeypatch.setattr(site_commands, "MOST_TOLD", 1)
    serve(root, monkeypatch, lambda: None)
    said = capsys.readouterr().out
    assert "只列出前 1 处，先列错误；全部的请运行 site-builder check" in said
    assert said.count("→") == 2  # once at each of two runs
