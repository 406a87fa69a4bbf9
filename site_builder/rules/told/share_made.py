"""按比例算出的金额不合: a share that somebody bears of an amount, and right behind it what that makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.told_quotients import RULE, YEAR, judged
from site_builder.segment import Amount, Segment, alike, segments

BORNE = "补贴|补助|承担|负担|分担|配套|自筹|出资|奖补|支付|拨付|预付|计提|提取|预留|质保金|保证金"
# 省级财政补贴32.5%, 县级承担比例为60%, 已支付合同价的60%
SHARE = re.compile(
    f"(?:{BORNE})(?:比例|资金|总投资|合同价|合同总价|工程款|进度款|总保费|保费)?[的为按了]*$"
)
# …为420.37万元, …，计110万元, …（110万元）; 按60%补贴110万元
MADE = re.compile("[，,]?(?:为|即|计|共|共计|合计|折合|合)|[（(](?:即|计|共)?")
BY = re.compile("按照?$")
THEN = re.compile("(?:的?比例)?(?:给予)?(?:补贴|补助|承担|支付|拨付|奖补|配套)(?:资金|了)?")
MAYBE = led_by("%％", f"[%％](?:{MADE.pattern}|{THEN.pattern})[0-9]")
NO_WHOLE = re.compile(f"{YEAR.pattern}|每|均|标准|单价|增|减|降")


def check(subject: Subject) -> Iterator[Outcome]:
    """总投资200万元，县级承担60%，计120万元: of the only amount of money before it."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "%", "％"):
            for outcome in _of_segment(segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有按比例算出的金额", "no amount made by a share"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    text, made = segment.passage.text, set()
    for number, (percent, part) in enumerate(pairwise(segment.amounts)):
        if percent.figure.unit != "%" or part.figure.kind != "money":
            continue
        between = text[percent.said.end : part.said.start]
        share = SHARE.search(percent.words) and MADE.fullmatch(between)
        if not share and not (BY.search(percent.words) and THEN.fullmatch(between)):
            continue
        made.add(part.said.start)
        before = [a for a in segment.amounts[:number] if alike(a.figure, part.figure)]
        outcome = _judged(segment, percent, part, before, made)
        if outcome is not None:
            yield outcome


def _judged(
    segment: Segment, percent: Amount, part: Amount, before: list[Amount], made: set[int]
) -> Outcome | None:
    """What the share makes, of the one amount before that no share has made."""
    wholes = [a for a in before if a.said.start not in made and not NO_WHOLE.search(a.words)]
    exact = all(a.exact for a in (percent, part, *wholes))
    if len(wholes) != 1 or not exact:
        return None
    named = segment.passage.label(wholes[0].said).strip(" 　-*") or wholes[0].said.text
    called = segment.passage.label(percent.said).strip(" 　-*按照的为了").removeprefix("其中")
    return judged(segment, percent, part, wholes[0].figure, named, called=called)
