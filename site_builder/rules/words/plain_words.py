"""用字不规范: misspelt words, document numbers in the wrong brackets, 约…余, exact…余."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.misspelt import MISSPELT
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

DOCUMENT = Rule(
    "document-number",
    "note",
    Words("发文字号写法不规范", "Document number not in the standard form"),
    Words("“{printed}”应写作“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "年份用六角括号〔〕括起，序号前不加“第”、不编虚位；原件如此的可在“认可”中说明",
        "put the year in 〔〕, the number without 第 and leading zeros; explain it if printed so",
    ),
    Words(
        "发文字号写法统一，才查得到所依据的文件。",
        "With one way of writing it the document can be looked up.",
    ),
    "GB/T 9704—2012 第7.2.5条",
)
DOUBLY = Rule(
    "doubly-approximate",
    "note",
    Words("约数说了两遍", "Approximate twice over"),
    Words("“{printed}”前后都说是约数，只留一个", "“{printed}” is approximate twice over"),
    Words(
        "“约960万元”和“960余万元”只写一种；有确数的写确数",
        "write 约 or 余, not both; better, the exact figure",
    ),
    Words(
        "“约”可多可少，“余”只多不少，放在一起自相矛盾。",
        "约 may be more or less, 余 is more: together they contradict each other.",
    ),
)
EXACT = Rule(
    "exact-and-about",
    "note",
    Words("写到零头，又说“余”", "Exact to the last digit, and “about”"),
    Words(
        "“{printed}”写出了{digits}位数，又说“{about}”，看不出是确数还是约数",
        "“{printed}” has {digits} digits and says {about}: is it exact or not?",
    ),
    Words(
        "有确数的写确数，去掉“余”“多”；只有约数的写到两三位，如“10万余元”",
        "give the exact figure without 余 or 多, or an approximate one with two or three digits",
    ),
    Words(
        "“101400余元”既像确数又像约数，对账时没法用。",
        "A figure to the last hundred with 余 behind it is neither exact nor round.",
    ),
    yields_to=("doubly-approximate",),
)

# Never right in the text of a report, a line each: the wrong form, what is meant, which of its characters is
# rare (counted from 0), and what must not follow (应征对象 is no 征对). The search looks for the rare
# character and skips all others at once. From common lists of misspellings in official papers.
_LIST = Path(__file__).with_name("misspellings.txt")
_ENTRIES = tuple(line.split() for line in _LIST.read_text(encoding="utf-8").splitlines())
MEANT = {entry[0]: entry[1] for entry in _ENTRIES}
# The entries that a rare character is of.
AROUND: dict[str, list[list[str]]] = {}
for _entry in _ENTRIES:
    AROUND.setdefault(_entry[0][int(_entry[2])], []).append(_entry)


def _branch(wrong: str, meant: str, rare: str, not_after: str = "") -> str:  # noqa: ARG001
    """What stands around the rare character of a wrong word, which has just been found."""
    place = int(rare)
    behind = f"(?<={wrong[: place + 1]})" if place else ""  # quick
    tail = wrong[place + 1 :] + (f"(?![{not_after}])" if not_after else "")
    return behind + (f"(?={tail})" if tail else "")  # quick


def _neighbours(at: int) -> str:
    """The characters before (-1) the rare ones that words end on, or behind (1) the others."""
    beside = ((entry[0], int(entry[2])) for entry in _ENTRIES)
    return "".join(
        {word[place + at] for word, place in beside if (place + 1 == len(word)) == (at < 0)}
    )


# First a rare character and what may stand beside it: few are left for which all are tried.
WRONG = re.compile(
    f"[{''.join(AROUND)}](?:(?=[{_neighbours(1)}])|(?<=[{_neighbours(-1)}].))(?<=(?="
    + "|".join(
        f"{rare}(?:{'|'.join(_branch(*one) for one in entries)})"
        for rare, entries in AROUND.items()
    )
    + ").)"
)
# 26综 is 26宗: a measure word that does not exist. Begins with what is rare.
CASES = re.compile(r"综(?<=[0-9]综)(?![合艺述])")
# 根据要求，我高度重视: the word that says who (镇, 局, 单位) is left out.
WHO = re.compile(
    "我(?<=[，,。；;]我)(?=高度重视|高度负责|认真贯彻|认真组织|认真部署|严格按照|及时成立|积极组织)"
)
NUMBER = re.compile(
    r"(?P<open>[\[【（(〔﹝])(?P<year>(?:19|20)[0-9]{2})(?P<close>[\]】）)〕﹞])[ ]?"
    r"(?P<mark>第)?(?P<zeros>0*)(?P<n>[1-9][0-9]{0,3})号"
)
NUMBERED = re.compile(r"号(?<=[0-9]号)")  # what every NUMBER ends on
AGENCY = re.compile("[一-鿿]{2,12}$")
# 余, 多, 左右 or 上下 after a number, and before it a word that says the same.
ABOUT = tuple(
    re.compile(about)
    for about in ("余(?<=[0-9千百十万亿 ]余)", "多(?<=[0-9千百十万亿 ]多)", "左右", "上下")
)
TWICE = re.compile(
    r"(?:约(?<![制公节大条契简预签合邀]约)|近(?<![附最邻靠远亲就临]近)|大约|将近|超过?|不足|突破)"
    r"[ ]?[0-9][0-9,.]*[ ]?[千百十]?[万亿]?$"
)
MEASURED = re.compile(r"(?:(?:大)?约|将?近|超过|不足)[ ]?[0-9][0-9,.]*[ ]?[万亿]?[一-鿿]{0,4}$")
AFTER = re.compile(r"[余多左右上下]+[万亿]?[一-鿿]{0,2}")
# 101400余, 3785.89万余: more digits than what is only about so much has
LEAST_DIGITS = 4
DIGITS = re.compile(r"[0-9][0-9,.]*(?=[ ]?[万亿]?$)")
REACH = 16


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    wording = subject.wording
    found = [*_misspelt(wording), *_numbers(wording), *_twice(wording)]
    yield from outcomes_of(found, (MISSPELT, DOCUMENT, DOUBLY, EXACT))


def _misspelt(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in WRONG.finditer(text, 0, end):
        wrong, start = _whole(text, match.start())
        yield _found(MISSPELT, wording, start, start + len(wrong), MEANT[wrong])
    for match in WHO.finditer(text, 0, end):
        yield _found(
            MISSPELT, wording, match.start(), match.end() + 4, "我单位" + text[match.end() :][:4]
        )
    for match in CASES.finditer(text, 0, end):
        start = len(text[: match.start()].rstrip("0123456789"))
        number = text[start : match.start()]
        yield _found(MISSPELT, wording, start, match.end(), f"{number}宗")


def _whole(text: str, rare: int) -> tuple[str, int]:
    """The wrong word around its rare character, and where it begins."""
    return next(
        (wrong, rare - int(place))
        for wrong, _, place, *_ in AROUND[text[rare]]
        if text.startswith(wrong, rare - int(place))
    )


def _numbers(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in NUMBER.finditer(text, 0, end) if NUMBERED.search(text, 0, end) else ():  # quick
        agency = AGENCY.search(text, max(0, match.start() - 12), match.start())
        if agency is None:
            continue
        if match["open"] in "〔﹝" and not match["mark"] and not match["zeros"]:
            continue
        right = f"〔{match['year']}〕{match['n']}号"
        yield _found(DOCUMENT, wording, *match.span(), right)


def _twice(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for about in ABOUT:
        for mark in about.finditer(text, 0, end):
            place = mark.start()
            pattern = MEASURED if len(mark[0]) > 1 else TWICE
            if len(mark[0]) == 1:
                yield from _exact(wording, place)
            match = pattern.search(text, max(0, place - REACH), place)
            if match is not None:
                last = place + 2
                if len(mark[0]) == 1 and (after := AFTER.match(text, place)) is not None:
                    last = after.end()
                yield _found(DOUBLY, wording, match.start(), last, "")


def _exact(wording: Wording, place: int) -> Iterator[Finding]:
    """“101400余元”: the digits before the 余 at `place`."""
    match = DIGITS.search(wording.text, max(0, place - REACH), place)
    if match is None:
        return
    digits = match[0].replace(",", "").replace(".", "").strip("0")
    if len(digits) >= LEAST_DIGITS:
        end = place + 1 + (wording.text[place + 1 : place + 2] not in "，。；、 \n")
        words = {"digits": str(len(digits)), "about": wording.text[place]}
        yield finding_at(EXACT, wording, match.start(), end, words)


def _found(rule: Rule, wording: Wording, start: int, end: int, meant: str) -> Finding:
    return finding_at(rule, wording, start, end, {"recomputed": meant}, meant)
