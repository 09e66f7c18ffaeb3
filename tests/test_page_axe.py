"""axe-core over every view of the page: no violation, in both languages, on desktop and phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from page.library_texts import LIBRARY
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from conftest import Ask, OpenPage
    from playwright.sync_api import Page

    from page.texts import Texts

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
ROOT = Path(__file__).parents[1]
SOLDIERS = "2024-10-31-washington-seoul-dissuasion"


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
    page.locator(".feedback .up").click()
    page.locator(".feedback .note").wait_for()
    assert not _violations(page), "opinion given"
    page.locator(".feedback .up").click()  # other tests share this library
    page.get_by_text(texts.withdrawn).wait_for()
    page.locator("#narrow").click()
    page.get_by_role("group", name=texts.spoken).wait_for()
    assert not _violations(page), "filters open"
    page.locator("#narrow").click()
    if look["viewport"] == PHONE:
        page.locator("#conversations").click()
        page.get_by_role("navigation", name=texts.conversations).wait_for()
        assert not _violations(page), "conversations unfolded"
        page.keyboard.press("Escape")
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
    page.locator("#narrow").click()
    page.get_by_role("textbox", name=texts.since, exact=True).fill("2030")
    ask(page, "Quelle est la recette de la quiche aux poireaux ?")
    page.locator(".notice.failed").wait_for()
    assert not _violations(page), "failed"
    page.reload()
    page.locator("p.loading").wait_for(state="detached")
    page.locator("#history .open").first.wait_for(state="attached")
    page.evaluate("document.querySelector('#history .open').click()")
    page.locator(".notice.failed").wait_for()
    assert not _violations(page), "opened again"


@pytest.mark.parametrize(
    ("texts", "look"),
    [
        (FRENCH, {"viewport": PHONE, "color_scheme": "dark"}),
        (ENGLISH, {"viewport": DESKTOP, "color_scheme": "light"}),
    ],
)
def test_the_library_has_no_violation(
    open_page: OpenPage, address: str, texts: Texts, look: dict[str, Any]
) -> None:
    own, page = LIBRARY[texts.language], open_page(locale=texts.language, **look)
    page.goto(f"{address}/{texts.language}/library")
    page.get_by_text(own.table).click()
    assert not _violations(page), "library"
    assert page.evaluate("document.documentElement.scrollWidth") == look["viewport"]["width"]
    page.get_by_role("button", name=own.send, exact=True).click()
    page.get_by_text(own.none).wait_for()
    page.locator(".read").first.click()
    page.locator("#viewer h2").wait_for()
    assert not _violations(page), "article open"
    page.keyboard.press("Escape")
    page.get_by_label(own.search).fill("zorglub")
    page.keyboard.press("Enter")
    page.get_by_text(own.nothing).wait_for()
    assert not _violations(page), "nothing found"
    page.get_by_role("link", name=own.clear).click()
    page.locator(".delete").first.click()
    page.get_by_role("heading", name=own.confirm).wait_for()
    assert not _violations(page), "deleting"
    page.goto(f"{address}/{texts.language}/library?deleted")
    kept, empty = ROOT / "corpus" / f"{SOLDIERS}.md", {"name": "x.txt", "mimeType": "text/plain"}
    files: Any = [
        {"name": kept.name, "mimeType": "text/plain", "buffer": kept.read_bytes()},
        {**empty, "buffer": b""},
    ]
    page.get_by_label(own.choose).set_input_files(files)
    page.get_by_role("button", name=own.send, exact=True).click()
    page.get_by_text(own.sum.format(stored=0, left=1)).wait_for()
    assert page.locator(".outcomes .unchanged, .outcomes .refused").count() == 2
    assert not _violations(page), "files sent, one refused"
    page.goto(f"{address}/{texts.language}/article?id={SOLDIERS}&start=9&end=90")
    assert not _violations(page), "article alone"
    page.goto(f"{address}/{texts.language}/article?id=none")
    assert not _violations(page), "article gone"
    page.goto(f"{address}/signin")
    assert not _violations(page), "signing in"


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
