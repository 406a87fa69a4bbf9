"""表中竣工早于开工: a row of a list whose end comes before its beginning."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "row-dates-reversed",
    "warning",
    Words("表中竣工早于开工", "In a table something ends before it begins"),
    Words(
        "“{label}”的{end}是{printed}，早于{begin}{recomputed}",
        "“{label}”: {end} {printed} comes before {begin} {recomputed}",
    ),
    Words("请核对两个日期，多半是写颠倒了", "check both dates; they were probably swapped"),
    Words("竣工不会早于开工。", "Nothing is finished before it is begun."),
)
NAME = re.compile("[一-鿿]{2}")
BEGINS = re.compile("开工|开始|启动|起始")
ENDS = re.compile("竣工|完工|结束|终止|交付|验收")
DATE = re.compile(
    r"(?P<year>20[0-9]{2})(?:年|[-./])(?P<month>[0-9]{1,2})(?:月|[-./]|$)(?:(?P<day>[0-9]{1,2})日?)?$"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Lists with a column of beginnings and one of ends."""
    compared = False
    for table in subject.disclosure.report.tables:
        columns = table.form.columns
        first = [n for n, c in enumerate(columns) if BEGINS.match(c.label)]
        last = [n for n, c in enumerate(columns) if ENDS.match(c.label)]
        if len(first) != 1 or len(last) != 1:
            continue
        for line in table.lines:
            begin, end = line.cells[first[0]], line.cells[last[0]]
            one, other = _date(begin.text), _date(end.text)
            if one is None or other is None:
                continue
            compared = True
            if one <= other:
                yield Outcome(RULE)
                continue
            names = (c.text for c in line.cells if NAME.search(c.text))
            words = {
                "label": next(names, line.label),
                "begin": columns[first[0]].label,
                "end": columns[last[0]].label,
                "printed": end.text,
                "recomputed": begin.text,
            }
            finding = Finding(RULE, end.at, words, (begin.at,), end.address, end.text, begin.text)
            yield Outcome(RULE, finding=finding)
    if not compared:
        yield Outcome(RULE, reason=Words("表中没有起止日期", "no dates in tables"))


def _date(text: str) -> datetime.date | None:
    """A date with its month at least; None for anything else."""
    match = DATE.match(text.strip())
    if match is None:
        return None
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return None
