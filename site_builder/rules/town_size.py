"""镇情数字前后不一: villages, people and households of the town told in two ways, or outnumbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.figure import exponent_of, measure, power_of_ten
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
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
    yields_to=("villages-differ", "count-told-twice", "list-count", "prose-contradicts"),
)
_N = "(?P<{}>[0-9]{{1,3}})个"
VILLAGES = re.compile(
    r"(?:下?辖|管辖|辖区内?有|共有|现有|设有?|由)(?:共)?(?P<v>[0-9]{1,3})个(?:行政)?村(?!民小组|组|级|小学|卫生)(?:民?委员?会|委会)?"
    r"(?:[、和，,及与]?(?P<c>[0-9]{1,3})个(?:城镇|农村|城市)?(?:社区|居委会|居民?委员会)(?:居委会|居民委员会)?)?"
)
# Behind the villages, brackets aside: （其中脱贫村5个）、1个社区; 和枫林社区
ASIDE = re.compile("（[^（）]*）|[(][^()]*[)]")
A_COMMUNITY = re.compile("(?P<c>[0-9]{1,3})个(?:城镇|农村|城市|街道)?(?:社区|居委会|居民?委员会)")
OR_COMMUNITY = re.compile("[^。；;]{0,24}?(?:社区|居委会|居民?委员会)")
AGAIN = re.compile(
    r"个(?<=(?P<n>[0-9])个)(?P<kind>(?:行政)?村(?:委会)?(?:[（(](?:社区|居|居委会)[）)](?!民|小组)|"
    r"[/、和及与](?:社区|居委会|居)(?![^，,。；;]{0,3}[0-9])|居(?!民|委会主任)|社区)|"
    r"行政村|村(?=[，,。；;全均都实开建完的为、已进推])|社区(?=[，,。；;全均都实开建完的为、已进推]))"
)
EVERY = re.compile("[^，,。；;、0-9]{0,16}?(?:均|都|全部)")
OTHERS = re.compile("(?:另外?|其[余他它]|剩[下余])(?:的|有|仅有)?[0-9]{1,3}个")
NUMBER = re.compile(
    r"(?P<all>(?:全[镇乡街](?:道)?|我[镇乡]|辖区|镇域|所有|全部|各)(?:共|的|所有|范围内|内|辖|现有|有|所辖|下辖)*)?"
    r"(?<![0-9.])(?P<n>[0-9]{1,3})$"
)
# Only some of them, or those of another place or time.
SOME = re.compile(
    "其中|新增|试点|重点|示范|剩余|其余|另|完成|每|涉及|覆盖率|上年|去年|原|合并|撤|第|创建|打造|建设|建成|选|抽|全县|全市|周边|邻"
)
PEOPLE = re.compile(
    r"(?P<name>常住人口|户籍人口|总人口)(?:总数|共计|共有|约|为|共|有|达|到)*(?:[0-9][0-9.,]*万?(?:余|"
    r"多)?户[、，,]?)?(?P<n>[0-9][0-9.,]*万?)(?P<about>余|多)?(?P<u>人|名)(?!次)"
)
PEOPLE_AFTER = re.compile(
    r"(?P<n>[0-9][0-9.,]*万?)(?P<about>余|多)?(?:名|人)?(?P<name>常住人口|户籍人口)(?![^，,。；;]{0,2}[0-9])"
)
OTHER_PEOPLE = re.compile(
    "其中|村|社区[^，,。；;]{0,4}(?:户籍|常住)|上年|去年|增|减|较|比|每|农业|城镇|计划|目标|服务|惠及|受益|供水|20[0-9]{2}年(?!末|底|度)"
)
YEAR = re.compile("20[0-9]{2}(?=年)")
POOR = re.compile(
    r"(?:共有|累计|现有|全[镇乡]|建档立卡)[^，,。；;0-9]{0,10}脱贫(?:人口|户|群众)(?:共|有|"
    r"为|共有)*(?P<h>[0-9]{1,5})户(?:[、，,]?(?:共)?(?P<p>[0-9]{1,6})人)?"
)
HELPED = re.compile(
    r"(?:带动|覆盖|惠及|受益|帮扶|走访|扶持|帮助|涉及)[^，,。；;0-9]{0,8}脱贫(?:户|人口|群众|家庭)(?:共|达|有)*(?P<n>[0-9]{1,6})(?P<u>户|人)(?!次)|"
    r"(?:带动|覆盖|惠及|受益|帮扶|走访|扶持|帮助|涉及)[^，,。；;0-9]{0,6}(?P<n2>[0-9]{1,6})(?P<u2>户|名|人)脱贫(?:户|人口|群众)"
)
# 全乡共3142户13860人, and 惠及全乡3412户
HOUSEHOLDS = re.compile(
    r"(?:全[镇乡街](?:道)?|辖区)(?:现|总)?(?:共(?:有)?|有|辖)?(?:居民|农户)?(?P<h>[0-9]{3,5})户[、，,]?(?:共)?(?P<p>[0-9]{4,6})人|"
    r"(?:总户数|户籍人口|总人口)(?:共|为|有)*(?P<h2>[0-9]{3,5})户"
)
REACHED = re.compile(
    r"(?:惠及|覆盖|受益)(?:全[镇乡街](?:道)?)?(?:群众|农户|居民|村民)?(?P<n>[0-9]{3,5})户(?!次)"
)
NOT_HELD = re.compile("累计|人次|户次|含|包括|及|和|、")
# 污水处理终端完成8座 … 9座污水处理终端全部运行
DONE = re.compile(
    r"(?:完成|建成|完工)(?:了)?(?P<n>[0-9]{1,4})(?P<u>[座个处口条栋台盏所套])(?![余多])"
)
BUILT = re.compile("(?:^|[^一-鿿])(?P<x>[一-鿿]{3,10}?)(?:建设|项目)?(?:实际|已|共)?$")
IN_USE = re.compile(
    r"(?P<n>[0-9]{1,4})(?P<u>[座个处口条栋台盏所套])(?P<x>[一-鿿]{3,10}?)(?:均|全部|都|已经|"
    r"已)+[^，,。；;0-9]{0,8}?(?:运行|投用|使用|建成|完工|验收|竣工|通水|达标)"
)
THINGS = re.compile("个(?<=[0-9]个)[行村社]|人口|脱贫")


class _Size(NamedTuple):
    amount: Decimal
    words: str
    passage: Passage
    start: int


def check(subject: Subject) -> Iterator[Outcome]:
    """Each later mention against the first; what was in use against what was built."""
    compared = False
    lines = [p for p in subject.told.lines if not is_wished(p.section.rpartition(" · ")[2])]
    every = [p for p in subject.told.holding(THINGS) if not p.address]
    about = [p for p in every if p in lines]
    for outcome in (
        *_villages(about, every),
        *_people(about, subject.disclosure.key.year),
        *_helped(about),
        *_reached(lines),
        *_in_use(lines),
    ):
        compared = True
        yield outcome
    if not compared:
        yield Outcome(
            RULE, reason=Words("没有两处都写的镇情数字", "no size of the town is told twice")
        )


def _villages(lines: list[Passage], every: list[Passage]) -> Iterator[Outcome]:
    villages = communities = None
    at: _Size | None = None
    for passage in lines:
        match = VILLAGES.search(passage.text)
        if match is not None:
            villages = int(match["v"])
            communities = int(match["c"]) if match["c"] else None
            if communities is None:
                high = passage.sentence(match.start())[1]
                rest = ASIDE.sub("", passage.text[match.end() : high])
                more = A_COMMUNITY.search(rest.partition("其中")[0])
                if more is None and OR_COMMUNITY.match(rest):
                    return  # 12个行政村和枫林社区: how many in all is not told in figures
                communities = int(more["c"]) if more is not None else 0
            at = _Size(Decimal(villages), match[0], passage, match.start())
            break
    if villages is None or at is None:
        return
    total = villages + (communities or 0)
    for passage in every:
        for match in AGAIN.finditer(passage.text):
            told = NUMBER.search(passage.text, max(0, match.start() - 16), match.start())
            if told is None or (not told["all"] and passage not in lines):
                continue  # of plans only what is said of all
            start = told.start()
            if passage is at.passage and start < at.start + len(at.words):
                continue
            low = passage.clause(start)[0]
            if SOME.search(passage.text, max(low, start - 8), start):
                continue
            number, kind = int(told["n"]), match["kind"]
            both = "居" in kind or ("村" in kind and "社区" in kind)
            if both:
                right = {total}
            elif "村" in kind:
                right = {villages, total} if not kind.startswith("行政") else {villages}
            elif communities:
                right = {communities}
            else:
                continue
            if told["all"] and number < max(right) and number not in right:
                whole = told["all"].startswith(("所有", "全部"))
                if not (whole or EVERY.match(passage.text, match.end())):
                    continue  # 全镇6个村（社区）获评文明村: some of them
                if OTHERS.search(passage.text, match.end(), passage.sentence(start)[1]):
                    continue  # 全镇9个村均超过20万元，其余3个村不足
            wrong = (
                number not in right
                if told["all"]
                else number > max(*right, total if not communities else 0)
            )
            if number in right or not wrong:
                yield Outcome(RULE)
                continue
            yield _finding(passage, start, passage.text[start : match.end()], at)


def _people(lines: list[Passage], year: int) -> Iterator[Outcome]:
    first: dict[str, _Size] = {}
    for passage in lines:
        if "人口" not in passage.text:
            continue
        for pattern in (PEOPLE, PEOPLE_AFTER):
            for match in pattern.finditer(passage.text):
                low = passage.clause(match.start())[0]
                if OTHER_PEOPLE.search(passage.text, low, match.start()):
                    continue
                if any(y != str(year) for y in YEAR.findall(passage.text, low, match.start())):
                    continue
                figure = measure(match["n"] + "人")
                if figure is None:
                    continue
                told = _Size(figure.amount, match[0], passage, match.start())
                name = match["name"]
                if name not in first:
                    first[name] = told
                    continue
                other = first[name]
                step = max(
                    _step(match["n"]), _step(re.findall("[0-9][0-9.,]*万?", other.words)[-1])
                )
                if (
                    abs(told.amount - other.amount) <= step
                    or match["about"]
                    or (told.start == other.start and passage is other.passage)
                ):
                    yield Outcome(RULE)
                else:
                    yield _finding(passage, match.start(), match[0], other)


def _step(written: str) -> Decimal:
    """One of the last written digit: 1000 of 13.6万."""
    number = Decimal(written.removesuffix("万").replace(",", "").rstrip("."))
    return power_of_ten(exponent_of(number) + (4 if written.endswith("万") else 0))


def _helped(lines: list[Passage]) -> Iterator[Outcome]:
    """带动脱贫户712户, of 684."""
    most: dict[str, _Size] = {}
    for passage in lines:
        for match in POOR.finditer(passage.text) if "脱贫" in passage.text else ():
            for unit, group in (("户", "h"), ("人", "p")):
                if match[group] and (unit not in most or Decimal(match[group]) > most[unit].amount):
                    most[unit] = _Size(Decimal(match[group]), match[0], passage, match.start())
    for passage in lines if most else ():
        for match in HELPED.finditer(passage.text):
            unit = (match["u"] or match["u2"]).replace("名", "人")
            number = Decimal(match["n"] or match["n2"])
            low = passage.clause(match.start())[0]
            if unit not in most or NOT_HELD.search(passage.text, low, match.end()):
                continue
            if number > most[unit].amount:
                yield _finding(passage, match.start(), match[0], most[unit])
            else:
                yield Outcome(RULE)


def _reached(lines: list[Passage]) -> Iterator[Outcome]:
    """惠及全乡3412户, of 3142."""
    told: _Size | None = None
    for passage in lines:
        match = HOUSEHOLDS.search(passage.text) if "户" in passage.text else None
        if match is not None:
            number = Decimal(match["h"] or match["h2"])
            told = _Size(number, match[0], passage, match.start())
            break
    for passage in lines if told is not None else ():
        for match in REACHED.finditer(passage.text):
            if told is None or NOT_HELD.search(
                passage.text, passage.clause(match.start())[0], match.start()
            ):
                continue
            if Decimal(match["n"]) > told.amount:
                yield _finding(passage, match.start(), match[0], told)
            else:
                yield Outcome(RULE)


def _in_use(lines: list[Passage]) -> Iterator[Outcome]:
    """9座终端全部运行, of which 8 were built."""
    done: dict[tuple[str, str], _Size] = {}
    for passage in lines:
        for match in DONE.finditer(passage.text):
            built = BUILT.search(passage.text, max(0, match.start() - 16), match.start())
            if built is None:
                continue
            key = built["x"][-6:], match["u"]
            done[key] = _Size(Decimal(match["n"]), built["x"] + match[0], passage, match.start())
    for passage in lines if done else ():
        for match in IN_USE.finditer(passage.text):
            other = next(
                (s for (x, u), s in done.items() if u == match["u"] and _same(x, match["x"][-6:])),
                None,
            )
            if other is None or re.search(
                "20[0-9]{2}年|累计|上年", passage.text[max(0, match.start() - 12) : match.start()]
            ):
                continue
            if Decimal(match["n"]) > other.amount:
                yield _finding(passage, match.start(), match[0], other)
            else:
                yield Outcome(RULE)


def _same(one: str, other: str) -> bool:
    """新建蓄水池 and 蓄水池."""
    return one.endswith(other) or other.endswith(one)


def _finding(passage: Passage, start: int, printed: str, other: _Size) -> Outcome:
    finding = Finding(
        RULE,
        passage.place(start),
        {"printed": printed, "other": f"“{other.words}”"},
        (other.passage.place(other.start),),
        passage.address or sentence_address(printed, "镇情"),
        printed,
        other.words,
    )
    return Outcome(RULE, finding=finding)
