"""完成情况写得不实: results as bounds or without numbers, wishes in per cent, no problem beside a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.admitted import admitted
from site_builder.rules.goal_words import bare, wanted
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE

BOUND = Rule(
    "result-not-measured",
    "warning",
    Words("完成值写的是范围，不是实际数", "A result given as a bound"),
    Words(
        "“{label}”的完成值写的是“{printed}”，是一个范围，看不出实际是多少",
        "the result of “{label}” is “{printed}”, a bound and not what was measured",
    ),
    Words(
        "请填写实际测得的数，如“96.3%”；原件如此的，保留原文并在“认可”中说明",
        "give what was measured, such as 96.3%; if it is printed so, keep and explain it",
    ),
    Words(
        "完成值要能同指标值比较；照抄“≥95%”等于没有测。",
        "A result is held against its target; one that repeats ≥95% was not measured.",
    ),
    PERFORMANCE,
)
FLAWLESS = Rule(
    "flawless-beside-failure",
    "warning",
    Words("说没有问题，同组却有没做到的", "No problem, beside an item that had one"),
    Words(
        "“{label}”写“{printed}”，同组的“{other}”却写“{failed}”",
        "“{label}” says “{printed}”; “{other}” of the same group says “{failed}”",
    ),
    Words(
        "请核对两项的说明和得分；原件如此的，保留原文并在“认可”中说明",
        "check the words and scores of both; if they are printed so, explain it",
    ),
    Words(
        "同一方面的工作，一项承认没做到，另一项就不能说没有问题。",
        "Where one item admits a failure, another of the same field cannot say that there was none.",
    ),
)
UNCOUNTED = Rule(
    "result-uncounted",
    "note",
    Words("指标值有数，完成值没有数", "Numbers in the target, none in the result"),
    Words(
        "“{label}”的指标值写了{count}个数（{listed}），完成值“{printed}”一个也没有写",
        "the target of “{label}” gives {count} numbers ({listed}); the result “{printed}” gives none",
    ),
    Words(
        "请逐项写明实际完成的数；原件如此的，保留原文并在“认可”中说明",
        "give what was achieved of each; if it is printed so, keep and explain it",
    ),
    Words(
        "定了数量的指标，完成了多少也要用数量说明。",
        "What was set as a number is to be answered by a number.",
    ),
    PERFORMANCE,
)
WISH = Rule(
    "target-unmeasurable",
    "note",
    Words("愿望写成了百分比", "A wish in per cent"),
    Words(
        "“{label}”的指标值是{printed}，说不出是什么的百分之几",
        "the target of “{label}” is {printed}: nobody can say of what",
    ),
    Words(
        "请改写成量得出的指标，如“受益户数”“生活垃圾处理率”；原件如此的，在“认可”中说明",
        "set what can be measured, such as households served; if it is printed so, explain it",
    ),
    Words(
        "“改善环境100%”没有分子分母，完成与否全凭自己说。",
        "“Environment improved: 100 %” has neither numerator nor denominator.",
    ),
    PERFORMANCE,
)
COUNT = re.compile(
    r"[0-9][0-9.,]*(?:余|多)?[ ]?(?:人次|人|名|户|个|处|座|公里|千米|米|亩|次|场|件|台|套|盏|"
    r"万?元|㎡|m²|m³|平方米|立方米|万?吨|所|项|条|期|批|份|栋|家|口|眼|株|棵|头|只|羽|吨|车|辆|班|块|面|幅|支|队|对)"
)
LEAST = 2  # numbers of a target; of one alone 完成 may say enough, unless it is a bound
# 不低于95%: 达成预期指标. Met it may be; how much it was is not said.
SAID_DONE = re.compile(
    "(?:已经?|均已|基本|全部|圆满)?(?:达成|完成|达到|实现|达标|符合)了?(?:年度|绩效|预期|年初|既定)*(?:指标|目标|任务|要求|预期)*"
)
WISHED = re.compile(
    "^(?:有效|明显|持续|逐步|不断|切实)?(?:改善|提升|提高|促进|增强|优化|推动|推进|美化|助推|带动|维护|弘扬|营造|巩固|健全)"
    "|(?:提升|改善|提高|增强|优化|保护|稳定|和谐|发展)(?:情况|程度)?$"
)
RATED = re.compile("率|(?<!程)度(?!假)|比|覆盖|占|满意|增长|增幅|降低|下降|完成|收入|产值")
ALL = re.compile(r"^(?:[≥≧＝=]|达到?)?[ ]?[0-9.]+[%％]$")
SIGNED = re.compile(
    r"^(?:≥|≧|>=|＞|>|≤|≦|<=|＜|<|不低于|不少于|不高于|不超过?|[大小]于(?:或?等于)?)[ ]?[0-9]"
)
ENDED = re.compile("[0-9][0-9.,]*[^0-9，,。；;]{1,4}(?:及|（含）)?以[上下内]")
NO_PROBLEM = re.compile(r"(?:不存在|没有|未发现|无)[^，,。；;]{0,10}问题")
# No problem of any kind: of what the sentence is about.
ANY = re.compile("(?:不存在|没有|未发现|无)(?:任何|其他|违规|违纪|违法|的)*问题")
HUNDRED = Decimal(100)
EMPTY = frozenset(("管理", "情况", "工作", "方面", "问题"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of every indicator table; then line against line of one group."""
    for _, lines in subject.indicators:
        groups: dict[tuple[str, ...], list[IndicatorLine]] = {}
        for line in lines:
            if line.result is not None:
                yield _bound(line, line.result)
                yield _uncounted(line, line.result)
            if line.target is not None:
                yield _wish(line, line.target)
            if len(line.levels) > 1:
                groups.setdefault(line.levels[:-1], []).append(line)
        for group, members in groups.items():
            claimed = any("问题" in note.text for line in members for note in line.notes)
            if len(members) > 1 and claimed:  # quick
                yield from _flawless(group[-1], members)


def _bound(line: IndicatorLine, cell: Cell) -> Outcome:
    text = cell.text.strip()
    if not (SIGNED.match(text) or ENDED.fullmatch(bare(text))):
        return Outcome(BOUND)
    words = {"label": line.label, "printed": text}
    return Outcome(BOUND, finding=Finding(BOUND, cell.at, words, (), cell.address, text))


def _uncounted(line: IndicatorLine, cell: Cell) -> Outcome:
    """125名、140人、20个 in the target, or ≥95%, and nothing but words in the result."""
    counts = COUNT.findall(line.target.text) if line.target is not None else []
    text = cell.text.strip()
    if _open(line) and SAID_DONE.fullmatch(text.rstrip("。")):
        assert line.target is not None  # it is open
        counts = [line.target.text.strip()]
    elif len(counts) < LEAST or COUNT.search(text):
        return Outcome(UNCOUNTED)
    words = {
        "label": line.label,
        "count": str(len(counts)),
        "listed": "、".join(counts[:3]) + ("等" if len(counts) > len(counts[:3]) else ""),
        "printed": text,
    }
    return Outcome(UNCOUNTED, finding=Finding(UNCOUNTED, cell.at, words, (), cell.address, text))


def _open(line: IndicatorLine) -> bool:
    """Is the target a bound that a result may pass by more or by less: ≥95%, ≤30万元?"""
    if line.target is None or "满意" in line.name:  # what is said of satisfaction has its own rule
        return False
    figure, sign = wanted(line.target.text)
    if figure is None or not sign or figure.amount <= 0:
        return False
    return figure.unit != "%" or figure.amount < HUNDRED


def _wish(line: IndicatorLine, cell: Cell) -> Outcome:
    """改善人居环境: 100%."""
    text = cell.text.strip()
    if not ALL.match(text) or not WISHED.search(line.label) or RATED.search(line.label):
        return Outcome(WISH)
    words = {"label": line.label, "printed": text}
    return Outcome(WISH, finding=Finding(WISH, cell.at, words, (), cell.address, text))


def _flawless(group: str, members: list[IndicatorLine]) -> Iterator[Outcome]:
    failed = None
    for line in members:
        for note in line.notes:
            text = note.text.strip("。 ")
            short = len(text) <= 40 and "。" not in text
            if short and admitted(text):
                failed = failed or (line, note, text)
    if failed is None:
        return
    other, beside, words = failed
    for line in members:
        for note in line.notes:
            match = NO_PROBLEM.search(note.text)
            if match is None or line is other:
                continue
            low = max(note.text.rfind(stop, 0, match.start()) for stop in "。；\n") + 1
            said = note.text[low : match.end()] if ANY.fullmatch(match[0]) else match[0]
            if not _about(said, group):
                continue
            told = {
                "label": line.label,
                "printed": match[0],
                "other": other.label,
                "failed": words,
            }
            finding = Finding(FLAWLESS, note.at, told, (beside.at,), note.address, match[0], words)
            yield Outcome(FLAWLESS, finding=finding)


def _about(said: str, group: str) -> bool:
    """Do two characters of the group's name in a row stand in what is said?"""
    names = "".join(c for c in group if "\u4e00" <= c <= "\u9fff")
    pairs = {names[n : n + 2] for n in range(len(names) - 1)} - EMPTY
    return any(pair in said for pair in pairs)
