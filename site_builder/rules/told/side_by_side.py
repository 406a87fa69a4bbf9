"""各项挨着总数写、加不拢: parts side by side behind their whole, of which no 其中 says that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from site_builder.figure import MONEY
from site_builder.figures_in_text import Said
from site_builder.finding import Words
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.taken_apart import MORE, NO_PART, RULE, differing, overlaps
from site_builder.segment import (
    NOT_SUMMED,
    PERSONS,
    Amount,
    Segment,
    added,
    agree_rounded,
    alike,
    segments,
)
from site_builder.sentences import Passage

# 林地6.2万亩，公益林占4.1万亩; 务工432人；经商96人; 按来源分：中央资金260万元
HEAD = re.compile(
    "[，,：:（( ]{0,2}(?P<some>其中|(?:主要)?(?:用于|投向)|主要(?:有|包括|为|是)?|包[括含]|含)?"
    "(?P<all>(?:按[^，,。：:0-9]{1,8}?(?:分布|分类|划分|分|看)|其?构成|由|(?:具体|分别|依次|各类|各项)(?:情况)?)?"
    "(?:为|是|如下|包括)?)[：:，,（( ]?"
)
NAME = "(?:[（(]?[0-9]{1,2}[）)]|[0-9]{1,2}[.、．]|[①-⑳])?(?P<name>[一-鿿“”]{1,14})"
FIRST = re.compile(NAME)
NEXT = re.compile(f"[、，,；;和及与 ]{{0,2}}{NAME}")
ASIDE = re.compile("[（(][^（）()]*[）)]")
TAIL = re.compile("(?:的|共|达|得分?|占|有|为|是|共计|合计)+$")
# What says of a whole that it is one.
WHOLE = re.compile(
    "共|总|合计|累计|资产|负债|净值|原值|全[镇乡年县]|年度|[本当]年|现有|实有|核定|编制|自评|三公|收入|支出|[中里]$|下属|在册|登记|截至|年末|我[镇乡]|离退休|投资"
)
# What was done: with these before it an amount may stand for itself.
DOING = re.compile(
    "完成|实施|开展|新建|改造|维修|清理|整治|发放|慰问|走访|培训|组织|举办|检查|整改|化解|拆除|争取|投入|落实|聘|招|调[出入]|"
    "办理|办结|受理|处理|处置|排查|组建|放映|创建|硬化|种植|培育|配备|设[立置]|改建|扩建|建成|开发|安置|解决|搜集|收集|开[展设]|"
    "转移|采购|购置|安装|印发|悬挂|张贴|制作|召开|支付|拨付|使用|清运|流转|抽检|接待|回访|调处|征收|补贴|奖补"
)
CLASSES = (
    ("行政", "事业"),
    ("公务员", "事业"),
    ("离休", "退休"),
    ("男", "女"),
    ("农村", "城镇"),
    ("城市", "农村"),
    ("上半年", "下半年"),
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("财政拨款", "其他收入"),
    ("公务接待", "车"),
    ("自用", "出租"),
    ("在用", "闲置"),
)
NOT = re.compile("^(?:非|不|未)(?P<what>.+)$")
LAST = re.compile("[及和]其[他它]|^(?:其[他它余]|剩余|余下|工勤|另外|机动)|自筹|配套")
CLAUSE = re.compile("[，,：:（(]")
RISEN = re.compile("较|比|增|减|降|其中|均|节约|占|超|惠及|累计|上年|去年")
UNITS = {**dict.fromkeys(PERSONS, "人"), **dict.fromkeys(MONEY, "元")}
NO_SUM = frozenset((*NOT_SUMMED, ""))
# What came in is no whole of what was spent.
INCOME = re.compile("收入|拨款|到位|下达|预算|安排")
FULL = re.compile("(?:总分|自评|得分|评分)[^，,。；;]{0,6}$")
# What is counted again, by another list, or in another unit.
NO_NAME = re.compile(
    "^(?:包[括含]|含|其中|共|合计|总计|折合|合(?!格|作|并)|相当)|季度|技改|[年期]末|年底", re.M
)
# Two crops a year grow on one field.
CROPS = re.compile("稻|麦|油菜|玉米|薯|豆|蔬菜|瓜|粮食|绿肥|烟叶|花生|播种|复种")
KIND_OF_MONEY = re.compile("(?:公共|基金|资本经营)预算|应[付缴收]|[偿归返]还")
# The names of all parts, one a line.
ASIDE_OF_PARTS = re.compile(NO_PART.pattern, re.M)
DONE = re.compile(f"^(?:{DOING.pattern})", re.M)
OF_PEOPLE = frozenset((*PERSONS, "户", "人次", "户次"))
HONOURED = re.compile("优秀|先进|市级|省级|国家级|示范|重点|获")
GOES_ON = re.compile("[；;]|。(?:其中)")
APART = re.compile("。(?:具体|分别|其中|按|一是|主要|从)")
TOTAL = re.compile("(?:总额|总计|合计|共计|总数|总量)(?:为|是|达)?$")
# 结转下年的资金89.5万元，涉及项目4个：…: how many are listed
SO_MANY = re.compile(
    "[，,](?:涉及|共涉及|共|分|用于)[^，,。；;：:0-9]{0,6}[0-9]+[个项笔类处件](?=[：:])"
)
LEFT_OVER = re.compile(
    "累计|新增|新购|购置|结转(?:下年)?使用的?|(?:年末|财政拨款)*(?:结转)?(?:和)?结余(?:资金)?$"
)
STAFF = re.compile("(?:人员|干部|职工|教师|队员|员)(?:有|共|为)?$")
LEAST = 3
OPENED, CLOSE, CLOSER = 8, 10, 20  # parts of the whole that it may be off


class _Run(NamedTuple):
    """A whole and the amounts of its kind behind it, each with its name."""

    whole: Amount
    parts: tuple[Amount, ...]
    names: tuple[str, ...]
    named: str  # the words of the whole
    opened: bool  # said to be what the whole is made of
    some: bool  # of which others may be untold
    of_which: bool
    joined: bool  # by 、

    @property
    def shared(self) -> bool:
        """公益林占4.1万亩，商品林占2.6万亩: are all said to be shares?"""
        return all(part.words.endswith("占") for part in self.parts)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every amount of a sentence with like amounts right behind it."""
    compared = False
    for passage in subject.told.passages:
        figures = passage.figures
        if not _may_list(figures):  # quick
            continue
        for sentence in _sentences(passage):
            for outcome in _of_sentence(sentence):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有挨着总数写的各项", "no parts beside a whole"))


def _may_list(figures: tuple[Said, ...]) -> bool:
    """Do two neighbours go by one unit? A quick no."""
    return any(one.unit[:1] == other.unit[:1] for one, other in pairwise(figures))


def _sentences(passage: Passage) -> Iterator[Segment]:
    """The stretches with three amounts and more; what ； divides is one where a list needs it."""
    run: list[Segment] = []
    for segment in segments(passage):
        if "：" in segment.text or ":" in segment.text:  # quick
            segment = _but_count(segment)  # noqa: PLW2901
        run.append(segment)
        total = len(segment.amounts) == 1 and TOTAL.search(segment.amounts[0].words)
        listed = total and not APART.match(passage.text, segment.end)
        if not (GOES_ON.match(passage.text, segment.end) or listed):
            yield from _joined(run)
            run = []
    yield from _joined(run)


def _but_count(segment: Segment) -> Segment:
    """Without the number of what is listed behind it."""
    counts = {m.end() for m in SO_MANY.finditer(segment.passage.text, segment.start, segment.end)}
    return segment._replace(amounts=tuple(a for a in segment.amounts if a.said.end not in counts))


def _joined(run: list[Segment]) -> Iterator[Segment]:
    if len(run) < 2:
        yield from run
        return
    amounts = tuple(a for one in run for a in one.amounts)
    yield Segment(run[0].passage, run[0].start, run[-1].end, amounts)


def _of_sentence(sentence: Segment) -> Iterator[Outcome]:
    units = [_unit(a) for a in sentence.amounts]
    number, listed_to = 0, -1
    while number < len(units) - 2:
        like = units[number] == units[number + 1] == units[number + 2]
        listed = _listed(sentence, number) if like and units[number] not in NO_SUM else None
        if listed is None:
            number += 1
            continue
        whole, parts = sentence.amounts[number], listed[1]
        gap = _sum(parts, whole.figure.unit) - whole.figure.amount
        if not gap or agree_rounded(whole.figure, parts):
            yield Outcome(RULE)
            number += len(parts) + 1
            continue
        run = _run(sentence, number, *listed) if _may_make(gap, whole) else None
        # Among what is listed itself only what says so is a whole.
        if run is None or (number <= listed_to and not (run.opened or WHOLE.search(run.named))):
            listed_to = max(listed_to, number + len(parts))
            number += 1
            continue
        yield _judged(sentence, run, gap)
        number += len(parts) + 1


def _sum(parts: Sequence[Amount], unit: str) -> Decimal:
    if all(part.figure.unit == unit for part in parts):  # quick
        return sum((part.figure.amount for part in parts), Decimal(0))
    return added(parts, unit)[0]


def _may_make(gap: Decimal, whole: Amount) -> bool:
    """Are they twice the whole at most, and hardly less than it?"""
    size = whole.figure.amount
    return gap <= size if gap > 0 else -gap * OPENED <= size


def _listed(sentence: Segment, number: int) -> tuple[re.Match[str], list[Amount]] | None:
    """How the amounts of its kind behind the whole of this number are opened, and these, two or more."""
    amounts = sentence.amounts
    whole, first = amounts[number : number + 2]
    if not whole.exact:
        return None
    if whole.figure.unit == "分" and FULL.search(whole.words) is None:
        return None
    head = HEAD.match(_behind(_plain(first.words)))
    assert head is not None
    name = FIRST.fullmatch(head.string, head.end())
    if name is None:
        return None
    parts = [first._replace(words=name["name"])]
    for amount in amounts[number + 2 :]:
        name = NEXT.fullmatch(_plain(amount.words))
        if name is None or _unit(amount) != _unit(whole) or "其中" in name["name"]:
            break
        parts.append(amount._replace(words=name["name"]))
    return head, parts


def _run(sentence: Segment, number: int, head: re.Match[str], parts: list[Amount]) -> _Run | None:
    """The whole of this number with its parts; None where they are not surely such."""
    amounts, text = sentence.amounts, sentence.passage.text
    whole, first = amounts[number : number + 2]
    named = whole.words or "".join(a.words for a in amounts[number - 1 : number])
    named = _plain(named) + CLAUSE.split(text[whole.said.end : first.said.start])[0]
    opens = head.string[:1]
    closes = text[parts[-1].said.end : parts[-1].said.end + 1] in ("）", ")")
    if opens in ("（", "(") and not closes:
        return None
    opened = bool(head["all"]) or opens in ("：", ":", "（", "(")
    names = tuple([TAIL.sub("", part.words) for part in parts])
    of_which = head["some"] == "其中"
    joined = all(a.words[:1] == "、" for a in amounts[number + 2 :][: len(parts) - 1])
    run = _Run(whole, tuple(parts), names, named, opened, bool(head["some"]), of_which, joined)
    if not _is_whole(run) or not _is_one_list(sentence, run):
        return None
    return run if closes or _ends(sentence, run) else None


def _plain(words: str) -> str:
    """Without what stands in brackets: 因公出国（境）费."""
    return ASIDE.sub("", words) if "）" in words or ")" in words else words  # quick


def _behind(words: str) -> str:
    """What stands behind a whole from the first mark on: 45户监测户中，脱贫不稳定户."""
    mark = CLAUSE.search(words, 1, 10)
    if mark is None or words[0] in "其的按具分，,：:（( ":
        return words
    return words[mark.start() :]


def _unit(amount: Amount) -> str:
    """One unit for all sums of money, and for persons; 万亩 are no 平方公里."""
    return UNITS.get(amount.figure.unit, amount.figure.unit)


def _is_one_list(sentence: Segment, run: _Run) -> bool:
    """Are all parts divided by ；, or none; and do the tables not hold them all?"""
    text, unit = sentence.passage.text, run.whole.figure.unit
    apart = {
        text[one.said.end : two.said.start].startswith(("；", ";"))
        for one, two in pairwise(run.parts)
    }
    if run.of_which and (apart != {True} or _sum(run.parts[:1], unit) == run.whole.figure.amount):
        return False  # of 其中 in one stretch see told_parts; one that is all of it was of the whole alone
    return len(apart) == 1 and not all(part.said.linked for part in run.parts)


def _ends(sentence: Segment, run: _Run) -> bool:
    """Do the parts go to the end of the sentence, but for changes and averages?"""
    text, last = sentence.passage.text, run.parts[-1]
    behind = [a for a in sentence.amounts if a.said.start > last.said.start]
    if MORE.match(text, last.said.end):
        return False
    return not any(alike(a.figure, last.figure) and not RISEN.search(a.words) for a in behind)


def _is_whole(run: _Run) -> bool:
    """Is it said to be a whole, or do the parts name classes of what it names?"""
    if NO_PART.search(LEFT_OVER.sub("", run.named)[-8:]):
        return False
    names = run.names
    all_ = "\n".join(names)
    if NO_NAME.search(all_) or ASIDE_OF_PARTS.search(KIND_OF_MONEY.sub("", all_)):
        return False
    if _may_overlap(all_, run):
        return False
    if "支出" in all_ and INCOME.search(run.named):
        return False  # 拨款收入1809万元，基本支出908万元，项目支出921万元
    if run.opened or run.some or run.shared:
        return True
    own = CLAUSE.split(run.named)[-1]
    last = own[-1:]
    if own[-2:] == names[0][-2:]:
        own = own[:-2]  # 城乡社区支出2705万元，卫生健康支出318万元: one of a row
    done, whole = DONE.search(all_) is not None, WHOLE.search(own) is not None
    if _paired(names):
        return whole or not done
    if len(names) < LEAST:
        return (whole and LAST.search(names[-1]) is not None) or (
            run.whole.figure.unit in PERSONS and run.joined and STAFF.search(own) is not None
        )
    if last == names[0][-1:] and not whole:
        return False  # 新建公厕12座，改造公厕8座: one of a row
    if LAST.search(names[-1]) and not done:
        return True
    if done and run.whole.figure.unit != "分":
        return whole and len({name[-2:] for name in names}) == 1
    return whole or (run.whole.figure.kind != "money" and DOING.search(own) is not None)


def _may_overlap(names: str, run: _Run) -> bool:
    """May some of these be of another part, too, as people may, what was honoured, and crops of a year?"""
    figure = run.whole.figure
    if figure.unit in OF_PEOPLE:
        return overlaps(names, run.named)
    if figure.kind == "area" and CROPS.search(names):
        return True
    return figure.kind != "money" and HONOURED.search(names) is not None


def _paired(names: Sequence[str]) -> bool:
    """Are two of them classes that together are all there is: 离休 and 退休, 合格 and 不合格?"""
    if any(_apart(names, one, other) for one, other in CLASSES):
        return True
    return any(m["what"] in names for name in names if (m := NOT.match(name)) is not None)


def _apart(names: Sequence[str], one: str, other: str) -> bool:
    return any(one in x and other in y for x in names for y in names if x != y)


def _judged(sentence: Segment, run: _Run, gap: Decimal) -> Outcome:
    whole, unit = run.whole, run.whole.figure.unit
    size = whole.figure.amount
    if not _is_near(run, gap, size):
        return Outcome(RULE)
    total, span = added(run.parts, unit)
    limits = added([whole], unit)[1]
    for count in range(2, len(run.parts) + 1):
        made, some = added(run.parts[:count], unit)
        # Points are counted.
        if made == size or (unit != "分" and some.meets(limits)):
            return Outcome(RULE)
    others = [a for a in sentence.amounts if a.said.start < whole.said.start]
    if any(alike(a.figure, whole.figure) and span.meets(added([a], unit)[1]) for a in others):
        return Outcome(RULE)
    return differing(sentence.passage, whole, run.parts, total)


def _is_near(run: _Run, gap: Decimal, size: Decimal) -> bool:
    """Are the parts so near the whole that they are meant to make it?"""
    names = run.names
    paired = _paired(names)
    if gap > 0:
        if run.some or run.shared:
            return gap <= size
        least = 2 if run.opened else OPENED if paired else CLOSE
        return gap * least <= size or (gap == 1 and WHOLE.search(run.named) is not None)
    if run.some or run.shared:
        return False
    if run.opened or LAST.search(names[-1]) or (paired and len(names) == 2):
        return -gap * OPENED <= size
    if run.whole.figure.kind == "money":
        return False  # the larger sums alone are told
    alike_ = len(names) > LEAST or len({name[-1:] for name in names}) == 1
    return alike_ and -gap * CLOSER <= size
