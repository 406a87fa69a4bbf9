"""一句话自相矛盾: a sentence whose claim its own figures or words deny."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.budget_in_sentence import WITHIN, over, reached_otherwise
from site_builder.rules.cause_in_sentence import MAYBE as MAYBE_CAUSE
from site_builder.rules.cause_in_sentence import against_its_cause
from site_builder.rules.goal_in_sentence import MAYBE_MISSED, MET, below, met, missed, not_missed
from site_builder.rules.limit_in_sentence import MAYBE as MAYBE_LIMIT
from site_builder.rules.limit_in_sentence import beyond
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.rest_in_sentence import some_left
from site_builder.segment import segments
from site_builder.sentences import Passage
from site_builder.told import Told

RULE = Rule(
    "sentence-denies-itself",
    "warning",
    Words("一句话自相矛盾", "A sentence that denies itself"),
    Words(
        "这句话写了“{printed}”，又写“{other}”",
        "the sentence says “{printed}” and also “{other}”",
    ),
    Words(
        "请核对哪一处写错；原件如此的，保留原文并在“认可”中说明",
        "see which of the two is wrong; if both are printed so, keep and explain it",
    ),
    Words(
        "同一句话里一个增、一个减，或者说做到了而数字说没有，读者不知道该信哪一半。",
        "Up and down at once, or done by its words and not by its figures: nobody knows which half to believe.",
    ),
    yields_to=("told-share", "claim-contradicted"),
)
_MUCH = r"(?:了|约|近)*[0-9][0-9.,]*(?:余|多)?[一-鿿]{1,3}?"
# 减少233.41万元，增长6.33%: the same change, once as an amount and once as a share.
OPPOSITE = re.compile(
    rf"(?P<a>(?P<up>增加|增长|上升)|减少|下降|降低){_MUCH}[，,、]?(?:同比|降幅|增幅)?"
    r"(?P<b>(?(up)(?:下降|减少|降低)|(?:增长|增加|上升)))(?:了|率|幅度|幅|为|达)*[0-9][0-9.]*[%％]"
)
# 较上年增加0.9万元，主要是…，较上年有所下降: no amount and no other subject between the two.
_LAST = "(?:较|比|与)(?:上年度?|去年|上一年度?)(?:相比)?"
TURNED = re.compile(
    rf"(?P<a>{_LAST}(?P<up>增加|增长|上升)(?:了|约)*[0-9][0-9.]*(?:[%％]|[一-鿿]{{1,3}})|{_LAST}(?:减少|下降|降低)(?:了|约)*[0-9][0-9.]*(?:[%％]|[一-鿿]{{1,3}}))"
    rf"(?:[，,][^，,。；;0-9]*)*?[，,](?P<b>(?:总体|整体)?{_LAST}(?:均|总体|明显|略)*有?所?(?(up)(?:下降|减少|降低)|(?:增长|增加|上升)))"
    r"(?=[，,。；;]|$|主要|的?原因)"
)
# 满意率下降0.8个百分点，满意率稳步提升: what fell cannot have risen all the while.
DROPPED = re.compile(
    r"(?P<x>[一-鿿]{2})[率度]?(?:[0-9.]+[%％])?[，,]?(?:较|比)?(?:上年度?|去年)?(?:有所)?下降(?:了)?[0-9.]+(?:[%％]|个百分点)[，,]"
    r"(?P<b>[^，,。；;0-9]{0,6}(?P=x)[率度]?[^，,。；;0-9]{0,4}(?:稳步|持续|不断|逐年|逐步|明显)(?:提升|提高|上升|增长))"
)
# 下降-3.5%: a fall below zero is a rise.
NEGATED = re.compile(
    r"(?P<a>下降|减少|降低|下滑|降幅|减幅|缩减|压减)(?P<b>(?:了|率|幅度|幅|为|达|比例)*[-−－–][0-9]+(?:\.[0-9]+)?(?:[%％]|个百分点|万元|亿元))"
)
MINUS = re.compile("[-−－–]")
# 综合得分100分 … 扣2分
ALL_POINTS = re.compile(
    r"(?:得分|(?:自评|综合|最终|评价)总分|评分|自评)(?:为|是|达|共|计)*100分(?![^，,。；;]{0,2}(?:制|为满))"
)
DEDUCTED = re.compile(r"(?:共|合计|故|因此|应|予以|酌情)?扣(?:减|除|了|掉|分)?(?P<n>[0-9.]+)分")
RULE_OF_POINTS = re.compile("每|超过|低于|不得|未按|如|标准|扣完为止|的[，,]?扣")
# 获评市级示范乡镇（正在公示）: it is not awarded before the notice is over.
AWARDED = re.compile(
    r"(?P<a>(?:获评|评为|获得|荣获|获授|授予|评上|入选|创成|成功创建)(?<!拟..)(?<!将..)(?<!拟被..)(?<!将被..)(?<!望..)(?<!报..)"
    r"(?:(?!名单|结果|对象|候选|拟)[^，,。；;：:（(0-9]){0,24}?)[，,（(]?"
    r"(?P<b>(?:(?:目前|现|尚|还|已|仍)*(?:正在|正|进入|处于|在)(?:网上|[省市县]级)?公示(?:中|期|阶段)?|(?:尚待|等待|待)公示|公示中)(?=[，,。；;）)]|$))"
)
# Something of each claim; a quick no.
QUICK = led_by(
    "增减上下降完工率预目任超无没实账进达公全悉应圆仅-−－–1",
    r"[增减上下降][加少长升低降](?=[了约近]*[0-9])|完成(?:年初|全年|调整)?预算|工(?<=[完竣]工)|"
    r"率(?:均|为|达到?|已)*100|预算(?<=[超破无未在出过]预算)|预算[^，,。；;]{0,5}内|目标|任务|超额完成|全面完成|圆满完成|全部(?=[^，,。；;]{2,14}[，,])|应(?=.尽)|完成了?(?:年度|年初|全年)?计划|"
    r"(?:无|没有)[一-鿿]{3,10}[，,]|[实账]相符|进度(?=[为达到]*100)|达到了?[0-9][^，,。；;]{0,12}(?:指标|要求|标准)|[-−－–](?<=[降少低滑幅缩减率为达了].)[0-9]|100分|公示(?<=[在入于待级上]公示)|公示[中期]|仅[剩余有](?=[^，,。；;]{2,20}[未没])|[全悉][部数](?<=[，,均都已经程目]..)(?:已|[按如]期|[按及]时)*(?:办结|整改|化解|答复|落实|解决|治理|建成|投)",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence of the narrative and of the cells that tells a change or a success."""
    found = False
    for passage in subject.told.holding(QUICK):
        for start, end, other in _denied(passage):
            found = True
            yield _outcome(passage, start, end, other)
    for passage in _holding(subject.told, MAYBE_CAUSE):
        for start, end, other in against_its_cause(passage.text):
            found = True
            yield _outcome(passage, start, end, other)
    for passage in _holding(subject.told, MAYBE_LIMIT):
        for one in filter(None, map(beyond, segments(passage))):
            found = True
            yield _outcome(passage, *one)
    if not found:
        yield Outcome(RULE)


def _holding(told: Told, patterns: tuple[re.Pattern[str], ...]) -> list[Passage]:
    """The lines that hold what one of the patterns finds."""
    text = told.text
    starts = [match.start() for pattern in patterns for match in pattern.finditer(text)]
    return [told.lines[n] for n in sorted({text.count("\n", 0, start) for start in starts})]


def _denied(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Where a claim stands, and what denies it."""
    text = passage.text
    up = "增" in text or "上升" in text
    patterns = [(OPPOSITE, "a"), (TURNED, "a")] if up else []  # quick
    if "下降" in text:  # quick
        patterns.append((DROPPED, "x"))
    for pattern, first in patterns:
        match = pattern.search(text)
        if match is not None:
            yield match.start(first), match.start("b"), text[match.start("b") : match.end()]
    for match in NEGATED.finditer(text) if MINUS.search(text) else ():  # quick
        yield match.start("a"), match.start("b"), match["b"]
    match = AWARDED.search(text) if "公示" in text else None  # quick
    if match is not None:
        yield match.start("a"), match.end("a"), match["b"]
    if "100分" in text:  # quick
        yield from _full_yet_deducted(text)
    yield from reached_otherwise(text)
    yield from some_left(passage)
    claimed_well = WITHIN.search(text) or MET.search(text) or "达到" in text
    if claimed_well:  # quick
        for segment in segments(passage):
            one = over(segment) or missed(segment) or below(segment)
            if one is not None:
                yield one
    if MAYBE_MISSED.search(text):  # quick
        for segment in segments(passage, "目标", "任务", "计划"):
            yield from not_missed(segment)
            yield from met(segment)


def _full_yet_deducted(text: str) -> Iterator[tuple[int, int, str]]:
    """综合得分100分 beside 扣2分, where no rule of scoring is told."""
    full = ALL_POINTS.search(text)
    if full is None:
        return
    for match in DEDUCTED.finditer(text, full.end()):
        low = max(text.rfind(mark, 0, match.start()) for mark in "。；;，,") + 1
        if match["n"].strip("0.") and not RULE_OF_POINTS.search(text, low, match.end()):
            yield full.start(), full.end(), match[0]
            return


def _outcome(passage: Passage, start: int, end: int, other: str) -> Outcome:
    printed = passage.text[start:end].strip("，,、 ")
    words = {"printed": printed, "other": other}
    address = passage.address or sentence_address(printed, other)
    finding = Finding(RULE, passage.place(start), words, (), address, printed)
    return Outcome(RULE, finding=finding)
