"""A goal and its result in one sentence: called met and is not, called missed and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.patterns import led_by
from site_builder.rules.goal_words import NO_LESS
from site_builder.segment import Amount, Segment, alike

COMPARED = re.compile("比|较|超|上年|去年")
_WELL = "圆满|全面|全部|顺利|超额|如期|按期|足额|胜利"
MET = re.compile(
    rf"(?:圆满|全面|全部|顺利|超额|如期|按期|足额|胜利|已)(?:地)?完成了?(?P<of>[^，,。；;0-9]{{0,8}}?)(?:目标|任务|计划)|超额完成|"
    r"达到(?:了)?(?:预期|年度)?目标|"
    rf"(?:目标|任务|计划|指标)(?:任务)?(?:已|均|都)*(?P<behind>{_WELL})(?:完成|实现)|(?:全面|圆满|全部)完成(?=[，,。；;]|$)"
)
NOT_MET = re.compile("(?:未能?|没[有能])$")
OF_ALL = re.compile("(?:年度|年初|全年|既定|下达|县里?|上级|预定|预期|各项|工作|绩效|的)*")
GOAL = re.compile("目标|计划|任务|年初|预期|不少于|不低于|不小于|至少")
DONE = re.compile("实际|完成|新增|实现|开展|达|实(?=[收缴到有发])|到位|征收")
NO_NAME = re.compile("目标|计划|任务|年初|年度|全年|下达|[^一-鿿]+")
# Goals that are better missed from below.
FEWER = re.compile("控制|不超过|不高于|不大于|以内|压减|减少|下降|事故|发生|成本|上访|违规|投诉")
# 群众满意度93%，达到了95%以上的目标; 拆除8.6万，超额完成目标任务9万
REACHED_GOAL = re.compile(
    "^[，,、]?(?:均|已|全部|全年|圆满)*(?P<claim>(?:达到|高于|超过|超额完成|超额达到|完成)(?:了)?)(?:年初|年度|全年|预期|规定|既定|上级|县里|[省市县区]级?|政府|财政局?|主管部门|下达|分解|安排|交办|设定|确定|签订|责任书)*(?:的)?"
    "(?P<goal>(?:目标|任务|计划|指标)(?:值|任务|数)?(?:的)?)?$"
)
OF_GOAL = re.compile(
    "(?:以上|及以上)?的?(?:年度|年初|全年|预期|绩效|考核|计划|既定|规定)*(?:目标|指标值|任务|要求|标准)"
)
# 共27座，未达到25座的目标; 满意度92.4%（198份中183份满意），低于90%的目标
_KINDS_OF_GOAL = (
    "(?:年初|年度|全年|预期|规定|既定|原定|上级|县里|下达|设定|确定|计划|绩效|考核)*(?:的)?"
)
MISSED_GOAL = re.compile(
    "[，,、]?(?:均|但|还|也|仍|尚|最终|全年|实际)*(?P<claim>(?:未|没有|没)能?(?:达到|完成|实现|达)了?|达不到|低于|不及|少于|(?:与|距离?|离))"
    f"{_KINDS_OF_GOAL}(?P<goal>(?:目标|任务|计划|指标)(?:值|任务|数)?(?:的)?)?$"
)
UNMET = re.compile(
    "[，,](?:但|还|仍)?(?P<claim>(?:未能?|没有|没能)(?:按期|如期)?(?:完成|达到|实现)(?:了)?(?:年度|全年|年初|预定|既定)*(?:目标|任务|计划)(?:任务)?)(?=[，,。；;]|$)"
)
FAR = 12  # characters between a goal and what came of it
MAYBE_MISSED = led_by(
    "未没达低不少与距离",
    f"(?:(?:未|没有|没)能?(?:达到|完成|实现|达)了?|达不到|低于|不及|少于|与|距离?|离){_KINDS_OF_GOAL}(?:(?:目标|任务|计划|指标)(?:值|任务|数)?的?)?(?:[0-9]|(?<=[标务划])[，,。；;])",
)
GAP_LEFT = re.compile("[^，,。；;0-9]{0,3}(?:还|尚|仍|存在?|有)[^，,。；;0-9]{0,4}(?:差距|距离)")
BRACKETS = re.compile("（[^（）]*）")
# Of which less is better.
LESS = re.compile(
    "贫|失业|病|死亡|伤|差错|逾期|超期|不良|流失|辍学|损失|能耗|排放|浓度|空置|荒|欠|债|火|案|用时|时间|时长|工期|缩|降|违法|退|负担"
)
DURATIONS = frozenset(("天", "小时", "分钟", "个月", "年", "岁", "周岁"))


def missed(segment: Segment) -> tuple[int, int, str] | None:
    """目标80人，实际76人，超额完成."""
    text = segment.passage.text
    claims = MET.finditer(text, segment.start, segment.end)
    claim = next((c for c in claims if not NOT_MET.search(text, 0, c.start())), None)
    if claim is None:
        return None
    for goal, done in pairwise(segment.amounts):
        lower = goal.said.sign in NO_LESS
        if not alike(goal.figure, done.figure) or not done.exact:
            continue
        if goal.figure.unit in DURATIONS:
            continue  # 计划工期120天，实际用时98天
        if not (lower or (goal.exact and GOAL.search(goal.words))):
            continue
        if not (DONE.search(done.words) or of_one_thing(goal.words, done.words)):
            continue
        between = text[goal.said.end : done.said.start]
        if (
            FEWER.search(goal.words)
            or len(between) > FAR
            or not between.startswith(("，", ",", "、"))
        ):
            continue
        factor = done.figure.factor_to(goal.figure.unit)
        assert factor is not None  # they are alike
        if (
            done.figure.interval().high * factor < goal.figure.amount
            and claim.start() > done.said.start
            and _is_of(segment, claim, goal)
        ):
            return claim.start(), claim.end(), f"{as_told(goal)}，{as_told(done)}"
    return None


def _is_of(segment: Segment, claim: re.Match[str], goal: Amount) -> bool:
    """Is it this goal that is called met: 改厕任务240座 … 公厕建设任务全面完成?"""
    if claim["behind"] is not None:
        passage = segment.passage
        words = passage.text[passage.opening(claim.start()) : claim.start()]
    else:
        words = claim["of"] or ""
    return OF_ALL.fullmatch(words) is not None or of_one_thing(goal.words, words)


def of_one_thing(one: str, other: str) -> bool:
    """Do the words share a pair of characters that is more than 目标 or 年度?"""
    one, other = NO_NAME.sub("，", one), NO_NAME.sub("，", other)
    pairs = {one[n : n + 2] for n in range(len(one) - 1)}
    return any("，" not in pair and pair in other for pair in pairs)


def below(segment: Segment) -> tuple[int, int, str] | None:
    """满意度93%，达到了95%以上的目标."""
    text = segment.passage.text
    for done, goal in pairwise(segment.amounts):
        match = REACHED_GOAL.match(goal.words)
        if match is None or not done.exact or not alike(done.figure, goal.figure):
            continue
        if FEWER.search(done.words) or COMPARED.search(done.words[-6:]):
            continue
        if not (match["goal"] or OF_GOAL.match(text, goal.said.end)):
            continue
        if text.startswith("的", goal.said.end) and not OF_GOAL.match(text, goal.said.end):
            continue  # 完成任务320人的97.5%
        factor = done.figure.factor_to(goal.figure.unit)
        assert factor is not None  # they are alike
        if done.figure.interval().high * factor < goal.figure.amount:
            start = goal.said.start - len(goal.words) + match.start("claim")
            return start, goal.said.end, as_told(done)
    return None


def not_missed(segment: Segment) -> Iterator[tuple[int, int, str]]:
    """共27座，未达到25座的目标: so many and yet too few."""
    text = segment.passage.text
    for number, goal in enumerate(segment.amounts):
        match = MISSED_GOAL.search(goal.words)
        after = OF_GOAL.match(text, goal.said.end)
        if match is None or not (match["goal"] or after):
            continue
        if match["claim"][0] in "与距离" and not GAP_LEFT.match(
            text, after.end() if after else goal.said.end
        ):
            continue
        claim = goal.said.start - len(goal.words) + match.start()
        for done in segment.amounts[:number]:
            between = BRACKETS.sub("", text[done.said.end : claim])
            if between or not done.exact or not alike(done.figure, goal.figure):
                continue
            less = FEWER.search(done.words) or LESS.search(done.words)
            if less or COMPARED.search(done.words[-6:]) or done.figure.unit in DURATIONS:
                continue
            if GOAL.search(done.words) and not DONE.search(done.words):
                continue
            factor = done.figure.factor_to(goal.figure.unit)
            assert factor is not None  # they are alike
            share = done.figure.unit == "%"  # 89.97%, printed as 90%
            low = done.figure.interval().low if share else done.figure.amount
            if low * factor >= goal.figure.amount:
                yield claim, after.end() if after else goal.said.end, as_told(done)


def met(segment: Segment) -> Iterator[tuple[int, int, str]]:
    """目标300户，完成312户，未完成目标."""
    text = segment.passage.text
    for goal, done in pairwise(segment.amounts):
        claim = UNMET.match(text, done.said.end)
        if claim is None or not (goal.exact and done.exact and alike(goal.figure, done.figure)):
            continue
        told = GOAL.search(goal.words) and DONE.search(done.words) and len(done.words) < FAR
        if not told or FEWER.search(goal.words) or LESS.search(goal.words):
            continue
        factor = done.figure.factor_to(goal.figure.unit)
        assert factor is not None  # they are alike
        if done.figure.interval().low * factor >= goal.figure.amount:
            yield claim.start("claim"), claim.end(), f"{as_told(goal)}，{as_told(done)}"


def as_told(amount: Amount) -> str:
    return (re.split("[，,：:]", amount.words)[-1] + amount.said.text)[-24:]
