"""The PDFs of the real reports: their text, type, pages, bookmarks, links, bytes and cache."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from printed import ROOT, TOWNS, Printed, Project

from site_builder.printing import pdf, print_page, typesetting
from site_builder.printing.edition_note import Correction, EditionNote
from site_builder.printing.pdf_text import pdf_blocks, text_differs
from site_builder.printing.print_fonts import Fonts
from site_builder.prose_html import converter

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.slow,
    # WeasyPrint does not close its colour profile.
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

MM = 72 / 25.4
THEME = Fonts().into(pdf.THEME.read_text("utf-8"))


@pytest.fixture(params=TOWNS)
def printed(project: Project, request: pytest.FixtureRequest) -> Printed:
    return project.printed[request.param]


def _document(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>试</title></head>'
        f"<body>{body}</body></html>"
    )


# -- the text ----------------------------------------------------------------------------------


def test_every_figure_is_in_the_text(printed: Printed) -> None:
    wanted = Counter(" ".join(f.figure.text.split()) for f in printed.disclosure.report.facts)
    missing = [
        f"{text} ×{times}"
        for text, times in wanted.items()
        if len(re.findall(rf"(?<![\d.]){re.escape(text)}(?!\.?\d)", printed.text)) < times
    ]
    assert not missing


def test_pypdf_reads_every_figure_too(printed: Printed) -> None:
    said = " ".join(" ".join(page.extract_text().split()) for page in printed.reader.pages)
    texts = {" ".join(f.figure.text.split()) for f in printed.disclosure.report.facts}
    assert not {text for text in texts if text not in said}


def test_a_mark_of_a_finding_does_not_run_into_its_figure(project: Project) -> None:
    text = project.printed["lucidu"].text
    assert re.search(r"0\.099 ?〔\d+〕", text)


def test_the_chapter_of_findings_fills_its_pages(project: Project) -> None:
    """One that does not fit goes on overleaf; kept whole, each alone, they took thirteen pages."""
    printed = project.printed["guiyi"]
    pages = {title: page for _, title, page in printed.bookmarks}
    first, end = pages["核对结果"], pages["报告说明"]
    assert end - first <= 10


def test_hidden_words_are_not_printed(printed: Printed) -> None:
    assert "未填报" not in printed.text
    assert "class=" not in printed.text


def test_the_colophon_names_both_sources_and_their_digests(printed: Printed) -> None:
    last = "".join(printed.pages[-2:])
    for name in (printed.disclosure.report.file, printed.disclosure.narrative.file):
        assert name in last
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() in last


def test_words_of_a_report_are_escaped(project: Project) -> None:
    one = project.printed["guiyi"]
    heading = replace(one.disclosure.report.heading, title='<i>A&B"', unit="甲<乙")
    changed = replace(one.disclosure, report=replace(one.disclosure.report, heading=heading))
    made = print_page.print_html(changed, one.checked, converter(), ROOT)
    assert "<title>&lt;i&gt;A&amp;B&quot;</title>" in made
    assert 'content="甲&lt;乙"' in made
    assert "<i>A" not in made


# -- type and pages ----------------------------------------------------------------------------


def test_all_fonts_are_embedded_subsets_of_the_free_ones(printed: Printed) -> None:
    fonts: dict[str, Any] = {}
    for page in printed.reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts[str(font.get_object()["/BaseFont"])] = font.get_object()
    assert len(fonts) >= 4
    for name, font in fonts.items():
        assert re.match(r"/[A-Z]{6}\+(Noto-S|AR-PL-KaitiM-GB)", name), name
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font


def test_pages_are_a4_and_none_is_blank(printed: Printed) -> None:
    for page, text in zip(printed.reader.pages, printed.pages, strict=True):
        sides = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        assert sides == pytest.approx([210 * MM, 297 * MM], abs=0.5)
        assert len(text) > 20


def test_wide_indicators_lie_across_and_the_rest_stands(project: Project) -> None:
    one = project.printed["guiyi"]
    across = [
        text
        for page, text in zip(one.reader.pages, one.pages, strict=True)
        if page.mediabox.width > page.mediabox.height
    ]
    assert across
    assert all("偏差原因分析及改进措施" in text for text in across)
    others = (p for town, p in project.printed.items() if town != "guiyi")
    assert all(p.mediabox.width < p.mediabox.height for one in others for p in one.reader.pages)


def test_every_page_but_the_cover_has_its_number(printed: Printed) -> None:
    assert "—" not in printed.pages[0]
    for number, text in enumerate(printed.pages[1:], 2):
        assert f"— {number} —" in text


def test_contents_give_the_pages_of_the_headings(printed: Printed) -> None:
    first = next(page for _, title, page in printed.bookmarks if title == "概要")
    contents = "".join(printed.pages[1 : first - 1]).replace(" ", "")
    for depth, title, page in printed.bookmarks:
        if depth in (2, 3) and title != "目录":
            assert f"{''.join(title.split())}{page}" in contents


# -- bookmarks, links, metadata ----------------------------------------------------------------


def test_bookmarks_are_the_headings(printed: Printed) -> None:
    assert [(d, "".join(t.split())) for d, t, _ in printed.bookmarks] == [
        (level, "".join(words.split())) for level, _, words in printed.headings
    ]
    pages = [page for _, _, page in printed.bookmarks]
    assert all(one <= other for one, other in pairwise(pages))


def test_links_lead_to_places_in_the_file(printed: Printed) -> None:
    places = printed.reader.named_destinations
    led = 0
    for page in printed.reader.pages:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            if link["/Subtype"] == "/Link" and "/URI" not in link.get("/A", {}):
                goal = link["/Dest"] if "/Dest" in link else link["/A"]["/D"]
                assert str(goal) in places
                led += 1
    wanted = printed.html.count('href="#')
    assert led >= wanted > len(printed.headings)


def test_metadata_say_what_it_is_and_no_clock_is_read(printed: Printed) -> None:
    reader, heading = printed.reader, printed.disclosure.report.heading
    metadata, catalog = reader.metadata, reader.trailer["/Root"]
    assert metadata is not None and reader.xmp_metadata is not None
    assert metadata.title == heading.title
    assert metadata.author == heading.unit
    assert printed.disclosure.town.name in str(metadata.subject)
    day = "" if heading.date is None else f"D:{heading.date:%Y%m%d}"
    assert str(metadata.get("/CreationDate", ""))[:10] == day
    assert "/ModDate" not in metadata
    assert catalog["/Lang"] == "zh-CN"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/PageMode"] == "/UseOutlines"
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfaid:part[^3]{1,3}3", xmp)
    assert re.search(r"pdfaid:conformance[^A]{1,3}A", xmp)


# -- editions and attachments ------------------------------------------------------------------

NOTE = EditionNote(
    2,
    datetime.date(2023, 11, 3),
    (("数据", "a1" * 32), ("全部事实", "b2" * 32)),
    (
        Correction(datetime.date(2023, 11, 3), 2, "表.<行>.列", "9.5", "9.05", "录入时漏了一位"),
        Correction(datetime.date(2023, 11, 3), 2, "正文：一", "", "补的一句", "录入时漏了一句"),
    ),
)


def test_a_sealed_edition_says_so_on_its_cover_and_lists_what_was_corrected(
    project: Project,
) -> None:
    one = project.printed["yintian"]
    html = print_page.print_html(one.disclosure, one.checked, converter(), ROOT, NOTE)
    made = typesetting.pdf_of(html, "题", THEME)
    assert text_differs(html, made) == ""
    blocks = pdf_blocks(made)
    assert "第2版2023年11月3日封存" in blocks[:6]
    start = blocks.index("更正", blocks.index("版本与更正", 30))
    assert blocks[start : start + 13] == [
        "更正", "日期", "版次", "位置", "原为", "改为", "理由",
        "2023-11-03", "第2版", "表.<行>.列", "9.5", "9.05", "录入时漏了一位",
    ]  # fmt: skip
    assert "（无）" in blocks and "a1" * 32 in blocks and "b2" * 32 in blocks
    assert pypdf.PdfReader(io.BytesIO(made)).metadata["/ModDate"] == "D:20231103"


def test_a_first_edition_has_no_corrections_and_an_unsealed_report_no_edition(
    project: Project,
) -> None:
    one = project.printed["yintian"]
    first = EditionNote(1, datetime.date(2023, 6, 1))
    html = print_page.print_html(one.disclosure, one.checked, converter(), ROOT, first)
    assert "至本版没有更正" in html and "第1版　2023年6月1日封存" in html
    assert "封存" not in one.html and "版本与更正" not in one.html


def test_only_the_sealed_report_is_set_again(project: Project, tmp_path: Path) -> None:
    cache = tmp_path / "pdf"
    shutil.copytree(project.cache, cache)
    key = project.printed["yintian"].disclosure.key
    said: list[str] = []
    pdf.render_pdfs(project.library, project.run, cache, 1, said.append, {key: NOTE})
    assert said == [project.printed["yintian"].disclosure.report.heading.title]


def test_sources_and_data_are_attached_with_fixed_dates(printed: Printed) -> None:
    key = printed.disclosure.key
    stem = f"{key.county}-{key.town}-{key.year}"
    report, narrative = printed.disclosure.report.file, printed.disclosure.narrative.file
    day = printed.disclosure.report.heading.date or datetime.date(1980, 1, 1)
    wanted = {
        f"{stem}-facts.csv": ("Data", "text/csv", b""),
        f"{stem}-findings.json": ("Data", "application/json", b""),
        f"{stem}.md": ("Source", "text/markdown", (ROOT / narrative).read_bytes()),
        f"{stem}.yaml": ("Source", "application/yaml", (ROOT / report).read_bytes()),
    }
    with pikepdf.open(printed.path) as file:
        names = [str(name) for name in file.Root.Names.EmbeddedFiles.Names[::2]]
        assert names == sorted(wanted)
        assert len(file.Root.AF) == len(wanted)
        for name, spec in file.attachments.items():
            kind, mime, content = wanted[name]
            there = spec.get_file()
            assert str(spec.obj.AFRelationship) == f"/{kind}"
            assert there.mime_type == mime
            assert there.creation_date.date() == there.mod_date.date() == day
            assert there.read_bytes().startswith(content) and there.size > 100
        facts = file.attachments[f"{stem}-facts.csv"].get_file().read_bytes().decode("utf-8-sig")
        assert facts.count("\r\n") == len(printed.disclosure.report.facts) + 1
        findings = json.loads(file.attachments[f"{stem}-findings.json"].get_file().read_bytes())
        assert len(findings["findings"]) == len(printed.checked.findings)


def test_pages_are_labelled_as_printed(printed: Printed) -> None:
    assert printed.reader.page_labels[:3] == ["1", "2", "3"]


# -- lines -------------------------------------------------------------------------------------


def test_chinese_lines_end_at_one_edge() -> None:
    words = "镇里依照《会计法》和“三公”经费的规定，建立了2022年度的财务制度，实行集中核算。" * 4
    made = typesetting.pdf_of(_document(f"<p>{words}</p>"), "题", THEME)
    with pikepdf.open(io.BytesIO(made)) as file:
        page = file.pages[0]
        shown = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) == "TJ"]
        spread = [any(isinstance(n, int | Decimal) for n in one.operands[0]) for one in shown]
    lines = subprocess.run(
        ["pdftotext", "-bbox-layout", "-", "-"], input=made, check=True, capture_output=True
    ).stdout.decode()
    line = re.compile(r'<line xMin="([^"]*)" yMin="[^"]*" xMax="([^"]*)"')
    edges = [float(right) for left, right in line.findall(lines) if float(left) < 200]
    assert len(edges) > 5 and any(spread)
    assert max(edges[:-1]) - min(edges[:-1]) < 1  # points; the last line ends where it ends


# -- bytes and cache ---------------------------------------------------------------------------


def test_processes_and_runs_change_no_byte(project: Project, tmp_path: Path) -> None:
    again = pdf.render_pdfs(project.library, project.run, tmp_path, jobs=1)
    assert len(again) == len(project.library.disclosures)
    for key, path in again.items():
        assert path.read_bytes() == project.printed[key.town].path.read_bytes()
        assert path == tmp_path / key.county / key.town / str(key.year) / (
            f"{key.county}-{key.town}-{key.year}.pdf"
        )
    assert not list(tmp_path.rglob(".*"))


def test_only_what_changed_is_set_again(project: Project) -> None:
    said: list[str] = []
    pdf.render_pdfs(project.library, project.run, project.cache, 1, said.append)
    assert said == []

    first, *rest = project.library.disclosures
    heading = replace(first.report.heading, title="改了的名称")
    changed = replace(first, report=replace(first.report, heading=heading))
    library = replace(project.library, disclosures=(changed, *rest))
    target = project.printed[first.key.town].path
    before = target.read_bytes()
    pdf.render_pdfs(library, project.run, project.cache, 1, said.append)
    assert said == ["改了的名称"]
    assert target.read_bytes() != before

    pdf.render_pdfs(project.library, project.run, project.cache, 1, said.append)
    assert said[1:] == [first.report.heading.title]
    assert target.read_bytes() == before


def test_a_lost_or_unnoted_file_is_set_again(project: Project) -> None:
    key = project.library.disclosures[0].key
    path = project.printed[key.town].path
    before = path.read_bytes()
    path.with_suffix(".inputs.sha256").write_text("0\n")
    said: list[str] = []
    pdf.render_pdfs(project.library, project.run, project.cache, 1, said.append)
    assert len(said) == 1
    assert path.read_bytes() == before


def test_a_run_killed_between_a_pdf_and_its_note_leaves_no_note_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the change undone then, the note of before would fit a PDF of something else."""
    target = tmp_path / "a" / "b" / "2022" / "a-b-2022.pdf"
    pdf.put_noted(target, b"of one", "one")
    assert (target.read_bytes(), pdf.noted(target)) == (b"of one", "one")
    put = pdf.put_whole

    def killed(path: Path, content: bytes) -> None:
        if path != target:
            raise KeyboardInterrupt
        put(path, content)

    monkeypatch.setattr(pdf, "put_whole", killed)
    with pytest.raises(KeyboardInterrupt):
        pdf.put_noted(target, b"of the other", "other")
    assert (target.read_bytes(), pdf.noted(target)) == (b"of the other", "")


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"0\n"])
def test_a_damaged_note_fits_no_pdf(tmp_path: Path, damage: bytes) -> None:
    pdf.note_of(tmp_path / "a.pdf").write_bytes(damage)
    assert pdf.noted(tmp_path / "a.pdf") not in ("one", "other")


def test_pdfs_of_reports_that_are_gone_are_removed(project: Project, tmp_path: Path) -> None:
    gone = tmp_path / "some-county" / "gone" / "2021"
    gone.mkdir(parents=True)
    for name in ("some-county-gone-2021.pdf", "some-county-gone-2021.inputs.sha256"):
        (gone / name).write_bytes(b"")
    kept = tmp_path / "some-county" / "notes.txt"
    foreign = tmp_path / "a" / "b" / "2021" / "other.pdf"
    foreign.parent.mkdir(parents=True)
    for path in (kept, foreign):
        path.write_bytes(b"")
    none = replace(project.library, disclosures=())
    assert pdf.render_pdfs(none, project.run, tmp_path) == {}
    assert not gone.parent.exists()
    assert kept.exists() and foreign.exists()


def test_halves_that_a_killed_run_left_are_removed(tmp_path: Path, project: Project) -> None:
    """Those of a report that is there, and of one that is gone; no file of another name."""
    place = tmp_path / "some-county" / "gone" / "2021"
    place.mkdir(parents=True)
    for name in (".some-county-gone-2021.pdf.4711", ".some-county-gone-2021.inputs.sha256.4711"):
        (place / name).write_bytes(b"%PDF-1.7 h")
    kept = [tmp_path / "a" / "b" / "2021" / name for name in (".other.pdf.4711", ".a-b-2021.pdf")]
    kept[0].parent.mkdir(parents=True)
    for path in kept:
        path.write_bytes(b"")
    none = replace(project.library, disclosures=())
    assert pdf.render_pdfs(none, project.run, tmp_path) == {}
    assert not place.exists()
    assert all(path.exists() for path in kept)


# -- what must not pass ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p style="colour: red">字</p>', "colour"),
        ('<p><a href="#nowhere">字</a></p>', "nowhere"),
        ('<p id="a">字</p><p id="a">字</p>', "twice"),
        ("<p>\ue123</p>", "U+E123"),
        ('<p><img src="https://example.org/a.png" alt="图"></p>', "disallowed"),
        ('<p><img src="file:///etc/hostname" alt="图"></p>', "disallowed"),
        ('<svg width="9" height="9"><g transform="rotate(x)"><path d=""/></g></svg>', "SVG"),
    ],
)
def test_what_weasyprint_warns_of_is_raised(body: str, said: str) -> None:
    with pytest.raises(typesetting.PrintError, match="试卷") as caught:
        typesetting.pdf_of(_document(body), "试卷", THEME)
    assert any(said in message for message in caught.value.messages)


def test_a_stylesheet_that_weasyprint_does_not_know_is_raised() -> None:
    with pytest.raises(typesetting.PrintError, match="no-such-property"):
        typesetting.pdf_of(_document("<p>字</p>"), "试卷", "p { no-such-property: 1 }")


def test_another_font_is_raised() -> None:
    css = '@font-face { font-family: X; src: local("DejaVu Sans") } p { font-family: X }'
    with pytest.raises(typesetting.PrintError, match="字体没有安装（用了 X）"):
        typesetting.pdf_of(_document("<p>abc</p>"), "试卷", css)


def test_a_problem_in_another_process_comes_back_whole(project: Project, tmp_path: Path) -> None:
    first = project.library.disclosures[0]
    heading = replace(first.report.heading, title="缺字\ue123")
    changed = replace(first, report=replace(first.report, heading=heading))
    library = replace(project.library, disclosures=(changed,))
    with pytest.raises(typesetting.PrintError, match="U\\+E123"):
        pdf.render_pdfs(library, project.run, tmp_path, jobs=2)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_fonts_are_subset_by_harfbuzz() -> None:
    from weasyprint.text.ffi import harfbuzz_subset

    assert harfbuzz_subset, "libharfbuzz-subset0 is missing: a report takes 20 s without it"


# -- what is done to the page's HTML -----------------------------------------------------------


def test_a_drawing_higher_than_a_page_is_scaled_as_a_whole() -> None:
    tall = '<svg class="plot" xmlns="x" width="100%" height="1320" role="img"></svg>'
    made = print_page._for_print(tall)
    assert 'width="295.00" height="660" viewBox="0 0 590 1320"' in made
    low = tall.replace("1320", "660")
    assert print_page._for_print(low) == low


def test_a_long_group_is_cut_between_names_of_the_second_level() -> None:
    def row(number: int) -> str:
        second = f'<th class="g2">乙{number}</th>' if number % 2 == 0 else ""
        return f'{second}<td id="c{number}">{number}</td></tr>'

    rows = "<tr>".join(row(n) for n in range(10))
    head = '<tbody><tr><th scope="rowgroup" rowspan="10" class="c1 g1">'
    made = print_page._for_print(f'{head}甲<span class="sub" id="w">60分</span></th>{rows}</tbody>')
    assert re.findall(r'rowspan="(\d+)"', made) == ["4", "4", "2"]
    assert made.count("甲") == 3 and made.count('id="w"') == 1 and made.count("（续）") == 2
    assert re.findall(r'<td id="c(\d)">', made) == [str(n) for n in range(10)]
    assert made.count("<tr>") == made.count("</tr>") == 10
    grid = f"{head}甲</th>{rows}<tr><th>另一类</th></tr></tbody>"
    assert print_page._for_print(grid) == grid


def test_pointers_to_other_pages_and_words_for_the_ear_are_left_out() -> None:
    pointer = '<p><a href="checks/index.html">各规则的结果</a></p>'
    assert print_page._for_print(f"<p>甲</p>{pointer}") == "<p>甲</p>"
    mark = '<sup><a class="fm" href="#finding-1"><span class="vh">核对发现</span>1</a>'
    other = '<a class="fm" href="#finding-2">2</a></sup>'
    made = print_page._for_print(mark + other)
    assert re.sub("<[^>]*>", "", made) == "〔1、2〕"


def test_links_to_files_beside_the_page_are_taken_out() -> None:
    kept = '<a href="#s1">一</a><a href="https://example.org/">二</a>'
    assert print_page._for_print(f'{kept}<a href="files/x.pdf">三</a>') == f"{kept}<a>三</a>"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("短名称", ["短名称"]),
        (
            "2022年度归义镇人民政府部门整体支出绩效自评报告",
            ["2022年度归义镇人民政府", "部门整体支出绩效自评报告"],
        ),
        ("没有可断之处" * 5, ["没有可断之处" * 5]),
    ],
)
def test_a_long_title_breaks_where_a_word_ends(title: str, lines: list[str]) -> None:
    assert print_page.balanced(title).split("<br>") == lines
