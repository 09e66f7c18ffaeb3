"""The library's own page: what it holds, its articles, and for editors adding and deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from page.assets import LIBRARY_SCRIPT
from page.deletion import confirmation, deletion
from page.holdings import holdings_html
from page.library_texts import LIBRARY
from page.listing import listing_html, wanted
from page.plain import plain
from page.upload import upload_html, uploading
from rag.doors.access import right_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from page.texts import Texts
    from rag.chain import Chain


def library_routes(chain: Chain, texts: Texts) -> list[Route]:
    """The page in one language, and what it sends."""
    path = f"/{texts.language}/library"
    return [
        Route(path, _shown(chain, texts)),
        Route(f"{path}/add", uploading(chain, texts), methods=["POST"]),
        Route(f"{path}/delete", confirmation(chain.library, texts)),
        Route(f"{path}/delete", deletion(chain.library, texts), methods=["POST"]),
    ]


def _shown(chain: Chain, texts: Texts) -> Callable[[Request], Response]:
    own = LIBRARY[texts.language]

    def shown(request: Request) -> Response:
        asked = wanted(request.query_params.get("words", ""), request.query_params.get("page", ""))
        edits = right_of(request) == "editor"
        told = f'<p role="status" class="told">{own.deleted}</p>'
        parts = [
            f'<h1>{own.title}</h1><p><a class="skip" href="#list">{own.skip}</a></p>',
            told if "deleted" in request.query_params else "",
            holdings_html(chain.library, texts),
            upload_html(texts) if edits else "",
            listing_html(chain.library.database, asked, texts, may_delete=edits),
        ]
        query = f"?{request.url.query}" if asked.words or asked.page > 1 else ""
        html, path = "".join(parts), f"library{query}"
        return plain(request, own.title, html, texts, path=path, scripts=(LIBRARY_SCRIPT,))

    return shown
