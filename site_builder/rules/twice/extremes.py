"""最多、最少的不是它: a record said to be the largest or smallest of a table, which another is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.relations import quotient
from site_builder.rules.named_rows import NamedRow, fact_in, named_rows, row_in
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
# 增加最多的是X; X增加最多，比上年多34万元
CHANGED = re.compile(
    "(?:(?P<up>增加|增长|增幅|涨幅|上升)|减少|下降|降幅|压减)(?:额|率|幅度|的幅度)?最(?P<most>多|大|快|高|明显|显著)"
    "(?:的(?:项目|支出|科目|一[项类个])?(?:是|为)(?P<rest>[^，,。；;]{2,30}))?"
)
OF_WHAT = re.compile(
    "(?:支出|项目|经费|资金|工程|投入)?的?(?:[比较](?:上年|去年)|同比)?(?:支出|资金|投入)?$"
)
NOT_SINCE = re.compile("预算|计划|目标|季度|半年|月份?|环比|近[两二三四五]")
MOST = frozenset(("多", "大", "高", "快", "好", "首", "第一"))
# 集镇污水管网改造支出最多: behind the name.
BEHIND = re.compile(
    "(?:项目|工程)?的?(?P<what>[^，,。；;、0-9最]{2,8})(?:为)?最(?P<way>多|大|高|少|小|低)(?=[，,。；;、（(]|$)"
)
# 农林水支出1007.05万元，占35.32%，是支出规模最大的一类; …万元，居各类支出首位: behind the amount.
BEHIND_AMOUNT = re.compile(
    "(?:支出|决算数?|资金)?(?:为|达|共|是)?[0-9.]+万?元[，,、（(]?(?:占[^，,。；;0-9]{0,14}[0-9.]+%[，,）)]?)?(?:是|为|均)?"
    "(?:(?P<what>[^，,。；;、0-9最居排]{0,8})最(?P<way>多|大|高|少|小|低)(?:的(?:一[类项个]|科目|支出|项目|类别)[^，,。；;0-9]{0,4})?|"
    "(?:位?居|排)(?:[^，,。；;0-9]{0,6})(?:首位|第一位?))(?=[，,。；;、）)]|$)"
)
MAY_BE = led_by("最居排位", "最|居[^，,。；;、0-9]{0,6}首|排第一|位居第一")
ORDER = re.compile("依次|分别")
RATE = re.compile("(?:支出|支付|执行|拨付)(?:进度|率)$")
SHARE = re.compile(
    "(?P<a>[一-鿿]{2,6})占(?P<b>[一-鿿]{2,6}?)(?:投资|资金|金额)?的?(?:比例|比重|比)$"
)
WORDY = re.compile("(?:安排|金额|规模|总额|资金)$")
SPENT = re.compile("支出|支付|执行|决算")
BUDGET = re.compile("预算|下达|安排")
EACH = re.compile("价|标准")
# What is told of what was spent, whatever the column is called.
SPENDING = re.compile(
    "(?:^|[^0-9一-鿿]|各[类项]|全年|其|支出|中|看|按)(?:支出|占(?:总?支出)?(?:的?比[重例]?|合计)|数额|规模|金额)(?:数额|金额|规模|总额|数|额|量|比重|比例)?$|^$"
)
SUM = re.compile("(?:合计|总计|小计)(?:数|额)?$")
NO_OUTTURN = re.compile("上年|去年|预算|增减|结余|较|比")
MONEY = re.compile("(?:投入|资金|金额|规模|投资)$")
SOME = re.compile(
    "(?<=.)其中|之中|完[工成]|在建|以外|除|新增|续建|(?<!分)类(?!别)|前[二三四五]|[一二三四五六七八九十]个方面"
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
        told = (*_all_of(passage, rows), *_behind(passage, rows), *_changes(subject, passage))
        for outcome in told:
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
        if (said := BEHIND.match(text, name.end()) or BEHIND_AMOUNT.match(text, name.end()))
    ]
    for row, said in told:
        column, sizes = _compared(rows, row, said["what"] or "")
        if row not in sizes or SOME.search(text, passage.sentence(said.start())[0], said.start()):
            continue
        way = said["way"] or "多"
        best = sorted(sizes, key=lambda r: sizes[r], reverse=way in MOST)[0]
        if sizes[row] == sizes[best]:
            yield Outcome(RULE)
        else:
            place = f"最{way}的"
            yield _finding(passage, said, row.name, column, place, (row, sizes), best)


def _changes(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """What grew or fell most since last year, by both years' columns or by the lists of both years."""
    text = passage.text
    for match in CHANGED.finditer(text):
        low, high = passage.sentence(match.start())
        if NOT_SINCE.search(text, low, high):
            continue
        rows = named_rows(subject.library, subject.disclosure)
        row = _called(rows, text[low : match.start()], match["rest"])
        if row is None:
            continue
        peers = [r for r in rows if r.table is row.table and not r.total]
        if SOME.search(text[low : match.start()]) or text.startswith("其中", low):
            peers = [r for r in peers if r is row or r.name in text[:low]]
        since = _since(subject, _siblings(row, peers))
        if row not in since:
            continue
        unit, way = since[row][0].unit, 1 if match["up"] else -1
        gaps = {r: (_in(now, unit) - _in(was, unit)) * way for r, (now, was) in since.items()}
        rates = {r: gaps[r] / _in(was, unit) for r, (_, was) in since.items()}
        best = max(gaps, key=lambda r: gaps[r])
        by_rate = match["most"] != "多" and max(rates, key=lambda r: rates[r]) is row
        if gaps[row] >= gaps[best] or by_rate:
            yield Outcome(RULE)
            continue
        column, place = match[0].partition("最")[0], f"最{match['most']}的"
        label = text[passage.opening(match.start()) : match.start()]
        yield _finding(passage, match, label, f"比上年{column}", place, (row, gaps), best)


def _called(rows: tuple[NamedRow, ...], before: str, rest: str | None) -> NamedRow | None:
    """The only row that is named right before the words, or behind them."""
    if rest is not None:
        found = [r for r in rows if rest.startswith(r.name)]
    else:
        words = OF_WHAT.sub("", before)
        found = [r for r in rows if r.name in (words[-len(r.name) :], before[-len(r.name) :])]
    longest = max((len(r.name) for r in found), default=0)
    found = [r for r in found if len(r.name) == longest]
    return found[0] if len(found) == 1 else None


def _since(subject: Subject, peers: list[NamedRow]) -> dict[NamedRow, tuple[Figure, Figure]]:
    """The money that each row has, and what it had last year."""
    county, town, year = subject.disclosure.key
    before = subject.library.of_year(county, town, year - 1)
    then_rows = () if before is None else named_rows(subject.library, before)
    found = {}
    for peer in peers:
        money = [f for f in peer.facts if f.figure.kind == "money"]
        now = [f for f in money if f.basis == "决算" and f.year == year] or money
        past = [f for f in money if f.basis == "上年决算"]
        if not past and (then := row_in(then_rows, peer)) is not None:
            past = [f for n in now if (f := fact_in(then, n.column)) is not None]
        if len(now) == len(past) == 1 and past[0].figure.amount > 0:
            found[peer] = (now[0].figure, past[0].figure)
    return found


def _in(figure: Figure, unit: str) -> Decimal:
    factor = figure.factor_to(unit)
    assert factor is not None  # both are money
    return figure.amount * factor


def _compared(
    rows: tuple[NamedRow, ...], row: NamedRow, before: str
) -> tuple[str, dict[NamedRow, Decimal]]:
    """The column meant and what it has, where it compares three records or more; parts are none."""
    peers = [r for r in rows if r.table is row.table and not r.total]
    column, sizes = _sizes(peers, row, before)
    if not sizes and SPENDING.search(before):
        column, sizes = _spent(_siblings(row, peers), row)
    if len(sizes) < 3 or any(r.line.label.startswith("其中") for r in peers):
        return "", {}
    return column, sizes


def _siblings(row: NamedRow, peers: list[NamedRow]) -> list[NamedRow]:
    """The rows of a table that are parts of the same wholes, as far as the form tells."""
    wholes = {r: _wholes(r) for r in peers}
    return [r for r in peers if wholes[r] == wholes[row] and _level(r) == _level(row)]


def _wholes(row: NamedRow) -> list[str]:
    """The labels of the lines that the form makes of a row, besides others."""
    own = row.line.row
    return [
        line.label
        for line in row.table.lines
        if own is not None and line.row is not None  # quick
        for relation in line.row.relations
        if own.address in [name.replace(".", "") for name in relation.operands]
    ]


def _level(row: NamedRow) -> int:
    return 0 if row.line.row is None else row.line.row.level


def _spent(peers: list[NamedRow], row: NamedRow) -> tuple[str, dict[NamedRow, Decimal]]:
    """The sum of what each row has, or the only outturn: 合计, 决算数."""
    money = [f for f in row.facts if f.figure.kind == "money" and not NO_OUTTURN.search(f.column)]
    sums = [f.column for f in money if SUM.search(f.column)]
    columns = sums or [f.column for f in money if f.basis == "决算"]
    return (columns[0], _amounts(peers, columns[0])) if len(columns) == 1 else ("", {})


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
