"""What a reader is told: receipts, differences, totals with their coverage, trends with gaps, data to compare."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from built import ROOT, TODAY, checked, library
from projects import FILES, NARRATIVE, REPORT, project

from site_builder.check import CheckRun, check_library
from site_builder.check_pages import report_checks_page
from site_builder.compare import county_data
from site_builder.concepts import BASES
from site_builder.glossary import glossary_page
from site_builder.kept import inputs_of_town
from site_builder.key_figures import gap, summary_html
from site_builder.library import Disclosure, Library, read_library
from site_builder.pages import county_pages, town_pages
from site_builder.place_pages import home_page, year_page
from site_builder.printing.print_page import print_html
from site_builder.prose_html import converter
from site_builder.receipts import receipts_page
from site_builder.report_page import report_page
from site_builder.summary import grouped, span, summary_of
from site_builder.tables import View
from site_builder.totals import total_of
from site_builder.trends import series_of, trends_html

ID = re.compile(r'\sid="([^"]+)"')
RECEIPT = re.compile(r'<article class="receipt" id="([^"]+)"')
COUNTY = "data/counties/shili.yaml"


def read(root: Path) -> tuple[Library, CheckRun]:
    """The project at `root`, read and checked."""
    read_ = read_library(root)
    return read_, check_library(read_, TODAY)


def year(root: Path, town: str, year: int, *changes: tuple[str, str]) -> None:
    """Another report of the example: of `town` and `year`, with words changed wherever they stand."""
    for file, folder, ext in ((REPORT, "data", "yaml"), (NARRATIVE, "content", "md")):
        text = FILES[file].replace("年度: 2022", f"年度: {year}")
        for old, new in changes:
            text = text.replace(old, new)
        path = root / folder / "reports" / "shili" / town / f"{year}.{ext}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def town(root: Path, slug: str, name: str) -> None:
    """One more town in the register."""
    path = root / COUNTY
    path.write_text(
        path.read_text("utf-8") + f'  {slug}:\n    名称: {name}\n    代码: "99990010{len(name)}"\n',
        "utf-8",
    )


# -- receipts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("disclosure", library().disclosures, ids=lambda d: str(d.key))
def test_every_figure_leads_to_its_receipt(disclosure: Disclosure) -> None:
    """A receipt for each fact, each once; and a link to it at each cell that holds one."""
    receipts = receipts_page(disclosure, checked().reports[disclosure.key], library()).html
    there = RECEIPT.findall(receipts)
    assert sorted(there) == sorted(f.address for f in disclosure.report.facts)
    page = report_page(
        disclosure, checked().reports[disclosure.key], converter(), False, library().settings
    ).html
    led = set(re.findall(r'href="receipts/index\.html#([^"]+)"', page))
    assert led == set(there)


@pytest.mark.parametrize("disclosure", library().disclosures, ids=lambda d: str(d.key))
def test_ids_are_unique_and_every_table_and_row_has_one(disclosure: Disclosure) -> None:
    """So that each can be linked to; and the page shows the links."""
    page = report_page(
        disclosure, checked().reports[disclosure.key], converter(), False, library().settings
    ).html
    ids = Counter(ID.findall(page))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    rows = re.findall(r"<tbody>.*?</tbody>", page, re.S)
    assert all(
        'class="pl"' in row
        for body in rows
        for row in re.findall(r"<tr.*?</tr>", body, re.S)
        if "总分" not in row
    )
    assert set(re.findall(r'class="pl" href="#([^"]+)"', page)) <= set(ids)


def receipt(html: str, address: str) -> str:
    """The words of one receipt."""
    start = html.index(f'id="{address}"')
    return re.sub(r"<[^>]+>", "", html[start : html.index("</article>", start)]).partition(">")[2]


def test_a_receipt_says_meaning_place_years_and_rules(tmp_path: Path) -> None:
    """With the figure of the year before, how far apart they are, and what each rule found."""
    root = project(tmp_path)
    year(root, "shilizhen", 2021, ("决算数: 420.50", "决算数: 380.00"))
    read_, run = read(root)
    one = read_.disclosures[-1]
    html = receipts_page(one, run.reports[one.key], read_).html
    said = receipt(html, "经费.支出.决算数")
    assert "支出合计，2022年决算。全年的全部支出。等于：基本支出＋项目支出。" in said
    assert "数据文件第12行" in said and REPORT not in said
    assert "2021年 380.00万元（本数与它差 +40.50）" in said
    assert "合计与分项之和不符：没有发现" in said
    last = receipt(html, "经费.支出.上年数")
    assert "2021年决算（这份报告所列的上年数）" in last


def test_a_figure_that_no_rule_compares_says_so(tmp_path: Path) -> None:
    """Silence is no pass."""
    read_, run = read(project(tmp_path))
    one = read_.disclosures[0]
    html = receipts_page(one, run.reports[one.key], read_).html
    assert "没有规则能拿别的数同它核对" in receipt(html, "基本情况.走访群众")


def test_an_edition_is_named_when_there_is_one(tmp_path: Path) -> None:
    """And no word of it when there is none."""
    read_, run = read(project(tmp_path))
    one = read_.disclosures[0]
    assert "第1版" in receipts_page(one, run.reports[one.key], read_, "第1版").html
    assert "版本" not in receipts_page(one, run.reports[one.key], read_).html


# -- findings ---------------------------------------------------------------------------------


def guiyi() -> tuple[Disclosure, str, str]:
    """A report with findings of every level, its page and its page of checks."""
    one = next(d for d in library().disclosures if d.key.town == "guiyi")
    run = checked().reports[one.key]
    page = report_page(one, run, converter(), False, library().settings).html
    return one, page, report_checks_page(one, run).html


def test_errors_stand_before_warnings_and_notes_and_keep_their_numbers() -> None:
    """What is said of 8 errors leads to them; the number at a figure is the finding's in the list."""
    one, page, checks = guiyi()
    findings = checked().reports[one.key].findings
    levels = Counter(f.level for f in findings)
    order = ["error", "warning", "note"]
    assert all(levels[level] for level in order)
    for html in (page, checks):
        listed = [int(n) for n in re.findall(r'<li id="finding-(\d+)"', html)]
        assert sorted(listed) == [*range(1, len(findings) + 1)]
        ranks = [(order.index(findings[n - 1].level), n) for n in listed]
        assert ranks == sorted(ranks)
        assert re.findall(r'<p data-number="(\d+)"', html) == [str(n) for n in listed]
        for level in order:
            assert f'<a href="#findings-{level}">' in html and f' id="findings-{level}">' in html
    assert f'<a href="#findings-error">有 {levels["error"]} 处对不上</a>' in page


def test_a_mark_at_a_figure_says_that_its_number_is_a_findings() -> None:
    """“100分 38” would read as a footnote, or as 38 faults; print sets the number off by brackets."""
    one, page, _ = guiyi()
    score = page[page.index('<span class="what">自评得分') :]
    seen = re.sub(r'<span class="vh">.*?</span>|<[^>]+>', "", score[: score.index("</sup>")])
    assert re.search(r"100分发现\d+$", seen)
    run = checked().reports[one.key]
    printed = print_html(one, run, converter(), ROOT)
    assert re.search(r"100</a><span class=\"u\">分</span><sup>〔<a [^>]*>\d+</a>〕", printed)


def test_findings_say_where_they_stand_without_paths_of_the_project() -> None:
    """正文文件第5行; 报告说明 names the two files once. Words are set against words, figures reckoned."""
    one, page, checks = guiyi()
    files = (one.report.file, one.narrative.file)
    assert [page.count(name) for name in files] == [1, 1]
    assert [checks.count(name) for name in files] == [0, 0]
    assert re.search(r"<dt>出处</dt><dd>正文文件第\d+行</dd>", page)
    assert "<dt>对照为</dt><dd>本镇</dd>" in page
    assert not re.search(r"<dt>核算为</dt><dd>\D*</dd>", page)
    assert not re.search(r"<dt>对照为</dt><dd>[^<]*\d", page)


# -- words ------------------------------------------------------------------------------------


def test_every_concept_and_basis_is_explained_and_can_be_linked_to() -> None:
    """By the definitions of data/concepts.yaml; parts lead on to their own words."""
    concepts = library().concepts
    page = glossary_page(concepts)
    ids = ID.findall(page.html)
    assert len(ids) == len(set(ids))
    assert set(ids) >= {*concepts, *BASES, "口径", "核对发现"}
    for concept in concepts.values():
        assert str(concept.definition) in page.html
    small = page.html[page.html.index('id="三公经费"') :].partition("</p>")[0]
    assert '等于：<a href="#因公出国（境）费">因公出国（境）费</a>＋' in small
    assert "也写作：“三公”经费、" in small and "单位：万元。" in small
    assert {unquote(h) for h in re.findall(r'href="#([^"]+)"', page.html)} <= set(ids)


def test_a_receipt_leads_to_the_word_of_its_figure() -> None:
    """Whatever the concept, it is one of the page."""
    ids = set(ID.findall(glossary_page(library().concepts).html))
    for one in library().disclosures:
        html = receipts_page(one, checked().reports[one.key], library()).html
        linked = set(re.findall(r'href="\.\./\.\./\.\./\.\./terms/index\.html#([^"]+)"', html))
        assert linked and linked <= ids


# -- differences ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ("420.50", "400.00", "+20.50"),
        ("420.5", "400.123", "+20.377"),
        ("380", "400.00", "−20.00"),
        ("400.0", "400", "0.0"),
    ],
)
def test_a_difference_is_exact_to_the_finer_digits(
    tmp_path: Path, now: str, then: str, said: str
) -> None:
    """Signs printed, nothing rounded."""
    root = project(
        tmp_path,
        {
            REPORT: (
                "上年数: 380.00, 预算数: 400.00, 决算数: 420.50",
                f"上年数: 380.00, 预算数: {then}, 决算数: {now}",
            )
        },
    )
    report = read_library(root).disclosures[0].report
    actual, budget = report.fact_of("支出合计", "决算"), report.fact_of("支出合计", "年初预算")
    assert actual is not None and budget is not None
    assert gap(actual, budget) == said


def test_an_approximate_figure_has_no_difference(tmp_path: Path) -> None:
    """300多人 minus anything is not known."""
    report = read_library(project(tmp_path)).disclosures[0].report
    about = next(f for f in report.facts if f.figure.about)
    assert gap(about, about) == ""


def test_plain_words_say_what_was_spent_against_budget_and_last_year(tmp_path: Path) -> None:
    """With the formula beside each difference; what is not printed is said too."""
    root = project(tmp_path)
    read_, run = read(root)
    one = read_.disclosures[0]
    words = re.sub(r"<[^>]+>", "", summary_html(one, run.reports[one.key], View()))
    assert words.startswith(
        "2022年，示例镇支出420.50万元，其中基本支出220.50万元、项目支出200.00万元。"
        "比年初预算多20.50万元（420.50−400.00），比上年多40.50万元（420.50−380.00）。"
    )
    assert "数字对得上吗？没有发现对不上的数" in words
    guiyi = next(d for d in library().disclosures if d.key.town == "guiyi")
    words = summary_html(guiyi, checked().reports[guiyi.key], View())
    assert "报告没有列出支出合计的年初预算和上年数。" in words


# -- totals -----------------------------------------------------------------------------------


def summaries(root: Path) -> list:  # type: ignore[type-arg]
    """The summaries of all reports of the project."""
    read_, run = read(root)
    return [summary_of(d, run.reports[d.key]) for d in read_.disclosures]


def said(county: Path, line: str) -> None:
    """One more line in the county's file, before its towns."""
    county.write_text(county.read_text("utf-8").replace("镇:\n", f"{line}\n镇:\n", 1), "utf-8")


def place_pages(root: Path) -> tuple[str, str]:
    """The page of the county, and that of 2022."""
    read_, run = read(root)
    mine = [summary_of(d, run.reports[d.key]) for d in read_.disclosures]
    county = next(p for p in county_pages(read_, mine) if p.path == "shili/index.html")
    of_year = [s for s in mine if s.key.year == 2022]
    return county.html, year_page(2022, read_.counties, of_year).html


def three_towns(root: Path) -> Path:
    """The example and two more towns of the same year, of which one prints 元."""
    project(root)
    town(root, "jiazhen", "甲镇")
    town(root, "yizhennn", "乙镇镇")
    year(root, "jiazhen", 2022, ("决算数: 420.50", "决算数: 100.250"))
    return root


def test_a_total_is_the_sum_of_printed_figures_and_says_over_how_many(tmp_path: Path) -> None:
    """420.50 + 100.250, to the finer digits, over two towns of three."""
    total = total_of(summaries(three_towns(tmp_path)), "支出合计", "决算")
    assert total is not None
    assert (total.text, total.unit, len(total.counted)) == ("520.750", "万元", 2)


def test_another_profile_or_unit_is_left_out_with_the_reason(tmp_path: Path) -> None:
    """Unlike is not added to unlike."""
    from dataclasses import replace

    one, two = summaries(three_towns(tmp_path))
    three = replace(two, town="丙镇", profile="别的口径")
    total = total_of([one, two, three], "支出合计", "决算")
    assert total is not None
    assert [(s.town, why) for s, why in total.left_out] == [("丙镇", "口径不同")]
    assert total_of([one, two], "自评得分", "自评") is None
    assert total_of([one], "支出合计", "决算") is None


def test_county_and_year_pages_say_how_many_towns_are_covered(tmp_path: Path) -> None:
    """2 of 3 towns, and who is missing."""
    root = three_towns(tmp_path)
    said(root / COUNTY, "名录完整: 是")
    county, of_year = place_pages(root)
    assert "2 个镇公布，共 3 个镇。没有公布的：乙镇镇。" in county
    assert "520.750" in county
    assert "2 个镇公布，共 3 个镇" in of_year
    assert "520.750" in of_year and "各县合计" in of_year


@pytest.mark.parametrize("stated", ["", "名录完整:", "名录完整: 否"])
def test_towns_that_were_typed_in_do_not_read_as_the_whole_county(
    tmp_path: Path, stated: str
) -> None:
    """Unless the list is said to be whole: how many reports there are, no total, and nothing of 全部."""
    root = three_towns(tmp_path)
    said(root / COUNTY, stated)
    county, of_year = place_pages(root)
    assert "收录 2 个镇的报告。名录里没有这一年报告的：乙镇镇。" in county
    assert "收录 2 个镇的报告" in of_year
    for page in (county, of_year):
        assert 'class="total"' not in page and "各县合计" not in page and "520.750" not in page
        assert "全部公布" not in page and "共 3 个镇" not in page


def test_one_town_of_a_whole_list_of_one_is_all(tmp_path: Path) -> None:
    """A county of one town that says so."""
    root = project(tmp_path)
    said(root / COUNTY, "名录完整: 是")
    assert "1 个镇全部公布" in place_pages(root)[0]


def test_years_without_a_report_are_not_within_those_that_are_named(tmp_path: Path) -> None:
    """2019, 2021 and 2022: no 2019—2022."""
    root = project(tmp_path)
    year(root, "shilizhen", 2019)
    year(root, "shilizhen", 2021)
    mine = summaries(root)
    assert span(mine) == "2019、2021—2022"
    home = home_page(read_library(root).counties, mine, "").html
    assert "3 份报告，2019、2021—2022 年度" in home


# -- trends -----------------------------------------------------------------------------------


def test_gaps_and_restatements_of_a_town_are_shown_and_nothing_is_joined_over(
    tmp_path: Path,
) -> None:
    """2019 published, 2020 missing, 2021 told by 2022 otherwise than by its own report."""
    root = project(tmp_path)
    year(root, "shilizhen", 2019)
    year(root, "shilizhen", 2021, ("决算数: 420.50", "决算数: 377.00"))
    reports = read_library(root).disclosures
    points = series_of(reports, "支出合计", "决算")
    assert [(p.year, p.reported, p.own is not None, p.restated) for p in points] == [
        (2018, False, False, False),
        (2019, True, True, False),
        (2020, False, False, False),
        (2021, True, True, True),
        (2022, True, True, False),
    ]
    html = trends_html(reports)
    assert "次年报告写的不一样" in html
    assert "没有这一年的报告，数取自次年报告" in html
    assert "polyline" not in html and "<path" not in html


def test_a_concept_of_a_single_year_has_no_trend(tmp_path: Path) -> None:
    """One point is none."""
    read_ = read_library(project(tmp_path))
    assert "在职人数" not in trends_html(read_.disclosures)


# -- comparing ---------------------------------------------------------------------------------


def to_compare(root: Path) -> dict[str, str]:
    """Where the pages of the county and of its towns lead for a comparison, "" where they do not."""
    read_, run = read(root)
    mine = [summary_of(d, run.reports[d.key]) for d in read_.disclosures]
    pages = list(county_pages(read_, mine))
    for of_town in grouped(mine, lambda s: s.key.town).values():
        pages += town_pages(read_, run, of_town, pdfs=False)
    found = {
        p.path.removesuffix("/index.html"): re.search(
            r'href="[./]+compare/index.html\?([^"]*)"', p.html
        )
        for p in pages
        if not p.path.startswith("checks/") and p.path.count("/") < 4
    }
    return {path: link[1].replace("&amp;", "&") if link else "" for path, link in found.items()}


def test_one_town_is_not_compared_with_itself(tmp_path: Path) -> None:
    """Whatever the list of towns has: there is no other report to compare with."""
    root = project(tmp_path)
    town(root, "jiazhen", "甲镇")
    assert set(to_compare(root).values()) == {""}


def test_a_town_is_made_again_when_there_is_another_to_compare_with(tmp_path: Path) -> None:
    """Its page leads there from now on."""
    root = project(tmp_path)
    town(root, "jiazhen", "甲镇")
    alone = inputs_of_town(read_library(root), "shili", "shilizhen", "", ())
    year(root, "jiazhen", 2020)
    beside = inputs_of_town(read_library(root), "shili", "shilizhen", "", ())
    assert alone != beside


def test_towns_are_compared_in_a_year_of_which_both_have_a_report(tmp_path: Path) -> None:
    """Where there is none, the nearest of the other towns stands beside it."""
    root = project(tmp_path)
    town(root, "jiazhen", "甲镇")
    year(root, "jiazhen", 2020)
    assert to_compare(root) == {
        "shili": "t=shili&y=2022,2020",
        "shili/shilizhen": "t=shili&y=2022,2020",
        "shili/shilizhen/2022": "t=shili&y=2022,2020",
        "shili/jiazhen": "t=shili&y=2020,2022",
        "shili/jiazhen/2020": "t=shili&y=2020,2022",
    }
    year(root, "jiazhen", 2022)
    assert set(to_compare(root).items()) >= {
        ("shili", "t=shili&y=2022"),
        ("shili/jiazhen", "t=shili&y=2022"),
        ("shili/jiazhen/2020", "t=shili&y=2020,2022"),
        ("shili/shilizhen/2022", "t=shili&y=2022"),
    }


# -- to compare --------------------------------------------------------------------------------


def data(text: str) -> dict:  # type: ignore[type-arg]
    """What a county's script hands over."""
    assert text.startswith("siteCompare(") and text.endswith(");\n")
    return json.loads(text[len("siteCompare(") : -3])  # type: ignore[no-any-return]


def test_figures_to_compare_are_the_printed_ones(tmp_path: Path) -> None:
    """Digits as text, scale beside a score, approximate ones marked; projects' figures stay out."""
    read_ = read_library(project(tmp_path))
    given = data(county_data(read_, "shili"))
    figures = {f"{given['concepts'][f[0]]}.{f[1]}": f for f in given["reports"][0][3]}
    spent = figures["支出合计.0"]
    assert spent[2] == "420.50万元" and len(spent) == 5
    assert given["towns"] == [["shilizhen", "示例镇"]]
    assert not any(isinstance(x, float) for f in figures.values() for x in f)


def test_every_county_of_the_project_hands_over_its_figures() -> None:
    """A figure that the same report prints otherwise elsewhere says so."""
    by_county = grouped(
        [summary_of(d, checked().reports[d.key]) for d in library().disclosures],
        lambda s: s.key.county,
    )
    for county, mine in by_county.items():
        given = data(county_data(library(), county))
        assert len(given["reports"]) == len(mine)
    taojiang = data(county_data(library(), "taojiang"))
    lucidu = next(r for r in taojiang["reports"] if r[1] == 2022)
    small = next(f for f in lucidu[3] if taojiang["concepts"][f[0]] == "三公经费" and f[1] == 0)
    assert small[2] == "22.5万元" and small[7] == 1  # 22.90万元 in a sentence
