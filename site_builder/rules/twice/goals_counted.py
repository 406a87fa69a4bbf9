"""完成的项数与表不符: how many goals are said to be met or missed, or listed in an annex, against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Line, Report, TableData
from site_builder.rules.column_labels import is_total
from site_builder.rules.goals_met import is_met, listed_goals
from site_builder.rules.indicator_lines import lines_of
from site_builder.rules.named_rows import is_called
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE
from site_builder.sentences import Passage
from site_builder.told import is_told

RULE = Rule(
    "met-count-differs",
    "warning",
    Words("完成的项数与表中不符", "The number of goals met is not the table's"),
    Words(
        "正文写“{printed}”，“{table}”{total}项里完成{met}项、未完成{missed}项（{names}）",
        "the text says “{printed}”; of {total} in “{table}” {met} are met, {missed} missed ({names})",
    ),
    Words(
        "请对照表逐项数一遍，改正项数；算法不同的，把怎样算完成写清楚",
        "count them in the table and mend the number, or say what counts as met",
    ),
    Words(
        "完成几项是自评的结论；读者会拿表来数。",
        "How many goals were met is the conclusion of a report, and readers count.",
    ),
    PERFORMANCE,
    yields_to=("goal-missed", "list-count"),
)
LISTED = Rule(
    "annex-count-differs",
    "warning",
    Words("正文的项数与附表不符", "A number of items that the annex does not have"),
    Words(
        "正文写“{printed}”，“{table}”列了{listed}项",
        "the text says “{printed}”; “{table}” lists {listed}",
    ),
    Words(
        "请核对附表是否漏列，或改正正文的项数",
        "see whether the annex lacks some, or mend the number",
    ),
    Words(
        "正文说见附表，附表就应当是那么多项。",
        "An annex that is referred to has as many items as the text says.",
    ),
    yields_to=("list-count", "met-count-differs"),
)
NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
TOTAL = re.compile(
    rf"(?P<n>{NUMBER})(?P<n2>)[项个](?:[^，,。；;0-9]{{0,10}}?)(?:指标|目标|任务)(?!以上)"
)
# What each of those that count goals, or of those of lists, has in it.
MAY_TOTAL = re.compile("[项个][^，,。；;0-9]{0,10}?(?:指标|目标|任务)")
MAY_LIST = re.compile("[个项](?:[，,。；;]|项目|工程|资金|专项)")
MET = re.compile(
    rf"(?:全面|全部|超额|如期|按期|按时|已|圆满|高质量)*(?:完成|达标|实现|达到目标|达到)(?:或超额完成|目标)?(?:的有?|了)?(?P<n>{NUMBER})项(?!目)"
    rf"|(?<![0-9第一二三四五六七八九十])(?P<n2>{NUMBER})项(?:指标|目标|任务)?(?:均|都|已|全面|全部|超额|如期|按期|按时|顺利|圆满)*(?:完成|达标|实现|达到)"
)
MISSED = re.compile(
    rf"(?:未|没有|没|未能|尚未)(?:全面|如期|按期)?(?:完成|达标|实现|达到目标|达到|达成)(?:的有?|目标)?(?P<n>{NUMBER})项"
    rf"|(?<![0-9第一二三四五六七八九十])(?P<n2>{NUMBER})项(?:指标|目标|任务)?(?:因[^，,。；;]{{1,10}})?(?:未|没有|没|未能|尚未)(?:全面|如期|按期|能)?(?:完成|达标|实现|达到|达成)"
)
ALL = re.compile(
    "(?:均已?|都已?|全部|已全部|已全面)(?:按[时期质量]+|如期|圆满|顺利|超额|较好地?)*(?:完成|达标|实现|达到|达成)"
)
ANNEX = re.compile("[（(，,]?(?:详?见)(?P<annex>附[件表][0-9一二三四五六七八九十]{0,2})")
# 附件2列出的4项工作目标
IN_ANNEX = re.compile(
    rf"(?P<annex>附[件表][0-9一二三四五六七八九十]{{0,2}})(?:中|共)?(?:所?列[出示明]?|列有|载明|确定)的?(?P<n>{NUMBER})(?P<n2>)[项个条](?P<noun>[^，,。；;0-9（(]{{0,8}})"
)
CAPTION = re.compile("[（(，,]?(?:详?见)《(?P<caption>[^》]{4,30})》")
# 除养老保险参保外均已完成
BUT = re.compile(
    "除(?P<names>[^，,。；;0-9]{2,40}?)(?:以外|之外|外)[，,]?(?:其余|其他|其它)?(?:各?项|[0-9一二三四五六七八九]{1,2}项)?(?:目标|指标|任务)?(?:均|全部|都|已)+(?:按期|如期|全面|圆满)*(?:完成|达标|实现|达到)"
)
SELECTED = re.compile(
    "其中|方面|重点|主要|新增|续建|部分|左右|以上|多|未|没有|已|完成(?!投资|情况)"
)
# The list's own total in money stands in the sentence: 安排工程6个，计划投资397万元.
OF_LIST = re.compile(
    rf"(?:项目|工程|任务|资金)(?:共|计|有)*(?P<n>{NUMBER})[个项](?=[，,。；;])"
    rf"|(?<![0-9第])(?P<n2>{NUMBER})[个项](?:项目|工程|资金|专项)(?=[，,。；;]|计划|预算|安排|共|支出|投)"
)
COUNTED = re.compile(rf"(?P<n>{NUMBER})(?P<n2>)[项个条](?P<noun>[^，,。；;0-9（(]{{0,8}})")
MAY_ANNEX = re.compile("见(?=附|《)|附(?=[件表][^，,。；;]{0,6}(?:列|载|确))")
JOINTS = re.compile("[、和及与]")
LATER = re.compile("下一步|下年|明年|计划|拟|将|20[0-9]{2}年(?:计划|拟)")
NARROWED = re.compile("重点|主要|核心")
NOUNS = ("项目", "目标", "指标", "任务", "资金", "设备")
LEAST = 3  # of so few many tables may be meant
PARTLY = re.compile("其中|方面|新增|续建|部分|左右|以上|多")


_Goals = tuple[TableData, list[tuple[str, bool | None]]]
_Total = tuple[TableData, Line, set[tuple[Decimal, str]]]


def check(subject: Subject) -> Iterator[Outcome]:
    """Sentences that count goals, each against the only table with as many; then those of lists."""
    report, text = subject.disclosure.report, subject.told.text
    found: list[Outcome] = []
    if MAY_TOTAL.search(text):  # quick
        tables = list(_tables(report))
        for passage in subject.told.lines if tables else ():  # quick
            if MAY_TOTAL.search(passage.text) is None:  # quick
                continue
            if is_told(passage):
                found += _met(passage, tables)
    if MAY_ANNEX.search(text) or MAY_LIST.search(text):  # quick
        totals = list(_totals(report))
        for passage in subject.told.lines:
            told = passage.text
            if not (MAY_ANNEX.search(told) or MAY_LIST.search(told)):  # quick
                continue
            if is_told(passage):
                found += _listed(passage, report, totals)
    yield from found
    if not found:
        yield Outcome(RULE, reason=Words("正文没有数完成的项数", "no goals are counted"))


def _tables(report: Report) -> Iterator[_Goals]:
    """Tables of goals, each goal with whether it was met; None where figures cannot tell."""
    for table in report.tables:
        if table.form.subject:
            continue
        if table.form.kind == "indicators":
            lines = lines_of(table)
            yield table, [(one.label, is_met(one.target, one.result, one.label)) for one in lines]
        elif goals := list(listed_goals(table)):
            yield table, [(g.label, is_met(g.target, g.result, g.label)) for g in goals]


def _number(match: re.Match[str]) -> int:
    """The number of a pattern that has it in one of two places."""
    written = match["n"] or match["n2"]
    return int(han_number(written) or written)


def _met(passage: Passage, tables: list[_Goals]) -> Iterator[Outcome]:
    """9项指标，完成8项，1项未完成: of the only table with nine."""
    text = passage.text
    for total in TOTAL.finditer(text):
        low, high = passage.sentence(total.start())
        if LATER.search(text, low, total.start()) or PARTLY.search(text, low, total.end()):
            continue
        size = _number(total)
        fit = [t for t in tables if len(t[1]) == size]
        if len(fit) != 1 or size < LEAST:
            continue
        table, goals = fit[0]
        narrowed = NARROWED.search(total[0])
        if narrowed and narrowed[0] not in table.form.caption:
            continue
        stated = _stated(text, total.end(), high, size) or _all_but(text, total.end(), high, goals)
        if stated is None:
            continue
        done, left, last = stated
        met = sum(1 for _, one in goals if one)
        missed = [name for name, one in goals if one is False]
        open_ = size - met - len(missed)
        if met <= done <= met + open_ and done + left == size:
            yield Outcome(RULE)
            continue
        printed = text[total.start() : last]
        words = {
            "printed": printed,
            "table": table.form.caption,
            "total": str(size),
            "met": f"{met}至{met + open_}" if open_ else str(met),
            "missed": str(len(missed)),
            "names": "、".join(missed[:4]),
        }
        yield _finding(RULE, passage, total.start(), printed, words, table.lines[0], met)


def _stated(text: str, start: int, high: int, size: int) -> tuple[int, int, int] | None:
    """How many of `size` are said to be met and missed, and where that ends."""
    missed = MISSED.search(text, start, high)
    met = MET.search(text, start, missed.start() if missed else high)
    if met is not None:
        done = _number(met)
        left = _number(missed) if missed else size - done
        return done, left, missed.end() if missed else met.end()
    if missed is not None:
        return size - _number(missed), _number(missed), missed.end()
    everything = ALL.search(text, start, high)
    if everything is None or re.search("除|未|没有|基本", text[start:high]):
        return None
    return size, 0, everything.end()


def _all_but(
    text: str, start: int, high: int, goals: list[tuple[str, bool | None]]
) -> tuple[int, int, int] | None:
    """除养老保险参保外均已完成: how many are said to be met and missed, each of the missed being a goal."""
    claim = BUT.search(text, start, high)
    if claim is None:
        return None
    names = JOINTS.split(claim["names"])
    if not all(any(is_called(label, name) for label, _ in goals) for name in names):
        return None
    return len(goals) - len(names), len(names), claim.end()


def _listed(passage: Passage, report: Report, totals: list[_Total]) -> Iterator[Outcome]:
    """共10项（见附件2）: the annex that is one list."""
    text = passage.text
    of_totals = list(_of_total(passage, totals))
    yield from [outcome for _, outcome in of_totals]
    counted = {low for low, _ in of_totals}
    for count in IN_ANNEX.finditer(text) if "附" in text else ():  # quick
        tables = [t for t in report.tables if t.form.annex == count["annex"]]
        if len(tables) != 1 or NARROWED.search(count["noun"]):
            continue
        if _number(count) >= LEAST and _is_of(tables[0], count["noun"]):
            yield _counted(passage, count, _number(count), tables[0], tables[0].lines[0])
    for mark in (*ANNEX.finditer(text), *CAPTION.finditer(text)):
        low = passage.sentence(mark.start())[0]
        if low in counted:
            continue
        counts = list(COUNTED.finditer(text, low, mark.start()))
        if SELECTED.search(text, low, mark.start()) or LATER.search(text, low, mark.start()):
            continue
        tables = [t for t in report.tables if _meant(t, mark)]
        if len(tables) != 1 or len(counts) != 1 or not tables[0].whole:
            continue
        table, count = tables[0], counts[0]
        size = _number(count)
        if size < LEAST or not _is_of(table, text[low : count.start()] + count["noun"]):
            continue
        yield _counted(passage, count, size, table, table.lines[0])


def _meant(table: TableData, mark: re.Match[str]) -> bool:
    """Is it the annex of that number, or the table of that caption?"""
    if mark.re is CAPTION:
        return table.form.caption == mark["caption"]
    return table.form.annex == mark["annex"]


def _totals(report: Report) -> Iterator[_Total]:
    """Whole lists with one line of totals, and what that holds."""
    for table in report.tables:
        if table.form.kind == "list" and table.whole:
            totals = [line for line in table.lines if is_total(line)]
            if len(totals) == 1:
                facts = [c.fact for c in totals[0].cells if c.fact is not None]
                money = {(f.figure.amount, f.figure.unit) for f in facts}
                yield table, totals[0], money


def _of_total(passage: Passage, totals: list[_Total]) -> Iterator[tuple[int, Outcome]]:
    """安排工程6个，计划投资397万元: the sentence has the list's total, so its number is the list's; with its start."""
    text = passage.text
    for count in OF_LIST.finditer(text) if totals else ():  # quick
        low, high = passage.sentence(count.start())
        if SELECTED.search(text, low, count.end()) or LATER.search(text, low, count.start()):
            continue
        figures = [s.figure for s in passage.figures if low <= s.start < high]
        money = {(f.amount, f.unit) for f in figures if f and f.kind == "money"}
        for table, total, amounts in totals:
            if not money.isdisjoint(amounts):
                yield low, _counted(passage, count, _number(count), table, total)
                break


def _counted(
    passage: Passage, count: re.Match[str], size: int, table: TableData, line: Line
) -> Outcome:
    """What a sentence counts, against the lines of a list."""
    listed = sum(1 for one in table.lines if not is_total(one) and _filled(one))
    if size == listed:
        return Outcome(LISTED)
    words = {"printed": count[0], "table": table.form.caption, "listed": str(listed)}
    return _finding(LISTED, passage, count.start(), count[0], words, line, listed)


def _finding(
    rule: Rule,
    passage: Passage,
    start: int,
    printed: str,
    words: dict[str, str],
    line: Line,
    right: int,
) -> Outcome:
    finding = Finding(
        rule,
        passage.place(start),
        words,
        (line.cells[0].at,),
        sentence_address(printed, "项数"),
        printed,
        f"{right}项",
        length=len(printed),
    )
    return Outcome(rule, finding=finding)


def _is_of(table: TableData, words: str) -> bool:
    """Is what is counted what the list holds: 项目, 目标, 指标, 任务, 资金 in its caption?"""
    caption = f"{table.form.caption}{table.form.key}"
    return any(noun in words and noun in caption for noun in NOUNS)


def _filled(line: Line) -> bool:
    return any(cell.text for cell in line.cells)
