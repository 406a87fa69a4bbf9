"""正文与表差十倍: a sentence that calls a row by its name and gives its size with a zero more or less.

So, too, a goal that a cell of words gives: 不少于2450亩, of 2.45万亩.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.rules.figure_heads import naming_words
from site_builder.rules.indicator_named import bare_words
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.outcome_cells import goal_items
from site_builder.rules.rows_told import ToldRow, told_rows
from site_builder.sentences import Passage
from site_builder.told import YEAR, is_wished

RULE = Rule(
    "tenfold-of-table",
    "warning",
    Words("正文与表中的数差十倍", "Ten times the table's figure, or a tenth"),
    Words(
        "正文写{printed}，表中“{label}”写的是{recomputed}，正好差{factor}倍",
        "the text says {printed}, the table has {recomputed} at “{label}”: {factor} times apart",
    ),
    Words(
        "请核对哪一处多写或少写了一个零、点错了小数点；说的不是同一个数的，把话说清楚",
        "a zero too many or too few, or a point misplaced? If another figure is meant, say so",
    ),
    Words(
        "多一个零、少一个零，是抄数字常见的错。",
        "A zero more or less is a common slip in copying figures.",
    ),
    yields_to=(
        "prose-contradicts",
        "told-result-differs",
        "told-unit-differs",
        "unit-slip",
        "linked-figure",
        "told-change",
        "told-share",
        "told-average",
        "told-part-exceeds",
        "outcome-differs",
    ),
)
LEAST = 2  # digits
SCALES = (1, -1, 2, -2)  # 万 is left out oftener, and other rules say so
GOAL = re.compile("目标|计划|任务|不[少低小]于|至少|≥|以上")
GOAL_SCALES = (*SCALES, 3, -3, 4, -4)
WISHED = re.compile("年初|计划|预期|设定|目标(?:任务)?|任务|要求|[：:]")
NAME = re.compile("[一-鿿]{3,}")
OTHER_YEAR = re.compile(
    "明年|下年|下一年|次年|上年|去年|季度|半年|[0-9]月|每|平均|(?<![农乡])村(?![民级庄道])"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every row whose number, with its digits at another place, stands in the text."""
    yield from outcomes_of((*_findings(subject), *_goals(subject)), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    for told in told_rows(subject):
        right = told.size.figure
        if _digits(right) < LEAST or told.size.cell.text in subject.told.text:
            continue  # told rightly somewhere
        if told.amount in [right.amount.scaleb(n) for n in SCALES]:
            yield _finding(told, right)


def _goals(subject: Subject) -> Iterator[Finding]:
    """粮食播种面积不少于2450亩, where the goal of the table is 2.45万亩."""
    goals: dict[str, tuple[Passage, Said, Figure]] = {}
    for item in goal_items(subject):
        for said in item.figures:
            name, figure = _name(item, said), said.figure
            if name and figure is not None and _digits(figure) >= LEAST:
                goals[name] = item, said, figure
    for passage in subject.told.lines if goals else ():  # quick
        text = passage.text
        if not any(name[:2] in text for name in goals):  # quick
            continue
        for said in passage.figures:
            goal = goals.get(_name(passage, said))
            figure = said.figure
            if goal is None or figure is None or not _is_goal(subject, passage, said):
                continue
            factor = figure.factor_to(goal[2].unit)
            if factor is not None and figure.amount * factor in [
                goal[2].amount.scaleb(n) for n in GOAL_SCALES
            ]:
                yield _goal(passage, said, figure.amount * factor, *goal)


def _name(passage: Passage, said: Said) -> str:
    """What a goal is called, without the words that change nothing; empty where it is too short."""
    name = bare_words(WISHED.sub("", naming_words(passage, said)[0]))
    return name if NAME.fullmatch(name) else ""


def _is_goal(subject: Subject, passage: Passage, said: Said) -> bool:
    """Is a goal of the year told?"""
    text = passage.text
    low, high = passage.clause(said.start)
    start = passage.sentence(said.start)[0]
    years = YEAR.findall(text[start : said.start])
    if years and int(years[-1]) != subject.disclosure.key.year:
        return False
    if OTHER_YEAR.search(text, low, high):
        return False
    return is_wished(passage.section) or GOAL.search(text, low, high) is not None


def _goal(
    passage: Passage, said: Said, amount: Decimal, item: Passage, of: Said, goal: Figure
) -> Finding:
    words = {
        "printed": f"{said.sign}{said.text}",
        "label": item.address.rpartition(".")[2],
        "recomputed": f"{of.sign}{goal}",
        "factor": _times(amount, goal.amount),
    }
    address = sentence_address(said.text, _name(passage, said))
    at = passage.place(said.start)
    return Finding(RULE, at, words, (item.at,), address, said.text, of.text, length=len(said.text))


def _times(one: Decimal, other: Decimal) -> str:
    less, more = sorted((one, other))
    return f"{(more / less).normalize():f}"


def _digits(figure: Figure) -> int:
    """How many digits it has without zeros at the end."""
    return len(figure.amount.normalize().as_tuple().digits)


def _finding(told: ToldRow, right: Figure) -> Finding:
    said, cell = told.said, told.size.cell
    words = {
        "printed": said.text,
        "label": f"{told.row.name}·{told.size.column}",
        "recomputed": str(right),
        "factor": _times(told.amount, right.amount),
    }
    address = sentence_address(said.text, address_part(told.row.name))
    at = told.passage.place(said.start)
    return Finding(
        RULE, at, words, (cell.at,), address, said.text, right.text, length=len(said.text)
    )
