"""每月一次、全年十五次: how often a month or quarter a thing is held, and how often in the year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import han_number
from site_builder.finding import Finding, Words
from site_builder.forms import sentence_address
from site_builder.rules.of_each import RULE
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

_N = "[0-9]{1,3}|[一二三四五六七八九十两]{1,3}"
_EVERY = "每个?(?P<of>月|季度?|周|星期|半年|旬)"
_YEAR = "(?:全年度?|当年|本年度?|年内|20[0-9]{2}年度?)(?:[我全][镇乡])?(?:累计|合计|总计|总共|一共|共计?|已|先后|实际)*"
# 每月召开一次推进会，全年共召开15次
EVERY = re.compile(
    f"{_EVERY}(?P<what>[^，,。；;0-9每]{{0,8}}?(?P<n>{_N})(?P<unit>次|场|期|轮)[^，,。；;0-9每]{{0,16}})[，,]"
    f"{_YEAR}(?P<done>[一-鿿]{{0,8}}?)(?P<m>{_N})(?P=unit)"
)
# 全年共召开推进会15次，每月一次
IN_YEAR = re.compile(
    f"年(?<=[全当本一]年)(?:内|度)?(?:累计|合计|总计|总共|一共|共计?)+"
    f"(?P<what>(?P<done>[^，,。；;0-9]{{0,10}}?)(?P<m>{_N})(?P<unit>次|场|期|轮)[^，,。；;0-9]{{0,12}})[，,（(](?:做到|坚持|基本)?{_EVERY}[召开展组织举办]{{0,2}}(?P<n>{_N})(?P=unit)"
)
# How many of them a year has, at least, commonly and at most; holidays may have no week of theirs.
WEEKS = (45, 52, 53)
PERIODS = {"月": (12, 12, 12), "季": (4, 4, 4), "季度": (4, 4, 4), "半年": (2, 2, 2)}
PERIODS |= {"旬": (36, 36, 36), "周": WEEKS, "星期": WEEKS}
NOT_ALL_YEAR = re.compile(
    "每[^月季周星半旬个]|各|分别|起|以来|原则|要求|规定|计划|应|至少|不少|以上|余|多次|不[低得]|左右|约|平均|[上下]半年|因|另|除|外|加|临时|专题|不定期|其中|上年|去年|累计至|[0-9]月|若干|近"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every thing that is said to be held so often a month, with how often it was held in the year."""
    compared = False
    for pattern in (EVERY, IN_YEAR):
        for passage in subject.told.holding(pattern):
            for told in pattern.finditer(passage.text):
                text, (_, end) = passage.text, passage.sentence(told.start())
                all_year = not NOT_ALL_YEAR.search(text, passage.opening(told.start()), end)
                if all_year and told["done"][-2:] in told["what"]:
                    compared = True
                    yield _judged(passage, told)
    if not compared:
        yield Outcome(RULE, reason=Words("没有写每月几次", "nothing is told of each month"))


def _judged(passage: Passage, told: re.Match[str]) -> Outcome:
    often, held = _number(told["n"]), _number(told["m"])
    least, periods, most = PERIODS[told["of"]]
    if least * often <= held <= most * often:
        return Outcome(RULE)
    unit = told["unit"]
    printed = f"{told['m']}{unit}"
    right = f"{periods * often}{unit}"
    formula = f"每{told['of']}{told['n']}{unit} × {periods}"
    finding = Finding(
        RULE,
        passage.place(told.start("m")),
        {"printed": printed, "formula": formula, "recomputed": right},
        (passage.place(told.start("of") - 1),),
        passage.address or sentence_address(printed, formula),
        printed,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)


def _number(written: str) -> int:
    number = int(written) if written.isascii() else han_number(written)
    assert number is not None  # numerals only
    return int(number)
