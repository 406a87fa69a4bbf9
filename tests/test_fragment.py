"""One report for a portal's own system: a plain body, its attachments, nothing that needs this site."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from archives import KEY, corrected, sealed, withdraw_it
from built import ROOT, library
from projects import REPORT, project

from site_builder.__main__ import main
from site_builder.portal.plain_html import plain_html

ALLOWED = {
    "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "strong", "em", "sup", "sub", "code", "a", "br",
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), [
    ('<section><h2 id="x" class="y">甲</h2><p style="color:red">乙</p></section>', "<h2>甲</h2><p>乙</p>"),
    ('<p>见<a href="#t">附件1</a>。</p>', "<p>见附件1。</p>"),
    ('<p><a href="checks/index.html">各规则的结果</a></p><p>丙</p>', "<p>丙</p>"),
    ('<p><a href="https://example.org/">网站</a></p>', '<p><a href="https://example.org/">网站</a></p>'),
    ('<p><a href="javascript:alert(1)">甲</a>乙</p>', "<p>甲乙</p>"),
    ('<p><a href="a.csv">数据</a></p>', '<p><a href="a.csv">数据</a></p>'),
    ('<td id="a" class="n" colspan="2">1<sup><a class="fm" href="#f">'
     '<span class="vh">核对发现</span>9</a></sup></td>', '<td colspan="2">1<sup>［9］</sup></td>'),
    ('<td class="nil"><span aria-hidden="true">—</span><span class="vh">未填报</span></td>', "<td>—</td>"),
    ('<p>前</p><figure><svg><text>图</text><path d=""/></svg></figure><p>后</p>', "<p>前</p><p>后</p>"),
    ("<p>甲<script>alert('<p>')</script>乙</p>", "<p>甲乙</p>"),
    ("<dl><div><dt>年度</dt><dd>2022</dd></div></dl>",
     '<table border="1" cellspacing="0" cellpadding="4"><tr><th scope="row">年度</th><td>2022</td></tr></table>'),
    ("<p>&lt;b&gt; 5 &amp; 6</p>", "<p>&lt;b&gt; 5 &amp; 6</p>"),
    ("<p>甲<br>乙</p>", "<p>甲<br>乙</p>"),
])  # fmt: skip
def test_html_is_made_plain(html: str, expected: str) -> None:
    """What needs a style, a script or another page of the site goes; words stay."""
    assert plain_html(html, ["a.csv"]) == expected


def exported(root: Path, report: str, target: Path) -> dict[str, bytes]:
    assert main(["--root", str(root), "fragment", report, "--out", str(target), "--no-pdf"]) == 0
    with zipfile.ZipFile(target) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


class Elements(HTMLParser):
    """Every element with its attributes; each must be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("report", [str(d.key) for d in library().disclosures])
def test_a_reports_fragment_needs_nothing_of_this_site(report: str, tmp_path: Path) -> None:
    """Plain elements only; every relative link is an attachment that is there; names are ASCII."""
    files = exported(ROOT, report, tmp_path / "x.zip")
    name = report.replace("/", "-")
    assert next(iter(files)) == f"{name}.html"
    assert all(n.isascii() for n in files)
    html = files[f"{name}.html"].decode()
    parser = Elements()
    parser.feed(html)
    assert parser.open == []
    assert {tag for tag, _ in parser.found} <= ALLOWED
    names = {name for _, attributes in parser.found for name in attributes}
    assert names <= {
        "href",
        "scope",
        "colspan",
        "rowspan",
        "border",
        "cellspacing",
        "cellpadding",
        "start",
    }
    links = [str(a["href"]) for tag, a in parser.found if tag == "a"]
    assert {link for link in links if not link.startswith(("http", "mailto:"))} == set(files) - {
        f"{name}.html"
    }


def test_every_printed_cell_stands_in_the_fragment(tmp_path: Path) -> None:
    """Tables and narrative are all there, words and figures as on the report's page."""
    html = exported(ROOT, "miluo/guiyi/2022", tmp_path / "x.zip")["miluo-guiyi-2022.html"].decode()
    words = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))
    disclosure = next(d for d in library().disclosures if d.key.town == "guiyi")
    for table in disclosure.report.tables:
        for cell in table.cells():
            assert re.sub(r"\s+", "", cell.text.replace("<", "&lt;")) in words
    assert html.count("<caption>") == len(disclosure.report.tables)
    assert "<h2>核对结果</h2>" in html


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    """No date of the day in it."""
    exported(ROOT, "taojiang/lucidu/2022", tmp_path / "1.zip")
    exported(ROOT, "taojiang/lucidu/2022", tmp_path / "2.zip")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_attachments_are_the_reports_own(tmp_path: Path) -> None:
    """The same data as beside its page on the site."""
    files = exported(ROOT, "taojiang/lucidu/2022", tmp_path / "x.zip")
    assert json.loads(files["facts.json"])["report"]["report"] == "taojiang/lucidu/2022"
    assert {"facts.csv", "findings.csv", "taojiang-lucidu-2022.xlsx"} <= set(files)


def test_a_report_with_an_unexplained_error_is_not_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it is not published."""
    wrong = ("决算数: 420.50,", "决算数: 421.50,")
    root = project(tmp_path / "p", {REPORT: wrong})
    target = tmp_path / "x.zip"
    assert (
        main(["--root", str(root), "fragment", "shili/shilizhen/2022", "--out", str(target)]) == 1
    )
    assert "sum-differs" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize("name", ["shili/shilizhen/1999", "shili", "../../etc", "没有/这份/2022"])
def test_a_report_that_is_not_there_is_a_wrong_use(name: str, tmp_path: Path) -> None:
    """Exit code 2, and no file."""
    root = project(tmp_path / "p")
    assert main(["--root", str(root), "fragment", name, "--no-pdf"]) == 2
    assert not (root / "build").exists()


def body(root: Path, target: Path) -> str:
    """The article of the small project's report."""
    return exported(root, str(KEY), target)["shili-shilizhen-2022.html"].decode()


def test_a_sealed_report_says_its_edition_first(tmp_path: Path) -> None:
    """One that is not sealed says nothing of it; the editions are led to on the public site."""
    target = tmp_path / "x.zip"
    assert "封存" not in body(project(tmp_path / "open"), target)
    html = body(sealed(tmp_path / "p"), target)
    page = "https://www.example.gov.cn/shili/shilizhen/2022/editions/1/index.html"
    assert html.startswith("<p>第1版，2023-06-01封存。" + f'<a href="{page}">本版的永久地址</a>')
    assert "更正" not in html


def test_a_corrected_report_says_what_was_corrected_and_why(tmp_path: Path) -> None:
    """As the report's page does: the mark, the day, the reason, old and new, where the old edition is."""
    html = body(corrected(tmp_path / "p"), tmp_path / "x.zip")
    assert html.startswith("<p><strong>更正</strong> 第2版，2023-07-03封存。")
    said = re.sub(r"<[^>]+>", "|", html[: html.index("<h2>", html.index("更正说明"))])
    assert "2023-07-03　第1版改为第2版。|理由：措施一栏漏写“各项”" in said
    assert "基本情况.措施||严格控制开支。||严格控制各项开支。" in said
    site = "https://www.example.gov.cn/shili/shilizhen/2022/editions"
    assert f'<a href="{site}/1/index.html">查看更正前的第1版</a>' in html
    assert '<a href="https://www.example.gov.cn/archive/shili/index.html#shilizhen-2022">' in html


def test_where_the_site_has_no_address_nothing_leads_there(tmp_path: Path) -> None:
    """No words of a link that leads nowhere either."""
    root = corrected(tmp_path / "p")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    kept = [line for line in settings.split("\n") if "公开地址" not in line]
    (root / "mkdocs.yml").write_text("\n".join(kept), "utf-8")
    html = body(root, tmp_path / "x.zip")
    assert html.startswith("<p><strong>更正</strong> 第2版，2023-07-03封存。</p><h2>更正说明</h2>")
    assert not any(words in html for words in ("永久地址", "档案与核验", "查看更正前"))
    withdraw_it(root)
    assert "档案与核验" not in body(root, tmp_path / "x.zip")


def test_a_withdrawn_report_leaves_a_notice(tmp_path: Path) -> None:
    """Title, unit, year, day and reason, and the hashes of what it was; no figure, no attachment."""
    root = corrected(tmp_path / "p")
    withdraw_it(root)
    files = exported(root, str(KEY), tmp_path / "x.zip")
    assert list(files) == ["shili-shilizhen-2022.html"]
    html = files["shili-shilizhen-2022.html"].decode()
    assert html.startswith(
        "<p><strong>已撤回</strong> 2023-07-03起不再公开。原来的正文和附件不再提供。</p><table"
    )
    assert '<th scope="row">撤回理由</th><td>涉及个人信息</td>' in html
    assert "第2版（2023-07-03）：<code>" in html
    assert "420.50" not in html
    assert "本站" not in html


@pytest.mark.pdf
def test_the_pdf_of_a_sealed_report_is_the_sealed_one(tmp_path: Path) -> None:
    """Byte for byte; and nothing is exported where it is not as it was sealed."""
    root = sealed(tmp_path / "p", pdfs=True)
    target = tmp_path / "x.zip"
    kept = root / "data/editions/shili/shilizhen/2022/1/shili-shilizhen-2022.pdf"
    command = ["--root", str(root), "fragment", str(KEY), "--out", str(target)]
    assert main(command) == 0
    with zipfile.ZipFile(target) as made:
        assert made.read("shili-shilizhen-2022.pdf") == kept.read_bytes()
    target.unlink()
    kept.write_bytes(kept.read_bytes() + b" ")
    assert main(command) == 1
    assert not target.exists()


@pytest.mark.pdf
def test_the_pdf_goes_along(tmp_path: Path) -> None:
    """Made afresh, or taken from the last time when nothing changed."""
    root = project(tmp_path / "p")
    (root / "themes").symlink_to(ROOT / "themes")
    target = tmp_path / "x.zip"
    assert (
        main(["--root", str(root), "fragment", "shili/shilizhen/2022", "--out", str(target)]) == 0
    )
    with zipfile.ZipFile(target) as made:
        assert made.read("shili-shilizhen-2022.pdf").startswith(b"%PDF-")
        assert b'href="shili-shilizhen-2022.pdf"' in made.read("shili-shilizhen-2022.html")
