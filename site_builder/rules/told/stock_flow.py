"""进出加不拢: people, households or firms at the start of the year, who came, who went, and at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Rule, Words
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import PERSONS, Amount, Segment, added, segments

RULE = Rule(
    "stock-differs",
    "warning",
    Words("年初、进出和年末的数对不上", "Start, comings, goings and end that do not balance"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请逐个核对这句话里的数；原件如此的，保留原文并在“认可”中说明",
        "check each number of the sentence; if they are printed so, explain it",
    ),
    Words(
        "年初的人数加上进来的、减去出去的，就是年末的人数。",
        "Those at the start, and those who came, less those who went, are those at the end.",
    ),
    yields_to=("told-change", "told-balance"),
)
START = re.compile(
    "(?:上年度?末|上年底|去年底|去年末|年初|期初|上年|去年|[0-9]{4}年[末底])[^，,。；;0-9增减新退调]{0,12}(?:退休(?:人员|干部|职工|教师)(?:有|共|为)?)?$"
)
CAME = re.compile(
    "(?:新招录用?|新录用?|入职|招录|考入|新招|新建|招聘|录用|考录|新进|调入|转入|迁入|安置|新增|新纳入|新识别|新培育|新入库|入库|引进|出生|新发展|新注册|增加|接收|"
    "发展|新登记|登记|新办|新成立|成立|购入|新购|采购|新认定|升规|纳规|新吸收|吸收|补充)"
    "[^，,。；;0-9退调减]{0,8}$"
)
WENT = re.compile(
    "(?:退休|调出|调离|转出|迁出|辞职|辞退|离职|去世|死亡|病故|退出|退库|注销|清退|核减|停发|关停|消除|减少|开除|借出|"
    "发放|使用|消耗|报废|吊销|歇业|关闭|取消|出党|除名|毕业|退保|脱保)[^，,。；;0-9入增]{0,8}$"
)
# 上年末退休人员42名，新退休3名: of those that are retired already they are more
RETIRED = re.compile(
    "(?:新|年[内中]|[本当全]年|办理)[^，,。；;0-9末底]{0,4}退休(?:人员|干部|职工)?(?:有|共)?$"
)
# 年初结转26.4万元，当年拨入180万元，支出172.6万元，结余33.8万元
_HELD = "(?:结转|结余|余额|账面|原值|库存|存量|债务|欠款|借款|资产)"
SUM_HELD = re.compile(
    f"(?:年初|期初|上年(?:年?末|底)?|去年(?:末|底)?)[^，,。；;0-9增减新]{{0,8}}?{_HELD}[^，,。；;0-9]{{0,6}}$"
)
GOT = re.compile(
    "(?:收入|拨入|到账|增加|新增|购入|购置|新借|转入|下达)(?:合计|总额|总计|资金|资产|价值|金额)?(?:共|为|达)?$"
)
SPENT = re.compile(
    "(?:支出|减少|处置|报废|偿还|化解|核销|上缴|交回|收回财政)(?:合计|总额|总计|资金|资产|价值|金额)?(?:共|为|达)?$"
)
SUM_LEFT = re.compile(
    f"^[，,；;]?(?:年末|期末|年底|年终)?[^，,。；;0-9]{{0,6}}?{_HELD}(?:下年|次年)?(?:度|使用|资金|价值|数|总额|和结余)*(?:共|为|达|是)?$"
)
NO_FLOW = re.compile("预算|计划|目标|任务|其中|较|比|占|上年收入|去年收入")
# 专户收入140万元，加上上年结余33万元: what was told before is added, too
ADDED = re.compile("[，,；;]?(?:再)?加(?:上)?")
END = re.compile(
    "(?:年度?末|年底|期末|目前|现有|至今)[^，,。；;0-9增减新退调净]{0,12}(?:退休(?:人员|干部|职工|教师)(?:有|共|为)?)?$"
)
# 净增加人员2人; 退休3人，在职人员较上年末增加2人: of all that came and went
NET = re.compile(
    "净(?:增[加长多]?|减少?)(?:了)?(?:人员)?$|"
    "^[，,；;、（(]?(?:(?:全[镇乡]|单位|年末|实有|实际|在职|在编|在岗|财政供养|干部|的)*(?:人员|人数|职工|总数|总人数|实际)(?:总数|数)?)"
    "(?:[较比]上年末?|[较比]去年底?)?(?:实际)?(?:增加|减少)(?:了)?$"
)
UP = re.compile("增[加长多]?(?:了)?(?:人员)?$")
FROM = re.compile("(?:人数|总数|人员|户数|总量|保有量|数量)(?:由|从)[^，,。；;0-9]{0,8}$")
UP_TO = re.compile("^(?:人)?(?:增加|减少|增|减|上升|下降|变|调整)(?:到|至|为)$")
FROM_TO = re.compile("数由|数从|[员量][由从]")
LEAST = 3
LOOK_BACK = 10  # amounts before a net change
# Something of an end, or of a net change; a quick no.
QUICK = led_by(
    "年度期现净目至结余增减",
    "[增减][加少](?:[到至]|了?(?=[0-9]+[人名]))[0-9]|[增减][到至][0-9]|(?:[年度][末底]|期末|结转[下次]年|现有|目前|至今)[^，,。；;0-9]{0,12}[0-9]|净[增减][^，,。；;、0-9]{0,4}[0-9]|[结余][余额转][^，,。；;0-9]{0,4}[0-9]",
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every stretch that tells a start, comings or goings, and an end or a net change."""
    compared = False
    for passage in subject.told.holding(QUICK):
        if len(passage.figures) < LEAST:  # quick
            continue
        for segment in segments(passage):
            for outcome in _of_segment(segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有写年初、进出和年末", "no start, comings and end"))


def _kind(amount: Amount) -> str:
    unit = amount.figure.unit
    return "人" if unit in PERSONS else unit


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    if FROM_TO.search(segment.text):  # quick
        yield from _from_to(segment)
    for number, start in enumerate(amounts):
        if START.search(start.words) and start.exact and not start.figure.measured:
            yield from _from_start(segment, start, amounts[number + 1 :])
            break
    for number, start in enumerate(amounts):
        if start.exact and start.figure.kind == "money" and SUM_HELD.search(start.words):
            yield from _sums(segment, start, amounts[:number], amounts[number + 1 :])
            return
    for number, net in enumerate(amounts):
        if NET.search(net.words):
            behind = amounts[number + 1 : number + LOOK_BACK]
            before = amounts[max(0, number - LOOK_BACK) : number][::-1]
            terms = _terms(net, behind) or _terms(net, before)
            if {sign for _, sign in terms} == {1, -1}:
                yield _judged(segment, net, "净增减", sorted(terms, key=lambda term: -term[1]))


def _from_to(segment: Segment) -> Iterator[Outcome]:
    """新招录2名、事业人员3名，调出4名，在编人数由90名增加到91名: comings and goings, then from where to where."""
    amounts = segment.amounts
    for number in range(2, len(amounts) - 1):
        start, end = amounts[number : number + 2]
        if not (FROM.search(start.words) and UP_TO.match(end.words)):
            continue
        terms = [(start, 1)]
        sign = 0
        for amount in amounts[:number]:
            came, went = CAME.search(amount.words), WENT.search(amount.words)
            if came or went:
                sign = 1 if came else -1
            elif not amount.words.startswith(("、", "和")):
                sign = 0
            if not sign or not amount.exact or _kind(amount) != _kind(end):
                return
            terms.append((amount, sign))
        if start.exact:
            yield _judged(segment, end, "年末数", terms)


def _sums(
    segment: Segment, start: Amount, before: tuple[Amount, ...], run: tuple[Amount, ...]
) -> Iterator[Outcome]:
    """Money held at the start, what came in, what went out, and what is left right behind."""
    terms = [(start, 1)]
    if NO_FLOW.search(start.words[-12:]):
        return
    if ADDED.match(start.words):
        if len(before) != 1:
            return  # of which of them nobody can say
        run = (*before, *run)
    for amount in run:
        if not amount.exact or amount.figure.kind != "money" or NO_FLOW.search(amount.words):
            return
        if len(terms) > 1 and SUM_LEFT.search(amount.words):
            unit = amount.figure.unit
            more, less = ([a for a, sign in terms if sign == one] for one in (1, -1))
            (came, most), (went, least) = added(more, unit), added(less, unit)
            if (most - least).meets(amount.figure.interval()):
                yield Outcome(RULE)
                return
            total = came - went
            decimals = max(a.figure.decimals for a, _ in (*terms, (amount, 1)))
            right = f"{shown(total, decimals)}{unit}"
            formula = _formula(terms)
            yield _finding(segment, amount, "年末数", formula, right, [a for a, _ in terms])
            return
        if GOT.search(amount.words):
            terms.append((amount, 1))
        elif SPENT.search(amount.words):
            terms.append((amount, -1))
        else:
            return


def _terms(net: Amount, run: tuple[Amount, ...]) -> list[tuple[Amount, int]]:
    """净增9家（新增13家，退出4家）: the amounts next to a net change, each with its sign in it."""
    terms: list[tuple[Amount, int]] = []
    for amount in run:
        came, went = CAME.search(amount.words), WENT.search(amount.words)
        if not (came or went) or amount.figure.unit != net.figure.unit or not amount.exact:
            break
        terms.append((amount, 1 if bool(came) == _up(net) else -1))
    return terms


def _up(net: Amount) -> bool:
    return UP.search(net.words) is not None


def _from_start(segment: Segment, start: Amount, run: tuple[Amount, ...]) -> Iterator[Outcome]:
    kind, terms = _kind(start), [(start, 1)]
    retired = "退休" in start.words
    end: Amount | None = None
    net: Amount | None = None
    for amount in run:
        if _kind(amount) != kind:
            continue  # 户 beside 人
        if not amount.exact:
            break
        if NET.search(amount.words):
            net = amount
        elif end is not None:
            break
        elif CAME.search(amount.words) or (retired and RETIRED.search(amount.words)):
            terms.append((amount, 1))
        elif WENT.search(amount.words) and not (retired and END.search(amount.words)):
            terms.append((amount, -1))
        elif END.search(amount.words):
            end = amount
        else:
            break
    if end is None:
        return
    if len(terms) > 1:
        ended = _judged(segment, end, "年末数", terms)
        yield ended
        if ended.finding is not None:
            return
    if net is not None:
        both = [(end, 1), (start, -1)] if _up(net) else [(start, 1), (end, -1)]
        yield _judged(segment, net, "净增减", both)


def _judged(
    segment: Segment, printed: Amount, label: str, terms: list[tuple[Amount, int]]
) -> Outcome:
    total = sum((a.figure.amount * sign for a, sign in terms), Decimal(0))
    # 1.2万只 may have been rounded, 86人 not
    off = sum(
        (a.figure.ulp() for a in (printed, *(a for a, _ in terms)) if a.figure.exponent > 0),
        Decimal(0),
    )
    if abs(total - printed.figure.amount) * 2 <= off or not printed.exact:
        return Outcome(RULE)
    thousands = "万" if printed.figure.exponent > 0 else ""
    right = f"{total.scaleb(-4 * len(thousands)).normalize():f}{thousands}{printed.figure.unit}"
    return _finding(segment, printed, label, _formula(terms), right, [a for a, _ in terms])


def _formula(terms: list[tuple[Amount, int]]) -> str:
    return terms[0][0].said.text + "".join(
        (" + " if sign > 0 else " − ") + a.said.text for a, sign in terms[1:]
    )


def _finding(
    segment: Segment, wrong: Amount, label: str, formula: str, right: str, others: list[Amount]
) -> Outcome:
    passage = segment.passage
    words = {"label": label, "formula": formula}
    places = (passage.place(a.said.start) for a in others)
    return Outcome(RULE, finding=finding_on(RULE, passage, wrong.said, label, words, right, places))
