"""The fonts of the PDFs: free ones by default, an office's own by setting, and what they hold."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from site_builder.finding import Finding
from site_builder.printing import pdf
from site_builder.printing.print_fonts import (
    FREE,
    SANS,
    SERIF,
    SYMBOLS,
    Fonts,
    covered,
    fingerprint,
    font_file,
    missing,
    read_fonts,
)

THEME = pdf.THEME.read_text("utf-8")


def listed(characters: set[int]) -> str:
    """Ranges as glyphs.txt has them, twelve a line."""
    ranges: list[list[int]] = []
    for one in sorted(characters):
        if ranges and ranges[-1][1] == one - 1:
            ranges[-1][1] = one
        else:
            ranges.append([one, one])
    words = [f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in ranges]
    return "".join(" ".join(words[n : n + 12]) + "\n" for n in range(0, len(words), 12))


def characters(family: str, bold: bool) -> set[int]:
    path, index = font_file(family, bold)
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return set(font.getBestCmap())


def plain(character: str) -> bool:
    """Set as it is written: not joined to its neighbour, not from right to left, not invisible."""
    joined = unicodedata.category(character)[0] == "M"
    leftwards = unicodedata.bidirectional(character) in ("R", "AL")
    return character.isprintable() and not joined and not leftwards


@pytest.mark.pdf
def test_the_list_of_characters_is_that_of_the_fonts() -> None:
    """With another version of the fonts: write `wanted` into site_builder/glyphs.txt."""
    common: set[int] = set()
    for bold in (False, True):
        serif, sans, symbols = (characters(name, bold) for name in (SERIF, SANS, SYMBOLS))
        has = (serif & sans) | symbols
        common = has & common if bold else has
    wanted = listed({one for one in common if plain(chr(one))})
    assert (Path(pdf.__file__).parent / "glyphs.txt").read_text("ascii") == wanted


def test_ordinary_and_rare_characters_are_covered() -> None:
    assert set("鸬鹚汨䶮㎡½“”—≧①⑩㈠、。％〔〕〇½™√●→☑✓0.99") <= covered()
    assert not set("👍\ue123\ufe0f") & covered()


def test_faces_become_free_families_by_default() -> None:
    css = FREE.into('h2 { font-family: "小标宋"; font-weight: bold } h4 { font-family: "楷体" }')
    assert css == (
        'h2 { font-family: "Noto Serif CJK SC", "DejaVu Sans"; font-weight: bold } '
        'h4 { font-family: "AR PL KaitiM GB", "Noto Serif CJK SC", "DejaVu Sans" }'
    )
    rules = re.sub(r"/\*.*?\*/", "", FREE.into(THEME), flags=re.S)
    assert not re.search("[\u4e00-\u9fff]", rules)


def test_licensed_fonts_come_first_and_are_not_made_bold() -> None:
    fonts = Fonts(小标宋="FZXiaoBiaoSong-B05S", 仿宋="仿宋_GB2312")
    css = fonts.into('h2 { font-family: "小标宋"; font-weight: bold } p { font-family: "仿宋" }')
    assert css == (
        'h2 { font-family: "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "DejaVu Sans"; font-weight: normal } '
        'p { font-family: "仿宋_GB2312", "Noto Serif CJK SC", "DejaVu Sans" }'
    )
    assert {"FZXiaoBiaoSong-B05S", "仿宋_GB2312"} <= fonts.families()


def test_a_name_cannot_leave_its_quotes() -> None:
    css = Fonts(仿宋='x"; } * { color: red').into('p { font-family: "仿宋" }')
    assert css.startswith('p { font-family: "x\\"; } * { color: red", ')


def read(tmp_path: Path, extra: str) -> tuple[Fonts, list[str]]:
    found: list[Finding] = []
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nextra:\n{extra}", "utf-8")
    fonts = read_fonts(tmp_path, found)
    return fonts, [f"{one.at} {one.rule.id}" for one in found]


def test_the_setting_is_read_from_mkdocs_yml(tmp_path: Path) -> None:
    fonts, found = read(tmp_path, "  print:\n    fonts:\n      仿宋: 仿宋_GB2312\n      黑体:\n")
    assert (fonts.仿宋, fonts.黑体, found) == ("仿宋_GB2312", "", [])
    assert read(tmp_path, "  print:\n") == (FREE, [])
    assert read(tmp_path, "  generator: false\n") == (FREE, [])
    (tmp_path / "mkdocs.yml").unlink()
    assert read_fonts(tmp_path, []) == FREE


def test_a_mistake_in_the_setting_has_its_place(tmp_path: Path) -> None:
    assert read(tmp_path, "  print:\n    fonts:\n      仿宗: x\n") == (
        FREE,
        ["mkdocs.yml:5:7 unknown-key"],
    )
    assert read(tmp_path, "  print: [a]\n") == (FREE, ["mkdocs.yml:3:10 not-a-table"])


@pytest.mark.pdf
def test_fonts_that_are_not_installed_are_named() -> None:
    assert missing(FREE) == ()
    assert missing(Fonts(仿宋="没有的字体")) == ("没有的字体",)


@pytest.mark.pdf
def test_another_font_is_another_fingerprint() -> None:
    assert fingerprint(FREE) == fingerprint(Fonts())
    assert fingerprint(FREE) != fingerprint(Fonts(楷体="DejaVu Serif"))
