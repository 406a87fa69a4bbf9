"""The built site in a real browser: search, no outside requests, accessibility, from a disk too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from built import built, served
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

pytestmark = pytest.mark.browser

AXE = str(files("axe_playwright_python") / "axe.min.js")
REPORT = "taojiang/lucidu/2022/index.html"
# One page of each kind.
KINDS = {
    "home": "index.html",
    "county": "taojiang/index.html",
    "town": "taojiang/lucidu/index.html",
    "report": REPORT,
    "report-indicators": "miluo/guiyi/2022/index.html",
    "receipts": "taojiang/lucidu/2022/receipts/index.html",
    "compare": "compare/index.html?sort=-支出合计.决算&per=在职人数",
    "years": "years/index.html",
    "year": "years/2022/index.html",
    "checks": "checks/index.html",
    "checks-county": "checks/taojiang/index.html",
    "checks-report": "taojiang/lucidu/2022/checks/index.html",
    "rules": "rules/index.html",
    "rule": "rules/sum-differs/index.html",
    "search": "search/index.html?q=三公经费",
    "data": "data/index.html",
    "terms": "terms/index.html",
    "about": "about/index.html",
}
FOUND = {
    "党群服务驿站": {"miluo/guiyi/2022"},
    "空心房": {"changning/yintian/2022", "taojiang/daligang/2020"},
    "1532.11": {"miluo/guiyi/2022"},
    "双季稻": {"miluo/guiyi/2022", "taojiang/daligang/2020", "taojiang/lucidu/2022"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in a folder of a portal, two levels down."""
    root, done = built(tmp_path_factory.mktemp("portal") / "project")
    assert done.published, done.problems
    public = root.parent / "www" / "xxgk" / "czxx"
    public.parent.mkdir(parents=True)
    (root / "site").rename(public)
    return public


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site.parents[1]) as base:
        yield f"{base}xxgk/czxx/"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="zh-CN")
    yield made
    made.close()


def watch(page: Page, requests: list[str], problems: list[str]) -> None:
    """Note what a page asks for and what its console complains of."""

    def note(request: Request) -> None:
        requests.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_requested_outside_the_origin(
    kind: str, context: BrowserContext, address: str
) -> None:
    """Every request stays below the site's own folder, none fails, no console error."""
    requests: list[str] = []
    problems: list[str] = []
    page = context.new_page()
    watch(page, requests, problems)
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    assert problems == []
    assert requests and all(url.startswith(address) for url in requests)


# The rules of axe that depend on how a page looks; the others are judged once a page.
SIZES = ["target-size", "scrollable-region-focusable"]
COLOURS = ["color-contrast", "link-in-text-block"]
# How a page can be shown: the scheme, the boxes of the header that are ticked, and what to judge.
SHOWN: dict[str, tuple[str, list[str], list[str] | None]] = {
    "light": ("default", [], None),
    "dark": ("slate", [], COLOURS),
    "large": ("default", ["view-large"], SIZES),
    "contrast": ("default", ["view-contrast"], COLOURS),
    "contrast dark": ("slate", ["view-contrast"], COLOURS),
}


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core says of the page as it stands, by all rules (WCAG 2.2 AA, best practice) or some."""
    run = "async o => (await axe.run(document, o)).violations"
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules is not None:
        options["runOnly"] = rules
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']}"
        for v in page.evaluate(run, options)
        for n in v["nodes"][:3]
    ]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(kind: str, width: int, chromium: Browser, address: str) -> None:
    """However it is shown, and no page wider than the screen."""
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")
    page.add_script_tag(path=AXE)
    found = {}
    for name, (scheme, ticked, rules) in SHOWN.items():
        page.evaluate("s => document.body.setAttribute('data-md-color-scheme', s)", scheme)
        for box in ("view-large", "view-contrast"):
            page.evaluate(
                "([b, on]) => document.getElementById(b).checked = on", [box, box in ticked]
            )
        found[name] = violations(page, rules)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[name].append("wider than the screen")
    context.close()
    assert found == {name: [] for name in SHOWN}


@pytest.mark.parametrize("query", FOUND)
def test_search_finds_the_right_reports(query: str, context: BrowserContext, address: str) -> None:
    """Typed on the search page, the results are the reports that hold the words."""
    page = context.new_page()
    page.goto(f"{address}search/index.html")
    page.get_by_role("searchbox").last.fill(query)
    page.get_by_role("searchbox").last.press("Enter")
    expect(page.locator("#search-app ol > li").first).to_be_visible()
    links = page.locator("#search-app ol > li a").evaluate_all("all => all.map(a => a.href)")
    paths = {link.removeprefix(address).partition("?")[0] for link in links}
    reports = {
        path.removesuffix("/index.html")
        for path in paths
        if re.fullmatch(r".+/\d{4}/index.html", path)
    }
    assert {path for path in reports if not path.startswith("years/")} == FOUND[query]


def test_the_header_box_leads_to_results_and_a_result_to_its_place(
    context: BrowserContext, address: str
) -> None:
    """From any page: type, Enter, click; the words are marked where they stand."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + REPORT)
    box = page.locator("header input[type=search]")
    box.fill("憨哥竹笋")
    box.press("Enter")
    page.wait_for_url("**/search/index.html?*")
    page.locator("#search-app ol > li a").first.click()
    page.wait_for_url("**/taojiang/lucidu/2022/index.html*")
    expect(page.locator("article mark").first).to_be_visible()


def test_the_site_opens_from_a_disk(context: BrowserContext, site: Path) -> None:
    """Pages, links, search and charts work without a server."""
    problems: list[str] = []
    requests: list[str] = []
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    watch(page, requests, problems)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="归义镇 2022年度").click()
    expect(page.locator("h1")).to_contain_text("归义镇")
    page.locator("header input[type=search]").fill("1532.11")
    page.locator("header input[type=search]").press("Enter")
    expect(page.locator("#search-app ol > li").first).to_be_visible()
    assert all(url.startswith(site.as_uri()) for url in requests)
    assert problems == []


def test_a_report_reads_without_javascript(chromium: Browser, address: str) -> None:
    """Tables, charts and words are in the page; only search asks for scripts."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + REPORT)
    assert page.locator("table.gov").count() > 5
    assert page.locator("figure.chart svg").count() >= 3
    page.goto(f"{address}search/index.html")
    expect(page.get_by_text("搜索需要启用 JavaScript")).to_be_visible()
    context.close()


def test_the_chosen_scheme_lasts(context: BrowserContext, address: str) -> None:
    """Dark, once chosen, is dark on the next page."""
    page = context.new_page()
    page.goto(address + "index.html")
    page.locator("label[for=__palette_1]").click()
    page.goto(address + REPORT)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_every_chart_has_a_name_and_a_description(context: BrowserContext, address: str) -> None:
    """axe does not see an unnamed SVG, so this does; arrow keys say the figures."""
    page = context.new_page()
    page.goto(address + REPORT)
    for chart in page.locator("svg.plot").all():
        assert chart.get_attribute("role") == "img"
        assert chart.locator("title").first.text_content()
        assert chart.locator("desc").text_content()
    page.locator("svg.plot").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".chart-tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".chart-tip")).to_be_hidden()
