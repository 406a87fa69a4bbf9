"""Where the name of a figure stands, if not right before it: 由上年的A降到B, 占53.2%，计B, A和B分别为."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figures_in_text import Said
from site_builder.sentences import Passage

CHANGED = re.compile(
    "(?:增加|增长|提高|上升|扩大|提升|下降|减少|降低|降|压减|压缩)(?:到了?|至|为)$"
)
FROM = re.compile("(?:由|从)(?P<last>上年|去年|上一年|年初)?(?:同期)?的?$")
SHARE = re.compile("(?:占比(?:为)?|占(?:[^占，,。；;、0-9]{0,10}的?(?:比重|比例)?(?:为)?))$")
# What may stand between a share and its amount: 占53.23%，计1240.93万元.
COUNTED = re.compile("[，,、（(]?(?:共?计|即|金额为?|达|为|合)?$")
# 三公经费控制较好，当年实际发生19.85万元: what the clause before is about was spent.
SPENT = re.compile(
    "(?:全年|当年|本年度?|年度)?(?:实际|共|共计|合计|总共)*(?:发生|支出|列支|开支|花费|使用|支付)(?:了|共|资金|金额|额|为|共计|合计)*$"
)
TOPIC = re.compile(
    "(?P<name>[^，,。；;：:、0-9]{3,24}?)(?:方面|管理|使用|支出)?(?:从严|严格|得到|有效|合理|总体)*(?:控制|压减|管控|下降|减少|规范|方面|情况)[^，,。；;：:、0-9]{0,8}[，,]$"
)
RESPECTIVELY = re.compile("分别(?:为|是|达到?|支出|列支|完成|安排|实现|有)?")
# What words end on that do not name their figure themselves; "" where there are none.
ENDS = frozenset(("", *"到了至为由从年初期的计即额达合生支出费用付共金（("))
JOINTS = frozenset("、和与及，,")


def naming_words(passage: Passage, said: Said) -> tuple[str, int, bool]:
    """The words that name a figure, how far the words reach that may give its year, and if it is last year's."""
    label = passage.label(said).removesuffix(said.sign)
    start = said.start - len(said.sign) - len(label)
    last = None
    for one in passage.figures:
        if one.end > start:
            break
        last = one
    if last is not None and CHANGED.search(label) is not None:
        first = passage.label(last)
        origin = FROM.search(first)
        if origin is not None:
            return first[: origin.start()], last.start - len(first) + origin.start(), False
    if last is not None and COUNTED.fullmatch(passage.text[last.end : said.start]):
        first = passage.label(last)
        share = SHARE.search(first)
        if share is not None:
            return first[: share.start()], last.start, False
    origin = FROM.search(label)
    if origin is not None and origin["last"] in ("上年", "去年", "上一年"):
        return label[: origin.start()], said.start - len(label) + origin.start(), True
    if SPENT.fullmatch(label) is not None:
        low = passage.sentence(start)[0]
        topic = TOPIC.search(passage.text, low, start)
        if topic is not None:
            return topic["name"], start, False
    return label.rstrip("（("), said.start, False


def told_respectively(passage: Passage) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """The words before each 分别 of a passage, and the figures joined behind it."""
    text = passage.text
    for mark in RESPECTIVELY.finditer(text) if "分别" in text else ():  # quick
        joined: list[Said] = []
        end = mark.end()
        for said in passage.figures:
            if said.start < end:
                continue
            between = text[end : said.start]
            if not set(between) <= JOINTS:
                break
            joined.append(said)
            end = said.end
        yield text[passage.opening(mark.start()) : mark.start()], tuple(joined)
