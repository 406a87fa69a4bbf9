"""正文里的人均、户均算不出来: an average in a sentence that amount and number do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from site_builder.figure import Interval
from site_builder.finding import Words
from site_builder.rules.averages import COUNTED, FROM_IT, RULE, found, head_of, near, per
from site_builder.rules.changes import DOWN, UP
from site_builder.rules.each_and_all import triads
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.prices import PRICE, has_bought, is_price, is_priced
from site_builder.segment import Amount, Segment, added, segments

AVERAGE = re.compile(
    r"(?P<of>人|户|亩|村|场|次|辆|处|个|盏|台|座|栋|套|平均每(?:[人名位户亩村场次辆处个盏台座栋所条件间口套头株幢]|公里|千米|批次|平方米))均?(?:可?获得?|耕地(?:面积)?|占有耕地|消费|投资|投入|造价|贷款|分红|收益|产值|补助|补贴|奖补|发放|救助|费用|标准|补偿)?(?:约?为|达|约)?$"
)
# 接待612人次，共花费3.06万元，人均接待标准50元: the average of what is named before
NAMED = re.compile(
    "(?:^|[，,、（( ])(?P<of>[人户村场次辆台])均(?P<what>[一-鿿]{2})[一-鿿]{0,3}"
    "(?:标准|费用?|经费|支出|开支|成本)(?:约?为|达|约|仅|是)?$"
)
EACH = re.compile(
    r"每(?P<of>[人户名亩村个])(?:每次|每年|一年|标准)?(?:发放|补助|补贴|奖励|慰问金|救助)?(?:为|补|发)?$"
)
PAID = re.compile(
    "(?:发放|补偿|兑付|兑现|拨付|补助|补贴|奖补|奖励|支付)[^，,。；;0-9]{0,10}(?:金|资金|补贴|补助|补偿款|元)?$"
)
TOTAL = re.compile(r"(?:共|共计|合计|总计|累计)[^，,。；;0-9]{0,12}$")
# What one has or gets is no sum: 每人500元，另送物资人均20元
OF_ONE = re.compile("[均每][^，,。；;0-9]{0,6}$")
MEAN = re.compile(
    "(?:(?P<of>[人户亩村场辆处台座])均(?!月|日|年)[一-鿿]{0,4}|每(?P<of2>[人户亩村])(?:平均)?(?:可)?(?:增收|分红))$"
)
ALL_OF = re.compile(
    "^[，,、]?(?:实现|年|可实现|综合)?总(?:产值|收入|收益|投资|投入|成本|造价|额|计)(?:约?为|达到?|共)?$|^[，,](?:合计|共计|总计|共)(?:支出)?$|"
    # 户均增收3200元，共增收163.84万元
    "^[，,、](?:年)?(?:共计?|合计|累计|总计|总|一共|总共)(?:可|实现|带动|带来|为?农户|农民|群众|脱贫户|村民)*(?:增收|增加收入|分红)(?:了|达)?$"
)
BESIDES = re.compile("(?:另|还|外)(?:外)?(?:有|配|聘|设)?[^，,。；;0-9]{0,6}$")
YEARS = re.compile("(?<!第)[二两三四五六七八]年(?!级)")  # 每村每年5万元，12个村三年共180万元
OF_OTHERS = re.compile("(?:社区|居委|单位|部门|企业|学校|乡镇|组)")
ASIDE = re.compile("[（(][^（）()0-9]{1,4}[）)]$")
EACH_OF = re.compile("的[0-9]")
# 每村2万元: 12个村, 6个脱贫村, 12个, but not 8个垃圾收集点
OF_VILLAGES = re.compile("[一-鿿]{0,4}?村(?!级)|[^一-鿿]|$")
CHANGED = re.compile(f"(?:{UP}|{DOWN})了?$")  # 比上年下降0.6万元 is what nothing is paid of
LOOK_BACK = 12  # amounts before an average that it may be of
HAN_PAIR = re.compile("[一-鿿]{2}")
PAID_IN_YEAR = re.compile(
    "全年[^，,。；;0-9]{0,3}(?:发放|支出|支付|补助|兑现|拨付)[^，,。；;0-9]{0,8}$"
)
MAYBE = re.compile("[均每价]")
PERIOD = re.compile("月|季度|学期|年均|日|天|可支配|收入|增收|年收")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every average, and every total of so much each, with the number it is of."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage, "均", "每", "单价"):
            if len(segment.amounts) < 3:
                continue
            for outcome in tuple(_of_segment(segment)) or triads(segment):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有可以核算的平均数", "no average to work out"))


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for number, amount in enumerate(amounts):
        if not amount.exact:
            continue
        words = ASIDE.sub("", amount.words)  # 平均每村（居）5万元
        if (mean := MEAN.search(words)) is not None:
            yield from _average_first(segment, number, mean["of"] or mean["of2"])
        if "均" in words and (match := AVERAGE.search(words)) and not PERIOD.search(words[-8:]):
            before = amounts[max(0, number - LOOK_BACK) : number]
            # 1200元的15户: so much each, and no sum
            text = segment.passage.text
            before = tuple([a for a in before if not EACH_OF.match(text, a.said.end)])
            yield from _average(segment, before, amount, match["of"][-1])
        elif (match := NAMED.search(words)) and not PERIOD.search(words[-8:]):
            end = amount.said.start - len(words) + match.start()
            if match["what"] in segment.passage.text[segment.start : end]:
                before = amounts[max(0, number - LOOK_BACK) : number]
                yield from _average(segment, before, amount, match["of"])
        elif (match := PRICE.match(words)) and is_price(amounts[:number], match["of"]):
            yield from _divided(segment, amounts[number - 1], amounts[number - 2], amount)
        elif match is not None and has_bought(amounts[:number], match["of"], words):
            yield from _divided(segment, amounts[number - 2], amounts[number - 1], amount)
        elif match := EACH.search(words):
            yield from _total(segment, number, match["of"])
        elif (match := PRICE.match(words)) and is_priced(segment, number, match["of"]):
            yield from _priced(segment, *amounts[number - 1 : number + 2])


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
    levels = [a for a in sums if CHANGED.search(a.words) is None]
    for total in sums:
        for count in counts:
            computed = per(total.figure, count.figure, average.figure.unit)
            if computed is not None and near(average.figure, computed):
                yield Outcome(RULE)
                return
    if levels:  # else of an amount that goes unsaid
        yield from _divided(segment, levels[-1], head_of(segment, counts), average)


def _priced(segment: Segment, count: Amount, each: Amount, total: Amount) -> Iterator[Outcome]:
    """The price may be a quotient, and rounded; of what misses by a third other things are paid, too."""
    computed = per(total.figure, count.figure, each.figure.unit)
    if computed is None:
        return
    if near(each.figure, computed):
        yield Outcome(RULE)
    elif abs(computed[0] - each.figure.amount) * 3 < each.figure.amount:
        yield _multiplied(segment, count, each, total)


def _divided(segment: Segment, total: Amount, count: Amount, each: Amount) -> Iterator[Outcome]:
    """安装60套，投入11.88万元，每套1980元; of all kinds, where the number is of some."""
    computed = per(total.figure, count.figure, each.figure.unit)
    if computed is None:
        return
    like = [a for a in segment.amounts if a.figure.unit == count.figure.unit]
    by_like = [per(total.figure, a.figure, each.figure.unit) for a in like]
    if any(near(each.figure, one) for one in filter(None, by_like)):
        yield Outcome(RULE)
        return
    formula = f"{total.said.text} ÷ {count.said.text}"
    yield found(segment, each, computed[0], formula, (total, count))


def _average_first(segment: Segment, number: int, of: str) -> Iterator[Outcome]:
    """2400亩，亩均产值5200元，总产值1248万元: the number, the average, then the total."""
    amounts = segment.amounts
    if not number or number + 1 >= len(amounts):
        return
    last, each, total = amounts[number - 1 : number + 2]
    counts = [a for a in amounts[:number] if a.figure.unit in COUNTED[of] and a.exact]
    if last not in counts or not total.exact:
        return
    if not (each.figure.kind == total.figure.kind == "money" and ALL_OF.search(total.words)):
        return
    factor = each.figure.factor_to(total.figure.unit)
    assert factor is not None  # both are money
    low, high = each.figure.written_interval()
    spans = [added(some, last.figure.unit)[1] for some in (*((a,) for a in counts), counts)]
    made = (Interval(many.low * low * factor, many.high * high * factor) for many in spans)
    of_both = len(counts) > 1 and last.words.startswith("、")  # 农户120户、脱贫户40户
    if of_both or any(one.meets(total.figure.interval()) for one in made):
        yield Outcome(RULE)
        return
    count = head_of(segment, counts)
    formula = f"{count.said.text} × {each.said.text}"
    amount = each.figure.amount * count.figure.amount * factor
    yield found(segment, total, amount, formula, (count, each))


def _total(segment: Segment, number: int, of: str) -> Iterator[Outcome]:
    """N名，每人K元，共M元; 每亩K元，补贴面积N亩，补贴资金M元."""
    amounts, each = segment.amounts, segment.amounts[number]
    text = segment.passage.text
    counts = [
        a
        for a in amounts
        if a.figure.unit in COUNTED[of] and (of != "村" or OF_VILLAGES.match(text, a.said.end))
    ]
    before = [a for a in amounts[:number] if a in counts and a.exact]
    after = [a for a in amounts[number + 1 :] if a.figure.kind == each.figure.kind]
    if PERIOD.search(each.words[-8:]) or any(YEARS.search(a.words) for a in amounts):
        return  # 每月每人1100元: for how many months?
    if sum(EACH.search(a.words) is not None for a in amounts) > 1:
        return  # 本科每人3000元、专科每人2000元
    if not after:
        if len(before) == 1:
            yield from _told_first(segment, amounts[:number], each, before[0])
        return
    total = after[0]
    rest = takewhile(lambda a: a is not total, amounts[number + 1 :])
    between = [a for a in rest if a in counts]
    if len(before) + len(between) != 1 or not total.exact:
        return
    [count] = before + between
    if each.figure.kind != "money":
        # 26个村，每村4个网格，共104个网格: the same thing by its name
        noun, other = (text[a.said.end : a.said.end + 2] for a in (each, total))
        if noun != other or not HAN_PAIR.fullmatch(noun):
            return
    # 2.6万亩，每亩16元，发放补偿金41.6万元; 36名，每人每年6000元，全年发放21.6万元
    yearly = "年" in each.words[-8:] and PAID_IN_YEAR.search(total.words)
    paid = (of == "亩" or between) and PAID.search(total.words)
    clear = count.exact and "其中" not in count.words
    if clear and (between or len(after) == 1) and (paid or yearly or TOTAL.search(total.words)):
        yield _multiplied(segment, count, each, total)


def _multiplied(segment: Segment, count: Amount, each: Amount, total: Amount) -> Outcome:
    """So much each, times the number: is it the total?"""
    unit_amount, _ = added((each,), total.figure.unit)
    if count.figure.interval().times(unit_amount).meets(total.figure.written_interval()):
        return Outcome(RULE)
    formula = f"{count.said.text} × {each.said.text}"
    amount = unit_amount * count.figure.amount
    return found(segment, total, amount, formula, (count, each))


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
    computed = per(total.figure, count.figure, each.figure.unit)
    if computed is not None:
        formula = f"{total.said.text} ÷ {count.said.text}"
        yield found(segment, each, computed[0], formula, (total, count))
