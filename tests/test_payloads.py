"""Scripts, fetches and fake forms in every place that articles and people fill, in a real Chromium.

The browser is told to ignore the Content-Security-Policy, so that what is proved is the escaping;
`test_page_safety.py` proves the policy. A loopback server stands for the attacker's machine.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from hostile_library import AT_ONCE, SAMPLE, TO_REACH, every
from watches import FRAMES, LINES, Watch

from index.errors import InputError

if TYPE_CHECKING:
    from conftest import Ask, OpenPage
    from hostile_library import Hostile
    from promises import Cases, Promise
    from watches import Sink

FRAMES_AT_ONCE = 22
ALIVE = 0.6  # of the payloads run or call out by themselves where they are not escaped
LONGEST_WAIT = 60.0  # seconds for that; on a machine of its own it takes two


def test_there_are_enough() -> None:
    assert len(set(LINES)) >= 150
    assert sum("{sink}" in line or "{port}" in line for line in LINES) >= 30


def test_the_watch_sees_what_it_should(
    open_page: OpenPage, sink: Sink, cases: Cases, promise: Promise
) -> None:
    """The positive control: the same payloads as markup do run, and do call out."""
    page = Watch(open_page(may_fail=True, bypass_csp=True), sink).page
    page.goto(f"http://127.0.0.1:{sink.port}/")
    chosen = every(cases(FRAMES_AT_ONCE, len(LINES)))
    page.evaluate(FRAMES, [[number, sink.payloads()[number]] for number in chosen])
    ran: set[str] = set()
    called: set[str] = set()
    until = time.monotonic() + LONGEST_WAIT
    while len(ran | called) < ALIVE * len(chosen) and time.monotonic() < until:
        page.wait_for_timeout(200)
        ran = {number for number in page.evaluate("window.ran") if number}
        called = {asked.split("/")[1] for asked in sink.asked}
    promise(
        "XSS: the same payloads where nothing is escaped (positive control)",
        f"{ALIVE:.0%} run or call out",
        f"{len(ran | called) / len(chosen):.0%}: {len(ran)} of {len(chosen)} ran, "
        f"{len(called)} called out",
    )
    assert min(len(ran), len(called)) >= len(chosen) / 5
    assert len(ran | called) >= ALIVE * len(chosen)


def test_cited_articles_are_text(
    watch: Watch, ask: Ask, hostile: Hostile, promise: Promise
) -> None:
    """Text, title, source, address, file name, short answer and other values of every payload."""
    page = watch.page
    page.goto(f"{hostile.address}/fr/")
    for first in range(0, len(hostile.articles), AT_ONCE):
        ask(page, f"cite {first} {first + AT_ONCE}")
    page.locator(".card").nth(len(hostile.articles) - 1).wait_for()
    shown = page.locator("#messages").text_content() or ""
    for article in hostile.articles:
        assert shown.count(article.title) >= 1, article.title
        assert shown.count(article.text) >= 3, article.text
        assert shown.count(article.source or "") >= 2, article.source
    links = page.evaluate("[...document.querySelectorAll('.original a')].map((a) => a.href)")
    assert len(links) == sum(str(article.url).startswith("https:") for article in hostile.articles)
    watch.saw_nothing(hostile.address)
    places = "text, title, source, address, file name, short answer and other values"
    promise(f"XSS: articles cited ({places})", TO_REACH, f"0 of {len(LINES)} in 7 places")


def test_passages_beside_a_refusal_are_text(
    watch: Watch, ask: Ask, hostile: Hostile, cases: Cases, promise: Promise
) -> None:
    page = watch.page
    page.goto(f"{hostile.address}/fr/")
    for first in range(0, cases(SAMPLE, len(LINES)), 3):
        ask(page, f"close {first} {first + 3}")
    shown = page.locator("#messages").text_content() or ""
    assert hostile.articles[0].text in shown
    watch.saw_nothing(hostile.address)
    promise(
        "XSS: passages beside a refusal", TO_REACH, f"0 of {cases(SAMPLE, len(LINES))} in 4 places"
    )


def test_questions_and_errors_are_text(
    watch: Watch, ask: Ask, hostile: Hostile, cases: Cases, promise: Promise
) -> None:
    """As asked, as searched, as told by an error; and the examples made of titles."""
    chosen = [hostile.payloads[number] for number in every(cases(SAMPLE, len(LINES)))]
    page = watch.page
    for start in range(0, len(chosen), AT_ONCE):
        page.goto(f"{hostile.address}/fr/")
        assert "Titre" in page.locator("#welcome button").first.inner_text()
        for payload in chosen[start : start + AT_ONCE]:
            ask(page, payload)
            ask(page, f"fail {payload}")
            said = page.locator(".answer, .notice.failed").last.text_content() or ""
            assert str(InputError(payload)) in said, said
        shown = page.locator("#messages").text_content() or ""
        assert all(shown.count(payload) >= 3 for payload in chosen[start : start + AT_ONCE])
        watch.saw_nothing(hostile.address)
    promise(
        "XSS: questions, as asked and as searched, errors, examples",
        TO_REACH,
        f"0 of {cases(SAMPLE, len(LINES))} in 4 places",
    )


def test_articles_beside_the_chat_are_text(
    watch: Watch, ask: Ask, hostile: Hostile, cases: Cases, promise: Promise
) -> None:
    page = watch.page
    page.goto(f"{hostile.address}/fr/")
    for number in every(cases(SAMPLE, len(LINES))):
        if page.locator(".answer").count() == AT_ONCE:
            page.goto(f"{hostile.address}/fr/")
        ask(page, f"cite {number} {number + 1}")
        page.locator(".card a.read").last.click()
        article = hostile.articles[number]
        page.locator("#viewer .words").get_by_text(article.text).wait_for()
        assert page.locator("#viewer h2").text_content() == article.title
        page.keyboard.press("Escape")
    watch.saw_nothing(hostile.address)
    promise(
        "XSS: articles beside the chat (text, title, source, address)",
        TO_REACH,
        f"0 of {cases(SAMPLE, len(LINES))} in 4 places",
    )


def test_pages_and_errors_are_text(
    watch: Watch, hostile: Hostile, cases: Cases, promise: Promise
) -> None:
    """Articles opened alone; payloads in every part of an address: path, query, fragment."""
    page = watch.page
    for number in every(cases(SAMPLE, len(LINES))):
        article, payload = hostile.articles[number], quote(hostile.payloads[number], safe="")
        page.goto(f"{hostile.address}/fr/article?{urlencode({'id': article.id, 'end': 9})}")
        assert page.locator(".words").text_content() == article.text
        assert page.title() == f"{' '.join(article.title.split())} · Dépêche"
        watch.saw_nothing(hostile.address)
        for place in (
            f"fr/article?id={payload}&start={payload}&end={payload}",
            payload,
            f"v1/articles/{payload}",
            f"v1/articles?after={payload}&limit={payload}",
            f"signin?to={payload}#{payload}",
            f"signout?to={payload}",
        ):
            page.goto(f"{hostile.address}/{place}")
            watch.saw_nothing(hostile.address)
    named = quote(" ".join(hostile.payloads), safe="")
    page.goto(f"{hostile.address}/fr/?{named}={named}#{named}")
    page.locator("#welcome").wait_for()
    watch.saw_nothing(hostile.address)
    promise(
        "XSS: articles alone; path, query and fragment of addresses",
        TO_REACH,
        f"0 of {cases(SAMPLE, len(LINES))} in 11 places",
    )
