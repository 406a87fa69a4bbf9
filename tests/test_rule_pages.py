"""Every rule's page is its test: a marked line must be reported by that rule, and nothing else.

Where a page would grow long, tests/cases/<rule>.md holds further examples in the same form.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from judged import judged

from site_builder.check import ALL_RULES
from site_builder.examples import BLOCK, PAGES, STANDING, Example, examples, run_example
from site_builder.rules import CHECKING_RULES

CASES = Path(__file__).parent / "cases"
FOUND = [e for p in sorted(PAGES.glob("*.md")) for e in examples(p.read_text("utf-8"), p.stem)]
MORE = [e for p in sorted(CASES.glob("*.md")) for e in examples(p.read_text("utf-8"), p.stem)]


@pytest.mark.parametrize("example", [*FOUND, *MORE], ids=lambda e: f"{e.page}:{e.line}")
def test_an_example_is_judged_as_it_is_marked(example: Example) -> None:
    """Lines and rules of the findings are those marked on the page; each can be acknowledged."""
    assert judged(example, run_example(example)) == example.expected


@pytest.mark.parametrize("rule", CHECKING_RULES, ids=lambda r: r.id)
def test_every_rule_has_a_page_with_a_broken_and_a_sound_example(rule: object) -> None:
    """A rule without both is not finished."""
    mine = [e for e in FOUND if e.page == rule.id]  # type: ignore[attr-defined]
    assert any(id_ == e.page for e in mine for _, id_ in e.expected)
    assert any(not e.broken for e in mine)


def test_every_page_is_a_rules() -> None:
    """No page outlives its rule."""
    assert {e.page for e in (*FOUND, *MORE)} <= {rule.id for rule in ALL_RULES}


KINDS = {("yaml", name) for name in (*STANDING, "data")}
KINDS |= {("markdown", name) for name in (None, "before", "neighbour", "sealed")}
KINDS.add(("text", "says"))


@pytest.mark.parametrize("page", [*PAGES.glob("*.md"), *CASES.glob("*.md")], ids=lambda p: p.name)
def test_every_block_of_a_page_is_read(page: Path) -> None:
    """No block is left open, so that it swallows the next, and none is of a kind that nobody reads."""
    blocks = list(BLOCK.finditer(page.read_text("utf-8")))
    assert not [block[0] for block in blocks if "```" in block[3]]
    assert not [block[0] for block in blocks if (block[1], block[2]) not in KINDS]
    assert "```" not in BLOCK.sub("", page.read_text("utf-8"))


@pytest.mark.parametrize("page", [*PAGES.glob("*.md"), *CASES.glob("*.md")], ids=lambda p: p.name)
def test_no_narrative_of_a_page_is_passed_over(page: Path) -> None:
    """A second narrative behind the same data is an example of its own."""
    text = page.read_text("utf-8")
    read = {e.blocks["words"][0] for e in examples(text, page.stem) if "words" in e.blocks}
    written = {b[3] for b in BLOCK.finditer(text) if (b[1], b[2]) == ("markdown", None)}
    assert written == read
