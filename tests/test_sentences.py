"""Figures in sentences: what is one, what is none, and what stands before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.concepts import parse_concepts
from site_builder.figure import spoken
from site_builder.figures_in_text import figures
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.place import Place
from site_builder.plausibility import parse_plausibility
from site_builder.prose import parse_narrative
from site_builder.sentences import Passage, narrative_passages
from site_builder.suggest import suggestions, suggestions_text
from site_builder.told import Told, plain_label
from site_builder.yaml_file import parse_yaml

ROOT = Path(__file__).parent.parent


def said(text: str) -> list[str]:
    """Each figure as sign, words and the exact amount with its unit."""
    found = []
    for one in figures(text):
        figure = one.figure
        assert figure is not None, text[one.start : one.end]
        last = spoken(one.upto)
        upto = f"~{last.amount:f}" if last is not None else ""
        found.append(f"{one.sign}{one.text}={figure.amount:f}{upto}{one.unit}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务接待费18.5万元，结余率7.40% ，", ["18.5万元=18.5万元", "7.40%=7.40%"]),
        ("戴盔率由不足30%增长至95％以上", ["不足30%=30%", "95％以上=95%"]),
        ("完成9.2883万羽、4万5千余亩", ["9.2883万羽=92883羽", "4万5千余亩=45000亩"]),
        ("出动1万余人次，发动2800余人次", ["1万余人次=10000人次", "2800余人次=2800人次"]),
        ("兴荣茶厂1千平方米的车间", ["1千平方米=1000平方米"]),
        ("投入10万余元，又投入50多万元", ["10万余元=10万元", "50多万元=50万元"]),
        ("清表186.5m³、硬化1243.35㎡", ["186.5m³=186.5m³", "1243.35㎡=1243.35㎡"]),
        ("投入资金200余万，申报5千万的工程", ["200余万=200", "5千万=50000000"]),
        ("争取1-2项奖励，3-11周岁1177人", ["1项=1~2项", "3周岁=3~11周岁", "1177人=1177人"]),
        ("支出1,234.56元，每亩3000元/亩", ["1,234.56元=1234.56元", "3000元=3000元/亩"]),
        ("差额-1.56万元", ["-1.56万元=-1.56万元"]),
        ("促进近千名群众增收，接待百余次", ["近千名=1000名", "百余次=100次"]),
        ("慰问三千二百余人，占百分之九十五", ["三千二百余人=3200人", "百分之九十五=95%"]),
        ("综合得分为93.70，等级为优秀", ["93.70=93.70"]),
        (
            "满分（100），得分（93.7），产出9.15，效益：95。",
            ["100=100", "93.7=93.7", "9.15=9.15", "95=95"],
        ),
        ("投入20，清运垃圾3751", ["20=20", "3751=3751"]),
        ("申报2000万，已到位（50万）", ["2000万=2000", "50万=50"]),
        ("每人3百余元", ["3百余元=300元"]),
        ("每户奖励500元至1万元", ["500元=500~1万元"]),
        ("资产1,112,231,504元", ["1,112,231,504元=1112231504元"]),
        ("印发《方案》 120份", ["120份=120份"]),
        (
            "三千二百人参加，培训九十三人",
            ["三千二百人=3200人", "九十三人=93人"],
        ),
    ],
)
def test_a_figure_is_found(text: str, expected: list[str]) -> None:
    """Amount, unit, range and bounding word are as written."""
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月31日止，2021-2025年，2022年度，自2022年底",
        "（桃财绩[2021]14号）、〔2022〕14号文、第12次全会、第1针",
        "1、评价目的；2、评价方法。（3）采购管理，①原则 3.强化领导",
        "联系电话0753-6320303，13762022009，代码11430922006491074D",
        "“三公”“七一”“十四五”，党的二十大，十九届六中全会，县委“12345”思路，“1333”",
        "235国道、G536沿线、135洞口、“832平台”、4A级景区、建党100周年",
        "3.15、4.15、5.7、6.26等日子，“6.26”国际禁毒日",
        "千亩高产示范片，十条硬措施，三项制度，二三十个",
        "差异率=(2788.56-2788.56)/2788.56×100",
        "目标1：保障运转，附件2，表3，附件1至3",
        "1、评价目的：2．评价方法：（3）采购管理 4）验收",
        "根据2022全镇安排，截至2022.12.31，3.15、6.26宣传，12-15",
        "依照第三十二条、第3至5条、5-8月、1至3号楼",
        "差异率=2788.56÷2790，控制在（20-5）×2以内",
        "户均收入超万元，投资千万以上的企业，七十二行，第三十二条",
    ],
)
def test_what_is_no_figure_is_passed_over(text: str) -> None:
    """Dates, orders, codes, names and slogans."""
    assert said(text) == []


def test_what_follows_a_figure_says_more_than_what_precedes_it() -> None:
    """近30余万元 is more than 30; near so much only where nothing says more."""
    said = figures("近30余万元，近30万元，30万元，约300余元/亩，约0.1234567%")
    found = [one.figure and (one.figure.about, one.figure.unit) for one in said]
    assert found == [("余", "万元"), ("近", "万元"), ("", "万元"), ("余", "元/亩"), None]


def test_a_plain_figure_is_one_exact_amount() -> None:
    """Bounds, ranges, 余 and 以上 are none, nor is a link to a cell."""
    text = "建成12座，约20个，35个以上，1-2项，三百余人，一百二十户以上，示范户[38户](#概况.户数)"
    (passage,) = narrative_passages(parse_narrative(f"## 一、概况\n\n{text}\n", "a.md", []))
    assert [one.plain is not None for one in passage.figures] == [True, *[False] * 6]


def test_the_words_before_a_figure() -> None:
    """Its label goes back to the comma, or to the figure before."""
    text = "其中：公务接待费9.5万元、公务用车运行费1.2万元；本年较上年下降0.44%，增长至28.7万元"
    passage = Passage(text, Place("a.md", 1, 1))
    one, two, three, four = passage.figures
    assert [passage.label(f) for f in (one, two)] == ["公务接待费", "公务用车运行费"]
    assert [passage.trend(f) for f in (one, three, four)] == ["", "下降", ""]


def test_a_figure_knows_its_place_in_the_markdown() -> None:
    """Links and strong words are left out of the text, not out of the column."""
    text = "## 一、支出\n\n**支出** [24.75万元](#三公经费.决算)，接待281次。\n\n- 3600人\n"
    passages = list(narrative_passages(parse_narrative(text, "a.md", [])))
    assert [p.text for p in passages] == ["支出 24.75万元，接待281次。", "- 3600人"]
    linked, times = passages[0].figures
    assert (linked.linked, linked.text, times.linked) == (True, "24.75万元", False)
    assert passages[0].place(times.start) == Place("a.md", 3, 30)
    assert passages[1].place(passages[1].figures[0].start) == Place("a.md", 5, 3)
    assert text.split("\n")[2][29:33] == "281次"


def test_sections_know_those_above() -> None:
    """A passage under 1.1 stands under 1 too, and no longer under the one before."""
    text = "## 一、目标\n\n### （一）年度\n\n支出1元。\n\n## 二、结果\n\n支出2元。\n"
    sections = [p.section for p in narrative_passages(parse_narrative(text, "a.md", []))]
    assert sections == ["一、目标 · （一）年度", "二、结果"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("三十五万元", "35"), ("两千元", "2000"), ("一百二十人", "120"), ("x", None)],
)
def test_chinese_numerals(text: str, amount: str | None) -> None:
    """Read as written; anything else is no figure."""
    figure = spoken(text)
    if text == "三十五万元":
        assert figure is not None and figure.factor_to("元") is not None
        assert f"{figure.amount * (figure.factor_to('元') or 1):f}" == "350000"
    else:
        assert (figure and f"{figure.amount:f}") == amount


def test_a_name_is_clear_only_among_known_words() -> None:
    """机关的公务接待费 is the concept, 村级公务接待费 is another thing."""
    told = Told((), {"公务接待费": (), "三公经费": ()})
    for clear in (
        "公务接待费",
        "其中：公务接待费支出",
        "2022年“三公”经费合计为",
        "示例镇人民政府三公经费",
    ):
        assert told.clearly_named(clear) is not None, clear
    for unclear in ("村级公务接待费", "项目支出中的公务接待费", "公务接待费批次", "接待费"):
        assert told.clearly_named(unclear) is None, unclear
    assert told.all_named("公务接待费和“三公”经费") == ("公务接待费", "三公经费")
    assert told.all_named("村级公务接待费和三公经费") == ()


def test_labels_are_compared_without_asides() -> None:
    """What says where a figure stands is no part of its name."""
    assert plain_label("支出总额（一、（二）首段）") == "支出总额"
    assert plain_label("3、公务接待") == "公务接待"
    assert plain_label("其中：公车购置") == "公车购置"


def test_ranges_that_do_not_fit_are_findings() -> None:
    """No bound, an unknown concept, an unknown unit, a quotient in one unit: left out and said."""
    text = """
无界限: {数: {名称: [产量]}, 单位: 吨, 依据: 示例}
概念不明: {数: {概念: 接待费}, 单位: 万元, 上限: 1, 依据: 示例}
单位不明: {数: {名称: [产量]}, 单位: 顿, 上限: 1, 依据: 示例}
缺一个单位: {数: {名称: [产量]}, 除以: {名称: [面积]}, 单位: 公斤, 上限: 1, 依据: 示例}
没有依据: {数: {名称: [产量]}, 单位: 吨, 上限: 1}
合格: {数: {名称: [产量]}, 除以: {名称: [面积]}, 单位: 公斤/亩, 上限: 1200, 依据: 示例}
"""
    found: list[Finding] = []
    table = parse_yaml(text.encode(), "data/plausibility.yaml", found)
    concepts = parse_yaml("公务接待费: {单位: 万元, 定义: 示例}\n".encode(), "c.yaml", found)
    assert table is not None and concepts is not None
    ranges = parse_plausibility(table, parse_concepts(concepts, found), found)
    assert list(ranges) == ["合格"]
    assert [(f.at.line, f.rule.id) for f in found] == [
        (2, "missing-key"),
        (3, "unknown-name"),
        (4, "not-a-choice"),
        (5, "not-a-choice"),
        (6, "missing-key"),
    ]


def test_links_are_offered_only_for_one_meaning() -> None:
    """Each offered link resolves to the fact that it shows, and says the same."""
    library = read_library(ROOT)
    offered = [(d, one) for d in library.disclosures for one in suggestions(d)]
    assert len(offered) > 100
    for disclosure, one in offered:
        cells = disclosure.report.targets(one.target)
        assert [c.address for c in cells] == [one.fact.address]
        assert one.markdown.startswith(f"[{one.words}](#")
        line = (ROOT / one.at.file).read_text("utf-8").split("\n")[one.at.line - 1]
        assert line[one.at.column - 1 :].startswith(one.words)
    assert suggestions_text(library).endswith(
        f"{len(offered)} 处数字可以链接到数据；没有改动任何文件\n"
    )


def test_blanks_around_figures_are_no_words_and_places_count_them() -> None:
    text = "编制 38 人 , 实有 **36** 人"
    (passage,) = narrative_passages(parse_narrative(f"## 一、概况\n\n{text}\n", "a.md", []))
    assert passage.text == "编制38人,实有36人"
    places = [passage.place(one.start) for one in passage.figures]
    assert [text[place.column - 1 :][:2] for place in places] == ["38", "36"]
