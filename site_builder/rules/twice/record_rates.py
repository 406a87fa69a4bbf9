"""正文写的一个项目的执行率、占比，表中得不出: rates and shares told of a row by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

from site_builder.figure import Figure, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import quotient, verdict
from site_builder.report import Fact
from site_builder.rules.named_rows import NamedRow, fact_in, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told

RATE = Rule(
    "row-rate-differs",
    "warning",
    Words("正文写的执行率，这一项的数得不出", "A rate told of a row that its figures do not give"),
    Words(
        "正文写“{label}”{what}{printed}，按表中{formula}应为{recomputed}",
        "the text gives “{label}” a rate of {printed}; the table has {formula}, which makes {recomputed}",
    ),
    Words(
        "请按表中这一项的两个数重新计算",
        "work it out again from the row's own figures",
    ),
    Words(
        "一个项目的执行率由它自己的两个数算出。",
        "A project's rate comes from its own two figures.",
    ),
    yields_to=("told-share", "labelled-ratio"),
)
SHARE = Rule(
    "row-share-differs",
    "warning",
    Words("正文写的占比，表中的数得不出", "A share told of a row that the table does not give"),
    Words(
        "正文写“{label}”占“{what}”的{printed}，按表中{formula}应为{recomputed}{also}",
        "the text gives “{label}” {printed} of “{what}”; the table has {formula}, which makes {recomputed}{also_en}",
    ),
    Words(
        "请核对是哪一列的数、以哪个合计作分母",
        "see which column is meant, and of which total it is a share",
    ),
    Words(
        "占比由表中这一行和合计两个数算出。",
        "A share comes from two figures of the table, the row and its total.",
    ),
    yields_to=("told-share",),
)
_RATE = "(?:执行|支付|拨付|支出|完成|使用|到位)(?:率|进度)"
MAY_BE_RATE = re.compile(
    f"{_RATE}(?:(?:较|偏|最)[高低快慢]|不高)?[，,]?(?:仅|只|已)?(?:为|是|有|达到?)?(?=[0-9])"
)
# 执行率最低的是石坪村文化广场，为80.37%
EXTREME = re.compile(
    f"{_RATE}最[高低快慢]的(?:项目)?(?:是|为)(?P<name>[^，,。；;、0-9]{{2,24}})[，,](?:仅|只)?(?:为|有|达到?)?(?=[0-9])"
)
# 农田水利维修、消防站建设两个项目的预算执行率分别为97.44%、96.43%
RESPECTIVELY = re.compile(
    f"(?P<names>[^，,。；;0-9]{{5,80}}?)(?:等?[两二三四五六]个项目)?(?:的)?(?:预算|资金)*{_RATE}分别(?:为|是|达到?)"
    "(?P<rates>[0-9.]{1,6}%(?:[、和，][0-9.]{1,6}%)+)"
)
MAY_BE_SHARE = re.compile("占[^，,。；;、0-9占]{2,14}的(?:比例为|比重为)?(?=[0-9])")
# 从账面原值看，房屋及构筑物占比80.63%
OF_COLUMN = re.compile(
    "(?:从|按|以)?(?P<column>[一-鿿]{2,10})(?:来?看|中|构成|口径)[，,：:](?P<rest>[^。；;]{2,80})"
)
OF_COLUMN_END = re.compile("[看中成径][，,：:]")
PART_OF = re.compile("(?P<name>[一-鿿（）]{2,16}?)占比?(?:为|达)?(?=[0-9])")
MAYBE = re.compile("[率度占]")
OTHERWISE = re.compile("上年|去年|季度|上半年|计划|目标|力争|累计|[0-9]+月底?")
OF_MORE = re.compile("[省市县]|同类|[全各]村")
LEAST = 3  # characters of a name
# 石坪村文化广场项目的预算执行率: behind the name
AFTER_NAME = re.compile("(?:项目|工程|资金|经费)*(?:的)?(?:预算|资金)*$")
CONSTRUCTION = re.compile("(?:建设|项目|工程)+$")
WHAT = re.compile(f"(?:预算|资金)?{_RATE}")
MOST = 3  # sums of money of a row, or nobody knows which are meant
TOGETHER = ("、", "和", "与", "及")
OF_ALL = re.compile("、|全[年镇乡]|整体|总|合计|等")


def check(subject: Subject) -> Iterator[Outcome]:
    """Percentages behind the name of a row."""
    found: list[Outcome] = []
    for passage in subject.told.lines:
        text = passage.text
        if not MAYBE.search(text):  # quick
            continue
        if is_told(passage):
            for match in MAY_BE_RATE.finditer(text):
                found += _told(subject, passage, match, _rate)
            for match in EXTREME.finditer(text) if "最" in text else ():  # quick
                found += _told(subject, passage, match, _extreme)
            if "分别" in text:  # quick
                found += _each_rate(subject, passage)
            for match in MAY_BE_SHARE.finditer(text):
                found += _told(subject, passage, match, _share)
            if "占" in text and OF_COLUMN_END.search(text):  # quick
                found += _shares_of_column(subject, passage)
    yield from found
    for rule in (RATE, SHARE):
        if not any(outcome.rule is rule for outcome in found):
            yield Outcome(rule, reason=Words("没有说某一项的比率", "no rate is told of a row"))


_Rows = tuple[NamedRow, ...]
_Judge = Callable[[Passage, re.Match[str], _Rows, Said, Figure], Iterator[Outcome]]


def _told(
    subject: Subject, passage: Passage, match: re.Match[str], judge: _Judge
) -> Iterator[Outcome]:
    """What is made of the percentage of the year that stands behind the words."""
    low = passage.sentence(match.start())[0]
    for said in passage.figures:
        if said.start == match.end() and said.unit == "%":
            figure = said.plain
            if figure is None or OTHERWISE.search(passage.text, low, match.start()):
                continue
            rows = named_rows(subject.library, subject.disclosure)
            yield from judge(passage, match, rows, said, figure)


def _rate(
    passage: Passage, match: re.Match[str], rows: _Rows, said: Said, figure: Figure
) -> Iterator[Outcome]:
    """农田水利维修137万元，预算执行率97.86%: of the record named last before it."""
    text, low = passage.text, passage.sentence(match.start())[0]
    named = [
        (at, r)
        for r in rows
        if r.table.form.kind == "list" and len(r.name) >= LEAST
        if (at := text.rfind(r.name, low, match.start())) >= 0
    ]
    last = max((at for at, _ in named), default=0)
    called = [row for at, row in named if at == last]
    if not named:
        row = _abbreviated(rows, text[passage.opening(match.start()) : match.start()])
        if row is not None:
            yield from _judged(passage, match, row, said, figure)
        return
    if len(called) != 1 or text[:last].endswith(TOGETHER):
        return  # of several together
    [row] = called
    if OF_ALL.search(text, last + len(row.name), match.start()):
        return
    yield from _judged(passage, match, row, said, figure)


def _abbreviated(rows: _Rows, words: str) -> NamedRow | None:
    """The only record whose name holds what a sentence calls it: 文化广场建设 for 石坪村文化广场."""
    name = AFTER_NAME.sub("", words.strip("，,、（( -*"))
    for one in (name, CONSTRUCTION.sub("", name)):
        held = [r for r in rows if one in r.name]
        if len(one) > LEAST and len(held) == 1:
            return held[0]
    return None


def _extreme(
    passage: Passage, match: re.Match[str], rows: _Rows, said: Said, figure: Figure
) -> Iterator[Outcome]:
    row = _abbreviated(rows, match["name"])
    if row is not None:
        yield from _judged(passage, match, row, said, figure)


def _each_rate(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """As many names as percentages, one after the other."""
    for match in RESPECTIVELY.finditer(passage.text):
        names = re.split("[、和与及]", match["names"])
        start, end = match.span("rates")
        told = [s for s in passage.figures if start <= s.start < end]
        low = passage.sentence(start)[0]
        if len(told) != len(names) or OTHERWISE.search(passage.text, low, start):
            continue
        rows = named_rows(subject.library, subject.disclosure)
        for name, said in zip(names, told, strict=True):
            row, figure = _abbreviated(rows, name), said.figure
            assert figure is not None  # a number with its sign
            if row is not None:
                yield from _judged(passage, match, row, said, figure)


def _shares_of_column(subject: Subject, passage: Passage) -> Iterator[Outcome]:
    """从账面原值看，房屋及构筑物占比86.63%，通用设备占比13.37%."""
    for match in OF_COLUMN.finditer(passage.text):
        rows = named_rows(subject.library, subject.disclosure)
        names = {m.end(): m["name"] for m in PART_OF.finditer(passage.text, *match.span("rest"))}
        for said in passage.figures:
            name, figure = names.get(said.start), said.plain
            if name is None or figure is None or said.unit != "%":
                continue
            called = [row for row in rows if row.name.startswith(name)]
            if len(called) == 1:
                columns = [f.column for f in called[0].facts if match["column"] in f.column]
                for column in columns[:1]:
                    yield from _share_of(passage, said, figure, rows, called[0], column)


def _share_of(
    passage: Passage, said: Said, figure: Figure, rows: _Rows, row: NamedRow, column: str
) -> Iterator[Outcome]:
    """A row's share of the total of its table, in one column."""
    for total in [r for r in rows if r.table is row.table and r.total]:
        match fact_in(row, column), fact_in(total, column):
            case (Fact() as fact, Fact() as whole):
                made = quotient(fact.figure, whole.figure)
                if made is None:
                    return
                if verdict(figure, *made) != "differs":
                    yield Outcome(SHARE, (fact.address, whole.address))
                else:
                    right = f"{shown(made[0], 2)}%"
                    yield _finding(SHARE, passage, said, row, column, (fact, whole), right)


def _judged(
    passage: Passage, match: re.Match[str], row: NamedRow, said: Said, figure: Figure
) -> Iterator[Outcome]:
    """The rate, as it is printed in the row, or as two of its sums of money make it."""
    same = [f.address for f in row.facts if figure.agrees_with(f.figure)]
    if same:
        yield Outcome(RATE, tuple(same))
        return
    money = [f for f in row.facts if f.figure.kind == "money" and f.figure.amount > 0]
    below: list[tuple[Fact, Fact, Decimal]] = []
    for one, other in permutations(money, 2):
        made = quotient(one.figure, other.figure)
        assert made is not None  # both are money, and more than none
        if verdict(figure, *made) != "differs":
            yield Outcome(RATE, (one.address, other.address))
            return
        if made[0] <= 100:
            below.append((one, other, made[0]))
    if below and len(money) <= MOST:
        one, other, amount = below[0]
        what = WHAT.findall(match[0])[-1]
        yield _finding(RATE, passage, said, row, what, (one, other), f"{shown(amount, 2)}%")


def _share(
    passage: Passage, match: re.Match[str], rows: _Rows, said: Said, figure: Figure
) -> Iterator[Outcome]:
    """房屋及构筑物占账面净值的87.4%: of the column's total."""
    of = re.sub("的(?:比例为|比重为)?$", "", match[0][1:])
    stem = re.sub("^(?:全部|全年|总|年末)+|(?:合计|总额|总数|总量|总计)$", "", of)
    before = passage.text[passage.opening(match.start()) : match.start()].removeprefix("其中")
    if not before:
        yield from _of_amount(passage, match, rows, said, figure)
        return
    for row in rows:
        totals = [r for r in rows if r.table is row.table and r.total]
        if row.name != before or len(stem) < 2 or len(totals) != 1:
            continue
        shares = {
            fact.column: (fact, total, *made)
            for fact in row.facts
            if (total := fact_in(totals[0], fact.column)) is not None
            if (made := quotient(fact.figure, total.figure)) is not None
        }
        fits = [c for c, one in shares.items() if verdict(figure, *one[2:]) != "differs"]
        column = next((c for c in shares if stem in c), "")
        ends = [c for c in shares if c[-2:] == stem[-2:]]
        if len(ends) == 1 and OF_MORE.search(of) is None:
            column = ends[0]  # 资产原值 is 账面原值
        if not column:
            continue
        fact, total, amount, _ = shares[column]
        if column in fits:
            yield Outcome(SHARE, (fact.address, total.address))
        else:
            right, also = f"{shown(amount, 2)}%", "".join(fits[:1])
            yield _finding(SHARE, passage, said, row, column, (fact, total), right, also)
        return


def _of_amount(
    passage: Passage, match: re.Match[str], rows: _Rows, said: Said, figure: Figure
) -> Iterator[Outcome]:
    """房屋及构筑物账面净值800.2万元，占全部资产净值的91.2%: of the column that has the amount."""
    ahead = [s for s in passage.figures if s.end <= match.start()]
    for part in ahead[-1:]:
        label = passage.label(part)
        for row, fact in [(r, f) for r in rows for f in r.facts]:
            if label == f"{row.name}{fact.column}" and fact.column[-2:] in match[0]:
                yield from _share_of(passage, said, figure, rows, row, fact.column)


def _finding(
    rule: Rule,
    passage: Passage,
    said: Said,
    row: NamedRow,
    what: str,
    facts: tuple[Fact, Fact],
    right: str,
    also: str = "",
) -> Outcome:
    formula = f"{facts[0].figure} ÷ {facts[1].figure}"
    seems = (f"；像是按“{also}”算的", f" (it seems to be of “{also}”)") if also else ("", "")
    words = {
        "label": row.name,
        "what": what,
        "printed": said.text,
        "formula": formula,
        "recomputed": right,
        "also": seems[0],
        "also_en": seems[1],
    }
    finding = Finding(
        rule,
        passage.place(said.start),
        words,
        tuple(f.at for f in facts),
        sentence_address(said.text, row.name),
        said.text,
        right,
        formula=formula,
        length=len(said.text),
    )
    return Outcome(rule, tuple(f.address for f in facts), finding)
