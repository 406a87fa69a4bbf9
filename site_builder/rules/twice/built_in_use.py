"""投用的比建成的多: more of a thing said to be in use than the report says was built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_wished

RULE = Rule(
    "more-in-use-than-built",
    "warning",
    Words("投用的比建成的多", "More in use than were built"),
    Words(
        "这里写“{printed}”，报告里写的是“{other}”",
        "here it says “{printed}”; the report says “{other}”",
    ),
    Words(
        "请核对建成和投用的数；以前年度建的也算在内的，写明白",
        "check both numbers; say so if those of earlier years are counted",
    ),
    Words(
        "没有建成的，谈不上投入使用。",
        "What was not built cannot be in use.",
    ),
    yields_to=("count-told-twice", "list-count", "prose-contradicts"),
)
# 污水处理终端完成8座 … 9座污水处理终端全部运行
DONE = re.compile(
    r"(?:完成|建成|完工)(?:了)?(?P<n>[0-9]{1,4})(?P<u>[座个处口条栋台盏所套])(?![余多])"
)
BUILT = re.compile("(?:^|[^一-鿿])(?P<x>[一-鿿]{3,10}?)(?:建设|项目)?(?:实际|已|共)?$")
IN_USE = re.compile(
    r"(?P<n>[0-9]{1,4})(?P<u>[座个处口条栋台盏所套])(?P<x>(?![一-鿿]{0,6}中)[一-鿿]{3,10}?)(?:均|全部|都|已经|"
    r"已)+[^，,。；;0-9]{0,8}?(?:运行|投用|使用|建成|完工|验收|竣工|通水|达标)"
)
# 新建公厕6座，目前已有7座投入使用; 安装路灯120盏，已点亮路灯125盏
USED = "(?:投入使用|交付使用|投入运营|投入运行|开门运营|投用|启用|点亮|通水)"
AT_ONCE = (
    r"(?:[新修]建|建成|新修|安装|打造)了?(?P<x>[一-鿿]{2,10}?)(?P<n>[0-9]{1,4})"
    "(?P<u>[座个处口眼条栋台盏所套])[，,、](?:目前|现|年内|年底前?|截至年底)?(?:已有?|有)?"
)
USED_AT_ONCE = (
    re.compile(
        rf"{AT_ONCE}(?P<m>[0-9]{{1,4}})(?P=u)(?P<y>[一-鿿]{{0,10}}?)(?:均|全部|都|已|经)*{USED}"
    ),
    re.compile(rf"{AT_ONCE}{USED}的?(?P<y>[一-鿿]{{0,10}}?)(?P<m>[0-9]{{1,4}})(?P=u)"),
)
MAYBE = led_by("完建", "(?:完成|建成|完工)了?[0-9]")
MAY_USE = led_by("投交开启点通", USED)
BEFORE = re.compile("20[0-9]{2}年|累计|上年|原有|加上")


def check(subject: Subject) -> Iterator[Outcome]:
    """9座终端全部运行, of which 8 were built."""
    compared = False
    done: dict[tuple[str, str], tuple[Decimal, str, Passage, int]] = {}
    for passage in subject.told.holding(MAYBE):
        for match in DONE.finditer(passage.text) if not _aside(passage) else ():
            built = BUILT.search(passage.text, max(0, match.start() - 16), match.start())
            if built is not None:
                key = built["x"][-6:], match["u"]
                done[key] = Decimal(match["n"]), built["x"] + match[0], passage, match.start()
    for passage in subject.told.lines if done else ():  # quick
        for match in IN_USE.finditer(passage.text):
            for (name, unit), (number, words, other, start) in done.items():
                if unit != match["u"] or not _same(name, match["x"][-6:]) or _aside(passage):
                    continue
                if BEFORE.search(passage.text, max(0, match.start() - 12), match.start()):
                    continue
                compared = True
                if Decimal(match["n"]) <= number:
                    yield Outcome(RULE)
                    continue
                finding = Finding(
                    RULE,
                    passage.place(match.start()),
                    {"printed": match[0], "other": words},
                    (other.place(start),),
                    sentence_address(match[0], name),
                    match[0],
                    words,
                )
                yield Outcome(RULE, finding=finding)
    for passage in subject.told.holding(MAY_USE):
        found = [match for one in USED_AT_ONCE for match in one.finditer(passage.text)]
        for match in found if not _aside(passage) else ():
            if BEFORE.search(passage.text, passage.opening(match.start()), match.end()):
                continue
            if not _same(match["x"], match["y"]):
                continue
            compared = True
            if int(match["m"]) <= int(match["n"]):
                yield Outcome(RULE)
                continue
            printed = passage.text[match.start() : match.end()]
            finding = Finding(
                RULE,
                passage.place(match.start()),
                {"printed": printed, "other": f"{match['x']}{match['n']}{match['u']}"},
                (),
                sentence_address(printed, match["x"]),
                printed,
                length=len(printed),
            )
            yield Outcome(RULE, finding=finding)
    if not compared:
        yield Outcome(RULE, reason=Words("没有建成和投用的数", "nothing is built and in use"))


def _aside(passage: Passage) -> bool:
    """Is it a cell, or under a heading that announces plans?"""
    return bool(passage.address) or is_wished(passage.section.rpartition(" · ")[2])


def _same(one: str, other: str) -> bool:
    """新建蓄水池 and 蓄水池."""
    return one.endswith(other) or other.endswith(one)
