"""Killed at any moment, seal, correct, withdraw and build leave the old state or the new one, never between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archives import (
    KEY,
    act,
    archive,
    change_report,
    correct_it,
    sealed,
    state,
    withdraw_it,
)
from built import ROOT
from projects import NARRATIVE, project

from site_builder.archive.editions import seal
from site_builder.archive.verify import verify
from site_builder.build import build
from site_builder.making import Options
from site_builder.printing import pdf

# What Python tells its audit hooks before it touches the disk.
TOUCHES = frozenset(
    (
        "open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate",
        "shutil.rmtree", "ctypes.dlsym", "ctypes.dlopen", "shutil.copyfile", "os.scandir",
    )
)  # fmt: skip
Work = Callable[[Path], object]


def forked(work: Callable[[], object], die_at: int = 0) -> tuple[int, int]:
    """Run `work` in a process of its own, killed when it is about to touch the disk for the nth time.

    Gives the signal that ended it (0: none) and how often it touched the disk.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        count = 0

        def hook(event: str, _args: Any) -> None:
            nonlocal count
            if event in TOUCHES:
                count += 1
                if count == die_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        status = 1
        try:
            sys.addaudithook(hook)
            work()
            os.write(write, str(count).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status), 0
    assert os.WEXITSTATUS(status) == 0
    return 0, int(said)


def killed(
    start: Path, work: Work, look: Callable[[Path], dict[str, str]], folder: Path, times: int
) -> None:
    """Kill `work` at `times` different moments, on a fresh copy of `start` each time.

    What `look` sees must be what it saw before or after; and doing it again must end well.
    """
    whole = shutil.copytree(start, folder / "whole", symlinks=True)
    old = look(whole)
    _, touches = forked(lambda: work(whole))
    new = look(whole)
    assert old != new
    chance = random.Random(times)
    seen = set()
    # The last moments are those of changing places: all of them, and others at random.
    last = range(max(1, touches - 12), touches + 1)
    moments = [*last, *chance.sample(range(1, touches - 12), min(touches - 13, times - len(last)))]
    for moment in moments[:times]:
        here = shutil.copytree(start, folder / "here", symlinks=True)
        ended, _ = forked(lambda at=here: work(at), moment)  # type: ignore[misc]
        assert ended == signal.SIGKILL
        found = look(here)
        assert found in (old, new), f"between old and new at {moment} of {touches}"
        seen.add(found == new)
        if found == old:
            assert forked(lambda at=here: work(at))[0] == 0  # type: ignore[misc]
            assert look(here) == new
        shutil.rmtree(here)
    assert seen == {False, True}, "no moment before, or none after, the one step"


def test_a_seal_that_is_killed(tmp_path: Path) -> None:
    """No edition, or all of it with its entry."""
    project(tmp_path / "start")

    def work(root: Path) -> None:
        assert seal(root, [KEY], act()).entries

    killed(tmp_path / "start", work, archive, tmp_path, 25)


def test_a_correction_that_is_killed(tmp_path: Path) -> None:
    """Edition 1, or both; verify finds nothing wrong in the archive that is left."""
    changed = sealed(tmp_path / "start")
    change_report(changed)

    def look(root: Path) -> dict[str, str]:
        for wrong in verify(root).wrong:
            assert not wrong.file.startswith("data/editions/"), wrong
        return archive(root)

    killed(changed, correct_all, look, tmp_path, 25)


def correct_all(root: Path) -> None:
    """Correct what is not corrected yet."""
    assert correct_it(root).entries


def test_a_withdrawal_that_is_killed(tmp_path: Path) -> None:
    """In force, or withdrawn."""
    start = sealed(tmp_path / "start")
    killed(start, withdraw_it, archive, tmp_path, 14)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="exchanges folders by renameat2")
def test_a_build_that_is_killed(tmp_path: Path) -> None:
    """The site of before, whole, or the new one; the next build ends with the new one."""
    start = sealed(tmp_path / "start")
    shutil.copytree(ROOT / "themes", start / "themes")
    shutil.copyfile(ROOT / "mkdocs.yml", start / "mkdocs.yml")

    def work(root: Path) -> None:
        done = build(root, Options(pdfs=False, jobs=1), say=lambda _: None)
        assert done.published, (done.problems, done.stops)

    work(start)
    change_report(start)
    assert correct_it(start).entries
    killed(start, work, lambda root: state(root / "site"), tmp_path, 18)


def test_half_a_pdf_is_gone_after_the_next_build(tmp_path: Path) -> None:
    """One that a build was writing when it was killed."""
    root = project(tmp_path)
    shutil.copytree(ROOT / "themes", root / "themes")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")

    def make() -> None:
        assert build(root, Options(jobs=1), say=lambda _: None).published

    def dies(path: Path, content: bytes) -> None:
        path.with_name(f".{path.name}.{os.getpid()}").write_bytes(content[:1000])
        os.kill(os.getpid(), signal.SIGKILL)

    def make_half() -> None:
        pdf.put_whole = dies
        make()

    def halves() -> list[Path]:
        return [p for p in (root / "build" / "pdf").rglob("*") if p.name.startswith(".")]

    assert forked(make_half)[0] == signal.SIGKILL
    assert len(halves()) == 1
    make()
    assert not halves()
    assert (root / "site/shili/shilizhen/2022/shili-shilizhen-2022.pdf").exists()


def test_where_folders_cannot_change_places_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On such a disk there are two renames; the next run goes back to the old state and on."""
    monkeypatch.setattr("site_builder.archive.one_step.exchanged", lambda *_: False)
    start = sealed(tmp_path / "start")
    change_report(start)

    def look(root: Path) -> dict[str, str]:
        verify(root)  # whoever looks puts back what was moved away
        return archive(root)

    killed(start, correct_all, look, tmp_path, 16)


def test_a_dead_link_stops_the_next_build_too(tmp_path: Path) -> None:
    """Though nothing has changed since, and what was made is kept. Of places on pages the check says nothing."""
    root = project(tmp_path, {NARRATIVE: ("https://example.org/", "../index.html#nowhere")})
    shutil.copytree(ROOT / "themes", root / "themes")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    for _ in range(2):
        done = build(root, Options(pdfs=False, jobs=1), say=lambda _: None)
        assert not done.published
        assert "index.html#nowhere" in done.problems[0]
