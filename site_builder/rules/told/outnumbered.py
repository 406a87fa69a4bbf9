"""整改的比发现的多、人比户少: more settled than was found, fewer persons than households or groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, alike, segments
from site_builder.sentences import Passage

SETTLED = Rule(
    "settled-exceeds-found",
    "warning",
    Words(
        "办结的比受理的多、合格的比抽检的多",
        "More settled than were found, or passed than were tested",
    ),
    Words(
        "“{settled}”比前面的“{found}”还多",
        "“{settled}” is more than “{found}” before it",
    ),
    Words(
        "请核对两个数；上年结转的也算在内的，写明白",
        "check both numbers; say so if some were left from the year before",
    ),
    Words(
        "发现多少，最多整改多少；抽检多少，最多合格多少；应缴多少，最多实缴多少。",
        "No more can be mended than was found, pass than was tested, be paid than was due.",
    ),
    yields_to=(
        "told-share",
        "told-part-exceeds",
        "told-balance",
        "told-parts-differ",
        "survey-differs",
        "implausible",
    ),
)
PERSONS = Rule(
    "fewer-persons-than-groups",
    "warning",
    Words("人数比户数、批次还少", "Fewer persons than households or visits"),
    Words(
        "“{printed}”：{persons}比{groups}还少",
        "“{printed}”: fewer persons ({persons}) than there are groups of them ({groups})",
    ),
    Words(
        "请核对两个数，看是不是写反了",
        "check both numbers: they may be exchanged",
    ),
    Words(
        "一户至少一人，一批至少一人次。",
        "A household has one person at least, and so has a visit.",
    ),
    yields_to=("implausible", "prose-contradicts", "told-part-exceeds"),
)
FOUND = re.compile(
    "(?:发现|排查出?|查出|受理|接到|收到|接访|摸排出?|梳理出?|征集|收集|交办|转办|接报|立案|查摆|反馈|接收|检查出|整理出?|"
    "(?:代表|委员)(?:的)?(?:建议|提案|议案))[^，,。；;：:0-9]{0,12}(?:[0-9]{5}[^，,。；;：:0-9]{0,6})?$"
)
DONE = re.compile(
    "^[，,、]?(?:其中)?(?:截至[^，,。；;0-9]{1,4}|目前|现|至今|年内|年底)?[，,]?(?:已|均已|全部|按期|按时|及时|成功|均|督促|立即|当场|现场|限期|立行立改|完成|初核)*(?:经)?(?:完成)?"
    "(?:整改|办结|化解|解决|销号|处置|调处|办理|答复|回复|处理|消除|整治|落实|了结|办复|查结|立[查行]立改){1,2}(?:到位|完毕|完成|了|销号|率|量|数)?(?:各类|问题|隐患|矛盾|纠纷|意见|建议|信访|件|的)*$"
)
_NOUN = "[^，,。；;0-9]{0,8}$"
# What there was, and what came of it, in other words: never more.
PAIRS = (
    (FOUND, DONE),
    (
        re.compile(f"(?:抽检|送检|检测|抽查|抽样检测|监测){_NOUN}"),
        re.compile("^[，,、](?:其中)?(?:检测|检验|监测|抽检|全部)*(?:合格|达标)(?:的|样品)?$"),
    ),
    (
        re.compile(f"应(?:当)?(?:参保|缴费|缴|到会|到|参会|参加|接种|办|检|入学|收|征|发){_NOUN}"),
        re.compile(
            "^[，,、](?:实际|实|已)(?:参保|缴费|缴|到会|到|参会|参加|接种|办理|办|检|入学|收|征|发)(?:人数)?$"
        ),
    ),
    (
        re.compile(f"(?:参训|参加培训|培训学员|报名){_NOUN}"),
        re.compile(
            "^[，,、](?:考核)?(?:结业|取证|获证|考核合格|合格|取得证书|领证)(?:取证)?(?:的)?$"
        ),
    ),
    (
        re.compile(f"(?:新建|建成|改造|完成|硬化|修建|改建){_NOUN}"),
        re.compile("^[，,、](?:已|全部|其中)*(?:验收合格|验收通过|通过验收)(?:的)?$"),
    ),
    (
        re.compile(f"(?:申请|申报|提出申请|递交申请){_NOUN}"),
        re.compile("^[，,、](?:已|经审核|审核)*(?:批准|获批|审批通过|审核通过|通过审核|审批)$"),
    ),
    (
        re.compile("采购(?:支出)?(?:总额|金额|总金额|支出|合同金额|规模)?(?:为|共|共计|合计)?$"),
        re.compile(
            "^[，,、]授予(?:中小|小微|小型、?微型|中型|小型)企业(?:的)?(?:合同|采购)?(?:金额|总额)?(?:为|共|合计)?$"
        ),
    ),
    # 排查出危房46户，已改造42户
    (
        re.compile(
            f"(?:排查出|鉴定为?|查出|发现)(?:的)?(?:[^，,。；;0-9]{{0,6}})(?:危房|空心房|违建|病险|危桥){_NOUN}"
        ),
        re.compile(
            "^[，,、](?:现已|目前已|已)(?:完成|全部|组织)*(?:改造|拆除|搬迁|加固|修缮|治理|重建)(?:了)?$"
        ),
    ),
)
# Any of the results.
RESULTS = re.compile("|".join(part.pattern for _, part in PAIRS))
# 办结58件，而全年受理的只有52件
RESULT = re.compile("(?:办结|整改|化解|销号|处置|调处|实[收缴征])[^，,。；;0-9]{0,6}$")
DUE = re.compile("(?<![相适])应(?:当)?(?P<what>[一-鿿]{1,2})[^，,。；;0-9]{0,8}$")
DONE_OF_DUE = re.compile("^[，,、](?:实际|实)(?P<what>[一-鿿]{1,2})[^，,。；;0-9]{0,4}(?P=what)$")
LESS = re.compile(
    "^[，,](?:而|但)?[^，,。；;0-9]{0,4}(?:受理|发现|排查出?|查出|收到|接到|应[收缴征])[^，,。；;0-9]{0,4}(?:只有|仅有|仅为|仅|只)$"
)
# 接待96批次68人次; 特困供养64户、46人
JOINT = (
    "[、，,]?(?:共计?|合计|总计|计|涉及|保障|接待|惠及|受益|覆盖)?"
    "(?:群众|(?:脱贫|监测|受益)?人口|来宾|人员|接待)?(?:共计?|合计|为|达|有)?"
)
PAIR = re.compile(
    rf"(?<![0-9.,])(?P<n>[0-9]+)(?P<of>批次|批|户){JOINT}(?P<m>[0-9]+)(?P<who>人次|人)(?!均)|"
    r"(?<![0-9.,])(?P<m2>[0-9]+)(?P<who2>人)[、，,]?(?P<n2>[0-9]+)(?P<of2>户)(?!次)|"
    r"(?<![0-9.,])(?P<m4>[0-9]+)(?P<who4>人次)[、，,/（(和]?(?:共计?)?(?P<n4>[0-9]+)(?P<of4>批次?)(?![0-9])|"
    r"人次(?:数)?(?:为|共|是)?(?P<m5>[0-9]+)(?P<who5>人次?|次)[、，,和](?:接待)?批次(?:数)?(?:为|共|是)?(?P<n5>[0-9]+)(?P<of5>批次?|次)|"
    r"批次(?:为|共|数)?(?P<n3>[0-9]+)(?P<of3>次|批次?)[、，,][^，,。；;0-9]{0,6}人次(?:为|共|数)?(?P<m3>[0-9]+)(?P<who3>人次?)"
)
WAYS = ("", *"2345")
PERSONS_OF = led_by(
    "户批人次",
    f"人次[^，,。；;0-9]{{0,3}}[，,]?[^，,。；;0-9]{{0,5}}[0-9]+[批人次]|(?:户|批次?){JOINT}[0-9]+人|人[、，,]?[0-9]+户|次[、，,][^，,。；;0-9]{{0,6}}人次[^，,。；;0-9]{{0,2}}[0-9]",
)
MAYBE = led_by(
    "整办化解销处调答回消落合达实已结取获领验通批授只仅",
    "(?:整改|办结|化解|解决|销号|处[置理]|调处|[答回]复|消除|整治|落实|办理|合格|达标|实际?(?:参保|[缴到办检收征发]|参会|接种|入学)|已(?:完成|全部|组织)*(?:参保|缴费?|接种|改造|拆除|搬迁|加固|修缮|治理|重建)|[只仅][有为]?|实际?[一-鿿]{1,2}|结业?|取证|获证|领证|验收|通过|批准|获批|授予[^，,。；;0-9\n]{4,8})[^，,。；;0-9\n]{0,4}[0-9]",
)
ASIDE = re.compile("含|包括|列席|上年|结转|往年|历年|累计|存量|积案|以来|增|减|计划|目标|其中")
THINGS = re.compile("问题|隐患|矛盾|纠纷")
CHANGED = re.compile("增|减|新|退出|迁")


def check(subject: Subject) -> Iterator[Outcome]:
    """Two numbers side by side, of which the second cannot be the larger, or the smaller."""
    found: list[Outcome] = []
    for passage in subject.told.holding(PERSONS_OF):
        found += _persons(passage)
    for passage in subject.told.holding(MAYBE):
        told = [a for segment in segments(passage) for a in segment.amounts]
        told = [a for a in told if a.figure.unit != "%"]
        for number, two in enumerate(told[1:], 1):
            one = _found_before(told, number)
            found += _settled(passage, one, two)
    yield from found
    for rule in (SETTLED, PERSONS):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有这样的两个数", "no two such numbers"))


def _found_before(told: list[Amount], number: int) -> Amount:
    """受理312件，现场答复41件，办结276件: what else was done of them stands between."""
    before = (a for a in told[number - 1 : 0 : -1] if not DONE.match(a.words))
    return next(before, told[0])


def _settled(passage: Passage, one: Amount, two: Amount) -> Iterator[Outcome]:
    """发现隐患131处，已整改137处."""
    if not alike(one.figure, two.figure):
        return
    if LESS.match(two.words) and RESULT.search(one.words):
        one, two = two, one
    elif not (_were_due(one, two) or _came_of(one, two)):
        return
    if any(thing not in one.words for thing in THINGS.findall(two.words)):
        return  # 发现违建12处，整改隐患36处
    low, high = passage.sentence(one.said.start)[0], passage.sentence(two.said.start)[1]
    if not (one.exact and two.exact) or ASIDE.search(passage.text, low, high):
        return
    beside = _besides(passage, one, low) if one.said.start < two.said.start else Decimal(0)
    if two.figure.amount <= one.figure.amount + beside:
        yield Outcome(SETTLED)
        return
    words = {
        "found": passage.text[passage.opening(one.said.start) : one.said.end],
        "settled": passage.text[passage.opening(two.said.start) : two.said.end],
    }
    place = passage.place(one.said.start)
    finding = finding_on(SETTLED, passage, two.said, "办结", words, one.said.text, (place,))
    yield Outcome(SETTLED, finding=finding)


def _came_of(one: Amount, two: Amount) -> bool:
    """发现问题18个，已全部销号，销号18个: what the last clause before a number says."""
    comma = two.words.rfind("，")
    last = two.words[comma:] if comma > 0 else two.words
    if not RESULTS.match(last):  # quick
        return False
    return any(whole.search(one.words) and part.match(last) for whole, part in PAIRS)


def _were_due(one: Amount, two: Amount) -> bool:
    """应采集1120人，实际采集1116人: the same was due."""
    due = DUE.search(one.words)
    return due is not None and DONE_OF_DUE.match(two.words + due["what"]) is not None


def _besides(passage: Passage, one: Amount, low: int) -> Decimal:
    """新建9座、改造18座，验收合格27座: what was counted beside it in the sentence; of money nothing."""
    if one.figure.kind == "money":
        return Decimal(0)
    beside = (
        a.figure.amount
        for segment in segments(passage)
        for a in segment.amounts
        if low <= a.said.start < one.said.start and a.figure.unit == one.figure.unit
    )
    return sum(beside, Decimal(0))


def _persons(passage: Passage) -> Iterator[Outcome]:
    """接待96批次68人次; 64户、46人."""
    for match in PAIR.finditer(passage.text):
        if CHANGED.search(passage.text, passage.opening(match.start()), match.start()):
            continue
        n, of, m, who = (
            next(filter(None, (match[f"{name}{way}"] for way in WAYS)))
            for name in ("n", "of", "m", "who")
        )
        if Decimal(m) >= Decimal(n):
            yield Outcome(PERSONS)
            continue
        words = {"printed": match[0], "persons": m + who, "groups": n + of}
        at = passage.place(match.start())
        address = passage.address or sentence_address(match[0], who)
        yield Outcome(PERSONS, finding=Finding(PERSONS, at, words, (), address, match[0]))
