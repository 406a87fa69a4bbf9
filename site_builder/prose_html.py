"""A report's narrative as HTML: Python-Markdown with raw HTML off, linked figures led to their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import quote
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from site_builder.forms import address_of, sentence_address
from site_builder.library import Disclosure
from site_builder.prose import LINK, SCHEME, Section
from site_builder.report import Cell
from site_builder.tables import Marks, View, mark_html, own_link

CELL_LINK = re.compile(r"\[([^\[\]\n\\`*_<>&!]+)\]\((#[^\s()<>&\"'*_`\\]+)\)")
STRONG = re.compile(r"\*\*(?![\s*])([^*\n]*[^\s*])\*\*(?!\*)")
BOLD = r"<strong>\1</strong>"
ITEM = re.compile(r"(?:1\. |- )\S.*(?:\n(?:[0-9]+\. |- )\S.*)*")
ITEM_SIGN = re.compile(r"^(?:[0-9]+\.|-) (.*)$", re.M)
# Lines that are items to their author and none to Markdown: 1.第一, （2）第二, • 第三, -第四
OWN_LINE = re.compile(
    r"(?<=[^\s])\n(?=-[^\s-]|[0-9]{1,2}(?:[.．)](?![\s0-9])|[、）])|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[•·●◆■①-⑳])"
)
# Anything that Markdown may take for more than words of a paragraph, bold words apart.
MARKED = re.compile(
    r"[\\`*_\[\]<>&!\x00-\x09\x0b-\x1f]|^(?: |#|[-+=]|[0-9]+[.)])| $|\n{3}|\A\n|\n\Z", re.M
)


class _SafeLinks(Treeprocessor):
    """Links that lead nowhere a reader may be sent become plain words, however they were written."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target = re.sub(r"[\x00-\x20]", "", unescape(link.get("href", "")))
            scheme = SCHEME.match(target)
            if target.startswith(("/", "\\")) or (
                scheme and scheme[1].lower() not in ("http", "https", "mailto")
            ):
                del link.attrib["href"]


def converter() -> markdown.Markdown:
    """A Markdown converter for untrusted words: HTML in them is shown, not run."""
    made = markdown.Markdown(extensions=["sane_lists"], output_format="html")
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    made.inlinePatterns.deregister("image_link")
    made.inlinePatterns.deregister("image_reference")
    made.inlinePatterns.deregister("autolink")
    made.inlinePatterns.deregister("automail")
    made.treeprocessors.register(_SafeLinks(made), "safe-links", 0)
    return made


def narrative_html(
    disclosure: Disclosure,
    view: View,
    converter_: markdown.Markdown,
    below: Mapping[str, str],
) -> str:
    """All sections; a linked figure leads to its cell and carries the numbers of its findings.

    `below` is HTML put under a section, by the section's id: findings that have no mark of theirs.

    Headings keep their order and get the ids of their sections; the first level becomes <h3>.
    """
    sections = disclosure.narrative.sections
    top = min((s.level for s in sections if s.level), default=2)
    targets = {link.target: cell for link, cell in disclosure.links}
    return "".join(
        _heading(section, top, view)
        + section_html(section, targets, view.marks, converter_)
        + below.get(section.id, "")
        for section in sections
    )


def _heading(section: Section, top: int, view: View) -> str:
    if not section.title:  # words before the first heading: an anchor without one
        return f'<span id="{section.id}"></span>'
    level = min(6, section.level - top + 3)
    return f'<h{level} id="{section.id}">{own_link(section.id, escape(section.title), view)}</h{level}>'


def section_html(
    section: Section,
    targets: dict[str, Cell | None],
    marks: Marks,
    converter_: markdown.Markdown,
) -> str:
    """One section without its heading; what its author wrote as items of a list keeps its lines."""
    marked: dict[str, str] = {}  # a mark is HTML; a private-use token carries it past Markdown

    def lead(match: re.Match[str]) -> str:
        words, target = match[1], match[2]
        if not target.startswith("#"):
            return match[0]
        if target[1:] not in targets:  # a finding of reading: it leads nowhere
            return words
        name = address_of(target[1:])
        cell = targets[target[1:]]
        token = ""
        if cell is not None and (mark := mark_html(sentence_address(words, target[1:]), marks)):
            token = f"\ue000{len(marked)}\ue001"
            marked[token] = mark
        return f"[{words}](#{quote(cell.address if cell is not None else name)}){token}"

    words = OWN_LINE.sub("  \n", LINK.sub(lead, section.markdown))  # two spaces end a line
    html = plain_html(words)
    if html is None:
        html = converter_.reset().convert(words)
    for token, mark in marked.items():
        html = html.replace(token, mark)
    return html


def plain_html(words: str) -> str | None:
    """Paragraphs and short lists with bold words and links to cells, as Python-Markdown makes them.

    None when there is more in them. Most of a report is of this kind, and Markdown takes long.
    """
    if "\n\n\n" in words or words != words.strip("\n"):
        return None
    links: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        links.append(f'<a href="{match[2]}">{match[1]}</a>')
        return "\ue002"

    out = []
    before = ""
    for block in CELL_LINK.sub(put_by, words).split("\n\n") if words else ():
        made = _block(block)
        if made is None or made[:3] == before[:3] != "<p>":
            return None  # two lists in a row are one to Markdown
        out.append(made)
        before = made
    parts = "\n".join(out).split("\ue002")
    if len(parts) != len(links) + 1:
        return None
    return parts[0] + "".join(link + part for link, part in zip(links, parts[1:], strict=True))


def _block(block: str) -> str | None:
    """A paragraph, or a list whose items have one line each; None for anything else."""
    if ITEM.fullmatch(block):
        signs = {line[0] == "-" for line in block.split("\n")}
        items = ITEM_SIGN.sub(r"\1", block)
        if len(signs) > 1 or MARKED.search(STRONG.sub("", items)):
            return None
        kind = "ul" if signs == {True} else "ol"
        items = STRONG.sub(BOLD, items).replace("\n", "</li>\n<li>")
        return f"<{kind}>\n<li>{items}</li>\n</{kind}>"
    if MARKED.search(STRONG.sub("\ue003", block)):
        return None
    return "<p>" + STRONG.sub(BOLD, block) + "</p>"
