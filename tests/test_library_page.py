"""The library's own page: what it shows, to whom; adding and deleting, and who may."""

from __future__ import annotations

import io
import json
import zipfile
from html import unescape
from typing import TYPE_CHECKING, Any, Final

import pytest
from starlette.testclient import TestClient

from index.holdings import _periods, articles_named, dates, last_indexed, sources
from page.library import library_routes
from page.library_texts import LIBRARY
from page.texts import ENGLISH, FRENCH
from rag.doors.access import open_access
from rag.doors.limits import LONGEST_BODY, LONGEST_UPLOAD
from rag.doors.tokens import Tokens
from rag.server import doors, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Ask, OpenPage, Serving
    from playwright.sync_api import Page

    from rag.chain import Chain

OWN: Final = LIBRARY["fr"]
ZORGLUB: Final = "Le zorglub\n\nLe zorglub bleu mesure 12 mètres au garrot, dit un garde.\n"
# How full the bar is and how many outcomes are told, whenever it moves.
WATCH_BAR: Final = """() => {
  const bar = document.querySelector("progress");
  const told = () => document.querySelectorAll(".outcomes li").length;
  window.seen = [];
  new MutationObserver(() => window.seen.push([bar.value, told()]))
    .observe(bar, { attributeFilter: ["value"] });
}"""
HOSTILE: Final = '"><img src=x onerror=alert(1)>'


def served(chain: Chain, *, token_required: bool = False) -> TestClient:
    access = open_access(chain.library.folder, "127.0.0.1", token_required=token_required)
    application = doors(chain, access)
    for texts in (FRENCH, ENGLISH):
        application.router.routes += library_routes(chain, texts)
    return TestClient(guarded(application, 0), "http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def client(chain: Chain) -> TestClient:
    return served(chain)


@pytest.fixture
def reader(chain: Chain) -> Iterator[TestClient]:
    """Who may ask and not change."""
    words = Tokens(chain.library.folder).add("Ana", "reader")
    with served(chain, token_required=True) as client:
        client.headers["Authorization"] = f"Bearer {words}"
        yield client


def sent(client: TestClient, *files: tuple[str, bytes | str]) -> list[dict[str, str]]:
    """What became of each file."""
    parts = [("files", (name, data)) for name, data in files]
    response = client.post("/fr/library/add", files=parts)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


@pytest.mark.parametrize(
    ("published", "periods"),
    [
        (["2024-11-02", "2025-01", "2024-11-30"], {"2024-11": 2, "2024-12": 0, "2025-01": 1}),
        (["2024", "2022-03-01"], {"2022": 1, "2023": 0, "2024": 1}),
        (["1944-06-06", "1999", "2001"],
         {"1940s": 1, "1950s": 0, "1960s": 0, "1970s": 0, "1980s": 0, "1990s": 1, "2000s": 1}),
        ([], {}),
    ],
)  # fmt: skip
def test_periods_are_as_fine_as_can_be_shown(published: list[str], periods: dict[str, int]) -> None:
    counts = {date: published.count(date) for date in published}
    assert _periods(counts) == periods
    assert list(_periods(counts)) == list(periods)


def test_the_figures_are_those_of_the_articles(corpus_chain: Chain) -> None:
    database = corpus_chain.library.database
    found = dates(database)
    assert sum(n for _, n in found.periods) + found.undated == database.count()[0] == 39
    given = [article.source for article in corpus_chain.library.articles() if article.source]
    named = [source.replace("'", "’") for source in given]  # one source, written in two ways
    assert given != named
    assert sources(database) == {name: named.count(name) for name in named}
    assert last_indexed(database)


def test_articles_are_found_by_title_and_source_whatever_the_accents(corpus_chain: Chain) -> None:
    database = corpus_chain.library.database
    found, count = articles_named(database, "GAZETTE rhone greve", 0, 10)
    assert count == len(found) > 0
    assert all("Gazette du Rhône" in (article.source or "") for article in found)
    pages = [articles_named(database, "", start, 10)[0] for start in range(0, 40, 10)]
    listed = [article.id for page in pages for article in page]
    assert sorted(listed) == [article.id for article in corpus_chain.library.articles()]
    assert articles_named(database, "zorglub", 0, 10) == ([], 0)


def test_the_page_says_what_the_library_holds(client: TestClient) -> None:
    html = client.get("/fr/library").text
    assert "<dd>39</dd>" in html
    assert "français (36), anglais (2), allemand (1)" in html.replace("<bdi>", "").replace(
        "</bdi>", ""
    )
    assert html.count("<rect ") == html.count('<th scope="row">') + 1  # 2022 has none
    assert html.count('class="delete"') == 25
    assert "Delete “À Valbrenne, le tramway" in unescape(
        client.get("/en/library?words=tramway").text
    )
    last = client.get("/fr/library", params={"page": 2}).text
    assert last.count('class="delete"') == 14
    for odd in ("0", "-1", "x", "9" * 30, "999"):
        assert client.get("/fr/library", params={"page": odd}).status_code == 200
    hostile = client.get("/fr/library", params={"words": HOSTILE}).text
    assert "<img" not in hostile
    assert HOSTILE in unescape(hostile)


def test_who_may_only_read_is_offered_no_change(reader: TestClient, chain: Chain) -> None:
    html = reader.get("/fr/library").text
    assert 'id="upload"' not in html
    assert "/library/delete" not in html
    article = next(iter(chain.library.articles())).id
    assert reader.get("/fr/library/delete", params={"id": article}).status_code == 403
    assert reader.post("/fr/library/delete", data={"id": article}).status_code == 403
    files = {"files": ("zorglub.txt", ZORGLUB)}
    assert reader.post("/fr/library/add", files=files).status_code == 403
    large = {"files": ("large.txt", b"x" * (LONGEST_BODY + 1))}
    assert reader.post("/fr/library/add", files=large).status_code == 413
    assert chain.library.database.count()[0] == 39


def test_a_page_of_another_site_changes_nothing(client: TestClient, chain: Chain) -> None:
    article = next(iter(chain.library.articles())).id
    for origin in ("https://evil.example", "null"):
        headers = {"Origin": origin}
        deleted = client.post("/fr/library/delete", data={"id": article}, headers=headers)
        files = {"files": ("zorglub.txt", ZORGLUB)}
        added = client.post("/fr/library/add", files=files, headers=headers)
        assert (deleted.status_code, added.status_code) == (403, 403)
    assert chain.library.database.count()[0] == 39


def test_what_is_sent_is_added_and_what_is_refused_says_why(
    client: TestClient, chain: Chain
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("un/loup.md", "# Le loup gris\n\nLe loup gris est revenu dans la vallée.")
    rows = sent(
        client,
        ("zorglub.txt", ZORGLUB),
        ("vide.txt", ""),
        ("photo.jpg", b"\xff\xd8\xff"),
        ("cassé.pdf", b"%PDF-1.4 rien"),
        ("lot.zip", packed.getvalue()),
    )
    kinds = {row["file"]: row["kind"] for row in rows}
    assert kinds == {
        "zorglub.txt": "stored", "vide.txt": "refused", "photo.jpg": "refused",
        "cassé.pdf": "refused", "lot.zip": "stored",
    }  # fmt: skip
    assert all(row["line"] and "\n" not in row["line"] for row in rows)
    assert not [row for row in rows if "/tmp" in row["line"]]  # noqa: S108 - looked for
    assert chain.library.article("lot/un/loup").title == "Le loup gris"
    assert chain.ask("Combien mesure le zorglub bleu ?").short == "12 mètres"


def test_nothing_that_is_there_is_replaced(client: TestClient, chain: Chain) -> None:
    assert [row["kind"] for row in sent(client, ("zorglub.txt", ZORGLUB))] == ["stored"]
    assert [row["kind"] for row in sent(client, ("zorglub.txt", ZORGLUB))] == ["unchanged"]
    other = sent(client, ("zorglub.txt", ZORGLUB.replace("12", "14")))
    row = json.dumps({"id": next(iter(chain.library.articles())).id, "text": "Autre chose ici."})
    other += sent(client, ("rows.jsonl", row))
    assert [(row["kind"], row["line"]) for row in other] == [("refused", OWN.taken)] * 2
    assert "12 mètres" in chain.library.article("zorglub").text


@pytest.mark.parametrize(
    "name",
    [
        "../../zorglub.txt",
        "C:\\a\\zorglub.txt",
        "/etc/zorglub.txt",
        " .zorglub.txt",
    ],
)  # fmt: skip
def test_a_files_name_leads_nowhere(client: TestClient, chain: Chain, name: str) -> None:
    [row] = sent(client, (name, ZORGLUB))
    assert row["kind"] == "stored"
    assert chain.library.article("zorglub").title == "Le zorglub"


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "é" * 200 + ".txt", "..txt"])
def test_a_files_name_may_be_odd(client: TestClient, chain: Chain, name: str) -> None:
    [row] = sent(client, (name, ZORGLUB))
    assert row["kind"] in {"stored", "refused"}
    assert chain.library.database.count()[0] == 39 + (row["kind"] == "stored")


def test_too_much_at_a_time_is_refused(client: TestClient, chain: Chain) -> None:
    declared = {"Content-Length": str(LONGEST_UPLOAD + 1)}
    refused = client.post("/fr/library/add", content=b"", headers=declared)
    assert refused.status_code == 413
    assert client.post("/fr/library/add", data={"files": "x"}).status_code == 422
    assert chain.library.database.count()[0] == 39


def test_an_article_is_deleted_from_every_file(client: TestClient, chain: Chain) -> None:
    article = next(iter(chain.library.articles()))
    asked = client.get("/fr/library/delete", params={"id": article.id})
    assert article.title in unescape(asked.text)
    done = client.post("/fr/library/delete", data={"id": article.id})
    assert (done.status_code, done.headers["location"]) == (303, "/fr/library?deleted")
    words = article.text[100:180].encode()
    files = [path for path in chain.library.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if words in path.read_bytes()]
    assert client.post("/fr/library/delete", data={"id": article.id}).status_code == 404
    assert client.get("/fr/library/delete", params={"id": article.id}).status_code == 404


def test_what_is_added_is_found_and_what_is_deleted_is_not(
    open_page: OpenPage, ask: Ask, serving: Serving, chain: Chain, tmp_path: Path
) -> None:
    (tmp_path / "zorglub.txt").write_text(ZORGLUB, encoding="utf-8")
    (tmp_path / "vide.txt").write_text("", encoding="utf-8")
    with serving("app.py", "--port", "0", "--library", str(chain.library.folder)) as address:
        page = open_page(viewport={"width": 390, "height": 844})
        page.goto(f"{address}/fr/")
        page.get_by_role("link", name=FRENCH.library).click()
        page.get_by_label(OWN.choose).set_input_files(
            [tmp_path / "zorglub.txt", tmp_path / "vide.txt"]
        )
        _pressed(page, OWN.send)
        page.get_by_text(OWN.sum.format(stored=1, left=1)).wait_for()
        assert "est vide" in page.locator(".outcomes .refused").inner_text()
        page.get_by_text(OWN.found.format(count=40)).wait_for()
        assert "12 mètres" in _answered(page, ask, address)
        assert FRENCH.holdings.format(count=40) in page.locator("#masthead").inner_text()
        page.goto(f"{address}/fr/library")
        page.get_by_label(OWN.search).fill("zorglub")
        page.keyboard.press("Enter")
        page.wait_for_url("**/fr/library?words=zorglub#list")  # what is found is in sight
        _pressed(page, OWN.delete_one.format(title="Le zorglub"), "link")
        _pressed(page, OWN.delete)
        page.get_by_text(OWN.deleted).wait_for()
        assert "12 mètres" not in _answered(page, ask, address)
        assert FRENCH.holdings.format(count=39) in page.locator("#masthead").inner_text()


def test_the_bar_is_full_when_all_is_read(
    open_page: OpenPage, serving: Serving, chain: Chain, tmp_path: Path
) -> None:
    names = [tmp_path / f"zorglub{n}.txt" for n in range(3)]
    for name in names:
        name.write_text(f"{name.stem}\n\n{ZORGLUB}", encoding="utf-8")
    with serving("app.py", "--port", "0", "--library", str(chain.library.folder)) as address:
        page = open_page()
        page.goto(f"{address}/fr/library")
        page.get_by_label(OWN.choose).set_input_files(names)
        page.evaluate(WATCH_BAR)
        _pressed(page, OWN.send)
        page.get_by_text(OWN.sum.format(stored=3, left=0)).wait_for()
        seen = page.evaluate("window.seen")
    assert [0.5, 0] in seen, "sent, nothing read"
    assert seen == sorted(seen)
    assert {count for share, count in seen if share == 1} == {3}


def _pressed(page: Page, name: str, role: Any = "button") -> None:  # noqa: ANN401 - as playwright has it
    """A control is reached and pressed without a pointer."""
    control = page.get_by_role(role, name=name, exact=True)
    control.focus()
    page.keyboard.press("Enter")


def _answered(page: Page, ask: Ask, address: str) -> str:
    page.goto(f"{address}/fr/")
    ask(page, "Combien mesure le zorglub bleu ?")
    return page.locator("#messages .answer").inner_text().replace("\u00a0", " ")
