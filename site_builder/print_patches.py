"""What of WeasyPrint 70 must be replaced: the structure tree, and the justification of Chinese lines.

Everything else is done through its public interface. Both names are put in place only while a
document is set; `REPLACED` says of which source they take the place, and a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from site_builder.pdf_tags import add_tags

# module, function, SHA-256 of its source in WeasyPrint 70.0
REPLACED = (
    ("weasyprint.pdf", "add_tags", ""),
    ("weasyprint.layout.inline", "justify_line", ""),
)
LOOSEST = 4  # a line is left ragged where a gap would exceed a quarter of the size
STEPS = 1000  # to an em: the numbers between characters in a PDF are whole
FEWEST = 5  # one in five characters must be Chinese for the line to be set as Chinese


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
