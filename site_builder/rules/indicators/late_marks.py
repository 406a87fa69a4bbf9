"""超过时限却得满分: full marks for an indicator whose result is dated, or lasted, beyond its term."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import measure
from site_builder.finding import Finding, Rule, Words
from site_builder.rules.goal_words import bare, wanted
from site_builder.rules.indicator_lines import IndicatorLine
from site_builder.rules.outcome import Outcome, Subject

RULE = Rule(
    "late-with-full-marks",
    "warning",
    Words("超过时限却得满分", "Full marks after the term"),
    Words(
        "“{label}”的时限是{recomputed}，完成情况写的是{printed}，却得满分",
        "“{label}” was due {recomputed}, the result says {printed}, and it scores in full",
    ),
    Words("请核对日期和得分", "check the dates and the score"),
    Words(
        "超过时限完成的，时效指标没有完成。", "What was done after its term was not done in time."
    ),
    yields_to=("score-above-result",),
)
_DATE = (
    r"(?:(?P<year>20[0-9]{2})[.\-/](?P<m1>[0-9]{1,2})(?:[.\-/](?P<d1>[0-9]{1,2}))?|"
    r"(?:(?P<of>20[0-9]{2}|次|下|翌|当|本|今)年度?)?(?:"
    r"(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})[日号]|(?P<third>[上中下]旬|[初底末])|份)?|"
    r"第?(?P<quarter>[一二三四1-4])季度末?|(?P<half>上半年)|(?P<whole>年?[底末内]))"
    r")"
)
_VERBS = (
    "(?:全部|全面|按期|如期|已|资金|项目|工程)*"
    "(?:完成|完工|竣工|建成|投用|验收|开工|发放|拨付|支付|公开|到位|完毕|交付)*"
)
_DUE = re.compile(f"(?:≤|于|在|不晚于|不迟于|截[至止]到?)?{_DATE}(?:之前|以前|前|内|止)?{_VERBS}")
_DONE = re.compile(f"(?:已|于|在)*{_DATE}{_VERBS}")
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10)}
_NEXT = ("次", "下", "翌")
_SPAN = re.compile("^(?:天|日|日历天|自然日|个?月|个?工作日|小时)$")
_LASTS = re.compile("工期|周期|时限|期限|天数|用时|时长|耗时")
_KEPT = re.compile("质保|管护|保修|服务|巡查|值班|公示")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of every table of indicators."""
    looked_at = False
    year = subject.disclosure.key.year
    for _, lines in subject.indicators:
        for line in lines:
            looked_at = True
            yield _late(line, year)
    if not looked_at:
        yield Outcome(RULE, reason=Words("没有指标表", "no table of indicators"))


def _late(line: IndicatorLine, year: int) -> Outcome:
    """A term for the target, a later time for the result, and the whole weight."""
    target, result = line.target, line.result
    if target is None or result is None or line.weight is None or line.score is None:
        return Outcome(RULE)
    due, done = target.text.strip().rstrip("。"), result.text.strip().rstrip("。")
    late = _after(due, done, year)
    if late is None:
        late = _longer(line.name, due, done)
    weight, score = line.weight.fact, line.score.fact
    if weight is None or score is None or not late or score.figure.amount < weight.figure.amount:
        return Outcome(RULE)
    words = {"label": line.label, "printed": done, "recomputed": due}
    others = (target.at, result.at)
    finding = Finding(RULE, score.at, words, others, score.address, done)
    return Outcome(RULE, finding=finding)


def _after(due: str, done: str, year: int) -> bool | None:
    """Is the first day that a result can mean after the last that its term can?"""
    if not any(c.isdigit() for c in done):  # quick
        return None
    term, came = _DUE.fullmatch(due), _DONE.fullmatch(done)
    if term is None or came is None:
        return None
    last = _days(term, year)[1]
    return _days(came, last[0])[0] > last


def _days(match: re.Match[str], year: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The first and the last day of a date that may only name its month, quarter or year."""
    said = match["year"] or match["of"] or ""
    year = int(said) if said.isdigit() else year + (said in _NEXT)
    if match["whole"]:
        return (year, 1, 1), (year, 12, 31)
    if match["half"]:
        return (year, 1, 1), (year, 6, 31)
    if match["quarter"]:
        quarter = "一二三四".find(match["quarter"]) + 1 or int(match["quarter"])
        return (year, quarter * 3 - 2, 1), (year, quarter * 3, 31)
    month, day = int(match["m1"] or match["month"]), match["d1"] or match["day"]
    if day:
        return (year, month, int(day)), (year, month, int(day))
    low, high = _THIRDS.get(match["third"], (1, 31))
    return (year, month, low), (year, month, high)


def _longer(name: str, due: str, done: str) -> bool | None:
    """工期90天, and it took 126天."""
    if not _LASTS.search(name) or _KEPT.search(name):
        return None
    (term, sign), took = wanted(due), measure(bare(done))
    if term is None or took is None or sign == "≥" or took.about or took.unit != term.unit:
        return None
    return took.amount > term.amount if _SPAN.match(term.unit) else None
