"""The frame of a table: its caption, the region in which it scrolls, and a way past its many links.

Every table of the site stands in one. Tab is the only way through links for whoever uses no pointer,
and nearly every figure is one: WCAG 2.2, technique G123.
"""

from __future__ import annotations

from site_builder.markup import escape

MANY_LINKS = 10  # in a table: so many that whoever goes by Tab is offered a way past it


def framed(
    id_: str, words: str, inner: str, *, kind: str = "grid", said: str = "", attributes: str = ""
) -> str:
    """A table with its caption and, where `inner`, its head and body in HTML, has many links, a link past it.

    `id_` names it on its page: the caption is `<id_>-caption`, the end of the table `past-<id_>`. The
    caption is `words`, or `said` where it is more than these, in HTML; `kind` are the table's classes
    besides the one of all, `attributes` those in HTML that it has besides. The link is seen when it
    has the focus, and is no word of the page to search.
    """
    id_ = escape(id_)
    before = after = ""
    if inner.count("<a ") >= MANY_LINKS:
        past = f"past-{id_}"
        before = f'<a data-unsearched class="past" href="#{past}">跳过这张表：{escape(words)}</a>'
        after = f'<span class="past-end" id="{past}" tabindex="-1"></span>'
    classes = f"gov {kind}".rstrip()
    return (
        f'{before}<div class="tw" role="region" tabindex="0" aria-labelledby="{id_}-caption">'
        f'<table class="{classes}"{attributes}><caption><span class="cap" id="{id_}-caption">'
        f"{said or escape(words)}</span></caption>{inner}</table></div>{after}"
    )
