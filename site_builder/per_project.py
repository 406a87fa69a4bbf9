"""Tables that a form has once for every project (每项目一份), as the tables of one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from site_builder import reading_rules as rules
from site_builder.finding import Finding, Words, instead
from site_builder.forms import Form, TableForm, Tie, address_part
from site_builder.place import Place
from site_builder.shape import nearest
from site_builder.yaml_file import Table, Text, text_at


def per_project(form: Form, body: Table, found: list[Finding]) -> tuple[Form, Table]:
    """The form with its repeated tables once a project, and the data under the names of these.

    The table 项目资金 of the project 村道养护 is 项目资金·村道养护. Neighbouring tables stay together:
    all of one project, then all of the next, in the order in which the data first name them.
    """
    repeated = [table for table in form.tables if table.repeated]
    if not repeated:
        return form, body
    given: dict[str, Table] = {}  # what stands under each repeated table, by its key
    for table in repeated:
        value = body.of(table.key)
        if value is not None:
            own = _projects(table, value, found)
            if own is not None:
                given[table.key] = own
    keys = {str(key): key.at for key in body}
    found += _lacking({name: (keys[name], own) for name, own in given.items()})
    names = list(dict.fromkeys(str(name) for own in given.values() for name in own))
    tables: list[TableForm] = []
    for again, run in groupby(form.tables, lambda table: table.repeated):
        neighbours = list(run)
        if again:
            tables += [
                _of(table, name, repeated)
                for name in names
                for table in neighbours
                if name in given.get(table.key, ())  # what lacks is said above
            ]
            tables += [table for table in neighbours if table.key not in body]  # said once
        else:
            tables += neighbours
    ties = tuple(one for tie in form.ties for one in _ties(tie, names, repeated))
    data = Table()
    data.at = body.at
    for key, value in body.items():
        if str(key) not in {table.key for table in repeated}:
            data[key] = value
            continue
        for name, one in given.get(str(key), Table()).items():
            data[text_at(_joined(str(key), str(name)), name.at)] = one
    return replace(form, tables=tuple(tables), ties=ties), data


def _projects(table: TableForm, value: Any, found: list[Finding]) -> Table | None:
    """What stands under each project of a repeated table; None where no project is named."""
    if value == "":
        own = Table()
        own.at = value.at
        return own
    labels = {*(row.label for row in table.rows), *table.item_columns}
    labels |= {"指标", "总分", "一级指标分值"} if table.kind == "indicators" else set()
    if not isinstance(value, Table) or not labels.isdisjoint(value):
        words = {"wanted": "项目名称：这张表每个项目一份", "wanted_en": "the names of the projects"}
        words |= instead(
            f"请在“{table.key}:”下先写项目名称和冒号，再把各栏缩进写在它下面",
            f"under “{table.key}:” write each project's name first, and its lines below it",
        )
        found.append(Finding(rules.NOT_TABLE, value.at, words))
        return None
    own = Table()
    own.at = value.at
    seen: dict[str, Text] = {}
    for name, one in value.items():
        address = address_part(name)
        if not address:
            found.append(Finding(rules.EMPTY, name.at, {"key": "项目名称"}))
        elif (twin := seen.setdefault(address, name)) is not name:
            words = {"key": str(name), "line": str(twin.at.line)}
            found.append(Finding(rules.DUPLICATE, name.at, words, (twin.at,)))
        else:
            own[name] = one
    return own


def _lacking(given: dict[str, tuple[Place, Table]]) -> Iterator[Finding]:
    """The projects that a repeated table lacks; one that it seems to have by another name, once.

    That one is judged as what it seems to be, so that its sums are not missed besides.
    """
    yield from _misspelt(given)
    names = dict.fromkeys(str(name) for _, own in given.values() for name in own)
    for table, (at, own) in given.items():
        for name in names:
            if name not in own:
                todo = f"请在“{table}:”下补上“{name}:”和它的各栏"
                todo_en = f"add “{name}:” with its lines under “{table}:”"
                yield Finding(rules.MISSING, at, {"key": name} | instead(todo, todo_en))


def _misspelt(given: dict[str, tuple[Place, Table]]) -> Iterator[Finding]:
    """Names that stand beside no other in a table, and are near one that more tables have."""
    counts = Counter(str(name) for _, own in given.values() for name in own)
    ranked = sorted(counts, key=lambda name: -counts[name])
    for rank, odd in reversed(list(enumerate(ranked))):
        holders = [(table, own) for table, (_, own) in given.items() if odd in own]
        others = [name for name in ranked[:rank] if not any(name in own for _, own in holders)]
        near = nearest(odd, others) if len(holders) < len(given) else ""
        if not near:
            continue
        for table, own in holders:
            place = next(key.at for key in own if key == odd)
            todo = (
                f"是同一个项目的，各表里写成一样；不是的，请在“{table}:”下补上“{near}:”和它的各栏"
            )
            todo_en = f"name one project alike in all tables, or add “{near}:” under “{table}:”"
            cause = Words(f"；这里的“{odd}”是不是同一个项目？", f"; is “{odd}” the same project?")
            words = {"key": near} | instead(todo, todo_en)
            yield Finding(rules.MISSING, place, words, cause=cause)
            own[text_at(near, place)] = own.pop(text_at(odd, place))


def _joined(table: str, name: str) -> str:
    return f"{table}·{name}"


def _of(table: TableForm, name: str, repeated: list[TableForm]) -> TableForm:
    """The table as it stands for one project."""
    addresses = {one.address for one in repeated}
    project = address_part(name)
    return replace(
        table,
        key=_joined(table.key, name),
        address=_joined(table.address, project),
        caption=f"{table.caption}：{name}",
        annex=f"{table.annex}：{name}" if table.annex else name,
        subject=name,
        counted_with=tuple(
            _joined(one, project) if one in addresses else one for one in table.counted_with
        ),
        repeated=False,
    )


def _ties(tie: Tie, names: list[str], repeated: list[TableForm]) -> Iterator[Tie]:
    """A tie of repeated tables once a project; any other as it is."""
    addresses = {table.address for table in repeated}
    cells = (tie.result, *tie.operands, *tie.added)
    if not any(cell.partition(".")[0] in addresses for cell in cells):
        yield tie
        return
    for name in names:
        project = address_part(name)

        def own(cell: str, project: str = project) -> str:
            table, dot, rest = cell.partition(".")
            return f"{_joined(table, project)}{dot}{rest}" if table in addresses else cell

        yield replace(
            tie,
            result=own(tie.result),
            operands=tuple(map(own, tie.operands)),
            added=tuple(map(own, tie.added)),
        )
