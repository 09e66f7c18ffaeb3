"""The library as a chat model, asked by OpenAI's own client over a real server on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openai
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import ClientOf

    from rag.chain import Chain

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as opened:
        yield opened


def said(text: str, role: str = "user") -> Any:  # noqa: ANN401 - one of many typed dictionaries
    return {"role": role, "content": text}


def test_an_answer_comes_with_its_citations(client: openai.OpenAI, corpus_chain: Chain) -> None:
    done = client.chat.completions.create(
        model="depeche", messages=[said("Sois bref.", "system"), said(SOLDIERS)], temperature=0.2
    )
    answer = corpus_chain.ask(SOLDIERS)
    message = done.choices[0].message
    assert message.content == answer.text
    assert done.choices[0].finish_reason == "stop"
    assert message.annotations
    assert len(message.annotations) == answer.text.count("[1]")
    for annotation in message.annotations:
        cited = annotation.url_citation
        assert answer.text[cited.start_index : cited.end_index] == "[1]"
        assert (cited.url, cited.title) == (answer.citations[0].url, answer.citations[0].title)
    whole: Any = done.model_extra
    assert whole["depeche"]["citations"][0]["quote"] == answer.citations[0].quote
    assert done.usage
    assert done.usage.total_tokens == done.usage.prompt_tokens + done.usage.completion_tokens > 20


def test_a_stream_says_the_same(client: openai.OpenAI, corpus_chain: Chain) -> None:
    stream = client.chat.completions.create(model="depeche", messages=[said(SOLDIERS)], stream=True)
    chunks = list(stream)
    words = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert words == corpus_chain.ask(SOLDIERS).text
    assert sum(bool(chunk.choices[0].delta.content) for chunk in chunks) > 1
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert len({chunk.id for chunk in chunks}) == 1
    last: Any = chunks[-1].model_extra
    assert last["depeche"]["citations"][0]["marker"] == 1
    delta: Any = chunks[-1].choices[0].delta.model_extra
    assert delta["annotations"]


def test_earlier_messages_are_the_history(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(
        model="depeche",
        messages=[
            said("Quel est le budget de la défense de la France ?"),
            said("47 milliards", "assistant"),
            {"role": "user", "content": [{"type": "text", "text": "Et celui du Japon ?"}]},
        ],
    )
    whole: Any = done.model_extra
    assert "budget de la défense du Japon" in whole["depeche"]["standalone"]


def test_what_the_articles_do_not_say_is_said_so(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(
        model="depeche", messages=[said("Quelle est la recette de la quiche aux poireaux ?")]
    )
    whole: Any = done.model_extra
    assert whole["depeche"]["status"] != "answered"
    assert done.choices[0].message.annotations == []


def test_the_one_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["depeche"]
    assert client.models.retrieve("depeche").id == "depeche"
    with pytest.raises(openai.NotFoundError, match="ask for 'depeche'"):
        client.models.retrieve("gpt-9")
    with pytest.raises(openai.NotFoundError, match="ask for 'depeche'"):
        client.chat.completions.create(model="gpt-9", messages=[said("?")])


def test_errors_are_the_clients_own(client: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match="question is empty"):
        client.chat.completions.create(model="depeche", messages=[said("  ")])
    with pytest.raises(openai.UnprocessableEntityError, match="4,000"):
        client.chat.completions.create(model="depeche", messages=[said("x" * 4001)])
    with pytest.raises(openai.UnprocessableEntityError, match="user's question"):
        client.chat.completions.create(model="depeche", messages=[said("x", "assistant")])


def test_a_busy_library_is_told_in_the_stream(client_of: ClientOf, corpus_chain: Chain) -> None:
    client = client_of(corpus_chain)
    row = {"model": "depeche", "stream": True, "messages": [said("  ")]}
    refused = client.post("/v1/chat/completions", json=row)
    assert refused.status_code == 422
    assert refused.json()["error"]["message"] == refused.json()["detail"]
