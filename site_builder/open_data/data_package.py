"""datapackage.json: what the tables of a download hold, for programs (Frictionless Data Package 1).

Every field says its meaning in both languages; column types are those of the Fiscal Data Package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from site_builder.open_data.fields import FACTS, FINDINGS, Field
from site_builder.open_data.table_csv import TableFile
from site_builder.settings import Settings

KEYS = {"facts": ["report", "address"], "findings": ["report", "number"]}
TITLES = {"facts": "公布的数，一行一个", "findings": "核对发现，一行一处"}
FIELDS = {"facts": FACTS, "findings": FINDINGS}


def data_package(
    name: str,
    title: str,
    sizes: Iterable[tuple[str, int, int]],
    settings: Settings,
    tables: Iterable[TableFile] = (),
) -> str:
    """The description of a package called `name`; `sizes` are (table, rows, bytes) of its CSV files.

    `tables` are files of printed tables beside them.
    """
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": "乡镇预算绩效报告公布的数，逐个照录，连同核对发现。空白是没有填报，不是零。",
    }
    if licences := _licences(settings):
        package["licenses"] = licences
    if settings.publisher.host:
        package["contributors"] = [{"title": settings.publisher.host, "role": "publisher"}]
    listed = [_resource(table, rows, size) for table, rows, size in sizes]
    for one in tables:
        common = _common_of_table(one.name, one.title, one.note, one.heads)
        listed.append(f'{{"bytes":{len(one.data)},"rows":{one.rows},{common[1:]}')
    resources = ",\n".join(listed)
    return f'{_said(package)[:-1]},"resources":[\n{resources}]}}\n'


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _licences(settings: Settings) -> list[dict[str, str]]:
    site = settings.site
    if not site.licence and not site.licence_link:
        return []
    said = {"title": site.licence, "path": site.licence_link}
    return [{"name": "licence", **{k: str(v) for k, v in said.items() if v}}]


def _resource(table: str, rows: int, size: int) -> str:
    """One CSV file; what all files of its kind have in common is written out once."""
    return f'{{"bytes":{size},"rows":{rows},{_common(table)[1:]}'


@cache
def _common(table: str) -> str:
    schema = schema_of(FIELDS[table], KEYS[table])
    return _said(_csv(table, f"{table}.csv", TITLES[table]) | {"schema": schema})


@lru_cache(maxsize=1024)
def _common_of_table(file: str, title: str, note: str, heads: tuple[str, ...]) -> str:
    """A printed table: every cell is text as it was printed."""
    said = _csv(file.removesuffix(".csv"), file, title)
    if note:
        said["description"] = note
    fields = [{"name": head, "type": "string"} for head in heads]
    return _said(said | {"schema": {"fields": fields, "missingValues": [""]}})


def _csv(name: str, path: str, title: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
    }


def schema_of(fields: Sequence[Field], key: Sequence[str]) -> dict[str, Any]:
    """A Table Schema; a blank cell is a missing value."""
    return {
        "fields": [_field(field) for field in fields],
        "missingValues": [""],
        "primaryKey": list(key),
    }


def _field(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "description": f"{field.says.zh}／{field.says.en}",
    }
    if field.column_type:
        said["columnType"] = field.column_type
    if field.required:
        said["constraints"] = {"required": True}
    return said
