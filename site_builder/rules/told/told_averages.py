"""正文里的人均、户均算不出来: an average in a sentence that amount and number do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from itertools import takewhile

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Rule, Words
from site_builder.relations import verdict
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.rules.prices import PRICE, has_bought, is_price, is_priced
from site_builder.segment import Amount, Segment, added, segments

RULE = Rule(
    "told-average",
    "warning",
    Words("正文里的平均数或总数算不出来", "An average in a sentence that does not follow"),
    Words(
        "“{label}”写的是{printed}，按{formula}应为{recomputed}",
        "“{label}” is said to be {printed}; {formula} makes {recomputed}",
    ),
    Words(
        "请重新计算，或核对这句话里的人数和金额；原件如此的，保留原文并在“认可”中说明",
        "work it out anew, or check number and amount; if they are printed so, explain it",
    ),
    Words(
        "写了人数、金额又写人均，读者一算就知道对不对。",
        "Where a sentence gives number, amount and average, readers can check it.",
    ),
)
AVERAGE = re.compile(
    r"(?P<of>人|户|亩|村|场|次|辆|处|个|盏|台|座|栋|套|平均每(?:[人名位户亩村场次辆处个盏台座栋所条件间口套头株幢]|公里|千米|批次|平方米))均?(?:可?获得?|耕地(?:面积)?|占有耕地|消费|投资|投入|造价|贷款|分红|收益|产值|补助|补贴|奖补|发放|救助|费用|标准|补偿)?(?:约?为|达|约)?$"
)
EACH = re.compile(
    r"每(?P<of>[人户名亩村个])(?:每次|每年|一年|标准)?(?:发放|补助|补贴|奖励|慰问金|救助)?(?:为|补|发)?$"
)
PAID = re.compile(
    "(?:发放|补偿|兑付|兑现|拨付|补助|支付)[^，,。；;0-9]{0,10}(?:金|资金|补贴|补助|补偿款|元)?$"
)
TOTAL = re.compile(r"(?:共|共计|合计|总计|累计)[^，,。；;0-9]{0,12}$")
SUM = re.compile("(?:补贴|补助|奖补|奖励|补偿|发放)(?:资金|金额|款|总额)(?:为|共|计|达)*$")
# What one has or gets is no sum: 每人500元，另送物资人均20元
OF_ONE = re.compile("[均每][^，,。；;0-9]{0,6}$")
MEAN = re.compile("(?P<of>[人户亩村场辆处台座])均(?!月|日|年)[一-鿿]{0,4}$")
ALL_OF = re.compile(
    "^[，,、]?(?:实现|年|可实现|综合)?总(?:产值|收入|收益|投资|投入|成本|造价|额|计)(?:约?为|达到?|共)?$"
)
# 办了5期，比计划少1期: how far from it, no count of them
FROM_IT = re.compile("[比较][^，,。；;0-9]{1,8}[少多增减][^，,。；;0-9]{0,3}$")
BESIDES = re.compile("(?:另|还|外)(?:外)?(?:有|配|聘|设)?[^，,。；;0-9]{0,6}$")
YEARS = re.compile("(?<!第)[二两三四五六七八]年(?!级)")  # 每村每年5万元，12个村三年共180万元
OF_OTHERS = re.compile("(?:社区|居委|单位|部门|企业|学校|乡镇|组)")
EACH_OF = re.compile("的[0-9]")
LOOK_BACK = 12  # amounts before an average that it may be of
HAN_PAIR = re.compile("[一-鿿]{2}")
PAID_IN_YEAR = re.compile(
    "全年[^，,。；;0-9]{0,3}(?:发放|支出|支付|补助|兑现|拨付)[^，,。；;0-9]{0,8}$"
)
PERIOD = re.compile("月|季度|学期|年均|日|天|纯收入|可支配|收入|增收|年收")
COUNTED = {
    "人": frozenset(("人", "名", "位", "人次")),
    "名": frozenset(("人", "名", "位")),
    "位": frozenset(("人", "名", "位")),
    "户": frozenset(("户", "户次")),
    "亩": frozenset(("亩",)),
    "村": frozenset(("个", "村")),
    "场": frozenset(("场", "场次")),
    "次": frozenset(("次", "批次", "人次", "场次")),
    "辆": frozenset(("辆", "台")),
    "处": frozenset(("处",)),
    "个": frozenset(("个",)),
    "里": frozenset(("公里", "千米")),
    "米": frozenset(("平方米", "㎡", "千米", "公里")),
    "台": frozenset(("台", "辆")),
    **{unit: frozenset((unit,)) for unit in "盏座栋所条件间口套头株幢"},
}
# 8600亩，亩产3.2吨，总产量2.752万吨
YIELD = re.compile("(?:亩均?产量?|单产|每亩产量)(?:为|达到?)?$")
# 高原夏菜2800亩，马铃薯6500亩，总产量…: of the last; of 小麦、玉米 both
OF_A_CROP = re.compile("^[，,；;][^，,、和及与；;其0-9]{2,8}$")
OUTPUT = re.compile("(?:总产量?|产量)(?:为|达到?|约)?$")
# 12期，780人次，平均每期65人次
OF_EACH = re.compile(
    "(?:(?:平?均每?(?P<of>[期场次批个所村组班户处站支])|(?P<of2>[期场次批村班])均|每(?P<of3>[期场次批村组班户处站支])平均)(?:培训|接待|参加|参训|服务|辅导|覆盖|惠及|配备|有)?|(?:[，,]户均(?:人口)?))(?:约?为|达)?$"
)
TIMES = {
    "期": ("期",),
    "场": ("场", "场次"),
    "次": ("次", "场次"),
    "批": ("批", "批次"),
    "个": ("个",),
    "村": ("个", "村"),
    "班": ("班", "班次", "个"),
    **{unit: (unit,) for unit in "户所处支"},
    "组": ("组", "个"),
    "站": ("站", "个"),
}
HEADS = frozenset(("人次", "人", "名"))
PEOPLE_RECEIVED = re.compile("人均(?:接待|消费|费用|标准|接待费)*(?:为|约)?$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every average, and every total of so much each, with the number it is of."""
    compared = False
    for passage in subject.told.passages:
        text = passage.text
        if not ("均" in text or "每" in text or "亩产" in text or "单产" in text):  # quick
            continue
        for segment in segments(passage, "均", "每"):
            for outcome in _received(subject, segment):
                compared = True
                yield outcome
            if len(segment.amounts) > 2:  # quick
                for outcome in (*_of_segment(segment), *_heads(segment)):
                    compared = True
                    yield outcome
        for segment in segments(passage, "亩产", "亩均产", "单产"):
            for outcome in _yields(segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的平均数", "no average to work out"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for number, amount in enumerate(amounts):
        if not amount.exact:
            continue
        words = amount.words
        mean = MEAN.search(words) if "均" in words else None  # quick
        if mean is not None:
            yield from _average_first(segment, number, mean["of"])
        if "均" in words and (match := AVERAGE.search(words)) and not PERIOD.search(words[-8:]):
            before = amounts[max(0, number - LOOK_BACK) : number]
            # 1200元的15户: so much each, and no sum
            text = segment.passage.text
            before = tuple([a for a in before if not EACH_OF.match(text, a.said.end)])
            yield from _average(segment, before, amount, match["of"][-1])
        elif (match := PRICE.match(words)) and is_price(amounts[:number], match["of"]):
            yield from _divided(segment, amounts[number - 1], amounts[number - 2], amount)
        elif match is not None and has_bought(amounts[:number], match["of"], words):
            yield from _divided(segment, amounts[number - 2], amounts[number - 1], amount)
        elif match := EACH.search(words):
            yield from _total(segment, number, match["of"])
        elif (match := PRICE.match(words)) and is_priced(segment, number, match["of"]):
            yield from _priced(segment, *amounts[number - 1 : number + 2])


def _heads(segment: Segment) -> Iterator[Outcome]:
    """举办培训12期，培训780人次，平均每期65人次: printed to the whole, and rounded either way."""
    for number, average in enumerate(segment.amounts):
        match = OF_EACH.search(average.words)
        if match is None or average.figure.unit not in HEADS or not average.exact:
            continue
        told = [a for a in segment.amounts[:number] if not FROM_IT.search(a.words)]
        before, of = told[-2:], TIMES[next(filter(None, match.groups()), "户")]
        counts = [a for a in before if a.figure.unit in of and a.exact]
        sums = [a for a in before if a.figure.unit in HEADS and a.exact]
        if len(counts) != 1 or len(sums) != 1:
            continue
        counts = [_head(segment, [a for a in told if a.figure.unit in of])]
        if counts[0].figure.amount <= 0:
            continue
        with localcontext() as context:
            context.prec = 40
            amount = sums[0].figure.amount / counts[0].figure.amount
        step = average.figure.ulp()  # of 户均3.9人; visitors are not portioned out
        step = step if of is TIMES["户"] else max(Decimal(1), step)
        if abs(amount - average.figure.amount) < step:
            yield Outcome(RULE)
            continue
        formula = f"{sums[0].said.text} ÷ {counts[0].said.text}"
        yield _finding(segment, average, amount, formula, (sums[0], counts[0]))


def _yields(segment: Segment) -> Iterator[Outcome]:
    """An area, what an mu of it yields and the total yield, one after the other."""
    amounts = segment.amounts
    areas = [a for a in amounts if a.figure.unit == "亩"]
    for number in range(len(amounts) - 2):
        area, one, other = amounts[number : number + 3]
        if area.figure.unit != "亩" or not (area.exact and one.exact and other.exact):
            continue
        if YIELD.search(one.words) and OUTPUT.search(other.words):
            each, total = one, other
        elif OUTPUT.search(one.words) and YIELD.search(other.words):
            each, total = other, one
        else:
            continue
        factor = each.figure.factor_to(total.figure.unit)
        if factor is None:
            continue
        amount = each.figure.amount * area.figure.amount * factor
        low, high = each.figure.written_interval()
        spans = [added(some, "亩")[1] for some in (*((a,) for a in areas), areas)]
        made = (Interval(span.low * low * factor, span.high * high * factor) for span in spans)
        if any(one.meets(total.figure.written_interval()) for one in made):
            yield Outcome(RULE)
        elif len(areas) == 1 or OF_A_CROP.match(area.words):
            formula = f"{area.said.text} × {each.said.text}"
            yield _finding(segment, total, amount, formula, (area, each))


def _received(subject: Subject, segment: Segment) -> Iterator[Outcome]:
    """公务接待63批次，505人次，人均26.7元: the money stands in the data."""
    amounts = segment.amounts
    if "接待" not in segment.text or any(a.figure.unit == "万元" for a in amounts):
        return
    counts = [a for a in amounts if a.figure.unit in ("人次", "人") and a.exact]
    eaches = [a for a in amounts if a.figure.unit == "元" and PEOPLE_RECEIVED.search(a.words)]
    year = subject.disclosure.key.year
    told = subject.disclosure.report.facts_of("公务接待费", "决算")
    facts = [f for f in told if f.year == year]
    if len(counts) != 1 or len(eaches) != 1 or not facts or not eaches[0].exact:
        return
    computed = _per(facts[0].figure, counts[0].figure, "元")
    if computed is None or f"{year - 1}年" in segment.text or "上年" in segment.text:
        return
    if _near(eaches[0].figure, computed):
        yield Outcome(RULE, (facts[0].address,))
        return
    formula = f"{facts[0].figure} ÷ {counts[0].said.text}"
    yield _finding(segment, eaches[0], computed[0], formula, (counts[0], counts[0]))


def _average(
    segment: Segment, before: tuple[Amount, ...], average: Amount, of: str
) -> Iterator[Outcome]:
    """N人，M元，人均K元: the nearest amount and number, or any that give it."""
    before = tuple(a for a in before if not FROM_IT.search(a.words))
    counts = [a for a in before if a.figure.unit in COUNTED[of] and a.exact]
    if of == "村":  # 13个村、2个社区，村均…: not of the 社区
        text = segment.passage.text
        if any(OF_OTHERS.match(text, a.said.end) for a in counts):
            return
    kind = average.figure.kind
    sums = [a for a in before if a.figure.kind == kind and a.exact and a not in counts]
    sums = [a for a in sums if OF_ONE.search(a.words) is None]
    if any(BESIDES.search(a.words) for a in counts[-2:]):
        return  # 公务用车2辆（另有执法车1辆），平均每辆2.4万元
    if not counts or not sums or kind not in ("money", "area", "length", "mass", "volume"):
        return
    nearest = (sums[-1], _head(segment, counts))
    for total in sums:
        for count in counts:
            computed = _per(total.figure, count.figure, average.figure.unit)
            if computed is not None and _near(average.figure, computed):
                yield Outcome(RULE)
                return
    yield from _divided(segment, *nearest, average)


def _head(segment: Segment, counts: list[Amount]) -> Amount:
    """The nearest number; behind parts (1.6万亩，其中当归0.84万亩、其他0.76万亩) the whole of them."""
    mark = segment.passage.text.rfind("其中", segment.start, counts[-1].said.start)
    heads = [a for a in counts if a.said.end <= mark]
    return heads[-1] if heads else counts[-1]


def _priced(segment: Segment, count: Amount, each: Amount, total: Amount) -> Iterator[Outcome]:
    """The price may be a quotient, and rounded; of what misses by a third other things are paid, too."""
    computed = _per(total.figure, count.figure, each.figure.unit)
    if computed is None:
        return
    if _near(each.figure, computed):
        yield Outcome(RULE)
    elif abs(computed[0] - each.figure.amount) * 3 < each.figure.amount:
        yield _multiplied(segment, count, each, total)


def _divided(segment: Segment, total: Amount, count: Amount, each: Amount) -> Iterator[Outcome]:
    """安装60套，投入11.88万元，每套1980元; of all kinds, where the number is of some."""
    computed = _per(total.figure, count.figure, each.figure.unit)
    if computed is None:
        return
    like = [a for a in segment.amounts if a.figure.unit == count.figure.unit]
    by_like = [_per(total.figure, a.figure, each.figure.unit) for a in like]
    if any(_near(each.figure, one) for one in filter(None, by_like)):
        yield Outcome(RULE)
        return
    formula = f"{total.said.text} ÷ {count.said.text}"
    yield _finding(segment, each, computed[0], formula, (total, count))


def _average_first(segment: Segment, number: int, of: str) -> Iterator[Outcome]:
    """2400亩，亩均产值5200元，总产值1248万元: the number, the average, then the total."""
    amounts = segment.amounts
    if not number or number + 1 >= len(amounts):
        return
    count, each, total = amounts[number - 1 : number + 2]
    if count.figure.unit not in COUNTED[of] or not (count.exact and total.exact):
        return
    if not (each.figure.kind == total.figure.kind == "money" and ALL_OF.search(total.words)):
        return
    factor = each.figure.factor_to(total.figure.unit)
    assert factor is not None  # both are money
    low, high = each.figure.written_interval()
    many = count.figure.interval()
    if Interval(many.low * low * factor, many.high * high * factor).meets(total.figure.interval()):
        yield Outcome(RULE)
        return
    formula = f"{count.said.text} × {each.said.text}"
    amount = each.figure.amount * count.figure.amount * factor
    yield _finding(segment, total, amount, formula, (count, each))


def _total(segment: Segment, number: int, of: str) -> Iterator[Outcome]:
    """N名，每人K元，共M元; 每亩K元，补贴面积N亩，补贴资金M元."""
    amounts, each = segment.amounts, segment.amounts[number]
    before = [a for a in amounts[:number] if a.figure.unit in COUNTED[of] and a.exact]
    after = [a for a in amounts[number + 1 :] if a.figure.kind == each.figure.kind]
    if PERIOD.search(each.words[-8:]) or any(YEARS.search(a.words) for a in amounts):
        return  # 每月每人1100元: for how many months?
    if not after:
        if len(before) == 1:
            yield from _told_first(segment, amounts[:number], each, before[0])
        return
    total = after[0]
    rest = takewhile(lambda a: a is not total, amounts[number + 1 :])
    between = [a for a in rest if a.figure.unit in COUNTED[of]]
    if len(before) + len(between) != 1 or not total.exact:
        return
    [count] = before + between
    if each.figure.kind != "money":
        # 26个村，每村4个网格，共104个网格: the same thing by its name
        text = segment.passage.text
        noun, other = (text[a.said.end : a.said.end + 2] for a in (each, total))
        if noun != other or not HAN_PAIR.fullmatch(noun):
            return
    # 2.6万亩，每亩16元，发放补偿金41.6万元; 36名，每人每年6000元，全年发放21.6万元
    yearly = "年" in each.words[-8:] and PAID_IN_YEAR.search(total.words)
    paid = (of == "亩" or between) and PAID.search(total.words)
    named = TOTAL.search(total.words) or (between and SUM.search(total.words))
    clear = count.exact and "其中" not in count.words
    if clear and (between or len(after) == 1) and (paid or yearly or named):
        yield _multiplied(segment, count, each, total)


def _multiplied(segment: Segment, count: Amount, each: Amount, total: Amount) -> Outcome:
    """So much each, times the number: is it the total?"""
    unit_amount, _ = added((each,), total.figure.unit)
    if count.figure.interval().times(unit_amount).meets(total.figure.written_interval()):
        return Outcome(RULE)
    formula = f"{count.said.text} × {each.said.text}"
    amount = unit_amount * count.figure.amount
    return _finding(segment, total, amount, formula, (count, each))


def _told_first(
    segment: Segment, before: tuple[Amount, ...], each: Amount, count: Amount
) -> Iterator[Outcome]:
    """发放M元，奖励N人，每人K元: the total and the number first, and nothing else."""
    sums = [a for a in before if a.figure.kind == each.figure.kind == "money"]
    if len(sums) != 1 or len(before) != 2 or not sums[0].exact:
        return
    if len(each.words) > 8:
        return
    total = sums[0]
    amount = added((each,), total.figure.unit)[0] * count.figure.amount
    if Interval(amount, amount).meets(total.figure.interval()):
        yield Outcome(RULE)
        return
    computed = _per(total.figure, count.figure, each.figure.unit)
    if computed is not None:
        formula = f"{total.said.text} ÷ {count.said.text}"
        yield _finding(segment, each, computed[0], formula, (total, count))


def _per(total: Figure, count: Figure, unit: str) -> tuple[Decimal, Interval] | None:
    factor = total.factor_to(unit)
    if factor is None or count.amount <= 0:
        return None
    with localcontext() as context:
        context.prec = 40
        amount = total.amount * factor / count.amount
        interval = total.written_interval().times(factor).over(count.interval())
    return amount, interval


def _near(average: Figure, computed: tuple[Decimal, Interval]) -> bool:
    return verdict(average, *computed) != "differs"


def _finding(
    segment: Segment,
    printed: Amount,
    amount: Decimal,
    formula: str,
    beside: tuple[Amount, Amount],
) -> Outcome:
    passage = segment.passage
    right = f"{shown(amount, max(2, printed.figure.decimals))}{printed.figure.unit}"
    label = printed.words.strip("，,、 　-*：:")[-12:]
    words = {"label": label, "formula": formula}
    places = (passage.place(a.said.start) for a in beside)
    return Outcome(
        RULE, finding=finding_on(RULE, passage, printed.said, label, words, right, places)
    )
