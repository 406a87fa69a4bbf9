"""用字不规范: well-known misspellings, document numbers in the wrong brackets, 约…余."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.forms import address_part
from site_builder.rules.outcome import Outcome, Subject
from site_builder.wording import Wording

MISSPELT = Rule(
    "misspelt-word",
    "warning",
    Words("错别字", "Misspelt word"),
    Words("“{printed}”应为“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "请改正；原件如此的，保留原文并在“认可”中说明",
        "mend it; if it is printed so, keep and explain it",
    ),
    Words(
        "错别字是网站检查必查的内容，写错的词也搜索不到。",
        "Inspections of websites look for misspellings, and no search finds them.",
    ),
    "国办秘函〔2019〕19号（政府网站与政务新媒体检查指标，条文待核）",
)
DOCUMENT = Rule(
    "document-number",
    "note",
    Words("发文字号写法不规范", "Document number not in the standard form"),
    Words("“{printed}”应写作“{recomputed}”", "“{printed}” should be “{recomputed}”"),
    Words(
        "年份用六角括号〔〕括起，序号前不加“第”、不编虚位；原件如此的可在“认可”中说明",
        "put the year in 〔〕, the number without 第 and leading zeros; explain it if printed so",
    ),
    Words(
        "发文字号写法统一，才查得到所依据的文件。",
        "With one way of writing it the document can be looked up.",
    ),
    "GB/T 9704—2012 第7.2.5条",
)
DOUBLY = Rule(
    "doubly-approximate",
    "note",
    Words("约数说了两遍", "Approximate twice over"),
    Words("“{printed}”前后都说是约数，只留一个", "“{printed}” is approximate twice over"),
    Words(
        "“约960万元”和“960余万元”只写一种；有确数的写确数",
        "write 约 or 余, not both; better, the exact figure",
    ),
    Words(
        "“约”可多可少，“余”只多不少，放在一起自相矛盾。",
        "约 may be more or less, 余 is more: together they contradict each other.",
    ),
)

# Never right in the text of a report: the wrong form, and what is meant. From common lists of
# misspellings in official papers; forms that are right in some other word are left out.
_WORDS = """
攻艰战 攻坚战|攻艰克难 攻坚克难|保植增 保值增|增植保 增值保|价段性 阶段性|验收价段 验收阶段|征对 针对|布署 部署|
按装 安装|部份 部分|成份 成分|既使 即使|在接再厉 再接再厉|再接再励 再接再厉|继往开来来 继往开来|按步就班 按部就班|
一愁莫展 一筹莫展|迫不急待 迫不及待|穿流不息 川流不息|默守成规 墨守成规|以经 已经|必需要 必须要|座无虚席席 座无虚席|
松驰 松弛|凑和 凑合|渲泄 宣泄|脉博 脉搏|重迭 重叠|针贬 针砭|粗旷 粗犷|通货膨涨 通货膨胀|膨涨 膨胀|防碍 妨碍|
防止于未然 防患于未然|巩故 巩固|贯彻落时 贯彻落实|落时到位 落实到位|督察查 督查|撤消 撤销|精减机构 精简机构|
精减人员 精简人员|帐目 账目|报帐 报账|记帐 记账|帐本 账本|结帐 结账|帐薄 账簿|账薄 账簿|户藉 户籍|籍口 借口|
侯选人 候选人|气侯 气候|等侯 等候|基础设施的到 基础设施得到|己完成 已完成|己经 已经|自已 自己|未己 未已|
完善不以 完善不已|相关规规定 相关规定|发挥党员先锋模作用 发挥党员先锋模范作用|乡村震兴 乡村振兴|乡村振新 乡村振兴|
人居环镜 人居环境|环镜整治 环境整治|扶贫攻艰 扶贫攻坚|脱贫攻艰 脱贫攻坚|公共服物 公共服务|预决祘 预决算|
绩校 绩效|跟综 跟踪|调动积极姓 调动积极性|权利清单制度 权力清单制度|粮实 落实|责人制 责任制|责任书签定 责任书签订|
签定合同 签订合同|签定责任 签订责任|制定完善善 制定完善|震灾救济金金 震灾救济金|低保护 低保户|五保护 五保户|
已评价结果为导向 以评价结果为导向|据实反应 据实反映|如实反应 如实反映|反应情况 反映情况|任有余额 仍有余额|
精退职工 精简退职工
""".replace("\n", "")
MEANT = dict(pair.split() for pair in _WORDS.split("|") if pair)
# Branches that all begin with a letter of their own: the search skips other characters at once.
WRONG = re.compile("|".join(sorted(map(re.escape, MEANT), key=len, reverse=True)))
# 26综 is 26宗: a measure word that does not exist.
CASES = re.compile(r"[0-9]+综(?![合艺述])")
NUMBER = re.compile(
    r"(?P<open>[\[【（(〔﹝])(?P<year>(?:19|20)[0-9]{2})(?P<close>[\]】）)〕﹞])[ ]?"
    r"(?P<mark>第)?(?P<zeros>0*)(?P<n>[1-9][0-9]{0,3})号"
)
AGENCY = re.compile("[一-鿿]{2,12}$")
_ABOUT = (
    r"(?:约(?<![制公节大条契简预签合邀]约)|近(?<![附最邻靠远亲就临]近)|大约|将近|超过|超|不足|突破)"
)
_NUMBER = r"[ ]?[0-9][0-9,.]*[ ]?[千百十]?"
TWICE = re.compile(
    rf"{_ABOUT}{_NUMBER}(?:[万亿]?(?:余|多)[万亿]?)[一-鿿]{{0,2}}|"
    rf"{_ABOUT}{_NUMBER}[万亿]?[一-鿿]{{0,4}}?(?:左右|上下)"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    wording = subject.wording
    found = [*_misspelt(wording), *_numbers(wording), *_twice(wording)]
    seen = {finding.rule for finding in found}
    for finding in found:
        yield Outcome(finding.rule, finding=finding)
    for rule in (MISSPELT, DOCUMENT, DOUBLY):
        if rule not in seen:
            yield Outcome(rule)


def _misspelt(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in WRONG.finditer(text, 0, end):
        yield _found(MISSPELT, wording, *match.span(), MEANT[match[0]])
    for match in CASES.finditer(text, 0, end):
        yield _found(MISSPELT, wording, *match.span(), match[0][:-1] + "宗")


def _numbers(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in NUMBER.finditer(text, 0, end):
        agency = AGENCY.search(text, max(0, match.start() - 12), match.start())
        if agency is None:
            continue
        if match["open"] in "〔﹝" and not match["mark"] and not match["zeros"]:
            continue
        right = f"〔{match['year']}〕{match['n']}号"
        yield _found(DOCUMENT, wording, *match.span(), right)


def _twice(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in TWICE.finditer(text, 0, end):
        yield _found(DOUBLY, wording, *match.span(), "")


def _found(rule: Rule, wording: Wording, start: int, end: int, meant: str) -> Finding:
    spot = wording.spot(start, end)
    printed = wording.text[start:end]
    address = spot.source.address
    if spot.source.kind in ("sentence", "heading"):
        address = f"{address}={address_part(printed)}"
    words = {"printed": printed, "recomputed": meant}
    return Finding(
        rule,
        spot.at,
        words,
        address=address,
        printed=printed,
        recomputed=meant,
        length=spot.length,
    )
