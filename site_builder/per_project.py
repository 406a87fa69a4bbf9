"""Tables that a form has once for every project (每项目一份), as the tables of one report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from site_builder.finding import Finding
from site_builder.forms import Form, TableForm, Tie, address_part
from site_builder.shape import as_table
from site_builder.yaml_file import Table, text_at


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
        if value is not None and value != "":
            own = as_table(value, found)
            if own is not None:
                given[table.key] = own
    names = list(dict.fromkeys(str(name) for own in given.values() for name in own))
    tables: list[TableForm] = []
    for again, run in groupby(form.tables, lambda table: table.repeated):
        neighbours = list(run)
        if again:
            there = [table for table in neighbours if table.key in body]
            tables += [_of(table, name, repeated) for name in names for table in there]
            tables += [table for table in neighbours if table not in there]  # missing, said once
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
