"""The typefaces of the PDFs: free ones, or an office's licensed ones named in mkdocs.yml.

GB/T 9704—2012 asks for 小标宋, 黑体, 楷体 and 仿宋. None of them is free, so Noto CJK and 文鼎PL简中楷 stand
in; an office that owns the real ones installs them and names them under `extra.print.fonts`.
"""

from __future__ import annotations

import functools
import hashlib
import re
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from site_builder.finding import Finding
from site_builder.shape import key, read
from site_builder.yaml_file import Table, read_yaml

FILE = "mkdocs.yml"
THEME = Path(__file__).resolve().parents[2] / "themes" / "print" / "print.css"
SERIF, SANS, MONO = "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC"
SYMBOLS = "DejaVu Sans"  # ☑ and ✓ of forms, which Chinese fonts seldom have
STAND_INS = {
    "仿宋": (SERIF, SYMBOLS),
    "小标宋": (SERIF, SYMBOLS),
    "楷体": ("AR PL KaitiM GB", SERIF, SYMBOLS),
    "黑体": (SANS, SYMBOLS),
    "宋体": (SERIF, SYMBOLS),
    "等宽": (MONO, SYMBOLS),
    "异体": (MONO, SYMBOLS),  # where a character must not share a glyph with its look-alike
}
NAMED = re.compile(r'"(仿宋|小标宋|楷体|黑体|宋体|等宽|异体)"(; font-weight: bold)?')


@dataclass(frozen=True)
class Fonts:
    """The families an office has licensed, as `fc-list : family` prints them; an empty one has its
    free stand-in."""

    仿宋: str = key("仿宋", default="")
    小标宋: str = key("小标宋", default="")
    楷体: str = key("楷体", default="")
    黑体: str = key("黑体", default="")
    宋体: str = key("宋体", default="")

    def stack(self, face: str) -> tuple[str, ...]:
        """The families for `face` in the order of preference; the free ones close every gap."""
        licensed = getattr(self, face, "")
        return (str(licensed), *STAND_INS[face]) if licensed else STAND_INS[face]

    def families(self) -> frozenset[str]:
        """Every family that a page may be set in."""
        return frozenset(name for face in STAND_INS for name in self.stack(face))

    def into(self, css: str) -> str:
        """`css` with the names of faces replaced by families.

        The stand-ins are bold where the real face is heavy by itself: there its weight is normal.
        """

        def put(match: re.Match[str]) -> str:
            face, bold = match[1], match[2] or ""
            if bold and getattr(self, face, ""):
                bold = "; font-weight: normal"
            return ", ".join(_string(name) for name in self.stack(face)) + bold

        return NAMED.sub(put, css)


FREE = Fonts()


def _string(name: str) -> str:
    """A name as CSS quotes it."""
    return '"' + re.sub(r'(["\\\n])', r"\\\1", name) + '"'


@dataclass(frozen=True)
class _Print:
    fonts: Fonts = key("fonts", Fonts, default=FREE)


def read_fonts(root: Path, found: list[Finding]) -> Fonts:
    """`extra.print.fonts` of mkdocs.yml; findings only for what stands there."""
    path = root / FILE
    table = read_yaml(path, FILE, []) if path.exists() else None
    extra = table.of("extra") if table is not None else None
    setting = extra.of("print") if isinstance(extra, Table) else None
    if setting is None or setting == "":
        return FREE
    made = read(_Print, setting, found)
    return FREE if made is None else made.fonts


def missing(fonts: Fonts) -> tuple[str, ...]:
    """The families that are not installed on this machine."""
    known = set(_listed().replace("\n", ",").split(","))
    return tuple(sorted(name for name in fonts.families() if name not in known))


@functools.lru_cache(maxsize=1)
def _listed() -> str:
    return _fontconfig("fc-list", ":", "family").replace("\\-", "-").replace("\\ ", " ")


@functools.lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """The characters that every free face has; listed in glyphs.txt, for a check asks no machine."""
    return frozenset(chr(code) for first, last in _ranges() for code in range(first, last + 1))


@functools.lru_cache(maxsize=1)
def uncovered() -> re.Pattern[str]:
    """Finds every character that is not `covered` and is no white space."""
    ranges = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _ranges())
    return re.compile(f"[^\\s{ranges}]")


def _ranges() -> list[tuple[int, int]]:
    listed = Path(__file__).with_name("glyphs.txt").read_text("ascii").split()
    pairs = [one.partition("-")[::2] for one in listed]
    return [(int(first, 16), int(last or first, 16)) for first, last in pairs]


def font_file(name: str, bold: bool = False) -> tuple[Path, int]:
    """The file of a family's face that fontconfig takes, and its place in a collection."""
    style = ":bold" if bold else ":weight=80"
    said = _fontconfig("fc-match", "-f", "%{file}\t%{index}", f"{_quoted(name)}{style}")
    file, _, index = said.partition("\t")
    return Path(file), int(index or 0) & 0xFFFF


@functools.lru_cache(maxsize=8)
def fingerprint(fonts: Fonts) -> str:
    """SHA-256 over the font files that pages are set in: another font, other bytes."""
    digest = hashlib.sha256()
    for name in sorted(fonts.families()):
        for bold in (False, True):
            path, index = font_file(name, bold)
            digest.update(f"{name} {index} {_of_file(path)}\n".encode())
    return digest.hexdigest()


def packages() -> str:
    """The packages that set a PDF, with their versions."""
    return f"{version('weasyprint')} {version('pydyf')}"


def set_with(fonts: Fonts) -> str:
    """SHA-256 of all that every PDF is set with, whatever its report: theme, fonts, packages."""
    said = f"{packages()} {fingerprint(fonts)} {THEME.read_text('utf-8')}"
    return hashlib.sha256(said.encode()).hexdigest()


@functools.lru_cache(maxsize=32)
def _of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quoted(name: str) -> str:
    return re.sub(r"([-:,\\])", r"\\\1", name)


def _fontconfig(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
