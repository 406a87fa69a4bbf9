"""办结的、没办结的和总数对不上: what was done or got, what is left and the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.patterns import led_by
from site_builder.rules.balances import summed, threes
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import OF_WHICH, Amount, Segment, added, alike, segments
from site_builder.slips import is_slip

POINTS = re.compile("[^，,。；;0-9]{2,14}(?:得|得分|类|方面)(?:为)?$")
FULL_POINTS = re.compile("(?:满分|分值|总分|标准分|权重|指标)(?:为|是|共)?$")
GOT = re.compile("^[，,、]?(?:自评|实际)?得(?:分)?(?:为|了)?$")
# 一是执行率扣2分，二是资料扣1.5分，累计扣3.5分
TAKEN_OF = re.compile("(?<!满)(?:扣|失)(?:了|分)?$")
# 共扣10.5分，其中执行率扣5.5分、满意度扣3分、资产管理扣2分
TAKEN_FIRST = re.compile("(?:累计|合计|共|共计|总共|总计)扣(?:分|减|除)?(?:了|为)?$")
ALL_TAKEN = re.compile("^[，,、]?(?:累计|合计|共|共计|总共|总计)扣(?:分|减|除)?(?:了|为)?$")
TAKEN = re.compile("^[，,、]?(?:共)?扣(?:除|减|分)?(?:了|为)?$")
ALL_POINTS = re.compile(
    "^[，,、]?(?:[三四五六七八各]项)?(?:总分|合计|总得分|共|共计|综合得分)(?:得|为|是|共)*$"
)
# 受理47件，已办结43件，剩余4件; 4个村中，已验收3个，另外1个待验收
SETTLED = re.compile(
    "已|办结|完成|完工|竣工|整改|消除|化解|调处|验收|脱贫|发放|兑现|拆除|改造|搬迁|处置|销号|投产|开工|通过|建成|通车|偿还"
)
# 24个项目中，22个已通过验收，剩余2个正在整改
DONE_BEHIND = re.compile("[一-鿿]{0,2}(?:已|通过|完成|办结)")
REST = re.compile(
    "^[，,、]?(?:(?P<sure>剩余|剩下|余下|其余|尚余|还剩|余款|余(?=$)|欠收|欠缴|缺口|空编|缺编|结转下年(?:使用)?)|(?P<still>(?:目前)?[尚还仍]有)|另外?有?)(?:(?:[未尚仍待正的在均]|部分|任务)[^，,。；;：:0-9]{0,8})?$"
)
PENDING = re.compile(
    "[^，,。；;0-9]{0,10}?(?:未|待|正在|在建|在办|办理中|整改中|施工中|推进|继续|没有)"
)
AMONG = re.compile("(?P<noun>[一-鿿]{0,6})中(?=[，,已])")
ALREADY = re.compile("[，,、]?(?:目前)?已")
# 发现隐患146处，已整改139处，正在整改9处: the two cannot be more than all.
ALL_OF = re.compile(
    "(?:问题线索|信访件|整改|反馈|交办|转办|提案|建议|发现|排查(?:出|整治)?|受理|接到|收到|接访|共有|实施|安排|办理|立案|梳理|查出|下达|收集|征集|建设|申报|承担|处理|现有|共|用房|房屋|设备)(?:了|各类|各项|信访|隐患|问题|项目|安全)*[^，,。；;0-9]{0,10}$"
)
NOW_DONE = re.compile(
    "^[，,、]?(?:其中)?[：:]?(?:目前|现)?(?:已|全部)?(?:经)?(?:立即|按期|全面)?(?:完成|实现)?(?:整改|办结|了结|完工|完成|竣工|化解|解决|销号|处置|落实|建成|调处|验收|办复|答复|回复|在用|使用中|投入使用|正常使用)(?:到位|完毕|了|的)?$"
)
NOT_DONE = re.compile(
    "^[，,、]?(?:其余|剩余|尚有|还有|另有)?(?:正在|在|未|待|尚未|限期|持续)(?:整改|办理|办结|办|建|施工|建设|完成|完工|竣工|化解|解决|处理|推进|实施|开工|销号|调处)(?:中|的)?(?:[还尚仍]?有)?$|^[，,、]?(?:闲置|空置|停用|未使用)(?:的)?(?:有)?$"
)
# 完成26项，未完成4项: what was done and what was not are all there is.
DONE = re.compile("[，,、](?:其中)?[：:]?(?:已经?|实际)?[一-鿿]{2,4}$")
UNDONE = re.compile("[，,、](?:还|尚|仍|另)?(?:有)?未(?:能)?(?P<what>[一-鿿]{2,4}?)的?$")
# 应参保37520人，实参保36820人，未参保700人
DUE = re.compile(
    "应(?:当)?(?P<what>[参缴接完检办到验收种]{1,2}[保种费成查测理会工缴]?)[^，,。；;0-9]{0,6}$"
)
DONE_OF_DUE = re.compile("^[，,](?:其中)?(?:实际|实|已经?)[^，,。；;0-9]{0,8}$")
NOT_OF_DUE = re.compile("^[，,](?:尚|还|仍)?(?:有)?(?:未|没有|漏|欠|缺席|缺勤)[^，,。；;0-9]{0,8}$")
IN_POST = re.compile("在编|在职|在岗|实有")
WORKS = re.compile("^(?:项目|工程)")
LOOK_BACK = 10  # amounts before what is left
TASKS = re.compile("(?:目标|任务|事项)$")  # 年度目标任务42项，已完成40项，剩余2项
NO_WHOLE = re.compile("计划|目标|任务|上年|去年|新增|新识别|其中|占|每|均")
# Something of each way, the rarest that it has; a quick no.
MAYBE = led_by(
    "扣总综共正在未待得剩余其尚还仍另欠缺空结合闲停",
    r"扣[0-9除减分了为]|总分|总得分|综合得分|共得|得[0-9.]+分[^。；;]{0,40}[合共]|"
    r"(?:正在|在[建办]|未|待)[^，,。；;0-9]{0,4}[0-9]|剩[余下]|余下|其余|[尚还仍][有余剩]|另外|另有|余款|欠[收缴]|缺[口编席勤]|空编|闲置|停用|结转下年|合计[得为]?[0-9.]+分",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each stretch between full stops, by each way in which its amounts may balance."""
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            if len(segment.amounts) < 3:  # quick
                continue
            for way in (_points, _taken, _rest, _more_than_all, _due):
                yield from way(segment)


def _points(segment: Segment) -> Iterator[Outcome]:
    """甲得18分，乙得26分，丙得28分，总分72分."""
    amounts = segment.amounts
    whole = amounts[-1]
    parts = amounts[:-1]
    if ALL_TAKEN.match(whole.words):
        if "其中" not in segment.text and all(p.exact and TAKEN_OF.search(p.words) for p in parts):
            yield summed(segment, whole, tuple((p, 1) for p in parts))
        return
    yield from _taken_first(segment)
    if len(parts) < 3 or whole.figure.unit != "分" or not ALL_POINTS.match(whole.words):
        return
    if all(p.figure.unit == "分" and p.exact and POINTS.search(p.words) for p in parts):
        yield summed(segment, whole, tuple((p, 1) for p in parts))


def _taken_first(segment: Segment) -> Iterator[Outcome]:
    """共扣10.5分，其中执行率扣5.5分、满意度扣5分: not all may be told, but no more than all."""
    whole, items = segment.amounts[0], segment.amounts[1:]
    if not TAKEN_FIRST.search(whole.words):
        return
    if not OF_WHICH.match(items[0].words.lstrip("，,：（(")):
        return
    items = tuple(a for a in items if TAKEN_OF.search(a.words))
    if not all(a.exact for a in items):
        return
    total = sum((a.figure.amount for a in items), Decimal(0))
    if total >= whole.figure.amount or is_slip(whole.figure.amount, total):
        yield summed(segment, whole, tuple((a, 1) for a in items))


def _taken(segment: Segment) -> Iterator[Outcome]:
    """满分30分，得29分，扣1分; 满分30分，扣1分，得29分."""
    amounts = segment.amounts
    for full, taken, got in zip(amounts, amounts[1:], amounts[2:], strict=False):
        named = FULL_POINTS.search(full.words) and TAKEN.match(taken.words) and GOT.match(got.words)
        if named and {full.figure.unit, got.figure.unit, taken.figure.unit} == {"分"}:
            yield summed(segment, got, ((full, 1), (taken, -1)))
    for full, got, taken in zip(amounts, amounts[1:], amounts[2:], strict=False):
        named = FULL_POINTS.search(full.words) and GOT.match(got.words) and TAKEN.match(taken.words)
        if named and {full.figure.unit, got.figure.unit, taken.figure.unit} == {"分"}:
            yield summed(segment, taken, ((full, 1), (got, -1)))


def _rest(segment: Segment) -> Iterator[Outcome]:
    """受理47件，已办结43件，剩余6件: what was done and what is left make the whole."""
    amounts, text = segment.amounts, segment.passage.text
    words = [a.words for a in amounts]
    for number in range(1, len(amounts)):
        words[number] = words[number] or words[number - 1]  # 31户97人: the words of both
    for number, rest in enumerate(amounts):
        left = REST.match(words[number][max(0, words[number].rfind("，")) :])
        if left is None or rest.figure.unit in ("%", "分"):
            continue
        near = range(max(0, number - LOOK_BACK), number)
        before = [n for n in near if alike(amounts[n].figure, rest.figure)]
        if len(before) < 2:
            continue
        done = amounts[before[-1]]
        clause = words[before[-1]].replace(",", "，").rpartition("，")[2]
        in_post = "编" in left[0] and IN_POST.search(clause)  # 编制52名，在编47名，空编5名
        if not (in_post or SETTLED.search(clause) or DONE_BEHIND.match(text, done.said.end)):
            continue
        if not (left["sure"] or PENDING.match(text, rest.said.end)):
            # 4个村中，已验收3个，另外2个; 已消除19户，尚有12户
            nouns = [m["noun"] for n in near if (m := AMONG.match(words[n]))]
            among = any(re.match(f"{n}(?:[，,。；;]|$)", text[rest.said.end :]) for n in nouns)
            if not among and not (left["still"] and ALREADY.match(words[before[-1]])):
                continue
        wholes = [amounts[n] for n in before[:-1] if not NO_WHOLE.search(words[n])]
        if not wholes and left["sure"] and TASKS.search(words[before[-2]]):
            wholes = [amounts[before[-2]]]
        # 总投资860万元，其中…、镇自筹160万元，已到位740万元; 改厕326座，完成任务340座的95.9%，余下的14座
        wholes = [one for one in wholes if one.figure.amount >= done.figure.amount]
        if not wholes or not (done.exact and wholes[-1].exact):
            continue
        outcomes = [summed(segment, rest, ((whole, 1), (done, -1))) for whole in wholes]
        yield next((o for o in outcomes if o.finding is None), outcomes[-1])


def _more_than_all(segment: Segment) -> Iterator[Outcome]:
    """实施9个，完工8个，在建2个: fewer may have begun, more than all cannot have."""
    for number, whole, done, rest in threes(segment):
        all_three, _ = added((whole, done, rest), whole.figure.unit)
        if any(a.figure.amount == all_three for a in segment.amounts[:number]):
            continue  # 项目34个，…已完成16个，开工6个，未开工12个: these are parts of it
        if NO_WHOLE.search(whole.words) or whole.figure.amount < done.figure.amount:
            continue
        more = done.figure.amount + rest.figure.amount > whole.figure.amount
        if _all_there_is(whole, done, rest) or (more and _of_all(whole, done, rest)):
            yield summed(segment, whole, ((done, 1), (rest, 1)))


def _of_all(whole: Amount, done: Amount, rest: Amount) -> bool:
    """发现隐患146处，已整改139处，正在整改9处."""
    behind = WORKS.sub("", done.words, count=1)  # 26个项目，完工21个
    return bool(
        (ALL_OF.search(whole.words) or behind != done.words)
        and NOW_DONE.match(behind)
        and NOT_DONE.match(rest.words)
    )


def _all_there_is(whole: Amount, done: Amount, rest: Amount) -> bool:
    """三级指标30项，完成26项，未完成4项; but not 参保37520人，实际参保36820人，未参保500人."""
    match = UNDONE.match(rest.words)
    if match is None or match["what"] in whole.words:
        return False
    return DONE.match(done.words) is not None and done.words.endswith(match["what"])


def _due(segment: Segment) -> Iterator[Outcome]:
    """应参保37520人，实参保36820人，未参保700人."""
    amounts = segment.amounts
    for whole, done, rest in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if not DUE.search(whole.words) or len({a.figure.unit for a in (whole, done, rest)}) > 1:
            continue
        if not (whole.exact and done.exact):
            continue
        if DONE_OF_DUE.match(done.words) and NOT_OF_DUE.match(rest.words):
            yield summed(segment, rest, ((whole, 1), (done, -1)))
