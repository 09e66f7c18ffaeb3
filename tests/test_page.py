"""The chat page as readers use it: in a real Chromium, over a real server on loopback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from conftest import Ask, OpenPage
    from playwright.sync_api import Page

    from page.texts import Texts

PHONE: Final = {"width": 390, "height": 844}
QUESTION: Final = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


def test_a_question_is_answered_with_its_proof(open_page: OpenPage, ask: Ask, address: str) -> None:
    page = open_page()
    page.goto(address)
    ask(page, QUESTION)
    said = page.locator(".answer .text").inner_text()
    assert re.search(r"10[\s\u00a0\u202f]000", said)
    card = page.locator("#source-1-1")
    assert re.search(r"10[\s\u00a0\u202f]000", card.locator("mark").inner_text())
    assert "31 octobre 2024" in card.inner_text()
    original = card.locator(".original a")
    assert (original.get_attribute("href") or "").startswith("https://")
    assert original.get_attribute("target") == "_blank"
    assert "noopener" in (original.get_attribute("rel") or "")


def test_an_example_begins_a_conversation_and_a_follow_up_continues_it(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page()
    page.goto(address)
    page.get_by_role("button", name="Quel est le budget").click()
    page.locator(".answer").wait_for()
    assert not page.locator("#welcome").is_visible()
    page.locator("#send").wait_for()
    ask(page, "Et celui du Japon ?")
    searched = page.locator(".searched")
    searched.wait_for()
    assert "Question cherchée" in searched.inner_text()
    assert "Japon" in searched.inner_text()
    page.get_by_role("button", name="Nouvelle conversation").click()
    page.locator("#welcome").wait_for()
    assert page.locator(".asked").count() == 0


@pytest.mark.parametrize(("locale", "texts"), [("fr-FR", FRENCH), ("en-GB", ENGLISH)])
def test_a_completed_question_can_be_edited_and_asked_as_it_is(
    open_page: OpenPage, ask: Ask, address: str, locale: str, texts: Texts
) -> None:
    page = open_page(locale=locale)
    page.goto(address)
    ask(page, "Quel est le budget de la défense de la France ?")
    edit = page.get_by_role("button", name=texts.edit)
    assert not edit.is_visible()
    ask(page, "Et celui du Japon ?")
    edit.wait_for()
    edit.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox")
    searched = "Quel est le budget de la défense du Japon ?"
    page.wait_for_function(
        "text => document.querySelector('#ask textarea').value === text", arg=searched
    )
    assert page.evaluate("document.activeElement.matches('#ask textarea')")
    assert not edit.is_visible()
    ask(page, "Et celui de l'Allemagne ?")  # complete or not, it is what the reader wants asked
    assert page.locator(".searched").count() == 1
    assert not edit.is_visible()
    assert box.input_value() == ""


def test_what_the_articles_do_not_say_is_not_answered(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page()
    page.goto(address)
    ask(page, "Quelle est la recette de la quiche aux poireaux ?")
    page.locator(".answer .label").wait_for()
    assert page.locator("mark").count() == 0
    page.get_by_role("heading", name="Ce que disent les articles").wait_for()


@pytest.mark.parametrize(
    ("locale", "texts"), [("en-GB", ENGLISH), ("fr-CA", FRENCH), ("de-DE", ENGLISH)]
)
def test_the_page_speaks_the_browsers_language(
    open_page: OpenPage, address: str, locale: str, texts: Texts
) -> None:
    page = open_page(locale=locale)
    page.goto(address)
    page.get_by_role("button", name=texts.send, exact=True).wait_for()
    page.get_by_role("heading", name=texts.welcome).wait_for()
    assert page.locator("html").get_attribute("lang") == texts.language
    assert page.title() == texts.title
    assert page.get_by_role("textbox").get_attribute("placeholder") == texts.placeholder


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_without_scrolling_sideways(
    open_page: OpenPage, ask: Ask, address: str, scheme: str
) -> None:
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.goto(address)
    ask(page, "Combien de manifestants à Port-Armelin ?")
    page.locator(".card").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    ink, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('.answer')).color,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    assert (_light(ink) > _light(paper)) == (scheme == "dark")
    button = page.locator("#send").bounding_box()
    assert button
    assert button["x"] + button["width"] <= PHONE["width"]


def _light(color: str) -> int:
    return sum(int(part) for part in re.findall(r"\d+", color)[:3])


def test_the_keyboard_is_enough(open_page: OpenPage, ask: Ask, address: str) -> None:
    page = open_page()
    page.goto(address)
    ask(page, "Combien de manifestants à Port-Armelin ?")
    page.locator(".card").first.wait_for()
    page.get_by_role("link", name="English").focus()
    after = ["marker", "marker", "copy", "read", "original", "read", "up", "down"]
    below = ["narrow", "box", "send", "again", "renew"]
    beside = ["markdown", "html", "json", "csv", "open", "delete", "all"]
    visited = [_tabbed(page) for _ in [*after, *below, *beside]]
    assert [name for name, _ in visited] == [*after, *below, *beside]
    assert all(outline == "solid" for _, outline in visited)


def _tabbed(page: Page) -> tuple[str, str]:
    """Where the next Tab leads, and the outline that shows it."""
    page.keyboard.press("Tab")
    name, outline = page.evaluate(
        """() => {
            const found = document.activeElement;
            const name = found.matches("textarea") ? "box"
                : found.closest(".original") ? "original"
                : found.dataset.format || found.className.match(/^[a-z]+$/)?.[0] || found.id;
            return [name, getComputedStyle(found).outlineStyle];
        }"""
    )
    return name, outline


# What a screen reader is told to read, in the order in which it comes.
HEARD: Final = """
window.announced = [];
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes)
    if (target.id === "aloud") announced.push(...[...addedNodes].map((line) => line.textContent));
}).observe(document, { childList: true, subtree: true });
"""


def test_an_answer_is_announced_sentence_by_sentence_and_once(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page()
    page.add_init_script(HEARD)
    page.goto(address)
    for number in (1, 2):
        ask(page, "Combien de manifestants à Port-Armelin ?")
        said = page.locator(".answer").last.locator(".text p").all_text_contents()
        waiting, *lines = page.evaluate("window.announced.splice(0)")
        assert waiting == FRENCH.searching
        assert [line for line in lines if line in said] == said, number
        assert any(FRENCH.confidence in line for line in lines)
        assert len(lines) == len(set(lines)) == len(said) + 1
    region = page.get_by_role("log", name="Conversation")
    assert region.get_attribute("aria-live") == "off"
    assert page.locator("#aloud").get_attribute("aria-live") == "polite"
    assert page.locator("#messages [data-testid][aria-label]").count() == 0


@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 568)])
def test_a_page_made_larger_needs_no_scrolling_sideways(
    open_page: OpenPage, ask: Ask, address: str, width: int, height: int
) -> None:
    """A window of 1280 by 800 at 200 %, and the width that 400 % leaves (WCAG 1.4.10)."""
    page = open_page(viewport={"width": width, "height": height})
    page.goto(address)
    ask(page, "Combien de manifestants à Port-Armelin ?")
    foot = page.locator("#foot").bounding_box()
    assert foot
    assert foot["height"] < height / 2
    name = page.locator("#masthead h1").bounding_box()
    assert name
    assert name["height"] < 60  # one line
    widths = [page.evaluate("document.documentElement.scrollWidth")]
    page.locator(".marker").first.click()
    page.locator("#viewer mark").wait_for()
    widths.append(page.evaluate("document.documentElement.scrollWidth"))
    page.goto(f"{address}/fr/library")
    widths.append(page.evaluate("document.documentElement.scrollWidth"))
    assert widths == [width] * 3
