"""What hostile articles and questions can do to the page, in a real Chromium; what it lets in."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from index.build import build
from index.store import create_library
from page.texts import FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from conftest import Ask, OpenPage, Serving, Violations
    from playwright.sync_api import Dialog, Page

    from index.types import Embedder

SLOW = (Path(__file__).parent / "slow_page.py").read_text(encoding="utf-8")
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


@pytest.fixture(scope="session")
def hostile_address(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, serving: Serving
) -> Iterator[str]:
    """A slow server over articles that are full of markup."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [_hostile_row(number, payload) for number, payload in enumerate(PAYLOADS)]
    articles = folder / "hostile.jsonl"
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library = create_library(folder / "library")
    for _ in build(library, embedder, [articles]):
        pass
    library.close()
    with serving("-c", SLOW, str(folder / "library")) as found:
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


def test_an_answer_can_be_stopped(
    open_page: OpenPage, ask: Ask, violations: Violations, hostile_address: str
) -> None:
    page = open_page()
    page.goto(hostile_address)
    page.get_by_role("textbox").fill("Combien mesure lentement le zorglub09 ?")
    page.keyboard.press("Enter")
    stop = page.get_by_role("button", name="Arrêter")
    stop.wait_for()
    assert not violations(page), "waiting"
    stop.press("Enter")
    page.locator(".notice.stopped").wait_for()
    page.locator("#send").wait_for()
    assert not violations(page), "stopped"
    assert page.locator("#aloud p").all_text_contents() == [FRENCH.searching, FRENCH.stopped]
    assert page.evaluate("document.activeElement.matches('#ask textarea')")
    ask(page, "Combien mesure le zorglub09 ?")
    page.locator(".answer").wait_for()
    assert page.locator(".notice.stopped").count() == 1


def test_markup_in_articles_and_questions_is_text(
    open_page: OpenPage, ask: Ask, hostile_address: str
) -> None:
    page = open_page(locale="en-GB")
    dialogs, requests = _watched(page)
    page.goto(hostile_address)
    page.locator("#welcome button").first.wait_for()
    examples = page.locator("#welcome").inner_text()
    assert any(payload in examples for payload in PAYLOADS)
    for number, payload in enumerate(PAYLOADS):
        ask(page, f"Combien mesure le zorglub{number:02} ? {payload}")
        page.locator(".answer, .notice.failed").nth(number).wait_for()
        assert payload in page.locator(".asked").nth(number).inner_text()
    shown = page.locator("#messages").inner_text()
    # Asked, title and source; once, the reader may take a neighbour's article.
    assert sum(shown.count(payload) >= 3 for payload in PAYLOADS) >= len(PAYLOADS) - 1
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


def test_the_watch_sees_what_it_should(open_page: OpenPage) -> None:
    """The positive control: the same payloads as markup do run, and do call out."""
    page = open_page()
    dialogs, requests = _watched(page)
    page.set_content("".join(PAYLOADS[:3]))
    page.wait_for_function("window.ran")
    assert dialogs
    assert f"{SINK}/a" in requests


def test_every_response_is_guarded(address: str) -> None:
    pages = ("/", "/fr/", "/page.js", "/fr/library", "/fr/gradio_api/info", "/none", "/signin")
    for path in (*pages, "/v1/status", "/v1/articles", "/fr/article?id=none", "/signout"):
        headers, _ = _got(address + path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert (headers["Cache-Control"] == "no-store") == (path != "/page.js")
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


@pytest.mark.parametrize("accepted", ["text/html", "*/*"])
def test_a_request_about_no_page_at_all_is_answered(address: str, accepted: str) -> None:
    host = address.removeprefix("http://")
    connection = HTTPConnection(host, timeout=10)
    connection.request("OPTIONS", "*", headers={"Accept": accepted})
    assert connection.getresponse().status == HTTPStatus.NOT_FOUND
    connection.close()


def _got(url: str) -> tuple[Message, str]:
    try:
        response = urlopen(Request(url), timeout=10)
    except HTTPError as error:
        response = error
    with response:
        return response.headers, response.read().decode()
