"""A finished page's words, cut into the sections that search finds: read from the page's own HTML.

What a section holds is what a browser shows of it (tests hold it to the browser's own words), charts
and words for screen readers included; so nothing stands on a page that search does not know, nor the
other way round. Left out are the marks of notes, forms and their buttons, lists of links in a
<nav>, and what carries `data-unsearched`. The HTML is ours, well formed and without `>` in attributes; a few passes of
regular expressions read it, for a page of 60 KB may cost 3 ms.

A section begins at a heading with an id, at a table with a caption, at a chart, and at a list item
with `data-kind`; after the last three, the section around them goes on. `data-kind` on one of these or
on a <section> says its kind. `data-unit` on a table, a chart or a cell says in which unit of money
figures without one of their own are; without it, what stands below them or below their row's or column's
head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from site_builder.page import Page
from site_builder.search.hits import KINDS, Entry, Kind
from site_builder.tokens import BREAK, LABEL, MARKS

# What is left out, each with the letters without which it is not looked for: most pages have none.
DROPPED = (
    *(
        (f"<{tag}", re.compile(rf"<{tag}\b.*?</{tag}>", re.S))
        for tag in [
            "script",
            "style",
            "title",
            "desc",
            "template",
            "nav",
            "form",
            "select",
            "button",
        ]
    ),
    ('class="fm"', re.compile(r'<sup><a class="fm".*?</sup>', re.S)),
    ("<a data-unsearched", re.compile(r"<a data-unsearched.*?</a>", re.S)),
    (" data-unsearched", re.compile(r"<(\w+)[^>]* data-unsearched\b.*?</\1>", re.S)),
    ('class="stop"', re.compile(r'<span class="stop">[^<]*</span>')),
    ("<!--", re.compile(r"<!--.*?-->", re.S)),
)
CONTROL = re.compile(r"[\x7f-\x9f]+")
FRAME = re.compile(r"<(/?)(section|table|caption|figure|figcaption|li|h[1-6])\b([^>]*)>")
ATTRIBUTE = re.compile(r' (id|data-kind|data-unit)="([^"]*)"')
CELL = re.compile(
    r'<(?:td|text)\b([^>]* class="[^"]*\bn\b[^>]*)>\s*(?:<[^>]*>)*([-−+]?[0-9][0-9,.]*)(?=\s*<)'
    r'(?:(?:</a>)?<span class="sub">(亿元|万元|千元|元))?'
)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
SUB = re.compile(r'<span class="sub">([^<]*)</span></th>')
HEAD_SUB = re.compile(r'(<th\b[^>]*>(?:[^<]|<(?!/?t[hd]\b|span class="sub"))*)<span class="sub">')
COLUMN = re.compile(r'<th scope="col".*?</th>', re.S)
NEXT_CELL = re.compile(r"(?=<t[dh]\b)")
CAPTION = re.compile(r'<caption><span[^>]*? id="([^"]*)"')
LINES = re.compile(r"<pre\b.*?</pre>", re.S)
# What begins and ends a line of its own on the page; see themes/site/assets/site.css for the spans.
BLOCK = re.compile(
    r"</?(?:p|div|section|ul|ol|li|dl|dt|dd|thead|tbody|tfoot|tr|td|th|text|blockquote|pre|details"
    r"|summary|figure|figcaption|caption|table|header|footer|nav|aside|address|article|hr|h[1-6])\b[^>]*>"
    r'|<span class="(?:what|beside|sub|vh|of|gap)[^>]*>|<a class="big\b[^>]*>|(?<=</a>) <small>'
)
TAG = re.compile(r"<[^>]*>")
BREAKS = re.compile(f" ?{BREAK}[ {BREAK}]*")


@dataclass(slots=True)
class _Section:
    """A section while it is read."""

    anchor: str
    kind: str
    unit: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def entries_of(page: Page) -> tuple[Entry, ...]:
    """What search finds on a page: the page itself first, then its sections by kind, in their order."""
    sections = _sections(_shown(page.html))
    title = _words(sections[0].heading, "").replace(BREAK, " ") or page.title
    made = []
    for place, section in enumerate(sections):
        heading = _words(section.heading, "").replace(BREAK, " ")
        text = _words(section.text, section.unit)
        if section.kind == "finding" and not heading:
            heading, _, text = text.partition(BREAK)
        if place == 0:
            heading = ""
        elif not heading and not text:
            continue
        url = f"{page.path}#{section.anchor}" if section.anchor else page.path
        kind: Kind = section.kind if section.kind in KINDS else "page"
        made.append(Entry(url, title, heading, kind, page.county, page.town, page.year, text))
    return tuple(made[:1] + sorted(made[1:], key=lambda e: KINDS.index(e.kind)))


def _shown(html: str) -> str:
    """The HTML without what is left out."""
    for sign, pattern in DROPPED:
        if sign in html:
            html = pattern.sub("", html)
    return CONTROL.sub("", html) if _has_control(html) else html


def _has_control(html: str) -> bool:
    """Is there a character of CONTROL? In UTF-8 these are 7f, and c2 with 80 to 9f behind it."""
    raw = html.encode("utf-8", "surrogatepass")
    return b"\x7f" in raw or any(rest[:1] < b"\xa0" for rest in raw.split(b"\xc2")[1:])


def _sections(html: str) -> list[_Section]:
    """The pieces of a body, each given to the section that it stands in."""
    page = current = _Section("", "page")
    found = [page]
    # What is open: its tag, the section and kind to go on with after it, whether it is a section.
    frames: list[tuple[str, _Section, str, bool]] = []
    kind = "page"
    into = current.text
    at = 0
    for match in FRAME.finditer(html):
        closing, tag, attributes = match.groups()
        if at < match.start():
            into.append(html[at : match.start()])
        at = match.end()
        if tag in ("caption", "figcaption"):
            heads = not closing and bool(frames) and frames[-1][3]
            into = current.heading if heads else current.text
            into.append(BREAK)
        elif tag[0] == "h":
            if closing:
                into = current.text
            else:
                given = dict(ATTRIBUTE.findall(attributes))
                if tag == "h1" and not page.heading:
                    current, into = page, page.heading
                elif "id" in given:
                    current = _Section(unescape(given["id"]), kind)
                    found.append(current)
                    into = current.heading
            into.append(BREAK)
        elif closing:
            if frames and frames[-1][0] == tag:
                _, current, kind, _ = frames.pop()
                into = current.text
            into.append(BREAK)
        else:
            into.append(BREAK)
            given = dict(ATTRIBUTE.findall(attributes)) if attributes else {}
            own = given.get("data-kind", "table" if tag == "table" else "")
            anchor = ""
            if own and tag != "section":
                anchor = given.get("id") or _caption_id(html, at)
            frames.append((tag, current, kind, bool(anchor)))
            if tag == "section":
                kind = own or kind
            elif anchor:
                current = _Section(unescape(anchor), own, given.get("data-unit", ""))
                found.append(current)
                into = current.text
    into.append(html[at:])
    return found


def _caption_id(html: str, at: int) -> str:
    """The id of the caption that follows, for a table without one."""
    match = CAPTION.match(html, at)
    return match[1] if match else ""


def _words(pieces: list[str], unit: str) -> str:
    """Pieces of HTML as words, phrases kept apart by BREAK; LABEL ends a head cell's."""
    html = "".join(pieces)
    if "<pre" in html:
        html = LINES.sub(lambda match: match[0].replace("\n", BREAK), html)
    if "</td>" in html or "</text>" in html:
        if unit or "data-unit" in html:
            html = CELL.sub(lambda match: _cell(match, unit), html)
        elif 'class="sub"' in html:  # the head of a row, or the cell itself, says the unit below
            units = [(SUB.search(head) or ["", ""])[1] for head in COLUMN.findall(html)]
            html = ROW.sub(lambda match: _row(match[0], units), html)
        html = HEAD_SUB.sub(rf"\1{LABEL}{BREAK}", html).replace("</th>", LABEL + BREAK)
    text = " ".join(TAG.sub("", BLOCK.sub(BREAK, html)).split())
    if "&" in text:
        text = unescape(text)
    return BREAKS.sub(BREAK, text).strip(f" {BREAK}")


def _row(html: str, units: list[str]) -> str:
    """A row of which its own head, or those of the columns, say the unit of the cells."""
    cells = NEXT_CELL.split(html)
    head = next(
        (sub[1] for cell in cells if 'scope="row"' in cell and (sub := SUB.search(cell))), ""
    )
    for place, cell in enumerate(cells[1:], 1):
        unit = head or (units[place - 1] if place <= len(units) else "")
        cells[place] = CELL.sub(lambda match, unit=unit: _cell(match, unit), cell)
    return "".join(cells)


def _cell(match: re.Match[str], unit: str) -> str:
    """A cell or a label of a chart that is nothing but a figure, with the mark of its unit."""
    if "data-unit" in match[1]:
        unit = dict(ATTRIBUTE.findall(match[1])).get("data-unit", "")
    below = f"{BREAK}{match[3]}" if match[3] else ""
    return f"{BREAK}{match[2]}{MARKS.get(match[3] or unit, '')}{below}"
