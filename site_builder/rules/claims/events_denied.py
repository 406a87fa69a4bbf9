"""说没有发生，另一处却写发生了: an accident, fire or petition denied, and told of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.patterns import led_by
from site_builder.rules.outcome import Outcome, Subject
from site_builder.sentences import Passage
from site_builder.told import is_told, tells_problems

RULE = Rule(
    "event-denied",
    "warning",
    Words("说没有发生，另一处却写发生了", "An event denied, and told of elsewhere"),
    Words("这里写“{printed}”，另一处写“{other}”", "here it says “{printed}”, elsewhere “{other}”"),
    Words(
        "请核对全年有没有发生，改正一处；范围不同的（如只指较大以上事故），写清楚",
        "see whether it happened and mend one; if another scope is meant, say so",
    ),
    Words(
        "成效里说没有，问题里又提到，读者不知道该信哪一句。",
        "None among the results and one among the problems: nobody knows which to believe.",
    ),
    yields_to=("figure-denied", "told-harm-differs"),
)
# What may not happen; each with the patterns of what would be a case of it.
KINDS = {
    "森林(?:草原)?火情": "森林(?:草原)?火[情灾警]",
    "森林(?:草原)?火灾": "森林(?:草原)?火灾",
    "火情": "(?:森林|草原)*火[情灾警]",
    "火灾(?:事故)?": "(?:森林|草原)*火灾",
    "(?:安全生产|生产安全|安全)(?:责任)?事故": "(?:安全生产|生产安全|安全)(?:责任)?事故",
    "(?:道路)?交通(?:安全)?事故": "(?:道路)?交通(?:安全)?事故",
    "食品(?:药品)?安全(?:事故|事件)": "食品(?:药品)?安全(?:事故|事件)",
    "(?:学生|儿童)?溺(?:水(?:事故|事件|身亡)|亡(?:事故|事件)?)": "溺(?:水|亡)(?:事故|事件|身亡)?",
    "(?:农房|民房|房屋)(?:倒塌|垮塌)": "(?:农房|民房|房屋)(?:倒塌|垮塌)",
    "地质灾害": "(?:地质灾害|山体滑坡|泥石流)",
    "群体性事件": "群体性事件",
    "(?:越级|集体|进京|赴京|赴省|到[省市]|非正常)上访": "(?P=kind)",
    "(?:命案|刑事案件|电信(?:网络)?诈骗(?:案件?)?)": "(?P=kind)",
    "(?:规模性)?返贫(?:现象|情况|致贫)?": "返贫",
    "(?:辍学|失学)(?:现象|情况|学生)?": "(?:辍学|失学)",
    "(?:重大)?(?:动物疫情|疫病|环境污染事件|污染事件|舆情)": "(?P=kind)",
}
_KIND = "|".join(KINDS)
NONE = re.compile(
    f"(?:未|没有|无|零)(?:再|曾)?(?:发生|出现)(?:过)?(?:一起|1起|任何|各类)*(?P<kind>{_KIND})(?:的?(?:现象|情况|问题))?(?=[，,。；;、）)和及与或]|$)|"
    f"(?:无|零)(?:一起|任何)?(?P<kind2>{_KIND})(?:发生)?(?=[，,。；;、）)和及与或]|$)|"
    f"(?<![大重特亡的任般])(?P<kind3>{_KIND})(?:零发生|为零|0起|“?零”?报告)|"
    "(?P<zero>(?:安全生产|生产安全)(?:领域)?(?:实现)?“?零事故”?)"
)
MAYBE_NONE = led_by("未没无零", "未(?:再|曾)?[发出]|没有(?:再|曾)?[发出]|无[一-鿿]{2}|零[一-鿿]")
# What limits a denial, so that another case does not deny it.
LIMITED = re.compile(
    "较大|重大|特大|亡人|死亡|伤亡|时段|节点|重要|影响较?大|人为|有影响|期间|防火期|汛期|上半年|季度|[0-9]月|施工|工程|项目|工地|活动|演出|上年|去年|目标|力争|确保|杜绝|避免|防止|"
    "计划|要求|预案|连续|以来|校园|学校|景区|市场|车间|企业|辖区内?水库|因此|从而"
)
# What tells that it happened: 4月发生的森林火情, 发生溺水事故1起, 扑救森林火灾2起
_CASE = (
    "(?:发生|出现|引发|引起|造成|导致)(?:了|过|的|一起|数起|多起|[0-9一二两三四五]+[起例次场间户栋处]){{0,2}}"
    "(?:的|较大|一般|轻微|小型|局部|学生|儿童|村民|群众|“[^”]*”)*(?:{kind})|"
    "(?:扑[救灭]|处置|处理)(?:了)?(?:[0-9一二两三]+[起次场])?(?:{kind})(?:[1-9][0-9]*|[一二两三四五])[起次场件例]|"
    "(?<![无零未])(?:{kind})(?:共|有|为|达)?(?:[1-9][0-9]*|[一二两三四五])(?:余)?[起例次场件批户人]|"
    "(?:{kind})(?:后|暴露|造成|导致|教训|反映)"
)
NOT_TOLD = re.compile(
    "未|没有|无|零|防|杜绝|避免|若|如果|如遇|一旦|可能|易|预案|演练|应急|假如|监测|隐患|风险|排查|上年|去年|往年|历史|近年|目标|计划|力争|确保|减少|下降|降至|邻|外[镇乡县]|全[县市省国]|宣传|模拟|案例|周边|警示"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Each kind of event that is denied of the whole year, against all lines."""
    found = False
    year = subject.disclosure.key.year
    seen: set[str] = set()
    for passage in subject.told.holding(MAYBE_NONE):
        if passage.address or not is_told(passage):
            continue
        for match in NONE.finditer(passage.text):
            kinds = filter(None, match.group("kind", "kind2", "kind3"))
            kind = next(kinds, "生产安全事故")
            low, high = passage.clause(match.start())
            if kind in seen or LIMITED.search(_own(passage.text[low:high], year)):
                continue
            seen.add(kind)
            case = _case(subject, kind, year)
            if case is not None:
                found = True
                yield _outcome(passage, match, *case)
    if not found:
        yield Outcome(RULE)


def _own(said: str, year: int) -> str:
    """What is said, the year of the report left out."""
    return said.replace(f"{year}年", "")


def _case(subject: Subject, kind: str, year: int) -> tuple[Passage, re.Match[str]] | None:
    """Where a case of it is told."""
    meant = next(case for name, case in KINDS.items() if re.fullmatch(name, kind))
    case = re.compile(_CASE.format(kind=kind if meant == "(?P=kind)" else meant))
    for passage in subject.told.lines:
        if not (is_told(passage) or tells_problems(passage)):
            continue
        for match in case.finditer(passage.text):
            low = passage.opening(match.start())
            said = _own(passage.text[low : match.end()], year)
            if not NOT_TOLD.search(said) and re.search("20[0-9]{2}年", said) is None:
                return passage, match
    return None


def _outcome(
    passage: Passage, match: re.Match[str], other: Passage, case: re.Match[str]
) -> Outcome:
    low, high = other.clause(case.start())
    told = other.text[low:high].strip()[-40:]
    finding = Finding(
        RULE,
        passage.place(match.start()),
        {"printed": match[0], "other": told},
        (other.place(case.start()),),
        sentence_address(match[0], "发生"),
        match[0],
        told,
    )
    return Outcome(RULE, finding=finding)
