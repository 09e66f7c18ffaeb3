"""Conversations that the browser keeps, exports and copies, in a real Chromium."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Final

from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from conftest import Ask, OpenPage
    from playwright.sync_api import Page

QUESTION: Final = "Quel est le budget de la défense de la France ?"
PHONE: Final = {"width": 390, "height": 844}


def test_a_conversation_is_kept_opened_again_continued_and_deleted(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page()
    page.goto(address)
    ask(page, QUESTION)
    ask(page, "Et celui du Japon ?")
    said, cards = page.locator("#messages").inner_text(), page.locator("#messages .card").count()
    page.reload()
    assert page.locator(".asked").count() == 0
    page.locator("#history .open").click()
    page.locator("#messages .card").nth(cards - 1).wait_for()
    assert page.locator("#messages").inner_text() == said
    ask(page, "Et celui de la France ?")
    assert "France" in page.locator(".searched").last.inner_text()
    assert page.locator("#source-3-1").count() == 1
    assert page.locator("#history li").count() == 1
    page.get_by_role("button", name=FRENCH.renew).click()
    page.locator(".asked").first.wait_for(state="detached")
    ask(page, "Combien de manifestants à Port-Armelin ?")
    titles = page.locator("#history .open").all_inner_texts()
    assert [title.split("\n")[0][:8] for title in titles] == ["Combien ", "Quel est"]
    page.get_by_role("button", name=FRENCH.delete.format(title=QUESTION)).click()
    assert page.locator("#history li").count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=FRENCH.delete_all).click()
    page.get_by_text(FRENCH.none_kept).wait_for()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('depeche'))") == []


def test_an_answer_is_copied_and_a_conversation_downloaded(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    page.goto(address)
    ask(page, QUESTION)
    page.get_by_role("button", name=ENGLISH.copy).click()
    page.get_by_role("status").get_by_text(ENGLISH.copied).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert page.locator("#source-1-1 mark").inner_text() in copied
    assert "https://" in copied
    files = {name: _downloaded(page, name) for name in ("Markdown", "HTML", "JSON", "CSV")}
    assert files["Markdown"].startswith("# Quel est le budget")
    assert files["HTML"].startswith("<!doctype html>")
    assert [row["question"] for row in json.loads(files["JSON"])] == [QUESTION]
    rows = list(csv.reader(files["CSV"].removeprefix("\ufeff").splitlines()))
    assert rows[0][0] == "question"
    assert rows[1][0] == QUESTION
    day = page.locator("#history time")
    assert re.fullmatch(r"\d{1,2} \w+ \d{4}", day.inner_text())  # as dates in answers are written


def _downloaded(page: Page, name: str) -> str:
    with page.expect_download() as waited:
        page.get_by_role("button", name=name, exact=True).click()
    assert waited.value.suggested_filename.startswith("depeche.")
    return waited.value.path().read_text(encoding="utf-8")


def test_a_full_browser_drops_the_oldest_conversations(
    open_page: OpenPage, ask: Ask, address: str
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(address)
    page.evaluate(
        """() => {
            const listed = [..."abcde"].map((id) => ({ id, title: id, date: "2024-01-01" }));
            for (const { id } of listed)
                localStorage.setItem("depeche.conversation." + id, "x".repeat(1_040_000));
            localStorage.setItem("depeche.conversations", JSON.stringify(listed));
            for (let n = 2 ** 17; n >= 1; n /= 2)
                try { localStorage.setItem("depeche.conversation.a",
                    localStorage.getItem("depeche.conversation.a") + "x".repeat(n)); } catch {}
        }"""
    )
    ask(page, QUESTION)
    page.get_by_role("button", name=FRENCH.conversations).click()
    titles = page.locator("#history .open").all_inner_texts()
    assert titles[0].startswith(QUESTION)
    assert [title[0] for title in titles[1:]] == ["a", "b", "c", "d"]
    page.get_by_role("button", name=FRENCH.close).click()
    assert page.evaluate("document.activeElement.id") == "conversations"
