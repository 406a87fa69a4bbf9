"""What checking said of an edition when it was sealed, as a file: findings, coverage; to JSON and back.

The words are kept as they were said, so that an old edition reads in ten years as it read then,
whatever rules there are by that time.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

from site_builder.check import Checked
from site_builder.coverage import Coverage
from site_builder.finding import LEVELS, Acknowledgement, Finding, ReportKey, Rule, Words
from site_builder.place import Place


def written(checked: Checked) -> bytes:
    """The findings with their words in both languages, and how many figures were compared."""
    listed = [_finding(f) for f in checked.findings]
    coverage = {"facts": checked.coverage.facts, "guarded": checked.coverage.guarded}
    whole = {"report": str(checked.key), "coverage": coverage, "findings": listed}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read(raw: bytes, key: ReportKey) -> Checked:
    """The same as a Checked of `key`; ValueError when it is not such a file.

    Results by rule are not kept: they are counted anew under the rules of the day.
    """
    try:
        whole = json.loads(raw)
        coverage = Coverage(whole["coverage"]["facts"], whole["coverage"]["guarded"], ())
        findings = tuple(_restored(one, key) for one in whole["findings"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"findings.json: {error}") from None
    return Checked(key, findings, coverage, {}, ())


def _finding(finding: Finding) -> dict[str, Any]:
    rule, answer = finding.rule, finding.acknowledged
    return {
        "rule": rule.id,
        "level": rule.level,
        "title": rule.title,
        "says": [finding.message("zh"), finding.message("en")],
        "remedy": [finding.remedy("zh"), finding.remedy("en")],
        "basis": rule.basis,
        "since": rule.since,
        "at": finding.at,
        "others": finding.others,
        "length": finding.length,
        "address": finding.address,
        "printed": finding.printed,
        "recomputed": finding.recomputed,
        "difference": finding.difference,
        "formula": finding.formula,
        "secret": finding.secret,
        "acknowledged": None
        if answer is None
        else {
            "rule": answer.rule,
            "address": answer.address,
            "explanation": answer.explanation,
            "date": answer.date.isoformat(),
            "until": answer.until.isoformat(),
            "at": answer.at,
        },
    }


def _restored(one: dict[str, Any], key: ReportKey) -> Finding:
    if one["level"] not in LEVELS:
        raise ValueError(f"level {one['level']}")
    rule = Rule(
        one["rule"],
        one["level"],
        Words(*one["title"]),
        Words("{said_zh}", "{said_en}"),
        Words("{remedy_zh}", "{remedy_en}"),
        basis=one["basis"],
        since=one["since"],
    )
    words = {
        "said_zh": one["says"][0],
        "said_en": one["says"][1],
        "remedy_zh": one["remedy"][0],
        "remedy_en": one["remedy"][1],
    }
    finding = Finding(
        rule,
        Place(*one["at"]),
        words,
        tuple(Place(*at) for at in one["others"]),
        one["address"],
        one["printed"],
        one["recomputed"],
        one["difference"],
        one["formula"],
        report=key,
        length=one["length"],
        secret=one["secret"],
    )
    if (answer := one["acknowledged"]) is None:
        return finding
    return replace(
        finding,
        acknowledged=Acknowledgement(
            answer["rule"],
            answer["address"],
            answer["explanation"],
            datetime.date.fromisoformat(answer["date"]),
            datetime.date.fromisoformat(answer["until"]),
            Place(*answer["at"]),
        ),
    )
