"""子项与分项并列: an item named beside the parts of a whole, though it is inside one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.prose import LINK, LinkedFigure
from site_builder.relations import total_of, verdict
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import added
from site_builder.spending_kinds import KindList, amounts_of, is_within, kind_lists

RULE = Rule(
    "sub-item-as-peer",
    "warning",
    Words("子项与分项并列", "Sub-item listed as a part"),
    Words(
        "这句话把“{item}”{printed}与“{whole}”的各分项并列，但其余{count}项之和已经是{total}，"
        "它应当含在其中某一项里",
        "“{item}” ({printed}) stands beside the parts of “{whole}”, but the other {count} already "
        "make {total}: it must be inside one of them",
    ),
    Words(
        "请写成“其中：{item}{printed}”；原件如此的，保留原文并在“认可”中说明",
        "write “of which {item}”; if it is printed so, keep and explain it",
    ),
    Words(
        "并列的写法会让人把它再加一遍，算出来比总数还多。",
        "Readers who add up the sentence get more than the whole.",
    ),
)
SENTENCE = re.compile("[。！？\n]")
LEAST_PARTS = 3


def check(subject: Subject) -> Iterator[Outcome]:
    """A sentence whose first linked figure is exactly the sum of all that follow but one.

    Without links, one that lists 三公经费 beside classes of spending that make the whole without it.
    """
    disclosure = subject.disclosure
    links = [(link, cell.fact) for link, cell in disclosure.links if cell is not None]
    for _, group in groupby(links, key=lambda pair: pair[0].at.line):
        line = [(link, fact) for link, fact in group if fact is not None]
        if len(line) < LEAST_PARTS + 2:  # quick
            continue
        number = line[0][0].at.line
        raw = next((p.raw for p in subject.told.lines if p.at.line == number), "")
        for sentence in _sentences(raw, line):
            yield from _one(raw, sentence)
    if "工资福利" in subject.wording.text:  # quick
        for passage in subject.told.passages:
            if "工资福利" in passage.text and "商品" in passage.text:  # quick
                for kinds in kind_lists(passage):
                    yield from _beside(subject, kinds)


def _sentences(
    raw: str, line: list[tuple[LinkedFigure, Fact]]
) -> Iterator[list[tuple[LinkedFigure, Fact]]]:
    """The linked figures of one line, by sentence."""
    ends = [match.start() + 1 for match in SENTENCE.finditer(raw)]
    for _, group in groupby(line, key=lambda p: sum(end < p[0].at.column for end in ends)):
        yield list(group)


def _one(raw: str, sentence: list[tuple[LinkedFigure, Fact]]) -> Iterator[Outcome]:
    opening, whole = sentence[0]
    parts = [
        (link, fact)
        for link, fact in sentence[1:]
        if fact.basis == whole.basis
        and fact.figure.kind == whole.figure.kind
        and _name(fact) != _name(whole)
    ]
    if len(parts) < LEAST_PARTS + 1:
        return
    fitting = []
    for place, (_, fact) in enumerate(parts):
        others = parts[:place] + parts[place + 1 :]
        match total_of([other.figure for _, other in others], whole.figure.unit):
            case (amount, span) if fact.figure.amount:
                if verdict(whole.figure, amount, span) == "exact":
                    fitting.append((parts[place], others))
    if len(fitting) != 1:
        return
    (link, fact), others = fitting[0]
    if _is_told_within(raw, link):
        return
    words = {
        "item": _name(fact),
        "printed": link.words,
        "whole": _name(whole),
        "count": str(len(others)),
        "total": str(whole.figure),
    }
    address = sentence_address(link.words, link.target)
    others_at = (opening.at, *(other.at for other, _ in others))
    finding = Finding(RULE, link.at, words, others_at, address, link.words)
    yield Outcome(RULE, (), finding)


def _is_told_within(raw: str, link: LinkedFigure) -> bool:
    """Is a figure said to be part of one before it: 办公222.43万元（其中接待12.50万元）?"""
    start = link.at.column - 1
    before = raw[:start]
    if before.count("（") > before.count("）"):
        return True
    places = [match.span() for match in LINK.finditer(raw)]
    last = max((end for _, end in places if end <= start), default=0)
    end = next((end for begin, end in places if begin == start), len(raw))
    return is_within(raw[last:start], raw, end)


def _beside(subject: Subject, kinds: KindList) -> Iterator[Outcome]:
    """基本支出…，包括工资福利支出…、商品和服务支出…、三公经费22.5万元."""
    whole = kinds.whole
    figure = whole.figure if whole is not None else kinds.told_elsewhere(subject.disclosure.report)
    if figure is None:
        return
    parts = amounts_of(kinds.parts)
    total, span = added(parts, figure.unit)
    if not span.meets(figure.interval()):
        return
    told = [one for one in (whole, *kinds.parts) if one is not None]
    for said in kinds.within:
        if said.linked and all(one.linked for one in told):
            continue
        item = kinds.passage.label(said).lstrip("、，,和及以")
        decimals = max(p.figure.decimals for p in parts)
        words = {
            "item": item,
            "printed": said.text,
            "whole": kinds.name,
            "count": str(len(parts)),
            "total": f"{shown(total, decimals)}{figure.unit}",
        }
        place = kinds.passage.place
        others_at = tuple(place(one.start) for one in told)
        address = kinds.passage.address or sentence_address(said.text, item)
        at = place(said.start)
        yield Outcome(RULE, (), Finding(RULE, at, words, others_at, address, said.text))


def _name(fact: Fact) -> str:
    return fact.concept or fact.row
