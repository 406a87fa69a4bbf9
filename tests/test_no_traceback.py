"""Whatever is typed into a report, checking ends: every example with slips at its numbers and words."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from test_rule_pages import FOUND, MORE

from site_builder.examples import Example, run_example

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# What a number may become: nothing, a sign, two points, zero, full width, a date, a power.
SLIPS = (
    "",
    "0",
    "0.0",
    "{}.1.2",
    ".{}",
    "{}.",
    "-{}",
    "１２",
    "{0}{0}",
    "2022年{}",
    "00{}",
    "{}²",
    "{}%",
    "①",
)
LETTERS = "，。；、：（）“”年月日万元亿户人个分%占共其中比上年增加下降扣得一二十零"


def slipped(text: str, chance: random.Random) -> str:
    """The text with a third of its numbers mistyped, and some characters lost, doubled or strange."""
    text = NUMBER.sub(
        lambda m: chance.choice(SLIPS).format(m[0]) if chance.random() < 0.35 else m[0], text
    )
    letters = list(text)
    for place in range(len(letters)):
        if letters[place] != "\n" and chance.random() < 0.02:
            letters[place] = chance.choice(("", letters[place] * 2, chance.choice(LETTERS)))
    return "".join(letters)


@pytest.mark.parametrize("page", sorted({example.page for example in (*FOUND, *MORE)}))
def test_slips_are_findings_or_nothing(page: str) -> None:
    """No rule stops at a number with two points, a zero below a line, or half a word."""
    for example in (*FOUND, *MORE):
        if example.page == page:
            run_example(with_slips(example, random.Random(f"{page}:{example.line}")))


def with_slips(example: Example, chance: random.Random) -> Example:
    """Slips in the narrative; in the data in numbers alone, so that it stays YAML."""
    blocks = dict(example.blocks)
    for name in blocks.keys() & {"words", "words before"}:
        text, line = blocks[name]
        blocks[name] = slipped(text, chance), line
    text, line = blocks.get("data", ("", 0))
    if text:
        figures = NUMBER.sub(
            lambda m: (
                chance.choice(("0", "0.0", f"{m[0]}0", m[0])) if chance.random() < 0.35 else m[0]
            ),
            text,
        )
        blocks["data"] = figures, line
    return replace(example, blocks=blocks)
