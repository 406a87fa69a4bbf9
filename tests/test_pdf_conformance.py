"""veraPDF finds nothing in the reports' PDFs and in a yearbook of them, and finds what is broken."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from printed import TOWNS, Project
from verapdf import FLAVOURS, Verdict, needed, verdicts

from site_builder.printing import pdf, typesetting, yearbook
from site_builder.printing.print_fonts import FREE

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


def broken(source: bytes) -> bytes:
    """A sound file without a title in its metadata, with a font and a heading taken away."""
    with pikepdf.open(io.BytesIO(source)) as file:
        del file.Root.StructTreeRoot.K[0].K[0].K[1].S
        file.Root.StructTreeRoot.K[0].K[0].K[1].S = pikepdf.Name.H3
        fonts = file.pages[0].Resources.Font
        descriptor = fonts[next(iter(fonts.keys()))].DescendantFonts[0].FontDescriptor
        del descriptor["/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"]
        del file.Root.ViewerPreferences
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()


@pytest.fixture(scope="module")
def judged(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Verdict]:
    """All files under their towns' names, the yearbook and the broken one, in one run of Java."""
    needed()
    folder = tmp_path_factory.mktemp("vera")
    files: list[Path] = []
    parts = []
    for town, printed in project.printed.items():
        content = printed.path.read_bytes()
        files.append(folder / f"{town}.pdf")
        files[-1].write_bytes(content)
        heading = printed.disclosure.report.heading
        parts.append(yearbook.YearbookPart(heading.title, heading.unit, town, content))
    css = pdf.print_css(project.library)
    book = yearbook.Yearbook(
        "shili-2022", "示例县2022年度年鉴", "示例省示例县", 2022, tuple(parts), css, FREE
    )
    files.append(folder / "yearbook.pdf")
    files[-1].write_bytes(yearbook.yearbook(book))
    files.append(folder / "broken.pdf")
    files[-1].write_bytes(broken(files[0].read_bytes()))
    files.append(folder / "words.pdf")
    html = '<html lang="zh-CN" id="w"><title>题</title><p>字 <ruby>文<rt>w</rt></ruby></p></html>'
    files[-1].write_bytes(typesetting.pdf_of(html, "题", css))
    return verdicts(*files)


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("file", [*TOWNS, "yearbook", "words"])
def test_nothing_is_found(judged: dict[tuple[str, str], Verdict], file: str, flavour: str) -> None:
    verdict = judged[f"{file}.pdf", flavour]
    assert verdict.failures == {}
    assert verdict.compliant
    assert verdict.assertions > (50_000 if file != "words" else 90)


def test_what_is_broken_is_found(judged: dict[tuple[str, str], Verdict]) -> None:
    archive, access = (judged["broken.pdf", flavour] for flavour in FLAVOURS)
    assert not archive.compliant and not access.compliant
    assert "6.2.11.4.1-1" in archive.failures  # a font program that is not embedded
    assert "7.1-10" in access.failures  # the title is not shown
    assert any(rule.startswith("7.4") for rule in access.failures)  # a level of headings skipped
