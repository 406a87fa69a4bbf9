"""Any words at all: whatever is struck out of a narrative, put in or told twice, checking ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from site_builder.check import check_disclosure
from site_builder.library import Library, read_library

ROOT = Path(__file__).parent.parent
TODAY = date(2024, 1, 1)
TIMES = 120
PIECES = "0123456789.,，。；：、（）()%万元亿年月日其中占比较增减合计共人户亩-—“”每均 "
MARKED = re.compile(" ← .*$")


@pytest.fixture(scope="module")
def library() -> Library:
    """The project's own reports."""
    return read_library(ROOT)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Sentences of every kind that a rule looks at: those of the examples."""
    found = []
    for page in sorted((ROOT / "tests" / "cases").glob("*.md")):
        for block in re.findall(r"```markdown\n(.*?)```", page.read_text("utf-8"), re.S):
            found += [MARKED.sub("", line) for line in block.split("\n") if line]
    return found


def changed(line: str, chance: Random) -> str:
    """The line with something struck out, put in, moved or doubled."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(line) + 1)
        way = chance.randrange(4)
        if way == 0:
            line = line[:place] + line[place + chance.randint(1, 6) :]
        elif way == 1:
            line = line[:place] + "".join(chance.choices(PIECES, k=2)) + line[place:]
        elif way == 2:
            start = chance.randrange(len(line) + 1)
            line = line[:place] + line[start : start + 20] + line[place:]
        else:
            line = line[:place] + line[place : place + 20] * 2 + line[place:]
    return line


@pytest.mark.parametrize("seed", range(4))
def test_no_sentence_is_ever_worse_than_a_finding(library, lines, seed):
    """Sentences of the examples, damaged at random, in the place of a report's own narrative."""
    chance = Random(seed)
    for _ in range(TIMES):
        disclosure = chance.choice(library.disclosures)
        told = "\n\n".join(changed(line, chance) for line in chance.choices(lines, k=15))
        first = replace(disclosure.narrative.sections[0], markdown=told)
        narrative = replace(disclosure.narrative, sections=(first,))
        try:
            checked = check_disclosure(replace(disclosure, narrative=narrative), library, TODAY)
            assert all(finding.message() for finding in checked.findings)
        except Exception as error:  # any at all is what must not happen
            pytest.fail(f"{error!r}:\n{told}")
