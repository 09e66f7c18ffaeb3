"""What /openapi.json says of REST: every body has an example, and the examples are real."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from rag.doors import articles, openai_api, schema
from rag.doors.access import PUBLIC, open_access
from rag.doors.examples import ANSWER, COMPLETED, FINDINGS, FOUND, MODEL, QUESTION
from rag.doors.tokens import Tokens

if TYPE_CHECKING:
    from conftest import ClientOf
    from starlette.testclient import TestClient

    from rag.chain import Chain

MEDIA = ("application/json", "application/problem+json")


@pytest.fixture
def client(client_of: ClientOf, corpus_chain: Chain) -> TestClient:
    return client_of(corpus_chain)


def described(client: TestClient) -> dict[str, Any]:
    said: dict[str, Any] = client.get("/openapi.json").json()
    return said


def test_every_body_has_an_example(client: TestClient) -> None:
    said = described(client)
    named = said["components"]["schemas"]
    without, count = [], 0
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
            for kind, body in bodies.items():
                for media in set(MEDIA) & set(body.get("content", {})):
                    shown = body["content"][media]
                    name = shown["schema"].get("$ref", "").rpartition("/")[2]
                    count += 1
                    if "example" not in shown and "examples" not in named.get(name, {}):
                        without.append((method, path, kind, name))
    assert count > 60
    assert without == []


@pytest.mark.parametrize("part", [schema, articles, openai_api], ids=lambda part: part.__name__)
def test_each_example_is_as_described(part: Any) -> None:  # noqa: ANN401 - a module
    models = [kind for kind in vars(part).values() if "model_config" in dir(kind)]
    shown = {kind: kind.model_config.get("json_schema_extra", {}) for kind in models}
    assert sum(map(bool, shown.values())) > 4
    for kind, extra in shown.items():
        for example in extra.get("examples", []):
            TypeAdapter(kind).validate_json(json.dumps(example), strict=True, extra="forbid")


def test_the_examples_are_what_the_doors_give(client: TestClient) -> None:
    asked = {"model": "depeche", "messages": [{"role": "user", "content": QUESTION}]}
    completed = client.post("/v1/chat/completions", json=asked).json()
    assert completed.keys() == COMPLETED.keys()
    assert completed["choices"] == json.loads(json.dumps(COMPLETED["choices"]))
    assert completed["usage"] == COMPLETED["usage"]
    altered: dict[str, Any] = json.loads(json.dumps(ANSWER))
    altered["citations"][0]["title"] = "Autre titre"
    assert client.post("/v1/verify", json=altered).json() == FINDINGS
    [hit] = client.post("/v1/search", json={"question": QUESTION, "limit": 1}).json()["hits"]
    assert hit.keys() == FOUND["hits"][0].keys()
    assert client.get("/v1/models").json() == {"object": "list", "data": [MODEL]}
    assert client.get("/v1/models/depeche").json() == MODEL


def test_a_token_is_described_where_one_is_required(client_of: ClientOf, chain: Chain) -> None:
    assert "securitySchemes" not in described(client_of(chain))["components"]
    words = Tokens(chain.library.folder).add("Ana", "reader")
    access = open_access(chain.library.folder, "127.0.0.1", token_required=True)
    client = client_of(chain, access)
    client.headers["Authorization"] = f"Bearer {words}"
    said = described(client)
    assert said["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            assert ("security" in operation) == (path not in PUBLIC), (method, path)
