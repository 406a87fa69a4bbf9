"""最多、最少的不是它: a record said to be the largest or smallest of a table, which another is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
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
        "正文写“{printed}”，表中“{column}”{most}的是“{other}”（{recomputed}），“{label}”是{own}",
        "the text says “{printed}”; under “{column}” it is “{other}” ({recomputed}), “{label}” has {own}",
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
SOME = re.compile("其中|之中|以外|除|新增|续建|类|前[二三四五]|[一二三四五六七八九十]个方面")


def check(subject: Subject) -> Iterator[Outcome]:
    """“结余最多的是X”, X a row of a table whose column the words before 最 name."""
    compared = False
    rows: list[NamedRow] = []
    for passage in subject.told.lines:
        if "最" not in passage.text or not is_told(passage):
            continue
        for match in EXTREME.finditer(passage.text):
            rows = rows or [r for r in named_rows(subject.disclosure.report) if not r.total]
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
    called = [r for r in rows if r.name in match["rest"] or match["rest"].startswith(r.name[:8])]
    called = [r for r in called if len(r.name) > 1 and r.table.form.kind in ("list", "grid")]
    for row in called:
        peers = [r for r in rows if r.table is row.table]
        if len(peers) < 3 or any(r.line.label.startswith("其中") for r in peers):
            continue
        for fact in row.facts:
            if not _named(fact, before):
                continue
            others = [(r, f) for r in peers if (f := fact_in(r.line, fact.column)) is not None]
            if len(others) < 3 or len({f.figure.unit for _, f in others}) > 1:
                continue
            largest = match["way"] in MOST
            best = (max if largest else min)(others, key=lambda o: o[1].figure.amount)
            if fact.figure.amount == best[1].figure.amount:
                yield Outcome(RULE)
                return
            yield _finding(passage, match, before, row, fact, *best)
            return


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
    row: NamedRow,
    fact: Fact,
    best: NamedRow,
    figure: Fact,
) -> Outcome:
    printed = f"{before[-6:]}{match[0][: match[0].index('的') + 1]}"
    words = {
        "printed": f"{before[-6:]}{match[0]}",
        "column": fact.column,
        "most": f"最{match['way']}",
        "other": best.name,
        "recomputed": str(figure.figure),
        "label": row.name,
        "own": str(fact.figure),
    }
    finding = Finding(
        RULE,
        passage.place(match.start()),
        words,
        (fact.at, figure.at),
        sentence_address(printed, row.name),
        match[0],
        best.name,
        length=len(match[0]),
    )
    return Outcome(RULE, finding=finding)
