"""正文里的资产负债率与资产表对不上: debts over assets, both of the table; often divided by the net assets instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import shown
from site_builder.patterns import led_by
from site_builder.relations import quotient, verdict
from site_builder.report import Fact, Report
from site_builder.rules.balances import IS, RULE
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, Segment, segments
from site_builder.told import is_told

RATE = re.compile(f"(?:资产)?负债率{IS}$")
MAYBE = led_by("负", "负债率[^，,。；;0-9]{0,4}[0-9]")
# Of another year, of others, or what it ought to be.
OTHERWISE = re.compile(
    "上年|去年|年初|期初|村级?(?!民)|公司|合作社|目标|计划|控制|平均|警戒|[0-9]年"
)
IN_SENTENCE = re.compile("(?<![动定形净])资产(?:总额|总计|合计)?(?:为|是|共|达)*[0-9]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every such rate in whose stretch the assets are not told."""
    report = subject.disclosure.report
    for passage in subject.told.holding(MAYBE):
        if not is_told(passage):
            continue
        for segment in segments(passage, "负债率"):
            if IN_SENTENCE.search(segment.text):
                continue
            for rate in segment.amounts:
                if RATE.search(rate.words) and rate.figure.unit == "%" and rate.exact:
                    low = passage.opening(rate.said.start)
                    said = passage.text[low : rate.said.start].replace(f"{report.key.year}年", "")
                    if not OTHERWISE.search(said):
                        yield from _judged(report, segment, rate)


def _judged(report: Report, segment: Segment, rate: Amount) -> Iterator[Outcome]:
    assets, debts = (_closing(report, name) for name in ("资产总额", "负债总额"))
    if assets is None or debts is None:
        return
    guards = (debts.address, assets.address)
    share = quotient(debts.figure, assets.figure)
    if share is None:
        return
    if verdict(rate.figure, *share) != "differs":
        yield Outcome(RULE, guards)
        return
    label = "资产负债率"
    words = {
        "label": label,
        "of": f"“{label}”",
        "formula": f"{debts.figure} ÷ {assets.figure}",
    }
    right = f"{shown(share[0], max(2, rate.figure.decimals))}%"
    places = (debts.at, assets.at)
    finding = finding_on(RULE, segment.passage, rate.said, label, words, right, places)
    yield Outcome(RULE, guards, finding)


def _closing(report: Report, concept: str) -> Fact | None:
    """What the tables have at the end of the year, if they have one number of it."""
    facts = [f for f in report.facts_of(concept, "年末") if f.year == report.key.year]
    return facts[0] if len({f.figure.amount for f in facts}) == 1 else None
