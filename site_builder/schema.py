"""JSON Schemas of what people write in YAML, for editors: Chinese keys are completed, slips underlined.

Made from the same dataclasses and forms that read the files, so they cannot say otherwise. They
are draft-07, the newest that the YAML language server knows, and looser than the checker: an
editor reads 24.75 as a number and '24.75' as text, and both are fine. `schemas/` in the project
holds them; `.vscode/settings.json` says which file each is for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import Any

from site_builder import reading_rules as rules
from site_builder.acknowledge import ACKNOWLEDGEMENT_RULES
from site_builder.check import ALL_RULES
from site_builder.concepts import BASES, Concept, read_concepts
from site_builder.counties import County
from site_builder.explained import Explained
from site_builder.finding import Finding
from site_builder.form_file import read_forms
from site_builder.forms import (
    KINDS,
    NO_CONCEPT,
    RELATIONS,
    SAME_KIND,
    TYPES,
    CellType,
    Column,
    Form,
    TableForm,
)
from site_builder.place import Place
from site_builder.plausibility import Range
from site_builder.profiles import Profile, read_profiles
from site_builder.ratios import Formula, read_ratios
from site_builder.report import Heading
from site_builder.report_file import DASHES
from site_builder.shape import Wrong
from site_builder.yaml_file import text_at

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"

NUMBER_PATTERN = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$"
SHARE_PATTERN = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?%?$"
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

# What a cell of each type may hold; blank is always allowed, and means “not reported”.
CELLS: dict[CellType, Schema] = {
    "figure": {
        "type": ["number", "string", "null"],
        "pattern": f"^$|{NUMBER_PATTERN}|{DASH_PATTERN}",
        "description": "数字，单位由表单规定，不写在这里；没有填报就留空，原件印着“—”就写“—”",
    },
    "measure": {
        "type": ["number", "string", "null"],
        "pattern": f"^$|[0-9]|{DASH_PATTERN}",
        "description": "照原件写，带单位：24.75万元、125人、71.42%；没有填报就留空",
    },
    "text": {**BLANK, "description": "文字"},
    "target": {**BLANK, "description": "指标值，照原件写：≥95%、1132人，或文字"},
}
SHARE_CELL: Schema = {
    "type": ["number", "string", "null"],
    "pattern": f"^$|{SHARE_PATTERN}|{DASH_PATTERN}",
    "description": "百分比，如 98.91%，或照原件只写数字；没有填报就留空，原件印着“—”就写“—”",
}

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


def all_schemas(root: Path) -> dict[str, Schema]:
    """Every schema of the project at `root`, by file name below schemas/."""
    found: list[Finding] = []
    concepts = read_concepts(root, found)
    forms = read_forms(root, concepts, found)
    ratios = read_ratios(root, concepts, found)
    profiles = read_profiles(root, concepts, ratios, found)
    made = {
        "concepts.schema.json": _titled("概念", _of({str: Concept})),
        "county.schema.json": _titled("县镇名录", _of(County)),
        "profile.schema.json": _titled("口径", _of(Profile)),
        "ratios.schema.json": _titled("比率", _of({str: {str: Formula}})),
        "plausibility.schema.json": _titled("合理范围", _of({str: Range})),
        "form.schema.json": _form_schema(concepts),
        "report.schema.json": _report_schema(forms, profiles),
    }
    for name, form in forms.items():
        made[_report_name(name)] = _report_of(form, concepts)
    return made


def write_schemas(root: Path, out: Path) -> list[str]:
    """Write all schemas to `out`; those of forms that are gone are removed. Their names, in order."""
    out.mkdir(parents=True, exist_ok=True)
    made = all_schemas(root)
    for path in out.glob("report.*.schema.json"):
        if path.name not in made:
            path.unlink()
    for name, schema in made.items():
        (out / name).write_text(as_text(schema), "utf-8")
    return sorted(made)


def as_text(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


# -- from dataclasses ------------------------------------------------------------------------


def _of(reads: Any) -> Schema:
    """The schema of what `shape.read` reads: a dataclass, [it], {str: it}, or one text."""
    if isinstance(reads, list):
        return {"type": "array", "items": _of(reads[0])}
    if isinstance(reads, dict):
        return {"type": "object", **_many(_or_blank(_of(reads[str])))}
    if isinstance(reads, type):
        return _of_dataclass(reads)
    return _of_text(reads)


def _of_dataclass(shape: type) -> Schema:
    properties: dict[str, Schema] = {}
    required = []
    for one in fields(shape):
        if "key" not in one.metadata:
            continue
        name = one.metadata["key"]
        schema = _of(one.metadata["reads"])
        if one.default is MISSING and one.default_factory is MISSING:
            required.append(name)
        else:
            schema = _or_blank(schema)
        properties[name] = _meant(name, schema)
    return _object(properties, required)


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


def _or_blank(schema: Schema) -> Schema:
    """The same, or nothing: `键:` with nothing behind it."""
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    kinds = schema.get("type")
    if kinds is None:
        return schema
    return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}


def _object(
    properties: dict[str, Schema], required: Iterable[str] = (), open_: Any = False
) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": open_}
    if listed := list(required):
        schema["required"] = listed
    return schema


def _many(inner: Schema) -> Schema:
    return {"additionalProperties": inner}


def _meant(name: str, schema: Schema) -> Schema:
    said = MEANINGS.get(name)
    return {**schema, "description": said} if said and "description" not in schema else schema


def _titled(title: str, schema: Schema) -> Schema:
    return {"$schema": DRAFT, "title": title, **schema}


# -- forms -----------------------------------------------------------------------------------


def _form_schema(concepts: Iterable[str]) -> Schema:
    """A form: its tables by kind, their columns, rows and items."""
    ref = {name: {"$ref": f"#/definitions/{name}"} for name in ("列", "行", "项", "概念")}
    flag: Schema = {"enum": ["是", "否", None]}
    names: Schema = {"type": "array", "items": TEXT}
    text = _or_blank(TEXT)
    relations = {kind: _meant(kind, names) for kind in RELATIONS}
    basis: Schema = {"enum": [*BASES, None]}
    type_: Schema = {"enum": list(TYPES)}
    own: dict[str, dict[str, Schema]] = {
        "网格": {"行头": text, "列": ref["列"], "行": ref["行"]},
        "清单": {"列": ref["列"]},
        "指标": {"层级": names, "列": ref["列"], "另计": names, "一级指标分值": flag, "总分": flag},
        "填报": {"项": ref["项"], "可增项": flag},
    }
    common: dict[str, Schema] = {
        "附件": text,
        "表名": text,
        "种类": {"enum": list(KINDS)},
        "单位": text,
        "注": text,
        "对象": text,
        "正文": flag,
        "每项目一份": flag,
    }
    table = {
        "type": "object",
        "required": ["种类"],
        "properties": {"种类": _meant("种类", common["种类"])},
        "allOf": [
            {
                "if": {"properties": {"种类": {"const": kind}}, "required": ["种类"]},
                "then": _object({k: _meant(k, v) for k, v in {**common, **more}.items()}),
            }
            for kind, more in own.items()
        ],
    }
    place: dict[str, Schema] = {
        "口径": basis,
        "概念": ref["概念"],
        "年度": _or_blank(NUMBER),
    }
    column = {"类型": type_, "单位": text, **place, "合计等于": ref["概念"], **relations}
    row: dict[str, Schema] = {
        "概念": ref["概念"],
        "单位": text,
        "组": text,
        "级": {"enum": [1, 2, 3, 4, "1", "2", "3", "4"]},
        **{kind: relations[kind] for kind in SAME_KIND},
    }
    item = {"类型": type_, **place, **relations}
    head = {"列": ref["列"], "单位": text, "口径": basis, "年度": place["年度"]}

    def described(keys: dict[str, Schema]) -> Schema:
        return _object({k: _meant(k, v) for k, v in keys.items()})

    definitions: dict[str, Schema] = {
        "概念": {"anyOf": [{"enum": [*concepts, NO_CONCEPT]}, {"type": "null"}]},
        "列": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"enum": [*BASES, *TYPES, None]},
                    described(column),
                    {**described(head), "required": ["列"]},
                ]
            },
        },
        "行": {"type": "object", **_many({"anyOf": [ref["概念"], described(row)]})},
        "项": {
            "type": "object",
            **_many({"anyOf": [{"enum": ["文字"]}, ref["概念"], described(item)]}),
        },
    }
    side: Schema = {"anyOf": [TEXT, names]}
    tie: Schema = {
        "anyOf": [
            _object({"合计": TEXT, "组成": names}, ("合计", "组成")),
            _object({"等于": {"type": "array", "items": side, "minItems": 2}}, ("等于",)),
        ]
    }
    top = {
        "表单": TEXT,
        "依据": text,
        "表": {"type": "object", **_many(table)},
        "勾稽": {"type": ["array", "null"], "items": tie},
    }
    schema = _object({k: _meant(k, v) for k, v in top.items()}, ("表单", "表"))
    return _titled("表单", {**schema, "definitions": definitions})


# -- reports ---------------------------------------------------------------------------------


def _report_name(form: str) -> str:
    return f"report.{form}.schema.json"


def _report_schema(forms: Iterable[str], profiles: Iterable[str]) -> Schema:
    """Any report: its head and explanations; the tables by the form that the head names."""
    names = list(forms)
    heading = _of(Heading)
    heading["properties"]["表单"] = {"enum": names, "description": MEANINGS["表单"]}
    heading["properties"]["口径"] = {
        "enum": list(profiles),
        "description": "data/profiles/ 里的口径",
    }
    by_form = [
        {
            "if": {
                "required": ["报告"],
                "properties": {
                    "报告": {"required": ["表单"], "properties": {"表单": {"const": name}}}
                },
            },
            "then": {"properties": {"数据": {"$ref": f"{_report_name(name)}#/properties/数据"}}},
        }
        for name in names
    ]
    schema = _object(
        {
            "报告": heading,
            "数据": {"type": "object", "description": "各表的数据，照表单的表、行、列"},
            "认可": _explained(),
        },
        ("报告", "数据"),
    )
    return _titled("报告", {**schema, "allOf": by_form})


def _explained() -> Schema:
    """认可: only what is a matter of substance can be explained."""
    entry = _of(Explained)
    wrong = {rule.id for rule in ACKNOWLEDGEMENT_RULES}
    ids = [rule.id for rule in ALL_RULES if not rule.form and rule.id not in wrong]
    entry["properties"]["规则"] = {"enum": ids, "description": MEANINGS["规则"]}
    return {"type": ["array", "null"], "items": entry, "description": "对核对发现的公开说明"}


def _report_of(form: Form, concepts: dict[str, Concept]) -> Schema:
    """A report on one form: its tables, rows and columns as keys."""
    tables = {
        t.key: _or_blank(_many(_table(t, concepts))) if t.repeated else _table(t, concepts)
        for t in form.tables
    }
    data = {**_object(tables, tables), "description": form.title}
    ref = {name: {"$ref": f"report.schema.json#/properties/{name}"} for name in ("报告", "认可")}
    schema = _object({"报告": ref["报告"], "数据": data, "认可": ref["认可"]}, ("报告", "数据"))
    return _titled(form.title, schema)


def _table(form: TableForm, concepts: dict[str, Concept]) -> Schema:
    if form.kind == "grid":
        rows = {
            row.label: _said(_or_blank(_columns(form.columns, row.unit)), row.concept, concepts)
            for row in form.rows
        }
        return {**_object(rows, rows), "description": form.caption}
    if form.kind == "list":
        items: Schema = {"type": "array", "items": _or_blank(_columns(form.columns))}
        return {**items, "description": form.caption}
    if form.kind == "fields":
        fields_ = {i.label: _said(_cell(i.type), i.concept, concepts) for i in form.items}
        more: Any = CELLS["target"] if form.open else False
        return {**_object(fields_, fields_, more), "description": form.caption}
    return {**_indicators(form), "description": form.caption}


def _indicators(form: TableForm) -> Schema:
    levels = tuple(Column((name,), name, "text") for name in form.levels)
    lines = _columns((*levels, *form.columns))
    parts: dict[str, Schema] = {"指标": {"type": ["array", "null"], "items": lines}}
    if form.group_weights:
        parts["一级指标分值"] = {"type": ["object", "null"], **_many(CELLS["figure"])}
    if form.total_row:
        figures = {c.label: _cell(c.type, c.unit) for c in form.columns if c.type == "figure"}
        parts["总分"] = _or_blank(_object(figures))
    return _object(parts, parts)


def _columns(columns: Sequence[Column], row_unit: str = "", depth: int = 0) -> Schema:
    """An object with a key a column; a merged head is an object of its own, or blank."""
    keys: dict[str, Schema] = {}
    for name in dict.fromkeys(c.path[depth] for c in columns):
        under = [c for c in columns if c.path[depth] == name]
        if len(under[0].path) > depth + 1:
            keys[name] = _or_blank(_columns(under, row_unit, depth + 1))
        else:
            keys[name] = _cell(under[0].type, row_unit or under[0].unit)
    return _object(keys, keys)


def _cell(type_: CellType, unit: str = "") -> Schema:
    if type_ != "figure":
        return CELLS[type_]
    if unit == "%":
        return SHARE_CELL
    return CELLS["figure"] if not unit else {**CELLS["figure"], "description": f"数字，单位{unit}"}


def _said(schema: Schema, concept: str, concepts: dict[str, Concept]) -> Schema:
    known = concepts.get(concept)
    if known is None:
        return schema
    return {**schema, "description": f"{concept}：{known.definition}"}
