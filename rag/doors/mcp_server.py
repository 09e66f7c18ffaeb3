"""The library for assistants that speak MCP: ask, search, get_article, with structured content.

Over HTTP as a route of the server, over standard input and output by `depeche mcp`.
"""

import time
from dataclasses import asdict
from typing import Annotated, Any, Final

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from starlette.applications import Starlette

from index.errors import DepecheError
from rag.chain import Chain
from rag.doors.schema import (
    AnswerRow,
    ArticleRow,
    Earlier,
    FoundRows,
    Limit,
    Narrowed,
    QuestionText,
    found_rows,
)
from rag.record import record
from rag.retrieve import HITS

PATH: Final = "/mcp"
SHOWN: Final = 5  # passages that the text for the model shows; the structured content has all
INSTRUCTIONS: Final = (
    "Answers questions over a library of news articles with the articles' exact words. Ask in the "
    "question's own language. Only what a citation quotes is proved; status 'unsupported' or "
    "'refused' means that the articles do not say."
)
_EVERYTHING: Final = Narrowed()
_READS: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def mcp_server(chain: Chain) -> MCPServer:
    """The three tools over a library."""
    tools = Tools(chain)
    server = MCPServer("depeche", instructions=INSTRUCTIONS, log_level="WARNING")
    for tool in (tools.ask, tools.search, tools.get_article):
        server.add_tool(tool, annotations=_READS)
    return server


def mcp_application(chain: Chain) -> Starlette:
    """The tools over streamable HTTP. Its lifespan has to be run; `rag.doors.access` guards it."""
    return mcp_server(chain).streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )


def run_on_standard_streams(chain: Chain) -> None:
    """Answer a client that started this process, until it ends."""
    mcp_server(chain).run("stdio")


class Tools:
    """What a client may call; the models read a docstring as the tool's description."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def ask(
        self,
        question: QuestionText,
        history: Earlier | None = None,
        filters: Narrowed = _EVERYTHING,
    ) -> Annotated[CallToolResult, AnswerRow]:
        """Answer a question from the articles, with the exact sentences that prove it."""
        began = time.perf_counter()
        try:
            answer = self._chain.ask(question, history or (), filters.filters())
        except DepecheError as error:
            raise ToolError(str(error)) from error
        row = record(answer, time.perf_counter() - began)
        lines = [
            f"[{cited.marker}] {cited.title}, {cited.source or ''} {cited.published or ''} "
            f"{cited.url or ''}: “{cited.quote}”"
            for cited in answer.citations
        ]
        return _result("\n".join([f"{answer.status}: {answer.text}", *lines]), row)

    def search(
        self,
        question: QuestionText,
        filters: Narrowed = _EVERYTHING,
        limit: Limit = HITS,
    ) -> Annotated[CallToolResult, FoundRows]:
        """Find the passages of the articles that may answer a question, best first."""
        try:
            found = self._chain.search(question, filters=filters.filters(), limit=limit)
        except DepecheError as error:
            raise ToolError(str(error)) from error
        row = found_rows(found)
        lines = [f"{hit['title']} ({hit['article']}): {hit['text']}" for hit in row["hits"][:SHOWN]]
        return _result("\n\n".join(lines) or "nothing was found", row)

    def get_article(self, article: str) -> Annotated[CallToolResult, ArticleRow]:
        """Read a whole article by its id, as citations and passages name it."""
        try:
            found = self._chain.library.article(article)
        except DepecheError as error:
            raise ToolError(str(error)) from error
        row = asdict(found)
        return _result(f"{found.title}\n\n{found.text}", row)


def _result(text: str, row: dict[str, Any]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=row)
