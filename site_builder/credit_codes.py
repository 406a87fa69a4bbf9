"""Unified social credit codes (GB 32100—2015): what is wrong with one."""

from __future__ import annotations

from site_builder.finding import Words

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
