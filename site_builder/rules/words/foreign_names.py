"""名称有误: another town's name left over, an agency's “我局”, the own name with a character wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.library import Library
from site_builder.rules.names_alike import misspelt
from site_builder.rules.outcome import Outcome, Subject, outcomes_of
from site_builder.rules.surnames import CLEAR
from site_builder.wording import Wording

RULE = Rule(
    "foreign-name",
    "warning",
    Words("出现其他单位的名称", "Another unit's name"),
    Words(
        "这是{own}的报告，这里写的是“{printed}”",
        "this is the report of {own}; here it says “{printed}”",
    ),
    Words(
        "请核对，多半是借用其他单位的报告时没有改；确实说的是那里的，请在“认可”中说明",
        "check it, most likely left over from another report; explain it where that place is meant",
    ),
    Words(
        "名称对不上，读者无从知道这段话和这些数字究竟是哪个单位的。",
        "Under another's name nobody knows whose words and figures these are.",
    ),
)
SELF = Rule(
    "wrong-self-name",
    "warning",
    Words("自称与单位不符", "Calls itself what it is not"),
    Words(
        "{own}的报告自称“{printed}”",
        "the report of {own} calls its unit “{printed}”",
    ),
    Words(
        "请改为“{recomputed}”；原件如此的，保留原文并在“认可”中说明",
        "it should be “{recomputed}”; if it is printed so, keep and explain it",
    ),
    Words(
        "局、乡、镇不是一回事；自称写错，多半是套用了别的单位的文字。",
        "A bureau is not a town; the words were most likely taken from another unit.",
    ),
)
VARIANT = Rule(
    "misspelt-name",
    "warning",
    Words("地名写错", "Place name misspelt"),
    Words("“{printed}”应为“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "请改正；原件如此的，保留原文并在“认可”中说明",
        "mend it; if it is printed so, keep and explain it",
    ),
    Words(
        "公开的文字必须使用标准地名，写错了也搜索不到。",
        "Published names must be the standard ones; misspelt ones are not found either.",
    ),
    "地名管理条例第十八条",
)

# Where other places are named rightly: neighbours, roads, visits, help, people who come or go.
NEIGHBOUR = re.compile(r"接壤|毗邻|相邻|相连|交界|邻近|[东南西北][与接邻临抵连靠依至]")
ELSEWHERE = re.compile(
    r"联合|联动|配合|共同|会同|签订|协议|协作|合作|考察|学习|交流|共建|引进|外出|返乡|流域|沿线|途经|公路|线路|国道|省道|高速|周边|合并|撤并|并入|设立|"
    r"籍|来自|[、，]通|通往|通向|转移|务工|帮扶|对口|支援|输送|销往|辐射|邻[县镇乡]|供水|全县|各乡镇|片区|等[县镇乡地]|至|到|等\d*个"
)
# What follows the name of a town that reports or acts: its government, its accounts of a year.
OFFICIAL = re.compile(r"(?:人民)?政府")
REPORTING = re.compile(
    r"(?:人民政府)?20\d\d年度?(?:部门|自评|整体支出|绩效|决算|基本支出|项目支出|预算执行|[“”]?三公|(?:财政|总)?(?:收入|支出)(?:合计|总计))"
)
# 单位名称：石塘镇人民政府
LABELLED = re.compile("(?:单位|部门)(?:名称)?(?:（[^（）]{1,4}）)?[：:][ 　]?([一-鿿]{2,3})$")
# 实施单位：石塘镇人民政府, of whom a bureau of the county tells: who has the money, and does the work.
DOER = re.compile("(?:实施|承担|承建|建设|使用|受益|补助|项目|责任|配合|申报|管护|用款|资金)$")
# 临河乡党委、政府高度重视: a name between a mark and what only a town has.
ACTING = re.compile(
    r"(?:党委|镇党委|乡党委)?(?:、|和)?(?:人民)?政府(?=高度|认真|积极|严格|成立|坚持|切实|结合|根据|按照|对|将|把|组织|[，,。]|始终|紧紧|全面|在)|党委(?:、|和)?政府|党委书记|党委(?:、|和)?(?:政府)?的(?:统一|坚强|正确)(?:部署|领导|安排)|(?:位于|地处|下辖|辖区)|"
    r"将(?=[把按以]|继续|进一步|严格|认真|加强|切实|不断|围绕|坚持|结合|持续|深入|努力|全力)"
)
# 柳溪镇政府选取两个项目开展自评, where no 我镇 stands behind it: more that a government does for itself.
ACTED = re.compile(
    "(?:党委)?[、和]?(?:人民)?政府(?:先后|共|已经?|全年|及时|专门)*"
    "(?:选[取择定]|委托|聘请|安排|对照|开展|制[定订]|出台|印发|召开|不断|进一步|围绕|实行|采取|继续|加[强大快]|强化|建立|落实|推[进动行]|完成|投入)"
    "(?![^。；;\n]{0,60}[我本][镇乡])"
)
# 柳溪镇严格按照预算批复执行, of a town; of 街道 it may be streets.
OF_ITSELF = re.compile(
    r"始终坚持|坚持(?:以|过紧日子)|深入贯彻|扎实推进|切实加强|严格(?:按照|执行|落实|遵守|控制)|认真(?:贯彻|落实|执行|履行)|高度重视|(?:[现实]有|核定|共有)?(?:行政|事业|人员)编制|"
    r"(?:[现实]有|共有)(?:在职|干部|机关)|[“”]?三公|(?:机关|年度)?(?:部门)?整体支出|"
    r"(?:[共现]有|下辖|共辖)[^，,。；;0-9]{0,3}村|(?:财政所|党政办|纪委|人大)(?:负责|牵头|会同|组织)"
)
# 二是榆钱沟镇财力薄弱, 加强对榆钱沟镇各村资金使用的监管, 柳溪镇向群众发放问卷: who tells it but the town itself?
DOES = (
    r"[向给]群众|群众(?:对|满意)|[共拟]|20[0-9]{2}年|年初|全年|今年|严格|积极|继续|按(?:照|期|时)|未|没有|尚|仍|"
    r"(?:共|已|新)?(?:硬化|新建|新增|改造|投入|发放|实施|组织|开展|完成|支出|收入|化解|排查|争取|建成)(?:的|了)?[^，,。；;]{0,8}[0-9]"
)
ITS_OWN = re.compile(
    rf"(?:的?财力|财政(?:所|收入|资金)|各村|各(?:站|股|办|部门|单位)|机关|辖区|全域|干部职工|经济社会|本级|(?:部门)?(?:预算|决算|绩效)|{DOES})"
)
ITS_DEEDS = re.compile(f"(?:{DOES})")
# Words before 镇 that are no name: 其中镇财政所2人, 目前镇共有12个村
_ADVERBS = (
    "目前|年[末底初内]|近年来|多年来|以来|此外|同时|另外|期间|现在|如今|当时|今后|截止|总计|累计|合计|一直|始终|历来|首先|其次|最后|"
    "去年|会上|会后|最终|随后|原来|为此|对此|因此|因而|所以|但是|而且|并且|尤其|特别|继续|仍然|只有|还有|以及|包括|包含|不含|不包|纳入|保障|组织|支持|要求|配合|协助|通过|经过|上级|各级"
)
WORDS = re.compile(f"[由经对将把在向为与和及给的其各全本我该是被使让按据从到至于以]|{_ADVERBS}")
ADVERBS = re.compile(_ADVERBS)
# 根据邻山县财政局《关于开展…的通知》: whose notice it is
TOLD_BY = re.compile("(?:[根依]据|[按遵依]照)(?P<name>[一-鿿]{2,3}[县区])$")
FINANCES = re.compile("财政局")
# 位于示范县西北部, in the report of a town of 示例县
BASED = re.compile(
    "(?:位于|地处)(?:[一-鿿]{2,4}省)?(?:[一-鿿]{2,4}市)?(?P<county>[一-鿿]{2,4}?[县市区])"
    "(?:县?城)?(?:的)?(?:[东南西北中][东南西北部中偏]|腹地|境内|城郊|中心)"
)
_ONE = f"[甲乙丙丁戊己庚辛壬癸{''.join(sorted(CLEAR))}]"  # what a name of one character may be
BOUNDED = re.compile(
    r"(?:^|[，,。；;：:、\n]|20[0-9]{2}年度?|[按依]照|根据|在)(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．])?([一-鿿]{2,3}|"
    f"{_ONE})$"
)
# And where what is told of a town alone stands behind its name: 二是柳溪镇…, 加强对柳溪镇…
LED = re.compile(
    r"(?:^|[，,。；;：:\n]|20[0-9]{2}年度?|[一二三四五六七八九十]是|(?:加强|强化|完善|规范)对?|[，,。；;：:\n][对使让])"
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．])?([一-鿿]{2,3})$"
)
QUALIFIED = re.compile(r"[县市区]([\u4e00-\u9fff]{2,3})$")
RUN = re.compile(rf"((?:(?![县市区])[\u4e00-\u9fff]){{2,4}}|(?<![\u4e00-\u9fff]){_ONE})$")
# 丙乡财政所, 经丙乡党委会议研究: a known name of one character, and what shows that it is one
ALONE = re.compile("(?:^|[^一-鿿]|[由经对在年县市区])$")
AS_ONE = re.compile(
    "(?:人民)?政府|党委|纪委|总(?:支出|收入)|[对将把]|"
    f"{ACTING.pattern}|{OF_ITSELF.pattern}|{ITS_OWN.pattern}|{REPORTING.pattern}"
)
NO_NAME = re.compile(
    r"[我本各该全乡集城市县区与和及由向对为在从把将\u7684了等是]$|乡镇|街道|各|村镇|城镇|我|本|该|全|所有|其他|相关|[和与及]|(?:建制|中心|重点|特色|示范|小城|经济|农业|工业|旅游|边境|民族|贫困|试点|强|大|卫星)$"
)
NOT_NAMED = re.compile("[省市州我本各该全上级和及两县]+.*[县区]$|(?:园|社|辖|片|地|新|景|发)区")
NO_PLACE = frozenset("我本各该全乡集城小新老两一每整县市区、，。；：（(“”《》 \n-")
EMPTY: frozenset[str] = frozenset()
# Schools, centres and bureaus.
_OTHERS = "我(?:校(?![园车门外舍])|院(?![子里内墙])|中心(?![小城村镇组]))"
BUREAU = re.compile("局(?<![一-鿿]局)党[组委]")
SELVES = {
    "镇": re.compile(
        r"[我本](?:局|乡|街道)|" + _OTHERS + r"|全(?<![安健齐完成保]全)乡(?=[干党各共上广群人民范])"
    ),
    "乡": re.compile(
        r"[我本](?:局|镇|街道)|"
        + _OTHERS
        + r"|全(?<![安健齐完成保]全)镇(?=[干党各共上广群人民范经社工农])"
    ),
    "道": re.compile(
        r"[我本](?:局|乡|镇)|"
        + _OTHERS
        + r"|全(?<![安健齐完成保]全)[乡镇](?=[干党各共上广群人民范经社])"
    ),
}
NOT_SELF_AFTER = frozenset("部域限面势地促镇村土间亲贤音愁里本")
NOT_SELF_BEFORE = frozenset("基根样版资成日书剧脚课标文自")
FORMER = re.compile(
    "原|旧|撤|由|[改更设建称]为?\\||立\\||\\|(?:改|撤|合并|村|镇[^人]|卫生|中[心学]|[愁间土村亲镇贸])"
)
# 我县2022年度部门整体支出: the amount and who
SELF_RESULT = re.compile(r"20(?<=[县市区府关]20)\d\d年度?(?:部门)?(?:整体|基本|项目)支出")
SELF_COUNTY = re.compile("[我本][县市区](?:人民政府|机关)?$")


def check(subject: Subject) -> Iterator[Outcome]:
    """Every name of a town or county in sentences, cells and the head."""
    wording = subject.wording
    town, county = str(subject.disclosure.town.name), str(subject.disclosure.county.name)
    prefecture = str(subject.disclosure.county.prefecture)
    told = frozenset[str]()
    if town[-1] not in SELVES:
        told = frozenset(str(other.name) for other in subject.disclosure.county.towns.values())
    found = [
        *_selves(wording, town),
        *_suffixes(wording, town),
        *_others(wording, (town, county), prefecture, told, subject.library),
        *_unit(subject, town),
    ]
    yield from outcomes_of(found, (RULE, SELF, VARIANT))


def _selves(wording: Wording, town: str) -> Iterator[Finding]:
    """“我局” in a town's report. Quoted papers of others may say so."""
    pattern = SELVES.get(town[-1])
    if pattern is None:
        return
    text = wording.text
    meant = town.removeprefix(_bare(town))
    bureaus = BUREAU.finditer(text, 0, wording.notes) if "局党" in text else ()  # quick
    for match in (*pattern.finditer(text, 0, wording.notes), *bureaus):
        start, end = match.span()
        if text[end : end + 1] in NOT_SELF_AFTER or text[start - 1 : start] in NOT_SELF_BEFORE:
            continue
        party = "党工委" if meant == "街道" else "党委"
        right = f"{meant}{party}" if match[0][0] == "局" else f"{match[0][0]}{meant}"
        yield _finding(SELF, wording, start, end, town, right)
    for result in SELF_RESULT.finditer(text, 0, wording.notes):
        match = SELF_COUNTY.search(text, max(0, result.start() - 6), result.start())
        if match is not None:
            start = match.start()
            yield _finding(SELF, wording, start, start + 2, town, f"{match[0][0]}{meant}")


def _others(
    wording: Wording,
    own: tuple[str, str],
    prefecture: str,
    told: frozenset[str],
    library: Library,
) -> list[Finding]:
    """Other places by their names, each once; not the `prefecture` that the county is of.

    A bureau is of all towns of its county: those `told` are no foreign names, unless one speaks of itself.
    """
    county = own[1]
    found = (
        *_told_by(wording, county),
        *_based(wording, county),
        *_places(wording, own, prefecture, told, library),
    )
    return list({finding.at: finding for finding in found}.values())


def _based(wording: Wording, county: str) -> Iterator[Finding]:
    """Where the town lies, by the name of its county with one character wrong."""
    for match in BASED.finditer(wording.text, 0, wording.notes):
        told = match["county"]
        if told[-1] != county[-1] or len(told) != len(county):
            continue
        if sum(a != b for a, b in zip(told, county, strict=True)) != 1:
            continue
        yield _finding(VARIANT, wording, *match.span("county"), county, county)


def _told_by(wording: Wording, county: str) -> Iterator[Finding]:
    """Another county's notice."""
    for office in FINANCES.finditer(wording.text, 0, wording.notes):
        match = TOLD_BY.search(wording.text, max(0, office.start() - 6), office.start())
        if match is None or match["name"].endswith(county) or NOT_NAMED.search(match["name"]):
            continue
        yield _finding(RULE, wording, *match.span("name"), county, "")


def _suffixes(wording: Wording, town: str) -> Iterator[Finding]:
    """青山乡 in the report of 青山镇."""
    bare = _bare(town)
    suffix = town.removeprefix(bare)
    if len(bare) < 2:
        return
    text = wording.text
    for other in ("镇", "乡", "街道"):
        name = bare + other
        place = text.find(name, 0, wording.notes) if other != suffix else -1
        while place >= 0:
            after, before = place + len(name), text[max(0, place - 2) : place]
            if not FORMER.search(before + "|" + text[after : after + 2]):
                yield _finding(VARIANT, wording, place, after, town, town)
            place = text.find(name, after, wording.notes)


def _places(
    wording: Wording,
    own: tuple[str, str],
    prefecture: str,
    told: frozenset[str],
    library: Library,
) -> Iterator[Finding]:
    text = wording.text
    mine = (*own, prefecture) if prefecture else own
    known, suffixes, tails = library.once("names of places", lambda: _names(library))
    known -= told
    bureau = own[0][-1] not in SELVES
    bare = _bare(own[0])
    joined: tuple[int, int] | None = None  # 常宁市荫田镇: one name, told once
    for match in suffixes.finditer(text, 0, wording.notes):
        first, end = match.span()
        before = text[first - 1 : first]
        if before in NO_PLACE:
            continue
        if text.endswith(mine, 0, end):
            continue
        hit = _named(text, match, own, known if before in tails else EMPTY)  # quick
        hit = hit or _acting(text, match, own[1] if bureau else "")
        if hit is None:
            continue
        start, rule, meant = hit
        if text[start:first] == bare:  # of which _suffixes tells
            continue
        if _belongs(wording, start, end, own[0], rule):
            continue
        if rule is RULE:
            if joined is not None and joined[1] == start:
                start = joined[0]
            elif joined is not None:
                yield _finding(RULE, wording, *joined, own[0], "")
            joined = (start, end)
        else:
            yield _finding(rule, wording, start, end, own[0], meant)
    if joined is not None:
        yield _finding(RULE, wording, *joined, own[0], "")


def _acting(text: str, suffix: re.Match[str], county: str) -> tuple[int, Rule, str] | None:
    """A town that the library does not know: “某某县武台镇人民政府”, “武台镇2022年度绩效”.

    `county` is a bureau's, which tells of the towns of its county and of what they carry out.
    """
    if suffix[0] not in ("镇", "乡", "街道"):
        return None
    before = text[max(0, suffix.start() - 4) : suffix.start()]
    town = suffix[0] != "街道"
    name = None
    if OFFICIAL.match(text, suffix.end()):
        near = text[max(0, suffix.start() - 16) : suffix.start()]
        name = QUALIFIED.search(before)
        if county and name is not None and near.endswith(county + name[1]):
            near = near.removesuffix(county + name[1]) + name[1]
            name = None
        labelled = LABELLED.search(near)
        if county and labelled is not None and DOER.search(near, 0, labelled.start()):
            return None
        name = name or labelled
    if ACTING.match(text, suffix.end()) or (town and OF_ITSELF.match(text, suffix.end())):
        name = name or BOUNDED.search(text[max(0, suffix.start() - 8) : suffix.start()])
    elif town and ACTED.match(text, suffix.end()):
        name = name or BOUNDED.search(before)
        name = None if name is None or WORDS.search(name[1]) else name
    if REPORTING.match(text, suffix.end()):
        name = RUN.search(before)
    elif town and ITS_OWN.match(text, suffix.end()):
        name = name or _led(text, suffix)
    if name is None or NO_NAME.search(name[1]) or ADVERBS.search(name[1]):
        return None
    return suffix.start() - len(name[1]), RULE, ""


def _led(text: str, suffix: re.Match[str]) -> re.Match[str] | None:
    """The name of a town of which its own matters are told; of two characters only what it does."""
    name = LED.search(text[max(0, suffix.start() - 10) : suffix.start()])
    if name is None or WORDS.search(name[1]):
        return None
    return name if len(name[1]) > 2 or ITS_DEEDS.match(text, suffix.end()) else None


def _bare(name: str) -> str:
    """A name without 县, 镇, 乡, 街道."""
    return re.sub("(?:街道|.)$", "", name)


def _names(library: Library) -> tuple[frozenset[str], re.Pattern[str], frozenset[str]]:
    """The counties of the library and their towns; what their names end in, and with what before."""
    counties = library.counties.values()
    names = [str(c.name) for c in counties]
    ends = {"镇", "乡", "街道"} | {name[-1] for name in names}
    names += [str(t.name) for c in counties for t in c.towns.values()]
    tails = frozenset(_bare(name)[-1:] for name in names)
    return frozenset(names), re.compile("|".join(sorted(ends))), tails


def _named(
    text: str, suffix: re.Match[str], own: tuple[str, str], known: frozenset[str]
) -> tuple[int, Rule, str] | None:
    """The name that ends here: another's, or the own one misspelt; None for anything else."""
    end = suffix.end()
    for size in (6, 5, 4, 3) if known else ():  # quick
        name = text[max(0, end - size) : end]
        if name in known:
            return end - len(name), RULE, ""
    short = text[max(0, end - 2) : end]
    if short in known and AS_ONE.match(text, end) and ALONE.search(text, max(0, end - 3), end - 2):
        return end - 2, RULE, ""
    for name in own:
        if name.endswith(suffix[0]):
            start = misspelt(text, end, name, suffix[0])
            if start >= 0:
                return start, VARIANT, name
    return None


def _belongs(wording: Wording, start: int, end: int, own: str, rule: Rule) -> bool:
    """Is another place named rightly: as a neighbour, a road's end, beside the own name?"""
    low, high = wording.sentence(start)
    text = wording.text
    near = max(low, start - 24), min(high, start + 24)
    if NEIGHBOUR.search(text, *near):
        return True
    if ACTED.match(text, end):
        near = near[0], end  # 丁镇政府选取农村公路: what it does may be anything
    return rule is RULE and (ELSEWHERE.search(text, *near) is not None or own in text[low:high])


def _unit(subject: Subject, town: str) -> Iterator[Finding]:
    """The reporting unit must bear the town's name; a misspelt one is reported as such."""
    unit = subject.disclosure.report.heading.unit
    if town in unit:
        return
    suffix = town.removeprefix(_bare(town))
    if misspelt(unit, unit.find(suffix) + len(suffix), town, suffix) >= 0:
        return
    words = {"own": town, "printed": str(unit), "recomputed": town}
    yield Finding(RULE, unit.at, words, address="单位", printed=str(unit), recomputed=town)


def _finding(rule: Rule, wording: Wording, start: int, end: int, own: str, meant: str) -> Finding:
    spot = wording.spot(start, end)
    printed = wording.text[start:end]
    address = spot.source.address
    if spot.source.kind == "sentence":
        address = f"{address}={address_part(printed)}"
    words = {"own": own, "printed": printed, "recomputed": meant}
    return Finding(
        rule,
        spot.at,
        words,
        address=address,
        printed=printed,
        recomputed=meant,
        length=spot.length,
    )
