"""前面列的与后面的个数不符: 提标、清淤、管护四项工作, where three are named before their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.figure import han_number
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.miscounts import Stated, counts
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage

RULE = Rule(
    "named-before-count",
    "warning",
    Words("前面列的与后面的个数不符", "Named before their number, and not so many"),
    Words(
        "“{printed}”写的是{stated}，前面列出来的是{listed}",
        "“{printed}” states {stated}; {listed} are named before it",
    ),
    Words(
        "请数一遍，改正个数或补全所列各项；原件如此的，保留原文并在“认可”中说明",
        "count them; mend the number or the list, or explain it",
    ),
    Words(
        "读者会数；个数与所列对不上，至少有一处写错或漏了。",
        "Readers count; when list and number differ, one of them is wrong or short.",
    ),
    yields_to=("list-count",),
)
# What the number counts. 三个项目 in digits (产业路3个项目) may be of the last alone.
NOUN = {
    "项": re.compile(
        r"(?:重点|主要|具体|中心|基础|日常|专项|民生|关键|核心|基本|重大|内部|管理)*(?:工作|任务|措施|制度|举措|内容|机制|职责|要求|改革|活动|经费|费用|补贴|政策|服务|支出|整治|保险)"
    ),
    "个": re.compile(
        r"(?:重点|主要|关键|薄弱)*(?:方面|环节|领域|阶段|层面|维度|行政村|自然村|村(?![民组级集居落])|社区|乡镇|镇(?![区村]))"
    ),
    "大": re.compile(
        "(?:主导|支柱|特色|重点)*(?:产业|工程|行动|任务|体系|板块|领域|振兴|攻坚战|基地|抓手|战役|专项)"
    ),
    "条": re.compile("(?:措施|建议|意见|主线)"),
    "类": re.compile("(?:问题|情况|人员|对象|群体|指标)"),
}
HAN_NOUN = re.compile(
    "(?:重点|主要|专项|民生)*(?:项目|工程|行动|产业|中心|站所|部门|板块|能力|体系)"
)
NOT_AFTER = re.compile(
    "之[一二]|中[的，,]|以?外|的(?:其中|第)|[：:（(]|"
    "[，,]?(?:即|分别|具体|包[括含](?![一二两三四五六七八九十0-9]{1,2}[项个大]))"
)
CLAUSE = re.compile("[，,]")
STOP = re.compile("[。；;：:！？!?（(）)\n]")
QUOTED = re.compile("[“”‘’《》]")
ASIDE = re.compile(r"[（(][^（）()]*[）)]")
JOINT = re.compile("和|与|及|以及|并")
IN_ALL = re.compile("(?:一共|共计|合计|总计|共|这)$")
OPEN = re.compile(
    "(?:等|落实|完成|实施|开展|推进|抓好|做好|明确|制定|建立|健全|印发|出台|涉及|覆盖|围绕|聚焦|突出|设|有|为|是|新增|新建|另|还|及|以|外|的|了|各|每|其他|其余|另外|上述|以上|前|后|余)$"
)
FUNCTION = re.compile("[的对在向由为将从到以或了等被把让使]|[0-9]|第")
DIGIT = re.compile("[0-9]")
BROAD = re.compile("[片组区线]$")
# Each noun begins with one of these; a quick no.
MAY = re.compile(
    "[项个大条类](?<=[三四五六七八九十0-9].)(?=”?[重主具中基日专民关核内管工任措制举机职要改活经费补政服支整保薄方环领阶层维行自村社乡镇支特产体板振攻抓战建意问情人对群指项站部能])"
)
# 镇、村、组三级联动
LEVEL = re.compile("级(?<=[、和及与][镇乡村组户县市省屯队社区街道片][二两三四五]级)")
_A_LEVEL = "(?:省|市|县|区|镇|乡|街道|村|社区|组|屯|户|片|队)"
LEVELS = re.compile(
    f"(?<![、和及与])(?P<names>{_A_LEVEL}(?:[、和及与]{_A_LEVEL}){{1,5}})(?P<n>[二两三四五])级"
)
JOINTS = re.compile("[、和及与]")
NEAR = 24  # characters before a number, in which the last 、 must stand
LONGEST, SHORT = 8, 12  # characters of an item; of a clause that may hold one


def check(subject: Subject) -> Iterator[Outcome]:
    """Every number of a sentence with an enumeration before it."""
    compared = False
    for outcome in _levels(subject):
        compared = True
        yield outcome
    for passage in subject.told.holding(MAY):
        text = passage.text
        if text.count("、") < 2:  # quick
            continue
        for stated in counts(text):
            listed = _listed(text, stated)
            if listed is None:
                continue
            compared = True
            nearest = min(listed, key=lambda size: abs(size - stated.number))
            if abs(nearest - stated.number) == 1:
                yield _found(passage, stated, nearest)
    if not compared:
        yield Outcome(RULE, reason=Words("没有先列后数的", "nothing is named before its number"))


def _levels(subject: Subject) -> Iterator[Outcome]:
    """镇、村、组三级联动: each level by its name."""
    for passage in subject.told.holding(LEVEL):
        for match in LEVELS.finditer(passage.text):
            listed, number = len(JOINTS.split(match["names"])), han_number(match["n"])
            if listed < 3 or listed == number:
                yield Outcome(RULE)
                continue
            yield _found_at(passage, match.start("n"), match[0], str(number), str(listed))


def _listed(text: str, stated: Stated) -> set[int] | None:
    """How many may be named before a number; None where it counts nothing that stands there."""
    if text.rfind("、", max(0, stated.start - NEAR), stated.start) < 0:  # quick
        return None
    noun = _noun(text, stated)
    if noun is None or stated.number < 3 or NOT_AFTER.match(text, noun.end()):
        return None
    low = max((m.end() for m in STOP.finditer(ASIDE.sub(_blank, text[: stated.start]))), default=0)
    before = QUOTED.sub("", ASIDE.sub("", IN_ALL.sub("", text[low : stated.start])))
    clauses = CLAUSE.split(before)
    items = clauses[-1].split("、")
    if len(items) < 3 or OPEN.search(items[-1]):
        return None
    named = items[1:]
    parts = [part for one in named for part in JOINT.split(one)]
    if any(not 0 < len(one) <= LONGEST or FUNCTION.search(one) for one in parts):
        return None
    if any(map(BROAD.search, named)):
        return None
    joints = len(parts) - len(named)
    earlier = 0
    for clause in reversed(clauses[:-1]):
        if len(clause) > SHORT or DIGIT.search(clause):
            break
        earlier += 1 + clause.count("、")
    return set(range(len(items), len(items) + joints + earlier + 1))


def _noun(text: str, stated: Stated) -> re.Match[str] | None:
    """What is counted, where nothing else can be meant."""
    pattern = NOUN.get(stated.unit)
    end = stated.end + text.startswith("”", stated.end)  # “三类”人员
    noun = pattern.match(text, end) if pattern is not None else None
    if noun is None and not text[stated.start].isdigit():
        return HAN_NOUN.match(text, end)
    return noun


def _blank(match: re.Match[str]) -> str:
    return "一" * len(match[0])


def _found(passage: Passage, stated: Stated, listed: int) -> Outcome:
    text = passage.text
    noun = _noun(text, stated)
    assert noun is not None  # it was judged
    start = max(text.rfind(mark, 0, stated.start) for mark in "，,。；;：:（(") + 1
    start = max(start, stated.start - 24)
    printed = text[start : noun.end()]
    printed += "”" * (printed.count("“") > printed.count("”"))
    return _found_at(passage, stated.start, printed, str(stated.number), str(listed))


def _found_at(passage: Passage, start: int, printed: str, stated: str, listed: str) -> Outcome:
    words = {"printed": printed, "stated": stated, "listed": listed}
    address = passage.address or sentence_address(printed, passage.anchor)
    finding = Finding(RULE, passage.place(start), words, (), address, stated, listed)
    return Outcome(RULE, finding=finding)
