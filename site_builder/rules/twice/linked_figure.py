"""正文与数据不一致: a figure in a sentence that differs from the cell it is linked to."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "linked-figure",
    "error",
    Words("正文与表中数据不一致", "Sentence differs from the data"),
    Words(
        "正文写“{printed}”，链接的“{label}”是{recomputed}",
        "the sentence says “{printed}”, the linked “{label}” is {recomputed}",
    ),
    Words(
        "请对照原件核对数字和单位；原件如此的，保留原文并在“认可”中说明",
        "check digits and unit; if it is printed so, keep it and explain it",
    ),
    Words(
        "正文和表格说的是同一个数，换算单位、按正文的位数取舍后应当相同。",
        "Sentence and table state one figure; converted and rounded they must agree.",
    ),
)
_UNIT = Words("；像是单位写错了", "; the unit seems wrong")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every linked figure, converted and cut to the digits of the coarser of the two."""
    for link, cell in subject.disclosure.links:
        if cell is None:
            continue
        guards = (cell.address,)
        match link.figure, cell.fact:
            case Figure() as said, Fact() as fact:
                if not said.unit:  # “编制[94](…)人”: the unit stands outside the link
                    said = Figure(said.amount, fact.figure.unit, said.text, said.about)
                if said.agrees_with(fact.figure):
                    yield Outcome(RULE, guards)
                    continue
                label, there = fact.label, str(fact.figure)
                cause = _UNIT if said.amount == fact.figure.amount else None
            case _:
                if link.words.strip("“”") == cell.text.strip("“”"):
                    yield Outcome(RULE, guards)
                    continue
                label, there, cause = cell.address, cell.text or "空白", None
        words = {"printed": link.words, "label": label, "recomputed": there}
        yield Outcome(
            RULE,
            guards,
            Finding(
                RULE,
                link.at,
                words,
                (cell.at,),
                sentence_address(link.words, link.target),
                link.words,
                there,
                cause=cause,
            ),
        )
