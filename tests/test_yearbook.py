"""The yearbook of a county's year: everything of its reports is in it, in order, numbered through."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from printed import Project

from site_builder.printing import pdf, yearbook
from site_builder.printing.pdf_merge import merge, page_count
from site_builder.printing.pdf_text import html_blocks, pdf_blocks
from site_builder.printing.print_fonts import FREE
from site_builder.printing.typesetting import Attached, pdf_of

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
THEME = FREE.into(pdf.THEME.read_text("utf-8"))


@pytest.fixture(scope="module")
def book(project: Project) -> yearbook.Yearbook:
    """The five reports as if they were of one county and year."""
    parts = tuple(
        yearbook.YearbookPart(
            one.disclosure.report.heading.title,
            one.disclosure.report.heading.unit,
            one.disclosure.town.name,
            one.path.read_bytes(),
        )
        for one in project.printed.values()
    )
    return yearbook.Yearbook(
        "shili-2022", "示例县2022年度乡镇绩效评价报告年鉴", "示例省示例县", 2022, parts, THEME, FREE
    )


@pytest.fixture(scope="module")
def made(book: yearbook.Yearbook) -> bytes:
    return yearbook.yearbook(book)


@pytest.fixture(scope="module")
def file(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def test_the_text_is_that_of_front_and_reports_in_order(
    book: yearbook.Yearbook, made: bytes
) -> None:
    counts = [page_count(part.content) for part in book.parts]
    front = html_blocks(yearbook.front_html(book, counts, 3))
    first = front.index("".join(book.parts[0].town.split()), front.index("目录"))
    each = (len(front) - first) // len(book.parts)
    wanted = front[:first]
    for number, part in enumerate(book.parts):
        start = first + number * each
        wanted += front[start : start + each] + pdf_blocks(part.content)
    assert pdf_blocks(made) == wanted


def test_every_page_but_the_cover_has_its_number_in_the_whole(made: bytes) -> None:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    assert "总第" not in texts[0]
    for number, text in enumerate(texts[1:], 2):
        assert f"总第{number}页" in text
    assert sum(page.mediabox.width > page.mediabox.height for page in pages) > 3


def test_the_contents_name_the_dividing_pages(book: yearbook.Yearbook, made: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made))
    counts = [page_count(part.content) for part in book.parts]
    starts = re.findall(r'class="page">(\d+)<', yearbook.front_html(book, counts, 3))
    contents = "".join(reader.pages[1].extract_text().split())
    for number, (part, start) in enumerate(zip(book.parts, starts, strict=True), 1):
        assert f"{''.join(part.title.split())}{start}" in contents
        page = int(start)
        divider = "".join(reader.pages[page - 1].extract_text().split())
        assert part.title in divider and part.town in divider
        goal = reader.named_destinations[f"p0-part-{number}"]
        assert reader.get_destination_page_number(goal) == page - 1
        own = page_count(part.content)
        assert f"总第{page + 1}页至第{page + own}页" in divider


def test_links_and_bookmarks_lead_into_their_own_report(
    book: yearbook.Yearbook, file: pikepdf.Pdf
) -> None:
    places = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    names = file.Root.Names.Dests.Names
    goals = {str(names[i]): places[names[i + 1][0].objgen] for i in range(0, len(names), 2)}
    start, ranges = 3, []
    for part in book.parts:
        ranges.append(range(start, start + page_count(part.content)))
        start = ranges[-1].stop + 1
    for number, pages in enumerate(ranges, 1):
        links = [
            link for page in pages for link in file.pages[page].obj.get("/Annots", ())
            if "/Dest" in link
        ]  # fmt: skip
        assert len(links) > 20
        for link in links:
            assert str(link.Dest).startswith(f"p{number}-")
            assert goals[str(link.Dest)] in pages
    marks = list(_marks(file.Root.Outlines))
    tops = [str(mark.Title) for mark in marks]
    assert tops[-len(book.parts) :] == [part.title for part in book.parts]
    for mark, pages in zip(marks[-len(book.parts) :], ranges, strict=True):
        assert {places[one.Dest[0].objgen] for one in (mark, *_marks(mark))} <= set(pages)


def _marks(parent: Any) -> Iterator[Any]:
    mark = parent.get("/First")
    while mark is not None:
        yield mark
        mark = mark.get("/Next")


def test_attachments_are_kept_byte_for_byte(book: yearbook.Yearbook, file: pikepdf.Pdf) -> None:
    wanted = {}
    for part in book.parts:
        with pikepdf.open(io.BytesIO(part.content)) as one:
            wanted |= {
                name: bytes(it.get_file().read_bytes()) for name, it in one.attachments.items()
            }
    found = {name: bytes(it.get_file().read_bytes()) for name, it in file.attachments.items()}
    assert found == wanted
    assert len(file.Root.AF) == len(found) == 4 * len(book.parts)


def test_each_font_is_there_once(book: yearbook.Yearbook, file: pikepdf.Pdf, made: bytes) -> None:
    fonts = {
        str(font.BaseFont): font.objgen
        for page in file.pages
        for font in page.obj.Resources.Font.values()
    }
    every = {font.objgen for page in file.pages for font in page.obj.Resources.Font.values()}
    assert len(every) == len(fonts) <= 7
    assert len(made) < sum(len(part.content) for part in book.parts) // 2


def test_the_same_reports_give_the_same_bytes(book: yearbook.Yearbook, made: bytes) -> None:
    assert yearbook.yearbook(book) == made


def test_fonts_of_another_version_stay_as_they_are(book: yearbook.Yearbook) -> None:
    first = replace(book, parts=book.parts[:2])
    front = pdf_of(yearbook.front_html(first, [9, 9], 3), "x", THEME)
    parts = [part.content for part in first.parts]
    sources = [one for one in yearbook._sources(FREE) if "Sans" not in one.family]
    merged = merge(front, parts, sources, ("第", "页"), "Noto Serif CJK SC")
    assert {name.partition("+")[2] for name in merged.kept_fonts} >= {"Noto-Sans-CJK-SC"}
    assert pdf_blocks(merged.content) == pdf_blocks(
        merge(
            front, parts, list(yearbook._sources(FREE)), ("第", "页"), "Noto Serif CJK SC"
        ).content
    )


def test_parts_that_share_an_id_or_a_file_are_refused() -> None:
    def part(id_: str, name: str) -> bytes:
        html = (
            f'<html lang="zh-CN" id="{id_}"><title>题</title><h1>题</h1><table><tr>'
            '<th scope="col">数</th></tr><tr><td>1</td></tr></table>'
        )
        day = pdf_day()
        return pdf_of(html, "题", THEME, attached=[Attached(name, "", "Data", b"", day)])

    def merged(*parts: bytes) -> None:
        sections = "".join(f"<section><h2>{n}</h2></section>" for n in range(len(parts)))
        front = pdf_of(
            f'<html lang="zh-CN" id="f"><title>题</title><h1>题</h1>{sections}', "题",
            THEME + "section { break-before: page }",
        )  # fmt: skip
        merge(front, parts, list(yearbook._sources(FREE)), ("", ""), "Noto Serif CJK SC")

    merged(part("a", "a.csv"), part("b", "b.csv"))
    with pytest.raises(ValueError, match="id a-t0"):
        merged(part("a", "a.csv"), part("a", "b.csv"))
    with pytest.raises(ValueError, match=r"file a\.csv"):
        merged(part("a", "a.csv"), part("b", "a.csv"))


def pdf_day() -> Any:
    import datetime

    return datetime.date(2023, 5, 8)


# -- all of a library --------------------------------------------------------------------------


def test_one_file_a_county_and_year_made_only_when_something_changed(
    project: Project, tmp_path: Path
) -> None:
    paths = {d.key: project.printed[d.key.town].path for d in project.library.disclosures}
    said: list[str] = []

    def render(jobs: int, cache: Path = tmp_path) -> dict[tuple[str, int], Path]:
        return yearbook.render_yearbooks(project.library, paths, cache, jobs, said.append)

    made = render(1)
    assert set(made) == {
        ("changning", 2022), ("fengshun", 2021), ("miluo", 2022), ("taojiang", 2020),
        ("taojiang", 2022),
    }  # fmt: skip
    assert made["taojiang", 2020] == tmp_path / "taojiang/yearbooks/2020/taojiang-2020.pdf"
    assert len(said) == 5 and "桃江县2020年度乡镇绩效评价报告年鉴" in said
    half = tmp_path / "taojiang/yearbooks/2020/.taojiang-2020.pdf.4711"  # of a run that was killed
    half.write_bytes(b"%PDF-1.7 h")
    assert render(1) == made and len(said) == 5
    assert not half.exists()

    elsewhere = render(2, tmp_path / "elsewhere")
    assert all(elsewhere[key].read_bytes() == path.read_bytes() for key, path in made.items())

    first = next(iter(paths))
    changed = tmp_path / "changed.pdf"
    html = '<html lang="zh-CN" id="x"><title>改</title><h1 id="a">改</h1><a href="#a">a</a>'
    changed.write_bytes(pdf_of(html, "改", THEME))
    paths[first] = changed
    said.clear()
    render(1)
    assert len(said) == 1

    fewer = replace(project.library, disclosures=project.library.disclosures[1:])
    yearbook.render_yearbooks(fewer, paths, tmp_path)
    gone = made[first.county, first.year]
    assert not gone.parent.exists() and made["taojiang", 2020].exists()
