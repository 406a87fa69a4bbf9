"""Read a form's file: every reference resolved to an address, every misfit a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_builder import reading_rules as rules
from site_builder.concepts import BASES, Concept, not_a_unit, unknown_concept
from site_builder.figure import money_misspelt
from site_builder.finding import Finding, instead
from site_builder.form_ties import addresses_in, circles, meant_by, ties_in, unknown_cell
from site_builder.forms import (
    KINDS,
    NO_CONCEPT,
    RELATIONS,
    SAME_KIND,
    TYPES,
    CellType,
    Column,
    Form,
    Item,
    Relation,
    Row,
    TableForm,
    Tie,
    address_of,
    address_part,
)
from site_builder.shape import as_items, as_table, as_text, guess, lacking, no_year, unknown_keys
from site_builder.yaml_file import Items, Table, Text, read_yaml


def read_forms(root: Path, concepts: dict[str, Concept], found: list[Finding]) -> dict[str, Form]:
    """All forms of data/forms/, by file name."""
    forms: dict[str, Form] = {}
    for path in sorted((root / "data" / "forms").glob("*.yaml")):
        table = read_yaml(path, path.relative_to(root).as_posix(), found)
        if table is not None:
            forms[path.stem] = parse_form(path.stem, table, concepts, found)
    return forms


def parse_form(name: str, table: Table, concepts: dict[str, Concept], found: list[Finding]) -> Form:
    """Like read_forms, for one table already read."""
    return _Reader(concepts, found).form(name, table)


class _Reader:
    """Reads one form file; holds what every step needs: the concepts and the findings."""

    def __init__(self, concepts: dict[str, Concept], found: list[Finding]) -> None:
        self.concepts = concepts
        self.found = found

    def form(self, name: str, table: Table) -> Form:
        unknown_keys(table, ("表单", "依据", "表", "勾稽"), self.found)
        title = self._text(table, "表单", required=True)
        body = table.of("表")
        tables: list[TableForm] = []
        if body is None or body == "":
            self.found.append(Finding(rules.MISSING, table.at, {"key": "表"} | lacking("表")))
        else:
            inner = as_table(body, self.found)
            for key, value in (inner or {}).items():
                spec = as_table(value, self.found)
                if spec is not None and (one := self._table(key, spec)) is not None:
                    tables.append(one)
        self._check_counted(table, tables)
        form = Form(name, title, self._text(table, "依据"), tuple(tables))
        ties = [*ties_in(form, self.found), *self._cross_ties(table, form)]
        self.found += circles(ties)
        return Form(form.name, form.title, form.basis, form.tables, tuple(ties))

    def _check_counted(self, table: Table, tables: list[TableForm]) -> None:
        """Tables named under 另计 must stand on the form."""
        known = {one.address: one.key for one in tables}
        body = table.of("表")
        for spec in body.values() if isinstance(body, Table) else ():
            listed = spec.of("另计") if isinstance(spec, Table) else None
            for name in listed if isinstance(listed, Items) else ():
                if isinstance(name, Text) and address_part(name) not in known:
                    words = {
                        "name": str(name),
                        "kind": "表",
                        "kind_en": "table",
                        **guess(name, known.values()),
                    }
                    self.found.append(Finding(rules.UNKNOWN_NAME, name.at, words))

    # -- one table -------------------------------------------------------------------------

    def _table(self, key: Text, spec: Table) -> TableForm | None:
        kind_text = spec.of("种类")
        if not isinstance(kind_text, Text) or kind_text not in KINDS:
            at = spec.at if kind_text is None else kind_text.at
            given = str(kind_text) if isinstance(kind_text, Text) else ""
            words = {"text": given, "choices": "、".join(KINDS), **guess(given, KINDS)}
            self.found.append(Finding(rules.CHOICE, at, words))
            return None
        kind = KINDS[kind_text]
        common = ("附件", "表名", "种类", "单位", "注", "对象", "正文", "每项目一份")
        own = {
            "grid": ("行头", "列", "行"),
            "list": ("列",),
            "indicators": ("层级", "列", "另计", "一级指标分值", "总分"),
            "fields": ("项", "可增项"),
        }[kind]
        unknown_keys(spec, (*common, *own), self.found)
        levels = self._names(spec, "层级")
        if kind == "indicators" and not levels:
            todo = f"请在“{key}:”下写明各级指标的栏名：“层级: [一级指标, 二级指标, 三级指标]”"
            todo_en = f"under “{key}:” name the levels: “层级: [一级指标, 二级指标, 三级指标]”"
            words = {"key": "层级"} | instead(todo, todo_en)
            self.found.append(Finding(rules.MISSING, key.at, words))
        unit = self._unit(spec)
        return TableForm(
            key=str(key),
            address=address_part(key),
            caption=self._text(spec, "表名") or str(key),
            kind=kind,
            at=key.at,
            annex=self._text(spec, "附件"),
            unit=unit,
            note=self._text(spec, "注"),
            subject=self._text(spec, "对象"),
            in_prose=self._flag(spec, "正文"),
            stub=self._text(spec, "行头"),
            columns=self._columns(spec, unit),
            rows=self._rows(spec),
            items=self._items(spec),
            open=self._flag(spec, "可增项"),
            levels=levels,
            counted_with=tuple(address_part(n) for n in self._names(spec, "另计")),
            group_weights=self._flag(spec, "一级指标分值"),
            total_row=self._flag(spec, "总分"),
            repeated=self._flag(spec, "每项目一份"),
        )

    def _columns(self, spec: Table, unit: str) -> tuple[Column, ...]:
        columns: list[Column] = []
        value = spec.of("列")
        table = None if value is None or value == "" else as_table(value, self.found)
        if table is not None:
            self._add_columns(table, (), {"单位": unit}, columns)
        return tuple(columns)

    def _add_columns(
        self, table: Table, heads: tuple[str, ...], inherited: dict[str, Any], columns: list[Column]
    ) -> None:
        for label, value in table.items():
            path = (*heads, str(label))
            if isinstance(value, Table) and "列" in value:
                unknown_keys(value, ("列", "单位", "口径", "年度"), self.found)
                self._unit(value)
                inner = as_table(value.of("列"), self.found)
                passed = dict(inherited)
                passed.update((str(k), v) for k, v in value.items() if k != "列")
                if inner is not None:
                    self._add_columns(inner, path, passed, columns)
                continue
            columns.append(self._column(path, value, inherited))

    def _column(self, path: tuple[str, ...], value: Any, inherited: dict[str, Any]) -> Column:
        given: dict[str, Any] = dict(inherited)
        if isinstance(value, Table):
            known = ("单位", "口径", "年度", "概念", "类型", "合计等于", *RELATIONS)
            unknown_keys(value, known, self.found)
            given.update((str(k), v) for k, v in value.items())
        elif isinstance(value, Text) and value in TYPES:
            given["类型"] = value
        elif value != "":
            given["口径"] = value
        type_name = self._choice(given.get("类型"), TYPES, "数")
        scored = type_name in ("分值", "得分")
        basis = self._basis(given.get("口径"))
        if scored or path[-1] in ("分值", "得分"):
            basis = basis or "自评"
        unit = given.get("单位") or ""
        if not isinstance(unit, str):
            as_text(unit, self.found)
        elif isinstance(value, Table) and value.of("单位"):
            self._unit(value)
        return Column(
            path=path,
            address=".".join(address_part(p) for p in path),
            type=TYPES[type_name],
            unit="分" if scored else unit if isinstance(unit, str) else "",
            basis=basis,
            concept=self._concept(given.get("概念")),
            year=self._year(given.get("年度")),
            role=type_name if scored else path[-1] if path[-1] in ("分值", "得分") else "",
            relations=self._relations(value),
            equals=self._concept(given.get("合计等于")),
        )

    def _rows(self, spec: Table) -> tuple[Row, ...]:
        value = spec.of("行")
        table = None if value is None or value == "" else as_table(value, self.found)
        rows: list[Row] = []
        for label, given in (table or {}).items():
            if isinstance(given, Table):
                unknown_keys(given, ("概念", "单位", "组", "级", *SAME_KIND), self.found)
                level = self._choice(given.of("级"), ("1", "2", "3", "4"), "1")
                rows.append(
                    Row(
                        str(label),
                        address_part(label),
                        self._concept(given.of("概念")),
                        self._unit(given),
                        self._text(given, "组"),
                        int(level),
                        self._relations(given),
                    )
                )
            else:
                rows.append(Row(str(label), address_part(label), self._concept(given)))
        return tuple(rows)

    def _items(self, spec: Table) -> tuple[Item, ...]:
        value = spec.of("项")
        table = None if value is None or value == "" else as_table(value, self.found)
        items: list[Item] = []
        for label, given in (table or {}).items():
            kind: CellType = "measure"
            concept = basis = ""
            year = None
            if isinstance(given, Table):
                known = ("概念", "口径", "类型", "年度", *RELATIONS)
                unknown_keys(given, known, self.found)
                concept = self._concept(given.of("概念"))
                basis = self._basis(given.of("口径"))
                year = self._year(given.of("年度"))
                type_name = self._choice(given.of("类型"), TYPES, "数")
                kind = "measure" if type_name == "数" else TYPES[type_name]
            elif given == "文字":
                kind = "text"
            elif given != "":
                concept = self._concept(given)
            relations = self._relations(given)
            items.append(
                Item(str(label), address_part(label), kind, concept, basis, year, relations)
            )
        return tuple(items)

    # -- the pieces ------------------------------------------------------------------------

    def _relations(self, given: Any) -> tuple[Relation, ...]:
        if not isinstance(given, Table):
            return ()
        relations = []
        for kind in RELATIONS:
            value = given.of(kind)
            if value is None or value == "":
                continue
            items = as_items(value, self.found)
            names = tuple(address_of(t) for n in items or () if (t := as_text(n, self.found)))
            if kind not in SAME_KIND and len(names) != 2:
                words = {"wanted": "两个名称的列表", "wanted_en": "a list of two names"}
                self.found.append(Finding(rules.NOT_TABLE, value.at, words))
                continue
            relations.append(Relation(kind, names, value.at))
        return tuple(relations)

    def _concept(self, name: Any) -> str:
        if name is None or name == "":
            return ""
        text = as_text(name, self.found)
        if text is not None and text != NO_CONCEPT and text not in self.concepts:
            self.found.append(unknown_concept(text, text.at, self.concepts))
            return ""
        return str(text or "")

    def _basis(self, name: Any) -> str:
        if name is None or name == "":
            return ""
        text = as_text(name, self.found)
        if text is not None and text not in BASES:
            self._not_a_choice(text, BASES)
            return ""
        return str(text or "")

    def _year(self, value: Any) -> int | None:
        if value is None or value == "":
            return None
        if not (isinstance(value, Text) and re.fullmatch(r"(?:19|20)[0-9]{2}", value)):
            self.found.append(Finding(rules.NUMBER, value.at, no_year(str(value))))
            return None
        return int(value)

    def _choice(self, value: Any, choices: Iterable[str], default: str) -> str:
        """One of `choices`; `default` where nothing, or nothing fitting, is given."""
        if value is None or value == "":
            return default
        text = as_text(value, self.found)
        if text is not None and text not in choices:
            self._not_a_choice(text, choices)
            return default
        return str(text or default)

    def _not_a_choice(self, value: Any, choices: Any) -> None:
        words = {"text": str(value), "choices": "、".join(choices), **guess(str(value), choices)}
        self.found.append(Finding(rules.CHOICE, value.at, words))

    def _text(self, table: Table, name: str, required: bool = False) -> str:
        value = table.of(name)
        if value is None or value == "":
            if required:
                self.found.append(Finding(rules.MISSING, table.at, {"key": name} | lacking(name)))
            return ""
        return str(as_text(value, self.found) or "")

    def _unit(self, table: Table) -> str:
        unit = table.of("单位")
        if isinstance(unit, Text) and money_misspelt(unit):
            self.found.append(not_a_unit(unit))
        return self._text(table, "单位")

    def _flag(self, table: Table, name: str) -> bool:
        value = table.of(name)
        if value is not None and as_text(value, self.found) not in (None, "", "是", "否"):
            self._not_a_choice(value, ("是", "否"))
        return bool(value == "是")

    def _names(self, table: Table, name: str) -> tuple[str, ...]:
        value = table.of(name)
        if value is None or value == "":
            return ()
        return tuple(str(item) for item in as_items(value, self.found) or Items())

    def _cross_ties(self, table: Table, form: Form) -> Iterator[Tie]:
        """The form's own 勾稽: sums and equalities across tables, written with whole addresses."""
        value = table.of("勾稽")
        known = set(addresses_in(form))
        for entry in as_items(value, self.found) or () if value not in (None, "") else ():
            inner = as_table(entry, self.found)
            if inner is None:
                continue
            if "等于" in inner:
                unknown_keys(inner, ("等于",), self.found)
                yield from self._equalities(inner, known)
                continue
            unknown_keys(inner, ("合计", "组成"), self.found)
            result = meant_by(address_of(self._text(inner, "合计", required=True)), known)
            parts = tuple(meant_by(address_of(n), known) for n in self._names(inner, "组成"))
            for name in (result, *parts):
                if name not in known:
                    self.found.append(unknown_cell(name, entry.at, known))
            yield Tie("合计", result, parts, entry.at)

    def _equalities(self, entry: Table, known: set[str]) -> Iterator[Tie]:
        """等于: the first side against each other; a side is an address or a list to be added up."""
        sides: list[tuple[str, ...]] = []
        for side in as_items(entry.of("等于"), self.found) or ():
            written = side if isinstance(side, Items) else [side]
            names = [as_text(name, self.found) for name in written]
            written_as = [address_of(str(name)) for name in names if name is not None]
            sides.append(tuple(meant_by(name, known) for name in written_as))
        if len(sides) < 2 or not all(sides):
            words = {"wanted": "至少两边", "wanted_en": "at least two sides"}
            self.found.append(Finding(rules.NOT_TABLE, entry.at, words))
            return
        for name in (name for side in sides for name in side):
            if name not in known:
                self.found.append(unknown_cell(name, entry.at, known))
        first = sides[0]
        for side in sides[1:]:
            yield Tie("等于", first[0], side, entry.at, first[1:])
