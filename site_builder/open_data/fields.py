"""The fields of the open data: names, types and meanings of every column, said once.

Files, data packages, the database and the page that explains them are all made from these. The
column types are those of the Fiscal Data Package: annotations, for readers that know them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from site_builder.finding import Words

Type = Literal["string", "integer", "number", "date"]


class Field(NamedTuple):
    """A column: its name in files, what it holds, and what that means."""

    name: str
    type: Type
    title: str
    says: Words
    column_type: str = ""
    required: bool = False


# What every row says of its report, in facts and in findings alike.
_REPORT = (
    Field(
        "report",
        "string",
        "报告",
        Words("报告的地址：县/镇/年度", "address of the report: county/town/year"),
        required=True,
    ),
    Field(
        "county",
        "string",
        "县",
        Words("县的名称", "county"),
        "administrative-classification:generic:level1:label",
        True,
    ),
    Field(
        "county_code",
        "string",
        "县代码",
        Words("县的区划代码", "division code of the county"),
        "administrative-classification:generic:level1:code:full",
        True,
    ),
    Field(
        "town",
        "string",
        "乡镇",
        Words("乡镇的名称", "town"),
        "administrative-classification:generic:level2:label",
        True,
    ),
    Field(
        "town_code",
        "string",
        "乡镇代码",
        Words(
            "乡镇的区划代码；名称会重复，代码不会",
            "division code of the town; names repeat, codes do not",
        ),
        "administrative-classification:generic:level2:code:full",
        True,
    ),
)
_YEAR = Field(
    "fiscal_year",
    "integer",
    "报告年度",
    Words("报告的财政年度", "fiscal year of the report"),
    "date:fiscal-year",
    True,
)

FACTS: tuple[Field, ...] = (
    *_REPORT,
    Field(
        "credit_code",
        "string",
        "统一社会信用代码",
        Words(
            "乡镇人民政府的统一社会信用代码；不知道就是空白",
            "credit code of the town's government; blank when not known",
        ),
        "administrator:generic:id",
    ),
    _YEAR,
    Field("table", "string", "表", Words("所在的表，照原件", "table as printed"), required=True),
    Field("row", "string", "行", Words("行的名称，照原件", "row as printed"), "budget-line-id"),
    Field(
        "column",
        "string",
        "栏",
        Words("栏的名称，照原件；多层栏名以“·”相连", "column as printed, merged heads joined by ·"),
    ),
    Field(
        "concept",
        "string",
        "概念",
        Words(
            "这个数是什么，见 concepts；空白：没有归入概念",
            "what the figure means, see concepts; blank: none",
        ),
    ),
    Field(
        "basis",
        "string",
        "口径",
        Words(
            "哪一个数：上年决算、年初预算、全年预算、决算、年末、自评",
            "which number of it: last year's outturn, budget, adjusted budget, outturn, end of year, "
            "self-evaluation",
        ),
        "phase:id",
    ),
    Field(
        "describes_year",
        "integer",
        "所指年度",
        Words(
            "这个数说的是哪一年；上年决算是报告年度的前一年", "the year that the figure describes"
        ),
        required=True,
    ),
    Field(
        "subject",
        "string",
        "对象",
        Words("空白：全镇；否则是其中的项目", "blank: the town; else a project of it"),
    ),
    Field(
        "printed",
        "string",
        "原文",
        Words("公布的写法，一字不改", "as published, to the letter"),
        required=True,
    ),
    Field(
        "value",
        "number",
        "数值",
        Words(
            "原文写的数，单位见“单位”；1.84万亩是 18400；没有换算，没有四舍五入",
            "the number printed, in `unit`; not converted, not rounded",
        ),
        "value",
        True,
    ),
    Field("unit", "string", "单位", Words("数值的单位", "unit of the value")),
    Field(
        "approximate",
        "string",
        "约数",
        Words(
            "使它成为约数的词：余、约、≥ 等；空白：不是约数",
            "the word that makes it approximate; blank: none",
        ),
    ),
    Field(
        "address",
        "string",
        "位置",
        Words(
            "在报告页上的位置，接在网址的 # 后",
            "place on the report's page, behind the # of its address",
        ),
        required=True,
    ),
    Field(
        "source",
        "string",
        "出处",
        Words("数据文件:行:列", "file:line:column of the source"),
        required=True,
    ),
    Field(
        "findings",
        "string",
        "核对发现",
        Words(
            "在这个数上有发现的规则，以空格分开",
            "rules with a finding at this figure, separated by spaces",
        ),
    ),
)

FINDINGS: tuple[Field, ...] = (
    *_REPORT,
    _YEAR,
    Field(
        "number",
        "integer",
        "序号",
        Words("在报告页上的编号", "its number on the report's page"),
        required=True,
    ),
    Field(
        "rule",
        "string",
        "规则",
        Words(
            "规则名，说明见 rules/<规则>/index.html", "rule, explained at rules/<rule>/index.html"
        ),
        required=True,
    ),
    Field(
        "level",
        "string",
        "级别",
        Words("error 错误，warning 警告，note 提示", "error, warning or note"),
        required=True,
    ),
    Field(
        "address",
        "string",
        "位置",
        Words("所在的数或正文的位置", "the cell or the place in the narrative"),
    ),
    Field("printed", "string", "写的是", Words("公布的写法", "as published")),
    Field(
        "recomputed",
        "string",
        "核算为",
        Words("由报告中的其他数算出", "as the report's other figures give"),
    ),
    Field("difference", "string", "相差", Words("两者之差", "their difference")),
    Field("formula", "string", "算式", Words("怎样算出", "how it was computed")),
    Field("message", "string", "说明", Words("发现的内容", "what was found"), required=True),
    Field(
        "source",
        "string",
        "出处",
        Words("文件:行:列", "file:line:column of the source"),
        required=True,
    ),
    Field(
        "explanation",
        "string",
        "公开说明",
        Words("发布单位的公开说明；空白：没有", "the publisher's explanation; blank: none"),
    ),
    Field("explained_on", "date", "说明日期", Words("公开说明的日期", "date of the explanation")),
    Field(
        "explained_until",
        "date",
        "说明期限",
        Words("公开说明有效到哪一天", "last day on which it holds"),
    ),
)
