"""单价按表中的金额算不出来: so much a kilometre or village in a sentence, and what the table says it cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from site_builder.figure import Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.relations import verdict
from site_builder.report import Fact
from site_builder.rules.named_rows import NamedRow, named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

RULE = Rule(
    "row-mean-differs",
    "warning",
    Words("单价按表中的金额算不出来", "A mean that a table's amount does not give"),
    Words(
        "正文写“{label}”{printed}，表中“{row}”是{cost}，除以{count}应为{recomputed}",
        "the text says {printed} each; the table has {cost} at “{row}”, which over {count} makes {recomputed}",
    ),
    Words(
        "请核对表中的金额、正文的数量和单价；金额的范围不同的，把范围写清楚；原件如此的，在“认可”中说明",
        "check the table's amount, the number and the mean; say so if they mean different things",
    ),
    Words(
        "数量在正文里，金额在表里，读者除一下就知道单价对不对。",
        "With the number in the text and the amount in the table readers work out what each cost.",
    ),
    yields_to=("told-average", "told-apart-differs", "implausible"),
)
_OF = "户|亩|座|公里|千米|处|口|盏|套|栋|间|条|台|平方米|村|社区|个"
MEAN = re.compile(
    rf"(?:(?P<of>户|亩|村|座|处|公里)均|[每各]个?(?P<of2>{_OF})(?:（社区）|\(社区\))?)"
    "(?:平均)?(?:造价|成本|投资|投入|支出|安排|资金|费用|约|为|达)*$"
)
AVERAGED = re.compile("均|造价|成本|投资|投入|支出|安排")  # 每盏1200元 is a price, or an aid
MAYBE = led_by(
    "户亩村座处公每各",
    rf"(?:[户亩村座处]均|公里均|[每各]个?(?:{_OF})(?:（社区）|\(社区\))?)[一-鿿]{{0,6}}[0-9]",
)
COUNT_OF = {"村": "个", "社区": "个", "千米": "公里"}
PLANNED = re.compile("计划|目标|任务|上年|去年|拟|力争|应|其中|比|较|超|剩|还")
# What makes a mean another than the cost by the number.
OTHER = re.compile("上年|去年|增收|收入|分红|产值|每年|每月|自筹|市场|全县|全市|周边|标准|控制")
LEAST = 4  # characters of a name
FAR = Decimal(2)  # times off: of something else


def check(subject: Subject) -> Iterator[Outcome]:
    """Every such mean in a sentence that calls one row of a table by its name and has no other money."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        if passage.address:
            continue
        for segment in segments(passage):
            for outcome in _of_segment(subject, passage, segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(
            RULE, reason=Words("没有可以同表核对的单价", "no mean to hold against a table")
        )


def _of_segment(subject: Subject, passage: Passage, segment: Segment) -> Iterator[Outcome]:
    for number, told in enumerate(segment.amounts):
        mean = MEAN.search(told.words) if AVERAGED.search(told.words[-12:]) else None
        if mean is None or told.figure.kind != "money" or not told.exact:
            continue
        before = segment.amounts[:number]
        if OTHER.search(segment.text) or any(a.figure.kind == "money" for a in before):
            continue
        of = mean["of"] or mean["of2"]
        counts = [a for a in before if a.figure.unit == COUNT_OF.get(of, of) and a.exact]
        counts = [a for a in counts if not PLANNED.search(a.words) and a.figure.amount > 1]
        row = _row(subject, passage, segment, told.said.start) if counts else None  # quick
        if row is not None:
            yield from _judged(passage, told, mean[0], counts, row, subject.disclosure.key.year)


def _row(subject: Subject, passage: Passage, segment: Segment, end: int) -> NamedRow | None:
    """The only row called by its name in the sentence, or by the words that head the paragraph."""
    text = passage.text
    head = text[: text.find("。") + 1] if text.find("。") < 40 else ""
    for words in (text[segment.start : end], head):
        rows = [
            row
            for row in named_rows(subject.library, subject.disclosure)
            if len(row.name) >= LEAST and row.name in words and row.table.form.kind != "indicators"
        ]
        if rows:
            return rows[0] if len({row.name for row in rows}) == len(rows) == 1 else None
    return None


def _judged(
    passage: Passage, told: Amount, label: str, counts: list[Amount], row: NamedRow, year: int
) -> Iterator[Outcome]:
    """Any cost of the row over any of the numbers; where none fits, the outturn over the nearest."""
    costs = [f for f in row.facts if f.figure.kind == "money" and f.year == year]
    made = [(fact, count, *_over(fact, count, told)) for fact in costs for count in counts[::-1]]
    if any(verdict(told.figure, amount, span) != "differs" for *_, amount, span in made):
        yield Outcome(RULE)
        return
    spent = [(f, c, amount) for f, c, amount, _ in made if f.basis == "决算"]
    for fact, count, amount in spent:
        if max(amount, told.figure.amount) <= FAR * min(amount, told.figure.amount):
            yield _found(passage, told, label, row, fact, count, amount)
            return


def _over(fact: Fact, count: Amount, told: Amount) -> tuple[Decimal, Interval]:
    factor = fact.figure.factor_to(told.figure.unit)
    assert factor is not None  # both are money
    with localcontext() as context:
        context.prec = 40
        each = factor / count.figure.amount
        return fact.figure.amount * each, fact.figure.written_interval().times(each)


def _found(
    passage: Passage,
    told: Amount,
    label: str,
    row: NamedRow,
    fact: Fact,
    count: Amount,
    amount: Decimal,
) -> Outcome:
    right = f"{shown(amount, max(2, told.figure.decimals))}{told.figure.unit}"
    words = {
        "label": label,
        "printed": told.said.text,
        "row": f"{row.name}·{fact.column}",
        "cost": str(fact.figure),
        "count": count.said.text,
        "recomputed": right,
    }
    at = passage.place(told.said.start)
    others = (fact.at, passage.place(count.said.start))
    address = sentence_address(told.said.text, label)
    formula = f"{fact.figure} ÷ {count.said.text}"
    finding = Finding(RULE, at, words, others, address, told.said.text, right, formula=formula)
    return Outcome(RULE, (fact.address,), finding)
