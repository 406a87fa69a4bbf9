"""What a page says of itself to a portal: page tags, catalogue, feed, sitemap, linked data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from built import copy_project
from projects import REPORT, SHELL, TODAY, project

from site_builder.build import build
from site_builder.check import check_library
from site_builder.library import Library, read_library
from site_builder.making import Options
from site_builder.page import Page
from site_builder.portal.catalogue import catalogue_html, catalogue_of
from site_builder.portal.feed import feeds
from site_builder.portal.linked_data import linked_data_html
from site_builder.portal.meta import article_of, meta_html
from site_builder.portal.sitemap import sitemaps
from site_builder.summary import Summary, summary_of

# A fictional portal; no code in it is anybody's.
SETTINGS = """\
site_name: 示例公开
extra:
  publisher:
    主办单位: 示例县人民政府
    网站标识码: 9999000001
  site:
    网站名称: 示例县人民政府
    网站域名: www.example.gov.cn
    公开地址: https://www.example.gov.cn/xxgk/jixiao/
    栏目类别: 信息公开
"""
DATED = ("  来源: 示例镇公开的报告", "  来源: 示例镇公开的报告\n  发布日期: 2023-05-31 10:30")


def library(root: Path, head: str = "", settings: str | None = SETTINGS) -> Library:
    """The small project with more lines in the head of its report."""
    changes: Any = {"mkdocs.yml": (settings or "site_name: 示例公开\n") + SHELL}
    if head:
        lines = "".join(f"\n  {line}" for line in head.splitlines())
        changes[REPORT] = ("  来源: 示例镇公开的报告", f"  来源: 示例镇公开的报告{lines}")
    got = read_library(project(root, changes))
    assert [f for f in got.findings if not f.rule.pending] == []
    return got


def tags(html: str) -> dict[str, str]:
    """name → content of the <meta> elements, which must be well formed."""
    found = re.findall(r'<meta name="([A-Za-z]+)" content="([^"]*)">', html)
    assert html == "".join(f'<meta name="{name}" content="{said}">' for name, said in found)
    return {name: unescape(said) for name, said in found}


COUNTY = Page("shili/index.html", "示例县", "", "示例县各乡镇预算绩效公开。", county="示例县")
SHOWN = Page(
    "shili/shilizhen/2022/index.html", "示例镇2022年度", "", "示例镇的报告。",
    county="示例县", town="示例镇", year=2022,
)  # fmt: skip


def test_the_home_page_says_the_site(tmp_path: Path) -> None:
    """Its name, domain and code, and nothing of a column."""
    got = library(tmp_path)
    assert tags(meta_html(Page("index.html", "首页", ""), got.settings)) == {
        "SiteName": "示例县人民政府",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "9999000001",
    }


def test_a_column_says_the_site_and_itself(tmp_path: Path) -> None:
    """Several keywords stand in one content, with a separator that readers split at."""
    said = tags(meta_html(COUNTY, library(tmp_path).settings))
    assert list(said)[3:] == ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
    assert said["ColumnName"] == "示例县"
    assert said["ColumnKeywords"] == "示例县;预算绩效"


def test_a_report_says_everything(tmp_path: Path) -> None:
    """Site, column and article, with the true moment of publication."""
    got = library(
        tmp_path, "发布日期: 2023-05-31 10:30\n关键词: [三公经费, 绩效]\n概述: 收支情况。"
    )
    (report,) = got.disclosures
    said = tags(meta_html(SHOWN, got.settings, article_of(report)))
    assert said == {
        "SiteName": "示例县人民政府",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "9999000001",
        "ColumnName": "示例镇",
        "ColumnDescription": "示例县示例镇历年预算绩效公开。",
        "ColumnKeywords": "示例镇;示例县;2022年度;预算绩效",
        "ColumnType": "信息公开",
        "ArticleTitle": "示例县示例镇2022年度绩效自评报告",
        "PubDate": "2023-05-31 10:30",
        "ContentSource": "示例县示例镇人民政府",
        "Keywords": "三公经费;绩效",
        "Author": "示例县示例镇人民政府",
        "Description": "收支情况。",
        "Url": "https://www.example.gov.cn/xxgk/jixiao/shili/shilizhen/2022/index.html",
    }


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    """No date of publication: no PubDate, least of all today's. No settings: nothing of the site."""
    got = library(tmp_path, settings=None)
    (report,) = got.disclosures
    said = tags(meta_html(SHOWN, got.settings, article_of(report)))
    assert {"PubDate", "SiteName", "SiteDomain", "SiteIDCode", "ColumnType", "Url"} & set(
        said
    ) == set()


def test_a_quotation_mark_in_a_title_stays_in_its_attribute(tmp_path: Path) -> None:
    """Whatever a town writes is text."""
    got = library(tmp_path, "概述: '\"><script>alert(1)</script>'")
    (report,) = got.disclosures
    html = meta_html(SHOWN, got.settings, article_of(report))
    assert "<script" not in html
    assert tags(html)["Description"] == '"><script>alert(1)</script>'


# -- catalogue -------------------------------------------------------------------------------


def test_a_catalogue_entry_says_what_the_report_says(tmp_path: Path) -> None:
    """In the order of the catalogue; 生成日期 is the report's date unless it has its own."""
    got = library(
        tmp_path,
        "索引号: 示001/2023-1\n发布机构: 示例县财政局\n文号: 示财绩〔2023〕5号\n发布日期: 2023-05-31\n"
        "更正:\n  - {日期: 2023-06-30, 说明: 改正决算数一处}",
    )
    (report,) = got.disclosures
    assert catalogue_of(report, got.settings) == {
        "索引号": "示001/2023-1",
        "标题": "示例县示例镇2022年度绩效自评报告",
        "发布机构": "示例县财政局",
        "文号": "示财绩〔2023〕5号",
        "年度": "2022",
        "生成日期": "2023-05-08",
        "发布日期": "2023-05-31",
        "更正记录": "2023-06-30 改正决算数一处",
    }
    assert "<dd>示财绩〔2023〕5号</dd>" in catalogue_html(report, got.settings)


def test_nothing_is_made_up_for_a_catalogue(tmp_path: Path) -> None:
    """A report that says nothing has no entry; a pattern gives a number only where all is known."""
    got = library(tmp_path)
    (report,) = got.disclosures
    assert catalogue_html(report, got.settings) == ""
    pattern = (
        SETTINGS + '  catalogue:\n    索引号格式: "{统一社会信用代码}/{年度}"\n    体裁: 报告\n'
    )
    got = library(tmp_path, settings=pattern)
    (report,) = got.disclosures
    entry = catalogue_of(report, got.settings)
    assert (entry["索引号"], entry["体裁"]) == ("119999000000000198/2022", "报告")


@pytest.mark.parametrize(
    "date", ["2023-05-31 25:00", "2023-05-31T10:30", "2023-5-31", "2023年5月31日"]
)
def test_a_date_of_publication_has_one_form(date: str, tmp_path: Path) -> None:
    """A day, or a day and a time of day."""
    root = project(tmp_path, {REPORT: (DATED[0], f"{DATED[0]}\n  发布日期: {date}")})
    assert [f.rule.id for f in read_library(root).findings] == ["not-a-date"]


# -- feed and sitemap ------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


def summaries(got: Library) -> list[Summary]:
    run = check_library(got, TODAY)
    return [summary_of(d, run.reports[d.key]) for d in got.disclosures]


def fed(got: Library) -> dict[str, ElementTree.Element]:
    made = feeds("示例公开", got.counties, summaries(got), got.settings)
    return {path: ElementTree.fromstring(text) for path, text in made}


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(ATOM + name) or ""


def test_a_feed_has_reports_with_their_true_dates(tmp_path: Path) -> None:
    """For the whole and for the county; addresses are whole where the site's is known."""
    got = library(tmp_path, "发布日期: 2023-05-31 10:30")
    feeds_ = fed(got)
    assert list(feeds_) == ["feed.xml", "shili/feed.xml"]
    for feed in feeds_.values():
        (entry,) = feed.findall(f"{ATOM}entry")
        assert text(entry, "published") == "2023-05-31T10:30:00+08:00"
        assert text(feed, "updated") == text(entry, "updated") == text(entry, "published")
        assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [
            "https://www.example.gov.cn/xxgk/jixiao/shili/shilizhen/2022/index.html"
        ]
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "示例县示例镇人民政府"


def test_a_correction_is_news_and_keeps_the_id(tmp_path: Path) -> None:
    """`updated` moves, `published` and `id` stay; the words say what was corrected."""
    before = fed(library(tmp_path / "1", "发布日期: 2023-05-31"))["feed.xml"][-1]
    after = fed(
        library(
            tmp_path / "2", "发布日期: 2023-05-31\n更正: [{日期: 2023-06-30, 说明: 改正一处}]", None
        )
    )["feed.xml"][-1]
    assert text(before, "id") == text(after, "id")
    assert text(before, "id").startswith("urn:uuid:")
    assert text(after, "published") == "2023-05-31T00:00:00+08:00"
    assert text(after, "updated") == "2023-06-30T00:00:00+08:00"
    assert "改正一处" in text(after, "summary")


def test_without_an_address_links_are_relative_to_the_feed(tmp_path: Path) -> None:
    """So a feed works from any folder."""
    got = fed(library(tmp_path, "发布日期: 2023-05-31", None))
    links = {path: feed[-1].findall(f"{ATOM}link")[0].get("href") for path, feed in got.items()}
    assert links == {
        "feed.xml": "shili/shilizhen/2022/index.html",
        "shili/feed.xml": "../shili/shilizhen/2022/index.html",
    }


def test_without_a_date_there_is_no_feed(tmp_path: Path) -> None:
    """The day of a build is nobody's day of publication."""
    assert fed(library(tmp_path)) == {}


def test_a_sitemap_has_whole_addresses_and_is_split(tmp_path: Path) -> None:
    """Three pages, two a file: two files and their index. No address, no sitemap."""
    pages = ["b/index.html", "a/index.html", "index.html", "404.html", "a/facts.csv"]
    site = "https://www.example.gov.cn/x/"
    made = dict(sitemaps(site, pages, {"a/index.html": "2023-05-31"}, most=2))
    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert f"<loc>{site}a/index.html</loc><lastmod>2023-05-31</lastmod>" in made["sitemap-1.xml"]
    assert re.findall(r"<loc>([^<]+)</loc>", made["sitemap.xml"]) == [
        f"{site}sitemap-1.xml",
        f"{site}sitemap-2.xml",
    ]
    (name, whole), *_ = sitemaps(site, pages, {})
    assert name == "sitemap.xml"
    assert [u[0].text for u in ElementTree.fromstring(whole)] == [
        f"{site}a/index.html",
        f"{site}b/index.html",
        f"{site}index.html",
    ]
    assert list(sitemaps("", pages, {})) == []


# -- linked data -----------------------------------------------------------------------------


def graph(html: str) -> list[dict[str, Any]]:
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    got = json.loads(said)
    assert got["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = got["@graph"]
    return nodes


def test_no_text_ends_the_block_of_linked_data() -> None:
    """A title with </script> in it stays a title."""
    html = linked_data_html([{"@type": "Report", "name": "</script><b>&<!--"}])
    assert html.count("<") == 2
    assert graph(html)[0]["name"] == "</script><b>&<!--"
    assert linked_data_html([{"@type": "Report", "name": ""}]) == ""


# -- the whole -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project's site as a fictional portal would set it up, with one report dated."""
    root = copy_project(tmp_path_factory.mktemp("portal"))
    config = (root / "mkdocs.yml").read_text("utf-8")
    start = config.index("  # 发布单位的身份信息")
    # Four counties, so any code of the right form will do; this one is nobody's.
    settings = SETTINGS.partition("extra:\n")[2]
    (root / "mkdocs.yml").write_text(config[:start] + settings, "utf-8")
    report = root / "data/reports/miluo/guiyi/2022.yaml"
    words = report.read_text("utf-8")
    assert words.count("  发布日期:") <= 1
    words = re.sub(r"(?m)^  发布日期:.*\n", "", words)
    words = words.replace(
        "  报告日期: 2023-05-08\n", "  报告日期: 2023-05-08\n  发布日期: 2023-05-31\n"
    )
    report.write_text(words, "utf-8")
    done = build(root, Options(pdfs=False), say=lambda _: None)
    assert done.published, done.problems
    yield root / "site"


def test_feeds_are_linked_where_they_lie(site: Path) -> None:
    """Home and the county of the dated report lead to theirs; no other page to one that is not there."""
    linked = {
        p.parent.relative_to(site).as_posix()
        for p in site.rglob("*.html")
        if "application/atom+xml" in p.read_text("utf-8")
    }
    assert linked == {".", "miluo"}
    assert {p.relative_to(site).as_posix() for p in site.rglob("feed.xml")} == {
        "feed.xml",
        "miluo/feed.xml",
    }


def test_the_sitemap_has_every_page_once(site: Path) -> None:
    """And no other."""
    found = re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    base = "https://www.example.gov.cn/xxgk/jixiao/"
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    assert sorted(found) == sorted(base + page for page in pages)


def test_every_page_says_where_it_stands(site: Path) -> None:
    """Linked data on each page but home and 404; its last crumb is the page."""
    for path in site.rglob("index.html"):
        name = path.relative_to(site).as_posix()
        nodes = graph(path.read_text("utf-8"))
        trail = [n for n in nodes if n["@type"] == "BreadcrumbList"]
        if name == "index.html":
            assert trail == []
            continue
        last = trail[0]["itemListElement"][-1]
        assert last["item"] == f"https://www.example.gov.cn/xxgk/jixiao/{name}"


def test_a_report_is_a_report_and_a_data_set(site: Path) -> None:
    """With its government, its dates and downloads that are there."""
    nodes = {
        n["@type"]: n for n in graph((site / "miluo/guiyi/2022/index.html").read_text("utf-8"))
    }
    assert nodes["Report"]["datePublished"] == "2023-05-31"
    assert nodes["Report"]["author"]["@type"] == "GovernmentOrganization"
    assert "taxID" not in nodes["Report"]["author"]  # its credit code is not known
    base = "https://www.example.gov.cn/xxgk/jixiao/"
    urls = [d["contentUrl"] for d in nodes["Dataset"]["distribution"]]
    assert len(urls) == 4
    assert all((site / url.removeprefix(base)).is_file() for url in urls)
    town = {
        n["@type"]: n for n in graph((site / "taojiang/lucidu/2022/index.html").read_text("utf-8"))
    }
    assert town["Report"]["author"]["taxID"] == "11430922006491074D"


@pytest.mark.parametrize("page", ["data", "years/2022", "miluo", "miluo/guiyi"])
def test_a_place_above_reports_is_a_data_set(page: str, site: Path) -> None:
    """What its page offers to download is what its data set holds."""
    html = (site / page / "index.html").read_text("utf-8")
    (data,) = [n for n in graph(html) if n["@type"] == "Dataset"]
    base = "https://www.example.gov.cn/xxgk/jixiao/"
    assert all((site / d["contentUrl"].removeprefix(base)).is_file() for d in data["distribution"])


def test_the_footer_has_the_identity_that_is_set_and_no_empty_item(site: Path) -> None:
    """Blank items are not shown."""
    foot = (site / "index.html").read_text("utf-8").partition("<footer")[2]
    assert "主办单位：示例县人民政府" in foot
    assert "网站标识码：9999000001" in foot
    assert "备案" not in foot
