"""Markdown that a narrative's author meant otherwise than it reads: marks left open, full-width or out of place.

Each kind is looked for only where a word of it stands in the text, so that a sound narrative costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from site_builder import reading_rules as rules
from site_builder.finding import Finding, Words, instead
from site_builder.place import place_in

FRONT = re.compile(r"---[ ]*\n(?:[^\n]+\n)+?---[ ]*(?:\n|\Z)")
FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)", re.M)
# Marks that are paired, or hide what is personal (139****0000); across lines, not across items.
PAIRED = re.compile(
    r"\*{3,}|\*\*(?![\s*])(?:[^*\n]|\n(?!\s|[-+][ ]|[0-9]+[.)][ ]))*(?<!\s)\*\*(?!\*)"
)
# 3*4*5: what is between two stars would stand in italics, and the stars be gone
STARRED = re.compile(r"(?<=[0-9A-Za-z])(?<!\*)\*(?=[0-9A-Za-z])[^*\n]*(?<![\s\\*])\*(?!\*)")
STRUCK = re.compile(r"~~(?=\S)[^~\n]+~~")
WIDE_LINK = re.compile(
    r"[\[【][^\[\]【】\n]*(?:】[ ]*[（(]|\](?:[ ]*（|[ ]+\())[ ]*[#＃]|\[[^\[\]\n]*\]\([ ]*＃"
)
UNOPENED = re.compile(r"(?<![\]】 ])\(#")
WIDE_AND_OPEN = re.compile(r"(?<![\]】 ])（[#＃][^()（）\n]+\.[^()（）\n]+[）)]")
LEFT_OPEN = re.compile(r"\]\((?![^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))")
SPACED = re.compile(r"\]\((?=[^()\n]*[ ])[ ]*#(?:[^()\n]|\([^()\n]*\))*\)")
FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]")
UNDERLINE = re.compile(r"^(?:-{2,}|=+)[ ]*$", re.M)
INDENTED = re.compile(r"(?:\A|\n[ ]*\n) {4,}(?=\S)")
ITEM = re.compile(r"[ ]*(?:[-*+]|[0-9]+[.)])[ ]|[ ]{2,}\S")
HASH = re.compile("^#", re.M)
SOUND_HEADING = re.compile(r"#{2,6}[ ]+[^\s#]")
ODD_HEADING = re.compile(r"^[ ]{0,3}(?:＃|[ ]#)", re.M)

Slip = Callable[[int, Words, str, str], Finding]
HEADING = Words("标题写法不对", "a heading that is none")
LINK = Words("链接没有写成", "a link that is none")


def markdown_slips(
    text: str, name: str, headings: Sequence[str], links: int, odd_links: bool
) -> Iterator[Finding]:
    """What reads otherwise than it was meant, in the narrative `text` of the file `name`.

    `headings` are its lines that read as headings, `links` how many links to cells there are; was
    any other link seen (`odd_links`)?
    """

    def slip(index: int, what: Words, todo: str, todo_en: str) -> Finding:
        words = {"what": what.zh, "what_en": what.en} | instead(todo, todo_en)
        return Finding(rules.SLIP, place_in(text, index, name), words)

    start = 0
    if text.startswith("---") and (front := FRONT.match(text)) is not None:
        start = front.end()
        yield slip(
            0,
            Words("开头“---”之间的设置（front matter）", "front matter"),
            "请删去：名称、日期写在 data/ 的报告文件里",
            "delete it: titles and dates stand in the report's file in data/",
        )
    if "`" in text or "~" in text:
        for match in FENCE.finditer(text):
            yield slip(
                match.start(),
                Words("代码块的记号（``` 或 ~~~）", "a fence of code"),
                "请删去这一行，和与它成对的那一行",
                "delete this line and the one it is paired with",
            )
            break
    for match in STARRED.finditer(text) if "*" in text else ():
        yield slip(
            match.start(),
            Words(
                "两个“*”之间会排成斜体，星号不见", "what stands between two stars becomes italics"
            ),
            r"乘号请写“×”；要印出星号就写“\*”",
            r"write × for times, or \* to print a star",
        )
    for match in STRUCK.finditer(text) if "~~" in text else ():
        yield slip(
            match.start(),
            Words("删除线的记号“~~”会原样印出来", "the marks “~~” are printed as they are"),
            "正文没有删除线：请删去记号，或连同文字一起删去",
            "there is no struck text: delete the marks, or the words with them",
        )
    for match in INDENTED.finditer(text, start) if "    " in text else ():
        end = match.start()
        while end and text[end - 1].isspace():
            end -= 1
        if not ITEM.match(text, text.rfind("\n", 0, end) + 1):
            yield slip(
                match.end(),
                Words("行首空了四格，会排成代码", "four spaces in front make it code"),
                "请删去行首的空格",
                "delete the spaces in front",
            )
    yield from _headings(text, start, headings, slip)
    place = text.find("**")
    while place >= 0:
        if (pair := PAIRED.match(text, place)) is None:
            yield slip(
                place,
                Words("“**”没有配对，或紧挨着空格", "“**” without its pair, or beside a space"),
                r"请补上另一个“**”，或删去；要印出星号就写“\*\*”",
                r"add the other “**”, or delete it; write \*\* to print it",
            )
            place = text.find("\n", place)  # one finding a line
            if place < 0:
                break
        place = text.find("**", pair.end() if pair else place)
    yield from _links(text, links, odd_links, slip)


def _headings(text: str, start: int, headings: Sequence[str], slip: Slip) -> Iterator[Finding]:
    """Headings without a space behind their #, of the first level, or underlined."""
    sound = sum([SOUND_HEADING.match(line) is not None for line in headings])
    places = () if sound == text.count("\n#") + text.startswith("#") else HASH.finditer(text, start)
    for match in places:
        place = match.start()
        if SOUND_HEADING.match(text, place):
            continue
        if text.startswith("# ", place):
            what = Words("“# ”一级标题", "a heading of the first level")
            todo = "一级是报告名称，正文请从“## ”写起"
            todo_en = "the first level is the report's title; begin with ##"
        else:
            what, todo = HEADING, "请在“#”后面空一格，再写标题；“#”写两个到六个"
            todo_en = "write two to six #, a space and the words of the heading"
        yield slip(place, what, todo, todo_en)
    if " #" in text or "＃" in text:
        for match in ODD_HEADING.finditer(text, start):
            yield slip(
                match.start(),
                HEADING,
                "“#”用半角，写在行首，后面空一格再写标题",
                "write half-width # at the beginning of the line, a space and the words",
            )
    for match in UNDERLINE.finditer(text, start) if "\n--" in text or "\n==" in text else ():
        end = match.start() - 1
        above = text[text.rfind("\n", 0, max(0, end)) + 1 : max(0, end)]
        if above.strip(" -=") and "|" not in above and match.start() > start:
            yield slip(
                match.start(),
                Words("上一行会变成标题", "the line above becomes a heading"),
                "标题请写成“## 标题”；要分隔线的，前面空一行",
                "write ## for a heading; leave a line blank before a rule",
            )


def _links(text: str, links: int, odd_links: bool, slip: Slip) -> Iterator[Finding]:
    """Links with full-width brackets or none at their end; footnotes."""
    for match in WIDE_LINK.finditer(text) if _may_be_wide(text) else ():
        yield slip(
            match.start(),
            LINK,
            "方括号、圆括号和“#”用半角，中间不空格：[24.75万元](#三公经费.决算)",
            "half-width brackets and #, no space between: [24.75万元](#三公经费.决算)",
        )
    unopened = UNOPENED.finditer(text) if text.count("(#") != links else ()
    for some in (unopened, WIDE_AND_OPEN.finditer(text) if "（#" in text else ()):
        for match in some:
            yield slip(
                match.start(),
                LINK,
                "“(#”前面少了半角的“]”：[24.75万元](#三公经费.决算)",
                "the ] before (# is missing: [24.75万元](#三公经费.决算)",
            )
    for match in SPACED.finditer(text) if odd_links else ():
        yield slip(
            max(text.rfind("[", 0, match.start()), text.rfind("\n", 0, match.start()) + 1),
            LINK,
            "请删去圆括号里的空格：[24.75万元](#三公经费.决算)",
            "delete the space within the round brackets: [24.75万元](#三公经费.决算)",
        )
    for match in LEFT_OPEN.finditer(text) if odd_links else ():
        place = match.start()
        yield slip(
            max(text.rfind("[", 0, place), text.rfind("\n", 0, place) + 1),
            LINK,
            "少了右边的半角括号“)”：[24.75万元](#三公经费.决算)",
            "the closing bracket is missing: [24.75万元](#三公经费.决算)",
        )
    if "^" in text:
        for match in FOOTNOTE.finditer(text):
            yield slip(
                match.start(),
                Words("脚注", "a footnote"),
                "正文没有脚注：请把注写进句子的括号里",
                "there are no footnotes: write the note into the sentence, in brackets",
            )


def _may_be_wide(text: str) -> bool:
    """A quick no for WIDE_LINK."""
    return (
        "＃" in text
        or "]（" in text
        or "] (" in text
        or ("】" in text and ("】(" in text or "】（" in text))
    )
