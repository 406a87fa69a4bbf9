"""What findings on arithmetic in sentences say where a rule has several ways to say it."""

from __future__ import annotations

import pytest
from test_words_of_findings import said

from site_builder.examples import examples, run_example
from site_builder.finding import Finding

CASES = [
    (
        "全年改厕任务116户，实际完成100户，超任务13.79%。",
        "“全年改厕任务超任务”写的是13.79%，按（100户 − 116户）÷ 116户应为-13.79%",
    ),
    (
        "公务接待费5.82万元，比上年的6.40万元有所上升。",
        "“公务接待费”写的是上升，按5.82万元 − 6.40万元应为下降0.58万元",
    ),
    (
        "水电费12.6万元，比上年的11.20万元略有下降。",
        "“水电费”写的是下降，按12.6万元 − 11.20万元应为上升1.40万元",
    ),
    (
        "公务接待费5.82万元，比上年的6.40万元增加0.58万元。",
        "“公务接待费增加”写的是0.58万元，按5.82万元 − 6.40万元应为减少0.58万元",
    ),
    (
        "公务接待费6.40万元，比上年的5.82万元下降9.97%。",
        "“公务接待费下降”写的是9.97%，按（6.40万元 − 5.82万元）÷ 5.82万元应为增长9.97%",
    ),
    (
        "新增合作社7家，总数由52家增加到58家。",
        "“新增合作社”写的是7家，按58家 − 52家应为6家",
    ),
    (
        "办公费22.6万元，压减15.67%（上年26.2万元）。",
        "“办公费压减”写的是15.67%，按（22.6万元 − 26.2万元）÷ 26.2万元应为13.74%",
    ),
    (
        "项目支出900.50万元，较上年的800.30万元增长15.2%。",
        "“项目支出增长”写的是15.2%，按（900.50万元 − 800.30万元）÷ 800.30万元应为12.52%",
    ),
    (
        "年初在册企业86家，新增13家，退出4家，年末97家，净增9家。",
        "“年末数”写的是97家，按86家 + 13家 − 4家应为95家",
    ),
    (
        "投入600万元，占总投资1200万元的40%。",
        "“投入”占“总投资1200万元”的比例写的是40%，按600万元 ÷ 1200万元应为50.00%",
    ),
    (
        "全镇24个村中已验收18个，占80%。",
        "“已验收”占“24个”的比例写的是80%，按18个 ÷ 24个应为75.00%",
    ),
    (
        "效益指标满分30分，得29分，扣2分。",
        "这句话里“扣”的数写的是2分，按30分 − 29分应为1分",
    ),
    (
        "会务费预算8万元，决算7.6万元，节约率8%。",
        "“节约率”写的是8%，按（8万元 − 7.6万元）÷ 8万元应为5.00%",
    ),
    (
        "车辆费预算8万元，决算7.6万元，节约0.6万元。",
        "这句话里“节约”的数写的是0.6万元，按8万元 − 7.6万元应为0.4万元",
    ),
    (
        "上年结转86.3万元，本年收入2670万元，本年支出2700万元，年末结余46.3万元。",
        "“年末结余”写的是46.3万元，按86.3万元 + 2670万元 − 2700万元应为56.3万元",
    ),
    (
        "党员334名，其中女党员412名、大专以上学历386名。",
        "总数写的是334名，其中女党员412名，多出78名",
    ),
    (
        "支出50万元，其中项目支出600000元。",
        "总数写的是50万元，其中项目支出600000元，折合60万元，多出10万元",
    ),
    (
        "养护经费支出64.20万元。其中：25万元用于清淤；49.20万元用于路面。",
        "总数写的是64.20万元，其中25万元、49.20万元合计74.20万元，多出10.00万元",
    ),
    (
        "养护经费支出64.20万元。其中：75万元用于清淤。",
        "总数写的是64.20万元，其中75万元，多出10.80万元",
    ),
    (
        "人员经费、公用经费、项目经费分别占60%、30%、20%。",
        "各占多少合起来不会超过100%，所列60%、30%、20%加起来是110%",
    ),
    (
        "种粮补贴180万元、农机补贴90万元，合计305万元。",
        "合计写的是305万元，所列180万元、90万元加起来是270万元",
    ),
    (
        "项目支出900.50万元，较上年决算800.30万元增加120.20万元，增长12.52%。",
        "“项目支出增加”写的是120.20万元，按900.50万元 − 800.30万元应为100.20万元",
    ),
    (
        "项目支出680.30万元，较上年决算800.30万元减少102.00万元，下降14.99%。",
        "“项目支出减少”写的是102.00万元，按680.30万元 − 800.30万元应为120.00万元",
    ),
    (
        "受理工单198件，已办结186件，办结率95.94%。",
        "“办结率”写的是95.94%，按186件 ÷ 198件应为93.94%",
    ),
]


@pytest.mark.parametrize(("markdown", "message"), CASES)
def test_the_one_finding_says(markdown: str, message: str) -> None:
    """The message names what is meant, how it was worked out and in which unit."""
    assert said(markdown) == [message]


def only_finding(markdown: str) -> Finding:
    """The one finding on sentences of a report without figures."""
    form = "概况:\n  种类: 填报\n  项: {说明: 文字}\n"
    data = "概况: {说明: 见正文}\n"
    blocks = (("yaml form", form), ("yaml data", data), ("markdown", f"{markdown}\n"))
    text = "\n".join(f"```{kind}\n{block}```\n" for kind, block in blocks)
    [example] = examples(text, "words")
    [finding] = run_example(example)
    return finding


def test_a_finding_names_no_place_twice() -> None:
    """Beside the share that is one too many stand the other two."""
    finding = only_finding("人员经费、公用经费、项目经费分别占60%、30%、20%。")
    assert [place.column for place in (finding.at, *finding.others)] == [26, 18, 22]


def test_a_change_between_sentences_names_both_of_them() -> None:
    """Beside the change stand last year's amount and this year's, in other lines."""
    finding = only_finding(
        "2021年印刷费支出38.1万元。\n\n2022年印刷费支出46.2万元。\n\n印刷费比上年增加9.1万元。"
    )
    assert [place.line for place in (finding.at, *finding.others)] == [16, 12, 14]


def test_a_share_of_what_stands_before_is_worked_out_of_it() -> None:
    """Where the sentence has the whole, the year's total is only a second try."""
    text = """```yaml concepts
支出合计: {单位: 万元, 定义: 示例}
项目支出: {单位: 万元, 定义: 示例}
```

```yaml form
支出:
  种类: 填报
  项:
    支出合计: {概念: 支出合计, 口径: 决算}
    项目支出: {概念: 项目支出, 口径: 决算}
```

```yaml data
支出: {支出合计: 2250.80万元, 项目支出: 900.50万元}
```

```markdown
一般公共预算支出2000万元，其中项目支出900.50万元，占50.01%。
```
"""
    [example] = examples(text, "words")
    assert [finding.message("zh") for finding in run_example(example)] == [
        "“项目支出”占“2000万元”的比例写的是50.01%，按900.50万元 ÷ 2000万元应为45.03%"
    ]


@pytest.mark.parametrize(
    ("past", "told", "zh", "en"),
    [
        ("6.40", "有所上升", "应为下降0.58万元", "makes a decrease of 0.58万元"),
        ("6.40", "增加0.58万元", "应为减少0.58万元", "makes a decrease of 0.58万元"),
        ("6.40", "减少0.50万元", "应为0.58万元", "makes 0.58万元"),
        ("6.40", "增长9.06%", "应为下降9.06%", "makes a decrease of 9.06%"),
        ("5.24", "减少0.58万元", "应为增加0.58万元", "makes an increase of 0.58万元"),
    ],
)
def test_a_change_the_other_way_is_told_in_words(past: str, told: str, zh: str, en: str) -> None:
    """No minus sign: 应为减少, in English too."""
    text = f"""```yaml form
概况:
  种类: 填报
  项: {{说明: 文字}}
```

```yaml data
概况: {{说明: 见正文}}
```

```markdown
公务接待费5.82万元，比上年的{past}万元{told}。
```
"""
    [example] = examples(text, "words")
    [finding] = run_example(example)
    assert finding.message("zh").endswith(zh)
    assert finding.message("en").endswith(en)


def test_an_amount_in_another_unit_names_the_others_of_its_list() -> None:
    """Beside the amount in 万元 stand the two in 亿元, and not itself."""
    finding = only_finding("东片1.76亿元，占3.5%；南片2.35万元，占4.6%；西片46.52亿元，占91.9%。")
    places = [place.column for place in (finding.at, *finding.others)]
    assert places == [18, 3, 33]
