"""Finished PDFs in one: pages, structure, links, bookmarks, attachments, and one subset of each font.

Nothing is set again, so a yearbook costs a fraction of its reports. WeasyPrint keeps the numbers
of the glyphs of the whole font, which is why subsets of the same font can be replaced by one that
holds the glyphs of all.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from site_builder.printing.pdf_fonts import EM, Group, Source, pairs, unify

FOLIO_SIZE = 9  # points
FOLIO_HEIGHT = 45  # points above the lower edge of the page


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
    tables = {page.Resources.objgen: page.Resources.Font for page in book.pages}
    kept, face, glyphs = unify(
        book.pdf, tables.values(), list(fonts), (folio_family, False), "".join(folio) + "0123456789"
    )
    _print_folios(book, face, glyphs, folio)
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
        keys = list(pairs(taken.Tree.ParentTree.Nums))
        self.numbers += [(int(key) + self.next_key, owner) for key, owner in keys]
        self.next_key += 1 + max(int(key) for key, _ in keys)
        for id_, element in pairs(taken.Tree.get("/IDTree", Dictionary()).get("/Names", ())):
            if self.ids.setdefault(bytes(id_), element) is not element:
                raise ValueError(f"two parts have the id {id_}")
        goals = taken.Names.get("/Dests", Dictionary()).get("/Names", Array())
        self.goals.update((prefix + str(name), goal) for name, goal in pairs(goals))
        files = taken.Names.get("/EmbeddedFiles", Dictionary()).get("/Names", Array())
        for name, file in pairs(files):
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


def _names(entries: dict[str, Any]) -> Any:
    """A name tree, sorted as ISO 32000-1 asks: by the bytes of the names."""
    from pikepdf import Array, Dictionary

    written = {bytes(_string(name)): entry for name, entry in entries.items()}
    # An array is filled at once: to extend it copies it.
    return Dictionary(
        Names=Array([one for name in sorted(written) for one in (_string(name), written[name])])
    )


def _print_folios(
    book: _Book, group: Group, glyphs: dict[str, int], folio: tuple[str, str]
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
