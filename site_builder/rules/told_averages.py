"""正文里的人均、户均算不出来: an average in a sentence that amount and number do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from site_builder.figure import Figure, Interval, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.relations import verdict
from site_builder.rules.outcome import Outcome, Subject
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
MAYBE = re.compile("[均每]")
AVERAGE = re.compile(
    r"(?P<of>人|户|亩|村|场|次|辆|处|个|平均每[人户亩村场次辆处个]?)均?(?:可?获得?|消费|补助|补贴|奖补|发放|救助|费用|标准|补偿)?(?:约?为|达|约)?$"
)
EACH = re.compile(
    r"每(?P<of>[人户名亩村个])(?:每次|标准)?(?:发放|补助|补贴|奖励|慰问金|救助)?(?:为|补|发)?$"
)
PAID = re.compile(
    "(?:发放|补偿|兑付|兑现|拨付|补助|支付)[^，,。；;0-9]{0,10}(?:金|资金|补贴|补助|补偿款|元)?$"
)
TOTAL = re.compile(r"(?:共|共计|合计|总计|累计)[^，,。；;0-9]{0,12}$")
PERIOD = re.compile("月|年均|日|天|纯收入|可支配|收入|增收|年收")
COUNTED = {
    "人": frozenset(("人", "名", "位", "人次")),
    "名": frozenset(("人", "名", "位")),
    "户": frozenset(("户", "户次")),
    "亩": frozenset(("亩",)),
    "村": frozenset(("个", "村")),
    "场": frozenset(("场", "场次")),
    "次": frozenset(("次", "批次", "人次", "场次")),
    "辆": frozenset(("辆", "台")),
    "处": frozenset(("处",)),
    "个": frozenset(("个",)),
}


def check(subject: Subject) -> Iterator[Outcome]:
    """Every average, and every total of so much each, with the number it is of."""
    compared = False
    for passage in subject.told.holding(MAYBE):
        if len(passage.figures) < 3:  # quick
            continue
        for segment in segments(passage, "均", "每"):
            if len(segment.amounts) > 2:  # quick
                for outcome in _of_segment(segment):
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
        if "均" in words and (match := AVERAGE.search(words)) and not PERIOD.search(words[-8:]):
            yield from _average(segment, amounts[:number], amount, match["of"][-1])
        elif match := EACH.search(words):
            yield from _total(segment, amounts, number, match["of"])


def _average(
    segment: Segment, before: tuple[Amount, ...], average: Amount, of: str
) -> Iterator[Outcome]:
    """N人，M元，人均K元: the nearest amount and number, or any that give it."""
    if average.figure.kind not in ("money", "area", "length", "mass", "volume"):
        return
    units = COUNTED[of]
    counts = [a for a in before if a.figure.unit in units and a.exact]
    found: list[tuple[Amount, Amount, Decimal]] = []
    for total in before:
        for count in counts if total.exact else ():
            computed = _per(total.figure, count.figure, average.figure.unit)
            if computed is None:
                continue
            if verdict(average.figure, *computed) != "differs":
                yield Outcome(RULE)
                return
            found.append((total, count, computed[0]))
    if found:
        total, count, amount = found[-1]
        formula = f"{total.said.text} ÷ {count.said.text}"
        yield _finding(segment, average, amount, formula, (total, count))


def _total(
    segment: Segment, amounts: tuple[Amount, ...], number: int, of: str
) -> Iterator[Outcome]:
    """N名，每人K元，共M元."""
    each = amounts[number]
    units = COUNTED[of]
    counts = [a for a in amounts[:number] if a.figure.unit in units and a.exact]
    after = [a for a in amounts[number + 1 :] if a.figure.kind == each.figure.kind]
    if not after:
        yield from _told_first(segment, amounts[:number], each, counts)
    if len(counts) != 1 or len(after) != 1 or each.figure.kind != "money":
        return
    total, count = after[0], counts[0]
    paid = of == "亩" and PAID.search(total.words)  # 2.6万亩，每亩16元，发放补偿金41.6万元
    if not total.exact or not (paid or TOTAL.search(total.words)):
        return
    one = added((each,), total.figure.unit)[0]
    amount = count.figure.amount * one
    if count.figure.interval().times(one).meets(total.figure.written_interval()):
        yield Outcome(RULE)
        return
    formula = f"{count.said.text} × {each.said.text}"
    yield _finding(segment, total, amount, formula, (count, each))


def _told_first(
    segment: Segment, before: tuple[Amount, ...], each: Amount, counts: list[Amount]
) -> Iterator[Outcome]:
    """发放M元，奖励N人，每人K元: the total first, the number right before 每."""
    if len(before) != 2 or before[1] not in counts or before[0].figure.kind != "money":
        return
    total, count = before
    computed = _per(total.figure, count.figure, each.figure.unit)
    if computed is None or not total.exact or PERIOD.search(each.words) or len(each.words) > 8:
        return
    amount = count.figure.amount * added((each,), total.figure.unit)[0]
    if Interval(amount, amount).meets(total.figure.interval()):
        yield Outcome(RULE)
        return
    formula = f"{total.said.text} ÷ {count.said.text}"
    yield _finding(segment, each, computed[0], formula, (total, count))


def _per(total: Figure, count: Figure, unit: str) -> tuple[Decimal, Interval] | None:
    factor = total.factor_to(unit)
    if factor is None or count.amount <= 0:
        return None
    with localcontext() as context:
        context.prec = 40
        amount = total.amount * factor / count.amount
        interval = total.written_interval().times(factor / count.amount)
    return amount, interval


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
    words = {
        "label": label,
        "printed": printed.said.text,
        "formula": formula,
        "recomputed": right,
    }
    finding = Finding(
        RULE,
        passage.place(printed.said.start),
        words,
        tuple(passage.place(a.said.start) for a in beside),
        passage.address or sentence_address(printed.said.text, label),
        printed.said.text,
        right,
        formula=formula,
    )
    return Outcome(RULE, finding=finding)
