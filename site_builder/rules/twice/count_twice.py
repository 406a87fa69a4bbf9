"""同一样东西两处数目不同: a total of the town, or of public posts, told in two places as two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import ne

from site_builder.figure import Figure, measure
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.slips import is_swapped
from site_builder.told import is_told, is_wished

RULE = Rule(
    "count-told-twice",
    "note",
    Words("同一样东西两处数目不同", "One thing counted twice, differently"),
    Words(
        "这里写“{printed}”，另一处写“{other}”",
        "here it says “{printed}”, elsewhere “{other}”",
    ),
    Words(
        "请核对是不是同一样东西：是的改成一致，不是的写明区别；原件如此的在“认可”中说明",
        "make them agree if they mean the same thing, else say what differs; explain it if printed so",
    ),
    Words(
        "前后数目不同又不说明，读者不知道该信哪一个。",
        "With two numbers and no word of why, nobody knows which to believe.",
    ),
)
# Totals of the whole town: 全镇共有党员1035名, 辖156个村民小组. 全镇农村党员 are only some of them.
_TOTAL = (
    "(?:全[镇乡](?:共|现)?有?(?:划分|设立?|聘用|配备|建有|下设)?|"
    "镇内(?:共|现)?有|辖区?(?:共|现)?有?|[共现]有|总)(?:在册|登记)?"
)
_THING = (
    "村民小组|自然村|(?:基层)?党组织|党支部|党员|户籍人口|常住人口|人口|户数|网格员|网格|耕地(?:总)?面积|林地(?:总)?面积|水库|卫生室|"
    "山塘|(?:农民)?(?:专业)?合作社|家庭农场|(?:生态)?护林员|保洁员|河长|规上(?:工业)?企业|低保对象|特困人员|学校|幼儿园|农家书屋|监测对象|监测户|持证残疾人|退役军人"
)
TOTAL = re.compile(
    _TOTAL + rf"(?P<thing>{_THING})"
    r"(?:共|总数|总|为|有|达)*(?P<n>[0-9][0-9.,]*(?:万)?)(?P<unit>[个名人户座亩支家所口处])(?![0-9余多])"
)
NUMBERED = re.compile(
    _TOTAL
    + rf"(?P<n>[0-9][0-9.]*万?)(?P<unit>[个名支座家所口处户亩人])(?P<thing>{_THING}|耕地|林地)(?![0-9余多员])"
)
# 辖区面积126.5平方公里, 镇域面积126.5平方公里
AREA = re.compile(
    "(?:辖区|镇域|乡域|区域|国土|行政区域|全[镇乡])(?P<thing>总?面积)(?:共|约|为|达)*(?P<n>[0-9][0-9.,]*)(?P<unit>平方公里|平方千米)"
)
SAME = re.compile("总面积|面积|生态|农民|专业|基层")
POSTS = re.compile(
    r"(?:开发|设立|设置|安置|提供|签订|聘用|落实|安排)[^，,。；;0-9]{0,6}?(?P<thing>公益性?岗位)"
    r"(?:共|为|达)*(?P<n>[0-9]+)(?P<unit>个)(?![余多])"
)
# 查出隐患318处, and the 218处 that were found: the one is a slip for the other.
HAZARDS = re.compile(
    r"(?:查出|排查出|发现|排查)(?:了|各类|各种|安全|生产|消防|风险)*(?:隐患|问题)(?:共|为|达)?(?P<n>[0-9]{2,6})(?P<unit>[处个条项])(?![余多])"
)
THOSE_FOUND = re.compile(
    r"(?:查出|排查出|发现|排查)的(?:[^，,。；;0-9]{0,6})(?P<n>[0-9]{2,6})(?P<unit>[处个条项])(?:安全|风险)*(?:隐患|问题)"
)
MAYBE_FOUND = re.compile("[出现查]的(?=[^，,。；;0-9]{0,6}[0-9]{2})")
# 辖9个行政村56个村民小组; no 65个村民小组 are among them.
RULED = re.compile(
    r"(?:下?辖|设有?|划分为?)[^。；;，,]{0,24}?(?P<n>[0-9]+)(?P<unit>个)(?P<thing>村民小组|自然村|居民小组|自然屯|网格)(?![0-9])"
)
ANY = re.compile(
    r"(?<![0-9.])(?P<n>[0-9]+)(?P<unit>个)(?P<thing>村民小组|自然村|居民小组|自然屯|网格)(?!员|长|[0-9])"
)
GROUPS = ("个村民小组", "个自然村", "个居民小组", "个自然屯", "个网格")
ELSEWHERE = re.compile("县|市|邻|周边|次|合并|撤|原|新")
# One of these stands in each of them: a quick no.
THINGS = re.compile(
    "益岗位|益性岗位|小组|自然村|支部|党[员组]|人口|户数|网格|耕地|林[地员]|面积|水库|卫生室|山塘|合作社|家庭农场|保洁员|河长|规上|低保对象|特困人员|"
    "学校|幼儿园|农家书屋|监测[对户]|残疾人|退役军人"
)
LEAST = 3  # digits
OTHERWISE = re.compile(
    "其中|新增|新建|净增|每|各|计划|目标|力争|争取|女|预备|培训|参加|慰问|消除|上年|去年|明年|原有|20[0-9]{2}年"
)
# 东村共有党员86名: of one village, not of the town; 17个行政村、1个社区 are all of them.
OF_A_PART = re.compile(
    "(?<![个农乡全政各（(])村(?![民级组小委（(])|(?<![个（(、和])社区|(?:网格|支部|片区?|站|所|校|院)(?=[共现辖]|$)"
)


@dataclass(frozen=True, slots=True)
class _Count:
    thing: str
    figure: Figure
    words: str
    passage: Passage
    start: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Each such number against the first of the same thing and kind of unit."""
    year = f"{subject.disclosure.key.year}年"
    first: dict[tuple[str, str], _Count] = {}
    compared = False
    for passage in subject.told.holding(THINGS):
        if not is_told(passage) or is_wished(passage.address.rpartition(".")[2]):
            continue
        for count in _counts(passage, year):
            key = (count.thing, count.figure.kind)
            if key not in first:
                first[key] = count
                continue
            other = first[key]
            compared = True
            if count.figure.agrees_with(other.figure) or other.passage is passage:
                yield Outcome(RULE)
            else:
                yield _finding(count, other)
    for outcome in (*_hazards(subject), *_more_than_all(subject, first)):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(RULE, reason=Words("没有两处都写的数目", "nothing is counted twice"))


def _more_than_all(subject: Subject, first: dict[tuple[str, str], _Count]) -> Iterator[Outcome]:
    """56个村民小组 in all, and 65个村民小组: some of them may be told of, but no more."""
    told = subject.told.lines
    lines = [p for p in told if any(map(p.text.__contains__, GROUPS))]  # quick
    if len(lines) < 2 and not first:  # quick
        return
    totals = {thing: one for (thing, _), one in first.items()}
    ruled = _ruled(lines)
    totals = {**ruled, **totals}
    for thing, one in ruled.items():
        all_ = first.get((thing, one.figure.kind))
        if (
            all_ is not None
            and all_.passage is not one.passage
            and all_.figure.amount != one.figure.amount
        ):
            yield _finding(all_, one)  # 辖156个村民小组, and 全镇165个村民小组
    for passage in lines if totals else ():  # quick
        for match in ANY.finditer(passage.text):
            other = totals.get(match["thing"])
            if other is None:
                continue
            said = passage.text[passage.clause(match.start())[0] : match.end()]
            if ELSEWHERE.search(said) or OTHERWISE.search(said) or NUMBERED.search(said):
                continue  # those of another place; what is judged by its own words
            one = _matched(passage, match)
            if one.figure.amount <= other.figure.amount:
                yield Outcome(RULE)
            else:
                yield _finding(one, other)


def _ruled(lines: list[Passage]) -> dict[str, _Count]:
    """What the town is said to be divided into: 辖9个行政村56个村民小组."""
    found: dict[str, _Count] = {}
    for passage in lines:
        if not is_wished(passage.section):
            for match in RULED.finditer(passage.text):
                if not _is_of_a_part(passage, match):
                    found.setdefault(match["thing"], _matched(passage, match))
    return found


def _is_of_a_part(passage: Passage, match: re.Match[str]) -> bool:
    """Is it said of one village, and not of 全镇?"""
    start = match.start()
    if match[0].startswith(("全", "镇")):
        return False
    return OF_A_PART.search(passage.text, passage.sentence(start)[0], start) is not None


def _matched(passage: Passage, match: re.Match[str]) -> _Count:
    figure = Figure(Decimal(match["n"]), match["unit"], f"{match['n']}{match['unit']}")
    return _Count(match["thing"], figure, match[0], passage, match.start())


def _counts(passage: Passage, year: str) -> Iterator[_Count]:
    text = passage.text
    for pattern in (TOTAL, NUMBERED, AREA, POSTS):
        for match in pattern.finditer(text):
            low = passage.clause(match.start())[0]
            if OTHERWISE.search(text[low : match.end()].replace(year, "")):
                continue
            if _is_of_a_part(passage, match):
                continue
            figure = measure(f"{match['n']}{match['unit']}")
            if figure is not None and figure.amount:  # 0 stands for a blank
                thing = SAME.sub("", match["thing"])
                yield _Count(thing, figure, match[0], passage, match.start())


def _hazards(subject: Subject) -> Iterator[Outcome]:
    """What was found, told again with one digit changed or two swapped."""
    lines = [p for p in subject.told.holding(MAYBE_FOUND) if not p.address]
    again = list(_matches(THOSE_FOUND, lines))
    told = list(_matches(HAZARDS, subject.told.lines if again else ()))  # quick
    for count in again:
        if any(count.figure.amount == one.figure.amount for one in told):
            continue
        slip = next((one for one in told if _slips(one.figure, count.figure)), None)
        if slip is not None:
            yield _finding(count, slip)


def _matches(pattern: re.Pattern[str], lines: Iterable[Passage]) -> Iterator[_Count]:
    for passage in lines:
        for match in pattern.finditer(passage.text):
            figure = Figure(Decimal(match["n"]), match["unit"], f"{match['n']}{match['unit']}")
            yield _Count("", figure, match[0], passage, match.start())


def _slips(one: Figure, other: Figure) -> bool:
    """Are they alike but for one digit, or for two that are swapped?"""
    a, b = str(one.amount), str(other.amount)
    if one.unit != other.unit or len(a) != len(b) or len(a) < LEAST:
        return False
    return is_swapped(one.amount, other.amount) or sum(map(ne, a, b)) == 1


def _finding(count: _Count, other: _Count) -> Outcome:
    words = {"printed": count.words, "other": other.words}
    finding = Finding(
        RULE,
        count.passage.place(count.start),
        words,
        (other.passage.place(other.start),),
        count.passage.address or sentence_address(count.words, count.thing),
        count.words,
        other.words,
    )
    return Outcome(RULE, finding=finding)
