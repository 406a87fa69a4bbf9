"""说法与句中的数相反: more said to be less, less said to be more, all right beside what was not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Interval
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.sentences import Passage

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
# Of a price or a standard: what it is, and not by how much; 高于 by more than all there is is that anyway.
STANDARD = re.compile(
    "[，,（(]?(?:均|也|都|略|明显|仍|还)*(?:(?P<over>高于|超过|大于|多于)|(?P<under>低于|少于|小于))"
    "[^，,。；;、0-9的]{0,8}(?:标准|单价|均价|水平|定额|指导价|控制价|最低价)$"
)
GOAL = re.compile("(?:以上)?的?[^，,。；;0-9]{0,6}?(?:目标|考核线|标准|要求|任务|计划|指标)")
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
FULL = led_by("超满住", "超负荷|超能力|超容量|满负荷|超载|住满|满员")
DESIGNED = re.compile("(?:(?:设计|核定|额定)[^，,。；;0-9]{0,12}|床位数?)$")
ACTUAL = re.compile("(?:实际|日均|平均|目前|现|入住)[^，,。；;0-9]{0,12}$")
HUNDRED = Decimal(100)
BEDS = frozenset(("张", "人", "名", "位"))  # one each
# 抽检24份，合格率100%，其中2份超标
ALL_RIGHT = re.compile(
    r"率(?<=(?:合格|达标|完好|优良|通过|准确|优秀)率)(?:均|都)?(?:为|达到?|是)?(?:了)?100[%％]|"
    r"全(?<!不)部(?:合格|达标|通过检测|符合(?:标准|要求))"
)
_BAD = "超标|超限|不合格|不达标|未达标|未通过|不通过|不符合|有误|损坏|过期|存在[^，,。；;]{2,10}"
WRONG = re.compile(
    rf"(?:其中|有|(?P<bare>[，,])(?!其中))(?:仅|只)?[^，,。；;0-9]{{0,6}}(?P<n>[0-9]+)(?P<unit>[份个批处次项座件所家户台辆间名])[^，,。；;0-9]{{0,8}}?(?:{_BAD})|"
    r"(?:检出|查出|发现)[^，,。；;0-9]{0,6}(?:超标|超限|不合格|不达标|过期)[^，,。；;0-9]{0,4}(?P<n2>[0-9]+)(?:批次|[份个批处次项座件所家户台辆间])"
)
# 竣工面积912平方米，未突破批复面积: the limit stands in the sentence by its name.
NAMED_LIMIT = re.compile(
    "(?P<under>[未不没](?:有)?(?:超过|超出|突破)|低于|小于|少于|不及)|(?P<over>超过|超出|突破|高于|大于|多于)"
)
NAME = re.compile("了?(?P<x>[一-鿿]{2,8}?)(?:的?(?:要求|限制))?(?=[，,。；;]|$)")
MAYBE_NAMED = re.compile(r"[于过出破及](?<=[超突高大多低小少不].)(?=了?[一-鿿]{2,8}[，,。；;\n])")
NO_NAME = re.compile("上年|去年|预算|预期|同期|往年|平均")
ITS = re.compile("(?:为|是|达|共|计|约|[:：]|每[秒日天年人户亩]|每小时)+$")
# 均在10万元以上，最低的芭蕉村8.6万元
EACH = re.compile("[均都](?:在|达到?|控制在)?$")
AT_LEAST = frozenset(("不低于", "不少于", "高于", "超过", "突破", "大于", "≥"))
AT_MOST = frozenset(("不超过", "不高于", "低于", "少于", "≤"))
LEAST = re.compile("最(?:低|少|小|短)[^，,。；;0-9]{0,12}$")
MOST = re.compile("最(?:高|多|大|长)[^，,。；;0-9]{0,12}$")
MAYBE_EACH = re.compile("最[低少小短高多大长]")
HAN = re.compile("[一-鿿]{2}")
OTHERS = re.compile("另|此外|还|；|;")
MENDED = re.compile("整改后|复检|复验|复查|重新|返工|最终|已(?:全部)?(?:整改|改正|销毁|更换|下架)")


# 完成预算的130%，决算数与预算数持平
OF_BUDGET = re.compile("完成(?:年初|全年|调整|本年)?预算数?的?$")
LEVEL = re.compile(
    "[，,。；;](?:支出)?决算数(?:与|同|和)(?:年初|全年|调整|本年)?预算数?(?:持平|一致|相同|相等)(?=的|[，,。；;]|$)"
)
MAYBE_LEVEL = re.compile("算数[与同和](?:年初|全年|调整|本年)?预算")


def check(subject: Subject) -> Iterator[Outcome]:
    """Comparisons with the figure before them; loads; rates of a hundred per cent."""
    yield from outcomes_of(_findings(subject), (RULE,))


def _findings(subject: Subject) -> Iterator[Finding]:
    for passage in subject.told.holding(MAYBE_LEVEL):
        yield from _level(passage)
    for passage in subject.told.holding(MAYBE_NAMED):
        for segment in segments(passage):
            if len(segment.amounts) > 1:  # quick
                yield from _by_name(segment)
    for passage in subject.told.holding(MAYBE_EACH):
        for segment in segments(passage, "均", "都"):
            yield from _each(segment)
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
            if wrong is not None and wrong["bare"] is not None:
                before = passage.text[passage.sentence(match.start())[0] : match.end()]
                if not _of_them(before, wrong):
                    continue
            if wrong is None or OTHERS.search(passage.text, match.end(), wrong.start()):
                continue
            if not MENDED.search(passage.text, passage.sentence(match.start())[0], end):
                start = passage.opening(match.start())
                yield _finding(passage, start, match.end(), f"“{wrong[0].strip('，,')}”")


def _of_them(before: str, wrong: re.Match[str]) -> bool:
    """全部达标，2名干部办公用房超标: of what is called right, by its unit or by its name?"""
    if re.search(f"[0-9]{wrong['unit']}", before):
        return True
    said = wrong[0]
    pairs = {said[n : n + 2] for n in range(len(said) - 1)}
    return any(HAN.fullmatch(pair) and pair in before for pair in pairs)


def _each(segment: Segment) -> Iterator[Finding]:
    """均在10万元以上, and the least is 8.6万元."""
    for number, bound in enumerate(segment.amounts):
        said = bound.said
        if not EACH.search(bound.words.removesuffix(said.sign)):
            continue
        lower = said.about == "以上" or said.sign in AT_LEAST
        if not (lower or said.about in ("以内", "以下") or said.sign in AT_MOST):
            continue
        for other in segment.amounts[number + 1 :]:
            edge = LEAST if lower else MOST
            if not (edge.search(other.words) and other.exact and alike(other.figure, bound.figure)):
                continue
            least, limit = added([other], bound.figure.unit)[1], bound.figure.amount
            if (least.high < limit) if lower else (least.low > limit):
                start = segment.passage.opening(said.start)
                yield _finding(segment.passage, start, said.end, f"“{_said(other)}”")
                return


def _level(passage: Passage) -> Iterator[Finding]:
    """So many per cent of the budget, and right behind it as much as the budget."""
    for said in passage.figures:
        figure = said.plain
        if (
            figure is None
            or figure.unit != "%"
            or not OF_BUDGET.search(passage.text, 0, said.start)
        ):
            continue
        claim = LEVEL.match(passage.text, said.end)
        low, high = figure.interval()
        if claim is not None and not low <= HUNDRED <= high:
            yield _finding(passage, claim.start() + 1, claim.end(), f"完成预算的{said.text}")


def _by_name(segment: Segment) -> Iterator[Finding]:
    """批复面积860平方米，竣工面积912平方米，未突破批复面积."""
    passage = segment.passage
    text = passage.text
    for claim in NAMED_LIMIT.finditer(text, segment.start, segment.end):
        name = NAME.match(text, claim.end(), segment.end)
        if name is None or NO_NAME.search(name["x"]):
            continue
        told = [a for a in segment.amounts if a.said.start < claim.start()]
        limits = [a for a in told if _is_called(a, name["x"])]
        if len(limits) != 1 or not limits[0].exact:
            continue
        others = [a for a in told if a is not limits[0] and alike(a.figure, limits[0].figure)]
        if not others or others[-1] is not told[-1] or not others[-1].exact:
            continue
        unit = limits[0].figure.unit
        # 计划50处，东片30处、西片28处，超过计划
        last, limit = added(others[-1:], unit)[1], limits[0].figure.amount
        wrong = last.low > limit if claim["under"] else added(others, unit)[1].high < limit
        if wrong and not NO_SUBJECT.search(others[-1].words[-4:]):
            both = f"“{_said(limits[0])}”“{_said(others[-1])}”"
            yield _finding(passage, passage.opening(claim.start()), name.end(), both)


def _is_called(amount: Amount, name: str) -> bool:
    """Does what stands before an amount begin and end as the name does?"""
    label = ITS.sub("", re.split("[，,、：:（(]", amount.words)[-1])
    return label.endswith(name[-2:]) and name[:2] in label


def _compared(segment: Segment) -> Iterator[Finding]:
    amounts, text = segment.amounts, segment.passage.text
    for number in range(1, len(amounts)):
        limit = amounts[number]
        match = THAN.fullmatch(limit.words) or STANDARD.fullmatch(limit.words)
        if match is None or limit.said.upto or limit.said.about:
            continue
        after = AFTER.match(text, limit.said.end)
        before = [a for a in amounts[:number] if alike(a.figure, limit.figure)]
        one = amounts[number - 1]
        if after is None or one not in before or not one.exact or NO_SUBJECT.search(one.words):
            continue
        unit = limit.figure.unit
        bound = added([limit], unit)[1]
        if GOAL.search(limit.words) or GOAL.match(text, limit.said.end):
            bound = Interval(limit.figure.amount, limit.figure.amount)  # a goal is not rounded
        if match["over"]:
            # 东村30户、西村40户，超过60户
            total = added(before, unit)[1] if unit != "%" else added([one], unit)[1]
            wrong = total.high < bound.low
        else:
            wrong = all(added([a], unit)[1].low > bound.high for a in before)
            if match.re is STANDARD and one.figure.amount * 4 > limit.figure.amount * 5:
                wrong = False  # 低于标准价120元: by so much
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
    loads = [a for a in segment.amounts if ACTUAL.search(a.words) and _fills(a, built)]
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


def _fills(load: Amount, built: Amount) -> bool:
    return alike(load.figure, built.figure) or {load.figure.unit, built.figure.unit} <= BEDS


def _said(amount: Amount) -> str:
    return f"{shown_label(re.split('[，,、：:（(]', amount.words)[-1])}{amount.said.text}"


def _finding(passage: Passage, start: int, end: int, other: str) -> Finding:
    printed = passage.text[start:end]
    address = passage.address or sentence_address(printed, "说法")
    words = {"printed": printed, "other": other}
    return Finding(RULE, passage.place(start), words, (), address, printed, length=len(printed))
