"""Pages of plain HTML beside the chat: their frame, and the headers that let them send forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import HTMLResponse

from page.assets import PLAIN_STYLES, REACH_SCRIPT, head
from page.cards import entities
from page.library_texts import LIBRARY
from rag.doors.access import SIGN_OUT

if TYPE_CHECKING:
    from starlette.requests import Request

    from page.texts import Texts
    from rag.doors.access import Access

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Without a referrer, a browser does not say either from which site a form is sent.
_HEADERS: Final = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}


def plain(  # noqa: PLR0913 - parts of one page
    request: Request,
    title: str,
    html: str,
    texts: Texts,
    *,
    path: str,
    status: int = 200,
    scripts: tuple[str, ...] = (),
) -> HTMLResponse:
    """A page with the masthead above it.

    :param path: of the same page in the other language, without that language
    :param scripts: of its own, "library.js"
    """
    code, name = texts.other
    access: Access = request.app.state.access
    leaving = leave_html(f"/{texts.language}/library", texts) if access.required else ""
    there = f'<a href="/{code}/{entities(path)}" lang="{code}" hreflang="{code}">{name}</a>'
    page = _frame(title, html, texts, f"{leaving}{there}", scripts)
    return HTMLResponse(page, status, _HEADERS)


def missing(texts: Texts) -> HTMLResponse:
    """What a reader is shown where there is no page."""
    told = LIBRARY[texts.language].missing
    return HTMLResponse(_frame(told, f"<h1>{told}</h1>", texts), 404, _HEADERS)


def _frame(
    title: str, html: str, texts: Texts, links: str = "", scripts: tuple[str, ...] = ()
) -> str:
    """:param links: beside the one that leads to the chat"""
    back = f'<a href="/{texts.language}/">{LIBRARY[texts.language].back}</a>'
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{entities(title)} · Dépêche</title>"
        f'{head(PLAIN_STYLES, (REACH_SCRIPT, *scripts))}</head><body class="plain">'
        f'<header id="masthead"><div><p class="name">Dépêche</p><nav>{back}{links}</nav></div>'
        f"</header><main>{html}</main>{reach_html(texts)}</body></html>"
    )


def reach_html(texts: Texts) -> str:
    """Where page/reach.js says that the server is gone, and page/away.js what it refuses."""
    said = {
        "unreachable": texts.unreachable,
        "reached": texts.reached,
        "expired": texts.expired,
        "later": texts.later,
        "unsent": texts.unsent,
    }
    return f'<p id="away" role="alert"{data(said)}></p><p id="said" role="status"></p>'


def data(words: dict[str, str]) -> str:
    """As attributes of an element, for a script to say."""
    return "".join(f' data-{name}="{entities(text)}"' for name, text in words.items())


def leave_html(path: str, texts: Texts) -> str:
    """The way to sign out, for pages of a server that asks for tokens.

    :param path: of the page that it stands on
    """
    return f'<a class="leave" href="{SIGN_OUT}?to={path}">{texts.leave}</a>'
