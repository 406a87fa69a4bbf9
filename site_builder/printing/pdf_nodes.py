"""The structure tree of a PDF in memory: elements, the runs of content in them, their annotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Run:
    """A piece of content: the page it stands on, from 0, and its number (MCID) there."""

    page: int
    mcid: int


@dataclass(frozen=True)
class Annotation:
    """A link's area on a page."""

    page: int
    made: Any


@dataclass(eq=False)
class Node:
    """A structure element in the making; `element` is the HTML element it stands for."""

    role: str
    element: Any = None
    box: Any = None
    page: int = 0
    kids: list[Node | Run | Annotation] = field(default_factory=list)
    id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    def nodes(self) -> Iterator[Node]:
        """The elements right below, in order."""
        return (kid for kid in self.kids if isinstance(kid, Node))


def all_of(node: Node, role: str) -> Iterator[Node]:
    """The elements of a role below a node, in order."""
    for kid in node.nodes():
        if kid.role == role:
            yield kid
        yield from all_of(kid, role)
