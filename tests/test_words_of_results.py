"""What the results of checking say of a rule: a pass, a finding, or that it does not apply."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.check import check_library
from site_builder.examples import examples, read_example

WRITTEN = """```yaml form
概况:
  种类: 填报
  项: {{村数: }}
```

```yaml data
概况: {{村数: 12个}}
```

```markdown
{text}
```
"""


@pytest.mark.parametrize(
    ("rule", "text", "result"),
    [
        ("told-part-exceeds", "林地6.2万亩，其中公益林4.1万亩。", "pass"),
        ("told-part-exceeds", "林地6.2万亩，其中公益林7.1万亩。", "finding"),
        ("told-part-exceeds", "各项工作有序推进。", "not-applicable"),
        ("told-share", "班子成员86人，35岁及以下22人，占比25.6%。", "pass"),
    ],
)
def test_a_rule_counts_what_it_says(rule: str, text: str, result: str) -> None:
    """One sentence that it can compare, or none."""
    [one] = examples(WRITTEN.format(text=text), "words")
    library = read_example(one, [])
    assert library is not None
    [checked] = check_library(library, date(2024, 1, 1)).reports.values()
    assert checked.results[rule] == {result: 1}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("doubled-words", "辖5个12户854万854万。"),
        ("misused-mark", "全镇支出合计120万元.比上年减少，接待费3万元.比上年减少。"),
    ],
)
def test_one_mistake_of_a_line_is_said_once(rule: str, text: str) -> None:
    """The amount that is doubled, not the numbers beside it; the first of the wrong marks."""
    [one] = examples(WRITTEN.format(text=text), "words")
    library = read_example(one, [])
    assert library is not None
    found = check_library(library, date(2024, 1, 1)).findings
    assert [finding.rule.id for finding in found if finding.rule.id == rule] == [rule]
