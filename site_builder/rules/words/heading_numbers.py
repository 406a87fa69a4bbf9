"""标题编号: the numbers of headings, each against its elder sister's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.place import Place
from site_builder.prose import Narrative, Section
from site_builder.rules.outcome import Outcome, Subject, outcomes_of

RULE = Rule(
    "heading-number",
    "note",
    Words("标题编号不连续", "Heading numbers out of order"),
    Words("标题“{printed}”{problem}", "heading “{printed}”: {problem_en}"),
    Words(
        "请对照原件核对编号，看是不是漏了一节；原件如此的，保留原编号并在“认可”中说明",
        "see whether a section is missing; if it is printed so, keep the number and explain it",
    ),
    Words(
        "编号跳号、重号，读者无从知道是漏了一节还是写错了号。",
        "With a number skipped or used twice nobody knows whether a section is missing.",
    ),
    "GB/T 9704—2012",
)

NUMBER = re.compile(
    r"(?:(?P<han>第?[一二三四五六七八九十]{1,3})[ 　]*(?P<mark>、|，|．|\.|部分|章|节)|"
    r"(?P<open>[（(])(?:(?P<han2>[一二三四五六七八九十]{1,3})|(?P<arabic2>\d{1,2}))[）)]|"
    r"(?P<arabic>\d{1,2})[ 　]*(?P<mark2>、|．|\.(?!\d)))"
)
# What stands at the end of a report without a number, be the others numbered or not.
AT_THE_END = re.compile("附|报告|说明|备?注|结[语论束尾]|政府|办事处|目录|公开|联系|[0-9]年|表$")
ENOUGH = 3  # a series that was meant to be numbered
_ONES = ("", *"一二三四五六七八九")
HAN = [tens + ones for tens in ("", "十", *(f"{n}十" for n in _ONES[2:])) for ones in _ONES]
HAN_NUMBERS = {han: number for number, han in enumerate(HAN)}


def check(subject: Subject) -> Iterator[Outcome]:
    """The headings of the narrative in their order."""
    yield from outcomes_of(_numbering(subject.disclosure.narrative), (RULE,))


@dataclass
class _Series:
    """The numbered headings of one level under one heading so far."""

    last: dict[str, tuple[int, str]] = field(default_factory=dict)
    style: str = ""
    bare: int = 0  # headings without a number since the last one
    at: int = 0  # which section the last one was
    first_bare: Section | None = None  # the first of these
    overtaken: dict[str, int] = field(default_factory=dict)  # the number before one that fell back


def _numbering(narrative: Narrative) -> Iterator[Finding]:
    """Each heading's number against its elder sister's. A title before `·` begins a new series."""
    open_: list[tuple[int, dict[str, _Series]]] = []
    every: list[_Series] = []
    for place, section in enumerate(narrative.sections):
        while open_ and open_[-1][0] > section.level:
            open_.pop()
        if not open_ or open_[-1][0] < section.level:
            open_.append((section.level, {}))
        prefix, _, title = section.title.rpartition("·")
        if prefix not in open_[-1][1]:
            open_[-1][1][prefix] = _Series()
            every.append(open_[-1][1][prefix])
        series = open_[-1][1][prefix]
        skipped = _skipped(series, title)
        between = narrative.sections[series.at : place]
        problem = _problem(series, title)
        if series.bare == 1:
            series.first_bare = section
        series.at = place
        if skipped and all(_opens_a_line(mark, between) for mark in skipped):
            continue  # numbers told in the text, not as headings
        if problem is not None:
            yield _found(narrative, section, problem)
    for series in every:
        if not series.bare:
            continue
        bare = series.first_bare
        assert bare is not None  # the first of those without a number
        if not AT_THE_END.search(bare.title):
            last, shown = series.last.get(series.style, (0, ""))
            if last >= ENOUGH:
                zh = f"没有编号，前面的已经编到“{shown}”"
                en = f"has no number; those before go on to “{shown}”"
                yield _found(narrative, bare, Words(zh, en))


def _found(narrative: Narrative, section: Section, problem: Words) -> Finding:
    at = Place(narrative.file, section.line, section.level + 2)
    words = {"printed": section.title, "problem": problem.zh, "problem_en": problem.en}
    address = f"正文.{address_part(section.title)}"
    return Finding(
        RULE, at, words, address=address, printed=section.title, length=len(section.title)
    )


def _skipped(series: _Series, title: str) -> list[re.Pattern[str]]:
    """What would open a line with each number between the last one and this."""
    read = _number(title)
    if read is None:
        return []
    style, number, _ = read
    last, _ = series.last.get(style, (number, ""))
    return [_mark(style, missing) for missing in range(last + 1, number)]


def _mark(style: str, number: int) -> re.Pattern[str]:
    digits = HAN[number] if style.endswith("一") else str(number)
    opening, closing = ("[（(]", "[）)]") if style.startswith("（") else ("", "[、.．]")
    return re.compile(rf"^[-* 　]*(?:\*\*)?{opening}{digits}{closing}", re.M)


def _opens_a_line(mark: re.Pattern[str], sections: tuple[Section, ...]) -> bool:
    return any(mark.search(section.markdown) for section in sections)


def _problem(series: _Series, title: str) -> Words | None:
    """What is wrong with a title's number after those before it; the series moves on."""
    read = _number(title)
    if read is None:
        series.bare += 1
        if title.endswith("报告"):  # another report in the same file
            series.last.clear()
            series.style = ""
        return None
    style, number, written = read
    before = series.last.get(style)
    elder = series.last.get(series.style)
    bare, series.bare = series.bare, 0
    series.last[style] = (number, written)
    series.style = style
    if before is None:
        if elder is not None and number == elder[0] + 1:
            return Words(
                f"与前面“{elder[1]}”的编号样式不同", f"numbered in another style than “{elder[1]}”"
            )
        if number == 1:
            return None
        return Words(f"从“{written}”开始，前面没有编号更小的标题", f"begins with “{written}”")
    last, shown = before
    if number in (last + 1, series.overtaken.pop(style, -1) + 1):
        return None
    if number == last:
        return Words(f"与前面的“{shown}”重号", f"has the number of the one before, “{shown}”")
    if number == 1:
        return Words(f"在“{shown}”之后又从头编号", f"begins again after “{shown}”")
    if number < last:
        series.overtaken[style] = last
        return Words(f"排在“{shown}”之后，次序颠倒", f"stands after “{shown}”")
    zh, en = "", ""
    if bare:
        zh, en = f"（中间有{bare}个标题没有编号）", f" ({bare} headings between have no number)"
    return Words(f"前面是“{shown}”，中间跳号{zh}", f"follows “{shown}”{en}")


def _number(title: str) -> tuple[str, int, str] | None:
    """Style, number and the mark as written: “（二）职能” is in the style of （一）, number 2."""
    match = NUMBER.match(title)
    if match is None:
        return None
    han, _, open_, han2, arabic2, arabic, _ = match.groups()
    han = han or han2
    style = "（" if open_ else "第" if (han or "").startswith("第") else ""
    style += "一" if han else "1"
    number = HAN_NUMBERS.get(han.lstrip("第"), 0) if han else int(arabic or arabic2)
    return (style, number, match[0]) if number else None  # 一一 is no number
