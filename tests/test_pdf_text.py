"""Every block of the printed HTML comes back from the PDF, in order; what does not is told."""

from __future__ import annotations

import re

import pytest
from printed import TOWNS, Project

from site_builder.printing import pdf
from site_builder.printing.pdf_text import FOLIO, html_blocks, pdf_blocks, text_differs
from site_builder.printing.print_fonts import FREE
from site_builder.printing.print_page import _apart, _for_print
from site_builder.printing.typesetting import pdf_of

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
THEME = FREE.into(pdf.THEME.read_text("utf-8"))


def document(body: str) -> str:
    return f'<!DOCTYPE html><html lang="zh-CN" id="d"><title>题</title><body>{body}</body></html>'


def blocks(body: str) -> list[str]:
    return pdf_blocks(pdf_of(document(body), "题", THEME))


@pytest.mark.slow
@pytest.mark.parametrize("town", TOWNS)
def test_the_whole_text_comes_back_in_order(project: Project, town: str) -> None:
    one = project.printed[town]
    made = one.path.read_bytes()
    assert text_differs(one.html, made) == ""
    found = pdf_blocks(made)
    assert len(found) == len(html_blocks(one.html)) > 500


@pytest.mark.slow
@pytest.mark.parametrize("town", TOWNS)
def test_every_fact_stands_in_a_block_with_its_digits(project: Project, town: str) -> None:
    one = project.printed[town]
    said = "\n".join(pdf_blocks(one.path.read_bytes()))
    texts = {"".join(f.figure.text.split()) for f in one.disclosure.report.facts}
    assert not {
        text for text in texts if not re.search(rf"(?<![\d.]){re.escape(text)}(?!\.?\d)", said)
    }


def test_contents_are_compared_but_for_their_page_numbers() -> None:
    body = (
        '<nav class="toc"><h2 id="c">目录</h2><ul><li class="l2"><span class="entry">'
        '<a href="#s">概要</a></span><span class="dots"></span>'
        '<span class="folio" data-to="#s"></span></li></ul></nav><section><h2 id="s">概要</h2>'
        "<p>字</p></section>"
    )
    assert html_blocks(document(body)) == ["目录", f"概要{FOLIO}", "概要", "字"]
    made = pdf_of(document(body), "题", THEME)
    assert pdf_blocks(made)[1] == "概要2"
    assert text_differs(document(body), made) == ""


def test_what_is_missing_changed_or_out_of_order_is_told() -> None:
    made = pdf_of(document("<p>一</p><p>二</p>"), "题", THEME)
    assert text_differs(document("<p>一</p><p>二</p>"), made) == ""
    assert text_differs(document("<p>二</p><p>一</p>"), made) == "“二” → “一”"
    assert text_differs(document("<p>一</p>"), made) == "“” → “二”"
    assert text_differs(document("<p>一</p><p>二</p><p>三</p>"), made) == "“三” → “”"
    assert text_differs(document("<p>一</p><p>2</p>"), made) == "“2” → “二”"


def test_lists_give_their_signs_and_words() -> None:
    body = _for_print('<ol start="3">') + "<li>甲</li><li>乙<ul><li>丙</li></ul></li></ol><p>丁</p>"
    assert blocks(body) == ["3.", "甲", "4.", "乙", "◦", "丙", "丁"]
    assert text_differs(document(body), pdf_of(document(body), "题", THEME)) == ""


def test_words_of_a_drawing_come_back_from_its_groups_too() -> None:
    body = (
        '<figure><figcaption>图一</figcaption><svg xmlns="http://www.w3.org/2000/svg" width="200" '
        'height="40" font-family="Noto Sans CJK SC"><title>说明</title><g opacity=".5">'
        '<text x="100%" y="20" text-anchor="end">'
        "24.75</text></g></svg></figure>"
    )
    assert blocks(body) == ["图一", "24.75"]


def test_look_alikes_are_kept_apart() -> None:
    """A radical and the common character share a glyph, of which a PDF keeps one text."""
    body = "<p>⽂字：文件、金⾦、见⻅</p>"
    assert blocks(body) != ["⽂字：文件、金⾦、见⻅"]
    assert blocks(_apart(body)) == ["⽂字：文件、金⾦、见⻅"]


LONG = "长文字内容" * 700
HEAD = '<thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead>'


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="tw"><table class="gov"><caption>表</caption>{HEAD}<tbody><tr>'
        f'<th scope="row">丙</th><td class="txt">{LONG}</td></tr></tbody></table></div>',
        f"<p>{LONG}</p>",
        f'<p><a href="#a">{LONG}</a></p><h2 id="a">题</h2>',
        f"<p>{'w' * 500}</p><p>fi ffi ﬁ office a&nbsp;b　c &lt;b&gt; &amp;</p>",
        "<ul><li>一<ol><li>二</li></ol></li><li><p>三</p><p>四</p></li></ul><blockquote><p>五</p>"
        "</blockquote><pre><code>a  b\n  c</code></pre>",
        f"<dl><div><dt>{'名' * 20}</dt><dd>{'值' * 200}</dd></div><div><dt>乙</dt><dd></dd></div></dl>",
        '<h2 id="x">空</h2><p></p><ul></ul><table class="gov"><tr><td></td></tr></table><p>完</p>',
    ],
    ids=["cell", "paragraph", "link", "latin", "lists", "terms", "empty"],
)
def test_what_is_long_odd_or_empty_is_all_there(body: str) -> None:
    html = document(_for_print(body))
    assert text_differs(html, pdf_of(html, "题", THEME)) == ""
