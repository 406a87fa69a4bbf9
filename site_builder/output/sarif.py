"""Findings as SARIF 2.1.0, which code hosts and editors read; an explained one is a suppressed result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from site_builder import __version__
from site_builder.finding import Finding, Rule, Words
from site_builder.place import Place

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def write_sarif(findings: Iterable[Finding], rules: Sequence[Rule], lang: str = "zh") -> str:
    """The findings as one run; `rules` are all that were applied, found or not."""
    index = {rule.id: n for n, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "site-builder",
                "version": __version__,
                "rules": [_rule(rule, lang) for rule in rules],
            }
        },
        "language": "zh-CN" if lang == "zh" else "en-GB",
        # Columns count characters, as the findings do; the default would be UTF-16 units.
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index, lang) for finding in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    said = {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": _in(rule.title, lang)},
        "defaultConfiguration": {"level": rule.level},
        "help": _help(rule, lang),
        "properties": {"since": rule.since, "form": rule.form, "basis": rule.basis},
    }
    if why := _in(rule.why, lang):
        said["fullDescription"] = {"text": why}
    return said


def _help(rule: Rule, lang: str) -> dict[str, str]:
    # A remedy may hold places for the words of a finding (“请填写‘{key}’”): here they stay blank.
    remedy = _in(rule.remedy, lang).replace("{", "").replace("}", "")
    parts = [
        ("为什么" if lang == "zh" else "Why", _in(rule.why, lang)),
        ("怎么办" if lang == "zh" else "What to do", remedy),
        ("依据" if lang == "zh" else "Basis", rule.basis),
    ]
    given = [(head, text) for head, text in parts if text]
    return {
        "text": "\n".join(f"{head}：{text}" for head, text in given),
        "markdown": "\n\n".join(f"**{head}**：{text}" for head, text in given),
    }


def _result(finding: Finding, index: dict[str, int], lang: str) -> dict[str, Any]:
    rule = finding.rule
    said: dict[str, Any] = {
        "ruleId": rule.id,
        "level": finding.level,
        "message": {"text": f"{finding.message(lang)}\n→ {finding.remedy(lang)}"},
        "locations": [_location(finding.at)],
        # One of a run's results has this key, so all must: the empty list is “not suppressed”.
        "suppressions": [],
    }
    if rule.id in index:
        said["ruleIndex"] = index[rule.id]
    if finding.others:
        said["relatedLocations"] = [
            {"id": n, **_location(at)} for n, at in enumerate(finding.others, 1)
        ]
    if finding.acknowledged is not None:
        said["suppressions"] = [
            {
                "kind": "inSource",
                "status": "accepted",
                "justification": finding.acknowledged.explanation,
                "location": _location(finding.acknowledged.at),
            }
        ]
    if finding.address:
        # The cell stays the same when lines move: a reader of SARIF can follow the result.
        name = f"{finding.report}:{rule.id}:{finding.address}"
        said["partialFingerprints"] = {"address/v1": name}
    properties = {
        "report": str(finding.report or ""),
        "address": finding.address,
        "printed": finding.printed,
        "recomputed": finding.recomputed,
        "difference": finding.difference,
        "formula": finding.formula,
    }
    said["properties"] = {key: value for key, value in properties.items() if value}
    return said


def _location(at: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(at.file), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": at.line, "startColumn": at.column},
        }
    }


def _in(words: Words, lang: str) -> str:
    return words.zh if lang == "zh" else words.en
