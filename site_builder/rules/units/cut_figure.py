"""数字缺了开头: a comma and three digits that are the end of a larger figure (支出总计,413.65万元), or a bare point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "figure-cut",
    "warning",
    Words("数字像是缺了开头", "A figure that seems to lack its beginning"),
    Words(
        "“{printed}”像是{recomputed}缺了开头的数字",
        "“{printed}” seems to be {recomputed} without its first digits",
    ),
    Words(
        "请对照原件补全数字；原件如此的，保留原文并在“认可”中说明",
        "look the figure up and complete it; if it is printed so, keep and explain it",
    ),
    Words(
        "千分位逗号前面的数字丢了，剩下的看着还是一个数，却小了许多。",
        "Without the digits before a thousands comma, what is left still looks like a figure.",
    ),
)
LOST = re.compile(
    r"[,，](?=[0-9]{3})(?<![0-9].)(?P<rest>[0-9]{3}(?:,[0-9]{3})*(?:\.[0-9]+)?)(?P<unit>万元|亿元|元)"
)
POINT = re.compile(
    r"\.(?=[0-9]{1,2}[万亿]元)(?<=[\u4e00-\u9fff]\.)(?<![一二三四五六七八九十]\.)(?P<rest>[0-9]{1,2})(?P<unit>万元|亿元)"
)
WHOLE = r"(?<![0-9.])(?P<whole>[1-9][0-9]{{0,2}},?{rest}){unit}"


def check(subject: Subject) -> Iterator[Outcome]:
    """Every comma and three digits in front of a unit of money, against the report's other figures."""
    told = subject.told
    looked_at = False
    for pattern, found in ((LOST, _whole), (POINT, _whole_of_point)):
        for passage in told.holding(pattern):
            for match in pattern.finditer(passage.text):
                looked_at = True
                whole = found(subject, match["rest"], match["unit"])
                if whole:
                    yield _cut(passage, match[0], match.start(), whole)
    if not looked_at:
        yield Outcome(RULE, reason=Words("没有以逗号开头的数", "no figure begins with a comma"))


def _cut(passage: Passage, printed: str, start: int, whole: str) -> Outcome:
    words = {"printed": printed, "recomputed": whole}
    address = passage.address or sentence_address(printed, passage.anchor)
    at = passage.place(start)
    finding = Finding(RULE, at, words, (), address, printed, whole, length=len(printed))
    return Outcome(RULE, finding=finding)


def _whole_of_point(subject: Subject, rest: str, unit: str) -> str:
    """The only figure of the report with these digits behind its point."""
    wanted = re.compile(rf"[0-9][0-9,]*\.{rest}{unit}")
    figures = {match[0].replace(",", "") for match in wanted.finditer(subject.wording.text)}
    return figures.pop() if len(figures) == 1 else ""


def _whole(subject: Subject, rest: str, unit: str) -> str:
    """The figure of the report that ends on these digits, as printed; empty when there is none."""
    digits = r",?".join(re.escape(part) for part in rest.split(","))
    pattern = re.compile(WHOLE.format(rest=digits, unit=unit))
    match = pattern.search(subject.wording.text)
    if match is not None:
        return match[0]
    plain = re.compile(WHOLE.format(rest=digits, unit="$"))
    for fact in subject.disclosure.report.facts:
        if fact.figure.unit == unit and plain.match(fact.figure.text.removesuffix(unit)):
            return str(fact.figure)
    return ""
