"""Explained findings: which acknowledgement answers which finding, and which have gone stale."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from site_builder.finding import Acknowledgement, Finding, Rule, Words, instead
from site_builder.reading_rules import READING_RULES, UNKNOWN_NAME
from site_builder.report import Report
from site_builder.rules import CHECKING_RULES
from site_builder.shape import guess, nearest
from site_builder.yaml_file import Text

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
    Words("这条认可没有对应的发现：{why}", "nothing for this acknowledgement to explain: {why_en}"),
    Words(
        "问题已经更正的请删去这条认可；否则请核对规则名和位置", "delete it, or mend rule and place"
    ),
    form=True,
)
ACKNOWLEDGEMENT_RULES = (EXPIRED, UNMATCHED)
FORM = frozenset(
    rule.id for rule in (*READING_RULES, *CHECKING_RULES, *ACKNOWLEDGEMENT_RULES) if rule.form
)
TITLES = {rule.title.zh: rule.id for rule in CHECKING_RULES}
IDS = frozenset(rule.id for rule in CHECKING_RULES)


def acknowledge(report: Report, findings: Iterable[Finding], today: datetime.date) -> list[Finding]:
    """The findings of a report, those explained marked so; and one for each bad explanation.

    While a figure cannot be read, nobody knows which explanations answer nothing.
    """
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
    unread = any(cell.unread for cell in report.cells.values())
    for key, answer in answers.items():
        known = answer.rule in IDS and answer.rule not in FORM
        if key not in used and not (unread and known):
            marked.append(_of_nothing(answer, marked).of(report.key))
    return marked


def _of_nothing(answer: Acknowledgement, findings: list[Finding]) -> Finding:
    """Why an explanation answers nothing: its rule, its place, or what no explanation can mend."""
    if answer.rule in FORM:
        words = {
            "why": f"“{answer.rule}”是写法错误，不能认可",
            "why_en": f"“{answer.rule}” is an error of form and cannot be explained away",
        }
        words |= instead("请改正写法，删去这条认可", "mend it, and delete this acknowledgement")
        return Finding(UNMATCHED, answer.at, words, (), answer.address)
    if answer.rule not in IDS:
        meant = TITLES.get(answer.rule, answer.rule)
        words = {"name": answer.rule, "kind": "规则", "kind_en": "rule", **guess(meant, IDS)}
        words |= instead(
            "请写规则的英文名，site-builder rules 列出所有规则",
            "write the name of a rule; site-builder rules lists them",
        )
        at = answer.rule.at if isinstance(answer.rule, Text) else answer.at
        return Finding(UNKNOWN_NAME, at, words, (), answer.address)
    open_ = {f.address: f for f in findings if f.rule.id == answer.rule and not f.acknowledged}
    near = nearest(answer.address, open_) or (next(iter(open_)) if len(open_) == 1 else "")
    words = {
        "why": f"“{answer.address}”没有“{answer.rule}”这个问题",
        "why_en": f"there is no “{answer.rule}” at “{answer.address}”",
    }
    if not near:
        return Finding(UNMATCHED, answer.at, words, (), answer.address)
    words["why"] += f"；是不是“{near}”？"
    words["why_en"] += f"; did you mean “{near}”?"
    words |= instead(f"请把“位置”改成 {near}，或删去这条认可", f"write 位置: {near}, or delete it")
    return Finding(UNMATCHED, answer.at, words, (open_[near].at,), answer.address)
