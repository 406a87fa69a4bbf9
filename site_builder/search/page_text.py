"""A finished page's words, cut into the sections that search finds: read from the page's own HTML.

What a section holds is what a browser shows of it (tests hold it to the browser's own words), charts
and words for screen readers included; so nothing stands on a page that search does not know, nor the
other way round. Left out are the marks of notes, forms and their buttons, lists of links in a
<nav>, and what carries `data-unsearched`, as the paths of files do. The HTML is ours, well formed and
without `>` in attributes.

The page is split at its tags, and a tag becomes what it is to a reader: nothing, the beginning of
another line, or a mark that is looked at later. The same tags stand on thousands of pages, so what they
become is remembered.

A section begins at a heading with an id, at a table with a caption, at a chart, and at a list item
with `data-kind`; after the last three, the section around them goes on. `data-kind` on one of these or
on a <section> says its kind. `data-unit` on a table, a chart or a cell says in which unit of money
figures without one of their own are; without it, what stands below them or below their row's or column's
head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from site_builder.page import Page
from site_builder.search.hits import KINDS, Entry, Kind
from site_builder.tokens import BREAK, END_OF_CELL, END_OF_ROW, LABEL, MARKS

# What tags become. Such characters are taken out of a page first.
FRAME, END = "\x01", "\x02"  # around a tag that may begin or end a section
CELL, UNIT = "\x03", "\x04"  # a cell of figures or a chart's label; around its data-unit
ITEM, ITEM_END = "\x05", "\x06"  # of a list
PRE, PRE_END = "\x07", "\x08"
SUP, SUP_END, NOTE = "\x0e", "\x0f", "\x10"  # a note's link is left out with the <sup> around it
STOP, SPAN_END = "\x11", "\x12"
OUT, OUT_END = "\x13", "\x14"  # each with the digit of an element that is left out
DATA, HEAD, HEAD_END, ROW = "\x15", "\x16", "\x17", "\x18"  # <td>, <th>, </th>, <tr>
OF_COLUMN, OF_ROW = "\x19", "\x1a"  # what a <th> is the head of
SUB = "\x1b"  # before words below a figure or a head
UNSEARCHED = "\0"
CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f-\x9f]")
EDGE = f" {CELL}{PRE}{PRE_END}{DATA}{HEAD}{HEAD_END}{ROW}{OF_COLUMN}{OF_ROW}{SUB}"

LEFT_OUT = ("script", "style", "title", "desc", "template", "nav", "form", "select", "button")
# What begins and ends a line of its own on the page; see themes/site/assets/site.css for the spans.
BLOCK = re.compile(
    r"/?(?:p|div|section|ul|ol|li|dl|dt|dd|thead|tbody|tfoot|tr|td|th|text|blockquote|pre|details"
    r"|summary|figure|figcaption|caption|table|header|footer|nav|aside|address|article|hr|h[1-6])\b"
    r'|span class="(?:what|beside|sub|vh|of|gap)|a class="big\b|small own-line'
)
FRAMES = re.compile(
    r'/?(?:section|table|caption|figure|figcaption|h[1-6])\b|li\b.* data-kind="|span\b.* id="'
)
# What other tags become: by all of it, by its beginning, and by its name.
WHOLE = {'span class="stop"': STOP, 'span class="sub"': SUB}
BEGINNINGS = {
    'th scope="col"': HEAD + OF_COLUMN,
    'th scope="row"': HEAD + OF_ROW,
    'a class="fm"': NOTE,
}
NAMES = {
    "li": ITEM, "/li": ITEM_END, "pre": PRE, "/pre": PRE_END, "sup": SUP, "/sup": SUP_END,
    "td": DATA, "/td": END_OF_CELL, "th": HEAD, "/th": HEAD_END, "tr": ROW, "/tr": END_OF_ROW, "/span": SPAN_END,
    **{name: f"{OUT}{number}" for number, name in enumerate(LEFT_OUT)},
    **{f"/{name}": f"{OUT_END}{number}" for number, name in enumerate(LEFT_OUT)},
}  # fmt: skip
WIDE = re.compile('th scope="colgroup" colspan="([0-9]+)"')
FIGURES = re.compile(r'(?:td|text)\b.* class="[^"]*\bn\b')
NAME = re.compile(r"/?[a-z0-9]*")
ATTRIBUTE = re.compile(r' (id|data-kind|data-unit)="([^"]*)"')

COMMENT = re.compile(r"<!--.*?-->", re.S)
PLAIN = re.compile(r"<(a|span) data-unsearched.*?</\1>", re.S)  # what holds no tag of its own name
NOT_SEARCHED = re.compile(r"<(\w+)[^>]* data-unsearched\b.*?</\1>|(?<= )data-unsearched", re.S)
DROPPED = (
    (OUT, re.compile(f"{OUT}(.).*?{OUT_END}\\1", re.S)),
    (NOTE, re.compile(f"{SUP}{NOTE}.*?{SUP_END}", re.S)),
    (STOP, re.compile(f"{STOP}.*?{SPAN_END}", re.S)),
)
ANY = rf"[\x01-\x1f\x7f{END_OF_CELL}]"
FIGURE = re.compile(
    f"{CELL}(?:{UNIT}([^{UNIT}]*){UNIT})?"
    rf"(?:[\s{BREAK}]*([-−+]?[0-9][0-9,.]*)(?=\s*{ANY})(?:{SUB}{BREAK}(亿元|万元|千元|元))?)?"
)
ROWS = re.compile(f"{ROW}[^{ROW}]*")
NEXT_CELL = re.compile(f"(?=[{DATA}{HEAD}])")
COLUMN = re.compile(f"{HEAD}{OF_COLUMN}[^{HEAD_END}]*{HEAD_END}")
UNIT_BELOW = re.compile(rf"{SUB}{BREAK}([^\x01-\x1f\x7f]*){HEAD_END}")
HEAD_SUB = re.compile(f"({HEAD}[^{HEAD}{HEAD_END}{DATA}{SUB}]*){SUB}")
ENDS_HEAD = END_OF_CELL + LABEL + BREAK
ROW_ENDS = re.compile(f"{END_OF_CELL}({LABEL}?){BREAK}{END_OF_ROW}")
LINES = re.compile(f"{PRE}[^{PRE_END}]*")
REMEMBERED = 30_000  # tags


@dataclass(slots=True)
class _Section:
    """A section while it is read."""

    anchor: str
    kind: str
    unit: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Frame(NamedTuple):
    """A tag that may begin or end a section."""

    name: str
    closing: bool
    id: str
    kind: str
    unit: str


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


class _Marks(dict[str, str]):
    """What tags become, learnt when they are first met."""

    def __missing__(self, tag: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        self[tag] = mark = _mark(CONTROL.sub("", tag))
        return mark


_MARKS = _Marks()


def _mark(tag: str) -> str:
    """What a tag becomes, written without its brackets."""
    if " data-unsearched" in tag:
        return UNSEARCHED
    line = BREAK if BLOCK.match(tag) else ""
    if FRAMES.match(tag):
        return f"{line if tag.startswith('span') else ''}{FRAME}{tag}{END}"
    name = (NAME.match(tag) or [""])[0]
    mark = WHOLE.get(tag) or NAMES.get(name, "")
    for beginning, other in BEGINNINGS.items():
        if tag.startswith(beginning):
            mark = other
    if FIGURES.match(tag):
        given = dict(ATTRIBUTE.findall(tag))
        mark += f"{CELL}{UNIT}{given['data-unit']}{UNIT}" if "data-unit" in given else CELL
    if wide := WIDE.match(tag):
        mark += END_OF_CELL * (int(wide[1]) - 1)
    # A label ends where the words below it begin, and lines where their element does.
    return mark + line if mark in (SUB, PRE_END, HEAD_END, END_OF_CELL) else line + mark


def _shown(html: str) -> str:
    """The words of a body and the marks of its tags, without what is left out."""
    if "<!--" in html:
        html = COMMENT.sub("", html)
    if "<a data-unsearched" in html or "<span data-unsearched" in html:
        html = PLAIN.sub("", html)
    if "<small>" in html:
        html = html.replace("</a> <small>", "</a><small own-line>")
    pieces = html.replace(">", "<").split("<")
    if html.count("<") * 2 != len(pieces) - 1:  # a > stands in a text
        pieces = [bit for piece in html.split("<") for bit in piece.partition(">")[::2]][1:]
    if CONTROL.search("".join(pieces[::2])):
        return _shown(CONTROL.sub("", html))
    pieces[1::2] = map(_MARKS.__getitem__, pieces[1::2])
    shown = "".join(pieces)
    if UNSEARCHED in shown:
        return _shown(NOT_SEARCHED.sub("", html))
    for sign, pattern in DROPPED:
        if sign in shown:
            shown = pattern.sub("", shown)
    for mark in (SUP, SUP_END, SPAN_END):
        shown = shown.replace(mark, "")
    sections = f"{FRAME}li" in shown
    shown = shown.replace(ITEM, f"{FRAME}li{END}" if sections else BREAK)
    return shown.replace(ITEM_END, f"{FRAME}/li{END}" if sections else BREAK)


@lru_cache(maxsize=4096)
def _frame(tag: str) -> _Frame:
    given = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
    name = tag.partition(" ")[0]
    kind = given.get("data-kind", "table" if name == "table" else "")
    return _Frame(
        name.lstrip("/"), name[0] == "/", given.get("id", ""), kind, given.get("data-unit", "")
    )


def _sections(shown: str) -> list[_Section]:
    """The pieces of a body, each given to the section that it stands in."""
    page = current = _Section("", "page")
    found = [page]
    # What is open: its tag, the section and kind to go on with after it, whether it is a section.
    frames: list[tuple[str, _Section, str, bool]] = []
    kind = "page"
    into = current.text
    first, *parts = [part.partition(END) for part in shown.split(FRAME)]
    into.append(first[0])
    for place, (tag, _, text) in enumerate(parts):
        frame = _frame(tag)
        name = frame.name
        if name == "span":  # only its id is asked for, below
            into.append(text)
            continue
        if name in ("caption", "figcaption"):
            heads = not frame.closing and bool(frames) and frames[-1][3]
            into = current.heading if heads else current.text
        elif name[0] == "h":
            if frame.closing:
                into = current.text
            elif name == "h1" and not page.heading:
                current, into = page, page.heading
            elif frame.id:
                current = _Section(frame.id, kind)
                found.append(current)
                into = current.heading
        elif frame.closing:
            if frames and frames[-1][0] == name:
                _, current, kind, _ = frames.pop()
                into = current.text
        else:
            into.append(BREAK)
            anchor = ""
            if frame.kind and name != "section":
                anchor = frame.id or _caption_id(parts[place : place + 3])
            frames.append((name, current, kind, bool(anchor)))
            if name == "section":
                kind = frame.kind or kind
            elif anchor:
                current = _Section(anchor, frame.kind, frame.unit)
                found.append(current)
                into = current.text
        into += (BREAK, text)
    return found


def _caption_id(parts: list[tuple[str, str, str]]) -> str:
    """The id of the first <span> of the caption that follows, for a table without an id."""
    tags = [_frame(tag) for tag, _, _ in parts]
    names = [frame.name for frame in tags]
    apart = any(text for _, _, text in parts[:2])
    return tags[2].id if names[1:] == ["caption", "span"] and not apart else ""


def _words(pieces: list[str], unit: str) -> str:
    """Words with the marks of tags as words alone, phrases kept apart by BREAK; LABEL ends a head cell's."""
    text = "".join(pieces)
    if PRE in text:
        text = LINES.sub(lambda match: match[0].replace("\n", BREAK), text)
    if CELL in text:
        if unit or UNIT in text:
            text = FIGURE.sub(lambda match: _figure(match, unit), text)
        elif SUB in text:  # the head of a row, or the cell itself, says the unit below
            units = [(UNIT_BELOW.search(head) or ["", ""])[1] for head in COLUMN.findall(text)]
            text = ROWS.sub(lambda match: _row(match[0], units), text)
    if DATA in text:
        text = HEAD_SUB.sub(rf"\1{LABEL}{BREAK}", text).replace(HEAD_END, ENDS_HEAD)
    phrases = " ".join(text.split()).split(BREAK)
    said = BREAK.join([words for phrase in phrases if (words := phrase.strip(EDGE))])
    if END_OF_ROW in said:  # a mark of its own: into the phrase before it
        said = ROW_ENDS.sub(rf"{END_OF_CELL}{END_OF_ROW}\1", said).replace(BREAK + END_OF_ROW, "")
    return unescape(said) if "&" in said else said


def _row(row: str, units: list[str]) -> str:
    """A row of which its own head, or those of the columns, say the unit of the cells."""
    cells = NEXT_CELL.split(row)
    head = next(
        (sub[1] for cell in cells if OF_ROW in cell and (sub := UNIT_BELOW.search(cell))), ""
    )
    for place, cell in enumerate(cells[1:], 1):
        unit = head or (units[place - 1] if place <= len(units) else "")
        cells[place] = FIGURE.sub(lambda match, unit=unit: _figure(match, unit), cell)
    return "".join(cells)


def _figure(match: re.Match[str], unit: str) -> str:
    """A cell or a label of a chart that is nothing but a figure, with the mark of its unit."""
    own, number, below = match.groups()
    if number is None:
        return ""
    said = f"{BREAK}{number}{MARKS.get(below or (unit if own is None else own), '')}"
    return f"{said}{BREAK}{below}" if below else said
