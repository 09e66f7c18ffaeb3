"""The chat page beside the doors for other tools: `python app.py`, or `depeche serve`.

Renders, and decides nothing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route

from page.assets import ASSETS, FOLDER
from page.texts import LANGUAGES, chosen
from rag.chain import Chain, open_chain
from rag.doors.access import open_access
from rag.doors.feedback import Seen
from rag.doors.limits import RATE
from rag.server import doors, guarded, listen, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from rag.doors.access import Access
    from rag.types import Answerer

# Set before Gradio is imported, after the encoder was loaded: neither may call out from here on.
OFFLINE: Final = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
}
LONGEST_UPLOAD: Final = 1  # byte; the page takes no files


def serve(  # noqa: PLR0913 - as the command has options
    folder: Path,
    host: str,
    port: int,
    *,
    token_required: bool = False,
    origins: Sequence[str] = (),
    rate: int = RATE,
    answerer: Answerer | None = None,
    max_risk: float | None = None,
) -> None:
    """Answer from a library until stopped; the page's address is printed.

    :param port: 0 takes a free one
    :param origins: other sites whose pages may call, and whose names this server has
    :param rate: questions a minute of one client; 0 for any number
    :param answerer: who words the answers; by default they are the articles' own words
    :param max_risk: how probable an answer may be wrong at most; None for the usual
    :raises NoLibraryError: there is no library in this folder
    :raises InputError: the address cannot be listened on, or would be open to others
    """
    chain = open_chain(folder, answerer, max_risk)
    access = open_access(folder, host, token_required=token_required, origins=origins)
    listening = listen(host, port)
    from page.headers import Shield

    application = Shield(guarded(page(chain, access), rate))
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Dépêche: http://{shown}:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    run(application, listening, behind_proxy=bool(origins))


def page(chain: Chain, access: Access) -> FastAPI:
    """The doors, and the page under /fr and /en; / leads to the one that the browser prefers."""
    os.environ.update(OFFLINE)
    import gradio as gr

    from page.chat import chat, theme
    from page.examples import Examples

    application = doors(chain, access)
    seen, examples = Seen(), Examples(chain)
    examples.look()
    application.router.routes += _routes(chain, seen)
    for language, texts in LANGUAGES.items():
        gr.mount_gradio_app(
            application,
            chat(chain, texts, seen, examples, signed_in=access.required),
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


def _routes(chain: Chain, seen: Seen) -> Iterator[Route]:
    """The page's own, beside Gradio's."""
    from page.download import downloads
    from page.feedback import receiver
    from page.library import library_routes
    from page.viewer import viewer

    yield Route("/", _to_language)
    yield from (Route(f"/{name}", _asset) for name in ASSETS)
    for code, texts in LANGUAGES.items():
        yield Route(f"/{code}/article", viewer(chain.library, texts))
        yield Route(f"/{code}/feedback", receiver(chain.library, seen, texts), methods=["POST"])
        yield Route(f"/{code}/export", downloads(texts), methods=["POST"])
        yield from library_routes(chain, texts)


def _to_language(request: Request) -> Response:
    texts = chosen(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{texts.language}/", headers={"Vary": "Accept-Language"})


def _asset(request: Request) -> Response:
    return FileResponse(FOLDER / request.url.path.removeprefix("/"))


if __name__ == "__main__":
    from rag.cli import main

    sys.argv.insert(1, "serve")
    main()
