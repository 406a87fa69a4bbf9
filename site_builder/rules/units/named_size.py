"""名为千亩，实不足千亩: so many plots named 千亩 or 百亩, and an area too small for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.report import Fact, TableData
from site_builder.rules.outcome import Outcome, Subject
from site_builder.told import plain_label

RULE = Rule(
    "named-size",
    "warning",
    Words("面积小于名称所说", "An area smaller than its name says"),
    Words(
        "“{name}”有{count}个，照名称至少{recomputed}亩，写的总面积是{printed}",
        "{count} of “{name}” are at least {recomputed}亩 by their name; the area is {printed}",
    ),
    Words(
        "请核对个数和总面积；原件如此的，保留原文并在“认可”中说明",
        "check number and area; if they are printed so, keep them and explain it",
    ),
    Words(
        "千亩片就是一片不少于一千亩；面积不够，要么数错了，要么名称不实。",
        "A plot called 千亩 holds a thousand 亩; with less, number, area or name is wrong.",
    ),
)
SIZES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
NAMED = re.compile(r"[百千万]亩")
HOLDS = re.compile(r"亩(?<=[百千万]亩)")  # the same, and quicker
AREA = r"[^。；;0-9]{0,14}?(?:面积|共|合计|总计|达)[^。；;0-9，,]{0,4}?(?P<area>[0-9]+(?:\.[0-9]+)?万?)(?:余|多)?亩"
AFTER = re.compile(
    r"(?P<size>[百千万])亩(?P<what>[^，,。；;0-9]{1,12}?)(?P<count>[0-9]+)(?:个|片|处|块)" + AREA
)
BEFORE = re.compile(
    r"(?P<count>[0-9]+)(?:个|片|处|块)[^，,。；;0-9百千万]{0,8}(?P<size>[百千万])亩(?P<what>[^，,。；;0-9]{1,12}?)[，,（(]?"
    + AREA
)
OTHER = re.compile("全镇|全乡|全县|全年|累计|种植|播种|推广|带动|辐射")


def check(subject: Subject) -> Iterator[Outcome]:
    """Sentences that say number and area; then tables that hold both."""
    compared = False
    for passage in subject.told.holding(HOLDS):
        text = passage.text
        for pattern in (AFTER, BEFORE):
            for match in pattern.finditer(text):
                between = text[match.end("what") : match.start("area")]
                area = measure(f"{match['area']}亩")
                if area is None or OTHER.search(between):
                    continue
                compared = True
                least = SIZES[match["size"]] * Decimal(match["count"])
                if area.amount >= least:
                    yield Outcome(RULE)
                    continue
                name = f"{match['size']}亩{match['what']}"
                printed = f"{match['area']}亩"
                words = _words(name, match["count"], least, printed)
                at = passage.place(match.start("area"))
                others = (passage.place(match.start()),)
                address = passage.address or sentence_address(printed, name)
                finding = Finding(RULE, at, words, others, address, printed, str(least))
                yield Outcome(RULE, finding=finding)
    acres = any(fact.figure.unit == "亩" for fact in subject.disclosure.report.facts)
    for table in subject.disclosure.report.tables if acres else ():  # quick
        for outcome in _fields(table):
            compared = True
            yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有以面积命名的片区", "no plots named by their size"))


def _fields(table: TableData) -> Iterator[Outcome]:
    facts = [line.cells[0].fact for line in table.lines]
    for fact in facts:
        if fact is None or fact.figure.unit not in ("个", "片", "处"):
            continue
        if "亩" not in fact.row:  # quick
            continue
        name = plain_label(fact.row)
        match = NAMED.search(name)
        if match is None:
            continue
        what = name[match.end() :]
        area = _area(facts, what)
        if area is None or area.figure.unit != "亩":
            continue
        least = SIZES[match[0][0]] * fact.figure.amount
        guards = (fact.address, area.address)
        if area.figure.amount >= least:
            yield Outcome(RULE, guards)
            continue
        words = _words(name[match.start() :], str(fact.figure.amount), least, str(area.figure))
        finding = Finding(
            RULE, area.at, words, (fact.at,), area.address, area.figure.text, str(least)
        )
        yield Outcome(RULE, guards, finding)


def _area(facts: list[Fact | None], what: str) -> Fact | None:
    """The one fact that gives their area: 示范片总面积."""
    if len(what) < 2:
        return None
    fitting = [
        f
        for f in facts
        if f is not None and "面积" in f.row and what in f.row and f.figure.kind == "area"
    ]
    return fitting[0] if len(fitting) == 1 else None


def _words(name: str, count: str, least: Decimal, printed: str) -> dict[str, str]:
    return {"name": name, "count": count, "recomputed": str(least), "printed": printed}
