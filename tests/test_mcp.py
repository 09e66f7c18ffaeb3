"""The tools for assistants, called by the SDK's own client over HTTP and over standard streams."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mcp import StdioServerParameters
from mcp.client import Client

from rag.doors.mcp_server import mcp_server
from rag.doors.schema import MOST_HITS, AnswerRow

if TYPE_CHECKING:
    from conftest import Alone, CallMcp
    from mcp.types import Tool

    from rag.chain import Chain

ROOT = Path(__file__).parents[1]
SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
COMMAND = "from rag.cli import main; main()"


def servers(address: str, library: Path) -> dict[str, Any]:
    arguments = ["-c", COMMAND, "mcp", "--library", str(library)]
    return {
        "http": f"{address}/mcp",
        "stdio": StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT),
    }


@pytest.mark.parametrize("transport", ["http", "stdio"])
def test_the_tools_give_what_the_chain_does(
    address: str,
    corpus_library: Path,
    corpus_chain: Chain,
    call_mcp: CallMcp,
    transport: str,
) -> None:
    answer = corpus_chain.ask(SOLDIERS)
    article = answer.citations[0].article
    asked, found, read, wrong, unknown, *bounds = call_mcp(
        servers(address, corpus_library)[transport],
        ("ask", {"question": SOLDIERS}),
        ("search", {"question": SOLDIERS, "limit": 2, "filters": {"until": "2024-10-20"}}),
        ("get_article", {"article": article}),
        ("ask", {"question": "  "}),
        ("get_article", {"article": "nulle part"}),
        *(("search", {"question": SOLDIERS, "limit": limit}) for limit in (0, MOST_HITS + 1)),
    )
    row = AnswerRow.model_validate(asked.structured_content)
    assert row.text == answer.text
    assert answer.citations[0].quote in asked.content[0].text
    assert found.structured_content
    assert len(found.structured_content["hits"]) == 2
    assert all(hit["published"] <= "2024-10-20" for hit in found.structured_content["hits"])
    assert read.structured_content
    assert read.structured_content["text"] == corpus_chain.library.article(article).text
    assert wrong.is_error
    assert "question is empty" in str(wrong.content)
    assert unknown.is_error
    assert "no article has the id" in str(unknown.content)
    assert all(refused.is_error for refused in bounds)


def test_each_tool_says_what_it_takes_and_gives(corpus_chain: Chain, alone: Alone) -> None:
    async def listed() -> list[Tool]:
        async with Client(mcp_server(corpus_chain)) as client:
            return (await client.list_tools()).tools

    tools: list[Tool] = alone(listed)
    assert [tool.name for tool in tools] == ["ask", "search", "get_article"]
    for tool in tools:
        assert tool.description
        assert tool.input_schema["properties"]
        assert tool.output_schema
        assert tool.output_schema["properties"]
        assert tool.annotations
        assert tool.annotations.read_only_hint
