"""What is said of a mistake: the words that tell the person who made it what it is and what to do."""

from __future__ import annotations

import pytest
from projects import (
    CONCEPTS,
    COUNTY,
    FILES,
    FORM,
    NARRATIVE,
    PROFILE,
    REPORT,
    TODAY,
    Change,
    project,
    said,
)

from site_builder.check import check_library
from site_builder.figure import measure
from site_builder.library import read_library
from site_builder.misread import misread
from site_builder.prose import parse_narrative

REPORTS = "data/reports/shili/shilizhen"


def budget(written: str) -> tuple[str, str]:
    """The cell at 46:13 of the report, written otherwise."""
    return "全年预算: 421.00", f"全年预算: {written}"


def explained(rule: str) -> str:
    """An acknowledgement at the end of the report, whose place is not quite right; it starts at 62:5."""
    return (
        f"认可:\n  - 规则: {rule}\n    位置: 基本情况.收入\n    说明: 原件如此。\n"
        "    日期: 2026-01-05\n    至: 2026-12-31\n"
    )


# id, file, what is changed, the place and rule of the finding, words of its message or remedy
ROWS: list[tuple[str, str, Change, str, tuple[str, ...]]] = [
    # ---- sums ----------------------------------------------------------------------------
    ("a blank field", REPORT, ("其他收入: 20.50万元", "其他收入:"),
     "report:28:11 sum-gap", ("未填：其他收入；",)),
    ("a blank column", REPORT, ("站所: {2021年: {基本支出: 500000,", "站所: {2021年: {基本支出: ,"),
     "report:22:45 sum-gap", ("未填：基本支出",)),
    ("a blank row", REPORT, ("站所: {2021年: {基本支出: 500000,", "站所: {2021年: {基本支出: ,"),
     "report:23:25 sum-gap", ("未填：站所",)),
    ("a blank line of a list", REPORT, ("预算: 90.00, 决算: 90.00", "预算: 90.00, 决算: "),
     "report:18:43 sum-gap", ("未填：项目·第2行·决算",)),
    ("ten thousands and hundred millions", REPORT, ("收入合计: 420.50万元", "收入合计: 420.50亿元"),
     "report:28:11 sum-differs", ("把“亿元”和“万元”写混了",)),
    # ---- forms and concepts --------------------------------------------------------------
    ("a unit of money that is none", CONCEPTS, ("公用经费: {单位: 万元", "公用经费: {单位: 万圆"),
     "concepts:5:12 not-a-choice", ("是不是“万元”？", "可选：元、千元、万元、亿元")),
    ("a sum of itself", FORM, ("      其他收入:\n", "      其他收入: {合计: [收入合计]}\n"),
     "form:49:18 sum-of-itself", ("基本情况.收入合计 → 基本情况.其他收入 → 基本情况.收入合计",)),
    ("a gap between bands", PROFILE, ("下限: 80, 上限: 90", "下限: 80, 上限: 89"),
     "profile:6:10 grade-bands", ("等级“良”到89为止，上一个等级“优”从90开始：中间空着一段",)),
    # ---- figures that cannot be read -------------------------------------------------------
    ("full-width digits", REPORT, ("其他收入: 20.50万元", "其他收入: ２０.50万元"),
     "report:30:11 not-a-measure", ("：全角的数字和符号要写成半角", "→ 写成 20.50万元")),
    ("a letter for a digit", REPORT, ("其他收入: 20.50万元", "其他收入: 2O.50万元"),
     "report:30:11 not-a-measure", ("：字母“O”要写成数字“0”", "→ 写成 20.50万元")),
    ("a full-width point", REPORT, ("其他收入: 20.50万元", "其他收入: 20．50万元"),
     "report:30:11 not-a-measure", ("：全角的数字和符号要写成半角", "→ 写成 20.50万元")),
    ("a typographic minus", REPORT, ("其他收入: 20.50万元", "其他收入: −20.50万元"),
     "report:30:11 not-a-measure", ("：负号要写半角的“-”", "→ 写成 -20.50万元")),
    ("a comma out of place", REPORT, ("其他收入: 20.50万元", "其他收入: 2,0.50万元"),
     "report:30:11 not-a-measure", ("逗号不是千分位的位置", "→ 写成 20.50万元")),
    ("words for a number of people", REPORT, ("走访群众: 300多人", "走访群众: 三百多人"),
     "report:38:11 not-a-measure", ("：要写阿拉伯数字", "→ 写成 300多人")),
    ("four hundred digits", REPORT, budget("9" * 401),
     "report:46:13 not-a-number", (f"“{'9' * 32}……”不是数字：有401位数字，太长了",)),
    ("a unit behind a space", REPORT, budget("421.00 万元"),
     "report:46:13 not-a-number", ("：单位在表里已经写明，这里不写", "→ 写成 421.00")),
    ("commas within braces", REPORT, ("预算数: 400.00, 决算数", "预算数: 1,400.00, 决算数"),
     "report:12:31 unknown-key", ("→ 大括号里的数带逗号时要加引号，如 \"1,020,315.04\"",)),
    ("another unit in a cell", REPORT, budget("4210000元"),
     "report:46:13 not-a-number", ("：这里写的是元，表的单位是万元", "→ 请换算成万元，只写数字")),
    ("a share for an amount", REPORT, budget("10%"),
     "report:46:13 not-a-number", ("：这里写的是%，表的单位是万元", "→ 请对照原件")),
    ("words for nothing", REPORT, budget("无"), "report:46:13 not-a-number", ("→ 没有数就留空",)),
    ("no figure at all", REPORT, ("其他收入: 20.50万元", "其他收入: 若干"),
     "report:30:11 not-a-measure", ("“若干”不是一个带单位的数 → 请对照原件改正，如 24.75万元、125人",)),
    ("a year with its word", REPORT, ("年度: 2022", "年度: 2022年"),
     "report:4:7 not-a-number", ("“2022年”不是年份 → 写成 2022：四位数字",)),
    ("a division code of seven digits", COUNTY, ('代码: "999900100"', '代码: "9999001"'),
     "county:7:9 not-a-number", ("“9999001”不是区划代码 → 应为 6、9 或 12 位数字",)),
    ("a date in Chinese", REPORT, ("2023-05-08", "2023年5月8日"),
     "report:8:9 not-a-date", ("→ 写成 2023-05-08",)),
    ("a day that is not in the calendar", REPORT, ("2023-05-08", "2023-02-30"),
     "report:8:9 not-a-date", ("→ 没有这一天",)),
    # ---- characters, YAML ------------------------------------------------------------------
    ("a tab", REPORT, budget("\t421.00"), "report:46:13 unseen-character",
     ("：制表符 Tab（U+0009） → 请改为半角空格",)),
    ("a full-width space", REPORT, budget("421.00\u3000"), "report:46:19 unseen-character",
     ("：全角空格（U+3000） → 请改为半角空格",)),
    ("a byte-order mark", REPORT, "\ufeff" + FILES[REPORT], "report:1:1 unseen-character",
     ("：文件开头的 BOM（U+FEFF） → 请在编辑器里另存为 UTF-8（无 BOM）",)),
    ("a carriage return", REPORT, ("措施: 严格控制", "措施: 严格\r控制"),
     "report:40:11 unseen-character", ("：换行符（U+000D） → 请删去它，或在这里换行",)),
    ("a quotation mark that nothing closes", REPORT, ("来源: 示例镇", "来源: '示例镇"),
     "report:9:7 yaml-syntax", ("引号没有配对",)),
    ("an anchor", REPORT, ("年度: 2022", "年度: &a 2022"), "report:4:7 yaml-anchor",
     ("不支持锚点（&） →",)),
    ("an empty file", REPORT, b"", "report:1:1 not-a-table", ("文件是空的",)),
    ("a list for a cell", REPORT, budget("[421.00]"), "report:46:13 not-a-table",
     ("这里应是一个值（一个数或一段文字），写的是列表 → 请只写一个数或一段文字",)),
    ("a key that cannot be blank", REPORT, ("  来源: 示例镇公开的报告\n", ""),
     "report:2:3 missing-key", ("→ 请补上“来源:”并填写，不能留空",)),
    ("another ending of the name", f"{REPORTS}/2021.yml", FILES[REPORT],
     f"{REPORTS}/2021.yml:1:1 bad-path", ("→ 扩展名要写 .yaml",)),
    ("a folder for a report", f"{REPORTS}/2021.yaml/a", "",
     f"{REPORTS}/2021.yaml:1:1 not-a-file", ("是文件夹，不是文件",)),
    # ---- acknowledgements ------------------------------------------------------------------
    ("a rule that there is not", REPORT, FILES[REPORT] + explained("no-resul"),
     "report:62:9 unknown-name", ("没有叫“no-resul”的规则；是不是“no-result”？",)),
    ("a rule by its title", REPORT, FILES[REPORT] + explained("合计与分项之和不符"),
     "report:62:9 unknown-name", ("是不是“sum-differs”？",)),
    ("a rule of form", REPORT, FILES[REPORT] + explained("yaml-syntax"),
     "report:62:5 acknowledgement-unmatched", ("“yaml-syntax”是写法错误，不能认可",)),
    ("a place that is nearly right", REPORT,
     FILES[REPORT].replace("其他收入: 20.50万元", "其他收入: 25.50万元") + explained("sum-differs"),
     "report:62:5 acknowledgement-unmatched",
     ("；是不是“基本情况.收入合计”？ → 请把“位置”改成 基本情况.收入合计",)),
    ("no reason given", REPORT,
     FILES[REPORT] + explained("sum-differs").replace("    说明: 原件如此。\n", ""),
     "report:62:5 missing-key", ("→ 请补上“说明:”，写明原因，不能留空",)),
    # ---- the narrative ---------------------------------------------------------------------
    ("an empty narrative", NARRATIVE, "\n", "narrative:1:1 empty-value", ("正文是空的",)),
    ("a picture", NARRATIVE, ("收入[", "![图](a.png)收入["), "narrative:3:2 bad-link",
     ("→ 正文不能放图片，请删去",)),
    ("an address in angle brackets", NARRATIVE, ("收入[", "<http://a.b>收入["),
     "narrative:3:1 bad-link", ("→ 网址不写在尖括号里：写成 [文字](网址)",)),
    ("no space behind #", NARRATIVE, ("## 二、人员", "##二、人员"), "narrative:6:1 markdown-slip",
     ("标题写法不对 → 请在“#”后面空一格",)),
    ("bold left open", NARRATIVE, ("收入[", "**收入["), "narrative:3:1 markdown-slip",
     ("“**”没有配对，或紧挨着空格 → 请补上另一个“**”",)),
    ("a link left open", NARRATIVE, ("(#收入合计.决算)", "(#收入合计.决算"),
     "narrative:3:3 markdown-slip", ("链接没有写成 → 少了右边的半角括号“)”",)),
    ("an annex by its name", NARRATIVE, ("(#经费)和", "(#附件1)和"),
     "narrative:4:28 unknown-figure", ("数据中没有“附件1”；可以写“#经费”",)),
    ("stars for times", NARRATIVE, ("收入[", "长3*4*5米，收入["), "narrative:3:3 markdown-slip",
     ("两个“*”之间会排成斜体，星号不见 → 乘号请写“×”；要印出星号就写“\\*”",)),
    ("struck words", NARRATIVE, ("收入[", "~~原~~收入["), "narrative:3:1 markdown-slip",
     ("删除线的记号“~~”会原样印出来 → 正文没有删除线",)),
    ("a comma for a point", REPORT, ("上年数: 200.00", "上年数: 200,05"),
     "report:14:21 unknown-key", ("是小数点的请改成“.”，是千分位的请补足三位并加引号；“05”不要删去",)),
    ("brackets for a minus", REPORT, ("差额: -4.90", "差额: (4.90)"), "report:17:26 not-a-number",
     ("：用括号表示的负数要写负号 → 写成 -4.90",)),
    ("the sign of a formula", REPORT, ("差额: 10.50", "差额: =10.50"), "report:15:20 not-a-number",
     ("：算式的等号要去掉 → 写成 10.50",)),
    ("two points", REPORT, ("上年数: 200.00", "上年数: 200..00"), "report:14:17 not-a-number",
     ("：小数点写了两个 → 写成 200.00",)),
    ("a number that nobody can mend", REPORT, ("上年数: 200.00", "上年数: 2e2"),
     "report:14:17 not-a-number", ("→ 请对照原件改正：只写半角数字，如 24.75 这样的写法",)),
    ("a label that begins with straight quotes", REPORT, ("    项目支出:", '    "项目"支出:'),
     "report:18:5 yaml-syntax", ("印着引号的请用中文引号“”，或把整个名称用单引号括起来",)),
    ("an error of a spreadsheet", REPORT, ("上年数: 200.00", "上年数: #REF!"),
     "report:14:11 yaml-syntax", ("空格后面的“#”会把后面的都变成注解；值里有“#”要加引号",)),
    ("a brace left open", REPORT, ("完成率: 110%}", "完成率: 110%"), "report:25:7 yaml-syntax",
     ("这一行的括号没有配对",)),
    ("a full-width brace", REPORT, ("完成率: 110%}", "完成率: 110%｝"), "report:25:53 yaml-syntax",
     ("大括号要用半角的“{”“}”",)),
    ("a full-width brace that opens", REPORT, ("    - {项目名称: 道路", "    - ｛项目名称: 道路"),
     "report:25:7 yaml-syntax", ("大括号要用半角的“{”“}”",)),
    ("an item without its space", REPORT, ("    - {项目名称: 道路", "    -{项目名称: 道路"),
     "report:25:5 yaml-syntax", ("列表的一项要以半角减号和空格开头：“- ”",)),
    ("an item with another dash", REPORT, ("    - {项目名称: 道路", "    – {项目名称: 道路"),
     "report:25:5 yaml-syntax", ("列表的一项要以半角减号和空格开头：“- ”",)),
    ("a line that stands too far left", REPORT, ("    收入合计: 420.50", "  收入合计: 420.50"),
     "report:29:5 yaml-syntax", ("这一行比上一行多缩进了2格，或者是上一行少缩进了",)),
    ("a basis that a concept has not", NARRATIVE, ("(#收入合计.决算)", "(#收入合计.年末)"),
     "narrative:3:3 unknown-figure", ("数据中没有“收入合计.年末”；可以写“收入合计.决算”",)),
    ("a page that is not there", NARRATIVE, ("https://example.org/", "foo.md"),
     "narrative:4:39 unknown-name", ("没有叫“foo.md”的页面", "链接本镇别的年度写 ../2021/index.html")),
    ("a file that nobody makes", NARRATIVE, ("https://example.org/", "附件1.pdf"),
     "narrative:4:39 unknown-name", ("没有叫“附件1.pdf”的文件 → 正文不能带附件：表格写进 data/ 的报表",)),
    ("a download misspelt", NARRATIVE, ("https://example.org/", "fact.csv"),
     "narrative:4:39 unknown-name", ("没有叫“fact.csv”的文件；是不是“facts.csv”？",)),
    ("a folder", NARRATIVE, ("https://example.org/", "../2022/"),
     "narrative:4:39 unknown-name", ("没有叫“../2022/”的页面：指向文件夹，从磁盘打开时没有首页；请写 index.html",)),
    ("out of the site", NARRATIVE, ("https://example.org/", "../../../../a.html"),
     "narrative:4:39 unknown-name", ("没有叫“../../../../a.html”的页面：指向站点之外",)),
    ("a space within a link", NARRATIVE, ("(#收入合计.决算)", "(#收入合计.决算 )"),
     "narrative:3:3 markdown-slip", ("→ 请删去圆括号里的空格",)),
    ("an address without its scheme", NARRATIVE, ("https://example.org/", "www.example.org"),
     "narrative:4:39 bad-link", ("→ 网址请写全：https://",)),
    ("an address with one slash", NARRATIVE, ("https://example.org/", "https:/example.org/"),
     "narrative:4:39 bad-link", ("→ 网址请写全：https://",)),
    # ---- where YAML stops and what the author did -----------------------------------------------
    ("a full-width comma in braces", REPORT,
     ("机关: {2021年: {基本支出: 1500000,", "机关: {2021年: {基本支出: 1500000，"),
     "report:21:31 yaml-syntax", ("括号里的逗号是全角“，”",)),
    ("full-width commas in brackets", FORM, ("合计: [机关, 站所]", "合计: [机关，站所]"),
     "form:35:27 unknown-name", ("；方括号里的几项要用半角逗号“,”分开",)),
    ("one space too many", REPORT, ("  年度: 2022\n", "   年度: 2022\n"),
     "report:4:4 yaml-syntax", ("这一行比上一行多缩进了1格",)),
    ("a line without its colon", REPORT, ("  年度: 2022\n", "  年度 2022\n"),
     "report:4:3 yaml-syntax", ("这一行少了半角冒号加空格",)),
    ("no space behind the colon", REPORT, ("  年度: 2022\n", "  年度:2022\n"),
     "report:4:5 yaml-syntax", ("冒号后面少了空格",)),
    ("a unit of money misspelt", REPORT, ("收入合计: 420.50万元", "收入合计: 420.50万圆"),
     "report:28:11 unit-mismatch", ("→ 单位请写成“万元”",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "change", "expected", "words"),
    [row[1:] for row in ROWS],
    ids=[row[0].replace(" ", "-") for row in ROWS],
)
def test_what_is_said_of_a_mistake(tmp_path, file, change, expected, words):
    """The finding at its place, and its words."""
    found = check_library(read_library(project(tmp_path, {file: change})), TODAY).findings
    spoken = [f"{f.message()} → {f.remedy()}" for f in found if said(f) == expected]
    everything = "\n".join(spoken) or "\n".join(map(said, found))
    assert [part for part in words if part not in everything] == [], everything


@pytest.mark.parametrize(
    ("change", "target", "line", "name", "missing"),
    [
        (("  基本情况:\n", "  基本情祝:\n"), "基本情况.在职人数", 27, "基本情况", False),
        (("  基本情况:\n", "  基本情祝:\n"), "收入合计.决算", 27, "基本情况", False),
        (("  绩效:\n", "  续效:\n"), "绩效.总分.得分", 51, "绩效", False),
        (("  经费:\n", "  径费:\n"), "经费", 11, "经费", False),
        (("    支 出:", "    支 岀:"), "支出合计.决算", 12, "支 出", False),
        (("    在职人数:", "    在取人数:"), "基本情况.在职人数", 37, "在职人数", False),
        (("    在职人数: 30人\n", ""), "基本情况.在职人数", 28, "在职人数", True),
    ],
)
def test_a_link_that_only_a_wrong_key_leaves_dead_tells_where_the_key_is(
    tmp_path, change, target, line, name, missing
):
    """It comes before the key's own finding, by the name of its file; so it says what to mend first."""
    found = check_library(read_library(project(tmp_path, {REPORT: change})), TODAY).findings
    dead = next(f for f in found if f.words.get("target") == target)
    (cause,) = [f for f in found if f.rule.id in ("unknown-key", "missing-key")]
    wrong = ("缺少", "is missing") if missing else ("写错了", "is misspelt")
    assert dead.message() == (
        f"数据中没有“{target}”；多半是因为 {REPORT}:{line} {wrong[0]}“{name}”"
    )
    assert dead.message("en") == (
        f"the data has no “{target}”; probably because “{name}” {wrong[1]} at {REPORT}:{line}"
    )
    assert dead.others == (cause.at,)
    assert cause.at.line == line
    assert "先改正那一处" in dead.remedy()


def test_a_link_to_what_the_form_has_not_is_wrong_itself(tmp_path):
    """Whatever else is misspelt in the data; nor where two keys seem to mean the same."""
    root = project(
        tmp_path,
        {
            REPORT: ("  其他情况:\n", "  其它情况:\n"),
            NARRATIVE: ("(#收入合计.决算)", "(#收入合计.年末)"),
        },
    )
    (dead,) = [f for f in check_library(read_library(root), TODAY).findings if "target" in f.words]
    assert dead.message() == "数据中没有“收入合计.年末”；可以写“收入合计.决算”"
    assert dead.others == ()


def test_a_part_that_cannot_be_read_is_not_called_blank(tmp_path):
    """What it holds is not known: the sum is not judged, and the part has its own finding."""
    change = {REPORT: ("其他收入: 20.50万元", "其他收入: 2O.50万元")}
    found = check_library(read_library(project(tmp_path, change)), TODAY).findings
    assert [said(f) for f in found] == ["report:30:11 not-a-measure"]


@pytest.mark.parametrize(
    "text",
    ["**x\n" * 100_000, "[x](#a" * 100_000, "\n\n    x" * 100_000, "x" * 400_000 + "\n--\n",
     "【x】（#" * 100_000, "* " * 200_000, "#" * 400_000, "---\n" + "a: b\n" * 100_000],
    ids=["bold", "links", "code", "underlined", "wide", "items", "heading", "front"],
)  # fmt: skip
def test_slips_of_a_hostile_narrative_are_few(text):
    """However many there are, some are told, and the reading comes to its end."""
    found = []
    parse_narrative(text, "n.md", found)
    assert len(found) <= 60


def test_a_long_text_for_a_figure_is_quoted_in_part():
    """It is no figure; its spaces are not gone through."""
    words, _ = misread("1" + " " * 400_000 + "x", measure)
    assert len(words["text"]) < 40


def test_a_narrative_with_another_ending_is_named(tmp_path):
    """2022.txt beside the report is what the clerk wrote."""
    root = project(tmp_path)
    (root / NARRATIVE).rename((root / NARRATIVE).with_suffix(".txt"))
    (finding,) = check_library(read_library(root), TODAY).findings
    assert finding.rule.id == "narrative-missing"
    assert finding.remedy() == "旁边的“2022.txt”要改名为“2022.md”"


def test_a_project_without_a_county_is_told_how_to_begin(tmp_path):
    root = project(tmp_path, {COUNTY: None})
    found = check_library(read_library(root), TODAY).findings
    assert found[0].message() == "找不到“data/counties/<县>.yaml”"
    assert "文件名用县名的拼音" in found[0].remedy()
