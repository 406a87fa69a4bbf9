"""What of WeasyPrint 70 must be replaced: the structure tree, and the justification of Chinese lines.

Everything else is done through its public interface. Both names are put in place only while a
document is set. `KNOWN` holds the digests of the sources they take the place of: with others,
nothing is set (`changed`).
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from operator import attrgetter
from typing import Any

from site_builder.printing.pdf_tags import add_tags

# module, function, SHA-256 of its source in WeasyPrint 70.0: what is replaced, and what that rests on
KNOWN = (
    (
        "weasyprint.pdf.tags",
        "add_tags",
        "f0e74575b0bafaf36458eaac27874e3b80457fba3694058153da514a68933f22",
    ),
    (
        "weasyprint.pdf.tags",
        "_build_box_tree",
        "f716251a83e7096e9cae972b63e633aab21c664d200582166dd0d5096780f9c4",
    ),
    (
        "weasyprint.pdf.stream",
        "Stream.marked",
        "3fa3acacbbf66422e7b0de4346b6eaf638657280a0f62c73172e3c445b888692",
    ),
    (
        "weasyprint.layout.inline",
        "justify_line",
        "f83b21ff8793ba6b6dfc5fe8e10e4ab6cd6e02b17de02da97200902166148a81",
    ),
)
LOOSEST = 4  # a line is left ragged where a gap would exceed a quarter of the size
STEPS = 1000  # to an em: the numbers between characters in a PDF are whole
FEWEST = 5  # one in five characters must be Chinese for the line to be set as Chinese


def changed() -> tuple[str, ...]:
    """The functions of the installed WeasyPrint that are not those of `KNOWN`."""
    found = []
    for module, name, digest in KNOWN:
        try:
            there = attrgetter(name)(import_module(module))
            source = inspect.getsource(there)
        except (AttributeError, ImportError):
            source = ""
        if hashlib.sha256(source.encode()).hexdigest() != digest:
            found.append(f"{module}.{name}")
    return tuple(found)


@contextmanager
def patched() -> Iterator[None]:
    """WeasyPrint with our structure tree and our justification, inside the block only."""
    from weasyprint import pdf
    from weasyprint.layout import inline

    tags, justify = pdf.add_tags, inline.justify_line

    def justify_line(context: Any, line: Any, extra: Any) -> None:
        if not _spread_line(context, line, extra):
            justify(context, line, extra)

    pdf.add_tags, inline.justify_line = add_tags, justify_line
    try:
        yield
    finally:
        pdf.add_tags, inline.justify_line = tags, justify


def _spread_line(context: Any, line: Any, extra: Any) -> bool:
    """Spread `extra` pixels between the characters of a Chinese line; False for other lines.

    WeasyPrint stretches spaces only, of which Chinese has none.
    """
    text = "".join(box.text for box in _texts(line))
    chinese = sum("\u2e80" <= c <= "\uffef" for c in text)
    if chinese * FEWEST < len(text) or len(text) < 2:
        return False
    size = line.style["font_size"]
    step = extra / (len(text) - 1)
    if step * LOOSEST > size:
        return True
    step = int(step / size * STEPS) / STEPS * size
    width = line.width
    _spread(context, line, step, 0)
    line.width = width + extra
    return True


def _texts(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _spread(context: Any, box: Any, step: Any, moved: Any) -> Any:
    """Move `box` by `moved`, widen the text in it by `step` a character; how far its end moved."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import create_layout

    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        if box.text:
            style = box.style.copy()
            spacing = style["letter_spacing"]
            style["letter_spacing"] = (0 if spacing == "normal" else spacing) + step
            layout = create_layout(box.text, style, context, None, 0)
            layout.deactivate()
            box.style, box.pango_layout = style, layout
            box.width += step * len(box.text)
            moved += step * len(box.text)
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += moved
        start = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _spread(context, child, step, moved)
        box.width += moved - start
    else:
        box.translate(moved, 0)
    return moved
