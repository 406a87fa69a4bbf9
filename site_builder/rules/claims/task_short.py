"""任务只完成了一部分，却说目标完成率100%: a task told as done in part, beside goals that are all met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.regulations import PERFORMANCE
from site_builder.sentences import Passage
from site_builder.told import is_wished

RULE = Rule(
    "task-short",
    "warning",
    Words("任务没有全部完成，却说目标都完成了", "A task done in part, and all goals met"),
    Words(
        "这里写“{printed}”，另一处写“{other}”",
        "here it says “{printed}”, elsewhere “{other}”",
    ),
    Words(
        "请写明哪一项没有完成和原因，或核对完成率；原件如此的，保留原文并在“认可”中说明",
        "say which task was not met and why, or check the rate; if both are printed so, explain it",
    ),
    Words(
        "有一项任务没有完成，目标完成率就不是100%。",
        "With one task unmet the goals are not met at 100 %.",
    ),
    PERFORMANCE,
    yields_to=("goal-missed", "on-time-denied"),
)
# 绩效目标完成率100%; 各项目标均已完成; 目标全部完成
_ALL = "圆满|全面|按[期时]|如期|顺利|超额|胜利"
CLAIM = re.compile(
    r"(?:各项|所有|整体|总体|绩效|年度|全年|本单位|(?<=我[局镇乡])|(?<=我[局镇乡]”))(?:的|绩效|年度|各项|工作|整体|全部|重点)*(?:目标|任务|指标)(?:任务)?(?:的)?"
    r"(?:(?:总体|整体|综合)?完成率(?:均|都)?(?:为|是|达到?了?|[:：])?(?:100[%％]|百分之百)|"
    rf"(?:均|都|全部|已|(?:{_ALL}))+(?:{_ALL})*(?:完成|实现|达成)|(?:均|都|全部)(?:已)?达到(?:或|和|、)?(?:超过)?(?:目标值|年度目标|预期))"
)
MAYBE_CLAIM = re.compile("[完均都全已如圆按顺超胜](?:(?<=完)成率|(?<=[标务].))")
# 完成缴费任务1104人，完成84.73%; 完成任务的91%: of a task, at the end of a sentence's clause
SHORT = re.compile(
    r"(?:任务|计划(?=[0-9]))(?:[^，,。；;、0-9%％]{0,4}[0-9][0-9,.]*[ ]?[一-鿿]{0,3})?"
    r"(?:[，,](?:已|实际)?完成[0-9][0-9,.]*[ ]?[一-鿿]{1,3})?[，,]?"
    r"(?:(?:完成|达成)(?:率|进度|比例)?|的|即)(?:仅|只)?(?:为|达到?|了|有)?[ ]?"
    r"(?P<rate>[0-9]{1,2}(?:\.[0-9]+)?)[%％]"
)
MAYBE_SHORT = led_by("任计", "(?:任务|计划(?=[0-9]))[^。；\n%％]{0,24}[0-9][%％]")
# What is asked of a place, or is of another year or of a plan that runs on, is no task left undone.
OTHER = re.compile(
    "力争|争取|计划(?![0-9])|预计|预期|要求|明年|下一?步|上年|去年|增长|上升|提高|超额|超过|超出|[一二三]季度|上半年|序时|时间过半|时序"
)
NOT_ALL = re.compile("除|基本|大部分|未|力争|确保|计划|要求")


def check(subject: Subject) -> Iterator[Outcome]:
    """The first claim that all was done against the first task that was not."""
    for other, task in _short(subject):
        claim = next(_claims(subject), None)
        if claim is None:
            break
        yield Outcome(RULE, finding=_finding(*claim, other, task))
        return
    yield Outcome(RULE)


def _finding(
    passage: Passage, match: re.Match[str], other: Passage, task: re.Match[str]
) -> Finding:
    low, high = other.clause(task.start())
    told = other.text[max(low, task.start() - 8) : max(high, task.end())]
    return Finding(
        RULE,
        passage.place(match.start()),
        {"printed": match[0], "other": told},
        (other.place(task.start()),),
        passage.address or sentence_address(match[0], "任务"),
        match[0],
        told,
    )


def _short(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in subject.told.holding(MAYBE_SHORT):
        match = SHORT.search(passage.text)
        if match is None or is_wished(passage.section.rpartition(" · ")[2]):
            continue
        if OTHER.search(passage.text, *passage.sentence(match.start())):
            continue
        # 确保权益不受损，完成任务的84.73% assures of something else.
        if "确保" not in passage.text[passage.opening(match.start()) : match.end()]:
            yield passage, match


def _claims(subject: Subject) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in subject.told.holding(MAYBE_CLAIM):
        for match in CLAIM.finditer(passage.text):
            if not NOT_ALL.search(passage.text, *passage.sentence(match.start())):
                yield passage, match
