"""A tiny complete project as text: write it with one thing changed, and see what is found."""

from __future__ import annotations

import datetime
from pathlib import Path

from site_builder.check import check_library
from site_builder.finding import Finding
from site_builder.library import read_library

COUNTY = "data/counties/shili.yaml"
CONCEPTS = "data/concepts.yaml"
PROFILE = "data/profiles/shili-2022.yaml"
FORM = "data/forms/shili-2022.yaml"
REPORT = "data/reports/shili/shilizhen/2022.yaml"
NARRATIVE = "content/reports/shili/shilizhen/2022.md"
SHORT = {
    COUNTY: "county",
    CONCEPTS: "concepts",
    PROFILE: "profile",
    FORM: "form",
    REPORT: "report",
    NARRATIVE: "narrative",
}
# Every item of identity filled in, for a county that is nobody's; then what the shell needs.
MKDOCS = """\
extra:
  publisher:
    主办单位: 示例县人民政府
    联系方式: 0000-0000000
    网站标识码: 9999000001
    ICP备案号: 示ICP备00000000号
    公安备案号: 示公网安备 00000000000000号
  site:
    网站名称: 示例县人民政府
    网站域名: www.example.gov.cn
    公开地址: https://www.example.gov.cn/
"""
SHELL = """\
theme:
  name: material
  language: zh
use_directory_urls: false
nav:
  - 首页: index.md
  - 年度: years/index.md
"""
TODAY = datetime.date(2026, 6, 1)

# Nothing is found in these files. Their lines are counted by tests: change them with care.
FILES = {
    COUNTY: """\
县: 示例县
代码: "999900"
省: 示例省
镇:
  shilizhen:
    名称: 示例镇
    代码: "999900100"
    统一社会信用代码: "119999000000000198"
""",
    CONCEPTS: """\
收入合计: {单位: 万元, 定义: 全年取得的全部收入。}
财政拨款收入: {单位: 万元, 定义: 财政拨付的资金。}
支出合计: {单位: 万元, 组成: [基本支出, 项目支出], 定义: 全年的全部支出。}
基本支出: {单位: 万元, 定义: 人员和公用支出。}
公用经费: {单位: 万元, 定义: 日常公用支出。}
项目支出: {单位: 万元, 定义: 专项任务的支出。}
公用经费控制率:
  单位: "%"
  比率: [公用经费.决算, 公用经费.年初预算]
  定义: 公用经费决算与预算之比。
机关运行经费: {单位: 万元, 定义: 保障运行的支出。}
年度资金总额: {单位: 万元, 定义: 全年资金。}
在职人数: {单位: 人, 定义: 年末在职人员。}
自评得分: {单位: 分, 定义: 自评总分。}
自评等级: {定义: 自评得分所在的等级。}
""",
    PROFILE: """\
名称: 示例县2022年度绩效自评
依据: [示财绩〔2023〕1号]
满分: 100
等级:
  - {名称: 优, 又名: [优秀], 下限: 90, 上限: 100}
  - {名称: 良, 下限: 80, 上限: 90}
  - {名称: 差, 下限: 0, 上限: 80}
""",
    FORM: """\
表单: 示例县2022年度绩效自评表
依据: 示财绩〔2023〕1号
表:
  经费:
    附件: 附件1
    表名: 部门经费
    种类: 网格
    单位: 万元
    行头: 项目
    列:
      上年数: 上年决算
      预算数: 年初预算
      决算数: {口径: 决算}
      差额: {差: [决算数, 预算数]}
      增长率: {单位: "%", 增长率: [决算数, 上年数]}
      控制率: {单位: "%", 比率: [决算数, 预算数]}
    行:
      支 出: {概念: 支出合计, 合计: [基本支出, 项目支出]}
      基本支出: {概念: 基本支出, 组: 按性质分, 其中: [其中：公用经费]}
      其中：公用经费: {概念: 公用经费, 组: 按性质分, 级: 2}
      项目支出: {概念: 项目支出, 组: 按性质分}
  科目:
    种类: 网格
    单位: 元
    列:
      2021年:
        口径: 上年决算
        列:
          基本支出: {概念: 无}
          项目支出: {概念: 无}
          合计: {合计: [基本支出, 项目支出]}
    行:
      机关:
      站所:
      合 计: {概念: 支出合计, 合计: [机关, 站所]}
  项目:
    种类: 清单
    单位: 万元
    列:
      项目名称: 文字
      预算: 年初预算
      决算: {口径: 决算, 合计等于: 项目支出}
      完成率: {单位: "%", 比率: [决算, 预算]}
  基本情况:
    种类: 填报
    项:
      收入合计: {概念: 收入合计, 口径: 决算, 合计: [财政拨款收入, 其他收入]}
      财政拨款收入: {概念: 财政拨款收入, 口径: 决算}
      其他收入:
      财政拨款占比: {比率: [财政拨款收入, 收入合计]}
      公用经费控制率: {概念: 公用经费控制率, 口径: 决算}
      上年机关运行经费: {概念: 机关运行经费, 口径: 上年决算}
      机关运行经费: {概念: 机关运行经费, 口径: 决算}
      较上年减少: {差: [上年机关运行经费, 机关运行经费]}
      下降率: {下降率: [机关运行经费, 上年机关运行经费]}
      在职人数: {概念: 在职人数, 口径: 年末}
      走访群众:
      自评等级: {概念: 自评等级, 口径: 自评, 类型: 文字}
      措施: 文字
  其他情况:
    种类: 填报
    正文: 是
    项:
      村数:
    可增项: 是
  资金:
    种类: 网格
    单位: 万元
    列:
      全年预算: 全年预算
      执行数: 决算
      执行率: {单位: "%", 比率: [执行数, 全年预算]}
      分值: {类型: 分值, 概念: 无}
      得分: {类型: 得分, 概念: 无}
    行:
      年度资金总额: 年度资金总额
  绩效:
    种类: 指标
    层级: [一级指标, 三级指标]
    列:
      年度指标值: 指标值
      实际完成值: 指标值
      分值: 分值
      得分: 得分
      原因: 文字
    另计: [资金]
    一级指标分值: 是
    总分: 是
勾稽:
  - {合计: 经费.支出.上年数, 组成: [科目.合计.2021年.合计]}
""",
    REPORT: """\
报告:
  名称: 示例县示例镇2022年度绩效自评报告
  单位: 示例县示例镇人民政府
  年度: 2022
  表单: shili-2022
  口径: shili-2022
  统一社会信用代码: "119999000000000198"
  报告日期: 2023-05-08
  来源: 示例镇公开的报告
数据:
  经费:
    支 出: {上年数: 380.00, 预算数: 400.00, 决算数: 420.50,
            差额: 20.50, 增长率: 10.66%, 控制率: 105.13%}
    基本支出: {上年数: 200.00, 预算数: 210.00, 决算数: 220.50,
               差额: 10.50, 增长率: 10.25%, 控制率: 105.00%}
    其中：公用经费: {上年数: 50.00, 预算数: 50.00, 决算数: 45.10,
                     差额: -4.90, 增长率: -9.80%, 控制率: 90.20%}
    项目支出: {上年数: 180.00, 预算数: 190.00, 决算数: 200.00,
               差额: 10.00, 增长率: 11.11%, 控制率: 105.26%}
  科目:
    机关: {2021年: {基本支出: 1500000, 项目支出: 300000, 合计: 1800000}}
    站所: {2021年: {基本支出: 500000, 项目支出: 1500000, 合计: 2000000}}
    合 计: {2021年: {基本支出: 2000000, 项目支出: 1800000, 合计: 3800000}}
  项目:
    - {项目名称: 道路维修, 预算: 100.00, 决算: 110.00, 完成率: 110%}
    - {项目名称: 水渠清淤, 预算: 90.00, 决算: 90.00, 完成率: 100%}
  基本情况:
    收入合计: 420.50万元
    财政拨款收入: 400.00万元
    其他收入: 20.50万元
    财政拨款占比: 95.12%
    公用经费控制率: 90.20%
    上年机关运行经费: 50.00万元
    机关运行经费: 45.10万元
    较上年减少: 4.90万元
    下降率: 9.80%
    在职人数: 30人
    走访群众: 300多人
    自评等级: 优
    措施: 严格控制开支。
  其他情况:
    村数: 12个
    维修道路: 3.2公里
  资金:
    年度资金总额:
      全年预算: 421.00
      执行数: 420.50
      执行率: 99.88%
      分值: 10
      得分: 9
  绩效:
    一级指标分值: {产出指标: 50, 效益指标: 40}
    指标:
      - {一级指标: 产出指标, 三级指标: 维修道路, 年度指标值: ≥3公里,
         实际完成值: 3.2公里, 分值: 30, 得分: 30, 原因: }
      - {一级指标: 产出指标, 三级指标: 清淤水渠, 年度指标值: 2公里,
         实际完成值: 1.8公里, 分值: 20, 得分: 18, 原因: 汛期停工}
      - {一级指标: 效益指标, 三级指标: 受益群众, 年度指标值: 较多,
         实际完成值: 1200余人, 分值: 40, 得分: 38, 原因: 未全覆盖}
    总分: {分值: 100, 得分: 95}
""",
    "mkdocs.yml": MKDOCS + "site_name: 示例公开\n" + SHELL,
    NARRATIVE: """\
## 一、收支

收入[420.5万元](#收入合计.决算)，支出[4205000元](#支出合计.决算)。
项目支出[200万元](#经费.项目支出.决算数)，见[附件1](#经费)和[网站](https://example.org/)。

## 二、人员

年末在职[30人](#基本情况.在职人数)，自评[95分](#绩效.总分.得分)。
""",
}

Edit = tuple[str, str]
Change = Edit | list[Edit] | str | bytes | None


def project(root: Path, changes: dict[str, Change] | None = None) -> Path:
    """Write the project to `root` with `changes` and return `root`.

    A change is an edit (old text, new text) or a list of them, the whole content as text or
    bytes, or None for a file that is not there. An old text must stand there exactly once.
    """
    contents: dict[str, str | bytes | None] = dict(FILES)
    for file, change in (changes or {}).items():
        contents[file] = _changed(file, change)
    for file, content in contents.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def _changed(file: str, change: Change) -> str | bytes | None:
    if change is None or isinstance(change, str | bytes):
        return change
    text = FILES[file]
    for old, new in [change] if isinstance(change, tuple) else change:
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {file}"
        text = text.replace(old, new)
    return text


def findings(root: Path, today: datetime.date = TODAY) -> list[str]:
    """What is found, in order, each as `report:12:7 rule`; explained ones say so."""
    return [said(finding) for finding in check_library(read_library(root), today).findings]


def said(finding: Finding) -> str:
    """One finding as `report:12:7 rule`; other files than the project's own by their path."""
    file, line, column = finding.at
    explained = " acknowledged" if finding.acknowledged else ""
    return f"{SHORT.get(file, file)}:{line}:{column} {finding.rule.id}{explained}"
