"""正文与表差十倍: a sentence that calls a row by its name and gives its size with a zero more or less."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part, sentence_address
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.rows_told import ToldRow, told_rows

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


def check(subject: Subject) -> Iterator[Outcome]:
    """Every row whose number, with its digits at another place, stands in the text."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    for told in told_rows(subject):
        right = told.size.figure
        if _digits(right) < LEAST or told.size.cell.text in subject.told.text:
            continue  # told rightly somewhere
        if told.amount in [right.amount.scaleb(n) for n in SCALES]:
            yield _finding(told, right)


def _digits(figure: Figure) -> int:
    """How many digits it has without zeros at the end."""
    return len(figure.amount.normalize().as_tuple().digits)


def _finding(told: ToldRow, right: Figure) -> Finding:
    said, cell = told.said, told.size.cell
    less, more = sorted((told.amount, right.amount))
    words = {
        "printed": said.text,
        "label": f"{told.row.name}·{told.size.column}",
        "recomputed": str(right),
        "factor": f"{(more / less).normalize():f}",
    }
    address = sentence_address(said.text, address_part(told.row.name))
    at = told.passage.place(said.start)
    return Finding(
        RULE, at, words, (cell.at,), address, said.text, right.text, length=len(said.text)
    )
