"""用字不规范: misspelt words, document numbers in the wrong brackets, 约…余, exact…余."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.finding import Finding, Rule, Words
from site_builder.rules.outcome import Outcome, Subject, finding_at, outcomes_of
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
EXACT = Rule(
    "exact-and-about",
    "note",
    Words("写到零头，又说“余”", "Exact to the last digit, and “about”"),
    Words(
        "“{printed}”写出了{digits}位数，又说“{about}”，看不出是确数还是约数",
        "“{printed}” has {digits} digits and says {about}: is it exact or not?",
    ),
    Words(
        "有确数的写确数，去掉“余”“多”；只有约数的写到两三位，如“10万余元”",
        "give the exact figure without 余 or 多, or an approximate one with two or three digits",
    ),
    Words(
        "“101400余元”既像确数又像约数，对账时没法用。",
        "A figure to the last hundred with 余 behind it is neither exact nor round.",
    ),
    yields_to=("doubly-approximate",),
)

# Never right in the text of a report: the wrong form, what is meant, which of its characters is rare
# (counted from 0), and what must not follow (应征对象 is no 征对). The search looks for the rare
# character and skips all others at once. From common lists of misspellings in official papers.
_WORDS = """
攻艰 攻坚 1|保植 保值 1 物被树苗保株|价段 阶段 1|征对 针对 0 象|布署 部署 1|部份 部分 1 额|
再接再励 再接再厉 3|按步就班 按部就班 3|一愁莫展 一筹莫展 1|迫不急待 迫不及待 0|默守成规 墨守成规 0|松驰 松弛 1|
渲泄 宣泄 0|脉博 脉搏 0|重迭 重叠 1|针贬 针砭 1|粗旷 粗犷 1|膨涨 膨胀 0|防碍 妨碍 1|巩故 巩固 0|
帐目 账目 0|报帐 报账 1|记帐 记账 1|帐本 账本 0|结帐 结账 1|账薄 账簿 1|户藉 户籍 1|侯选 候选 0|气侯 气候 1|等侯 等候 1|
的到改善 得到改善 1|的到提升 得到提升 1|的到加强 得到加强 1|自已 自己 1|村震兴 村振兴 1|村振新 村振兴 1|环镜 环境 1|
跟综 跟踪 0|签定 签订 0|据实反应 据实反映 2|如实反应 如实反映 2|已评价结果为导向 以评价结果为导向 6|任有余额 仍有余额 0|
老引旧 老旧 1|上管部门 主管部门 1|政策向导 政策导向 2|公务服务质量 公共服务质量 1|
退补渔民 退捕渔民 2|稳固拓展脱贫 巩固拓展脱贫 2|稳固拓展成果 巩固拓展成果 2|
专款专用、转账核算 专款专用、专账核算 6|
拔付 拨付 0|拔款 拨款 0|挂勾 挂钩 1|贯切 贯彻 1|历行节约 厉行节约 0|勤检节约 勤俭节约 1|功坚 攻坚 0|按排 安排 1|
布属 部署 1|俱体 具体 0|增涨 增长 1|
不段提升 不断提升 1|不段提高 不断提高 1|不段加强 不断加强 1|建立建全 建立健全 2|组织领异 组织领导 3|
反贫 返贫 0 困|应保尽报 应保尽保 3|即定目标 既定目标 0|有章可寻 有章可循 3|河长治 河长制 2 理|收支平横 收支平衡 3|
补帖 补贴 1|坏境 环境 0|环竟 环境 1|获得惑 获得感 2|账实相付 账实相符 3|责任担挡 责任担当 3|
矛盾纠分 矛盾纠纷 3|绩郊 绩效 1|
绩校 绩效 1|绩劾 绩效 1|支岀 支出 1|收岀 支出 1|正策 政策 0|人民镇府 人民政府 2|人民正府 人民政府 2|发现壮大 发展壮大 1|
拨付倒位 拨付到位 2|重视成度 重视程度 1|认识成度 认识程度 1|的现像 的现象 2|等现像 等现象 2|好象 好像 1 征|
印像 印象 1|服务对像 服务对象 3|救助对像 救助对象 3|资金倒位 资金到位 2|落实倒位 落实到位 2|人名政府 人民政府 1|
有的放失 有的放矢 3|一如继往 一如既往 2|责无旁代 责无旁贷 3|再接再砺 再接再厉 3|名列前矛 名列前茅 3|
人才倍出 人才辈出 2|直接了当 直截了当 1|融汇贯通 融会贯通 1|必竟 毕竟 0|竟争 竞争 0|竞然 竟然 0|陪训 培训 0|
陪养 培养 0 老|时侯 时候 1|问侯 问候 1|帐户 账户 0|帐号 账号 0|帐务 账务 0|帐面 账面 0|入帐 入账 1 篷|
转帐 转账 1 篷|做帐 做账 1|财正所 财政所 1|顶目 项目 0 前标|建没 建设 1 有收成能|没施 设施 0 肥工策行压加展|
实旋 实施 1 转|措旋 措施 1|贯撤 贯彻 1|惯彻 贯彻 0|撤底 彻底 0 片层部|整冶 整治 1|政冶 政治 1|冶理 治理 0|
防冶 防治 1 炼金|法冶 法治 1 炼金|自冶 自治 1|综冶 综治 1|划拔 划拨 1|下拔 下拨 1|调拔 调拨 1|帮抚 帮扶 1|
抚贫 扶贫 0|脱贪 脱贫 1|贪困 贫困 0|因难 困难 1 产以度|灌概 灌溉 1|水厍 水库 1|提坝 堤坝 1|拨种 播种 0|信仿 信访 1|
走仿 走访 1|来仿 来访 1 制照|慰门 慰问 0|尉问 慰问 0|检侧 检测 1|监侧 监测 1|排杳 排查 1|检杳 检查 1|审杳 审查 1|
调杳 调查 1|违归 违规 1|规犯 规范 1|规泛 规范 1|典形 典型 1|表障 表彰 1|奖厉 奖励 1|鼓厉 鼓励 1|激厉 激励 1|
严历 严厉 1|经厉 经历 1|有侍 有待 1|侍遇 待遇 0|接侍 接待 1|招侍 招待 1|差旋费 差旅费 1|差族费 差旅费 1|
办公废 办公费 2 弃水品料|经废 经费 1 除止弃|深人开展 深入开展 0|深人推进 深入推进 0|深人贯彻 深入贯彻 0|
深人学习 深入学习 0|深人实施 深入实施 0|深人落实 深入落实 0|巳完成 已完成 0|巳建成 已建成 0|巳经 已经 0|
座谈记要 座谈纪要 2|会议记要 会议纪要 2|部暑 部署 1 期假|布暑 部署 1 期假|复盖 覆盖 1 章了印|付盖 覆盖 1 章|
实施无人抚养 事实无人抚养 4|污水网管 污水管网 0|人民政府着落于 人民政府坐落于 4|完全管理秩序 完善管理秩序 4|
国家反电诈中心 国家反诈中心 4|国家反电诈APP 国家反诈中心APP 4|国家反电诈app 国家反诈中心app 4|
科学性和规定性 科学性和规范性 0|劳动保证法 劳动保障法 0|劳动保证监察 劳动保障监察 0|财政决算帐 财政决算账 4|
较上月同比 较上月环比 3|比上月同比 比上月环比 3|与上月同比 与上月环比 3|较上季度同比 较上季度环比 4|
较去年环比 较去年同比 3|较上年环比 较上年同比 3|比去年环比 比去年同比 3|比上年环比 比上年同比 3|
公圆 公园 1 桌|幼儿圆 幼儿园 2|签字画压 签字画押 3|通迅员 通讯员 1|通迅录 通讯录 1|
辐员 幅员 0|日效性 时效性 0|运行费维护费 运行维护费 3|学期教育（项 学前教育（项 0
""".replace("\n", "")
_ENTRIES = tuple(entry.split() for entry in _WORDS.split("|"))
MEANT = {entry[0]: entry[1] for entry in _ENTRIES}
# The entries that a rare character is of.
AROUND: dict[str, list[list[str]]] = {}
for _entry in _ENTRIES:
    AROUND.setdefault(_entry[0][int(_entry[2])], []).append(_entry)


def _branch(wrong: str, meant: str, rare: str, not_after: str = "") -> str:  # noqa: ARG001
    """What stands around the rare character of a wrong word, which has just been found."""
    place = int(rare)
    behind = f"(?<={wrong[: place + 1]})" if place else ""  # quick
    tail = wrong[place + 1 :] + (f"(?![{not_after}])" if not_after else "")
    return behind + (f"(?={tail})" if tail else "")  # quick


WRONG = re.compile(
    "|".join(
        f"{rare}(?:{'|'.join(_branch(*one) for one in entries)})"
        for rare, entries in AROUND.items()
    )
)
# 26综 is 26宗: a measure word that does not exist. Begins with what is rare.
CASES = re.compile(r"综(?<=[0-9]综)(?![合艺述])")
# 根据要求，我高度重视: the word that says who (镇, 局, 单位) is left out.
WHO = re.compile(
    "我(?<=[，,。；;]我)(?=高度重视|高度负责|认真贯彻|认真组织|认真部署|严格按照|及时成立|积极组织)"
)
NUMBER = re.compile(
    r"(?P<open>[\[【（(〔﹝])(?P<year>(?:19|20)[0-9]{2})(?P<close>[\]】）)〕﹞])[ ]?"
    r"(?P<mark>第)?(?P<zeros>0*)(?P<n>[1-9][0-9]{0,3})号"
)
NUMBERED = re.compile(r"号(?<=[0-9]号)")  # what every NUMBER ends on
AGENCY = re.compile("[一-鿿]{2,12}$")
# 余, 多, 左右 or 上下 after a number, and before it a word that says the same.
ABOUT = tuple(
    re.compile(about)
    for about in ("余(?<=[0-9千百十万亿 ]余)", "多(?<=[0-9千百十万亿 ]多)", "左右", "上下")
)
TWICE = re.compile(
    r"(?:约(?<![制公节大条契简预签合邀]约)|近(?<![附最邻靠远亲就临]近)|大约|将近|超过?|不足|突破)"
    r"[ ]?[0-9][0-9,.]*[ ]?[千百十]?[万亿]?$"
)
MEASURED = re.compile(r"(?:(?:大)?约|将?近|超过|不足)[ ]?[0-9][0-9,.]*[ ]?[万亿]?[一-鿿]{0,4}$")
AFTER = re.compile(r"[余多左右上下]+[万亿]?[一-鿿]{0,2}")
# 101400余, 3785.89万余: more digits than what is only about so much has
LEAST_DIGITS = 4
DIGITS = re.compile(r"[0-9][0-9,.]*(?=[ ]?[万亿]?$)")
REACH = 16


def check(subject: Subject) -> Iterator[Outcome]:
    """The words of the report, not those of who typed it in."""
    wording = subject.wording
    found = [*_misspelt(wording), *_numbers(wording), *_twice(wording)]
    yield from outcomes_of(found, (MISSPELT, DOCUMENT, DOUBLY, EXACT))


def _misspelt(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in WRONG.finditer(text, 0, end):
        wrong, start = _whole(text, match.start())
        yield _found(MISSPELT, wording, start, start + len(wrong), MEANT[wrong])
    for match in WHO.finditer(text, 0, end):
        yield _found(
            MISSPELT, wording, match.start(), match.end() + 4, "我单位" + text[match.end() :][:4]
        )
    for match in CASES.finditer(text, 0, end):
        start = len(text[: match.start()].rstrip("0123456789"))
        number = text[start : match.start()]
        yield _found(MISSPELT, wording, start, match.end(), f"{number}宗")


def _whole(text: str, rare: int) -> tuple[str, int]:
    """The wrong word around its rare character, and where it begins."""
    return next(
        (wrong, rare - int(place))
        for wrong, _, place, *_ in AROUND[text[rare]]
        if text.startswith(wrong, rare - int(place))
    )


def _numbers(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for match in NUMBER.finditer(text, 0, end) if NUMBERED.search(text, 0, end) else ():  # quick
        agency = AGENCY.search(text, max(0, match.start() - 12), match.start())
        if agency is None:
            continue
        if match["open"] in "〔﹝" and not match["mark"] and not match["zeros"]:
            continue
        right = f"〔{match['year']}〕{match['n']}号"
        yield _found(DOCUMENT, wording, *match.span(), right)


def _twice(wording: Wording) -> Iterator[Finding]:
    text, end = wording.text, wording.notes
    for about in ABOUT:
        for mark in about.finditer(text, 0, end):
            place = mark.start()
            pattern = MEASURED if len(mark[0]) > 1 else TWICE
            if len(mark[0]) == 1:
                yield from _exact(wording, place)
            match = pattern.search(text, max(0, place - REACH), place)
            if match is not None:
                last = place + 2
                if len(mark[0]) == 1 and (after := AFTER.match(text, place)) is not None:
                    last = after.end()
                yield _found(DOUBLY, wording, match.start(), last, "")


def _exact(wording: Wording, place: int) -> Iterator[Finding]:
    """“101400余元”: the digits before the 余 at `place`."""
    match = DIGITS.search(wording.text, max(0, place - REACH), place)
    if match is None:
        return
    digits = match[0].replace(",", "").replace(".", "").strip("0")
    if len(digits) >= LEAST_DIGITS:
        end = place + 1 + (wording.text[place + 1 : place + 2] not in "，。；、 \n")
        words = {"digits": str(len(digits)), "about": wording.text[place]}
        yield finding_at(EXACT, wording, match.start(), end, words)


def _found(rule: Rule, wording: Wording, start: int, end: int, meant: str) -> Finding:
    return finding_at(rule, wording, start, end, {"recomputed": meant}, meant)
