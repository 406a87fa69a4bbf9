"""均超过多少，最低的却不到: what is said of all, and the highest or lowest of them that denies it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import spoken
from site_builder.sentences import UNIT

_N = rf"(?P<n>[0-9]+(?:\.[0-9]+)?(?:{UNIT}|个百分点))"
_M = rf"(?P<m>[0-9]+(?:\.[0-9]+)?(?:{UNIT}|个百分点))"
_ALL = "(?:均|都|全部)(?:已|能|要)?"
_ON = "[^。；;0-9]{0,10}[，,。；;](?:其中)?[，,：:]?"
# 12个村均突破20万元，其中最低的岭脚村为18.6万元
ABOVE = re.compile(
    f"(?P<a>{_ALL}(?:突破|超过?|达到?|高于|不低于|不少于|在(?=[0-9.]+[^，,。；;]{{1,3}}以上)){_N}(?:以上)?){_ON}"
    f"(?P<b>[^，,。；;0-9]{{0,8}}最(?:低|少|小|差)的?[^，,。；;0-9]{{0,12}}{_M})"
)
# 各村均控制在5万元以内，最高的达5.8万元
BELOW = re.compile(
    f"(?P<a>{_ALL}(?:不超过?|未超过?|没有超过|低于|不高于|少于|控制在|在(?=[0-9.]+[^，,。；;]{{1,3}}(?:以内|以下))){_N}(?:以内|以下)?){_ON}"
    f"(?P<b>[^，,。；;0-9]{{0,8}}最(?:高|多|大|长)的?[^，,。；;0-9]{{0,12}}{_M})"
)
MARK = re.compile("最[低少小差高多大长]")


def extreme_denies(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a bound is claimed of all, and the extreme that is beyond it."""
    for pattern, way in ((ABOVE, 1), (BELOW, -1)):
        for match in pattern.finditer(text):
            bound, extreme = spoken(match["n"]), spoken(match["m"])
            if bound is None or extreme is None or bound.unit != extreme.unit:
                continue
            if (bound.amount - extreme.amount) * way > 0:
                yield match.start("a"), match.end("a"), match["b"]
