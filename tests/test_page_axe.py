"""axe-core over every view of the page: no violation, in both languages, on desktop and phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from conftest import Ask, OpenPage
    from playwright.sync_api import Page

    from page.texts import Texts

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("texts", "look"),
    [
        (FRENCH, {"viewport": DESKTOP, "color_scheme": "light"}),
        (FRENCH, {"viewport": PHONE, "color_scheme": "dark"}),
        (ENGLISH, {"viewport": DESKTOP, "color_scheme": "dark"}),
        (ENGLISH, {"viewport": PHONE, "color_scheme": "light"}),
    ],
)
def test_no_view_has_a_violation(
    open_page: OpenPage, ask: Ask, address: str, texts: Texts, look: dict[str, Any]
) -> None:
    page = open_page(locale=texts.language, **look)
    page.goto(address)
    page.get_by_role("heading", name=texts.welcome).wait_for()
    page.locator("p.loading").wait_for(state="detached")  # Gradio's own, until the page stands
    assert not _violations(page), "empty"
    ask(page, "Combien de soldats la Corée du Nord a-t-elle envoyés ?")
    assert not _violations(page), "answered"
    page.locator(".marker").first.hover()
    page.get_by_role("tooltip").wait_for()
    assert not _violations(page), "quote shown"
    page.locator(".marker").first.click()
    page.locator("#viewer mark").wait_for()
    assert not _violations(page), "article open"
    page.keyboard.press("Escape")
    ask(page, "Quelle est la recette de la quiche aux poireaux ?")
    page.locator(".answer .label").wait_for()
    assert not _violations(page), "refused"


def _violations(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that is not kept, and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not there")
    found: list[dict[str, Any]] = axe.Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_axe_sees_what_it_should(open_page: OpenPage) -> None:
    """The positive control."""
    page = open_page()
    page.set_content("<html><body><img src='data:,'><button></button></body></html>")
    assert {"image-alt", "button-name"} <= {rule for rule, _ in _violations(page)}
