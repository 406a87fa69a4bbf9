"""正文里的预算执行率与数据不符: the year's rate told in a sentence, against budget and spending in the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure, shown
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import quotient, verdict
from site_builder.report import Fact
from site_builder.rules.named_rows import named_rows
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.slips import is_slip
from site_builder.told import is_told

RULE = Rule(
    "told-execution",
    "warning",
    Words("正文里的预算执行率与数据不符", "A rate of execution that the data do not give"),
    Words(
        "正文写预算执行率{printed}，按数据{formula}应为{recomputed}",
        "the text has a rate of execution of {printed}; by the data {formula} makes {recomputed}",
    ),
    Words(
        "请核对正文的执行率和表中的预算数、执行数；原件如此的，保留原文并在“认可”中说明",
        "check the rate against budget and spending in the tables; if it is printed so, explain it",
    ),
    Words(
        "执行率是整份报告的第一个数，正文和表格应当一致。",
        "The rate of execution is the first figure of a report; text and table should agree.",
    ),
)
# 支出预算完成率, of the whole year and of nothing else.
EXECUTED = re.compile(
    r"[率度](?:(?<=[，,]执行率)|(?<=预算执行率)|(?<=预算完成率)|(?<=支出执行率)|(?<=支出完成率)|(?<=资金执行率)|(?<=资金完成率)|"
    r"(?<=资金支出率)|(?<=预算支出率)|(?<=资金支付率)|(?<=执行进度)|(?<=支出进度))(?:为|达到?|是|仅)*[ ]?(?=[0-9])"
)
_OF_ALL = "(?:全年|部门|整体|总体|本年度?|年度|单位|[全我本][镇乡]|当年)"
WHOLE = re.compile(
    f"(?:^|[，,。；;：:]){_OF_ALL}*(?:支出)?预算(?:资金|支出)?(?:执行|完成|支出)率$|"
    f"(?:^|[，,。；;：:]){_OF_ALL}+(?:财政)?资金(?:预算)?(?:执行|支出|支付|完成)率$|"
    "年度资金总额[0-9.,]{1,12}万?元[，,](?:全年)?执行率$"
)
# 资金支出率, 支出进度: of the whole, where one wrong digit makes the difference
LOOSE = re.compile(
    "(?:^|[，,。；;：:])(?:财政)?(?:资金支[出付]率|(?:预算)?(?:支出)?(?:执行|支出)进度)$"
)
OTHER = re.compile(
    "上年|去年|20[0-9]{2}年|上一年|同期|项目|专项|基金|采购|季度|月|三公|公用|培训|会议|接待|基本支出"
)
FAR = 15  # percentage points: a rate that is farther off is of something else
_REACH = 24


def check(subject: Subject) -> Iterator[Outcome]:
    """Every rate told of the budget as a whole."""
    spent, budgets = _facts(subject)
    compared = False
    if spent and any(fact.basis == "全年预算" for fact in budgets):
        for passage in subject.told.holding(EXECUTED):
            for said in passage.figures if is_told(passage) else ():
                told = _rate(subject, passage, said)
                if told is not None:
                    compared = True
                    yield _judged(passage, said, *told, spent, budgets)
    if not compared:
        yield Outcome(RULE, reason=Words("正文没有写预算执行率", "no rate is told"))


def _facts(subject: Subject) -> tuple[list[Fact], list[Fact]]:
    """What was spent, and what it may be held against."""
    report, year = subject.disclosure.report, subject.disclosure.key.year
    spent, budgets = (
        [
            fact
            for concept in ("年度资金总额", "支出合计", "收入合计")
            for basis in bases
            for fact in report.facts_of(concept, basis)
            if fact.year == year
        ]
        for bases in (("决算",), ("全年预算", "年初预算", "决算"))
    )
    return spent, budgets


def _rate(subject: Subject, passage: Passage, said: Said) -> tuple[Figure, bool] | None:
    """The figure, where it is the rate of the whole budget and nothing else; and is that sure?"""
    if said.unit != "%" or said.about or said.upto:
        return None
    start = said.start
    while passage.text[start - 1 : start] in ("为", "达", "到", "是", "仅", " "):
        start -= 1
    reach = max(0, start - _REACH)
    sure = WHOLE.search(passage.text, reach, start) is not None
    if not sure and LOOSE.search(passage.text, reach, start) is None:
        return None
    low, high = passage.sentence(said.start)
    told = passage.text[low:high].replace(f"{subject.disclosure.key.year}年", "")
    if OTHER.search(told):
        return None
    # 农田水利维修137万元，预算执行率97.86%: the rate of the record named before it.
    before = passage.text[low : said.start].rpartition("；")[2]
    for row in named_rows(subject.library, subject.disclosure):
        if row.table.form.kind == "list" and len(row.name) > 2 and row.name in before:
            return None
    assert said.figure is not None  # a number with its sign
    return said.figure, sure


def _judged(
    passage: Passage, said: Said, figure: Figure, sure: bool, spent: list[Fact], budgets: list[Fact]
) -> Outcome:
    for one in spent:
        for other in budgets:
            computed = quotient(one.figure, other.figure)
            if computed is not None and verdict(figure, *computed) != "differs":
                return Outcome(RULE, (one.address, other.address))
    whole = next(fact for fact in budgets if fact.basis == "全年预算")
    done = next((fact for fact in spent if fact.concept == whole.concept), spent[0])
    computed = quotient(done.figure, whole.figure)
    if computed is None or abs(computed[0] - figure.amount) > FAR:
        return Outcome(RULE)
    if not sure and not is_slip(figure.amount, Decimal(shown(computed[0], figure.decimals))):
        return Outcome(RULE)
    right = f"{shown(computed[0], max(2, figure.decimals))}%"
    formula = f"{done.figure} ÷ {whole.figure}"
    words = {"printed": said.text, "formula": formula, "recomputed": right}
    finding = Finding(
        RULE,
        passage.place(said.start),
        words,
        (done.at, whole.at),
        passage.address or sentence_address(said.text, "预算执行率"),
        said.text,
        right,
        formula=formula,
    )
    return Outcome(RULE, (done.address, whole.address), finding)
