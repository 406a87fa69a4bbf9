"""按经济分类列的支出不等于总数: 工资福利、商品和服务 … of a sentence that do not make their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import added
from site_builder.spending_kinds import KindList, amounts_of, kind_lists

RULE = Rule(
    "told-classes-differ",
    "warning",
    Words(
        "正文里按经济分类列的支出不等于总数",
        "Classes of spending in a sentence that do not make their whole",
    ),
    Words(
        "“{name}”是{printed}，所列{parts}加起来是{recomputed}，{way}{difference}",
        "“{name}” is {printed}; {parts} make {recomputed}, {difference} {way_en}",
    ),
    Words(
        "请逐项核对，看是写错了数还是漏了一类（如资本性支出）；原件如此的，保留原文并在“认可”中说明",
        "check each class: a wrong figure, or one left out; if printed so, keep and explain it",
    ),
    Words(
        "一笔支出只属于一个经济分类，写明“包括”哪几类，读者会把它们加起来。",
        "A payment is of one class only: where the classes are listed readers add them up.",
    ),
    "政府收支分类科目（支出经济分类）",
    yields_to=("told-part-exceeds", "told-total", "told-parts-differ"),
)
WAGES = re.compile("工资福利")  # the first class of every list


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence that lists three classes or more of one whole."""
    found = False
    for passage in subject.told.holding(WAGES):
        for kinds in kind_lists(passage):
            for outcome in _judged(subject, kinds):
                found = True
                yield outcome
    if not found:
        yield Outcome(RULE, reason=Words("没有按经济分类列的支出", "no classes of spending told"))


def _judged(subject: Subject, kinds: KindList) -> Iterator[Outcome]:
    if all(said.linked for said in kinds.parts):
        return  # what the tables hold is judged where it stands
    whole = kinds.whole
    figure = whole.figure if whole is not None else kinds.told_elsewhere(subject.disclosure.report)
    if figure is None:
        return
    parts = amounts_of(kinds.parts)
    amount, span = added(parts, figure.unit)
    with_others = added([*parts, *amounts_of(kinds.within)], figure.unit)[1]
    if span.meets(figure.interval()) or with_others.meets(figure.interval()):
        yield Outcome(RULE)
        return
    less = span.high < figure.interval().low
    if less and not kinds.complete:
        return
    decimals = max(figure.decimals, *(a.figure.decimals for a in parts))
    words = {
        "name": kinds.name,
        "printed": str(figure),
        "parts": "、".join(said.text for said in kinds.parts),
        "recomputed": f"{shown(amount, decimals)}{figure.unit}",
        "difference": f"{shown(abs(figure.amount - amount), decimals)}{figure.unit}",
        "way": "少" if less else "多",
        "way_en": "less" if less else "more",
    }
    yield Outcome(RULE, finding=_finding(kinds, words, figure))


def _finding(kinds: KindList, words: dict[str, str], figure: Figure) -> Finding:
    passage, first = kinds.passage, kinds.parts[0]
    places = [said.start for said in (kinds.whole, *kinds.parts[1:]) if said is not None]
    return Finding(
        RULE,
        passage.place(first.start),
        words,
        tuple(map(passage.place, places)),
        passage.address or sentence_address(first.text, kinds.name),
        str(figure),
        words["recomputed"],
        words["difference"],
    )
