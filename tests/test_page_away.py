"""A page whose server is gone or has no time: what it says, what is kept; in a real Chromium."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from index.feedback import all_given
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Ask, OpenPage
    from playwright.sync_api import Locator, Page

    from rag.chain import Chain

ROOT: Final = Path(__file__).parents[1]
SLOW: Final = (Path(__file__).parent / "slow_page.py").read_text(encoding="utf-8")
QUESTION: Final = "Combien de manifestants à Port-Armelin ?"
SOLDIERS: Final = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
QUICHE: Final = "Quelle est la recette de la quiche aux poireaux ?"
SOON: Final = 6_000  # ms in which a reader is told


@contextmanager
def killed(library: Path, rate: int, port: str = "0") -> Iterator[str]:
    """The address of a slow server that is killed in the end.

    :param rate: questions a minute
    """
    command = [sys.executable, "-c", SLOW, str(library), port, str(rate)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[1]
        finally:
            process.kill()


def narrow(page: Page) -> None:
    page.get_by_role("button", name=FRENCH.filters, exact=True).click()
    page.get_by_label(FRENCH.since, exact=True).fill("2021")
    page.get_by_label("français", exact=True).check()
    page.get_by_role("button", name="depuis 2021 · français").wait_for()


def asked_and_typed(open_page: OpenPage, ask: Ask, address: str) -> tuple[Page, Locator]:
    """An English page with one answer, and its box with the next question in it."""
    page = open_page(locale="en-GB")
    page.goto(address)
    ask(page, QUESTION)
    box = page.get_by_role("textbox", name=ENGLISH.question)
    box.fill(QUESTION)
    return page, box


def test_without_a_network_nothing_typed_is_lost(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page, box = asked_and_typed(open_page, ask, address)
    page.context.set_offline(offline=True)
    page.get_by_role("alert").get_by_text(ENGLISH.unreachable).wait_for(timeout=SOON)
    box.press("Enter")
    page.context.set_offline(offline=False)
    page.get_by_role("status").get_by_text(ENGLISH.reached).wait_for(timeout=SOON)
    assert page.locator("#away").inner_text() == ""
    assert box.input_value() == QUESTION
    box.press("Enter")
    page.locator(".asked").nth(1).wait_for()
    page.locator("#send").wait_for()
    assert page.locator(".answer").count() == 2


@pytest.mark.parametrize("status", [502, 504])
def test_a_proxy_that_speaks_for_the_server(
    open_page: OpenPage, ask: Ask, address: str, status: int
) -> None:
    page, box = asked_and_typed(open_page, ask, address)
    page.route("**/*", lambda route: route.fulfill(status=status, body="Bad Gateway"))
    page.get_by_role("alert").get_by_text(ENGLISH.unreachable).wait_for(timeout=SOON)
    box.press("Enter")
    page.unroute("**/*")
    page.get_by_role("status").get_by_text(ENGLISH.reached).wait_for(timeout=SOON)
    assert box.input_value() == QUESTION
    box.press("Enter")
    page.locator(".asked").nth(1).wait_for()


def test_one_question_that_a_proxy_gives_up(open_page: OpenPage, ask: Ask, address: str) -> None:
    page = open_page(locale="en-GB")
    page.goto(address)
    ask(page, QUESTION)
    page.route("**/queue/join*", lambda route: route.fulfill(status=504, body="Gateway Timeout"))
    box = page.get_by_role("textbox", name=ENGLISH.question)
    box.fill(QUESTION)
    box.press("Enter")
    page.get_by_role("alert").get_by_text(ENGLISH.unsent).wait_for(timeout=SOON)
    page.unroute("**/queue/join*")
    box.fill(QUESTION)
    box.press("Enter")
    page.locator(".asked").nth(1).wait_for()


def test_the_library_page_tells_it_too(open_page: OpenPage, address: str) -> None:
    page = open_page(locale="en-GB")
    page.goto(f"{address}/en/library")
    page.context.set_offline(offline=True)
    page.get_by_role("alert").get_by_text(ENGLISH.unreachable).wait_for(timeout=SOON)
    page.context.set_offline(offline=False)
    page.get_by_role("status").get_by_text(ENGLISH.reached).wait_for(timeout=SOON)


def test_what_was_asked_typed_and_said_outlives_the_server(
    open_page: OpenPage, ask: Ask, chain: Chain
) -> None:
    page, folder = open_page(), chain.library.folder
    box, alert = page.get_by_role("textbox", name=FRENCH.question), page.get_by_role("alert")
    helpful = page.get_by_role("button", name=FRENCH.helpful, exact=True)
    note = page.get_by_label(FRENCH.note)
    with killed(folder, 6) as address:
        page.goto(address)
        narrow(page)
        ask(page, SOLDIERS)
        helpful.press("Enter")
        page.get_by_text(FRENCH.thanks).wait_for()
        assert helpful.get_attribute("aria-pressed") == "true"
        note.fill("<b>exact</b>")
        page.get_by_role("button", name=FRENCH.keep).click()
        ask(page, QUICHE)
        page.get_by_role("button", name=FRENCH.unhelpful).last.click()
        page.get_by_text(FRENCH.thanks).nth(1).wait_for()
        box.fill("Combien lentement de loups en Haute-Aune ?")
        box.press("Enter")
        page.locator("#stop").wait_for()
        box.fill("Et depuis ?")
    alert.get_by_text(FRENCH.unreachable).wait_for(timeout=SOON)
    assert page.locator(".toast-body").count() == 1  # Gradio's own, in English
    assert not page.locator(".toast-body").is_visible()
    with killed(folder, 2, address.rpartition(":")[2]):
        page.locator(".notice.stopped").wait_for()
        assert page.locator(".answer").count() == 2
        page.get_by_role("button", name="depuis 2021 · français", exact=False).wait_for()
        assert helpful.first.get_attribute("aria-pressed") == "true"
        assert note.first.input_value() == "<b>exact</b>"
        page.get_by_role("button", name=FRENCH.unhelpful).first.click()
        page.get_by_text(FRENCH.thanks).wait_for()
        assert box.input_value() == "Et depuis ?"
        box.press("Enter")
        page.locator(".asked").nth(3).wait_for()
        page.locator("#send").wait_for()
        box.fill("Et avant ?")
        box.press("Enter")
        alert.get_by_text(FRENCH.later.partition("{")[0]).wait_for()
        assert box.input_value() == "Et avant ?"
    rows = [given.row for given in all_given(chain.library.database)]
    assert [(row["verdict"], row["note"]) for row in rows] == [
        ("down", "<b>exact</b>"),
        ("down", ""),
    ]
    assert "10" in unescape(str(rows[0]["short"]))
