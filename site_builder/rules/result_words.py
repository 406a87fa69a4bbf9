"""完成情况写得不实: a result given as a bound, words of no problem beside an item that had one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.report import Cell
from site_builder.rules.indicator_lines import IndicatorLine, indicator_tables
from site_builder.rules.outcome import Outcome, Subject

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
    "财预〔2020〕10号（条文待核）",
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
SIGNED = re.compile(r"^(?:≥|≧|>=|＞|>|≤|≦|<=|＜|<|不低于|不少于|不高于|不超过|大于|小于)[ ]?[0-9]")
NO_PROBLEM = re.compile(r"(?:不存在|没有|未发现|无)[^，,。；;]{0,10}问题")
FAILED = re.compile(
    "(?:未能?|没有?能?|没有|尚未)(?:严格|全部|完全)?(?:按|及时|开展|进行|完成|落实|建立|制定|上缴|公开|编制|"
    "盘点|验收|达到|实现|执行|报送)"
)
DENIED = re.compile("不存在|未发现|没有发现|未出现|没有出现|现象|问题|情形|行为|因未|无未")
EMPTY = frozenset(("管理", "情况", "工作", "方面", "问题"))


def check(subject: Subject) -> Iterator[Outcome]:
    """Every line of every indicator table; then line against line of one group."""
    for _, lines in indicator_tables(subject.disclosure.report):
        groups: dict[tuple[str, ...], list[IndicatorLine]] = {}
        for line in lines:
            if line.result is not None:
                yield _bound(line, line.result)
            if len(line.levels) > 1:
                groups.setdefault(line.levels[:-1], []).append(line)
        for group, members in groups.items():
            claimed = any("问题" in note.text for line in members for note in line.notes)
            if len(members) > 1 and claimed:  # quick
                yield from _flawless(group[-1], members)


def _bound(line: IndicatorLine, cell: Cell) -> Outcome:
    text = cell.text.strip()
    if not SIGNED.match(text):
        return Outcome(BOUND)
    words = {"label": line.label, "printed": text}
    return Outcome(BOUND, finding=Finding(BOUND, cell.at, words, (), cell.address, text))


def _flawless(group: str, members: list[IndicatorLine]) -> Iterator[Outcome]:
    failed = None
    for line in members:
        for note in line.notes:
            text = note.text.strip("。 ")
            short = len(text) <= 40 and "。" not in text
            if short and FAILED.search(text) and not DENIED.search(text):
                failed = failed or (line, note, text)
    if failed is None:
        return
    other, beside, words = failed
    for line in members:
        for note in line.notes:
            match = NO_PROBLEM.search(note.text)
            if match is None or line is other or not _about(match[0], group):
                continue
            said = {
                "label": line.label,
                "printed": match[0],
                "other": other.label,
                "failed": words,
            }
            finding = Finding(FLAWLESS, note.at, said, (beside.at,), note.address, match[0], words)
            yield Outcome(FLAWLESS, finding=finding)


def _about(said: str, group: str) -> bool:
    """Do two characters of the group's name in a row stand in what is said?"""
    names = "".join(c for c in group if "\u4e00" <= c <= "\u9fff")
    pairs = {names[n : n + 2] for n in range(len(names) - 1)} - EMPTY
    return any(pair in said for pair in pairs)
