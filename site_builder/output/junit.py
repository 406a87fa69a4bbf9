"""Findings as JUnit XML: one case a report file, failed with all that was found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from site_builder.finding import LEVELS, Finding, ReportKey

# What XML 1.0 cannot hold, even escaped: a message may quote a control character of a file.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(
    findings: Iterable[Finding], files: Mapping[ReportKey, str], lang: str = "zh"
) -> str:
    """The findings by file; `files` are the reports that were checked, the sound ones too.

    A finding in a narrative counts to its report; one in a form or a list of towns makes a case
    of its own. Explained findings, and what is only to be filled in, fail
    nothing: they are written out below the case.
    """
    cases: dict[str, list[Finding]] = {file: [] for _, file in sorted(files.items())}
    for finding in findings:
        file = files.get(finding.report, "") if finding.report else ""
        cases.setdefault(file or finding.at.file, []).append(finding)
    failed = {file for file, mine in cases.items() if any(map(_fails, mine))}
    counts = {"tests": str(len(cases)), "failures": str(len(failed)), "errors": "0"}
    suites = ElementTree.Element("testsuites", counts, name="site-builder")
    suite = ElementTree.SubElement(suites, "testsuite", counts, name="check")
    for file, mine in cases.items():
        case = ElementTree.SubElement(suite, "testcase", classname="check", name=file, file=file)
        open_ones = [f for f in mine if _fails(f)]
        explained = [f for f in mine if not _fails(f)]
        if open_ones:
            level = min((f.level for f in open_ones), key=LEVELS.index)
            count = len(open_ones)
            message = f"{count} 处问题" if lang == "zh" else f"{count} findings"
            failure = ElementTree.SubElement(case, "failure", message=message, type=level)
            failure.text = "\n".join(_said(f, lang) for f in open_ones)
        if explained:
            out = ElementTree.SubElement(case, "system-out")
            out.text = "\n".join(_said(f, lang) for f in explained)
    ElementTree.indent(suites, " ")
    text = ElementTree.tostring(suites, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _fails(finding: Finding) -> bool:
    """Nobody explained it, and it is not merely to be filled in."""
    return finding.acknowledged is None and not finding.rule.pending


def _said(finding: Finding, lang: str) -> str:
    said = f"{finding.at} {finding.level} {finding.rule.id} {finding.message(lang)}"
    if finding.acknowledged is not None:
        said += f"（已认可：{finding.acknowledged.explanation}）"
    return _NO_XML.sub("\ufffd", said)
