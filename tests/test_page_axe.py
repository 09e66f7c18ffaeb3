"""axe-core over every view of the page: no violation, in both languages, on desktop and phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from page.library_texts import LIBRARY
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from conftest import Ask, OpenPage, Violations

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
def test_no_view_has_a_violation(  # noqa: PLR0913, PLR0917 - fixtures, and what varies
    open_page: OpenPage,
    ask: Ask,
    violations: Violations,
    address: str,
    texts: Texts,
    look: dict[str, Any],
) -> None:
    page = open_page(locale=texts.language, **look)
    page.goto(address)
    page.get_by_role("heading", name=texts.welcome).wait_for()
    page.locator("p.loading").wait_for(state="detached")  # Gradio's own, until the page stands
    assert not violations(page), "empty"
    ask(page, "Combien de soldats la Corée du Nord a-t-elle envoyés ?")
    assert not violations(page), "answered"
    page.locator(".feedback .up").click()
    page.locator(".feedback .note").wait_for()
    assert not violations(page), "opinion given"
    page.locator(".feedback .up").click()  # other tests share this library
    page.get_by_text(texts.withdrawn).wait_for()
    page.locator("#narrow").click()
    page.get_by_role("group", name=texts.spoken).wait_for()
    assert not violations(page), "filters open"
    page.locator("#narrow").click()
    if look["viewport"] == PHONE:
        page.locator("#conversations").click()
        page.get_by_role("navigation", name=texts.conversations).wait_for()
        assert not violations(page), "conversations unfolded"
        page.keyboard.press("Escape")
    page.locator(".marker").first.hover()
    page.get_by_role("tooltip").wait_for()
    assert not violations(page), "quote shown"
    page.locator(".marker").first.click()
    page.locator("#viewer mark").wait_for()
    assert not violations(page), "article open"
    page.keyboard.press("Escape")
    ask(page, "Quelle est la recette de la quiche aux poireaux ?")
    page.locator(".answer .label").wait_for()
    assert not violations(page), "refused"
    page.locator("#narrow").click()
    page.get_by_role("textbox", name=texts.since, exact=True).fill("2030")
    ask(page, "Quelle est la recette de la quiche aux poireaux ?")
    page.locator(".notice.failed").wait_for()
    assert not violations(page), "failed"
    page.reload()
    page.locator("p.loading").wait_for(state="detached")
    page.locator("#history .open").first.wait_for(state="attached")
    page.evaluate("document.querySelector('#history .open').click()")
    page.locator(".notice.failed").wait_for()
    assert not violations(page), "opened again"
    page.context.set_offline(offline=True)
    page.get_by_role("alert").get_by_text(texts.unreachable).wait_for()
    assert not violations(page), "server gone"


@pytest.mark.parametrize(
    ("texts", "look"),
    [
        (FRENCH, {"viewport": PHONE, "color_scheme": "dark"}),
        (ENGLISH, {"viewport": DESKTOP, "color_scheme": "light"}),
    ],
)
def test_the_library_has_no_violation(
    open_page: OpenPage, violations: Violations, address: str, texts: Texts, look: dict[str, Any]
) -> None:
    own, page = LIBRARY[texts.language], open_page(locale=texts.language, **look)
    page.goto(f"{address}/{texts.language}/library")
    page.get_by_text(own.table).click()
    assert not violations(page), "library"
    assert page.evaluate("document.documentElement.scrollWidth") == look["viewport"]["width"]
    page.get_by_role("button", name=own.send, exact=True).click()
    page.get_by_text(own.none).wait_for()
    page.locator(".read").first.click()
    page.locator("#viewer h2").wait_for()
    assert not violations(page), "article open"
    page.keyboard.press("Escape")
    page.get_by_label(own.search).fill("zorglub")
    page.keyboard.press("Enter")
    page.get_by_text(own.nothing).wait_for()
    assert not violations(page), "nothing found"
    page.get_by_role("link", name=own.clear).click()
    page.locator(".delete").first.click()
    page.get_by_role("heading", name=own.confirm).wait_for()
    assert not violations(page), "deleting"
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
    assert not violations(page), "files sent, one refused"
    page.goto(f"{address}/{texts.language}/article?id={SOLDIERS}&start=9&end=90")
    assert not violations(page), "article alone"
    page.goto(f"{address}/{texts.language}/article?id=none")
    assert not violations(page), "article gone"
    page.goto(f"{address}/{texts.language}/none")
    page.get_by_role("heading", name=own.missing).wait_for()
    assert not violations(page), "no such page"
    for path in ("signin", "signin?left", "signout"):
        page.goto(f"{address}/{path}{'&' if '?' in path else '?'}to=/{texts.language}/library")
        assert not violations(page), path
        assert page.evaluate("document.documentElement.scrollWidth") == look["viewport"]["width"]


def test_axe_sees_what_it_should(open_page: OpenPage, violations: Violations) -> None:
    """The positive control."""
    page = open_page()
    page.set_content("<html><body><img src='data:,'><button></button></body></html>")
    assert {"image-alt", "button-name"} <= {rule for rule, _ in violations(page)}
