"""The doors of a library as one application: REST, OpenAI-compatible, MCP; what stands in front.

Knows nothing of the chat page, which `app.py` puts beside them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer
from starlette.middleware.cors import CORSMiddleware

from index.errors import InputError
from rag.doors import articles, openai_api, rest, signin
from rag.doors.access import Door
from rag.doors.limits import RATE, Limits
from rag.doors.mcp_server import mcp_application
from rag.doors.metrics import Measured, Metrics
from rag.doors.problems import tell_problems

if TYPE_CHECKING:
    from types import FrameType

    from starlette.types import ASGIApp, Receive, Scope, Send

    from rag.chain import Chain
    from rag.doors.access import Access

ANSWERING: Final = 30  # seconds in which answers may end when the server is stopped; untested
STOPPING: Final = 1  # seconds that open connections have after that
DESCRIPTION: Final = (
    "Answers questions over news articles, with the articles' exact words as proof. "
    "Where tokens are required: `Authorization: Bearer TOKEN`."
)
_ASKING: Final = ("authorization", "content-type", "mcp-protocol-version", "mcp-session-id")


def doors(chain: Chain, access: Access) -> FastAPI:
    """All routes over a library; `guarded` puts in front of them what they count on."""
    by_mcp = mcp_application(chain)
    application = FastAPI(
        title="Dépêche",
        description=DESCRIPTION,
        docs_url=None,  # these pages fetch from outside
        redoc_url=None,
        lifespan=by_mcp.router.lifespan_context,
    )
    application.state.chain = chain
    application.state.access = access
    application.state.metrics = Metrics(chain.library)
    for router in (rest.health, signin.router):
        application.include_router(router)
    for part in (rest, articles, openai_api):
        application.include_router(part.router, dependencies=_described(access))
    application.router.routes.extend(by_mcp.routes)
    tell_problems(application)
    return application


def _described(access: Access) -> list[Any]:
    """For OpenAPI: that a token is required, where one is. `Door` looks at it."""
    tokens = HTTPBearer(auto_error=False, description="`depeche token add NAME` makes one.")
    return [Security(tokens)] if access.required else []


def guarded(application: FastAPI, rate: int = RATE) -> ASGIApp:
    """The application behind its limits and its door.

    :param rate: questions a minute of one client; 0 for any number
    """
    access: Access = application.state.access
    app: ASGIApp = Door(Limits(application, rate), access)
    if access.origins:
        app = CORSMiddleware(
            app,
            allow_origins=sorted(access.origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=_ASKING,
        )
    return Measured(app, application.state.metrics)


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits for connections.

    :param port: 0 takes a free one
    :raises InputError: the address cannot be listened on
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, reuse_port=False)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise InputError(
            f"cannot listen on {host}, port {port}: {reason}; choose others with --host and --port"
        ) from None


def run(app: ASGIApp, listening: socket.socket, *, behind_proxy: bool = False) -> None:
    """Answer on this socket until stopped.

    :param behind_proxy: take the client's address from what a proxy on this machine says
    """
    answers = _Answers(app)
    config = uvicorn.Config(
        answers,
        log_level="warning",
        server_header=False,
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=STOPPING,
    )
    _Server(config, answers).run(sockets=[listening])


class _Answers:
    """Passes all on, and knows how many questions are being answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and _waits_for_an_answer(scope)
        self.running += asked
        try:
            await self._app(scope, receive, send)
        finally:
            self.running -= asked


def _waits_for_an_answer(scope: Scope) -> bool:
    """A request that asks, or the stream in which the page is sent what it asked for.

    Gradio ends that stream when nothing more is to come; another one of its own never ends.
    """
    return bool(scope["method"] == "POST" or scope["path"].endswith("/queue/data"))


class _Server(uvicorn.Server):
    """Stops without complaint: answers end, then the connections of open pages are cut."""

    def __init__(self, config: uvicorn.Config, answers: _Answers) -> None:
        super().__init__(config)
        self._answers = answers

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig == signal.SIGTERM:
            self.should_exit = True  # a wish, and no failure: the process ends with 0
        else:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        for server in self.servers:
            server.close()  # nobody else comes in
        for listening in sockets or ():
            listening.close()
        ends = time.monotonic() + ANSWERING
        while self._answers.running and time.monotonic() < ends:  # noqa: ASYNC110 - a count
            await asyncio.sleep(0.05)
        await super().shutdown(sockets)
