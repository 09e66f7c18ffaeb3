"""The browser of the page's tests: Debian's Chromium, started once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Ask, OpenPage, Violations
    from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--metrics-recording-only",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium; on Debian: apt-get install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an empty page in a browser profile of its own, whose scripts must not fail."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(*, may_fail: bool = False, **settings: Any) -> Page:  # noqa: ANN401 - playwright's
        usual = {"locale": "fr-FR", "reduced_motion": "reduce"}
        context = browser.new_context(**usual | settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if not may_fail:
            page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def ask() -> Ask:
    """Types a question, sends it, and waits until nothing more comes."""

    def asked(page: Page, question: str) -> None:
        before = page.locator(".asked").count()
        box = page.locator("#ask textarea")
        box.fill(question)
        box.press("Enter")
        page.locator(".asked").nth(before).wait_for()
        page.locator("#send").wait_for()

    return asked


@pytest.fixture(scope="session")
def violations() -> Violations:
    """What axe-core finds on a page: each rule that is not kept, and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not there")

    def found(page: Page) -> list[tuple[str, list[str]]]:
        rules: list[dict[str, Any]] = axe.Axe().run(page).response["violations"]
        return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in rules]

    return found
