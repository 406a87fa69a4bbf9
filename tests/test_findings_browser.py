"""The list of findings of a report can be narrowed to a level or a rule, on a phone too, without any network."""

from __future__ import annotations

from built import built_once
from playwright.sync_api import Browser

PAGE = "miluo/guiyi/2022/checks/index.html"
SHOWN = "li.finding:not([hidden])"


def test_the_findings_can_be_filtered(chromium: Browser) -> None:
    """By level, by rule, by both; a link to a hidden one shows all again; nothing is wider than the screen."""
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    page.goto((built_once() / "site" / PAGE).as_uri())
    level, rule = page.locator("form.filter select").all()
    every = page.locator("li.finding").count()
    assert page.locator(SHOWN).count() == every >= 10
    level.select_option(index=1)
    name = level.input_value()
    shown = page.locator(SHOWN).count()
    assert 0 < shown < every
    assert page.locator(SHOWN).locator(".level", has_text=name).count() == shown
    assert (
        page.locator("ol.findings:visible").count()
        == page.locator("h3.weight:visible").count()
        == 1
    )
    assert page.locator("form.filter output").inner_text() == f"显示 {shown} 处，共 {every} 处"
    other = page.locator("p.by-level a").nth(1)
    other.click()
    assert page.locator(SHOWN).count() == every
    rule.select_option(index=1)
    assert 0 < page.locator(SHOWN).count() < every
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.close()


def test_without_a_script_the_whole_list_stands_there(chromium: Browser) -> None:
    """And no filter that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built_once() / "site" / PAGE).as_uri())
    assert page.locator("form.filter").count() == 0
    assert page.locator("li.finding:visible").count() >= 10
    context.close()
