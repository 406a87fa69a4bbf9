"""说法与句中的数相反: more said to be less, less said to be more, all right beside what was not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.sentences import Passage, led_by

RULE = Rule(
    "words-against-figures",
    "warning",
    Words("说法与句中的数相反", "Words that the sentence's own figures turn round"),
    Words(
        "这里写“{printed}”，同一句话里却是{other}", "it says “{printed}”; the sentence has {other}"
    ),
    Words(
        "请核对是数写错了还是话写反了；原件如此的，保留原文并在“认可”中说明",
        "is a figure wrong or the word? If it is printed so, keep and explain it",
    ),
    Words(
        "“超过”“低于”两边的数就在句子里，读者一眼就能比较。",
        "Both figures stand in the sentence, and readers compare them.",
    ),
    yields_to=("sentence-denies-itself", "goal-missed", "told-result-differs", "limit-misjudged"),
)
OVER, UNDER = "高于|超过|超出|大于|多于|突破", "低于|少于|小于|不及|不足"
# 满意度93.1%，超过95%的目标值; 户均4823元，低于计划的4821元
THAN = re.compile(
    rf"[，,（(]?(?:均|也|都|已|略|明显|大幅|远|远远|仍|还)*(?:(?P<over>{OVER})|(?P<under>{UNDER}))"
    r"(?:了)?(?:[^，,。；;、0-9每单]{1,12}的)?"  # 低于预算1.14万元: by so much
)
AFTER = re.compile("(?:的)?[^，,。；;、0-9还尚差距]{0,10}(?=[，,。；;）)]|$)")
# What is compared must be what was reached, not what was planned, nor how much it fell.
NO_SUBJECT = re.compile(
    "计划|目标|任务|预算|上年|去年|标准|要求|限额|上限|下限|降|减|缩|压|节|少|其中|[至到]$"
)
MAYBE_THAN = re.compile(
    "[于过出破及足](?<=高于|超过|超出|大于|多于|突破|低于|少于|小于|不及|不足)(?=[^，,。；;、0-9]{0,12}[0-9])"
)
NOT = frozenset("不未没无非")
# 设计日处理1200吨，日均处理870吨，已超负荷运行
FULL = led_by("超满", "超负荷|超能力|超容量|满负荷|超载")
DESIGNED = re.compile("(?:设计|核定|额定)[^，,。；;0-9]{0,12}$")
ACTUAL = re.compile("(?:实际|日均|平均|目前|现)[^，,。；;0-9]{0,12}$")
# 抽检24份，合格率100%，其中2份超标
ALL_RIGHT = re.compile(
    r"率(?<=(?:合格|达标|完好|优良|通过|准确|优秀)率)(?:均|都)?(?:为|达到?|是)?(?:了)?100[%％]"
)
WRONG = re.compile(
    r"(?:其中|有)(?:仅|只)?[^，,。；;0-9]{0,6}(?P<n>[0-9]+)(?P<unit>[份个批处次项座件所])[^，,。；;0-9]{0,8}?(?:超标|不合格|不达标|未达标|未通过|不通过|有误|损坏)"
)
OTHERS = re.compile("另|此外|还|；|;")
MENDED = re.compile("整改后|复检|复验|复查|重新|返工|最终|已全部整改")


def check(subject: Subject) -> Iterator[Outcome]:
    """Comparisons with the figure before them; loads; rates of a hundred per cent."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    for passage in subject.told.holding(MAYBE_THAN):
        if len(passage.figures) > 1:  # quick
            for segment in segments(passage):
                yield from _compared(segment)
    for passage in subject.told.holding(FULL):
        for segment in segments(passage):
            yield from _loaded(segment)
    for passage in subject.told.holding(ALL_RIGHT):
        for match in ALL_RIGHT.finditer(passage.text):
            end = passage.sentence(match.end())[1]
            wrong = WRONG.search(passage.text, match.end(), end)
            if wrong is None or OTHERS.search(passage.text, match.end(), wrong.start()):
                continue
            if not MENDED.search(passage.text, passage.sentence(match.start())[0], end):
                start = passage.opening(match.start())
                yield _finding(passage, start, match.end(), f"“{wrong[0]}”")


def _compared(segment: Segment) -> Iterator[Finding]:
    amounts, text = segment.amounts, segment.passage.text
    for number in range(1, len(amounts)):
        limit = amounts[number]
        match = THAN.fullmatch(limit.words)
        if match is None or limit.said.upto or limit.said.about:
            continue
        after = AFTER.match(text, limit.said.end)
        before = [a for a in amounts[:number] if alike(a.figure, limit.figure)]
        one = amounts[number - 1]
        if after is None or one not in before or not one.exact or NO_SUBJECT.search(one.words):
            continue
        unit = limit.figure.unit
        bound = added([limit], unit)[1]
        if match["over"]:
            # 东村30户、西村40户，超过60户
            total = added(before, unit)[1] if unit != "%" else added([one], unit)[1]
            wrong = total.high < bound.low
        else:
            wrong = all(added([a], unit)[1].low > bound.high for a in before)
        if wrong:
            start = limit.said.start - len(limit.words.lstrip("，,（("))
            yield _finding(segment.passage, start, after.end(), f"“{_said(one)}”")


def _loaded(segment: Segment) -> Iterator[Finding]:
    """Less than it was built for, and overloaded."""
    text = segment.passage.text
    claim = FULL.search(text, segment.start, segment.end)
    built = next((a for a in segment.amounts if DESIGNED.search(a.words)), None)
    if claim is None or built is None:
        return
    loads = [a for a in segment.amounts if ACTUAL.search(a.words) and alike(a.figure, built.figure)]
    if len(loads) != 1 or not loads[0].exact or loads[0].said.start > claim.start():
        return
    if (
        not NOT.isdisjoint(text[claim.start() - 3 : claim.start()])
        or "高峰" in segment.text
        or "旺季" in segment.text
    ):
        return
    unit = built.figure.unit
    if added(loads, unit)[0] < added([built], unit)[0]:
        end = segment.passage.clause(claim.start())[1]
        other = f"“{_said(built)}”“{_said(loads[0])}”"
        yield _finding(segment.passage, claim.start(), end, other)


def _said(amount: Amount) -> str:
    return f"{re.split('[，,、：:（(]', amount.words)[-1][-10:]}{amount.said.text}"


def _finding(passage: Passage, start: int, end: int, other: str) -> Finding:
    printed = passage.text[start:end]
    address = passage.address or sentence_address(printed, "说法")
    words = {"printed": printed, "other": other}
    return Finding(RULE, passage.place(start), words, (), address, printed, length=len(printed))
