"""What findings say where one rule has several ways to say it; that they are found, the pages show."""

from __future__ import annotations

import pytest

from site_builder.examples import examples, run_example

FORM = """```yaml form
概况:
  种类: 填报
  项: {说明: 文字}
经费:
  种类: 填报
  项:
    上年数: {口径: 上年决算}
    本年数: {口径: 决算}
    减少: {差: [上年数, 本年数]}
```

"""
NOTHING = {"上年数": "", "本年数": "", "减少": ""}


def said(markdown: str, **cells: str) -> list[str]:
    """The messages about a small report."""
    rows = "\n".join(f"  {label}: {text}" for label, text in {**NOTHING, **cells}.items())
    data = f"```yaml data\n概况: {{说明: 见正文}}\n经费:\n{rows}\n```\n\n"
    [one] = examples(f"{FORM}{data}```markdown\n{markdown}\n```\n", "words")
    return [finding.message("zh") for finding in run_example(one)]


CASES = [
    ("东坪村、西坪村、南坪村等2个村通水。", {}, "“南坪村等2个”写的是2，列出来的是3，后面还有“等”"),
    ("镇设4个中心：政务、农业、文化。", {}, "“镇设4个中心”写的是4，列出来的是3"),
    ("四个中心：政务、农业、文化。", {}, "“四个中心”写的是4，列出来的是3"),
    ("四个中心：政务、农业、文化", {}, "“四个中心”写的是4，列出来的是3"),
    ("党的建设，设四个中心：政务、农业、文化。", {}, "“设四个中心”写的是4，列出来的是3"),
    (
        "为了方便群众办事设四个中心：政务、农业、文化。",
        {},
        "“便群众办事设四个中心”写的是4，列出来的是3",
    ),
    (
        "## 一、甲\n\n文。\n\n## 二、乙\n\n文。\n\n## 一、丙\n\n文。",
        {},
        "标题“一、丙”在“二、”之后又从头编号",
    ),
    (
        "## 一、甲\n\n文。\n\n## 二、乙\n\n文。\n\n## 三、丙\n\n文。\n\n## 二、丁\n\n文。",
        {},
        "标题“二、丁”排在“三、”之后，次序颠倒",
    ),
    (
        "## 一、甲\n\n文。\n\n## 其他\n\n文。\n\n## 三、丙\n\n文。",
        {},
        "标题“三、丙”前面是“一、”，中间跳号（中间有1个标题没有编号）",
    ),
    ("## 一、甲\n\n文。\n\n## 三、丙\n\n文。", {}, "标题“三、丙”前面是“一、”，中间跳号"),
    ("## 一、甲\n\n文。\n\n## 一、丙\n\n文。", {}, "标题“一、丙”与前面的“一、”重号"),
    (
        "接待费3.50万元，比上年增加0.50万元，增长20%。",
        {},
        "“接待费增长”写的是20%，按0.50万元 ÷ （3.50万元 − 0.50万元）应为16.67%",
    ),
    (
        "接待费3.50万元，比上年减少0.50万元，下降20%。",
        {},
        "“接待费下降”写的是20%，按0.50万元 ÷ （3.50万元 + 0.50万元）应为12.50%",
    ),
    (
        "报名人数从1250人减少到980人，减少300人。",
        {},
        "“报名人数从减少”写的是300人，按980人 − 1250人应为270人",
    ),
    ("控制率=126.5/118×100%=93.28%。", {}, "“126.5/118×100%”写的结果是93.28%，算出来是107.20%"),
    ("补助=2×3+4=12。", {}, "“2×3+4”写的结果是12，算出来是10.00"),
]


@pytest.mark.parametrize(("markdown", "cells", "message"), CASES)
def test_the_one_finding_says(markdown: str, cells: dict[str, str], message: str) -> None:
    """The message fits the case: its cause, its unit, what stands between."""
    assert said(markdown, **cells) == [message]


@pytest.mark.parametrize(
    ("town", "text", "right"),
    [
        ("示例街道", "局党组高度重视。", "街道党工委"),
        ("示例镇", "局党组高度重视。", "镇党委"),
        ("示例镇", "我局高度重视。", "我镇"),
    ],
)
def test_what_it_should_call_itself(town: str, text: str, right: str) -> None:
    """The remedy names the party group, or the place, that it is."""
    data = "```yaml data\n概况: {说明: 见正文}\n```\n\n"
    names = f"```yaml names\n镇: {town}\n```\n\n"
    form = "```yaml form\n概况: {种类: 填报, 项: {说明: 文字}}\n```\n\n"
    [one] = examples(f"{names}{form}{data}```markdown\n{text}\n```\n", "words")
    [finding] = run_example(one)
    assert f"“{right}”" in finding.remedy("zh")


@pytest.mark.parametrize(
    "text",
    [
        "我局高度重视。本乡成立了小组。",
        "2021年度绩效自评得分95.5分。2023年基本支出2600.00万元。",
    ],
)
def test_two_of_one_section_have_addresses_of_their_own(text: str) -> None:
    """Each can be acknowledged alone."""
    data = "```yaml data\n概况: {说明: 见正文}\n```\n\n"
    form = "```yaml form\n概况: {种类: 填报, 项: {说明: 文字}}\n```\n\n"
    [one] = examples(f"{form}{data}```markdown\n## 一、概况\n\n{text}\n```\n", "words")
    assert len({finding.address for finding in run_example(one)}) == 2


def test_a_whole_over_its_budget_is_told_once() -> None:
    """各项支出: the whole is over, so its rows are not told again."""
    text = """```yaml concepts
支出合计: {单位: 万元, 组成: [公务接待费, 会议费], 定义: 示例}
公务接待费: {单位: 万元, 定义: 示例}
会议费: {单位: 万元, 定义: 示例}
```

```yaml form
支出:
  种类: 网格
  单位: 万元
  列: {年初预算数: 年初预算, 决算数: 决算}
  行: {支出总额: 支出合计, 公务接待费: 公务接待费, 会议费: 会议费}
```

```yaml data
支出:
  支出总额: {年初预算数: 14.00, 决算数: 15.00}
  公务接待费: {年初预算数: 10.00, 决算数: 13.20}
  会议费: {年初预算数: 4.00, 决算数: 1.80}
```

```markdown
各项支出控制在年初预算以内。
```
"""
    [one] = examples(text, "words")
    [finding] = run_example(one)
    assert "“支出合计”决算15.00万元" in finding.message("zh")


def test_an_annex_that_is_not_there_is_told_once() -> None:
    """Nothing more is said of the list that does not have it either."""
    markdown = "见附件5。\n\n附件：1.基础数据表 2.整体支出自评表"
    assert [message for message in said(markdown) if "附件5" in message] == [
        "正文写“见附件5”，公开的报告里没有“附件5”"
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [("信访事项58件，比上年增加6件。", "down 6件"), ("信访事项68件，比上年减少4件。", "up 4件")],
)
def test_which_way_it_went_since_last_year(text: str, right: str) -> None:
    """In English too."""
    before = "```yaml before\n概况: {说明: }\n```\n\n```markdown before\n信访事项64件。\n```\n\n"
    data = "```yaml data\n概况: {说明: }\n```\n\n"
    form = "```yaml form\n概况: {种类: 填报, 项: {说明: 文字}}\n```\n\n"
    [one] = examples(f"{form}{before}{data}```markdown\n{text}\n```\n", "words")
    [finding] = run_example(one)
    assert finding.message("en").endswith(f"of “信访事项”: {right}")
