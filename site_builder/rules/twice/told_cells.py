"""正文与清单文字栏不符: an outcome that the text tells otherwise than the words of a list."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure
from site_builder.figures_in_text import Said, figures
from site_builder.finding import Rule, Words
from site_builder.rules.outcome import Outcome, Subject, held_against
from site_builder.rules.rows_in_words import OTHERWISE, VERB, Row, rows_in_words
from site_builder.rules.rows_told import ToldRow, told_rows
from site_builder.sentences import Passage
from site_builder.told import is_told

CELL = Rule(
    "outcome-differs",
    "warning",
    Words("正文写的数与清单不符", "An outcome told otherwise than in the list"),
    Words(
        "正文写“{label}”{printed}，清单“{column}”写的是“{recomputed}”",
        "the text says {printed} of “{label}”; the list has “{recomputed}” under “{column}”",
    ),
    Words(
        "请核对这个项目实际完成了多少，两处改成一致",
        "make both say what was done",
    ),
    Words(
        "同一个项目完成了多少，正文和清单应当是一个数。",
        "Text and list should state one number of what a project achieved.",
    ),
    yields_to=("digits-swapped", "prose-contradicts"),
)
MADE = frozenset(("建成", "新建", "修建"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with a column of words for what was done, against the text."""
    rows = list(rows_in_words(subject))
    found: list[Outcome] = []
    for passage in subject.told.lines if rows else ():  # quick
        if not is_told(passage):
            continue
        for one in rows:
            if one.row.name in passage.text or passage.section.endswith(one.row.name):
                found += _told(one, passage)
    lines = {o.finding.at.line for o in found if o.finding is not None}
    retold = [outcome for told in told_rows(subject) for outcome in _retold(told)]
    found += [o for o in retold if o.finding is None or o.finding.at.line not in lines]
    yield from found
    if not found:
        yield Outcome(CELL, reason=Words("清单没有文字的结果", "no outcomes in words"))


def _first(text: str) -> tuple[str, str, Figure] | None:
    """The verb, the words behind it and the figure of a cell: 铺设, 管网, 2.8公里."""
    for said in figures(text):
        figure = said.figure
        if figure is not None:
            verb = VERB.search(text, 0, said.start)
            return (verb[1], text[verb.end() : said.start], figure) if verb else ("", "", figure)
    return None


def _told(one: Row, passage: Passage) -> Iterator[Outcome]:
    text = passage.text
    start = max(0, text.find(one.row.name))
    others = [m for m in (text.find("；", start),) if m >= 0]
    end = min([len(text), *others])
    done = _first(one.done.text)
    if done is None:
        return
    told: list[tuple[int, Said, Figure]] = []
    for said in passage.figures:
        figure = said.plain if start <= said.start < end else None
        low = passage.opening(said.start)
        if figure is None or OTHERWISE.search(text, low, said.start):
            continue
        verb = VERB.search(text, low, said.start)
        if (
            verb is not None
            and _alike(verb[1], done[0])
            and said.unit == done[2].unit
            and _may_stand(one, text[verb.end() : said.start].strip("了共"), done[1])
        ):
            told.append((verb.start(), said, figure))
    yield from _outcomes(one, passage, told, done[2].amount)


def _alike(verb: str, other: str) -> bool:
    """新建 is 建成."""
    return verb == other or {verb, other} <= MADE


def _outcomes(
    one: Row, passage: Passage, told: list[tuple[int, Said, Figure]], right: Decimal
) -> Iterator[Outcome]:
    """What is told of an outcome: the number itself, or its parts (一期1.6公里，二期1.2公里)."""
    amounts = [figure.amount for _, _, figure in told]
    whole = right in amounts or sum(amounts) == right
    for start, said, figure in told:
        if figure.amount == right or (whole and figure.amount < right):
            yield Outcome(CELL)
            continue
        printed = passage.text[start : said.end]
        words = {
            "label": one.row.name,
            "printed": printed,
            "column": one.column,
            "recomputed": one.done.text,
        }
        yield held_against(CELL, passage, start, words, one.done, printed)


def _retold(told: ToldRow) -> Iterator[Outcome]:
    """全年铺设污水管网3.2公里, where 2.8 were laid; a project's budget told as what was spent."""
    right, amount = told.size.figure, told.amount
    if told.figure.agrees_with(right):
        yield Outcome(CELL)
        return
    other = any(told.figure.agrees_with(one.figure) for one in told.sizes)
    least = amount * 2 if told.whole else amount
    if other or right.amount < least <= amount * 2 <= right.amount * 4:
        words = {
            "label": told.row.name,
            "printed": told.said.text,
            "column": told.size.column,
            "recomputed": told.size.cell.text,
        }
        start = told.said.start
        yield held_against(CELL, told.passage, start, words, told.size.cell, told.said.text)


def _may_stand(one: Row, between: str, words: str) -> bool:
    """May it stand between verb and number: the name, or what the cell has there, as the name has it?

    管网 of the cell is 污水管网 in the sentence, where the record is called 集镇污水治理.
    """
    return between.endswith(words) and between.removesuffix(words) in one.row.name
