"""分值与口径不符: weights that differ from the issuer's decree, totals above its full score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.profiles import Profile
from site_builder.report import Fact, Report, TableData
from site_builder.rules.indicator_lines import IndicatorLine, counted_cells
from site_builder.rules.outcome import Outcome, Subject

_REMEDY = Words(
    "请对照财政部门下发的表式核对分值；下发的分值与口径文件不同的，请改正 data/profiles/ 里的口径",
    "check the weights against the issuer's form; if its decree differs, mend data/profiles/",
)
RULE = Rule(
    "weight-off-profile",
    "error",
    Words("分值与规定不符", "Weight differs from the decree"),
    Words(
        "“{label}”的分值是{printed}，{profile}规定为{recomputed}",
        "the weight of “{label}” is {printed}; {profile} decrees {recomputed}",
    ),
    _REMEDY,
    Words(
        "各类指标的分值由财政部门统一规定，改了分值，得分和等级就不能与别的单位相比。",
        "Weights are decreed for all; scores under other weights cannot be compared.",
    ),
    "财预〔2020〕10号（条文待核）；以口径文件所引依据为准",
)
FULL = Rule(
    "score-above-full",
    "error",
    Words("得分超过满分", "Score above the full score"),
    Words(
        "“{label}”写的是{printed}，超过了{profile}的满分{recomputed}",
        "“{label}” is {printed}, above the full score of {recomputed} under {profile}",
    ),
    Words(
        "请核对得分；另有加分项的，请在口径的“满分”里计入",
        "check the score; where bonus points count, raise the profile's full score",
    ),
    Words("总分不能超过满分。", "No total can exceed the full score."),
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|\s")
_EXECUTION = ("预算执行率", "预算执行", "预算执行指标", "预算执行率指标", "预算执行情况")

_OTHER_GROUPS = Words("表中的一级指标与口径所列不同", "the profile names other groups")


def check(subject: Subject) -> Iterator[Outcome]:
    """Groups, execution and total weight of each indicator table; the score against the full one."""
    report, profile = subject.disclosure.report, subject.disclosure.profile
    if profile is None or not (profile.group_weights or profile.execution_weight):
        yield Outcome(RULE, reason=Words("口径没有规定分值", "the profile decrees no weights"))
    by_address = {t.form.address: t for t in report.tables}
    if profile is not None:
        for table, lines in subject.indicators:
            others = [by_address[a] for a in table.form.counted_with if a in by_address]
            yield from _groups(profile, table, lines)
            yield from _execution(profile, others)
            yield from _whole(profile, table, others)
        yield from _full(profile, report)


def _groups(
    profile: Profile, table: TableData, lines: tuple[IndicatorLine, ...]
) -> Iterator[Outcome]:
    """The printed weight of a group, else the sum of its indicators, against the decree."""
    weights: dict[str, list[Fact]] = {}
    for line in lines:
        if line.weight is not None and line.weight.fact is not None:
            weights.setdefault(_plain(line.levels[0]), []).append(line.weight.fact)
    printed = {_plain(name): cell for name, cell in table.group_weights.items()}
    decreed = {_plain(name): weight for name, weight in profile.group_weights.items()}
    names = dict.fromkeys((*printed, *weights))
    if decreed and names.keys().isdisjoint(decreed):
        yield Outcome(RULE, reason=_OTHER_GROUPS)
    wanted_of = {**dict.fromkeys(_EXECUTION, profile.execution_weight), **decreed}
    for name in names:
        wanted = wanted_of.get(name)
        if wanted is None:
            continue
        cell = printed.get(name)
        facts = [cell.fact] if cell is not None and cell.fact is not None else weights.get(name, [])
        if facts:
            yield _against(RULE, profile, name, facts, wanted)


def _execution(profile: Profile, others: list[TableData]) -> Iterator[Outcome]:
    facts = [c.fact for t in others for c in counted_cells(t, "分值") if c.fact is not None]
    if profile.execution_weight is not None and facts:
        yield _against(RULE, profile, facts[0].row, facts, profile.execution_weight)


def _whole(profile: Profile, table: TableData, others: list[TableData]) -> Iterator[Outcome]:
    """The total weight, where printed; what the indicators make is left to weights-differ."""
    column = table.form.column_with("分值")
    if profile.full_score is None or column is None:
        return
    cell = table.total.get(column.label)
    if cell is not None and cell.fact is not None:
        yield _against(RULE, profile, "总分", [cell.fact], profile.full_score)
        return
    facts = [c.fact for c in counted_cells(table, "分值") if c.fact is not None]
    if facts and len(facts) == len(table.lines):
        more = [c.fact for t in others for c in counted_cells(t, "分值") if c.fact is not None]
        facts += more
        weight = profile.execution_weight
        if weight is not None and not more:  # a form of goals alone, which weighs no execution
            amount = sum((f.figure.amount for f in facts), Decimal(0))
            if amount == profile.full_score - weight:
                yield Outcome(RULE, tuple(f.address for f in facts))
                return
        yield _against(RULE, profile, "各项指标合计", facts, profile.full_score)


def _full(profile: Profile, report: Report) -> Iterator[Outcome]:
    if profile.full_score is None:
        return
    for fact in report.facts_of("自评得分", "自评"):
        if fact.figure.amount <= profile.full_score:
            yield Outcome(FULL)
        else:
            yield _against(FULL, profile, fact.label, [fact], profile.full_score)


def _plain(name: str) -> str:
    return _BRACKETS.sub("", name)


def _against(
    rule: Rule, profile: Profile, label: str, facts: list[Fact], wanted: Decimal
) -> Outcome:
    amount = sum((f.figure.amount for f in facts), Decimal(0))
    guards = tuple(f.address for f in facts)
    if amount == wanted:
        return Outcome(rule, guards)
    words = {
        "label": label,
        "printed": f"{amount}分",
        "recomputed": f"{wanted}分",
        "profile": f"“{profile.name}”",
    }
    first, others = facts[0], tuple(f.at for f in facts[1:])
    finding = Finding(
        rule,
        first.at,
        words,
        others,
        first.address,
        first.figure.text,
        str(wanted),
        str(amount - wanted),
    )
    return Outcome(rule, guards, finding)
