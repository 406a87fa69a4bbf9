"""指标值的方向反了: ≤ where more is better, ≥ where less is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.goal_words import wanted
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

RULE = Rule(
    "target-direction",
    "warning",
    Words("指标值的方向像是反了", "A target that points the wrong way"),
    Words(
        "“{label}”的指标值写的是“{printed}”，{meant}",
        "the target of “{label}” is “{printed}”, {meant_en}",
    ),
    Words(
        "请对照年初批复的绩效目标核对“≥”“≤”；原件如此的，保留原文并在“认可”中说明",
        "compare ≥ and ≤ with the goals approved; if it is printed so, keep and explain it",
    ),
    Words(
        "方向反了，少做甚至不做反而算完成，这一项就评不出绩效。",
        "Turned round, doing less or nothing counts as done, and the item says nothing.",
    ),
    PERFORMANCE,
    yields_to=("score-above-result",),
)
# More is better: rates of success, and amounts of what is made for people.
MORE = re.compile(
    r"(?:合格|通过|达标|完成|覆盖|满意|知晓|参与|入住|开工|完工|办结|化解|普及|兑现|发放|及时|到位|成活|达成|受益)"
    r"(?:率|度|比例)$"
    r"|(?:新建|建设|改[造建厕]|修建|修缮|硬化|绿化|安装|整治|种植|栽植|养护|救助|慰问|受益|覆盖|培训|宣传|演出|放映|巡查)"
    r"[^，,·]{0,14}(?:数量?|[个户人座盏期场]数|[人场]次|里程|长度|面积|公里数)$"
)
# Less is better: what should not happen. Of rates only those that say how much of it there is:
# 火灾受害率, not 火灾扑灭率 or 违法行为制止率.
LESS = re.compile(
    r"(?:事故|投诉|上访|越级访|差错|违纪|违规|违法|返贫|死亡|案件|火灾|超支)"
    r"(?:[^，,·]{0,6}(?:数量?|次数|起数|件数|人数|户数|发生率)|(?:受害|伤亡|死亡|增长|上升|重复)?率)$"
    r"|(?:事故|上访|越级访|火灾)(?:事件|发生)?$"
)
# Money that is to be kept low.
COST = re.compile("(?:公务接待|“?三公”?|公务用车|会议)(?:经?费|费用|支出|运行维护费?)*$")
# Words that turn either round: 投诉办结率, 事故处置率, 建设成本, 减少受灾面积.
TURNED = re.compile(
    "成本|费|支出|资金|投资|投入|预算|控制|限|压|降|减|不合格|未|超|用房|占用|隐患|闲置|空置|缺|差异|偏差"
)
HANDLED = re.compile("办结|处置|处理|查处|整改|化解|调处|破获|破案|侦破|办理|回复|响应|满意|救治")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every target with ≥ or ≤ whose indicator's name says what is better."""
    judged = False
    for _, lines in subject.indicators:
        for line in lines:
            outcome = _judged(line)
            if outcome is not None:
                judged = True
                yield outcome
    if not judged:
        yield Outcome(RULE, reason=Words("没有写≥或≤的指标值", "no target with ≥ or ≤"))


def _judged(line: IndicatorLine) -> Outcome | None:
    target = line.target
    if target is None:
        return None
    figure, sign = wanted(target.text)
    if not sign:
        return None
    assert figure is not None  # it has a sign
    if sign == "≤" and figure.unit == "%" and figure.amount >= 100:
        return None  # another rule says that it cannot fail
    name = line.levels[-1]
    if sign == "≤" and MORE.search(name) and not TURNED.search(line.name):
        meant = Words("这类指标越多越好，应当写“≥”", "but more of it is better: ≥ seems meant")
    elif (
        sign == "≥"
        and figure.amount > 0
        and (COST.search(name) or (LESS.search(name) and not TURNED.search(name)))
        and not HANDLED.search(name)
    ):
        meant = Words("这类指标越少越好，应当写“≤”", "but less of it is better: ≤ seems meant")
    else:
        return Outcome(RULE)
    words = {
        "label": line.label,
        "printed": target.text.strip(),
        "meant": meant.zh,
        "meant_en": meant.en,
    }
    return Outcome(
        RULE, finding=Finding(RULE, target.at, words, (), target.address, target.text.strip())
    )
