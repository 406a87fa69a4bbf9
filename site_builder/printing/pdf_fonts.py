"""One subset of each font in a merged PDF: WeasyPrint keeps the numbers of the glyphs of the whole font."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_builder.printing.pdf_text import unicode_map

EM = 1000  # units of widths in a PDF
HEAD = slice(4, 8), slice(20, 36)  # of a font's `head`: its revision, and when it was made


@dataclass(frozen=True)
class Source:
    """A font of this machine, from which the common subset is cut."""

    family: str
    bold: bool
    path: Path
    index: int


@dataclass
class Group:
    """The subsets of one font: their dictionaries, what their glyphs stand for, how wide they are."""

    source: Source
    face: Any
    fonts: list[Any] = field(default_factory=list)
    unicode: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)


def unify(
    pdf: Any, used: Iterable[Any], sources: list[Source], wanted: tuple[str, bool], characters: str
) -> tuple[list[str], Group, dict[str, int]]:
    """One subset for all parts that use the same font, in the font resources `used` of the pages.

    Gives the fonts that had to stay as they were, and the group of the `wanted` one (family, bold)
    with the glyphs of `characters`, which it holds as well.
    """
    groups: dict[tuple[str, bool], Group] = {}
    kept: list[str] = []
    for table in {font_table.objgen: font_table for font_table in used}.values():
        for key in list(table.keys()):
            group = _group_of(table[key], sources, groups)
            if group is None:
                kept.append(str(table[key].BaseFont))
            else:
                _join(group, table[key])
                table[key] = group.fonts[0]
    mine = groups.get(wanted)
    if mine is None:
        raise ValueError(f"no page of the front is set in {wanted[0]}")
    glyphs = _glyphs(mine, characters)
    for group in groups.values():
        _subset(pdf, group)
    return sorted(set(kept)), mine, glyphs


def _group_of(
    font: Any, sources: list[Source], groups: dict[tuple[str, bool], Group]
) -> Group | None:
    """The group of a font; None where this machine has another version of it, or none."""
    import uharfbuzz

    descriptor = font.DescendantFonts[0].FontDescriptor
    place = str(descriptor.FontFamily), str(font.BaseFont).endswith("Bold")
    group = groups.get(place)
    if group is None:
        source = next((one for one in sources if (one.family, one.bold) == place), None)
        if source is None:
            return None
        blob = uharfbuzz.Blob.from_file_path(str(source.path))
        group = Group(source, uharfbuzz.Face(blob, source.index))
    program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
    mine = bytes(uharfbuzz.Face(program.read_bytes()).reference_table("head").data)
    theirs = bytes(group.face.reference_table("head").data)
    if any(mine[part] != theirs[part] for part in HEAD):
        return None
    groups[place] = group
    return group


def _join(group: Group, font: Any) -> None:
    if any(font.objgen == one.objgen for one in group.fonts):
        return
    group.fonts.append(font)
    for glyph, words in unicode_map(font.ToUnicode.read_bytes()).items():
        if group.unicode.setdefault(glyph, words) != words:
            raise ValueError(f"glyph {glyph} is {words} in one part, {group.unicode[glyph]} before")
    for start, widths in pairs(font.DescendantFonts[0].W):
        group.widths.update(enumerate((int(width) for width in widths), int(start)))


def _glyphs(group: Group, characters: str) -> dict[str, int]:
    """The glyphs of `characters`, which the group shall hold as well."""
    import uharfbuzz

    font, upem = uharfbuzz.Font(group.face), group.face.upem
    found = {}
    for character in dict.fromkeys(characters):
        glyph = found[character] = font.get_nominal_glyph(ord(character))
        group.unicode.setdefault(glyph, character)
        advance = font.get_glyph_h_advance(glyph)
        group.widths.setdefault(glyph, (2 * advance * EM + upem) // (2 * upem))
    return found


def _subset(pdf: Any, group: Group) -> None:
    """Cut one font program for the group and put it behind its first dictionary."""
    import uharfbuzz
    from pikepdf import Array, Name

    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update({0, *group.unicode})
    wanted.flags = (
        uharfbuzz.SubsetFlags.RETAIN_GIDS
        | uharfbuzz.SubsetFlags.NO_HINTING
        | uharfbuzz.SubsetFlags.DESUBROUTINIZE
        | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    )
    for tag in ("BASE", "DSIG", "GPOS", "GSUB", "GDEF", "vhea", "vmtx", "VORG"):
        wanted.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
    program = bytes(uharfbuzz.subset(group.face, wanted).blob.data)
    stream = pdf.make_stream(program)
    font = group.fonts[0]
    descriptor = font.DescendantFonts[0].FontDescriptor
    if "/FontFile3" in descriptor:
        stream.Subtype = Name.OpenType
        descriptor.FontFile3 = stream
    else:
        stream.Length1 = len(program)
        descriptor.FontFile2 = stream
    widths: list[Any] = []
    for glyph in sorted(group.widths):
        if glyph - 1 not in group.widths:
            widths += [glyph, []]
        widths[-1].append(group.widths[glyph])
    font.DescendantFonts[0].W = Array(
        Array(one) if isinstance(one, list) else one for one in widths
    )
    font.ToUnicode = pdf.make_stream(_cmap(group.unicode))


def _cmap(unicode: dict[int, str]) -> bytes:
    """A ToUnicode map, a hundred glyphs a section (ISO 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
    ]  # fmt: skip
    glyphs = sorted(unicode)
    for start in range(0, len(glyphs), 100):
        some = glyphs[start : start + 100]
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{one:04x}> <{unicode[one].encode('utf-16-be').hex()}>" for one in some]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()


def pairs(flat: Any) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a tree, which hold them one after the other."""
    items = list(flat)
    return zip(items[::2], items[1::2], strict=True)
