"""What sentences say: a fault in a narrative's Markdown, its links and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from site_builder.library import Disclosure
from site_builder.planting import (
    Ground,
    Plant,
    Planted,
    appended,
    bumped,
    each_fact,
)
from site_builder.report import Fact

# A sentence at the end of a narrative that must not be published, or cannot be meant. No number
# here is anybody's: the identity number is the example of GB 11643, the telephone a test number.
SENTENCES = {
    "personal-phone": "联系人电话13800138000。",
    "personal-id": "其身份证号码为11010519491231002X。",
    "bank-card": "款项汇入银行账号6222021234567890128。",
    "role-name": "填表人：张建国",
    "home-address": "受助户住在东坪村三组12号。",
    "contact-detail": "联系微信号：zhang_jianguo88。",
    "small-group": "全镇有艾滋病人3人。",
    "office-phone": "办公电话0737-8888888。",
    "named-person": "镇党委书记张建国主持会议。",
    "comparison-year": "“三公”经费比2015年减少。",
    "conversion-residue": "收支情况OLE_LINK1良好。",
    "template-residue": "全年培训支出XX万元。",
    "doubled-words": "全镇干部职工全镇干部职工努力工作。",
    "doubled-punctuation": "各项工作顺利完成。。",
    "odd-character": "支出控制良好，用⼈规范。",
    "missing-glyph": "支出控制👍良好。",
    "wrong-self-name": "我局认真开展自评。",
    "list-count": "镇里设有4个中心：便民中心、文化中心、养老中心。",
    "annex-missing": "收支情况详见附件9。",
    "heading-number": "## 九十九、其他：无",
    "empty-section": "## 需要说明的事项",
    "told-part-exceeds": "全镇清理沟渠38公里，其中干渠52公里。",
    "told-share": "应缴纳垃圾费8000户，实际缴纳7200户，收缴率99.5%。",
    "told-change": "柑橘产量由1250吨增加到1500吨，增长35%。",
    "told-total": "发放柑橘苗180株、桃苗90株、梨苗25株，合计395株。",
    "impossible-date": "工程于2021年2月30日开工。",
    "unpaired-mark": "清理水渠（干渠38公里。",
    "told-average": "向213名群众发放柑橘种苗款42.6万元，人均2500元。",
    "survey-differs": "发放供水问卷500份，收回516份。",
    "named-size": "建成千亩柑橘片4个，总面积2600亩。",
    "misspelt-word": "按照统一布署做好各项工作。",
    "document-number": "根据示财绩[2023]5号要求公开。",
    "doubly-approximate": "清理垃圾约126余吨。",
    "names-with-money": "向王大明发放奖金500元、邓小强800元、刘小红1000元。",
}

# Several lines, and how many of them stand above the one that must be reported.
PASSAGES = {
    "claim-denied": (
        "支出总额控制在预算总额以内。\n\n## 存在的主要问题\n\n实际支出与年初预算差异较大。",
        1,
    ),
    "count-told-twice": ("## 水库\n\n全镇共有水库35座。\n\n全镇现有水库53座。", 5),
    "figure-denied": ("## 接待\n\n全年没有公务接待费。", 3),
    "goal-of-next-year": ("## 年度绩效目标\n\n力争明年完成水厂建设。", 3),
    "goal-missed": (
        "## 年度目标\n\n年初确定的目标：农业总产值增长70%。\n\n## 年末结果\n\n"
        "农业总产值增长5%，圆满完成年度目标。",
        7,
    ),
}


def _wrong_link(ground: Ground) -> Iterator[Planted]:
    """A linked figure with another first digit."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is None or cell.fact is None:
                continue
            old = f"[{link.words}]("
            files = ground.edited([(link.at, old, f"[{bumped(link.words)}](")])
            if files is not None:
                yield Planted(files, link.at, disclosure.key)


def _link_to(target: Callable[[Disclosure], str], ground: Ground) -> Iterator[Planted]:
    """A linked figure that leads elsewhere."""
    for disclosure in ground.library.disclosures:
        for link, _ in disclosure.links:
            old, new = f"[{link.words}](#{link.target})", target(disclosure)
            files = ground.edited([(link.at, old, f"[{link.words}](#{new})")]) if new else None
            if files is not None:
                yield Planted(files, link.at, disclosure.key)


def _ambiguous(disclosure: Disclosure) -> str:
    """The end of two addresses."""
    report = disclosure.report
    tables = {t.form.address for t in report.tables}
    ends = (a.rpartition(".")[2] for a in report.cells)
    return next((e for e in ends if e not in tables and len(report.targets(e)) > 1), "")


def _unclear(ground: Ground) -> Iterator[Planted]:
    """Link words that are two figures."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is not None:
                files = ground.edited(
                    [(link.at, f"[{link.words}](", f"[{link.words}和{link.words}](")]
                )
                if files is not None:
                    yield Planted(files, link.at, disclosure.key)


def _without_yuan(new: str, ground: Ground) -> Iterator[Planted]:
    """万元 printed as 元 or as 万."""

    def wanted(_: Disclosure, fact: Fact) -> bool:
        return fact.figure.text.endswith("万元")

    yield from each_fact(ground, wanted, lambda text: text.removesuffix("万元") + new)


def _unlinked(ground: Ground) -> Iterator[Planted]:
    """A linked figure with its link taken away and its first digit changed."""
    for disclosure in ground.library.disclosures:
        for link, cell in disclosure.links:
            if cell is not None and cell.fact is not None and link.figure and link.figure.unit:
                old, new = f"[{link.words}](#{link.target})", bumped(link.words)
                files = ground.edited([(link.at, old, new)])
                if files is not None:
                    yield Planted(files, link.at, disclosure.key)


FAULTS: dict[str, Plant] = {
    **{rule: appended("md", f"\n{words}\n", 0, 1) for rule, words in SENTENCES.items()},
    **{rule: appended("md", f"\n{words}\n", 0, down) for rule, (words, down) in PASSAGES.items()},
    "unknown-figure": partial(_link_to, lambda _: "没有这个数"),
    "ambiguous-figure": partial(_link_to, _ambiguous),
    "unclear-figure": _unclear,
    "markup-in-narrative": appended("md", "\n<b>粗体</b>\n", 1, 1),
    "markdown-slip": appended("md", "\n##没有空格\n", 1, 1),
    "table-in-narrative": appended("md", "\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n", 0, 1),
    "bad-link": appended("md", "\n[网站](javascript:0)\n", 1, 1),
    "linked-figure": _wrong_link,
    "prose-contradicts": _unlinked,
    "unit-slip": partial(_without_yuan, "元"),
    "unit-missing": partial(_without_yuan, "万"),
}
