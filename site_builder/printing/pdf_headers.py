"""The headers of a table's cells and their scope, by HTML's own algorithm. ISO 14289-1, ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.printing.pdf_nodes import Node, all_of


@dataclass(frozen=True)
class _Cell:
    """A cell in the grid of its table: first row and column, from 0, and how many it spans."""

    node: Node
    row: int
    column: int
    height: int
    width: int

    @property
    def scope(self) -> str:
        """Which cells a header cell heads: those of its rows, or those of its columns."""
        said = self.node.element.get("scope", "col")
        return "Row" if said.startswith("row") else "Column"


Grid = dict[tuple[int, int], _Cell]


def head_cells(table: Node, name: str) -> None:
    """Give header cells an id and their scope, and data cells the ids of their headers."""
    import pydyf

    grid: Grid = {}
    cells = list(_cells(table, grid))
    for cell in cells:
        attributes = cell.node.attributes
        attributes["O"] = "/Table"
        if cell.width > 1:
            attributes["ColSpan"] = cell.width
        if cell.height > 1:
            attributes["RowSpan"] = cell.height
        if cell.node.role == "TH":
            cell.node.id = f"{name}-{cell.row}-{cell.column}"
            attributes["Scope"] = f"/{cell.scope}"
    for cell in cells:
        if cell.node.role == "TD" and (ids := [one.node.id for one in _heads(grid, cell)]):
            cell.node.attributes["Headers"] = pydyf.Array([pydyf.String(id_) for id_ in ids])


def _cells(table: Node, grid: Grid) -> Iterator[_Cell]:
    for row, node in enumerate(all_of(table, "TR")):
        column = 0
        for cell in node.nodes():
            if cell.role not in ("TD", "TH"):
                continue
            while (row, column) in grid:
                column += 1
            height = int(cell.element.get("rowspan", 1))
            width = int(cell.element.get("colspan", 1))
            made = _Cell(cell, row, column, height, width)
            for down in range(height):
                for right in range(width):
                    grid[row + down, column + right] = made
            yield made
            column += width


def _heads(grid: Grid, cell: _Cell) -> list[_Cell]:
    """HTML, 4.9.12.2: the header cells found upwards and to the left of a cell."""
    found: list[_Cell] = []
    for column in range(cell.column, cell.column + cell.width):
        _scan(grid, [(row, column) for row in range(cell.row - 1, -1, -1)], "Column", found)
    for row in range(cell.row, cell.row + cell.height):
        _scan(grid, [(row, column) for column in range(cell.column - 1, -1, -1)], "Row", found)
    return found


def _scan(grid: Grid, places: list[tuple[int, int]], scope: str, found: list[_Cell]) -> None:
    """A header is hidden by a nearer block of headers of the same extent."""
    hiding: set[tuple[int, int]] = set()
    block: list[_Cell] = []
    for place in places:
        cell = grid.get(place)
        if cell is None:
            continue
        if cell.node.role == "TD":
            hiding |= {_extent(one, scope) for one in block}
            block = []
            continue
        block.append(cell)
        if cell.scope == scope and _extent(cell, scope) not in hiding and cell not in found:
            found.append(cell)


def _extent(cell: _Cell, scope: str) -> tuple[int, int]:
    return (cell.column, cell.width) if scope == "Column" else (cell.row, cell.height)
