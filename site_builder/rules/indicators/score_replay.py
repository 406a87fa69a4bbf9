"""得分与完成情况不符: the score that the declared rule gives for target and result, replayed.

Only where target and result are single figures of one unit, or the result is a word of the form
(达成, 部分达成, 未达成). What the profile does not decree is judged in the town's favour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from site_builder.figure import AT_LEAST, AT_MOST, Figure, measure, shown
from site_builder.finding import Finding, Rule, Words
from site_builder.profiles import Scoring
from site_builder.report import Cell, Fact, TableData
from site_builder.rules.goal_words import bare, told_alike, wanted
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject

_BASIS = "财预〔2020〕10号第十六条（条文待核）；以口径文件的“计分”为准"
RULE = Rule(
    "score-above-result",
    "error",
    Words("得分高于完成情况应得的分", "Score above what the result earns"),
    Words(
        "“{label}”得{printed}分，按{formula}最多得{recomputed}分",
        "“{label}” scores {printed}; by {formula} it earns at most {recomputed}",
    ),
    Words(
        "请核对年度指标值、实际完成值和得分；计分办法不同的，请写进口径的“计分”",
        "check target, result and score; if the issuer scores otherwise, say so under 计分",
    ),
    Words(
        "没有完成的指标按完成比例得分；没有完成却得满分，自评就失去意义。",
        "An unmet target scores in proportion; full marks for it make the evaluation void.",
    ),
    _BASIS,
)
BELOW = Rule(
    "score-below-result",
    "warning",
    Words("得分低于完成情况应得的分", "Score below what the result earns"),
    Words(
        "“{label}”得{printed}分，按{formula}可得{recomputed}分，没有写扣分的原因",
        "“{label}” scores {printed}; by {formula} it earns {recomputed}; no reason is given",
    ),
    Words("请核对得分，或说明为什么扣分", "check the score, or say why points were taken"),
    Words("完成了指标又扣分，读者不知道原因。", "Points taken from a met target need a reason."),
    _BASIS,
)
EXCESS = Rule(
    "excess-unexplained",
    "warning",
    Words("大幅超额完成没有说明", "A result far above its target is not explained"),
    Words(
        "“{label}”的目标是{printed}，实际完成{recomputed}，达到目标的{factor}倍以上，没有说明原因",
        "“{label}”: target {printed}, result {recomputed}, {factor} times or more; no reason given",
    ),
    Words(
        "请在偏差原因一栏说明；目标定得过低的，应当承认",
        "explain it in the column for reasons; say so if the target was too low",
    ),
    Words(
        "完成值远高于目标值，往往是目标定得太低。",
        "A result far above its target often means that the target was too low.",
    ),
    _BASIS,
)
# What makes a target without a sign one that may better not be reached, or no quantity at all.
_UNSIGNED_DOUBT = re.compile(
    "成本|费|造价|单价|支出|资金|投资|投入|预算|经费|(?<!随访)控制|(?<!血)压|降|减|事故|投诉|发生|死|伤|差错|违|失误|上访|信访"
    "|(?<![档方预提议备草图])案|结转|结余|变动|返贫|逾期|拖欠|债|损失|闲置|空置|排放|耗|污染|超|时间|时限|期限|工期|周期|天数"
    "|缺|失业|退回|偏差|误差|辍学|贫困|隐患|调整率|差异|日期|时效|及时"
)
# Rates of which more is better, whatever stands before them: 预算执行率, 资金到位率, 投诉办结率.
_MORE_IS_BETTER = re.compile(
    "(?:执行|到位|完成|拨付|支付|兑现|发放|办结|化解|整改|合格)(?:率|比例)$"
)
_TIME = re.compile("^(?:年|月|日|天|小时|分钟|周|季|号|个月|个?工作日)")
# so many days or hours at most, where the target has a sign
_SPAN = re.compile("^(?:天|日历天|小时|分钟|个?工作日)$")
_END = r"(?=$|[\s，。；;,、：:（(]|预期|年度|绩效|指标|目标|任务|并|且)"
_NOT_DONE = re.compile(rf"^(?:未达成|未完成|没有完成|尚未完成|未达到|未达标|未实施|未开展){_END}")
_PARTLY = re.compile(rf"^(?:部分达成|部分完成){_END}")
_NONE = re.compile("^(?:无|(?:未|没有)(?:发生|出现)[^，,。；;]{0,10})$")
_ALL_OF = re.compile("全部|全面|所有|均|都")
_DONE = re.compile(rf"^(?:全部|已|已经|全面|圆满)?(?:达成|完成|达标){_END}")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Replay:
    """The least and the most that a result earns, and how."""

    low: Decimal
    high: Decimal
    formula: Words
    met: bool = False
    ratio: Decimal | None = None


def check(subject: Subject) -> Iterator[Outcome]:
    """Every indicator with weight and score; and the execution rate beside them."""
    report, profile = subject.disclosure.report, subject.disclosure.profile
    scoring = profile.scoring if profile is not None else Scoring()
    counted: set[str] = set()
    for table, lines in subject.indicators:
        counted.update(table.form.counted_with)
        for line in lines:
            yield from _indicator(line, scoring)
    if scoring.execution == "比例":
        for table in report.tables:
            if table.form.address in counted:
                yield from _execution(table)


def _indicator(line: IndicatorLine, scoring: Scoring) -> Iterator[Outcome]:
    target, result = line.target, line.result
    weight = line.weight.fact if line.weight else None
    score = line.score.fact if line.score else None
    if target is None or result is None or weight is None or score is None:
        return
    replay = _replay(line, target.text, result.text, weight.figure.amount, scoring)
    if isinstance(replay, Words):
        yield Outcome(RULE, reason=replay)
        return
    silent = line.reason is None and not any(map(_is_reason, line.notes))
    yield _judged(line.label, replay, weight, score, (target, result), silent)
    if scoring.excess is not None and replay.ratio is not None and line.unexplained:
        guards = (target.address, result.address)
        if replay.ratio < scoring.excess:
            yield Outcome(EXCESS, guards)
            return
        words = {
            "label": line.label,
            "printed": target.text,
            "recomputed": result.text,
            "factor": str(scoring.excess),
        }
        finding = Finding(EXCESS, result.at, words, (target.at,), result.address, result.text)
        yield Outcome(EXCESS, guards, finding)


def _is_reason(cell: Cell) -> bool:
    """Does a column of remarks say something here?"""
    return bool(cell.text.strip()) and cell.address.endswith(("说明", "备注"))


def _replay(
    line: IndicatorLine, target: str, result: str, weight: Decimal, scoring: Scoring
) -> _Replay | Words:
    """What `result` earns of `weight` under `target`; words when that cannot be said."""
    goal, sign = wanted(target)
    done, name = measure(bare(result)), line.name
    if goal is None or done is None:
        wish, came, verb = told_alike(target, result, name)
        goal, sign = wanted(wish)
        done, name = measure(bare(came)), name + verb
    if goal is None:
        return _qualitative(target, result, weight)
    if not goal.amount and _NONE.match(result.strip()):
        done = goal
    if done is None:
        return Words("完成值没有写，或不是单一的数", "the result is no single figure")
    limit = sign and _SPAN.match(goal.unit)
    if goal.amount < 0 or (_TIME.match(goal.unit) and not limit):
        return Words("指标值是负数或时间", "the target is negative or a time")
    amount = _comparable(goal, done, sign)
    if amount is None:
        return Words("指标值与完成值单位不同", "target and result differ in unit")
    if not sign:
        doubt = _UNSIGNED_DOUBT.search(name) and not _MORE_IS_BETTER.search(name)
        if amount != goal.amount and goal.amount and doubt:
            return Words("指标值没有写≥或≤", "the target has no ≥ or ≤")
    if done.about in ("约", "左右", "上下"):
        return Words("完成值是约数", "the result is approximate")
    open_up = done.about in AT_LEAST
    open_down = done.about in AT_MOST
    reverse = sign == "≤" or (sign != "≥" and goal.amount == 0)
    if open_up and amount < goal.amount and not reverse:
        return Words("完成值是约数", "the result is approximate")
    if open_down and amount > goal.amount and reverse:
        return Words("完成值是约数", "the result is approximate")
    amount = max(amount, Decimal(0))
    said, wish = result.strip(), target.strip()
    if (amount <= goal.amount) if reverse else (amount >= goal.amount):
        ratio = None
        if goal.amount > 0:
            with localcontext() as context:
                context.prec = 20
                ratio = amount / goal.amount
        formula = Words(f"完成值{said}已达到目标{wish}", f"result {said} meets target {wish}")
        return _Replay(weight, weight, formula, True, ratio)
    return _unmet(amount, goal.amount, weight, reverse, scoring, (said, wish))


def _unmet(
    amount: Decimal,
    wanted: Decimal,
    weight: Decimal,
    reverse: bool,
    scoring: Scoring,
    said: tuple[str, str],
) -> _Replay:
    result, target = said
    if not reverse:
        earned = _cents(amount * weight, wanted)
        formula = f"完成值{result} ÷ 目标{target} × {weight}分"
        return _Replay(earned, earned, Words(formula, f"{result} ÷ {target} × {weight}"))
    if wanted == 0:
        formula = f"目标{target}、完成值{result}"
        return _Replay(Decimal(0), Decimal(0), Words(formula, f"target {target}, result {result}"))
    less = max(_cents((2 * wanted - amount) * weight, wanted), Decimal(0))
    share = _cents(wanted * weight, amount)
    zh = f"目标{target} ÷ 完成值{result} × {weight}分"
    if scoring.reverse == "折算":
        zh, share = f"{weight}分 ×（1 − 超出部分 ÷ 目标{target}），完成值{result}", less
    if scoring.reverse == "比例":
        less = share
    return _Replay(less, share, Words(zh, f"target {target}, result {result}, weight {weight}"))


def _qualitative(target: str, result: str, weight: Decimal) -> _Replay | Words:
    """The three grades of the form; other words, and parts of 全部, cannot be replayed."""
    text = result.strip()
    if _ALL_OF.match(target.strip()) and _PARTLY.match(text):
        return Words("完成了几分之几没有写", "how much of all was done is not said")
    for pattern, low, high, zh, en in (
        (_NOT_DONE, "0", "0.6", "“未达成”最多得分值的60%", "60% of the weight when not done"),
        (_PARTLY, "0", "0.8", "“部分达成”最多得分值的80%", "80% of the weight when partly done"),
        (_DONE, "0.8", "1", "“达成”得分值的80%至100%", "80–100% of the weight when done"),
    ):
        if pattern.match(text):
            return _Replay(weight * Decimal(low), weight * Decimal(high), Words(zh, en))
    return Words("定性指标没有写达成程度", "a qualitative result without its degree")


def _comparable(wanted: Figure, done: Figure, sign: str) -> Decimal | None:
    """The result in the target's unit; a bare share of a positive target counts as its part."""
    factor = done.factor_to(wanted.unit)
    if factor is not None:
        return done.amount * factor
    if done.amount == wanted.amount and "" in (done.unit, wanted.unit):
        return done.amount
    if done.unit == "%" and wanted.unit and sign != "≤":
        return wanted.amount * done.amount / 100
    if "" in (done.unit, wanted.unit) and "%" not in (done.unit, wanted.unit):
        return done.amount
    return None


def _cents(top: Decimal, bottom: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return (top / bottom).quantize(_CENT, ROUND_HALF_UP)


def _judged(
    label: str,
    replay: _Replay,
    weight: Fact,
    score: Fact,
    cells: tuple[Cell, ...],
    silent: bool,
) -> Outcome:
    """`silent`: the form has no column for reasons, so that a low score stands unexplained."""
    printed, full = score.figure.amount, weight.figure.amount
    guards = (*[cell.address for cell in cells], weight.address, score.address)
    step = score.figure.ulp()
    most = replay.high.quantize(step, ROUND_HALF_UP)
    least = replay.low.quantize(step, ROUND_DOWN)
    above = printed > most or printed >= full > replay.high
    if above and printed <= full:
        rule, earned = RULE, replay.high
    elif silent and printed < least:
        rule, earned = BELOW, replay.low
    else:
        return Outcome(RULE, guards)
    words = {
        "label": label,
        "printed": score.figure.text,
        "recomputed": shown(earned, 2),
        "formula": replay.formula.zh,
    }
    finding = Finding(
        rule,
        score.at,
        words,
        tuple(c.at for c in cells),
        score.address,
        score.figure.text,
        shown(earned, 2),
        shown(printed - earned, 2),
        replay.formula.zh,
    )
    return Outcome(rule, guards, finding)


def _execution(table: TableData) -> Iterator[Outcome]:
    """执行率 × weight, never more than the weight; the better of the printed and the computed rate."""
    columns = table.form.columns
    wanted = {
        "分值": table.form.column_with("分值"),
        "得分": table.form.column_with("得分"),
        "率": next((c for c in columns if "执行率" in c.label), None),
        "预算": next((c for c in columns if c.basis == "全年预算"), None),
        "执行": next((c for c in columns if c.basis == "决算" and c.unit != "%"), None),
    }
    # Counted from the end: levels may stand before the columns.
    places = {n: columns.index(c) - len(columns) for n, c in wanted.items() if c is not None}
    for line in table.lines:
        facts = {n: fact for n, at in places.items() if (fact := line.cells[at].fact) is not None}
        if not facts.keys() >= {"分值", "得分"}:
            continue
        weight, score = facts["分值"], facts["得分"]
        rates = [facts["率"].figure.amount] if "率" in facts else []
        if "预算" in facts and "执行" in facts and facts["预算"].figure.amount > 0:
            spent, budget = facts["执行"].figure.amount, facts["预算"].figure.amount
            with localcontext() as context:
                context.prec = 20
                rates.append(spent * 100 / budget)
        if not rates:
            yield Outcome(RULE, reason=Words("没有执行率", "no rate of execution"))
            continue
        full = weight.figure.amount
        earned = [max(Decimal(0), min(r * full / 100, full)) for r in rates]
        best = rates[0] if rates[0] == max(rates) else max(rates).quantize(_CENT, ROUND_HALF_UP)
        formula = Words(f"执行率{best}% × {full}分", f"rate {best}% × {full}")
        used = tuple([line.cells[places[n]] for n in ("率", "预算", "执行") if n in places])
        replay = _Replay(min(earned), max(earned), formula)
        yield _judged(line.label, replay, weight, score, used, True)
