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


def said(example: str) -> list[str]:
    """The messages about one example."""
    [one] = examples(example, "words")
    return [finding.message("zh") for finding in run_example(one)]


def test_a_number_beside_a_total_and_an_annex_is_said_once() -> None:
    """The sentence has the list's total, and names the annex that is the list."""
    assert said(f"{PROJECTS}```markdown\n全年实施项目4个，投资263万元，详见附件2。\n```\n") == [
        "正文写“项目4个”，“项目”列了3项"
    ]
