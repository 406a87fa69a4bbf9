"""正文写的一个项目的执行率、占比，表中得不出: rates and shares told of a row by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

from site_builder.figure import Figure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import quotient, verdict
from site_builder.report import Fact
from site_builder.rules.named_rows import NamedRow, fact_in, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage, Said
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
MAY_BE_RATE = re.compile(
    "(?:执行|支付|拨付|支出|完成|使用|到位)(?:率|进度)(?:为|是|达到?)?(?=[0-9])"
)
MAY_BE_SHARE = re.compile("占[^，,。；;、0-9占]{2,14}的(?:比例为|比重为)?(?=[0-9])")
MAYBE = re.compile("[率度占]")
OTHERWISE = re.compile("上年|去年|季度|上半年|计划|目标|力争|累计|[0-9]+月底?")
LEAST = 3  # characters of a name
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
            for match in MAY_BE_SHARE.finditer(text):
                found += _told(subject, passage, match, _share)
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
    if len(called) != 1 or text[:last].endswith(TOGETHER):
        return  # of several together
    [row] = called
    if OF_ALL.search(text, last + len(row.name), match.start()):
        return
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
        what = match[0].rstrip("为是达到")
        yield _finding(RATE, passage, said, row, what, (one, other), f"{shown(amount, 2)}%")


def _share(
    passage: Passage, match: re.Match[str], rows: _Rows, said: Said, figure: Figure
) -> Iterator[Outcome]:
    """房屋及构筑物占账面净值的87.4%: of the column's total."""
    of = re.sub("的(?:比例为|比重为)?$", "", match[0][1:])
    stem = re.sub("^(?:全部|全年|总|年末)+|(?:合计|总额|总数|总量|总计)$", "", of)
    before = passage.text[passage.opening(match.start()) : match.start()].removeprefix("其中")
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
        if not column:
            continue
        fact, total, amount, _ = shares[column]
        if column in fits:
            yield Outcome(SHARE, (fact.address, total.address))
        else:
            right, also = f"{shown(amount, 2)}%", "".join(fits[:1])
            yield _finding(SHARE, passage, said, row, column, (fact, total), right, also)
        return


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
    words = {
        "label": row.name,
        "what": what,
        "printed": said.text,
        "formula": formula,
        "recomputed": right,
        "also": f"；像是按“{also}”算的" if also else "",
        "also_en": f" (it seems to be of “{also}”)" if also else "",
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
