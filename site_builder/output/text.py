"""Findings for a person at a terminal: place, sentence, source line, caret, remedy."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from site_builder.finding import LEVEL_NAMES, MASK, Finding
from site_builder.place import Place

_COLOURS = {
    "bold": "\33[1m",
    "error": "\33[31m",
    "warning": "\33[33m",
    "note": "\33[36m",
    "blue": "\33[34m",
    "off": "\33[0m",
}
# A line of YAML that begins something new; any other goes on with the value above.
_KEY = re.compile(r"[ ]*(?:- |[^ ,{}\[\]][^,{}\[\]]*?:(?: |$)|#|$)")
_MARK = re.compile("[，。；：！？]")
COLUMNS = 100
CUT = ("... ", " ...")
_PLAIN = dict.fromkeys(_COLOURS, "")


def write_text(
    findings: Iterable[Finding],
    root: Path,
    lang: str = "zh",
    colour: bool = False,
    columns: int = COLUMNS,
    brief: bool = False,
) -> str:
    """Each finding with its line of source and carets under the words meant; a count at the end.

    Where `brief`, what is only to be filled in is named with the count.

    A line wider than `columns` cells of a terminal is cut around the words meant, so that the carets
    stand below them.
    """
    paint = _COLOURS if colour else _PLAIN
    lines: dict[str, list[str]] = {}
    out = []
    count = explained = 0
    pending: list[Finding] = []
    files = set()
    listed = list(findings)
    secrets = [finding for finding in listed if finding.secret]
    for finding in listed:
        if finding.acknowledged is not None:
            explained += 1
        elif finding.rule.pending:
            pending.append(finding)
            if brief:
                continue
        else:
            count += 1
            files.add(finding.at.file)
        out.append(_one(finding, secrets, root, lang, paint, lines, columns))
    items = "、".join([finding.words["item"] for finding in pending]) if brief else ""
    if lang == "zh":
        end = f"{count} 处问题，{len(files)} 个文件" if count else "没有问题"
        end += f"（另有 {explained} 处已认可）" if explained else ""
        end += f"，{len(pending)} 项待补充" if pending else ""
        end += f"：{items}（check --all 逐项说明）" if items else ""
    else:
        end = (
            f"{_number(count, 'finding')} in {_number(len(files), 'file')}"
            if count
            else "no findings"
        )
        end += f" ({explained} more acknowledged)" if explained else ""
        end += f", {_number(len(pending), 'item')} to be filled in" if pending else ""
        end += f": {items} (check --all tells of each)" if items else ""
    return "".join(out) + end + "\n"


def print_text(
    findings: Iterable[Finding], root: Path, lang: str, stream: TextIO, brief: bool = False
) -> None:
    """Write the findings to `stream`: on a terminal in its width, and in colour unless NO_COLOR is set."""
    terminal = stream.isatty()
    columns = os.get_terminal_size(stream.fileno()).columns if terminal else COLUMNS
    colour = terminal and "NO_COLOR" not in os.environ
    stream.write(write_text(findings, root, lang, colour, columns or COLUMNS, brief))


def _number(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _one(
    finding: Finding,
    secrets: list[Finding],
    root: Path,
    lang: str,
    paint: dict[str, str],
    lines: dict[str, list[str]],
    columns: int,
) -> str:
    level = LEVEL_NAMES[lang][finding.level]
    off, blue = paint["off"], paint["blue"]
    tint = paint[finding.level]
    said = finding.message(lang)
    head = f"{paint['bold']}{finding.at}{off} {tint}{level} {finding.rule.id}{off} {said}\n"
    source = _source(finding, root, lines)
    if source and secrets:
        source = _masked(source, finding.at, secrets, lines[finding.at.file])
    body = ""
    if source:
        number = str(finding.at.line)
        gutter = " " * len(number)
        start = finding.at.column - 1
        meant = len(_meant(finding, source[start:]))
        source, start, meant = excerpt(source, start, meant, columns - len(gutter) - len(" │ "))
        indent = " " * width(source[:start])
        caret = "^" * max(1, width(source[start : start + meant]))
        body = f"{blue}{number} │{off} {source}\n{blue}{gutter} │{off} {indent}{tint}{caret}{off}\n"
    tail = ""
    if finding.others:
        see = "另见" if lang == "zh" else "see"
        places = "、".join(str(p) for p in finding.others[:6])
        more = "…" if len(finding.others) > 6 else ""
        tail += f"  {see} {places}{more}\n"
    if finding.acknowledged is not None:
        until = finding.acknowledged.until.isoformat()
        words = finding.acknowledged.explanation
        tail += (
            f"  已认可（至 {until}）：{words}\n"
            if lang == "zh"
            else f"  acknowledged (until {until}): {words}\n"
        )
    else:
        tail += f"  → {finding.remedy(lang)}\n"
    return head + body + tail + "\n"


def _source(finding: Finding, root: Path, lines: dict[str, list[str]]) -> str:
    name = finding.at.file
    if name not in lines:
        try:
            lines[name] = (root / name).read_text("utf-8", "replace").split("\n")
        except OSError:
            lines[name] = []
    number = finding.at.line
    return lines[name][number - 1].rstrip("\r") if 0 < number <= len(lines[name]) else ""


def _masked(source: str, at: Place, secrets: list[Finding], lines: list[str]) -> str:
    """The line with what every secret finding stands at masked, whichever finding shows it.

    In a narrative the length is exact. A value of a YAML file is masked to the end of its line and
    over the lines that it goes on for: a place says where it begins, not how it is written.
    """
    for secret in secrets:
        if secret.at.file != at.file or secret.at.line > at.line:
            continue
        start = secret.at.column - 1
        if secret.at.line == at.line:
            end = start + secret.length if secret.length else len(source)
            source = source[:start] + MASK * (min(end, len(source)) - start) + source[end:]
        elif not secret.length and not any(map(_KEY.match, lines[secret.at.line : at.line])):
            source = MASK * len(source)
    return source


def _meant(finding: Finding, rest: str) -> str:
    if finding.length:
        return rest[: finding.length]
    if finding.printed and rest.startswith(finding.printed):
        return finding.printed
    if rest.startswith("["):
        return rest.split(")")[0] + ")"
    if finding.at.file.endswith(".md"):
        return _MARK.split(rest)[0]
    for end in (" #", ", ", "}", ": "):
        rest = rest.split(end)[0]
    return rest.rstrip()[:60]


def excerpt(line: str, start: int, meant: int, room: int) -> tuple[str, int, int]:
    """The part of `line` around the `meant` characters from `start` that fits into `room` cells.

    With it, where those characters begin in it and how many of them it shows.
    """
    if width(line) <= room:
        return line, start, meant
    room -= width("".join(CUT))
    end = start + _fitting(line[start : start + meant], room)
    room -= width(line[start:end])
    before = _fitting(line[:start][::-1], max(room // 2, room - width(line[end:])))
    after = _fitting(line[end:], room - width(line[start - before : start]))
    left = CUT[0] if before < start else ""
    right = CUT[1] if end + after < len(line) else ""
    shown = left + line[start - before : end + after] + right
    return shown, len(left) + before, end - start


def _fitting(text: str, room: int) -> int:
    """How many of the first characters fit into `room` cells."""
    count = 0
    for character in text:
        room -= width(character)
        if room < 0:
            break
        count += 1
    return count


def width(text: str) -> int:
    """Terminal cells: a Chinese character takes two, a combining mark none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
