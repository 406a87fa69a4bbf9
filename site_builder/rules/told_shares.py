"""正文里的占比、比率算不出来: a share or rate in a sentence that the amounts beside it do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import Figure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.place import Place
from site_builder.relations import quotient, verdict
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, alike, segments
from site_builder.told import ACTUAL

RULE = Rule(
    "told-share",
    "warning",
    Words("正文里的占比或比率算不出来", "A share in a sentence that its amounts do not give"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新计算，或核对这句话里的两个数；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check the two amounts; if they are printed so, explain it",
    ),
    Words(
        "同一句话里写了两个数和它们的比，读者一算就知道对不对。",
        "Where a sentence gives two amounts and their ratio, readers can check it.",
    ),
)
# 占总支出的 58.99%, 占年度任务450户的 93.33%, 占比 35.39%
SHARE = re.compile(
    r"(?:占|完成|[，,]为)(?P<whole>[^，,。；;%％占]{0,24}?)(?:的)?(?:比例|比重|比)?(?:为|达到|达|约)?[ ]?$"
)
# 参保率 98.6%, 完成率为 93.33%
RATE = re.compile(
    r"(?P<name>参保|完成|整改|办结|满意|回收|收回|有效|合格|化解|成功|审批|兑现|到位|执行|接种|入学|处置|"
    r"处理|销号|达标|成活|调处|通过|覆盖|收缴|征缴|使用|支付|就业|签约|清运|投产|开工|控制|支出)"
    r"(?:进度|比例|率|(?<=满意)度)(?:为|达到|达|约)?[ ]?$"
)
PERCENT = re.compile("[%％]")
# What SHARE begins with and RATE holds; a quick no.
MAYBE = re.compile("占|完成|[，,]为|进度|比例|率|满意度")
# The amount of what was done bears the rate's own name, or another word for it.
ALSO = {
    "回收": ("回收", "收回"),
    "收回": ("回收", "收回"),
    "收缴": ("缴", "收缴"),
    "征缴": ("缴",),
    "执行": ("执行", "支出", "使用", "采购"),
    "支付": ("支付", "支出", "拨付"),
    "调处": ("调处", "调解"),
    "化解": ("化解", "调解", "调处"),
    "清运": ("清运", "处理"),
    "控制": ("在职", "实有", "在编", "在岗", "实际", "支出", "决算"),
}
# What the first is when something was to be done of it.
WHOLE = re.compile(
    "应|任务|计划|共|抽查|受理|排查|发放|收回|回收|目标|下达|安排|总|有|接|调查|访|申请|处理|发现|检查|预算|编制|争取"
)
PLANNED = re.compile("计划|任务|目标")
INCOME = frozenset(
    (
        "一般公共预算拨款",
        "政府性基金预算拨款",
        "其他收入",
        "财政拨款收入",
        "年初结转和结余",
        "专户管理的非税收入",
    )
)
SPENDING = frozenset(("基本支出", "项目支出"))
OF_YEAR = re.compile("^(?:全年|本年度?|当年|全部|部门|单位|财政|整体)+的?")
TOTALS = {
    **dict.fromkeys(("总支出", "支出总额", "支出合计", "支出"), "支出合计"),
    **dict.fromkeys(("总收入", "收入总额", "收入合计", "收入"), "收入合计"),
}
# 全年预算数360万元，执行数342万元，完成预算的95%: the whole goes by its name.
ITS_BUDGET = re.compile("(?:年初|全年|调整|本年)?预算(?:安排)?(?:数|金额|总额)?")
BUDGETED = re.compile("预算[^，,。；;]{0,6}$")
LOWER = frozenset(("不少于", "不低于", "不小于", "至少", "≥", "≧"))
YEAR = re.compile("上年|去年|20[0-9]{2}年|上一年|同期|同比|比上|较")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every percentage after 占 or a named rate, with the amounts of its sentence."""
    compared = False
    for passage in subject.told.holding(PERCENT):
        if not MAYBE.search(passage.text):  # quick
            continue
        for segment in segments(passage, "%", "％"):
            for outcome in _of_segment(subject, segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的占比", "no share to work out"))


def _of_segment(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for number, amount in enumerate(amounts):
        if amount.figure.unit != "%" or not amount.exact:
            continue
        before = segment.passage.text[segment.start : amount.said.start]
        outcome = _share(subject, segment, number, before) or _rate(segment, number, before)
        if outcome is not None:
            yield outcome


def _share(subject: Subject, segment: Segment, number: int, words: str) -> Outcome | None:
    match = SHARE.search(words)
    if match is None:
        return None
    amounts = segment.amounts
    percent = amounts[number]
    opening = segment.start + match.start()
    inside = [a for a in amounts[:number] if a.said.start >= opening]
    before = [a for a in amounts[:number] if a.said.end <= opening]
    # The amount right before.
    if not before or not _follows(segment, before[-1], opening):
        return None
    part = before[-1]
    if not part.exact:
        return None
    if not inside and match[0][0] != "占":
        # 完成95%: of what, nobody knows, unless a budget is told right before.
        return _of_budget(segment, percent, before, match["whole"].strip("的 "))
    if inside:
        whole = inside[-1]
        if len(inside) > 1 or not whole.exact or not alike(part.figure, whole.figure):
            return None
        return _judged(segment, percent, part, whole.figure, match["whole"].strip("的 "))
    named = match["whole"].strip("的 ")
    if named:
        return _of_named(subject, segment, percent, part, named)
    return _of_parent(subject, segment, percent, part)


def _of_budget(
    segment: Segment, percent: Amount, before: list[Amount], named: str
) -> Outcome | None:
    if len(before) < 2 or ITS_BUDGET.fullmatch(named) is None:
        return None
    whole, part = before[-2:]
    if not whole.exact or BUDGETED.search(whole.words) is None or BUDGETED.search(part.words):
        return None
    if YEAR.search(part.words):
        return None
    return _judged(segment, percent, part, whole.figure, named)


def _follows(segment: Segment, part: Amount, opening: int) -> bool:
    """Is there but a comma, or nothing, between the amount and 占?"""
    between = segment.passage.text[part.said.end : opening]
    return not between.strip("，, （(")


def _of_named(
    subject: Subject, segment: Segment, percent: Amount, part: Amount, named: str
) -> Outcome | None:
    """占总支出的…: the whole is what the report prints under this name."""
    if YEAR.search(named):
        return None
    known = subject.told.clearly_named(named)
    if known is not None:
        facts = [f for f in subject.told.facts[known.name] if f.basis in ACTUAL]
    else:
        total = TOTALS.get(OF_YEAR.sub("", named), "")
        facts = list(subject.disclosure.report.facts_of(total, "决算"))
    facts = [f for f in facts if f.year == subject.disclosure.key.year]
    return _against(segment, percent, part, facts, named)


def _of_parent(subject: Subject, segment: Segment, percent: Amount, part: Amount) -> Outcome | None:
    """基本支出986.20万元，占64.61%: the whole goes without saying."""
    label = segment.passage.label(part.said)
    known = subject.told.clearly_named(label)
    if known is None:
        return None
    concepts = {f.concept for f in subject.told.facts[known.name]}
    whole = "收入合计" if concepts <= INCOME else "支出合计" if concepts <= SPENDING else ""
    year = subject.disclosure.key.year
    facts = [f for f in subject.disclosure.report.facts_of(whole, "决算") if f.year == year]
    return _against(segment, percent, part, facts, whole)


def _against(
    segment: Segment, percent: Amount, part: Amount, facts: list[Fact], named: str
) -> Outcome | None:
    if not facts:
        return None
    if any(_fits(percent.figure, part.figure, f.figure) for f in facts):
        return Outcome(RULE)
    return _judged(segment, percent, part, facts[0].figure, named, facts[0].at)


def _rate(segment: Segment, number: int, words: str) -> Outcome | None:
    """应参保A人，实际参保B人，参保率C%: the last two like amounts, or any two that give it."""
    match = RATE.search(words)
    if match is None:
        return None
    percent = segment.amounts[number]
    before = [a for a in segment.amounts[:number] if a.figure.unit != "%"]
    if len(before) < 2 or "其中" in segment.text:
        return None
    done = before[-1]
    like = [a for a in before if alike(a.figure, done.figure)]
    if len(like) < 2:
        return None
    whole = like[-2]
    gap = segment.passage.text[done.said.end : segment.start + match.start()]
    if len(gap) > 8 or not done.exact:
        return None
    if not whole.exact:
        return _bounded(segment, percent, done, whole, match["name"])
    if PLANNED.search(done.words) and not PLANNED.search(whole.words):
        whole, done = done, whole  # 硬化12公里，计划15公里，完成率80%
        if match["name"] == "完成":
            return _judged(segment, percent, done, whole.figure, "完成率")
    if not WHOLE.search(whole.words) or YEAR.search(done.words):
        return None
    # 计划培训300人次，实际培训286人次，完成率…
    planned = match["name"] == "完成" and "实际" in done.words and PLANNED.search(whole.words)
    if not planned and not any(
        word in done.words for word in ALSO.get(match["name"], (match["name"],))
    ):
        return None
    for one in like:
        for other in like:
            upside_down = one is whole and other is done
            if (
                one is not other
                and not upside_down
                and _fits(percent.figure, one.figure, other.figure)
            ):
                return Outcome(RULE)
    return _judged(segment, percent, done, whole.figure, f"{match['name']}率")


def _bounded(
    segment: Segment, percent: Amount, done: Amount, whole: Amount, name: str
) -> Outcome | None:
    """不少于4次，实际3次，完成率100%: below the bound the rate is what the two amounts give."""
    below = done.figure.amount < whole.figure.amount and done.figure.unit == whole.figure.unit
    if name != "完成" or whole.said.sign not in LOWER or not below:
        return None
    return _judged(segment, percent, done, whole.figure, "完成率")


def _fits(percent: Figure, part: Figure, whole: Figure) -> bool:
    computed = quotient(part, whole)
    return computed is not None and verdict(percent, *computed) != "differs"


def _judged(
    segment: Segment,
    percent: Amount,
    part: Amount,
    whole: Figure,
    named: str,
    *at: Place,
) -> Outcome | None:
    computed = quotient(part.figure, whole)
    if computed is None:
        return None
    if verdict(percent.figure, *computed) != "differs":
        return Outcome(RULE)
    decimals = max(percent.figure.decimals, 2)
    right = f"{shown(computed[0], decimals)}%"
    label = segment.passage.label(part.said).strip(" 　-*")
    words = {
        "label": named if named.endswith("率") else f"{label}占{named}",
        "printed": percent.said.text,
        "formula": f"{part.said.text} ÷ {whole}",
        "recomputed": right,
    }
    address = segment.passage.address or sentence_address(percent.said.text, named)
    finding = Finding(
        RULE,
        segment.passage.place(percent.said.start),
        words,
        (segment.passage.place(part.said.start), *at),
        address,
        percent.said.text,
        right,
        formula=words["formula"],
    )
    return Outcome(RULE, finding=finding)
