"""JSON Schemas of texts and dataclasses: each reader of `shape` as an editor should see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from site_builder import reading_rules as rules
from site_builder.place import Place
from site_builder.report_file import DASHES
from site_builder.shape import Wrong
from site_builder.yaml_file import text_at

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
NUMBER_PATTERN = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$"
AMOUNT = r"-?(0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?"
SHARE_PATTERN = f"^{AMOUNT}%?$"
DASH_PATTERN = f"^({'|'.join(sorted(DASHES))})$"  # none of them means anything in a pattern
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TEXT: Schema = {"type": ["string", "number", "boolean"]}
BLANK: Schema = {"type": ["string", "number", "boolean", "null"]}
NUMBER: Schema = {
    "type": ["number", "string"],
    "pattern": NUMBER_PATTERN,
    "description": "数字，如 24.75：半角、不带单位、不带逗号",
}
DATE: Schema = {"type": "string", "pattern": DATE_PATTERN, "description": "日期，如 2023-05-08"}
# What a key means, shown beside it in the editor.
MEANINGS = {
    "单位": "计量单位，如 万元、人、%",
    "定义": "这个概念是什么，给读者看的一句话",
    "又名": "报告里的其他叫法",
    "组成": "完整的组成部分：各项之和必须等于它",
    "其中": "其中的一部分：各项之和不能大于它",
    "合计": "完整的分项：各项之和必须等于它",
    "等于": "与这些数相等",
    "差": "第一项减第二项",
    "比率": "第一项 ÷ 第二项",
    "增长率": "（第一项 − 第二项）÷ 第二项",
    "下降率": "（第二项 − 第一项）÷ 第二项",
    "口径": "哪一个数：上年决算、年初预算、全年预算、决算、年末、自评",
    "概念": "data/concepts.yaml 里的概念；“无”表示不适用行的概念",
    "类型": "数、文字、指标值、分值、得分",
    "合计等于": "这一列之和等于这个概念",
    "附件": "同一附件的表排在一起",
    "表名": "照原件的表名",
    "种类": "网格（有行有列）、清单（逐条）、指标（指标树）、填报（项目: 值）",
    "行头": "最左一列的栏名",
    "正文": "是：这些数只写在正文里",
    "可增项": "是：允许写表单里没有列出的项",
    "对象": "项目：这些数是项目的，不是全镇的",
    "每项目一份": "是：每个项目一份，数据里先写项目名称",
    "层级": "各级指标的栏名，从一级到末级",
    "另计": "分值、得分计入总分的其他表",
    "总分": "是：有总分一行",
    "勾稽": "跨表的关系",
    "依据": "规定它的文件，照原件；没有写明就留空",
    "名录完整": "是：下面列出了全县所有的镇；空着就当作没有列全，不写县合计",
    "名称": "照原件的名称",
    "年度": "财政年度，与文件名相同",
    "表单": "data/forms/ 里的表单名",
    "来源": "公开的出处",
    "统一社会信用代码": "原件没有就留空，不能编造",
    "报告日期": "原件的落款日期，如 2023-05-08；没有就留空",
    "批复日期": "决算批复到单位的日期，20日内应当公开；不知道就留空",
    "发布日期": "首次发布的日期，如 2023-05-31；知道时刻的写 2023-05-31 10:30；不知道就留空",
    "索引号": "政府信息公开目录的索引号；没有就留空，不能编造",
    "发布机构": "发布机构全称",
    "文号": "如 示政发〔2023〕1号；没有就留空",
    "主题分类": "如 财政；留空则用 mkdocs.yml 里的",
    "体裁": "如 报告；留空则用 mkdocs.yml 里的",
    "生成日期": "成文日期；留空则是报告日期",
    "公开类别": "如 主动公开；留空则用 mkdocs.yml 里的",
    "公开方式": "如 政府网站；留空则用 mkdocs.yml 里的",
    "公开时限": "如 长期公开；留空则用 mkdocs.yml 里的",
    "有效性": "如 有效；留空则用 mkdocs.yml 里的",
    "关键词": "供检索的词",
    "概述": "内容概述，不超过 300 字",
    "更正": "发布之后的更正：日期和说明",
    "规则": "要说明的规则",
    "位置": "地址：表.行.列",
    "说明": "给公众看的说明",
    "至": "说明的期限",
}


def schema_of(reads: Any) -> Schema:
    """The schema of what `shape.read` reads: a dataclass, [it], {str: it}, or one text."""
    if isinstance(reads, list):
        return {"type": "array", "items": schema_of(reads[0])}
    if isinstance(reads, dict):
        return {"type": "object", **many(or_blank(schema_of(reads[str])))}
    if isinstance(reads, type):
        return schema_of_dataclass(reads)
    return _of_text(reads)


def schema_of_dataclass(shape: type) -> Schema:
    """The schema of a table: its keys, what each means, and which must be there."""
    properties: dict[str, Schema] = {}
    required = []
    for one in fields(shape):
        if "key" not in one.metadata:
            continue
        name = one.metadata["key"]
        schema = schema_of(one.metadata["reads"])
        if one.default is MISSING and one.default_factory is MISSING:
            required.append(name)
        else:
            schema = or_blank(schema)
        properties[name] = meant(name, schema)
    return object_of(properties, required)


@cache
def _sample_place() -> Place:
    return Place("", 1, 1)


def _of_text(reads: Any) -> Schema:
    """What a reader of one text accepts, by what it says of a text that nobody would write."""
    try:
        reads(text_at("\0", _sample_place()))
    except Wrong as wrong:
        if wrong.rule is rules.CHOICE:
            return {"enum": wrong.words["choices"].split("、")}
        return dict(DATE if wrong.rule is rules.DATE else NUMBER)
    return dict(TEXT)


def or_blank(schema: Schema) -> Schema:
    """The same, or nothing: `键:` with nothing behind it."""
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    kinds = schema.get("type")
    if kinds is None:
        return schema
    return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}


def object_of(
    properties: dict[str, Schema], required: Iterable[str] = (), open_: Any = False
) -> Schema:
    """A table with these keys; `open_` says what others may hold (False: there are none)."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": open_}
    if listed := list(required):
        schema["required"] = listed
    return schema


def many(inner: Schema) -> Schema:
    """What stands under keys of any name."""
    return {"additionalProperties": inner}


def meant(name: str, schema: Schema) -> Schema:
    """The same with what the key means, where that is known."""
    said = MEANINGS.get(name)
    return {**schema, "description": said} if said and "description" not in schema else schema


def titled(title: str, schema: Schema) -> Schema:
    """The schema of a file."""
    return {"$schema": DRAFT, "title": title, **schema}
