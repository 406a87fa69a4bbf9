"""同一个数前后两处数字颠倒: a figure told twice by one name, with the same digits in another order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Rule, Words
from site_builder.rules.figure_names import figure_name
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.sentences import Passage
from site_builder.slips import is_swapped

RULE = Rule(
    "digits-retold",
    "warning",
    Words("同一个数前后两处数字颠倒", "A figure told twice with its digits swapped"),
    Words(
        "“{name}”这里写{printed}，另一处写{other}，数字相同、次序不同",
        "“{name}” is {printed} here and {other} elsewhere: the same digits in another order",
    ),
    Words(
        "请对照原件看哪一处是对的，改正另一处；说的不是同一个数的，把话说清楚",
        "see in the original which is right and mend the other; if two things are meant, say so",
    ),
    Words(
        "同一个数再写一遍，最常见的错就是把两位数字写颠倒。",
        "When a figure is written again, the commonest slip is to swap two of its digits.",
    ),
    yields_to=(
        "digits-swapped",
        "count-told-twice",
        "town-size-differs",
        "prose-contradicts",
        "linked-figure",
        "told-twice",
        "told-result-differs",
    ),
)
# What a name must end on: things of which a report has one, not what was done here and there.
HEAD = re.compile(
    "(?:率|度|得分|总分|结余|结转|结转和结余|缺口|余额|总额|总量|总计|合计|经费|费|收入|支出|预算|决算|问卷|编制|人口|资产|负债|原值|净值|债务|产值|总产量|投资|户数|人数|面积|受益(?:群众|人口|农户|村民))$"
)
# Words before a name that do not make it another thing.
NEUTRAL = re.compile(
    "(?:资金|全年|年度|综合|总体|整体|实际|平均|回收|收回|本次|累计|其中|的|财政|预算|项目|全镇|全乡|群众|我镇|(?:该|本)?项目)*"
)
# What tells of another year, of a plan, or of a part.
OTHERWISE = re.compile(
    "20[0-9]{2}年|"
    "上年|去年|上一年|同期|年初|计划|目标|任务|预计|力争|原(?!值)|明年|拟|将|确保|争取|增长|增加|减少|下降|提高|上升|其中|分别|每|比|较"
)
RETURNED = re.compile("(?:收回|回收)的?$")
MOST = 4  # times that a figure is told again
NUMBER = re.compile("[0-9](?:[0-9,]*[.][0-9]+|[0-9,]{2,})")
NOUN = re.compile("[一-鿿]{3,8}")


class _Told(NamedTuple):
    name: str
    figure: Figure
    said: Said
    passage: Passage


def check(subject: Subject) -> Iterator[Outcome]:
    """Figures of three digits and more, by what their digits are; those of one name are compared."""
    lines = subject.told.lines
    written: dict[str, list[str]] = {}
    for number in dict.fromkeys(NUMBER.findall("\n".join([line.text for line in lines]))):
        written.setdefault("".join(sorted(number.replace(",", ""))), []).append(number)
    year = f"{subject.disclosure.key.year}年"
    digits = {
        number: key
        for key, numbers in written.items()
        if len(numbers) > 1  # quick
        for number in numbers
    }
    compared = False
    for group in _grouped(digits, lines):
        named = [told._replace(name=name) for told in group if (name := _name(told, year))]
        for outcome in _compared(named, lines):
            compared = True
            yield outcome
    if not compared:
        yield Outcome(
            RULE, reason=Words("没有数字相同、次序不同的数", "no figures of the same digits")
        )


def _grouped(digits: dict[str, str], lines: tuple[Passage, ...]) -> Iterable[list[_Told]]:
    """The figures that are written with these numbers, those of the same digits together."""
    groups: dict[str, list[_Told]] = {}
    for line in lines if digits else ():  # quick
        if any(map(line.text.__contains__, digits)):  # quick
            for said in line.figures:
                number = NUMBER.match(said.text)
                if number is None or number[0] not in digits:
                    continue
                if (figure := said.figure) is not None:
                    told = _Told("", figure, said, line)
                    groups.setdefault(digits[number[0]], []).append(told)
    return groups.values()


def _name(told: _Told, year: str) -> str:
    """What the figure is of; empty where it is not clear or of another year."""
    passage, said = told.passage, told.said
    high = passage.sentence(said.start)[1]
    clause = passage.clause(said.start)[0]
    head = passage.text[clause : said.start].replace(year, "").removesuffix(said.sign)
    if OTHERWISE.search(head):
        return ""
    name = figure_name(passage, said).replace("惠及", "受益")
    if HEAD.search(name):
        return name
    if RETURNED.search(head):
        return "收回问卷"
    noun = NOUN.match(passage.text, said.end, high)
    sizes = range(len(noun[0]) if noun is not None else 0, 2, -1)
    names = [passage.text[said.end : said.end + size] for size in sizes]
    return next((one for one in names if HEAD.search(one)), "")


def _compared(group: list[_Told], lines: tuple[Passage, ...]) -> Iterator[Outcome]:
    for number, told in enumerate(group):
        for first in group[:number]:
            if not _alike(told.name, first.name):
                continue
            if told.figure.unit != first.figure.unit or not is_swapped(
                told.figure.amount, first.figure.amount
            ):
                if told.figure.amount == first.figure.amount:
                    yield Outcome(RULE)
                continue
            if _many(told, lines):
                continue
            yield _finding(told, first)
            break


def _many(told: _Told, lines: tuple[Passage, ...]) -> bool:
    """Is there a third amount by this name, or a list of them? Then it is not the name of one figure."""
    amounts = [
        figure.amount
        for passage in lines
        if told.name in passage.text  # quick
        for said in passage.figures
        if (figure := said.figure) is not None
        and figure.unit == told.figure.unit
        and figure_name(passage, said).replace("惠及", "受益") == told.name
    ]
    return len(set(amounts)) > 2 or len(amounts) > MOST


def _alike(one: str, other: str) -> bool:
    """Is one name the other with nothing before it that narrows it?"""
    if len(other) > len(one):
        one, other = other, one
    if not one.endswith(other):
        return False
    return NEUTRAL.fullmatch(one[: -len(other)]) is not None


def _finding(told: _Told, first: _Told) -> Outcome:
    other, place = first.said.text, first.passage.place(first.said.start)
    words = {"name": told.name, "other": other}
    finding = finding_on(RULE, told.passage, told.said, told.name, words, other, (place,))
    return Outcome(RULE, finding=finding)
