"""序号跳号: 一是, 二是, 四是 in one passage; items 1、2、4 one below the other, or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "ordinal-skipped",
    "note",
    Words("列举的序号跳号或重号", "Ordinals skipped or used twice"),
    Words(
        "“{printed}”前面是“{before}”，{zh}",
        "“{printed}” follows “{before}”: {en}",
    ),
    Words(
        "请核对，看是漏了一项还是写错了序号；原件如此的，保留原文并在“认可”中说明",
        "see whether an item is missing; if it is printed so, keep and explain it",
    ),
    Words(
        "序号跳了，读者会以为漏了一项。",
        "Where an ordinal is skipped readers look for the missing item.",
    ),
)
DIGITS = "一二三四五六七八九十"
# 一是…三是; 一要…三要; 其一…其三; 第一，…第三，
FIRST = re.compile(
    "(?<![^。；;，,：:\n 　])(?:(?P<n>[一二三四五六七八九十])[是要](?![否非点素求害])|"
    "其(?P<n2>[一二三四五])[，,是、]|第(?P<n3>[一二三四五六七八九十])[，,])"
)
FIRST_OF_LINE = re.compile(
    "[一二三四五六七八九十其第](?:(?<=[一二三四五六七八九十])[是要]|[一二三四五][，,是、]|[一二三四五六七八九十][，,])"
)
# An item that is there after all, in other words: 一是…，二则…，三是…
OTHERWISE = {2: "二|其次|再者|另外", 3: "三|再次|此外", 4: "四|最后"}
RUN = re.compile("[（(①1](?=[一1]）|[一1]\\)|(?<=①)|[、.．])")
# （一）…。（二）…。（四）…: in one paragraph, each behind a full stop
INLINE = re.compile(
    r"(?<![^。；;：:\n 　])(?:[（(](?P<han>[一二三四五六七八九十])[）)]|"
    r"[（(](?P<round>[0-9]{1,2})[）)]|(?P<circle>[①-⑩])|(?P<arabic>[0-9]{1,2})[、.．](?![0-9]))"
)
_ITEM = (
    r"(?:(?P<arabic>[0-9]{1,2})、|(?P<dotted>[0-9]{1,2})[.．]|[（(](?P<han>[一二三四五六七八九十])[）)]|"
    r"[（(](?P<round>[0-9]{1,2})[）)]|(?P<circle>[①-⑩]))(?=\D)"
)
ITEM = re.compile(_ITEM)
FURTHER = re.compile(f"[。；;]{_ITEM}")
# How else a number of each kind may be written: 1、… 2.… 3、…; 2、2023年…; ①…②… without a mark before.
WRITTEN = {
    "arabic": "(?m:^|[。；;：:])[ 　]*{n}[、.．]",
    "dotted": "(?m:^|[。；;：:])[ 　]*{n}[、.．]",
    "han": "[（(]{han}[）)]|(?m:^|[。；;：:]){han}、",
    "round": "(?<![0-9]){n}[）)]",
    "circle": "{circle}|[（(]{n}[）)]",
}


def check(subject: Subject) -> Iterator[Outcome]:
    """Each line on its own, then the lines of a section that begin with numbers."""
    found = False
    for outcome in (*_within(subject), *_inline(subject), *_below(subject), *_in_tables(subject)):
        found = True
        yield outcome
    if not found:
        yield Outcome(RULE)


def _within(subject: Subject) -> Iterator[Outcome]:
    """一是…三是 in one line, or at the head of the next line of its section."""
    section, last, between = None, 0, ""
    for passage in subject.told.holding(FIRST_OF_LINE):
        if passage.address or passage.anchor != section:
            section, last, between = passage.anchor, 0, ""
        end = 0
        for match in FIRST.finditer(passage.text):
            number = DIGITS.index(match["n"] or match["n2"] or match["n3"]) + 1
            between += passage.text[end : match.start()]
            skips = last and last + 1 < number <= last + 3 and (end or not match.start())
            if skips and not re.search(OTHERWISE.get(last + 1, DIGITS[last]), between):
                before = match[0].replace(DIGITS[number - 1], DIGITS[last - 1])
                yield _found(passage, match.start(), match[0], before, "中间跳号", "one is missing")
                last = 0
                break
            # 一是人手不足；二是经费紧张；二是设备老化
            if end and number == last > 1 and passage.text.count("一是") == 1:
                yield _found(passage, match.start(), match[0], match[0], "重号", "used twice")
            last, end, between = number, match.end(), ""
        between += passage.text[end:]


def _inline(subject: Subject) -> Iterator[Outcome]:
    """（一）…。（二）…。（四）…: a run that begins with one, in one paragraph."""
    for passage in subject.told.holding(RUN):
        last: dict[str, tuple[int, str, int]] = {}
        newest = ""
        for match in INLINE.finditer(passage.text):
            kind, mark = str(match.lastgroup), match[0]
            number = _number(match[kind])
            before = last.get(kind)
            at = match.start()
            if (
                before is not None
                and before[0] + 1 < number <= before[0] + 3
                and not _written(kind, before[0] + 1, passage.text[before[2] : at])
            ):
                yield _found(passage, at, mark, before[1], "中间跳号", "one is missing")
                break
            # 3.收集信息。4.完成考核。4.处理投诉。
            if (
                before is not None
                and number == before[0] > 1
                and (mark, kind) == (before[1], newest)
            ):
                yield _found(passage, at, mark, mark, "重号", "used twice")
            newest = kind
            if number == 1 or before is not None:
                last[kind] = number, mark, match.end()


def _written(kind: str, number: int, text: str) -> bool:
    """Is there an item of this number after all, in a form that was not read?"""
    forms = {"n": str(number), "han": DIGITS[number - 1 : number], "circle": chr(0x245F + number)}
    return re.search(WRITTEN[kind].format(**forms), text) is not None


def _number(written: str) -> int:
    if written.isascii():
        return int(written)
    return ord(written) - 0x245F if "①" <= written <= "⑩" else DIGITS.index(written) + 1


def _in_tables(subject: Subject) -> Iterator[Outcome]:
    """The column 序号 of a list."""
    for table in subject.disclosure.report.tables:
        columns = [n for n, c in enumerate(table.form.columns) if c.label == "序号"]
        if len(columns) != 1:
            continue
        cells = [line.cells[columns[0]] for line in table.lines]
        cells = [cell for cell in cells if cell.text.strip()]
        if not all(cell.text.strip().isdecimal() for cell in cells):
            continue
        for one, other in pairwise(cells):
            before, number = int(one.text), int(other.text)
            if number in (before + 1, 1) or not before <= number <= before + 3:
                continue
            zh, en = ("重号", "used twice") if number == before else ("中间跳号", "one is missing")
            words = {"printed": other.text, "before": one.text, "zh": zh, "en": en}
            finding = Finding(RULE, other.at, words, (), other.address, other.text)
            yield Outcome(RULE, finding=finding)


def _below(subject: Subject) -> Iterator[Outcome]:
    """1、 2、 4、: lines of one section, each beginning with its number."""
    series: dict[str, tuple[int, str, int]] = {}
    section = ""
    lines = subject.told.lines
    for place in subject.told.items:
        passage = lines[place]
        match = ITEM.match(passage.text)
        if match is None:
            continue
        if passage.anchor != section:
            section, series = passage.anchor, {}
        kind, number = _read(match)
        before = series.get(kind)
        series[kind] = _last_in(passage.text, kind, number), match[0], place
        if before is None or number in (1, before[0] + 1) or number > before[0] + 3:
            continue
        if number == before[0]:
            yield _found(passage, 0, match[0], before[1], "重号", "used twice")
        elif number > before[0]:
            between = "\n".join(line.text for line in lines[before[2] : place])
            if not _written(kind, before[0] + 1, between):
                yield _found(passage, 0, match[0], before[1], "中间跳号", "one is missing")


def _last_in(text: str, kind: str, number: int) -> int:
    """The last of the numbers that follow each other in one line: （一）…。（二）…。"""
    for match in FURTHER.finditer(text):
        if match.lastgroup == kind:
            read = _read(match)[1]
            number = read if number < read <= number + 3 else number
    return number


def _read(match: re.Match[str]) -> tuple[str, int]:
    kind = str(match.lastgroup)
    return kind, _number(match[kind])


def _found(passage: Passage, start: int, printed: str, before: str, zh: str, en: str) -> Outcome:
    words = {"printed": printed, "before": before, "zh": zh, "en": en}
    around = passage.text[start : start + 12]
    address = passage.address or f"正文={address_part(around)}"
    finding = Finding(RULE, passage.place(start), words, (), address, printed, length=len(printed))
    return Outcome(RULE, finding=finding)
