"""Shares of one whole: their rule, and the finding on one that does not fit the others."""

from __future__ import annotations

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome
from site_builder.sentences import Passage

RULE = Rule(
    "told-shares-differ",
    "warning",
    Words("各项占比加起来不是100%", "Shares of all items that do not make 100 %"),
    Words(
        "“{printed}”{zh}",
        "“{printed}” {en}",
    ),
    Words(
        "请按各项金额重新计算占比；原件如此的，保留原文并在“认可”中说明",
        "work the shares out anew; if they are printed so, keep and explain it",
    ),
    Words(
        "把各项和占比都列出来，读者加一遍就知道对不对。",
        "Whoever lists items with their shares invites readers to add them up.",
    ),
    yields_to=("told-share",),
)


def found(
    passage: Passage, start: int, printed: str, words: tuple[str, str], right: str
) -> Outcome:
    said = {"printed": printed, "zh": words[0], "en": words[1]}
    address = passage.address or sentence_address(printed, "占比")
    finding = Finding(RULE, passage.place(start), said, (), address, printed, right)
    return Outcome(RULE, finding=finding)
