"""说压缩开支，日常费用却超预算: a claim of having cut running costs, beside running costs over their budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import shown
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.report import Fact, Report
from site_builder.rules.outcome import Outcome, Subject
from site_builder.told import is_told

RULE = Rule(
    "saving-beside-excess",
    "note",
    Words("说压缩开支，日常费用却超预算", "Costs said to be cut, and over their budget"),
    Words(
        "这里写“{printed}”，{listed}的决算却超过了年初预算",
        "it says “{printed}”; spent more than their budget: {listed_en}",
    ),
    Words(
        "请写明超出预算的原因，或核对预算数和决算数；原件如此的，在“认可”中说明",
        "say why the budget was exceeded, or check both figures; if it is printed so, explain it",
    ),
    Words(
        "压缩了的开支不会比预算多出一截；多出来的要说明。",
        "What was cut does not exceed its budget; what does needs a reason.",
    ),
    "党政机关厉行节约反对浪费条例（条文待核）",
)
_COSTS = (
    "(?:非必要|一般性|非刚性|非重点|不必要|公用|办公|行政|日常|机关|运转|会议|培训|差旅|水电)"
    "[^，,。；;]{0,9}?(?:支出|开支|经费|费用|成本)"
)
_CUT = "压缩|压减|压降|严控|从严控制|严格控制|削减|节约|缩减|精简"
# 压缩非必要开支; 办公开支明显节约
CLAIM = re.compile(
    f"(?:{_CUT})(?:了|各类|各项|所有|一切)*{_COSTS}|"
    f"{_COSTS}(?:得到|明显|有效|大幅|实现|全面|有所)*(?:控制|{_CUT}|下降|减少)(?=[，,。；;了0-9]|$)"
)
MAYBE = led_by(
    "压严削节缩精得明有大实全控下减",
    "[压缩]减|压[缩降]|严控|严格控制|削减|节约|精简|(?:得到|明显|有效|大幅|实现|全面|有所|控制|下降|减少)(?<=[支经费成][出开费用本]..)",
)
MEANT = re.compile("下一?步|今后|将|要(?!求)|应|需|拟|继续|进一步|确保|力争|计划")
RUNNING = re.compile("公用经费|办公|水费|电费|水电|差旅|会议|培训|印刷|邮电|商品和服务")
TOO_MUCH = Decimal("1.1")  # more than a tenth over the budget
TRIFLE = Decimal(10000)  # 1万元, in 元


def check(subject: Subject) -> Iterator[Outcome]:
    """The first claim, against all lines of running costs that have a budget and an outturn."""
    for passage in subject.told.holding(MAYBE):
        match = CLAIM.search(passage.text)
        if match is None or not is_told(passage):
            continue
        if MEANT.search(passage.text, passage.sentence(match.start())[0], match.start()):
            continue
        lines = list(_over(subject.disclosure.report))
        if not lines:
            break
        words = {
            "printed": match[0],
            "listed": "、".join(map(_zh, lines)),
            "listed_en": ", ".join(map(_zh, lines)),
        }
        others = tuple(spent.at for _, spent in lines)
        address = passage.address or sentence_address(match[0], "节约")
        at = passage.place(match.start())
        yield Outcome(RULE, finding=Finding(RULE, at, words, others, address, match[0]))
        return
    yield Outcome(RULE)


def _over(report: Report) -> Iterator[tuple[Fact, Fact]]:
    """Budget and outturn of each line of running costs that exceeded its budget."""
    budgets = {
        (fact.table, fact.row, fact.year): fact
        for fact in report.facts
        if fact.basis == "年初预算" and RUNNING.search(fact.row)
    }
    for spent in report.facts:
        budget = budgets.get((spent.table, spent.row, spent.year))
        if budget is None or spent.basis != "决算":
            continue
        before, after = _yuan(budget), _yuan(spent)
        if after - before >= TRIFLE and after > before * TOO_MUCH:
            yield budget, spent


def _yuan(fact: Fact) -> Decimal:
    """An amount of money in 元; nothing of what is none."""
    return fact.figure.amount * (fact.figure.factor_to("元") or 0)


def _zh(line: tuple[Fact, Fact]) -> str:
    budget, spent = line
    name = spent.row.partition("：")[2] or spent.row
    more = shown((_yuan(spent) - _yuan(budget)) / TRIFLE, 2)
    return f"“{name}”（{budget.figure}→{spent.figure}，多{more}万元）"
