"""人数过少: so few persons of a delicate kind that neighbours may know who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.report import Fact, TableData
from site_builder.rules.delicate import STATUS
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.wording import Wording

RULE = Rule(
    "small-group",
    "warning",
    Words("人数过少，可能识别到个人", "So few that persons can be recognised"),
    Words(
        "{where}写了特殊群体中{count}个5人以下的人数，当地人可能认得出是谁",
        "{count} groups of fewer than five persons of a delicate kind at {where_en}: neighbours may know them",
    ),
    Words(
        "请改写为“若干人”或与其他人数合并",
        "say “some”, or add the number to another",
    ),
    Words(
        "公开的报告人人可以下载、搜索和转载，个人信息一旦公布就收不回来；应当只保留公开所必需的部分。",
        "What is published can be copied by anyone and never called back; keep only what must be public.",
    ),
    "个人信息保护法第二十八条、第五十一条",
)
FEW = re.compile(
    r"[1-4](?<![\d.,:：\-].)(?:人|名|户|例|位)(?![次民员均]|以[上下]|左右|[一口]|专[职干])"
)
# Words that go on counting a group that was named before.
GOES_ON = re.compile(
    r"肇祸|羁押|解除|死亡|治疗|康复|复吸|隔离|收治|收监|脱管|戒断|返贫|清退|重度|在册|自杀|(?:^|其中)(?:新增|退出|纳入)$"
)
# 1名易肇事肇祸精神障碍患者
KIND_OF = re.compile(
    "^(?:(?:易肇事)?肇祸|易肇事|严重|重度|重症|困难|在册|在管|新增|病残|失联|脱管)+的?"
)
STAFF = re.compile(
    r"每|专职|委员|各|配备|安排|选派|聘|民警|干部|干事|专干|医生|医师|社工|志愿|网格员|工作人员|护理|队|指导员|联络员|党员|教师|"
    r"负责|组织员|大学生|机构|中心|站"
)
STAFF_AFTER = re.compile(
    r"(?:专职|兼职)?(?:民警|干部|医生|专干|社工|工作人员|护理|网格员|党员|志愿|教师|辅警|指导员)"
)
PEOPLE = frozenset("人名户例位")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every sentence, and every row of a table that counts persons."""
    findings = [*_in_sentences(subject.wording)]
    facts = subject.disclosure.report.facts
    few = {fact.table for fact in facts if _is_few(fact)}  # quick
    for table in subject.disclosure.report.tables:
        if table.form.address in few:  # quick
            findings += _in_table(table)
    yield from outcomes_of(findings, (RULE,))


def _in_sentences(wording: Wording) -> Iterator[Finding]:
    """Sentences that count fewer than five of a group, each once, from the first count to the last."""
    text = wording.text
    done = -1
    for match in FEW.finditer(text, 0, wording.notes):
        if match.start() < done or wording.source(match.start()).kind in ("figure", "heading"):
            continue
        start, done = wording.sentence(match.start())
        if STATUS.search(text, start, done) is None:
            continue
        few = [f for f in FEW.finditer(text, start, done) if _counts_group(text, start, f)]
        if few:
            yield _finding(wording, few[0].start(), few[-1].end(), len(few))


def _counts_group(text: str, start: int, few: re.Match[str]) -> bool:
    """Does the number count the group, not those who care for it?"""
    comma = max(text.rfind(c, start, few.start()) for c in "，、,：（")
    label = text[max(start, comma + 1) : few.start()]
    after = text[few.end() : few.end() + 16]
    if STAFF.search(label) or STAFF_AFTER.match(after):
        return False
    after = KIND_OF.sub("", after)
    return bool(STATUS.search(label) or GOES_ON.search(label) or STATUS.match(after))


def _is_few(fact: Fact) -> bool:
    """Does it count one to four persons?"""
    figure = fact.figure
    return figure.unit in PEOPLE and not figure.about and 0 < figure.amount < 5


def _few_in(table: TableData) -> Iterator[Fact]:
    """Rows that count fewer than five of a group which they or the rows around them name."""
    named = any(STATUS.search(line.label) for line in table.lines)
    for line in table.lines:
        label = line.label
        if (STATUS.search(label) or (named and GOES_ON.search(label))) and not STAFF.search(label):
            facts = [cell.fact for cell in line.cells if cell.fact is not None]
            yield from filter(_is_few, facts)


def _finding(wording: Wording, start: int, end: int, count: int) -> Finding:
    spot = wording.spot(start, end)
    words = {
        "where": f"第{spot.first}–{spot.last}字",
        "where_en": f"characters {spot.first}–{spot.last}",
        "count": str(count),
    }
    at, address = spot.at, spot.source.address
    if spot.source.kind == "sentence":
        address = f"{address}={address_part(wording.text[start:end])[:12]}"
    return Finding(RULE, at, words, address=address, length=spot.length)


def _in_table(table: TableData) -> Iterator[Finding]:
    for fact in _few_in(table):
        words = {"where": f"“{fact.label}”", "where_en": f"“{fact.label}”", "count": "1"}
        yield Finding(RULE, fact.at, words, address=fact.address)
