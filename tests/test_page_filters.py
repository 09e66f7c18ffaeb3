"""The filters above the question box, in a real Chromium, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from page.filters import chosen, summary
from page.languages import language_name
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from conftest import Ask, OpenPage


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2024", "2024"),
        (" 2024-10 ", "2024-10"),
        ("10/2024", "2024-10"),
        ("3/10/2024", "2024-10-03"),
        ("03.10.2024", "2024-10-03"),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_it_is_typed(typed: str | None, expected: str | None) -> None:
    assert chosen((typed, "", [], []), FRENCH).since == expected


def test_what_is_set_is_said_in_words() -> None:
    filters = chosen(("10/2024", "", ["Gazette"], ["fr", "xx"]), FRENCH)
    assert summary(filters, FRENCH) == "depuis octobre 2024 · Gazette · français · xx"
    assert summary(chosen(("2024", "2024", [], []), ENGLISH), ENGLISH) == "2024"
    assert summary(chosen(("", "2024", [], []), ENGLISH), ENGLISH) == "until 2024"
    assert summary(chosen(("", "", [], []), ENGLISH), ENGLISH) == ""
    assert language_name("de", ENGLISH) == "German"


# What tells the page that its stream of events ends comes late, as over a slow network.
SLOW: Final = """
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const response = await fetched(...asked);
  if (!String(asked[0].url ?? asked[0]).includes("queue/data")) return response;
  const late = new TransformStream({ async transform(chunk, stream) {
    const text = new TextDecoder().decode(chunk), at = text.indexOf('data: {"msg":"close_stream"');
    const bytes = new TextEncoder();
    if (at < 0) return stream.enqueue(chunk);
    if (at) stream.enqueue(bytes.encode(text.slice(0, at)));
    await new Promise((soon) => setTimeout(soon, 700));
    stream.enqueue(bytes.encode(text.slice(at)));
  } });
  return new Response(response.body.pipeThrough(late), response);
};
"""


def test_a_question_right_after_the_filters_changed_is_not_lost(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page()
    page.add_init_script(SLOW)
    page.goto(address)
    ask(page, "Combien de manifestants à Port-Armelin ?")
    page.wait_for_timeout(1000)
    page.locator("#narrow").press("Enter")
    page.get_by_role("textbox", name=FRENCH.since, exact=True).fill("2024")
    ask(page, "Combien de manifestants à Port-Armelin ?")
    page.locator(".narrowed").wait_for()


def test_filters_narrow_the_answer_and_are_cleared(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page()
    page.goto(address)
    shut = page.get_by_role("button", name=FRENCH.filters, exact=True)
    shut.press("Enter")
    since = page.get_by_role("textbox", name=FRENCH.since, exact=True)
    since.fill("10/2024")
    page.get_by_role("checkbox", name="The Harbour Post").press("Space")
    told = page.get_by_role("button", name="depuis octobre 2024 · The Harbour Post")
    told.wait_for()
    assert told.get_attribute("aria-expanded") == "true"
    since.press("Escape")
    assert page.evaluate("document.activeElement.id") == "narrow"
    assert not since.is_visible()
    ask(page, "How many troops are in the Kursk region?")
    assert "The Harbour Post" in page.locator(".narrowed").inner_text()
    sources = page.locator(".card .facts").all_inner_texts()
    assert sources
    assert all("Harbour Post" in source for source in sources)
    told.press("Enter")
    since.fill("2030")
    since.press("Enter")
    page.get_by_role("button", name="depuis 2030").press("Enter")
    ask(page, "How many troops are in the Kursk region?")
    assert "aucun article" in page.locator(".notice.failed").inner_text()
    page.locator("#narrow").press("Enter")
    page.get_by_role("button", name=FRENCH.clear).press("Enter")
    shut.wait_for()
    shut.press("Enter")
    page.get_by_role("button", name=FRENCH.again).press("Enter")
    page.locator(".notice").wait_for(state="detached")
    page.locator("#send").wait_for()
    assert page.locator(".asked").count() == 2
    assert page.locator(".narrowed").count() == 1
