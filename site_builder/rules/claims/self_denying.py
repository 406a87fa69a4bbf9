"""一句话自相矛盾: a sentence whose claim its own figures or words deny."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, alike, segments
from site_builder.sentences import Passage, led_by

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
    yields_to=("told-share",),
)
_MUCH = r"(?:了|约|近)*[0-9][0-9.,]*(?:余|多)?(?:万元|亿元|元|人次?|户|亩|吨|个|辆|件|起|批次)"
# 减少233.41万元，增长6.33%: the same change, once as an amount and once as a share.
OPPOSITE = re.compile(
    rf"(?P<a>(?P<up>增加|增长|上升)|减少|下降|降低){_MUCH}[，,、]?(?:同比|降幅|增幅)?"
    r"(?P<b>(?(up)(?:下降|减少|降低)|(?:增长|增加|上升)))(?:了|率|幅度|幅|为|达)*[0-9][0-9.]*[%％]"
)
# 较上年增加0.9万元，主要是…，较上年有所下降: no amount and no other subject between the two.
_LAST = "(?:较|比|与)(?:上年度?|去年|上一年度?)(?:相比)?"
TURNED = re.compile(
    rf"(?P<a>{_LAST}(?P<up>增加|增长|上升)(?:了|约)*[0-9][0-9.]*[万亿元%％人户]+|{_LAST}(?:减少|下降|降低)(?:了|约)*[0-9][0-9.]*[万亿元%％人户]+)"
    rf"(?:[，,][^，,。；;0-9]*)*?[，,](?P<b>(?:总体|整体)?{_LAST}(?:均|总体|明显|略)*有?所?(?(up)(?:下降|减少|降低)|(?:增长|增加|上升)))"
    r"(?=[，,。；;]|$)"
)
# 完成预算96.50%，决算数大于预算数的主要原因是…
REACHED = re.compile(
    r"完成(?:年初|全年|调整)?预算(?:数)?的?(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)[%％][^。；;]{0,6}?[，,](?:决算数?|支出)?(?P<way>大于|高于|超过|小于|低于|等于)(?:年初|全年|调整)?预算数?"
)
ABOVE, BELOW = ("大于", "高于", "超过"), ("小于", "低于")
WITHIN = re.compile(
    "(?:未|没有|并未|无)(?:超出?过?|突破)预算|(?:控制|保持)在(?:年初|全年)?预算(?:数|总额|额度)?(?:以内|之内|范围内|内)"
)
RATIO = re.compile("(?:控制率|执行率|完成率|[=＝])(?:为|达到?|是|[:：])?$")
BUDGET = re.compile("预算(?:数|安排|金额|总额)?(?:为|是|[:：])?$")
SPENT = re.compile("(?:决算|实际|支出|执行|使用)[^，,。；;]{0,8}$")
COMPARED = re.compile("比|较|超|上年|去年")
MET = re.compile(
    r"(?<!未)(?<!未能)(?<!没有)(?<!没能)(?:超额完成|(?:圆满|全面|已|全部|顺利)完成(?:了)?(?:年度|年初|全年)?(?:目标|任务|计划)|达到(?:了)?(?:预期|年度)?目标)"
)
GOAL = re.compile("目标|计划|任务|年初|预期|不少于|不低于|不小于|至少")
NO_LESS = frozenset(("不少于", "不低于", "不小于", "至少", "≥", "≧"))
DONE = re.compile("实际|完成|新增|实现|开展|达")
# Goals that are better missed from below.
FEWER = re.compile("控制|不超过|不高于|不大于|以内|压减|减少|下降|事故|发生|成本|上访|违规|投诉")
FINISHED = re.compile(
    r"(?:完工|竣工|完成|办结|整改)率(?:均|为|达到?|已)*100[%％]|(?:均已?|全部|都已?)(?:已经?)?(?:完工|竣工)"
)
UNFINISHED = re.compile(
    r"(?:还|仍|尚|目前)+有[^，,。；;]{0,6}?[0-9一二两三四五六七八九十]{1,4}[个处项座条件起]?[^，,。；;]{0,8}?"
    r"(?:正在(?:施工|建设|实施|整改)|在建|(?:尚|仍|还)?未(?:完工|竣工|完成|办结|整改|改造|实施|开工|验收|到位|发放|建成))|"
    r"[0-9一二两三四五六七八九十]{1,4}[个处项座条](?:项目)?[^，,。；;0-9]{0,16}(?:尚未|仍未|还未)(?:开工|完工|竣工|实施|完成)|剩余(?:未完|未实施)[^，,。；;]{0,10}"
)
# 十件实事办结9件，另1件跨年实施，办结率100%: not of those alone that were due
ALL_FINISHED = re.compile(
    r"(?<![按如]期)(?<![按及限准]时)(?<!到期)(?<!应)(?:完工|竣工|完成|办结|整改)率(?:均|为|达到?|已)*100[%％]"
)
THE_OTHERS = re.compile(
    r"(?:另|其余|余下|剩余)[有外的]{0,2}[0-9一二两三四五六七八九十]{1,4}[个处项座条件起宗户]"
    r"(?:[（(][^（）()]{1,16}[）)])?[^，,。；;0-9]{0,12}?(?:跨年|未完|未办|未整改|正在|在建|延期|推迟|顺延|滞后)"
)
SECOND = re.compile("[二三四五]期|第[二三四五][期批标]|新增|新开工|续建")
WORKS = re.compile("(?:^|[，,])(?:目前|镇里|全镇)?([一-鿿]{2,6})(?:项目|工程)$")
OTHER_WORKS = re.compile("[个处项座条件]([一-鿿]{2,6})(?:项目|工程)")
SPENT_ALL = re.compile(
    r"(?:完成(?:全年|年初|调整)?预算(?:数)?的|(?:执行|支出|支付|使用)(?:率|进度)(?:为|达到?)*)100[%％]"
)
LEFT = re.compile(
    r"(?:(?:年末|形成|尚有|仍有)(?:[^，,。；;上初]{0,6})(?:结转|结余)|[，,]结余)[^，,。；;0-9]{0,4}(?P<n>[0-9][0-9.]*)(?:万元|元)"
)
# 满意率下降0.8个百分点，满意率稳步提升: what fell cannot have risen all the while.
DROPPED = re.compile(
    r"(?P<x>[一-鿿]{2})[率度]?(?:[0-9.]+[%％])?[，,]?(?:较|比)?(?:上年度?|去年)?(?:有所)?下降(?:了)?[0-9.]+(?:[%％]|个百分点)[，,]"
    r"(?P<b>[^，,。；;0-9]{0,6}(?P=x)[率度]?[^，,。；;0-9]{0,4}(?:稳步|持续|不断|逐年|逐步|明显)(?:提升|提高|上升|增长))"
)
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
FAR = 10  # characters between a goal and what came of it
MAYBE_MISSED = led_by(
    "未没达低不少与距离",
    f"(?:(?:未|没有|没)能?(?:达到|完成|实现|达)了?|达不到|低于|不及|少于|与|距离?|离){_KINDS_OF_GOAL}(?:(?:目标|任务|计划|指标)(?:值|任务|数)?的?)?(?:[0-9]|(?<=[标务划])[，,。；;])",
)
MAYBE_ALL = led_by(
    "目任计工项全悉",
    "(?:目标|任务|计划|工程|项目)(?:任务)?(?:均|都|已)*(?:全部|全面|均)|[全悉][部数](?<=[，,均都已经]..)",
)
GAP_LEFT = re.compile("[^，,。；;0-9]{0,3}(?:还|尚|仍|存在?|有)[^，,。；;0-9]{0,4}(?:差距|距离)")
BRACKETS = re.compile("（[^（）]*）")
# Of which less is better.
LESS = re.compile(
    "贫|失业|病|死亡|伤|差错|逾期|超期|不良|流失|辍学|损失|能耗|排放|浓度|空置|荒|欠|债|火|案|用时|时间|时长|工期|缩|降|违法|退|负担"
)
DURATIONS = frozenset(("天", "小时", "分钟", "个月", "年", "岁", "周岁"))
# 节点景观建成11处，12处目标全部建成; 收到18件，办结16件，已全部办结
_DONE = "(?:建成|建设|完成|完工|竣工|办结|整改|改造|发放|拆除|修复|验收|治理|化解|答复|落实|兑现|清理|安装|新建|硬化)"
_OF = "(?:处|个|座|户|件|项|条|口|栋|间|名|台|盏|公里|亩|起|宗|套|所|人)"
ALL_DONE = re.compile(
    rf"{_DONE}(?:了)?(?<!未..)(?<!未...)[^，,。；;、0-9]{{0,6}}(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<u>{_OF})[，,](?:[^，,。；;、0-9]{{0,6}}(?<!其中)(?<!另外)(?<!另有))"
    rf"(?P<b>(?P<m>[0-9]+(?:\.[0-9]+)?)(?P=u)(?:目标|任务|计划|工程|项目)(?:任务)?(?:均|都|已)*(?:全部|全面|均)(?:已|按期|如期|按时|顺利|圆满|足额)*(?:{_DONE}|投入使用|投用))|"
    rf"(?:收到|受理|接到|排查|发现|应办|交办|梳理|征集|承办|反馈|登记)[^，,。；;、0-9]{{0,10}}(?P<m2>[0-9]+)(?P<u2>{_OF})[^，,。；;、0-9]{{0,4}}[，,](?:已|共)*(?P<w>办结|整改|化解|答复|落实|解决|治理)(?P<n2>[0-9]+)(?P=u2)[，,]"
    rf"(?P<b2>(?:均|都|已|已经)*(?:全部|全数|悉数)(?:已|按期|如期|按时|及时)*(?P=w))"
)
# 下降-3.5%: a fall below zero is a rise.
NEGATED = re.compile(
    r"(?P<a>下降|减少|降低|下滑|降幅|减幅|缩减|压减)(?P<b>(?:了|率|幅度|幅|为|达|比例)*[-−－–][0-9]+(?:\.[0-9]+)?(?:[%％]|个百分点|万元|亿元))"
)
# 综合得分100分 … 扣2分
ALL_POINTS = re.compile(
    r"(?:得分|(?:自评|综合|最终|评价)总分|评分|自评)(?:为|是|达|共|计)*100分(?![^，,。；;]{0,2}(?:制|为满))"
)
DEDUCTED = re.compile(r"(?:共|合计|故|因此|应|予以|酌情)?扣(?:减|除|了|掉|分)?(?P<n>[0-9.]+)分")
RULE_OF_POINTS = re.compile("每|超过|低于|不得|未按|如|标准|扣完为止|的[，,]?扣")
# 较年初预算增加0.32万元
OVER_BUDGET = re.compile(
    "(?:较|比|超)(?:年初|全年|调整)?预算(?:数|安排)?(?:增加|增长|超支|超出|超|多支出|多)?(?:了)?$"
)
_UNIT = "(?:[万亿]?元|人次?|户|亩|吨|个|辆|件|起|项|处|宗|笔|台|批次)?"
# 无信访积案，年末尚有信访积案3件: the same thing, and a number of it.
NONE_OF = re.compile(
    r"(?:无|没有)(?P<x>[一-鿿]{3,8}?)(?:资金|支出|费用|情况|现象|问题)?[，,](?:[^，,。；;0-9]{0,8})(?P<b>(?:年末|尚有|仍有|还有|目前有)*"
    rf"(?P=x)(?:资金|支出|费用)?(?:共|为|有)?[1-9][0-9.]*{_UNIT})"
)
# 账实相符率99.2%, but for what was missing
COUNTED = re.compile("(?:账实|账账)相符(?!率[为达到]*[0-9]{1,2}(?:[.][0-9]+)?[%％])")
LACKING = re.compile("盘[亏盈][^，,。；;0-9]{0,6}[1-9][0-9.]*" + _UNIT)
# 获评市级示范乡镇（正在公示）: it is not awarded before the notice is over.
AWARDED = re.compile(
    r"(?P<a>(?:获评|评为|获得|荣获|获授|授予|评上|入选|创成|成功创建)(?<!拟..)(?<!将..)(?<!拟被..)(?<!将被..)(?<!望..)(?<!报..)"
    r"(?:(?!名单|结果|对象|候选|拟)[^，,。；;：:（(0-9]){0,24}?)[，,（(]?"
    r"(?P<b>(?:(?:目前|现|尚|还|已|仍)*(?:正在|正|进入|处于|在)(?:网上|[省市县]级)?公示(?:中|期|阶段)?|(?:尚待|等待|待)公示|公示中)(?=[，,。；;）)]|$))"
)
TOLD_AND_DENIED = (
    (FINISHED, UNFINISHED),
    (ALL_FINISHED, THE_OTHERS),
    (SPENT_ALL, LEFT),
    (COUNTED, LACKING),
)
MAY_BE_TOLD = re.compile("率|[完竣]工|100|相符")  # the claims hold one of these
# Something of each claim; a quick no.
QUICK = led_by(
    "增减上下降完工率预目任超无没实账进达公全悉-−－–1",
    r"[增减上下降][加少长升低降](?=[了约近]*[0-9])|完成(?:年初|全年|调整)?预算|工(?<=[完竣]工)|"
    r"率(?:均|为|达到?|已)*100|预算(?<=[超破无未在出过]预算)|预算[^，,。；;]{0,5}内|目标|任务|超额完成|完成了?(?:年度|年初|全年)?计划|"
    r"(?:无|没有)[一-鿿]{3,10}[，,]|[实账]相符|进度(?=[为达到]*100)|达到了?[0-9][^，,。；;]{0,12}(?:指标|要求|标准)|[-−－–](?<=[降少低滑幅缩减率为达了].)[0-9]|100分|公示(?<=[在入于待级上]公示)|公示[中期]|[全悉][部数](?<=[，,均都已经程目]..)(?:已|[按如]期|[按及]时)*(?:办结|整改|化解|答复|落实|解决|治理|建成|投)",
)
HUNDRED = Decimal(100)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence of the narrative and of the cells that tells a change or a success."""
    found = False
    for passage in subject.told.holding(QUICK):
        for start, end, other in _denied(passage):
            found = True
            yield _outcome(passage, start, end, other)
    if not found:
        yield Outcome(RULE)


def _denied(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Where a claim stands, and what denies it."""
    text = passage.text
    patterns = [(OPPOSITE, "a"), (TURNED, "a")]
    if "下降" in text:  # quick
        patterns.append((DROPPED, "x"))
    for pattern, first in patterns:
        match = pattern.search(text)
        if match is not None:
            yield match.start(first), match.start("b"), text[match.start("b") : match.end()]
    for match in NEGATED.finditer(text):
        yield match.start("a"), match.start("b"), match["b"]
    match = AWARDED.search(text) if "公示" in text else None  # quick
    if match is not None:
        yield match.start("a"), match.end("a"), match["b"]
    if MAYBE_ALL.search(text):  # quick
        yield from _all_done(text)
    if "100分" in text:  # quick
        yield from _full_yet_deducted(text)
    for match in REACHED.finditer(text):
        reached, way = Decimal(match["n"]), match["way"]
        right = BELOW if reached < HUNDRED else ABOVE if reached > HUNDRED else ("等于",)
        if way not in right:
            yield match.start(), match.end("n") + 1, text[match.start("way") : match.end()]
    nothing = "无" in text or "没有" in text
    match = NONE_OF.search(text) if nothing else None  # quick
    if match is not None:
        yield match.start(), match.end("x"), match["b"]
    for claimed, denied in TOLD_AND_DENIED if MAY_BE_TOLD.search(text) else ():  # quick
        found = reversed(list(claimed.finditer(text)))  # the first of a sentence stays
        claims = {passage.sentence(claim.start()): claim for claim in found}
        for (low, high), claim in claims.items():
            against = denied.search(text, low, high)
            amount = against.groupdict().get("n") if against is not None else None
            if against is not None and _of_another(
                text[low : against.start()], claim.start() - low, against[0]
            ):
                continue
            if against is not None and (amount is None or amount.strip("0.")):
                yield claim.start(), claim.end(), against[0]
    claimed_well = WITHIN.search(text) or MET.search(text) or "达到" in text
    if claimed_well:  # quick
        for segment in segments(passage):
            one = _over(segment) or _missed(segment) or _below(segment)
            if one is not None:
                yield one
    if MAYBE_MISSED.search(text):  # quick
        for segment in segments(passage, "目标", "任务", "计划"):
            yield from _not_missed(segment)
            yield from _met(segment)


def _of_another(before: str, claim: int, against: str) -> bool:
    """供水项目均已完工，仍有2个道路项目在建; 一期全部完工，二期仍有3个标段在建: other works?"""
    mine, theirs = WORKS.search(before, 0, claim), OTHER_WORKS.search(against)
    return bool(SECOND.search(before, claim) or (mine and theirs and mine[1] != theirs[1]))


def _over(segment: Segment) -> tuple[int, int, str] | None:
    """未超预算, beside a rate above 100 % or an amount spent above its budget."""
    text = segment.passage.text
    claim = WITHIN.search(text, segment.start, segment.end)
    if claim is None:
        return None
    spent: Amount | None = None
    planned: Amount | None = None
    for amount in segment.amounts:
        figure = amount.figure
        if figure.unit == "%" and figure.amount > HUNDRED and RATIO.search(amount.words):
            return claim.start(), claim.end(), _said(amount)
        if figure.amount and OVER_BUDGET.search(amount.words):
            return claim.start(), claim.end(), _said(amount)
        if figure.kind != "money" or not amount.exact or COMPARED.search(amount.words[-8:]):
            continue
        if BUDGET.search(amount.words):
            planned = amount
            if spent is None:
                continue
            factor = figure.factor_to(spent.figure.unit)
            assert factor is not None  # both are money
            if spent.figure.amount > figure.amount * factor:
                return claim.start(), claim.end(), f"{_said(spent)}，{_said(amount)}"
        elif SPENT.search(amount.words):
            spent = amount
            if planned is None:
                continue
            factor = figure.factor_to(planned.figure.unit)
            assert factor is not None  # both are money
            if figure.amount * factor > planned.figure.amount:
                return claim.start(), claim.end(), f"{_said(planned)}，{_said(spent)}"
    return None


def _missed(segment: Segment) -> tuple[int, int, str] | None:
    """目标80人，实际76人，超额完成."""
    text = segment.passage.text
    claim = MET.search(text, segment.start, segment.end)
    if claim is None:
        return None
    for goal, done in pairwise(segment.amounts):
        lower = goal.said.sign in NO_LESS
        if not alike(goal.figure, done.figure) or not done.exact:
            continue
        if not (lower or (goal.exact and GOAL.search(goal.words))) or not DONE.search(done.words):
            continue
        between = text[goal.said.end : done.said.start]
        if (
            FEWER.search(goal.words)
            or len(between) > 10
            or not between.startswith(("，", ",", "、"))
        ):
            continue
        factor = done.figure.factor_to(goal.figure.unit)
        assert factor is not None  # they are alike
        if (
            done.figure.interval().high * factor < goal.figure.amount
            and claim.start() > done.said.start
        ):
            return claim.start(), claim.end(), f"{_said(goal)}，{_said(done)}"
    return None


def _below(segment: Segment) -> tuple[int, int, str] | None:
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
            return start, goal.said.end, _said(done)
    return None


def _not_missed(segment: Segment) -> Iterator[tuple[int, int, str]]:
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
                yield claim, after.end() if after else goal.said.end, _said(done)


def _met(segment: Segment) -> Iterator[tuple[int, int, str]]:
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
            yield claim.start("claim"), claim.end(), f"{_said(goal)}，{_said(done)}"


def _all_done(text: str) -> Iterator[tuple[int, int, str]]:
    """建成11处，12处目标全部建成: fewer than all."""
    for match in ALL_DONE.finditer(text):
        done, whole = match["n"] or match["n2"], match["m"] or match["m2"]
        if Decimal(done) < Decimal(whole):
            group = "b" if match["b"] else "b2"
            yield (
                match.start(group),
                match.end(),
                match[0][: match.start(group) - match.start()].rstrip("，,"),
            )


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


def _said(amount: Amount) -> str:
    return (re.split("[，,：:]", amount.words)[-1] + amount.said.text)[-24:]


def _outcome(passage: Passage, start: int, end: int, other: str) -> Outcome:
    printed = passage.text[start:end].strip("，,、 ")
    words = {"printed": printed, "other": other}
    address = passage.address or sentence_address(printed, other)
    finding = Finding(RULE, passage.place(start), words, (), address, printed)
    return Outcome(RULE, finding=finding)
