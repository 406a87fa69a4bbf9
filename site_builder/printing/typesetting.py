"""One document set as one file that is PDF/A-3a and PDF/UA-1 at once, with its sources attached."""

from __future__ import annotations

import datetime
import functools
import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from site_builder.finding import Words
from site_builder.printing.print_fonts import FREE
from site_builder.printing.print_patches import changed, patched

# WeasyPrint takes half a second to import, so it is imported where a page is set, not here.

VARIANT = "pdf/a-3a"  # archival, tagged; no clock, no randomness in it
# PDF/UA-1 beside PDF/A-3a: its mark, and the description of that mark that PDF/A asks for.
UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema\
</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/\
</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property>\
<rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal\
</pdfaProperty:category><pdfaProperty:description>part of ISO 14289 followed\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description>
"""
MIME = {
    "yaml": "application/yaml",
    "md": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
}


class PrintError(Exception):
    """A document that could not be set cleanly: its title and what was said of it.

    Own messages are in both languages; those of WeasyPrint are as it says them.
    """

    def __init__(self, title: str, messages: tuple[str | Words, ...]) -> None:
        super().__init__(title, messages)
        self.title = title
        self.messages = messages

    def __str__(self) -> str:
        return f"{self.title}：" + "；".join(self.said("zh"))

    def said(self, lang: str) -> tuple[str, ...]:
        """The messages in `lang`."""
        return tuple(one.plain(lang) if isinstance(one, Words) else one for one in self.messages)


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF; `relationship` is Source or Data (ISO 19005-3, annex E)."""

    name: str
    description: str
    relationship: str
    content: bytes
    date: datetime.date


@dataclass(frozen=True)
class PrintTheme:
    """A stylesheet as WeasyPrint has parsed it, with what it needs to be used again."""

    css: Any
    fonts: Any
    counters: Any


@functools.lru_cache(maxsize=4)
def print_theme(css: str) -> PrintTheme:
    """Parse the stylesheet `css`; PrintError when WeasyPrint does not know all of it."""
    if unknown := changed():
        names = "、".join(unknown)
        raise PrintError(
            "WeasyPrint",
            (
                Words(
                    f"不是本工具所据的 70.0 版，{names} 已不同；请运行 make deps",
                    f"not version 70.0, for which this is written: {names} differ; run make deps",
                ),
            ),
        )
    with _attentive("print.css"):
        from weasyprint import CSS
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        fonts, counters = FontConfiguration(), CounterStyle()
        parsed = CSS(string=css, font_config=fonts, counter_style=counters)
    return PrintTheme(parsed, fonts, counters)


def pdf_of(
    html: str,
    title: str,
    css: str,
    families: Iterable[str] = FREE.families(),
    attached: Sequence[Attached] = (),
) -> bytes:
    """Set the document `html` with the stylesheet `css`, in fonts of `families` only.

    The same arguments and fonts give the same bytes. `title` names the document in a PrintError,
    which is raised for anything that WeasyPrint warns of and for characters that no font has.
    """
    theme = print_theme(css)
    with _attentive(title), patched():
        from weasyprint import HTML

        document = HTML(string=html, url_fetcher=_fetch_nothing()).render(
            stylesheets=[theme.css],
            font_config=theme.fonts,
            counter_style=theme.counters,
            pdf_variant=VARIANT,
        )
        made: bytes = document.write_pdf(
            pdf_variant=VARIANT, attachments=_attachments(attached), finisher=_finish
        )
    if foreign := {font.family for font in document.fonts.values()} - set(families):
        names = "、".join(sorted(foreign))
        said = Words(
            f"有字符不在所用字体里，或字体没有安装（用了 {names}）",
            f"a character is in none of the fonts, or a font is not installed ({names} stood in)",
        )
        raise PrintError(title, (said,))
    return made


def _attachments(attached: Sequence[Attached]) -> list[Any]:
    from weasyprint import Attachment

    return [
        Attachment(
            file_obj=io.BytesIO(one.content),
            name=one.name,
            description=one.description,
            relationship=one.relationship,
            created=(day := _midnight(one.date)),
            modified=day,
        )
        for one in sorted(attached, key=lambda one: one.name)  # a name tree is sorted
    ]


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _fetch_nothing() -> Any:
    """A fetcher for data: addresses only: a report draws nothing from disk or network."""
    from weasyprint import URLFetcher

    return URLFetcher(allowed_protocols=("data",))


def _finish(_document: Any, pdf: Any) -> None:
    """Bookmarks shown, pages numbered as printed, attachments listed once, PDF/UA-1 declared."""
    import pydyf

    catalog = pdf.catalog
    catalog["PageMode"] = "/UseOutlines"
    numbers = pydyf.Dictionary({"S": "/D"})
    catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, numbers])})
    if "AF" in catalog:
        catalog["AF"] = pydyf.Array(dict.fromkeys(catalog["AF"]))  # WeasyPrint lists each twice
    for made in pdf.objects:
        if isinstance(made, dict) and made.get("Type") == "/Filespec":
            name = made["UF"].string
            stream = pdf.objects[int(made["EF"]["F"].split()[0])]
            kind = MIME[name.rpartition(".")[2]].replace("/", "#2f")
            stream.extra["Subtype"] = f"/{kind}"
    metadata = pdf.objects[int(catalog["Metadata"].split()[0])]
    end = b"</rdf:RDF>"
    metadata.stream = [part.replace(end, UA + end) for part in metadata.stream]


class _Listener(logging.Handler):
    """Collects what is said at the level of warnings and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _attentive(title: str) -> Iterator[None]:
    """Turn what WeasyPrint warns of within the block into a PrintError."""
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.heard:
        raise PrintError(title, tuple(dict.fromkeys(listener.heard)))
