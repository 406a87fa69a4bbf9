"""JSON Schemas of what people write in YAML, for editors: Chinese keys are completed, slips underlined.

Made from the same dataclasses and forms that read the files, so they cannot say otherwise. They
are draft-07, the newest that the YAML language server knows, and looser than the checker: an
editor reads 24.75 as a number and '24.75' as text, and both are fine. `schemas/` in the project
holds them; `.vscode/settings.json` says which file each is for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

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
from site_builder.plausibility import Range
from site_builder.profiles import Profile, read_profiles
from site_builder.ratios import Formula, read_ratios
from site_builder.report import Heading
from site_builder.schema_parts import (
    AMOUNT,
    BLANK,
    DASH_PATTERN,
    MEANINGS,
    NUMBER,
    SHARE_PATTERN,
    TEXT,
    Schema,
    many,
    meant,
    object_of,
    or_blank,
    schema_of,
    titled,
)

# What a cell of each type may hold; blank is always allowed, and means “not reported”.
CELLS: dict[CellType, Schema] = {
    "figure": {
        "type": ["number", "string", "null"],
        "pattern": f"^$|^{AMOUNT}$|{DASH_PATTERN}",
        "description": "数字，照原件写，单位由表单规定；没有填报就留空，原件印着“—”就写“—”",
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


def all_schemas(root: Path) -> dict[str, Schema]:
    """Every schema of the project at `root`, by file name below schemas/."""
    found: list[Finding] = []
    concepts = read_concepts(root, found)
    forms = read_forms(root, concepts, found)
    ratios = read_ratios(root, concepts, found)
    profiles = read_profiles(root, concepts, ratios, found)
    made = {
        "concepts.schema.json": titled("概念", schema_of({str: Concept})),
        "county.schema.json": titled("县镇名录", schema_of(County)),
        "profile.schema.json": titled("口径", schema_of(Profile)),
        "ratios.schema.json": titled("比率", schema_of({str: {str: Formula}})),
        "plausibility.schema.json": titled("合理范围", schema_of({str: Range})),
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


# -- forms -----------------------------------------------------------------------------------


def _form_schema(concepts: Iterable[str]) -> Schema:
    """A form: its tables by kind, their columns, rows and items."""
    ref = {name: {"$ref": f"#/definitions/{name}"} for name in ("列", "行", "项", "概念")}
    flag: Schema = {"enum": ["是", "否", None]}
    names: Schema = {"type": "array", "items": TEXT}
    text = or_blank(TEXT)
    relations = {kind: meant(kind, names) for kind in RELATIONS}
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
        "properties": {"种类": meant("种类", common["种类"])},
        "allOf": [
            {
                "if": {"properties": {"种类": {"const": kind}}, "required": ["种类"]},
                "then": object_of({k: meant(k, v) for k, v in {**common, **more}.items()}),
            }
            for kind, more in own.items()
        ],
    }
    place: dict[str, Schema] = {
        "口径": basis,
        "概念": ref["概念"],
        "年度": or_blank(NUMBER),
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
        return object_of({k: meant(k, v) for k, v in keys.items()})

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
        "行": {"type": "object", **many({"anyOf": [ref["概念"], described(row)]})},
        "项": {
            "type": "object",
            **many({"anyOf": [{"enum": ["文字"]}, ref["概念"], described(item)]}),
        },
    }
    side: Schema = {"anyOf": [TEXT, names]}
    tie: Schema = {
        "anyOf": [
            object_of({"合计": TEXT, "组成": names}, ("合计", "组成")),
            object_of({"等于": {"type": "array", "items": side, "minItems": 2}}, ("等于",)),
        ]
    }
    top = {
        "表单": TEXT,
        "依据": text,
        "表": {"type": "object", **many(table)},
        "勾稽": {"type": ["array", "null"], "items": tie},
    }
    schema = object_of({k: meant(k, v) for k, v in top.items()}, ("表单", "表"))
    return titled("表单", {**schema, "definitions": definitions})


# -- reports ---------------------------------------------------------------------------------


def _report_name(form: str) -> str:
    return f"report.{form}.schema.json"


def _report_schema(forms: Iterable[str], profiles: Iterable[str]) -> Schema:
    """Any report: its head and explanations; the tables by the form that the head names."""
    names = list(forms)
    heading = schema_of(Heading)
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
    schema = object_of(
        {
            "报告": heading,
            "数据": {"type": "object", "description": "各表的数据，照表单的表、行、列"},
            "认可": _explained(),
        },
        ("报告", "数据"),
    )
    return titled("报告", {**schema, "allOf": by_form})


def _explained() -> Schema:
    """认可: only what is a matter of substance can be explained."""
    entry = schema_of(Explained)
    wrong = {rule.id for rule in ACKNOWLEDGEMENT_RULES}
    ids = [rule.id for rule in ALL_RULES if not rule.form and rule.id not in wrong]
    entry["properties"]["规则"] = {"enum": ids, "description": MEANINGS["规则"]}
    return {"type": ["array", "null"], "items": entry, "description": "对核对发现的公开说明"}


def _report_of(form: Form, concepts: dict[str, Concept]) -> Schema:
    """A report on one form: its tables, rows and columns as keys."""
    tables = {
        t.key: or_blank(many(_table(t, concepts))) if t.repeated else _table(t, concepts)
        for t in form.tables
    }
    data = {**object_of(tables, tables), "description": form.title}
    ref = {name: {"$ref": f"report.schema.json#/properties/{name}"} for name in ("报告", "认可")}
    schema = object_of({"报告": ref["报告"], "数据": data, "认可": ref["认可"]}, ("报告", "数据"))
    return titled(form.title, schema)


def _table(form: TableForm, concepts: dict[str, Concept]) -> Schema:
    if form.kind == "grid":
        rows = {
            row.label: _said(or_blank(_columns(form.columns, row.unit)), row.concept, concepts)
            for row in form.rows
        }
        return {**object_of(rows, rows), "description": form.caption}
    if form.kind == "list":
        items: Schema = {"type": "array", "items": or_blank(_columns(form.columns))}
        return {**items, "description": form.caption}
    if form.kind == "fields":
        fields_ = {i.label: _said(_cell(i.type), i.concept, concepts) for i in form.items}
        more: Any = CELLS["target"] if form.open else False
        return {**object_of(fields_, fields_, more), "description": form.caption}
    return {**_indicators(form), "description": form.caption}


def _indicators(form: TableForm) -> Schema:
    levels = tuple(Column((name,), name, "text") for name in form.levels)
    lines = _columns((*levels, *form.columns))
    parts: dict[str, Schema] = {"指标": {"type": ["array", "null"], "items": lines}}
    if form.group_weights:
        parts["一级指标分值"] = {"type": ["object", "null"], **many(CELLS["figure"])}
    if form.total_row:
        figures = {c.label: _cell(c.type, c.unit) for c in form.columns if c.type == "figure"}
        parts["总分"] = or_blank(object_of(figures))
    return object_of(parts, parts)


def _columns(columns: Sequence[Column], row_unit: str = "", depth: int = 0) -> Schema:
    """An object with a key a column; a merged head is an object of its own, or blank."""
    keys: dict[str, Schema] = {}
    for name in dict.fromkeys(c.path[depth] for c in columns):
        under = [c for c in columns if c.path[depth] == name]
        if len(under[0].path) > depth + 1:
            keys[name] = or_blank(_columns(under, row_unit, depth + 1))
        else:
            keys[name] = _cell(under[0].type, row_unit or under[0].unit)
    return object_of(keys, keys)


def _cell(type_: CellType, unit: str = "") -> Schema:
    if type_ != "figure":
        return CELLS[type_]
    if unit == "%":
        return SHARE_CELL
    if not unit:
        return CELLS["figure"]
    pattern = f"^$|^{AMOUNT}({re.escape(unit)})?$|{DASH_PATTERN}"
    return {**CELLS["figure"], "pattern": pattern, "description": f"数字，单位{unit}"}


def _said(schema: Schema, concept: str, concepts: dict[str, Concept]) -> Schema:
    known = concepts.get(concept)
    if known is None:
        return schema
    return {**schema, "description": f"{concept}：{known.definition}"}
