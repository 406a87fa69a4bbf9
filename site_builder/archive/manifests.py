"""A published site or a bag against its manifests: every file that they name, and none besides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from site_builder.finding import Words

MANIFEST = "manifest-sha256.txt"
CHUNK = 1 << 20
GONE = Words("不见了", "has gone")
NOT_LISTED = Words("多出的文件，清单上没有", "a file that no manifest names")
NO_LINE = Words("这一行读不懂", "this line cannot be read")


@dataclass(frozen=True)
class Wrong:
    """One thing that is not as it was sealed: the file, and what is the matter."""

    file: str
    why: Words

    def __str__(self) -> str:
        return self.said("zh")

    def said(self, lang: str) -> str:
        """The file and what is the matter, in `lang`."""
        return f"{self.file}{'：' if lang == 'zh' else ': '}{self.why.plain(lang)}"


@dataclass(frozen=True)
class Verified:
    """What was looked at, what is wrong, and remarks that are no differences."""

    editions: int = 0
    files: int = 0
    pdfs: int = 0
    wrong: tuple[Wrong, ...] = ()
    remarks: tuple[Words, ...] = ()

    def __add__(self, other: Verified) -> Verified:
        return Verified(
            self.editions + other.editions,
            self.files + other.files,
            self.pdfs + other.pdfs,
            (*self.wrong, *other.wrong),
            (*self.remarks, *other.remarks),
        )


def verify_folder(folder: Path) -> Verified:
    """A published site or a bag: every file that its manifests name, and none besides.

    A file counts as known when any manifest in the folder names it; manifests name files from the
    folder's own root.
    """
    manifests = [folder / MANIFEST, *sorted(folder.glob(f"*/**/{MANIFEST}"))]
    manifests += sorted(folder.glob("tagmanifest-sha256.txt"))
    known: set[str] = set()
    wrong: list[Wrong] = []
    for manifest in manifests:
        if not manifest.is_file():
            wrong.append(Wrong(manifest.name, GONE))
            continue
        for number, line in enumerate(manifest.read_text("utf-8", "replace").splitlines(), 1):
            digest, gap, name = line.partition("  ")
            inside = gap and name and not name.startswith("/") and ".." not in name.split("/")
            if not inside:
                wrong.append(Wrong(f"{manifest.relative_to(folder).as_posix()}:{number}", NO_LINE))
                continue
            known.add(name)
            again = sha256_of(folder / name)
            if again is None:
                wrong.append(Wrong(name, GONE))
            elif again != digest:
                hint = line_ends(folder / name, digest)
                why = Words(
                    f"内容已改变（应为 {digest}，现为 {again}{hint.zh}）",
                    f"has changed (it should be {digest}, it is {again}{hint.en})",
                )
                wrong.append(Wrong(name, why))
    own = {MANIFEST, "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known and name not in own:
            wrong.append(Wrong(name, NOT_LISTED))
    return Verified(files=len(known), wrong=tuple(wrong))


def line_ends(path: Path, digest: str) -> Words:
    """A hint, where a file would have its SHA-256 but for line ends of Windows."""
    content = path.read_bytes()
    if hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() != digest:
        return Words("", "")
    return Words("；只有换行变了：CRLF 改回 LF 就相符", "; only the line ends: CRLF for LF")


def sha256_of(path: Path) -> str | None:
    """SHA-256 of a file, read in pieces; None when it is not there."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()
