"""正文里的得分算不拢: a rate of points, and what a sentence tells of the town's score, against the score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from site_builder.figure import percent_of, shown
from site_builder.finding import Finding, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.place import Place
from site_builder.report import Fact
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.scores_in_sentence import RULE
from site_builder.rules.year_words import YEAR
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage
from site_builder.told import is_told

# 分值35分，得31.6分，得分率90.29%
RATE = re.compile("得分率(?:为|达到?|是|[:：])?$")
FULL = re.compile("(?:分值|满分|权重|标准分|总分|应得分?|设定)(?:分值|共)?(?:为|是|共|计|[:：])*$")
OF_FULL = re.compile("(?:分值|满分|权重|标准分|指标|类)(?:为|是|共|计|[:：])*$")
# 总分100分，产出指标得分38分: of another whole
OF_A_CLASS = re.compile("指标|决策|过程|产出|效益|满意|管理|投入|方面|类")
GOT = re.compile("(?:得分?|评分|实得分?|评价得分|自评)(?:为|了|[:：])?$")
# 自评98.5分, of the town as a whole
TOTAL = re.compile(
    r"(?:^|[，,。；;：:“])(?:[^，,。；;：:]{0,24}?(?:年度|整体支出|镇|乡|街道|单位|部门|项目|经|本次|绩效))?"
    r"(?:自评(?:总|综合)?(?:得分|总分|评分|分数|结果)?|综合(?:得分|评分|评定)|"
    r"(?<=自评，本单位)得|(?<=自评，[我本全]镇)得|(?:评价|最终|总|(?<=整体支出绩效)|(?<=整体绩效))得分)"
    r"(?:为|得|是|共|计|达|[:：])*[ ]?$"
)
OTHERS = re.compile(
    "项目|上年|去年|上一年|满分|分值|权重|问卷|满意度|平均|预计|力争|标准|以上|复核|第三方|财政局|考核|20[0-9]{2}年(?!度)"
)
# 预算管理扣3.4分; of 共扣1.5分，其中… see complete_parts
TAKEN = re.compile("(?:扣减|扣除|扣|扣掉|失)(?:了|分)?(?:为)?$")
# 五项共扣5.1分, behind its items
SUM_TAKEN = re.compile(
    "[，,]?(?:以上|上述)?(?:(?:各|[两二三四五六七八九]|[0-9]+)项)?(?:指标)?(?:合计|总计|共计|累计|总共|一共|共)扣(?:分|减|除|掉)?(?:了|为)?"
)
# 失分共0.56分，一是…扣0.23分；二是…; 本次自评共扣1.95分
ALL_LOST = re.compile(
    "(?:总共|一共|共计?|合计|累计|总计)(?:被)?[扣失丢](?:分|除|掉|减|去)*(?:了|为)?$|[扣失丢]分(?:总计|总共|共计?|合计|累计|总数)(?:为|是|达)?$"
)
LOST = re.compile("(?:扣减|扣除|扣掉|扣|失|丢)(?:了|分|去|掉)*(?:为)?$")
# One search for each character that it begins with is quicker than one for all.
POINTS_LOST = [
    re.compile(f"{lost}(?:[分除掉减去了为]|总计|总共|共计?|合计|累计|总数)*[0-9]")
    for lost in "扣失丢"
]
# Of the town as a whole: no class, no project, no other year
OF_TOWN = re.compile(
    "(?:本次|此次|年度|整体支出|绩效|单位|经|综合|我[镇乡]|，)*(?:自评|评价|评定|评分)"
)
DEDUCTED = led_by("扣", "扣[一-鿿]{0,2}[0-9]")
ALL_TAKEN = re.compile("(?:共|共计|合计|总共|累计)扣|其中")
RULES = re.compile(
    "逾期|缺|一[天项次处个]|上年|去年|考核|问卷|每|扣完为止|不得分|如|未按|酌情|标准|超过"
)
# 决策18.5分、过程17分、产出31.6分、效益22.4分
CLASS = re.compile(
    "[、，,和及；;]?(?!比|较)(?:[一-鿿]{2,10}?)(?:指标|类指标|类|方面|部分)?(?:得分?|自评得分?)?(?:为)?$"
)
CLASSES = re.compile("得分(?:情况)?(?:分别)?(?:如下|为|是)[:：]?|其中[:：]?|[:：]|分别为")
POINTS = led_by("分", "分(?:(?<=[0-9]分)|(?<=[0-9] 分)|率[一-鿿]{0,2}[0-9])")
HUNDRED = Decimal(100)
NEAR = 5  # points that classes may be off and still be meant to make the score


def check(subject: Subject) -> Iterator[Outcome]:
    """Rates of scores; the town's score against what is told of it, what was taken, its classes."""
    compared = False
    score = _stated(subject)
    for passage in subject.told.holding(POINTS):
        of_project = "项目" in passage.section.rpartition(" · ")[2]
        if passage.address or of_project or not is_told(passage):
            continue
        told: list[Outcome] = []
        for segment in segments(passage, "分"):
            told += _of_segment(segment, score, subject.wording.text)
        if score is not None:
            told += _taken(subject, passage, score)
        for outcome in told:
            compared = True
            yield outcome
    for outcome in () if score is None else (*_all_taken(subject, score), *_lost(subject, score)):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("正文没有写得分", "no score is told"))


def _stated(subject: Subject) -> Fact | None:
    """The town's score where all that give it, tables and fields, give the same."""
    facts = subject.disclosure.report.facts_of("自评得分", "自评")
    return facts[0] if len({f.figure.amount for f in facts}) == 1 else None


def _of_segment(segment: Segment, score: Fact | None, text: str) -> Iterator[Outcome]:
    yield from _rates(segment)
    if score is not None:
        yield from _told(segment, score)
        yield from _classes(segment, score, text)


def _rates(segment: Segment) -> Iterator[Outcome]:
    """分值35分，得31.6分，得分率90.29%."""
    amounts = segment.amounts
    for one, two, rate in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if not RATE.search(rate.words) or not rate.exact or rate.figure.unit != "%":
            continue
        if FULL.search(one.words) and GOT.search(two.words):
            full, got = one, two
        elif GOT.search(one.words) and FULL.search(two.words):
            full, got = two, one
        else:
            continue
        of_class = "总分" in full.words and OF_A_CLASS.search(got.words)
        if of_class or full.figure.amount <= 0:
            continue
        right = percent_of(got.figure.amount, full.figure.amount)
        if abs(right - rate.figure.amount) < rate.figure.ulp():
            yield Outcome(RULE)
            continue
        formula = f"{got.said.text} ÷ {full.said.text}"
        shown_rate = f"{shown(right, max(2, rate.figure.decimals))}%"
        yield _found(segment, rate, ("得分率", rate.said.text, formula, shown_rate))


def _told(segment: Segment, score: Fact) -> Iterator[Outcome]:
    """自评98分, where the table totals 98.5."""
    passage, right = segment.passage, score.figure.amount
    before: Amount | None = None
    for amount in segment.amounts:
        start = amount.said.start
        full, before = before, amount
        if full is not None and full.figure.unit == "分" and OF_FULL.search(full.words):
            continue  # 投入指标分值20分，自评18分: of a class
        if (
            not amount.exact
            or amount.figure.unit != "分"
            or not TOTAL.search(passage.text, 0, start)
        ):
            continue
        if amount.said.linked or OTHERS.search(passage.text, *passage.clause(start)):
            continue  # what is linked is the figure of that cell
        years = YEAR.findall(passage.text, *passage.clause(start))
        if years and str(score.year) not in years:
            continue
        if amount.figure.amount == right:
            yield Outcome(RULE)
        else:
            words = "自评得分", amount.said.text, "报告的总得分", f"{right:f}分"
            yield _found(segment, amount, words, score.at)


def _taken(subject: Subject, passage: Passage, score: Fact) -> Iterator[Outcome]:
    """甲扣2.5分、乙扣2分、丙扣1.5分: together no more than what is short of full marks."""
    items = [
        (segment, amount)
        for segment in segments(passage, "扣")
        for amount in segment.amounts
        if amount.figure.unit == "分" and TAKEN.search(amount.words)
    ]
    amounts = [amount for _, amount in items]
    exact = all(amount.exact for amount in amounts)
    if len(items) < 2 or not exact or RULES.search(passage.text) or ALL_TAKEN.search(passage.text):
        return
    full = _full(subject)
    gap = full - score.figure.amount
    total = sum((a.figure.amount for a in amounts), Decimal(0))
    if gap < total <= gap * 2:
        printed = f"{full:f} − {score.figure.amount:f} = {gap:f}分"
        words = "扣分之和", printed, _sum(amounts), f"{total:f}分"
        yield _found(*items[0], words, score.at)
    else:
        yield Outcome(RULE)


def _all_taken(subject: Subject, score: Fact) -> Iterator[Outcome]:
    """Items of a section, each with what was taken, that make what is short of full marks; and their sum."""
    section, items = "", list[Amount]()
    for passage in subject.told.holding(DEDUCTED):
        if passage.section != section:
            section, items = passage.section, []
        for segment in segments(passage, "扣"):
            for amount in segment.amounts:
                if amount.figure.unit != "分" or not TAKEN.search(amount.words):
                    continue
                if not SUM_TAKEN.fullmatch(amount.words):
                    items.append(amount)
                    continue
                gap = _full(subject) - score.figure.amount
                if gap != sum(a.figure.amount for a in items):
                    continue  # of a class, or not all are told
                if amount.figure.amount == gap:
                    yield Outcome(RULE)
                elif len(items) > 1:
                    words = "各项共扣", amount.said.text, _sum(items), f"{gap:f}分"
                    yield _found(segment, amount, words, score.at)


def _lost(subject: Subject, score: Fact) -> Iterator[Outcome]:
    """All points lost, then each of them: these make what is short of full marks, and that does not."""
    gap = _full(subject) - score.figure.amount
    holding = (one for lost in POINTS_LOST for one in subject.told.holding(lost))
    lines = {one.at.line: one for one in holding if not one.address}
    told = [
        (segment, amount)
        for _, passage in sorted(lines.items())
        for segment in segments(passage)
        for amount in segment.amounts
        if amount.figure.unit == "分" and amount.exact
        if ALL_LOST.search(amount.words) or LOST.search(amount.words)
    ]
    for number, (segment, all_) in enumerate(told):
        if not ALL_LOST.search(all_.words):
            continue
        section = segment.passage.section
        rest = takewhile(lambda one: not ALL_LOST.search(one[1].words), told[number + 1 :])
        items = [amount for one, amount in rest if one.passage.section == section]
        if len(items) < 2:
            if items or OF_TOWN.match(all_.words) is None or OTHERS.search(section + segment.text):
                continue
            formula = f"{_full(subject):f}分 − {score.figure}"
        elif gap != sum(a.figure.amount for a in items):
            continue  # of a class, or not all are told
        else:
            formula = _sum(items)
        if all_.figure.amount == gap:
            yield Outcome(RULE)
        else:
            yield _found(segment, all_, ("共扣分", all_.said.text, formula, f"{gap:f}分"), score.at)


def _full(subject: Subject) -> Decimal:
    profile = subject.disclosure.profile
    return (profile.full_score if profile is not None else None) or HUNDRED


def _classes(segment: Segment, score: Fact, text: str) -> Iterator[Outcome]:
    """Three classes and more that nearly make the score, and do not; no other points beside them.

    A total told beside its classes is told-parts-differ's, listed-parts-differ's or told-balance's.
    """
    points = segment.amounts
    if (
        len(points) < 3
        or not all(a.exact and a.figure.unit == "分" for a in points)
        or not CLASSES.search(points[0].words)
    ):
        return
    if not all(CLASS.fullmatch(a.words) for a in points[1:]):
        return
    total, right = sum((a.figure.amount for a in points), Decimal(0)), score.figure.amount
    if total == right or re.search(rf"(?<![0-9.]){total.normalize():f}分", text):
        yield Outcome(RULE)  # of one project, whose score is told, too
    elif abs(total - right) <= NEAR and total != HUNDRED:
        words = "各类得分之和", f"{right:f}分", _sum(points), f"{total:f}分"
        yield _found(segment, points[0], words, score.at)


def _sum(amounts: Sequence[Amount]) -> str:
    return " + ".join(a.said.text for a in amounts)


def _found(
    segment: Segment, at: Amount, said: tuple[str, str, str, str], *others: Place
) -> Outcome:
    """`said` is the label, what is printed, the formula and what it makes."""
    label, printed, formula, right = said
    finding = Finding(
        RULE,
        segment.passage.place(at.said.start),
        {"label": label, "printed": printed, "formula": formula, "recomputed": right},
        others,
        sentence_address(at.said.text, label),
        printed,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
