"""One result that is told otherwise is said once, by whatever words it is found."""

from __future__ import annotations

from site_builder.examples import examples, run_example


def told(rows: str, text: str) -> list[str]:
    """The rules that say something of a text beside a table of indicators, once for each finding."""
    form = (
        "自评:\n  种类: 指标\n  层级: [三级指标]\n  列: {年度指标值: 指标值, 实际完成值: 指标值}\n"
        "项目:\n  种类: 清单\n  列: {项目名称: 文字, 完成情况: 文字}\n"
    )
    data = (
        f"自评:\n  指标:\n    - {{{rows}}}\n"
        "项目:\n  - {项目名称: 养老服务站, 完成情况: 建成2个}\n"
    )
    written = f"```yaml form\n{form}```\n\n```yaml data\n{data}```\n\n```markdown\n{text}\n```\n"
    [one] = examples(written, "words")
    return [finding.rule.id for finding in run_example(one)]


def test_a_result_called_by_its_name_is_said_once() -> None:
    """The name stands right before the figure, and its words are those of the name."""
    row = "三级指标: 群众满意度, 年度指标值: ≥90%, 实际完成值: 92%"
    assert told(row, "群众满意度达到95%。") == ["told-result-differs"]


def test_harm_called_by_its_name_is_said_once() -> None:
    """Half of the name would do, and all of it is there."""
    row = "三级指标: 群众投诉次数, 年度指标值: ≤6次, 实际完成值: 4次"
    assert told(row, "全年群众投诉2次。") == ["told-harm-differs"]


def test_a_project_called_by_its_name_is_said_once() -> None:
    """By the verb of its cell, and by its words."""
    row = "三级指标: 群众满意度, 年度指标值: ≥90%, 实际完成值: 92%"
    assert told(row, "养老服务站建成3个。") == ["outcome-differs"]


def test_a_result_told_in_a_cell_is_meant_as_the_whole_cell() -> None:
    """Of a sentence the figure alone is meant."""
    form = "目标:\n  种类: 填报\n  项: {年度目标实际完成情况: 文字}\n"
    form += (
        "自评:\n  种类: 指标\n  层级: [三级指标]\n  列: {年度指标值: 指标值, 实际完成值: 指标值}\n"
    )
    row = "{三级指标: 农村公路硬化里程, 年度指标值: ≥6公里, 实际完成值: 6.9公里}"
    data = "目标: {年度目标实际完成情况: %s}\n" + f"自评:\n  指标:\n    - {row}\n"
    for cell, text, length in (
        ("硬化农村公路9.6公里", "", 0),
        ("", "硬化农村公路9.6公里。", len("9.6公里")),
    ):
        written = f"```yaml form\n{form}```\n\n```yaml data\n{data % cell}```\n"
        [one] = examples(f"{written}\n```markdown\n{text}\n```\n", "words")
        [finding] = run_example(one)
        assert (finding.rule.id, finding.length) == ("told-result-differs", length)
