"""A folder of files that is brought up to date: what stays the same is left alone, what nobody claims goes."""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write `data` to `path` unless it stands there already; whole or not at all."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except FileNotFoundError:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)
    return True


class Tree:
    """The files below `root`, named by their paths with forward slashes.

    A file is never changed in place, so that a copy made of hard links keeps what it has.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: list[str] = []  # since the last `taken`
        self.changed = 0

    def write(self, name: str, data: bytes) -> None:
        """A file with these bytes."""
        self.written.append(name)
        self.changed += write_if_changed(self.root / name, data)

    def copy(self, name: str, source: Path) -> None:
        """A file with the bytes of `source`."""
        target = self.root / name
        self.written.append(name)
        known = _stat(target)
        there = source.stat()
        if known is not None and (known.st_size, known.st_mtime_ns) == (
            there.st_size,
            there.st_mtime_ns,
        ):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copy2(source, temporary)
        temporary.replace(target)
        self.changed += 1

    def take(self, name: str, source: Path) -> None:
        """A file with the bytes of `source`, which is moved there; it stays as it was if they equal."""
        target = self.root / name
        self.written.append(name)
        if target.exists() and filecmp.cmp(source, target, shallow=False):
            source.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        self.changed += 1

    def stay(self, name: str) -> bool:
        """A file that is to stay as it is; False when it is not there."""
        if not (self.root / name).is_file():
            return False
        self.written.append(name)
        return True

    def names(self) -> set[str]:
        """The names of the files that are there."""
        root = len(str(self.root)) + 1
        return {
            f"{folder}{os.sep}{file}"[root:].replace(os.sep, "/")
            for folder, _, files in os.walk(self.root)
            for file in files
        }

    def left_alone(self, since: int) -> set[str]:
        """The same, but files that were changed after a moment (in ns, as `st_mtime_ns`) are removed first.

        Nobody but a run writes here. A published copy of hard links shares its files, though, and
        some editors and scripts write into a file that is there.
        """
        there = self.names()
        touched = {n for n in there if os.lstat(f"{self.root}/{n}").st_mtime_ns > since}
        for name in touched:
            (self.root / name).unlink()
        self.changed += len(touched)
        return there - touched

    def sizes(self) -> dict[str, int]:
        """How many bytes each file has that was written since `taken`."""
        return {name: (self.root / name).stat().st_size for name in self.written}

    def taken(self) -> list[str]:
        """The names written since this was last asked."""
        names, self.written = self.written, []
        return names

    def keep_only(self, names: Iterable[str]) -> int:
        """Remove every other file, and folders left empty; give how many files went."""
        wanted = set(names)
        gone = 0
        for folder, _, files in os.walk(self.root, topdown=False):
            inside = Path(folder).relative_to(self.root).as_posix()
            prefix = "" if inside == "." else f"{inside}/"
            for file in files:
                if prefix + file not in wanted:
                    Path(folder, file).unlink()
                    gone += 1
            if inside != "." and not any(Path(folder).iterdir()):
                Path(folder).rmdir()
        self.changed += gone
        return gone


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def publish(tree: Path, public: Path) -> None:
    """Put a copy of `tree` in the place of `public`: a reader sees the old one whole or the new one.

    The copy is made of hard links where the disk allows it. Where `public` is a link, the folder that
    it leads to is exchanged, and the link stays.
    """
    public, new, old = _places(public)
    settle(public)
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tree, new, copy_function=linked)
    if not public.exists():
        new.replace(public)
        return
    if not exchanged(new, public):
        public.replace(old)
        new.replace(public)
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)


def settle(public: Path) -> None:
    """Put back what a run that was killed between two renames had moved away."""
    public, _, old = _places(public)
    if old.is_dir() and not public.exists():
        old.replace(public)


def _places(public: Path) -> tuple[Path, Path, Path]:
    """The folder itself, and where the new and the old one stand beside it meanwhile."""
    real = public.resolve()
    return real, real.with_name(f".{real.name}.new"), real.with_name(f".{real.name}.old")


WAITS = {
    "zh": "另一次生成正在进行，等它结束",
    "en": "another run is at work; waiting for it to end",
}


@contextmanager
def alone(folder: Path, waits: Callable[[], None]) -> Iterator[None]:
    """Nobody else works in `folder` meanwhile; `waits` is called when somebody does, before waiting."""
    try:
        import fcntl
    except ImportError:  # Windows: there two runs at once are not kept apart
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (Linux: renameat2); False where that cannot be."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    done: int = renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def linked(source: str, target: str) -> None:
    """Copies a file as a hard link, where the disk allows one."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
