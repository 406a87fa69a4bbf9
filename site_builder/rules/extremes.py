"""最多、最少的不是它: a record said to be the largest or smallest of a table, which another is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import quotient
from site_builder.report import Fact
from site_builder.rules.named_rows import NamedRow, fact_in, named_rows, pairs_of
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "extreme-differs",
    "warning",
    Words("说是最多（最少）的，表中不是", "Said to be the most or least, which another row is"),
    Words(
        "正文写“{printed}”，表中按“{column}”{most}是“{other}”（{recomputed}），“{label}”是{own}",
        "the text says “{printed}”; by “{column}” it is “{other}” ({recomputed}), “{label}” has {own}",
    ),
    Words(
        "请对照表重新找出最多（最少）的一项；只在其中几项里比的，把范围写清楚",
        "look it up in the table again; if only some rows are meant, say which",
    ),
    Words(
        "“最多”“最低”读者一看表就知道对不对。",
        "Whether something is the most or the least, readers see in the table at once.",
    ),
)
EXTREME = re.compile(
    "最(?P<way>多|大|高|快|好|少|小|低|慢|差)的(?:[^，,。；;、0-9]{0,6}?[是为]|[，,：:])?(?P<rest>[^，,。；;]{2,30})"
)
MOST = frozenset("多大高快好")
ORDER = re.compile("依次|分别")
RATE = re.compile("(?:支出|支付|执行|拨付)(?:进度|率)$")
SHARE = re.compile(
    "(?P<a>[一-鿿]{2,6})占(?P<b>[一-鿿]{2,6}?)(?:投资|资金|金额)?的?(?:比例|比重|比)$"
)
SPENT = re.compile("支出|支付|执行|决算")
BUDGET = re.compile("预算|下达|安排")
MONEY = re.compile("(?:投入|资金|金额|规模|投资)$")
SOME = re.compile("其中|之中|以外|除|新增|续建|类|前[二三四五]|[一二三四五六七八九十]个方面")


def check(subject: Subject) -> Iterator[Outcome]:
    """“结余最多的是X”, X a row of a table whose column the words before 最 name."""
    compared = False
    rows: list[NamedRow] = []
    for passage in subject.told.lines:
        if "最" not in passage.text or not is_told(passage):
            continue
        for match in EXTREME.finditer(passage.text):
            rows = rows or [
                r for r in named_rows(subject.library, subject.disclosure) if not r.total
            ]
            for outcome in _of(passage, match, rows):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有说最多或最少", "nothing is called the most"))


def _of(passage: Passage, match: re.Match[str], rows: list[NamedRow]) -> Iterator[Outcome]:
    text = passage.text
    low = passage.clause(match.start())[0]
    before = text[low : match.start()]
    if SOME.search(text, passage.sentence(match.start())[0], match.start()):
        return
    named = ORDER.search(match[0])
    called = [r for r in rows if r.name in match["rest"] or match["rest"].startswith(r.name[:8])]
    for row in called:
        peers = [r for r in rows if r.table is row.table]
        if (
            row.table.form.kind == "fields"
            or len(peers) < 3
            or any(r.line.label.startswith("其中") for r in peers)
        ):
            continue
        column, sizes = _sizes(peers, row, before)
        if row not in sizes or len(sizes) < 3 or len(set(sizes.values())) == 1:
            continue
        largest = match["way"] in MOST
        ranked = sorted(sizes, key=lambda r: sizes[r], reverse=largest)
        told = [r for r in called if r in sizes] if named else [row]
        told.sort(key=lambda r: match["rest"].find(r.name))
        if named and (len(told) < 2 or match["rest"].count("、") != len(told) - 1):
            return
        wrong = next(
            (n for n, one in enumerate(told) if sizes[one] != sizes[ranked[n]]),
            None,
        )
        if wrong is None:
            yield Outcome(RULE)
        else:
            best = ranked[wrong]
            place = f"第{wrong + 1}的" if wrong else ""
            yield _finding(passage, match, before, column, place, (told[wrong], sizes), best)
        return


def _sizes(
    peers: list[NamedRow], row: NamedRow, before: str
) -> tuple[str, dict[NamedRow, Decimal]]:
    """The column that the words before 最 name, and what each row has there; a rate may be worked out."""
    for fact in row.facts:
        if not _named(fact, before):
            continue
        told = {r: f.figure for r in peers if (f := fact_in(r, fact.column)) is not None}
        if len({f.unit for f in told.values()}) == 1:
            return fact.column, {r: f.amount for r, f in told.items()}
    of = SHARE.search(before)
    if of is not None:
        tops = {f.column for f in row.facts if of["a"] in f.column}
        bottoms = {f.column for f in row.facts if of["b"] in f.column} - tops
        if len(tops) == len(bottoms) == 1:
            top, bottom = next(iter(tops)), next(iter(bottoms))
            return f"{top}÷{bottom}", _quotients(peers, top, bottom)
    if RATE.search(before) and not any(f.figure.unit == "%" for f in row.facts):
        spent = {f.column for f in row.facts if SPENT.search(f.column)}
        budget = {f.column for f in row.facts if BUDGET.search(f.column)} - spent
        if len(spent) == len(budget) == 1:
            top, bottom = next(iter(spent)), next(iter(budget))
            return f"{top}÷{bottom}", _quotients(peers, top, bottom)
    money = {f.column for f in row.facts if f.figure.kind == "money"} - {
        f.column for f in row.facts if "价" in f.column or "标准" in f.column
    }
    if len(money) == 1 and MONEY.search(before):
        column = next(iter(money))
        sums = {r: f.figure for r in peers if (f := fact_in(r, column)) is not None}
        return column, {r: f.amount for r, f in sums.items()}
    return "", {}


def _quotients(peers: list[NamedRow], top: str, bottom: str) -> dict[NamedRow, Decimal]:
    """One column over the other, in per cent with two decimals."""
    rates = {}
    for peer in peers:
        one, other = fact_in(peer, top), fact_in(peer, bottom)
        made = None if one is None or other is None else quotient(one.figure, other.figure)
        if made is not None:
            rates[peer] = made[0].quantize(Decimal("0.01"))
    return rates


def _named(fact: Fact, before: str) -> bool:
    """Do the words before 最 name the column: 结余最多, 支付率最低?"""
    if fact.column and (pairs_of(fact.column) or {fact.column}):
        stem = fact.column.removesuffix("数").removesuffix("额")
        if len(stem) > 1 and (before.endswith(stem) or before.endswith(fact.column)):
            return True
    return False


def _finding(
    passage: Passage,
    match: re.Match[str],
    before: str,
    column: str,
    place: str,
    told: tuple[NamedRow, dict[NamedRow, Decimal]],
    best: NamedRow,
) -> Outcome:
    row, sizes = told
    printed = match[0]
    words = {
        "printed": f"{before[-12:]}{printed}",
        "column": column,
        "most": place or f"最{match['way']}的",
        "other": best.name,
        "recomputed": _shown(sizes[best]),
        "label": row.name,
        "own": _shown(sizes[row]),
    }
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (row.line.cells[0].at, best.line.cells[0].at),
        sentence_address(printed, row.name),
        printed,
        best.name,
        length=len(printed),
    )
    return Outcome(RULE, finding=finding)


def _shown(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
