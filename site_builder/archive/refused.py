"""What keeps a report from being sealed: errors, and anything personal, for what is sealed never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.finding import Finding, ReportKey, Words
from site_builder.library import Disclosure
from site_builder.personal_numbers import numbers_in

COMMENT = re.compile(r"(?:^|[ ])#(.*)")
UNREADABLE = Words("报告读不出来", "the report cannot be read")
PERSONAL = Words(
    "有未处理的个人信息发现，不能封存：封存的内容以后不能再改",
    "open findings of personal data: what is sealed can never be changed",
)
UNEXPLAINED = Words("有未说明的错误，不能封存", "errors that nobody explained")


@dataclass(frozen=True)
class Refused:
    """A report that was not sealed: why, and the findings that stand against it."""

    key: ReportKey
    why: Words
    findings: tuple[Finding, ...] = ()


def against_sealing(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What nobody explained and a sealed report must not have: errors, and anything personal."""
    return tuple(f for f in findings if f.level == "error" or f.secret)


def why_not(against: Sequence[Finding]) -> Words:
    """What is said of findings against sealing."""
    return PERSONAL if any(f.secret for f in against) else UNEXPLAINED


def personal_comment(root: Path, disclosure: Disclosure) -> Words | None:
    """Why a report is refused whose YAML has a personal number in a comment: sources are published whole."""
    text = (root / disclosure.report.file).read_text("utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        comment = COMMENT.search(line)
        if comment is not None and next(numbers_in(comment[1]), None) is not None:
            at = f"{disclosure.report.file}:{number}"
            return Words(
                f"{at} 的注释里像是有电话、证件或账号，封存的源文件会整个公开，请先删去",
                f"{at}: a telephone, identity or account number in a comment; sealed sources are "
                "published whole, so delete it first",
            )
    return None
