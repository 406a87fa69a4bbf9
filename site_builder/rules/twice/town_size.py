"""镇情数字前后不一: villages, people and households of the town told in two ways, or outnumbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import exponent_of, power_of_ten
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.rules.year_words import YEAR
from site_builder.sentences import Passage
from site_builder.slips import is_swapped
from site_builder.told import is_wished

RULE = Rule(
    "town-size-differs",
    "warning",
    Words("镇情数字前后不一", "The size of the town told in two ways"),
    Words("这里写“{printed}”，前面写的是{other}", "here it says “{printed}”; above it is {other}"),
    Words(
        "请核对是不是同一口径：是的改成一致，不是的写明区别；原件如此的在“认可”中说明",
        "make them agree if they mean the same, else say what differs; explain it if printed so",
    ),
    Words(
        "有多少村、多少人、多少脱贫户，一份报告里只有一个数；帮到的户数也不会比全部还多。",
        "A report has one number of villages, of people, of households; no more can be helped than there are.",
    ),
    yields_to=("count-told-twice", "told-twice", "list-count", "prose-contradicts"),
)
VILLAGES = re.compile(
    r"(?:下?辖|管辖|辖区内?有|共有|现有|设有?|由)(?:共)?(?P<v>[0-9]{1,3})个(?:行政)?村(?!民小组|组|级|小学|卫生)(?:民?委员?会|委会)?"
    r"(?:[、和，,及与]?(?:设|[共另]?有|辖)?(?P<c>[0-9]{1,3})个(?:城镇|农村|城市)?(?:社区|居委会|居民?委员会)(?:居委会|居民委员会)?)?"
)
# Behind the villages, brackets aside: （其中脱贫村5个）、1个社区; 和枫林社区
ASIDE = re.compile("（[^（）]*）|[(][^()]*[)]")
A_COMMUNITY = re.compile("(?P<c>[0-9]{1,3})个(?:城镇|农村|城市|街道)?(?:社区|居委会|居民?委员会)")
# 33个行政村、1个居委会和2个社区: behind the one kind of communities the other
AND_COMMUNITY = re.compile(rf"[、和，,及与](?:另有|[共另]?有|设|辖)?{A_COMMUNITY.pattern}")
OR_COMMUNITY = re.compile("[^。；;]{0,24}?(?:社区|居委会|居民?委员会)")
AGAIN = re.compile(
    r"个(?<=(?P<n>[0-9])个)(?P<kind>(?:行政)?村(?:委会)?(?:[（(](?:社区|居|居委会)[）)](?!民|小组)|"
    r"[/、和及与](?:社区|居委会|居)(?![^，,。；;]{0,3}[0-9])|居(?!民|委会主任)|社区)|"
    r"行政村|村(?=[，,。；;全均都实开建完的为、已进推]|平均)|社区(?=[，,。；;全均都实开建完的为、已进推]|平均))"
)
EVERY = re.compile("[^，,。；;、0-9]{0,16}?(?:均|都|全部)")
OF_BOTH = re.compile("[（(](?:社区|居)")  # 管辖13个村（社区）
REACHING = ("覆盖", "遍布", "遍及", "辐射")
OTHERS = re.compile("(?:另外?|其[余他它]|剩[下余])(?:的|有|仅有)?[0-9]{1,3}个")
COUNT = re.compile(
    r"(?P<all>(?:全[镇乡街](?:道)?|我[镇乡]|辖区|镇域|所有|全部|各)(?:共|的|所有|范围内|内|辖|现有|有|所辖|下辖)*)?"
    r"(?<![0-9.])(?P<n>[0-9]{1,3})$"
)
# Only some of them, or those of another place or time.
SOME = re.compile(
    "其中|新增|试点|重点|示范|剩余|其余|另|完成|每|涉及|覆盖率|上年|去年|原|合并|撤|第|创建|打造|建设|建成|选|抽|全县|全市|周边|邻"
)
NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?万?"
PEOPLE = re.compile(
    rf"(?P<name>常住人口|户籍人口|总人口)(?:总数|共计|共有|约|为|共|有|达|到)*(?:{NUMBER}(?:余|多)?户[、，,]?)?"
    rf"(?P<n>{NUMBER})(?P<about>余|多)?(?:人|名)(?!次)"
)
PEOPLE_AFTER = re.compile(
    rf"(?P<n>{NUMBER})(?P<about>余|多)?(?:名|人)?(?P<name>常住人口|户籍人口)(?![^，,。；;]{{0,2}}[0-9])"
)
OTHER_PEOPLE = re.compile(
    "其中|村|社区[^，,。；;]{0,4}(?:户籍|常住)|上年|去年|增|减|较|比|每|[多少高低大小]于|[超高多]出|超过|农业|城镇|计划|目标|服务|惠及|受益|供水|20[0-9]{2}年(?!末|底|度)"
)
# 东村下辖12个村民小组，总人口1200人: a sentence that begins with one village
OF_A_VILLAGE = re.compile(
    "[ 　]*[一-鿿]{1,5}(?<![个各全农乡镇县])(?:村|社区)(?![民级组小委（(、和])"
)
# 户籍人口多于常住人口8943人
GAP = re.compile(
    "(?P<a>常住人口|户籍人口)(?:比|较|多于|少于|超过|超出|低于|高于)(?P<b>常住人口|户籍人口)(?:多出?|少|超出?|高出?|低)?(?:了)?(?P<n>[0-9]+)人"
)
HELP = "带动|覆盖|惠及|受益|帮扶|走访|扶持|帮助|涉及"
POOR = re.compile(
    rf"(?:共有|累计|现有|全[镇乡]|建档立卡)(?:(?!{HELP})[^，,。；;0-9]){{0,10}}脱贫(?:人口|户|群众)(?:共|有|"
    r"为|共有)*(?P<h>[0-9]{1,5})户(?:[、，,]?(?:共)?(?P<p>[0-9]{1,6})人)?"
)
HELPED = re.compile(
    rf"(?:{HELP})[^，,。；;0-9]{{0,8}}(?:脱贫(?:户|人口|群众|家庭)(?:共|达|有)*(?P<n>[0-9]{{1,6}})(?P<u>户|人)(?!次)|"
    r"(?P<n2>[0-9]{1,6})(?P<u2>户|名|人)脱贫(?:户|人口|群众))"
)
# 全镇脱贫人口2930人, of 2903: two digits are swapped
ALL_POOR = re.compile(
    "全[镇乡](?:建档立卡)?脱贫(?:人口|户|群众)(?P<n>[0-9]{2,6})(?P<u>户|人)(?!次)"
)
# 全乡共3142户13860人, and 惠及全乡3412户
HOUSEHOLDS = re.compile(
    r"(?:全[镇乡街](?:道)?|辖区)(?:现|总)?(?:共(?:有)?|有|辖)?(?:居民|农户)?(?P<h>[0-9]{3,5})户[、，,]?(?:共)?(?P<p>[0-9]{4,6})人|"
    r"辖[^。；;]{0,40}?组[，,、](?:共)?(?P<h3>[0-9]{3,5})户[、，,]?(?:共)?[0-9]{4,6}人|"
    r"(?:总户数|户籍人口|总人口)(?:共|为|有)*(?P<h2>[0-9]{3,5})户"
)
REACHED = re.compile(
    r"(?:惠及|覆盖|受益)(?:全[镇乡街](?:道)?)?(?:困难|受灾|低收入|农村|城乡)?(?:群众|农户|居民|村民|家庭)?"
    rf"(?P<n>(?=[0-9.]{{3}}){NUMBER})户(?!次)"
)
RECKONED = re.compile(
    r"[按以](?:全[镇乡街](?:道)?)?(?:总|常住|户籍)?(?:人口)?(?P<n>[0-9]{4,6})人(?:口)?(?:计算|测算|计)"
)
NOT_HELD = re.compile("累计|人次|户次|含|包括|及|和|、")


class _Size(NamedTuple):
    amount: Decimal
    words: str
    passage: Passage
    start: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Each later mention against the first."""
    compared = False
    text = subject.wording.text
    for wanted, judge in (
        ("村" in text, _villages),
        (text.count("人口") > 1, _people),
        (text.count("人口") > 2 and "住人口" in text, _between),  # quick
        (text.count("脱贫") > 1, _helped),
        ("户" in text, _reached),
        (any(map(text.__contains__, ("人计", "人测", "口计", "口测"))), _reckoned),
    ):
        if wanted:  # quick
            for outcome in judge(subject.told.lines, subject.disclosure.key.year):
                compared = True
                yield outcome
    if not compared:
        yield Outcome(
            RULE, reason=Words("没有两处都写的镇情数字", "no size of the town is told twice")
        )


def _plan(passage: Passage) -> bool:
    """Is it under a heading that announces plans?"""
    return is_wished(passage.section.rpartition(" · ")[2])


def _villages(lines: tuple[Passage, ...], _: int) -> Iterator[Outcome]:
    """下辖14个村、1个社区, and 全镇16个村（社区）."""
    first: _Size | None = None
    both = 0
    kinds: set[int] = set()
    for passage in lines:
        text, start = passage.text, 0
        if "个" not in text:  # quick
            continue
        if first is None:
            ruled = VILLAGES.search(text)
            if ruled is None or _plan(passage):
                continue
            first = _Size(Decimal(ruled["v"]), ruled[0], passage, ruled.start())
            villages, start = int(ruled["v"]), ruled.end()
            communities = int(ruled["c"]) if ruled["c"] else None
            if communities is None and OF_BOTH.match(text, start):
                villages, both = 0, villages
            elif communities is None:
                rest = ASIDE.sub("", text[start : passage.sentence(ruled.start())[1]])
                more = A_COMMUNITY.search(rest.partition("其中")[0])
                if more is None and OR_COMMUNITY.match(rest):
                    return  # 12个行政村和枫林社区: how many in all is not told in figures
                communities = int(more["c"]) if more is not None else None
            elif other := AND_COMMUNITY.match(text, start):
                kinds = {communities, int(other["c"])}
                communities, start = communities + int(other["c"]), other.end()
        for match in AGAIN.finditer(text, start):
            told = COUNT.search(text, max(0, match.start() - 16), match.start())
            if told is None or (not told["all"] and _plan(passage)):
                continue  # of plans only what is said of all
            place = told.start()
            if SOME.search(text, max(passage.opening(place), place - 8), place):
                continue
            right = {both} if both else _right(match["kind"], villages, communities)
            if both and "（" not in match["kind"] and "(" not in match["kind"]:
                continue
            number, all_ = int(told["n"]), told["all"] or ""
            # 全镇6个村（社区）获评文明村: some of them
            every = all_.startswith(("所有", "全部")) or (
                all_ and (EVERY.match(text, match.end()) or text[:place].endswith(REACHING))
            )
            if every and OTHERS.search(text, match.end(), passage.sentence(place)[1]):
                continue  # 全镇9个村均超过20万元，其余3个村不足
            if right and number not in right | kinds and (number > max(right) or every):
                yield _finding(passage, place, text[place : match.end()], first)
            else:
                yield Outcome(RULE)


def _right(kind: str, villages: int, communities: int | None) -> set[int]:
    """How many there may be of that kind; none where communities were not told."""
    if "村" not in kind:
        return {communities} if communities else set()
    if "社区" in kind or "居" in kind:
        return {villages + communities} if communities else set()
    return {villages} if kind.startswith("行政") else {villages, villages + (communities or 0)}


def _people(lines: tuple[Passage, ...], year: int) -> Iterator[Outcome]:
    """户籍人口17842人, and 18742."""
    first: dict[str, tuple[_Size, Decimal]] = {}
    for passage in lines:
        if "人口" not in passage.text:  # quick
            continue
        if _plan(passage):
            continue
        for pattern in (PEOPLE, PEOPLE_AFTER):
            for match in pattern.finditer(passage.text):
                low = passage.opening(match.start())
                before = passage.text[low : match.start()]
                # 全镇户籍人口30210人，其中常住人口21267人
                of_all = before == "其中" and "人口" in passage.text[max(0, low - 24) : low]
                if OTHER_PEOPLE.search(before) and not of_all:
                    continue
                if OF_A_VILLAGE.match(passage.text, passage.sentence(match.start())[0]):
                    continue
                if any(y != str(year) for y in YEAR.findall(passage.text, low, match.start())):
                    continue
                amount, step = _number(match["n"])
                size = _Size(amount, match[0], passage, match.start())
                other, other_step = first.setdefault(match["name"], (size, step))
                if match["about"] or abs(amount - other.amount) <= max(step, other_step):
                    yield Outcome(RULE)
                else:
                    yield _finding(passage, match.start(), match[0], other)


def _number(written: str) -> tuple[Decimal, Decimal]:
    """An amount, and one of its last written digit: 1000 of 13.6万."""
    number = Decimal(written.removesuffix("万").replace(",", ""))
    power = 4 if written.endswith("万") else 0
    return number.scaleb(power), power_of_ten(exponent_of(number) + power)


def _between(lines: tuple[Passage, ...], _: int) -> Iterator[Outcome]:
    """户籍人口比常住人口多8943人: by how many, where both are told before."""
    sizes: dict[str, _Size] = {}
    for passage in lines:
        for match in PEOPLE.finditer(passage.text):
            amount, step = _number(match["n"])
            if step == 1 and not match["about"]:
                size = _Size(amount, match[0], passage, match.start())
                sizes.setdefault(match["name"], size)
        for match in GAP.finditer(passage.text):
            one, other = sizes.get(match["a"]), sizes.get(match["b"])
            if one is None or other is None:
                continue
            gap = abs(one.amount - other.amount)
            if gap == Decimal(match["n"]):
                yield Outcome(RULE)
            else:
                said = f"{one.words}”和“{other.words}”，两数相差“{gap:f}人"
                yield _finding(passage, match.start(), match[0], other._replace(words=said))


def _helped(lines: tuple[Passage, ...], _: int) -> Iterator[Outcome]:
    """带动脱贫户712户, of 684."""
    lines = tuple([p for p in lines if "脱贫" in p.text])  # quick
    lines = tuple([p for p in lines if not _plan(p)])
    told = [
        (unit, _Size(Decimal(match[group]), match[0], passage, match.start()))
        for passage in lines
        for match in POOR.finditer(passage.text)
        for unit, group in (("户", "h"), ("人", "p"))
        if match[group]
    ]
    most = dict(sorted(told, key=_amount))  # of each unit the largest is left
    for passage in lines if most else ():  # quick
        for match in HELPED.finditer(passage.text):
            unit = (match["u"] or match["u2"]).replace("名", "人")
            low = passage.opening(match.start())
            if unit not in most or NOT_HELD.search(passage.text, low, match.end()):
                continue
            if Decimal(match["n"] or match["n2"]) > most[unit].amount:
                yield _finding(passage, match.start(), match[0], most[unit])
            else:
                yield Outcome(RULE)
        for match in ALL_POOR.finditer(passage.text):
            size = most.get(match["u"])
            if size is not None and is_swapped(Decimal(match["n"]), size.amount):
                yield _finding(passage, match.start(), match[0], size)


def _amount(told: tuple[str, _Size]) -> Decimal:
    return told[1].amount


def _reached(lines: tuple[Passage, ...], _: int) -> Iterator[Outcome]:
    """惠及全乡3412户, of 3142."""
    told: _Size | None = None
    for passage in lines:
        text, start = passage.text, 0
        if "户" not in text:  # quick
            continue
        if _plan(passage):
            continue
        if told is None:
            match = HOUSEHOLDS.search(text)
            if match is None:
                continue
            start = match.end()
            told = _Size(
                Decimal(match["h"] or match["h2"] or match["h3"]), match[0], passage, match.start()
            )
        for match in REACHED.finditer(text, start):
            if NOT_HELD.search(text, passage.opening(match.start()), match.start()):
                continue
            amount = _number(match["n"])[0]
            of_all = "全" in match[0] and is_swapped(amount, told.amount)
            if amount > told.amount or of_all:
                yield _finding(passage, match.start(), match[0], told)
            else:
                yield Outcome(RULE)


def _reckoned(lines: tuple[Passage, ...], _: int) -> Iterator[Outcome]:
    """按全乡9680人计算, where the people of the town are 9860."""
    reckoned = [(p, m) for p in lines for m in RECKONED.finditer(p.text)]
    if not reckoned:  # quick
        return
    sizes = [
        _Size(_number(match["n"])[0], match[0], passage, match.start())
        for passage in lines
        for match in PEOPLE.finditer(passage.text)
        if not OTHER_PEOPLE.search(passage.text, passage.opening(match.start()), match.start())
    ]
    for passage, match in reckoned:
        amount = Decimal(match["n"])
        if any(size.amount == amount for size in sizes):
            yield Outcome(RULE)
            continue
        slip = next((s for s in sizes if is_swapped(s.amount, amount)), None)
        if slip is not None:
            yield _finding(passage, match.start(), match[0], slip)


def _finding(passage: Passage, start: int, printed: str, other: _Size) -> Outcome:
    finding = Finding(
        RULE,
        passage.place(start),
        {"printed": printed, "other": f"“{other.words}”"},
        (other.passage.place(other.start),),
        sentence_address(printed, "镇情"),
        printed,
        other.words,
    )
    return Outcome(RULE, finding=finding)
