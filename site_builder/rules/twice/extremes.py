"""最多、最少的不是它: a record said to be the largest or smallest of a table, which another is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.relations import quotient
from site_builder.rules.named_rows import NamedRow, fact_in, named_rows
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
    "(?:最|居(?=首)|排(?=第一)|位居(?=第一))(?P<way>多|大|高|快|好|少|小|低|慢|差|首|第一)位?的(?:[^，,。；;、0-9]{0,6}?[是为]|[，,：:])?(?P<rest>[^，,。；;]{2,30})"
)
ALSO = {"首": "多", "第一": "多"}
MOST = frozenset(("多", "大", "高", "快", "好", "首", "第一"))
# 集镇污水管网改造支出最多: behind the name.
BEHIND = re.compile(
    "(?:项目|工程)?的?(?P<what>[^，,。；;、0-9最]{2,8})(?:为)?最(?P<way>多|大|高|少|小|低)(?=[，,。；;、（(]|$)"
)
MAY_BE = led_by("最居排位", "最|居首|排第一|位居第一")
ORDER = re.compile("依次|分别")
RATE = re.compile("(?:支出|支付|执行|拨付)(?:进度|率)$")
SHARE = re.compile(
    "(?P<a>[一-鿿]{2,6})占(?P<b>[一-鿿]{2,6}?)(?:投资|资金|金额)?的?(?:比例|比重|比)$"
)
WORDY = re.compile("(?:安排|金额|规模|总额|资金)$")
SPENT = re.compile("支出|支付|执行|决算")
BUDGET = re.compile("预算|下达|安排")
EACH = re.compile("价|标准")
MONEY = re.compile("(?:投入|资金|金额|规模|投资)$")
SOME = re.compile(
    "(?<=.)其中|之中|完[工成]|在建|以外|除|新增|续建|类|前[二三四五]|[一二三四五六七八九十]个方面"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """“结余最多的是X”, X a row of a table whose column the words before 最 name."""
    compared = False
    for passage in subject.told.lines if MAY_BE.search(subject.told.text) else ():  # quick
        if MAY_BE.search(passage.text) is None:  # quick
            continue
        if not is_told(passage):
            continue
        rows = named_rows(subject.library, subject.disclosure)
        for outcome in (*_all_of(passage, rows), *_behind(passage, rows)):
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有说最多或最少", "nothing is called the most"))


def _all_of(passage: Passage, rows: tuple[NamedRow, ...]) -> Iterator[Outcome]:
    for match in EXTREME.finditer(passage.text):
        yield from _of(passage, match, rows)


def _behind(passage: Passage, rows: tuple[NamedRow, ...]) -> Iterator[Outcome]:
    """集镇污水管网改造支出最多，达187.36万元: the name before the column."""
    text = passage.text
    told = [
        (row, said)
        for row in rows
        if row.name in text  # quick
        for name in re.finditer(re.escape(row.name), text)
        if (said := BEHIND.match(text, name.end())) is not None
    ]
    for row, said in told:
        column, sizes = _compared(rows, row, said["what"])
        if row not in sizes or SOME.search(text, passage.sentence(said.start())[0], said.start()):
            continue
        best = sorted(sizes, key=lambda r: sizes[r], reverse=said["way"] in MOST)[0]
        if sizes[row] == sizes[best]:
            yield Outcome(RULE)
        else:
            place = f"最{said['way']}的"
            yield _finding(passage, said, row.name, column, place, (row, sizes), best)


def _compared(
    rows: tuple[NamedRow, ...], row: NamedRow, before: str
) -> tuple[str, dict[NamedRow, Decimal]]:
    """The column meant and what it has, where it compares three records or more; parts are none."""
    peers = [r for r in rows if r.table is row.table and not r.total]
    column, sizes = _sizes(peers, row, before)
    if len(sizes) < 3 or any(r.line.label.startswith("其中") for r in peers):
        return "", {}
    return column, sizes


def _of(passage: Passage, match: re.Match[str], rows: tuple[NamedRow, ...]) -> Iterator[Outcome]:
    text, rest = passage.text, match["rest"]
    before = text[passage.opening(match.start()) : match.start()]
    if SOME.search(text, passage.sentence(match.start())[0], match.start()):
        return
    called = [r for r in rows if r.name in rest]
    for row in called:
        column, sizes = _compared(rows, row, before)
        if row not in sizes:
            continue
        ranked = sorted(sizes.values(), reverse=match["way"] in MOST)
        told = sorted((r for r in called if r in sizes), key=lambda r: rest.find(r.name))
        if rest.count("、") != len(told) - 1 or (len(told) > 1 and not ORDER.search(match[0])):
            return
        for number, one in enumerate(told):
            if sizes[one] != ranked[number]:
                best = next(r for r in sizes if sizes[r] == ranked[number])
                most = ALSO.get(match["way"], match["way"])
                place = f"第{number + 1}的" if number else f"最{most}的"
                yield _finding(passage, match, before, column, place, (one, sizes), best)
                return
        yield Outcome(RULE)
        return


def _sizes(
    peers: list[NamedRow], row: NamedRow, before: str
) -> tuple[str, dict[NamedRow, Decimal]]:
    """The column that the words before 最 name, and what each row has there; a rate may be worked out."""
    columns = [fact.column for fact in row.facts]
    before = WORDY.sub("", before)
    for column in columns:
        if column and before.endswith((column, column.removesuffix("数").removesuffix("额"))):
            return column, _amounts(peers, column)
    of = SHARE.search(before)
    if of is not None:
        tops = [c for c in columns if of["a"] in c]
        bottoms = [c for c in columns if of["b"] in c and c not in tops]
        if len(tops) == len(bottoms) == 1:
            return f"{tops[0]}÷{bottoms[0]}", _quotients(peers, tops[0], bottoms[0])
    elif RATE.search(before) and not any(f.figure.unit == "%" for f in row.facts):
        spent = [c for c in columns if SPENT.search(c)]
        budget = [c for c in columns if BUDGET.search(c) and c not in spent]
        if len(spent) == len(budget) == 1:
            return f"{spent[0]}÷{budget[0]}", _quotients(peers, spent[0], budget[0])
    money = [f.column for f in row.facts if f.figure.kind == "money" and not EACH.search(f.column)]
    if len(money) == 1 and MONEY.search(before):
        return money[0], _amounts(peers, money[0])
    return "", {}


def _amounts(peers: list[NamedRow], column: str) -> dict[NamedRow, Decimal]:
    """What each row has under a column; nothing where units differ."""
    told = {r: f.figure for r in peers if (f := fact_in(r, column)) is not None}
    if len({figure.unit for figure in told.values()}) > 1:
        return {}
    return {r: figure.amount for r, figure in told.items()}


def _quotients(peers: list[NamedRow], top: str, bottom: str) -> dict[NamedRow, Decimal]:
    """One column over the other, in per cent with two decimals."""
    rates = {}
    for peer in peers:
        one, other = fact_in(peer, top), fact_in(peer, bottom)
        made = None if one is None or other is None else quotient(one.figure, other.figure)
        if made is not None:
            rates[peer] = made[0].quantize(Decimal("0.01"))
    return rates


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
        "most": place,
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
