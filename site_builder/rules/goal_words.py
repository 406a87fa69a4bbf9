"""Targets and results as figures: 不超5万元 is ≤5万元, 已开展3期 is 3期, 新建3个 and 新建2个 are 3 and 2."""

from __future__ import annotations

import re
from functools import lru_cache

from site_builder.figure import AT_LEAST, AT_MOST, Figure, measure

_SIGNED = r"(?=[\d≥≧>＞≤≦<＜=＝-])"
_WORDED = (
    (
        re.compile(
            r"^(?:控制在|不超过?|不突破|不高于|不多于|不大于|小于或?等于|小于|少于)\s*(?=\d)"
        ),
        "≤",
    ),
    (
        re.compile(r"^(?:大于或?等于|不小于|至少|大于|不低于|不少于|高于)\s*(?=\d)"),
        "≥",
    ),
    (
        re.compile(
            "^(?:全年|累计|实际|已|共计?|合计|总计)*(?:达到|完成|实现|约?为|开展|举办|组织|召开|改造|"
            "新建|建成|修建|改建|发放|清运|培训|救助|维修|安装|硬化|疏浚|清淤|栽植|种植|发生)?(?:了)?\\s*"
            + _SIGNED
        ),
        "",
    ),
)
NO_LESS = frozenset(("不少于", "不低于", "不小于", "至少", "≥", "≧"))
_SHARE = re.compile("[（(][%％][）)]")
_OR_MORE = re.compile("(?:[（(]含[）)]|及)(?=以[上下内]$)")
_NONE = re.compile("^(?:零|0)(?:事故|投诉|上访|伤亡|死亡|差错|火灾|案件|发生)$")
_VERB = re.compile("[\u4e00-\u9fff]{2,8}?(?=[0-9]|达|≥|不低于|不少于)")


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """The text with a sign instead of its word, without its verb: 不超过5% → ≤5%, 已完成8公里 → 8公里."""
    text = text.strip().rstrip("。；;")
    if "以" in text:  # quick
        text = _OR_MORE.sub("", text)
    if text.endswith(("）", ")")):  # quick
        text = _SHARE.sub("%", text)
    if _NONE.match(text):
        return "0"
    for pattern, sign in _WORDED:
        if pattern.match(text):
            return pattern.sub(sign, text, count=1)
    return text


@lru_cache(maxsize=16384)
def wanted(text: str) -> tuple[Figure | None, str]:
    """The figure of a target and its sign: ≥, ≤ or none, as of =."""
    figure = measure(bare(text))
    if figure is None:
        return None, ""
    if figure.about in AT_LEAST and figure.about not in ("余", "多"):
        return figure, "≥"
    if figure.about in AT_MOST and figure.about != "近":
        return figure, "≤"
    return (None, "") if figure.about else (figure, "")


def told_alike(target: str, result: str, name: str) -> tuple[str, str, str]:
    """Target and result without the words before their figures, and the words that both had.

    Words that both begin with (新造林300亩, 新造林280亩), or that the indicator is called by
    (森林管护面积: 管护6.2万亩).
    """
    one, other = target.strip(), result.strip()
    first, second = _VERB.match(one), _VERB.match(other)
    if first and second and first[0] == second[0]:
        return one[first.end() :], other[first.end() :], first[0]
    return _uncalled(one, first, name), _uncalled(other, second, name), ""


def _uncalled(text: str, verb: re.Match[str] | None, name: str) -> str:
    return text[verb.end() :] if verb is not None and verb[0][:2] in name else text
