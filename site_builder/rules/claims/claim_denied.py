"""同一份报告里说法相反: a claim of success that the section on problems denies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.wording import Wording

RULE = Rule(
    "claim-denied",
    "warning",
    Words("同一份报告里说法相反", "The report denies its own claim"),
    Words(
        "这里说“{claim}”，另一处却承认“{admitted}”",
        "here it says “{claim}”; elsewhere it admits “{admitted}”",
    ),
    Words(
        "请核对哪一处属实，改正另一处；原件如此的，保留原文并在“认可”中说明",
        "see which is true and mend the other; if both are printed so, explain it",
    ),
    Words(
        "成绩一栏说没有问题，问题一栏又承认有，读者无从相信哪一句。",
        "When success and problems contradict each other nobody knows which to believe.",
    ),
    yields_to=("state-differs",),
)
PROBLEMS = re.compile("问题|不足|困难|短板|薄弱")
# 2、存在的问题, as a line and no heading; 2. 问题：资金……
_NUMBERED = "[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．]*"
TITLE = re.compile(f"{_NUMBERED}[^，,。；;：:]{{2,16}}")
LABEL = re.compile(f"(?:{_NUMBERED})?[ ]*(?:存在的?|主要){{0,2}}(?:问题|不足)[：:]")
_GAP = "[^，,。；;]"
# What is claimed, and what admits the contrary in a section on problems.
PAIRS = (
    (
        re.compile(
            rf"支出{_GAP}{{0,8}}(?:控制在|保持在|没有超出|未超出?|未突破|没有突破|在){_GAP}{{0,4}}预算"
            rf"(?:总额|数|额度|指标)?(?:以内|之内|范围内|内)?"
        ),
        re.compile(
            rf"支出{_GAP}{{0,8}}预算{_GAP}{{0,6}}(?:差异|差距|偏差){_GAP}{{0,4}}大|"
            rf"(?:存在|有){_GAP}{{0,6}}超(?:出)?预算|(?:靠|通过)追加预算|超预算支出(?:较多|严重|现象)"
        ),
    ),
    (
        re.compile(
            rf"(?:不存在|没有|未出现|未发生|无){_GAP}{{0,8}}(?:截留|挤占|挪用)|做到了?专款专用"
        ),
        re.compile(
            rf"(?:存在|出现|有|发生|发现){_GAP}{{0,10}}(?:截留|挤占|挪用|混用)(?!风险|隐患|的?可能)|(?:资金|费用|经费|支出)使用{_GAP}{{0,6}}界限不(?:清|明)|"
            rf"基本支出[与和、]项目支出{_GAP}{{0,4}}(?:区分|划分|界限){_GAP}{{0,2}}不(?:严|清|明)"
        ),
    ),
    (
        re.compile(
            rf"(?:各|所有|全部){_GAP}{{0,6}}项目{_GAP}{{0,8}}(?:按时|按期|如期|全部|均已?)(?:完工|竣工|完成)|"
            rf"[0-9一二三四五六七八九十]个{_GAP}{{0,8}}(?:项目|工程)[，,]?(?:均|都|已|全部)*(?:全部|均已?|都已?)(?:按时|按期|如期|顺利)*(?:完工|竣工|建成|完成建设)"
        ),
        re.compile(
            rf"项目{_GAP}{{0,8}}[，,]?(?:进度|进展){_GAP}{{0,4}}(?:缓慢|滞后|较慢|不快)|"
            rf"(?:项目|工程){_GAP}{{0,8}}(?:跨年度?(?:实施|建设)|(?:尚未|仍未|未能?)(?:按期|按时|如期)?(?:完工|竣工|建成))"
        ),
    ),
    (
        re.compile(
            r"(?:拨付|支付|发放|下达)(?:均|都|全部)?(?:做到了?|达到)?(?:及时足额|足额及时|及时到位|及时、足额|足额、及时)|及时、?足额(?:拨付|支付|发放|下达)"
        ),
        re.compile(
            rf"(?:资金|款项){_GAP}{{0,6}}(?:拨付|支付|发放|下达|到位){_GAP}{{0,4}}(?:不(?:够)?及时|滞后|缓慢|较慢|迟缓)"
        ),
    ),
    (
        re.compile(
            rf"(?:年中|年内|全年|预算){_GAP}{{0,4}}(?:没有|未|无)(?:进行|发生|作|做)?(?:追加|调整|调剂)(?!后)"
        ),
        re.compile(
            rf"(?:追加|预算调整|调剂){_GAP}{{0,6}}(?:频繁|较多|过多|较大|次数多|多次)|(?:频繁|多次)(?:追加|调整|调剂)预?算?"
        ),
    ),
    (
        re.compile("账[实账卡](?:相符|一致)|核算准确|数据真实准确"),
        re.compile(
            r"(?<!村级)(?<!村级资产)账[实账卡]不(?:符|一致)|核算不(?:够)?(?:准确|规范|严谨)|数据不(?:够)?(?:准确|严谨|真实)"
        ),
    ),
)
# 无白条入账 … 存在白条入账现象: the same misdeed, denied and admitted.
MISDEED = (
    "滞留|虚列|套取|白条|坐收坐支|虚报冒领|优亲厚友|小金库|超标准接待|超范围支出|大额现金|拖欠"
)
ADMITTED = re.compile(f"(?P<x>{MISDEED})")
DENIES = "(?:[未没无](?:有|出现|发生|发现|任何|一例|形成)*|不存在)"
HAPPENED = re.compile("存在|出现|有|发生|发现|个别|部分|仍|现象|问题|严重|较多|[0-9]")
NOT_HAPPENED = re.compile(
    "未|没有|无(?!法)|不存在|防|避免|杜绝|严禁|风险|隐患|遏制|禁止|上年|去年|往年|以前年度|历史|遗留|企业|业主"
)
# Whose it is: a village's books are not the town's.
OF_VILLAGES = re.compile("村级|各村|[个别分些有]村|村集体|村账|站所")
PURPOSE = re.compile("专项资金|项目资金|补助资金|衔接资金")
OWED = re.compile("工程款|农民工工资|工资|货款|租金|补助|土地款|征地")
# 绩效目标设定不够科学 … 绩效目标设置科学合理: the same thing, good and not good enough.
THING = (
    "绩效目标|绩效指标|指标|预算编制|会计核算|财务核算|账务处理|财务制度|内控制度|管理制度|规章制度|资产管理|档案管理|资料归档|"
    "台账|工程监管|项目监管|资金监管|合同管理|信息公开|预算公开|绩效监控|绩效管理|采购程序"
)
QUALITY = "科学|合理|规范|健全|完善|到位|及时|细化|量化|准确|精准|充分|严格|清晰|明确|完整|齐全"
WANTING = re.compile(
    rf"(?P<thing>{THING})(?P<how>[^，,。；;、0-9]{{0,6}}?)(?:不够|不太|不尽|不甚|不|欠|未能?|没有)(?P<q>{QUALITY})"
)
SOME = re.compile("部分|个别|少数|有的|有些|一些")
EVERY = re.compile("均|都|全部|所有|各")
# 预算编制准确，执行情况良好 … 资金使用的进度还要加强: money spent well, and too slowly.
SPENT_WELL = re.compile(
    r"预算[^。；;\n]{0,16}?执行(?:情况|工作|过程)?(?:较为?|很|十分)?(?:良好|较好|很好|顺利|及时|到位|有力|有效)(?!性)|"
    r"(?:支出|支付|资金使用)进度(?:较|很)?(?:快|良好|较好|理想|合理)"
)
SLOWLY = re.compile(
    r"(?:支出|支付|用款|预算执行|资金使用)[^，,。；;0-9]{0,8}?(?:进度|执行率)[^，,。；;、0-9]{0,4}?"
    r"(?:缓慢|滞后|[偏较]慢|不快|不(?:够)?理想|不达标|(?:有待|还要|需要?|仍[需要])[^，,。；;、]{0,4}(?:加[强快]|提[高升]))|"
    r"(?:预算|资金|支出)执行率[^，,。；;、0-9]{0,4}?(?:[偏较]低|不高)"
)
# Slow for some of the year or by someone else's doing.
FOR_A_WHILE = re.compile("上半年|季度|年初|前期|往年|上年|去年|上级|县级?财政")
NOT_CLAIMED = re.compile(
    "杜绝|避免|防止|确保|必须|应当|严禁|要求|不得|力争|预计|计划|今后|是否|下一步|将"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The first claim of each pair that a section on problems denies."""
    wording = subject.wording
    lines = subject.told.lines
    problems = list(_problems(lines))
    found = False
    for claimed, admitted in PAIRS:
        admission = next(
            ((p, m) for p in problems if (m := admitted.search(p.text)) is not None), None
        )
        if admission is None:
            continue
        claim = _first(wording, claimed)
        if claim is not None:
            found = True
            yield _contradiction(wording, claim, *admission)
    worded = (_misdeeds, _wanting, _slowly)
    for claim, admission in (pair for pairs in worded for pair in pairs(wording, problems)):
        found = True
        yield _contradiction(wording, claim, *admission)
    if not found:
        yield Outcome(RULE)


def _problems(lines: Iterable[Passage]) -> Iterator[Passage]:
    """What stands under a heading of problems, below a line 2、存在的问题, or after 问题：."""
    section: str | None = None
    under = below = False
    for line in lines:
        if line.section != section:
            section = line.section
            under, below = PROBLEMS.search(section) is not None, False
        if under:
            yield line
        elif TITLE.fullmatch(line.text):
            below = PROBLEMS.search(line.text) is not None
        elif below or LABEL.match(line.text):
            yield line


_Admission = tuple[Passage, re.Match[str]]


def _misdeeds(
    wording: Wording, problems: list[Passage]
) -> Iterator[tuple[re.Match[str], _Admission]]:
    """No 白条入账 among the results, and some of it among the problems."""
    for passage in problems:
        for match in ADMITTED.finditer(passage.text):
            low, high = passage.clause(match.start())
            said = passage.text[low:high]
            if NOT_HAPPENED.search(said) or not HAPPENED.search(said):
                continue
            claim = _first(
                wording, re.compile(f"{DENIES}[^，,。；;]{{0,14}}?{match['x']}[^，,。；;]*")
            )
            if claim is None:
                continue
            around = wording.text[slice(*wording.sentence(claim.start()))]
            if OF_VILLAGES.search(said) and not (PURPOSE.search(said) and PURPOSE.search(around)):
                continue
            mine, theirs = OWED.search(said), OWED.search(claim[0])
            if mine and theirs and mine[0] != theirs[0]:
                continue
            yield claim, (passage, match)
            return


def _wanting(
    wording: Wording, problems: list[Passage]
) -> Iterator[tuple[re.Match[str], _Admission]]:
    """绩效目标设置科学 among the results, 绩效目标设定不够科学 among the problems."""
    for passage in problems:
        for match in WANTING.finditer(passage.text):
            low, high = passage.clause(match.start())
            if OF_VILLAGES.search(passage.text, low, high):
                continue
            claimed = re.compile(
                f"(?<!部分)(?<!个别)(?<!村级){match['thing']}[^，,。；;、0-9不欠未没待需]{{0,8}}?{match['q']}"
            )
            claim = _first(wording, claimed)
            if claim is None:
                continue
            if SOME.search(passage.text, low, match.start()):
                start = wording.sentence(claim.start(), "。；！？，\n")[0]
                if not EVERY.search(wording.text, start, claim.end()):
                    continue
            yield claim, (passage, match)
            return


def _slowly(
    wording: Wording, problems: list[Passage]
) -> Iterator[tuple[re.Match[str], _Admission]]:
    """预算执行情况良好 among the results, and 支出进度缓慢 of no single item among the problems."""
    for passage in problems:
        for match in SLOWLY.finditer(passage.text):
            said = slice(*passage.sentence(match.start()))
            if SOME.search(passage.text[said]) or FOR_A_WHILE.search(passage.text[said]):
                continue
            claim = _first(wording, SPENT_WELL)
            if claim is not None:
                yield claim, (passage, match)
            return


def _first(wording: Wording, claimed: re.Pattern[str]) -> re.Match[str] | None:
    for match in claimed.finditer(wording.text, 0, wording.notes):
        source = wording.source(match.start())
        if source.kind != "sentence" or PROBLEMS.search(source.address):
            continue
        low, high = wording.sentence(match.start())
        if not NOT_CLAIMED.search(wording.text, low, high):
            return match
    return None


def _contradiction(
    wording: Wording, claim: re.Match[str], passage: Passage, admitted: re.Match[str]
) -> Outcome:
    spot = wording.spot(*claim.span())
    text = claim[0]
    low, high = passage.clause(admitted.start())
    words = {"claim": text, "admitted": passage.text[low:high].strip()}
    finding = Finding(
        RULE,
        spot.at,
        words,
        (passage.place(admitted.start()),),
        f"{spot.source.address}={address_part(text)}",
        text,
        admitted[0],
        length=spot.length,
    )
    return Outcome(RULE, finding=finding)
