"""How an example of a rule is judged: by line and rule, by its findings' addresses and words."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.examples import Example
from site_builder.finding import Finding


def judged(example: Example, findings: Iterable[Finding]) -> set[tuple[int, str]]:
    """Line and rule of each finding; 0 for the line of one that cannot be acknowledged where it is.

    And each line of its `says` that is no message.
    """
    found = tuple(findings)
    text, first = example.blocks.get("says", ("", 0))
    messages = {f.message() for f in found} if text else ()
    unsaid = {(n, s) for n, s in enumerate(text.splitlines(), first) if s not in messages}
    return unsaid | {
        (f.at.line if f.rule.form or _addressed(example, f) else 0, f.rule.id) for f in found
    }


def _addressed(example: Example, finding: Finding) -> bool:
    """Is it addressed in the narrative where it stands in the narrative, and as a cell in the data?"""
    line, address = finding.at.line, finding.address
    if not address:
        return False
    text, first = example.blocks.get("words", ("", 0))
    if first <= line < first + text.count("\n"):
        return address.startswith("正文")
    text, first = example.blocks["data"]
    at_a_cell = "=" not in address or not address.startswith("正文")  # 正文=镇镇, 正文.职责
    return at_a_cell or not first <= line < first + text.count("\n")
