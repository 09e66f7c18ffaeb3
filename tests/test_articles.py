"""Articles over REST: listed, read, added, deleted, while questions are answered."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from filelock import FileLock

from index.build import build
from index.store import open_library

if TYPE_CHECKING:
    from conftest import ClientOf
    from starlette.testclient import TestClient

    from rag.chain import Chain

ZORGLUB = {
    "id": "bêtes/le zorglub",
    "title": "Le zorglub",
    "text": "Le zorglub bleu mesure 12 mètres au garrot.\n\nIl dort le jour.",
    "published": "2024-11-05",
    "source": "Gazette",
    "url": "https://gazette.example/zorglub",
}
ASKED = "Combien mesure le zorglub bleu ?"


def short(client: TestClient) -> str:
    return str(client.post("/v1/ask", json={"question": ASKED}).json()["short"])


def test_pages_list_every_article_once(client_of: ClientOf, corpus_chain: Chain) -> None:
    client = client_of(corpus_chain)
    asked: dict[str, Any] = {"limit": 10}
    listed = []
    while asked.get("after", "") is not None:
        page = client.get("/v1/articles", params=asked).json()
        listed += [row["id"] for row in page["articles"]]
        asked["after"] = page["next"]
    assert listed == [article.id for article in corpus_chain.library.articles()]


def test_an_article_is_read_whole(client_of: ClientOf, corpus_chain: Chain) -> None:
    article = next(iter(corpus_chain.library.articles()))
    row = client_of(corpus_chain).get(f"/v1/articles/{article.id}").json()
    assert row["text"] == article.text
    assert row["title"] == article.title


def test_what_is_added_is_found_and_what_is_deleted_is_not(
    client_of: ClientOf, chain: Chain
) -> None:
    client = client_of(chain)
    added = client.post("/v1/articles", json={"articles": [ZORGLUB]})
    assert added.status_code == 201
    assert added.json() == {"stored": [ZORGLUB["id"]], "unchanged": [], "refused": []}
    path = f"/v1/articles/{quote(ZORGLUB['id'])}"
    assert client.get(path).json()["published"] == "2024-11-05"
    assert short(client) == "12 mètres"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404
    assert "mètres" not in short(client)


def test_the_same_id_is_replaced(client_of: ClientOf, chain: Chain) -> None:
    client = client_of(chain)
    client.post("/v1/articles", json={"articles": [ZORGLUB]})
    grown = ZORGLUB | {"text": "Le zorglub bleu mesure 14 mètres au garrot. Il a grandi."}
    assert client.post("/v1/articles", json={"articles": [grown]}).json()["stored"]
    assert short(client) == "14 mètres"


def test_an_article_without_an_id_has_the_same_one_each_time(
    client_of: ClientOf, chain: Chain
) -> None:
    client = client_of(chain)
    rows = {"articles": [{"title": "Le zorglub", "text": "Le zorglub bleu mesure 12 mètres."}]}
    first, second = (client.post("/v1/articles", json=rows).json() for _ in range(2))
    assert first["stored"] == second["stored"]


def test_one_bad_article_does_not_stop_the_others(client_of: ClientOf, chain: Chain) -> None:
    client = client_of(chain)
    rows = {"articles": [{"id": "vide", "text": " \n "}, ZORGLUB]}
    added = client.post("/v1/articles", json=rows)
    assert added.status_code == 201
    assert added.json()["stored"] == [ZORGLUB["id"]]
    [refused] = added.json()["refused"]
    assert refused["id"] == "vide"
    assert "text" in refused["detail"]
    nothing = client.post("/v1/articles", json={"articles": [{"id": "vide", "text": " "}]})
    assert nothing.status_code == 422
    assert "vide" in nothing.json()["detail"]


def test_an_article_of_a_file_is_changed_there(
    client_of: ClientOf, chain: Chain, tmp_path: Path
) -> None:
    (tmp_path / "crue.txt").write_text("La crue\n\nLa rivière a débordé mardi.", encoding="utf-8")
    writer = open_library(chain.library.folder)
    assert list(build(writer, chain.embedder, [tmp_path / "crue.txt"]))
    writer.close()
    row = {"id": "crue", "text": "Rien n’a débordé."}
    refused = client_of(chain).post("/v1/articles", json={"articles": [row]})
    assert refused.status_code == 422
    assert str(tmp_path) not in refused.text
    assert "débordé mardi" in chain.library.article("crue").text


def test_a_library_that_is_written_to_says_when_to_try_again(
    client_of: ClientOf, chain: Chain
) -> None:
    client = client_of(chain)
    lock = FileLock(chain.library.folder / "writer.lock", timeout=0, thread_local=False)
    with lock:
        (chain.library.folder / "writer.pid").write_text(str(os.getpid()))
        busy = client.post("/v1/articles", json={"articles": [ZORGLUB]})
    assert busy.status_code == 503
    assert int(busy.headers["retry-after"]) > 0
    assert client.post("/v1/articles", json={"articles": [ZORGLUB]}).status_code == 201


def test_questions_are_answered_while_articles_come_and_go(
    client_of: ClientOf, chain: Chain
) -> None:
    client = client_of(chain)

    def change(number: int) -> list[int]:
        row = ZORGLUB | {"id": f"zorglub-{number}"}
        added = client.post("/v1/articles", json={"articles": [row]})
        deleted = client.delete(f"/v1/articles/zorglub-{number}")
        return [added.status_code, deleted.status_code]

    def ask(number: int) -> list[int]:
        asked = {"question": f"Combien de loups vivent en Haute-Aune, {number} ?"}
        return [client.post("/v1/ask", json=asked).status_code]

    with ThreadPoolExecutor(4) as threads:
        changes = [threads.submit(change, number) for number in range(4)]
        asked = [threads.submit(ask, number) for number in range(12)]
        assert [done.result() for done in changes] == [[201, 204]] * 4
        assert [done.result() for done in asked] == [[200]] * 12
    assert chain.library.database.count()[0] == 39


def test_the_librarys_files_are_followed_when_another_process_changes_them(
    client_of: ClientOf, chain: Chain, tmp_path: Path
) -> None:
    client = client_of(chain)
    assert "mètres" not in short(client)
    (tmp_path / "zorglub.txt").write_text(f"Le zorglub\n\n{ZORGLUB['text']}", encoding="utf-8")
    writer = open_library(chain.library.folder)
    assert list(build(writer, chain.embedder, [Path(tmp_path / "zorglub.txt")]))
    writer.close()
    assert short(client) == "12 mètres"
