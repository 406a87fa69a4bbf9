"""Relations: which cases a report holds, and whether printed digits fit what was recomputed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, localcontext
from decimal import Decimal as D  # noqa: N817 - hundreds of them

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import FILES, FORM, NARRATIVE, REPORT, findings, project

from site_builder.figure import Figure, Interval, measure
from site_builder.library import read_library
from site_builder.relations import cases_of, in_unit, quotient, total_of, verdict


def figure(text: str) -> Figure:
    """A printed figure."""
    read = measure(text)
    assert read is not None
    return read


def cases(root) -> list[str]:
    """The relations of the project's report as `kind result = operands`, blank ones as ○."""
    library = read_library(root)
    (disclosure,) = library.disclosures
    return [
        f"{c.kind} {c.result.address} = "
        + " ".join(
            [f.address for f in c.operands]
            + [f"○{cell.address}" for cell in c.blank]
            + [f"✗{name}" for name in c.absent]
        )
        for c in cases_of(disclosure, library.concepts)
    ]


@pytest.mark.parametrize("expected", [
    "合计 经费.支出.决算数 = 经费.基本支出.决算数 经费.项目支出.决算数",
    "合计 经费.支出.差额 = 经费.基本支出.差额 经费.项目支出.差额",
    "其中 经费.基本支出.决算数 = 经费.其中：公用经费.决算数",
    "差 经费.支出.差额 = 经费.支出.决算数 经费.支出.预算数",
    "增长率 经费.支出.增长率 = 经费.支出.决算数 经费.支出.上年数",
    "比率 经费.支出.控制率 = 经费.支出.决算数 经费.支出.预算数",
    "合计 科目.机关.2021年.合计 = 科目.机关.2021年.基本支出 科目.机关.2021年.项目支出",
    "合计 科目.合计.2021年.合计 = 科目.机关.2021年.合计 科目.站所.2021年.合计",
    "合计 经费.支出.上年数 = 科目.合计.2021年.合计",
    "合计 基本情况.收入合计 = 基本情况.财政拨款收入 基本情况.其他收入",
    "下降率 基本情况.下降率 = 基本情况.机关运行经费 基本情况.上年机关运行经费",
    "比率 基本情况.公用经费控制率 = 经费.其中：公用经费.决算数 经费.其中：公用经费.预算数",
    "比率 项目.1.完成率 = 项目.1.决算 项目.1.预算",
    "比率 项目.2.完成率 = 项目.2.决算 项目.2.预算",
])  # fmt: skip
def test_the_relations_of_a_report(tmp_path, expected):
    """Columns, rows, items, records, 勾稽 and concepts each tie the cells that they name."""
    assert cases(project(tmp_path)).count(expected) == 1


def test_a_share_has_no_sum(tmp_path):
    """The row of totals adds up amounts; its growth and its rate are not the sum of the parts'."""
    told = cases(project(tmp_path))
    assert not [c for c in told if re.match(r"合计 经费\.支出\.(增长率|控制率) ", c)]


def test_what_the_form_states_is_not_stated_again_by_its_concept(tmp_path):
    """支出合计 = 基本支出 + 项目支出 stands in the form and in the concept: one case."""
    told = cases(project(tmp_path))
    assert len([c for c in told if c.startswith("合计 经费.支出.决算数 ")]) == 1


def test_a_concept_ties_cells_where_the_form_does_not(tmp_path):
    """Without the form's sum the concept's parts are found in the same table."""
    change = ("{概念: 支出合计, 合计: [基本支出, 项目支出]}", "支出合计")
    told = cases(project(tmp_path, {FORM: change}))
    assert "合计 经费.支出.决算数 = 经费.基本支出.决算数 经费.项目支出.决算数" in told


def test_blank_and_absent_operands_are_told_apart(tmp_path):
    """A cell left blank stands on the form; a concept may stand on no form of the report."""
    blank = project(tmp_path / "blank", {REPORT: ("其他收入: 20.50万元", "其他收入:")})
    expected = "合计 基本情况.收入合计 = 基本情况.财政拨款收入 ○基本情况.其他收入"
    assert expected in cases(blank)
    without = [
        ("{概念: 支出合计, 合计: [基本支出, 项目支出]}", "支出合计"),
        ("项目支出: {概念: 项目支出, 组: 按性质分}", "项目支出: {组: 按性质分}"),
    ]
    absent = project(tmp_path / "absent", {FORM: without})
    assert "合计 经费.支出.决算数 = 经费.基本支出.决算数 ✗项目支出" in cases(absent)


@pytest.mark.parametrize(("printed", "amount", "reach", "expected"), [
    ("24.75万元", "24.75", "0.01", "exact"),
    ("24.75万元", "24.750", "0", "exact"),
    ("24.75万元", "24.76", "0.01", "rounded"),
    ("24.75万元", "24.754", "0", "rounded"),
    ("24.75万元", "24.758", "0", "truncated"),
    ("24.75万元", "24.77", "0.005", "differs"),
    ("24.75万元", "24.74", "0", "differs"),
    ("13万元", "13.004", "0", "rounded"),
    ("13万元", "13.3", "0", "rounded"),
    ("13万元", "13.7", "0", "truncated"),
    ("13万元", "14.1", "0", "differs"),
    ("-4.9%", "-4.98", "0", "truncated"),
    ("-4.9%", "-4.83", "0", "differs"),
    ("30人", "30", "0", "exact"),
    ("30人", "31", "0", "differs"),
    ("30多人", "34", "0", "exact"),
    ("30多人", "29", "0", "differs"),
    ("约30人", "27", "0", "exact"),
    ("30人", "33", "3", "rounded"),
])  # fmt: skip
def test_do_the_printed_digits_fit(printed, amount, reach, expected):
    """Exact, explained by rounding, explained by cutting off, or different."""
    middle = D(amount)
    assert verdict(figure(printed), middle, Interval(middle - D(reach), middle + D(reach))) == (
        expected
    )


def test_a_sum_takes_its_parts_in_the_unit_of_the_total():
    """元 and 万元 add up; the uncertainties of the parts add up too."""
    amount, interval = total_of([figure("24.75万元"), figure("2500元")], "万元") or (None, None)
    assert amount == D("25.00")
    assert interval == Interval(D("24.99495"), D("25.00505"))
    assert total_of([], "万元") == (0, (0, 0))
    assert total_of([figure("24.75万元"), figure("3人")], "万元") is None


def test_a_figure_in_another_unit():
    """Amount and interval convert together; another kind does not convert."""
    assert in_unit(figure("3.2公里"), "米") == (3200, (3150, 3250))
    assert in_unit(figure("3.2公里"), "元") is None


@pytest.mark.parametrize(("above", "below", "minus", "expected"), [
    ("400.00万元", "420.50万元", False, "95.12"),
    ("4000000元", "420.50万元", False, "95.12"),
    ("420.50万元", "380.00万元", True, "10.66"),
    ("45.10万元", "50.00万元", True, "-9.80"),
    ("0.00万元", "50.00万元", False, "0.00"),
    ("30人", "40名", False, "75.00"),
    ("-5.00万元", "10.00万元", False, "-50.00"),
])  # fmt: skip
def test_a_quotient_in_per_cent(above, below, minus, expected):
    """a ÷ b, or (a − b) ÷ b, converted to one unit."""
    computed = quotient(figure(above), figure(below), minus)
    assert computed is not None
    assert str(computed[0].quantize(D("0.01"), ROUND_HALF_UP)) == expected
    assert computed[1].low <= computed[0] <= computed[1].high


@pytest.mark.parametrize(("above", "below"), [
    ("5.00万元", "0.00万元"), ("5.00万元", "0万元"), ("5.00万元", "3人"), ("5元", "0人"),
    ("5.00万元", "0元"), ("5%", "0%"), ("5人", "近1人"),
])  # fmt: skip
def test_no_quotient_over_zero_or_between_kinds(above, below):
    """Where the denominator can be zero, or units differ in kind, nothing is computed."""
    assert quotient(figure(above), figure(below)) is None


def test_the_denominators_uncertainty_counts_once():
    """(a − b) ÷ b is a ÷ b − 1: its interval is that of a ÷ b, moved."""
    share = quotient(figure("45.10万元"), figure("50.00万元"))
    growth = quotient(figure("45.10万元"), figure("50.00万元"), minus=True)
    assert share is not None
    assert growth is not None
    for moved, end in zip(growth[1], share[1], strict=True):
        assert round(moved, 15) == round(end - 100, 15)


# ---- random grids --------------------------------------------------------------------------

GRID_FORM = """\
表单: 示例县2022年度支出表
表:
  经费:
    种类: 网格
    单位: 万元
    列:
      基本: 年初预算
      项目: 决算
      合计: {{合计: [基本, 项目]}}
      占比: {{单位: "%", 比率: [合计, 经费.合计.合计]}}
      增长率: {{单位: "%", 增长率: [项目, 基本]}}
    行:
{rows}
      合计: {{合计: [{labels}]}}
"""
HEAD = FILES[REPORT].partition("数据:")[0]
amounts = st.decimals(D("0.01"), D("99999.99"), places=2)
rows = st.lists(st.tuples(amounts, amounts), min_size=2, max_size=5)


def percent(above: D, below: D) -> str:
    """above ÷ below as printed: two decimals, rounded half up."""
    with localcontext() as context:
        context.prec = 60
        return f"{(above / below * 100).quantize(D('0.01'), ROUND_HALF_UP)}%"


def grid(pairs: list[tuple[D, D]]) -> dict[str, dict[str, str]]:
    """A consistent table: sums added, shares and growth computed and rounded."""
    lines = {f"部门{n}": list(pair) for n, pair in enumerate(pairs, 1)}
    lines["合计"] = [sum((p[0] for p in pairs), D(0)), sum((p[1] for p in pairs), D(0))]
    whole = sum(lines["合计"])
    return {
        label: {
            "基本": str(a),
            "项目": str(b),
            "合计": str(a + b),
            "占比": percent(a + b, whole),
            "增长率": percent(b - a, a),
        }
        for label, (a, b) in lines.items()
    }


def grid_findings(root, table: dict[str, dict[str, str]]) -> list[str]:
    """What is found in a report that holds only `table`."""
    labels = [label for label in table if label != "合计"]
    listed = "\n".join(f"      {label}:" for label in labels)
    data = "".join(
        f"    {label}:\n" + "".join(f"      {name}: {text}\n" for name, text in cells.items())
        for label, cells in table.items()
    )
    changes = {
        FORM: GRID_FORM.format(rows=listed, labels=", ".join(labels)),
        REPORT: f"{HEAD}数据:\n  经费:\n{data}",
        NARRATIVE: "支出见表。\n",
    }
    return findings(project(root, changes))


@pytest.fixture(scope="module")
def grid_root(tmp_path_factory):
    """One folder, written anew for every table."""
    return tmp_path_factory.mktemp("grid")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows)
def test_a_consistent_table_has_no_findings(grid_root, pairs):
    """Sums that were added and shares that were computed and rounded are never complained of."""
    assert grid_findings(grid_root, grid(pairs)) == []


@settings(max_examples=120, deadline=None, derandomize=True)
@given(rows, st.data())
def test_one_changed_digit_is_found(grid_root, pairs, data):
    """One digit of a total or of a part changed: a finding of a sum, in whatever place it is."""
    table = grid(pairs)
    label = data.draw(st.sampled_from(sorted(table)))
    column = data.draw(st.sampled_from(["基本", "项目", "合计"]))
    text = table[label][column]
    place = data.draw(st.sampled_from([n for n, c in enumerate(text) if c != "."]))
    leading = place == 0 and text[1] != "."
    digits = [d for d in ("123456789" if leading else "0123456789") if d != text[place]]
    table[label][column] = text[:place] + data.draw(st.sampled_from(digits)) + text[place + 1 :]
    found = {said.split()[1] for said in grid_findings(grid_root, table)}
    assert found & {"sum-differs", "sum-rounded"}, (label, column, text, table[label][column])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows, st.data())
def test_one_changed_digit_of_a_share_is_found_at_its_place(grid_root, pairs, data):
    """One digit of a share or a growth changed: one finding of a ratio, at that cell."""
    table = grid(pairs)
    label = data.draw(st.sampled_from(sorted(table)))
    column = data.draw(st.sampled_from(["占比", "增长率"]))
    text = table[label][column]
    place = data.draw(st.sampled_from([n for n, c in enumerate(text) if c.isdigit()]))
    leading = text[:place] in ("", "-") and text[place + 1] != "."
    digits = [d for d in ("123456789" if leading else "0123456789") if d != text[place]]
    table[label][column] = text[:place] + data.draw(st.sampled_from(digits)) + text[place + 1 :]
    (found,) = grid_findings(grid_root, table)
    line = (
        HEAD.count("\n") + 3 + 6 * list(table).index(label) + 1 + list(table[label]).index(column)
    )
    expected = f"report:{line}:{6 + len(column) + 3} ratio-(differs|rounded|truncated)"
    assert re.fullmatch(expected, found)
