"""The sentences of a report: its lines without Markdown, their clauses, and the figures in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from site_builder.figures_in_text import Said, figures
from site_builder.place import Place
from site_builder.prose import LINK, Narrative, Section

_start = attrgetter("start")
TREND = re.compile(
    r"(增长|增加|增幅|上升|提高|提升|新增|增收|下降|减少|降低|降幅|减幅|下滑|追加|压减|压缩|节约|节省|结余)"
    r"(?:了|率|比例|为|达|约|：|:)*[ ]?$"
)


CLAUSE = re.compile(r"[，,；;。！？!?]|：(?![0-9])|:(?![0-9])")


MARKS_OF_CLAUSE = "，,；;。！？!?"


UP_TO_MARK = re.compile(f".*[{MARKS_OF_CLAUSE}]", re.S)


STOP = re.compile("[。！？!?；;]")


UP_TO_STOP = re.compile(f".*{STOP.pattern}", re.S)


@dataclass(eq=False, slots=True)
class Passage:
    """One line of a narrative, or the words of one cell, without Markdown.

    Spaces beside numbers and marks (`增加 12.5 万元`) are dropped with it. `section` holds the
    headings above and `anchor` the id of the nearest, `address` is that of a cell; `links` are
    (start, end, target), `raw` is the line as it stands. Where it has links, `unlinked` is the text
    with the words of those to cells blotted out. Never changed once made; not frozen, because a
    report has hundreds, and that would be slow.
    """

    text: str
    at: Place
    section: str = ""
    address: str = ""
    links: tuple[tuple[int, int, str], ...] = ()
    anchor: str = ""
    unlinked: str = ""
    raw: str = ""
    _figures: tuple[Said, ...] | None = field(default=None, init=False, repr=False)
    # What `segment` makes of it, once for all rules.
    segments: tuple[Any, ...] | None = field(default=None, init=False, repr=False)

    @property
    def figures(self) -> tuple[Said, ...]:
        """The figures of its text, in order; the words of a link to a cell count as one."""
        if self._figures is None:  # quick
            self._figures = self._extracted()
        return self._figures

    def _extracted(self) -> tuple[Said, ...]:
        text = self.text
        found = figures(self.unlinked or text)
        if self.links:  # quick
            found += [Said(a, b, text[a:b], "", "", "", "", True) for a, b, _ in self.links]
            found.sort(key=_start)
        return tuple(found)

    def place(self, index: int) -> Place:
        """Where character `index` stands in the source; for a cell, where the cell stands."""
        if self.address:
            return self.at
        return Place(self.at.file, self.at.line, self.at.column + self._in_raw(index)[0])

    def printed(self, index: int) -> int:
        """Where character `index` stands in the words as printed, blanks and all."""
        return index + self._in_raw(index)[1]

    def _in_raw(self, index: int) -> tuple[int, int]:
        """Where character `index` stands in the line with its marks, and how many blanks were dropped before it."""
        column, blanks = index, 0
        for match in MARKS.finditer(self.raw):
            if match.start() > column:
                break
            words = match[1]
            if words is None:
                column += match.end() - match.start()
                blanks += (match.end() - match.start()) * (match[0] != "**")
                continue
            column += 1
            if match.end(1) <= column:
                column += match.end() - match.end(1)
        return column, blanks

    def clause(self, index: int) -> tuple[int, int]:
        """From where to where the clause around `index` goes: between commas and full stops."""
        mark = CLAUSE.search(self.text, index)
        return self.opening(index), mark.start() if mark else len(self.text)

    def opening(self, index: int) -> int:
        """Where the clause around `index` begins."""
        return self._after_mark(0, index)

    def _after_mark(self, start: int, end: int) -> int:
        """What follows the last mark or colon between `start` and `end`; `start` if there is none."""
        text = self.text
        mark = UP_TO_MARK.match(text, start, end)
        if mark is not None:
            start = mark.end()
        colon = text.rfind("：", start, end)
        if (half := text.rfind(":", start, end)) > colon:
            colon = half
        if colon >= 0 and not text[colon + 1 : colon + 2].isdigit():
            start = colon + 1
        return start

    def sentence(self, index: int) -> tuple[int, int]:
        """From where to where the sentence around `index` goes."""
        text = self.text
        start = UP_TO_STOP.match(text, 0, index)
        end = STOP.search(text, index)
        return start.end() if start else 0, end.start() if end else len(text)

    def label(self, said: Said) -> str:
        """The words of its clause before a figure, from the figure before on."""
        text, start, end = self.text, 0, said.start
        for other in self.figures:
            if other.start >= end:
                break
            start = other.end
        return text[self._after_mark(start, end) : end].rpartition("、")[2]

    def trend(self, said: Said) -> str:
        """The word that makes it a change and not a level: 增长, 下降; empty when there is none."""
        match = TREND.search(self.text, max(0, said.start - 8), said.start)
        return match[1] if match else ""


def narrative_passages(narrative: Narrative) -> Iterator[Passage]:
    """Every line of a narrative that holds words, in order."""
    above: list[Section] = []
    for section in narrative.sections:
        while above and above[-1].level >= section.level:
            above.pop()
        above.append(section)
        titles = " · ".join(s.title for s in above)
        for number, line in enumerate(section.markdown.split("\n"), section.first):
            if line:
                yield _line(line, Place(narrative.file, number, 1), titles, section.id)


def cell_passage(label: str, words: str, at: Place, address: str) -> Passage:
    """The words of a cell, after its label: `支出总额控制情况：控制在预算总额以内`."""
    text = f"{label}：{words}" if label else words
    plain = text if BLANKS.isdisjoint(text) else SPACES.sub("", text)  # quick
    return Passage(plain, at, "", address)


def _line(line: str, at: Place, section: str, anchor: str) -> Passage:
    """A line of Markdown without the marks of links and of strong words."""
    if "](" not in line:  # quick
        plain = BLANKS.isdisjoint(line)
        text = line.replace("**", "") if plain else MARKS.sub("", line)  # quick
        return Passage(text, at, section, "", (), anchor, "", line)
    parts = MARKS.split(line)
    targets = parts[2::3]
    del parts[2::3]
    text = "".join(filter(None, parts))
    links = []
    length = 0
    for number, target in enumerate(targets):
        length += len(parts[2 * number])
        if target is not None:
            words = parts[2 * number + 1]
            if target[0] == "#":
                links.append((length, length + len(words), target[1:]))
                parts[2 * number + 1] = BLOT * len(words)
            length += len(words)
    unlinked = "".join(filter(None, parts))
    return Passage(text, at, section, "", tuple(links), anchor, unlinked, line)


BLOT = "\ufffc"  # stands for a character of a linked figure


# 增加 12.5 万元 ,增长 3%: blanks beside a number or a mark say nothing; those between words may,
# and so may one before the number of an item: 自评表 2.调查问卷.
BLANKS = frozenset(" \u3000\xa0")
_BLANK = "[ \u3000\xa0]*"
_MEANINGLESS = (
    f"(?<=[0-9%％].){_BLANK}(?=[一-鿿，。；：、（）,;:()%％])|"
    f"(?<=[一-鿿，。；：、（）,;()“”%％].){_BLANK}(?=[0-9]+(?:[.][0-9]|[^0-9.、．)）]|$))|"
    f"(?<=[，。；：、,;%％].){_BLANK}(?=[一-鿿“（(《])|"
    f"(?<=[一-鿿）)”].){_BLANK}(?=[，。；：、,;%％])|"
    r"(?<=[一-鿿，。；：、,;].)(?=\*\*[0-9])|(?<=[0-9]\*\*.)(?=[一-鿿，。；：、,;])"
)
# A branch for each blank, so that the search skips all other characters at once.
SPACES = re.compile("|".join(f"{blank}(?:{_MEANINGLESS})" for blank in sorted(BLANKS)))


MARKS = re.compile(rf"{LINK.pattern}|\*\*|{SPACES.pattern}")
