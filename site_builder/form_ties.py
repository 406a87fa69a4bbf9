"""The ties (勾稽) that a form states in its columns, rows and items, and sums that go in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from site_builder import reading_rules as rules
from site_builder.finding import Finding
from site_builder.forms import Form, Tie
from site_builder.place import Place
from site_builder.shape import guess


def addresses_in(form: Form) -> Iterator[str]:
    """The addresses of all cells that a form names."""
    for table in form.tables:
        for row in table.rows:
            for column in table.columns:
                yield f"{table.address}.{row.address}.{column.address}"
        for item in table.items:
            yield f"{table.address}.{item.address}"


def meant_by(name: str, known: Iterable[str]) -> str:
    """`name`, or what is called so but for the full stops in its labels: 1.公务接待费 is 1公务接待费."""
    if name in known or "." not in name:  # quick
        return name
    plain = name.replace(".", "")
    return next((one for one in known if one.replace(".", "") == plain), name)


def unknown_cell(name: str, at: Place, known: set[str]) -> Finding:
    """The finding for a name that is none of `known` and no address."""
    words = {"name": name, "kind": "单元格或标签", "kind_en": "cell or label", **guess(name, known)}
    return Finding(rules.UNKNOWN_NAME, at, words)


def ties_in(form: Form, found: list[Finding]) -> Iterator[Tie]:
    """Every relation of the form's columns, rows and items as ties between addresses."""
    known = set(addresses_in(form))
    for table in form.tables:
        base = table.address
        columns = {c.address for c in table.columns}
        rows = {r.address for r in table.rows}
        for column in table.columns:
            group = column.address.rpartition(".")[0]
            for relation in column.relations:
                given = [_named(n, columns, known) for n in relation.operands]
                near = [f"{group}.{n}" if group else n for n in given]
                names = [a if a in columns else n for a, n in zip(near, given, strict=True)]
                for name in names:
                    if name not in columns and name not in known:
                        found.append(unknown_cell(name, relation.at, columns))
                for row in table.rows:
                    operands = tuple(
                        f"{base}.{row.address}.{n}" if n in columns else n for n in names
                    )
                    result = f"{base}.{row.address}.{column.address}"
                    yield Tie(relation.kind, result, operands, relation.at)
        for row in table.rows:
            for relation in row.relations:
                names = [_named(n, rows, known) for n in relation.operands]
                for name in names:
                    if name not in rows and name not in known:
                        found.append(unknown_cell(name, relation.at, rows))
                for column in table.columns:
                    if column.type != "figure" or (column.unit == "%" and row.unit != "%"):
                        continue
                    if column.role or (relation.kind == "其中" and column.derived):
                        continue
                    result = f"{base}.{row.address}.{column.address}"
                    operands = tuple(
                        f"{base}.{n}.{column.address}" if n in rows else n for n in names
                    )
                    yield Tie(relation.kind, result, operands, relation.at)
        items = {i.address for i in table.items}
        for item in table.items:
            for relation in item.relations:
                names = [_named(n, items, known) for n in relation.operands]
                for name in names:
                    if name not in items and name not in known:
                        found.append(unknown_cell(name, relation.at, items))
                operands = tuple(f"{base}.{n}" if n in items else n for n in names)
                yield Tie(relation.kind, f"{base}.{item.address}", operands, relation.at)


def _named(name: str, own: set[str], known: set[str]) -> str:
    """What a relation names: a label of its table, else an address of the form."""
    near = meant_by(name, own)
    return near if near in own else meant_by(name, known)


def circles(ties: Iterable[Tie]) -> Iterator[Finding]:
    """A sum (合计, 其中) that holds itself, however many sums lie between: the first there is."""
    parts: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for tie in ties:
        if tie.kind in ("合计", "其中"):
            parts.setdefault(tie.result, []).extend(tie.operands)
            places.update({(tie.result, name): tie.at for name in tie.operands})
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]  # each is a part of the next
        at = max(places[whole, part] for part, whole in pairwise(circle))
        yield Finding(rules.CIRCLE, at, {"circle": " → ".join(circle)})
