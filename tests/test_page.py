"""The chat page in a real Chromium, over real servers on loopback."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from index.build import build
from index.store import create_library
from page.texts import ENGLISH, FRENCH

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from playwright.sync_api import Browser, Dialog, Page

    from index.types import Embedder
    from page.texts import Texts

ROOT = Path(__file__).parents[1]
QUIET = [
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
PHONE = (390, 844)
DESKTOP = (1280, 860)
QUESTION = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"

# A server whose answers come slowly where the question says so, so that they can be stopped.
SLOW = """
import sys, time
from dataclasses import replace
from pathlib import Path
import app
from rag.answer import QuotingAnswerer
from rag.chain import Chain, open_chain

class Slow(QuotingAnswerer):
    def write(self, question, spans):
        for piece in super().write(question, spans):
            time.sleep(3 * ("lentement" in question.text))
            yield piece

app.open_chain = lambda folder: replace(open_chain(folder), answerer=Slow())
app.serve(Path(sys.argv[1]), "127.0.0.1", 0)
"""
SINK = "http://sink.example"
PAYLOADS = (
    "<script>window.ran=1;alert(1)</script>",
    "<img src=x onerror='window.ran=1;alert(1)'>",
    f"<img src={SINK}/a><link rel=stylesheet href={SINK}/b>",
    f"![image]({SINK}/c)",
    "[lien](javascript:alert(1))",
    f"{SINK}/nu",
    "</div></article></script><svg onload='alert(1)'>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<style>*{display:none!important}</style>",
    "*gras* _italique_ `code` $x^2$ $$y^2$$",
    "<form action=http://sink.example><input type=password></form>",
)


@contextmanager
def _server(*command: str) -> Iterator[str]:
    """The address that the command prints, until it is stopped."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        assert said.startswith("Dépêche: http://127.0.0.1:")
        yield said.split()[1]
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="session")
def address(corpus_library: Path) -> Iterator[str]:
    with _server("app.py", "--port", "0", "--library", str(corpus_library)) as found:
        yield found


@pytest.fixture(scope="session")
def hostile_address(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[str]:
    """A slow server over articles that are full of markup."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [_hostile_row(number, payload) for number, payload in enumerate(PAYLOADS)]
    articles = folder / "hostile.jsonl"
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library = create_library(folder / "library")
    for _ in build(library, embedder, [articles]):
        pass
    library.close()
    with _server("-c", SLOW, str(folder / "library")) as found:
        yield found


def _hostile_row(number: int, payload: str) -> dict[str, str]:
    """An article on a thing of its own name, with the payload wherever there is text."""
    thing = f"zorglub{number:02}"
    return {
        "id": thing,
        "title": f"Le {thing} {payload}",
        "text": f"On mesure. Le {thing} mesure {number + 12} mètres {payload} au garrot. Voilà.",
        "language": "fr",
        "source": f"Gazette {payload}",
        "published": f"2024-10-{number + 1:02}",
        "url": "https://gazette.example/zorglub",
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium; on Debian: apt-get install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@contextmanager
def _page(
    browser: Browser, locale: str = "fr-FR", size: tuple[int, int] = DESKTOP, scheme: str = "light"
) -> Iterator[Page]:
    context = browser.new_context(
        locale=locale,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def _ask(page: Page, question: str) -> None:
    before = page.locator(".asked").count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    page.locator(".asked").nth(before).wait_for()
    page.locator("#send").wait_for()


def test_a_question_is_answered_with_its_proof(browser: Browser, address: str) -> None:
    with _page(browser) as page:
        page.goto(address)
        _ask(page, QUESTION)
        said = page.locator(".answer .text").inner_text()
        assert re.search(r"10[\s\u00a0\u202f]000", said)
        card = page.locator("#source-1-1")
        assert re.search(r"10[\s\u00a0\u202f]000", card.locator("mark").inner_text())
        assert "31 octobre 2024" in card.inner_text()
        original = card.get_by_role("link")
        assert (original.get_attribute("href") or "").startswith("https://")
        assert original.get_attribute("target") == "_blank"
        assert "noopener" in (original.get_attribute("rel") or "")


def test_an_example_begins_a_conversation_and_a_follow_up_continues_it(
    browser: Browser, address: str
) -> None:
    with _page(browser) as page:
        page.goto(address)
        page.get_by_role("button", name="Quel est le budget").click()
        page.locator(".answer").wait_for()
        assert not page.locator("#welcome").is_visible()
        page.locator("#send").wait_for()
        _ask(page, "Et celui du Japon ?")
        searched = page.locator(".searched")
        searched.wait_for()
        assert "Question cherchée" in searched.inner_text()
        assert "Japon" in searched.inner_text()
        page.get_by_role("button", name="Nouvelle conversation").click()
        page.locator("#welcome").wait_for()
        assert page.locator(".asked").count() == 0


def test_what_the_articles_do_not_say_is_not_answered(browser: Browser, address: str) -> None:
    with _page(browser) as page:
        page.goto(address)
        _ask(page, "Quelle est la recette de la quiche aux poireaux ?")
        page.locator(".answer .label").wait_for()
        assert page.locator("mark").count() == 0
        page.get_by_role("heading", name="Ce que disent les articles").wait_for()


@pytest.mark.parametrize(
    ("locale", "texts"), [("en-GB", ENGLISH), ("fr-CA", FRENCH), ("de-DE", ENGLISH)]
)
def test_the_page_speaks_the_browsers_language(
    browser: Browser, address: str, locale: str, texts: Texts
) -> None:
    with _page(browser, locale) as page:
        page.goto(address)
        page.get_by_role("button", name=texts.send, exact=True).wait_for()
        page.get_by_role("heading", name=texts.welcome).wait_for()
        assert page.locator("html").get_attribute("lang") == texts.language
        assert page.title() == texts.title
        assert page.get_by_role("textbox").get_attribute("placeholder") == texts.placeholder


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_without_scrolling_sideways(
    browser: Browser, address: str, scheme: str
) -> None:
    with _page(browser, size=PHONE, scheme=scheme) as page:
        page.goto(address)
        _ask(page, "Combien de manifestants à Port-Armelin ?")
        page.locator(".card").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        ink, paper = page.evaluate(
            "[getComputedStyle(document.querySelector('.answer')).color,"
            " getComputedStyle(document.body).backgroundColor]"
        )
        assert (_light(ink) > _light(paper)) == (scheme == "dark")
        button = page.locator("#send").bounding_box()
        assert button
        assert button["x"] + button["width"] <= PHONE[0]


def _light(color: str) -> int:
    return sum(int(part) for part in re.findall(r"\d+", color)[:3])


def test_the_keyboard_is_enough(browser: Browser, address: str) -> None:
    with _page(browser) as page:
        page.goto(address)
        _ask(page, "Combien de manifestants à Port-Armelin ?")
        page.locator(".card").first.wait_for()
        page.get_by_role("link", name="English").focus()
        visited = [_tabbed(page) for _ in range(6)]
        assert [name for name, _ in visited] == [
            "marker",
            "marker",
            "original",
            "box",
            "send",
            "renew",
        ]
        assert all(outline == "solid" for _, outline in visited)
        page.locator(".marker").first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "source-1-1"
        assert "shown" in (page.locator("#source-1-1").get_attribute("class") or "")


def _tabbed(page: Page) -> tuple[str, str]:
    """Where the next Tab leads, and the outline that shows it."""
    page.keyboard.press("Tab")
    name, outline = page.evaluate(
        """() => {
            const found = document.activeElement;
            const name = found.matches("textarea") ? "box"
                : found.closest(".original") ? "original" : found.id || found.className;
            return [name, getComputedStyle(found).outlineStyle];
        }"""
    )
    return name, outline


def test_an_answer_is_announced_as_what_it_says(browser: Browser, address: str) -> None:
    with _page(browser) as page:
        page.goto(address)
        _ask(page, "Combien de manifestants à Port-Armelin ?")
        page.locator(".card").first.wait_for()
        region = page.get_by_role("log", name="Conversation")
        assert region.get_attribute("aria-live") == "polite"
        assert region.locator(".answer").count() == 1
        assert page.locator("#messages [data-testid][aria-label]").count() == 0


def test_an_answer_can_be_stopped(browser: Browser, hostile_address: str) -> None:
    with _page(browser) as page:
        page.goto(hostile_address)
        page.get_by_role("textbox").fill("Combien mesure lentement le zorglub09 ?")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Arrêter").click()
        page.locator(".notice.stopped").wait_for()
        page.locator("#send").wait_for()
        _ask(page, "Combien mesure le zorglub09 ?")
        page.locator(".answer").wait_for()
        assert page.locator(".notice.stopped").count() == 1


def test_markup_in_articles_and_questions_is_text(browser: Browser, hostile_address: str) -> None:
    with _page(browser, "en-GB") as page:
        dialogs, requests = _watched(page)
        page.goto(hostile_address)
        page.locator("#welcome button").first.wait_for()
        examples = page.locator("#welcome").inner_text()
        assert any(payload in examples for payload in PAYLOADS)
        for number, payload in enumerate(PAYLOADS):
            _ask(page, f"Combien mesure le zorglub{number:02} ? {payload}")
            page.locator(".answer, .notice.failed").nth(number).wait_for()
            assert payload in page.locator(".asked").nth(number).inner_text()
        shown = page.locator("#messages").inner_text()
        assert all(shown.count(payload) >= 3 for payload in PAYLOADS)  # asked, title, source
        foreign = page.locator(".asked, .answer").locator("script, img, iframe, style, form, svg")
        assert foreign.count() == 0
        assert page.locator("#messages a[href*='sink'], #messages a[href^='java']").count() == 0
        assert page.evaluate("window.ran") is None
        assert not dialogs
        assert requests
        assert not [url for url in requests if not url.startswith((hostile_address, "data:"))]


def _watched(page: Page) -> tuple[list[str], list[str]]:
    """What the page opens and asks for, from now on."""
    dialogs: list[str] = []
    requests: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("request", lambda request: requests.append(request.url))
    return dialogs, requests


def test_the_watch_sees_what_it_should(browser: Browser) -> None:
    """The positive control: the same payloads as markup do run, and do call out."""
    with _page(browser) as page:
        dialogs, requests = _watched(page)
        page.set_content("".join(PAYLOADS[:3]))
        page.wait_for_function("window.ran")
        assert dialogs
        assert f"{SINK}/a" in requests


def test_every_response_is_guarded(address: str) -> None:
    for path in ("/", "/fr/", "/page.js", "/fr/gradio_api/info", "/none"):
        headers, _ = _got(address + path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("style-src")[0]


def test_the_page_names_no_host_outside(address: str) -> None:
    _, html = _got(f"{address}/en/")
    assert '<html lang="en"' in html
    assert not re.findall(r"(?:src|href|content)=\"(?:https?:)?//[^\"]*", html)
    assert all("nonce=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize(
    "path", ["gradio_api/info", "gradio_api/upload", "gradio_api/file=app.py", "docs", "monitoring"]
)
def test_what_the_page_does_not_need_is_not_there(address: str, path: str) -> None:
    _, body = _got(f"{address}/fr/{path}")
    assert body == "not found"


def _got(url: str) -> tuple[Message, str]:
    try:
        response = urlopen(Request(url), timeout=10)  # noqa: S310 - our own server
    except HTTPError as error:
        response = error
    with response:
        return response.headers, response.read().decode()
