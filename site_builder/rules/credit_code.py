"""统一社会信用代码不合规: a credit code whose check digit or division code is wrong."""

from __future__ import annotations

from collections.abc import Iterator

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
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def problem(code: str, county_code: str) -> Words | None:
    """What is wrong with an 18-character code (GB 32100—2015), None when nothing is.

    `county_code` is the six-digit division code of the county; a code registered at the
    prefecture (first four digits) is accepted.
    """
    if len(code) != 18:
        return Words(f"有{len(code)}位，应为18位", f"{len(code)} characters, not 18")
    if set(code) - set(ALPHABET):
        return Words("含有不允许的字符（不用 I、O、S、V、Z）", "characters outside the alphabet")
    total = sum(ALPHABET.index(c) * w for c, w in zip(code, WEIGHTS, strict=False))
    if ALPHABET[-total % 31] != code[17]:
        return Words("校验位不对", "wrong check character")
    inner = sum(ALPHABET.index(c) * w for c, w in zip(code[8:16], INNER_WEIGHTS, strict=True))
    if "0123456789X"[-inner % 11] != code[16]:
        return Words("其中组织机构代码的校验位不对", "wrong check digit of the organisation code")
    if code[2:6] != county_code[:4]:
        return Words(f"第3–8位不是本地区划{county_code}", f"digits 3–8 are not {county_code}")
    return None


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
