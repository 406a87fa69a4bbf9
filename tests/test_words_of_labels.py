"""What findings about undeclared totals, rates and differences say of how they were worked out."""

from __future__ import annotations

from site_builder.examples import examples, run_example


def said(columns: str, *records: str) -> list[str]:
    """The messages about one list of amounts."""
    form = (
        f"```yaml form\n清单:\n  种类: 清单\n  单位: 万元\n  列: {{名称: 文字, {columns}}}\n```\n"
    )
    rows = "".join(f"  - {{{record}}}\n" for record in records)
    [one] = examples(f"{form}\n```yaml data\n清单:\n{rows}```\n", "words")
    return [finding.message("zh").partition("；请")[0] for finding in run_example(one)]


def test_a_total_of_many_shows_the_first_twelve() -> None:
    """The formula breaks off; the sum is of all."""
    parts = [f"名称: 第{n}项, 预算: {n}.00, 支出: {n}.00" for n in range(1, 14)]
    [one] = said("预算: 年初预算, 支出: 决算", *parts, "名称: 合计, 预算: 91.00, 支出: 92.00")
    assert "各项之和为91.00万元（1.00 + 2.00" in one
    assert "+ 12.00 + …）" in one
    [one] = said("预算: 年初预算, 支出: 决算", *parts[:12], "名称: 合计, 预算: 78.00, 支出: 79.00")
    assert "+ 12.00）" in one


def test_a_rate_names_the_figures_it_should_come_from() -> None:
    """As the other lines show; in a table of one line the budget of the whole year."""
    columns = '上年: 上年决算, 预算: 年初预算, 支出: 决算, %s: {单位: "%%"}'
    [one] = said(
        columns % "同比增长",
        "名称: 办公费, 上年: 10.00, 预算: 12.00, 支出: 11.00, 同比增长: 10%",
        "名称: 差旅费, 上年: 8.00, 预算: 9.00, 支出: 10.00, 同比增长: 25%",
        "名称: 印刷费, 上年: 5.00, 预算: 5.00, 支出: 6.00, 同比增长: 2%",
    )
    assert "按（6.00万元 − 5.00万元）÷ 5.00万元应为20.00%；这一列其他各行是这样算的" in one
    [one] = said(
        '年初预算数: 年初预算, 全年预算数: 全年预算, 执行数: 决算, 执行率: {单位: "%"}',
        "名称: 养护, 年初预算数: 20.00, 全年预算数: 25.00, 执行数: 24.00, 执行率: 69%",
    )
    assert one.endswith("按24.00万元 ÷ 25.00万元应为96.00%")


def test_what_was_saved_and_what_is_left() -> None:
    """Each kind of label with its own formula."""
    [one] = said(
        '预算: 年初预算, 支出: 决算, 节约率: {单位: "%"}',
        "名称: 货物, 预算: 20.00, 支出: 19.00, 节约率: 5.00%",
        "名称: 工程, 预算: 50.00, 支出: 48.00, 节约率: 4.00%",
        "名称: 服务, 预算: 10.00, 支出: 9.00, 节约率: 1.00%",
    )
    assert "按（10.00万元 − 9.00万元）÷ 10.00万元应为10.00%" in one
    [one] = said(
        "预算: 年初预算, 支出: 决算, 结余: {类型: 数}",
        "名称: 货物, 预算: 20.00, 支出: 19.00, 结余: 1.00",
        "名称: 工程, 预算: 50.00, 支出: 48.00, 结余: 2.00",
        "名称: 服务, 预算: 10.00, 支出: 9.00, 结余: 0.10",
    )
    assert "按10.00万元 − 9.00万元应为1.00万元；这一列其他各行是这样算的" in one
