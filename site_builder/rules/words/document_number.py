"""发文字号不规范: the number of a document in the wrong brackets, with 第 or with leading zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
from site_builder.wording import Wording

RULE = Rule(
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
NUMBER = re.compile(
    r"(?P<open>[\[【（(〔﹝])(?P<year>(?:19|20)[0-9]{2})(?P<close>[\]】）)〕﹞])[ ]?"
    r"(?P<mark>第)?(?P<zeros>0*)(?P<n>[1-9][0-9]{0,3})号"
)
NUMBERED = re.compile(r"号(?<=[0-9]号)")  # what every NUMBER ends on
AGENCY = re.compile("[一-鿿]{2,12}$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every year in brackets with a number behind it, after who gave it."""
    yield from outcomes_of(_found(subject.wording), (RULE,))


def _found(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in NUMBER.finditer(text, 0, end) if NUMBERED.search(text, 0, end) else ():  # quick
        agency = AGENCY.search(text, max(0, match.start() - 12), match.start())
        if agency is None:
            continue
        if match["open"] in "〔﹝" and not match["mark"] and not match["zeros"]:
            continue
        right = f"〔{match['year']}〕{match['n']}号"
        yield finding_at(RULE, wording, *match.span(), {"recomputed": right}, right)
