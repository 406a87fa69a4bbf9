"""完工、在建、未开工加起来不等于总数: three states told one behind the other, which are all there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.part_lists import judged
from site_builder.segment import Amount, Segment, alike, segments

_DONE = "完工|竣工|建成|完成|投入使用|投用|投产|交付使用|验收|办结|整改到位|销号|整改|化解"
# Three ways to tell what is done, what is under way, what is not begun; and of indicators.
STATES = (
    (
        re.compile(f"(?:已|全部|全面|均)*(?:经)?(?:{_DONE})+(?:的|有|并?通过验收|完毕|到位)*"),
        re.compile(
            "(?:正在|正|仍在|尚在|在)(?:加快|抓紧|有序|全力)?(?:建|施工|建设|实施|推进|办理?|整改|化解|调处|进行)(?:中|的|有)*|"
            "(?:施工|实施|建设|推进|办理|整改)中的?|(?:主体|部分)(?:工程)?完工的?"
        ),
        re.compile(
            "(?:尚|还|仍|暂|目前)*(?:未|没有)(?:能|有)?(?:开工|动工|启动|实施|建设|开建|办理?|整改|化解)(?:建设)?(?:的|有)*|"
            "待(?:开工|建|启动|实施|办|整改)的?|(?:前期|筹备)(?:准备)?(?:阶段|工作|中)?的?"
        ),
    ),
    (
        re.compile(
            "(?:已|全部|全面|完全)*(?:达标|完成|达成|实现|达到|优秀|合格)(?:目标|预期)?(?:的|有)*"
        ),
        re.compile("(?:基本|部分)(?:达标|完成|达成|实现|达到|合格)(?:目标|预期)?(?:的|有)*"),
        re.compile(
            "(?:未|没有|不)(?:能)?(?:达标|完成|达成|实现|达到|合格)(?:目标|预期)?(?:的|有)*"
        ),
    ),
)
LEAD = re.compile("^[、，,和及（(：:]*(?:目前|其中|截至[^，,已]{2,10}[，,]?)?[：:，,]?(?:有)?")
BEHIND = re.compile("(?:项目|工程|指标|任务|事项)?[^，,。；;、）)0-9]{0,10}")
NOUN = re.compile("^(?:项目|工程|指标|任务|事项|隐患|问题|案件|[处个项件])*")
MAYBE = re.compile("[未待没不前筹](?:(?<=未)|(?<=待)(?=[开建启实办整])|(?=有|合格)|(?=期|备))")
ASIDE = re.compile("计划|目标|拟|上年|去年|新增|另|均|每|占|较|比")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every three neighbouring amounts that are the three states of the one before them."""
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            if len(segment.amounts) > 3:  # quick
                yield from _of_segment(segment)


def _of_segment(segment: Segment) -> Iterator[Outcome]:
    amounts = segment.amounts
    for number in range(len(amounts) - 3):
        whole, *parts = amounts[number : number + 4]
        if not all(a.exact and alike(a.figure, whole.figure) for a in (whole, *parts)):
            continue
        behind = amounts[number + 4 :]
        if behind and alike(behind[0].figure, whole.figure):
            continue  # a fourth state
        if ASIDE.search(whole.words[-12:]) or not _are_states(segment, parts):
            continue
        yield from judged(segment.passage, whole, parts)


def _are_states(segment: Segment, parts: list[Amount]) -> bool:
    for names in (_before(parts), _behind(segment, parts)):
        for kinds in STATES:
            found = {n for name in names for n, kind in enumerate(kinds) if kind.fullmatch(name)}
            if all(names) and len(found) == len(kinds):
                return True
    return False


def _before(parts: list[Amount]) -> list[str]:
    """完工8个、在建3个: the states before their numbers."""
    return [LEAD.sub("", part.words.rpartition("其中")[2]) for part in parts]


def _behind(segment: Segment, parts: list[Amount]) -> list[str]:
    """8个已完工、3个在建: behind them."""
    text = segment.passage.text
    told = (match[0] for part in parts if (match := BEHIND.match(text, part.said.end)))
    return [NOUN.sub("", words) for words in told]
