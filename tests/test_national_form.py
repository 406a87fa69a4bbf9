"""The national form of a project's self-evaluation (data/forms/xiangmu-2020.yaml), filled in by 示例镇."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import CONCEPTS, FORM, NARRATIVE, PROFILE, REPORT, findings, project

ROOT = Path(__file__).parent.parent
HEAD = """\
报告:
  名称: 示例县示例镇人民政府2022年度项目支出绩效自评表
  单位: 示例县示例镇人民政府
  年度: 2022
  表单: shili-2022
  口径: shili-2022
  来源: 示例（非真实报告）
数据:
"""
TABLES = """\
  项目概况:
    村道养护: {主管部门: 示例县交通运输局, 实施单位: 示例镇人民政府}
  项目资金:
    村道养护:
      年度资金总额: {年初预算数: 60, 全年预算数: 64, 全年执行数: 62.4, 分值: 10, 执行率: 97.5%, 得分: 9.75}
      其中：当年财政拨款: {年初预算数: 60, 全年预算数: 60, 全年执行数: 58.4, 分值: —, 执行率: 97.33%, 得分: —}
      上年结转资金: {年初预算数: , 全年预算数: 4, 全年执行数: 4, 分值: —, 执行率: 100%, 得分: —}
      其他资金: {年初预算数: , 全年预算数: , 全年执行数: , 分值: —, 执行率: , 得分: —}
  年度总体目标:
    村道养护:
      预期目标: 养护村道，保障12个村出行
      实际完成情况: 12个村的村道全部列入养护，塌方2处当月修复
  绩效指标:
    村道养护:
      指标:
        - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 养护里程,
           年度指标值: ≥48公里, 实际完成值: 48.6公里, 分值: 25, 得分: 25,
           偏差原因分析及改进措施: }
        - {一级指标: 产出指标, 二级指标: 质量指标, 三级指标: 抽检合格率,
           年度指标值: ≥95%, 实际完成值: 96%, 分值: 25, 得分: 25,
           偏差原因分析及改进措施: }
        - {一级指标: 效益指标, 二级指标: 社会效益指标, 三级指标: 受益村民,
           年度指标值: ≥6000人, 实际完成值: 5700人, 分值: 30, 得分: 28.5,
           偏差原因分析及改进措施: 一个村民小组搬迁}
        - {一级指标: 满意度指标, 二级指标: 服务对象满意度指标, 三级指标: 村民满意度,
           年度指标值: ≥90%, 实际完成值: 93%, 分值: 10, 得分: 10,
           偏差原因分析及改进措施: }
      总分: {分值: 100, 得分: 98.25}
"""


def found(tmp_path: Path, old: str = "", new: str = "") -> list[str]:
    """What is found in the filled-in form with one thing changed."""
    assert TABLES.count(old) == 1 or not old
    files = {
        CONCEPTS: (ROOT / "data/concepts.yaml").read_text("utf-8"),
        FORM: (ROOT / "data/forms/xiangmu-2020.yaml").read_text("utf-8"),
        PROFILE: "名称: 示例县2022年度项目支出绩效自评\n依据: [示财绩〔2023〕1号]\n满分: 100\n",
        REPORT: HEAD + TABLES.replace(old, new),
        NARRATIVE: "## 一、说明\n\n项目一个，见[自评表](#绩效指标·村道养护)。\n",
    }
    return findings(project(tmp_path, files))


def test_nothing_is_found_in_a_sound_one(tmp_path: Path) -> None:
    """All four tables of a project, with blanks and dashes as they are printed."""
    assert found(tmp_path) == []


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("全年执行数: 62.4,", "全年执行数: 61.4,",
     ["report:13:45 sum-differs", "report:13:64 ratio-differs"]),
    ("执行率: 97.5%, 得分: 9.75", "执行率: 97.5%, 得分: 10", ["report:13:75 score-above-result",
     "report:36:25 score-total"]),
    ("实际完成值: 48.6公里", "实际完成值: 45公里", ["report:25:51 score-above-result"]),
    ("得分: 98.25}", "得分: 99.25}", ["report:36:25 score-total"]),
    ("实际完成情况: 12个村的村道全部列入养护，塌方2处当月修复", "实际完成情况: ", []),
    ("分值: 10, 执行率: 97.5%, 得分: 9.75", "分值: 10, 执行率: 97.5%, 得分: ",
     ["report:13:75 indicator-unscored", "report:36:25 score-total"]),
])  # fmt: skip
def test_a_slip_in_it_is_found(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    """Sums, rates, scores and totals hold between the tables of a project."""
    assert found(tmp_path, old, new) == expected
