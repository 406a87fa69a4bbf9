"""Every way to get an input wrong: one row each, what is found and where, and nothing besides."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import (
    CONCEPTS,
    COUNTY,
    FILES,
    FORM,
    NARRATIVE,
    PROFILE,
    REPORT,
    Change,
    findings,
    project,
    said,
)

from site_builder.__main__ import main
from site_builder.acknowledge import ACKNOWLEDGEMENT_RULES
from site_builder.check import ALL_RULES, check_library
from site_builder.finding import Finding
from site_builder.library import read_library
from site_builder.output.json import write_json
from site_builder.output.text import width, write_text
from site_builder.reading_rules import READING_RULES
from site_builder.yaml_file import parse_yaml

REPORTS = "data/reports/shili/shilizhen"
CONTENT = "content/reports/shili/shilizhen"
BUDGET = "全年预算: 421.00"  # a cell that only a share is computed from
NEXT_YEAR = FILES[REPORT].replace("年度: 2022", "年度: 2021")


def budget(written: str) -> tuple[str, str]:
    """The cell at 46:13 of the report, written otherwise."""
    return BUDGET, f"全年预算: {written}"


def explained(rule: str, address: str, date: str = "2026-01-05", until: str = "2026-12-31") -> str:
    """An acknowledgement at the end of the report; its entry starts at 62:5."""
    return f"""\
认可:
  - 规则: {rule}
    位置: {address}
    说明: 原件如此。
    日期: {date}
    至: {until}
"""


def explaining(edit: tuple[str, str], acknowledgement: str) -> list[tuple[str, str]]:
    """An edit of the report and an acknowledgement at its end."""
    last = "    总分: {分值: 100, 得分: 95}\n"
    return [edit, (last, last + acknowledgement)]


NOTHING: list[str] = []
SLIP = ("其他收入: 20.50万元", "其他收入: 25.50万元")  # sum-differs at 28:11
SLIP_AT = "基本情况.收入合计"

# id, file, what is changed, what is found
ROWS: list[tuple[str, str, Change, list[str]]] = [
    # ---- numbers -------------------------------------------------------------------------
    ("full-width digits", REPORT, budget("４２１.00"), ["report:46:13 not-a-number"]),
    ("full-width point", REPORT, budget("421．00"), ["report:46:13 not-a-number"]),
    ("thousands comma", REPORT, budget("1,421.00"), ["report:46:13 not-a-number"]),
    ("unit in a cell", REPORT, budget("421.00万元"), ["report:46:13 not-a-number"]),
    ("space in a number", REPORT, budget("4 21.00"), ["report:46:13 not-a-number"]),
    ("underscore", REPORT, budget("1_000"), ["report:46:13 not-a-number"]),
    ("exponent", REPORT, budget("1e5"), ["report:46:13 not-a-number"]),
    ("hexadecimal", REPORT, budget("0x1A5"), ["report:46:13 not-a-number"]),
    ("NaN", REPORT, budget("NaN"), ["report:46:13 not-a-number"]),
    (".nan", REPORT, budget(".nan"), ["report:46:13 not-a-number"]),
    ("infinity", REPORT, budget("-Infinity"), ["report:46:13 not-a-number"]),
    ("plus sign", REPORT, budget("+5"), ["report:46:13 not-a-number"]),
    ("no digit before the point", REPORT, budget(".5"), ["report:46:13 not-a-number"]),
    ("no digit after the point", REPORT, budget("5."), ["report:46:13 not-a-number"]),
    ("leading zero", REPORT, budget("05"), ["report:46:13 not-a-number"]),
    ("two points", REPORT, budget("4.2.1"), ["report:46:13 not-a-number"]),
    ("Chinese digits", REPORT, budget("四百二十一"), ["report:46:13 not-a-number"]),
    ("typographic minus", REPORT, budget("−421.00"), ["report:46:13 not-a-number"]),
    ("sixteen digits", REPORT, budget("1234567890123456"), ["report:46:13 not-a-number"]),
    ("null of YAML", REPORT, budget("~"), ["report:46:13 not-a-number"]),
    ("people counted with 个", REPORT, ("在职人数: 30人", "在职人数: 30个"), NOTHING),
    ("a dash as printed", REPORT, budget("—"), NOTHING),
    ("a slash as printed", REPORT, budget("/"), NOTHING),
    ("words for a share", REPORT,
     ("执行率: 99.88%", "执行率: 近百分之百"), ["report:48:12 not-a-percentage"]),
    ("full-width per cent", REPORT,
     ("执行率: 99.88%", "执行率: 99.88％"), ["report:48:12 not-a-percentage"]),
    ("two per cent signs", REPORT,
     ("执行率: 99.88%", "执行率: 99.88%%"), ["report:48:12 not-a-percentage"]),
    ("words for a measure", REPORT,
     ("走访群众: 300多人", "走访群众: 三百多人"), ["report:38:11 not-a-measure"]),
    ("two figures for a measure", REPORT,
     ("走访群众: 300多人", "走访群众: 300人和20户"), ["report:38:11 not-a-measure"]),
    ("a full-width digit in a measure", REPORT,
     ("村数: 12个", "村数: 12５个"), ["report:42:9 not-a-measure"]),
    ("a measure of forty digits", REPORT,
     ("走访群众: 300多人", f"走访群众: {'9' * 40}人"), ["report:38:11 not-a-measure"]),
    ("unit of another kind", REPORT,
     ("公用经费控制率: 90.20%", "公用经费控制率: 90.20人"), ["report:32:14 unit-mismatch"]),
    ("money for people", REPORT,
     ("在职人数: 30人", "在职人数: 30万元"),
     ["report:37:11 unit-mismatch"]),
    ("a quoted number is fine", REPORT, budget("'421.00'"), NOTHING),
    ("a comment is fine", REPORT, budget("421.00 # 调整后"), NOTHING),
    ("a blank cell is fine", REPORT, budget(""), NOTHING),
    # ---- characters and bytes ------------------------------------------------------------
    ("full-width colon", REPORT,
     ("全年预算: 421.00", "全年预算：421.00"), ["report:46:11 full-width-colon"]),
    ("full-width colon of the first key", REPORT,
     ("报告:", "报告："), ["report:1:3 full-width-colon"]),
    ("full-width colon at the end of a block", REPORT,
     ("措施: 严格", "措施：严格"), ["report:40:7 full-width-colon"]),
    ("a mistake below a label with a full-width colon", REPORT,
     ("其中：公用经费: {上年数: 50.00", "其中：公用经费:\n      {上年数: @50.00"),
     ["report:17:13 yaml-syntax"]),
    ("tab after the colon", REPORT, budget("\t421.00"), ["report:46:13 unseen-character"]),
    ("tab for indentation", REPORT,
     ("      全年预算", "\t全年预算"), ["report:46:1 unseen-character"]),
    ("byte-order mark", REPORT, "\ufeff" + FILES[REPORT], ["report:1:1 unseen-character"]),
    ("no-break space", REPORT, budget("\u00a0421.00"), ["report:46:13 unseen-character"]),
    ("ideographic space", REPORT, budget("421.00\u3000"), ["report:46:19 unseen-character"]),
    ("zero-width space", REPORT, budget("421.00\u200b"), ["report:46:19 unseen-character"]),
    ("right-to-left override", REPORT, budget("421.00 # \u202e"),
     ["report:46:22 unseen-character"]),
    ("next-line character", REPORT, budget("421.00\u0085"), ["report:46:19 unseen-character"]),
    ("carriage return within a line", REPORT,
     ("措施: 严格控制", "措施: 严格\r控制"), ["report:40:11 unseen-character"]),
    ("control character", REPORT,
     ("措施: 严格控制", "措施: 严格\x01控制"), ["report:40:11 unseen-character"]),
    ("GBK", REPORT, FILES[REPORT].encode("gbk"), ["report:1:1 not-utf8"]),
    ("one bad byte", REPORT,
     FILES[REPORT].encode().replace("示例镇公开".encode(), b"\xff"), ["report:9:7 not-utf8"]),
    ("UTF-16", REPORT, FILES[REPORT].encode("utf-16"), ["report:1:1 not-utf8"]),
    ("two megabytes", REPORT, "报告: " + "x" * 2_000_000, ["report:1:1 file-too-large"]),
    ("Windows line ends are fine", REPORT,
     FILES[REPORT].replace("\n", "\r\n"), NOTHING),
    ("no line end at the end is fine", REPORT, FILES[REPORT].rstrip(), NOTHING),
    # ---- YAML ----------------------------------------------------------------------------
    ("empty file", REPORT, b"", ["report:1:1 not-a-table"]),
    ("only a comment", REPORT, "# 待填\n", ["report:1:1 not-a-table"]),
    ("list at the top", REPORT, "- 报告\n", ["report:1:1 not-a-table"]),
    ("a sentence", REPORT, "没有报告\n", ["report:1:1 not-a-table"]),
    ("second document", REPORT, FILES[REPORT] + "---\n甲: 1\n", ["report:61:1 second-document"]),
    ("YAML directive", REPORT,
     "%YAML 1.1\n---\n" + FILES[REPORT], ["report:1:1 second-document"]),
    ("TAG directive", REPORT,
     "%TAG !e! tag:example.org,2000:\n---\n" + FILES[REPORT], ["report:1:1 second-document"]),
    ("anchor", REPORT, ("年度: 2022", "年度: &a 2022"), ["report:4:7 yaml-anchor"]),
    ("alias", REPORT, ("报告日期: 2023-05-08", "报告日期: *a"), ["report:8:9 yaml-anchor"]),
    ("tag", REPORT, ("年度: 2022", "年度: !!int 2022"), ["report:4:7 yaml-anchor"]),
    ("tag that runs a program", REPORT,
     ("村数: 12个", '村数: !!python/object/apply:os.system ["exit"]'),
     ["report:42:9 not-a-table", "report:42:9 yaml-anchor"]),
    ("merge key", REPORT, ("报告:\n", "报告:\n  <<: {年度: 2022}\n"), ["report:2:3 unknown-key"]),
    ("duplicate key", REPORT,
     ("  年度: 2022\n", "  年度: 2022\n  年度: 2022\n"), ["report:5:3 duplicate-key"]),
    ("duplicate key in braces", REPORT,
     ("效益指标: 40}", "效益指标: 40, 产出指标: 60}"), ["report:52:34 duplicate-key"]),
    ("duplicate table", REPORT,
     FILES[REPORT] + "  科目: {机关: }\n", ["report:61:3 duplicate-key"]),
    ("list as key", REPORT, "? [报告]\n: 1\n", ["report:1:3 key-not-text"]),
    ("table as key", REPORT, "? {报告: 1}\n: 1\n", ["report:1:3 key-not-text"]),
    ("bomb of brackets", REPORT, "报告: " + "[" * 100_000, ["report:1:16 too-deep"]),
    ("bomb of braces", REPORT, "报告: " + "{a: " * 100_000, ["report:1:49 too-deep"]),
    ("full-width comma in braces", REPORT,
     ("基本支出: 1500000, 项目支出: 300000", "基本支出: 1500000， 项目支出: 300000"),
     ["report:21:31 yaml-syntax"]),
    ("a space too many before a key", REPORT, ("  年度: 2022\n", "   年度: 2022\n"),
     ["report:4:4 yaml-syntax"]),
    ("no space behind a colon", REPORT, ("  年度: 2022\n", "  年度:2022\n"),
     ["report:4:5 yaml-syntax"]),
    ("bracket left open", REPORT,
     ("效益指标: 40}", "效益指标: 40"), ["report:53:7 yaml-syntax"]),
    ("quote left open", REPORT,
     "报告:\n  名称: '示例\n", ["report:2:7 yaml-syntax"]),
    ("colon in words", REPORT,
     ("来源: 示例镇公开的报告", "来源: 附件: 报告"), ["report:9:9 yaml-syntax"]),
    # ---- keys and structure of a report --------------------------------------------------
    ("misspelled top key", REPORT, ("数据:", "数椐:"), ["report:10:1 unknown-key"]),
    ("unknown top key", REPORT, FILES[REPORT] + "备考: 无\n", ["report:61:1 unknown-key"]),
    ("misspelled head key", REPORT, ("来源:", "来原:"), ["report:9:3 unknown-key"]),
    ("misspelled table", REPORT, ("其他情况:", "其它情况:"), ["report:41:3 unknown-key"]),
    ("misspelled row", REPORT, ("机关: {", "机构: {"), ["report:21:5 unknown-key"]),
    ("misspelled column", REPORT, ("执行率:", "执行律:"), ["report:48:7 unknown-key"]),
    ("misspelled item", REPORT, ("措施:", "措失:"), ["report:40:5 unknown-key"]),
    ("misspelled column of an indicator", REPORT,
     ("年度指标值: 较多", "年度指际值: 较多"), ["report:58:34 unknown-key"]),
    ("misspelled group", REPORT, ("效益指标: 40", "效益指际: 40"), ["report:52:24 unknown-key"]),
    ("misspelled total", REPORT, ("总分: {分值", "总分: {分直"), ["report:60:10 unknown-key"]),
    ("missing row", REPORT,
     ("    站所: {2021年: {基本支出: 500000, 项目支出: 1500000, 合计: 2000000}}\n", ""),
     ["report:21:5 missing-key"]),
    ("missing column", REPORT, ("      执行率: 99.88%\n", ""), ["report:46:7 missing-key"]),
    ("missing column under a merged head", REPORT,
     ("基本支出: 1500000, 项目支出: 300000", "基本支出: 1500000"), ["report:21:17 missing-key"]),
    ("missing column of a list", REPORT,
     ("道路维修, 预算: 100.00,", "道路维修,"), ["report:25:7 missing-key"]),
    ("missing level of an indicator", REPORT,
     ("三级指标: 清淤水渠, ", ""), ["report:56:9 missing-key"]),
    ("missing table", REPORT,
     ("  其他情况:\n    村数: 12个\n    维修道路: 3.2公里\n", ""), ["report:11:3 missing-key"]),
    ("missing head", REPORT, "数据: {}\n", ["report:1:1 missing-key"]),
    ("missing key of the head", REPORT,
     ("  单位: 示例县示例镇人民政府\n", ""), ["report:2:3 missing-key"]),
    ("blank key of the head", REPORT,
     ("单位: 示例县示例镇人民政府", "单位:"), ["report:3:6 empty-value"]),
    ("blank data", REPORT, re.sub("数据:(.|\n)*", "数据:\n", FILES[REPORT]),
     ["report:10:4 missing-key"]),
    ("words for a table", REPORT,
     ("    村数: 12个\n    维修道路: 3.2公里\n", "    无\n"), ["report:42:5 not-a-table"]),
    ("words for a row", REPORT,
     ("机关: {2021年: {基本支出: 1500000, 项目支出: 300000, 合计: 1800000}}", "机关: 无"),
     ["report:21:9 not-a-table"]),
    ("a figure for a merged head", REPORT,
     ("{基本支出: 1500000, 项目支出: 300000, 合计: 1800000}", "1800000"),
     ["report:21:17 not-a-table"]),
    ("a list for a cell", REPORT, budget("[421.00]"), ["report:46:13 not-a-table"]),
    ("a table for a cell", REPORT, budget("{决算: 1}"), ["report:46:13 not-a-table"]),
    ("a table for an item", REPORT, ("村数: 12个", "村数: {甲: 1}"), ["report:42:9 not-a-table"]),
    ("a table for words of the head", REPORT,
     ("单位: 示例县示例镇人民政府", "单位: {名称: 示例镇}"), ["report:3:7 not-a-table"]),
    ("words for the head", REPORT,
     re.sub("报告:(.|\n)*?数据", "报告: 有\n数据", FILES[REPORT]), ["report:1:5 not-a-table"]),
    ("year not of the path", REPORT, ("年度: 2022", "年度: 2021"), ["report:4:7 path-differs"]),
    ("year in Chinese digits", REPORT,
     ("年度: 2022", "年度: 二〇二二"), ["report:4:7 not-a-number"]),
    ("date without zeros", REPORT, ("2023-05-08", "2023-5-8"), ["report:8:9 not-a-date"]),
    ("date that is none", REPORT, ("2023-05-08", "2023-02-30"), ["report:8:9 not-a-date"]),
    ("date without hyphens", REPORT, ("2023-05-08", "20230508"), ["report:8:9 not-a-date"]),
    ("date in Chinese", REPORT, ("2023-05-08", "2023年5月8日"), ["report:8:9 not-a-date"]),
    ("unknown form", REPORT, ("表单: shili-2022", "表单: shili-2023"), ["report:5:7 unknown-name"]),
    ("unknown profile", REPORT,
     ("口径: shili-2022", "口径: shili-2023"), ["report:6:7 unknown-name"]),
    # ---- paths and files -----------------------------------------------------------------
    ("capital letters in a path", "data/reports/shili/ShiliZhen/2022.yaml", FILES[REPORT],
     ["data/reports/shili/ShiliZhen/2022.yaml:1:1 bad-path"]),
    ("two digits for a year", f"{REPORTS}/22.yaml", FILES[REPORT],
     [f"{REPORTS}/22.yaml:1:1 bad-path"]),
    ("no town in a path", "data/reports/shili/2022.yaml", FILES[REPORT],
     ["data/reports/shili/2022.yaml:1:1 bad-path"]),
    ("yml", f"{REPORTS}/2021.yml", FILES[REPORT], [f"{REPORTS}/2021.yml:1:1 bad-path"]),
    ("narrative missing", NARRATIVE, None, ["narrative:1:1 narrative-missing"]),
    ("narrative of another year missing", f"{REPORTS}/2021.yaml", NEXT_YEAR,
     [f"{CONTENT}/2021.md:1:1 narrative-missing"]),
    ("narrative without a report", f"{CONTENT}/2021.md", "无\n",
     [f"{CONTENT}/2021.md:1:1 file-missing"]),
    ("no county", COUNTY, None, ["data/counties:1:1 file-missing", "report:1:1 unknown-name"]),
    ("no division code, as of a bureau", COUNTY,
     ('    代码: "999900100"\n', "    代码:\n"), NOTHING),
    ("unknown town", COUNTY, ("shilizhen:", "shilizheng:"), ["report:1:1 unknown-name"]),
    ("division code of five digits", COUNTY, ('代码: "999900"\n', '代码: "99990"\n'),
     ["county:2:5 not-a-number"]),  # and not again at each of its reports
    # ---- forms, concepts, profiles -------------------------------------------------------
    ("unknown key of a form", FORM, ("    表名: 部门经费", "    表明: 部门经费"),
     ["form:6:5 unknown-key"]),
    ("form without a title", FORM,
     ("表单: 示例县2022年度绩效自评表\n", ""), ["form:1:1 missing-key"]),
    ("unknown kind of table", FORM,
     ("  其他情况:\n    种类: 填报", "  其他情况:\n    种类: 填表"),
     ["form:61:9 not-a-choice"]),  # and not again at each of its reports
    ("unknown basis", FORM, ("预算数: 年初预算", "预算数: 年初予算"), ["form:12:12 not-a-choice"]),
    ("unknown type", FORM,
     ("得分: {类型: 得分, 概念: 无}", "得分: {类型: 得份, 概念: 无}"),
     ["form:74:16 not-a-choice"]),
    ("neither yes nor no", FORM, ("正文: 是", "正文: 对"), ["form:62:9 not-a-choice"]),
    ("indent of nine", FORM, ("级: 2", "级: 9"), ["form:20:39 not-a-choice"]),
    ("year of a column that is none", FORM,
     ("全年预算: 全年预算", "全年预算: {口径: 全年预算, 年度: 去年}"), ["form:70:28 not-a-number"]),
    ("unknown concept of a row", FORM,
     ("{概念: 基本支出, 组", "{概念: 基本支处, 组"), ["form:19:18 unknown-name"]),
    ("list of concepts", FORM,
     ("{概念: 项目支出, 组", "{概念: [项目支出], 组"), ["form:21:18 not-a-table"]),
    ("unknown row in a relation", FORM,
     ("合计: [机关, 站所]", "合计: [机关, 站房]"), ["form:35:27 unknown-name"]),
    ("unknown column in a relation", FORM,
     ("比率: [决算, 预算]", "比率: [决算, 概算]"), ["form:43:26 unknown-name"]),
    ("unknown item in a relation", FORM,
     ("{比率: [财政拨款收入, 收入合计]}", "{比率: [财政拨款收入, 收入总计]}"),
     ["form:50:20 unknown-name"]),
    ("unknown cell in 勾稽", FORM,
     ("组成: [科目.合计.2021年.合计]", "组成: [科目.合计.2021年.总计]"), ["form:90:5 unknown-name"]),
    ("difference of three", FORM,
     ("差: [上年机关运行经费, 机关运行经费]", "差: [上年机关运行经费, 机关运行经费, 其他收入]"),
     ["form:54:18 not-a-table"]),
    ("relation to words", FORM, ("合计: [机关, 站所]", "合计: 机关"), ["form:35:27 not-a-table"]),
    ("unknown part of a concept", CONCEPTS,
     ("组成: [基本支出, 项目支出]", "组成: [基本支出, 项目支处]"), ["concepts:3:27 unknown-name"]),
    ("unknown key of a concept", CONCEPTS,
     ("公用经费控制率:\n  单位", "公用经费控制率:\n  单价: 1\n  单位"),
     ["concepts:8:3 unknown-key"]),
    ("concepts that cannot be read", CONCEPTS, "收入合计: {\n", ["concepts:2:1 yaml-syntax"]),
    ("unit of money that is none", CONCEPTS, ("公用经费: {单位: 万元", "公用经费: {单位: 万圆"),
     ["concepts:5:12 not-a-choice"]),
    ("unit of a table that is none", FORM, ("    单位: 元\n", "    单位: 元整\n"),
     ["form:24:9 not-a-choice"]),
    ("unit of a row that is none", FORM,
     ("{概念: 项目支出, 组: 按性质分}", "{概念: 项目支出, 组: 按性质分, 单位: 万 元}"),
     ["form:21:37 not-a-choice"]),
    ("a total among its own parts", FORM, ("合计: [机关, 站所]", "合计: [机关, 站所, 合计]"),
     ["form:35:27 sum-of-itself"]),
    ("totals in a circle", FORM, ("      其他收入:\n", "      其他收入: {合计: [收入合计]}\n"),
     ["form:49:18 sum-of-itself"]),
    ("form that cannot be read", FORM, "表单: [\n", ["form:2:1 yaml-syntax"]),
    ("words for a band", PROFILE, ("下限: 90", "下限: 九十"),
     ["profile:5:27 not-a-number"]),  # and not again at each of its reports
    ("a band upside down", PROFILE, ("下限: 90, 上限: 100", "下限: 100, 上限: 90"),
     ["profile:5:10 grade-bands"]),
    ("a gap between two bands", PROFILE, ("下限: 80, 上限: 90", "下限: 80, 上限: 89"),
     ["profile:6:10 grade-bands"]),
    ("bands that overlap", PROFILE, ("下限: 80, 上限: 90", "下限: 80, 上限: 91"),
     ["profile:6:10 grade-bands"]),
    ("unknown concept under 必报", PROFILE,
     ("满分: 100", "满分: 100\n必报: [收入合计.决算, 支出总计]"), ["profile:4:15 unknown-name"]),
    ("unknown basis under 必报", PROFILE,
     ("满分: 100", "满分: 100\n必报: [收入合计.决选]"), ["profile:4:6 not-a-choice"]),
    ("unknown concept under 跳变", PROFILE,
     ("满分: 100", "满分: 100\n跳变: {收入合计: 50, 支出合记: 50}"), ["profile:4:16 unknown-name"]),
    ("unknown ratio under 口径公式", PROFILE,
     ("满分: 100", "满分: 100\n口径公式: {结转结余率: A}"), ["profile:4:8 unknown-name"]),
    ("indicators without levels", FORM, ("    层级: [一级指标, 三级指标]\n", ""),
     ["form:77:3 missing-key"]),
    ("unknown table under 另计", FORM, ("另计: [资金]", "另计: [资余]"),
     ["form:86:10 unknown-name"]),
    # ---- the narrative -------------------------------------------------------------------
    ("link to no figure", NARRATIVE,
     ("#收入合计.决算", "#收入总计.决算"), ["narrative:3:3 unknown-figure"]),
    ("link to several figures", NARRATIVE,
     ("#经费.项目支出.决算数", "#决算数"), ["narrative:4:5 ambiguous-figure"]),
    ("link with two figures", NARRATIVE,
     ("[30人]", "[30人和95分]"), ["narrative:8:5 unclear-figure"]),
    ("link without a figure", NARRATIVE, ("[30人]", "[若干]"), ["narrative:8:5 unclear-figure"]),
    ("HTML", NARRATIVE, ("收入[", "<b>收入</b>["),
     ["narrative:3:1 markup-in-narrative", "narrative:3:6 markup-in-narrative"]),
    ("HTML comment", NARRATIVE, ("收入[", "<!-- 待补 -->收入["),
     ["narrative:3:1 markup-in-narrative"]),
    ("HTML over two lines", NARRATIVE, ("收入[", "<img\nsrc=x>收入["),
     ["narrative:3:1 markup-in-narrative"]),
    ("table in the narrative", NARRATIVE,
     ("收入[", "| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n收入["), ["narrative:3:1 table-in-narrative"]),
    ("table without outer lines", NARRATIVE,
     ("收入[", "甲 | 乙\n--- | ---\n1 | 2\n\n收入["), ["narrative:3:1 table-in-narrative"]),
    ("a vertical line is fine", NARRATIVE, ("收入[", "甲|乙\n收入["), NOTHING),
    ("picture", NARRATIVE, ("收入[", "![图](a.png)收入["), ["narrative:3:2 bad-link"]),
    ("a less-than sign is fine", NARRATIVE, ("年末在职", "增长<5，年末在职"), NOTHING),
    ("script link", NARRATIVE,
     ("https://example.org/", "javascript:alert(1)"), ["narrative:4:39 bad-link"]),
    ("script link in capitals", NARRATIVE,
     ("https://example.org/", "JavaScript:alert(1)"), ["narrative:4:39 bad-link"]),
    ("script link with a title", NARRATIVE,
     ("https://example.org/", 'javascript:alert(1) "网站"'), ["narrative:4:39 bad-link"]),
    ("script link after a space", NARRATIVE,
     ("https://example.org/", " javascript:alert(1)"), ["narrative:4:39 bad-link"]),
    ("script link as an entity", NARRATIVE,
     ("https://example.org/", "&#106;avascript:alert(1)"), ["narrative:4:39 bad-link"]),
    ("script link around brackets", NARRATIVE,
     ("[网站](https://example.org/)", "[[网]站](javascript:alert(1))"),
     ["narrative:4:39 bad-link"]),
    ("script link over two lines", NARRATIVE,
     ("[网站](https://example.org/)", "[网\n站](javascript:alert(1))"),
     ["narrative:4:39 bad-link"]),
    ("script link with a hidden tab", NARRATIVE,
     ("https://example.org/", "java&Tab;script:alert(1)"), ["narrative:4:39 bad-link"]),
    ("script link by reference", NARRATIVE,
     FILES[NARRATIVE] + "\n[网]: javascript:alert(1)\n", ["narrative:10:1 bad-link"]),
    ("link from the root", NARRATIVE, ("https://example.org/", "/index.html"),
     ["narrative:4:39 bad-link"]),
    ("link without a scheme", NARRATIVE, ("https://example.org/", "//example.org/"),
     ["narrative:4:39 bad-link"]),
    ("narrative in GBK", NARRATIVE, FILES[NARRATIVE].encode("gbk"), ["narrative:1:5 not-utf8"]),
    ("narrative with a no-break space", NARRATIVE, ("年末在职", "年末\u00a0在职"),
     ["narrative:8:3 unseen-character"]),
    ("front matter", NARRATIVE, "---\ntitle: 甲\n---\n" + FILES[NARRATIVE],
     ["narrative:1:1 markdown-slip"]),
    ("headings of the first level", NARRATIVE, FILES[NARRATIVE].replace("## ", "# "),
     ["narrative:1:1 markdown-slip", "narrative:6:1 markdown-slip"]),
    ("no space behind #", NARRATIVE, ("## 二、人员", "##二、人员"), ["narrative:6:1 markdown-slip"]),
    ("a space before #", NARRATIVE, ("## 二、人员", " ## 二、人员"), ["narrative:6:1 markdown-slip"]),
    ("full-width #", NARRATIVE, ("## 二、人员", "＃＃ 二、人员"), ["narrative:6:1 markdown-slip"]),
    ("underlined heading", NARRATIVE, ("## 二、人员", "二、人员\n---"), ["narrative:7:1 markdown-slip"]),
    ("bold left open", NARRATIVE, ("收入[", "**收入["), ["narrative:3:1 markdown-slip"]),
    ("bold beside a space", NARRATIVE, ("收入[", "** 收入**["), ["narrative:3:1 markdown-slip"]),
    ("bold left open in an item", NARRATIVE, ("收入[", "- **收入：多\n- 支出["),
     ["narrative:3:3 markdown-slip"]),
    ("bold over two items", NARRATIVE, ("收入[", "- **收入：多\n- 支出**["),
     ["narrative:3:3 markdown-slip", "narrative:4:5 markdown-slip"]),
    ("bold, masks and escaped stars are fine", NARRATIVE,
     ("收入[", "**收入**，**支\n出**，139****0000，2\\*\\*3["), NOTHING),
    ("indented as code", NARRATIVE, ("收入[", "\n    收入["), ["narrative:4:5 markdown-slip"]),
    ("indented below an item is fine", NARRATIVE, ("收入[", "- 收支\n\n    收入["), NOTHING),
    ("fence of code", NARRATIVE, ("收入[", "```\n甲\n```\n收入["), ["narrative:3:1 markdown-slip"]),
    ("footnote", NARRATIVE, ("收入[", "甲[^1]收入["), ["narrative:3:2 markdown-slip"]),
    ("link left open", NARRATIVE, ("(#收入合计.决算)", "(#收入合计.决算"),
     ["narrative:3:3 markdown-slip"]),
    ("link with a full-width bracket", NARRATIVE, ("(#收入合计.决算)", "(#收入合计.决算）"),
     ["narrative:3:3 markdown-slip"]),
    ("link in full-width brackets", NARRATIVE,
     ("[420.5万元](#收入合计.决算)", "【420.5万元】（#收入合计.决算）"), ["narrative:3:3 markdown-slip"]),
    ("link without its square bracket", NARRATIVE, ("[420.5万元](#收", "[420.5万元(#收"),
     ["narrative:3:11 markdown-slip"]),
    ("link to a page that is not there", NARRATIVE, ("https://example.org/", "foo.md"),
     ["narrative:4:39 unknown-name"]),
    ("link to a year that is not there", NARRATIVE, ("https://example.org/", "../2021/index.html"),
     ["narrative:4:39 unknown-name"]),
    ("link to a town that is not there", NARRATIVE, ("https://example.org/", "../../x/index.html"),
     ["narrative:4:39 unknown-name"]),
    ("link out of the site", NARRATIVE, ("https://example.org/", "../../../../x.html"),
     ["narrative:4:39 unknown-name"]),
    ("link to the county is fine", NARRATIVE, ("https://example.org/", "../../index.html"), NOTHING),
    ("link to a page of the site's is fine", NARRATIVE,
     ("https://example.org/", "../../../about/index.html"), NOTHING),
    ("link to itself is fine", NARRATIVE, ("https://example.org/", "index.html"), NOTHING),
    ("empty narrative", NARRATIVE, "\n", ["narrative:1:1 empty-value"]),
    ("address in angle brackets", NARRATIVE, ("收入[", "<https://a.example>收入["),
     ["narrative:3:1 bad-link"]),
    ("narrative of two megabytes", NARRATIVE, "字" * 700_000, ["narrative:1:1 file-too-large"]),
    # ---- sums ----------------------------------------------------------------------------
    ("digit of a part", REPORT, SLIP, ["report:28:11 sum-differs"]),
    ("digit of a total", REPORT, ("基本支出: 2000000", "基本支出: 2100000"),
     ["report:23:25 sum-differs", "report:23:53 sum-differs"]),
    ("digit of a total told in another table", REPORT, ("合计: 3800000", "合计: 3900000"),
     ["report:12:16 sum-differs", "report:23:53 sum-differs", "report:23:53 sum-differs",
      "report:23:53 told-twice"]),
    ("rounding of a total", REPORT,
     ("其他收入: 20.50万元", "其他收入: 20.51万元"), ["report:28:11 sum-rounded"]),
    ("a blank part leaves a gap", REPORT,
     ("其他收入: 20.50万元", "其他收入:"), ["report:28:11 sum-gap"]),
    ("a blank part that was zero is fine", REPORT,
     [("其他收入: 20.50万元", "其他收入:"), ("财政拨款收入: 400.00万元", "财政拨款收入: 420.50万元"),
      ("财政拨款占比: 95.12%", "财政拨款占比: 100%")], NOTHING),
    ("a blank part cannot be less than nothing", REPORT,
     [("其他收入: 20.50万元", "其他收入:"), ("财政拨款收入: 400.00万元", "财政拨款收入: 430.00万元"),
      ("财政拨款占比: 95.12%", "财政拨款占比: 102.26%")], ["report:28:11 sum-differs"]),
    ("a part in another unit is fine", REPORT,
     ("其他收入: 20.50万元", "其他收入: 205000元"), NOTHING),
    ("a part above its whole", REPORT,
     ("公用经费: {上年数: 50.00", "公用经费: {上年数: 250.00"),
     ["report:14:17 part-exceeds", "report:16:45 unexplained-jump", "report:17:38 ratio-differs"]),
    ("records that do not add up", REPORT,
     ("决算: 90.00, 完成率: 100%", "决算: 99.00, 完成率: 110%"), ["report:18:43 sum-differs"]),
    # ---- differences and ratios ----------------------------------------------------------
    ("digit of a difference", REPORT,
     ("较上年减少: 4.90万元", "较上年减少: 4.09万元"), ["report:35:12 difference-differs"]),
    ("sign of a difference", REPORT,
     ("较上年减少: 4.90万元", "较上年减少: -4.90万元"), ["report:35:12 difference-differs"]),
    ("unit of a difference", REPORT,
     ("较上年减少: 4.90万元", "较上年减少: 4.90元"), ["report:35:12 difference-differs"]),
    ("digit of a share", REPORT,
     ("财政拨款占比: 95.12%", "财政拨款占比: 95.21%"), ["report:31:13 ratio-differs"]),
    ("share without its per cent", REPORT,
     ("财政拨款占比: 95.12%", "财政拨款占比: 0.95"), ["report:31:13 ratio-differs"]),
    ("digit of a growth", REPORT, ("增长率: 10.66%", "增长率: 10.06%"),
     ["report:13:29 ratio-differs"]),
    ("digit of a fall", REPORT, ("下降率: 9.80%", "下降率: 8.90%"), ["report:36:10 ratio-differs"]),
    ("digit of a rate that a concept ties", REPORT,
     ("公用经费控制率: 90.20%", "公用经费控制率: 92.00%"), ["report:32:14 ratio-differs"]),
    ("digit of a rate in a list", REPORT,
     ("完成率: 110%", "完成率: 120%"), ["report:25:49 ratio-differs"]),
    ("digits cut off", REPORT, ("控制率: 105.13%", "控制率: 105.12%"),
     ["report:13:42 ratio-truncated"]),
    ("rounding of a rate", REPORT, ("控制率: 90.20%}", "控制率: 90.21%}"),
     ["report:17:51 ratio-rounded"]),
    ("fewer digits of a rate are fine", REPORT,
     ("控制率: 105.13%", "控制率: 105.1%"), NOTHING),
    ("rate over zero", REPORT, budget("0"),
     ["report:47:12 spent-over-budget", "report:48:12 ratio-undefined"]),
    ("rate of extremes", REPORT,
     [("全年预算: 421.00", "全年预算: 0.000001"), ("执行数: 420.50", "执行数: 999999999999999"),
      ("执行率: 99.88%", "执行率: 99.888888%")],
     ["report:47:12 spent-over-budget", "report:48:12 ratio-differs"]),
    ("one concept with two values", FORM,
     ("      其他收入:\n", "      其他收入: {概念: 财政拨款收入, 口径: 决算}\n"),
     ["report:30:11 told-twice"]),
    ("last year's figure with two values", FORM,
     ("      其他收入:\n", "      其他收入: {概念: 机关运行经费, 口径: 决算, 年度: 2021}\n"),
     ["report:33:15 told-twice"]),
    # ---- scores, grades, codes, links ----------------------------------------------------
    ("digit of a weight", REPORT, ("分值: 40", "分值: 45"),
     ["report:52:30 weights-differ", "report:60:14 weights-differ"]),
    ("digit of a group's weight", REPORT, ("效益指标: 40}", "效益指标: 30}"),
     ["report:52:30 weights-differ"]),
    ("digit of a score", REPORT, ("得分: 38", "得分: 37"), ["report:60:23 score-total"]),
    ("score above its weight", REPORT,
     [("得分: 30", "得分: 31"), ("得分: 18", "得分: 17")], ["report:55:36 score-exceeds-weight"]),
    ("grade of another band", REPORT, ("自评等级: 优", "自评等级: 良"), ["report:39:11 grade-band"]),
    ("another word for the grade is fine", REPORT, ("自评等级: 优", "自评等级: 优秀"), NOTHING),
    ("the lower end is in the band", PROFILE,
     [("下限: 90, 上限: 100", "下限: 95, 上限: 100"), ("下限: 80, 上限: 90", "下限: 80, 上限: 95")],
     NOTHING),
    ("below the lower end is the next band", PROFILE,
     [("下限: 90, 上限: 100", "下限: 95.5, 上限: 100"), ("下限: 80, 上限: 90", "下限: 80, 上限: 95.5")],
     ["report:39:11 grade-band"]),
    ("digit of the credit code", REPORT, ("0198", "0189"), ["report:7:13 credit-code"]),
    ("credit code of seventeen", REPORT, ("0198", "198"), ["report:7:13 credit-code"]),
    ("credit code with an O", REPORT, ("0198", "O198"), ["report:7:13 credit-code"]),
    ("division code of another county", COUNTY,
     ('代码: "999900"\n', '代码: "888800"\n'),
     ["county:7:9 division-code", "report:7:13 credit-code", "mkdocs.yml:5:12 site-code"]),
    ("credit code not of the list", COUNTY, ("0198", "0273"), ["report:7:13 credit-code"]),
    ("credit code of the list that is none", COUNTY, ("0198", "0199"),
     ["county:8:15 county-credit-code"]),
    ("no credit code is fine", REPORT, ('"119999000000000198"', ""), NOTHING),
    ("digit of a linked figure", NARRATIVE,
     ("[420.5万元]", "[420.6万元]"), ["narrative:3:3 linked-figure"]),
    ("unit of a linked figure", NARRATIVE,
     ("[4205000元]", "[4205000万元]"), ["narrative:3:25 linked-figure"]),
    ("linked figure with fewer digits is fine", NARRATIVE, ("[420.5万元]", "[421万元]"), NOTHING),
    ("unit behind the link is fine", NARRATIVE, ("[30人](#基本情况.在职人数)",
     "[30](#基本情况.在职人数)人"), NOTHING),
    ("digit before a unit behind the link", NARRATIVE, ("[30人](#基本情况.在职人数)",
     "[31](#基本情况.在职人数)人"), ["narrative:8:5 linked-figure"]),
    ("linked figure of a blank cell", NARRATIVE,
     ("#基本情况.在职人数", "#绩效.1.原因"), ["narrative:8:5 linked-figure"]),
    # ---- settings ----------------------------------------------------------------------
    ("settings filled in are fine", "mkdocs.yml", FILES["mkdocs.yml"], NOTHING),
    ("identity left blank", "mkdocs.yml", FILES["mkdocs.yml"].replace("主办单位: 示例县人民政府", "主办单位:"),
     ["mkdocs.yml:3:5 identity-missing"]),
    ("identity left out", "mkdocs.yml", FILES["mkdocs.yml"].replace("    网站域名: www.example.gov.cn\n", ""),
     ["mkdocs.yml:9:5 identity-missing"]),
    ("site code too short", "mkdocs.yml", FILES["mkdocs.yml"].replace("9999000001", "999900001"),
     ["mkdocs.yml:5:12 bad-setting"]),
    ("site code of another county", "mkdocs.yml", FILES["mkdocs.yml"].replace("9999000001", "9998000001"),
     ["mkdocs.yml:5:12 site-code"]),
    ("site code of the prefecture is fine", "mkdocs.yml", FILES["mkdocs.yml"].replace("9999000001", "9999000002"),
     NOTHING),
    ("no mkdocs.yml", "mkdocs.yml", None, ["mkdocs.yml:1:1 file-missing"]),
    ("no name of the site", "mkdocs.yml", ("site_name: 示例公开\n", ""),
     ["mkdocs.yml:1:1 missing-key"]),
    ("blank name of the site", "mkdocs.yml", ("site_name: 示例公开\n", "site_name:\n"),
     ["mkdocs.yml:12:11 empty-value"]),
    ("misspelled menu", "mkdocs.yml", ("nav:", "nva:"), ["mkdocs.yml:17:1 unknown-key"]),
    ("menu of a page that the site has not", "mkdocs.yml", ("years/index.md", "year/index.md"),
     ["mkdocs.yml:19:9 unknown-name"]),
    ("misspelled theme", "mkdocs.yml", ("name: material", "name: materail"),
     ["mkdocs.yml:14:9 not-a-choice"]),
    ("language that the theme has not", "mkdocs.yml", ("language: zh", "language: zzz"),
     ["mkdocs.yml:15:13 not-a-choice"]),
    ("folder of the theme that is not there", "mkdocs.yml",
     ("  language: zh", "  custom_dir: themes/sit"), ["mkdocs.yml:15:15 file-missing"]),
    ("icon that is not there", "mkdocs.yml",
     ("  language: zh", "  icon: {logo: material/scales}"), ["mkdocs.yml:15:16 file-missing"]),
    ("pages as folders", "mkdocs.yml", ("use_directory_urls: false", "use_directory_urls: true"),
     ["mkdocs.yml:16:21 not-a-choice"]),
    ("misspelled table of settings", "mkdocs.yml", ("  site:\n", "  catalog: {主题分类: 财政}\n  site:\n"),
     ["mkdocs.yml:8:3 unknown-key"]),
    ("home page in GBK", "content/index.md", "# 项目".encode("gbk"),
     ["content/index.md:1:3 not-utf8"]),
    ("a folder for a page", "content/about.md/a", "", ["content/about.md:1:1 not-a-file"]),
    ("county with a name of the site's", "data/counties/years.yaml", FILES[COUNTY],
     ["data/counties/years.yaml:1:1 reserved-name"]),
    # ---- acknowledgements ----------------------------------------------------------------
    ("acknowledged", REPORT, explaining(SLIP, explained("sum-differs", SLIP_AT)),
     ["report:28:11 sum-differs acknowledged"]),
    ("acknowledgement expired", REPORT,
     explaining(SLIP, explained("sum-differs", SLIP_AT, until="2026-05-31")),
     ["report:28:11 sum-differs", "report:62:5 acknowledgement-expired"]),
    ("acknowledgement on its last day", REPORT,
     explaining(SLIP, explained("sum-differs", SLIP_AT, until="2026-06-01")),
     ["report:28:11 sum-differs acknowledged"]),
    ("acknowledgement of nothing", REPORT, FILES[REPORT] + explained("sum-differs", SLIP_AT),
     ["report:62:5 acknowledgement-unmatched"]),
    ("acknowledgement of another rule", REPORT,
     explaining(SLIP, explained("told-twice", SLIP_AT)),
     ["report:28:11 sum-differs", "report:62:5 acknowledgement-unmatched"]),
    ("errors of form cannot be acknowledged", REPORT,
     explaining(budget("４２１"), explained("not-a-number", "资金.年度资金总额.全年预算")),
     ["report:46:13 not-a-number", "report:62:5 acknowledgement-unmatched"]),
    ("acknowledgement of a rule that there is not", REPORT,
     FILES[REPORT] + explained("no-resul", SLIP_AT), ["report:62:9 unknown-name"]),
    ("acknowledgement that ends before it begins", REPORT,
     explaining(SLIP, explained("sum-differs", SLIP_AT, date="2027-01-01")),
     ["report:28:11 sum-differs acknowledged", "report:66:8 ends-before-it-begins"]),
    ("acknowledgement without an end", REPORT,
     explaining(SLIP, explained("sum-differs", SLIP_AT, until="")),
     ["report:28:11 sum-differs", "report:66:7 empty-value"]),
    ("acknowledgement with a bad date", REPORT,
     explaining(SLIP, explained("sum-differs", SLIP_AT, date="2026年")),
     ["report:28:11 sum-differs", "report:65:9 not-a-date"]),
    ("words for the acknowledgements", REPORT,
     FILES[REPORT] + "认可: 无\n", ["report:61:5 not-a-table"]),
]  # fmt: skip


def test_the_project_as_it_stands_is_clean(tmp_path):
    """Nothing is found in the unchanged project."""
    assert findings(project(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [row[1:] for row in ROWS],
    ids=[row[0].replace(" ", "-") for row in ROWS],
)
def test_each_mistake_is_found_at_its_place(tmp_path, file, change, expected):
    """Exactly the named findings at the named places, and no exception."""
    assert findings(project(tmp_path, {file: change})) == expected


def test_every_rule_of_form_has_a_row():
    """Rules of reading and acknowledging are tested here; those of checking on their pages too."""
    found = {said.split()[1] for row in ROWS for said in row[3]}
    sealed = {
        "ledger-broken",
        "sealed-missing",
    }  # test_ledger.py, test_editions.py: they need a ledger
    assert {rule.id for rule in (*READING_RULES, *ACKNOWLEDGEMENT_RULES)} - found == sealed
    assert found <= {rule.id for rule in ALL_RULES}
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("score", "grade"), [
    ("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("0", "差"), ("100.01", None),
])  # fmt: skip
def test_a_score_has_the_grade_of_its_band(tmp_path, score, grade):
    """The lower end is in the band, the upper one only where it is the full score."""
    profile = read_library(project(tmp_path)).profiles["shili-2022"]
    band = profile.grade_of(Decimal(score))
    assert (band and band.name) == grade


def test_a_linked_figure_can_be_acknowledged(tmp_path):
    """Its address is 正文, the target of the link and the words, as the documentation says."""
    known = explained("linked-figure", "正文.收入合计.决算=420.6万元")
    changes = {NARRATIVE: ("[420.5万元]", "[420.6万元]"), REPORT: FILES[REPORT] + known}
    expected = ["narrative:3:3 linked-figure acknowledged"]
    assert findings(project(tmp_path, changes)) == expected


@pytest.mark.parametrize(
    ("file", "edit", "guess"),
    [
        (REPORT, ("数据:", "数椐:"), "数据"),
        (REPORT, ("来源:", "来原:"), "来源"),
        (REPORT, ("其他情况:", "其它情况:"), "其他情况"),
        (REPORT, ("机关: {", "机构: {"), "机关"),
        (REPORT, ("执行率:", "执行律:"), "执行率"),
        (REPORT, ("措施:", "措失:"), "措施"),
        (REPORT, ("表单: shili-2022", "表单: shili-2023"), "shili-2022"),
        (FORM, ("预算数: 年初预算", "预算数: 年初予算"), "年初预算"),
        (FORM, ("{概念: 基本支出, 组", "{概念: 基本支处, 组"), "基本支出"),
        (FORM, ("合计: [机关, 站所]", "合计: [机关, 站房]"), "站所"),
        (COUNTY, ("shilizhen:", "shilizheng:"), "shilizheng"),
        (NARRATIVE, ("#收入合计.决算", "#收入总计.决算"), "收入合计"),
    ],
)
def test_a_misspelled_name_comes_with_a_guess(tmp_path, file, edit, guess):
    """The message asks whether the nearest known name was meant, in both languages."""
    library = read_library(project(tmp_path, {file: edit}))
    finding = next(f for f in library.findings if f.words.get("guess_zh"))
    assert f"是不是“{guess}”？" in finding.message("zh")
    assert f"did you mean “{guess}”?" in finding.message("en")


def test_a_full_width_colon_in_a_line_of_cells_is_named(tmp_path):
    """YAML takes 预算数：400.00 for a name; the message says what is wrong with it."""
    root = project(tmp_path, {REPORT: ("预算数: 400.00", "预算数：400.00")})
    (finding,) = [f for f in read_library(root).findings if f.rule.id == "unknown-key"]
    assert "“预算数”后面的全角冒号“：”应改成半角冒号加空格“: ”" in finding.message("zh")
    assert "full-width colon" in finding.message("en")


LEAF = re.compile(
    r"(?<=: )[^\s,{}\[\]][^,{}\[\]\n]*|(?<=[\[-] )[^\s{}\[\]:][^,{}\[\]:\n]*(?=[,\]\n])"
)
SUBSTITUTES = {"list": "[甲]", "table": "{甲: 乙}", "words": "甲乙", "blank": ""}


@pytest.mark.parametrize("substitute", SUBSTITUTES)
@pytest.mark.parametrize("file", [COUNTY, CONCEPTS, PROFILE, FORM, REPORT])
def test_nothing_in_place_of_a_value_is_ever_worse_than_a_finding(tmp_path, file, substitute):
    """Whatever stands in place of any one value, checking ends with findings, not a traceback."""
    text = FILES[file]
    raised = []
    project(tmp_path)
    for leaf in LEAF.finditer(text):
        changed = text[: leaf.start()] + SUBSTITUTES[substitute] + text[leaf.end() :]
        (tmp_path / file).write_text(changed, "utf-8")
        try:
            findings(tmp_path)
        except Exception as error:  # any at all is what must not happen
            line = text.count("\n", 0, leaf.start()) + 1
            raised.append(f"{line} “{leaf[0]}”: {error!r}")
    assert raised == []


@pytest.mark.parametrize("file", [COUNTY, CONCEPTS, PROFILE, FORM])
def test_a_table_or_list_in_place_of_words_is_found_in_a_decree(tmp_path, file):
    """No value of the county, concepts, profile or form can be a list or table unnoticed."""
    text = FILES[file]
    unnoticed = []
    project(tmp_path)
    for leaf in LEAF.finditer(text):
        changed = text[: leaf.start()] + "{甲: 乙}" + text[leaf.end() :]
        (tmp_path / file).write_text(changed, "utf-8")
        try:
            found = findings(tmp_path)
        except Exception:  # the test above says so
            continue
        if not found:
            line = text.count("\n", 0, leaf.start()) + 1
            unnoticed.append(f"{line} “{leaf[0]}”")
    assert unnoticed == []


@pytest.mark.parametrize("record", ["{}", "无", "[]", "{得分: 1}", ""])
def test_a_broken_indicator_is_never_worse_than_a_finding(tmp_path, record):
    """An indicator without its columns is found, and the scores of the others stay theirs."""
    line = "      - {一级指标: 产出指标, 三级指标: 维修道路, 年度指标值: ≥3公里,\n"
    changed = FILES[REPORT].replace(line, f"      - {record}\n{line}")
    found = findings(project(tmp_path, {REPORT: changed}))
    assert [f for f in found if "score-exceeds" in f or "weights" in f] == []
    assert found or record == ""


# ---- any input at all ----------------------------------------------------------------------

ODD = st.sampled_from(
    "\t\u00a0\u3000\u200b\ufeff\u0085\u2028\x00\x01\r\n：:，,[]{}&*!|>'\"#%?-–＋０9甲 ~@`"
)
YAML_LIKE = st.text(alphabet="ab:- \n[]{},&*!|>'\"#%?：\t甲0", max_size=60).map(str.encode)


def outside(text: str, line: int, column: int) -> bool:
    """Is there no such place in `text`? One past the end of a line and of the file is a place."""
    lines = [*text.split("\n"), ""]
    return not (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(st.binary(max_size=60) | YAML_LIKE | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_place(raw):
    """parse_yaml never raises; what it does not read has a finding, at a place in the file."""
    found: list[Finding] = []
    table = parse_yaml(raw, "any", found)
    assert table is not None or found
    text = raw.decode("utf-8", "replace")
    assert [f"{f.at} {f.rule.id}" for f in found if outside(text, *f.at[1:])] == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000), st.integers(0, 3), st.lists(ODD))
def test_a_damaged_file_is_never_worse_than_findings(any_root, file, start, cut, put):
    """A few characters lost or put in anywhere: findings with places in the file, no traceback."""
    text = FILES[file]
    start %= len(text)
    damaged = text[:start] + "".join(put) + text[start + cut :]
    (any_root / file).write_bytes(damaged.encode())
    run_ = check_library(read_library(any_root))
    (any_root / file).write_text(text, "utf-8")
    strange = [f for f in run_.findings if f.at.file == file and outside(damaged, *f.at[1:])]
    assert [said(f) for f in strange] == []
    assert write_text(run_.findings, any_root)
    assert json.loads(write_json(run_.findings, "en"))


@pytest.fixture(scope="module")
def any_root(tmp_path_factory):
    """The project, for a property to damage and mend."""
    return project(tmp_path_factory.mktemp("any"))


# ---- the command ---------------------------------------------------------------------------


def run(root, *arguments):
    """`site-builder check` with the project at `root`."""
    return main(["--root", str(root), "check", *arguments])


def test_check_of_a_clean_project_ends_with_0(tmp_path, capsys):
    """Nothing found: exit code 0 and one line that says so."""
    assert run(project(tmp_path)) == 0
    assert capsys.readouterr().out == "没有问题\n"


def test_check_with_findings_ends_with_1(tmp_path, capsys):
    """A finding: exit code 1, its place first on the line so that editors can jump to it."""
    assert run(project(tmp_path, {REPORT: budget("４２１")})) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{REPORT}:46:13 错误 not-a-number “４２１”不是数字：")
    assert out.endswith("1 处问题，1 个文件\n")


def test_acknowledged_findings_end_with_0_and_are_counted(tmp_path, capsys):
    """What is explained is not listed, unless --all asks for it, and does not fail the check."""
    changes = explaining(SLIP, explained("sum-differs", SLIP_AT, until="2999-12-31"))
    root = project(tmp_path, {REPORT: changes})
    assert run(root) == 0
    assert capsys.readouterr().out.startswith("没有问题")
    assert run(root, "--all") == 0
    out = capsys.readouterr().out
    assert "sum-differs" in out
    assert "已认可（至 2999-12-31）：原件如此。" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--root", "nowhere", "check"],
        ["--root", ".", "check", "--format", "xml"],
        ["--root", ".", "chekc"],
        ["--root", "."],
    ],
)
def test_wrong_use_ends_with_2(tmp_path, monkeypatch, capsys, arguments):
    """A missing root, a format or a command that does not exist: exit code 2."""
    monkeypatch.chdir(project(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("path", ["data/reports/shili/shilizhen/2019.yaml", "/no/such.yaml"])
def test_a_file_that_is_not_there_ends_with_2(tmp_path, capsys, path):
    """A path that does not exist is wrong use, not a finding."""
    assert run(project(tmp_path), path) == 2
    assert path in capsys.readouterr().err


def test_a_file_outside_the_project_ends_with_2(tmp_path, capsys):
    """What cannot be checked is wrong use; nobody is told that it has no problems."""
    root = project(tmp_path / "project")
    (tmp_path / "other.yaml").write_text("甲: 1\n", "utf-8")
    assert run(root, str(tmp_path / "other.yaml")) == 2
    assert capsys.readouterr().out == ""


def test_a_form_is_checked_alone(tmp_path, capsys):
    """Forms are read whatever is asked for; a form as argument gives its own findings."""
    assert run(project(tmp_path / "clean"), FORM) == 0
    assert run(project(tmp_path / "broken", {FORM: ("正文: 是", "正文: 对")}), FORM) == 1
    assert f"\n{FORM}:62:9 错误 not-a-choice" in f"\n{capsys.readouterr().out}"


def test_exit_codes_of_the_program_itself(tmp_path):
    """`python -m site_builder` hands the exit code to the shell and writes UTF-8."""
    clean = project(tmp_path / "clean")
    broken = project(tmp_path / "broken", {REPORT: budget("四百")})
    codes = []
    for root in (clean, broken, tmp_path / "nowhere"):
        command = [sys.executable, "-m", "site_builder", "--root", str(root), "check"]
        done = subprocess.run(command, capture_output=True, check=False)
        codes.append(done.returncode)
        if root == broken:
            assert f"{REPORT}:46:13 错误 not-a-number “四百”不是数字" in done.stdout.decode()
        assert b"Traceback" not in done.stderr
    assert codes == [0, 1, 2]


def test_json_holds_every_part_of_a_finding(tmp_path, capsys):
    """--format json is one object with a list; each finding has the same keys in the same order."""
    edit = ("其他收入: 20.50万元", "其他收入: 37.19万元")
    assert run(project(tmp_path, {REPORT: edit}), "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "findings": [
            {
                "rule": "sum-differs",
                "level": "error",
                "county": "shili",
                "town": "shilizhen",
                "year": 2022,
                "file": REPORT,
                "line": 28,
                "column": 11,
                "address": "基本情况.收入合计",
                "printed": "420.50万元",
                "recomputed": "437.19",
                "difference": "-16.69",
                "formula": "400.00万元 + 37.19万元 = 437.19万元",
                "message": "“收入合计”写的是420.50万元，分项之和为437.19万元，"
                "相差16.69万元（400.00万元 + 37.19万元 = 437.19万元）",
                "remedy": "请对照原件核对合计和每个分项；原件如此的，保留原数并在“认可”中说明",
                "others": [
                    {"file": REPORT, "line": 29, "column": 13},
                    {"file": REPORT, "line": 30, "column": 11},
                ],
                "acknowledged": None,
            }
        ]
    }


def test_json_of_a_clean_project_is_an_empty_list(tmp_path, capsys):
    """Nothing found is still JSON."""
    assert run(project(tmp_path), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"findings": []}


def test_json_of_a_finding_of_no_report_has_no_town(tmp_path, capsys):
    """A mistake in a form belongs to no town and year."""
    root = project(tmp_path, {FORM: ("正文: 是", "正文: 对")})
    assert run(root, "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["county"], finding["town"], finding["year"]) == (None, None, None)
    assert finding["message"] == "“对”不在可选值内"


def test_english(tmp_path, capsys):
    """--lang en says all of it in English; labels and data stay as written."""
    assert run(project(tmp_path, {REPORT: budget("四百")}), "--lang", "en") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{REPORT}:46:13 error not-a-number “四百” is not a number: the number should be in digits",
        "46 │       全年预算: 四百",
        "   │                 ^^^^",
        "  → write 400",
        "",
        "1 finding in 1 file",
    ]


@pytest.mark.parametrize(("file", "change", "expected"), [
    (REPORT, budget("四百 # 待核"), ["46 │       全年预算: 四百 # 待核", "   │                 ^^^^"]),
    (REPORT, SLIP, ["28 │     收入合计: 420.50万元", "   │               ^^^^^^^^^^"]),
    (REPORT, ("机关: {", "机构: {"),
     ["21 │     机构: {2021年: {基本支出: 1500000, 项目支出: 300000, 合计: 1800000}}",
      "   │     ^^^^"]),
    (REPORT, ("效益指标: 40}", "效益指标: 30}"),
     ["52 │     一级指标分值: {产出指标: 50, 效益指标: 30}",
      "   │                                            ^^"]),
    (NARRATIVE, ("[30人]", "[31人]"),
     ["8 │ 年末在职[31人](#基本情况.在职人数)，自评[95分](#绩效.总分.得分)。",
      "  │         ^^^^^^^^^^^^^^^^^^^^^^^^^^"]),
    (REPORT, ("单位: 示例县示例镇人民政府", "单位:"),
     ["3 │   单位:", "  │        ^"]),
])  # fmt: skip
def test_carets_stand_under_the_words_meant(tmp_path, capsys, file, change, expected):
    """A Chinese character is two columns wide on a terminal; the carets start and end with it."""
    assert run(project(tmp_path, {file: change})) == 1
    lines = capsys.readouterr().out.splitlines()
    place = next(n for n, line in enumerate(lines) if "│" in line)
    assert lines[place : place + 2] == expected


def test_width_counts_terminal_columns():
    """Two for Chinese and full-width characters, none for a combining mark, one for the rest."""
    assert [width(t) for t in ("a1", "中文", "４２", "（）", "e\u0301", "")] == [2, 4, 4, 4, 1, 0]


@pytest.mark.parametrize("path", [REPORT, NARRATIVE])
def test_one_file_is_checked_alone(tmp_path, capsys, path):
    """A report or its narrative as argument limits the check to that report."""
    other = f"{REPORTS}/2019.yaml"  # years apart: nothing is compared with it
    dated = NEXT_YEAR.replace("年度: 2021", "年度: 2019").replace("2022年度", "2019年度")
    broken = dated.replace(BUDGET, "全年预算: 四百")
    root = project(tmp_path, {other: broken, f"{CONTENT}/2019.md": FILES[NARRATIVE]})
    assert run(root) == 1
    assert capsys.readouterr().out.startswith(f"{other}:46:13")
    assert run(root, path) == 0
    assert run(root, str(root / path)) == 0
    assert run(root, other) == 1


def test_one_file_is_found_from_the_folder_that_one_stands_in(tmp_path, capsys, monkeypatch):
    """A path that exists from here means that file, wherever the root is."""
    root = project(tmp_path, {REPORT: budget("四百")})
    monkeypatch.chdir(root / REPORTS)
    assert run(root, "2022.yaml") == 1
    assert capsys.readouterr().out.startswith(f"{REPORT}:46:13")


def test_findings_come_by_file_and_line(tmp_path):
    """Whatever the order of reading, findings are told by file, line and column."""
    changes = {
        REPORT: [budget("四百"), ("年度: 2022", "年度: 2021"), SLIP],
        PROFILE: ("满分: 100", "满分: 100\n必报: [收入合计.决选]"),
        NARRATIVE: ("[30人]", "[31人]"),
    }
    run_ = check_library(read_library(project(tmp_path, changes)))
    places = [f.at for f in run_.findings]
    assert places == sorted(places)
    assert len(places) == 5
