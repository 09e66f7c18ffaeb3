"""The payloads of test_payloads.py where the page keeps, lists, takes in and gives out.

Notes, conversations kept in the browser, the library's page, files sent to it, and exports.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pytest
from hostile_library import AT_ONCE, SAMPLE, TO_REACH, every
from markdown_it import MarkdownIt
from watches import LINES, Watch

from page.export import FORMULAS
from page.library_texts import LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Ask, OpenPage
    from hostile_library import Hostile
    from playwright.sync_api import Page
    from promises import Cases, Promise

OWN: Final = LIBRARY["fr"]
A_FILE: Final = 2_000  # ms that reading and storing one takes at most, beside other work
FORMULA: Final = '=HYPERLINK("http://127.0.0.1:9/x","cliquez")'


@pytest.fixture
def payloads(hostile: Hostile, cases: Cases) -> list[str]:
    """A sample in the suite, all in the torture."""
    return [hostile.payloads[number] for number in every(cases(SAMPLE, len(LINES)))]


def test_conversations_and_notes_are_text(
    watch: Watch, ask: Ask, hostile: Hostile, payloads: list[str], promise: Promise
) -> None:
    """As a title in the list, opened again, and as the note on an answer."""
    page = watch.page
    page.goto(f"{hostile.address}/fr/")
    for payload in payloads:
        ask(page, payload)
        page.locator(".feedback .up").click()
        page.locator(".feedback textarea").fill(payload)
        page.locator(".feedback .keep").click()
        page.wait_for_function("Object.values(opinions()).at(-1)?.note")
        page.locator("#renew").click()
        page.locator(".asked").first.wait_for(state="detached")
    page.reload()
    page.locator("#history .open").nth(len(payloads) - 1).wait_for()
    for number, payload in enumerate(reversed(payloads)):
        opener = page.locator("#history .open").nth(number)
        assert payload in (opener.text_content() or "")
        opener.click()
        page.locator(".asked").get_by_text(payload, exact=True).wait_for()
        assert page.locator(".feedback textarea").input_value() == payload
        watch.saw_nothing(hostile.address)
    places = "note on an answer, conversations listed and opened again"
    promise(f"XSS: {places}", TO_REACH, f"0 of {len(payloads)} in 3 places")


def test_the_librarys_page_is_text(
    watch: Watch, hostile: Hostile, cases: Cases, promise: Promise
) -> None:
    """The list, the search, the question before deleting; in titles, sources and what is sought."""
    page = watch.page
    chosen = every(cases(SAMPLE, len(LINES)))
    for number in chosen:
        article, payload = hostile.articles[number], hostile.payloads[number]
        page.goto(f"{hostile.address}/fr/library?{urlencode({'words': payload, 'page': payload})}")
        assert page.locator("#words").input_value() == " ".join(payload.split())
        assert " ".join(payload.split()) in (page.locator("main").text_content() or "")
        watch.saw_nothing(hostile.address)
        page.goto(f"{hostile.address}/fr/library/delete?{urlencode({'id': article.id})}")
        assert page.locator(".title").text_content() == article.title
        watch.saw_nothing(hostile.address)
    for number in range(1, -(-len(LINES) // 25) + 1):
        page.goto(f"{hostile.address}/fr/library?page={number}")
        page.locator(".articles li").first.wait_for()
        watch.saw_nothing(hostile.address)
    promise(
        "XSS: the library's page (list, figures, search, deleting)",
        TO_REACH,
        f"0 of {len(chosen)} in 5 places",
    )


def test_what_is_sent_to_the_library_is_text(
    watch: Watch, hostile: Hostile, payloads: list[str], promise: Promise
) -> None:
    """Names of files that are taken and refused, and the articles in them."""
    page = watch.page
    page.goto(f"{hostile.address}/fr/library")
    # Behind the other articles, which other tests name by their place.
    files = [_file(f"zz {n}", payload, _row(payload)) for n, payload in enumerate(payloads)]
    files += [_file(f"zy {n}", payload, "") for n, payload in enumerate(payloads)]
    page.get_by_label(OWN.choose).set_input_files(files)  # type: ignore[arg-type]  # as playwright takes them
    page.get_by_role("button", name=OWN.send, exact=True).click()
    done = page.get_by_text(OWN.sum.format(stored=len(payloads), left=len(payloads)))
    done.wait_for(timeout=len(files) * A_FILE)
    told = page.locator(".outcomes").text_content() or ""
    assert all(told.count(payload) >= 1 for payload in payloads)
    assert told.count("est vide") == len(payloads)
    watch.saw_nothing(hostile.address)
    page.goto(f"{hostile.address}/fr/library?words=dépôt")
    for number in range(min(len(payloads), page.locator(".articles .read").count())):
        page.locator(".articles .read").nth(number).click()
        page.locator("#viewer .words").get_by_text("au garrot").wait_for()
        page.keyboard.press("Escape")
    watch.saw_nothing(hostile.address)
    places = "names of files taken and refused, titles and texts of what is in them"
    promise(f"XSS: sent to the library ({places})", TO_REACH, f"0 of {len(payloads)} in 5 places")


def _file(name: str, payload: str, content: str) -> dict[str, str | bytes]:
    """As a browser sends it; no file's name has a slash."""
    named = f"{name} {payload}".replace("/", "⁄").replace("\\", "⧵")[:120]
    return {"name": f"{named}.json", "mimeType": "application/json", "buffer": content.encode()}


def _row(payload: str) -> str:
    row = {"title": f"Dépôt {payload}", "text": f"Le dahu mesure {payload} au garrot.", "id": ""}
    return json.dumps(row | {"source": f"Dépôt {payload}", "language": "fr"})


def test_exports_are_text(  # noqa: PLR0913, PLR0917 - parts of the page
    watch: Watch,
    ask: Ask,
    open_page: OpenPage,
    hostile: Hostile,
    cases: Cases,
    promise: Promise,
    tmp_path: Path,
) -> None:
    """Files of a conversation over hostile articles, opened as their readers do."""
    page = watch.page
    page.goto(f"{hostile.address}/fr/")
    ask(page, FORMULA)
    cited = hostile.articles[: cases(AT_ONCE, len(LINES))]
    for first in range(0, len(cited), AT_ONCE):
        ask(page, f"cite {first} {first + AT_ONCE}")
    files = {name: _downloaded(page, name) for name in ("HTML", "Markdown", "CSV")}
    rendered = MarkdownIt("commonmark").render(files["Markdown"])
    for name, html in (("html", files["HTML"]), ("markdown", rendered)):
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
        opened = Watch(open_page(bypass_csp=True), watch.sink)
        opened.page.goto((tmp_path / f"{name}.html").as_uri())
        said = " ".join((opened.page.locator("body").text_content() or "").split())
        assert all(" ".join(article.text.split()) in said for article in cited)
        links = opened.page.evaluate("[...document.links].map((link) => link.href)")
        assert links
        assert all(link.startswith("https://gazette.example/") for link in links)
        shown = opened.page.locator("body").locator("script, img, iframe, style, form, svg, link")
        assert shown.count() == 0
        opened.saw_nothing("file://")
    rows = list(csv.reader(files["CSV"].removeprefix("\ufeff").splitlines(), delimiter=";"))
    assert len(rows) >= len(cited) + 2
    assert not [value for row in rows for value in row if FORMULAS & set(value.strip()[:1])]
    assert rows[1][0] == f"'{FORMULA}"
    watch.saw_nothing(hostile.address)
    promise(
        "XSS: exports (HTML and Markdown in the browser, CSV's cells)",
        TO_REACH,
        f"0 of {len(cited)} in 3 files",
    )


def _downloaded(page: Page, name: str) -> str:
    with page.expect_download() as waited:
        page.get_by_role("button", name=name, exact=True).click()
    return waited.value.path().read_text(encoding="utf-8")
