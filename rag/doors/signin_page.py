"""The pages where a reader gives a token, and takes it back: plain HTML, without a script.

The style sheets are the chat page's, which are served beside it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from rag.doors.access import SIGN_IN, SIGN_OUT

if TYPE_CHECKING:
    from collections.abc import Mapping

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Without a referrer, a browser does not say either from which site a form is sent.
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FRAME: Final = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>{title} · Dépêche</title><link rel="icon" href="/page.svg">'
    '<link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/plain.css"></head>'
    '<body class="plain"><header id="masthead"><div><p class="name">Dépêche</p><nav>'
    '<a href="{elsewhere}" lang="{other}" hreflang="{other}">{named}</a></nav></div>'
    "</header><main><h1>{title}</h1>{html}</main></body></html>"
)
_IN: Final = (
    '{left}<form method="post" action="/signin"><input type="hidden" name="to" value="{to}">'
    '<label for="token">{label}</label><div class="field"><input id="token" name="token" '
    'type="password" autocomplete="current-password" required autofocus aria-describedby="told"'
    '{invalid}><button>{enter}</button></div><p role="alert" id="told">{told}</p></form>'
    '<p class="facts">{whence}</p>'
)
_OUT: Final = (
    '<p>{stays}</p><form method="post" action="/signout" class="field">'
    '<input type="hidden" name="to" value="{to}"><button>{leave}</button>'
    '<a href="{to}">{stay}</a></form>'
)
_TEXTS: Final = {
    "fr": {
        "other": "en",
        "named": "English",
        "in": "Se connecter",
        "label": "Votre jeton d’accès",
        "enter": "Entrer",
        "whence": "Un jeton se demande à la personne qui tient cette bibliothèque.",
        "wrong": "Ce jeton n’est pas valable.",
        "locked": "Trop d’essais\u00a0; revenez dans un quart d’heure.",
        "left": "Vous êtes déconnecté.",
        "out": "Se déconnecter\u00a0?",
        "stays": "Ce navigateur oubliera votre jeton. Les conversations qu’il garde y restent\u00a0"
        "; sur un poste partagé, supprimez-les d’abord dans la page des questions.",
        "leave": "Se déconnecter",
        "stay": "Rester connecté",
    },
    "en": {
        "other": "fr",
        "named": "Français",
        "in": "Sign in",
        "label": "Your access token",
        "enter": "Enter",
        "whence": "Whoever keeps this library gives tokens; ask for one.",
        "wrong": "This token is not valid.",
        "locked": "Too many tries; come back in a quarter of an hour.",
        "left": "You are signed out.",
        "out": "Sign out?",
        "stays": "This browser will forget your token. The conversations that it keeps stay in it; "
        "on a shared computer, delete them first, on the page where questions are asked.",
        "leave": "Sign out",
        "stay": "Stay signed in",
    },
}


def asking(
    to: str, told: str = "", status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The form for a token.

    :param to: the page that it leads to, "/fr/..." or "/en/..."; its language is the form's
    :param told: "wrong" or "locked" below the form, "left" above it, or nothing
    """
    texts = _TEXTS[to[1:3]]
    html = _IN.format(
        **texts
        | {
            "to": escape(to),
            "left": f'<p role="status" class="told">{texts["left"]}</p>' if told == "left" else "",
            "told": texts[told] if told in {"wrong", "locked"} else "",
            "invalid": ' aria-invalid="true"' if told == "wrong" else "",
        }
    )
    page = _page(to, "in", html, SIGN_IN)
    return HTMLResponse(page, status, _HEADERS | dict(headers or {}))


def leaving(to: str) -> HTMLResponse:
    """The form that signs out.

    :param to: the page that one comes from
    """
    html = _OUT.format(**_TEXTS[to[1:3]] | {"to": escape(to)})
    return HTMLResponse(_page(to, "out", html, SIGN_OUT), headers=_HEADERS)


def _page(to: str, title: str, html: str, address: str) -> str:
    texts = _TEXTS[to[1:3]]
    other = texts["other"]
    return _FRAME.format(
        language=to[1:3],
        title=texts[title],
        elsewhere=escape(f"{address}?{urlencode({'to': f'/{other}{to[3:]}'})}"),
        other=other,
        named=texts["named"],
        html=html,
    )
