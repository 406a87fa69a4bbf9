"""一是…二是…三是…，以上共投入多少: money told in numbered points, and the total behind the last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.rules.item_totals import judged
from site_builder.rules.items_before import SIZES
from site_builder.rules.list_lines import POINT
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import Amount, Segment, segments
from site_builder.sentences import Passage

# 以上三项共投入资金267万元; 三项合计投资267万元
TOTAL = re.compile(
    "^[，,]?(?P<of>以上|上述|这)?(?:(?P<n>[二两三四五六七八九])[项个类](?:工程|项目|工作)?)?(?:工程|项目|各项)?(?:合计|共计|总计|累计|总共|共)"
    "(?:投入|投资|完成投资|使用|支出|安排|发放|补助|筹集|兑付|拨付|争取)?(?:各类|各项|项目)?(?:资金|投资|经费|补助资金|金额)?(?:为|达)?$"
)
ASIDE = re.compile("每|均|计划|预算|上年|去年|其中|收入|产值|节约|增|减|占|自筹|配套|贷款|受益|罚")
MAYBE = re.compile("[以上述项]([上述])?[^。；;]{0,8}?[合共总累][计共]?[^，,。；;0-9]{0,8}[0-9]")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every total of money behind numbered points that hold one amount of money each."""
    for passage in subject.told.holding(MAYBE):
        if "二是" in passage.text:  # quick
            yield from _of_passage(passage)


def _of_passage(passage: Passage) -> Iterator[Outcome]:
    told = [(s, a) for s in segments(passage) for a in s.amounts if a.figure.kind == "money"]
    for number, (segment, total) in enumerate(told):
        match = TOTAL.match(total.words)
        if match is None or not (match["of"] or match["n"]):
            continue
        items = _items(passage, told[:number], total)
        size = SIZES.get(match["n"], len(items))
        if len(items) > 1 and size == len(items) and all(a.exact for a in (total, *items)):
            yield judged(segment, total, items)


def _items(passage: Passage, told: list[tuple[Segment, Amount]], total: Amount) -> list[Amount]:
    """The one amount of money of each point before a total; none where a point has none or two."""
    start = max(0, passage.text.rfind("一是", 0, total.said.start))
    marks = [m.start() for m in POINT.finditer(passage.text, start, total.said.start)]
    items: list[Amount] = []
    for low, high in zip(marks, [*marks[1:], total.said.start], strict=True):
        mine = [a for _, a in told if low <= a.said.start < high]
        if len(mine) != 1 or ASIDE.search(mine[0].words):
            return []
        items += mine
    return items
