"""The words of a PDF as its structure tree gives them, and whether they are those of the HTML.

Both sides are cut into blocks: the words between one boundary of paragraphs, cells, items or
headings and the next. White space is dropped, for lines are broken anew.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any

FOLIO = "\0"  # in the HTML's blocks: a page number that only the setting knows
INLINE_ROLES = frozenset(("/Link", "/Span", "/Reference"))
INLINE_TAGS = frozenset((
    "a", "b", "code", "del", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u",
    "br", "wbr", "g", "text", "tspan", "path", "rect", "line", "circle", "polyline", "polygon",
))  # fmt: skip
UNSEEN_TAGS = frozenset(("head", "style", "script", "title", "desc"))
SPACE = re.compile(r"\s+")
ONE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
SECTION = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)


# -- of HTML -----------------------------------------------------------------------------------


class _Blocks(HTMLParser):
    """Collects the blocks of a document that `print_page` made."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[str] = []
        self.words: list[str] = []
        self.unseen = 0
        self.open: list[tuple[str, list[int] | None]] = []  # of lists: the number of the last item

    def flush(self) -> None:
        if block := SPACE.sub("", "".join(self.words)):
            self.done.append(block)
        self.words = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN_TAGS
        if tag not in INLINE_TAGS and tag not in UNSEEN_TAGS:
            self.flush()
        given = dict(attrs)
        if tag in ("ul", "ol", "nav"):
            # A list with a class of its own has no signs (print.css), nor have the contents.
            bare = "class" not in given and all(name != "nav" for name, _ in self.open)
            start = int(given.get("start") or 1) - 1
            self.open.append((tag, [start] if bare and tag != "nav" else None))
        elif tag == "li" and self.open and (count := self.open[-1][1]) is not None:
            count[0] += 1
            sign = f"{count[0]}." if self.open[-1][0] == "ol" else "•◦▪"[min(len(self.open), 3) - 1]
            self.words.append(sign)
            self.flush()
        if given.get("class") == "folio":
            self.words.append(FOLIO)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN_TAGS
        if tag not in INLINE_TAGS and tag not in UNSEEN_TAGS:
            self.flush()
        if tag in ("ul", "ol", "nav"):
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)


def html_blocks(html: str) -> list[str]:
    """The blocks of a document, in order; FOLIO stands where a page number will be."""
    parser = _Blocks()
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.done


# -- of a PDF ----------------------------------------------------------------------------------


def pdf_blocks(made: bytes) -> list[str]:
    """The blocks of a tagged PDF, in the order of its structure tree."""
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        reader = _Reader()
        reader.read(pdf.Root.StructTreeRoot, None)
        reader.flush()
        return reader.done


class _Reader:
    """Walks a structure tree; keeps the text of each page by content number."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.words: list[str] = []
        self.pages: dict[Any, dict[int, str]] = {}
        self.fonts: dict[Any, dict[int, str]] = {}

    def flush(self) -> None:
        if block := SPACE.sub("", "".join(self.words)):
            self.done.append(block)
        self.words = []

    def read(self, element: Any, page: Any) -> None:
        import pikepdf

        inline = str(element.get("/S", "")) in INLINE_ROLES
        page = element.get("/Pg", page)
        if not inline:
            self.flush()
        kids = element.get("/K", ())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                self.words.append(self._text(page).get(kid, ""))
            elif kid.get("/Type") == "/MCR":
                self.words.append(self._text(kid.Pg).get(int(kid.MCID), ""))
            elif kid.get("/Type") != "/OBJR":
                self.read(kid, page)
        if not inline:
            self.flush()

    def _text(self, page: Any) -> dict[int, str]:
        if page.objgen not in self.pages:
            self.pages[page.objgen] = dict(self._content(page))
        return self.pages[page.objgen]

    def _content(self, page: Any) -> Iterator[tuple[int, str]]:
        """Content numbers of a page and their texts."""
        text: dict[int, list[str]] = {}
        self._read_stream(page, page.Resources, text, [])
        return ((number, "".join(words)) for number, words in text.items())

    def _read_stream(
        self, stream: Any, resources: Any, text: dict[int, list[str]], within: list[int | None]
    ) -> None:
        """Read a page or a form inside of it; `within` are the content numbers around it."""
        import pikepdf

        to_unicode: dict[int, str] = {}
        for one in pikepdf.parse_content_stream(stream, "BDC BMC EMC Tf Tj TJ Do"):
            operands, name = one.operands, str(one.operator)
            if name == "BDC":
                number = operands[1].get("/MCID")
                within.append(None if number is None else int(number))
            elif name == "BMC":
                within.append(within[-1] if within else None)
            elif name == "EMC":
                within.pop()
            elif name == "Tf":
                to_unicode = self._font(resources.Font[str(operands[0])])
            elif not within or within[-1] is None:
                continue
            elif name == "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    self._read_stream(form, form.get("/Resources", resources), text, [within[-1]])
            else:
                shown = operands[0] if name == "TJ" else operands
                for piece in shown:
                    if isinstance(piece, pikepdf.String):
                        glyphs = bytes(piece)
                        text.setdefault(within[-1], []).extend(
                            to_unicode.get(int.from_bytes(glyphs[i : i + 2], "big"), "\ufffd")
                            for i in range(0, len(glyphs), 2)
                        )

    def _font(self, font: Any) -> dict[int, str]:
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = unicode_map(font.ToUnicode.read_bytes())
        return self.fonts[font.objgen]


def unicode_map(cmap: bytes) -> dict[int, str]:
    """What each glyph of a font stands for, from its ToUnicode map."""
    return {
        int(glyph, 16): bytes.fromhex(words.decode()).decode("utf-16-be")
        for section in SECTION.findall(cmap)
        for glyph, words in ONE.findall(section)
    }


# -- compared ----------------------------------------------------------------------------------


def text_differs(html: str, made: bytes) -> str:
    """The first block that the PDF does not give back as the HTML has it; empty when all are equal."""
    for wanted, found in zip_longest(html_blocks(html), pdf_blocks(made), fillvalue=""):
        if wanted == found:
            continue
        before, folio, after = wanted.partition(FOLIO)
        number = found.removeprefix(before).removesuffix(after)
        if folio and found.startswith(before) and number.isascii() and number.isdigit():
            continue
        return f"“{wanted}” → “{found}”"
    return ""
