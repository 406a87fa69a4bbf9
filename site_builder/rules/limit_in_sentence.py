"""A limit that a sentence says was kept, below the figure that it tells."""

from __future__ import annotations

import re
from itertools import pairwise

from site_builder.rules.goal_in_sentence import as_told
from site_builder.segment import Segment, added, alike

_KEPT = "(?:实现|达到|符合|满足|完成|做到|落实|兑现|履行)了?[^，,。；;、0-9]{0,16}?"
# 调整幅度9.38%，实现了上年提出的控制在5%以内的要求; 造价31.5万元，控制在31万元以内
WITHIN = re.compile(
    rf"[，,、]?(?:均|都|已|也|总体|全部|较好地?)*(?P<claim>(?:{_KEPT})?(?:控制|保持|稳定|压缩|压减|限制)在|{_KEPT}(?P<asked>不超过|不高于|不大于|低于|小于))"
)
INSIDE = re.compile("(?:以内|以下|之内|范围内?|内)")
ASKED = re.compile(
    "(?:以内|以下|之内)?的?[^，,。；;0-9]{0,6}?(?:要求|目标|规定|标准|承诺|任务|控制线|红线)"
)
LESS = re.compile("下降|减少|降低|压减|缩减|节约|目标|计划|预算|其中|上限|限额|最[高大]")
# Led by one character each, which is found at once.
MAYBE = (
    re.compile(
        "在(?<=[持制定缩减]在)(?=[0-9][0-9.]*[^0-9，,。；;]{1,4}(?:以内|以下|之内|范围|内))"
    ),
    re.compile("超过(?<=不超过)(?=[0-9])"),
    re.compile("于(?<=[不高低大小]于)(?=[0-9][0-9.]*[^0-9，,。；;]{1,4}的)"),
)


def beyond(segment: Segment) -> tuple[int, int, str] | None:
    """调整幅度9.38%，实现了控制在5%以内的要求."""
    text = segment.passage.text
    for done, limit in pairwise(segment.amounts):
        match = WITHIN.fullmatch(limit.words)
        if match is None or not done.exact or not alike(done.figure, limit.figure):
            continue
        after = (ASKED if match["asked"] else INSIDE).match(
            text, limit.said.end - len(limit.said.about)
        )
        if LESS.search(done.words) or after is None:
            continue
        if added([done], limit.figure.unit)[1].low > limit.figure.amount:
            start = limit.said.start - len(limit.words) + match.start("claim")
            return start, after.end(), as_told(done)
    return None
