"""完成率、参保率: a rate in a sentence, of the two amounts before it that give it."""

from __future__ import annotations

import re

from site_builder.figure import Figure, shown
from site_builder.rules.goal_words import NO_LESS
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.told_quotients import LOOK_BACK, RULE, YEAR, fits, judged
from site_builder.segment import OF_WHICH, Amount, Segment, added, alike, segments

# 参保率 98.6%, 完成率为 93.33%
RATE = re.compile(
    r"(?P<name>参保|完成|完工|竣工|整改|办结|满意|回收|收回|有效|合格|化解|成功|审批|兑现|到位|执行|接种|入学|处置|"
    r"处理|销号|达标|成活|调处|通过|覆盖|收缴|征缴|使用|支付|就业|签约|清运|投产|开工|控制|支出)"
    r"(?:进度|比例|率|(?<=满意)度)(?:为|达到|达|约)?[ ]?$"
)
# 收集问题326个，解决298个，解决率91.41%: the rate bears the name of what was done.
OWN_RATE = re.compile(
    r"(?P<name>[一-鿿]{2})(?:(?<!完成)完成|(?<!到位)到位)?(?:率|进度|比例)(?:也|仅|只有|已|为|达到?|约|是)*[ ]?$"
)
TAKEN_UP = re.compile(
    "收集|征集|收到|接到|梳理|交办|接诊|摸排|举报|接收|上报|立案|下发|发出|播种|栽植|栽种|种植|投放|送检|抽检|参加|参训|报名|设立|"
    "送审|摸底|普查|筛查|接报|转办|承办|提出|反馈|查出|存栏|在册|登记|符合|需|报告|推荐|提交|收运|产生|债务|欠款|存量"
)
# 按期办结率: of those that were due, which nobody tells.
OF_THOSE_DUE = re.compile("(?:按期|按时|及时|限时|如期|当年|当期|已?到期)$")
# 18个工程中，有14个按期完工，按时完工率…: of all that there are; 应办60件，按时办结57件
_ON_TIME = "(?:按期|按时|及时|限时|如期)"
ON_TIME = re.compile(f"{_ON_TIME}[一-鿿]{{0,4}}[，,（(]?[一-鿿]{{0,2}}$")
ON_TIME_WORDS = re.compile(f"{_ON_TIME}[一-鿿]{{1,4}}$")
OF_THESE = re.compile(
    "[^，,。；;0-9]{0,12}(?:[中里][，,]?(?:已|有|共)*|有|[，,]?其中[^，,。；;0-9]{0,8})$"
)
# Behind what was done, what was not: 已完工7个，在建2个，完工率…
NOT_YET = re.compile("(?:在建|未|剩余|其余|正在|待|尚)[^，,。；;0-9]{0,6}$")
STILL = re.compile("(?:还有|尚)?未|在建|剩余?|尚余")
# 完成12.1公里，比计划少0.3公里，完成率…: how far from it is not what was done
FROM_IT = re.compile(
    "(?:[比较距离][^，,。；;0-9]{1,8}|[^一-鿿])(?:还|仅|只|相)?(?:少|多|短|低|高|差|增|减)[^，,。；;0-9]{0,3}$"
)
# The amount of what was done bears the rate's own name, or another word for it.
ALSO = {
    "回收": ("回收", "收回"),
    "收回": ("回收", "收回"),
    "收缴": ("缴", "收缴"),
    "征缴": ("缴",),
    "执行": ("执行", "支出", "使用", "采购", "支付", "拨付", "发放", "兑付", "兑现"),
    "支付": ("支付", "支出", "拨付", "发放", "兑付", "兑现"),
    "支出": ("支出", "支付", "使用", "拨付"),
    "使用": ("使用", "支出", "支付", "拨付", "发放"),
    "完工": ("完工", "完成", "建成", "竣工"),
    "竣工": ("竣工", "完工", "建成"),
    "出勤": ("到",),
    "到会": ("到",),
    "调处": ("调处", "调解"),
    "化解": ("化解", "调解", "调处"),
    "清运": ("清运", "处理"),
    "控制": ("在职", "实有", "在编", "在岗", "实际", "支出", "决算"),
}
# What the first is when something was to be done of it.
WHOLE = re.compile(
    "合同|协议|概算|收到|下拨|应|任务|计划|共|项目|工程|抽查|受理|排查|发放|收回|回收|目标|下达|安排|建设|改建|总|有|接|调查|访|申请|处理|发现|检查|预算|编制|争取|到位"
)
# 应到240人，实到228人; 计划发放310万元，实际发放279万元: what was to be, and what was
OF_THEM = re.compile("[一-鿿]{0,6}(?:项目|工程|任务|问题)中")
TO_BE = re.compile("应(?![急对用])|计划|任务|下达")
WAS = re.compile("实际|已|实[一-鿿]{1,4}$")
NOT_IT = re.compile("[不未非]")
# 其中持证的有76人, but not 其中已办结投诉类36件: of a class of them
THE_ONES = re.compile("(?:准|户|人员?|到位|完毕)?的?(?:有|为|共|达|计)*")
# What heads the sentence before: of money that is to come, of money that came, and of what was taken up
TO_COME = re.compile("(?:概算|总投资|计划投资|预算|应到位|下达|安排|批复|核定)[^，,。；;0-9]{0,6}$")
CAME = re.compile("(?:预算|下达|下拨|到位|安排|收到|批复|核定|筹措)[^，,。；;0-9]{0,10}$")
TAKEN = re.compile("(?:受理|发现|排查|接到|收到|征集|收集|交办|立案|接访)[^，,。；;0-9]{0,10}$")
OF_MONEY = frozenset(("执行", "支付", "支出", "使用"))
# 截至12月底实际支付, 到位资金: nothing that tells of which of the things it was
OF_ALL_MONEY = re.compile(
    "(?:[截至到年月日底末初0-9，, 的了为是共已数额总计]|目前|实际|累计|全年|年度|本?该?项目|专项|财政|补助|资金|经费|"
    "预算|[我全][镇乡]|本单位|支付|支出|执行|使用|拨付|发放|兑付|兑现|完成|到位)*"
)
# Only some of it, and what is of other years, too
NARROWER = re.compile(
    f"{YEAR.pattern}|中央|省|市级|县级|上级|配套|自筹|镇级|村级|重大|重点|一般|应|其中|当年|本年"
)
UP_TO = re.compile("(?:截?至|到)20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|[底末])?")
OF_YEARS = re.compile("上年|去年|往年|[分共][二两三四五]年|三年|五年|跨年|累计|续建|以来")
PLANNED = re.compile("计划|任务|目标|应(?![急对用])")
# 20项绩效目标完成18项: 目标 is said of the 20
OF_FIRST = re.compile("^[^，,]*(?:任务|目标)[中里]?(?:已|实际|共)*(?:完成|达到|实现|达成)了?$")
CUT = frozenset(("审减", "核减", "下浮", "节约", "节省", "压减", "节支", "结余"))
WHAT_IS_LEFT = re.compile("审定|核定|中标|成交|实际|决算|合同|支出|支付|使用")


def rate(_: Subject, segment: Segment, number: int, match: re.Match[str]) -> Outcome | None:
    """应参保A人，实际参保B人，参保率C%: the last two like amounts, or any two that give it."""
    percent = segment.amounts[number]
    near = segment.amounts[max(0, number - 2 * LOOK_BACK) : number]
    before = [a for a in near if a.figure.unit != "%"]
    opening = match.start()
    if OF_THOSE_DUE.search(segment.passage.text, max(segment.start, opening - 4), opening):
        return _on_time(segment, percent, before, match)
    behind = before[-1:]  # where the rate begins, but for words
    left: Amount | None = None
    if before and (NOT_YET.search(before[-1].words) or FROM_IT.search(before[-1].words)):
        left = before.pop()
    if not before or "其中" in segment.text:
        return None
    done = before[-1]
    like = [a for a in before if alike(a.figure, done.figure)]
    if len(like) < 2:
        of_both = left and _of_done_and_left(segment, percent, done, left, match)
        return of_both or _of_sentence_before(segment, percent, done, match)
    whole = like[-2]
    if sum("编制" in a.words for a in like[:-1]) > 1:
        return None  # 行政编制18名，事业编制60名: of both
    gap = segment.passage.text[behind[0].said.end : match.start()]
    if len(gap) > 8 or not (done.exact and whole.exact):
        return _bounded(segment, percent, done, whole, gap, match["name"])
    # 32项重点任务，完成29项: 任务 is said of the 32
    of_first = OF_FIRST.search(done.words)
    planned_last = of_first is None and PLANNED.search(done.words.rpartition("，")[2])
    if planned_last and not PLANNED.search(whole.words):
        whole, done = done, whole  # 硬化12公里，计划15公里，完成率80%
        if match["name"] == "完成":
            return judged(segment, percent, done, whole.figure, "完成率", planned=True)
    # 32个项目中已完工27个
    among = of_first or OF_THEM.match(segment.passage.text, whole.said.end)
    if YEAR.search(done.words) or not (
        among or WHOLE.search(whole.words) or _same_thing(whole.words, done.words)
    ):
        return None
    # 150人中有144人表示满意，满意率…
    called = done.words if NOT_IT.search(gap) else done.words + gap
    # 计划培训300人次，实际培训286人次，完成率…
    planned = (
        match["name"] == "完成"
        and PLANNED.search(whole.words)
        and ("实际" in done.words or _same_work(whole.words, done.words))
    )
    if not planned and not any(
        f"不{word}" not in called and word in called
        for word in ALSO.get(match["name"], (match["name"],))
    ):
        return None
    for one in like:
        for other in like:
            upside_down = one is whole and other is done
            if (
                one is not other
                and not upside_down
                and fits(percent.figure, one.figure, other.figure)
            ):
                return Outcome(RULE)
    return judged(segment, percent, done, whole.figure, f"{match['name']}率")


def _of_done_and_left(
    segment: Segment, percent: Amount, done: Amount, left: Amount, match: re.Match[str]
) -> Outcome | None:
    """支付1850万元，未支付70万元，支付率95%: of what was paid and what was not."""
    name, unit = match["name"], done.figure.unit
    said_of = left.words.strip("，,、；; ")
    if not (done.exact and left.exact and unit == left.figure.unit):
        return None
    if not STILL.match(said_of) or len(segment.passage.text[left.said.end : match.start()]) > 2:
        return None
    if not any(word in done.words for word in ALSO.get(name, (name,))):
        return None
    amount, _ = added((done, left), unit)
    decimals = max(done.figure.decimals, left.figure.decimals)
    whole = Figure(amount, unit, f"{shown(amount, decimals)}{unit}")
    return judged(segment, percent, done, whole, f"{name}率")


def _on_time(
    segment: Segment, percent: Amount, before: list[Amount], match: re.Match[str]
) -> Outcome | None:
    """18个工程中，有14个按期完工，按期完工率77.78%: where no others are told that were due."""
    like = [a for a in before if alike(a.figure, before[-1].figure)]
    if len(like) != 2:
        return None
    text, (whole, done) = segment.passage.text, like
    gap = text[done.said.end : match.start()]
    if not (ON_TIME.match(gap) or (len(gap) < 4 and ON_TIME_WORDS.search(done.words))):
        return None
    due = OF_THESE.fullmatch(text[whole.said.end : done.said.start]) or TO_BE.search(whole.words)
    if due is None or not (whole.exact and done.exact):
        return None
    return judged(segment, percent, done, whole.figure, f"{match['name']}率")


def _same_thing(whole: str, done: str) -> bool:
    """调解纠纷136起，调解成功131起: what was done begins with what was taken up, or has no name."""
    name = done.rpartition("，")[2].lstrip("其中：:共已")
    return name[:2] in whole


def _same_work(whole: str, done: str) -> bool:
    """年初下达培训任务60人，全年培训54人: both of training."""
    name = done.rpartition("，")[2]
    pairs = {name[n : n + 2] for n in range(len(name) - 1)} - {
        "全年",
        "本年",
        "年度",
        "计划",
        "任务",
    }
    return any(pair in whole for pair in pairs) and whole.endswith(("任务", "计划", "目标"))


def _of_sentence_before(
    segment: Segment, percent: Amount, done: Amount, match: re.Match[str]
) -> Outcome | None:
    """项目概算486.2万元，其中…。到位资金468.2万元，到位率100%: the whole heads the sentence before."""
    text, name = segment.passage.text, match["name"]
    told = segments(segment.passage)
    earlier = [one for one in told if one.end <= segment.start]
    gap = text[done.said.end : match.start()]
    spent = name in OF_MONEY
    if spent and not (OF_ALL_MONEY.fullmatch(done.words) and OF_ALL_MONEY.fullmatch(gap)):
        return None
    if (len(gap) > 4 and not spent) or not (earlier and done.exact):
        return None
    if not any(word in done.words for word in ALSO.get(name, (name,))):
        return None
    if NARROWER.search(UP_TO.sub("", done.words)) or OF_YEARS.search(earlier[-1].text):
        return None
    head = earlier[-1].amounts[0]
    if text.startswith("的", head.said.end):
        return None  # 1200万元的工程: what it is called by
    heads = CAME if spent else TO_COME if name == "到位" else TAKEN
    if not (head.exact and heads.search(head.words)):
        return None
    if spent and not _alone(segment, earlier[-1]):
        return None
    if done.figure.amount > head.figure.amount:
        return None
    return judged(segment, percent, done, head.figure, f"{name}率")


def _alone(segment: Segment, before: Segment) -> bool:
    """Is all money of the sentence before but its head a part of it, and none told beside what was spent?"""
    head, *others = before.amounts
    text = segment.passage.text
    inner = min(
        (at for mark in ("其中", "（", "(") if (at := text.find(mark, head.said.end)) >= 0),
        default=len(text),
    )
    money = [a for a in segment.amounts if alike(a.figure, head.figure)]
    return len(money) == 1 and all(
        a.said.start > inner for a in others if alike(a.figure, head.figure)
    )


def own_rate(_: Subject, segment: Segment, number: int, match: re.Match[str]) -> Outcome | None:
    """收集A个，解决B个，解决率C%: two amounts side by side, and nothing else of their kind."""
    text = segment.passage.text
    if number < 2:
        return None
    *before, whole, done = segment.amounts[:number]
    if match["name"] in CUT and WHAT_IS_LEFT.search(whole.words):
        if not before or "预算" in before[-1].words:
            return None  # 审定214.50万元，审减6.20万元; told_balance has the budgets
        whole = before.pop()  # 计划采购A，实际采购B，节约C，节约率: of what it was before
    if len(text[done.said.end : match.start()]) > 1 or not (whole.exact and done.exact):
        return None
    if not alike(whole.figure, done.figure) or done.figure.unit == "分":
        return None  # 总分100分，产出指标得分38分，得分率95%
    if match["name"] in CUT and WHAT_IS_LEFT.search(whole.words):
        return None  # 审定214.50万元，实际支付208.30万元，节约6.20万元: of what was handed in
    name = match["name"]
    if YEAR.search(done.words) or NOT_YET.search(done.words):
        return None
    if "其中" in segment.text:
        some = done.words.lstrip("，,、（(")
        if not OF_WHICH.match(some) or not _is_named(name, some, THE_ONES):
            return None
        return judged(segment, segment.amounts[number], done, whole.figure, f"{name}率")
    due = _was_due(name, whole.words, done.words)
    if not due and not _is_named(name, done.words):
        return None
    others = any(alike(a.figure, done.figure) for a in before)
    if others or not (TAKEN_UP.search(whole.words) or WHOLE.search(whole.words)):
        return None
    if done.figure.amount > whole.figure.amount:
        return None
    return judged(segment, segment.amounts[number], done, whole.figure, f"{name}率")


def _was_due(name: str, whole: str, done: str) -> bool:
    """应接种620剂次，实种601剂次，接种率…: the rate of it, be it called by one character alone."""
    if not (TO_BE.search(whole) and WAS.search(done)):
        return False
    words = ALSO.get(name, tuple(name))
    return any(word in done for word in words) and not NOT_IT.search(done)


def _is_named(name: str, done: str, then: re.Pattern[str] | None = None) -> bool:
    """Is what was done called as the rate is: 解决298个; 达到二类标准的有24座, 达标率?

    With nothing but `then` behind it, where that is given.
    """
    match = re.search(f"{name[0]}[^，,]*?{name[1]}", done)
    if match is None or NOT_IT.match(done, max(0, match.start() - 1)):
        return False
    return then is None or then.fullmatch(done, match.end()) is not None


def _bounded(
    segment: Segment, percent: Amount, done: Amount, whole: Amount, gap: str, name: str
) -> Outcome | None:
    """不少于4次，实际3次，完成率100%: below the bound the rate is what the two amounts give."""
    below = done.figure.amount < whole.figure.amount and done.figure.unit == whole.figure.unit
    if (
        name != "完成"
        or len(gap) > 8
        or not done.exact
        or whole.said.sign not in NO_LESS
        or not below
    ):
        return None
    return judged(segment, percent, done, whole.figure, "完成率")
