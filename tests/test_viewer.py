"""The article beside the chat: what stands in it, and how readers open and leave it in Chromium."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Final

import pytest

from index.types import Article
from page.texts import ENGLISH, FRENCH
from page.viewer import article_html

if TYPE_CHECKING:
    from conftest import Ask, OpenPage
    from playwright.sync_api import Page

    from page.texts import Texts

QUESTION: Final = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
PHONE: Final = {"width": 390, "height": 844}
HOSTILE: Final = "<img src=x onerror=alert(1)> & \"'"


def _article(words: str, url: str = "https://gazette.example/a") -> Article:
    return Article("a", words, f"Avant. {words} Après.", "fr", words, url, "2024-10-31")


def test_the_words_asked_for_are_marked_and_nothing_is_markup() -> None:
    html = article_html(_article(HOSTILE), 7, 7 + len(HOSTILE), FRENCH)
    marked = html.partition('<mark tabindex="-1">')[2].partition("</mark>")[0]
    assert unescape(marked) == HOSTILE
    assert "<img" not in html
    assert 'rel="noopener noreferrer"' in html
    assert "31 octobre 2024" in html


@pytest.mark.parametrize(("start", "end"), [(0, 0), (9, 2), (10**9, 10**10)])
def test_offsets_that_name_no_words_mark_none(start: int, end: int) -> None:
    article = _article("Ils sont 10 000.", url="javascript:alert(1)")
    html = article_html(article, start, end, FRENCH)
    assert "<mark" not in html
    assert "javascript" not in html
    assert unescape(html).count("Ils sont 10 000.") == 3


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE])
def test_a_marker_opens_its_article_at_the_quoted_words(
    open_page: OpenPage, ask: Ask, address: str, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    page.goto(address)
    ask(page, QUESTION)
    assert page.evaluate("document.activeElement.matches('#ask textarea')")
    for _ in range(20):  # from the question to its proof, by keys alone
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#messages .marker')"):
            break
    page.keyboard.press("Enter")
    mark = page.locator("#viewer mark")
    mark.wait_for()
    assert mark.inner_text() == page.locator("#source-1-1 mark").inner_text()
    assert page.evaluate("document.activeElement.matches('#viewer mark')")
    assert _in_sight(page)
    assert page.locator("#viewer h2").inner_text() in page.locator("#source-1-1 h4").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.keyboard.press("Escape")
    page.locator("#viewer").wait_for(state="detached")
    assert page.evaluate("document.activeElement.matches('.marker')")


def _in_sight(page: Page) -> bool:
    inside: bool = page.evaluate(
        """() => {
            const mark = document.querySelector("#viewer mark").getBoundingClientRect();
            const viewer = document.querySelector("#viewer").getBoundingClientRect();
            return mark.top >= viewer.top && mark.top < viewer.bottom;
        }"""
    )
    return inside


@pytest.mark.parametrize(("locale", "texts"), [("fr-FR", FRENCH), ("en-GB", ENGLISH)])
def test_a_card_opens_its_article_and_a_button_closes_it(
    open_page: OpenPage, ask: Ask, address: str, locale: str, texts: Texts
) -> None:
    page = open_page(locale=locale)
    page.goto(address)
    ask(page, QUESTION)
    page.locator("#source-1-1 blockquote").click()
    page.get_by_role("complementary", name=texts.article).wait_for()
    page.get_by_role("button", name=texts.close).click()
    assert page.locator("#viewer").count() == 0
    assert page.evaluate("document.activeElement.matches('.read')")


def test_a_marker_shows_its_quote(open_page: OpenPage, ask: Ask, address: str) -> None:
    page = open_page()
    page.goto(address)
    ask(page, QUESTION)
    page.locator(".marker").first.hover()
    quote = page.get_by_role("tooltip")
    assert quote.inner_text() == page.locator("#source-1-1 mark").inner_text()
    quote.hover()
    assert quote.is_visible()
    page.keyboard.press("Escape")
    assert quote.count() == 0


def test_an_article_that_is_gone_says_so(open_page: OpenPage, address: str) -> None:
    page = open_page()
    response = page.goto(f"{address}/fr/article?id=none&start=1&end=2")
    assert response
    assert response.status == 404
    assert page.locator("main").inner_text() == FRENCH.gone
