"""Explained findings: which acknowledgement answers which finding, and which have gone stale."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Report

EXPIRED = Rule(
    "acknowledgement-expired",
    "error",
    Words("认可已过期", "Acknowledgement expired"),
    Words("对“{rule}”的认可已于{until}到期", "the acknowledgement of “{rule}” ended on {until}"),
    Words("请更正数据，或重新说明并写明新的期限", "mend the data, or explain anew with a new end"),
    form=True,
)
UNMATCHED = Rule(
    "acknowledgement-unmatched",
    "error",
    Words("认可没有对应的问题", "Acknowledgement of nothing"),
    Words(
        "“{address}”没有“{rule}”这个问题，这条认可没有对应的发现",
        "there is no “{rule}” at “{address}” for this acknowledgement to explain",
    ),
    Words(
        "问题已经更正的请删去这条认可；否则请核对规则名和位置", "delete it, or mend rule and place"
    ),
    form=True,
)
ACKNOWLEDGEMENT_RULES = (EXPIRED, UNMATCHED)


def acknowledge(report: Report, findings: Iterable[Finding], today: datetime.date) -> list[Finding]:
    """The findings of a report, those explained marked so; and one for each bad explanation."""
    answers = {(a.rule, a.address): a for a in report.acknowledgements}
    used = set()
    marked = []
    for finding in findings:
        key = (finding.rule.id, finding.address)
        answer = None if finding.rule.form else answers.get(key)
        if answer is not None:
            used.add(key)
            if today <= answer.until:
                marked.append(replace(finding, acknowledged=answer))
                continue
            words = {"rule": answer.rule, "until": answer.until.isoformat()}
            expired = Finding(EXPIRED, answer.at, words, (finding.at,), answer.address)
            marked.append(expired.of(report.key))
        marked.append(finding)
    for key, answer in answers.items():
        if key not in used:
            words = {"rule": answer.rule, "address": answer.address}
            marked.append(Finding(UNMATCHED, answer.at, words, (), answer.address).of(report.key))
    return marked
