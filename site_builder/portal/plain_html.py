"""Finished HTML made plain, for pasting into another system: no class, no script, nothing that needs a style.

What a content management system keeps stays: headings, paragraphs, lists, tables with border,
caption and merged cells, emphasis, links out and to attachments. Links within the page lose
their target and become words, and a paragraph that was nothing but such a link goes; drawings
are left out, their figures stand in the tables.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from html.parser import HTMLParser

KEPT = frozenset((
    "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "strong", "em", "sup", "sub", "code", "pre",
))  # fmt: skip
EMPTY = frozenset(["br", "hr", "col", "img", "input", "link", "meta", "source", "wbr"])
DROPPED = frozenset(
    [
        "figure",
        "svg",
        "script",
        "style",
        "form",
        "button",
        "nav",
        "template",
        "colgroup",
        "noscript",
    ]
)
ATTRIBUTES = {"th": ("scope", "colspan", "rowspan"), "td": ("colspan", "rowspan"), "ol": ("start",)}
TABLE = '<table border="1" cellspacing="0" cellpadding="4">'
# A list of terms is a table of two columns: not every system keeps <dl>.
TERMS = {
    "dl": (TABLE, "</table>"),
    "dt": ('<tr><th scope="row">', "</th>"),
    "dd": ("<td>", "</td></tr>"),
}


def plain_html(html: str, attachments: Collection[str] = ()) -> str:
    """`html` made plain; links to `attachments` (file names) stay, as do links to other sites."""
    parser = _Plain(attachments)
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


class _Plain(HTMLParser):
    """Writes what is kept as it passes; `skipping` counts open elements below a dropped one."""

    def __init__(self, attachments: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.attachments = attachments
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []  # open elements, and what closes each in the output
        self.skipping = 0
        self.lost = 0  # open links whose target is lost
        self.paragraph = 0  # where the open paragraph begins in the output
        self.spoke = False  # has it words of its own, outside such links?

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in EMPTY:
            if tag in ("br", "hr") and not self.skipping:
                self.out.append(f"<{tag}>")
            return
        unseen = "vh" in given.get("class", "").split() or "hidden" in given
        if self.skipping or tag in DROPPED or unseen:
            self.skipping += 1
            self.open.append((tag, ""))
            return
        begin, end = self._written(tag, given)
        if tag == "p":
            self.paragraph, self.spoke = len(self.out), False
        lost = tag == "a" and not begin
        self.lost += lost
        classes = given.get("class", "").split()
        if lost and "fm" in classes:  # the number of a finding, right behind a figure
            begin, end = "［", "］"
        elif tag == "span" and "what" in classes:
            end = "："
        if tag == "span" and classes and "u" not in classes and self._touches():
            self.out.append(" ")  # styles kept it apart from the words before
        self.out.append(begin)
        self.open.append((tag, end))

    def _written(self, tag: str, given: dict[str, str]) -> tuple[str, str]:
        """What opens and what closes an element in the output."""
        if tag == "table":
            return TABLE, "</table>"
        if tag in TERMS:
            return TERMS[tag]
        if tag == "a":
            target = given.get("href", "")
            if target.startswith(("https://", "http://", "mailto:")) or target in self.attachments:
                return f'<a href="{escape(target)}">', "</a>"
            return "", ""
        if tag not in KEPT:
            return "", ""
        said = "".join(
            f' {name}="{escape(given[name])}"' for name in ATTRIBUTES.get(tag, ()) if name in given
        )
        return f"<{tag}{said}>", f"</{tag}>"

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _ in self.open}:
            return
        while True:
            name, end = self.open.pop()
            if self.skipping:
                self.skipping -= 1
            else:
                self.lost -= name == "a" and end != "</a>"
                self.out.append(end)
                if name == "p" and not self.spoke:
                    del self.out[self.paragraph :]
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.spoke = self.spoke or (not self.lost and bool(data.strip()))
            self.out.append(escape(data, quote=False))

    def _touches(self) -> bool:
        """Do words stand right before?"""
        before = next((words for words in reversed(self.out) if words), "")
        return bool(before) and not before.startswith("<") and not before[-1].isspace()
