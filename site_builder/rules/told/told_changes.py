"""正文里的增减算不出来: growth told in a sentence that the amounts beside it do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from site_builder.figure import Figure, Interval, percent_of
from site_builder.finding import Words
from site_builder.patterns import led_by
from site_builder.relations import quotient, verdict
from site_builder.rules import wrong_unit
from site_builder.rules.changes import ASIDE, DOWN, RULE, THAN, UP, judged, of_either, settled
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.two_years import of_both_years
from site_builder.segment import Amount, Segment, added, alike, segments
from site_builder.sentences import Passage

# 由A增加到B: what stands before the first and between the two.
FROM = re.compile(r"(?:由|从)[^，,。；;由从]{0,16}$")
TO = re.compile(
    rf"^(?:的|，)?(?:{UP}|{DOWN}|发展|调整|变|减|升)?(?:到|至|为|成)(?:20[0-9]{{2}}年的?)?[^，,0-9]{{0,8}}$"
)
# B，比上年增加D，增长C%; B，与2021年度预算相比，增加D，增长C%
BY = re.compile(
    r"^[）)]?[，,（(]?(?:(?:按?(?:同|可比)口径)?(?:较|比|同比|与)[^，,。；;0-9]{0,12}(?:20[0-9]{2}年?)?"
    r"[^，,。；;0-9]{0,8}(?:相比[，,])?|20[0-9]{2}年度?预算相比[，,])"
    rf"(?P<way>{UP}|{DOWN})(?:了)?$"
)
_CHANGED = rf"(?P<way>{UP}|{DOWN})(?:了|率|幅度|幅|比例)?(?:为|达到|达)?"
THEN = re.compile(
    rf"^[，,、和]?(?:(?:较|比)(?:上年|去年)度?)?(?:同比|共|净|亩均|亩产|单产|平均)?{_CHANGED}$"
)
# THEN, and right behind it the beginning of a figure; a quick no.
MAYBE = led_by(
    "".join({way[0] for way in f"{UP}|{DOWN}".split("|")} | set("增减升降展")),
    rf"{_CHANGED}\n?[-−0-9〇零一二三四五六七八九两十百千万亿]|[增减升降展][一-鿿]?[到至为][^，,。；;0-9]{{0,8}}[0-9]",
)

# 支出B。与2021年相比增加D，增长C%: the amount stands at the end of the sentence before, or a share of it.
NEXT = re.compile(
    rf"^(?:较|比|同比|与|和|同)[^，,。；;0-9]{{0,4}}(?:上年度?|去年|20[0-9]{{2}}年度?)(?:决算|预算)?数?(?:相比|比较|比)?[，,]?(?:收、支总计)?(?:各|均)?(?P<way>{UP}|{DOWN})(?:了)?$"
)
# 与上年决算A相比，增加D，增长C%: the amount before the change is last year's.
BASE = re.compile(
    r"(?:较|比|与|和|同)[^，,。；;0-9]{0,12}(?:上年|去年|20[0-9]{2}年|上一年|同期)[^，,。；;0-9]{0,12}$"
)
_IT = "总|本年|今年|全年|实际|支出|收入|金额|总额|费用|经费|开支|规模|同比|共|净|总体|略|有所"
ON_BASE = re.compile(rf"^(?:的)?(?:相比|比较|比)?[，,]?(?:{_IT})*(?:{UP}|{DOWN})(?:了)?$")
# B，占总支出的6.7%: what stands between an amount and its share
SHARE = re.compile("^[，,（(]占[^，,。；;0-9]*$")
# 新增D，总数由A增加到B
ADDED = re.compile(
    r"(?:(?P<up>新增|增加|净增|新建|引进|多收|增收|增长|上升|提高)|下降|少收|减少|净减|关停|压减|注销)(?:了)?[一-鿿]{0,12}$"
)
STRAIGHT = re.compile("^[，,](?:由|从)")
# 户数比上年增加12户，人口比上年的18640人增加48人: what has changed goes by its name
SUBJECT_THAN = re.compile(
    r"^[，,](?P<of>[一-鿿]{2,6})(?:较|比)(?:上年度?|去年|上一年度?)(?:末|底|年末|年底)?的?$"
)
LOOK_BACK = 8  # amounts before a change that it may be of
# 接待费10.24万元，人均100元，比上年的…; 入户4860户，新增320户，比上年…: of either
BESIDE = re.compile(
    "(?:[人户亩村次批场辆台件日月年]均|平均|每[一-鿿]{1,3})[^，,。；;0-9]{0,6}$|新[增建]$"
)
# 收入191347万元，较上年增长15.35%，增收25457万元: the share first, the amount behind it
AMOUNT_BEHIND = re.compile(
    rf"^[，,（(](?:同比|较上年|比上年|净)?(?P<way>{UP}|{DOWN})(?:了|额|金额|支出|收入)?(?:为|达)?$"
)
# 接待费980万元，减少30万元，下降2.97%: since when goes without saying
UNSAID = re.compile(rf"^[，,](?:同比|共|净)*(?P<way>{UP}|{DOWN})(?:了)?$")
QUICK = (*tuple("增降减升高扩涨跌滑缩落压调浮花展"), "支出", "多出")
ADJUSTED = re.compile("(?:调[增减]|核[增减]|追加)(?:了|率|幅度|幅|比例)?为?$")
MARKS = frozenset("，,、和")
# Names that hold 预算, and 完成 of what came in: no budget, and nothing done of one
NAMES = re.compile("(?:公共|公共财政|基金|经营|部门|单位)预算|预算[内外]|(?:累计|已|共|全年)?完成$")
# What stands before an amount that is itself a change; 净增12户, 新增12户 may have grown in their turn.
CHANGED = re.compile(
    rf"(?<![净新])(?!净)(?:{UP}|{DOWN}|节约|节省|超支|多支|少支)了?$|"
    "[低高少多]于[^，,。；;]{0,4}预算数?$|^[少多]$"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Every change told beside the two amounts that it is the change of."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for outcome in _across(passage) if "。" in passage.text else ():  # quick
            compared = True
            yield outcome
        if len(passage.figures) < 3:  # quick
            continue
        for segment in segments(passage, *QUICK):
            if len(segment.amounts) < 3:  # quick
                continue
            for outcome in (*of_segment(segment), *of_both_years(subject, segment)):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的增减", "no change to work out"))


def _across(passage: Passage) -> Iterator[Outcome]:
    """A change told in the sentence after its only amount in money."""
    if not any(f"。{word}" in passage.text for word in "与和较比同"):  # quick
        return
    before: Segment | None = None
    level: Segment | None = None
    for segment in segments(passage):
        head, level, before = level, before, segment
        if level is None or passage.text[level.end : segment.start] != "。":
            continue
        money = [a for a in level.amounts if a.figure.kind == "money"]
        if head is not None and level.text.startswith("其中"):
            money = [a for a in head.amounts if a.figure.kind == "money"]
        # A year (与2021年相比) is no amount.
        told = segment.amounts
        if not money or len(told) < 2 or len({a.figure.amount for a in money}) > 1:
            continue
        gap, three = told[0], told[1]
        words = passage.text[segment.start : gap.said.start]
        way, then = NEXT.match(words), THEN.match(three.words)
        if way is None or then is None or not money[0].exact:
            continue
        if gap.exact and three.exact:
            yield from _by(segment, money[0], gap, three, way["way"])


def of_segment(segment: Segment) -> Iterator[Outcome]:
    """Every change of a stretch."""
    amounts = segment.amounts
    for number, (one, two, three) in enumerate(
        zip(amounts, amounts[1:], amounts[2:], strict=False)
    ):
        by = BY.match(two.words.lstrip())
        if not (two.exact and three.exact):
            continue
        if named := SUBJECT_THAN.match(two.words):
            yield from _of_subject(segment, named["of"], number, two, three)
            continue
        since = by or THAN.match(two.words)
        if since and (CHANGED.search(one.words) or not alike(one.figure, two.figure)):
            # 决算33.13万元，完成全年预算49.8万元的66.5%，比上年减少2.5万元，下降7%
            # 接待费7.65万元，接待90批次765人次，比上年的9.20万元下降16.85%
            # 公用预算75.8万元，占基本支出的6.7%，同比增加2.2万元，增长2.99%
            near = (one, *amounts)[number] if SHARE.match(one.words) else one
            if not alike(near.figure, two.figure) or CHANGED.search(near.words):
                near = _level_before(amounts[:number], two) or one
            one = near  # noqa: PLW2901
        if not one.exact:
            continue
        if by is not None:
            yield from _share_first(segment, amounts[: number + 1], two, three, by["way"])
        if "人均" in two.words and "人均" not in one.words:
            continue  # 公用经费312.6万元，比上年人均3.58万元减少0.14万元
        if TO.match(three.words) and FROM.search(two.words):
            yield from _told_before(segment, one, two, three)
        way = THEN.match(three.words)
        if way is None:
            continue
        if ADJUSTED.search(two.words) and not ADJUSTED.search(three.words):
            continue  # 85000万元，调减16000万元，下降9.7%: against the budget, and against last year
        if BASE.search(one.words) and ON_BASE.match(two.words):
            if not _is_from(amounts[:number], one, three):
                yield from _on_base(segment, one, two, three)
            continue
        if FROM.search(one.words) and TO.match(two.words):
            yield judged(segment, three, two.figure, one.figure, way["way"], (one, two))
        elif by is not None or _goes_unsaid(one, two):
            by = by or UNSAID.match(two.words)
            assert by is not None  # one of them matched
            if _together(segment, one) is None:  # else of the last or of all
                nows = _nows(segment, one, two)
                yield from of_either([[*_by(segment, now, two, three, by["way"])] for now in nows])
        elif THAN.match(two.words) and three.words[0] not in MARKS:
            judge = partial(judged, segment, three, past=two.figure, way=way["way"])
            outcomes = [
                [judge(now=now.figure, beside=(two, now))] for now in _nows(segment, one, two)
            ]
            if whole := _together(segment, one):
                outcomes.append([judge(now=whole.figure, beside=(two, two))])
                if _gap(one, two) <= _gap(whole, two):
                    outcomes.insert(0, outcomes.pop())
            yield from of_either(outcomes)


def _level_before(before: tuple[Amount, ...], like: Amount) -> Amount | None:
    """The nearest amount that a change may be of; where all are budgets or goals, the first."""
    levels = [a for a in reversed(before) if _level(a, like)]
    return next((a for a in (*levels, *before) if _stands(a, like)), None)


def _goes_unsaid(now: Amount, gap: Amount) -> bool:
    """A，减少B，下降C%: A itself, and no budget or change of it?"""
    return UNSAID.match(gap.words) is not None and _level(now, gap)


def _share_first(
    segment: Segment, told: tuple[Amount, ...], share: Amount, gap: Amount, up: str
) -> Iterator[Outcome]:
    """B，比上年增长C%，增收D; B，完成预算的E%，同比增长C%，增收D."""
    way = AMOUNT_BEHIND.match(gap.words)
    if way is None or (up in UP.split("|")) != (way["way"] in UP.split("|")):
        return
    # 预算962万元，较上年预算增长14.5%，增支119万元: a budget against a budget
    may_be = _stands if "预算" in share.words else _level
    levels = [a for a in told if may_be(a, gap)]
    for last in levels[-1:]:
        nows = _nows(segment, last, gap)
        yield from of_either([[*_by(segment, now, gap, share, up)] for now in nows])


def _nows(segment: Segment, one: Amount, two: Amount) -> list[Amount]:
    """What a change may be of: any amount before (11起，破案9起，比上年的14起…), the likeliest last."""
    likely = _likely(segment, one, two)
    before = [a for a in segment.amounts if a.said.end <= one.said.start and _level(a, one)]
    # 10.24万元，人均100元，比上年的11.60万元…: the likeliest is told in the same unit
    either = sorted((*before[-LOOK_BACK:], *likely), key=lambda a: a.figure.unit == two.figure.unit)
    return either if likely else []


def _together(segment: Segment, last: Amount) -> Amount | None:
    """行政39人、事业54人，比上年末的95人…: all that is listed up to `last`, as one; None where it stands alone."""
    listed = [last]
    for amount in reversed(segment.amounts[: segment.amounts.index(last)]):
        if not listed[0].words.startswith("、") or amount.figure.unit != last.figure.unit:
            break
        listed.insert(0, amount)
    if len(listed) == 1 or "其中" in listed[0].words:  # the whole of parts is told before them
        return None
    if not all(amount.exact and _level(amount, last) for amount in listed):
        return None
    total, _ = added(listed, last.figure.unit)
    text = " + ".join(amount.said.text for amount in listed)
    return last._replace(figure=Figure(total, last.figure.unit, text))


def _gap(now: Amount, past: Amount) -> Decimal:
    return abs(now.figure.amount - added((past,), now.figure.unit)[0])


def _of_subject(
    segment: Segment, of: str, number: int, two: Amount, three: Amount
) -> Iterator[Outcome]:
    """…人口5338户18592人，户数比上年增加12户，人口比上年的18640人减少48人: the only amount of that name."""
    passage, way = segment.passage, THEN.match(three.words)
    levels = [
        a
        for a in segment.amounts[: number + 1]
        if _level(a, two) and of in passage.text[passage.opening(a.said.start) : a.said.start]
    ]
    if way is None or len(levels) != 1 or not levels[0].exact:
        return
    if not BESIDE.search(levels[0].words):
        yield judged(segment, three, levels[0].figure, two.figure, way["way"], (two, levels[0]))


def _likely(segment: Segment, one: Amount, two: Amount) -> list[Amount]:
    """What a change is told behind; in brackets of parts, the whole before them.

    Of several in brackets without a whole, none.
    """
    text, start = segment.passage.text, segment.start
    opened = text.rfind("（", start, one.said.start)
    if text.find("）", opened, two.said.start) <= one.said.start:
        return [one]
    heads = [a for a in segment.amounts if a.said.end <= opened and alike(a.figure, one.figure)]
    between = [a for a in segment.amounts if opened < a.said.start < one.said.start]
    return heads[-1:] if heads or between else [one]


def _told_before(segment: Segment, gap: Amount, past: Amount, now: Amount) -> Iterator[Outcome]:
    """新增6家，总数由41家增加到46家: the change first, then what it was and is."""
    way = ADDED.search(gap.words)
    if way is None:
        return
    if gap.figure.unit == "%":
        # 增长5.2%，由4620万元增加到4860万元: of what has just been named
        if STRAIGHT.match(past.words):
            up = "增" if way["up"] else "降"
            yield judged(segment, gap, now.figure, past.figure, up, (past, now))
        return
    if not (alike(gap.figure, now.figure) and alike(past.figure, now.figure)):
        return
    less, more = (past, now) if way["up"] else (now, past)
    unit = gap.figure.unit
    (most, upper), (least, lower) = added((more,), unit), added((less,), unit)
    if abs(most - least - gap.figure.amount) * 2 > gap.figure.amount:
        return  # of something else
    formula = f"{more.said.text} − {less.said.text}"
    yield settled(segment, gap, most - least, upper - lower, formula, (less, more))


def _on_base(segment: Segment, past: Amount, gap: Amount, three: Amount) -> Iterator[Outcome]:
    """与上年的A相比增加D，增长C%: what it was is A."""
    if three.figure.unit != "%" or past.figure.amount <= 0:
        return
    factor = gap.figure.factor_to(past.figure.unit)
    if factor is None:
        return
    amount = percent_of(gap.figure.amount * factor, past.figure.amount)
    span = gap.figure.interval().times(factor).over(past.figure.interval()).times(Decimal(100))
    formula = f"{gap.said.text} ÷ {past.said.text}"
    yield settled(segment, three, amount, span, formula, (gap, past))


def _is_from(before: tuple[Amount, ...], past: Amount, share: Amount) -> bool:
    """B，较上年的A增加D，增长C%: C is right by B and A, whatever D says."""
    if not before:
        return False
    made = quotient(before[-1].figure, past.figure, minus=True)
    return made is not None and any(
        verdict(share.figure, amount, span) != "differs"
        for amount, span in (made, (-made[0], Interval(-made[1].high, -made[1].low)))
    )


def _level(amount: Amount, like: Amount) -> bool:
    """Is it the amount itself, of the kind of `like`: no budget that it is held against, no change?"""
    words = NAMES.sub("", amount.words)
    return _stands(amount, like) and ASIDE.search(words) is None


def _stands(amount: Amount, like: Amount) -> bool:
    """Is it of the kind of `like`, and neither a change nor last year's?"""
    aside = CHANGED.search(amount.words) or THAN.match(amount.words)
    return alike(amount.figure, like.figure) and aside is None


def _slipped(
    segment: Segment, now: Amount, gap: Amount, three: Amount, sign: int
) -> Outcome | None:
    """支出3.3万元，减少2.7元，下降45%: is the share right where both amounts are in one unit?"""
    ways = ((gap, now), (now, gap))
    for odd, like in ways if gap.figure.unit == "元" else ways[::-1]:
        other = wrong_unit.in_other(odd.figure)
        if other is None or other.unit != like.figure.unit:
            continue
        by, level = (other, like.figure) if odd is gap else (like.figure, other)
        past = level.amount - sign * by.amount
        if (
            past > 0
            and abs(percent_of(by.amount, past) - three.figure.amount) <= three.figure.ulp()
        ):
            words = Words(
                f"按{like.said.text}和{three.said.text}，应",
                f"by {like.said.text} and {three.said.text}, it",
            )
            place = segment.passage.place(like.said.start)
            return wrong_unit.slipped(segment.passage, odd, words, (place,))
    return None


def _by(segment: Segment, now: Amount, gap: Amount, three: Amount, way: str) -> Iterator[Outcome]:
    """B，比上年增加D，增长C%: what it was is B − D, or B + D."""
    if three.figure.unit != "%" or gap.figure.unit == "%":
        return
    factor = gap.figure.factor_to(now.figure.unit)
    if factor is None:
        return
    sign = -1 if re.fullmatch(DOWN, way) else 1
    change = gap.figure.amount * factor
    span = gap.figure.interval().times(factor)
    then = now.figure.interval() - span if sign > 0 else now.figure.interval() + span
    if then.low <= 0:
        return
    amount = percent_of(change, now.figure.amount - sign * change)
    interval = span.over(then).times(Decimal(100))
    if gap.figure.unit != now.figure.unit:  # quick
        slip = _slipped(segment, now, gap, three, sign)
        if slip is not None:
            yield slip
            return
    formula = f"{gap.said.text} ÷ （{now.said.text} {'−' if sign > 0 else '+'} {gap.said.text}）"
    yield settled(segment, three, amount, interval, formula, (now, gap))
