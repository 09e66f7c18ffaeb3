"""The chat page as a server: `python app.py`, or `depeche serve`. Renders, and decides nothing."""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.responses import FileResponse, RedirectResponse

from index.errors import InputError
from page.texts import LANGUAGES, chosen
from rag.chain import Chain, open_chain

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

# Set before Gradio is imported, after the encoder was loaded: neither may call out from here on.
OFFLINE: Final = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
}
FOLDER: Final = Path(__file__).parent / "page"
ASSETS: Final = ("page.js", "page.css", "page.svg")
LONGEST_UPLOAD: Final = 1  # byte; the page takes no files
STOPPING: Final = 1  # seconds that open connections have when the server is stopped


def serve(folder: Path, host: str, port: int) -> None:
    """Answer from a library until stopped; the page's address is printed.

    :param port: 0 takes a free one
    :raises NoLibraryError: there is no library in this folder
    :raises InputError: the address cannot be listened on
    """
    chain = open_chain(folder)
    listening = _listen(host, port)
    application = page(chain)
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Dépêche: http://{shown}:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        application,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=STOPPING,
    )
    _Server(config).run(sockets=[listening])


def page(chain: Chain) -> FastAPI:
    """The page in each language, under /fr and /en; / leads to the one that the browser prefers."""
    os.environ.update(OFFLINE)
    import gradio as gr
    from fastapi import FastAPI
    from starlette.routing import BaseRoute, Route

    from page.chat import chat, theme
    from page.headers import Shield

    routes: list[BaseRoute] = [
        Route("/", _to_language),
        *(Route(f"/{name}", _asset) for name in ASSETS),
    ]
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, routes=routes)
    application.add_middleware(Shield)
    for language, texts in LANGUAGES.items():
        gr.mount_gradio_app(
            application,
            chat(chain, texts),
            path=f"/{language}",
            theme=theme(),
            footer_links=[],
            run_history=False,
            show_error=False,
            max_file_size=LONGEST_UPLOAD,
            mcp_server=False,
            ssr_mode=False,
            pwa=False,
            enable_monitoring=False,
        )
    return application


class _Server(uvicorn.Server):
    """Stops without complaint: an open page keeps a connection that has to be cut."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def _to_language(request: Request) -> Response:
    texts = chosen(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{texts.language}/", headers={"Vary": "Accept-Language"})


def _asset(request: Request) -> Response:
    return FileResponse(FOLDER / request.url.path.removeprefix("/"))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, reuse_port=False)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise InputError(
            f"cannot listen on {host}, port {port}: {reason}; choose others with --host and --port"
        ) from None


if __name__ == "__main__":
    from rag.cli import main

    sys.argv.insert(1, "serve")
    main()
