"""统一社会信用代码不合规: a credit code whose check digit or division code is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.credit_codes import problem
from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "credit-code",
    "error",
    Words("统一社会信用代码不合规", "Invalid unified social credit code"),
    Words("统一社会信用代码“{printed}”{problem}", "credit code “{printed}”: {problem_en}"),
    Words("请对照登记证书逐位核对", "compare it digit by digit with the certificate"),
    Words(
        "代码有校验位，抄错一位就能发现；第 3–8 位是登记机关的区划。",
        "The code carries check digits; digits 3–8 name the division.",
    ),
    "GB 32100—2015；GB 11714",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The code that the report prints, and that it is the town's."""
    disclosure = subject.disclosure
    code = disclosure.report.heading.credit_code
    if code is None:
        yield Outcome(RULE, reason=Words("报告没有写统一社会信用代码", "the report prints none"))
        return
    wrong = problem(code, disclosure.county.code)
    known = disclosure.town.credit_code
    if wrong is None and known and known != code:
        wrong = Words("与县镇名录中的代码不同", "differs from the county's list")
    if wrong is None:
        yield Outcome(RULE, ("统一社会信用代码",))
        return
    words = {"printed": str(code), "problem": wrong.zh, "problem_en": wrong.en}
    finding = Finding(RULE, code.at, words, (), "统一社会信用代码", str(code), known)
    yield Outcome(RULE, ("统一社会信用代码",), finding)
