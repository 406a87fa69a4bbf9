"""Change a county's folder of editions in one step: whoever looks sees the old state or the new one.

The new folder is built beside the old one (unchanged files as hard links), written through to the
disk, and the two change places. A run that is killed leaves the old state, or the new one, and at
most a folder whose name begins with a dot, which nobody reads and the next run removes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from site_builder.tree import exchanged, linked

NEW, OLD = "new", "old"


@contextmanager
def alone(base: Path) -> Iterator[None]:
    """Nobody else changes the folders of `base` meanwhile; what a killed run left is settled first."""
    import fcntl  # not on Windows, where nothing else here needs it

    base.mkdir(parents=True, exist_ok=True)
    with (base / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        settle(base)
        yield


def settle_if_free(base: Path) -> None:
    """The same for those who only read: nothing when somebody is at work."""
    import fcntl

    if not any(base.glob(".*.*")):
        return
    with (base / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        settle(base)


def settle(base: Path) -> None:
    """Remove what a killed run left; where no exchange was possible, finish going back to the old."""
    for left in sorted(base.glob(f".*.{OLD}")):
        home = base / left.name[1:].removesuffix(f".{OLD}")
        if not home.exists():
            left.replace(home)
    for left in [*base.glob(f".*.{NEW}"), *base.glob(f".*.{OLD}")]:
        shutil.rmtree(left)


def change(folder: Path, files: Mapping[str, bytes]) -> None:
    """Let `files` (paths below `folder`) be there, new or replaced, all at once."""
    new = folder.with_name(f".{folder.name}.{NEW}")
    old = folder.with_name(f".{folder.name}.{OLD}")
    if folder.exists():
        shutil.copytree(folder, new, copy_function=linked)
    else:
        new.mkdir(parents=True)
    for name, content in sorted(files.items()):
        target = new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # never through the link into the old folder
        with target.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for inner, _, _ in os.walk(new):
        _sync(Path(inner))
    if not folder.exists():
        new.replace(folder)
    elif not exchanged(new, folder):
        folder.replace(old)
        new.replace(folder)
    _sync(folder.parent)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Write a folder's names through to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
