"""一处说全部办完，另一处说还有没办的: all of something done, and some of it, or all of it, not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import segments
from site_builder.sentences import Passage
from site_builder.told import is_wished, tells_problems

RULE = Rule(
    "all-done-denied",
    "warning",
    Words("一处说全部办完，另一处说还没有", "All done in one place, not yet in another"),
    Words("这里写“{printed}”，另一处写“{other}”", "here it says “{printed}”, elsewhere “{other}”"),
    Words(
        "请核对还剩多少没有办完，两处改成一致；说的不是一件事或不是一个时候的，把话写清楚",
        "see what is left and make both agree; if another thing or time is meant, say so",
    ),
    Words(
        "成效里写全部，问题里写还有，读者不知道该信哪一句。",
        "All among the results and some left among the problems: nobody knows which to believe.",
    ),
    yields_to=("sentence-denies-itself", "claim-denied", "on-time-denied"),
)
_HAN = "一二两三四五六七八九十"
_UNIT = "(?:公里|亩|[个处座件条户起项宗口栋间名人台盏所批笔份眼套艘辆])"
_NUMBER = f"(?:[0-9]+|[{_HAN}]{{1,3}})"
_HOW = (
    "(?:按期|如期|按时|及时|顺利|圆满|足额|基本|彻底|得到|得以|实现|完成|有效|于[^，,。；;]{1,10})*"
)
_DONE = (
    "竣工|完工|建成|完成|办结|整改|消除|清零|销号|化解|解决|搬迁|拆除|验收|投用|投入使用|发放|拨付|兑付|"
    "通水|通电|通路|硬化|治理|整治|修复|改造|清理|处置|到位|落实|关停|脱贫"
)
# 7个项目均已竣工, 内涝点全部消除, 全部消除内涝点: from 均 on, and what stands before it
CLAIM = re.compile(
    f"[均都全悉](?:(?<=[均都])已?|(?<=全)[部都]|(?<=悉)数){_HOW}(?P<v>{_DONE})(?:(?:了|完)?(?P<y>[一-鿿]{{2,8}}?)(?=[，,。；;、]|$))?",
    re.M,
)
BEFORE = re.compile(f"(?:(?<![0-9.第])(?P<n>[0-9]+){_UNIT})?(?P<x>[一-鿿]{{2,12}}?)(?:已经|已)?$")
COUNTED = re.compile(f"(?P<x>[一-鿿]{{2,8}})(?P<n>[0-9]+){_UNIT}[，,](?:已经|已)?$")
# 自然村通硬化路全覆盖, 垃圾分类覆盖所有村, 危房改造实现清零: what covers all, or is down to nothing
COVER = re.compile(
    "(?P<x>[一-鿿]{2,14}?)(?:实现|达到|做到|已经?|均|[有无]|在全[镇乡])*了?(?:(?P<all>全域?覆盖|覆盖(?:了)?(?:全部|所有|全镇|全乡)[村社自行各][一-鿿]{0,4})|(?:动态|全面|全部|基本)?清零)(?=[，,。；;]|$)",
    re.M,
)
COVERED = 18  # characters before it that what is covered may fill
MAYBE_COVER = led_by("覆清", "覆盖(?=[，,。；;\n]|了?[全所])|清零")
CORE = re.compile(
    "^(?:[^，,。；;]{0,8}?(?:实现|的))?(?:全[镇乡县]|[我该][镇乡]|各村|建制村|行政村|自然村|村民小组|村组|农村|辖区)*(?:通|开展|推行|推广|实施)?(?P<core>[一-鿿]{2,8}?)(?:改造|整治|治理|排查|工作|问题|隐患|动态|服务|制度)*(?:实现|均|已|做到)*$"
)
KIND_OF_VILLAGE = re.compile("建制村|行政村|自然村|村民小组|村组")
SOLVED = re.compile("(?P<core>[一-鿿]{2,6}?)(?:安全)?(?:问题|困难)$")
# What stands before the name of a thing, and is no part of it.
LEADING = re.compile(
    "^(?:截至|目前|至此|年末|年底|历年来?|全[镇乡县村]|本[镇乡]|[我该][镇乡]|全年|本年|当年|所有|全部|各类?|这些?|上述|以上|的|对|将|已|使|和|及|与|共|其中|涉及|发现|排查|存在|[镇乡县村][内里]|境内|辖区内?|老|上级|反馈|交办)+"
)
# 仍有2处内涝点积水严重, 还有3处隐患未整改, 在建2个, 2个在建项目, 2个项目尚未完工
_NOT = "(?:仍未|尚未|还未|没有|未能?)"
_ALL = "(?:全部|全面|完全|按期|如期|按时|及时)*"
_OPEN = f"(?:在建|停工|停建|缓建|正在(?:建设|施工|实施|整改|办理)|{_NOT}{_ALL}(?:{_DONE}|开工|实施|动工|启动))"
LEFT = re.compile(
    f"(?:仍然?|依然|目前还|尚|还)(?P<still>存?在?有|存在|剩余?|余)(?:少量|部分|个别|一些|少数)?(?:(?P<n>{_NUMBER})余?(?P<u>{_UNIT}))?(?P<x>[一-鿿]{{2,16}})|"
    f"(?P<bare>在建|未完工|未竣工|未办结|未整改|未完成|未建成)(?:的)?(?:有|共)?(?P<n2>{_NUMBER}){_UNIT}(?=[，,。；;、（(]|$)|"
    f"(?<![0-9.第])(?P<n3>{_NUMBER}){_UNIT}(?P<x3>[一-鿿]{{0,12}}?)(?:因[^，,。；;]{{1,12}}|至今)?(?P<open>{_OPEN})(?:的)?(?P<x4>[一-鿿]{{0,8}})"
)
MAYBE_LEFT = led_by(
    "仍尚还依在未没正停", f"仍|尚|还|依然|在建|正在|停[工建]|{_NOT}(?:{_DONE}|全|按|如|及)"
)
BAD = re.compile("未|没|尚|待|在建|正在|严重|滞后|不|难|缓慢|较慢|差|积水|破损|隐患|欠")
# What so many different things are called that only the same line can mean the same ones.
GENERAL = re.compile(
    "^(?:建设|民生|实施|重点)*(?:项目|工程|任务|工作|问题|目标|事项|措施|意见|建议|案件|线索|投诉|隐患|矛盾|纠纷|[0-9]*村|户|人员?|资金|指标|农户|群众)$"
)
# Another time than the end of the year, only some, a plan, what was before.
OF_SOME = re.compile(
    "其中|部分|个别|多数|大部|上年|去年|往年|年初|原有|原来|原先|此前|之前|曾|上半年|季度|[0-9]月|下一步|下步|计划|拟|将(?!近)|力争|确保|争取|要求|"
    "应当|应该|须|如果|如有|如需|例如|若有|一旦|基本|(?<![拆清消解排])除了|(?<![拆清消解排])除[^，,。；;]{1,12}外|另|其余|目前(?![仍尚还])|现已|截[至止]|[造治改][前后]|预计|目标|率|是否|杜绝|避免|防止"
)
# 管护资金没有落实 … 已足额落实管护资金
WANTING = re.compile(
    "(?<![一-鿿])(?P<x>[一-鿿]{3,8}?)(?:尚|还|仍|一直)*(?:未|没有)(?:真正|有效|能)?(?P<v>落实|到位|拨付|发放|建立|制定|出台|公开|配备|签订|移交|验收|编制)(?!不|率|情况|到)"
)
MAYBE_WANTING = led_by(
    "未没",
    "(?:未|没有)(?:真正|有效|能)?(?:落实|到位|拨付|发放|建立|制定|出台|公开|配备|签订|移交|验收|编制)",
)
FAR = 18  # characters before it that its name and number may fill
# 衔接资金2179万元已全部拨付 … 衔接资金2179万元，已拨付2113.63万元; 资金已全部拨付 … 已拨付680万元，执行率80%
PAID_ALL = re.compile(
    "全[部额](?P<v>拨付|支付|支出|使用|发放|兑付)(?:到位|完毕|完成|了)?(?=[，,。；;]|$)", re.M
)
OF_SO_MUCH = re.compile("(?P<n>[0-9][0-9,.]*[万亿]?元)[^，,。；;0-9]{0,8}$")
OF_ALL = re.compile("^[^，,。；;0-9]{0,4}资金(?:均|现|已|目前|也|经)*$")
PAID = re.compile("[，,。；;：:]")
RATES = ("率", "率为", "率达", "率达到")
HUNDRED = 100
# What is paid at another time, or only some of it.
IN_PARTS = re.compile(
    "上年|去年|往年|(?<!1)[0-9]月|1[01]月|上半年|季度|[首一二三]批|年初|先行|预付|计划|拟|其中|结余|质保"
)


class _Said(NamedTuple):
    passage: Passage
    start: int
    end: int
    thing: str
    number: str | None = None
    of: str | None = None  # the kind of village all of which are covered; "" for any

    @property
    def words(self) -> str:
        """What is said, as printed."""
        return self.passage.text[self.start : self.end].strip("，,、 ")


def check(subject: Subject) -> Iterator[Outcome]:
    """All of a thing against what is left of it; then a thing wanting against the same thing done."""
    found = False
    claims = [*_claims(subject), *_covers(subject)]
    left = list(_left(subject)) if claims else []  # quick
    for claim in claims:
        against = next((one for one in left if _denies(claim, one)), None)
        if against is not None:
            found = True
            yield _outcome(claim, against)
    for claim, against in (*_wanting(subject), *_paid(subject)):
        found = True
        yield _outcome(claim, against)
    if not found:
        yield Outcome(RULE)


def _told(passage: Passage, start: int, end: int, year: int) -> bool:
    """Is it said of the whole year and of all there is, and no plan?"""
    wished = is_wished(passage.section.rpartition(" · ")[2]) and not tells_problems(passage)
    if passage.address or wished:
        return False
    said = passage.text[passage.sentence(start)[0] : end].replace(f"{year}年", "")
    return OF_SOME.search(said) is None and re.search("20[0-9]{2}年", said) is None


def _claims(subject: Subject) -> Iterator[_Said]:
    year = subject.disclosure.key.year
    for passage in subject.told.holding(CLAIM):
        text = passage.text
        for match in CLAIM.finditer(text):
            if match["v"] == "完成" and match["y"]:
                continue  # 均完成招标: a stage of it
            before = BEFORE.search(text, max(0, match.start() - FAR), match.start())
            if before is None:  # 排查安全隐患86处，已全部整改
                before = COUNTED.search(text, max(0, match.start() - FAR), match.start())
            names = [match["y"]] if before is None else [before["x"], match["y"]]
            named = [LEADING.sub("", words) for words in names if words]
            things = [one for one in named if len(one) > 1]
            start = match.start() if before is None else before.start()
            if things and _told(passage, start, match.end(), year):
                number = None if before is None else before["n"]
                yield _Said(passage, start, match.end(), things[0], number)


def _covers(subject: Subject) -> Iterator[_Said]:
    """What is said to cover all, to be down to nothing, or to be solved."""
    year = subject.disclosure.key.year
    for passage in subject.told.holding(MAYBE_COVER):
        for hit in MAYBE_COVER.finditer(passage.text):
            low = max(passage.opening(hit.start()), hit.start() - COVERED)
            match = COVER.search(passage.text, low, passage.clause(hit.start())[1])
            if match is None:
                continue
            core = CORE.match(match["x"])
            if core is not None and _told(passage, match.start(), match.end(), year):
                of = KIND_OF_VILLAGE.search(match["x"])
                village = of[0] if of else ""
                yield _Said(passage, match.start(), match.end(), core["core"], None, village)


def _left(subject: Subject) -> Iterator[_Said]:
    year = subject.disclosure.key.year
    for passage in subject.told.holding(MAYBE_LEFT):
        for match in LEFT.finditer(passage.text):
            end = passage.clause(match.end())[1]
            if not _told(passage, match.start(), match.end(), year):
                continue
            thing = "".join(filter(None, match.group("x", "x3", "x4")))
            if thing.startswith(("未", "没有")):  # 信访积案还有2件未化解
                thing = passage.text[passage.opening(match.start()) : match.start()] + thing
            too = match["still"] == "有" and match[0][0] != "仍"  # 还有3处: and three more
            if too and not BAD.search(passage.text, match.start("x"), end):
                continue
            yield _Said(passage, match.start(), end, thing)


def _denies(claim: _Said, left: _Said) -> bool:
    """Is what is left some of that of which all is claimed to be done?"""
    solved = SOLVED.search(claim.thing)
    if claim.of is not None or solved is not None:
        # 尚有4个自然村未通硬化路, 仍有3个村民小组饮水困难
        core = claim.thing if solved is None else solved["core"]
        said = left.passage.text[left.start : left.end]
        if (claim.of or "") not in said:
            return False  # all 建制村, and some 自然村 not
        return core in said and (solved is None or BAD.search(said) is not None)
    if left.thing and not GENERAL.match(claim.thing):
        return claim.thing in left.thing[: len(claim.thing) + 4]
    return _all_of_so_many(claim, left)


def _all_of_so_many(claim: _Said, left: _Said) -> bool:
    """实施项目7个 … 7个项目均已竣工: so many are all there are."""
    number, thing, text = claim.number, claim.thing, claim.passage.text
    here = claim.passage is left.passage
    after = claim.passage.at.line - left.passage.at.line
    if not (here or 0 < after < 4) or claim.passage.section != left.passage.section:
        return False
    if text.endswith("的", 0, claim.start):
        return False
    told = text if here else left.passage.text[: left.start]
    if not here and re.search(f"{thing}(?:项目|工程)?{number}(?![0-9])", text):
        return False  # other works, as many
    counts = re.findall(f"{thing}(?:项目|工程)?([0-9]+){_UNIT}", told)
    counts += re.findall(f"(?<![0-9.])([0-9]+){_UNIT}{thing}", told)
    if max(counts, key=int, default="") != number or counts.count(number) < (2 if here else 1):
        return False
    return not left.thing or thing in left.thing


def _wanting(subject: Subject) -> Iterator[tuple[_Said, _Said]]:
    """管护资金没有落实, and 已足额落实管护资金."""
    year = subject.disclosure.key.year
    for passage in subject.told.holding(MAYBE_WANTING):
        for match in WANTING.finditer(passage.text):
            thing, verb = match["x"], match["v"]
            if not _told(passage, match.start(), match.end(), year):
                continue
            done = re.compile(
                f"(?:已|均已|已经|全部|都|足额)[^，,。；;未没]{{0,14}}?{verb}(?:了)?{thing}|(?<![一-鿿]){thing}(?:已|均|都|全部|足额)[^，,。；;未没]{{0,6}}{verb}(?!不|率)"
            )
            for other in subject.told.lines:
                against = done.search(other.text) if thing in other.text else None  # quick
                if against is not None and _told(other, against.start(), against.end(), year):
                    yield (
                        _Said(passage, match.start(), match.end(), thing),
                        _Said(other, against.start(), against.end(), thing),
                    )
                    break


def _paid(subject: Subject) -> Iterator[tuple[_Said, _Said]]:
    """All of a sum paid, or all there is, and less of it paid elsewhere."""
    lines = subject.told.lines
    for passage in subject.told.holding(PAID_ALL):
        for match in PAID_ALL.finditer(passage.text) if not passage.address else ():
            low = passage.sentence(match.start())[0]
            clause = passage.opening(match.start())
            so_much = OF_SO_MUCH.search(passage.text, clause, match.start())
            if so_much is None and OF_ALL.match(passage.text[clause : match.start()]) is None:
                continue
            if IN_PARTS.search(passage.text, low, match.end()):
                continue
            sum_ = so_much["n"] if so_much else None
            against = next((a for p in lines if (a := _paid_less(p, sum_, match["v"]))), None)
            if against is not None:
                yield _Said(passage, clause, match.end(), "资金"), against
                break


def _paid_less(passage: Passage, all_: str | None, verb: str) -> _Said | None:
    """Of the sum `all_` less than it is paid; of any, with a rate below a hundred."""
    if verb not in passage.text:  # quick
        return None
    for segment in segments(passage):
        for one, other in pairwise(segment.amounts):
            paid = one if all_ is None else other
            words = PAID.split(paid.words)[-1]
            if verb not in words or f"未{verb}" in words or not paid.exact:
                continue
            if all_ is None:
                less = other.words.endswith(RATES) and other.figure.amount < HUNDRED
            else:
                less = one.said.text == all_ and paid.figure.amount < one.figure.amount
                less = less and paid.figure.unit == one.figure.unit
            if less and IN_PARTS.search(segment.text) is None:
                return _Said(passage, paid.said.start - len(words), paid.said.end, "资金")
    return None


def _outcome(claim: _Said, against: _Said) -> Outcome:
    words = {"printed": claim.words, "other": against.words[-40:]}
    finding = Finding(
        RULE,
        claim.passage.place(claim.start),
        words,
        (against.passage.place(against.start),),
        sentence_address(claim.words, claim.thing),
        claim.words,
        against.words[-40:],
    )
    return Outcome(RULE, finding=finding)
