"""REST: what is asked, found and told, over the sample corpus."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from rag.doors.examples import ANSWER, STATUS
from rag.doors.metrics import door_of
from rag.doors.schema import AnswerRow
from rag.record import record

if TYPE_CHECKING:
    from conftest import ClientOf
    from starlette.testclient import TestClient

    from rag.chain import Chain

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


@pytest.fixture
def client(client_of: ClientOf, corpus_chain: Chain) -> TestClient:
    return client_of(corpus_chain)


def without_seconds(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "seconds"}


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_an_answer_is_the_chains_own(client: TestClient, corpus_chain: Chain) -> None:
    answered = client.post("/v1/ask", json={"question": SOLDIERS})
    assert answered.status_code == 200
    expected = json.loads(json.dumps(record(corpus_chain.ask(SOLDIERS), 0)))
    assert without_seconds(answered.json()) == without_seconds(expected)
    assert answered.json()["status"] == "answered"


def test_the_schema_says_all_of_an_answer(client: TestClient) -> None:
    for question in (SOLDIERS, "Quelle est la recette de la quiche ?"):
        row = client.post("/v1/ask", json={"question": question}).json()
        assert AnswerRow.model_validate(row).model_dump(mode="json") == row
    assert AnswerRow.model_validate(ANSWER).model_dump(mode="json") == ANSWER


def test_the_examples_are_of_the_sample_corpus(client: TestClient) -> None:
    assert client.post("/v1/verify", json=ANSWER).json() == {"holds": True, "findings": []}
    said = client.get("/v1/status").json()
    assert STATUS.keys() == said.keys()
    assert all(said[name] == STATUS[name] for name in ("articles", "passages", "languages"))


def test_events_are_ever_fuller_answers(client: TestClient) -> None:
    accept = {"Accept": "text/event-stream"}
    streamed = client.post("/v1/ask", json={"question": SOLDIERS}, headers=accept)
    assert streamed.headers["content-type"].startswith("text/event-stream")
    rows = events(streamed.text)
    assert [name for name, _ in rows] == ["answer"] * (len(rows) - 1) + ["done"]
    texts = [row["text"] for _, row in rows]
    assert len(set(texts)) > 1
    assert texts == sorted(texts, key=len)
    whole = client.post("/v1/ask", json={"question": SOLDIERS}).json()
    assert without_seconds(rows[-1][1]) == without_seconds(whole)


def test_a_follow_up_leans_on_the_history(client: TestClient) -> None:
    asked = {
        "question": "Et celui du Japon ?",
        "history": ["Quel est le budget de la défense de la France ?"],
    }
    assert "Japon" in client.post("/v1/ask", json=asked).json()["standalone"]
    assert "budget" in client.post("/v1/search", json=asked).json()["standalone"]


def test_filters_narrow_answers_and_passages(client: TestClient) -> None:
    asked = {"question": SOLDIERS, "filters": {"until": "2024-10-20"}}
    hits = client.post("/v1/search", json=asked).json()["hits"]
    assert hits
    assert all(hit["published"] <= "2024-10-20" for hit in hits)
    for citation in client.post("/v1/ask", json=asked).json()["citations"]:
        assert citation["published"] <= "2024-10-20"


def test_a_search_gives_as_many_passages_as_wanted(client: TestClient, corpus_chain: Chain) -> None:
    found = client.post("/v1/search", json={"question": SOLDIERS, "limit": 3}).json()["hits"]
    assert len(found) == 3
    for hit in found:
        text = corpus_chain.library.article(hit["article"]).text
        assert text[hit["start"] : hit["end"]] == hit["text"]


def test_an_answer_that_was_altered_is_known(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": SOLDIERS}).json()
    assert client.post("/v1/verify", json=answer).json() == {"holds": True, "findings": []}
    [citation] = answer["citations"]
    citation["quote"] = citation["quote"].replace("10", "12")
    verified = client.post("/v1/verify", json=answer).json()
    assert not verified["holds"]
    assert "altered quote" in [finding["fault"] for finding in verified["findings"]]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"question": ""}, "at least 1 character"),
        ({"question": "   "}, "empty"),
        ({"question": "x" * 4001}, "at most 4000"),
        ({"question": "x", "typo": 1}, "typo"),
        ({"question": "x", "filters": {"sinc": "2024"}}, "sinc"),
        ({"question": "x", "filters": {"since": "hier"}}, "since"),
        ({"question": "x", "filters": {"since": "2024-13"}}, "2024-13"),
        ({"question": "x", "history": ["y"] * 51}, "history"),
        ("question", "body"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    client: TestClient, asked: object, told: str
) -> None:
    for path in ("/v1/ask", "/v1/search"):
        refused = client.post(path, json=asked)
        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
        assert told in refused.json()["detail"]
        assert "\n" not in refused.json()["detail"]


def test_a_fault_is_told_before_events_begin(client: TestClient) -> None:
    asked = {"question": "  "}
    refused = client.post("/v1/ask", json=asked, headers={"Accept": "text/event-stream"})
    assert refused.status_code == 422


def test_letters_that_are_none_are_refused(client: TestClient) -> None:
    kind = {"Content-Type": "application/json"}
    refused = client.post("/v1/ask", content=b'{"question": "\\ud800"}', headers=kind)
    assert refused.status_code == 422


def test_what_is_not_there_is_a_problem_too(client: TestClient) -> None:
    missing, wrong = client.get("/v1/nothing"), client.get("/v1/ask")
    assert (missing.status_code, wrong.status_code) == (404, 405)
    assert missing.json()["title"] == "Not Found"
    assert wrong.headers["content-type"] == "application/problem+json"


def broken_chain(chain: Chain) -> Chain:
    def broken(words: str, spans: object) -> None:
        raise RuntimeError(f"secret: {words}{spans}")

    return replace(chain, answerer=SimpleNamespace(write=broken))


def test_an_unforeseen_error_tells_nothing_of_the_inside(
    client_of: ClientOf, corpus_chain: Chain
) -> None:
    client = client_of(broken_chain(corpus_chain))
    failed = client.post("/v1/ask", json={"question": SOLDIERS})
    assert failed.status_code == 500
    assert "secret" not in failed.text
    assert "log" in failed.json()["detail"]


def test_the_library_says_what_it_holds(client: TestClient) -> None:
    status = client.get("/v1/status").json()
    assert status["articles"] == 39
    assert status["languages"]["fr"] > 30


def test_health_readiness_and_figures(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"
    client.post("/v1/ask", json={"question": SOLDIERS})
    figures = client.get("/metrics").text
    assert 'depeche_requests_total{door="/v1/ask",status="200"} 1.0' in figures
    assert "depeche_articles 39.0" in figures


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/v1/articles/a/b", "/v1/articles"),
        ("/v1/nothing", "/v1"),
        ("/mcp", "/mcp"),
        ("/metricsx", "page"),
        ("/fr/", "page"),
        ("*", "page"),
    ],
)
def test_figures_are_of_few_doors_whatever_is_asked_for(path: str, door: str) -> None:
    assert door_of(path) == door


def test_a_library_made_anew_with_another_encoder_is_not_ready(
    client_of: ClientOf, corpus_chain: Chain
) -> None:
    other = SimpleNamespace(name="another", dim=256)
    client = client_of(replace(corpus_chain, embedder=other))
    assert client.get("/readyz").status_code == 503
    assert client.post("/v1/search", json={"question": "x"}).status_code == 500
