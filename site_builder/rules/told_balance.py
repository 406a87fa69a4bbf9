"""前后几个数对不上: budget and outturn with what was saved, assets and debts, what came in, went out and was left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import quotient
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.sentences import led_by

RULE = Rule(
    "told-balance",
    "warning",
    Words("正文里前后几个数对不上", "Amounts of a sentence that do not balance"),
    Words(
        "{of}写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请逐个核对这句话里的数；原件如此的，保留原文并在“认可”中说明",
        "check each amount of the sentence; if they are printed so, explain it",
    ),
    Words(
        "预算减决算、资产减负债、收入减支出，读者一算就知道对不对。",
        "Budget less outturn, assets less debts, income less spending: readers can work them out.",
    ),
)
_IS = "(?:数|总额|总计|合计|金额)?(?:为|是|共|达|计)?"
BUDGET = re.compile(f"(?:预算|预算安排){_IS}$")
# 安排两项共78万元，实际支出75.9万元，结余2.1万元
ALLOTTED = re.compile("(?:安排|下达|到位|拨入)[^，,。；;0-9]{0,16}$")
SPENT = re.compile(f"(?:决算|实际支出|实际使用|执行|支出决算|支出){_IS}$")
ANY_COST = re.compile("(?:费|经费|支出|决算|金额)" + _IS + "$")
LESS = "节约|节省|减少|结余|压减|少支出|少"
MORE = "超支|超出|增加|超过|多支出|超"
SAVED = re.compile(
    rf"^[，,、]?(?:同比|共|比预算|较预算)?(?:(?P<less>{LESS})|(?P<more>{MORE}))(?:了|资金|金额|额|支出|预算)*(?:为)?$"
)
RATE = re.compile(
    r"^[，,、]?(?:(?P<less>节约|节省|减少|结余|下降|降低|压减)|(?P<more>超支|超出|增加|增长|超))(?:率|幅度|幅|比例)?(?:为|达|了)*$"
)
# 决算16.5万元，比年初预算18万元减少1.5万元
AGAINST = re.compile(
    "^[，,]?(?:比|较|与|同)(?:年初|全年|调整|本年)?(?:的)?预算(?:数|安排|金额)?(?:的)?(?:相比)?$"
)
NOT_SPENT = re.compile("预算|上年|去年|计划|节约|减少|结余|其中|人均|每")
ASSETS = re.compile(f"资产(?:总额|总计|合计)?{_IS}$")
DEBTS = re.compile(f"负债(?:总额|总计|合计)?{_IS}$")
NET = re.compile(f"净资产(?:总额|总计|合计)?{_IS}$")
CARRIED = re.compile(f"(?:年初|上年)(?:财政拨款)?(?:结转|结余|结转和?结余|结转资金){_IS}$")
INCOME = re.compile(f"(?:本年|当年|全年)(?:总)?收入(?:合计|总计)?{_IS}$")
OUTLAY = re.compile(f"(?:本年|当年|全年)?(?:总)?支出(?:合计|总计)?{_IS}$")
LEFT = re.compile(f"(?:年末|期末|年终)(?:财政拨款)?(?:结转|结余|结转和?结余|累计结余){_IS}$")
INITIAL = re.compile(f"年初预算{_IS}$")
ADDED = re.compile(
    f"(?:年中|执行中|本年)?(?:(?P<more>追加|调增|增加)|(?P<less>调减|核减))(?:预算|指标|资金)?{_IS}$"
)
ADJUSTED = re.compile(f"(?:调整后的?|调整|全年)预算{_IS}$")
QUARTERS = tuple(re.compile(f"(?:第)?{c}季度[^，,。；;0-9]{{0,8}}$") for c in "一二三四")
ADDED_UP = re.compile("合计|共计")
WHOLE_YEAR = re.compile("^[，,、]?(?:全年|合计|共计|累计)[^，,。；;0-9]{0,8}$")
POINTS = re.compile("[^，,。；;0-9]{2,14}得$")
FULL_POINTS = re.compile("(?:满分|分值|总分|标准分)(?:为|是)?$")
GOT = re.compile("^[，,、]?(?:自评|实际)?得(?:分)?(?:为|了)?$")
TAKEN = re.compile("^[，,、]?(?:共)?扣(?:除|减|分)?(?:了|为)?$")
ALL_POINTS = re.compile("^[，,、]?(?:总分|合计|总得分|共|共计|综合得分)(?:得|为|是|共)*$")
# 受理47件，已办结43件，剩余4件; 4个村中，已验收3个，另外1个待验收
SETTLED = re.compile(
    "已|办结|完成|完工|竣工|整改|消除|化解|调处|验收|脱贫|发放|兑现|拆除|改造|搬迁|处置|销号|投产|开工|通过"
)
REST = re.compile(
    "^[，,、]?(?:(?P<sure>剩余|剩下|余下|其余|尚余|还剩)|(?P<still>(?:目前)?[尚还仍]有)|另外?有?)(?:(?:[未尚仍待正的在均]|部分|任务)[^，,。；;：:0-9]{0,8})?$"
)
PENDING = re.compile(
    "[^，,。；;0-9]{0,10}?(?:未|待|正在|在建|在办|办理中|整改中|施工中|推进|继续|没有)"
)
ALREADY = re.compile("[，,、]?(?:目前)?已")
# 固定资产原值1864万元，累计折旧702万元，净值1162万元
GROSS = re.compile(f"原值{_IS}$")
WORN = re.compile(f"(?:累计|已计?提|[，,、]计?提?)(?:折旧|摊销){_IS}$")
WORTH = re.compile(f"(?:净值|账面价值){_IS}$")
# 年初债务余额320万元，当年化解80万元，年末余额240万元
OPENING_BALANCE = re.compile(
    f"(?:年初|期初|上年末|上年底|去年底)[^，,。；;0-9入出增]{{0,10}}?(?:余额|存量|债务|欠款|借款|应收款项?|应付款项?|库存|往来款?|应收账款){_IS}$|"
    f"(?:债务|欠款|借款|存量|库存|往来款)(?:余额)?(?:年初|期初)(?:数|余额)?{_IS}$"
)
PUT_IN = re.compile(
    f"(?:新增|增加|新借|新发生|借入|购入){_IS}(?:了|[^，,。；;0-9]{{0,4}}(?:债务|欠款|借款|款))?{_IS}$"
)
PAID_OFF = re.compile(
    "(?:化解|偿还|归还|清偿|清收|收回|核销|减少|付清|支付|清理|消化)(?:了|[^，,。；;0-9]{0,4}(?:债务|欠款|借款|款|本金))?"
    f"{_IS}$"
)
CLOSING_BALANCE = re.compile(
    f"(?:年末|年底|期末)[^，,。；;0-9]{{0,8}}?(?:余额|存量|尚余|剩余|债务|欠款|库存)?{_IS}$"
)
# 上半年56人次，下半年63人次，全年119人次
FIRST_HALF = re.compile("上半年[^，,。；;0-9]{0,8}$")
SECOND_HALF = re.compile("^[，,、]下半年[^，,。；;0-9]{0,8}$")
# 发现隐患146处，已整改139处，正在整改9处: the two cannot be more than all.
ALL_OF = re.compile(
    "(?:发现|排查(?:出|整治)?|受理|接到|收到|接访|共有|实施|安排|办理|立案|梳理|查出|下达|收集|征集|建设|申报|承担|处理)(?:了|各类|各项|信访|隐患|问题|项目|安全)*[^，,。；;0-9]{0,10}$"
)
NOW_DONE = re.compile(
    "^[，,、]?(?:其中)?[：:]?(?:目前|现)?(?:已|全部)?(?:经)?(?:立即|按期|全面)?(?:完成|实现)?(?:整改|办结|完工|完成|竣工|化解|解决|销号|处置|落实|建成|调处|验收)(?:到位|完毕|了)?$"
)
NOT_DONE = re.compile(
    "^[，,、]?(?:其余|剩余|尚有|还有|另有)?(?:正在|在|未|待|尚未|限期|持续)(?:整改|办理|办结|建|施工|建设|完成|完工|竣工|化解|解决|处理|推进|实施|开工|销号|调处)(?:中|的)?$"
)
# 应参保37520人，实参保36820人，未参保700人
DUE = re.compile(
    "应(?:当)?(?P<what>[参缴接完检办到验收种]{1,2}[保种费成查测理会工缴]?)[^，,。；;0-9]{0,6}$"
)
DONE_OF_DUE = re.compile("^[，,](?:其中)?(?:实际|实|已经?)[^，,。；;0-9]{0,8}$")
NOT_OF_DUE = re.compile("^[，,](?:尚|还|仍)?(?:有)?(?:未|没有|漏|欠)[^，,。；;0-9]{0,8}$")
LOOK_BACK = 10  # amounts before what is left
NO_WHOLE = re.compile("计划|目标|任务|上年|去年|新增|新识别|其中|占|每|均")
# 净增9家（新增13家，退出4家）
NET_CHANGE = re.compile("净(?P<way>增|减)(?:加|少)?(?:了)?$")
CAME = re.compile(
    "(?:新增|新进|新招|新录|调入|招录|录用|考入|转入|迁入|引进|入库|出生|新建)[^，,。；;0-9]{0,6}$"
)
WENT = re.compile(
    "(?:调出|退休|辞职|退出|退库|去世|死亡|迁出|转出|注销|关停|离职|辞退|减少)[^，,。；;0-9]{0,6}$"
)
PROGRESS = re.compile("(?:支付|支出|执行|完成|资金|序时|使用|拨付)进度|执行率")
GROWTH = re.compile("增长|增速|增幅|同比|目标|要求|应达")
UP_TO = (
    (re.compile("(?:前三季度|三季度末|9月底)"), 9),
    (re.compile("(?:上半年|二季度末|6月底)"), 6),
    (re.compile("(?:一季度(?!.*[二三四])|3月底)"), 3),
    (re.compile("(?:全年|年底|年末)"), 12),
    (re.compile("(?:截[至止]|到|[1一][-—~至到])(?P<m>1[0-2]|[1-9])月"), 0),
)
# Something of each way, the rarest that it has; a quick no.
QUICK = led_by(
    "实扣净年期四总综共调全节超结多比较与同预原折初末底上下正在未待得剩余其尚还仍另前季月",
    r"实际(?:支出|使用)[^，,。；;]{1,12}[，,][^，,。；;]{0,3}(?:结余|节约|节省|超支)|扣[0-9除减分了为]|净资产|[年期][末终](?:财政|累计|结)|四季度|总分|总得分|综合得分|共得|调整|全年预算|节[约省]|超支|结余率|"
    r"多支出|[比较与同][^，,。；;]{0,4}预算|预算[^，,。；;]{1,12}[，,][^，,。；;]{2,16}[，,](?:同比|共)?(?:减少|增加|超|结余|压减|少)|"
    r"原值|折旧|[年期]初[0-9]|[初末底]余额|(?:年初|期初|上年末)[^，,。；;0-9]{0,8}(?:余额|债务|欠款|存量|账款|库存)|下半年|(?:正在|在建|未|待)[^，,。；;0-9]{0,4}[0-9]|得[0-9.]+分[^。；;]{0,40}[合共]|净[增减]|剩[余下]|余下|其余|[尚还仍][有余剩]|另外|另有|(?:上半年|前三季度|季度末|月底)[^，,。；;]{0,12}[%％]",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each stretch between full stops, by each way in which its amounts may balance."""
    compared = False
    for passage in subject.told.holding(QUICK):
        if len(passage.figures) < 3:  # quick
            continue
        for segment in segments(passage):
            if len(segment.amounts) < 3:  # quick
                continue
            for way in (
                _saved,
                _net,
                _left,
                _adjusted,
                _year,
                _points,
                _taken,
                _rest,
                _worn,
                _carried,
                _halves,
                _more_than_all,
                _due,
                _came_and_went,
                _progress,
            ):
                for outcome in way(segment):
                    compared = True
                    yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的几个数", "no amounts to balance"))


def _comparable(*amounts: Amount) -> bool:
    return all(a.exact and alike(a.figure, amounts[0].figure) for a in amounts)


def _saved(segment: Segment) -> Iterator[Outcome]:
    """预算8万元，决算7.6万元，节约0.4万元，节约率5%."""
    amounts = segment.amounts
    for number in range(len(amounts) - 2):
        one, two, gap = amounts[number : number + 3]
        if not _comparable(one, two):
            continue
        if (
            AGAINST.match(two.words)
            and ANY_COST.search(one.words)
            and not NOT_SPENT.search(one.words)
        ):
            spent, budget = one, two
        elif (
            (BUDGET.search(one.words) or (number == 0 and ALLOTTED.search(one.words)))
            and SPENT.search(two.words)
            and not NOT_SPENT.search(two.words)
        ):
            spent, budget = two, one
        else:
            continue
        yield from _gap(segment, spent, budget, gap)
        if number + 3 < len(amounts) and gap.figure.unit != "%":
            last = amounts[number + 3]
            if last.figure.unit == "%":
                yield from _gap(segment, spent, budget, last)


def _gap(segment: Segment, spent: Amount, budget: Amount, gap: Amount) -> Iterator[Outcome]:
    rate = gap.figure.unit == "%"
    said = (RATE if rate else SAVED).match(gap.words)
    if said is None or not gap.exact or not (rate or gap.figure.kind == "money"):
        return
    one, other = (budget, spent) if said["less"] else (spent, budget)
    if not rate:
        yield _sum(segment, gap, ((one, 1), (other, -1)))
        return
    change = quotient(spent.figure, budget.figure, minus=True)
    if change is None:
        return
    amount = -change[0] if said["less"] else change[0]
    if abs(gap.figure.amount - amount) <= gap.figure.ulp():  # rounded or cut off
        yield Outcome(RULE)
        return
    formula = f"（{one.said.text} − {other.said.text}）÷ {budget.said.text}"
    yield _finding(segment, gap, amount, "%", formula, (spent, budget))


def _net(segment: Segment) -> Iterator[Outcome]:
    for one, two, three in _threes(segment):
        if ASSETS.search(one.words) and DEBTS.search(two.words) and NET.search(three.words):
            yield _sum(segment, three, ((one, 1), (two, -1)))


def _left(segment: Segment) -> Iterator[Outcome]:
    for number, (one, two, three) in enumerate(_threes(segment)):
        if not (INCOME.search(one.words) and OUTLAY.search(two.words) and LEFT.search(three.words)):
            continue
        before = segment.amounts[number - 1] if number else None
        if before is not None and CARRIED.search(before.words) and before.exact:
            yield _sum(segment, three, ((before, 1), (one, 1), (two, -1)))
        elif before is None:
            yield _sum(segment, three, ((one, 1), (two, -1)))


def _adjusted(segment: Segment) -> Iterator[Outcome]:
    for one, two, three in _threes(segment):
        added = ADDED.search(two.words)
        if INITIAL.search(one.words) and added and ADJUSTED.search(three.words):
            yield _sum(segment, three, ((one, 1), (two, 1 if added["more"] else -1)))


def _threes(segment: Segment) -> Iterator[tuple[Amount, Amount, Amount]]:
    amounts = segment.amounts
    for one, two, three in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if _comparable(one, two, three):
            yield one, two, three
        else:
            yield amounts[0], amounts[0], amounts[0]  # keeps the count; fits no way


def _year(segment: Segment) -> Iterator[Outcome]:
    """一季度…，二季度…，三季度…，四季度…，全年…"""
    amounts = segment.amounts
    for number in range(len(amounts) - 4):
        parts, whole = amounts[number : number + 4], amounts[number + 4]
        named = all(q.search(p.words) for q, p in zip(QUARTERS, parts, strict=True))
        # A list joined by 、 with 合计 behind it is told-total's.
        listed = all(p.words.startswith("、") for p in parts[1:])
        if (
            named
            and WHOLE_YEAR.match(whole.words)
            and not (listed and ADDED_UP.search(whole.words))
            and all(p.exact and p.figure.unit == whole.figure.unit != "%" for p in parts)
        ):
            yield _sum(segment, whole, tuple((p, 1) for p in parts))


def _worn(segment: Segment) -> Iterator[Outcome]:
    """原值1864.20万元，累计折旧702.55万元，净值1161.65万元."""
    for one, two, three in _threes(segment):
        if GROSS.search(one.words) and WORN.search(two.words) and WORTH.search(three.words):
            yield _sum(segment, three, ((one, 1), (two, -1)))


def _carried(segment: Segment) -> Iterator[Outcome]:
    """年初余额320万元，新增10万元，化解80万元，年末余额250万元."""
    amounts = segment.amounts
    for number, first in enumerate(amounts):
        if not OPENING_BALANCE.search(first.words) or not first.exact:
            continue
        terms = [(first, 1)]
        for amount in amounts[number + 1 : number + 4]:
            if not amount.exact or amount.figure.unit != first.figure.unit:
                break
            if CLOSING_BALANCE.search(amount.words):
                if len(terms) > 1:
                    yield _sum(segment, amount, tuple(terms))
                break
            if PAID_OFF.search(amount.words):
                terms.append((amount, -1))
            elif PUT_IN.search(amount.words):
                terms.append((amount, 1))
            else:
                break


def _halves(segment: Segment) -> Iterator[Outcome]:
    """上半年56人次，下半年63人次，全年119人次."""
    amounts = segment.amounts
    for one, two, whole in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if (
            FIRST_HALF.search(one.words)
            and SECOND_HALF.match(two.words)
            and WHOLE_YEAR.match(whole.words)
            and all(a.exact and a.figure.unit == whole.figure.unit != "%" for a in (one, two))
        ):
            yield _sum(segment, whole, ((one, 1), (two, 1)))


def _more_than_all(segment: Segment) -> Iterator[Outcome]:
    """实施9个，完工8个，在建2个: fewer may have begun, more than all cannot have."""
    amounts = segment.amounts
    for whole, done, rest in zip(amounts, amounts[1:], amounts[2:], strict=False):
        units = {whole.figure.unit, done.figure.unit, rest.figure.unit}
        if len(units) > 1 or units & {"%", "分"} or not (whole.exact and done.exact and rest.exact):
            continue
        if NO_WHOLE.search(whole.words) or not ALL_OF.search(whole.words):
            continue
        if not NOW_DONE.match(done.words) or not NOT_DONE.match(rest.words):
            continue
        if done.figure.amount + rest.figure.amount > whole.figure.amount >= done.figure.amount:
            yield _sum(segment, whole, ((done, 1), (rest, 1)))
        else:
            yield Outcome(RULE)


def _due(segment: Segment) -> Iterator[Outcome]:
    """应参保37520人，实参保36820人，未参保700人."""
    amounts = segment.amounts
    for whole, done, rest in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if not DUE.search(whole.words) or len({a.figure.unit for a in (whole, done, rest)}) > 1:
            continue
        if not (whole.exact and done.exact and rest.exact) or whole.figure.unit == "%":
            continue
        if DONE_OF_DUE.match(done.words) and NOT_OF_DUE.match(rest.words):
            yield _sum(segment, rest, ((whole, 1), (done, -1)))


def _points(segment: Segment) -> Iterator[Outcome]:
    """甲得18分，乙得26分，丙得28分，总分72分."""
    amounts = segment.amounts
    whole = amounts[-1]
    parts = amounts[:-1]
    if len(parts) < 3 or whole.figure.unit != "分" or not ALL_POINTS.match(whole.words):
        return
    if all(p.figure.unit == "分" and p.exact and POINTS.search(p.words) for p in parts):
        yield _sum(segment, whole, tuple((p, 1) for p in parts))


def _taken(segment: Segment) -> Iterator[Outcome]:
    """满分30分，得29分，扣1分; 满分30分，扣1分，得29分."""
    amounts = segment.amounts
    for full, taken, got in zip(amounts, amounts[1:], amounts[2:], strict=False):
        named = FULL_POINTS.search(full.words) and TAKEN.match(taken.words) and GOT.match(got.words)
        if named and {full.figure.unit, got.figure.unit, taken.figure.unit} == {"分"}:
            yield _sum(segment, got, ((full, 1), (taken, -1)))
    for full, got, taken in zip(amounts, amounts[1:], amounts[2:], strict=False):
        named = FULL_POINTS.search(full.words) and GOT.match(got.words) and TAKEN.match(taken.words)
        if named and {full.figure.unit, got.figure.unit, taken.figure.unit} == {"分"}:
            yield _sum(segment, taken, ((full, 1), (got, -1)))


def _rest(segment: Segment) -> Iterator[Outcome]:
    """受理47件，已办结43件，剩余6件: what was done and what is left make the whole."""
    amounts, text = segment.amounts, segment.passage.text
    words = [a.words for a in amounts]
    for number in range(1, len(amounts)):
        words[number] = words[number] or words[number - 1]  # 31户97人: the words of both
    for number, rest in enumerate(amounts):
        left = REST.match(words[number])
        if left is None or not rest.exact or rest.figure.unit in ("%", "分"):
            continue
        near = range(max(0, number - LOOK_BACK), number)
        before = [n for n in near if alike(amounts[n].figure, rest.figure)]
        if len(before) < 2 or not SETTLED.search(words[before[-1]]):
            continue
        if not (left["sure"] or PENDING.match(text, rest.said.end)):
            # 4个村中，已验收3个，另外2个; 已消除19户，尚有12户
            among = any(words[n].startswith("中") for n in near)
            if not among and not (left["still"] and ALREADY.match(words[before[-1]])):
                continue
        done = amounts[before[-1]]
        wholes = [amounts[n] for n in before[:-1] if not NO_WHOLE.search(words[n])]
        if (
            not wholes
            or not done.exact
            or not wholes[-1].exact
            or done.figure.unit != rest.figure.unit
        ):
            continue
        outcomes = [_sum(segment, rest, ((whole, 1), (done, -1))) for whole in wholes]
        if wholes[-1].figure.amount < done.figure.amount:
            continue
        yield next((o for o in outcomes if o.finding is None), outcomes[-1])


def _progress(segment: Segment) -> Iterator[Outcome]:
    """上半年支付进度38%，前三季度61%，11月底59%: what has been paid cannot become less."""
    text = segment.text
    if not ("进度" in text or "执行率" in text) or not PROGRESS.search(text) or GROWTH.search(text):
        return
    last: tuple[int, Amount] | None = None
    for amount in segment.amounts:
        if amount.figure.unit != "%" or not amount.exact:
            continue
        month = _month(amount.words)
        if month and last is not None and month > last[0]:
            if amount.figure.amount < last[1].figure.amount:
                formula = f"≥ {last[1].said.text}"
                yield _finding(segment, amount, last[1].figure.amount, "%", formula, (last[1],))
                return
            yield Outcome(RULE)
        last = (month, amount) if month else None


def _month(words: str) -> int:
    """Up to which month a share is told; 0 when it is not told."""
    for pattern, month in UP_TO:
        match = pattern.search(words)
        if match is not None:
            return month or int(match["m"])
    return 0


def _came_and_went(segment: Segment) -> Iterator[Outcome]:
    """净增9家（新增13家，退出4家）: what came less what went, told around the change."""
    amounts = segment.amounts
    for number, net in enumerate(amounts):
        way = NET_CHANGE.search(net.words) if "净" in net.words else None
        if way is None or not net.exact:
            continue
        around: list[tuple[Amount, int]] = []
        low = max(0, number - LOOK_BACK)
        for run in (amounts[number + 1 : number + LOOK_BACK], amounts[low:number][::-1]):
            for amount in run:
                came = 1 if CAME.search(amount.words) else -1 if WENT.search(amount.words) else 0
                if not came or amount.figure.unit != net.figure.unit or not amount.exact:
                    break
                around.append((amount, came if way["way"] == "增" else -came))
            if around:
                break
        if {sign for _, sign in around} == {1, -1}:
            around.sort(key=lambda pair: -pair[1])
            yield _sum(segment, net, tuple(around))


def _sum(segment: Segment, result: Amount, terms: tuple[tuple[Amount, int], ...]) -> Outcome:
    unit = result.figure.unit
    more, most = added((term for term, sign in terms if sign > 0), unit)
    less, least = added((term for term, sign in terms if sign < 0), unit)
    amount, span = more - less, most - least
    printed = result.figure
    # Points are counted.
    meets = printed.amount == amount if unit == "分" else span.meets(printed.interval())
    if not result.exact or meets:
        return Outcome(RULE)
    formula = "".join(
        (" + " if sign > 0 else " − ") * bool(number) + term.said.text
        for number, (term, sign) in enumerate(terms)
    )
    return _finding(segment, result, amount, unit, formula, tuple(term for term, _ in terms))


def _finding(
    segment: Segment,
    result: Amount,
    amount: Decimal,
    unit: str,
    formula: str,
    others: tuple[Amount, ...],
) -> Outcome:
    passage = segment.passage
    decimals = max(result.figure.decimals, *(a.figure.decimals for a in others))
    right = f"{shown(amount, max(2, decimals) if unit == '%' else decimals)}{unit}"
    label = (re.findall("[^，,、：:]+", result.words) or ["差额"])[-1]
    words = {
        "label": label,
        # 扣2分: a word that is no name of an amount
        "of": f"“{label}”" if len(label) > 2 else f"这句话里“{label}”的数",
        "printed": result.said.text,
        "formula": formula,
        "recomputed": right,
    }
    finding = Finding(
        RULE,
        passage.place(result.said.start),
        words,
        tuple(passage.place(a.said.start) for a in others),
        passage.address or sentence_address(result.said.text, label),
        result.said.text,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
