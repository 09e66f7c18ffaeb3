"""Pages of plain HTML beside the chat: their frame, and the headers that let them send forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import HTMLResponse

from page.cards import entities
from page.library_texts import LIBRARY

if TYPE_CHECKING:
    from page.texts import Texts

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Without a referrer, a browser does not say either from which site a form is sent.
_HEADERS: Final = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}


def plain(  # noqa: PLR0913 - parts of one page
    title: str, html: str, texts: Texts, *, path: str, status: int = 200, script: str = ""
) -> HTMLResponse:
    """A page with the masthead above it.

    :param path: of the same page in the other language, without that language
    :param script: a file of its own, "library.js"
    """
    code, name = texts.other
    own = LIBRARY[texts.language]
    loaded = f'<script src="/{script}" defer></script>' if script else ""
    page = (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{entities(title)} · Dépêche</title>"
        f'<link rel="stylesheet" href="/plain.css">{loaded}</head><body class="plain">'
        f'<header id="masthead"><div><p class="name">Dépêche</p><nav>'
        f'<a href="/{texts.language}/">{own.back}</a>'
        f'<a href="/{code}/{entities(path)}" lang="{code}" hreflang="{code}">{name}</a>'
        f"</nav></div></header><main>{html}</main></body></html>"
    )
    return HTMLResponse(page, status, _HEADERS)
