"""Findings as JSON: {"findings": [{rule, level, county, town, year, file, line, column, …}]}."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from site_builder.finding import Finding


def write_json(findings: Iterable[Finding], lang: str = "zh") -> str:
    """The findings as one JSON object, in UTF-8, a line a finding, keys in a fixed order."""
    said = json.JSONEncoder(ensure_ascii=False).encode
    listed = [said(as_dict(finding, lang)) for finding in findings]
    return '{"findings": [\n' + ",\n".join(listed) + "\n]}\n"


def as_dict(finding: Finding, lang: str = "zh") -> dict[str, Any]:
    """One finding; county, town and year are null where it is of no single report."""
    report = finding.report
    return {
        "rule": finding.rule.id,
        "level": finding.level,
        "county": report.county if report else None,
        "town": report.town if report else None,
        "year": report.year if report else None,
        "file": finding.at.file,
        "line": finding.at.line,
        "column": finding.at.column,
        "address": finding.address,
        "printed": finding.printed,
        "recomputed": finding.recomputed,
        "difference": finding.difference,
        "formula": finding.formula,
        "message": finding.message(lang),
        "remedy": finding.remedy(lang),
        "others": [{"file": p.file, "line": p.line, "column": p.column} for p in finding.others],
        "acknowledged": finding.acknowledged.explanation if finding.acknowledged else None,
    }
