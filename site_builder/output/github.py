"""Findings as GitHub workflow commands, which it shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.finding import Finding, Level

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def write_github(findings: Iterable[Finding], lang: str = "zh") -> str:
    """A command a finding, an explained one as a notice; the count last, as a plain line.

    GitHub shows only the first few commands of a step, so the count stands in the log itself.
    """
    listed = list(findings)
    count = sum(f.acknowledged is None and not f.rule.pending for f in listed)
    end = f"{count} 处问题" if lang == "zh" else f"{count} findings"
    return "".join(_command(f, lang) for f in listed) + end + "\n"


def _command(finding: Finding, lang: str) -> str:
    explained = finding.acknowledged
    command = _COMMANDS[finding.level] if explained is None else "notice"
    title = finding.rule.title.zh if lang == "zh" else finding.rule.title.en
    said = finding.message(lang)
    if explained is not None:
        said += f"\n{'已认可' if lang == 'zh' else 'acknowledged'}：{explained.explanation}"
    else:
        said += f"\n→ {finding.remedy(lang)}"
    at = finding.at
    place = f"file={_property(at.file)},line={at.line},col={at.column}"
    return f"::{command} {place},title={_property(f'{title} {finding.rule.id}')}::{_data(said)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
