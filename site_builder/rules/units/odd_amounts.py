"""数额大得或小得出奇: an amount in a sentence that no town has, or that is nothing for what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from site_builder.figure import Figure
from site_builder.figures_in_text import Said
from site_builder.finding import Finding, Rule, Words
from site_builder.forms import sentence_address
from site_builder.rules.figure_names import shown_label
from site_builder.rules.outcome import Outcome, Subject
from site_builder.segment import STOP
from site_builder.sentences import Passage

RULE = Rule(
    "amount-out-of-scale",
    "warning",
    Words("数额大得或小得出奇", "An amount out of all scale"),
    Words(
        "“{label}”写的是{printed}，{why}，像是单位写错了",
        "“{label}” is printed as {printed}: {why_en}; the unit seems wrong",
    ),
    Words(
        "请对照原件核对数和单位；原件如此的，保留原文并在“认可”中说明",
        "check figure and unit against the original; if it is printed so, keep it and explain it",
    ),
    Words(
        "“万元”写成“元”，几千户人每户就分不到一元；写成“亿元”，一个镇就比一个省还富。",
        "元 for 万元 leaves thousands of households less than one yuan each; 亿元 makes a town richer than a province.",
    ),
    yields_to=("unit-slip",),
)
# What may be judged, from its unit on: the longer numbers, and yuan with decimals; a quick no.
STRANGE = re.compile(
    r"元(?:(?<=[万千]亿元)|(?<=[0-9]{3}亿元)|(?<=[0-9]\.[0-9]亿元)|(?<=[0-9]\.[0-9]{2}亿元)|(?<=[0-9]元))|"
    r"亩(?:(?<=[0-9]{3}万亩)|(?<=[0-9]\.[0-9]万亩)|(?<=[0-9]\.[0-9]{2}万亩)|(?<=[0-9]{7}亩))"
)
HEADS = frozenset(("户", "人", "名", "户次", "人次"))
GIVEN = re.compile("惠及|受益|涉及|覆盖|保障|供养|补贴|补助|救助|发放|慰问|资助|[（(]")
EACH_ONE = re.compile(
    "[每均/餐张次吨]|度(?<![年季月制重轻程]度)|件(?<![证文信案]件)|标准|[单电水]价"
)
COST = re.compile(
    "(?:接待费|招待费|维护费|运行费|会议费|培训费|差旅费|办公费|经费|支出|决算)(?:共计|合计|共|为|是|总额)*$"
)
# 低保对象655人，全年发放低保金286.4元
PAID = re.compile(
    "(?:发放|兑付|兑现|拨付|支付|救助|资助|慰问|补贴|补助|奖补|报销|减免|代缴)[^，,。；;0-9]{0,8}$"
)
RECEIVING = re.compile(
    "低保|特困|五保|补贴|补助|救助|资助|慰问|残疾|困难|对象|受益|惠及|农户|老人|学生|移民|贫困|保障"
)
# 硬化道路12.6公里，投入186.4元
WORKS = re.compile(
    "(?:总投资|完成投资|投资|投入(?:资金|经费|财政资金)?|争取(?:上级|项目)?资金|总造价|造价|总产值|产值|集体(?:经济)?(?:总?收入|收益))(?:共计?|达到?|为|约|计)*$"
)
OF_ALL = re.compile("(?:总投资|完成投资|总产值|集体(?:经济)?总?收入)(?:共计?|达到?|为|约|计)*$")
A_DAY = re.compile("[日月天]|门票|增收")
WILD = re.compile("草[原场畜地]|禁牧|休牧|牧场|林地|森林|公益林|天保|荒漠|沙地|湖|海域|水域")
BEYOND = re.compile("[全我][国省州市县区旗]|国家|省级|世界|产业集群|[县市]域|各[县市区旗]")
# 国务院批准河北省2022年新增债务限额…: what a province has, not by which order of it
PROVINCE = re.compile(
    "(?<!《)(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)"
    "省(?=20|新增|一般|政府债|财政[收支])"
)
# 全市收入1182.5亿元。↵增值税317.9亿元: paragraphs that go on with what was told of more than a town
OWN = re.compile("[全我本该各][镇乡村]|[镇乡村][里内级]|街道|(?<!城乡)社区|辖区")
LINES_ON = 3
# 亿元 and 亩 of one town; yuan of a year's cost.
MOST, MOST_LAND, LEAST_COST = Decimal(300), Decimal(1_000_000), Decimal(100)
# What all firms of a rich town make or turn over in a year, in 亿元.
TURNED_OVER = re.compile("产值|生产总值|GDP|营业收入|营收|交易额|销售额?|成交|总产出|主营")
MOST_TURNED_OVER = Decimal(2000)
LEAST_PAID, LEAST_WORKS = Decimal(100_000), Decimal(1000)
FAR = 16  # characters from those who are paid to what they are paid
LONGEST = 8  # characters of a label in an address


def check(subject: Subject) -> Iterator[Outcome]:
    """Every unlinked amount of the narrative."""
    # The digits of a figure in 万元, with 元 behind them, are unit-slip's to say.
    slips = {f.figure.amount for f in subject.disclosure.report.facts if f.figure.unit == "万元"}
    found = False
    wide: Passage | None = None
    for passage in subject.told.holding(STRANGE):
        wide = passage if _of_more(passage, wide) else None
        for number, said in enumerate(passage.figures):
            figure = said.figure
            if said.linked or figure is None:
                continue
            why = None if wide else _too_much(passage, said, figure)
            why = why or _too_little(passage, number, said, figure)
            if why is not None and not (figure.unit == "元" and figure.amount in slips):
                found = True
                yield _outcome(passage, said, figure, why)
    if not found:
        yield Outcome(RULE)


def _of_more(passage: Passage, before: Passage | None) -> bool:
    """Does a paragraph tell amounts of more than a town, or go on right behind one that does?"""
    if (
        before is not None
        and before.anchor == passage.anchor
        and not passage.address
        and passage.at.line - before.at.line <= LINES_ON
        and OWN.search(passage.text) is None
    ):
        return True
    figures = filter(None, (said.figure for said in passage.figures))
    return BEYOND.search(passage.text) is not None and any(
        figure.unit == "亿元" and figure.amount >= MOST for figure in figures
    )


def _too_much(passage: Passage, said: Said, figure: Figure) -> Words | None:
    why = None
    if (
        figure.unit == "亩"
        and figure.amount >= MOST_LAND
        and (figure.amount >= MOST_LAND * 20 or not WILD.search(passage.text))
    ):
        why = Words("比一个乡镇的面积还大", "no town is so large")
    elif figure.unit == "亿元" and figure.amount >= (
        MOST_TURNED_OVER if TURNED_OVER.search(passage.label(said)) else MOST
    ):
        why = Words("一个乡镇的金额不会有这么大", "no town has so much")
    if BEYOND.search(passage.text):
        return None
    return None if PROVINCE.search(passage.text, *passage.sentence(said.start)) else why


def _too_little(passage: Passage, number: int, said: Said, figure: Figure) -> Words | None:
    """接待费共计5.6元: a year's cost; 补贴215.6元，惠及4120户: less than one yuan each."""
    if figure.unit != "元" or figure.amount >= LEAST_PAID:
        return None
    label = passage.label(said)
    if EACH_ONE.search(label):
        return None
    if PAID.search(label) and (heads := _heads_before(passage, number, figure.amount)) is not None:
        return _less_than_one(heads)
    if figure.amount < LEAST_WORKS and OF_ALL.search(label) and not A_DAY.search(label):
        return Words("一个镇的投资、产值不会只有这么少", "no town invests or makes so little")
    if "." not in said.text:
        return None
    if figure.amount < LEAST_COST and COST.search(label):
        return Words("一年的费用不会只有这么少", "no year costs so little")
    if figure.amount < LEAST_WORKS and WORKS.search(label) and not A_DAY.search(label):
        return Words("一个镇的投资、产值不会只有这么少", "no town invests or makes so little")
    if number + 1 == len(passage.figures):
        return None
    heads = passage.figures[number + 1]
    many = heads.figure
    between = passage.text[said.end : heads.start]
    if many is None or many.unit not in HEADS or many.amount <= figure.amount:
        return None
    if not GIVEN.search(between) or len(between) >= 12:
        return None
    return _less_than_one(heads)


def _heads_before(passage: Passage, number: int, amount: Decimal) -> Said | None:
    """低保对象412户、655人，全年发放低保金286.4元: of so many who are paid."""
    if not number:
        return None
    heads = passage.figures[number - 1]
    many = heads.figure
    between = passage.text[heads.end : passage.figures[number].start]
    if many is None or heads.unit not in HEADS or many.amount <= amount or "其中" in between:
        return None
    if (
        STOP.search(between)
        or len(between) > FAR
        or not RECEIVING.search(
            passage.text, passage.sentence(heads.start)[0], passage.figures[number].start
        )
    ):
        return None
    return heads


def _less_than_one(heads: Said) -> Words:
    unit = heads.unit
    return Words(
        f"发给{heads.text}，每{unit}不到1元", f"less than one yuan for each of {heads.text}"
    )


def _outcome(passage: Passage, said: Said, figure: Figure, why: Words) -> Outcome:
    label = passage.label(said)
    words = {"label": shown_label(label), "printed": str(figure), "why": why.zh, "why_en": why.en}
    address = passage.address or sentence_address(said.text, label[-LONGEST:])
    finding = Finding(RULE, passage.place(said.start), words, (), address, said.text)
    return Outcome(RULE, finding=finding)
