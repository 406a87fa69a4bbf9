"""Measure the PDFs: what a report and a yearbook cost, and what Typst and Chromium take for the same."""

from __future__ import annotations

import html
import importlib.util
import io
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from site_builder.check import check_library
from site_builder.fictional import write_fictional
from site_builder.library import Library, read_library
from site_builder.printing.pdf import print_css, render_pdfs
from site_builder.printing.pdf_merge import page_count
from site_builder.printing.print_page import print_html
from site_builder.printing.yearbook import Yearbook, YearbookPart, yearbook
from site_builder.prose_html import converter

Say = Callable[[str], None]
SIZES = (5, 50, 200)  # reports of a yearbook
SET = 10  # reports that are really set
MILLION = 1_000_000  # bytes in a megabyte
TYPST_HEAD = """#set document(title: "报告")
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, x: 27mm), numbering: "1")
#set text(font: "Noto Serif CJK SC", size: 15.79pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#show table: set text(size: 10.5pt)
#show table: set par(first-line-indent: 0em)
#outline()
"""


def bench_pdfs(library: Library, sizes: tuple[int, ...] = SIZES, say: Say = print) -> None:
    """Print CPU seconds, MB and pages: a report, a yearbook of each of `sizes`, and the peers.

    `SET` fictional reports are set; larger yearbooks hold them again under other names.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_fictional(library, work / "project", SET)
        some = read_library(work / "project")
        run = check_library(some)
        with _cpu() as spent:
            paths = render_pdfs(some, run, work / "pdf", 1)
        pages = sum(page_count(path.read_bytes()) for path in paths.values())
        size = sum(path.stat().st_size for path in paths.values())
        each = spent[0] / SET
        say(
            f"  {SET} 份 PDF，{pages} 页：{each:.2f} CPU 秒/份，{size / SET / MILLION:.2f} MB/份，"
            f"{60 * pages / spent[0]:.0f} 页/CPU 分钟，峰值内存 {_memory():.0f} MB"
        )
        css = print_css(some)
        parts: list[YearbookPart] = []
        for number in range(max(sizes)):
            d = some.disclosures[number % SET]
            content = renamed(paths[d.key].read_bytes(), f"c{number}-")
            heading = d.report.heading
            parts.append(YearbookPart(heading.title, heading.unit, d.town.name, content))
        for count in sizes:
            book = Yearbook(
                "shili-2022",
                "示例县年鉴",
                "示例省示例县",
                2022,
                tuple(parts[:count]),
                css,
                some.fonts,
            )
            with _cpu() as spent:
                made = yearbook(book)
            per = spent[0] / count
            say(
                f"  年鉴 {count:>4} 份，{page_count(made)} 页：{spent[0]:.2f} CPU 秒，{per:.3f} 秒/份，"
                f"为排版的 1/{each / per:.1f}；{len(made) / MILLION:.2f} MB，峰值内存 {_memory():.0f} MB"
            )
        first = some.disclosures[0]
        page = print_html(first, run.reports[first.key], converter(), some.root)
        _chromium(page, css, work, say)
        _typst(page, work, say)


def renamed(made: bytes, prefix: str) -> bytes:
    """A copy of a report's PDF whose ids and files have other names, so that a yearbook takes both."""
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        every: Any = pdf.objects
        for one in every:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem":
                if "/ID" in one:
                    one.ID = pikepdf.String(prefix + str(one.ID))
                cell: Any = one.get("/A", {})
                if "/Headers" in cell:
                    cell.Headers = pikepdf.Array(
                        [pikepdf.String(prefix + str(name)) for name in cell.Headers]
                    )
        root: Any = pdf.Root
        for names in (root.StructTreeRoot.get("/IDTree"), root.Names.get("/EmbeddedFiles")):
            for place in range(0, len(names.Names) if names is not None else 0, 2):
                names.Names[place] = pikepdf.String(prefix + str(names.Names[place]))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _chromium(page: str, css: str, work: Path, say: Say) -> None:
    """The same HTML and CSS, printed by the system's Chromium; CPU of all its processes."""
    program = shutil.which("chromium")
    if program is None:
        say("  Chromium：没有安装")
        return
    source, target = work / "report.html", work / "chromium.pdf"
    source.write_text(page.replace("</head>", f"<style>{css}</style></head>"), "utf-8")
    command = [
        program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={work / 'chromium'}", "--no-pdf-header-footer",
        f"--print-to-pdf={target}", source.as_uri(),
    ]  # fmt: skip
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    ticks: dict[str, int] = {}  # of each process of the session, as last seen
    while running.poll() is None:
        for process in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = process.read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if int(fields[3]) == running.pid:
                ticks[process.parent.name] = int(fields[11]) + int(fields[12])
        time.sleep(1 / 20)
    _say_peer("Chromium", sum(ticks.values()) / os.sysconf("SC_CLK_TCK"), target, say)


def _typst(page: str, work: Path, say: Say) -> None:
    """The same words, tables and drawings as PDF/A-3a by Typst, in a process of its own."""
    if importlib.util.find_spec("typst") is None:
        say("  Typst：没有安装")
        return
    source, target = work / "report.typ", work / "typst.pdf"
    writer = _Typst(work)
    writer.feed(page)
    source.write_text(TYPST_HEAD + "".join(writer.out), "utf-8")
    code = "import sys, typst; typst.compile(sys.argv[1], sys.argv[2], pdf_standards='a-3a')"
    command = [sys.executable, "-c", code, str(source), str(target)]
    with _cpu() as spent:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    if done.returncode:
        say(f"  Typst：没有做成：{done.stderr.strip()[-200:]}")
        return
    _say_peer("Typst", spent[0], target, say)


def _say_peer(name: str, spent: float, target: Path, say: Say) -> None:
    if not target.exists():
        say(f"  {name}：没有做成")
        return
    made = target.read_bytes()
    say(
        f"  {name}，同一份报告：{spent:.2f} CPU 秒（含启动），{page_count(made)} 页，"
        f"{len(made) / MILLION:.2f} MB"
    )


class _Typst(HTMLParser):
    """Writes a printed report's HTML as Typst: headings, paragraphs, tables, drawings."""

    def __init__(self, folder: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.folder = folder
        self.out: list[str] = []
        self.drawing: list[str] = []  # the SVG being copied
        self.drawings = 0
        self.title = ""
        self.head = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "svg" or self.drawing:
            self.drawing.append(self.get_starttag_text() or "")
        elif tag == "body":
            self.head = False
        elif tag[0] == "h" and tag[1:].isdigit():
            self.out.append(f"\n\n#heading(level: {tag[1]})[")
        elif tag == "table":
            self.out.append("\n#table(columns: COLUMNS,\n")
            self.title = ""
        elif tag in ("td", "th"):
            spans = f"colspan: {given.get('colspan', 1)}, rowspan: {given.get('rowspan', 1)}"
            self.out.append(f"table.cell({spans})[")
        elif tag == "caption":
            self.out.append("/*")
        elif tag in ("p", "li", "div", "figcaption", "dd", "br"):
            self.out.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.drawing:
            self.drawing.append(self.get_starttag_text() or "")
        else:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.drawing:
            self.drawing.append(f"</{tag}>")
            if tag == "svg":
                self.drawings += 1
                name = f"drawing-{self.drawings}.svg"
                (self.folder / name).write_text("".join(self.drawing), "utf-8")
                self.drawing = []
                self.out.append(f'\n#image("{name}", alt: "图", width: 100%)\n')
        elif tag[0] == "h" and tag[1:].isdigit():
            self.out.append("]\n")
        elif tag in ("td", "th"):
            self.out.append("],")
        elif tag == "tr":
            self.out.append("\n")
        elif tag == "thead":
            start = max(n for n, one in enumerate(self.out) if "COLUMNS" in one)
            first = "".join(self.out[start + 1 :]).partition("\n")[0]
            columns = sum(map(int, re.findall(r"colspan: (\d+)", first)))
            self.out[start] = self.out[start].replace("COLUMNS", str(columns)) + "table.header("
            self.out.append("),\n")
        elif tag == "table":
            self.out.append(")\n")
        elif tag == "caption":
            self.out.append("*/")

    def handle_data(self, data: str) -> None:
        if self.drawing:
            self.drawing.append(html.escape(data))
        elif not self.head:
            self.out.append(re.sub(r"([\\#$*_`<>@\[\]/~=+-])", r"\\\1", data))


@contextmanager
def _cpu() -> Iterator[list[float]]:
    """CPU seconds of the block, of this process and of those that it waited for."""
    spent: list[float] = []
    start = _used()
    yield spent
    spent.append(_used() - start)


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
