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
