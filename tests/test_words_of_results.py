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
    ("text", "result"),
    [
        ("林地6.2万亩，其中公益林4.1万亩。", "pass"),
        ("林地6.2万亩，其中公益林7.1万亩。", "finding"),
        ("各项工作有序推进。", "not-applicable"),
    ],
)
def test_a_rule_counts_what_it_says(text: str, result: str) -> None:
    """One sentence that it can compare, or none."""
    [one] = examples(WRITTEN.format(text=text), "words")
    library = read_example(one, [])
    assert library is not None
    [checked] = check_library(library, date(2024, 1, 1)).reports.values()
    assert checked.results["told-part-exceeds"] == {result: 1}
