"""正文写的一个项目的执行率、占比，表中得不出: rates and shares told of a row by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from site_builder.figure import shown
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
OTHERWISE = re.compile("上年|去年|季度|上半年|计划|目标|力争|累计|[0-9]+月底?")
LEAST = 3  # characters of a name


def check(subject: Subject) -> Iterator[Outcome]:
    """Percentages behind the name of a row."""
    rates, shares = False, False
    rows: list[NamedRow] = []
    for passage in subject.told.lines:
        text = passage.text
        if not ("率" in text or "进度" in text or "占" in text) or not is_told(passage):
            continue
        for match in MAY_BE_RATE.finditer(text):
            rows = rows or list(named_rows(subject.library, subject.disclosure))
            for outcome in _rate(passage, match, rows):
                rates = True
                yield outcome
        for match in MAY_BE_SHARE.finditer(text):
            rows = rows or list(named_rows(subject.library, subject.disclosure))
            for outcome in _share(passage, match, rows):
                shares = True
                yield outcome
    if not rates:
        yield Outcome(RATE, reason=Words("没有说某一项的执行率", "no rate is told of a row"))
    if not shares:
        yield Outcome(SHARE, reason=Words("没有说某一项的占比", "no share is told of a row"))


def _percentage(passage: Passage, start: int) -> Said | None:
    for said in passage.figures:
        if said.start == start:
            exact = said.unit == "%" and not (said.sign or said.about or said.upto or said.linked)
            return said if exact else None
    return None


def _rate(passage: Passage, match: re.Match[str], rows: list[NamedRow]) -> Iterator[Outcome]:
    """农田水利维修137万元，预算执行率97.86%: of the record named last before it."""
    text = passage.text
    said = _percentage(passage, match.end())
    low = max(passage.sentence(match.start())[0], text.rfind("；", 0, match.start()) + 1)
    if said is None or said.figure is None or OTHERWISE.search(text, low, match.start()):
        return
    named = [
        (at, r)
        for r in rows
        if r.table.form.kind == "list" and not r.total and len(r.name) >= LEAST
        if (at := text.rfind(r.name, low, match.start())) >= 0
    ]
    if not named or sum(1 for at, _ in named if at == max(named, key=lambda n: n[0])[0]) > 1:
        return
    row = max(named, key=lambda n: n[0])[1]
    at = text.rfind(row.name, low, match.start())
    if at and text[at - 1] in "、和与及":
        return  # of several together
    between = text[at + len(row.name) : match.start()]
    if re.search("、|全[年镇乡]|整体|总|合计|等", between):
        return
    rates = [f for f in row.facts if f.figure.unit == "%"]
    money = [f for f in row.facts if f.figure.kind == "money"]
    if any(said.figure.agrees_with(f.figure) for f in rates):
        yield Outcome(RATE, tuple(f.address for f in rates))
        return
    first: tuple[Fact, Fact] | None = None
    for one, other in permutations(money, 2):
        made = quotient(one.figure, other.figure)
        if made is None:
            continue
        if verdict(said.figure, *made) != "differs":
            yield Outcome(RATE, (one.address, other.address))
            return
        if made[0] <= 100 and first is None:
            first = (one, other)
    if first is None or len(money) > 3:
        return
    made = quotient(first[0].figure, first[1].figure)
    assert made is not None  # as above
    yield _finding(
        RATE,
        passage,
        said,
        row,
        match[0].rstrip("为是达到"),
        (first[0], first[1]),
        f"{shown(made[0], 2)}%",
    )


def _share(passage: Passage, match: re.Match[str], rows: list[NamedRow]) -> Iterator[Outcome]:
    """房屋及构筑物占账面净值的87.4%: of the column's total."""
    text = passage.text
    said = _percentage(passage, match.end())
    if (
        said is None
        or said.figure is None
        or OTHERWISE.search(text, passage.sentence(match.start())[0], match.start())
    ):
        return
    of = re.sub("的(?:比例为|比重为)?$", "", match[0][1:])
    stem = re.sub("^(?:全部|全年|总|年末)+|(?:合计|总额|总数|总量|总计)$", "", of)
    before = text[passage.opening(match.start()) : match.start()].removeprefix("其中")
    named = [r for r in rows if not r.total and len(r.name) >= LEAST and before == r.name]
    for row in named if len(stem) > 1 else ():
        totals = [r for r in rows if r.table is row.table and r.total]
        for fact in row.facts:
            if len(totals) != 1 or stem not in fact.column:
                continue
            total = fact_in(totals[0], fact.column)
            made = None if total is None else quotient(fact.figure, total.figure)
            if total is None or made is None:
                continue
            if verdict(said.figure, *made) != "differs":
                yield Outcome(SHARE, (fact.address, total.address))
                return
            also = next(
                (
                    f.column
                    for f in row.facts
                    if (t := fact_in(totals[0], f.column)) is not None
                    and (m := quotient(f.figure, t.figure)) is not None
                    and verdict(said.figure, *m) != "differs"
                ),
                "",
            )
            yield _finding(
                SHARE, passage, said, row, fact.column, (fact, total), f"{shown(made[0], 2)}%", also
            )
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
