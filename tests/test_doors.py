"""One question, every door: the same citations, byte for byte."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import openai
import pytest
from conftest import ROOT
from mcp import StdioServerParameters

import rag
from rag.langchain import as_runnable
from rag.record import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import CallMcp, Done

    from rag.chain import Chain

QUESTIONS = (
    "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
    "How many troops are in the Kursk region?",
    "Pourquoi le pont de Brissagne est-il fermé ?",
)


def written(citations: object) -> bytes:
    return json.dumps(citations, ensure_ascii=False).encode()


def by_rest(address: str, question: str, accept: str) -> str:
    headers = {"Content-Type": "application/json", "Accept": accept}
    data = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{address}/v1/ask", data, headers), timeout=30) as response:
        return str(response.read().decode())


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_equal_through_every_door(  # noqa: PLR0913, PLR0917 - doors are many
    address: str,
    corpus_library: Path,
    corpus_chain: Chain,
    depeche: Callable[..., Done],
    call_mcp: CallMcp,
    question: str,
) -> None:
    by_cli = json.loads(depeche("ask", "--json", question, "--library", corpus_library).out)
    plain = json.loads(by_rest(address, question, "application/json"))
    events = by_rest(address, question, "text/event-stream")
    last = json.loads(events.strip().splitlines()[-1].removeprefix("data: "))
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client:
        completed: Any = client.chat.completions.create(
            model="depeche", messages=[{"role": "user", "content": question}]
        ).model_extra
    command = ["-c", "from rag.cli import main; main()", "mcp", "--library", str(corpus_library)]
    stdio = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
    tools = [
        call_mcp(server, ("ask", {"question": question}))[0].structured_content
        for server in (f"{address}/mcp", stdio)
    ]
    chained = record(as_runnable(corpus_chain).invoke(question), 0)
    python = record(rag.open_chain(str(corpus_library)).ask(question), 0)
    rows = [by_cli, plain, last, completed["depeche"], *tools, chained, python]
    assert by_cli["citations"]
    assert len({written(row["citations"]) for row in rows}) == 1
    assert len({row["text"] for row in rows}) == 1


def test_the_chain_is_loaded_when_it_is_asked_for() -> None:
    assert "open_chain" in rag.__all__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        rag.nothing  # noqa: B018 - asked for
    assert rag.open_chain is sys.modules["rag.chain"].open_chain
