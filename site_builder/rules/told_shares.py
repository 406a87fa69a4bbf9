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
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.told import ACTUAL

RULE = Rule(
    "told-share",
    "warning",
    Words("正文里的占比或比率算不出来", "A share in a sentence that its amounts do not give"),
    Words(
        "{of}写的是{printed}，按{formula}应为{recomputed}",
        "{of_en} is said to be {printed}; {formula} makes {recomputed}",
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
    r"(?P<name>参保|完成|完工|竣工|整改|办结|满意|回收|收回|有效|合格|化解|成功|审批|兑现|到位|执行|接种|入学|处置|"
    r"处理|销号|达标|成活|调处|通过|覆盖|收缴|征缴|使用|支付|就业|签约|清运|投产|开工|控制|支出)"
    r"(?:进度|比例|率|(?<=满意)度)(?:为|达到|达|约)?[ ]?$"
)
EVERY = re.compile("均|每")
# 收集问题326个，解决298个，解决率91.41%: the rate bears the name of what was done.
OWN_RATE = re.compile(r"(?P<name>[一-鿿]{2})率(?:为|达到|达|约)?[ ]?$")
TAKEN_UP = re.compile(
    "收集|征集|收到|接到|梳理|登记|交办|接诊|摸排|举报|接收|上报|立案|下发|发出|播种|栽植|栽种|种植|投放|送检|抽检|参加|参训|报名|设立|"
    "摸底|普查|筛查|接报|转办|承办|提出|反馈|查出|存栏|在册|登记|符合|需|报告|推荐|提交|收运|产生"
)
# What SHARE begins with and RATE holds; a quick no.
MAYBE = re.compile("占|完成|[，,]为|进度|比例|率|满意度")
# 按期办结率: of those that were due, which nobody tells.
OF_THOSE_DUE = re.compile("(?:按期|按时|及时|限时|如期|当年|当期|已?到期)$")
# Behind what was done, what was not: 已完工7个，在建2个，完工率…
NOT_YET = re.compile("(?:在建|未|剩余|其余|正在|待|尚)[^，,。；;0-9]{0,6}$")
# 完成12.1公里，比计划少0.3公里，完成率…: how far from it is not what was done
FROM_IT = re.compile(
    "(?:[比较距离][^，,。；;0-9]{1,8}|[^一-鿿])(?:还|仅|只|相)?(?:少|多|短|低|高|差|增|减)[^，,。；;0-9]{0,3}$"
)
# 全镇20个行政村中已有卫生村17个，占…
AMONG = re.compile("[^，,。；;0-9]{0,8}中[，,]?(?:已|现|共|其中|有|建|创|评|获|属|新|省|市|县|级)")
# What may stand between an amount and its share: 投入28万元，完成投资占计划40万元的70%.
BETWEEN = re.compile("[，,、 （(]*(?:已?(?:完成|实现)(?:投资|支出|产值|任务|工程量)|比重|目前)?")
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
# What the second of two amounts is when it is what was done of the first.
# What the first is when something was to be done of it.
WHOLE = re.compile(
    "应|任务|计划|共|项目|工程|抽查|受理|排查|发放|收回|回收|目标|下达|安排|建设|改建|总|有|接|调查|访|申请|处理|发现|检查|预算|编制|争取"
)
PLANNED = re.compile("计划|任务|目标|应(?![急对用])")
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
BUDGET_TOLD = re.compile(
    "(?:年初|部门|收支|支出|收入|调整后?|本年)的?预算(?!拨款|财政)|预算(?:安排|数|总额|为)"
)
PLAN = re.compile("(?:年度|全年|总|年初|投资)?(计划|任务|目标|概算)(?:投资|任务|数|总数)?")
SPENT = re.compile("决算|执行|实际|实现|完成|支出合计|总支出|支出总")
# What is no part of a name: 其中项目支出为, 村中已验收
UNNAMED = re.compile("^其中[：:]?|^[^，,]{0,6}中(?=已)|(?:为|是|达到?|共计?)$")
CUT = frozenset(("审减", "核减", "下浮", "节约", "节省", "压减", "节支", "结余"))
WHAT_IS_LEFT = re.compile("审定|核定|中标|成交|实际|决算|合同|支出|支付|使用")
LONGEST = 64  # characters before a percentage that may say of what it is
LOOK_BACK = 8  # amounts before a share that may be its whole
A_CHANGE = re.compile("(?:增|减|降|升|超|节约|节省|结余)[加少支出低约]?(?:了)?$")
LOWER = frozenset(("不少于", "不低于", "不小于", "至少", "≥", "≧"))
YEAR = re.compile("上年|去年|20[0-9]{2}年|上一年|同期|同比|比上|较")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every percentage after 占 or a named rate, with the amounts of its sentence."""
    compared = False
    for passage in subject.told.passages:
        text = passage.text
        if not ("%" in text or "％" in text):  # quick
            continue
        if MAYBE.search(text) is None:  # quick
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
        if amount.figure.unit != "%" or not amount.exact:
            continue
        end = amount.said.start
        low = max(segment.start, end - LONGEST)
        for pattern, way in ((SHARE, _share), (RATE, _rate), (OWN_RATE, _own_rate)):
            match = pattern.search(text, low, end)
            if match is not None and (outcome := way(subject, segment, number, match)):
                yield outcome
                break


def _share(subject: Subject, segment: Segment, number: int, match: re.Match[str]) -> Outcome | None:
    amounts = segment.amounts
    percent = amounts[number]
    opening = match.start()
    near = amounts[max(0, number - 2 * LOOK_BACK) : number]
    inside = [a for a in near if a.said.start >= opening]
    before = [a for a in near if a.said.end <= opening]
    # The amount right before; percentages between (增长3.85%) would make it unclear.
    if not before or not _follows(segment, before[-1], opening):
        return None
    part = before[-1]
    if part.figure.unit == "%" or not part.exact or EVERY.search(part.words[-8:]):
        return None  # 清运9360吨，月均780吨，完成年计划的104%: of the amount before it
    if not inside and match[0][0] != "占":
        # 完成95%: of what, nobody knows, unless a budget is told right before.
        return _of_budget(segment, percent, before, match["whole"].strip("的 "))
    if inside:
        whole = inside[-1]
        if len(inside) > 1 or not whole.exact or not alike(part.figure, whole.figure):
            return None
        return _judged(segment, percent, part, whole.figure, match["whole"].strip("的 "))
    named = match["whole"].strip("的 ")
    if match[0][0] == "占" and (outcome := _of_plan(segment, percent, before, named)) is not None:
        return outcome
    if named:
        return _of_named(subject, segment, percent, part, named)
    if "其中" in segment.passage.text[segment.start : part.said.start]:
        return _of_which(subject, segment, percent, part, before)
    if len(before) > 1 and alike(before[-2].figure, part.figure):
        among = AMONG.match(segment.passage.text, before[-2].said.end, part.said.start)
        if among is not None and before[-2].exact:
            return _judged(segment, percent, part, before[-2].figure, before[-2].said.text)
    return _of_parent(subject, segment, percent, part)


def _of_plan(segment: Segment, percent: Amount, before: list[Amount], named: str) -> Outcome | None:
    """计划投资650万元，完成投资598万元，占计划的92%."""
    plan = PLAN.fullmatch(named)
    if plan is None or len(before) < 2:
        return None
    whole, part = before[-2:]
    fitting = plan[1] in whole.words and plan[1] not in part.words
    if not fitting or not whole.exact or not alike(part.figure, whole.figure):
        return None
    return _judged(segment, percent, part, whole.figure, named)


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
    return _judged(segment, percent, part, whole.figure, named)


def _follows(segment: Segment, part: Amount, opening: int) -> bool:
    """Is there but a comma, or nothing, between the amount and 占?"""
    between = segment.passage.text[part.said.end : opening]
    return BETWEEN.fullmatch(between) is not None


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
    text = segment.passage.text
    told = text[max(0, part.said.start - 200) : part.said.start].rpartition("。")[2]
    if BUDGET_TOLD.search(told) and not SPENT.search(told):
        return None  # 年初预算2650万元。其中基本支出…；项目支出…，占…: of the budget
    return _against(segment, percent, part, facts, whole)


def _of_which(
    subject: Subject, segment: Segment, percent: Amount, part: Amount, before: list[Amount]
) -> Outcome | None:
    """预算2650万元，其中基本支出1380万元，占52.08%: the whole is what stands before 其中."""
    mark = segment.passage.text.rindex("其中", segment.start, part.said.start)
    near = [a for a in before[-LOOK_BACK:] if a.said.end <= mark]
    wholes = [a for a in near if alike(a.figure, part.figure)]
    if not wholes:
        return _of_parent(subject, segment, percent, part)
    if any(_fits(percent.figure, part.figure, a.figure) for a in wholes):
        return Outcome(RULE)
    # Only of a whole right before it; 占 of a part of a part may mean either.
    whole = wholes[-1]
    between = segment.passage.text[whole.said.end : mark].strip("，,。；; （(：:")
    if between or not whole.exact or whole.figure.amount < part.figure.amount:
        return _of_parent(subject, segment, percent, part)
    outcome = _of_parent(subject, segment, percent, part)
    if outcome is not None and outcome.finding is None:
        return outcome
    return _judged(segment, percent, part, whole.figure, whole.said.text)


def _against(
    segment: Segment, percent: Amount, part: Amount, facts: list[Fact], named: str
) -> Outcome | None:
    if not facts:
        return None
    if any(_fits(percent.figure, part.figure, f.figure) for f in facts):
        return Outcome(RULE)
    return _judged(segment, percent, part, facts[0].figure, named, (facts[0].at,))


def _rate(_: Subject, segment: Segment, number: int, match: re.Match[str]) -> Outcome | None:
    """应参保A人，实际参保B人，参保率C%: the last two like amounts, or any two that give it."""
    percent = segment.amounts[number]
    near = segment.amounts[max(0, number - 2 * LOOK_BACK) : number]
    before = [a for a in near if a.figure.unit != "%"]
    opening = match.start()
    if OF_THOSE_DUE.search(segment.passage.text, max(segment.start, opening - 4), opening):
        return None
    if before and (NOT_YET.search(before[-1].words) or FROM_IT.search(before[-1].words)):
        before.pop()
    if not before or "其中" in segment.text:
        return None
    done = before[-1]
    like = [a for a in before if alike(a.figure, done.figure)]
    if len(like) < 2:
        return None
    whole = like[-2]
    gap = segment.passage.text[done.said.end : match.start()]
    if len(gap) > 8 or not (done.exact and whole.exact):
        return _bounded(segment, percent, done, whole, gap, match["name"])
    if PLANNED.search(done.words) and not PLANNED.search(whole.words):
        whole, done = done, whole  # 硬化12公里，计划15公里，完成率80%
        if match["name"] == "完成":
            return _judged(segment, percent, done, whole.figure, "完成率", planned=True)
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


def _own_rate(_: Subject, segment: Segment, number: int, match: re.Match[str]) -> Outcome | None:
    """收集A个，解决B个，解决率C%: two amounts side by side, and nothing else of their kind."""
    text = segment.passage.text
    if number < 2:
        return None
    whole, done = segment.amounts[number - 2 : number]
    if len(text[done.said.end : match.start()]) > 1 or not (whole.exact and done.exact):
        return None
    if not alike(whole.figure, done.figure) or done.figure.unit == "分":
        return None  # 总分100分，产出指标得分38分，得分率95%
    if match["name"] in CUT and WHAT_IS_LEFT.search(whole.words):
        return None  # 审定214.50万元，审减6.20万元: of what was handed in
    if match["name"] not in done.words or YEAR.search(done.words) or NOT_YET.search(done.words):
        return None
    if "其中" in segment.text:
        head = re.fullmatch(
            f"[，,、（(]其中[:：]?{match['name']}[^，,。；;：:0-9]{{0,4}}", done.words
        )
        people = whole.figure.unit in ("人", "名", "户", "家")
        if head is None or not people or not whole.words or "其中" in whole.words:
            return None
        return _judged(segment, segment.amounts[number], done, whole.figure, f"{match['name']}率")
    others = [a for a in segment.amounts[: number - 2] if alike(a.figure, done.figure)]
    if others or not (TAKEN_UP.search(whole.words) or WHOLE.search(whole.words)):
        return None
    if done.figure.amount > whole.figure.amount:
        return None
    return _judged(segment, segment.amounts[number], done, whole.figure, f"{match['name']}率")


def _bounded(
    segment: Segment, percent: Amount, done: Amount, whole: Amount, gap: str, name: str
) -> Outcome | None:
    """不少于4次，实际3次，完成率100%: below the bound the rate is what the two amounts give."""
    below = done.figure.amount < whole.figure.amount and done.figure.unit == whole.figure.unit
    if (
        name != "完成"
        or len(gap) > 8
        or not done.exact
        or whole.said.sign not in LOWER
        or not below
    ):
        return None
    return _judged(segment, percent, done, whole.figure, "完成率")


def _fits(percent: Figure, part: Figure, whole: Figure) -> bool:
    computed = quotient(part, whole)
    return computed is not None and verdict(percent, *computed) != "differs"


def _of_farther(segment: Segment, percent: Amount, part: Amount) -> bool:
    """全镇共372户。走访326户，解决298户，解决率80.1%: does an amount told before in the paragraph give it?"""
    told = (a for one in segments(segment.passage) for a in one.amounts if a.exact)
    return any(
        a.said.end <= part.said.start
        and alike(a.figure, part.figure)
        and _fits(percent.figure, part.figure, a.figure)
        for a in told
    )


def _judged(
    segment: Segment,
    percent: Amount,
    part: Amount,
    whole: Figure,
    named: str,
    beside: tuple[Place, ...] = (),
    planned: bool = False,
) -> Outcome | None:
    computed = quotient(part.figure, whole)
    if computed is None:
        return None
    if planned:  # what was planned is no rounded result: 8万平方米 are 8万平方米
        _, done = added((part,), whole.unit)
        computed = computed[0], done.times(100 / whole.amount)
    if verdict(percent.figure, *computed) != "differs":
        return Outcome(RULE)
    if named.endswith("率") and _of_farther(segment, percent, part):
        return None
    decimals = max(percent.figure.decimals, 2)
    right = f"{shown(computed[0], decimals)}%"
    passage = segment.passage
    name = UNNAMED.sub("", passage.label(part.said).strip(" 　-*"))
    of = of_en = f"“{named}”"
    if not named.endswith("率"):
        of, of_en = f"“{name}”占“{named}”的比例", f"“{name}” as a share of “{named}”"
    words = {
        "of": of,
        "of_en": of_en,
        "printed": percent.said.text,
        "formula": f"{part.said.text} ÷ {whole}",
        "recomputed": right,
    }
    finding = Finding(
        RULE,
        passage.place(percent.said.start),
        words,
        (passage.place(part.said.start), *beside),
        passage.address or sentence_address(percent.said.text, named),
        percent.said.text,
        right,
        formula=words["formula"],
    )
    return Outcome(RULE, finding=finding)
