"""The structure tree: header cells of merged tables, elements whole across pages, artifacts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from site_builder.printing import pdf
from site_builder.printing.pdf_text import _Reader, pdf_blocks
from site_builder.printing.print_fonts import FREE
from site_builder.printing.print_patches import KNOWN, changed, patched
from site_builder.printing.typesetting import PrintError, pdf_of

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
THEME = FREE.into(pdf.THEME.read_text("utf-8"))
MERGED = """
<table><caption>表一</caption>
<thead><tr><th scope="col" rowspan="2">一级</th><th scope="col" rowspan="2">二级</th>
<th scope="colgroup" colspan="2">金额</th></tr>
<tr><th scope="col">预算</th><th scope="col">决算</th></tr></thead>
<tbody><tr><th scope="rowgroup" rowspan="2">甲</th><th scope="row">a</th><td>1</td><td>2</td></tr>
<tr><th scope="row">b</th><td>3</td><td>4</td></tr></tbody>
<tbody><tr><th scope="row" colspan="2">总计</th><td>5</td><td>6</td></tr></tbody></table>
"""


def opened(body: str, css: str = THEME) -> pikepdf.Pdf:
    html = f'<!DOCTYPE html><html lang="zh-CN" id="d"><title>题</title><body>{body}</body></html>'
    return pikepdf.open(io.BytesIO(pdf_of(html, "题", css)))


def elements(file: pikepdf.Pdf, *roles: str) -> list[Any]:
    """The structure elements of these roles, in order."""

    def walk(element: Any) -> Iterator[Any]:
        for kid in element.get("/K", ()):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S).removeprefix("/") in roles:
                    yield kid
                yield from walk(kid)

    return list(walk(file.Root.StructTreeRoot))


def words(element: Any) -> str:
    reader = _Reader()
    reader.read(element, None)
    reader.flush()
    return " ".join(reader.done)


def headers(file: pikepdf.Pdf) -> dict[str, list[str]]:
    """Each data cell's words → the words of its header cells."""
    by_id = {str(cell.ID): words(cell) for cell in elements(file, "TH")}
    return {
        words(cell): [by_id[str(one)] for one in cell.A.get("/Headers", ())]
        for cell in elements(file, "TD")
    }


def test_cells_of_merged_tables_know_their_headers() -> None:
    file = opened(MERGED)
    assert headers(file) == {
        "1": ["预算", "金额", "a", "甲"],
        "2": ["决算", "金额", "a", "甲"],
        "3": ["预算", "金额", "b", "甲"],
        "4": ["决算", "金额", "b", "甲"],
        "5": ["预算", "金额", "总计"],
        "6": ["决算", "金额", "总计"],
    }
    scopes = [(words(cell), str(cell.A.Scope)) for cell in elements(file, "TH")]
    assert ("金额", "/Column") in scopes and ("甲", "/Row") in scopes and ("总计", "/Row") in scopes
    spans = {words(c): (c.A.get("/RowSpan"), c.A.get("/ColSpan")) for c in elements(file, "TH")}
    assert spans["甲"] == (2, None) and spans["金额"] == (None, 2) and spans["总计"] == (None, 2)


def test_a_table_and_a_paragraph_over_pages_are_one_element_each() -> None:
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(60))
    head = "<thead><tr><th scope='col'>数</th></tr></thead>"
    table = f"<table class='gov'><caption>长表</caption>{head}<tbody>{rows}</tbody></table>"
    file = opened(f"{table}<p>{'长' * 900}</p>")
    assert len(file.pages) >= 4
    assert [len(elements(file, role)) for role in ("Table", "THead", "TBody", "TR", "P")] == [
        1, 1, 1, 61, 1,
    ]  # fmt: skip
    (paragraph,) = elements(file, "P")
    pages = {
        kid.Pg.objgen if isinstance(kid, pikepdf.Dictionary) else paragraph.Pg.objgen
        for kid in paragraph.K
    }
    assert len(pages) >= 2
    # the repeated head is drawn on each page, and is content once
    assert words(elements(file, "Table")[0]).split()[:4] == ["长表", "数", "0", "1"]


def test_page_numbers_and_running_titles_are_artifacts() -> None:
    file = opened('<section class="cover"><h1>题</h1></section><section><p>字</p></section>')
    text = file.pages[1].Contents.read_bytes()
    assert b"/Pagination" in text
    assert all(b"\n" not in block.encode() for block in _blocks(file))
    assert _blocks(file) == ["题", "字"]


def _blocks(file: pikepdf.Pdf) -> list[str]:
    out = io.BytesIO()
    file.save(out)
    return pdf_blocks(out.getvalue())


def test_a_drawing_has_its_words_its_place_and_its_caption() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><title>预算与决算</title>'
        '<rect width="9" height="9"/></svg>'
    )
    file = opened(f"<figure><figcaption>图一</figcaption>{svg}</figure>")
    (figure,) = elements(file, "Figure")
    assert str(figure.Alt) == "预算与决算"
    left, bottom, right, top = (float(one) for one in figure.A.BBox)
    assert (round(right - left), round(top - bottom)) == (90, 30)
    assert 0 < bottom < top < 842 and 0 < left < right < 596
    assert [str(kid.S) for kid in figure.K if isinstance(kid, pikepdf.Dictionary)] == ["/Caption"]


def test_a_drawing_without_words_is_refused() -> None:
    with pytest.raises(PrintError, match="without a title"):
        opened('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d=""/></svg>')


def test_links_are_described_by_their_words_and_point_back() -> None:
    file = opened('<p>见<a href="#t">第<em>二</em>节</a>。</p><h2 id="t">二</h2>')
    (link,) = elements(file, "Link")
    areas = [kid.Obj for kid in link.K if isinstance(kid, pikepdf.Dictionary)]
    assert {str(area.Contents) for area in areas} == {"第二节"}
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    assert all(owners[int(area.StructParent)].objgen == link.objgen for area in areas)


def test_lists_contents_and_terms_have_their_elements() -> None:
    toc = '<nav class="toc"><ul><li><span><a href="#t">一</a></span></li></ul></nav>'
    file = opened(f'{toc}<h2 id="t">一</h2><dl><div><dt>甲</dt><dd>乙</dd></div></dl>')
    assert [len(elements(file, role)) for role in ("TOC", "TOCI", "Reference", "Link")] == [1] * 4
    assert [len(elements(file, role)) for role in ("L", "LI", "Lbl", "LBody")] == [1] * 4


def test_no_level_of_headings_is_skipped() -> None:
    file = opened("<h1>一</h1><h2>二</h2><h5>三</h5><h3>四</h3>")
    roles = [str(one.S) for one in elements(file, "H1", "H2", "H3", "H4", "H5")]
    assert roles == ["/H1", "/H2", "/H3", "/H3"]


# -- what is replaced --------------------------------------------------------------------------


def test_the_installed_weasyprint_is_the_one_the_replacements_are_for() -> None:
    """When this fails, read the new functions, adapt, and only then write down their digests."""
    assert changed() == ()
    assert len(KNOWN) == 4


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    monkeypatch.setattr(inline, "justify_line", lambda *_: None)
    assert changed() == ("weasyprint.layout.inline.justify_line",)
    with pytest.raises(PrintError, match="justify_line"):
        pdf_of("<html lang='zh-CN'><title>x</title></html>", "试卷", "p { color: red }")


def test_nothing_stays_replaced() -> None:
    from weasyprint import pdf as made
    from weasyprint.layout import inline

    before = made.add_tags, inline.justify_line
    with patched():
        assert made.add_tags is not before[0] and inline.justify_line is not before[1]
    assert (made.add_tags, inline.justify_line) == before
