"""整改的比发现的多、人比户少: more settled than was found, fewer persons than households or groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject, finding_on
from site_builder.segment import Amount, alike, segments
from site_builder.sentences import Passage, led_by

SETTLED = Rule(
    "settled-exceeds-found",
    "warning",
    Words("办结、整改的比受理、发现的多", "More settled than were found"),
    Words(
        "“{found}”在先，“{settled}”在后，办完的比要办的还多",
        "“{settled}” stands behind “{found}”: more are settled than there were",
    ),
    Words(
        "请核对两个数；上年结转的也算在内的，写明白",
        "check both numbers; say so if some were left from the year before",
    ),
    Words(
        "发现多少，最多整改多少；受理多少，最多办结多少。",
        "No more can be mended than was found, none settled that was not taken up.",
    ),
    yields_to=("told-share", "told-part-exceeds", "told-balance", "told-parts-differ"),
)
PERSONS = Rule(
    "fewer-persons-than-groups",
    "warning",
    Words("人数比户数、批次还少", "Fewer persons than households or visits"),
    Words(
        "“{printed}”：{persons}比{groups}还少",
        "“{printed}”: fewer persons ({persons}) than there are groups of them ({groups})",
    ),
    Words(
        "请核对两个数，看是不是写反了",
        "check both numbers: they may be exchanged",
    ),
    Words(
        "一户至少一人，一批至少一人次。",
        "A household has one person at least, and so has a visit.",
    ),
    yields_to=("implausible", "prose-contradicts"),
)
FOUND = re.compile(
    "(?:发现|排查出?|查出|受理|接到|收到|接访|摸排出?|梳理出?)(?:了|各类|各种|信访|安全|问题|隐患|矛盾|纠纷|线索|诉求|事项|案件|工单|投诉|举报|环境|食品|道路|消防|火灾)*$"
)
DONE = re.compile(
    "^[，,](?:其中)?(?:目前|现)?(?:已|均已|全部)?(?:经)?(?:完成)?(?:整改|办结|化解|解决|销号|处置|调处|办理)(?:到位|完毕|了)?$"
)
# 接待96批次68人次; 特困供养64户、46人
PAIR = re.compile(
    r"(?<![0-9.,])(?P<n>[0-9]+)(?P<of>批次|批|户)[、，,]?(?P<m>[0-9]+)(?P<who>人次|人)(?!均)"
)
MAYBE = led_by(
    "发排查受接收摸梳",
    "(?:发现|排查|查出|受理|接到|收到|接访|摸排|梳理)[^，,。；;0-9]{0,12}[0-9][^，,。；;]{0,6}"
    "[，,][^，,。；;0-9]{0,10}(?:整改|办[结理]|化解|解决|销号|处置|调处)",
)
ASIDE = re.compile("上年|结转|往年|历年|累计|存量|积案|以来|增|减|计划|目标|其中")
CHANGED = re.compile("增|减|新|退出|迁|其中")


def check(subject: Subject) -> Iterator[Outcome]:
    """Two numbers side by side, of which the second cannot be the larger, or the smaller."""
    found: list[Outcome] = []
    for passage in subject.told.passages:
        if "户" in passage.text or "批" in passage.text:  # quick
            found += _persons(passage)
    for passage in subject.told.holding(MAYBE):
        for segment in segments(passage):
            for one, two in pairwise(segment.amounts):
                found += _settled(passage, one, two)
    yield from found
    for rule in (SETTLED, PERSONS):
        if not any(o.rule is rule for o in found):
            yield Outcome(rule, reason=Words("没有这样的两个数", "no two such numbers"))


def _settled(passage: Passage, one: Amount, two: Amount) -> Iterator[Outcome]:
    """发现隐患131处，已整改137处."""
    if not (FOUND.search(one.words) and DONE.match(two.words) and alike(one.figure, two.figure)):
        return
    low, high = passage.sentence(one.said.start)
    if not (one.exact and two.exact) or ASIDE.search(passage.text, low, high):
        return
    if two.figure.amount <= one.figure.amount:
        yield Outcome(SETTLED)
        return
    words = {
        "found": passage.text[passage.opening(one.said.start) : one.said.end],
        "settled": passage.text[passage.opening(two.said.start) : two.said.end],
    }
    place = passage.place(one.said.start)
    finding = finding_on(SETTLED, passage, two.said, "办结", words, one.said.text, (place,))
    yield Outcome(SETTLED, finding=finding)


def _persons(passage: Passage) -> Iterator[Outcome]:
    """接待96批次68人次; 64户、46人."""
    for match in PAIR.finditer(passage.text):
        if CHANGED.search(passage.text, passage.opening(match.start()), match.start()):
            continue
        groups, persons = Decimal(match["n"]), Decimal(match["m"])
        if persons >= groups:
            yield Outcome(PERSONS)
            continue
        words = {
            "printed": match[0],
            "persons": match["m"] + match["who"],
            "groups": match["n"] + match["of"],
        }
        at = passage.place(match.start())
        address = passage.address or sentence_address(match[0], match["who"])
        yield Outcome(PERSONS, finding=Finding(PERSONS, at, words, (), address, match[0]))
