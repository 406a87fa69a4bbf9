"""正文里的占比、比率算不出来: a share in a sentence that the amounts beside it do not give; all percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Words
from site_builder.relations import quotient
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.told_quotients import LOOK_BACK, RULE, YEAR, fits, judged
from site_builder.rules.told_rates import OWN_RATE, RATE, TO_BE, WAS, own_rate, rate
from site_builder.rules.wholes_by_name import against, of_lines, of_named
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.slips import is_slip

# 占总支出的 58.99%, 占年度任务450户的 93.33%, 占比 35.39%
SHARE = re.compile(
    r"(?:占(?:到了?|了)?|完成|[，,]为|达到(?=[^，,。；;0-9]{0,6}(?:计划|任务|目标)))(?!、)"
    r"(?P<whole>(?:[^，,。；;%％占]|(?<=[0-9]),(?=[0-9]{3})){0,24}?)(?:的)?(?:比例|比重|比)?(?:为|达到|达|约)?[ ]?$"
)
PER_CENT = re.compile("[%％]")
EVERY = re.compile("均|每")
# What SHARE begins with and RATE holds; a quick no.
MAYBE = re.compile("占|完成|[，,]为|进度|比例|率|满意度|达到")
# 全镇20个行政村中已有卫生村17个，占…
AMONG = re.compile(
    "[^，,。；;0-9]{1,8}(?:中|里)[，,][^，,。；;0-9]{0,8}$|[^，,。；;0-9]{0,8}中[，,]?(?:已|现|共|其中|有|建|创|评|获|属|新|省|市|县|级)"
)
# What may stand between an amount and its share: 投入28万元，完成投资占计划40万元的70%.
BETWEEN = re.compile(
    "[，,、 （(]*(?:已?(?:完成|实现)(?:投资|支出|产值|任务|工程量)|比重|目前|仅|只|已|所)?"
)
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
# 全年预算数360万元，执行数342万元，完成预算的95%: the whole goes by its name.
ITS_BUDGET = re.compile("(?:年初|全年|调整|本年)?预算(?:安排)?(?:数|金额|总额)?")
BUDGETED = re.compile("预算[^，,。；;]{0,6}$")
BUDGET_TOLD = re.compile(
    "(?:年初|部门|收支|支出|收入|调整后?|本年)的?预算(?!拨款|财政)|预算(?:安排|数|总额|为)"
)
PLAN = re.compile("(?:年度|全年|总|年初|投资)?(计划|任务|目标|概算)(?:投资|任务|数|总数)?")
# 占目标任务的, 占改造任务数的: of the one number that was planned of the same things, wherever it is told before
TASK = re.compile("(?:年度|全年|年初|总)?(?P<work>[一-鿿]{2})?(?:目标|计划)?任务(?:总?数|总?量)?")
PLANNED = re.compile("(?:计划|任务|目标|下达)(?!.*(?:完成|实际|已|截至))", re.S)
# Whoever has a task of its own: 东村改造38户，占任务的95%
WHOSE = re.compile("村|社区|组|(?<![全本我])[镇乡]|街道|局|站|公司|中心|学校")
_OF_ANY = "全年 本年 今年 年度 计划 任务 目标 完成 实际 已经 截至 目前 项目 下达"
OF_ANY = frozenset(_OF_ANY.split())
# 占党员总数的, 占应保人数的: the whole by its name, whatever stands before it
SUCH = re.compile(
    "^(?:[全本][镇乡村]|全部|所有|其)的?|(?:总?(?:数量?|量|额|人数|户数|面积|里程|个数)|总|人数|资金)$"
)
MARKS = re.compile("[，,。；;：:（(、]")
IS_CALLED = re.compile(
    "(?:对象|总数|总量|总额|面积|里程|人数|户数|资金)?(?:已|现|共)?(?:有|计|为|达到?|是|约)*$"
)
COPULA = re.compile("(?:共?有|共?计|为|达到?|是|约)+$")
ALL_THERE = "(?:在?(?:[全本我][镇乡村县]|目前|现|共|有|在册|实有|年末|全年|范围内?))*"
# 采购总额286.5万元，授予中小企业214.9万元，占75%
ALL_TOLD = re.compile(
    "(?:总额|总数|总量|总计|合计|总面积|总人数|总户数|总收入|总支出|总投资|共有?)(?:为|达到?|是)?$"
)
SPENT = re.compile("决算|执行|实际|实现|完成|支出合计|总支出|支出总")
LONGEST = 64  # characters before a percentage that may say of what it is
WANTED = re.compile("目标|要求|确保|力争|计划|任务|标准|应|指标|不")
GROWN = re.compile(f"[，,、](?:同比|(?:较|比)(?:上年度?|去年)(?:同期)?)?(?:{UP}|{DOWN})(?:了|约)?")
A_CHANGE = re.compile("(?:增|减|降|升|超|节约|节省|结余)[加少支出低约]?(?:了)?$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every percentage after 占 or a named rate, with the amounts of its sentence."""
    compared = False
    for passage in subject.told.holding(PER_CENT):
        if MAYBE.search(passage.text) is None:  # quick
            continue
        for segment in segments(passage, "%", "％"):
            for outcome in _of_segment(subject, segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的占比", "no share to work out"))


def _of_segment(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    amounts, text = segment.amounts, segment.passage.text
    for number, amount in enumerate(amounts):
        if amount.figure.unit != "%" or not (amount.exact or _at_least(amount)):
            continue
        end = amount.said.start
        low = max(segment.start, end - LONGEST)
        for pattern, way in ((SHARE, _share), (RATE, rate), (OWN_RATE, own_rate)):
            match = pattern.search(text, low, end)
            if match is not None and (outcome := way(subject, segment, number, match)):
                yield outcome
                break


def _at_least(amount: Amount) -> bool:
    """成活率达到95%以上: what is no goal."""
    return amount.said.about == "以上" and WANTED.search(amount.words) is None


def _share(subject: Subject, segment: Segment, number: int, match: re.Match[str]) -> Outcome | None:
    amounts = segment.amounts
    percent = amounts[number]
    opening = match.start()
    near = amounts[max(0, number - 2 * LOOK_BACK) : number]
    inside = [a for a in near if a.said.start >= opening]
    before = [a for a in near if a.said.end <= opening]
    # The amount right before; percentages between (增长3.85%) would make it unclear.
    if not before:
        return None
    if not _follows(segment, before[-1], opening):
        return _of_both_named(segment, percent, match) or _of_same_things(
            segment, percent, before, inside
        )
    part = before[-1]
    if _has_grown(part, before) and match[0][0] in "占，,":
        return of_lines(subject, segment, percent, before[-2], match["whole"].strip("的 "))
    if part.figure.unit == "%" or not part.exact or EVERY.search(part.words[-8:]):
        return None  # 清运9360吨，月均780吨，完成年计划的104%: of the amount before it
    if not inside and match[0][0] not in "占达":
        # 完成95%: of what, nobody knows, unless a budget or a plan is told right before.
        named = match["whole"].strip("的 ")
        planned = _of_plan(segment, percent, before, named)
        return planned or _of_budget(segment, percent, before, named)
    if inside:
        whole = inside[-1]
        like = [a for a in before[-2:] if a.exact and alike(a.figure, whole.figure)]
        if len(inside) > 1 or not whole.exact or not like:
            return None
        # 清淤13.3公里，其中干渠4.1公里、支渠9.2公里，完成目标14公里的95%: of the whole
        if any(fits(percent.figure, a.figure, whole.figure) for a in _heads(segment, before)):
            return Outcome(RULE)
        return judged(segment, percent, like[-1], whole.figure, match["whole"].strip("的 "))
    named = match["whole"].strip("的 ")
    if (outcome := _of_plan(segment, percent, before, named)) is not None:
        return outcome
    if (outcome := _of_task(segment, percent, part, named)) is not None:
        return outcome
    if (outcome := _of_told(segment, percent, before, named)) is not None:
        return outcome
    if named:
        # 其中A、B、C，占全年支出的71.49%: of the whole
        made = [
            of_named(subject, segment, percent, a, named)
            or of_lines(subject, segment, percent, a, named)
            for a in (part, *_heads(segment, before))
        ]
        return next((one for one in made if one and one.finding is None), made[0])
    if "其中" in segment.passage.text[segment.start : part.said.start]:
        return _of_which(subject, segment, percent, part, before)
    if len(before) > 1 and alike(before[-2].figure, part.figure):
        among = AMONG.match(segment.passage.text, before[-2].said.end, part.said.start)
        due = TO_BE.search(before[-2].words) and WAS.search(part.words)
        whole = before[-2]
        of_all = ALL_TOLD.search(whole.words) is not None
        of_all = of_all and part.figure.amount <= added([whole], part.figure.unit)[0]
        if (among is not None or due or of_all) and whole.exact:
            return judged(segment, percent, part, before[-2].figure, before[-2].said.text)
    outcome = _of_parent(subject, segment, percent, part)
    return outcome if outcome is not None else _by_a_digit(segment, percent, before)


def _by_a_digit(segment: Segment, percent: Amount, before: list[Amount]) -> Outcome | None:
    """班子成员86人，35岁及以下22人，占比26.5%: of the only amount that can be the whole, but for a digit."""
    part = before[-1]
    wholes = [
        a
        for a in before[:-1]
        if alike(a.figure, part.figure)
        and added([a], part.figure.unit)[0] > part.figure.amount
        and not YEAR.search(a.words)
    ]
    computed = quotient(part.figure, wholes[0].figure) if len(wholes) == 1 else None
    if computed is None or not wholes[0].exact:
        return None
    decimals = percent.figure.decimals
    right = Decimal(shown(computed[0], decimals))
    if right != percent.figure.amount and not is_slip(percent.figure.amount, right):
        return None
    return judged(segment, percent, part, wholes[0].figure, wholes[0].said.text)


def _heads(segment: Segment, before: list[Amount]) -> list[Amount]:
    """The amounts before the 其中 that the nearest is a part behind; none without."""
    mark = segment.passage.text.rfind("其中", segment.start, before[-1].said.start)
    return [a for a in before if a.said.end <= mark and alike(a.figure, before[-1].figure)]


def _of_told(segment: Segment, percent: Amount, before: list[Amount], named: str) -> Outcome | None:
    """党员863名，其中60岁以上412名，占党员总数的…: the whole is what the sentence has told by this name."""
    if ITS_BUDGET.fullmatch(named):
        return _of_budget(segment, percent, before, named)
    name, part = SUCH.sub("", named), before[-1]
    if len(name) < 2:
        return _of_all(segment, percent, before, named)
    named_so = re.compile(f"{ALL_THERE}{re.escape(name)}")
    near = before[:-1]
    if segment.passage.text[segment.start - 1 : segment.start] in ("；", ";"):
        near = [a for a in _stretch_before(segment) if not YEAR.search(a.words)] + near
    for whole in reversed(near):
        if not alike(whole.figure, part.figure) or whole.figure.amount < part.figure.amount:
            continue
        called = IS_CALLED.sub("", MARKS.split(whole.words)[-1])
        due = name[0] == "应" and name[1:] in called.partition("应")[2]
        if due or named_so.fullmatch(SUCH.sub("", called)):
            return judged(segment, percent, part, whole.figure, named)
    return None


def _of_all(segment: Segment, percent: Amount, before: list[Amount], named: str) -> Outcome | None:
    """总面积96.25平方公里，其中耕地23.43平方公里，占总面积的…: the whole by this very name."""
    part = before[-1]
    if not named.startswith("总"):
        return None
    for whole in reversed(before[:-1]):
        called = COPULA.sub("", MARKS.split(whole.words)[-1])
        if called.endswith(named) and whole.exact:
            return judged(segment, percent, part, whole.figure, named)
    return None


def _stretch_before(segment: Segment) -> list[Amount]:
    """The amounts of the stretch before this one."""
    told = [one for one in segments(segment.passage) if one.end < segment.start]
    return list(told[-1].amounts) if told else []


def _of_both_named(segment: Segment, percent: Amount, match: re.Match[str]) -> Outcome | None:
    """户籍人口33585人，常住人口25940人，常住人口占户籍人口的77.2%: part and whole by their names."""
    name, whole = percent.words[: -len(match[0])].strip("，,、的"), match["whole"].strip("的 ")
    found = [[a for a in segment.amounts if a.words.endswith(n)] for n in (name, whole)]
    if any(len(one) != 1 for one in found):
        return None
    (part,), (all_,) = found
    if part is all_ or not alike(part.figure, all_.figure):
        return None
    return judged(segment, percent, part, all_.figure, whole)


def _of_same_things(
    segment: Segment, percent: Amount, before: list[Amount], inside: list[Amount]
) -> Outcome | None:
    """5个村完成了任务，占全镇16个村的31.25%: the only amount before it, of the same things."""
    text = segment.passage.text
    if len(inside) != 1 or len(before) != 1:
        return None
    whole, part = inside[0], before[0]
    if text[whole.said.end : whole.said.end + 1] != text[part.said.end : part.said.end + 1]:
        return None
    if not (whole.exact and part.exact) or YEAR.search(text, segment.start, whole.said.start):
        return None
    return judged(segment, percent, part, whole.figure, whole.said.text)


def _of_plan(segment: Segment, percent: Amount, before: list[Amount], named: str) -> Outcome | None:
    """计划投资650万元，完成投资598万元，占计划的92%."""
    plan = PLAN.fullmatch(named)
    if plan is None or len(before) < 2:
        return None
    whole, part = before[-2:]
    if plan[1] not in whole.words or not whole.exact or not alike(part.figure, whole.figure):
        return None
    return judged(segment, percent, part, whole.figure, named)


def _of_task(segment: Segment, percent: Amount, part: Amount, named: str) -> Outcome | None:
    """计划改造小区440个，已开工的小区129个，占任务数的28.86%: of the only number planned of such things."""
    task = TASK.fullmatch(named)
    if task is None:
        return None
    text, told = segment.passage.text, []
    for one in segments(segment.passage):
        for amount in one.amounts:
            if amount.said.end > part.said.start:
                break
            with_share = text.startswith(("，占", "占", ",占"), amount.said.end)
            if alike(amount.figure, part.figure) and not with_share:
                told.append(amount)
    if len(told) != 1 or not told[0].exact:
        return None
    whole = told[0]
    opening = segment.passage.sentence(whole.said.start)[0]
    if not PLANNED.search(text[opening : whole.said.start]):
        return None
    if any(whose not in whole.words for whose in WHOSE.findall(part.words)):
        return None
    pairs = {part.words[n : n + 2] for n in range(len(part.words) - 1)} - OF_ANY
    if not any(pair in whole.words for pair in pairs if not MARKS.search(pair)):
        return None
    if task["work"] and task["work"] not in whole.words and task["work"] not in OF_ANY:
        return None
    return judged(segment, percent, part, whole.figure, named)


def _of_budget(
    segment: Segment, percent: Amount, before: list[Amount], named: str
) -> Outcome | None:
    if len(before) < 2 or ITS_BUDGET.fullmatch(named) is None:
        return None
    whole, part = before[-2:]
    if not whole.exact or BUDGETED.search(whole.words) is None or BUDGETED.search(part.words):
        return None
    if YEAR.search(part.words) or A_CHANGE.search(part.words):
        return None  # 较年初预算24万元减少2.64万元，完成预算的89%
    return judged(segment, percent, part, whole.figure, named)


def _follows(segment: Segment, part: Amount, opening: int) -> bool:
    """Is there but a comma, or nothing, between the amount and 占?"""
    between = segment.passage.text[part.said.end : opening]
    return BETWEEN.fullmatch(between) is not None


def _has_grown(change: Amount, before: list[Amount]) -> bool:
    """投资1.47亿元，同比增长2%，占…: is the nearest amount but the growth of the one before it?"""
    return len(before) > 1 and GROWN.fullmatch(change.words) is not None and before[-2].exact


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
    text = segment.passage.text
    told = text[max(0, part.said.start - 200) : part.said.start].rpartition("。")[2]
    if BUDGET_TOLD.search(told) and not SPENT.search(told):
        return None  # 年初预算2650万元。其中基本支出…；项目支出…，占…: of the budget
    return against(segment, percent, part, facts, whole)


def _of_which(
    subject: Subject, segment: Segment, percent: Amount, part: Amount, before: list[Amount]
) -> Outcome | None:
    """预算2650万元，其中基本支出1380万元，占52.08%: the whole is what stands before 其中."""
    mark = segment.passage.text.rindex("其中", segment.start, part.said.start)
    near = [a for a in before[-LOOK_BACK:] if a.said.end <= mark]
    wholes = [a for a in near if alike(a.figure, part.figure)]
    if mark <= segment.start + 1:
        wholes = _likes_before(segment, part)
        mark = segment.start - 1
    if not wholes:
        return _of_parent(subject, segment, percent, part)
    if any(fits(percent.figure, part.figure, a.figure) for a in wholes):
        return Outcome(RULE)
    # Only of a whole right before it; 占 of a part of a part may mean either.
    whole = wholes[-1]
    between = segment.passage.text[whole.said.end : mark].strip("，,。；; （(：:")
    if between or not whole.exact or whole.figure.amount < part.figure.amount:
        return _of_parent(subject, segment, percent, part)
    outcome = _of_parent(subject, segment, percent, part)
    if outcome is not None and outcome.finding is None:
        return outcome
    return judged(segment, percent, part, whole.figure, whole.said.text)


def _likes_before(segment: Segment, part: Amount) -> list[Amount]:
    """受理诉求2844件。其中，咨询类1245件，占…: what the sentence before tells of its kind, of this year."""
    if segment.passage.text[segment.start - 1 : segment.start] != "。":
        return []
    told = _stretch_before(segment)
    return [a for a in told if alike(a.figure, part.figure) and not YEAR.search(a.words)]
