"""列举的个数不符: a stated number of things, and the list in the lines below it or in the table that it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from site_builder.figure import han_number
from site_builder.finding import Words
from site_builder.forms import address_part, sentence_address
from site_builder.rules.column_labels import is_total
from site_builder.rules.miscounts import NOUN, RULE, Miscount, counts, found, phrase_of, verdict
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

_ITEM = re.compile(
    r"(?:(?P<bullet>[-*] )|(?P<digit>[0-9]{1,2})[.、．]|（(?P<han>[一二三四五六七八九十]{1,3})）"
    r"|（(?P<round>[0-9]{1,2})）|(?P<circle>[①-⑳]))"
)
_ABSTRACT = re.compile(
    "^[^，,]{0,6}?(?:方面|措施|问题|任务|原因|建议|目标|特点|阶段|环节|做法|职能|职责|项目|活动|步骤|机构)"
    "(?:的工作|工作)?(?:如下)?(?:，见|$)"
)

LOOK_DOWN = 79  # lines in which a list may go on


def check(subject: Subject) -> Iterator[Outcome]:
    """Lines that end on a number of things, above a list; sentences with a link to a list."""
    compared = False
    passages = subject.told.lines
    for number in subject.told.items:
        if not number or not passages[number - 1].text.endswith(("：", ":", "。")):
            continue
        passage = passages[number - 1]
        one = _below(passage, passages, number)
        if isinstance(one, Miscount):
            address = sentence_address(one.phrase, passage.anchor)
            yield found(one, passage.place(one.start), address)
        compared |= one is not None
    for outcome in _records(subject):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以数的列举", "no list to count"))


def _below(passage: Passage, lines: tuple[Passage, ...], number: int) -> Miscount | int | None:
    """报告提出五个方面： and then a list in the lines below."""
    text = passage.text
    first = _ITEM.match(lines[number].text)
    if first is None or (text.endswith("。") and first["bullet"]):
        return None
    sentence = max(text.rfind(mark, 0, len(text) - 1) for mark in "。；") + 1
    stated = counts(text, sentence)
    if len(stated) != 1:
        return None
    one = stated[0]
    noun = text[one.end :].rstrip("：:。")
    abstract = one.unit in "项条点类步" and len(noun.partition("，")[0]) < 9
    if not (abstract or _ABSTRACT.match(noun)) or NOUN.match(noun) is None:
        return None
    kind = str(first.lastgroup)
    count = 0
    for line in islice(lines, number, number + LOOK_DOWN):
        match = _ITEM.match(line.text)
        if line.anchor != passage.anchor:
            break
        if match is None or match.lastgroup != kind:
            if kind == "bullet" and not line.text.startswith(" "):
                break
            continue
        if kind != "bullet" and _order(match[kind]) != count + 1:
            break
        count += 1
    return verdict(text, one, len(text), {count}, False)


def _order(mark: str) -> int | Decimal | None:
    if mark.isascii():
        return int(mark)
    return ord(mark) - 0x245F if "①" <= mark <= "⑳" else han_number(mark)


def _records(subject: Subject) -> Iterator[Outcome]:
    """“十个项目，见[项目支出明细](#…)”: the records of the list that a sentence leads to."""
    disclosure = subject.disclosure
    tables = {t.form.address: t for t in disclosure.report.tables if t.form.kind == "list"}
    leading = [
        (link, table)
        for link, _ in disclosure.links
        if (table := tables.get(address_part(link.target))) is not None
    ]
    lines = {p.at.line: p for p in subject.told.lines} if leading else {}  # quick
    for link, table in leading:
        passage = lines.get(link.at.line)
        if passage is None:
            continue
        text = passage.text
        here = text.find(link.words)
        start = max(text.rfind(mark, 0, here) for mark in "。；") + 1
        stated = [s for s in counts(text, start) if s.start < here]
        if len(stated) != 1:
            continue
        noun = text[stated[0].end : stated[0].end + 2]
        names = (table.form.caption, table.form.key, *(c.label for c in table.form.columns))
        if not any(noun in name for name in names):
            continue
        records = [line for line in table.lines if not is_total(line)]
        count = sum(1 for line in records if any(c.text for c in line.cells))
        if count == stated[0].number:
            yield Outcome(RULE)
            continue
        phrase = phrase_of(text, stated[0], stated[0].end + 2)
        one = Miscount(stated[0].start, phrase, stated[0].number, count)
        address = sentence_address(phrase, passage.anchor)
        yield found(one, passage.place(stated[0].start), address)
