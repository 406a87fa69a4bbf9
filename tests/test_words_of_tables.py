"""What findings about the figures of a table say of how they were worked out."""

from __future__ import annotations

from site_builder.check import check_library
from site_builder.examples import TODAY, examples, read_example, run_example


def said(columns: str, *records: str) -> list[str]:
    """The messages about one list of amounts."""
    form = (
        f"```yaml form\n清单:\n  种类: 清单\n  单位: 万元\n  列: {{名称: 文字, {columns}}}\n```\n"
    )
    rows = "".join(f"  - {{{record}}}\n" for record in records)
    [one] = examples(f"{form}\n```yaml data\n清单:\n{rows}```\n", "words")
    return [finding.message("zh").partition("；请")[0] for finding in run_example(one)]


def test_a_record_is_called_by_its_words() -> None:
    """By its number where they are long, hold a telephone number, or are none."""
    columns = "上年: 上年决算, 支出: 决算, 差: {差: [支出, 上年]}"
    figures = "上年: 10.00, 支出: 12.00, 差: 3.00"
    for name, label in (
        ("支管网", "支管网"),
        ("2022", "1"),
        ("垃圾清运（0000000000）", "1"),
        ("、".join(f"第{n}段路基和路面改造" for n in "一二三四五"), "1"),
    ):
        assert said(columns, f"名称: {name}, {figures}")[0].startswith(
            f"“{label}·差”写的是3.00万元"
        )


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


def test_one_ratio_for_all_is_said_in_per_cent_or_as_a_fraction() -> None:
    """Whole per cents where they are."""
    for ratio, rows in (
        ("90%", ("27.5, 24.75", "23.5, 21.15", "41.4, 37.26", "26.3, 23.67")),
        ("7/8", ("27.2, 23.8", "23.6, 20.65", "41.2, 36.05", "26.8, 23.45")),
    ):
        names = ["办公费", "差旅费", "会议费", "培训费"]
        text = "```yaml concepts\n"
        text += "".join(f"{name}: {{单位: 万元, 定义: 示例。}}\n" for name in names)
        text += "```\n```yaml form\n经费:\n  种类: 网格\n  单位: 万元\n"
        text += "  列: {上年: 上年决算, 本年: 决算}\n  行:\n"
        text += "".join(f"    {name}: {name}\n" for name in names) + "```\n```yaml data\n经费:\n"
        for name, row in zip(names, rows, strict=True):
            then, now = row.split(", ")
            text += f"  {name}: {{上年: {then}, 本年: {now}}}\n"
        [one] = examples(f"{text}```\n", "words")
        [found] = run_example(one)
        assert f"4项的本年决算都恰好是上年决算的{ratio}（" in found.message()


RATIO = """```yaml concepts
结转结余率: {单位: "%", 定义: 示例。}
年末结转: {单位: 万元, 定义: 示例。}
年初结转: {单位: 万元, 定义: 示例。}
拨款: {单位: 万元, 定义: 示例。}
调整: {单位: 万元, 定义: 示例。}
```
```yaml ratios
结转结余率:
  甲: {分子: [年末结转.决算], 分母: [年初结转.决算, 拨款.决算], 依据: 示例}
  乙: {分子: [年末结转.决算], 分母: [拨款.决算], 依据: 示例}
  丙: {分子: [年末结转.决算], 分母: [拨款.决算, 调整.决算], 依据: 示例}
```
```yaml profile
名称: 示例口径
依据: [示财绩〔2022〕1号]
口径公式: {结转结余率: 甲}
```
```yaml form
结转:
  种类: 填报
  项:
    年末: {概念: 年末结转, 口径: 决算}
    年初: {概念: 年初结转, 口径: 决算}
    本年拨款: {概念: 拨款, 口径: 决算}
    本年调整: {概念: 调整, 口径: 决算}
    结转结余率: {概念: 结转结余率, 口径: 决算}
```
"""


def rated(printed: str, adjusted: str = "") -> str:
    """The message about a rate of 50 in 100 and 400, by one of three formulas."""
    data = (
        f"  年末: 50.00万元\n  年初: 100.00万元\n  本年拨款: 400.00万元\n  本年调整: {adjusted}\n"
    )
    text = f"{RATIO}```yaml data\n结转:\n{data}  结转结余率: {printed}\n```\n"
    [one] = examples(text, "words")
    [found] = run_example(one)
    return found.message("zh")


def test_a_named_ratio_shows_its_formula_and_which_other_one_was_used() -> None:
    """Where exactly one other gives what is printed; one that lacks a figure gives nothing."""
    assert "50.00万元 ÷ （100.00万元 + 400.00万元）" in rated("15%")
    assert "口径算的" not in rated("15%")
    assert "像是按乙口径算的" in rated("12.5%")
    assert "像是按乙口径算的" in rated("12.50%", "100.00万元")
    assert "口径算的" not in rated("12.5%", "0.00万元")


def test_a_sum_shows_its_unit_where_the_parts_show_theirs() -> None:
    """In fields, and not in a table whose head says it."""
    fields = "```yaml form\n收入:\n  种类: 填报\n  项: {拨款: , 其他: , 合计: {合计: [拨款, 其他]}}\n```\n"
    [one] = examples(
        f"{fields}```yaml data\n收入:\n  拨款: 4.00万元\n  其他: 2.00万元\n  合计: 7.00万元\n```\n",
        "words",
    )
    assert "（4.00万元 + 2.00万元 = 6.00万元）" in "".join(f.message() for f in run_example(one))
    grid = (
        "```yaml form\n收入:\n  种类: 网格\n  单位: 万元\n  列: {金额: 决算}\n"
        "  行: {拨款: , 其他: , 合计: {合计: [拨款, 其他]}}\n```\n"
    )
    rows = "".join(
        f"  {name}: {{金额: {n}}}\n"
        for name, n in (("拨款", "4.00"), ("其他", "2.00"), ("合计", "7.00"))
    )
    [one] = examples(f"{grid}```yaml data\n收入:\n{rows}```\n", "words")
    assert "（4.00 + 2.00 = 6.00）" in "".join(f.message() for f in run_example(one))


def test_a_sum_of_one_part_names_it() -> None:
    """The other parts are zero or blank; its figure alone would be a riddle."""
    form = "```yaml form\n三公:\n  种类: 网格\n  单位: 万元\n  列: {决算数: 决算}\n"
    form += "  行: {接待费: , 出国费: , 合计: {合计: [接待费, 出国费]}}\n```\n"
    data = "三公: {接待费: {决算数: 24.75}, 出国费: {决算数: }, 合计: {决算数: 24.57}}\n"
    [one] = examples(f"{form}\n```yaml data\n{data}```\n", "words")
    [finding] = run_example(one)
    assert "相差0.18万元（接待费·决算数 = 24.75）" in finding.message("zh")


def unguarded(data: str) -> list[str]:
    """The figures of three lines that no rule has compared."""
    form = "```yaml form\n支出:\n  种类: 填报\n  项:\n    项目支出: {其中: [购置, 维修]}\n    购置: \n    维修: \n```\n"
    [one] = examples(f"{form}\n```yaml data\n支出: {{{data}}}\n```\n", "words")
    library = read_example(one, [])
    assert library is not None
    [checked] = check_library(library, TODAY).reports.values()
    return [fact.label for fact in checked.coverage.unguarded]


def test_a_whole_counts_as_checked_where_its_parts_make_all_of_it() -> None:
    """Parts that are less show nothing, and those left blank are no parts."""
    assert unguarded("项目支出: 6.00万元, 购置: 4.00万元, 维修: 2.00万元") == ["购置", "维修"]
    assert "项目支出" in unguarded("项目支出: 6.00万元, 购置: 3.00万元, 维修: 2.00万元")
    assert "项目支出" in unguarded("项目支出: 0.00万元, 购置: , 维修: ")


def test_a_result_above_all_there_is_is_said_once() -> None:
    """It is a figure of the table, and what came of an indicator."""
    form = "```yaml form\n指标:\n  种类: 指标\n  层级: [一级指标, 三级指标]\n"
    form += "  列: {指标值: 指标值, 完成值: 指标值}\n```\n"
    form += '```yaml plausibility\n覆盖率: {数: {名称: [覆盖率]}, 单位: "%", 上限: 100, 依据: 示例}\n```\n'
    row = '{一级指标: 产出指标, 三级指标: 供水覆盖率, 指标值: "≥90%", 完成值: 940%}'
    [one] = examples(f"{form}\n```yaml data\n指标:\n  指标:\n    - {row}\n```\n", "words")
    found = [f.printed for f in run_example(one) if f.rule.id == "implausible"]
    assert found == ["940%"]
