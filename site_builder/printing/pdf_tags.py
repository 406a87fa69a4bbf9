"""The structure tree of a PDF, from the boxes that WeasyPrint laid out: what a screen reader follows.

WeasyPrint 70 starts a new element on every page, computes wrong header cells for merged tables
and leaves page numbers among the words. Here an HTML element becomes one structure element
however many pages it runs over; repeated table heads and page margins become artifacts; header
cells get their scope, and every cell its headers by HTML's own algorithm. ISO 14289-1, ISO 32000-1.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from site_builder.printing.pdf_headers import head_cells
from site_builder.printing.pdf_nodes import Annotation, Node, Run, all_of

SVG = "{http://www.w3.org/2000/svg}"
ROLES = {
    "section": "Sect",
    "nav": "Sect",
    "div": "Div",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    f"{SVG}svg": "Figure",
} | {f"h{level}": f"H{level}" for level in range(1, 7)}
# What holds other elements and no words of its own: words in it get a paragraph.
GROUPING = frozenset(("Document", "Sect", "Div", "BlockQuote", "L", "TOC", "Table", "TR"))
BODIES = {"LI": "LBody", "TOCI": "Reference"}  # what the content of an item stands in
KEPT_EMPTY = frozenset(("TD", "TH", "TR", "THead", "TBody", "TFoot"))
POINTS = 3, 4  # of a CSS pixel: three quarters


def add_tags(pdf: Any, document: Any, _pdf_version: Any, page_streams: list[Any]) -> None:
    """Take the place of `weasyprint.pdf.add_tags`: write the structure tree into `pdf`."""
    tree = _Tree(page_streams)
    for number, page in enumerate(document.pages):
        tree.read_page(page._page_box, number)
    _tidy(tree.root)
    heights = [page.height for page in document.pages]
    for number, table in enumerate(all_of(tree.root, "Table")):
        head_cells(table, f"{tree.name}-t{number}")
    _write(pdf, tree, heights)


# -- from boxes to elements --------------------------------------------------------------------


class _Tree:
    """Reads page after page; an HTML element that was seen before is gone on with."""

    def __init__(self, streams: list[Any]) -> None:
        self.root = Node("Document")
        self.nodes: dict[tuple[Any, ...], Node] = {}
        self.streams = streams
        self.name = ""  # the id of the document: those of its cells begin with it
        self.level = 0  # of the last heading: none may be skipped

    def read_page(self, box: Any, page: int) -> None:
        from weasyprint.formatting_structure import boxes

        for child in box.children:
            if isinstance(child, boxes.MarginBox):
                self._artifact(child, page)
            else:
                self.name = child.element.get("id", "")
                self._read(child, self.root, page)
        if left := self.streams[page]._tags:
            raise RuntimeError(f"content of page {page + 1} outside the structure: {list(left)}")

    def _read(self, box: Any, parent: Node, page: int) -> None:
        """Put what `box` holds below `parent`."""
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)  # an absolutely placed box is behind a placeholder
        if isinstance(box, boxes.TextBox):
            self._words(parent).kids.append(self._taken(box, page))
            return
        node = self._node(box, parent, page)
        if node is None:
            self._artifact(box, page)
            return
        if box.link_annotation:
            node.kids.append(Annotation(page, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            node.kids.append(self._taken(box, page))
        for child in getattr(box, "children", ()):
            self._read(child, node, page)

    def _taken(self, box: Any, page: int) -> Run:
        return Run(page, self.streams[page]._tags.pop(box)["mcid"])

    def _node(self, box: Any, parent: Node, page: int) -> Node | None:
        """The element for `box`: its own, or `parent` where it has none; None for a repetition."""
        role = self._role(box, parent)
        if not role:
            return parent
        key = (box.element, box.element_tag)
        known = self.nodes.get(key)
        if known is not None:
            repeated = role in ("THead", "TFoot") and page > known.page
            return None if repeated else known
        parent = self._holder(parent, role, page)
        if role[0] == "H" and role[1:].isdigit():
            self.level = min(int(role[1:]), self.level + 1)
            role = f"H{self.level}"
        made = self.nodes[key] = Node(role, box.element, box, page)
        parent.kids.append(made)
        return made

    def _role(self, box: Any, parent: Node) -> str:
        tag = box.element_tag
        if tag is None or box.element is None:
            return ""
        if box.link_annotation:
            # A link's inner elements have areas of their own, which belong to the same link.
            return "" if parent.role == "Link" else "Link"
        within = getattr(parent.element, "tag", "")
        if tag == "ul" and within == "nav":
            return "TOC"
        if tag == "li" and within == "ul" and parent.role == "TOC":
            return "TOCI"
        if tag == "div" and within == "dl":
            return "LI"
        return ROLES.get(tag, "")

    def _holder(self, parent: Node, role: str, page: int) -> Node:
        """Where an element of `role` below `parent` really stands."""
        body = BODIES.get(parent.role)
        if body and role not in ("Lbl", body):
            return self._inner(parent, body, page)
        if role == "Link" and parent.role in GROUPING:
            return self._inner(parent, "P", page)
        return parent

    def _words(self, parent: Node) -> Node:
        """Where words below `parent` stand."""
        body = BODIES.get(parent.role)
        if body:
            return self._inner(parent, body, parent.page)
        return self._inner(parent, "P", parent.page) if parent.role in GROUPING else parent

    def _inner(self, parent: Node, role: str, page: int) -> Node:
        """The element that HTML has no tag for: the last one of its kind in `parent`, or a new one."""
        last = parent.kids[-1] if parent.kids else None
        if isinstance(last, Node) and last.role == role and last.element is None:
            return last
        made = Node(role, None, parent.box, page)
        parent.kids.append(made)
        return made

    def _artifact(self, box: Any, page: int) -> None:
        """What stands in `box` is no content: a page number, a table's head once more."""
        import pydyf

        stream = self.streams[page]
        dropped = {stream._tags.pop(one)["mcid"] for one in _inside(box) if one in stream._tags}
        if not dropped:
            return
        for place, item in enumerate(stream.stream):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") in dropped:
                stream.stream[place - 1] = b"/Artifact"
                stream.stream[place] = pydyf.Dictionary({"Type": "/Pagination"})


def _inside(box: Any) -> Iterator[Any]:
    """`box` and all boxes in it."""
    box = getattr(box, "_box", box)
    if box.link_annotation:
        raise RuntimeError("a link in a repeated head or in a page's margin has no element")
    yield box
    for child in getattr(box, "children", ()):
        yield from _inside(child)


def _tidy(node: Node) -> None:
    """Drop what holds nothing, and put captions of figures into them."""
    for kid in node.nodes():
        _tidy(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.role in KEPT_EMPTY
    ]
    if getattr(node.element, "tag", "") == "figure":
        caption = next((kid for kid in node.nodes() if kid.role == "Caption"), None)
        figure = next((kid for kid in node.nodes() if kid.role == "Figure"), None)
        if caption is not None and figure is not None:
            node.kids.remove(caption)
            figure.kids.insert(0, caption)


# -- into the file -----------------------------------------------------------------------------


def _write(pdf: Any, tree: _Tree, heights: list[Any]) -> None:
    import pydyf

    pages = list(pdf.page_references)
    parents: list[dict[int, Any]] = [{} for _ in pages]  # content number → element
    links: list[tuple[Any, Any]] = []  # element, annotation
    ids: list[tuple[str, Any]] = []

    def written(node: Node, parent: Any) -> Any:
        made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        pdf.add_object(made)
        own = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if own is not None:
            made["Pg"] = pages[own]
        kids = made["K"] = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(written(kid, made.reference))
            elif isinstance(kid, Run):
                parents[kid.page][kid.mcid] = made.reference
                kids.append(kid.mcid if kid.page == own else _elsewhere(kid, pages))
            else:
                links.append((made.reference, kid.made))
                kids.append(
                    pydyf.Dictionary(
                        {"Type": "/OBJR", "Obj": kid.made.reference, "Pg": pages[kid.page]}
                    )
                )
        if node.role == "Link":
            _describe(node)
        if node.role == "Figure":
            made["Alt"] = pydyf.String(_alternative(node))
            node.attributes.update(_box(node, heights))
        if node.attributes:
            made["A"] = pydyf.Dictionary(node.attributes)
        if node.id:
            made["ID"] = pydyf.String(node.id)
            ids.append((node.id, made.reference))
        return made.reference

    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    root["K"] = pydyf.Array([written(tree.root, root.reference)])
    numbers = pydyf.Array()
    for page, owners in enumerate(parents):
        last = max(owners, default=-1)
        numbers.extend((page, pydyf.Array(owners.get(n, "null") for n in range(last + 1))))
    for key, (element, annotation) in enumerate(links, len(pages)):
        numbers.extend((key, element))
        annotation["StructParent"] = key
    content = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(content)
    root["ParentTree"] = content.reference
    root["ParentTreeNextKey"] = len(pages) + len(links)
    if ids:
        names = pydyf.Array()
        for id_, reference in sorted(ids):
            names.extend((pydyf.String(id_), reference))
        root["IDTree"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _elsewhere(run: Run, pages: list[Any]) -> Any:
    import pydyf

    return pydyf.Dictionary({"Type": "/MCR", "Pg": pages[run.page], "MCID": run.mcid})


def _describe(link: Node) -> None:
    """A link's areas are read out by its words, not by the name of its goal."""
    import pydyf

    words = " ".join("".join(link.element.itertext()).split())
    for kid in link.kids:
        if isinstance(kid, Annotation) and words:
            kid.made["Contents"] = pydyf.String(words)


def _alternative(figure: Node) -> str:
    """The words for a drawing: its own title, or its `alt`."""
    element = figure.element
    title = element.find(f"{SVG}title")
    words = element.get("alt", "") if title is None else "".join(title.itertext())
    if not words.strip():
        logging.getLogger("weasyprint").error("a drawing without a title")
    return " ".join(words.split())


def _box(figure: Node, heights: list[Any]) -> dict[str, Any]:
    """Where a drawing stands, in points from the lower left corner of its page."""
    import pydyf

    box, height = figure.box, heights[figure.page]
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, height - top - box.height, left + box.width, height - top)
    up, down = POINTS
    box_ = pydyf.Array([round(length * up / down, 2) for length in corners])
    return {"O": "/Layout", "Placement": "/Block", "BBox": box_}
