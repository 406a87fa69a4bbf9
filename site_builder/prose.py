"""A report's narrative: Markdown in sections, and the figures that it links to their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from sys import intern

from site_builder import reading_rules as rules
from site_builder.figure import Figure, measure
from site_builder.finding import Finding, instead
from site_builder.markdown_slips import markdown_slips
from site_builder.place import Place, place_in
from site_builder.record import record
from site_builder.yaml_file import decode

# Of a heading without its space the reader is told; what stands under it is under it all the same.
HEADING = re.compile(r"^(#{1,6})(?!#)[ ]*(.+?)[ ]*#*$")
LINK = re.compile(r"\[([^\[\]\n]*)\]\(([^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
RAW_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--.*?--)>", re.S)
# A link that runs something, however it is dressed: spaces, entities, line ends, references.
UNSAFE = re.compile(
    r"\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\(|:)[\s<]*(?:(?:&#[xX]?[0-9a-fA-F]+;?|&[A-Za-z]+;|[A-Za-z])[\s\x00-\x20]*){2,20}"
    r"(?:&colon;|&#58;|&#[xX]3[aA];|:)(?<!https:)(?<!http:)(?<!mailto:)"
)
MAYBE_UNSAFE = re.compile(r"\][(:][\s<]*[A-Za-z&]")  # what every UNSAFE holds
TABLE_RULE = re.compile(r"^\|?[ ]*:?-{2,}[-:| ]*$")
MOST_SLIPS = 50  # that are told of one narrative
WEB = re.compile(r"https?://[^/\s]+\.[^/\s]+")
SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")


@record
class LinkedFigure:
    """`words` in a sentence, linked to the cell at `target`; `at` is the opening bracket."""

    words: str
    target: str
    at: Place
    figure: Figure | None


@record
class Section:
    """A heading and what stands under it up to the next one; `id` is its anchor on the page.

    `line` is the heading's, `first` that of the first line of `markdown`.
    """

    id: str
    level: int
    title: str
    markdown: str
    line: int
    first: int = 0


@dataclass(frozen=True)
class Narrative:
    """The words of a report: sections in order, linked figures in order, links to other pages."""

    file: str
    sections: tuple[Section, ...]
    links: tuple[LinkedFigure, ...]
    pages: tuple[tuple[str, Place], ...] = ()


def _misnamed(path: Path) -> str:
    """A file of the same name with another ending: 2022.txt, 2022.MD; empty where there is none."""
    others = list(path.parent.glob(f"{path.stem}.*")) if path.parent.is_dir() else []
    return min((other.name for other in others if other.name != path.name), default="")


def read_narrative(path: Path, name: str, found: list[Finding]) -> Narrative | None:
    """Read the Markdown at `path`; None when it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError:
        rule = rules.NOT_A_FILE if path.is_dir() else rules.NARRATIVE_MISSING
        said = {"file": name}
        if beside := _misnamed(path):
            said |= instead(
                f"旁边的“{beside}”要改名为“{path.name}”",
                f"rename “{beside}” beside it: {path.name}",
            )
        found.append(Finding(rule, Place(name, 1, 1), said))
        return None
    words = decode(raw, name, found)
    if words is not None and not words.strip():
        key = {"key": "正文"}
        key |= instead(
            "正文是空的：请写上，或恢复这个文件", "write the narrative, or restore the file"
        )
        found.append(Finding(rules.EMPTY, Place(name, 1, 1), key))
        return None
    return None if words is None else parse_narrative(words, name, found)


def parse_narrative(text: str, name: str, found: list[Finding]) -> Narrative:
    """Split Markdown into sections and find its links; HTML and unsafe links are findings."""
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if "<" in text:
        for match in RAW_HTML.finditer(text):
            at = place_in(text, match.start(), name)
            said = match[0].split("\n")[0][:40]
            if "://" in said or ("@" in said and " " not in said):
                todo = instead(
                    "网址不写在尖括号里：写成 [文字](网址)",
                    "no address in angle brackets: write [words](address)",
                )
                found.append(Finding(rules.BAD_LINK, at, {"target": said} | todo))
                continue
            found.append(Finding(rules.MARKUP, at, {"text": said}))
    for number, line in enumerate(lines, 1) if "|" in text else ():
        below = lines[number] if number < len(lines) else ""
        if "|" in line and TABLE_RULE.match(below) and "|" in below:
            found.append(Finding(rules.TABLE_IN_NARRATIVE, Place(name, number, 1)))
    pages: list[tuple[str, Place]] = []
    odd: list[str] = []  # lines with a link that is none, or that needs a closer look
    links = tuple(_links(lines, name, found, pages, odd))
    headings = [line for line in lines if line[:1] == "#"]
    slips = markdown_slips(text, name, headings, len(links), bool(odd))
    found += islice(slips, MOST_SLIPS)
    for match in UNSAFE.finditer(text) if MAYBE_UNSAFE.search(text) else ():
        at = place_in(text, match.start(), name)
        if not any(f.rule is rules.BAD_LINK and f.at == at for f in found):
            found.append(Finding(rules.BAD_LINK, at, {"target": match[0].strip()[:40]}))
    return Narrative(name, tuple(_sections(lines)), links, tuple(pages))


def _sections(lines: list[str]) -> Iterator[Section]:
    headings = [
        (number, match)
        for number, line in enumerate(lines)
        if line[:1] == "#" and (match := HEADING.match(line)) is not None
    ]
    ends = [*(number for number, _ in headings), len(lines)]
    above = lines[: ends[0]]
    if any(line.strip() for line in above):
        yield _section("s0", 0, "", above, 1, 1)
    counts: list[int] = []
    first = 1
    for (number, match), end in zip(headings, ends[1:], strict=True):
        level = len(match[1])
        first = min(first, level) if counts else level
        depth = max(0, level - first)
        counts = counts[: depth + 1]
        counts += [0] * (depth + 1 - len(counts))
        counts[depth] += 1
        id_ = "s" + "-".join(map(str, counts))
        yield _section(id_, level, match[2], lines[number + 1 : end], number + 1, number + 2)


def _section(id_: str, level: int, title: str, body: list[str], line: int, below: int) -> Section:
    """A section whose heading is on `line`, and whose lines begin on the line `below`."""
    markdown = "\n".join(body)
    words = markdown.lstrip("\n")
    blank = len(markdown) - len(words) if words else 0  # a line each
    return Section(id_, level, title, words.rstrip("\n"), line, below + blank)


def _links(
    lines: list[str],
    name: str,
    found: list[Finding],
    pages: list[tuple[str, Place]],
    odd: list[str],
) -> Iterator[LinkedFigure]:
    """Links to cells; those to pages of the site go to `pages`, those that are not allowed to `found`."""
    for number, line in enumerate(lines, 1):
        if "](" not in line:
            continue
        matches = list(LINK.finditer(line))
        if len(matches) != line.count("]("):
            odd.append(line)
        for match in matches:
            words, target = match.groups()
            start = match.start()
            at = Place(name, number, start + 1)
            if start and line[start - 1] == "!":
                todo = instead("正文不能放图片，请删去", "no pictures in the narrative: delete it")
                found.append(Finding(rules.BAD_LINK, at, {"target": target} | todo))
                continue
            if target[0] != "#":
                scheme = SCHEME.match(target)
                if target.startswith(("//", "/", "\\")) or (
                    scheme and scheme[1].lower() not in ("http", "https", "mailto")
                ):
                    found.append(Finding(rules.BAD_LINK, at, {"target": target}))
                elif target.startswith("www.") or (
                    scheme and target[:4] == "http" and not WEB.match(target)
                ):
                    todo = instead(
                        "网址请写全：https://www.example.org/", "write it whole: https://…"
                    )
                    found.append(Finding(rules.BAD_LINK, at, {"target": target} | todo))
                elif not scheme and "&" not in target.partition("?")[0]:
                    pages.append((target, at))
                continue
            figure = measure(words)
            if figure is not None and figure.text == words:
                words = figure.text  # one and the same text is held once
            yield LinkedFigure(words, intern(target[1:]), at, figure)
