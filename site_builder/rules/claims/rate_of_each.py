"""各项目的执行率均达到100%: a rate that every record of a list is said to have reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.figures_in_text import Said
from site_builder.relations import quotient
from site_builder.report import Fact
from site_builder.rules.claimed import NO_FIGURES, RULE, Claim, found
from site_builder.rules.miscounts import number_of
from site_builder.rules.named_rows import NamedRow, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

_RATE = "(?:(?:执行|支付|支出|拨付)(?:率|进度)|(?:预算|支出|资金)(?:完成|使用)率)"
EACH = re.compile(
    "(?:全年|年度|本年度?|当年|[我本全该][镇乡]|20[0-9]{2}年度?|实施|安排|纳入|预算|的|从执行看)*"
    "(?:(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})个|各个?|所有|全部)(?:支出|预算)?项目(?:支出|资金|预算|经费|的)*"
    f"{_RATE}(?:均|都|全部|已|也)+(?:为|是|有|在|达到?了?|超过|不低于|高于)?"
)
# Led by one character each, which is found at once.
MAYBE = (re.compile("率(?:[均都已也]|全部)"), re.compile("度(?:[均都已也]|全部)"))
RATE = re.compile(f"{_RATE}$")
_Rate = tuple[Decimal, Decimal]
NOT_LEAST = frozenset(("以内", "以下", "左右", "上下"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every claim of all records of the only list that has so many of them, with their rates."""
    compared = False
    text = subject.told.text
    for passage in subject.told.lines if any(one.search(text) for one in MAYBE) else ():  # quick
        if not any(one.search(passage.text) for one in MAYBE):  # quick
            continue
        if not is_told(passage):
            continue
        for said in passage.figures:
            start = passage.opening(said.start)
            match = EACH.fullmatch(passage.text, start, said.start)
            if match is not None and said.about not in NOT_LEAST:
                compared = True
                yield _judged(subject, passage, match, said)
    if not compared:
        yield Outcome(RULE, reason=NO_FIGURES)


def _judged(subject: Subject, passage: Passage, match: re.Match[str], said: Said) -> Outcome:
    asked, count = said.figure, match["n"]
    text = passage.text
    assert asked is not None  # a number behind a rate
    if text.startswith("的", said.end):
        return Outcome(RULE, reason=NO_FIGURES)
    wanted = None if count is None else number_of(count)
    lists = [one for one in _lists(subject) if wanted in (None, len(one))]
    if len(lists) != 1:
        return Outcome(RULE, reason=NO_FIGURES)
    rates = lists[0]
    below = {row: rate for row, (rate, most) in rates.items() if most < asked.amount}
    guards = tuple(fact.address for row in rates for fact in row.facts)
    if not below:
        return Outcome(RULE, guards)
    row = min(below, key=lambda one: below[one])
    rate = f"{shown(below[row], 2)}%"
    many = f"等{len(below)}个项目低于{asked}，最低的" if len(below) > 1 else "只有"
    facts_zh = f"“{row.name}”{many}{rate}"
    facts_en = f"“{row.name}” has {rate}; {len(below)} of {len(rates)} are below {asked}"
    words = text[match.start() : said.end].strip()
    claim = Claim((row.name,), passage, match.start(), words)
    return found(RULE, claim, row.name, facts_zh, facts_en, row.facts[:1], guards)


def _lists(subject: Subject) -> Iterator[dict[NamedRow, _Rate]]:
    """The lists whose every record has a rate, printed or made by outturn and budget."""
    rows = named_rows(subject.library, subject.disclosure)
    tables = {id(r.table): r.table for r in rows if r.table.form.kind == "list"}
    for table in tables.values():
        mine = [r for r in rows if r.table is table and not r.total]
        rates = {row: rate for row in mine if (rate := _rate(row)) is not None}
        if len(rates) == len(mine) > 1:
            yield rates


def _rate(row: NamedRow) -> _Rate | None:
    """What a record's rate is, and what it can stand for at most."""
    printed = next((f for f in row.facts if f.figure.unit == "%" and RATE.search(f.column)), None)
    if printed is not None:
        return printed.figure.amount, printed.figure.interval().high
    spent, budget = _with(row, "决算"), _with(row, "全年预算")
    made = quotient(spent.figure, budget.figure) if spent and budget else None
    return None if made is None else (made[0], made[1].high)


def _with(row: NamedRow, basis: str) -> Fact | None:
    found = [f for f in row.facts if f.basis == basis]
    return found[0] if len(found) == 1 else None
