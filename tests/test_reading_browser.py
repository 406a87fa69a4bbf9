"""Receipts, comparing, switches and cards in a real browser, with real keys, under a strict policy."""

from __future__ import annotations

import gzip
import io
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pypdf
import pytest
from built import ROOT, built, library, served
from playwright.sync_api import Browser, Page, Response, Route, expect
from projects import COUNTY, FILES, NARRATIVE, PROFILE, REPORT, project

from site_builder.build import build
from site_builder.fictional import write_fictional
from site_builder.making import Options

pytestmark = pytest.mark.browser

AXE = str(files("axe_playwright_python") / "axe.min.js")
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
REPORT_PAGE = "taojiang/lucidu/2022/index.html"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 375, "height": 800}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five reports, built."""
    root, done = built(tmp_path_factory.mktemp("reading") / "project")
    assert done.published, done.problems
    return root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site, POLICY) as base:
        yield base


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """示例县: three towns, of which one prints another unit and one goes by another profile."""
    root = project(tmp_path_factory.mktemp("examples"))
    (root / "mkdocs.yml").unlink()
    for name in ("themes", "mkdocs.yml"):
        (root / name).symlink_to(ROOT / name)
    (root / PROFILE.replace("2022", "2023")).write_text(
        FILES[PROFILE].replace("2022年度", "另一种"), "utf-8"
    )
    with (root / COUNTY).open("a", encoding="utf-8") as file:
        for number, name in enumerate(("甲镇", "乙镇"), 1):
            file.write(f'  town{number}:\n    名称: {name}\n    代码: "99990010{number}"\n')
    for slug, changes in {
        "town1": [
            ("收入合计: 420.50万元", "收入合计: 0.0421亿元"),
            ("    在职人数: 30人", "    在职人数: 7人"),
        ],
        "town2": [("口径: shili-2022", "口径: shili-2023"), ("决算数: 420.50", "决算数: ")],
    }.items():
        for file in (REPORT, NARRATIVE):
            text = FILES[file]
            for old, new in changes:
                text = text.replace(old, new)
            path = root / file.replace("shilizhen", slug)
            path.parent.mkdir(parents=True)
            path.write_text(text, "utf-8")
    done = build(root, Options(pdfs=False, draft=True), say=lambda _: None)
    assert not done.problems
    with served(root / "build" / "draft", POLICY) as base:
        yield base


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Page]:
    """A wide page; anything its console complains of fails the test."""
    yield from _page(chromium, WIDE)


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[Page]:
    """A phone."""
    yield from _page(chromium, NARROW)


def _page(chromium: Browser, size: dict[str, int]) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport=size, accept_downloads=True)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    yield page
    context.close()
    assert said == []


def press_until(page: Page, key: str, selector: str, most: int = 60) -> None:
    """Press `key` until what has the focus matches `selector`."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} was not reached by {key}")


def violations(page: Page) -> list[str]:
    """What axe-core says of the page as it stands."""
    page.evaluate(Path(AXE).read_text("utf-8"))
    run = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    return [f"{v['id']}: {n['target']}" for v in page.evaluate(run) for n in v["nodes"][:3]]


# -- receipts ---------------------------------------------------------------------------------


def test_a_receipt_opens_by_enter_and_closes_by_escape(wide: Page, address: str) -> None:
    """Beside the figure, focus inside, and back at the figure after."""
    wide.goto(address + REPORT_PAGE)
    figure = wide.locator("table.gov a.rc").nth(4)
    words = figure.inner_text()
    figure.focus()
    wide.keyboard.press("Enter")
    dialog = wide.locator("dialog[open]")
    expect(dialog).to_contain_text("写在哪里")
    expect(dialog.locator("h3 strong")).to_contain_text(words)
    assert wide.evaluate("document.activeElement.closest('dialog') !== null")
    assert violations(wide) == []
    wide.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert wide.evaluate("document.activeElement.textContent") == words
    assert "/receipts/" not in wide.url


def test_a_receipt_follows_its_links_within_the_page(narrow: Page, address: str) -> None:
    """To another receipt of the same report it changes; to the cell it makes way."""
    narrow.goto(address + REPORT_PAGE)
    narrow.locator("ul.keys a.rc").first.click()
    dialog = narrow.locator("dialog[open]")
    before = dialog.locator("h3").inner_text()
    dialog.locator("dd a[href*='/receipts/']").first.click()
    expect(dialog.locator("h3")).not_to_have_text(before)
    dialog.get_by_role("link", name="报表里的这一格").click()
    expect(dialog).to_have_count(0)
    assert narrow.evaluate("document.querySelector(':target') !== null")


def test_without_a_script_or_a_server_the_link_leads_to_the_page(
    chromium: Browser, address: str, site: Path
) -> None:
    """The same receipt, on a page of its own."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + REPORT_PAGE)
    page.locator("table.gov a.rc").first.click()
    page.wait_for_url("**/receipts/index.html#*")
    expect(page.locator("article.receipt:target")).to_contain_text("写在哪里")
    context.close()
    context = chromium.new_context()
    page = context.new_page()
    page.goto((site / REPORT_PAGE).as_uri())
    page.locator("table.gov a.rc").first.click()
    page.wait_for_url("**/receipts/index.html#*")
    context.close()


# -- by keys alone ------------------------------------------------------------------------------


def test_search_a_report_and_compare_by_keys_alone(wide: Page, address: str) -> None:
    """From the home page to a figure's receipt, and to a comparison sorted the other way."""
    page = wide
    page.goto(address + "index.html")
    press_until(page, "Tab", "header input[type=search]")
    page.keyboard.type("鸬鹚渡镇 三公经费")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?*")
    expect(page.locator("#search-app ol > li").first).to_be_visible()
    press_until(page, "Tab", "#search-app ol > li a, #search-app ol > li a *")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2022/index.html*")
    page.goto(page.url.partition("#")[0])  # read it from its head
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    press_until(page, "Tab", "a.rc")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    press_until(page, "Tab", "svg.plot")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".chart-tip")).to_be_visible()
    page.keyboard.press("Escape")
    press_until(page, "Shift+Tab", ".md-tabs a[href$='compare/index.html']", 120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/index.html*")
    expect(page.locator("#compare-app table")).to_be_visible()
    press_until(page, "Tab", "[data-key='column']")
    page.keyboard.press("ArrowDown")
    press_until(page, "Tab", "[data-key='add-column']")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-app thead th")).to_have_count(5)
    press_until(page, "Tab", "button.sort")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    assert page.evaluate("document.activeElement.matches('button.sort')"), "focus stays"
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)


def test_arrow_keys_go_through_what_was_found_and_escape_leads_back(
    wide: Page, address: str
) -> None:
    """Down from the field, Home, End, the button for more, and the field again; offers too."""
    page, focused = wide, "document.activeElement.textContent"
    page.goto(address + "search/index.html?q=经费")
    field = page.locator("#search-q")
    hits = page.locator("#search-app ol > li a")
    expect(page.get_by_role("button", name="更多结果")).to_be_visible()
    words = hits.all_text_contents()
    field.focus()
    field.press("Home")  # a key of the field's own
    assert page.evaluate("document.activeElement.id") == "search-q"
    field.press("ArrowDown")
    assert page.evaluate(focused) == words[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == words[1]
    page.keyboard.press("End")
    assert page.evaluate(focused) == "更多结果"
    page.keyboard.press("Enter")
    expect(hits).to_have_count(20)
    assert page.evaluate(focused) == hits.nth(10).text_content()
    page.keyboard.press("Home")
    assert page.evaluate(focused) == words[0]
    top = page.locator("#search-app ol > li a").first.bounding_box()
    assert top is not None and top["y"] > 60, "not under the header"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-q"
    field.fill("gyz")
    field.press("Enter")
    offers = page.locator(".search-names a")
    expect(offers.first).to_have_text("归义镇")
    field.press("ArrowDown")
    assert page.evaluate(focused) == "归义镇"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-q"


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two fictional towns, ten years each: tables with many links everywhere."""
    root = tmp_path_factory.mktemp("years")
    write_fictional(library(), root, 20)
    build(root, Options(pdfs=False, draft=True), say=lambda _: None)
    with served(root / "build" / "draft", POLICY) as base:
        yield base


# How many tables have ten links or more, at least.
MANY = {
    "county-000/town-0001/2020/index.html": 5,
    "county-000/town-0001/index.html": 5,
    "county-000/index.html": 1,
    "rules/index.html": 2,
    "checks/index.html": 1,
    "data/index.html": 1,
}


@pytest.mark.parametrize("path", MANY)
def test_a_link_leads_past_each_table_with_many_links(
    chromium: Browser, ten_years: str, path: str
) -> None:
    """Without a script too: seen when Tab reaches it, and the next Tab is behind the table."""
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(ten_years + path)
    rows = ":is(thead, tbody) a"
    tables = page.locator("article table").all()
    many = [table for table in tables if table.locator(rows).count() >= 10]
    links = page.locator("article a.past")
    assert links.count() == len(many) >= MANY[path]
    where = """link => { const end = document.getElementById(decodeURIComponent(link.hash.slice(1))),
        table = end.previousElementSibling.querySelector('table'), at = document.activeElement;
        return [table.caption.textContent, table.contains(at), !!(table.compareDocumentPosition(at) & 4)]; }"""
    for link in links.all():
        link.focus()
        page.keyboard.press("Shift+Tab")
        assert (box := link.bounding_box()) and box["width"] < 3, "unseen without the focus"
        page.keyboard.press("Tab")
        assert link.evaluate("link => link === document.activeElement")
        assert (box := link.bounding_box()) and box["width"] > 100
        name = link.inner_text().removeprefix("跳过这张表：")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        caption, inside, behind = link.evaluate(where)
        assert name in caption
        assert (inside, behind) == (False, True)
    context.close()


# -- comparing ----------------------------------------------------------------------------------


def cells(page: Page) -> dict[str, list[str]]:
    """The rows of the comparison by their head."""
    rows = page.locator("#compare-app tbody tr").all()
    return {
        row.locator("th").inner_text(): [
            " ".join(td.inner_text().split()) for td in row.locator("td").all()
        ]
        for row in rows
    }


def test_unlike_is_not_compared_with_unlike_and_says_why(wide: Page, examples: str) -> None:
    """Other unit, other basis, other profile, nothing published: each in its cell."""
    wide.goto(examples + "compare/index.html?c=收入合计.决算,支出合计.决算,自评得分.自评")
    expect(wide.locator("#compare-app tbody tr")).to_have_count(3)
    found = cells(wide)
    assert found["示例镇 2022"][0] == "420.50"
    assert found["甲镇 2022"][0] == "0.0421亿元 单位是亿元，这一列是万元：不比"
    assert found["乙镇 2022"][1].endswith("不是决算：不比")
    assert "口径是“示例县另一种绩效自评”" in found["乙镇 2022"][2]
    expect(wide.get_by_role("status").filter(has_text="不能同这一列的数相比")).to_be_visible()


def test_per_head_and_share_are_worked_out_exactly_with_their_formula(
    wide: Page, examples: str
) -> None:
    """420.50 ÷ 30 and 420.50 ÷ 7, half up; a share of the same report's total."""
    wide.goto(
        examples + "compare/index.html?c=支出合计.决算,基本支出.决算,在职人数.年末&per=在职人数"
    )
    expect(wide.locator("#compare-app tbody tr")).to_have_count(3)
    found = cells(wide)
    assert found["示例镇 2022"][0] == "14.0167 420.50万元÷30人"
    assert found["甲镇 2022"][0] == "60.0714 420.50万元÷7人"
    assert found["示例镇 2022"][2] == "30人 不是金额：不算人均"
    wide.get_by_label("占支出合计的百分比").click()
    expect(wide.locator("#compare-app tbody tr").first).to_contain_text("52.44")
    assert cells(wide)["示例镇 2022"][1] == "52.44 220.50万元÷420.50万元"
    assert cells(wide)["乙镇 2022"][1].endswith("没有公布支出合计决算：不能算")


def test_a_comparison_is_an_address_and_the_back_button_undoes(wide: Page, address: str) -> None:
    """What is chosen stands in the query; the same query shows the same."""
    wide.goto(address + "compare/index.html?t=taojiang&c=支出合计.决算")
    table = wide.locator("#compare-app tbody tr")
    expect(table).to_have_count(1)
    wide.get_by_role("checkbox", name="2020").click()
    expect(table).to_have_count(2)
    assert "y=2022,2020" in unquote(wide.url)
    there = wide.url
    wide.go_back()
    expect(table).to_have_count(1)
    wide.goto(there)
    expect(table).to_have_count(2)
    wide.get_by_role("button", name="支出合计 决算", exact=True).click()
    expect(wide.locator("#compare-app tbody th").first).to_have_text("大栗港镇 2020")
    expect(wide.locator("#compare-app figure svg title")).to_have_text("支出合计 决算")


def test_a_town_that_is_ticked_and_has_no_row_is_named_with_its_years(
    wide: Page, address: str
) -> None:
    """Until one of its years is ticked as well."""
    wide.goto(address + "compare/index.html")
    app = wide.locator("#compare-app")
    status = app.get_by_role("status")
    expect(status).to_contain_text(
        "没有所选年度报告的乡镇没有列出：丰顺县砂田镇（有 2021）、桃江县大栗港镇（有 2020）。"
    )
    wide.get_by_role("checkbox", name="2021").click()
    expect(status).to_contain_text("没有列出：桃江县大栗港镇（有 2020）。")
    wide.get_by_role("checkbox", name="2020").click()
    expect(app.locator("tbody tr")).to_have_count(5)
    expect(status).not_to_contain_text("没有列出")


def test_each_choice_of_towns_stands_once_and_none_is_made_by_the_alphabet(
    wide: Page, address: str, examples: str
) -> None:
    """One tick for a county of one town; lists to add from say that something is to be chosen."""
    wide.goto(address + "compare/index.html?t=changning,taojiang")
    app = wide.locator("#compare-app")
    ticks = app.get_by_role("group", name="常宁市").get_by_role("checkbox")
    expect(ticks).to_have_count(1)
    expect(app.get_by_role("checkbox", name="常宁市荫田镇")).to_be_checked()
    expect(app.get_by_role("button", name="去掉常宁市")).to_have_count(0)
    expect(app.get_by_role("checkbox", name="桃江县收录的 2 个镇")).to_be_checked()
    expect(app.get_by_role("button", name="去掉桃江县")).to_have_count(1)
    for name, words, adds in (
        ("项目", "选一个项目", "加入这一项"),
        ("县", "选一个县", "加入这个县"),
    ):
        chosen = app.get_by_label(f"另一个{name}").locator("option:checked")
        expect(chosen).to_have_text(words)
        before = wide.url
        app.get_by_role("button", name=adds).click()
        assert wide.url == before
    app.get_by_role("checkbox", name="常宁市荫田镇").click()
    expect(app.get_by_role("group", name="常宁市")).to_have_count(0)
    wide.goto(examples + "compare/index.html")
    expect(app.get_by_role("checkbox", name="示例县收录的 3 个镇")).to_be_checked()


def test_an_address_cannot_put_words_on_the_page(wide: Page, address: str) -> None:
    """Items that nobody publishes, a base that is none, nonsense: not shown, counted, no error."""
    wide.goto(
        address
        + "compare/index.html?c=支出合计.决算,某镇长贪污.决算,<b>x</b>.决算&per=胡说&y=abc,1,2022"
        "&t=nowhere,taojiang/nobody,miluo,../x&sort=-胡说.决算"
    )
    app = wide.locator("#compare-app")
    expect(app.locator("thead th")).to_have_text(["乡镇和年度", "支出合计 决算万元"])
    expect(app.get_by_role("status")).to_contain_text("地址里另有 2 个项目")
    assert "贪污" not in app.inner_text() and "胡说" not in app.inner_text()


def test_rows_stand_in_one_order_however_the_data_come(wide: Page, address: str) -> None:
    """The county whose figures come last still stands where it belongs."""

    def wait(route: Route) -> None:
        wide.wait_for_timeout(400)
        route.continue_()

    wide.route("**/compare/data/changning.js", wait)
    wide.goto(address + "compare/index.html")
    expect(wide.locator("#compare-app tbody th")).to_have_text(
        [re.compile("荫田镇"), re.compile("归义镇"), re.compile("鸬鹚渡镇")]
    )


def test_what_is_shown_can_be_taken_away(wide: Page, examples: str, tmp_path: Path) -> None:
    """CSV with a BOM, in the shown order, reasons in a column of their own; under the policy too."""
    wide.goto(examples + "compare/index.html?c=收入合计.决算&sort=-收入合计.决算")
    with wide.expect_download() as waiting:
        wide.get_by_role("button", name="下载所列").click()
    waiting.value.save_as(tmp_path / "got.csv")
    data = (tmp_path / "got.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "县,乡镇,年度,收入合计 决算,单位,算式,说明"
    assert "示例县,示例镇,2022,420.50,万元,," in lines
    assert "示例县,甲镇,2022,0.0421,亿元,,单位是亿元，这一列是万元：不比" in lines


def test_comparing_works_from_a_disk_and_fits_a_phone(narrow: Page, site: Path) -> None:
    """Figures come as scripts; the page is no wider than the screen."""
    narrow.goto((site / "compare" / "index.html").as_uri())
    expect(narrow.locator("#compare-app tbody tr")).to_have_count(3)
    narrow.get_by_text("选乡镇、年度、项目").click()
    narrow.get_by_role("checkbox", name="2021").click()
    expect(narrow.locator("#compare-app tbody tr")).to_have_count(4)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_a_script_comparing_leads_to_the_tables(chromium: Browser, address: str) -> None:
    """It says so, and links to counties and years."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "compare/index.html")
    expect(page.get_by_text("需要启用 JavaScript")).to_be_visible()
    page.locator("#compare-app").get_by_role("link", name="桃江县").click()
    page.wait_for_url("**/taojiang/index.html")
    context.close()


# -- reading ------------------------------------------------------------------------------------


def height(page: Page) -> int:
    """How tall the first paragraph's line is."""
    box = page.locator("article h1").bounding_box()
    assert box is not None
    return int(box["height"])


def test_large_type_and_high_contrast_need_no_script(chromium: Browser, address: str) -> None:
    """Ticked by Space; larger, and other colours."""
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + REPORT_PAGE)
    before = height(page)
    press_until(page, "Tab", "#view-large")
    page.keyboard.press("Space")
    assert height(page) > before
    press_until(page, "Tab", "#view-contrast")
    page.keyboard.press("Space")
    colour = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    assert page.evaluate(colour) == "rgb(0, 0, 0)"
    context.close()


def test_more_contrast_asked_of_the_system_is_the_switch(chromium: Browser, address: str) -> None:
    """The same colours of everything, light and dark, without a tick and without a script."""
    look = """() => { const style = getComputedStyle(document.body), names = ['--ink', '--mut', '--grid',
        '--bg', '--head', '--now', '--prev', '--error', '--warning', '--note', '--md-typeset-a-color',
        '--md-primary-fg-color', '--md-default-bg-color', '--md-accent-fg-color', '--md-footer-bg-color'];
        const key = getComputedStyle(document.querySelector('.keys li'));
        return [...names.map(n => style.getPropertyValue(n)), key.borderTopWidth,
          getComputedStyle(document.querySelector('.keys .what')).color]; }"""
    seen = {}
    for contrast in ("no-preference", "more"):
        context = chromium.new_context(contrast=contrast, viewport=WIDE)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + REPORT_PAGE)
        for scheme in ("default", "slate"):
            page.evaluate("s => document.body.setAttribute('data-md-color-scheme', s)", scheme)
            seen[contrast, scheme] = page.evaluate(look)
            page.evaluate("document.getElementById('view-contrast').checked = true")
            seen[contrast, scheme, "ticked"] = page.evaluate(look)
            page.evaluate("document.getElementById('view-contrast').checked = false")
        context.close()
    for scheme in ("default", "slate"):
        ticked = seen["no-preference", scheme, "ticked"]
        assert seen["no-preference", scheme] != ticked
        assert seen["more", scheme] == seen["more", scheme, "ticked"] == ticked


def test_colours_of_the_system_reach_charts_and_marks(chromium: Browser, address: str) -> None:
    """Forced colours do not recolour drawings: their words and lines take the system's themselves."""
    context = chromium.new_context(forced_colors="active", color_scheme="dark", viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + REPORT_PAGE)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    look = """s => { const e = document.querySelector(s), c = getComputedStyle(e);
        return [c.fill, c.stroke, c.color]; }"""
    system = "() => getComputedStyle(document.body).color"
    ink = page.evaluate(system)
    assert page.evaluate(look, "svg.plot text.t")[0] == ink
    assert page.evaluate(look, "svg.plot [class*='s-']")[1] == ink
    context.close()


def test_all_of_a_mark_is_read_wherever_it_stands(chromium: Browser, address: str) -> None:
    """发现38 is of one colour, beside a key figure, too."""
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme, viewport=WIDE)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + REPORT_PAGE)
        colours = """s => [...document.querySelectorAll(s)].map(e => getComputedStyle(e).color)"""
        marks = page.evaluate(colours, "a.fm:has(.word)")
        assert page.evaluate(colours, "a.fm .word") == marks
        assert page.evaluate(colours, ".keys a.fm .word")
        context.close()


def test_nothing_moves_for_who_asked_for_less_motion(chromium: Browser, address: str) -> None:
    """No transition and no animation that lasts."""
    context = chromium.new_context(reduced_motion="reduce", viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + REPORT_PAGE)
    longest = """() => Math.max(...[...document.querySelectorAll('*')].flatMap(e => {
        const c = getComputedStyle(e);
        return (c.transitionDuration + ',' + c.animationDuration).split(',').map(parseFloat); }))"""
    assert page.evaluate(longest) < 0.001
    context.close()


def test_dark_is_what_the_system_says_until_somebody_chooses(
    chromium: Browser, address: str
) -> None:
    """Before the page is painted, and still so after the theme's own script ran."""
    context = chromium.new_context(color_scheme="dark", viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + REPORT_PAGE)
    page.wait_for_load_state("networkidle")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(scheme) == "slate"
    page.locator("label[title='切换到浅色']").click()
    assert page.evaluate(scheme) == "default"
    page.goto(address + "index.html")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(scheme) == "default"
    context.close()


def test_large_type_lasts_without_a_cookie(wide: Page, address: str) -> None:
    """Chosen once, kept on the next page."""
    wide.goto(address + "index.html")
    wide.get_by_text("大字", exact=True).click()
    wide.goto(address + REPORT_PAGE)
    assert wide.locator("#view-large").is_checked()
    assert wide.context.cookies() == []


def test_indicators_read_as_cards_on_a_phone_and_as_a_table_when_asked(
    narrow: Page, address: str
) -> None:
    """A link to a cell brings the table back."""
    narrow.goto(address + "miluo/guiyi/2022/index.html")
    cards = narrow.locator("ul.row-cards").first
    expect(cards.locator("li")).to_have_count(11)
    expect(cards.locator("li").first).to_contain_text("产出指标")
    expect(cards.locator("li").nth(1).locator("dt").first).to_have_text("年度指标值")
    narrow.evaluate("location.hash = '绩效指标.3.得分'")
    expect(cards).to_be_hidden()
    narrow.get_by_role("button", name="改看卡片").first.click()
    expect(cards).to_be_visible()


def test_contents_follow_the_scroll(wide: Page, narrow: Page, address: str) -> None:
    """Beside the text on a wide screen, above it on a phone."""
    wide.goto(address + REPORT_PAGE)
    wide.evaluate("document.getElementById('findings').scrollIntoView(); scrollBy(0, 200)")
    expect(wide.locator(".md-sidebar--secondary .md-nav__link--active").last).to_have_text(
        "核对结果"
    )
    narrow.goto(address + REPORT_PAGE)
    narrow.evaluate("document.getElementById('narrative').scrollIntoView(); scrollBy(0, 200)")
    expect(narrow.locator(".jumps [aria-current]")).to_have_text("正文")


def test_the_way_back_to_the_top_lies_on_nothing_that_was_jumped_to(
    narrow: Page, address: str
) -> None:
    """On a phone it stands below, away from the line of parts; that line says where it goes on."""
    narrow.goto(address + REPORT_PAGE + "#tables")
    narrow.mouse.wheel(0, 900)
    narrow.wait_for_timeout(300)
    narrow.mouse.wheel(0, -200)
    top = narrow.locator(".md-top")
    expect(top).to_be_visible()
    box, line = top.bounding_box(), narrow.locator(".jumps").bounding_box()
    assert box is not None and line is not None
    assert box["y"] > NARROW["height"] * 0.8 and box["y"] + box["height"] <= NARROW["height"]
    assert line["y"] + line["height"] < box["y"]
    look = "getComputedStyle(document.querySelector('.jumps')).backgroundAttachment"
    assert narrow.evaluate(look).startswith("local, local, scroll, scroll")


def test_tables_of_a_towns_years_have_no_column_of_words(narrow: Page, address: str) -> None:
    """On a phone its edge was seen, and each row was as high as what was hidden in it."""
    narrow.goto(address + "miluo/guiyi/index.html")
    rows = narrow.locator(".trend tbody tr")
    heights = rows.evaluate_all("all => all.map(row => row.getBoundingClientRect().height)")
    assert heights and max(heights) - min(heights) < 3
    spill = "all => all.map(one => one.scrollWidth - one.clientWidth)"
    assert not any(narrow.locator(".trend .tw").evaluate_all(spill))
    expect(narrow.locator(".trend .note").first).to_contain_text("2021：没有这一年的报告")


def test_a_printed_report_begins_with_its_charts_on_the_first_page(
    wide: Page, address: str
) -> None:
    """The summary alone left two fifths of it empty."""
    wide.goto(address + "miluo/guiyi/2022/index.html")
    first = pypdf.PdfReader(io.BytesIO(wide.pdf(format="A4"))).pages[0].extract_text()
    first = unicodedata.normalize(
        "NFKC", first
    )  # Chromium writes 示 as its look-alike among radicals
    assert "概要" in first and "图示" in first and "支出构成" in first


@pytest.mark.parametrize("path", [REPORT_PAGE, "compare/index.html", "taojiang/index.html"])
def test_wider_spacing_of_text_loses_nothing(narrow: Page, address: str, path: str) -> None:
    """WCAG 1.4.12: line height 1.5, letters .12em, words .16em, paragraphs 2em."""
    narrow.goto(address + path)
    narrow.evaluate(
        """() => { for (const e of document.querySelectorAll('article *')) {
        e.style.lineHeight = '1.5'; e.style.letterSpacing = '.12em'; e.style.wordSpacing = '.16em';
        if (e.matches('p')) e.style.marginBottom = '2em'; } }"""
    )
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 375


# Bytes as sent, compressed by gzip, and requests, of a first visit without a cache.
PAGES = {
    "index.html": 350,
    REPORT_PAGE: 350,
    "search/index.html?q=三公经费": 400,
    "compare/index.html": 350,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_stays_small(wide: Page, address: str, path: str) -> None:
    """Kilobytes and requests, printed; nothing but what the page needs."""
    got: list[Response] = []

    def note(response: Response) -> None:
        got.append(response)

    wide.on("response", note)
    wide.goto(address + path)
    wide.wait_for_load_state("networkidle")
    bodies = [response.body() for response in got]
    raw = sum(len(body) for body in bodies)
    packed = sum(len(gzip.compress(body, 6)) for body in bodies)
    print(f"{path}: {len(got)} requests, {raw / 1000:.0f} kB, gzip {packed / 1000:.0f} kB")
    assert packed / 1000 < PAGES[path]
    assert len(got) < 30
