"""Fixtures that several tests use: a browser and a page of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from printed import Project

# How long an example takes says nothing about whether it is right.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without it the test is skipped, or fails where one is required."""
    if not CHROMIUM.exists():
        if os.environ.get("SITE_BUILDER_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is missing")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            chromium_sandbox=False,
            args=[
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own; an error of a script on it fails the test."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 375, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The PDFs of the five reports, set once."""
    from printed import printed_project

    return printed_project(tmp_path_factory.mktemp("pdf"))


def pytest_sessionfinish() -> None:
    """Let go of the print theme while the interpreter is whole: its fonts complain at exit."""
    if setting := sys.modules.get("site_builder.printing.typesetting"):
        setting.print_theme.cache_clear()
