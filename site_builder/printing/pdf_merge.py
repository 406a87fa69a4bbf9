"""Finished PDFs in one: pages, structure, links, bookmarks, attachments, and one subset of each font.

Nothing is set again, so a yearbook costs a fraction of its reports. WeasyPrint keeps the numbers
of the glyphs of the whole font, which is why subsets of the same font can be replaced by one that
holds the glyphs of all.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_builder.printing.pdf_text import unicode_map

FOLIO_SIZE = 9  # points
FOLIO_HEIGHT = 45  # points above the lower edge of the page
EM = 1000  # units of widths in a PDF
HEAD = slice(4, 8), slice(20, 36)  # of a font's `head`: its revision, and when it was made


@dataclass(frozen=True)
class Source:
    """A font of this machine, from which the common subset is cut."""

    family: str
    bold: bool
    path: Path
    index: int


@dataclass(frozen=True)
class Merged:
    """The merged file, and the fonts that had to stay as they were (another version of them)."""

    content: bytes
    pages: int
    kept_fonts: tuple[str, ...]


def page_count(made: bytes) -> int:
    """The pages of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)


def merge(
    front: bytes,
    parts: Sequence[bytes],
    fonts: Iterable[Source],
    folio: tuple[str, str],
    folio_family: str,
) -> Merged:
    """`front` and the `parts`, each behind a page of its own; the same bytes for the same input.

    The last pages of `front` are those that go before the parts, one each; its last structure
    elements are theirs. `folio` are the words before and after the number that every page but
    the first gets at its foot, in the regular face of `folio_family`. All files must be made by
    `typesetting.pdf_of`, with ids that differ from part to part.
    """
    import pikepdf

    book = _Book(pikepdf.new())
    first = book.opened(front)
    rest = len(first.pages) - len(parts)
    for page in range(rest):
        book.add_pages(first, page)
    for number, part in enumerate(parts):
        book.add_pages(first, rest + number)
        whole = book.opened(part)
        book.add_pages(whole, *range(len(whole.pages)))
    for number, source in enumerate(book.sources):
        book.take_over(source, f"p{number}-")
    book.build_structure(len(parts))
    kept = _unify(book, list(fonts), folio, folio_family)
    book.finish()
    out = io.BytesIO()
    book.pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return Merged(out.getvalue(), len(book.pages), tuple(kept))


@dataclass
class _Book:
    """The file in the making."""

    pdf: Any
    sources: list[Any] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)
    own: dict[int, list[Any]] = field(default_factory=dict)  # pages by the place of their source
    documents: list[Any] = field(default_factory=list)
    numbers: list[tuple[int, Any]] = field(default_factory=list)  # of the parent tree
    ids: dict[bytes, Any] = field(default_factory=dict)
    goals: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    bookmarks: list[Any] = field(default_factory=list)
    next_key: int = 0

    def opened(self, made: bytes) -> Any:
        import pikepdf

        self.sources.append(pikepdf.open(io.BytesIO(made)))
        return self.sources[-1]

    def add_pages(self, source: Any, *places: int) -> None:
        mine = self.own.setdefault(self.sources.index(source), [])
        for place in places:
            self.pdf.pages.append(source.pages[place])
            page = self.pdf.pages[-1].obj
            self.pages.append(page)
            mine.append(page)

    def take_over(self, source: Any, prefix: str) -> None:
        """Structure, ids, goals of links, bookmarks and attachments of one file."""
        from pikepdf import Array, Dictionary, Name

        root = source.Root
        wanted = Dictionary(Tree=root.StructTreeRoot, Marks=root.Outlines, Names=root.Names)
        taken = self.pdf.copy_foreign(source.make_indirect(wanted))
        if not self.documents:
            self.pdf.Root.OutputIntents = self.pdf.copy_foreign(
                source.make_indirect(root.OutputIntents)
            )
            self.pdf.Root.Metadata = self.pdf.copy_foreign(root.Metadata)
            self.pdf.Root.Lang = root.Lang
            for name, value in source.docinfo.items():
                self.pdf.docinfo[name] = value
        for page in self.own[self.sources.index(source)]:
            page.StructParents = int(page.StructParents) + self.next_key
            for link in page.get("/Annots", ()):
                link.StructParent = int(link.StructParent) + self.next_key
                if "/Dest" in link:
                    link.Dest = _string(prefix + str(link.Dest))
        keys = list(_pairs(taken.Tree.ParentTree.Nums))
        self.numbers += [(int(key) + self.next_key, owner) for key, owner in keys]
        self.next_key += 1 + max(int(key) for key, _ in keys)
        for id_, element in _pairs(taken.Tree.get("/IDTree", Dictionary()).get("/Names", ())):
            if self.ids.setdefault(bytes(id_), element) is not element:
                raise ValueError(f"two parts have the id {id_}")
        goals = taken.Names.get("/Dests", Dictionary()).get("/Names", Array())
        self.goals.update((prefix + str(name), goal) for name, goal in _pairs(goals))
        files = taken.Names.get("/EmbeddedFiles", Dictionary()).get("/Names", Array())
        for name, file in _pairs(files):
            if self.files.setdefault(str(name), file) is not file:
                raise ValueError(f"two parts hold a file {name}")
        self.documents.append(taken.Tree.K[0])
        mark = taken.Marks.get(Name.First)
        while mark is not None:
            self.bookmarks.append(mark)
            mark = mark.get(Name.Next)

    def build_structure(self, parts: int) -> None:
        """One document: the front, then for each part its dividing page and its content."""
        from pikepdf import Array, Dictionary, Name

        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        front, *rest = self.documents
        kids = list(front.K)
        front.K = Array(kids[: len(kids) - parts])
        for divider, document in zip(kids[len(kids) - parts :], rest, strict=True):
            divider.P = document
            document.K.insert(0, divider)
        for document in self.documents:
            document.S, document.P = Name.Part, top
        top.K = Array(self.documents)
        root.K = Array([top])
        self.numbers.sort(key=lambda pair: pair[0])
        numbers = Array(one for pair in self.numbers for one in pair)
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = self.next_key
        if self.ids:
            named = [one for id_ in sorted(self.ids) for one in (_string(id_), self.ids[id_])]
            root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(named)))
        self.pdf.Root.StructTreeRoot = root

    def finish(self) -> None:
        """What the catalogue needs; one colour profile for all."""
        from pikepdf import Array, Dictionary, Name

        root = self.pdf.Root
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        names = Dictionary()
        names.Dests = _names(self.goals)
        if self.files:
            names.EmbeddedFiles = _names(self.files)
            root.AF = Array(self.files[name] for name in sorted(self.files))
        root.Names = names
        marks = self.pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(self.bookmarks)))
        for before, mark in zip((None, *self.bookmarks), self.bookmarks, strict=False):
            mark.Parent = marks
            if Name.Next in mark:
                del mark.Next
            if before is not None:
                before.Next, mark.Prev = mark, before
        marks.First, marks.Last = self.bookmarks[0], self.bookmarks[-1]
        root.Outlines = marks
        self._share_profile()

    def _share_profile(self) -> None:
        profile = self.pdf.Root.OutputIntents[0].DestOutputProfile
        raw = profile.read_raw_bytes()
        for resources in {page.Resources.objgen: page.Resources for page in self.pages}.values():
            for space in resources.get("/ColorSpace", {}).values():
                if str(space[0]) == "/ICCBased" and space[1].read_raw_bytes() == raw:
                    space[1] = profile


def _string(words: str | bytes) -> Any:
    import pikepdf

    return pikepdf.String(words)


def _pairs(flat: Any) -> Iterator[tuple[Any, Any]]:
    items = list(flat)
    return zip(items[::2], items[1::2], strict=True)


def _names(entries: dict[str, Any]) -> Any:
    """A name tree, sorted as ISO 32000-1 asks: by the bytes of the names."""
    from pikepdf import Array, Dictionary

    written = {bytes(_string(name)): entry for name, entry in entries.items()}
    # An array is filled at once: to extend it copies it.
    return Dictionary(
        Names=Array([one for name in sorted(written) for one in (_string(name), written[name])])
    )


# -- fonts -------------------------------------------------------------------------------------


@dataclass
class _Group:
    """The subsets of one font: their dictionaries, what their glyphs stand for, how wide they are."""

    source: Source
    face: Any
    fonts: list[Any] = field(default_factory=list)
    unicode: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)


def _unify(
    book: _Book, sources: list[Source], folio: tuple[str, str], folio_family: str
) -> list[str]:
    """One subset for all parts that use the same font; prints the folios in one of them."""
    groups: dict[tuple[str, bool], _Group] = {}
    kept: list[str] = []
    tables = {page.Resources.objgen: page.Resources.Font for page in book.pages}
    for table in {font_table.objgen: font_table for font_table in tables.values()}.values():
        for key in list(table.keys()):
            group = _group_of(table[key], sources, groups)
            if group is None:
                kept.append(str(table[key].BaseFont))
            else:
                _join(group, table[key])
                table[key] = group.fonts[0]
    number = groups.get((folio_family, False))
    if number is None:
        raise ValueError(f"no page of the front is set in {folio_family}")
    glyphs = _glyphs(number, "".join(folio) + "0123456789")
    for group in groups.values():
        _subset(book.pdf, group)
    _print_folios(book, number, glyphs, folio)
    return sorted(set(kept))


def _group_of(
    font: Any, sources: list[Source], groups: dict[tuple[str, bool], _Group]
) -> _Group | None:
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
        group = _Group(source, uharfbuzz.Face(blob, source.index))
    program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
    mine = bytes(uharfbuzz.Face(program.read_bytes()).reference_table("head").data)
    theirs = bytes(group.face.reference_table("head").data)
    if any(mine[part] != theirs[part] for part in HEAD):
        return None
    groups[place] = group
    return group


def _join(group: _Group, font: Any) -> None:
    if any(font.objgen == one.objgen for one in group.fonts):
        return
    group.fonts.append(font)
    for glyph, words in unicode_map(font.ToUnicode.read_bytes()).items():
        if group.unicode.setdefault(glyph, words) != words:
            raise ValueError(f"glyph {glyph} is {words} in one part, {group.unicode[glyph]} before")
    for start, widths in _pairs(font.DescendantFonts[0].W):
        group.widths.update(enumerate((int(width) for width in widths), int(start)))


def _glyphs(group: _Group, characters: str) -> dict[str, int]:
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


def _subset(pdf: Any, group: _Group) -> None:
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


def _print_folios(
    book: _Book, group: _Group, glyphs: dict[str, int], folio: tuple[str, str]
) -> None:
    """The number in the whole book at the foot of every page but the first, as an artifact."""
    from pikepdf import Array, Name

    before, after = folio
    saved = book.pdf.make_stream(b"q\n")
    seen = set()
    for number, page in enumerate(book.pages, 1):
        resources = page.Resources
        if resources.Font.objgen not in seen:
            seen.add(resources.Font.objgen)
            resources.Font[Name.Folio] = group.fonts[0]
        if number == 1:
            continue
        words = f"{before}{number}{after}"
        shown = "".join(f"{glyphs[one]:04x}" for one in words)
        width = sum(group.widths[glyphs[one]] for one in words) * FOLIO_SIZE
        left = (int(page.MediaBox[2]) - width // EM) // 2
        content = (
            f"\nQ\n/Artifact <</Type /Pagination>> BDC\nq 0 g BT /Folio {FOLIO_SIZE} Tf "
            f"{left} {FOLIO_HEIGHT} Td <{shown}> Tj ET Q\nEMC\n"
        )
        page.Contents = Array([saved, page.Contents, book.pdf.make_stream(content.encode())])
