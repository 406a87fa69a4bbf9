"""分项不等于总数: parts in a sentence that are all there is, and do not add up to their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from site_builder.figures_in_text import Said
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import NUMBERED, RULE, judged
from site_builder.rules.taken_apart import GOES_ON, GOES_ON_BEHIND
from site_builder.segment import NOT_SUMMED, OF_WHICH, Amount, Segment, added, alike, segments
from site_builder.sentences import Passage

# Classes that together are all there is.
PAIRS = (
    ("行政", "事业"),
    ("公务员", "事业"),
    ("离休", "退休"),
    ("在职", "退休"),
    ("基本支出", "项目支出"),
    ("税收收入", "非税收入"),
    ("税务部门", "财政部门"),
    ("本年收入", "年初结转"),
    ("本年支出", "年末结转"),
    ("集中", "分散"),
    ("新建", "改建"),
    ("农村", "城镇"),
    ("农业人口", "非农"),
    ("农业户", "非农业户"),
    ("水田", "旱地"),
    ("上级", "本级"),
)
THREES = (
    ("机关", "两新", "村"),  # branches of the party
    ("产出", "效益", "满意度"),  # indicators
    ("货物", "工程", "服务"),  # what is bought
)

# Of these nothing else is a part: 耕地2.8万亩，其中水田1.9万亩、旱地0.9万亩，林地6.2万亩.
TWO_ONLY = frozenset(("农村", "农业户", "农业人口", "水田", "上级"))
# 占总支出的10%, 比上年增加2万元, 为预算的81%: said of a part
SAID_OF_PART = re.compile(
    "^[，,（(]?(?:占|为|同比|[比较与]|增|减|下降|上升|完成|调[增减]|核[增减])"
)
ASIDE = re.compile("[（(][^（）()0-9]*[）)]")
ALL = re.compile("(?:累计|已|共)?完成$|[合共总]计(?:为|是)?$")
DONE = re.compile("(?:累计|已|共)?完成$")
LAST = re.compile(
    "^(?:、|，|,|和|及|以及)*(?:其他|其它|其余|余下|剩余|(?:群众|村民|村级|单位|企业|社会)?自筹|[县市镇乡村]?级?(?:财政)?配套)"
)
# A score told by its parts: three or more that nearly make it are all of it.
FULL = re.compile("(?:总分|满分|自评|得分|评分|分值)[^，,。；;]{0,6}$")
TAKEN = re.compile("扣(?:减|除|了)?分?(?:共|为|合计)?$")
SEX = re.compile("[，,、]?(?:其中)?[：:]?([男女])")
LABEL = re.compile("^[、，,和及]*[^，,。；;：:0-9]{1,20}$")
SKIP = re.compile(
    "上年|去年|较|比|增加|减少|新增|每|均|约|计划|目标|兼|聘用|编外|另|此外|还有|以上|以下|完成|占|合计|共计|总计|"
    "当年|本年|年内|调入|调出|招录|新招|辞职|净"
)
# …，其余村未安排任务: what was listed is all there is.
NO_REST = re.compile(
    "[，,、](?:其余|其[他它]|剩余)(?:各)?[^，,。；;0-9]{0,6}?"
    "(?:[均都]?(?:未|没有?|无|不)(?:安排|下达|分配|涉及|发生|列支|支出|此项|该项|这项|相关)(?:任务|项目|支出|资金)?|"
    "[均都]?(?:没有|无)(?:任务|项目|支出)|[均都]?为(?:零|0))(?=[，,。；;）)]|$)"
)
# 超出目标26户，其中…: of what stands before it
BEYOND = re.compile("(?:超出?|超额|多出?|高于|[较比])[^，,。；;]{0,10}$")
GROUP = re.compile("[一-鿿（）]{1,6}")  # 7个村196座
OPENING, CLOSING = re.compile("[（(]"), re.compile("[）)]")
EACH = re.compile("分别|各[^村乡镇县类项级]|各$")
OF_PART = re.compile("[，,](?:内|包)?含")  # 财政拨款3164.42万元，含基金210.32万元，其他收入122万元
# 上年结转 is a part of what came in, and so is 本年收入合计.
CARRIED = re.compile("[上去]年(?:度|末)?(?=结[转余])|本年(?:收入|支出)(?:合计)?")
CARRIED_OVER = re.compile("结转(?:和结余|资金)?$")
# 编制98人，其中行政编制38人、事业编制60人，实有97人: those in post are no part of the posts.
IN_POST = re.compile("实有|在职|在岗|在编|现有")
# 纳入预算的128人，其中在职66人、离退休62人: of persons, be they in post or not
LEFT = re.compile("结转|结余|较|比|占|增|减|率")  # said beside the whole
PERSONS = re.compile("纳入|供养|(?<!编制)人数")
# 66名干部里头，本科41人，…: the parts of all of them, told one after the other
AMONG = re.compile(
    "^[，,]?(?:按[^，,。；;：:0-9]{1,8}分|(?:人员|具体|结构)?构成|组成|类型|来源)(?:为|是|如下)?[：:，,]|"
    "^[，,]由(?=[^，,。；;：:0-9]{1,14}$)|"
    "^[^，,。；;：:0-9（()）]{0,10}?(?:里头|里面|当中|之中|之内|中)[，,：:]?(?!的|小|心|央|级|共|国|等)"
)
BY_NAME = re.compile(
    f"{NUMBERED}(?:"
    "(?P<name>[一-鿿“”]{3,10}?)(?:里头|里面|当中|之中|中)[，,：:](?=[^，,。；;：:0-9]{1,14}[0-9])|"
    "(?P<name2>[一-鿿“”]{3,8}?)(?:由|包括|包含|分为)[：:]?(?=[^，,。；;：:0-9]{1,14}[0-9]))"
)
MAY_OVERLAP = re.compile("女|党员|岁|残|低保|脱贫|以上|兼|青年|老年|[硕博]士|骨干|先进|获")
SCHOOLING = re.compile("(?:本科|研究生|大专|专科)及以上|(?:[中大]专|高中|初中)及以下")
REST_OF_LIST = re.compile("以下|其他|其它|其余|工勤|机动|(?:等|组成|构成)$")
LOCATED = re.compile(
    "(?:按|构成|组成|来源|类型|里[头面]|当中|之中|中(?<!其中)|由|分为|包[括含])[^。；;\n0-9]{0,26}[0-9]"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every 其中 whose parts are complete."""
    found = False
    for outcome in (*_all_of_which(subject), *_all_among(subject)):
        found = True
        yield outcome
    if not found:
        yield Outcome(RULE)


def _all_of_which(subject: Subject) -> Iterator[Outcome]:
    for passage in subject.told.holding(OF_WHICH):
        if len(passage.figures) > 2:  # quick
            told = list(segments(passage))
            for number, segment in enumerate(told):
                mark = OF_WHICH.search(passage.text, segment.start, segment.end)
                if mark is not None:
                    before = told[number - 1 : number]
                    yield from _of_which(told[number:], before, mark)


def _all_among(subject: Subject) -> Iterator[Outcome]:
    for passage in subject.told.holding(LOCATED):
        if len(passage.figures) > 2:  # quick
            for segment in segments(passage):
                yield from _among(subject, segment)


def _in_brackets(before: str) -> bool:
    """其中在职人员11人（行政人员1人，事业人员10人）: is a bracket open, so that parts of a part follow?"""
    return len(OPENING.findall(before)) > len(CLOSING.findall(before))


def _of_which(told: list[Segment], before: list[Segment], mark: re.Match[str]) -> Iterator[Outcome]:
    """其中：基本支出279万元，占10%；项目支出2626万元，占90%: the parts, without what is said of each besides."""
    first, text = told[0], told[0].passage.text
    joined: list[Amount] = []
    for segment in told:
        for amount in segment.amounts:
            if amount.said.start < mark.end() or _in_brackets(text[mark.end() : amount.said.start]):
                continue
            if not SAID_OF_PART.match(amount.words):
                joined.append(amount._replace(words=DONE.sub("", amount.words)))
        if not text.startswith(("；", ";"), segment.end):
            break
    else:
        return
    # …。另有编外人员12人: a list divided by ； may go on behind the full stop
    if (GOES_ON if segment is first else GOES_ON_BEHIND).match(text, segment.end):
        return
    joined = _without_groups(text, joined)
    if len(joined) < 2 or text.count("其中", mark.start(), joined[-1].said.end) > 1:
        return
    wholes = _wholes(first, joined[0], mark.start())
    if before and text[before[0].end : mark.start()] == "。":
        # 共有128人。其中：…: of what the sentence before has alone
        wholes = _wholes(before[0], joined[0], mark.start())
        wholes = wholes if len(wholes) == 1 else []
    if not wholes or not wholes[-1].exact:
        return
    whole = wholes[-1]
    if whole.figure.unit in NOT_SUMMED or SKIP.search(ALL.sub("", whole.words[-10:])):
        return
    parts = _parts(first, joined, whole)
    if len(parts) > 1:
        yield from _of_any(first.passage, wholes, parts)


def _of_any(passage: Passage, wholes: list[Amount], parts: list[Amount]) -> Iterator[Outcome]:
    """调整为89138万元，调增13000万元，其中…: of the nearest, unless they make another before it."""
    if added(parts[:1], wholes[-1].figure.unit)[0] == wholes[-1].figure.amount:
        return  # 实有75人，其中在职75人，退休32人: these are told besides
    others = [[*judged(passage, whole, parts)] for whole in reversed(wholes)]
    yield from next((one for one in others if not any(o.finding for o in one)), others[0])


def _wholes(segment: Segment, part: Amount, end: int) -> list[Amount]:
    """What is told before the parts and may be all of them."""
    return [
        a
        for a in segment.amounts
        if a.said.end <= end
        and alike(a.figure, part.figure)
        and not LEFT.search(a.words)
        and not BEYOND.search(a.words)
    ]


def _without_groups(text: str, after: list[Amount]) -> list[Amount]:
    """The parts told of so many each (其中东山等7个村196座，其余3个村24座), without how many they are."""
    parts: list[Amount] = []
    for one, other in zip(after[::2], after[1::2], strict=False):
        noun = text[one.said.end : other.said.start]
        if alike(one.figure, other.figure) or not GROUP.fullmatch(noun):
            return after
        parts.append(other._replace(words=one.words + noun))
    return parts


def _among(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    """在岗61名中，公务员28名，事业31名，工勤3名: nothing but like parts up to the full stop."""
    amounts, text = segment.amounts, segment.passage.text
    if len(amounts) < 3 or "其中" in segment.text:
        return
    known = BY_NAME.match(text, segment.start)
    if known is not None:
        named = subject.told.clearly_named(known["name"] or known["name2"])
        year = subject.disclosure.key.year
        facts = subject.told.facts[named.name] if named is not None else ()
        fact = next((f for f in facts if f.year == year and f.basis in ("决算", "年末")), None)
        if fact is None:
            return
        said = Said(known.end(), known.end(), str(fact.figure), fact.figure.unit)
        whole, parts, start = Amount(said, fact.figure, ""), list(amounts), known.end()
    else:
        opened = AMONG.match(amounts[1].words)
        if opened is None:
            return
        whole, parts = amounts[0], list(amounts[1:])
        start = amounts[0].said.end + opened.end()
    if not whole.exact or SKIP.search(whole.words[-10:]) or len(parts) < 3:
        return
    labels = []
    for part in parts:
        label = text[max(start, part.said.start - len(part.words)) : part.said.start]
        if not part.exact or not alike(part.figure, whole.figure) or not LABEL.match(label):
            return
        said_of = SCHOOLING.sub("", label)
        if SKIP.search(said_of) or MAY_OVERLAP.search(said_of):
            return
        labels.append(label)
    unit = whole.figure.unit
    amount, span = added(parts, unit)
    if abs(amount - whole.figure.amount) * 5 > whole.figure.amount:
        return
    less = span.high < whole.figure.interval().low
    rest = text[parts[-1].said.end : segment.end]
    if less and not (REST_OF_LIST.search(labels[-1]) or REST_OF_LIST.search(rest)):
        return  # not all need be told
    yield from judged(segment.passage, whole, parts)


def _parts(segment: Segment, after: list[Amount], whole: Amount) -> list[Amount]:
    """The parts up to where the list is certainly complete; none where it may not be."""
    parts: list[Amount] = []
    labels: list[str] = []
    text = segment.passage.text
    for amount in after:
        label = ASIDE.sub("", amount.words.lstrip("）)"))
        if amount is after[0]:
            label = label.rpartition("其中")[2].lstrip("：:，,")
        elif OF_PART.match(label):
            continue
        if (
            not alike(amount.figure, whole.figure)
            or not amount.exact
            or not LABEL.match(label)
            or SKIP.search(CARRIED.sub("", label))
            or EACH.search(label)
            or (IN_POST.search(label) and not _of_persons(whole))
        ):
            break
        parts.append(amount)
        labels.append(label)
    if len(parts) > 1 and NO_REST.match(text, parts[-1].said.end):
        return parts
    if len(parts) > 2 and CARRIED_OVER.search(labels[-1]) and LAST.match(labels[-2]):
        return parts
    if len(parts) > 1 and LAST.match(labels[-1]):
        return [] if _told_twice(parts, whole) else parts
    if whole.figure.unit == "分" and len(parts) > 2:
        score = whole.figure.amount
        total = sum((p.figure.amount for p in parts), Decimal(0))
        if TAKEN.search(whole.words):
            return parts if total > score else []  # of points taken not all need be told
        near = abs(total - score) * 8 <= score
        return parts if near and FULL.search(whole.words) else []
    # 税收1459万元；…；基金调入117万元；上年结转524万元: what is called otherwise is a part, too
    alike_all = [*takewhile(lambda a: a.exact and alike(a.figure, whole.figure), after)]
    for end in range(2, len(alike_all) + 1):
        if added(alike_all[:end], whole.figure.unit)[1].meets(whole.figure.interval()):
            return alike_all[:end]  # 本级103万元，上级1331万元，上年结余1885万元: these are all
    # 男生620人，女生580人，教师85人: the two, and what stands beside them is something else.
    sexes = {p: m[1] for p, x in zip(parts, labels, strict=True) if (m := SEX.match(x))}
    if sexes:
        return list(sexes) if sorted(sexes.values()) == ["女", "男"] else []
    if any(all(any(name in x for x in labels) for name in names) for names in THREES):
        return parts
    for one, other in PAIRS:
        if any(one in x for x in labels) and any(other in x for x in labels):
            if one == "在职" and any("党员" in x for x in labels):
                return []  # most of them are neither
            if one not in TWO_ONLY:
                return _nearest(parts, whole)
            two = [p for p, x in zip(parts, labels, strict=True) if one in x or other in x]
            return two if len(two) == 2 else []
    return []


def _of_persons(whole: Amount) -> bool:
    return bool(IN_POST.search(whole.words) or PERSONS.search(whole.words))


def _told_twice(parts: list[Amount], whole: Amount) -> bool:
    """5处，其中新建2处、改造3处，已通水4处，剩余1处: is it divided in two ways, one after the other?"""
    size, unit = whole.figure.amount, whole.figure.unit
    return any(
        added(parts[:n], unit)[0] == size == added(parts[n:], unit)[0]
        for n in range(2, len(parts) - 1)
    )


def _nearest(parts: list[Amount], whole: Amount) -> list[Amount]:
    """The first of the parts, two and more, that come nearest to the whole: 退休 may stand beside."""
    unit, size = whole.figure.unit, whole.figure.amount
    ends = range(2, len(parts) + 1)
    return parts[: min(ends, key=lambda n: abs(added(parts[:n], unit)[0] - size), default=0)]
