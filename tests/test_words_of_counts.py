"""What findings on numbers of things say, and that one fault is said once."""

from __future__ import annotations

from site_builder.examples import examples, run_example

PROJECTS = """```yaml form
项目:
  附件: 附件2
  种类: 清单
  单位: 万元
  列: {项目名称: 文字, 计划投资: 数}
```

```yaml data
项目:
  - {项目名称: 溢洪道, 计划投资: 48}
  - {项目名称: 停车场, 计划投资: 55}
  - {项目名称: 供水管网, 计划投资: 160}
  - {项目名称: 合计, 计划投资: 263}
```

"""

CLASSES = """```yaml form
支出:
  种类: 填报
  项: {基本支出: , 工资福利支出: , 商品和服务支出: , 对个人和家庭的补助: , 三公经费: }
```

```yaml data
支出:
  基本支出: 1602.40万元
  工资福利支出: 980.25万元
  商品和服务支出: 210.10万元
  对个人和家庭的补助: 412.05万元
  三公经费: 21.50万元
```

"""


def said(example: str) -> list[str]:
    """The messages about one example."""
    [one] = examples(example, "words")
    return [finding.message("zh") for finding in run_example(one)]


def test_a_number_beside_a_total_and_an_annex_is_said_once() -> None:
    """The sentence has the list's total, and names the annex that is the list."""
    assert said(f"{PROJECTS}```markdown\n全年实施项目4个，投资263万元，详见附件2。\n```\n") == [
        "正文写“项目4个”，“项目”列了3项"
    ]


def products(columns: str, *records: str) -> list[str]:
    """The names of the figures that price and number do not make, in a list of three records."""
    columns += ", 单价: {单位: 元}, 数量: {单位: 台}, 金额: {单位: 元}"
    form = f"```yaml form\n清单:\n  种类: 清单\n  列: {{{columns}}}\n```\n"
    figures = ("单价: 20, 数量: 3, 金额: 60", "单价: 30, 数量: 2, 金额: 60")
    figures = (*figures, "单价: 50, 数量: 4, 金额: 250")
    rows = "".join(
        f"  - {{{record}, {row}}}\n" for record, row in zip(records, figures, strict=True)
    )
    found = said(f"{form}\n```yaml data\n清单:\n{rows}```\n")
    return [message[1:].partition("”")[0] for message in found]


def test_a_record_goes_by_its_name() -> None:
    """Which is no number and no single character; nobody is named."""
    assert products(
        "编号: {单位: 号}, 组: 文字, 品名: 文字",
        "编号: 10, 组: 甲, 品名: 电脑",
        "编号: 11, 组: 甲, 品名: 打印机",
        "编号: 12, 组: 乙, 品名: 空调",
    ) == ["空调·金额"]
    assert products("姓名: 文字", "姓名: 示某甲", "姓名: 示某乙", "姓名: 示某丙") == ["3·金额"]


def test_a_row_of_a_form_goes_by_its_label() -> None:
    """Row and column."""
    grid = (
        "```yaml form\n设备:\n  种类: 网格\n  列: {说明: 文字, 单价: {单位: 元}, 数量: {单位: 台}, 金额: {单位: 元}}\n"
        "  行: {电脑: , 打印机: , 空调: }\n```\n"
    )
    data = (
        "```yaml data\n设备:\n  电脑: {说明: 办公用, 单价: 20, 数量: 3, 金额: 60}\n"
        "  打印机: {说明: 办公用, 单价: 30, 数量: 2, 金额: 60}\n"
        "  空调: {说明: 会议室用, 单价: 50, 数量: 4, 金额: 250}\n```\n"
    )
    [message] = said(f"{grid}\n{data}")
    assert message.startswith("“空调·金额”")


def test_an_item_beside_classes_is_said_once() -> None:
    """By its links, and by the names of the classes of spending."""
    parts = "、".join(
        f"{name}[{amount}万元](#支出.{name})"
        for name, amount in (
            ("工资福利支出", "980.25"),
            ("商品和服务支出", "210.10"),
            ("对个人和家庭的补助", "412.05"),
            ("三公经费", "21.50"),
        )
    )
    text = f"基本支出[1602.40万元](#支出.基本支出)，包括{parts}。"
    assert said(f"{CLASSES}```markdown\n{text}\n```\n") == [
        "这句话把“三公经费”21.50万元与“基本支出”的各分项并列，但其余3项之和已经是1602.40万元，它应当含在其中某一项里"
    ]


def test_a_sentence_of_last_year_is_found_once() -> None:
    """Word for word the same, it has the same numbers, too."""
    form = "```yaml form\n概况:\n  种类: 填报\n  项: {村数: }\n```\n\n"
    data, text = "概况: {村数: 15个}\n", "完成户厕改造112户，清运垃圾1364吨。\n"
    before = f"```yaml before\n{data}```\n\n```markdown before\n{text}```\n\n"
    [one] = examples(f"{form}{before}```yaml data\n{data}```\n\n```markdown\n{text}```\n", "words")
    [finding] = run_example(one)
    assert "一字不差" in finding.message("zh")
