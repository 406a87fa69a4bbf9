"""多数项目没有自评表: tables of single projects that cover little of what projects cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "projects-not-evaluated",
    "note",
    Words("多数项目支出没有自评表", "Most project spending without an evaluation"),
    Words(
        "项目自评表共{count}张，所列项目支出{printed}，只占全年项目支出{recomputed}的{share}%",
        "{count} project tables hold {printed}, {share} % of all project spending ({recomputed})",
    ),
    Words(
        "请补充其余项目的自评表，或说明哪些项目不需要自评；原件如此的，在“认可”中说明",
        "add the tables of the other projects, or say which need none; explain it if printed so",
    ),
    Words(
        "每个一级项目应当有一张自评表；没有表的钱，花得怎么样没有人评价过。",
        "Each project has a table of its own; money without one was never evaluated.",
    ),
    "预算法第五十七条（各单位应当对预算支出情况开展绩效评价）；财预〔2020〕10号（单位自评应当覆盖全部项目支出，条文待核）",
)
HALF = Decimal(50)


def check(subject: Subject) -> Iterator[Outcome]:
    """决算 of 项目资金总额 in the tables of projects, against the year's 项目支出."""
    report = subject.disclosure.report
    spent = report.fact_of("项目支出", "决算")
    projects = [
        fact
        for table in report.tables
        if table.form.subject and table.form.kind != "fields"
        for line in table.lines
        for cell in line.cells
        if (fact := cell.fact) is not None
        and (fact.concept, fact.basis) == ("项目资金总额", "决算")
    ]
    if spent is None or not projects or spent.figure.amount <= 0:
        yield Outcome(RULE, reason=Words("没有项目自评表", "no project tables"))
        return
    total = Decimal(0)
    for fact in projects:
        factor = fact.figure.factor_to(spent.figure.unit)
        total += fact.figure.amount * (factor or 0)
    share = percent_of(total, spent.figure.amount)
    if share >= HALF:
        yield Outcome(RULE)
        return
    first = projects[0]
    decimals = max(fact.figure.decimals for fact in projects)
    words = {
        "count": str(len(projects)),
        "printed": f"{shown(total, decimals)}{spent.figure.unit}",
        "recomputed": str(spent.figure),
        "share": shown(share, 1),
    }
    finding = Finding(RULE, first.at, words, (spent.at,), first.address, first.figure.text)
    yield Outcome(RULE, finding=finding)
